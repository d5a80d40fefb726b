"""What the styles of a DOCX or an ODT write beside its text, or hide: numbers, fields, runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from afweging.io.markup import read_xml
from afweging.io.visible import Over

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from afweging.io.markup import Element

NUMBERING, STYLES = "word/numbering.xml", "word/styles.xml"
FIELDS = {"TOC", "PAGEREF", "PAGE", "NUMPAGES", "HYPERLINK", "REF"}  # these show places, or text
TELLS = re.compile(r"[0-9]|[^\W\d_]{2}")  # in the sign of a list: a figure, or a word
HIDING = {"vanish", "specVanish"}
OFF = {"0", "false", "off"}


def written_by_styles(document: Element, parts: Mapping[str, bytes]) -> Iterator[Over]:
    """Yield what a DOCX writes before the items of its lists, its fields, and what styles hide."""
    if NUMBERING in parts:
        for level in read_xml(parts[NUMBERING]).all("lvlText"):
            sign = re.sub("%[0-9]", "", level.attributes.get("val", ""))
            yield from _told(sign)
    for element in document.walk():
        if element.name in {"instrText", "fldSimple"}:
            yield from _field(element.attributes.get("instr") or element.text())
    hiding = _hiding(parts)
    for element in document.walk():
        if element.name in {"r", "p"} and hiding.intersection(_styles(element)):
            yield Over("format", "".join(each.text() for each in element.all("t")))


def _told(sign: str) -> Iterator[Over]:
    if TELLS.search(sign):
        yield Over("embedded", sign)


def _field(instruction: str) -> Iterator[Over]:
    """Yield a field that is computed from something else than the places of the text."""
    words = instruction.split()
    if words and words[0] not in FIELDS and not words[0].startswith(("\\", "_", '"')):
        yield Over("field", instruction.strip())


def _hiding(parts: Mapping[str, bytes]) -> set[str]:
    """Return the styles that hide their text."""
    styles = read_xml(parts[STYLES]).all("style") if STYLES in parts else []
    return {
        style.attributes.get("styleId", "")
        for style in styles
        if any(e.name in HIDING and e.attributes.get("val") not in OFF for e in style.walk())
    }


def _styles(element: Element) -> Iterator[str]:
    """Yield the styles that are given to a run or a paragraph itself."""
    for part in element.parts:
        if not isinstance(part, str) and part.name in {"rPr", "pPr"}:
            for each in part.parts:
                if not isinstance(each, str) and each.name in {"rStyle", "pStyle"}:
                    yield each.attributes.get("val", "")


def written_by_lists(content: Element) -> Iterator[Over]:
    """Yield what an ODT writes before and after the numbers of its lists."""
    for element in content.walk():
        if element.name.startswith("list-level-style-"):
            for name in ("num-prefix", "num-suffix", "bullet-char"):
                yield from _told(element.attributes.get(name, ""))
