"""Exact shares of all weights, or of those that fit answers, in which alternatives have a rank.

For known values, no draws: a set of weights is cut along the hyperplanes where two alternatives
tie, and the volumes of its parts are added up. Up to five weights; beyond that parts are too many
and draws (`acceptability`) are the way. Knows nothing about names.

Two alternatives that tie for all weights of the set, within the tolerance of scores, share the
better rank. Others tie for weights that have no volume.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.aggregation import ordered_sum
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.weight_set import TOLERANCE, centre, extreme_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]

MOST_WEIGHTS = 5
ON = 1e-12  # of the largest lead in the set: a corner as near to a hyperplane as this lies on it
EMPTY = 1e-12  # of the volume of the set: a part that is no larger is rounding


@dataclass(frozen=True, slots=True, eq=False)
class FirstShares:
    """The share of the weights with which each alternative is first.

    Attributes
    ----------
    shares : ndarray of shape (A,)
        They add up to 1, and to more where some share the first place.
    alone : ndarray of shape (A,)
        Without the weights with which the first place is shared.
    shared : float
        The share of the weights with which several are first: 0 unless some always tie.
    central : ndarray of shape (A, n)
        The centre by volume of the weights with which it is first; NaN where there are none.
    """

    shares: FloatArray
    alone: FloatArray
    shared: float
    central: FloatArray

    def __post_init__(self) -> None:
        for array in (self.shares, self.alone, self.central):
            array.setflags(write=False)


def first_shares(values: FloatArray, rows: FloatArray | None = None) -> FirstShares:
    """Return the share of the weights with which each alternative is first, and their centres.

    Parameters
    ----------
    values : ndarray of shape (A, n), partial values; n at most 5
    rows : ndarray of shape (m, n), optional
        The weights are those with rows @ w >= 0, as in `weight_set`; by default all.

    References
    ----------
    Lahdelma and Salminen (2001), SMAA-2, Operations Research 49(3): b of rank 1 and the central
    weights, for known values. How they are computed: own choice.

    Examples
    --------
    >>> found = first_shares(np.array([[1.0, 0.0], [0.0, 1.0], [0.7, 0.5], [0.4, 0.4]]))
    >>> found.shares.round(4), found.central[2:].round(4).tolist()
    (array([0.375 , 0.4167, 0.2083, 0.    ]), [[0.5208, 0.4792], [nan, nan]])
    """
    points, simplices, axes = _whole(values, rows)
    total = _volumes(simplices, axes).sum()
    cells = [_first_cell(simplices, leads) for leads in _all_leads(values, points)]
    volumes = [_volumes(cell, axes) for cell in cells]
    shares = np.array([each.sum() / total for each in volumes])
    shares = np.where(shares > EMPTY, shares, 0.0)
    central = np.array([_centroid(*cell) for cell in zip(cells, volumes, strict=True)])
    central[shares == 0] = np.nan
    twins = _always_tied(values, points).sum(axis=1) > 1
    alone = np.where(twins, 0.0, shares)
    shared = max(0.0, 1 - float(ordered_sum(alone))) if twins.any() else 0.0
    return FirstShares(shares, alone, shared, central)


def rank_shares(values: FloatArray, rows: FloatArray | None = None) -> FloatArray:
    """Return the share of the weights with which each alternative has each rank.

    Parameters
    ----------
    values : ndarray of shape (A, n), partial values; n at most 5
    rows : ndarray of shape (m, n), optional
        As in `first_shares`.

    Returns
    -------
    ndarray of shape (A, A)
        The share of rank r at [i, r - 1]; each row adds up to 1.

    References
    ----------
    Lahdelma and Salminen (2001), SMAA-2, Operations Research 49(3): b, for known values. How it
    is computed: own choice.

    Examples
    --------
    >>> rank_shares(np.array([[1.0, 0.0], [0.0, 1.0], [0.7, 0.5]])).round(4)
    array([[0.375 , 0.125 , 0.5   ],
           [0.4167, 0.0833, 0.5   ],
           [0.2083, 0.7917, 0.    ]])
    """
    points, simplices, axes = _whole(values, rows)
    shares = np.zeros((len(values), len(values)))
    for i, leads in enumerate(_all_leads(values, points)):
        shares[i, : len(leads) + 1] = _volumes_by_rank(simplices, axes, leads)
    shares /= shares.sum(axis=1, keepdims=True)
    return np.where(shares > EMPTY, shares, 0.0)


def share_ahead(differences: FloatArray) -> FloatArray:
    """Return the share of all weights with which a sum of weighted differences is above 0.

    Exact for any number of weights, and stable for differences that are nearly the same.

    Parameters
    ----------
    differences : ndarray of shape (..., n)
        The value of the one less that of the other, per criterion.

    Returns
    -------
    ndarray of shape (...)
        0 where all differences are within the tolerance of scores: a tie.

    References
    ----------
    Varsi (1973), The multidimensional content of the frustum of the simplex, Pacific Journal of
    Mathematics 46(1); Ali (1973), Content of the frustum of a simplex, the same 48(2).

    Examples
    --------
    >>> share_ahead(np.array([[1.0, -1.0], [0.3, -0.1], [0.0, 0.0]])).round(4)
    array([0.5 , 0.75, 0.  ])
    """
    _check_numbers(differences)
    behind = np.moveaxis(np.sort(-differences, axis=-1), -1, 0)  # (n, ...), sorted: same bits
    shares = np.zeros(behind.shape)
    for low in behind:
        last = np.ones(behind.shape[1:])
        for t, high in enumerate(behind):
            counts = (low < 0) & (high >= 0)
            gap = np.where(counts, high - low, 1.0)
            shares[t] = np.where(counts, (high * shares[t] - low * last) / gap, shares[t])
            last = np.where(high >= 0, shares[t], last)
    tied = np.abs(differences).max(axis=-1) <= SCORE_TOLERANCE
    return np.where(tied, 0.0, last)


def freedom(points: FloatArray) -> int:
    """Return in how many directions weights with these extreme points can differ.

    Shares are measured within the set: lengths where this is 1, one point where it is 0.

    Parameters
    ----------
    points : ndarray of shape (V, n), at least one

    Examples
    --------
    >>> freedom(np.eye(3)), freedom(np.array([[0.5, 0.5, 0.0], [0.5, 0.0, 0.5]]))
    (2, 1)
    """
    return len(_axes(points - centre(points)))


def _whole(
    values: FloatArray, rows: FloatArray | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the set of weights as extreme points, as simplices and with its axes."""
    _check_numbers(values)
    count = values.shape[1]
    if count > MOST_WEIGHTS:
        raise ValueError(f"{count} weights: volumes are computed for {MOST_WEIGHTS} at most")
    points = extreme_points(np.empty((0, count)) if rows is None else rows, count=count)
    axes = _axes(points - centre(points))
    return points, _triangulation(points, points @ axes.T), axes


