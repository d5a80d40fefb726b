"""Effects as they may turn out: the value of each option at a level of its estimates.

One level in [0, 1] stands for one option on one criterion: at level 0.3 the effect is the 30 %
quantile of the distribution between the low and high estimate of every case: triangular with its
top at the most likely one, or uniform where the source of the effect says so.
An estimate that is off in one case is off everywhere, by the same quantile. Levels are numbers
that the caller draws or lays out evenly; this module knows no randomness.

On an ordinal criterion the quantile is rounded to the nearest class, halfway upwards: with
estimates from the first to the third class around the second, the outer two have a chance of
one in eight each. Effects beyond the references count as the reference, as in a comparison.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.effect_spread import spread_evenly
from afweging.analysis.values import value_of
from afweging.methods.aggregation import weighted_mean
from afweging.methods.sampling import effect_quantiles
from afweging.model.criterion import Ordinal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from afweging.model.criterion import Criterion
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

ALL = slice(None)
CHUNK = 100_000  # effects at a time: arrays that stay near the processor


def even_levels(points: int) -> FloatArray:
    """Return the middles of `points` equally likely parts of [0, 1], shape (U,).

    Examples
    --------
    >>> even_levels(4)
    array([0.125, 0.375, 0.625, 0.875])
    """
    return np.asarray((np.arange(points) + 0.5) / points)


def mean_value_table(comparison: Comparison, points: int) -> FloatArray:
    """Return the mean value over the cases at `points` equally likely levels, shape (U, A, C).

    Picking rows evenly at random, for each option and criterion on its own, draws from the
    distribution of the mean values, each part of it by its middle. Where the value rises or
    falls throughout, a mean over the rows is off by at most 1 / (2 points) of its range.
    """
    return mean_values_at(comparison, even_levels(points))


def mean_values_at(comparison: Comparison, levels: FloatArray) -> FloatArray:
    """Return the mean value over the cases at each level.

    Parameters
    ----------
    comparison : Comparison
        Without missing effects.
    levels : ndarray of shape (U,), in [0, 1]

    Returns
    -------
    ndarray of shape (U, A, C), in [0, 1]
        Constant in the levels where the low and high estimates are equal in every case.
    """
    problem, weights = comparison.problem, comparison.weights.cases
    found = np.empty((len(levels), len(problem.alternatives), len(problem.criteria)))
    for c in range(len(problem.criteria)):
        for part in _parts(comparison, levels):
            values = _values(comparison, levels[part], c)  # (U, S, A)
            found[part, :, c] = weighted_mean(np.moveaxis(values, 1, 0), weights)
    return found


def scenario_values_at(
    comparison: Comparison, levels: FloatArray, options: Sequence[int]
) -> FloatArray:
    """Return the mean value over regions and horizons in each scenario, shape (U, G, options, C).

    Parameters
    ----------
    comparison : Comparison
        Without missing effects.
    levels : ndarray of shape (U,), in [0, 1]
    options : sequence of int
        Places among the alternatives of the problem.
    """
    cases, criteria = comparison.cases, comparison.problem.criteria
    chosen = np.array(options)
    scenarios = len(cases.ids["scenario"])
    weights = np.outer(cases.weights["region"], cases.weights["horizon"]).ravel()
    found = np.empty((len(levels), scenarios, len(chosen), len(criteria)))
    for c in range(len(criteria)):
        for part in _parts(comparison, levels):
            values = _values(comparison, levels[part], c, chosen)  # (U, S, options)
            grid = values.reshape(len(values), scenarios, len(weights), -1)
            found[part, :, :, c] = weighted_mean(np.moveaxis(grid, 2, 0), weights)
    return found


def values_in_cases(
    comparison: Comparison, cases: NDArray[np.intp], levels: FloatArray
) -> FloatArray:
    """Return the values of draws that each have a case and levels of their own.

    Parameters
    ----------
    comparison : Comparison
        Without missing effects.
    cases : ndarray of shape (K,)
        The place of the case of each draw among the cases compared.
    levels : ndarray of shape (K, A, C), in [0, 1]

    Returns
    -------
    ndarray of shape (K, A, C), in [0, 1]
    """
    effects = comparison.problem.effects
    rows = comparison.cases.rows[cases]
    found = np.empty(levels.shape)
    for c, criterion in enumerate(comparison.problem.criteria):
        low, mode, high = (
            estimate[rows, :, c] for estimate in (effects.low, effects.mode, effects.high)
        )
        even = spread_evenly(comparison.problem, effects.source[rows, :, c])
        drawn = effect_quantiles(low, mode, high, uniforms=levels[..., c], even=even)
        found[..., c] = quantile_values(criterion, drawn)
    return found


def quantile_values(criterion: Criterion, effects: FloatArray) -> FloatArray:
    """Return the values of drawn effects of any shape; between two classes the nearest counts."""
    if isinstance(criterion.value_function, Ordinal):
        effects = np.floor(effects + 0.5)
    return value_of(criterion, effects)


def _values(
    comparison: Comparison,
    levels: FloatArray,
    c: int,
    options: slice | NDArray[np.intp] = ALL,
) -> FloatArray:
    """Return the values on one criterion, shape (U, S, options)."""
    effects, rows = comparison.problem.effects, comparison.cases.rows
    low, mode, high = (
        each[rows][:, options, c] for each in (effects.low, effects.mode, effects.high)
    )
    even = spread_evenly(comparison.problem, effects.source[rows][:, options, c])
    drawn = effect_quantiles(low, mode, high, uniforms=levels[:, None, None], even=even)
    return quantile_values(comparison.problem.criteria[c], drawn)


def _parts(comparison: Comparison, levels: FloatArray) -> Iterator[slice]:
    """Yield parts of the levels that keep the arrays between small."""
    width = len(comparison.cases.rows) * len(comparison.problem.alternatives)
    step = max(1, CHUNK // max(1, width))
    for start in range(0, len(levels), step):
        yield slice(start, start + step)
