"""The smallest change of named weights that lets one option catch up with others, three ways.

The share of all weight that moves, the largest change of one weight, and the distance in a
straight line; each with weights of its own and a bound that proves that nothing smaller does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.flip import Never, flip_l1, flip_l2, flip_linf

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.methods.flip import Flip

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class NearestWeights:
    """The weights that are nearest in some measure, adding up to 1, how far, and the bound."""

    after: FloatArray
    distance: float
    bound: float


@dataclass(frozen=True, slots=True, eq=False)
class WeightFlip:
    """The smallest change of weights that does it, over lenses, criteria or scenarios.

    `nodes` are the ids that the weights are of, `before` and `after` their weights, adding up to
    1. `moved` is the share of all weight that moves, `bound` what it takes at least: the two are
    equal but for rounding. `largest` has the weights for which the largest change of one weight
    is least, `straight` those that are nearest in a straight line. All but `nodes` and `before`
    are None where no weights do it.
    """

    nodes: tuple[str, ...]
    before: FloatArray
    after: FloatArray | None
    moved: float | None
    bound: float | None
    largest: NearestWeights | None
    straight: NearestWeights | None


def find_weight_flip(
    nodes: tuple[str, ...],
    gains: FloatArray,
    weights: FloatArray,
    rows: FloatArray | None = None,
) -> WeightFlip:
    """Return the smallest changes of weights for which no gain is negative.

    Parameters
    ----------
    nodes : tuple of str, what the N weights are of
    gains : ndarray of shape (m, N), value of the challenger less that of each rival
    weights : ndarray of shape (N,), adding up to 1
    rows : ndarray of shape (r, N), optional
        The weights that may be have rows @ w >= 0; by default all.

    Examples
    --------
    >>> found = find_weight_flip(("a", "b"), np.array([[-0.4, 0.2]]), np.array([0.6, 0.4]))
    >>> found.after.round(4), round(found.moved, 4), round(found.straight.distance, 4)
    (array([0.3333, 0.6667]), 0.2667, 0.3771)
    """
    found = flip_l1(gains, weights, rows=rows)
    if isinstance(found, Never):
        return WeightFlip(nodes, weights, None, None, None, None, None)
    return WeightFlip(
        nodes,
        weights,
        found.weights,
        found.distance,
        found.bound,
        _nearest(flip_linf(gains, weights, rows=rows)),
        _nearest(flip_l2(gains, weights, rows=rows)),
    )


def _nearest(found: Flip | Never) -> NearestWeights:
    if isinstance(found, Never):
        raise TypeError("weights that do it in one measure do it in all")
    return NearestWeights(found.weights, found.distance, found.bound)


def over_all(values: FloatArray, challenger: int) -> FloatArray:
    """Return the gains of one option over every other, shape (A - 1, n)."""
    return np.asarray(values[challenger] - np.delete(values, challenger, axis=0))
