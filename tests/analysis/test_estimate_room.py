from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.random_problems import (
    Shape,
    leaf,
    plain_problem,
    random_problem,
    table_effects,
)

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.estimate_room import RoomFlip, find_room_flip
from afweging.analysis.explain import explain
from afweging.analysis.values import value_of
from afweging.model.criterion import Exponential, Ordinal, PiecewiseLinear

if TYPE_CHECKING:
    from afweging.model.criterion import Criterion
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison

SEEDS = range(4)


def _value(criterion: Criterion, level: float) -> float:
    """Return a value as it is by hand, between classes too."""
    if isinstance(criterion.value_function, Ordinal):
        values = [each.value for each in criterion.value_function.classes]
        return float(np.interp(level, range(len(values)), values))
    return float(value_of(criterion, np.array([level]))[0])


def _turns(criterion: Criterion) -> list[float]:
    match criterion.value_function:
        case PiecewiseLinear(points):
            return [level for level, _ in points]
        case Ordinal(classes):
            return [float(place) for place in range(len(classes))]
        case _:
            return []


def _lead(comparison: Comparison, leader: str, challenger: str, share: float) -> float:
    """Return the lead that is left, cell by cell: the worst of many levels within reach."""
    problem, total = comparison.problem, 0.0
    ids = [alternative.id for alternative in problem.alternatives]
    for row, case_weight in zip(comparison.cases.rows, comparison.weights.cases, strict=True):
        for c, criterion in enumerate(problem.criteria):
            for option, worst in ((leader, min), (challenger, max)):
                place = (row, ids.index(option), c)
                mode = problem.effects.mode[place]
                low = mode + share * (problem.effects.low[place] - mode)
                high = mode + share * (problem.effects.high[place] - mode)
                levels = [low, high, mode, *(x for x in _turns(criterion) if low < x < high)]
                value = worst(_value(criterion, level) for level in levels)
                sign = 1 if option == leader else -1
                total += sign * case_weight * comparison.weights.criteria[c] * value
    return float(total)


def _pairs(problem: DecisionProblem) -> list[tuple[Comparison, str, str, RoomFlip]]:
    comparison = compare(replace(problem, requirements=()))
    scores = dict(
        zip(
            [alternative.id for alternative in problem.alternatives],
            comparison.scores.expected.low.tolist(),
            strict=True,
        )
    )
    return [
        (comparison, a, b, find_room_flip(comparison, a, b))
        for a, b in permutations(scores, 2)
        if scores[a] >= scores[b]
    ]


