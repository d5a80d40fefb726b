"""Weights from comparison matrices in which some pairs were not compared.

`known`, symmetric and of shape (n, n), says which judgements were given; what stands elsewhere in
the matrix, NaN included, is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.pairwise import checked, principal_vector

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

# Aguaron and Moreno-Jimenez (2003), The geometric consistency index: approximated thresholds,
# EJOR 147(1), table 3, for a consistency ratio of 0.10
_GEOMETRIC_LIMIT = {3: 0.3147, 4: 0.3526}


def known_judgements(matrix: FloatArray) -> BoolArray:
    """Return which pairs of a matrix of shape (n, n) have a judgement: both places are not NaN.

    Examples
    --------
    >>> known_judgements(np.array([[1.0, np.nan], [np.nan, 1.0]]))
    array([[ True, False],
           [False,  True]])
    """
    given = ~np.isnan(matrix)
    return np.asarray(given & given.T, dtype=np.bool_)


def compared_groups(known: BoolArray) -> tuple[tuple[int, ...], ...]:
    """Return the groups that comparisons connect; more than one group leaves weights undecided.

    Examples
    --------
    >>> known = np.eye(4, dtype=bool)
    >>> known[0, 2] = known[2, 0] = known[1, 3] = known[3, 1] = True
    >>> compared_groups(known)
    ((0, 2), (1, 3))
    """
    size = len(known)
    linked = known | known.T | np.eye(size, dtype=bool)
    for _ in range(size.bit_length()):  # paths of length 2^k
        linked = (linked.astype(np.int64) @ linked.astype(np.int64)) > 0
    groups = {tuple(int(at) for at in np.flatnonzero(row)) for row in linked}
    return tuple(sorted(groups))


def least_squares_weights(matrix: FloatArray, known: BoolArray) -> FloatArray:
    """Return the weights whose ratios are nearest to the known judgements, in logarithms.

    For a complete matrix these are the geometric means of the rows.

    Parameters
    ----------
    matrix : ndarray of shape (n, n)
    known : ndarray of shape (n, n), symmetric and connected

    References
    ----------
    Bozoki, Fulop and Ronyai (2010), On optimal completion of incomplete pairwise comparison
    matrices, Mathematical and Computer Modelling 52(1-2), theorem 4.

    Examples
    --------
    >>> matrix = np.array([[1.0, 2.0, 1.0], [0.5, 1.0, 3.0], [1.0, 1 / 3, 1.0]])
    >>> known = np.array([[True, True, False], [True, True, True], [False, True, True]])
    >>> least_squares_weights(matrix, known).round(4)
    array([0.6, 0.3, 0.1])
    """
    links = _links(matrix, known)
    logs = np.log(np.where(links, matrix, 1.0))
    laplacian = np.diag(links.sum(axis=1)) - links
    # adding 1 everywhere fixes the free constant: the logarithms of the weights add up to 0
    weights = np.exp(np.linalg.solve(laplacian + 1.0, logs.sum(axis=1)))
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def harker_weights(matrix: FloatArray, known: BoolArray) -> FloatArray:
    """Return the eigenvector weights with each missing judgement replaced by w_i / w_j itself.

    References
    ----------
    Harker (1987), Alternative modes of questioning in the analytic hierarchy process,
    Mathematical Modelling 9(3-5).

    Examples
    --------
    >>> matrix = np.array([[1.0, 2.0, 1.0], [0.5, 1.0, 3.0], [1.0, 1 / 3, 1.0]])
    >>> known = np.array([[True, True, False], [True, True, True], [False, True, True]])
    >>> harker_weights(matrix, known).round(4)
    array([0.6, 0.3, 0.1])
    """
    links = _links(matrix, known)
    missing = len(matrix) - 1 - links.sum(axis=1)
    return principal_vector(np.where(links, matrix, 0.0) + np.diag(1.0 + missing))


def completed_matrix(matrix: FloatArray, known: BoolArray) -> FloatArray:
    """Return `matrix` with the ratios of the least-squares weights where nothing was judged.

    Its consistency ratio is too mild, as the gaps agree with the weights by construction.

    Examples
    --------
    >>> matrix = np.array([[1.0, 2.0, np.nan], [0.5, 1.0, 3.0], [np.nan, 1 / 3, 1.0]])
    >>> completed_matrix(matrix, known_judgements(matrix)).round(4)[0]
    array([1., 2., 6.])
    """
    weights = least_squares_weights(matrix, known)
    implied = weights[:, None] / weights[None, :]
    return np.where(_links(matrix, known), matrix, implied)


def geometric_consistency_index(matrix: FloatArray, known: BoolArray | None = None) -> float:
    """Return the mean squared residual of the judgements, in logarithms, per degree of freedom.

    With all pairs judged this is the published index with 2 / ((n - 1)(n - 2)). With gaps the
    pairs beyond the n - 1 that weights need take the place of (n - 1)(n - 2) / 2: own choice. It
    is 0 where there are no more than those n - 1.

    References
    ----------
    Aguaron and Moreno-Jimenez (2003), The geometric consistency index: approximated thresholds,
    EJOR 147(1).

    Examples
    --------
    >>> matrix = np.array([[1.0, 2.0, 8.0], [0.5, 1.0, 2.0], [1 / 8, 0.5, 1.0]])
    >>> round(geometric_consistency_index(matrix), 4)
    0.1602
    """
    given = np.ones(matrix.shape, dtype=bool) if known is None else known
    weights = least_squares_weights(matrix, given)
    pairs = np.triu(_links(matrix, given), 1)
    freedom = int(pairs.sum()) - len(matrix) + 1
    if freedom <= 0:
        return 0.0
    implied = weights[:, None] / weights[None, :]
    residual = np.log(matrix[pairs] / implied[pairs])
    return float(np.sum(residual**2) / freedom)


def geometric_consistency_limit(size: int) -> float:
    """Return the geometric consistency index that goes with a consistency ratio of 0.10.

    Examples
    --------
    >>> [geometric_consistency_limit(size) for size in (3, 4, 7)]
    [0.3147, 0.3526, 0.37]
    """
    return _GEOMETRIC_LIMIT.get(size, 0.370)


def _links(matrix: FloatArray, known: BoolArray) -> BoolArray:
    """Return the known pairs off the diagonal; raise ValueError if they leave weights undecided."""
    if known.shape != matrix.shape or (known != known.T).any():
        raise ValueError("which pairs are known is symmetric, in the shape of the matrix")
    if len(compared_groups(known)) > 1:
        raise ValueError("comparisons do not connect all criteria")
    links = known & ~np.eye(len(known), dtype=bool)
    checked(np.where(links, matrix, 1.0))
    return np.asarray(links, dtype=np.bool_)
