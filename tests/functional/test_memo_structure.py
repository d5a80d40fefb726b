"""What a memo is to who cannot see it, or reads it with another program: its structure."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf
import pytest
from tests.live.browsing import LAPTOP, PHONE, browser, open_face
from tests.memo.made import memo

from afweging.io.archive import read_parts
from afweging.io.dossier import read_dossier
from afweging.io.markup import read_xml
from afweging.memo.dossier import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from afweging.io.markup import Element
    from afweging.memo.blocks import MemoText
    from afweging.wording import Language

BODY = 9  # the level of what is no heading, such as that of the table of contents
KINDS: list[tuple[Language, str]] = [("nl", "memo"), ("en", "memo"), ("nl", "poster")]
KINDS += [("en", "poster")]


def _text(language: Language, kind: str) -> MemoText:
    return text_of(read_dossier(memo("json", language=language, kind=kind)))


def _tags(part: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the structure elements of a PDF in their order."""
    if isinstance(part, pikepdf.Array):
        for each in part:
            yield from _tags(each)
    elif isinstance(part, pikepdf.Dictionary):
        if "/S" in part:
            yield part
        if "/K" in part:
            yield from _tags(part.K)


def _scope(head: pikepdf.Object) -> str:
    own: pikepdf.Object = head.A
    attributes: list[pikepdf.Object] = list(own) if isinstance(own, pikepdf.Array) else [own]
    return next(str(each.Scope) for each in attributes if "/Scope" in each)


@pytest.mark.parametrize(("language", "kind"), KINDS)
def test_a_pdf_is_tagged(language: Language, kind: str) -> None:
    """Language, title, headings without a step left out, alternatives, heads of tables."""
    text = _text(language, kind)
    with pikepdf.open(io.BytesIO(memo("pdf", language=language, kind=kind))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == language
        assert str(pdf.docinfo["/Title"]) == text.title
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        tags = list(_tags(pdf.Root.StructTreeRoot))
        levels = [int(str(tag.S)[2:]) for tag in tags if str(tag.S)[:2] == "/H"]
        _check_levels(levels, first=1)
        told = [str(tag.get("/Alt", "")) for tag in tags if str(tag.S) == "/Figure"]
        pictures = [block for block in text.blocks if block.kind == "figure"]
        assert told[:-1] == [block.lines[1] for block in pictures]
        assert all(told)
        tables = [block for block in text.blocks if block.kind == "table"]
        heads = [tag for tag in tags if str(tag.S) == "/TH"]
        assert len([tag for tag in tags if str(tag.S) == "/THead"]) == len(tables)
        assert len(heads) >= sum(len(block.heads) for block in tables)
        assert {_scope(head) for head in heads} <= {"/Column", "/Row", "/Both"}


def _check_levels(levels: list[int], *, first: int) -> None:
    assert levels
    assert levels[0] == first
    assert all(after <= before + 1 for before, after in pairwise(levels))


BODY = 9  # the level of what is no heading, such as that of the table of contents


def _named(element: Element, name: str) -> str:
    return next((e.attributes.get("val", "") for e in element.all(name)), "")


def test_a_docx_has_real_headings_repeated_heads_and_alternatives() -> None:
    """By what a word processor goes by: styles with a level, a mark on rows, descriptions."""
    text, parts = _text("nl", "memo"), read_parts(memo("docx"))
    document, styles = read_xml(parts["word/document.xml"]), read_xml(parts["word/styles.xml"])
    level = {
        each.attributes["styleId"]: int(_named(each, "outlineLvl"))
        for each in styles.all("style")
        if _named(each, "outlineLvl")
    }
    used = [_named(each, "pStyle") for each in document.all("p")]
    levels = [level[style] + 1 for style in used if level.get(style, BODY) < BODY]
    assert len(levels) == sum(block.kind == "heading" for block in text.blocks) + 1
    _check_levels(levels, first=1)
    tables = document.all("tbl")
    assert len(tables) == sum(block.kind == "table" for block in text.blocks)
    assert all(table.all("tr")[0].all("tblHeader") for table in tables)
    told = [each.attributes.get("descr", "") for each in document.all("docPr")]
    assert len(told) == sum(block.kind == "figure" for block in text.blocks) + 1
    assert all(told)


def test_an_odt_has_real_headings_repeated_heads_and_alternatives() -> None:
    """The same in the names of OpenDocument."""
    text, parts = _text("nl", "memo"), read_parts(memo("odt"))
    content = read_xml(parts["content.xml"])
    levels = [int(each.attributes["outline-level"]) for each in content.all("h")]
    assert len(levels) == sum(block.kind == "heading" for block in text.blocks) + 1
    _check_levels(levels, first=1)
    tables = content.all("table")
    assert len(tables) == sum(block.kind == "table" for block in text.blocks)
    assert all(len(table.all("table-header-rows")) == 1 for table in tables)
    told = [each.text() for frame in content.all("frame") for each in frame.all("desc")]
    assert len(told) == sum(block.kind == "figure" for block in text.blocks) + 1
    assert all(told)


def test_a_page_has_no_violations_of_wcag(tmp_path: Path) -> None:
    """Memo and poster, Dutch and English, the first on a phone too, by axe-core; none fetches."""
    with browser() as chromium:
        for language, kind in KINDS:
            path = tmp_path / f"{kind}-{language}.html"
            path.write_bytes(memo("html", language=language, kind=kind))
            for size in (LAPTOP, PHONE) if (language, kind) == KINDS[0] else (LAPTOP,):
                face = open_face(chromium, path.as_uri(), size)
                face.check(f"{kind}, {language}")
                face.page.context.close()
