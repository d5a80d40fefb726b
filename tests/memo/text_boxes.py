"""Where every letter of a PDF stands on its page, found with pikepdf, for tests of what is printed.

Follows the operators of text and of places (ISO 32000-2, 8.4 and 9.4) with the widths of fonts.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Box = tuple[float, float, float, float]


def text_boxes(pdf: bytes) -> Iterator[tuple[int, Box, Box]]:
    """Yield the page, the box (left, low, right, high) of each piece of text, and of its page."""
    with pikepdf.open(BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, start=1):
            left, low, right, high = (float(side) for side in page.mediabox)
            for box in _boxes(page.obj, page.obj.Resources, np.eye(3), {}):
                yield number, box, (left, low, right, high)


def _matrix(numbers: Any) -> Matrix:  # noqa: ANN401 - pikepdf's
    a, b, c, d, e, f = (float(number) for number in numbers)
    return np.array([[a, b, 0], [c, d, 0], [e, f, 1]])


def _boxes(  # noqa: C901, PLR0912 - one case for each operator
    content: Any,  # noqa: ANN401 - pikepdf's
    resources: Any,  # noqa: ANN401 - pikepdf's
    place: Matrix,
    fonts: dict[Any, Any],
) -> Iterator[Box]:
    kept: list[Matrix] = []
    text = line = np.eye(3)
    font, size = None, 1.0
    instructions: Any = pikepdf.parse_content_stream(content)
    for operands, operator in instructions:
        match str(operator):
            case "q":
                kept.append(place)
            case "Q":
                place = kept.pop()
            case "cm":
                place = _matrix(operands) @ place
            case "BT":
                text = line = np.eye(3)
            case "Tf":
                font, size = _widths(resources.Font[str(operands[0])], fonts), float(operands[1])
            case "Tm":
                text = line = _matrix(operands)
            case "Td":
                line = _matrix((1, 0, 0, 1, *operands)) @ line
                text = line
            case "Tj" | "TJ":
                wide = _width(operands[0], font, size)
                yield _box(wide, size, text @ place)
                text = _matrix((1, 0, 0, 1, wide, 0)) @ text
            case "Do":
                form = resources.XObject[str(operands[0])]
                if form.Subtype == "/Form":
                    inner = _matrix(form.get("/Matrix", (1, 0, 0, 1, 0, 0))) @ place
                    yield from _boxes(form, form.get("/Resources", resources), inner, fonts)
            case "TL" | "T*" | "'" | '"' | "Tz" | "Ts" | "Tc" | "Tw":
                raise NotImplementedError(str(operator))
            case _:  # no text
                pass


def _widths(font: Any, fonts: dict[Any, Any]) -> tuple[dict[int, float], float]:  # noqa: ANN401
    key = font.objgen
    if key not in fonts:
        inner = font.DescendantFonts[0]
        found: dict[int, float] = {}
        parts = list(inner.get("/W", []))
        while parts:
            first, after = int(parts.pop(0)), parts.pop(0)
            if isinstance(after, pikepdf.Array):
                found |= {first + k: float(wide) for k, wide in enumerate(after)}
            else:
                found |= dict.fromkeys(range(first, int(after) + 1), float(parts.pop(0)))
        fonts[key] = found, float(inner.get("/DW", 1000))
    return fonts[key]  # type: ignore[no-any-return]


def _width(shown: Any, font: Any, size: float) -> float:  # noqa: ANN401 - pikepdf's
    pieces = list(shown) if isinstance(shown, pikepdf.Array) else [shown]
    wide, usual = font
    total = 0.0
    for piece in pieces:
        if isinstance(piece, pikepdf.String):
            codes = bytes(piece)
            pairs = (codes[k] * 256 + codes[k + 1] for k in range(0, len(codes), 2))
            total += sum(wide.get(code, usual) for code in pairs)
        else:
            total -= float(piece)
    return total * size / 1000


def _box(wide: float, size: float, place: Matrix) -> Box:
    corners = np.array([[0, -0.2 * size, 1], [wide, 0.75 * size, 1]]) @ place
    (x0, y0), (x1, y1) = corners[:, :2]
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
