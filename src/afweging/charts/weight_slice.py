"""One slice of a map of weights as SVG: its areas, scales, dots and the weights of now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.charts.fills import filled
from afweging.charts.places import Box, around, beside, best_centre, box_at
from afweging.charts.svg import (
    INK,
    PAPER,
    element,
    label,
    leading,
    number,
    path_of,
    width_of,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from afweging.analysis.weight_map import Region, Slice
    from afweging.wording import Words

    FloatArray = NDArray[np.float64]

LETTERS = 18.0  # size of labels
SMALL = 15.0  # size of numbers along a side, and of the numbers of dots
DOT = 5.0
CROSS = 9.0
STRIP = 90.0  # height of a line
STEPS = (0.25, 0.2, 0.1, 0.05)  # between the numbers along a side: at least two of them
SAME = 3.0  # dots no further apart have one label


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Where a slice is drawn: `spots` of shape (m, 2) are its corners, `within` is its room."""

    spots: FloatArray
    within: Box

    @property
    def is_line(self) -> bool:
        """Whether the slice is a line: two lenses."""
        return len(self.spots) == 2

    def outline(self, corners: FloatArray) -> FloatArray:
        """Return the polygon on paper of corners of shape (P, m); a line gets a height."""
        points = corners @ self.spots
        if not self.is_line:
            return np.asarray(points)
        (left, y), (right, _) = points
        low, high = y - STRIP / 2, y + STRIP / 2
        return np.array([[left, low], [right, low], [right, high], [left, high]])


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot with its number, at a place in the slice."""

    number: str
    place: tuple[float, ...]


def draw_slice(
    drawn: Slice,
    frame: Frame,
    labels: Mapping[str, tuple[int, str]],
    stands: tuple[Sequence[Mark], tuple[float, ...] | None],
    taken: list[Box],
) -> list[str]:
    """Return a slice with its labels.

    `labels` has the place of its fill and the short label of each option, `stands` the dots and
    the place of the weights of now, `taken` the boxes that hold text already.
    """
    marks, now = stands
    points = [(mark.number, *_point(frame, mark.place)) for mark in marks]
    cross = None if now is None else _point(frame, now)
    taken += [box_at(x, y, 3 * DOT, 3 * DOT) for _, x, y in points]
    if cross is not None:
        taken.append(box_at(*cross, 3 * CROSS, 3 * CROSS))
    told = [_area(region, frame, labels) for region in drawn.regions]
    if drawn.fitting is not None:
        told.append(_dashed(frame, drawn.fitting))
        taken += _along(frame.outline(drawn.fitting))
    told += [] if cross is None else [cross_sign(*cross)]
    told += [
        element("circle", cx=x, cy=y, r=DOT, fill=INK, stroke=PAPER, stroke_width=1.5)
        for _, x, y in points
    ]
    for region in sorted(drawn.regions, key=lambda each: -each.share):
        told += _name(region, frame, labels, taken)
    return told + _numbers(points, frame, taken)


def _along(polygon: FloatArray) -> list[Box]:
    """Return small boxes along the edges of a polygon: text is better elsewhere."""
    ends = np.roll(polygon, -1, axis=0)
    spots = [polygon + (ends - polygon) * part for part in np.linspace(0, 1, 12, endpoint=False)]
    return [box_at(x, y, DOT, DOT) for x, y in np.vstack(spots).tolist()]


def _point(frame: Frame, place: tuple[float, ...]) -> tuple[float, float]:
    x, y = np.array(place) @ frame.spots
    return float(x), float(y)


def _area(region: Region, frame: Frame, labels: Mapping[str, tuple[int, str]]) -> str:
    fill = filled(labels[region.options[0]][0])
    points = path_of(frame.outline(region.corners).tolist())
    return element("polygon", points=points, fill=fill, stroke=INK, stroke_width=1.5)


def _name(
    region: Region, frame: Frame, labels: Mapping[str, tuple[int, str]], taken: list[Box]
) -> list[str]:
    """Return the label of an area: inside it where it fits, else outside the slice with a line."""
    text = " = ".join(labels[option][1] for option in region.options)
    size = width_of(text, LETTERS), LETTERS
    polygon = frame.outline(region.corners)
    spread = [region.middle, *(_between(region, part) for part in (0.3, 0.5, 0.7))]
    spots = [_point(frame, tuple(place)) for places in spread for place in np.atleast_2d(places)]
    if frame.is_line:
        spots = [(x, y - STRIP / 3) for x, y in spots]
    inside = [spot for spot in spots if _holds(polygon, box_at(*spot, *size))]
    middle = _point(frame, tuple(region.middle.tolist()))
    told = []
    if inside:
        x, y = best_centre(inside, size, taken, frame.within)
    else:
        whole = frame.outline(np.eye(len(frame.spots)))
        away = [spot for spot in around(*middle, size) if _apart(whole, box_at(*spot, *size))]
        x, y = best_centre(away or spots, size, taken, frame.within)
        told = [element("line", x1=middle[0], y1=middle[1], x2=x, y2=y, stroke=INK)]
    taken.append(box_at(x, y, *size))
    name = label(
        text, x, y + 0.35 * LETTERS, size=LETTERS, text_anchor="middle", font_weight="bold"
    )
    return [*told, name]


def _between(region: Region, part: float) -> FloatArray:
    """Return places from the middle towards each corner of an area."""
    return np.asarray((1 - part) * region.middle + part * region.corners)


def _sides(polygon: FloatArray, points: FloatArray) -> FloatArray:
    """Return on which side of each edge of a convex polygon points are, of shape (P, points)."""
    along = np.roll(polygon, -1, axis=0) - polygon
    to = points[None] - polygon[:, None]  # (P, points, 2)
    turn = along[:, None, 0] * to[..., 1] - along[:, None, 1] * to[..., 0]
    middle = polygon.mean(axis=0) - polygon
    return np.asarray(
        turn * np.sign(along[:, 0] * middle[:, 1] - along[:, 1] * middle[:, 0])[:, None]
    )


def _holds(polygon: FloatArray, box: Box) -> bool:
    return bool((_sides(polygon, _corners(box)) >= 0).all())


def _apart(polygon: FloatArray, box: Box) -> bool:
    """Return whether an edge of the polygon has the whole box on its other side."""
    return bool((_sides(polygon, _corners(box)) < 0).all(axis=1).any())


def _corners(box: Box) -> FloatArray:
    left, top, right, bottom = box
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def _dashed(frame: Frame, corners: FloatArray) -> str:
    points = path_of(frame.outline(corners).tolist())
    return "".join(
        element(
            "polygon",
            points=points,
            fill="none",
            stroke=colour,
            stroke_width=width,
            stroke_dasharray=dashes,
        )
        for colour, width, dashes in ((PAPER, 5, "none"), (INK, 3, "7 5"))
    )


def cross_sign(x: float, y: float) -> str:
    """Return the sign of the weights of now."""
    low_x, high_x, low_y, high_y = (number(v) for v in (x - CROSS, x + CROSS, y - CROSS, y + CROSS))
    strokes = f"M{low_x},{low_y} L{high_x},{high_y} M{low_x},{high_y} L{high_x},{low_y}"
    return "".join(
        element("path", d=strokes, stroke=colour, stroke_width=width, fill="none")
        for colour, width in ((PAPER, 7), (INK, 3))
    )


def _numbers(
    points: Sequence[tuple[str, float, float]], frame: Frame, taken: list[Box]
) -> list[str]:
    """Return the numbers of the dots; dots at the same place share a label."""
    groups: list[tuple[float, float, list[str]]] = []
    for text, x, y in points:
        home = next((g for g in groups if abs(g[0] - x) <= SAME and abs(g[1] - y) <= SAME), None)
        if home is None:
            groups.append((x, y, [text]))
        else:
            home[2].append(text)
    told = []
    for x, y, texts in groups:
        text = ", ".join(texts)
        size = width_of(text, SMALL), SMALL
        at = beside(x, y, size, taken, frame.within)
        taken.append(box_at(*at, *size))
        if abs(at[1] - y) > 1.5 * SMALL or abs(at[0] - x) > size[0] / 2 + 1.5 * SMALL:
            told.append(element("line", x1=x, y1=y, x2=at[0], y2=at[1], stroke=INK, stroke_width=1))
        told.append(label(text, at[0], at[1] + 0.35 * SMALL, size=SMALL, text_anchor="middle"))
    return told


def draw_scales(
    frame: Frame, texts: Sequence[str], room: float, words: Words
) -> tuple[list[str], list[Box]]:
    """Return the names of the corners, the percentages along the sides, and the boxes of these.

    `texts` name the corners, `room` is the weight that they share: a corner has all of it.
    """
    told: list[str] = []
    taken: list[Box] = []
    for k, text in enumerate(texts):
        told += _corner(frame, k, text, taken)
    count = len(texts)
    for k in range(count):
        if not (frame.is_line and k == 0):
            told += _side(frame, ((k - 1) % count, k), room, taken, words)
    return told, taken


def corner_lines(text: str, k: int, width: float) -> list[str]:
    """Return the lines of the name of a corner: the two at the bottom share the width."""
    return wrap(text, width if k == 2 else width / 2 - 6, LETTERS)


def _corner(frame: Frame, k: int, text: str, taken: list[Box]) -> list[str]:
    """Return the name and the weight of a corner, outside the slice, in as many lines as needed."""
    x, y = frame.spots[k].tolist()
    left, _, right, _ = frame.within
    texts = corner_lines(text, k, right - left)
    if k == 2:
        first, anchor = y - 0.5 * LETTERS - leading(LETTERS) * (len(texts) - 1), "middle"
    else:
        x, anchor = (left, "start") if k == 0 else (right, "end")
        first = y + (STRIP / 2 if frame.is_line else 0) + SMALL + 1.7 * LETTERS
    return [
        _line(t, (x, first + leading(LETTERS) * i), (LETTERS, anchor), taken)
        for i, t in enumerate(texts)
    ]


def _line(text: str, at: tuple[float, float], form: tuple[float, str], taken: list[Box]) -> str:
    """Return a line of text with its base at a place, and note the box it takes."""
    (x, y), (size, anchor) = at, form
    width = width_of(text, size)
    centre = x + {"start": width / 2, "middle": 0.0, "end": -width / 2}[anchor]
    taken.append(box_at(centre, y - 0.35 * size, width, size))
    return label(text, x, y, size=size, text_anchor=anchor)


def _side(
    frame: Frame, ends: tuple[int, int], room: float, taken: list[Box], words: Words
) -> list[str]:
    """Return the weights of a lens along the side that rises towards its corner."""
    one, two = frame.spots[ends[0]], frame.spots[ends[1]]
    out = _outward(frame, one, two)
    told = []
    for weight in weights_along(room):
        at = one + (two - one) * weight / room
        at = at + out * (STRIP / 2 if frame.is_line else 0)
        (x0, y0), (x1, y1) = at.tolist(), (at + out * 6).tolist()
        told.append(element("line", x1=x0, y1=y0, x2=x1, y2=y1, stroke=INK, stroke_width=1.5))
        x, y = (at + out * 9).tolist()
        anchor = "middle" if abs(out[0]) < 0.3 else "end" if out[0] < 0 else "start"
        base = y + SMALL * (0.8 if out[1] > 0.5 else 0.35)
        told.append(_line(words.format_field(weight, "share"), (x, base), (SMALL, anchor), taken))
    return told


def weights_along(room: float) -> list[float]:
    """Return the weights to write along a side that runs from 0 to `room`.

    Examples
    --------
    >>> weights_along(1.0), weights_along(0.6)
    ([0.25, 0.5, 0.75], [0.25, 0.5])
    """
    step = next((step for step in STEPS if 2 * step < room - 1e-9), STEPS[-1])
    count = int((room - 1e-9) / step)
    return [step * k for k in range(1, count + 1)]


def _outward(frame: Frame, one: FloatArray, two: FloatArray) -> FloatArray:
    """Return the unit vector out of the slice, square to a side."""
    along = (two - one) / np.linalg.norm(two - one)
    out = np.array([-along[1], along[0]])
    middle = frame.spots.mean(axis=0)
    inward = (middle - one) @ out
    return np.asarray(-out if inward > 0 else out)
