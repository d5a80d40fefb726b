"""From the effects of a problem to partial values, with bounds where an effect is a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.value_function import exponential, lookup, piecewise_linear, position
from afweging.model.criterion import Exponential, Linear, Ordinal, PiecewiseLinear
from afweging.model.result import Bounds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.model.criterion import Criterion
    from afweging.model.problem import DecisionProblem

    FloatArray = NDArray[np.float64]


def value_of(criterion: Criterion, effects: FloatArray) -> FloatArray:
    """Return the values in [0, 1] of effects in the unit of `criterion`, of any shape.

    Effects beyond the references count as the reference; a problem whose criterion says
    `error` holds none.
    """
    worst, best = criterion.worst, criterion.best
    inside = np.clip(effects, min(worst, best), max(worst, best))
    match criterion.value_function:
        case PiecewiseLinear(points):
            return piecewise_linear(effects, points=points)
        case Ordinal(classes):
            return lookup(effects, values=[each.value for each in classes])
        case Exponential(midvalue):
            return exponential(inside, worst=worst, best=best, midvalue=midvalue)
        case Linear():
            return position(inside, worst=worst, best=best)


def mode_values(problem: DecisionProblem, rows: NDArray[np.intp]) -> Bounds:
    """Return the values of the most likely effects in the cases `rows`, shape (S, A, C).

    A gap can take every value that the criterion knows.
    """
    mode = problem.effects.mode[rows]
    if not np.isnan(mode).any():
        values = _stack(problem, mode)
        return Bounds(values, values)
    known = ~np.isnan(mode)
    ends = [extremes(criterion) for criterion in problem.criteria]
    filled = np.where(known, mode, np.array([criterion.worst for criterion in problem.criteria]))
    values = _stack(problem, filled)
    low = np.where(known, values, np.array([end[0] for end in ends]))
    high = np.where(known, values, np.array([end[1] for end in ends]))
    return Bounds(low, high)


def _stack(problem: DecisionProblem, effects: FloatArray) -> FloatArray:
    values = np.empty(effects.shape)
    for c, criterion in enumerate(problem.criteria):
        values[..., c] = value_of(criterion, effects[..., c])
    return values


def extremes(criterion: Criterion) -> tuple[float, float]:
    """Return the lowest and the highest value that the criterion can give."""
    match criterion.value_function:
        case PiecewiseLinear(points):
            found = [value for _, value in points]
        case Ordinal(classes):
            found = [each.value for each in classes]
        case _:
            found = [0.0, 1.0]
    return min(found), max(found)


def estimate_values(problem: DecisionProblem, rows: NDArray[np.intp]) -> Bounds:
    """Return the least and greatest value each effect can have within its low and high estimate.

    Shape (S, A, C); a gap can take every value that the criterion knows.
    """
    effects = problem.effects
    low, high = effects.low[rows], effects.high[rows]
    known = ~np.isnan(low)
    least, greatest = np.empty(low.shape), np.empty(low.shape)
    for c, criterion in enumerate(problem.criteria):
        found = _range(criterion, low[..., c], high[..., c], known[..., c])
        least[..., c], greatest[..., c] = found
    return Bounds(least, greatest)


def _range(
    criterion: Criterion, low: FloatArray, high: FloatArray, known: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray]:
    """Return least and greatest value between two levels; bends between them count too."""
    ends = [value_of(criterion, np.where(known, level, criterion.worst)) for level in (low, high)]
    least, greatest = np.minimum(*ends), np.maximum(*ends)
    for level, value in bends(criterion):
        inside = (low < level) & (level < high)
        least = np.where(inside, np.minimum(least, value), least)
        greatest = np.where(inside, np.maximum(greatest, value), greatest)
    lowest, highest = extremes(criterion)
    return np.where(known, least, lowest), np.where(known, greatest, highest)


def bends(criterion: Criterion) -> tuple[tuple[float, float], ...]:
    """Return the levels between which the value runs straight, with their values.

    Classes count as levels; none where the value bends nowhere, or everywhere.
    """
    match criterion.value_function:
        case PiecewiseLinear(points):
            return points
        case Ordinal(classes):
            return tuple((float(i), each.value) for i, each in enumerate(classes))
        case _:
            return ()
