from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Literal
from zipfile import ZipFile

import pytest
from tests.memo.made import memo

from afweging.io.archive import read_parts, write_parts
from afweging.io.markup import read_xml
from afweging.io.read_visible import read_visible
from afweging.memo.build import own_reference
from afweging.memo.marks import HEADER, KINDS, marked

if TYPE_CHECKING:
    from afweging.wording import Language

Form = Literal["docx", "odt"]
FORMS: tuple[Form, ...] = ("docx", "odt")


def _plain(form: Form) -> bytes:
    """Return the document with the styles, which has no mark."""
    return own_reference(form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("language", "text"), [("nl", "Concept"), ("en", "Draft")])
def test_a_draft_has_its_mark_in_the_header(form: Form, language: Language, text: str) -> None:
    """As text, outside of the contents: there it stands once, in the first line."""
    found = read_visible(memo(form, language=language))
    assert any(text in seen.text for seen in found.margin)
    assert [seen.text for seen in found.body if seen.text == text] == []
    assert len([seen for seen in found.body if text in seen.text]) == 1


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bytes_each_time(form: Form) -> None:
    """No clock, no counter."""
    assert marked(_plain(form), form, "Concept") == marked(_plain(form), form, "Concept")


def test_every_kind_of_page_has_the_header() -> None:
    """First, even and other pages; before the size of the page, as the order of Word asks."""
    parts = read_parts(memo("docx"))
    (section,) = read_xml(parts["word/document.xml"]).all("sectPr")
    kinds = [each.attributes["type"] for each in section.all("headerReference")]
    assert kinds == list(KINDS)
    first = next(part for part in section.parts if not isinstance(part, str))
    assert first.name == "headerReference"
    header = read_xml(parts[HEADER])
    assert header.all("textpath")[1].attributes["string"] == "Concept"
    assert header.all("shape")[0].attributes["alt"] == ""
    assert f"/{HEADER}" in parts["[Content_Types].xml"].decode()


def test_a_header_of_the_house_stays_in_word() -> None:
    """The mark comes after it; a section is not given a second header of the same kind."""
    parts = read_parts(_plain("docx"))
    reference = '<w:headerReference w:type="default" r:id="rId99"/>'
    document = parts["word/document.xml"].decode()
    document = re.sub(
        r"<w:sectPr\b[^>]*?/?>.*?(</w:sectPr>)?(?=\s*</w:body>)", "", document, flags=re.DOTALL
    )
    document = document.replace("</w:body>", f"<w:sectPr>{reference}</w:sectPr></w:body>")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    house = f"<w:hdr {space}><w:p><w:r><w:t>Huis</w:t></w:r></w:p></w:hdr>".encode()
    given = {**parts, "word/document.xml": document.encode(), "word/header1.xml": house}
    found = read_parts(marked(write_parts(given), "docx", "Concept & <x>"))
    (section,) = read_xml(found["word/document.xml"]).all("sectPr")
    kinds = [each.attributes["type"] for each in section.all("headerReference")]
    assert sorted(kinds) == sorted(KINDS)
    assert [p.text() for p in read_xml(found["word/header1.xml"]).all("p")] == [
        "Huis",
        "Concept & <x>",
    ]


def test_a_header_of_the_house_stays_in_odt() -> None:
    """The mark comes after it, in every header that is there; else there is one of our own."""
    parts = read_parts(_plain("odt"))
    styles = parts["styles.xml"].decode()
    head = "<style:header><text:p>Huis</text:p></style:header>"
    given = re.sub(r"(<style:master-page\b[^>]*[^/]>)", rf"\1{head}", styles)
    assert given != styles
    changed = write_parts({**parts, "styles.xml": given.encode()})
    (header,) = read_xml(read_parts(marked(changed, "odt", "Concept"))["styles.xml"]).all("header")
    assert header.all("p")[0].text() == "Huis"
    assert "Concept" in header.all("p")[1].text()
    empty = re.sub(
        r"<style:master-page\b([^>]*[^/])>.*?</style:master-page>",
        r"<style:master-page\1/>",
        styles,
        flags=re.DOTALL,
    )
    changed = write_parts({**parts, "styles.xml": empty.encode()})
    found = read_xml(read_parts(marked(changed, "odt", "Concept"))["styles.xml"])
    assert all(each.all("header") for each in found.all("master-page"))


@pytest.mark.parametrize("form", FORMS)
def test_all_parts_stay_sound(form: Form) -> None:
    """Every part is XML that can be read, and what was there is still there."""
    before, after = read_parts(_plain(form)), read_parts(marked(_plain(form), form, "Concept"))
    assert set(before) <= set(after)
    for name, part in after.items():
        if name.endswith((".xml", ".rels")):
            read_xml(part)
    with ZipFile(BytesIO(marked(_plain(form), form, "Concept"))) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
