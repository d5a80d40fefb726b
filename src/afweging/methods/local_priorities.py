"""Local priorities of alternatives in AHP, and whether leaving one out would reverse a rank.

In the distributive mode the priorities under a criterion add up to 1, so that each alternative
changes those of all others. In the ideal mode the best under a criterion gets 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.methods.aggregation import ordered_sum, weighted_sum
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.methods.elicitation_report import Pair

    FloatArray = NDArray[np.float64]

Mode = Literal["distributive", "ideal"]


@dataclass(frozen=True, slots=True)
class RankReversal:
    """Without `removed`, `rise` does better against `fall`: it was behind or level."""

    removed: int
    rise: int
    fall: int


def distributive_mode(ratios: FloatArray) -> FloatArray:
    """Return local priorities that add up to 1 under each criterion.

    Parameters
    ----------
    ratios : ndarray of shape (A, C)
        How the alternatives compare under each criterion, on a ratio scale of its own.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process.

    Examples
    --------
    >>> distributive_mode(np.array([[1.0, 9.0], [9.0, 1.0], [1.0, 1.0]])).round(4)
    array([[0.0909, 0.8182],
           [0.8182, 0.0909],
           [0.0909, 0.0909]])
    """
    return np.asarray(_positive(ratios) / ordered_sum(ratios, axis=0), dtype=np.float64)


def ideal_mode(ratios: FloatArray) -> FloatArray:
    """Return local priorities in proportion to the best alternative under each criterion, at 1.

    Parameters
    ----------
    ratios : ndarray of shape (A, C)

    References
    ----------
    Belton and Gear (1983), On a short-coming of Saaty's method of analytic hierarchies, Omega
    11(3); Saaty and Vargas (1993) call it the ideal mode.

    Examples
    --------
    >>> ideal_mode(np.array([[1.0, 9.0], [9.0, 1.0], [1.0, 1.0]])).round(4)
    array([[0.1111, 1.    ],
           [1.    , 0.1111],
           [0.1111, 0.1111]])
    """
    return np.asarray(_positive(ratios) / ratios.max(axis=0), dtype=np.float64)


def rank_reversals(
    ratios: FloatArray, weights: FloatArray, *, mode: Mode = "distributive"
) -> tuple[RankReversal, ...]:
    """Return every pair whose order changes when some third alternative is left out.

    A tie that becomes an order, and an order that becomes a tie, count. The ideal mode can
    reverse too, but only when the best alternative under a criterion is the one left out.

    Parameters
    ----------
    ratios : ndarray of shape (A, C)
    weights : ndarray of shape (C,), adding up to 1

    Examples
    --------
    Belton and Gear: B (1) leads A (0) until a copy of B (3) is added. Leaving out B or its copy
    brings the other one back to the front.

    >>> ratios = np.array([[1.0, 9.0, 8.0], [9.0, 1.0, 9.0], [1.0, 1.0, 1.0], [9.0, 1.0, 9.0]])
    >>> found = rank_reversals(ratios, np.full(3, 1 / 3))
    >>> [(each.removed, each.rise, each.fall) for each in found]
    [(1, 3, 0), (3, 1, 0)]
    >>> rank_reversals(ratios, np.full(3, 1 / 3), mode="ideal")
    ()
    """
    local = distributive_mode if mode == "distributive" else ideal_mode
    before = _order(weighted_sum(local(ratios), weights))
    found: list[RankReversal] = []
    for removed in range(len(ratios)):
        kept = np.delete(np.arange(len(ratios)), removed)
        after = _order(weighted_sum(local(ratios[kept]), weights))
        gained = after > before[np.ix_(kept, kept)]
        found += [RankReversal(removed, rise, fall) for rise, fall in _named(gained, kept)]
    return tuple(found)


def _order(scores: FloatArray) -> NDArray[np.int64]:
    """Return per pair 1 where the first is ahead, 0 where they tie, -1 where it is behind."""
    difference = scores[:, None] - scores[None, :]
    ahead = (difference > SCORE_TOLERANCE).astype(np.int64)
    return np.asarray(ahead - ahead.T, dtype=np.int64)


def _named(gained: NDArray[np.bool_], kept: NDArray[np.int64]) -> list[Pair]:
    return [(int(kept[i]), int(kept[k])) for i, k in np.argwhere(gained)]


def _positive(ratios: FloatArray) -> FloatArray:
    if ratios.ndim != 2 or not (np.isfinite(ratios).all() and (ratios > 0).all()):
        raise ValueError("ratios are positive numbers of shape (A, C)")
    return ratios
