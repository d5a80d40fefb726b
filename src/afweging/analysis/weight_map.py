"""The weights on the lenses as a map: who is first where, and where profiles stand.

Two lenses make a line and three a triangle. Four make triangles at four weights of one lens.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from afweging.errors import Fault, RequestError
from afweging.methods.aggregation import ordered_sum
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.weight_map import clip, slice_corners, winner_cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.weight_space import Standing, WeightSpace

    FloatArray = NDArray[np.float64]

MOST_LENSES = 4
SLICES = 4
STEPS = (25, 20, 15, 10)  # per cent between slices
STARTS = (5, 10, 15, 20)  # per cent, of the first
HIGHEST = 90  # per cent: beyond, a slice shows next to nothing of the others


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """The part of a slice in which options are first; several where they always tie there.

    `corners` of shape (P, m) are shares of the corners of the slice, `middle` of shape (m,) is
    its centre, `share` the part of the slice.
    """

    options: tuple[str, ...]
    corners: FloatArray
    middle: FloatArray
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """One line or triangle of weights; `at` is the weight of the fixed lens, None without one.

    `fitting` of shape (P, m) surrounds the weights that fit answers or were asked; None where
    there are no such weights in this slice.
    """

    at: float | None
    regions: tuple[Region, ...]
    fitting: FloatArray | None


@dataclass(frozen=True, slots=True, eq=False)
class Dot:
    """Where someone, or the weights of now, is drawn: in which slice, and at which place in it.

    `place` of shape (m,) has the exact proportions of the lenses that vary, `drawn` the options
    that are first at that place: others than `standing.first` where a slice is not near enough.
    """

    standing: Standing
    slice: int
    place: FloatArray
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class WeightMap:
    """Slices of the space of weights on the lenses, with dots; `corners` are ids of lenses.

    `fixed` is the lens that has one weight in each slice; None without one. The first dot is
    that of the weights of now, the others are those of the profiles, in the order of the problem.
    """

    corners: tuple[str, ...]
    fixed: str | None
    slices: tuple[Slice, ...]
    dots: tuple[Dot, ...]


def find_weight_map(space: WeightSpace) -> WeightMap:
    """Return the map of two, three or four lenses.

    With four lenses the one that is fixed, and its four weights, are such that the dots lie as
    near to a slice as they can on average; the weights are equally far apart.

    Raises
    ------
    RequestError
        With one lens or more than four.
    """
    count = len(space.lenses)
    if not 2 <= count <= MOST_LENSES:
        raise RequestError([Fault("map-lenses", value=count, facts={"most": MOST_LENSES})])
    standings = (space.now, *space.panel)
    fixed: int | None = None
    levels: tuple[float, ...] = (0.0,)
    if count == MOST_LENSES:
        fixed, levels = _choose(np.array([each.weights for each in standings]), space.lenses)
    return WeightMap(
        corners=tuple(name for k, name in enumerate(space.lenses) if k != fixed),
        fixed=None if fixed is None else space.lenses[fixed],
        slices=tuple(_slice(space, fixed, level) for level in levels),
        dots=tuple(_dot(space, each, fixed, levels) for each in standings),
    )


def _choose(weights: FloatArray, lenses: tuple[str, ...]) -> tuple[int, tuple[float, ...]]:
    """Return the lens to fix and its weights; of equally good ones those furthest apart."""

    def far(choice: tuple[int, tuple[float, ...]]) -> tuple[float, float, float, str]:
        lens, levels = choice
        apart = np.abs(weights[:, [lens]] - np.array(levels)).min(axis=1)
        mean = float(ordered_sum(apart)) / len(apart)
        return round(mean, 9), levels[0] - levels[1], levels[0], lenses[lens]

    ladders = [
        tuple((start + step * k) / 100 for k in range(SLICES))
        for start, step in product(STARTS, STEPS)
        if start + step * (SLICES - 1) <= HIGHEST
    ]
    return min(product(range(len(lenses)), ladders), key=far)


def _slice(space: WeightSpace, fixed: int | None, level: float) -> Slice:
    corners = slice_corners(len(space.lenses), fixed, level)  # (m, L)
    regions = tuple(
        Region(tuple(space.options[k] for k in cell.members), cell.corners, cell.middle, cell.share)
        for cell in winner_cells(space.values @ corners.T)
    )
    fitting = None
    if space.fitting is not None and len(space.fitting.rows):
        around = clip(space.fitting.rows @ corners.T)
        fitting = around if len(around) else None
    return Slice(None if fixed is None else level, regions, fitting)


def _dot(
    space: WeightSpace, standing: Standing, fixed: int | None, levels: tuple[float, ...]
) -> Dot:
    """Return where a standing is drawn; a lens with all weight leaves the others level."""
    weights = standing.weights
    if fixed is None:
        return Dot(standing, 0, weights, standing.first)
    nearest = int(np.abs(np.array(levels) - weights[fixed]).round(9).argmin())
    others = np.delete(weights, fixed)
    total = float(ordered_sum(others))
    place = others / total if total > SCORE_TOLERANCE else np.full(len(others), 1 / len(others))
    there = place @ slice_corners(len(weights), fixed, levels[nearest])
    scores = ordered_sum(space.values * there)
    best = scores >= scores.max() - SCORE_TOLERANCE
    drawn = tuple(name for name, first in zip(space.options, best, strict=True) if first)
    return Dot(standing, nearest, place, drawn)
