"""The compromise set of VIKOR: who cannot be told apart from the first. Ties are kept as ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.ranking import SCORE_TOLERANCE, rank_scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]


def compromise_set(compromise: FloatArray, total: FloatArray, worst: FloatArray) -> BoolArray:
    """Return who is in the compromise set, shape (A,).

    The first by Q is alone in it where the next is at least 1 / (A - 1) behind (acceptable
    advantage) and it is also first by S or by R (acceptable stability). Without the advantage all
    that are less than that behind are in it; without the stability the second by Q is.

    Parameters
    ----------
    compromise, total, worst : ndarray of shape (A,)
        Q, S and R of VIKOR, lower is better; at least two alternatives.

    References
    ----------
    Opricovic and Tzeng (2004), Compromise solution by MCDM methods, EJOR 156(2), section 2.

    Examples
    --------
    >>> compromise_set(np.array([0.0, 0.2, 1.0]), np.array([1, 2, 3.0]), np.array([1, 2, 3.0]))
    array([ True,  True, False])
    """
    behind = compromise - compromise.min()
    first = behind <= SCORE_TOLERANCE
    close = behind < 1 / (len(compromise) - 1) - SCORE_TOLERANCE
    if (close & ~first).any():
        return np.asarray(close)
    stable = (rank_scores(-total) == 1) | (rank_scores(-worst) == 1)
    if stable[first].all():
        return np.asarray(first)
    rest = np.where(first, np.inf, behind)
    return np.asarray(first | (rest <= rest.min() + SCORE_TOLERANCE))
