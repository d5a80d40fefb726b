"""How far two orders agree, and what several orders say together. Knows ranks, no names."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]


def kendall_tau_b(first: IntArray, second: IntArray) -> float | None:
    """Return Kendall's tau-b of two orders, in [-1, 1]; None where one of them is one tie.

    Parameters
    ----------
    first, second : ndarray of shape (A,), ranks

    References
    ----------
    Kendall (1945), The treatment of ties in ranking problems, Biometrika 33(3).

    Examples
    --------
    >>> round(kendall_tau_b(np.array([3, 1, 2, 2]), np.array([4, 1, 2, 3])), 4)
    0.9129
    """
    one, two = (np.sign(ranks[:, None] - ranks[None, :]) for ranks in (first, second))
    untied = int(np.abs(one).sum()) * int(np.abs(two).sum())
    return int((one * two).sum()) / math.sqrt(untied) if untied else None


def turned_around(first: IntArray, second: IntArray) -> list[tuple[int, int]]:
    """Return the pairs (i, k) with i above k in the first order and k above i in the second.

    Parameters
    ----------
    first, second : ndarray of shape (A,), ranks, best is 1

    Examples
    --------
    >>> turned_around(np.array([1, 2, 2]), np.array([3, 2, 1]))
    [(0, 1), (0, 2)]
    """
    against = (first[:, None] < first[None, :]) & (second[:, None] > second[None, :])
    return [(int(i), int(k)) for i, k in np.argwhere(against)]


def majority_points(orders: IntArray) -> IntArray:
    """Return how many others each alternative beats in most of the orders.

    A pair that ties in any of the orders gives no point to either.

    Parameters
    ----------
    orders : ndarray of shape (K, A), ranks in K orders, K odd

    References
    ----------
    Brauers and Zavadskas (2010), Project management by MULTIMOORA, Technological and Economic
    Development of Economy 16(1): the theory of dominance, in the form of scikit-criteria 0.10.

    Examples
    --------
    >>> majority_points(np.array([[1, 2, 3], [2, 1, 3], [1, 2, 2]]))
    array([2, 0, 0])
    """
    ahead = orders[:, :, None] < orders[:, None, :]  # (K, A, A)
    tied = (orders[:, :, None] == orders[:, None, :]).any(axis=0)
    wins = (2 * ahead.sum(axis=0) > len(orders)) & ~tied
    return np.asarray(wins.sum(axis=1), dtype=np.int64)