@pytest.mark.parametrize("shape", [Shape(), Shape(linear=True)], ids=["bent", "straight"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_two_tie_at_the_share_and_not_before(seed: int, shape: Shape) -> None:
    """At the share the lead is 0; at 99 % of it, and at the bound, the leader is still ahead."""
    for comparison, a, b, found in _pairs(random_problem(seed, shape)):
        if found.share is None or found.bound is None:
            assert found.worst > 1e-9
            continue
        assert found.worst <= 1e-9
        assert _lead(comparison, a, b, found.share) == pytest.approx(0, abs=1e-9)
        assert _lead(comparison, a, b, 0.99 * found.share) > 1e-9
        assert _lead(comparison, a, b, found.bound) >= -1e-12
        assert 0 <= found.share - found.bound <= 1e-12


@pytest.mark.parametrize("seed", SEEDS)
def test_all_room_is_that_of_the_explanation(seed: int) -> None:
    """What is left of the lead with all against it is what explain says of the estimates."""
    for comparison, a, b, found in _pairs(random_problem(seed)):
        assert found.worst == pytest.approx(explain(comparison, a, b).estimates.low, abs=1e-12)
        assert found.worst == pytest.approx(_lead(comparison, a, b, 1.0), abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_parts_add_up_to_what_the_lead_loses(seed: int) -> None:
    """At the share the parts are the whole lead, else what all room takes off; largest first."""
    for comparison, a, b, found in _pairs(random_problem(seed)):
        gains = [part.gain for part in found.parts]
        now = _lead(comparison, a, b, 0.0)
        left = found.worst if found.share is None else 0.0
        assert sum(gains) == pytest.approx(now - left, abs=1e-7)
        assert gains == sorted(gains, reverse=True)
        assert {part.option for part in found.parts} <= {a, b}


@pytest.mark.parametrize("seed", SEEDS)
def test_straight_values_tie_when_compared_again(seed: int) -> None:
    """With every effect of both moved by the share toward its own end, both score the same."""
    problem = random_problem(seed, Shape(linear=True))
    ids = [alternative.id for alternative in problem.alternatives]
    effects, tied = problem.effects, 0
    for comparison, a, b, found in _pairs(problem):
        if found.share is None:
            continue
        mode = effects.mode.copy()
        for c, criterion in enumerate(problem.criteria):
            for option in (a, b):
                rises = (criterion.best > criterion.worst) == (option == b)
                end = (effects.high if rises else effects.low)[:, ids.index(option), c]
                mode[:, ids.index(option), c] += found.share * (end - mode[:, ids.index(option), c])
        again = compare(replace(comparison.problem, effects=table_effects(mode)))
        scores = dict(zip(ids, again.scores.expected.low.tolist(), strict=True))
        assert scores[a] == pytest.approx(scores[b], abs=1e-9)
        tied += 1
    assert tied


def _two(criterion: Criterion, low: float, mode: float, high: float) -> Comparison:
    """Return two options on one criterion, the second uncertain and behind the first, at 6."""
    problem = plain_problem([[[6.0], [mode]]], (criterion,))
    effects = table_effects(
        problem.effects.mode, low=np.array([[[6.0], [low]]]), high=np.array([[[6.0], [high]]])
    )
    return compare(replace(problem, effects=effects))


def test_by_hand() -> None:
    """From 4 up to 9 it takes two fifths of the room to reach 6; from 4 up to 5 all is too little.

    On a curve with its middle at 2 it takes as much, found by halving.
    """
    straight = leaf("a", worst=0, best=10)
    curved = leaf("a", worst=0, best=10, function=Exponential(2.0))
    for criterion in (straight, curved):
        found = find_room_flip(_two(criterion, 3.0, 4.0, 9.0), "O1", "O2")
        assert found.share == pytest.approx(0.4, abs=1e-12)
        assert found.uncertain == 1
        (part,) = found.parts
        assert (part.option, part.now) == ("O2", 4.0)
        assert part.at == pytest.approx(6.0)
    never = find_room_flip(_two(straight, 3.0, 4.0, 5.0), "O1", "O2")
    assert (never.share, never.bound) == (None, None)
    assert never.worst == pytest.approx(0.1)
    assert never.parts[0].at == pytest.approx(5.0)


def test_a_level_between_counts_where_the_value_turns() -> None:
    """With value 1 at 5 and less beyond, 5 is what is reached, not the end at 9.

    From 4 to 9, value 0.5 at 6 against 0.2 at 4: it is level at 4.375, three fortieths of 5.
    """
    points = ((0.0, 0.0), (4.0, 0.2), (5.0, 1.0), (6.0, 0.5), (10.0, 0.0))
    criterion = leaf("a", worst=0, best=10, function=PiecewiseLinear(points))
    found = find_room_flip(_two(criterion, 3.0, 4.0, 9.0), "O1", "O2")
    assert found.share == pytest.approx(0.075, abs=1e-12)
    assert found.worst == pytest.approx(0.5 - 1.0)
    assert found.parts[0].at == pytest.approx(4.375)


def test_without_room_or_lead_nothing_turns() -> None:
    """Estimates without low and high cannot turn anything; what ties already needs no room."""
    criterion = leaf("a", worst=0, best=10)
    found = find_room_flip(_two(criterion, 4.0, 4.0, 4.0), "O1", "O2")
    assert (found.share, found.uncertain, found.parts) == (None, 0, ())
    assert found.worst == pytest.approx(0.2)
    tied = find_room_flip(_two(criterion, 3.0, 6.0, 9.0), "O1", "O2")
    assert (tied.share, tied.bound, tied.parts) == (0.0, 0.0, ())


@cache
def _brabant() -> Comparison:
    return compare(afw.read_problem("scenarios/brabant"))


@pytest.mark.parametrize("pair", [("O7", "O4"), ("O7", "O2")])
def test_brabant_ties_at_the_share(pair: tuple[str, str]) -> None:
    """Sixty cases and eighteen criteria, bent and straight, cell by cell."""
    found = find_room_flip(_brabant(), *pair)
    assert found.share is not None
    assert _lead(_brabant(), *pair, found.share) == pytest.approx(0, abs=1e-9)
    assert _lead(_brabant(), *pair, 0.99 * found.share) > 0
