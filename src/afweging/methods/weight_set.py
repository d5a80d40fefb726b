"""The set of all weights that fit someone's answers: its extreme points, centre and a sample.

An answer is one or more homogeneous linear rows: the weights w >= 0 that add up to 1 and have
rows @ w >= 0. An equality is two rows with opposite sign. Knows nothing about names.
"""

from __future__ import annotations

from math import ceil, log, sqrt
from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.aggregation import ordered_sum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]

# A row has largest entry 1 and weights add up to 1: rounding is some 1e-15, a tie of scores 1e-9.
# Rows and weights that differ by no more are the same.
TOLERANCE = 1e-9

CELLS = 4_000_000  # of a table of pairs that is looked at in one go: bounds the memory
NEAR = 1e-6  # a row that no extreme point comes nearer to does not bound the set
FLOOR = 1e-12  # the least room, in units of the size of the set: no division by 0 on its edge
STEPS = 20  # of a walk, at least


def tidy_rows(rows: FloatArray) -> FloatArray:
    """Return the same rows with largest entry 1 or -1, each once, in an order of their own.

    Rows without an entry above the tolerance ask nothing and are left out.

    Parameters
    ----------
    rows : ndarray of shape (m, n)

    Returns
    -------
    ndarray of shape (m', n), m' <= m

    Examples
    --------
    >>> tidy_rows(np.array([[4.0, -2.0], [0.0, 0.0], [-1.0, 3.0], [2.0, -1.0]])).round(4)
    array([[-0.3333,  1.    ],
           [ 1.    , -0.5   ]])
    """
    size = np.abs(rows).max(axis=1, initial=0.0)
    asking = size > TOLERANCE
    scaled = rows[asking] / size[asking, None] + 0.0  # no -0.0, which would sort as another row
    return np.asarray(np.unique(scaled, axis=0), dtype=np.float64)


def extreme_points(rows: FloatArray, *, count: int) -> FloatArray:
    """Return all extreme points of the weights w >= 0 that add up to 1 and have rows @ w >= 0.

    The double description method: from the unit vectors on, one row after another cuts off the
    points below it, and each edge it crosses gives a point on it. The rows are taken in
    lexicographic order, so that theirs does not matter.

    Parameters
    ----------
    rows : ndarray of shape (m, n)
    count : int
        n, the number of weights; at least 1.

    Returns
    -------
    ndarray of shape (V, n)
        In descending order of the first weight, then the second, ...; V = 0 if no weights fit.

    References
    ----------
    Motzkin, Raiffa, Thompson and Thrall (1953), The double description method, Contributions to
    the Theory of Games II. Fukuda and Prodon (1996), Double description method revisited,
    Combinatorics and Computer Science (the combinatorial test, lexicographic order).

    Examples
    --------
    >>> order = np.array([[1.0, -1.0, 0.0], [0.0, 1.0, -1.0]])
    >>> extreme_points(order, count=3).round(4)
    array([[1.    , 0.    , 0.    ],
           [0.5   , 0.5   , 0.    ],
           [0.3333, 0.3333, 0.3333]])
    """
    cuts = tidy_rows(rows)
    points = np.eye(count)
    tight = np.zeros((count, count + len(cuts)), dtype=np.bool_)  # which points lie on which bounds
    tight[:, :count] = points == 0
    for bound, row in enumerate(cuts, start=count):
        points, tight = _cut(points, tight, row, bound)
    return _in_order(points)


def _cut(
    points: FloatArray, tight: BoolArray, row: FloatArray, bound: int
) -> tuple[FloatArray, BoolArray]:
    """Return the extreme points after one more row, and on which bounds each lies.

    A new point lies inside an edge: on the bounds of the whole edge, on the new one and on no
    other. That is not measured again, so rounding cannot contradict it.
    """
    values = points @ row
    above, below = values > TOLERANCE, values < -TOLERANCE
    tight[:, bound] = ~above & ~below
    first, second = _edges(tight, above, below, points.shape[1])
    share = (values[first] / (values[first] - values[second]))[:, None]
    new = (1 - share) * points[first] + share * points[second]
    new /= new.sum(axis=1, keepdims=True)
    meets = tight[first] & tight[second]
    meets[:, bound] = True
    return np.vstack([points[~below], new]), np.vstack([tight[~below], meets])


