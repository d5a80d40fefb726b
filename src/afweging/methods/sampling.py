"""Even draws of weights, and draws of effects known by their least, likeliest and greatest number.

Arrays in, arrays out; randomness is an argument.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.aggregation import ordered_sum
from afweging.methods.weight_set import TOLERANCE, sample_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    BoolArray = NDArray[np.bool_]
    FloatArray = NDArray[np.float64]

TRIAL = 2000  # draws that show how many fit
LEAST_KEPT = 0.02  # own choice: below, walks are quicker than draws that are thrown away


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
    return spacings(rng.random((draws, count - 1)))


def spacings(uniforms: FloatArray) -> FloatArray:
    """Return weights that are evenly spread over all that add up to 1, from even numbers.

    Parameters
    ----------
    uniforms : ndarray of shape (draws, n - 1), in [0, 1]

    Returns
    -------
    ndarray of shape (draws, n)

    References
    ----------
    Devroye (1986), Non-Uniform Random Variate Generation, section V.2.

    Examples
    --------
    >>> spacings(np.array([[0.75, 0.25]]))
    array([[0.25, 0.5 , 0.25]])
    """
    draws, count = uniforms.shape
    marks = np.zeros((draws, count + 2))
    marks[:, 1:-1] = np.sort(uniforms, axis=1)
    marks[:, -1] = 1.0
    return np.diff(marks, axis=1)


def even_weights(
    rows: FloatArray, points: FloatArray, *, draws: int, rng: np.random.Generator
) -> FloatArray:
    """Return weights drawn evenly from all that are 0 or more, add up to 1 and fit the rows.

    A set with one extreme point more than it has dimensions, such as all weights or those of a
    ranking, is an even simplex under a linear map: even draws are mapped. Of another set, even
    draws from the simplex above its least weights are kept where they fit; where few do, the draws
    come from the walks of `weight_set.sample_weights`.

    Parameters
    ----------
    rows : ndarray of shape (m, n)
    points : ndarray of shape (V, n), the extreme points for these rows, at least one
    draws : int
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape (draws, n)

    References
    ----------
    Tervonen and Lahdelma (2007), Implementing stochastic multicriteria acceptability analysis,
    EJOR 178(2), for bounds and rankings; for all sets with so few extreme points: own choice.

    Examples
    --------
    >>> ranking = np.array([[-1.0, 1.0, 0.0], [1.0, 0.0, -1.0]])  # the second weighs most
    >>> points = np.array([[0.0, 1.0, 0.0], [0.5, 0.5, 0.0], [1 / 3, 1 / 3, 1 / 3]])
    >>> draws = even_weights(ranking, points, draws=20_000, rng=np.random.default_rng(1))
    >>> draws.mean(axis=0).round(2)
    array([0.28, 0.61, 0.11])
    """
    if len(points) == 1 + np.linalg.matrix_rank(points[1:] - points[:1], tol=TOLERANCE):
        shares = uniform_weights(len(points), draws=draws, rng=rng)
        return ordered_sum(shares[:, None, :] * points.T)  # (draws, V) x (n, V)
    kept = _fitting_draws(rows, points, draws=TRIAL, rng=rng)
    if len(kept) < LEAST_KEPT * TRIAL:
        return sample_weights(rows, points, draws=draws, rng=rng)
    found = [kept]
    while sum(map(len, found)) < draws:
        found.append(_fitting_draws(rows, points, draws=max(draws, TRIAL), rng=rng))
    return np.vstack(found)[:draws]


def _fitting_draws(
    rows: FloatArray, points: FloatArray, *, draws: int, rng: np.random.Generator
) -> FloatArray:
    """Return those of even draws from the simplex above the least weights that fit the rows."""
    least = points.min(axis=0)
    drawn = uniform_weights(len(least), draws=draws, rng=rng)
    weights = least + (1 - ordered_sum(least)) * drawn
    return np.asarray(weights[(weights @ rows.T >= 0).all(axis=1)])


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
    spread = uniforms * (high - low)
    rising = spread <= mode - low
    from_low = low + np.sqrt(spread * (mode - low))
    from_high = high - np.sqrt((1 - uniforms) * (high - low) * (high - mode))
    return np.clip(np.where(rising, from_low, from_high), low, high)


def effect_quantiles(
    low: FloatArray,
    mode: FloatArray,
    high: FloatArray,
    *,
    uniforms: FloatArray,
    even: BoolArray | bool = False,
) -> FloatArray:
    """Return effects by the inverse of their distribution: triangular, or uniform where `even`.

    Parameters
    ----------
    low, mode, high : ndarray, low <= mode <= high, in the unit of each effect
        Where an effect is uniform its mode does not matter.
    uniforms : ndarray, in [0, 1]
    even : ndarray of bool, or bool
        Which effects have a uniform distribution. All arguments broadcast against each other.

    Examples
    --------
    >>> low, mode, high = np.array([0.0, 0.0]), np.array([1.0, 1.0]), np.array([4.0, 4.0])
    >>> uniforms = np.array([[0.25], [1.0]])
    >>> effect_quantiles(low, mode, high, uniforms=uniforms, even=np.array([False, True]))
    array([[1., 1.],
           [4., 4.]])
    """
    found = triangular(low, mode, high, uniforms=uniforms)
    if not np.any(even):
        return found
    return np.where(even, np.clip(low + uniforms * (high - low), low, high), found)
