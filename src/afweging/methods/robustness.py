"""How alternatives hold up over states of the world, with scores known within bounds.

All functions take scores of shape (S, A), higher is better, over S states (cases, scenarios).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.aggregation import ordered_sum
from afweging.methods.ranking import SCORE_TOLERANCE, at_least, leaders

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]


def regret(
    low: FloatArray, high: FloatArray, *, certain: BoolArray | None = None
) -> tuple[FloatArray, FloatArray]:
    """Return the least and the greatest regret of each alternative in each state.

    Regret is the best score in the state minus the own score: what is lost by not having chosen
    the best. Without bounds (low equals high) both are the same. `certain`, of shape (A,), says
    who takes part for certain, by default all.

    References
    ----------
    Savage (1951), The theory of statistical decision, JASA 46(253).

    Examples
    --------
    >>> scores = np.array([[-4.0, -2.0, 3.0], [12.0, 8.0, 1.0]])
    >>> regret(scores, scores)[0]
    array([[ 7.,  5.,  0.],
           [ 0.,  4., 11.]])
    """
    least = np.maximum(_best_rival(at_least(low, certain)) - high, 0.0)
    greatest = np.maximum(_best_rival(high) - low, 0.0)
    return least, greatest


def _best_rival(scores: FloatArray) -> FloatArray:
    """Return for each alternative the best score of the others; -inf where there are none."""
    if scores.shape[-1] == 1:
        return np.full(scores.shape, -np.inf)
    top = np.sort(scores, axis=-1)
    is_best = scores == top[..., -1:]
    return np.where(is_best, top[..., -2:-1], top[..., -1:])


def worst_states(low: FloatArray, high: FloatArray, *, lowest: bool) -> BoolArray:
    """Return for each alternative the states that can hold its lowest (or highest) number.

    Returns
    -------
    ndarray of shape (S, A); more than one state where they tie, or where bounds leave it open

    Examples
    --------
    >>> scores = np.array([[0.2, 0.5], [0.2, 0.1]])
    >>> worst_states(scores, scores, lowest=True)
    array([[ True, False],
           [ True,  True]])
    """
    least, most = (low, high) if lowest else (-high, -low)
    near: BoolArray = least <= most.min(axis=0) + SCORE_TOLERANCE
    return near


def share_first(
    low: FloatArray, high: FloatArray, weights: FloatArray, *, certain: BoolArray | None = None
) -> tuple[FloatArray, FloatArray]:
    """Return the share of the weight of the states in which each alternative is first.

    Parameters
    ----------
    low, high : ndarray of shape (S, A)
    weights : ndarray of shape (S,), adding up to 1
    certain : ndarray of shape (A,), optional
        Who takes part for certain, by default all.

    Returns
    -------
    surely, maybe : ndarray of shape (A,)
        First for all scores within the bounds, and for some; ties count for each of the tied.

    Examples
    --------
    >>> scores = np.array([[0.2, 0.5], [0.2, 0.1], [0.3, 0.3]])
    >>> share_first(scores, scores, np.array([0.5, 0.25, 0.25]))[0]
    array([0.5 , 0.75])
    """
    maybe, _ = leaders(low, high, certain=certain)
    surely = low >= _best_rival(high) - SCORE_TOLERANCE
    return (
        ordered_sum(surely * weights[:, None], axis=0),
        ordered_sum(maybe * weights[:, None], axis=0),
    )
