"""Reads a tagged PDF: its attachments, and its text by the elements that its tags name.

The text of an element is what its marked content draws, through the ToUnicode tables of the
fonts (ISO 32000-2, 9.10 and 14.6 to 14.8). What is drawn outside any tag is text as well; what is
marked as an artifact is in the margin.
"""

from __future__ import annotations

import io
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from afweging.errors import DossierError, Fault
from afweging.io.markup import read_xml
from afweging.io.pdf_content import Drawn, drawn
from afweging.io.visible import Over, Picture, Seen, Visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeVar

    from pypdf import PageObject, PdfReader

    from afweging.io.pdf_font import Font
    from afweging.io.visible import Part

    T = TypeVar("T")

MOST_PAGES, DEEPEST, MOST_ENTRIES, MOST_ELEMENTS = 2_000, 100, 10_000, 500_000
# an element whose text is one piece; what holds others is passed through
PIECES = frozenset("/P /LI /Caption /TH /TD /Title /Note /BlockQuote /Code /TOCI /Lbl".split())  # noqa: SIM905
SIGN = 40.0  # points of the sign of a comment at most
CELLS = frozenset({"/TH", "/TD"})


def attachments(content: bytes, name: str) -> list[bytes]:
    """Return every attachment of that name in a PDF.

    Raises
    ------
    DossierError
        When the PDF cannot be read.
    """

    def read(reader: PdfReader) -> list[bytes]:
        return [bytes(each.content) for each in reader.attachment_list if each.name == name]

    return guarded(content, read)


def read_pdf(content: bytes) -> Visible:
    """Return what a tagged PDF shows.

    Raises
    ------
    DossierError
        When the PDF cannot be read.
    """
    return guarded(content, lambda reader: _Reading(reader).visible())


