"""What a DOCX, an ODT or a web page shows beside its text, or hides in it.

A shape over a table, a form field, a part from elsewhere, text that is hidden: the text of the
document alone does not say what a reader sees there. Pictures are read with the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.io.carriers import PACKED
from afweging.io.dossier import NAME
from afweging.io.page_form import odd_parts
from afweging.io.visible import Over

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from afweging.io.markup import Element
    from afweging.io.visible import Laid

DOCX_LAID: Mapping[str, Laid] = {
    **dict.fromkeys(("pict", "object", "wsp", "wgp", "wpc", "sym"), "shape"),
    **dict.fromkeys(("altChunk", "subDoc", "chart", "control", "contentPart"), "embedded"),
    "svgBlip": "image",
}
CROPS = {"blip", "srcRect", "xfrm"}
ODT_LAID: Mapping[str, Laid] = {
    **dict.fromkeys(("rect", "custom-shape", "path", "polygon", "polyline", "line"), "shape"),
    **dict.fromkeys(("circle", "ellipse", "regular-polygon", "connector", "scene"), "shape"),
    **dict.fromkeys(("object", "object-ole", "plugin", "applet", "floating-frame"), "embedded"),
    **dict.fromkeys(("control", "section-source"), "embedded"),
    **dict.fromkeys(("conditional-text", "expression", "user-field-get", "variable-get"), "field"),
    **dict.fromkeys(("variable-set", "variable-input", "database-display", "text-input"), "field"),
    **dict.fromkeys(("dde-connection", "script", "execute-macro", "drop-down"), "field"),
}
ODT_HIDDEN = frozenset(
    {"annotation", "hidden-paragraph", "hidden-text", "page-number", "page-count", "placeholder"}
)
FOLDS = {"template", "details"}  # what is in them is there when somebody asks for it
MARKS = {"bar", "mark"}  # the word Draft lies over a page or behind it
DATA = {"application/json", PACKED}  # kinds of scripts that no page runs


def over_docx(document: Element) -> Iterator[Over]:
    """Yield what lies over the pages of a DOCX, and its hidden text."""
    for element in _walk(document, "Fallback"):
        if element.name in DOCX_LAID:
            yield Over(DOCX_LAID[element.name], element.text())
        elif element.name == "AlternateContent" and element.text().strip():
            yield Over("embedded", element.text())  # which of the two is shown, others decide
        elif element.name in CROPS and any(map(_moves, element.attributes.items())):
            yield Over("image")
        elif element.name == "r" and is_vanished(element):
            yield Over("hidden", element.text())


def _moves(attribute: tuple[str, str]) -> bool:
    """Return whether a picture is another one, cut or turned by an attribute."""
    name, value = attribute
    return name in {"link", "flipH", "flipV", "rot", "l", "t", "r", "b"} and value not in {"", "0"}


def is_vanished(run: Element) -> bool:
    """Return whether a run of text in a DOCX is hidden."""
    inner = [part for part in run.parts if not isinstance(part, str) and part.name == "rPr"]
    return any(element.name == "vanish" for each in inner for element in each.walk())


def over_odt(body: Element) -> Iterator[Over]:
    """Yield what lies over the pages of an ODT, and its hidden text."""
    for element in _walk(body, "tracked-changes"):
        if element.name in ODT_LAID:
            yield Over(ODT_LAID[element.name], element.text())
        elif element.name in ODT_HIDDEN:
            yield Over("hidden", element.text())


def over_page(root: Element) -> Iterator[Over]:
    """Yield what a web page has that no memo has, its scripts, and its hidden text.

    What is acting is of a page that computes: a script, what it puts in the page, and its policy.
    """
    for element in _walk(root, "template"):
        for odd in odd_parts(element):
            yield Over("embedded", odd)
        if element.attributes.get("class") in MARKS:
            yield Over("mark", element.text())
        if element.name == "noscript":
            yield Over("hidden", element.text())
        if told := element.attributes.get("aria-label"):
            yield Over("hidden", told)
        if element.name == "script":
            yield from _script(element)
        elif element.name in FOLDS or "http-equiv" in element.attributes:
            yield Over("acting")


def _script(element: Element) -> Iterator[Over]:
    """Yield a script with its code; data other than the dossier are no code."""
    if element.attributes.get("type", "") not in DATA:
        yield Over("acting", element.text())
    elif element.attributes.get("id") != NAME:
        yield Over("acting")


def styles_of(root: Element) -> list[str]:
    """Return the styles of a web page: those in blocks, and those of elements."""
    blocks = [element.text() for element in root.all("style")]
    return blocks + [e.attributes["style"] for e in root.walk() if "style" in e.attributes]


def _walk(root: Element, closed: str) -> Iterator[Element]:
    """Yield all elements, but none that is in an element of the closed kind."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        if element.name != closed:
            waiting.extend(part for part in reversed(element.parts) if not isinstance(part, str))
