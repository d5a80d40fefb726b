"""Places for labels beside what they name, such that they lie over each other as little as can be.

Boxes are (left, top, right, bottom). Knows nothing about what labels say.
"""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Box = tuple[float, float, float, float]

NEAR, FAR, FURTHER = 1.0, 1.8, 2.6  # how far from the point, in heights of the label
ANGLES = (0.0, 1.0, -0.25, 0.25, -0.75, 0.75, -0.5, 0.5, 0.125, 0.875, -0.125, -0.875)  # half turns


def box_at(x: float, y: float, width: float, height: float) -> Box:
    """Return the box of this size around a centre."""
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def overlap(box: Box, others: Iterable[Box]) -> float:
    """Return the area of a box that lies over others.

    Examples
    --------
    >>> overlap((0, 0, 4, 2), [(3, 1, 6, 6), (5, 0, 6, 2)])
    1.0
    """
    return sum(
        float(max(0, min(box[2], x1) - max(box[0], x0)) * max(0, min(box[3], y1) - max(box[1], y0)))
        for x0, y0, x1, y1 in others
    )


def best_centre(
    candidates: Sequence[tuple[float, float]],
    size: tuple[float, float],
    taken: Sequence[Box],
    within: Box,
) -> tuple[float, float]:
    """Return the first candidate at which a label lies over least, and within a box if it can."""
    width, height = size

    def cost(at: tuple[float, float]) -> float:
        box = box_at(*at, width, height)
        outside = width * height - overlap(box, [within])
        return round(overlap(box, taken) + 4 * outside, 6)

    return min(candidates, key=cost)


def beside(
    x: float, y: float, size: tuple[float, float], taken: Sequence[Box], within: Box
) -> tuple[float, float]:
    """Return the centre of a label beside a point: near where there is room, else further away."""
    return best_centre(around(x, y, size), size, taken, within)


def around(x: float, y: float, size: tuple[float, float]) -> list[tuple[float, float]]:
    """Return centres for a label around a point, the nearest first."""
    width, height = size
    return [
        (
            x + cos(angle * pi) * (height * far + (width - height) / 2),
            y + sin(angle * pi) * height * far,
        )
        for far in (NEAR, FAR, FURTHER)
        for angle in ANGLES
    ]
