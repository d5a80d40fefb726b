"""XML and HTML as plain trees of elements, read without anything that a document could ask for.

No document type, no entities of its own, bounded depth: a document that has them is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.parsers import expat

from afweging.errors import DossierError, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEEPEST = 400
MOST = 300_000  # elements; the memo of Brabant has ten thousand
VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905
)
# what an element of HTML that is still open ends with: the start of one of these
CLOSES = {
    "p": {"p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "section"},
    "li": {"li"},
    "tr": {"tr", "tbody", "tfoot"},
    "td": {"td", "th", "tr", "tbody", "tfoot"},
    "th": {"td", "th", "tr", "tbody", "tfoot"},
}


@dataclass(slots=True)
class Element:
    """An element: its name without namespace, its attributes likewise, texts and elements in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Yield this element and all within it, in the order of the document."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(part for part in reversed(element.parts) if isinstance(part, Element))

    def all(self, name: str) -> list[Element]:
        """Return the elements of one name, in the order of the document."""
        return [element for element in self.walk() if element.name == name]

    def text(self) -> str:
        """Return all text in it."""
        return "".join(self.texts())

    def texts(self) -> Iterator[str]:
        """Yield each piece of text in it, in order."""
        waiting: list[Element | str] = [self]
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                yield part
            else:
                waiting.extend(reversed(part.parts))


class _Builder:
    """Puts elements and texts in the tree as they come."""

    def __init__(self) -> None:
        self.root = Element("")
        self.open = [self.root]
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) > DEEPEST or self.count > MOST:
            limit = MOST if self.count > MOST else DEEPEST
            raise DossierError([Fault("dossier-broken", value=f"> {limit}")])
        element = Element(name, attributes)
        self.open[-1].parts.append(element)
        self.open.append(element)

    def end(self, _name: str = "") -> None:
        self.open.pop()

    def add(self, text: str) -> None:
        self.open[-1].parts.append(text)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def read_xml(content: bytes) -> Element:
    """Return the document in `content` under a root without name.

    Raises
    ------
    DossierError
        When it is not well-formed, or has a document type or entities.
    """
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse("DOCTYPE")
    parser.EntityDeclHandler = _refuse("ENTITY")

    def start(name: str, attributes: dict[str, str]) -> None:
        builder.start(_local(name), {_local(k): v for k, v in attributes.items()})

    parser.StartElementHandler = start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.add
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the parser takes no name for it
    except expat.ExpatError as error:
        raise DossierError([Fault("dossier-broken", value=str(error))]) from None
    return builder.root


def _refuse(what: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise DossierError([Fault("dossier-entities", value=what)])

    return refuse


class _Page(HTMLParser):
    """Reads a web page; elements that may stay open end where the next one starts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = _Builder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        opened = self.builder.open
        while tag in CLOSES.get(opened[-1].name, ()):
            self.builder.end()
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end()

    def handle_endtag(self, tag: str) -> None:
        opened = self.builder.open
        if any(element.name == tag for element in opened):
            while opened[-1].name != tag:
                self.builder.end()
            self.builder.end()

    def handle_data(self, data: str) -> None:
        self.builder.add(data)


def read_html(content: bytes) -> Element:
    """Return the web page in `content` under a root without name.

    Raises
    ------
    DossierError
        When it is not UTF-8, or nested too deep.
    """
    page = _Page()
    try:
        page.feed(content.decode("utf-8-sig"))
        page.close()
    except (UnicodeDecodeError, AssertionError) as error:
        raise DossierError([Fault("dossier-broken", value=type(error).__name__)]) from None
    return page.builder.root
