"""Ranks and leaders of scores that may be known only within bounds. Ties are kept as ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]

SCORE_TOLERANCE = 1e-9


def rank_scores(scores: FloatArray) -> IntArray:
    """Return the rank of each alternative, best is 1; equal scores share the best of their ranks.

    Parameters
    ----------
    scores : ndarray of shape (..., A), higher is better

    Examples
    --------
    >>> rank_scores(np.array([0.3, 0.9, 0.1 + 0.2, 0.1]))
    array([2, 1, 2, 4])
    """
    ahead = scores[..., None, :] > scores[..., :, None] + SCORE_TOLERANCE
    return np.asarray(1 + ahead.sum(axis=-1), dtype=np.int64)


def is_ranking(ranks: Sequence[float]) -> bool:
    """Return whether numbers are competition ranks, such as 1, 2, 2, 4.

    Examples
    --------
    >>> is_ranking([2, 1, 4, 2]), is_ranking([1, 1, 2])
    (True, False)
    """
    return all(rank == 1 + sum(other < rank for other in ranks) for rank in ranks)


def rank_bounds(
    low: FloatArray, high: FloatArray, *, certain: BoolArray | None = None
) -> tuple[IntArray, IntArray]:
    """Return the best and the worst rank each alternative can have.

    Parameters
    ----------
    low, high : ndarray of shape (..., A)
        Bounds of the scores; every combination within them is possible.
    certain : ndarray of shape (A,), optional
        Who takes part for certain, by default all. A rank holds if its alternative takes part.

    Examples
    --------
    >>> rank_bounds(np.array([0.5, 0.3, 0.1]), np.array([0.5, 0.6, 0.1]))
    (array([1, 1, 3]), array([2, 2, 3]))
    """
    floor = at_least(low, certain)
    surely_ahead = floor[..., None, :] > high[..., :, None] + SCORE_TOLERANCE
    maybe_ahead = high[..., None, :] > low[..., :, None] + SCORE_TOLERANCE
    itself = np.eye(low.shape[-1], dtype=bool)
    return 1 + surely_ahead.sum(axis=-1), 1 + (maybe_ahead & ~itself).sum(axis=-1)


def at_least(low: FloatArray, certain: BoolArray | None) -> FloatArray:
    """Return the least score each alternative opposes to others: -inf where it may not take part.

    Examples
    --------
    >>> at_least(np.array([0.5, 0.3]), np.array([True, False]))
    array([ 0.5, -inf])
    """
    return low if certain is None else np.where(certain, low, -np.inf)


def leaders(
    low: FloatArray, high: FloatArray, *, certain: BoolArray | None = None
) -> tuple[BoolArray, BoolArray]:
    """Return who may be first, and whether that is settled.

    Parameters
    ----------
    low, high : ndarray of shape (..., A)
        Bounds of the scores.
    certain : ndarray of shape (A,), optional
        Who takes part for certain, by default all.

    Returns
    -------
    first : ndarray of shape (..., A)
        Who is first for some scores within the bounds; several where they tie.
    settled : ndarray of shape (...)
        True where the same alternatives are first for all scores within the bounds.

    Examples
    --------
    >>> leaders(np.array([0.5, 0.3, 0.5]), np.array([0.5, 0.4, 0.5]))
    (array([ True, False,  True]), np.True_)
    """
    sure = np.ones(low.shape[-1], dtype=bool) if certain is None else certain
    floor = at_least(low, certain).max(axis=-1, keepdims=True)
    first = high >= floor - SCORE_TOLERANCE
    loose = first & ((high - low > SCORE_TOLERANCE) | ~sure)
    alone = (first.sum(axis=-1) == 1) & (first & sure).any(axis=-1)
    settled = ~loose.any(axis=-1) | alone
    return first, settled


def dominance(low: FloatArray, high: FloatArray) -> BoolArray:
    """Return who dominates whom: at least as good everywhere, better somewhere, for certain.

    Parameters
    ----------
    low, high : ndarray of shape (S, A, C)
        Bounds of the partial values.

    Returns
    -------
    ndarray of shape (A, A)
        True at [i, k] where i dominates k on every criterion in every case.

    Examples
    --------
    >>> values = np.array([[[0.9, 0.5], [0.9, 0.4], [0.2, 0.6]]])
    >>> dominance(values, values)[0]
    array([False,  True, False])
    """
    count = low.shape[1]
    result = np.zeros((count, count), dtype=bool)
    for i in range(count):  # (S, A, C) at a time, not (S, A, A, C)
        ahead = low[:, [i]] - high
        never_behind = (ahead >= -SCORE_TOLERANCE).all(axis=(0, 2))
        result[i] = never_behind & (ahead > SCORE_TOLERANCE).any(axis=(0, 2))
    np.fill_diagonal(result, val=False)
    return result
