from __future__ import annotations

import pytest

from afweging.io.laid_over import over_docx, over_odt, over_page, styles_of
from afweging.io.markup import read_html, read_xml


def _xml(inside: str) -> bytes:
    return f"<x>{inside}</x>".encode()


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<p><r><t>0,5</t></r></p>", []),
        ("<r><rPr><vanish/></rPr><t>0,5</t></r>", [("hidden", "0,5")]),
        ("<r><pict><rect/></pict></r>", [("shape", "")]),
        ("<r><wsp><t>9</t></wsp></r><Fallback><pict/></Fallback>", [("shape", "9")]),
        ("<altChunk/>", [("embedded", "")]),
        ("<AlternateContent><t>9</t></AlternateContent>", [("embedded", "9")]),
        ("<blip embed='a'/><srcRect/><xfrm rot='0'/>", []),
        ("<blip embed='a' link='b'/>", [("image", "")]),
        ("<srcRect l='9000'/>", [("image", "")]),
        ("<svgBlip/>", [("image", "")]),
    ],
)
def test_what_lies_over_a_docx(inside: str, found: list[tuple[str, str]]) -> None:
    """Shapes, parts from elsewhere and hidden text; not what older programs see instead."""
    assert [(o.kind, o.text) for o in over_docx(read_xml(_xml(inside)))] == found


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<p>0,5</p>", []),
        ("<hidden-text>0,5</hidden-text>", [("hidden", "0,5")]),
        ("<custom-shape><p>9</p></custom-shape>", [("shape", "9")]),
        ("<frame><object/></frame>", [("embedded", "")]),
        ("<conditional-text>9</conditional-text>", [("field", "9")]),
        ("<tracked-changes><rect/></tracked-changes>", []),
    ],
)
def test_what_lies_over_an_odt(inside: str, found: list[tuple[str, str]]) -> None:
    """The same in the names of OpenDocument."""
    assert [(o.kind, o.text) for o in over_odt(read_xml(_xml(inside)))] == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('<script type="application/json" id="afweging-dossier">{}</script>', []),
        ("<script>x</script>", [("acting", "x")]),
        ('<script type="application/json" id="data">{}</script>', [("acting", "")]),
        ("<template><p title='1'>2</p></template>", [("acting", "")]),
        (
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">',
            [("acting", "")],
        ),
        ('<nav aria-label="0,9"></nav>', [("hidden", "0,9")]),
        ("<details>0,9</details>", [("acting", "")]),
        ("<noscript>0,9</noscript>", [("hidden", "0,9")]),
        ('<div class="mark" aria-hidden="true">0,9</div>', [("mark", "0,9")]),
        ("<p hidden>0,9</p>", [("embedded", '<p hidden="">')]),
        ("<svg>9</svg>", [("embedded", "<svg> 9")]),
    ],
)
def test_what_a_page_shows_or_hides_beside_its_text(
    page: str, found: list[tuple[str, str]]
) -> None:
    """Scripts but for the dossier, parts from elsewhere, texts that only some people get."""
    assert [(o.kind, o.text) for o in over_page(read_html(page.encode()))] == found


def test_styles_are_those_of_blocks_and_of_elements() -> None:
    """Both can hide a number."""
    root = read_html(b'<style>a</style><p style="b">x</p>')
    assert styles_of(root) == ["a", "b"]
