"""Values of uncertain effects by a way of their own: scipy's quantiles and loops over cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import triang, uniform  # type: ignore[import-untyped]

from afweging.model.criterion import Exponential, Linear, Ordinal, PiecewiseLinear

if TYPE_CHECKING:
    from afweging.model.criterion import Criterion
    from afweging.model.result import Comparison

    FloatArray = np.ndarray


def quantile(low: FloatArray, mode: FloatArray, high: FloatArray, level: FloatArray) -> FloatArray:
    """Return quantiles of triangles; the number itself where it is sure."""
    spread = np.where(high > low, high - low, 1.0)
    found = triang.ppf(level, (mode - low) / spread, loc=low, scale=spread)
    return np.asarray(np.where(high > low, found, mode + 0 * level), dtype=float)


def worth(criterion: Criterion, effect: FloatArray) -> FloatArray:
    """Return the values of effects."""
    share = (effect - criterion.worst) / (criterion.best - criterion.worst)
    z: FloatArray = np.minimum(1.0, np.maximum(0.0, share))
    match criterion.value_function:
        case Linear():
            return z
        case PiecewiseLinear(points):
            return np.asarray(np.interp(effect, [x for x, _ in points], [v for _, v in points]))
        case Ordinal(classes):
            steps: FloatArray = np.array([each.value for each in classes])
            return np.asarray(steps[(effect + 0.5).astype(int)])
        case Exponential(midvalue):
            middle = (midvalue - criterion.worst) / (criterion.best - criterion.worst)
            return z if middle == 0.5 else np.asarray(_curve(z, middle))


def _curve(z: FloatArray, middle: float) -> FloatArray:
    """Return the exponential that is 0.5 at `middle`, its steepness found by bisection."""
    ends = [1e-9, 700.0] if middle < 0.5 else [-700.0, -1e-9]
    for _ in range(200):
        c = sum(ends) / 2
        above = np.expm1(-c * middle) / np.expm1(-c) > 0.5
        ends[1 if above else 0] = c
    return np.asarray(np.expm1(-c * z) / np.expm1(-c))


def values(comparison: Comparison, s: int, a: int, c: int, level: FloatArray) -> FloatArray:
    """Return the values of one option on one criterion in one case, at each level."""
    effects, row = comparison.problem.effects, comparison.cases.rows[s]
    low, mode, high = (np.array(e[row, a, c]) for e in (effects.low, effects.mode, effects.high))
    place = int(effects.source[row, a, c])
    if place >= 0 and comparison.problem.sources[place].distribution == "uniform":
        drawn = np.asarray(uniform.ppf(level, loc=low, scale=high - low) if high > low else mode)
        return worth(comparison.problem.criteria[c], np.broadcast_to(drawn, level.shape))
    return worth(comparison.problem.criteria[c], quantile(low, mode, high, level))
