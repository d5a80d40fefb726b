"""Cells of a map of weights: the part of a line or a triangle of weights where each is first.

A slice of all weights is given by its corners: two for a line, three for a triangle. Places in it
are shares of the corners, which add up to 1. Scores are linear in them, so that cells are convex
and their edges straight: exact but for rounding. Knows nothing about names or drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

ON = 1e-12  # of the largest lead in the slice: a corner as near to a tie lies on it
EMPTY = 1e-12  # of the slice: a cell that is no larger is rounding


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """The part of a slice in which `members` are first, tied there whatever the weights.

    `corners` of shape (P, m) go round the cell, anticlockwise where the corners of the slice do;
    the two ends for a line. `share` is the part of the length or area of the slice.
    """

    members: tuple[int, ...]
    corners: FloatArray
    share: float

    def __post_init__(self) -> None:
        self.corners.setflags(write=False)

    @property
    def middle(self) -> FloatArray:
        """The centre of the length or area, shape (m,)."""
        if len(self.corners) == 2:
            return np.asarray(self.corners.mean(axis=0))
        thirds = (self.corners[0] + self.corners[1:-1] + self.corners[2:]) / 3  # a fan: (P - 2, m)
        areas = np.array([_area(self.corners[[0, k, k + 1]]) for k in range(1, len(thirds) + 1)])
        return np.asarray(areas @ thirds / areas.sum())


def slice_corners(count: int, fixed: int | None = None, share: float = 0.0) -> FloatArray:
    """Return the corners of a slice: all weights, or those where one has a fixed share.

    Parameters
    ----------
    count : int
        The number of weights.
    fixed : int, optional
        The place of the weight that does not vary.
    share : float
        What it is; the others share what is left.

    Returns
    -------
    ndarray of shape (m, count), m = count, or one less with a fixed weight

    Examples
    --------
    >>> slice_corners(3, fixed=1, share=0.25)
    array([[0.75, 0.25, 0.  ],
           [0.  , 0.25, 0.75]])
    """
    if fixed is None:
        return np.eye(count)
    corners = (1 - share) * np.delete(np.eye(count), fixed, axis=0)
    corners[:, fixed] = share
    return corners


def winner_cells(scores: FloatArray) -> tuple[Cell, ...]:
    """Return the cells of those that are first somewhere; together they cover the slice once.

    Parameters
    ----------
    scores : ndarray of shape (A, m), the score of each alternative in each corner, m is 2 or 3

    Returns
    -------
    tuple of Cell, in the order of their first member

    References
    ----------
    Sutherland and Hodgman (1974), Reentrant polygon clipping, Communications of the ACM 17(1).

    Examples
    --------
    >>> first, second, third = winner_cells(np.array([[1.0, 0.0], [0.0, 1.0], [0.7, 0.5]]))
    >>> first.corners.round(4).tolist(), round(third.share, 4)
    ([[1.0, 0.0], [0.625, 0.375]], 0.2083)
    """
    if not np.isfinite(scores).all():
        raise ValueError("scores are numbers: NaN and infinity have no rank")
    found = []
    for members in _twins(scores):
        corners = clip(scores[members[0]] - np.delete(scores, members, axis=0))
        share = size_of(corners)
        if share > EMPTY:
            found.append(Cell(members, corners, share))
    return tuple(found)


def clip(leads: FloatArray) -> FloatArray:
    """Return the corners of the part of a slice in which no lead is below 0, shape (P, m).

    Parameters
    ----------
    leads : ndarray of shape (L, m), the value of each lead in each corner, m is 2 or 3

    Examples
    --------
    >>> clip(np.array([[1.0, -1.0, 0.0]])).tolist()
    [[1.0, 0.0, 0.0], [0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]
    """
    corners = np.eye(leads.shape[1])
    for lead in leads:
        size = np.abs(lead).max()
        if size > 0 and len(corners):
            corners = _half(corners, lead / size)
    return corners


def size_of(corners: FloatArray) -> float:
    """Return the length or area within corners of shape (P, m), as a share of the slice.

    Examples
    --------
    >>> size_of(np.array([[1.0, 0.0, 0.0], [0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]))
    0.5
    """
    if len(corners) < corners.shape[1]:
        return 0.0
    return abs(float(corners[1, 0] - corners[0, 0])) if corners.shape[1] == 2 else _area(corners)


def _area(corners: FloatArray) -> float:
    """Return the area by the shoelace formula, in units of the triangle."""
    x, y = corners[:, 0], corners[:, 1]
    return abs(float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)))


def _half(corners: FloatArray, lead: FloatArray) -> FloatArray:
    """Return the corners of the part with a lead of 0 or more."""
    values = corners @ lead
    values[np.abs(values) <= ON] = 0.0
    kept: list[FloatArray] = []
    last = len(corners) - 1
    for k in range(len(corners)):
        after = 0 if k == last else k + 1
        if values[k] >= 0:
            kept.append(corners[k])
        if values[k] * values[after] < 0 and (corners.shape[1] == 3 or k != last):
            part = values[k] / (values[k] - values[after])
            kept.append((1 - part) * corners[k] + part * corners[after])
    return np.array(kept).reshape(-1, corners.shape[1])


def _twins(scores: FloatArray) -> list[tuple[int, ...]]:
    """Return the alternatives in groups that tie all over the slice."""
    apart = np.abs(scores[:, None] - scores).max(axis=2) > SCORE_TOLERANCE  # (A, A)
    groups: list[list[int]] = []
    for i in range(len(scores)):
        home = next((group for group in groups if not apart[group[0], i]), None)
        if home is None:
            groups.append([i])
        else:
            home.append(i)
    return [tuple(group) for group in groups]
