"""Mean and variance of the value of an uncertain effect, without draws.

Straight, bent and stepped value functions are integrated to rounding; curved ones within 1e-10.
With hundreds of cases that bend at levels of their own, both are within 1e-7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.effect_draws import quantile_values
from afweging.analysis.effect_spread import spread_evenly
from afweging.methods.aggregation import weighted_mean
from afweging.methods.sampling import effect_quantiles
from afweging.methods.value_function import curvature
from afweging.methods.variance_decomposition import level_breaks, level_moments
from afweging.model.criterion import Exponential, Linear, Ordinal, PiecewiseLinear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from afweging.model.criterion import Criterion
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

CHUNK = 1_000_000  # effects at a time
STEP = 4.0  # of the exponent of a curve: within it the integral is exact to rounding
STEPS = 10  # beyond e**-40 a curve is flat


def value_moments(comparison: Comparison, options: Sequence[int]) -> tuple[FloatArray, FloatArray]:
    """Return mean and variance of the mean value over the cases, each of shape (options, C).

    Effects are drawn as in `effect_draws`: one level per option and criterion for all cases.

    Parameters
    ----------
    comparison : Comparison
        Without missing effects.
    options : sequence of int
        Places among the alternatives of the problem.
    """
    count = len(comparison.problem.criteria)
    found = [[_moments(comparison, a, c) for c in range(count)] for a in options]
    means, variances = np.moveaxis(np.array(found), -1, 0)
    return means, variances


def _moments(comparison: Comparison, a: int, c: int) -> tuple[float, float]:
    effects, rows = comparison.problem.effects, comparison.cases.rows
    low, mode, high = (each[rows, a, c] for each in (effects.low, effects.mode, effects.high))
    even = spread_evenly(comparison.problem, effects.source[rows, a, c])
    criterion = comparison.problem.criteria[c]
    sides = [each[:, None] for each in (low, mode, high)]

    def value(levels: FloatArray) -> FloatArray:
        found = np.empty(len(levels))
        step = max(1, CHUNK // len(rows))
        for start in range(0, len(levels), step):
            part = slice(start, start + step)
            drawn = effect_quantiles(*sides, uniforms=levels[part], even=even[:, None])  # (S, U)
            found[part] = weighted_mean(quantile_values(criterion, drawn), comparison.weights.cases)
        return found

    breaks = level_breaks(low, mode, high, bends=bends(criterion), even=even)
    return level_moments(value, breaks=breaks)


def bends(criterion: Criterion) -> FloatArray:
    """Return the levels in the unit of the criterion between which its value is smooth."""
    ends = np.array([criterion.worst, criterion.best])
    match criterion.value_function:
        case PiecewiseLinear(points):
            return np.array([x for x, _ in points])
        case Ordinal(classes):
            return np.asarray(np.arange(1, len(classes)) - 0.5, dtype=float)
        case Exponential(midvalue):
            return np.concatenate([ends, _curve_steps(criterion, midvalue)])
        case Linear():
            return ends


def _curve_steps(criterion: Criterion, midvalue: float) -> FloatArray:
    """Return levels that cut the steep part of a curve into pieces of `STEP` of its exponent."""
    width = criterion.best - criterion.worst
    steepness = curvature((midvalue - criterion.worst) / width)
    if abs(steepness) <= STEP:
        return np.empty(0)
    share = STEP * np.arange(1, STEPS + 1) / abs(steepness)
    steep = share if steepness > 0 else 1 - share
    return np.asarray(criterion.worst + width * steep[share < 1], dtype=float)
