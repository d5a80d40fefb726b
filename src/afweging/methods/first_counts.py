"""In how many draws of weights each alternative is first, in each of many cases.

Knows no names. Less than `acceptability.tally_cases` counts, and so much faster for many cases or
alternatives; what is in memory grows with the draws that are given at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]


def count_first(values: FloatArray, weights: FloatArray) -> IntArray:
    """Return in how many draws no other scores higher, shape (S, A); each that ties for it counts.

    Parameters
    ----------
    values : ndarray of shape (S, A, C), partial values in S cases
    weights : ndarray of shape (K, C), each adding up to 1

    References
    ----------
    Lahdelma and Salminen (2001), SMAA-2, Operations Research 49(3): what b of rank 1 is the
    share of, here for known effects in each case.

    Examples
    --------
    >>> weights = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]])
    >>> count_first(np.array([[[1.0, 0.0], [0.0, 1.0]], [[0.5, 0.5], [0.5, 0.5]]]), weights)
    array([[2, 1],
           [3, 3]])
    """
    if not (np.isfinite(values).all() and np.isfinite(weights).all()):
        raise ValueError("values and weights are finite numbers")
    columns = np.ascontiguousarray(weights.T)
    counts = np.empty(values.shape[:2], dtype=np.int64)
    for s, case in enumerate(values):
        scores = np.einsum("ac,ck->ak", case, columns)  # no BLAS: the same bits everywhere
        counts[s] = np.count_nonzero(scores >= scores.max(axis=0) - SCORE_TOLERANCE, axis=1)
    return counts