def _axes(deviations: FloatArray) -> FloatArray:
    """Return axes of shape (d, n), of the length that gives the set a spread of 1 along each."""
    _, sizes, right = np.linalg.svd(deviations, full_matrices=False)
    sizes = sizes / np.sqrt(len(deviations))
    d = int(np.count_nonzero(sizes > TOLERANCE))
    return np.asarray(right[:d] / sizes[:d, None])


def _triangulation(points: FloatArray, spots: FloatArray) -> FloatArray:
    """Return simplices of shape (T, d + 1, n) that fill the hull of points with coordinates (V, d).

    A set without room in some direction has smaller simplices: a line has ends, a point itself.
    """
    d = spots.shape[1]
    if d == 0:
        return points[None, :1]
    if d == 1:
        return points[None, [int(spots.argmin()), int(spots.argmax())]]
    if len(points) == d + 1:
        return points[None]
    from scipy.spatial import Delaunay  # type: ignore[import-untyped]  # noqa: PLC0415

    return np.asarray(points[Delaunay(spots).simplices], dtype=np.float64)


def _all_leads(values: FloatArray, points: FloatArray) -> list[FloatArray]:
    """Return for each alternative its leads on those it does not always tie with.

    Each is of shape (rivals, n), in units of the largest absolute lead in the set.
    """
    leads = values[:, None, :] - values[None, :, :]  # (A, A, n)
    most = np.abs(leads @ points.T).max(axis=2)  # (A, A, V) -> (A, A)
    apart = ~_always_tied(values, points)
    return [leads[i][apart[i]] / most[i][apart[i], None] for i in range(len(values))]


def _always_tied(values: FloatArray, points: FloatArray) -> BoolArray:
    """Return who ties with whom for all weights of the set, of shape (A, A)."""
    scores = values @ points.T  # (A, n) @ (n, V)
    most = np.abs(scores[:, None] - scores[None]).max(axis=2)
    return np.asarray(most <= SCORE_TOLERANCE)


