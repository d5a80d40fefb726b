"""Weights from pairwise comparisons (AHP), and how consistent the comparisons are.

A comparison matrix holds at [i, j] how many times more i counts than j; it is positive and
reciprocal. All functions take one matrix (n, n) or one per person (P, n, n).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.elicitation_report import Inconsistency, Pair, worst_first

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

RECIPROCAL_TOLERANCE = 1e-6  # of a_ij a_ji; looser than rounding, stricter than 0.33 for 1/3
CONSISTENCY_LIMIT = 0.10  # Saaty: a ratio under 0.10 passes

# Alonso and Lamata (2006), Consistency in the analytic hierarchy process: a new approach,
# International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 14(4), for n = 3..15
_RANDOM_INDEX = (
    *(0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499),
    *(1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838),
)


def reciprocal_matrix(judgements: FloatArray) -> FloatArray:
    """Return the comparison matrix of judgements on the pairs i < j, in the order of reading.

    Parameters
    ----------
    judgements : ndarray of shape (..., n (n - 1) / 2)

    Returns
    -------
    ndarray of shape (..., n, n)

    Examples
    --------
    >>> reciprocal_matrix(np.array([2.0, 4.0, 5.0]))
    array([[1.  , 2.  , 4.  ],
           [0.5 , 1.  , 5.  ],
           [0.25, 0.2 , 1.  ]])
    """
    pairs = judgements.shape[-1]
    size = round((1 + (1 + 8 * pairs) ** 0.5) / 2)
    if size * (size - 1) // 2 != pairs:
        raise ValueError(f"{pairs} judgements do not fill a comparison matrix")
    matrix = np.ones((*judgements.shape[:-1], size, size))
    upper = np.triu_indices(size, 1)
    matrix[..., upper[0], upper[1]] = judgements
    matrix[..., upper[1], upper[0]] = 1 / judgements
    return matrix


def nonpositive_pairs(matrix: FloatArray) -> tuple[Pair, ...]:
    """Return where a matrix of shape (n, n) holds no positive number; NaN is a gap, not a fault.

    Examples
    --------
    >>> nonpositive_pairs(np.array([[1.0, -2.0], [0.5, 1.0]]))
    ((0, 1),)
    """
    return _places(~np.isnan(matrix) & ~((matrix > 0) & np.isfinite(matrix)))


def nonreciprocal_pairs(
    matrix: FloatArray, *, tolerance: float = RECIPROCAL_TOLERANCE
) -> tuple[Pair, ...]:
    """Return the pairs i < j whose two judgements do not multiply to 1.

    A pair with both judgements missing (NaN) is a gap; with one missing it is not reciprocal.

    Examples
    --------
    >>> nonreciprocal_pairs(np.array([[1.0, 3.0, 2.0], [0.5, 1.0, 1.0], [0.5, 1.0, 1.0]]))
    ((0, 1),)
    """
    gap = np.isnan(matrix) & np.isnan(matrix.T)
    agree = np.abs(matrix * matrix.T - 1) <= tolerance
    return _places(np.triu(~agree & ~gap, 1))


def diagonal_faults(matrix: FloatArray) -> tuple[Pair, ...]:
    """Return where an element is compared with itself and the answer is not 1.

    Examples
    --------
    >>> diagonal_faults(np.array([[1.0, 2.0], [0.5, 3.0]]))
    ((1, 1),)
    """
    return _places(np.diag(np.diag(matrix) != 1))


def _places(faults: BoolArray) -> tuple[Pair, ...]:
    """Return the positions of True, in the order of reading."""
    return tuple((int(i), int(j)) for i, j in np.argwhere(faults))


def checked(matrix: FloatArray) -> FloatArray:
    """Return `matrix` itself; raise ValueError unless every matrix is positive and reciprocal.

    Examples
    --------
    >>> checked(np.array([[1.0, 2.0], [2.0, 1.0]]))
    Traceback (most recent call last):
        ...
    ValueError: a comparison matrix is reciprocal
    """
    if matrix.ndim < 2 or matrix.shape[-1] != matrix.shape[-2] or matrix.shape[-1] == 0:
        raise ValueError(f"a comparison matrix is square, not of shape {matrix.shape}")
    if not (np.isfinite(matrix).all() and (matrix > 0).all()):
        raise ValueError("a comparison matrix holds positive numbers")
    if (np.abs(matrix * np.swapaxes(matrix, -1, -2) - 1) > RECIPROCAL_TOLERANCE).any():
        raise ValueError("a comparison matrix is reciprocal")
    return matrix


def eigenvector_weights(matrix: FloatArray) -> FloatArray:
    """Return the principal right eigenvector of each comparison matrix, adding up to 1.

    The matrix is squared until its columns point one way: 2^k power iterations in k steps.

    Parameters
    ----------
    matrix : ndarray of shape (..., n, n), positive and reciprocal

    Returns
    -------
    ndarray of shape (..., n)

    References
    ----------
    Saaty (1977), A scaling method for priorities in hierarchical structures, Journal of
    Mathematical Psychology 15(3).

    Examples
    --------
    >>> eigenvector_weights(reciprocal_matrix(np.array([2.0, 4.0, 2.0]))).round(4)
    array([0.5714, 0.2857, 0.1429])
    """
    return principal_vector(checked(matrix))


def principal_vector(matrix: FloatArray) -> FloatArray:
    """Return the Perron vector, adding up to 1, of matrices whose powers become positive.

    Examples
    --------
    >>> principal_vector(np.array([[2.0, 1.0], [2.0, 1.0]]))
    array([0.5, 0.5])
    """
    power = matrix / matrix.sum(axis=(-2, -1), keepdims=True)
    vector = power.sum(axis=-1)
    for _ in range(60):  # 2^60 iterations: any gap between two eigenvalues that floats can hold
        power = power @ power
        power = power / power.sum(axis=(-2, -1), keepdims=True)
        before, vector = vector, power.sum(axis=-1)
        if np.abs(vector - before).max(initial=0.0) <= 1e-15:
            break
    return np.asarray(vector / vector.sum(axis=-1, keepdims=True), dtype=np.float64)


def geometric_mean_weights(matrix: FloatArray) -> FloatArray:
    """Return the geometric means of the rows of each comparison matrix, adding up to 1.

    References
    ----------
    Crawford and Williams (1985), A note on the analysis of subjective judgment matrices, Journal
    of Mathematical Psychology 29(4).

    Examples
    --------
    >>> geometric_mean_weights(reciprocal_matrix(np.array([2.0, 4.0, 2.0]))).round(4)
    array([0.5714, 0.2857, 0.1429])
    """
    means = np.exp(np.log(checked(matrix)).mean(axis=-1))
    return np.asarray(means / means.sum(axis=-1, keepdims=True), dtype=np.float64)


def principal_eigenvalue(matrix: FloatArray) -> FloatArray:
    """Return lambda_max of each comparison matrix: n if consistent, more if not.

    Examples
    --------
    >>> float(principal_eigenvalue(reciprocal_matrix(np.array([2.0, 8.0, 2.0]))).round(4))
    3.0536
    """
    weights = eigenvector_weights(matrix)
    # A w = lambda w, and w adds up to 1, so lambda is the sum of A w
    total = (matrix @ weights[..., None])[..., 0].sum(axis=-1)
    return np.asarray(np.maximum(total, matrix.shape[-1]), dtype=np.float64)


def consistency_index(matrix: FloatArray) -> FloatArray:
    """Return CI = (lambda_max - n) / (n - 1) of each comparison matrix; 0 for n <= 2.

    Examples
    --------
    >>> float(consistency_index(reciprocal_matrix(np.array([2.0, 8.0, 2.0]))).round(4))
    0.0268
    """
    size = matrix.shape[-1]
    excess = principal_eigenvalue(matrix) - size
    return np.zeros_like(excess) if size <= 2 else np.asarray(excess / (size - 1))


def random_index(size: int) -> float:
    """Return the mean consistency index of random matrices of `size` rows; 0 for size <= 2.

    Tabulated for 3 to 15 rows; beyond, from the fitted line lambda = 2.7699 n - 4.3513.

    References
    ----------
    Alonso and Lamata (2006), Consistency in the analytic hierarchy process: a new approach,
    International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 14(4), table 1.

    Examples
    --------
    >>> random_index(5)
    1.1086
    """
    if size <= 2:
        return 0.0
    if size - 3 < len(_RANDOM_INDEX):
        return _RANDOM_INDEX[size - 3]
    return (2.7699 * size - 4.3513 - size) / (size - 1)


def consistency_ratio(matrix: FloatArray) -> FloatArray:
    """Return CR = CI / RI of each comparison matrix; 0 for n <= 2. Under 0.10 passes.

    References
    ----------
    Saaty (1977), Journal of Mathematical Psychology 15(3); random index of Alonso and Lamata.

    Examples
    --------
    >>> float(consistency_ratio(reciprocal_matrix(np.array([2.0, 8.0, 2.0]))).round(4))
    0.0511
    """
    random = random_index(matrix.shape[-1])
    return np.asarray(consistency_index(matrix) / (random or 1.0), dtype=np.float64)


def worst_judgements(
    matrix: FloatArray, weights: FloatArray, *, known: BoolArray | None = None, count: int = 3
) -> tuple[Inconsistency, ...]:
    """Return the pairs i < j whose judgement is farthest from the ratio of the weights.

    Parameters
    ----------
    matrix : ndarray of shape (n, n)
    weights : ndarray of shape (n,)
    known : ndarray of shape (n, n), optional
        Which judgements were given, by default all.
    count : int
        How many to return; more where they tie with the last.

    References
    ----------
    Saaty (2003), Decision-making with the AHP: why is the principal eigenvector necessary, EJOR
    145(1): the judgement to look at first has the largest a_ij w_j / w_i.

    Examples
    --------
    >>> matrix = reciprocal_matrix(np.array([2.0, 4.0, 8.0, 2.0, 4.0, 9.0]))
    >>> found = worst_judgements(matrix, eigenvector_weights(matrix), count=1)[0]
    >>> found.first, found.second, found.given, round(found.implied, 2)
    (2, 3, 9.0, 4.43)
    """
    size = matrix.shape[-1]
    given = np.ones((size, size), dtype=bool) if known is None else known
    implied = weights[:, None] / weights[None, :]
    pairs = ((i, j) for i, j in _places(np.triu(given, 1)))
    return worst_first(
        (Inconsistency(i, j, float(matrix[i, j]), float(implied[i, j])) for i, j in pairs),
        count=count,
    )
