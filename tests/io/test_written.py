from __future__ import annotations

import pytest

from afweging.io.markup import read_xml
from afweging.io.written import written_by_lists, written_by_styles


def _docx(inside: str = "", **parts: str) -> list[tuple[str, str]]:
    files = {f"word/{name}.xml": f"<x>{part}</x>".encode() for name, part in parts.items()}
    found = written_by_styles(read_xml(f"<x>{inside}</x>".encode()), files)
    return [(o.kind, o.text) for o in found]


@pytest.mark.parametrize(
    ("sign", "told"),
    [("%1.", []), ("•", []), ("o", []), ("0,9 ", ["0,9 "]), ("hoger ", ["hoger "])],
)
def test_what_a_list_writes_before_its_items(sign: str, told: list[str]) -> None:
    """Signs and numbers of items are usual; a figure or a word is not."""
    assert _docx(numbering=f"<lvlText val='{sign}'/>") == [("embedded", each) for each in told]


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ('<instrText> TOC \\o "1-1" </instrText>', []),
        ("<instrText>PAGE</instrText>", []),
        ("<instrText> \\h </instrText>", []),
        ("<instrText>= 1 + 2</instrText>", ["= 1 + 2"]),
        ("<instrText>IF 1 = 1 'a' 'b'</instrText>", ["IF 1 = 1 'a' 'b'"]),
        ("<fldSimple instr='QUOTE 9'/>", ["QUOTE 9"]),
    ],
)
def test_fields_that_are_computed(field: str, told: list[str]) -> None:
    """Places in the document are usual; what is computed anew when it opens is not."""
    assert _docx(field) == [("field", each) for each in told]


def test_a_style_that_hides() -> None:
    """Of a run and of a paragraph; a style that nothing uses, or that is off, hides nothing."""
    styles = "<style styleId='Weg'><rPr><vanish/></rPr></style>"
    used = "<p><r><rPr><rStyle val='Weg'/></rPr><t>0,5</t></r></p>"
    assert _docx(used, styles=styles) == [("format", "0,5")]
    paragraph = "<p><pPr><pStyle val='Weg'/></pPr><r><t>0,5</t></r></p>"
    assert _docx(paragraph, styles=styles) == [("format", "0,5")]
    assert _docx("<p><r><t>0,5</t></r></p>", styles=styles) == []
    assert _docx(used, styles=styles.replace("<vanish/>", "<vanish val='0'/>")) == []


def test_what_a_list_of_an_odt_writes() -> None:
    """Around the number of an item, or in its place."""
    usual = "<list-level-style-bullet bullet-char='•' num-suffix='.'/>"
    odd = "<list-level-style-number num-prefix='0,9 is '/>"
    content = read_xml(f"<x>{usual}{odd}</x>".encode())
    assert [(o.kind, o.text) for o in written_by_lists(content)] == [("embedded", "0,9 is ")]
