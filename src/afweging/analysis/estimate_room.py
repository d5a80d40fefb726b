"""How far all uncertain estimates together may turn out against the option that is ahead.

Every estimate may be off by the same share of its own room, from most likely to low and to high.
Within that, those of the leader are as bad and those of the challenger as good as can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.values import bends, value_of
from afweging.methods.aggregation import ordered_sum, weighted_mean
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.tipping import tipping_share
from afweging.methods.value_function import piecewise_linear
from afweging.model.criterion import Linear, Ordinal

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from afweging.model.criterion import Criterion
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]
    Levels = tuple[FloatArray, FloatArray]  # levels in the unit, and their values

EQUAL = 12  # decimals to which what is sorted is equal; of equals the first id comes first


@dataclass(frozen=True, slots=True)
class RoomPart:
    """What the estimates of one option on one criterion add to the joint change.

    `now` and `at` are mean effects in the unit of the criterion, None across classes; `gain` is
    by how much the lead shrinks.
    """

    option: str
    criterion: str
    now: float | None
    at: float | None
    gain: float


@dataclass(frozen=True, slots=True)
class RoomFlip:
    """All uncertain estimates of two options shifted by one share of their own room.

    `share` is the least share at which the two tie, in [0, 1]; below `bound`, which is equal but
    for 1e-12, the leader is ahead. Both are None where the leader is ahead even when every
    estimate is as bad for it as it can be. `worst` is its lead then, negative where it is behind.
    `uncertain` counts the estimates, over the cases, that have room and weight. `parts` says what
    adds to the change, the largest part first, at the share or else with all room used.
    """

    share: float | None
    bound: float | None
    worst: float
    uncertain: int
    parts: tuple[RoomPart, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """The estimates of one option, each of shape (S, C); sign is 1 where more value is asked."""

    low: FloatArray
    mode: FloatArray
    high: FloatArray
    sign: float


def find_room_flip(comparison: Comparison, leader: str, challenger: str) -> RoomFlip:
    """Return how much of their room all estimates together need before the two tie.

    The lead never grows with the share, as more room only adds levels to choose from. Where all
    values run straight it falls in a straight line and the share is exact; else it is found by
    halving, to 1e-12. Between two classes the value runs straight.

    Parameters
    ----------
    comparison : Comparison, without missing effects
    leader, challenger : str, ids of options; the leader is not behind

    References
    ----------
    Ben-Haim (2006), Info-Gap Decision Theory: the robustness of a choice against the horizon of
    uncertainty, here in shares of the stated room.
    """
    weights, cases = comparison.weights.criteria, comparison.weights.cases
    sides = _sides(comparison, leader, challenger)
    start, end = _means(comparison, sides, 0.0), _means(comparison, sides, 1.0)  # (2, C)
    straight = weights <= 0
    for c, criterion in enumerate(comparison.problem.criteria):
        straight[c] |= _straight(criterion, sides, c)

    def lead(share: float) -> float:
        means = (1 - share) * start + share * end
        if 0 < share < 1 and not straight.all():
            means = np.where(straight, means, _means(comparison, sides, share, skip=straight))
        return float(ordered_sum(means[0] * weights) - ordered_sum(means[1] * weights))

    share, bound = _least(lead, exact=bool(straight.all()))
    return RoomFlip(
        share=share,
        bound=bound,
        worst=lead(1.0),
        uncertain=_uncertain(sides, weights, cases),
        parts=_parts(comparison, (leader, challenger), sides, 1.0 if share is None else share),
    )


def _sides(comparison: Comparison, leader: str, challenger: str) -> tuple[_Side, _Side]:
    ids = [alternative.id for alternative in comparison.problem.alternatives]
    effects, rows = comparison.problem.effects, comparison.cases.rows
    low, mode, high = (part[rows] for part in (effects.low, effects.mode, effects.high))
    a, b = ids.index(leader), ids.index(challenger)
    return (
        _Side(low[:, a], mode[:, a], high[:, a], -1.0),
        _Side(low[:, b], mode[:, b], high[:, b], 1.0),
    )


def _means(
    comparison: Comparison,
    sides: tuple[_Side, _Side],
    share: float,
    *,
    skip: NDArray[np.bool_] | None = None,
) -> FloatArray:
    """Return the mean value of both options per criterion, shape (2, C), 0 where skipped."""
    values = np.zeros((len(sides[0].mode), 2, len(comparison.problem.criteria)))  # (S, 2, C)
    for c, criterion in enumerate(comparison.problem.criteria):
        if skip is None or not skip[c]:
            for i, side in enumerate(sides):
                values[:, i, c] = _reached(criterion, side, c, share)[1]
    return weighted_mean(values, comparison.weights.cases)


def _reached(criterion: Criterion, side: _Side, c: int, share: float) -> Levels:
    """Return the level within reach that serves the side best and its value, both (S,)."""
    mode = side.mode[:, c]
    low, high = ((1 - share) * mode + share * end[:, c] for end in (side.low, side.high))
    turns = [np.clip(level, low, high) for level, _ in bends(criterion)]
    levels = np.stack([mode, low, high, *turns])  # (levels, S)
    values = _between(criterion, levels)
    best = (side.sign * values).argmax(axis=0)[None]
    return np.take_along_axis(levels, best, 0)[0], np.take_along_axis(values, best, 0)[0]


def _between(criterion: Criterion, levels: FloatArray) -> FloatArray:
    """Return the values of levels, those between two classes too."""
    if isinstance(criterion.value_function, Ordinal):
        return piecewise_linear(levels, points=bends(criterion))
    return value_of(criterion, levels)


def _straight(criterion: Criterion, sides: tuple[_Side, _Side], c: int) -> bool:
    """Return whether the value runs in a straight line over all room on a criterion."""
    worst, best = sorted((criterion.worst, criterion.best))
    ends = [(side.low[:, c].min(), side.high[:, c].max()) for side in sides]
    fixed = all((side.low[:, c] == side.high[:, c]).all() for side in sides)
    inside = all(worst <= low and high <= best for low, high in ends)
    return fixed or (isinstance(criterion.value_function, Linear) and inside)


def _least(lead: Callable[[float], float], *, exact: bool) -> tuple[float | None, float | None]:
    """Return the least share at which the lead is gone, and one at which it is not."""
    first, last = lead(0.0), lead(1.0)
    if first <= SCORE_TOLERANCE:
        return 0.0, 0.0
    if last > SCORE_TOLERANCE:
        return None, None
    if exact:
        share = min(first / (first - last), 1.0)
        return share, share
    return tipping_share(lambda share: lead(share) <= max(last, 0.0))


def _uncertain(sides: tuple[_Side, _Side], weights: FloatArray, cases: FloatArray) -> int:
    counted = (cases[:, None] > 0) & (weights > 0)  # (S, C)
    return sum(int((counted & (side.high > side.low)).sum()) for side in sides)


def _parts(
    comparison: Comparison, options: tuple[str, str], sides: tuple[_Side, _Side], share: float
) -> tuple[RoomPart, ...]:
    weights, cases = comparison.weights.criteria, comparison.weights.cases
    found = []
    for option, side in zip(options, sides, strict=True):
        for c, criterion in enumerate(comparison.problem.criteria):
            then, now = (_reached(criterion, side, c, part) for part in (share, 0.0))
            rise = float(weighted_mean(then[1] - now[1], cases))
            gain = side.sign * rise * float(weights[c])
            if gain > SCORE_TOLERANCE:
                classes = isinstance(criterion.value_function, Ordinal)
                at, before = (
                    None if classes else float(weighted_mean(each[0], cases))
                    for each in (then, now)
                )
                found.append(RoomPart(option, criterion.id, before, at, gain))
    return tuple(sorted(found, key=lambda p: (-round(p.gain, EQUAL), p.option, p.criterion)))
