"""Where the marks of the charts on the wall stand: places in per cent and lengths in em.

A page may hold no inline style, so marks are drawn as SVG with attributes. Places are in per cent
of the width, so that a chart fits every screen; radii and heights are in em, so that dots stay
round and grow with the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_STACKED = 6  # dots above each other; more people are drawn as columns
DOT = 0.4  # em, from one dot to the next
HEIGHT = 2.4  # em, of a strip
Mark = dict[str, str]


def place(share: float) -> str:
    """Return a share from 0 to 1 as a place in per cent.

    Examples
    --------
    >>> place(0.125)
    '12.5%'
    """
    return f"{round(100 * share, 2) + 0.0:g}%"


def em(length: float) -> str:
    """Return a length in em.

    Examples
    --------
    >>> em(1.25)
    '1.25em'
    """
    return f"{round(length, 3) + 0.0:g}em"


def dots(pairs: Sequence[Sequence[int]]) -> dict[str, list[Mark]]:
    """Return a dot per person, or a column per percentage where more than six share one.

    Parameters
    ----------
    pairs : sequence of (whole percentage, how many people)
    """
    most = max((count for _, count in pairs), default=0)
    if most <= MOST_STACKED:
        circles = [
            {"cx": place(at / 100), "cy": em(HEIGHT - DOT * (level + 0.5))}
            for at, count in pairs
            for level in range(count)
        ]
        return {"dots": circles, "columns": []}
    columns = [
        {
            "x": place(at / 100 - 0.004),
            "y": em(HEIGHT * (1 - count / most)),
            "height": em(HEIGHT * count / most),
        }
        for at, count in pairs
    ]
    return {"dots": [], "columns": columns}


def interval(low: float, high: float) -> Mark:
    """Return a band from `low` to `high`, wide enough to be seen."""
    return {"x": place(low), "width": place(max(high - low, 0.004))}


def stacked(parts: Sequence[float], *, most: float) -> list[Mark]:
    """Return the segments of a bar, one per lens, `most` being the full width.

    Examples
    --------
    >>> stacked([0.2, 0.3], most=1.0)
    [{'x': '0%', 'width': '20%'}, {'x': '20%', 'width': '30%'}]
    """
    found, start = [], 0.0
    for part in parts:
        found.append({"x": place(start / most), "width": place(part / most)})
        start += part
    return found


def longest_bar(options: Sequence[Mapping[str, Any]]) -> float:
    """Return the score that fills the width, so that bars and bands of all options fit."""
    ends = [
        float(option[name]) for option in options for name in ("score", "high") if name in option
    ]
    return max(max(ends, default=1.0), 1e-9)


def ring(given: int, total: int) -> str:
    """Return the dashes of a ring of length 100 of which a share is filled.

    Examples
    --------
    >>> ring(3, 12), ring(0, 0)
    ('25 100', '0 100')
    """
    share = min(1.0, given / total) if total else 0.0
    return f"{round(100 * share, 2):g} 100"
