"""The pictures of a document against those of its dossier, as far as a format lets them be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import normalize

from afweging.memo.differences import Difference, same_as_drawn, squeezed
from afweging.memo.printed import Spot, picture_words, printed_pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.io.visible import Picture
    from afweging.memo.blocks import MemoText


def compare_pictures(
    text: MemoText,
    pictures: Sequence[Picture],
    dots: Sequence[bytes] | None = None,
    *,
    seal: str | None = None,
    sealed: bool = True,
) -> tuple[list[Difference], int]:
    """Return the differences, and how many pictures could not be compared.

    A drawing (SVG) has to be the same bytes; of a drawing in a PDF the words in it are compared.
    A picture of dots (PNG) has to be the same bytes as in `dots`, where that can be had: they
    are drawn again by the same version of the same program. `seal` is the picture of the
    fingerprint, which comes last where a document is `sealed`; after that comes none.
    """
    found: list[Difference] = []
    unknown = 0
    wanted = [*printed_pictures(text), *([] if seal is None else [(seal, Spot())])]
    extra = pictures[len(printed_pictures(text)) + sealed :]
    found += [Difference("figure", Spot(page=p.page), None, "", "image") for p in extra]
    for place, (svg, spot) in enumerate(wanted):
        picture = pictures[place] if place < len(pictures) else None
        if picture is None:
            found.append(Difference("figure", spot, spot.caption, None))
        elif picture.words is not None:
            found += _words(svg, picture.words, replace(spot, page=picture.page))
        elif picture.file is not None and _is_drawing(picture.file):
            found += _drawing(svg, picture.file, spot)
        elif dots is not None and picture.file is not None:
            if picture.file != dots[place]:
                found.append(Difference("figure", spot, None, None))
        else:
            unknown += 1
    return found, unknown


def _is_drawing(content: bytes) -> bool:
    return b"<svg" in content[:1024]


def _words(svg: str, drawn: str, spot: Spot) -> list[Difference]:
    expected = "".join(picture_words(svg))
    if same_as_drawn(expected, drawn):
        return []
    return [Difference("figure", spot, *first_piece(squeezed(expected), squeezed(drawn)))]


def _drawing(svg: str, content: bytes, spot: Spot) -> list[Difference]:
    expected, found = (normalize("NFC", text) for text in (svg, content.decode("utf-8", "replace")))
    return [] if expected == found else [Difference("figure", spot, *first_piece(expected, found))]


def first_piece(expected: str, found: str, around: int = 12) -> tuple[str, str]:
    """Return where two texts start to differ, with some signs around it.

    Examples
    --------
    >>> first_piece("O1:0,5 O2:0,25", "O1:0,5 O2:0,75", 3)
    (':0,25', ':0,75')
    """
    start = 0
    while start < min(len(expected), len(found)) and expected[start] == found[start]:
        start += 1
    first = max(start - around, 0)
    return expected[first : start + around], found[first : start + around]