def _edges(
    tight: BoolArray, above: BoolArray, below: BoolArray, count: int
) -> tuple[IntArray, IntArray]:
    """Return the ends of all edges from a point above to a point below.

    Two points are the ends of an edge if no other point lies on all bounds they share; then they
    share at least n - 2 bounds, which is quicker to see.
    """
    on = tight.astype(np.float64)  # float: products by BLAS; whole numbers, so exact
    first, second = _sharing(on, np.flatnonzero(above), np.flatnonzero(below), count - 2)
    alone = np.zeros(len(first), dtype=np.bool_)
    for part in _parts(len(first), len(on)):
        shared = on[first[part]] * on[second[part]]  # (pairs, bounds)
        holders = shared @ on.T == shared.sum(axis=1)[:, None]  # (pairs, V)
        alone[part] = np.count_nonzero(holders, axis=1) == 2
    return first[alone], second[alone]


def _sharing(
    on: FloatArray, top: IntArray, bottom: IntArray, least: int
) -> tuple[IntArray, IntArray]:
    """Return the pairs of `top` and `bottom` that share at least `least` bounds."""
    first, second = [top[:0]], [bottom[:0]]
    for part in _parts(len(top), len(bottom)):
        one, two = np.nonzero(on[top[part]] @ on[bottom].T >= least)  # (top, bottom)
        first.append(top[part][one])
        second.append(bottom[two])
    return np.concatenate(first), np.concatenate(second)


