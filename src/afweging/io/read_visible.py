"""Reads what a DOCX, an ODT or a web page shows; a PDF is read by `pdf`."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from afweging.io.archive import read_parts
from afweging.io.carriers import DOCX_DOCUMENT, DOCX_RELATIONS, ODT_CONTENT, carrier_of
from afweging.io.laid_over import is_vanished, over_docx, over_odt, over_page, styles_of
from afweging.io.markup import Element, read_html, read_xml
from afweging.io.page_grammar import first_odd
from afweging.io.pdf import read_pdf
from afweging.io.unreadable import unreadable_docx, unreadable_odt
from afweging.io.visible import Over, Picture, Seen, Visible
from afweging.io.written import written_by_lists, written_by_styles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# what is in the file and not on the page
DOCX_HIDDEN = frozenset(
    {"del", "moveFrom", "delText", "instrText", "Fallback", "pPr", "sectPr", "tblPr", "tcPr"}
)
DOCX_AROUND = frozenset({"hdr", "ftr", "footnotes", "endnotes", "comments"})
ODT_HIDDEN = frozenset(
    {"tracked-changes", "annotation", "title", "desc", "hidden-paragraph", "hidden-text"}
    | {"page-number", "page-count", "sequence-decls", "forms", "variable-decls"}
)
HTML_HIDDEN = frozenset({"script", "style", "template", "head", "noscript", "title"})
HTML_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "i", "kbd", "mark", "q"}
    | {"s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)


def read_visible(content: bytes) -> Visible:
    """Return what the document in `content` shows.

    Raises
    ------
    DossierError
        When the document cannot be read.
    """
    carrier = carrier_of(content)
    if carrier == "pdf":
        return read_pdf(content)
    if carrier == "html":
        found = _page(read_html(content))
        odd = first_odd(content)
        found.over += [] if odd is None else [Over("embedded", odd)]
        return found
    if carrier == "json":
        return Visible()
    parts = read_parts(content)
    return _docx(parts) if carrier == "docx" else _odt(parts)


def _rows(root: Element, row: str, cells: set[str], left_out: str = "") -> list[int]:
    """Return how many cells each row of a table has, in the order of the document."""
    return [
        sum(not isinstance(part, str) and part.name in cells for part in element.parts)
        for element in _shown(root, frozenset({left_out}))
        if element.name == row
    ]


# --- DOCX ---------------------------------------------------------------------------------------


def _docx(parts: Mapping[str, bytes]) -> Visible:
    found = Visible()
    files = _related(parts)
    document = read_xml(parts[DOCX_DOCUMENT])
    _gather(document, found, {"p"}, {"tc"}, _docx_text)
    for element in _shown(document, DOCX_HIDDEN):
        if element.name == "docPr" and (told := element.attributes.get("descr")):
            found.alternatives.append(told)
        if element.name == "blip":
            found.pictures.append(Picture(files.get(element.attributes.get("embed", ""))))
    found.over += [*over_docx(document), *unreadable_docx(document)]
    found.over += written_by_styles(document, parts)
    found.rows = _rows(document, "tr", {"tc"}, "Fallback")
    for root in _around(parts):
        around = Visible()
        _gather(root, around, {"p"}, {"tc"}, _docx_text)
        found.margin += around.body
    found.titles += _titles(parts, "docProps/core.xml")
    return found


def _around(parts: Mapping[str, bytes]) -> Iterator[Element]:
    """Yield the headers, footers, notes and comments: another program may name them otherwise."""
    for name, part in parts.items():
        if name.startswith("word/") and name.endswith(".xml") and name != DOCX_DOCUMENT:
            root = read_xml(part)
            if any(isinstance(e, Element) and e.name in DOCX_AROUND for e in root.parts):
                yield root


def _titles(parts: Mapping[str, bytes], name: str) -> list[str]:
    """Return what a document is called in its properties."""
    return [each.text() for each in read_xml(parts[name]).all("title")] if name in parts else []


def _related(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that the document refers to, by the id of the reference."""
    if DOCX_RELATIONS not in parts:
        return {}
    links = read_xml(parts[DOCX_RELATIONS]).all("Relationship")
    targets = {each.attributes.get("Id", ""): each.attributes.get("Target", "") for each in links}
    return {k: parts[f"word/{name}"] for k, name in targets.items() if f"word/{name}" in parts}


def _docx_text(element: Element) -> str | None:
    """Return the text that an element stands for, None where it is not seen."""
    if element.name in DOCX_HIDDEN or (element.name == "r" and is_vanished(element)):
        return None
    if element.name in {"tab", "br", "cr"}:
        return " "
    return "-" if element.name == "noBreakHyphen" else ""


# --- ODT ----------------------------------------------------------------------------------------


