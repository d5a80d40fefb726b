from __future__ import annotations

import pytest
from tests.memo.made import memo

from afweging.io.page_grammar import first_odd

PAGE = (
    "<!DOCTYPE html>\n<html>\n<head><title>Kop</title></head>\n<body>\n<p>Tekst &amp; meer</p>\n"
    "<table>\n<caption>T</caption>\n<tbody>\n<tr><td>0,5</td></tr>\n</tbody>\n</table>\n"
    '<script type="module">if (1 < 2) {}</script>\n</body>\n</html>\n'
)


def _odd(before: str, after: str) -> str | None:
    assert before in PAGE
    return first_odd(PAGE.replace(before, after, 1).encode())


def test_a_memo_is_in_its_grammar() -> None:
    """What the program writes, and a page by hand."""
    assert first_odd(memo("html")) is None
    assert first_odd(PAGE.encode()) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>", '<p class="a" class="b">'),
        ("<p>", "<p class='a'>"),
        ("<p>", "<p class=a>"),
        ("<p>", '<p title="a>b">'),
        ("0,5", "0,5<!-- 9 -->"),
        ("<td>0,5</td>", "<!--><td>0,9</td><!-- -->"),
        ("0,5", "<![CDATA[9]]>"),
        ("0,5", "<?x 9?>"),
        ("0,5", "0,5 & meer"),
        ("0,5", "&#48"),
        ("</p>", ""),
        ("</p>", "<p>"),
        ("</p>", "</P>"),
        ("</p>", "</p >"),
        ("Tekst", "<div>Tekst</div>"),
        ("<td>0,5</td>", "0,9<td>0,5</td>"),
        ("<td>0,5</td>", "<p>0,9</p><td>0,5</td>"),
        ("<tr><td>0,5</td></tr>", "<td>0,5</td>"),
        ("<title>Kop</title>", "<title/>"),
        ("<title>Kop</title>", "<title><p>9</p></title>"),
        ("if (1", "<!-- <script> if (1"),
        ("</script>", "</ script>"),
        ("<!DOCTYPE html>", ""),
        ("</html>\n", "</html></p>"),
        ("</body>", ""),
    ],
)
def test_what_a_browser_mends_or_reads_otherwise_is_told(before: str, after: str) -> None:
    """From where it starts."""
    assert _odd(before, after) is not None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Tekst", "Andere <b>tekst</b>,<br>\nen caf&eacute;"),
        ("0,5", "0,9"),
        ("<p>", '<p id="a" class="b">'),
    ],
)
def test_edits_of_the_text_stay_in_the_grammar(before: str, after: str) -> None:
    """What they say is looked at elsewhere."""
    assert _odd(before, after) is None
