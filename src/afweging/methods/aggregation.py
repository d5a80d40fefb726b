"""The additive value model: sums that do not depend on the order of what is summed.

Floating-point addition is not associative. Sorting the terms first makes every sum the same,
to the last bit, for any order of criteria, cases or options in the input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]


def ordered_sum(terms: FloatArray, *, axis: int = -1) -> FloatArray:
    """Return the sum along `axis`, the same to the last bit for every order of the terms.

    Examples
    --------
    >>> terms = np.array([0.1, 0.2, 0.3])
    >>> bool(ordered_sum(terms) == ordered_sum(terms[[2, 0, 1]]))
    True
    """
    first = np.ascontiguousarray(np.moveaxis(np.sort(terms, axis=axis), axis, 0))
    total = np.zeros(first.shape[1:])
    for term in first:  # one addition after the other: no pairwise blocks that depend on shape
        total += term
    return total


def weighted_sum(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the additive score, the sum over criteria of weight times value.

    Parameters
    ----------
    values : ndarray of shape (..., C), partial values in [0, 1]
    weights : ndarray of shape (C,), adding up to 1

    Returns
    -------
    ndarray of shape (...), scores in [0, 1]

    References
    ----------
    Keeney and Raiffa (1976), Decisions with Multiple Objectives, section 3.6.

    Examples
    --------
    >>> weighted_sum(np.array([[1.0, 0.0], [0.4, 0.9]]), np.array([0.25, 0.75])).round(6)
    array([0.25 , 0.775])
    """
    return ordered_sum(values * weights)


def weighted_mean(scores: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the mean over the first axis with `weights` of shape (S,) that add up to 1.

    Examples
    --------
    >>> weighted_mean(np.array([[0.2, 0.8], [0.6, 0.4]]), np.array([0.75, 0.25])).round(6)
    array([0.3, 0.7])
    """
    shape = (-1, *([1] * (scores.ndim - 1)))
    return ordered_sum(scores * weights.reshape(shape), axis=0)


def correlations(columns: FloatArray) -> FloatArray:
    """Return the Pearson correlation of every pair of columns; 0 where a column is constant.

    Parameters
    ----------
    columns : ndarray of shape (N, C)

    Returns
    -------
    ndarray of shape (C, C), 1 on the diagonal of every column that varies

    Examples
    --------
    >>> correlations(np.array([[1.0, 2.0, 5.0], [2.0, 4.0, 5.0], [3.0, 5.0, 5.0]])).round(3)[0]
    array([1.   , 0.982, 0.   ])
    """
    count = len(columns)
    deviation = columns - ordered_sum(columns, axis=0) / count
    products = np.stack(
        [ordered_sum(deviation * deviation[:, [c]], axis=0) for c in range(columns.shape[1])]
    )
    spread = np.sqrt(np.diag(products))
    flat = spread <= 1e-12
    scale = np.outer(np.where(flat, 1.0, spread), np.where(flat, 1.0, spread))
    return np.where(flat[:, None] | flat[None, :], 0.0, products / scale)
