"""Dots on two scales, each with its sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.charts.chart import EDGE, GRID, TEXT, WIDTH, legend, vertical
from afweging.charts.places import beside, box_at
from afweging.charts.svg import INK, PAPER, element, label, lines, picture, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

LEFT, TOP, HIGH = 74.0, 34.0, 300.0
DOT = 6.0


@dataclass(frozen=True, slots=True)
class Dot:
    """Where a dot is (0 to 1 on both scales), its sign, what that stands for, and its fill.

    A dot that is beaten is open; the others are filled.
    """

    x: float
    y: float
    sign: str
    name: str
    beaten: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """What a scale says, and its marks: where (0 to 1) and what is written there."""

    text: str
    ticks: tuple[tuple[float, str], ...]


def scatter_svg(  # noqa: PLR0913 - what a picture of dots consists of
    dots: Sequence[Dot],
    across: Scale,
    up: Scale,
    *,
    kinds: tuple[str, str],
    title: str,
    description: str,
    language: str,
) -> str:
    """Return dots as a picture; `kinds` says what a filled and an open dot is."""
    signs = [
        (element("circle", cx=11, cy=7, r=DOT, fill=INK), kinds[0]),
        (_open(11, 7), kinds[1]),
    ]
    signs += [
        (lines([dot.sign], 0, 12, size=TEXT), dot.name) for dot in dots if dot.sign != dot.name
    ]
    base = TOP + HIGH
    told, end = legend(signs, base + 2 * TEXT + 24)
    right = WIDTH - EDGE - 20
    wide = right - LEFT
    frame = [_level(base - HIGH * at, text, right) for at, text in up.ticks]
    for at, text in across.ticks:
        x = LEFT + wide * at
        frame.append(vertical(x, TOP, base))
        frame.append(lines([text], x, base + TEXT + 6, size=TEXT, text_anchor="middle"))
    frame.append(lines([up.text], EDGE, EDGE + TEXT, size=TEXT))
    middle, under = LEFT + wide / 2, base + 2 * TEXT + 14
    frame.append(lines([across.text], middle, under, size=TEXT, text_anchor="middle"))
    return picture(
        *frame,
        *_dots(dots, wide, base),
        *told,
        title=title,
        description=description,
        language=language,
        size=(WIDTH, end + EDGE),
    )


def _level(y: float, text: str, right: float) -> str:
    line = element("line", x1=LEFT, x2=right, y1=y, y2=y, stroke=GRID, stroke_width=1)
    return line + lines([text], LEFT - 8, y + 0.35 * TEXT, size=TEXT, text_anchor="end")


def _open(x: float, y: float) -> str:
    return element("circle", cx=x, cy=y, r=DOT - 1, fill=PAPER, stroke=INK, stroke_width=2)


def _dots(dots: Sequence[Dot], wide: float, base: float) -> list[str]:
    """Return dots, and their signs where these lie over nothing if that can be."""
    at = [(LEFT + wide * dot.x, base - HIGH * dot.y) for dot in dots]
    taken = [box_at(x, y, 2 * DOT + 2, 2 * DOT + 2) for x, y in at]
    within = (LEFT, TOP, WIDTH - EDGE, base)
    drawn = [
        _open(x, y) if dot.beaten else element("circle", cx=x, cy=y, r=DOT, fill=INK)
        for dot, (x, y) in zip(dots, at, strict=True)
    ]
    for dot, (x, y) in zip(dots, at, strict=True):
        size = (width_of(dot.sign, TEXT) + 4, TEXT + 2)
        spot = beside(x, y, size, taken, within)
        taken.append(box_at(*spot, *size))
        middle = spot[1] + 0.35 * TEXT
        drawn.append(label(dot.sign, spot[0], middle, size=TEXT, text_anchor="middle"))
    return drawn
