"""Mean and variance of a value over its level, and whose variance the variance of a gap is.

A level is an even number in [0, 1] that picks a quantile of a triangular or uniform distribution.
With level = sin(angle) ** 2 a quantile is low + a sin(angle) or high - b cos(angle) of a triangle,
low + a sin(angle) ** 2 of a uniform, so that a value is smooth in the angle between the levels
where a quantile passes the mode of its triangle or a bend. There an integral by Gauss and Legendre
is exact to rounding. Knows no criteria and draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    BoolArray = NDArray[np.bool_]
    FloatArray = NDArray[np.float64]

NODES = 12  # per piece: exact for straight values, within 1e-10 for a curve that e-folds 4 times
MOST_PIECES = 400  # of all cases together; with more, cases that pass a bend average out
FEW_PIECES = 64


def triangular_share(
    low: FloatArray, mode: FloatArray, high: FloatArray, *, at: FloatArray
) -> FloatArray:
    """Return the share of a triangular distribution below `at`: its level.

    All arguments broadcast against each other; where low equals high, 0 below and 1 from there.

    References
    ----------
    Kotz and van Dorp (2004), Beyond Beta, chapter 1.

    Examples
    --------
    >>> low, mode, high = np.array([0.0]), np.array([1.0]), np.array([4.0])
    >>> triangular_share(low, mode, high, at=np.array([-1.0, 0.0, 1.0, 2.0, 5.0])).round(4)
    array([0.    , 0.    , 0.25  , 0.6667, 1.    ])
    """
    width = np.where(high > low, high - low, 1.0)
    rise = np.where(mode > low, mode - low, 1.0)
    fall = np.where(high > mode, high - mode, 1.0)
    from_low = np.square(np.clip(at - low, 0, None) / width) * (width / rise)
    from_high = 1 - np.square(np.clip(high - at, 0, None) / width) * (width / fall)
    inside = np.where(at < mode, from_low, from_high)
    return np.where(at >= high, 1.0, np.where(at <= low, 0.0, inside))


def level_breaks(
    low: FloatArray,
    mode: FloatArray,
    high: FloatArray,
    *,
    bends: FloatArray,
    even: BoolArray | bool = False,
) -> FloatArray:
    """Return the levels between which every quantile is smooth and passes no bend, from 0 to 1.

    With more than `MOST_PIECES` of them only so many are kept that `FEW_PIECES` pieces remain,
    spread as all of them are. Each case that passes a bend within a piece then weighs little.

    Parameters
    ----------
    low, mode, high : ndarray of shape (S,)
    bends : ndarray of shape (B,), in the same unit
    even : ndarray of shape (S,), or bool
        Which effects have a uniform distribution: cut halfway, not at its mode.

    Examples
    --------
    >>> low, mode, high = np.array([0.0, 3.0]), np.array([1.0, 3.0]), np.array([4.0, 3.0])
    >>> level_breaks(low, mode, high, bends=np.array([2.0])).round(4)
    array([0.    , 0.25  , 0.6667, 1.    ])
    """
    wide = high > low
    even = np.broadcast_to(even, wide.shape)[wide, None]
    low, mode, high = low[wide, None], mode[wide, None], high[wide, None]
    bent = np.broadcast_to(bends, (len(mode), len(bends)))
    at = np.concatenate([np.where(even, low + (high - low) / 2, mode), bent], axis=1)
    levels = np.where(
        even,
        np.clip((at - low) / (high - low), 0.0, 1.0),
        triangular_share(low, mode, high, at=at),
    )
    breaks = np.unique(np.concatenate([[0.0, 1.0], levels.ravel()]))
    if len(breaks) <= MOST_PIECES + 1:
        return breaks
    kept = np.linspace(0, len(breaks) - 1, FEW_PIECES + 1).round().astype(np.intp)
    return breaks[kept]


def level_moments(
    value: Callable[[FloatArray], FloatArray], *, breaks: FloatArray
) -> tuple[float, float]:
    """Return the mean and the variance of a value whose level is even in [0, 1].

    Parameters
    ----------
    value : callable
        From levels of shape (U,) to values of shape (U,).
    breaks : ndarray of shape (B,), from 0 to 1, ascending
        Between two of them the value is smooth in the angle (see the module).

    Examples
    --------
    >>> mean, variance = level_moments(lambda level: level**2, breaks=np.array([0.0, 1.0]))
    >>> round(mean, 9), round(variance * 45, 9)
    (0.333333333, 4.0)
    """
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    angles = np.arcsin(np.sqrt(breaks))
    half = np.diff(angles)[:, None] / 2
    angle = (angles[:-1, None] + half * (1 + nodes)).ravel()
    share = (half * weights).ravel() * np.sin(2 * angle)  # d level = sin(2 angle) d angle
    found = value(np.square(np.sin(angle)))
    # relative to one value: without error where the value is constant
    first = float(found[0])
    mean = first + float(share @ (found - first))
    return mean, float(share @ np.square(found - mean))


@dataclass(frozen=True, slots=True, eq=False)
class VarianceShares:
    """Whose variance the variance of a gap between two alternatives is.

    Attributes
    ----------
    variance : float
    terms : ndarray of shape (2, C)
        The part of the variance of each alternative on each criterion: they add up to it.
    """

    variance: float
    terms: FloatArray

    def __post_init__(self) -> None:
        self.terms.setflags(write=False)

    @property
    def shares(self) -> FloatArray:
        """The terms as shares of the variance, shape (2, C); all 0 where there is none."""
        return self.terms / self.variance if self.variance > 0 else np.zeros(self.terms.shape)


def gap_variance(weights: FloatArray, variances: FloatArray) -> VarianceShares:
    """Return the variance of sum over c of w_c (v_ac - v_bc), all v independent, and its terms.

    The gap is a sum of independent terms, so that the share of a term is at the same time its
    first-order and its total Sobol index.

    Parameters
    ----------
    weights : ndarray of shape (C,)
    variances : ndarray of shape (2, C), of the values of both alternatives

    References
    ----------
    Saltelli et al. (2008), Global Sensitivity Analysis: The Primer, section 1.2 (additive models).

    Examples
    --------
    >>> found = gap_variance(np.array([0.5, 0.5]), np.array([[0.04, 0.0], [0.04, 0.08]]))
    >>> round(found.variance, 6), found.shares.round(6).tolist()
    (0.04, [[0.25, 0.0], [0.25, 0.5]])
    """
    terms = np.square(weights) * variances
    total = 0.0
    for term in np.sort(terms, axis=None).tolist():  # any order of criteria gives the same bits
        total += term
    return VarianceShares(total, terms)
