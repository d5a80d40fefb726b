"""A table of numbers in which a darker cell stands for more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.charts.chart import EDGE, NAME, TEXT, WIDTH, box, legend, rows_of
from afweging.charts.svg import INK, PAPER, lines, picture, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from afweging.charts.chart import Row

LIGHT, DARK = (244, 248, 252), (20, 72, 124)  # black reads on the first, white on the second
TURN = 0.5  # from here on letters are white: the contrast is 4.5 or more on both sides


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says, how dark it is (0 to 1), and whether it is the best of its group."""

    text: str
    shade: float
    best: bool = False


def shade(share: float) -> str:
    """Return the colour between light (0) and dark (1).

    Examples
    --------
    >>> shade(0.0), shade(1.0)
    ('#f4f8fc', '#14487c')
    """
    # the middle is left out: neither black nor white letters read on it
    at = 0.62 * share if share < TURN else 0.5 + 0.5 * share
    return "#" + "".join(
        f"{round(light + (dark - light) * at):02x}" for light, dark in zip(LIGHT, DARK, strict=True)
    )


def heat_svg(  # noqa: PLR0913 - what a table of cells consists of
    names: Sequence[str],
    heads: Sequence[tuple[str, str]],
    cells: Sequence[Sequence[Cell]],
    *,
    best: str,
    title: str,
    description: str,
    language: str,
) -> str:
    """Return cells as a picture; heads are a short sign and what it stands for.

    `best` says what a cell with a thick rim is.
    """
    wide = (WIDTH - NAME - EDGE) / max(1, len(heads))
    top = EDGE + TEXT + 10
    rows = list(rows_of(names, top, least=32))
    drawn = [
        lines([sign], NAME + wide * (k + 0.5), EDGE + TEXT, size=TEXT, text_anchor="middle")
        for k, (sign, _) in enumerate(heads)
    ]
    # thick rims last, so that no neighbour lies over them
    drawn += [
        part for row, line in zip(rows, cells, strict=True) for part in _line(row, line, wide)
    ]
    drawn += [rim for row, line in zip(rows, cells, strict=True) for rim in _rims(row, line, wide)]
    signs = [(box(1.5, 1.5, 19, 11, fill=PAPER, stroke_width=3), best)]
    signs += [(lines([sign], 0, 12, size=TEXT), text) for sign, text in heads if sign != text]
    told, end = legend(signs, rows[-1].bottom + 8)
    return picture(
        *drawn,
        *told,
        title=title,
        description=description,
        language=language,
        size=(WIDTH, end + EDGE),
    )


def _line(row: Row, cells: Sequence[Cell], wide: float) -> Iterator[str]:
    yield row.name
    for k, cell in enumerate(cells):
        x = NAME + wide * k
        ink = INK if cell.shade < TURN else PAPER
        yield box(x, row.top, wide, row.bottom - row.top, fill=shade(cell.shade), stroke=PAPER)
        size = min(TEXT, TEXT * (wide - 4) / max(1.0, width_of(cell.text, TEXT)))
        yield lines(
            [cell.text],
            x + wide / 2,
            row.middle + 0.35 * size,
            size=size,
            text_anchor="middle",
            fill=ink,
        )


def _rims(row: Row, cells: Sequence[Cell], wide: float) -> Iterator[str]:
    for k, cell in enumerate(cells):
        if cell.best:
            x, y, high = NAME + wide * k + 1.5, row.top + 1.5, row.bottom - row.top - 3
            yield box(x, y, wide - 3, high, fill="none", stroke_width=3)
