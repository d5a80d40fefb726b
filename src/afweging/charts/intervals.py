"""From where to where something holds, one line for each row, and where it is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.charts.chart import EDGE, NAME, TEXT, WIDTH, box, legend, rows_of, vertical
from afweging.charts.fills import fill, filled
from afweging.charts.svg import INK, element, lines, picture, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from afweging.charts.chart import Row

THICK = 16.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """The name of a row, from where to where (0 to 1), where it is now, and that in words."""

    name: str
    low: float
    high: float
    now: float
    text: str


def intervals_svg(  # noqa: PLR0913 - what a picture of intervals consists of
    stretches: Sequence[Stretch],
    *,
    ticks: Sequence[tuple[float, str]],
    holds: str,
    now: str,
    title: str,
    description: str,
    language: str,
) -> str:
    """Return intervals as a picture on one scale from 0 to 1."""
    room = max(width_of(each.text, TEXT) for each in stretches) + 14
    wide = WIDTH - NAME - EDGE - room
    rows = list(rows_of([each.name for each in stretches], EDGE + TEXT + 8))
    bottom = rows[-1].bottom
    drawn = []
    for at, text in ticks:
        x = NAME + wide * at
        drawn.append(vertical(x, rows[0].top, bottom))
        drawn.append(lines([text], x, EDGE + TEXT, size=TEXT, text_anchor="middle"))
    for each, row in zip(stretches, rows, strict=True):
        drawn += _stretch(each, row, wide)
    signs = [
        (box(0, 0, 22, 14, fill=filled(0)), holds),
        (vertical(11, -1, 15, stroke=INK, stroke_width=4), now),
    ]
    told, end = legend(signs, bottom + 6)
    return picture(
        element("defs", fill(0)),
        *drawn,
        *told,
        title=title,
        description=description,
        language=language,
        size=(WIDTH, end + EDGE),
    )


def _stretch(each: Stretch, row: Row, wide: float) -> Iterator[str]:
    yield row.name
    left, right = NAME + wide * each.low, NAME + wide * each.high
    yield box(left, row.middle - THICK / 2, right - left, THICK, fill=filled(0))
    x = NAME + wide * each.now
    yield vertical(x, row.middle - 11, row.middle + 11, stroke=INK, stroke_width=4)
    yield lines([each.text], NAME + wide + 14, row.middle + 0.35 * TEXT, size=TEXT)