def _first_cell(simplices: FloatArray, leads: FloatArray) -> FloatArray:
    """Return simplices that fill the part of the set in which no lead is below 0."""
    for lead in leads:
        simplices = _positive_part(simplices, lead)[0]
    return simplices


def _volumes_by_rank(simplices: FloatArray, axes: FloatArray, leads: FloatArray) -> FloatArray:
    """Return the volume of the part of the set with each rank, from 1 on.

    Only the rivals that are ahead matter, not their order: this keeps the number of parts small.
    """
    ahead = np.zeros(len(simplices), dtype=np.int64)  # how many rivals are, in each simplex
    for lead in leads:
        above, of_above = _positive_part(simplices, lead)
        below, of_below = _positive_part(simplices, -lead)
        simplices = np.concatenate([above, below])
        ahead = np.concatenate([ahead[of_above], ahead[of_below] + 1])
    volumes = _volumes(simplices, axes)
    return np.bincount(ahead, weights=volumes, minlength=len(leads) + 1).astype(np.float64)


def _positive_part(simplices: FloatArray, lead: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return simplices that fill the part with a lead above 0, and which each was cut from."""
    values = simplices @ lead  # (T, d + 1)
    values[np.abs(values) <= ON] = 0.0
    order = np.argsort(-np.sign(values), axis=1, kind="stable")
    values = np.take_along_axis(values, order, axis=1)
    corners = np.take_along_axis(simplices, order[:, :, None], axis=1)
    above, below = (values > 0).sum(axis=1), (values < 0).sum(axis=1)
    parts, origins = [simplices[:0]], [np.empty(0, dtype=np.int64)]
    for p, q in np.unique(np.stack([above, below], axis=1)[above > 0], axis=0):
        chosen = np.flatnonzero((above == p) & (below == q))
        part = _cut(corners[chosen], values[chosen], int(p), int(q))  # (chosen, paths, d + 1, n)
        parts.append(part.reshape(-1, *simplices.shape[1:]))
        origins.append(np.repeat(chosen, part.shape[1]))
    return np.concatenate(parts), np.concatenate(origins)


def _cut(corners: FloatArray, values: FloatArray, p: int, q: int) -> FloatArray:
    """Return the parts above 0 of simplices with first p corners above it and last q below it.

    The corners above 0 and the points on edges from there to below form a prism over a simplex,
    which is filled along monotone paths through the table of its corners; the corners on 0
    belong to every simplex of the filling.
    """
    if q == 0:
        return corners[:, None]
    high, low = values[:, :p, None, None], values[:, None, -q:, None]
    above, below = corners[:, :p, None], corners[:, None, -q:]
    crossings = (high * below - low * above) / (high - low)  # (T, p, q, n)
    table = np.concatenate([above, crossings], axis=2)  # (T, p, q + 1, n)
    rows, columns = _paths(p, q)
    filling = table[:, rows, columns]  # (T, paths, p + q, n)
    zeros = np.repeat(corners[:, None, p:-q], len(rows), axis=1)
    return np.concatenate([filling, zeros], axis=2)


def _paths(p: int, q: int) -> tuple[IntArray, IntArray]:
    """Return all monotone paths through a table of p by q + 1, both of shape (paths, p + q).

    References
    ----------
    The staircase triangulation of a product of simplices: De Loera, Rambau and Santos (2010),
    Triangulations, chapter 6.
    """
    moves = range(p + q - 1)
    steps = np.array([np.isin(moves, sideways) for sideways in combinations(moves, q)])
    columns = np.hstack([np.zeros((len(steps), 1), np.int64), steps.cumsum(axis=1)])
    return np.arange(p + q) - columns, columns


def _volumes(simplices: FloatArray, axes: FloatArray) -> FloatArray:
    """Return the volume of each simplex, in coordinates along the axes."""
    edges = (simplices[:, 1:] - simplices[:, :1]) @ axes.T  # (T, d, d)
    return np.asarray(np.abs(np.linalg.det(edges)) / factorial(len(axes)))


def _centroid(simplices: FloatArray, volumes: FloatArray) -> FloatArray:
    """Return the centre by volume of all simplices; NaN without any volume."""
    total = volumes.sum()
    if total <= 0:
        return np.full(simplices.shape[2], np.nan)
    return np.asarray(volumes @ simplices.mean(axis=1) / total)


def _check_numbers(values: FloatArray) -> None:
    if not np.isfinite(values).all():
        raise ValueError("values are numbers: NaN and infinity have no rank")
