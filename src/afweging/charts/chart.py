"""A chart as a reader gets it: the picture, what it shows in words, and the numbers behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.charts.svg import INK, element, leading, lines, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from afweging.analysis.word_table import WordTable

WIDTH = 640.0
EDGE = 6.0
TEXT = 14.0  # size of the letters: about 10.5 points where the picture is as wide as a page
NAME = 214.0  # room for the names of the rows
GRID = "#bbbbbb"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its caption, an alternative text that states the finding, and its numbers.

    `name` says which chart it is: "ranking", "regret" and so on. `numbers` has for each row of the
    table the numbers in its columns of numbers, not rounded; NaN where there is no number, or
    where it depends on a missing effect.
    """

    name: str
    svg: str
    caption: str
    alternative: str
    table: WordTable
    numbers: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Where one row of a chart is drawn: its name in lines, its top, middle and bottom."""

    texts: tuple[str, ...]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    @property
    def name(self) -> str:
        """The name as SVG, left of the chart."""
        y = self.middle + 0.35 * TEXT - leading(TEXT) * (len(self.texts) - 1) / 2
        return lines(self.texts, EDGE, y, size=TEXT)


def rows_of(names: Sequence[str], top: float, *, least: float = 28.0) -> Iterator[Row]:
    """Yield a row for each name, under each other, as high as the name needs."""
    for name in names:
        texts = tuple(wrap(name, NAME - EDGE, TEXT))
        bottom = top + max(least, leading(TEXT) * len(texts) + 8)
        yield Row(texts, top, bottom)
        top = bottom


def legend(entries: Sequence[tuple[str, str]], top: float) -> tuple[list[str], float]:
    """Return signs (SVG at 0, 0 of 22 by 14) with what they stand for, and where that ends."""
    told, y = [], top + TEXT
    for sign, text in entries:
        texts = wrap(text, WIDTH - 2 * EDGE - 34, TEXT)
        move = f"translate({EDGE:g} {y - 12:g})"
        told += [element("g", sign, transform=move), lines(texts, EDGE + 34, y, size=TEXT)]
        y += leading(TEXT) * len(texts) + 3
    return told, y


def vertical(x: float, top: float, bottom: float, **attributes: str | float) -> str:
    """Return an upright line."""
    look: dict[str, str | float] = {"stroke": GRID, "stroke_width": 1, **attributes}
    return element("line", x1=x, x2=x, y1=top, y2=bottom, **look)


def box(x: float, y: float, width: float, height: float, **attributes: str | float) -> str:
    """Return a rectangle with a thin rim."""
    look: dict[str, str | float] = {"stroke": INK, "stroke_width": 0.8, **attributes}
    return element("rect", x=x, y=y, width=max(0.0, width), height=height, **look)
