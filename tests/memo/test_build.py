from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal
from zipfile import ZipFile

import pypdf
import pytest
from tests.memo.matters import brabant

from afweging.memo.blocks import Block, MemoText
from afweging.memo.build import (
    FORMATS,
    column_widths,
    html_bytes,
    office_bytes,
    own_reference,
    pdf_bytes,
    settled,
)
from afweging.memo.content import memo_text

if TYPE_CHECKING:
    from afweging.wording import Language

SEAL = "0123456789abcdef" * 4
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32">'
    '<rect width="64" height="32" fill="#77aadd"/></svg>'
)
ODD = "#let x = *1* _2_ $x^2$ @ref <label> `c` \\ // [haak] & Łódź = + - ~"
SMALL = MemoText(
    language="nl",
    kind="memo",
    title=ODD,
    date="2026-11-25",
    concept=True,
    blocks=(
        Block("heading", "one.1", level=1, lines=(f"1. {ODD}",)),
        Block("paragraph", "one.2", lines=(f"- {ODD}",)),
        Block("list", "one.3", lines=(f"= {ODD}", "+ twee")),
        Block(
            "table",
            "one.4",
            lines=(f"Tabel {ODD}",),
            heads=("naam", "getal"),
            rows=tuple((f"{k} {ODD}", f"0,{k}") for k in range(1, 60)),
        ),
        Block("heading", "one.5", level=2, lines=("Tweede",)),
        Block("figure", "one.6", lines=("Bijschrift", f"Alternatief {ODD}"), svg=SVG),
    ),
)
MAKERS = """
import hashlib
from tests.memo.test_build import SEAL, SMALL, made
from afweging.memo.build import FORMATS
for form in FORMATS:
    print(hashlib.sha256(made(SMALL, form)).hexdigest())
"""


def made(text: MemoText, form: Literal["pdf", "docx", "odt", "html"]) -> bytes:
    """Return a memo in one format."""
    if form == "pdf":
        return pdf_bytes(text, SEAL, b'{"a":1}')
    if form == "html":
        return html_bytes(text, SEAL)
    return office_bytes(text, SEAL, form)


def _xml(package: bytes, name: str) -> str:
    with ZipFile(BytesIO(package)) as parts:
        return parts.read(name).decode("utf-8")


def test_two_processes_write_the_same_bytes() -> None:
    """All formats are the same bytes in another process, in another folder of work."""
    here = [hashlib.sha256(made(SMALL, form)).hexdigest() for form in FORMATS]
    done = subprocess.run(
        [sys.executable, "-c", MAKERS], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == here


def test_the_pdf_is_tagged_titled_and_carries_its_dossier() -> None:
    """Language, title, PDF/UA and PDF/A marks, headings, table heads and the attachment."""
    reader = pypdf.PdfReader(BytesIO(made(SMALL, "pdf")))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == ODD
    assert dict(reader.attachments) == {"afweging-dossier.json": [b'{"a":1}']}
    assert root["/AF"][0].get_object()["/AFRelationship"] == "/Source"
    meta = reader.xmp_metadata
    assert meta is not None
    told = meta.stream.get_data().decode("utf-8")
    assert "<pdfaid:part>3<" in told
    assert "<pdfaid:conformance>A<" in told
    assert "<pdfuaid:part>1<" in told
    tags = _tags(root["/StructTreeRoot"])
    kinds = [kind for kind, _ in tags]
    assert kinds.count("/Table") == 1
    assert kinds.count("/TH") == 2
    assert [kind for kind in kinds if kind in {"/H1", "/H2", "/H3"}] == ["/H1", "/H2", "/H1"]
    figures = [alt for kind, alt in tags if kind == "/Figure"]
    assert f"Alternatief {ODD}" in figures
    assert all(figures)


def _tags(node: object) -> list[tuple[str, str]]:
    """Return the kind and the alternative text of every element of the structure, in order."""
    found, stack = [], [node]
    while stack:
        each = stack.pop()
        each = each.get_object() if hasattr(each, "get_object") else each
        if isinstance(each, list):
            stack.extend(reversed(each))
        elif isinstance(each, dict):
            if "/S" in each:
                found.append((str(each["/S"]), str(each.get("/Alt", ""))))
            if "/K" in each:
                stack.append(each["/K"])
    return found


def test_the_table_head_is_on_every_page() -> None:
    """A table over several pages repeats its head."""
    reader = pypdf.PdfReader(BytesIO(made(SMALL, "pdf")))
    pages = [page.extract_text() for page in reader.pages]
    with_rows = [text for text in pages if "0,3" in text or "0,59" in text]
    assert len(with_rows) > 1
    assert all("getal" in text for text in with_rows)


def test_the_word_document_has_real_headings_tables_and_texts() -> None:
    """Styles of headings, a head row that repeats, alternative texts, and odd text as text."""
    xml = _xml(made(SMALL, "docx"), "word/document.xml")
    assert xml.count('<w:pStyle w:val="Heading1" />') == 2
    assert xml.count('<w:pStyle w:val="Heading2" />') == 1
    assert xml.count("<w:tblHeader") == 1
    escaped = ODD.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f'descr="Alternatief {escaped}"' in xml
    assert f"- {escaped}" in xml
    assert 'w:w="11906"' in xml  # A4


def test_the_open_document_has_real_headings_tables_and_texts() -> None:
    """Headings with their level, head rows, alternative texts, and odd text as text."""
    xml = _xml(made(SMALL, "odt"), "content.xml")
    assert xml.count('text:outline-level="1"') == 2
    assert "<table:table-header-rows>" in xml
    escaped = ODD.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"<svg:desc>Alternatief {escaped}</svg:desc></draw:frame>" in xml
    assert xml.count("<svg:desc>") == 2  # the picture and the QR code


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_packages_have_one_time(form: Literal["docx", "odt"]) -> None:
    """No part of a package says when it was made; what is in it stays as it was."""
    package = made(SMALL, form)
    with ZipFile(BytesIO(package)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = parts.namelist()
    assert settled(package) == package
    if form == "odt":
        assert names[0] == "mimetype"


def test_another_reference_changes_the_style() -> None:
    """A document with other styles is followed."""
    with ZipFile(BytesIO(own_reference("docx"))) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    styles = contents["word/styles.xml"].replace(b'w:ascii="Arial"', b'w:ascii="Verdana"')
    target = BytesIO()
    with ZipFile(target, "w") as parts:
        for name, content in {**contents, "word/styles.xml": styles}.items():
            parts.writestr(name, content)
    found = office_bytes(SMALL, SEAL, "docx", reference=target.getvalue())
    assert 'w:ascii="Verdana"' in _xml(found, "word/styles.xml")


def test_columns_have_room_for_their_words() -> None:
    """A column of long words is wider than one of numbers; hard spaces do not break."""
    rows = (("Gemeenten (grote stad)", "€\u00a012.900.000"), ("Kort", "1"))
    wide, narrow = column_widths(Block("table", "a.1", heads=("naam", "kosten"), rows=rows))
    assert wide == pytest.approx(0.65 * 22)
    assert narrow == pytest.approx(1.2 * 12 + 2)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_memo_of_brabant_is_made_in_every_format(language: Language) -> None:
    """The fingerprint stands in the PDF in full; the poster has one page."""
    matter = brabant(language)
    for kind, most in (("memo", 30), ("poster", 1)):
        text = memo_text(
            matter.comparison, matter.robust, matter.words, kind=kind, day=date(2026, 11, 25)
        )
        pages = pypdf.PdfReader(BytesIO(made(text, "pdf"))).pages
        assert len(pages) <= most
        assert SEAL in pages[-1].extract_text()
