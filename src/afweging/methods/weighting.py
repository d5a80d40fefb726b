"""From points and ranks to weights, and what happens to weights when a scale changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.aggregation import ordered_sum

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]


def normalise(points: FloatArray) -> FloatArray:
    """Return weights that add up to 1, in proportion to `points` of shape (C,).

    For points given to swings (the largest swing 100) these are the swing weights.

    References
    ----------
    Edwards and Barron (1994), SMARTS and SMARTER, OBHDP 60(3).

    Examples
    --------
    >>> normalise(np.array([100.0, 60.0, 40.0]))
    array([0.5, 0.3, 0.2])
    """
    return points / ordered_sum(points)


def rank_order_centroid(ranks: FloatArray) -> FloatArray:
    """Return the mean of all weights that agree with `ranks` of shape (C,), 1 for the largest.

    Tied ranks share the mean of the weights of their places.

    References
    ----------
    Barron and Barrett (1996), Decision quality using ranked attribute weights, Management
    Science 42(11).

    Examples
    --------
    >>> rank_order_centroid(np.array([2.0, 1.0, 3.0])).round(4)
    array([0.2778, 0.6111, 0.1111])
    """
    count = len(ranks)
    inverse = 1 / np.arange(1, count + 1)
    return _by_rank(ranks, lambda place: inverse[place - 1 :].sum() / count)


def rank_sum(ranks: FloatArray) -> FloatArray:
    """Return weights that fall evenly with the rank: n, n - 1, ..., 1, normalised.

    References
    ----------
    Stillwell, Seaver and Edwards (1981), A comparison of weight approximation techniques,
    OBHP 28(1).

    Examples
    --------
    >>> rank_sum(np.array([2.0, 1.0, 3.0, 4.0])).round(6)
    array([0.3, 0.4, 0.2, 0.1])
    """
    count = len(ranks)
    return _by_rank(ranks, lambda place: 2 * (count + 1 - place) / (count * (count + 1)))


def rank_reciprocal(ranks: FloatArray) -> FloatArray:
    """Return weights in proportion to 1 / rank.

    References
    ----------
    Stillwell, Seaver and Edwards (1981), A comparison of weight approximation techniques,
    OBHP 28(1).

    Examples
    --------
    >>> rank_reciprocal(np.array([1.0, 2.0, 3.0, 4.0])).round(6)
    array([0.48, 0.24, 0.16, 0.12])
    """
    total = (1 / np.arange(1, len(ranks) + 1)).sum()
    return _by_rank(ranks, lambda place: 1 / place / total)


def _by_rank(ranks: FloatArray, weight: Callable[[int], float]) -> FloatArray:
    """Return per rank the weight of its place, tied ranks the mean of their places."""
    order = np.argsort(ranks, kind="stable")
    by_place = np.array([weight(place) for place in range(1, len(ranks) + 1)])
    weights = np.empty(len(ranks))
    for rank in np.unique(ranks):
        tied = ranks[order] == rank
        weights[order[tied]] = by_place[tied].mean()
    return weights


def rescale_weights(weights: FloatArray, stretch: FloatArray) -> FloatArray:
    """Return the weights that mean the same on new scales: w'_j = w_j k_j / sum w_l k_l.

    Parameters
    ----------
    weights : ndarray of shape (C,), adding up to 1, given for the old scales
    stretch : ndarray of shape (C,)
        k_j, the old value of the new best minus the old value of the new worst reference.

    Examples
    --------
    >>> rescale_weights(np.array([0.5, 0.5]), np.array([1.0, 0.25]))
    array([0.8, 0.2])
    """
    return normalise(weights * stretch)
