"""Bars that lie, one for each row and each built of parts that lie end to end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.charts.chart import EDGE, NAME, TEXT, WIDTH, box, legend, rows_of, vertical
from afweging.charts.fills import fill, filled
from afweging.charts.svg import INK, element, lines, picture, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from afweging.charts.chart import Row

THICK = 20.0
PALE = "#dddddd"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the name of its row, the lengths of its parts, and the number at its end.

    A pale bar is of an option that does not take part.
    """

    name: str
    parts: tuple[float, ...]
    text: str
    pale: bool = False


def bars_svg(
    bars: Sequence[Bar],
    *,
    parts: Sequence[str] = (),
    title: str,
    description: str,
    language: str,
) -> str:
    """Return bars as a picture; `parts` says what the parts stand for, if there are several."""
    longest = max((sum(bar.parts) for bar in bars), default=0.0)
    room = max(width_of(bar.text, TEXT) for bar in bars) + 12
    scale = (WIDTH - NAME - EDGE - room) / longest if longest > 0 else 0.0
    rows = list(rows_of([bar.name for bar in bars], EDGE))
    bottom = rows[-1].bottom
    drawn = [part for bar, row in zip(bars, rows, strict=True) for part in _bar(bar, row, scale)]
    signs = [(box(0, 0, 22, 14, fill=filled(k)), text) for k, text in enumerate(parts)]
    told, end = legend(signs, bottom + 6) if parts else ([], bottom)
    kinds = range(max(1, *(len(bar.parts) for bar in bars)))
    return picture(
        element("defs", *(fill(k) for k in kinds)),
        *drawn,
        vertical(NAME, EDGE, bottom, stroke=INK),
        *told,
        title=title,
        description=description,
        language=language,
        size=(WIDTH, end + EDGE),
    )


def _bar(bar: Bar, row: Row, scale: float) -> Iterator[str]:
    x = NAME
    yield row.name
    for k, part in enumerate(bar.parts):
        look = PALE if bar.pale else filled(k)
        if part > 0:
            yield box(x, row.middle - THICK / 2, part * scale, THICK, fill=look)
        x += part * scale
    yield lines([bar.text], x + 6, row.middle + 0.35 * TEXT, size=TEXT)
