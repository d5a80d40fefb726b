"""From effects in natural units to values in [0, 1]. Knows nothing of criteria or files."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

STEEPEST = 700.0  # beyond this the exponential overflows


def position(effects: FloatArray, *, worst: float, best: float) -> FloatArray:
    """Return where each effect lies between the references: 0 at worst, 1 at best.

    Parameters
    ----------
    effects : ndarray of any shape, in the unit of the criterion
    worst, best : float
        The references in the same unit; worst may be larger than best.

    Examples
    --------
    >>> position(np.array([1500.0, 600.0, 0.0]), worst=1500, best=0)
    array([0. , 0.6, 1. ])
    """
    z: FloatArray = np.divide(effects - worst, best - worst)
    return z + 0.0  # no negative zero


def piecewise_linear(effects: FloatArray, *, points: Sequence[tuple[float, float]]) -> FloatArray:
    """Return values interpolated between points (x, value); beyond the ends the end value.

    Parameters
    ----------
    effects : ndarray of any shape, in the unit of x
    points : sequence of (x, value), x ascending; values may rise and fall

    Examples
    --------
    >>> piecewise_linear(np.array([0.5, 1.0, 3.5]), points=[(0, 0.5), (1, 1), (6, 0)])
    array([0.75, 1.  , 0.5 ])
    """
    x, value = np.array(points, dtype=float).T
    return np.asarray(np.interp(effects, x, value), dtype=float)


def exponential(effects: FloatArray, *, worst: float, best: float, midvalue: float) -> FloatArray:
    """Return values on the exponential curve that is 0.5 at `midvalue`.

    v(z) = (1 - exp(-c z)) / (1 - exp(-c)) with z the position between worst and best.

    References
    ----------
    Kirkwood (1997), Strategic Decision Making, section 4.2.

    Examples
    --------
    >>> exponential(np.array([0.0, 3.0, 10.0]), worst=0, best=10, midvalue=3).round(6)
    array([0. , 0.5, 1. ])
    """
    z = position(effects, worst=worst, best=best)
    c = curvature((midvalue - worst) / (best - worst))
    if c == 0:
        return z
    return np.expm1(-c * z) / math.expm1(-c)


def curvature(midpoint: float) -> float:
    """Return the c for which the exponential value is 0.5 at position `midpoint`.

    Positive for a midpoint below 0.5 (value rises fast at first), negative above, 0 at 0.5.

    Raises
    ------
    ValueError
        When the midpoint is not between 0.001 and 0.999.
    """
    if not 0.001 <= midpoint <= 0.999:
        msg = f"midpoint must be between 0.001 and 0.999, got {midpoint}"
        raise ValueError(msg)
    if midpoint == 0.5:
        return 0.0
    low, high = (0.0, STEEPEST) if midpoint < 0.5 else (-STEEPEST, 0.0)
    for _ in range(200):
        middle = (low + high) / 2
        too_low = middle == 0 or math.expm1(-middle * midpoint) / math.expm1(-middle) < 0.5
        low, high = (middle, high) if too_low else (low, middle)
    return (low + high) / 2


def lookup(places: FloatArray, *, values: Sequence[float]) -> FloatArray:
    """Return the value of each class; `places` holds whole numbers, 0 for the first class.

    Examples
    --------
    >>> lookup(np.array([2.0, 0.0]), values=[0, 0.3, 1])
    array([1., 0.])
    """
    return np.array(values, dtype=float)[places.astype(np.intp)]