def _parts(length: int, width: int) -> Iterator[slice]:
    """Return slices of `length` rows such that a part of so many columns is never large."""
    step = max(1, CELLS // max(width, 1))
    return (slice(start, start + step) for start in range(0, length, step))


def _in_order(points: FloatArray) -> FloatArray:
    """Return the points, each once, in descending lexicographic order."""
    once = _each_once(points)
    # of weights that are the same within the tolerance the next one decides
    return once[np.lexsort(-np.round(once / TOLERANCE).T[::-1])]


def _each_once(points: FloatArray) -> FloatArray:
    """Return the points without those that are the same as another within the tolerance.

    The same points have nearly the same key, and few others have: only those are compared.
    """
    factors = np.sqrt(np.arange(2.0, points.shape[1] + 2))  # no whole-number relation between them
    keys = points @ factors
    order = np.argsort(keys, kind="stable")
    points, keys = points[order], keys[order]
    start = np.searchsorted(keys, keys - TOLERANCE * factors.sum())
    new = np.ones(len(points), dtype=np.bool_)
    for at in np.flatnonzero(start < np.arange(len(points))):
        apart = np.abs(points[start[at] : at] - points[at]).max(axis=1)
        new[at] = (apart > TOLERANCE).all()
    return points[new]


def centre(points: FloatArray) -> FloatArray:
    """Return the mean of the extreme points, the centralized weights.

    For a complete ranking these are the rank-order centroid weights.

    Parameters
    ----------
    points : ndarray of shape (V, n), at least one

    Returns
    -------
    ndarray of shape (n,), the same to the last bit for every order of the points

    References
    ----------
    Solymosi and Dombi (1986), A method for determining the weights of criteria: the centralized
    weights, EJOR 26(1).

    Examples
    --------
    >>> at_least_double = extreme_points(np.array([[1.0, -2.0, 0.0]]), count=3)
    >>> centre(at_least_double).round(4)
    array([0.5556, 0.1111, 0.3333])
    """
    _check_any(points)
    return ordered_sum(points, axis=0) / len(points)


def lead_range(
    points: FloatArray, low: FloatArray, high: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the least and the greatest sum of w_c x_c over all weights and all x in their ranges.

    A sum with weights >= 0 is least where each x_c is, and then at an extreme point.

    Parameters
    ----------
    points : ndarray of shape (V, n), the extreme points of the weights, at least one
    low, high : ndarray of shape (..., n)
        The range of each x_c, in partial values; each lies in its own range, whatever the others.

    Returns
    -------
    pair of ndarrays of shape (...)

    References
    ----------
    Salo and Hämäläinen (1992), Preference assessment by imprecise ratio statements, Operations
    Research 40(6).

    Examples
    --------
    >>> points = np.array([[1.0, 0.0], [0.5, 0.5]])
    >>> low, high = lead_range(points, np.array([0.25, -0.5]), np.array([0.5, -0.25]))
    >>> float(low), float(high)
    (-0.125, 0.5)
    """
    _check_any(points)
    least = ordered_sum(points * low[..., None, :])  # (..., V)
    most = ordered_sum(points * high[..., None, :])
    return least.min(axis=-1), most.max(axis=-1)


def sample_weights(
    rows: FloatArray, points: FloatArray, *, draws: int, rng: np.random.Generator
) -> FloatArray:
    """Return weights drawn evenly from all that fit the rows, by one hit-and-run walk for each.

    A walk starts between the centre and an extreme point. A step goes in a random direction to an
    even draw from the part of that line inside the set. The walks live in the affine hull of the
    points, in units of their spread along each principal axis: evenness is not touched by that,
    and a narrow set is walked through as fast as a round one. Their length is four times the
    thinning that Tervonen et al. use between two draws of one walk, and 20 more.

    Parameters
    ----------
    rows : ndarray of shape (m, n)
    points : ndarray of shape (V, n), the extreme points for these rows, at least one
    draws : int
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape (draws, n), each adding up to 1

    References
    ----------
    Smith (1984), Efficient Monte Carlo procedures for generating points uniformly distributed
    over bounded regions, Operations Research 32(6). Tervonen, van Valkenhoef, Basturk and Postmus
    (2013), Hit-and-run enables efficient weight generation for simulation-based multiple criteria
    decision analysis, EJOR 224(3).

    Examples
    --------
    >>> rows = np.array([[1.0, -2.0, 0.0]])
    >>> points = extreme_points(rows, count=3)
    >>> draws = sample_weights(rows, points, draws=500, rng=np.random.default_rng(1))
    >>> bool((draws[:, 0] >= 2 * draws[:, 1] - 1e-9).all()), draws.mean(axis=0).round(1)
    (True, array([0.6, 0.1, 0.3]))
    """
    middle = centre(points)
    spots, axes = _coordinates(points - middle)
    if not len(axes):
        return np.repeat(middle[None, :], draws, axis=0)
    rates, room = _faces(rows, points, axes)
    ends = spots[rng.integers(len(points), size=draws)]
    walkers = _walk(ends * rng.random((draws, 1)), rates, room, rng)
    weights = np.maximum(middle + walkers @ axes, 0.0)  # (draws, d) @ (d, n) -> (draws, n)
    return weights / ordered_sum(weights)[:, None]


def _coordinates(deviations: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the points in units of their spread, of shape (V, d), and the axes, (d, n)."""
    left, sizes, right = np.linalg.svd(deviations, full_matrices=False)
    scale = sqrt(len(deviations))
    d = int(np.count_nonzero(sizes > TOLERANCE * scale))
    return left[:, :d] * scale, (sizes[:d, None] / scale) * right[:d]


def _faces(rows: FloatArray, points: FloatArray, axes: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the bounds of the set as unit vectors, of shape (F, d), and their distance, (F,).

    The distance is from the centre to the extreme point that is nearest to the bound, not to the
    bound itself: the same but for the tolerance, and inside the set however small that is.
    """
    bounds = np.vstack([np.eye(points.shape[1]), tidy_rows(rows)])
    values = points @ bounds.T  # (V, n) @ (n, F) -> (V, F)
    least = values.min(axis=0)
    facing = (least <= NEAR) & (values.max(axis=0) - least > FLOOR)  # others hold everywhere
    rates = bounds[facing] @ axes.T
    sizes = np.linalg.norm(rates, axis=1)
    room = values[:, facing].mean(axis=0) - least[facing]
    return rates / sizes[:, None], room / sizes


def _walk(
    walkers: FloatArray, rates: FloatArray, room: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Return where walkers of shape (draws, d) are after all steps, inside rates @ w >= -room."""
    d = walkers.shape[1]
    for _ in range(STEPS + 4 * ceil(log(d + 1) / 4 * d**3)):
        way = rng.standard_normal(walkers.shape)
        left = np.maximum(room + walkers @ rates.T, FLOOR)  # (draws, F)
        pace = (way @ rates.T) / left  # 1 / pace is how far away the bound is, behind or ahead
        behind, ahead = -1 / pace.max(axis=1), -1 / pace.min(axis=1)
        walkers = walkers + (behind + (ahead - behind) * rng.random(len(way)))[:, None] * way
    return walkers


def _check_any(points: FloatArray) -> None:
    if not len(points):
        raise ValueError("no weights fit the answers: there are no extreme points")
