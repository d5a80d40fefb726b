"""Whether the pages of two PDFs are drawn alike: every line, letter form and colour on them.

Two files may be written in other ways: compressed or not, numbers as 1.50 or 1.5, objects in
another order. What is compared is what a page draws, with the fonts and pictures it draws with;
what is laid over it is read with its text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.io.pdf import guarded
from afweging.io.pdf_content import LARGEST, marks_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pypdf import PageObject, PdfReader

DEEPEST = 40
KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources")
# what says how a part is stored, or where it stands among others
STORED = frozenset("/Length /Filter /DecodeParms /Parent /StructParent /StructParents".split())  # noqa: SIM905
PASSED = STORED | frozenset({"/Metadata", "/ProcSet"})


def differing_pages(content: bytes, other: bytes) -> list[int]:
    """Return the pages of `content`, from 1, that are drawn otherwise than in `other`.

    Raises
    ------
    DossierError
        When one of them cannot be read.
    """
    return guarded(content, lambda one: guarded(other, lambda two: _differing(one, two)))


def _differing(one: PdfReader, two: PdfReader) -> list[int]:
    ours, theirs = list(one.pages), list(two.pages)
    compared = _Compared()
    found = [
        number
        for number, (page, wanted) in enumerate(zip(ours, theirs, strict=False), start=1)
        if not compared.pages(page, wanted)
    ]
    return found + list(range(min(len(ours), len(theirs)) + 1, max(len(ours), len(theirs)) + 1))


class _Compared:
    """Compares parts of two PDFs; each pair once, for parts may hold each other."""

    def __init__(self) -> None:
        self.equal: dict[tuple[int, int], bool] = {}

    def pages(self, page: PageObject, wanted: PageObject) -> bool:
        """Return whether two pages draw the same."""
        return marks_of(_contents(page)) == marks_of(_contents(wanted)) and all(
            self.parts(page.get(key), wanted.get(key), 0) for key in KEYS
        )

    def parts(self, one: object, two: object, depth: int) -> bool:
        """Return whether two parts are the same, with all that they refer to."""
        one, two = _found(one), _found(two)
        if depth > DEEPEST:
            return False
        if isinstance(one, dict) and isinstance(two, dict):
            key = (id(one), id(two))
            if key not in self.equal:
                self.equal[key] = True  # while it is under way: what it holds may hold it
                self.equal[key] = self._mappings(one, two, depth)
            return self.equal[key]
        if isinstance(one, list) and isinstance(two, list):
            pairs = zip(one, two, strict=False)
            return len(one) == len(two) and all(self.parts(*pair, depth + 1) for pair in pairs)
        return one == two

    def _mappings(self, one: Mapping[str, object], two: Mapping[str, object], depth: int) -> bool:
        keys = [key for key in one if key not in PASSED]
        if set(keys) != {key for key in two if key not in PASSED}:
            return False
        if hasattr(one, "get_data") != hasattr(two, "get_data"):
            return False
        if hasattr(one, "get_data") and one.get_data() != two.get_data():  # type: ignore[attr-defined]
            return False
        return all(self.parts(one[key], two[key], depth + 1) for key in keys)


def _found(part: object) -> object:
    return part.get_object() if hasattr(part, "get_object") else part


def _contents(page: PageObject) -> bytes:
    found = page.get_contents()
    data = b"" if found is None else found.get_data()
    if len(data) > LARGEST:
        raise ValueError("too large")
    return data
