"""Even draws of weights, and draws of effects known by their least, likeliest and greatest number.

Arrays in, arrays out; randomness is an argument. Draws from a set of weights that fit answers
are in `weight_set`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]


def uniform_weights(count: int, *, draws: int, rng: np.random.Generator) -> FloatArray:
    """Return weights drawn evenly from all that are 0 or more and add up to 1.

    The spacings of count - 1 sorted uniform numbers: only sorting and subtraction, so that the
    same generator gives the same bits everywhere.

    Parameters
    ----------
    count : int
        n, the number of weights; at least 1.
    draws : int
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape (draws, n)

    References
    ----------
    Devroye (1986), Non-Uniform Random Variate Generation, section V.2.

    Examples
    --------
    >>> weights = uniform_weights(3, draws=20_000, rng=np.random.default_rng(1))
    >>> bool(weights.min() >= 0), weights.mean(axis=0).round(2)
    (True, array([0.33, 0.33, 0.33]))
    """
    if count < 1:
        raise ValueError(f"there is no set of {count} weights")
    marks = np.zeros((draws, count + 1))
    marks[:, 1:-1] = np.sort(rng.random((draws, count - 1)), axis=1)
    marks[:, -1] = 1.0
    return np.diff(marks, axis=1)


def ordered_weights(ranks: FloatArray, *, draws: int, rng: np.random.Generator) -> FloatArray:
    """Return weights drawn evenly from all that agree with a complete ranking.

    The simplex is cut by the rankings into parts of one size and form, so that sorted even draws
    are even draws from a part.

    Parameters
    ----------
    ranks : ndarray of shape (n,)
        1 for the largest weight to n for the smallest, each once.
    draws : int
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape (draws, n)

    References
    ----------
    Tervonen and Lahdelma (2007), Implementing stochastic multicriteria acceptability analysis,
    EJOR 178(2). Their mean is the rank order centroid of Barron and Barrett (1996).

    Examples
    --------
    >>> ranks = np.array([2.0, 1.0, 3.0])
    >>> ordered_weights(ranks, draws=20_000, rng=np.random.default_rng(1)).mean(axis=0).round(2)
    array([0.28, 0.61, 0.11])
    """
    count = len(ranks)
    if not np.array_equal(np.sort(ranks), np.arange(1, count + 1)):
        raise ValueError("a complete ranking has each rank from 1 to n once")
    descending = np.sort(uniform_weights(count, draws=draws, rng=rng), axis=1)[:, ::-1]
    return np.ascontiguousarray(descending[:, ranks.astype(np.int64) - 1])


def triangular(
    low: FloatArray, mode: FloatArray, high: FloatArray, *, uniforms: FloatArray
) -> FloatArray:
    """Return effects with a triangular distribution, by its inverse at uniform numbers.

    Where low equals high the effect is that number. All arguments broadcast against each other:
    effects of shape (A, C) and uniforms of shape (draws, A, C) give draws of all of them.

    Parameters
    ----------
    low, mode, high : ndarray, low <= mode <= high, in the unit of each effect
    uniforms : ndarray, in [0, 1]

    References
    ----------
    Kotz and van Dorp (2004), Beyond Beta, chapter 1.

    Examples
    --------
    >>> low, mode, high = np.array([0.0, 3.0]), np.array([1.0, 3.0]), np.array([4.0, 3.0])
    >>> triangular(low, mode, high, uniforms=np.array([[0.0], [0.25], [1.0]]))
    array([[0., 3.],
           [1., 3.],
           [4., 3.]])
    """
    if not ((low <= mode) & (mode <= high)).all():  # false for NaN, too
        raise ValueError("a triangular distribution has low <= mode <= high, all of them numbers")
    if not ((uniforms >= 0) & (uniforms <= 1)).all():
        raise ValueError("uniform numbers lie in [0, 1]")
    rising = uniforms * (high - low) <= mode - low
    from_low = low + np.sqrt(uniforms * (high - low) * (mode - low))
    from_high = high - np.sqrt((1 - uniforms) * (high - low) * (high - mode))
    return np.clip(np.where(rising, from_low, from_high), low, high)
