"""Which judgements of a comparison matrix to change, and how little, to pass the consistency test.

The principal eigenvalue is convex in the logarithm of one judgement (Kingman 1961, A convexity
property of positive matrices, Quarterly Journal of Mathematics 12(1)): the values that pass form
one interval, and its end nearest to the given value is the smallest repair of that judgement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.elicitation_report import Repair, smallest_first
from afweging.methods.pairwise import CONSISTENCY_LIMIT, checked, consistency_ratio
from afweging.methods.pairwise import eigenvector_weights as eigenvector

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

# Saaty's scale: 1/9, 1/8, ..., 1/2, 1, 2, ..., 9
SAATY_SCALE = np.concatenate([1 / np.arange(9.0, 1.0, -1.0), np.arange(1.0, 10.0)])
SAATY_SCALE.setflags(write=False)

HALVINGS = 60  # of an interval of logarithms: down to rounding


def single_repairs(
    matrix: FloatArray, *, scale: FloatArray = SAATY_SCALE, limit: float = CONSISTENCY_LIMIT
) -> tuple[Repair, ...]:
    """Return for each judgement that can do it alone its smallest change on `scale` that passes.

    Parameters
    ----------
    matrix : ndarray of shape (n, n), positive and reciprocal
    scale : ndarray of shape (V,), the values a judgement can have
    limit : float
        The consistency ratio to get under.

    Returns
    -------
    tuple of Repair
        Smallest change first; empty if the matrix passes, or if one change is not enough.

    Examples
    --------
    >>> from afweging.methods.pairwise import reciprocal_matrix
    >>> matrix = reciprocal_matrix(np.array([2.0, 4.0, 8.0, 2.0, 4.0, 1 / 4]))
    >>> [(each.first, each.second, each.proposed) for each in single_repairs(matrix)]
    [(2, 3, 0.5)]
    """
    if _ratio(matrix) < limit:
        return ()
    found = []
    for i, j in _pairs(matrix):
        given = float(matrix[i, j])
        ratios = consistency_ratio(with_judgement(matrix, i, j, scale))  # (V, n, n) -> (V,)
        passing = np.flatnonzero(ratios < limit)
        sizes = np.abs(np.log(scale[passing] / given))
        near = passing[sizes <= sizes.min(initial=np.inf) + 1e-12]
        found += [Repair(i, j, given, float(scale[v]), float(ratios[v])) for v in near]
    return smallest_first(found)


def continuous_repairs(
    matrix: FloatArray, *, limit: float = CONSISTENCY_LIMIT
) -> tuple[Repair, ...]:
    """Return for each judgement that can do it alone its smallest change, to any value.

    Examples
    --------
    >>> from afweging.methods.pairwise import reciprocal_matrix
    >>> matrix = reciprocal_matrix(np.array([2.0, 4.0, 8.0, 2.0, 4.0, 1 / 4]))
    >>> [(each.first, each.second, round(each.proposed, 3)) for each in continuous_repairs(matrix)]
    [(2, 3, 0.48)]
    """
    if _ratio(matrix) < limit:
        return ()
    first, second = np.triu_indices(len(matrix), 1)
    given = matrix[first, second]
    best = most_consistent_values(matrix)
    reachable = np.flatnonzero(_changed_ratios(matrix, first, second, best) < limit)
    first, second, given = first[reachable], second[reachable], given[reachable]
    outside, inside = np.log(given), np.log(best[reachable])
    for _ in range(HALVINGS):
        middle = (outside + inside) / 2
        passes = _changed_ratios(matrix, first, second, np.exp(middle)) < limit
        inside, outside = np.where(passes, middle, inside), np.where(passes, outside, middle)
    after = _changed_ratios(matrix, first, second, np.exp(inside))
    rows = zip(first, second, given, np.exp(inside), after, strict=True)
    return smallest_first(
        Repair(int(i), int(j), float(a), float(b), float(ratio)) for i, j, a, b, ratio in rows
    )


def most_consistent_values(matrix: FloatArray) -> FloatArray:
    """Return for each pair i < j the judgement at which the matrix is most consistent.

    The derivative of the eigenvalue to the logarithm x of a judgement has the sign of
    u_i w_j e^x - u_j w_i e^-x, with u and w the left and right principal vectors.

    Returns
    -------
    ndarray of shape (n (n - 1) / 2,)

    Examples
    --------
    >>> from afweging.methods.pairwise import reciprocal_matrix
    >>> most_consistent_values(reciprocal_matrix(np.array([2.0, 8.0, 2.0]))).round(6)
    array([4., 4., 4.])
    """
    first, second = np.triu_indices(len(checked(matrix)), 1)
    rows = np.arange(len(first))
    # no indirect judgement is beyond the product of two direct ones
    high = np.full(len(first), 2 * np.abs(np.log(matrix)).max())
    low = -high
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        changed = _changed(matrix, first, second, np.exp(middle))
        right, left = eigenvector(changed), eigenvector(np.swapaxes(changed, -1, -2))
        up = left[rows, first] * right[rows, second] * np.exp(middle)
        down = left[rows, second] * right[rows, first] * np.exp(-middle)
        low, high = np.where(up < down, middle, low), np.where(up < down, high, middle)
    return np.asarray(np.exp((low + high) / 2), dtype=np.float64)


def repairs(
    matrix: FloatArray, *, scale: FloatArray = SAATY_SCALE, limit: float = CONSISTENCY_LIMIT
) -> tuple[Repair, ...]:
    """Return the changes that together bring the consistency ratio under `limit`.

    As long as one change is not enough, the one that helps most is made first. That is greedy: a
    shorter list may exist. Where no value on `scale` helps any more, the last changes are to any
    value.

    Returns
    -------
    tuple of Repair
        In the order in which to make them; empty if the matrix passes.

    Examples
    --------
    >>> from afweging.methods.pairwise import reciprocal_matrix
    >>> matrix = reciprocal_matrix(np.array([9.0, 1 / 9, 5.0, 9.0, 1 / 5, 9.0]))
    >>> [(each.first, each.second, each.proposed) for each in repairs(matrix)]
    [(1, 2, 0.1111111111111111), (0, 2, 1.0)]
    """
    if limit <= 0:
        raise ValueError("the limit of the consistency ratio is more than 0")
    done: list[Repair] = []
    while (ratio := _ratio(matrix)) >= limit:
        options = single_repairs(matrix, scale=scale, limit=limit)
        step = options[0] if options else _most_helpful(matrix, scale)
        if step.index >= ratio * (1 - 1e-9):
            return (*done, *_free_repairs(matrix, limit))
        done.append(step)
        matrix = with_judgement(matrix, step.first, step.second, np.array([step.proposed]))[0]
    return tuple(done)


def _free_repairs(matrix: FloatArray, limit: float) -> tuple[Repair, ...]:
    """Return greedy changes to any value; each lowers the eigenvalue, which is convex."""
    done: list[Repair] = []
    while _ratio(matrix) >= limit:
        options = continuous_repairs(matrix, limit=limit)
        step = options[0] if options else _most_helpful(matrix, None)
        done.append(step)
        matrix = with_judgement(matrix, step.first, step.second, np.array([step.proposed]))[0]
    return tuple(done)


def _most_helpful(matrix: FloatArray, scale: FloatArray | None) -> Repair:
    """Return the one change, on `scale` or to any value, with the lowest ratio after it."""
    pairs = _pairs(matrix)
    if scale is None:
        values = most_consistent_values(matrix)[:, None]  # (pairs, 1)
    else:
        values = np.tile(scale, (len(pairs), 1))  # (pairs, V)
    ratios = np.stack(
        [
            consistency_ratio(with_judgement(matrix, *pair, options))
            for pair, options in zip(pairs, values, strict=True)
        ]
    )
    at, value = np.unravel_index(int(ratios.argmin()), ratios.shape)
    i, j = pairs[int(at)]
    proposed = float(values[at, value])
    return Repair(i, j, float(matrix[i, j]), proposed, float(ratios[at, value]))


def with_judgement(matrix: FloatArray, first: int, second: int, values: FloatArray) -> FloatArray:
    """Return one matrix per value, of shape (V, n, n), with that value as judgement of one pair.

    Examples
    --------
    >>> with_judgement(np.ones((2, 2)), 0, 1, np.array([2.0, 4.0]))[1]
    array([[1.  , 4.  ],
           [0.25, 1.  ]])
    """
    count = len(values)
    return _changed(matrix, np.full(count, first), np.full(count, second), values)


def _changed(
    matrix: FloatArray, first: IntArray, second: IntArray, values: FloatArray
) -> FloatArray:
    """Return the matrix once per row of the arguments, each with one judgement changed."""
    rows = np.arange(len(values))
    changed = np.tile(matrix, (len(values), 1, 1))
    changed[rows, first, second] = values
    changed[rows, second, first] = 1 / values
    return changed


def _changed_ratios(
    matrix: FloatArray, first: IntArray, second: IntArray, values: FloatArray
) -> FloatArray:
    return consistency_ratio(_changed(matrix, first, second, values))


def _ratio(matrix: FloatArray) -> float:
    return float(consistency_ratio(matrix))


def _pairs(matrix: FloatArray) -> list[tuple[int, int]]:
    return [(int(i), int(j)) for i, j in zip(*np.triu_indices(len(matrix), 1), strict=True)]
