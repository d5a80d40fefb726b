"""Sobol indices of groups of independent inputs: which group explains how much of the variance.

Inputs are even numbers in [0, 1]; whatever depends on each other (weights that add up to 1) is
made from independent ones by the model. Knows no names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

REPEATS = 8  # scrambled sequences of their own, whose spread is the error
FEWEST = 32  # points of one sequence
CONSTANT = 1e-24  # a variance below is rounding


@dataclass(frozen=True, slots=True, eq=False)
class SobolIndices:
    """First-order and total indices per group, each with its standard error.

    Attributes
    ----------
    first : ndarray of shape (G,)
        The share of the variance that goes when the group is known, and all else is not.
    total : ndarray of shape (G,)
        The share of the variance that stays when all but the group is known.
    first_error, total_error : ndarray of shape (G,)
        Standard errors, over sequences that were scrambled independently of each other.
    variance : float
        Of the model; where it is 0, so are all indices.
    evaluations : int
        How often the model was computed.
    """

    first: FloatArray
    total: FloatArray
    first_error: FloatArray
    total_error: FloatArray
    variance: float
    evaluations: int

    def __post_init__(self) -> None:
        for array in (self.first, self.total, self.first_error, self.total_error):
            array.setflags(write=False)


def grouped_indices(
    model: Callable[[FloatArray], FloatArray],
    sizes: Sequence[int],
    *,
    draws: int,
    rng: np.random.Generator,
) -> SobolIndices:
    """Return the Sobol indices of groups of inputs of a model.

    Estimates may fall a little below 0 or above 1: they are not trimmed. The points of all
    sequences together are `draws`, made up to 8 powers of 2, of at least 32 each.

    Parameters
    ----------
    model : callable
        From inputs of shape (N, D), even in [0, 1], to outcomes of shape (N,).
    sizes : sequence of int
        How many of the D inputs, one after the other, each group has; each at least 1.
    draws : int
    rng : numpy.random.Generator

    References
    ----------
    Saltelli et al. (2010), Variance based sensitivity analysis of model output, Computer Physics
    Communications 181(2), 259-270; groups: Saltelli et al. (2008), Global Sensitivity Analysis:
    The Primer, section 1.2.15; errors by independent scrambles: Owen (1997), Monte Carlo variance
    of scrambled net quadrature, SIAM Journal on Numerical Analysis 34(5).

    Examples
    --------
    >>> def model(x):
    ...     return x[:, 0] + x[:, 1] + x[:, 2] * 2
    >>> found = grouped_indices(model, (2, 1), draws=4096, rng=np.random.default_rng(1))
    >>> found.first.round(2), found.total.round(2)
    (array([0.33, 0.67]), array([0.33, 0.67]))
    """
    if not sizes or min(sizes) < 1:
        raise ValueError("there is a group at least, and each has an input at least")
    points = 2 ** (max(FEWEST, draws // REPEATS) - 1).bit_length()
    found = [_indices(model, sizes, points, rng) for _ in range(REPEATS)]
    variance = float(np.mean([each[2] for each in found]))
    if variance <= CONSTANT:
        found = [(np.zeros(len(sizes)), np.zeros(len(sizes)), 0.0)]
        variance = 0.0
    first, total = (np.array([each[i] for each in found]) for i in (0, 1))  # (REPEATS, G)
    return SobolIndices(
        first=first.mean(axis=0),
        total=total.mean(axis=0),
        first_error=_error(first),
        total_error=_error(total),
        variance=variance,
        evaluations=REPEATS * points * (len(sizes) + 2),
    )


def _error(estimates: FloatArray) -> FloatArray:
    if len(estimates) == 1:
        return np.zeros(estimates.shape[1])
    return np.asarray(estimates.std(axis=0, ddof=1) / np.sqrt(len(estimates)))


def _indices(
    model: Callable[[FloatArray], FloatArray],
    sizes: Sequence[int],
    points: int,
    rng: np.random.Generator,
) -> tuple[FloatArray, FloatArray, float]:
    """Return first-order and total indices of shape (G,) and the variance, by one sequence."""
    from scipy.stats import qmc, sobol_indices  # type: ignore[import-untyped]  # noqa: PLC0415

    count = sum(sizes)
    both = qmc.Sobol(2 * count, scramble=True, rng=rng).random(points)
    one, other = both[:, :count], both[:, count:]
    ends = np.cumsum(sizes).tolist()
    outcomes = np.empty((len(sizes), points))
    for group, (size, end) in enumerate(zip(sizes, ends, strict=True)):
        mixed = one.copy()
        mixed[:, end - size : end] = other[:, end - size : end]
        outcomes[group] = model(mixed)
    first, second = model(one), model(other)
    variance = float(np.var(np.concatenate([first, second])))
    if variance <= CONSTANT:
        return np.zeros(len(sizes)), np.zeros(len(sizes)), 0.0
    if len(sizes) == 1:  # by definition, and scipy does not take one group
        return np.ones(1), np.ones(1), variance
    tables = {"f_A": first[None, :], "f_B": second[None, :], "f_AB": outcomes[:, None, :]}
    found = sobol_indices(func=tables, n=points)
    return found.first_order.ravel(), found.total_order.ravel(), variance
