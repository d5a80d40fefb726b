"""Formats in a DOCX or an ODT that keep a text and take it from who reads: struck, white, mirrored.

Only what is given to a piece of text itself counts; what the styles of a house look like is up to
the house.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from afweging.io.contrast import contrast
from afweging.io.visible import Over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from afweging.io.markup import Element

SMALLEST = 5.0  # points
FAINT = 3.0  # contrast below which text on white is not seen
DARK = 21 / FAINT  # contrast with white above which black on it is not seen
COLOR = re.compile("#?([0-9a-fA-F]{6})")
OFF = {"", "0", "0%", "false", "none", "baseline", "auto", "off"}
DOCX_FORMATS = {"rPr", "pPr", "tcPr", "trPr", "tblPr"}
DOCX_ODD = {"strike", "dstrike", "rtl", "vertAlign", "specVanish", "position", "framePr", "hidden"}
DOCX_CELLS = {"bidiVisual", "gridSpan", "vMerge", "hMerge"}
LIGHT = {"yellow", "green", "cyan", "magenta", "lightGray", "white", "none"}
ODT_ODD = ("text-line-through-style", "text-line-through-type", "text-position")
ODT_CELLS = ("number-columns-spanned", "number-rows-spanned")


def _contrast(color: str, otherwise: float) -> float:
    """Return the contrast of a colour on white; what is no colour gets another value."""
    found = COLOR.fullmatch(color)
    return contrast(f"#{found[1]}", "#ffffff") if found else otherwise


def _of_pictures(font: str) -> bool:
    """Return whether a font has pictures for letters."""
    return "dings" in font or font == "Symbol"


def _number(text: str, otherwise: float) -> float:
    found = re.match(r"-?\d+(\.\d+)?", text)
    return float(found[0]) if found else otherwise


# --- DOCX ---------------------------------------------------------------------------------------


def unreadable_docx(document: Element) -> Iterator[Over]:
    """Yield the pieces whose own format makes them hard to read, and cells that are merged."""
    for element in document.walk():
        given = [each for part in _inner(element, DOCX_FORMATS) for each in _inner(part)]
        if any(each.name in DOCX_CELLS and _value(each) not in OFF | {"1"} for each in given):
            yield Over("cells", _docx_said(element))
        if any(map(_is_odd, given)):
            yield Over("format", _docx_said(element))


def _inner(element: Element, names: set[str] | None = None) -> Iterator[Element]:
    """Yield the elements directly in an element, of these names where some are given."""
    for part in element.parts:
        if not isinstance(part, str) and (names is None or part.name in names):
            yield part


def _docx_said(element: Element) -> str:
    """Return the text that is seen, without what a field is computed from."""
    return "".join(each.text() for each in element.walk() if each.name == "t")


def _value(given: Element) -> str:
    return given.attributes.get("val", "on")


def _is_odd(given: Element) -> bool:
    if given.name in DOCX_ODD:
        return _value(given) not in OFF
    check = DOCX_CHECKS.get(given.name)
    return check is not None and check(given.attributes)


DOCX_CHECKS: Mapping[str, Callable[[Mapping[str, str]], bool]] = {
    "color": lambda given: _contrast(given.get("val", ""), FAINT) < FAINT,
    "rFonts": lambda given: any(map(_of_pictures, given.values())),
    "sz": lambda given: _number(given.get("val", ""), 22) / 2 < SMALLEST,  # in half points
    "w": lambda given: _number(given.get("val", ""), 100) < 50,  # width of letters in per cent
    "spacing": lambda given: _number(given.get("val", ""), 0) < -40,  # in twentieths of a point
    "shd": lambda given: _contrast(given.get("fill", ""), DARK) > DARK,
    "highlight": lambda given: given.get("val", "none") not in LIGHT,
    "trHeight": lambda given: given.get("hRule") == "exact",
}


# --- ODT ----------------------------------------------------------------------------------------


def unreadable_odt(content: Element) -> Iterator[Over]:
    """Yield the pieces whose own format makes them hard to read, and cells that are merged."""
    own = [each for part in content.all("automatic-styles") for each in part.all("style")]
    odd = {each.attributes.get("name") for each in own if any(map(_is_odd_style, each.walk()))}
    mirrored = {each.attributes.get("name") for each in own if any(map(_mirrors, each.walk()))}
    for element in (each for body in content.all("body") for each in body.walk()):
        given = element.attributes
        style = given.get("style-name")
        if style in mirrored or any(given.get(name, "1") != "1" for name in ODT_CELLS):
            yield Over("cells", element.text())
        hidden = given.get("visibility", "visible") != "visible" or given.get("display") == "none"
        if hidden or style in odd:
            yield Over("format", element.text())


def _mirrors(given: Element) -> bool:
    return given.attributes.get("writing-mode", "").startswith("rl")


def _is_odd_style(given: Element) -> bool:
    said = given.attributes
    size = said.get("font-size", "")
    return (
        any(said[name].split()[0] not in OFF for name in ODT_ODD if said.get(name))
        or said.get("display") == "none"
        or _of_pictures(said.get("font-name", ""))
        or _contrast(said.get("color", ""), FAINT) < FAINT
        or _contrast(said.get("background-color", ""), DARK) > DARK
        or (size.endswith("pt") and _number(size, 11) < SMALLEST)
        or _number(said.get("text-scale", ""), 100) < 50
    )
