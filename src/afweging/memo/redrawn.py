"""A PDF made again from its dossier, to compare it dot for dot: bars and lines as well as words.

The same version of the program and of Typst makes the same bytes. Where one of them differs, or
Typst is not there, there is nothing to compare with, and what is drawn is not judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging import __version__
from afweging.errors import AfwegingError
from afweging.io.markup import read_xml
from afweging.io.pdf_pages import differing_pages
from afweging.memo.build import pdf_bytes
from afweging.memo.differences import Difference
from afweging.memo.dossier import versions
from afweging.memo.printed import Spot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afweging.memo.blocks import Block, MemoText

LARGEST = 8_000_000  # signs of a text; that of Brabant has half a million
# what our pictures are made of: a picture from elsewhere could ask for files, or without end
PLAIN = frozenset(
    {"svg", "g", "rect", "path", "line", "polyline", "polygon", "circle", "ellipse", "text"}
    | {"tspan", "title", "desc", "defs", "pattern", "clipPath", "marker"}
)


def same_typst(versions_then: Mapping[str, str]) -> bool:
    """Return whether Typst draws here as it did when a memo was made."""
    here = versions().get("typst")
    return here is not None and versions_then.get("typst") == here


def pdf_again(
    text: MemoText, fingerprint: str, dossier: bytes, versions_then: Mapping[str, str]
) -> bytes | None:
    """Return the PDF of a memo as it was made; None where it cannot be made again here."""
    same = same_typst(versions_then) and versions_then.get("afweging") == __version__
    if not (same and is_plain(text)):
        return None
    try:
        return pdf_bytes(text, fingerprint, dossier)
    except (AfwegingError, ValueError, RuntimeError):
        return None  # no text that was ever a memo


def is_plain(text: MemoText) -> bool:
    """Return whether a text has the size of a memo, and pictures that ask for nothing else."""
    if sum(_size(block) for block in text.blocks) > LARGEST:
        return False
    try:
        roots = [read_xml(b.svg.encode("utf-8")) for b in text.blocks if b.kind == "figure"]
    except AfwegingError:
        return False
    return all(element.name in {"", *PLAIN} for root in roots for element in root.walk())


def _size(block: Block) -> int:
    rows = sum(len(cell) for row in block.rows for cell in row)
    return rows + sum(map(len, (*block.lines, *block.heads))) + len(block.svg)


def drawn_otherwise(
    content: bytes, again: bytes, found: Sequence[Difference]
) -> tuple[list[Difference], frozenset[int]]:
    """Return the pages whose drawing differs where nothing was found yet, and those with edits.

    On a page with edited prose all that follows has another place, so that nothing can be said.
    """
    pages = differing_pages(content, again)
    known = {each.spot.page for each in found}
    news = [Difference("figure", Spot(page=k), None, None) for k in pages if k not in known]
    return news, frozenset(k for k in pages if k in known)