def guarded(content: bytes, read: Callable[[PdfReader], T]) -> T:
    """Return what `read` finds; whatever goes wrong in a damaged PDF is one fault."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, FileNotDecryptedError
    except ImportError as error:
        raise DossierError([Fault("dossier-package", value="pypdf")]) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would write to the error stream
    try:
        return read(PdfReader(io.BytesIO(content), strict=False))
    except (DependencyError, FileNotDecryptedError):  # locked, in a way that needs more or a word
        code = "dossier-locked"
        raise DossierError([Fault(code)]) from None
    except Exception as error:  # noqa: BLE001 - a damaged file makes its reader fail in any way
        raise DossierError([Fault("dossier-broken", value=_name(error))]) from None


def _name(error: Exception) -> str:
    return str(error) if type(error) is ValueError else type(error).__name__


class _Reading:
    """One PDF on its way to what it shows."""

    def __init__(self, reader: PdfReader) -> None:
        self.reader = reader
        if len(reader.pages) > MOST_PAGES:
            raise ValueError(f"> {MOST_PAGES}")
        self.pages = list(reader.pages)
        self.number = {self._key(page): k for k, page in enumerate(self.pages)}
        self.fonts: dict[object, Font] = {}
        self.drawn = [self._drawn(page) for page in self.pages]
        self.used: set[tuple[int, int]] = set()
        self.count = 0
        self.found = Visible(pages=len(self.pages))

    @staticmethod
    def _key(page: object) -> object:
        reference = getattr(page, "indirect_reference", None)
        return None if reference is None else reference.idnum

    def _drawn(self, page: PageObject) -> Drawn:
        return drawn(page.get_contents(), page.get("/Resources"), self.fonts)

    def visible(self) -> Visible:
        root = self.reader.root_object.get("/StructTreeRoot")
        if root is not None:
            self._element(root.get_object(), None, 0)
        for place, page in enumerate(self.drawn):
            loose = [text for mark, text in page.marked.items() if (place, mark) not in self.used]
            for text in [*loose, *page.loose]:
                self._add(text, place)
            self.found.over += _laid(self.pages[place], page, place + 1)
            self.found.margin += [Seen(_line(text), page=place + 1) for text in page.artifacts]
        self.found.titles += _titles(self.reader)
        self.found.outline += _outline(self.reader.root_object.get("/Outlines"))
        return self.found

    def _add(self, text: str, place: int | None, part: Part = "text") -> None:
        if plain := _line(text):
            self.found.body.append(Seen(plain, part, None if place is None else place + 1))

    def _element(self, element: dict[str, object], page: int | None, depth: int) -> None:
        """Note the text of one structure element, or of those in it."""
        kind, page = element.get("/S"), self._page(element, page)
        self._count(element, page, depth)
        if kind in {"/Figure", "/Formula"}:
            self.found.alternatives.append(str(element.get("/Alt", "")))
            words = "".join(text for text, _ in self._texts(element, page, depth))
            here = None if page is None else page + 1
            self.found.pictures.append(Picture(words=_line(words), page=here))
        elif kind == "/Lbl" or kind in PIECES or str(kind).startswith("/H"):
            pieces = list(self._texts(element, page, depth))
            text = " ".join(text for text, _ in pieces)
            self._add(text, pieces[0][1] if pieces else page, "cell" if kind in CELLS else "text")
        else:
            for kid in _kids(element):
                if isinstance(kid, dict) and "/S" in kid:
                    self._element(kid, page, depth + 1)
                else:
                    for text, place in self._marked(kid, page):
                        self._add(text, place)

    def _count(self, element: dict[str, object], page: int | None, depth: int) -> None:
        """Count an element, for tags may lead in circles; note what it says instead of its text."""
        self.count += 1
        if depth > DEEPEST or self.count > MOST_ELEMENTS:
            raise ValueError(f"> {MOST_ELEMENTS}")
        figure = element.get("/S") in {"/Figure", "/Formula"}
        for key in ("/ActualText", "/E") if figure else ("/ActualText", "/E", "/Alt"):
            if key in element:
                here = None if page is None else page + 1
                self.found.over.append(Over("hidden", str(element[key]), here))

    def _texts(
        self, element: dict[str, object], page: int | None, depth: int
    ) -> Iterator[tuple[str, int | None]]:
        """Yield the texts in an element with their pages; the bullet of an item is none."""
        for kid in _kids(element):
            if isinstance(kid, dict) and "/S" in kid:
                self._count(kid, page, depth)
                inner = list(self._texts(kid, self._page(kid, page), depth + 1))
                bullet = kid["/S"] == "/Lbl" and not any(c.isalnum() for t, _ in inner for c in t)
                yield from [] if bullet else inner
            else:
                yield from self._marked(kid, page)

    def _marked(self, kid: object, page: int | None) -> Iterator[tuple[str, int | None]]:
        """Yield the text that a mark on a page stands for."""
        mark = kid
        if isinstance(kid, dict):  # a reference to a mark, on a page of its own
            mark, page = kid.get("/MCID"), self._page(kid, page)
        if isinstance(mark, int) and page is not None and mark in self.drawn[page].marked:
            self.used.add((page, mark))
            yield self.drawn[page].marked[mark], page

    def _page(self, element: dict[str, object], page: int | None) -> int | None:
        """Return the page that an element says it is on, or else that of what it is in."""
        if "/Pg" not in element:
            return page
        return self.number.get(self._key(element["/Pg"].get_object()), page)  # type: ignore[attr-defined]


def _laid(page: PageObject, drawn_there: Drawn, number: int) -> Iterator[Over]:
    """Yield what lies over a page, or is hidden in it: notes, fields, pictures of dots."""
    for each in page.get("/Annots") or []:
        note = each.get_object()
        kind, field = note.get("/Subtype"), note.get("/V") or note.get("/FT")
        if _shows_nothing(note):
            continue
        said = " ".join(str(note[key]) for key in ("/Contents", "/V") if key in note)
        yield Over("field" if field or kind == "/Widget" else "annotation", said, number)
    if drawn_there.images:
        yield Over("image", page=number)
    yield from (Over("hidden", text, number) for text in drawn_there.unseen)
    yield from (Over("hidden", text, number) for text in drawn_there.told)


def _shows_nothing(note: Mapping[str, object]) -> bool:
    """Return whether it is a place to click on, the sign of a comment, or a signature unseen."""
    kind = note.get("/Subtype")
    if kind == "/Link":
        return "/AP" not in note
    left, low, right, high = (float(side) for side in note.get("/Rect", (0, 0, 999, 999)))  # type: ignore[attr-defined]
    wide, tall = abs(right - left), abs(high - low)
    if kind in {"/Text", "/Popup"}:
        return max(wide, tall) <= SIGN or kind == "/Popup"
    return note.get("/FT") == "/Sig" and min(wide, tall) == 0


def _titles(reader: PdfReader) -> list[str]:
    """Return what the document is called in its properties, old and new."""
    old, new = reader.metadata, reader.root_object.get("/Metadata")
    found = [] if old is None or old.title is None else [str(old.title)]
    if new is not None:
        with suppress(DossierError):  # no sound properties name nothing
            told = read_xml(new.get_object().get_data()).all("title")
            found += [each.text() for each in told]
    return found


def _outline(root: object) -> Iterator[str]:
    """Yield the titles in the table of contents beside the pages; none twice, however they link."""
    waiting = [root]
    seen: set[int] = set()
    while waiting:
        found = waiting.pop()
        item = found.get_object() if hasattr(found, "get_object") else None
        if not isinstance(item, dict) or id(item) in seen or len(seen) > MOST_ENTRIES:
            continue
        seen.add(id(item))
        if "/Title" in item:
            yield str(item["/Title"])
        waiting += [item.raw_get(key) for key in ("/Next", "/First") if key in item]  # type: ignore[attr-defined]


def _kids(element: dict[str, object]) -> list[object]:
    kids = element.get("/K")
    if kids is None:
        return []
    found = kids.get_object() if hasattr(kids, "get_object") else kids
    kids = found if isinstance(found, list) else [found]
    return [kid.get_object() if hasattr(kid, "get_object") else kid for kid in kids]


def _line(text: str) -> str:
    """Return text on one line; a soft hyphen that is drawn is a hyphen."""
    return " ".join(text.replace("\u00ad", "-").split())
