from __future__ import annotations

import pytest

from afweging.io.markup import read_xml
from afweging.io.unreadable import unreadable_docx, unreadable_odt


def _docx(inside: str) -> list[tuple[str, str]]:
    return [(o.kind, o.text) for o in unreadable_docx(read_xml(f"<x>{inside}</x>".encode()))]


@pytest.mark.parametrize(
    "given",
    [
        "<strike/>",
        "<dstrike val='1'/>",
        "<rtl/>",
        "<vertAlign val='superscript'/>",
        "<specVanish/>",
        "<position val='-200'/>",
        "<color val='FFFFFF'/>",
        "<rFonts ascii='Wingdings'/>",
        "<sz val='8'/>",
        "<w val='10'/>",
        "<spacing val='-200'/>",
        "<shd fill='000000'/>",
        "<highlight val='black'/>",
    ],
)
def test_a_run_of_a_docx_that_cannot_be_read(given: str) -> None:
    """The text stays and the reader is lost: struck, mirrored, raised, faint, tiny or dark."""
    assert _docx(f"<r><rPr>{given}</rPr><t>0,5</t></r>") == [("format", "0,5")]


@pytest.mark.parametrize(
    "given",
    [
        "",
        "<strike val='0'/>",
        "<vertAlign val='baseline'/>",
        "<position val='0'/>",
        "<color val='000000'/>",
        "<color val='auto'/>",
        "<rFonts ascii='Arial'/>",
        "<sz val='22'/>",
        "<w val='100'/>",
        "<spacing before='0' after='120'/>",
        "<shd val='clear' fill='auto'/>",
        "<highlight val='yellow'/>",
        "<b/>",
        "<webHidden/>",
    ],
)
def test_what_word_processors_write_themselves_is_no_fault(given: str) -> None:
    """Formats that are off, usual sizes and colours, and what they give to page numbers."""
    assert _docx(f"<r><rPr>{given}</rPr><t>0,5</t></r>") == []


def test_rows_and_paragraphs_of_a_docx() -> None:
    """A row that is hidden or flat, and a paragraph that is put elsewhere."""
    cell = "<tc><p><r><t>0,5</t></r></p></tc>"
    assert _docx(f"<tr><trPr><hidden/></trPr>{cell}</tr>") == [("format", "0,5")]
    assert _docx(f"<tr><trPr><trHeight val='1' hRule='exact'/></trPr>{cell}</tr>") != []
    assert _docx(f"<tr><trPr><trHeight val='1' hRule='atLeast'/></trPr>{cell}</tr>") == []
    assert _docx("<p><pPr><framePr x='-9000'/></pPr><r><t>a</t></r></p>") == [("format", "a")]


@pytest.mark.parametrize("given", ["<gridSpan val='2'/>", "<vMerge/>", "<hMerge val='restart'/>"])
def test_merged_cells_of_a_docx(given: str) -> None:
    """A figure can then stand under another head."""
    assert _docx(f"<tc><tcPr>{given}</tcPr><p><r><t>kop</t></r></p></tc>") == [("cells", "kop")]
    assert _docx("<tc><tcPr><gridSpan val='1'/></tcPr></tc>") == []


def test_what_a_field_is_computed_from_is_not_seen() -> None:
    """Only the text is said."""
    assert _docx("<r><rPr><strike/></rPr><instrText>PAGE 5</instrText></r>") == [("format", "")]


def _odt(style: str, inside: str = "<span style-name='Z'>0,5</span>") -> list[tuple[str, str]]:
    styles = f"<automatic-styles><style name='Z'><props {style}/></style></automatic-styles>"
    content = read_xml(f"<x>{styles}<body>{inside}</body></x>".encode())
    return [(o.kind, o.text) for o in unreadable_odt(content)]


@pytest.mark.parametrize(
    "style",
    [
        "text-line-through-style='solid'",
        "text-position='super 58%'",
        "display='none'",
        "font-name='Wingdings'",
        "color='#ffffff'",
        "background-color='#000000'",
        "font-size='1pt'",
        "text-scale='1%'",
    ],
)
def test_a_piece_of_an_odt_that_cannot_be_read(style: str) -> None:
    """The same in the names of OpenDocument, by the style that is given to the piece."""
    assert _odt(style) == [("format", "0,5")]


@pytest.mark.parametrize(
    "style",
    [
        "text-line-through-style='none'",
        "text-position='0% 100%'",
        "color='#000000'",
        "background-color='transparent'",
        "font-size='10.5pt'",
        "font-size='80%'",
        "text-scale='100%'",
        "writing-mode='lr-tb'",
    ],
)
def test_usual_styles_of_an_odt_are_no_fault(style: str) -> None:
    """Those that a word processor writes itself."""
    assert _odt(style) == []


def test_cells_and_rows_of_an_odt() -> None:
    """Merged cells, a mirrored table, a row that is folded away, a section that is hidden."""
    assert _odt("", "<cell number-columns-spanned='2'>kop</cell>") == [("cells", "kop")]
    assert _odt("", "<cell number-rows-spanned='1'>kop</cell>") == []
    assert _odt("writing-mode='rl-tb'", "<table style-name='Z'>0,5</table>") == [("cells", "0,5")]
    assert _odt("", "<row visibility='collapse'>0,5</row>") == [("format", "0,5")]
    assert _odt("", "<section display='none'>0,5</section>") == [("format", "0,5")]