def _odt(parts: Mapping[str, bytes]) -> Visible:
    found = Visible()
    content = read_xml(parts[ODT_CONTENT])
    for body in content.all("body"):
        _gather(body, found, {"p", "h"}, {"table-cell"}, _odt_text)
        for element in _shown(body, frozenset({"tracked-changes"})):
            if element.name == "frame" and (told := _told(element)):
                found.alternatives.append(told)
            if element.name == "image":
                found.pictures.append(Picture(parts.get(element.attributes.get("href", ""))))
        found.over += over_odt(body)
    found.over += [*unreadable_odt(content), *written_by_lists(content)]
    cells = {"table-cell", "covered-table-cell"}
    found.rows = [n for body in content.all("body") for n in _rows(body, "table-row", cells)]
    if "styles.xml" in parts:
        for each in read_xml(parts["styles.xml"]).all("master-styles"):
            around = Visible()
            _gather(each, around, {"p", "h"}, {"table-cell"}, _odt_text)
            found.margin += around.body
    found.titles += _titles(parts, "meta.xml")
    return found


def _told(frame: Element) -> str:
    """Return the alternative text of a frame: its title, and its description."""
    own = {part.name: part.text() for part in frame.parts if isinstance(part, Element)}
    return " ".join(own[name] for name in ("title", "desc") if own.get(name))


def _odt_text(element: Element) -> str | None:
    if element.name in ODT_HIDDEN:
        return None
    return " " if element.name in {"s", "tab", "line-break"} else ""


# --- HTML ---------------------------------------------------------------------------------------


def _page(root: Element) -> Visible:
    found = Visible()
    _flow(root, found)
    for element in _shown(root, HTML_HIDDEN):
        if element.name == "img":
            found.alternatives += [element.attributes.get("alt", "")]
            found.pictures.append(Picture(_data(element.attributes.get("src", ""))))
    found.over += over_page(root)
    found.rows = _rows(root, "tr", {"td", "th"}, "template")
    found.titles += [each.text() for each in root.all("title")]
    found.styles += styles_of(root)
    return found


def _flow(element: Element, found: Visible) -> None:
    """Note the text in an element; what is not within a line ends the text before it."""
    line: list[str] = []

    def end() -> None:
        found.add("".join(line))
        line.clear()

    for part in element.parts:
        if isinstance(part, str):
            line.append(part)
        elif part.name in {"br", "hr"}:
            line.append(" ")
        elif part.name in HTML_INLINE:
            line.append("".join(_words(part, _html_text)))
        elif part.name in {"td", "th"}:
            end()
            found.add("".join(_words(part, _html_text)), "cell")
        elif not _unseen(part):
            end()
            _flow(part, found)
    end()


def _unseen(element: Element) -> bool:
    return element.name in HTML_HIDDEN or "hidden" in element.attributes


def _html_text(element: Element) -> str | None:
    return None if _unseen(element) else (" " if element.name in {"br", "p", "div"} else "")


def _data(address: str) -> bytes | None:
    """Return the file in a data address, None where the picture is elsewhere or broken."""
    head, comma, data = address.partition(",")
    if not (head.startswith("data:") and comma):
        return None
    try:
        return (
            base64.b64decode(data, validate=True)
            if head.endswith(";base64")
            else unquote_to_bytes(data)
        )
    except (binascii.Error, ValueError):
        return None


# --- all ----------------------------------------------------------------------------------------


def _shown(root: Element, hidden: frozenset[str]) -> Iterator[Element]:
    """Yield the elements that are not within a hidden one, in the order of the document."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.name not in hidden:
            yield element
            inner = (part for part in reversed(element.parts) if isinstance(part, Element))
            waiting.extend(inner)


def _words(element: Element, text: Callable[[Element], str | None]) -> Iterator[str]:
    """Yield the text in an element, where `text` says what each element in it stands for."""
    said = text(element)
    if said is None:
        return
    yield said
    for part in element.parts:
        if isinstance(part, str):
            yield part
        else:
            yield from _words(part, text)


def _gather(
    root: Element,
    found: Visible,
    blocks: set[str],
    cells: set[str],
    text: Callable[[Element], str | None],
) -> None:
    """Note each paragraph and each cell; a paragraph in a frame in a paragraph comes after it."""
    for part in root.parts:
        if isinstance(part, str) or text(part) is None:
            continue
        if part.name in cells:
            found.body.append(Seen(" ".join("".join(_spaced(part, blocks, text)).split()), "cell"))
        elif part.name in blocks:
            inner = Visible()

            def own(element: Element, inner: Visible = inner) -> str | None:
                if element.name in blocks | cells:
                    _gather(Element("", parts=[element]), inner, blocks, cells, text)
                    return None
                return text(element)

            said = [word for each in part.parts for word in _piece(each, own)]
            found.add("".join(said))
            found.body += inner.body
        else:
            _gather(part, found, blocks, cells, text)


def _piece(part: Element | str, text: Callable[[Element], str | None]) -> Iterator[str]:
    yield from [part] if isinstance(part, str) else _words(part, text)


def _spaced(
    cell: Element, blocks: set[str], text: Callable[[Element], str | None]
) -> Iterator[str]:
    """Yield the text of a cell, a space after each paragraph in it."""

    def said(element: Element) -> str | None:
        found = text(element)
        return " " if found == "" and element.name in blocks else found

    yield from _words(cell, said)
