from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from tests.memo.made import memo

from afweging.memo.build import own_reference
from afweging.memo.office import MARK, furnished_docx


def _part(package: bytes, name: str) -> str:
    with ZipFile(BytesIO(package)) as parts:
        return parts.read(name).decode("utf-8")


def test_the_word_document_lists_its_headings_and_numbers_its_pages() -> None:
    """Each entry links to a bookmark in its heading, in a field; the footer counts the pages."""
    made = memo("docx", name="kantoor")
    body = _part(made, "word/document.xml")
    anchors = re.findall(r'w:anchor="([^"]+)"', body)
    assert anchors == re.findall(r'<w:bookmarkStart [^>]*w:name="(_Toc\d+)"', body)
    assert len(anchors) == body.count('w:val="Heading1"') == 13
    assert r'TOC \o "1-1"' in body
    assert MARK not in body
    kinds = [body.count(f'w:fldCharType="{kind}"') for kind in ("begin", "separate", "end")]
    assert kinds == [14, 14, 14]
    footer = _part(made, "word/afweging-footer.xml")
    assert re.findall(r"<w:instrText[^>]*> (\w+) <", footer) == ["PAGE", "NUMPAGES"]
    assert 'PartName="/word/afweging-footer.xml"' in _part(made, "[Content_Types].xml")
    for name in ("word/document.xml", "word/afweging-footer.xml", "word/_rels/document.xml.rels"):
        ET.fromstring(_part(made, name))  # noqa: S314 - made here


def test_the_open_document_lists_its_headings_and_numbers_its_pages() -> None:
    """Each entry refers to the page of a bookmark in its heading; the footer counts the pages."""
    made = memo("odt", name="kantoor")
    body, styles = _part(made, "content.xml"), _part(made, "styles.xml")
    refers = re.findall(r'text:reference-format="page" text:ref-name="([^"]+)"', body)
    assert refers == re.findall(r'<text:bookmark text:name="([^"]+)"', body)
    assert len(refers) == body.count('text:outline-level="1">') - 1 == 13
    assert MARK not in body
    assert styles.count("<text:page-count>") == styles.count("<text:page-number ") == 1
    for text in (body, styles):
        ET.fromstring(text)  # noqa: S314 - made here


def test_a_footer_of_the_house_stays() -> None:
    """Where the document with styles brings a footer, no other is put in."""
    with ZipFile(BytesIO(own_reference("docx"))) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    own = b'<w:sectPr><w:footerReference w:type="default" r:id="rId9"/>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:sectPr>", own)
    labels = {"contents": "Inhoud", "page": "Pagina", "of": "van"}
    assert list(furnished_docx(parts, [], labels)) == ["word/document.xml"]
