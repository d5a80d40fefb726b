from __future__ import annotations

import pytest
from tests.memo.made import memo

from afweging.io.markup import read_html
from afweging.io.page_form import odd_parts


def _odd(page: str | bytes) -> list[str]:
    content = page.encode() if isinstance(page, str) else page
    return [odd for element in read_html(content).walk() for odd in odd_parts(element)]


def test_a_memo_has_nothing_odd() -> None:
    """What the program writes is on the list."""
    assert _odd(memo("html")) == []


def test_plain_emphasis_is_for_who_edits_prose() -> None:
    """Bold and slanted, and a link within the page."""
    page = '<p id="a">Dit is <b>vet</b>, <em>schuin</em> en <a href="#b">een plaats</a>.<br></p>'
    assert _odd(page) == []


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<del>0,5</del>", "<del> 0,5"),
        ('<bdo dir="rtl">0,5</bdo>', "<bdo> 0,5"),
        ("<ol><li>a</li></ol>", "<ol> a"),
        ('<td colspan="2">0,5</td>', '<td colspan="2">'),
        ('<table dir="rtl"></table>', '<table dir="rtl">'),
        ('<img src="data:image/png;base64,A" srcset="x 1x">', '<img srcset="x 1x">'),
        ('<img src="https://example.org/a.svg">', '<img src="https://example.org/a.svg">'),
        ('<a href="https://example.org">a</a>', '<a href="https://example.org">'),
        ('<span popover="">0,5</span>', '<span popover="">'),
        ('<td class="mark">0,5</td>', '<td class="mark">'),
        ('<td aria-hidden="true">0,5</td>', '<td aria-hidden="true">'),
        ('<td aria-label="0,9">0,5</td>', '<td aria-label="0,9">'),
        ('<li value="9">a</li>', '<li value="9">'),
        ('<meta charset="utf-7">', '<meta charset="utf-7">'),
        ('<meta http-equiv="refresh" content="0">', '<meta http-equiv="refresh">'),
        ('<template shadowrootmode="open"></template>', '<template shadowrootmode="open">'),
        ('<p onclick="x">a</p>', '<p onclick="x">'),
    ],
)
def test_what_changes_how_a_page_is_seen_is_odd(page: str, found: str) -> None:
    """Elements, attributes and values that no memo has."""
    assert _odd(page)[0] == found
