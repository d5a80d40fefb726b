from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.oracle import Oracle
from tests.analysis.random_problems import (
    Shape,
    draw,
    leaf,
    plain_problem,
    random_problem,
    with_mode,
)

from afweging.analysis.compare import compare, find_profile
from afweging.errors import RequestError
from afweging.model.criterion import Ordinal, PiecewiseLinear
from afweging.model.provenance import EVIDENCE
from afweging.model.result import AXES, Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from afweging.model.criterion import Criterion
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison, Regret

SHAPES = [
    Shape(),
    Shape(gaps=3, requirements=2),
    Shape(clones=2, gaps=1),
    Shape(options=3, scenarios=1, regions=1, horizons=1, profiles=0, requirements=0),
    Shape(options=1, requirements=0),
]
CASES = list(product(range(5), SHAPES))


def _asked(problem: DecisionProblem, seed: int) -> tuple[Comparison, Oracle]:
    """Return a comparison with unequal cases and a profile, and its oracle."""
    profile = problem.profiles[seed % 3].id if problem.profiles else None
    shares = {
        "scenario": {w.id: w.value or 0.0 for w in problem.scenario_likelihoods[0].weights},
        "region": {w.id: w.value or 0.0 for w in problem.region_weights[0].weights},
    }
    request = Request(profile=profile, region_weights="banen", likelihood_set="kansen")
    return compare(problem, request), Oracle(problem, profile=profile, shares=shares)


@pytest.mark.parametrize(("seed", "shape"), CASES)
def test_scores_equal_plain_loops(seed: int, shape: Shape) -> None:
    """Scores overall, per case, per axis, per criterion and per lens are those of plain loops."""
    found, oracle = _asked(random_problem(seed, shape), seed)
    for a, option in enumerate(oracle.options):
        assert _pair(found.scores.expected, a) == pytest.approx(oracle.expected[option])
        for s, case in enumerate(oracle.cases):
            scores = oracle.case_scores[case]
            assert _pair(found.scores.cases, s, a) == pytest.approx(scores[option])
        for axis in AXES:
            for g, name in enumerate(oracle.ids[axis]):
                expected = oracle.score(option, among=oracle.on(axis, name))
                assert _pair(found.scores.axes[axis], g, a) == pytest.approx(expected)
        parts = [oracle.part(option, name) for name in oracle.criteria]
        for c, part in enumerate(parts):
            assert _pair(found.scores.criteria, a, c) == pytest.approx(part)
        for end in ("low", "high"):
            total = getattr(found.scores.expected, end)[a]
            assert getattr(found.scores.criteria, end)[a].sum() == pytest.approx(total)
            assert getattr(found.scores.lenses, end)[a].sum() == pytest.approx(total)
            lens = getattr(found.scores.lenses, end)[a]
            assert lens[1] == pytest.approx(getattr(found.scores.criteria, end)[a, 3:5].sum())


def _pair(bounds: object, *place: int) -> tuple[float, float]:
    span = bounds.at(*place)  # type: ignore[attr-defined]
    return span.low, span.high


@pytest.mark.parametrize(("seed", "shape"), CASES)
def test_who_is_first_equals_plain_loops(seed: int, shape: Shape) -> None:
    """Winners overall, per axis and per profile, and whether it is settled, as by plain loops."""
    problem = random_problem(seed, shape)
    found, oracle = _asked(problem, seed)
    groups = [(found.first.overall, oracle.expected)]
    for axis in AXES:
        groups += [
            (each, oracle.scores(among=oracle.on(axis, each.of))) for each in found.first.axes[axis]
        ]
    for each, profile in zip(found.first.profiles, problem.profiles, strict=True):
        assert each.of == profile.id
        groups.append((each, oracle.scores(weights=oracle.weights(profile))))
    for each, scores in groups:
        assert list(each.alternatives) == oracle.first(scores)
        assert each.settled == oracle.settled(scores)
    for a, option in enumerate(oracle.options):
        if option in oracle.allowed:
            expected = oracle.share_first(option)
            assert _pair(found.first.share, a) == pytest.approx(expected, abs=1e-12)
        else:
            assert np.isnan(found.first.share.low[a])


@pytest.mark.parametrize(("seed", "shape"), CASES)
def test_regret_and_lowest_score_equal_plain_loops(seed: int, shape: Shape) -> None:
    """Regret per scenario, its maximum, the lowest score and their scenarios, as by loops."""
    found, oracle = _asked(random_problem(seed, shape), seed)
    assert [each.alternative for each in found.regret.over_scenarios] == oracle.allowed
    for each in found.regret.over_scenarios:
        low, high, states = oracle.greatest_regret(each.alternative)
        assert (each.span.low, each.span.high) == pytest.approx((low, high), abs=1e-12)
        assert set(each.states) == states
        for g, scores in enumerate(oracle.scenario_scores.values()):
            place = (g, oracle.options.index(each.alternative))
            expected = oracle.regret(each.alternative, scores)
            assert _pair(found.regret.by_scenario, *place) == pytest.approx(expected, abs=1e-12)
    for each in found.regret.lowest_score:
        lows, highs = zip(
            *(scores[each.alternative] for scores in oracle.scenario_scores.values()), strict=True
        )
        assert (each.span.low, each.span.high) == pytest.approx((min(lows), min(highs)))
        possible = [low <= min(highs) + 1e-9 for low in lows]
        assert [name in each.states for name in oracle.ids["scenario"]] == possible
    for each in found.regret.over_cases:
        worst = max(
            oracle.regret(each.alternative, scores)[1] for scores in oracle.case_scores.values()
        )
        assert each.span.high == pytest.approx(worst, abs=1e-12)


@pytest.mark.parametrize(("seed", "shape"), CASES)
def test_ranks_dominance_and_evidence_equal_plain_loops(seed: int, shape: Shape) -> None:
    """Rank bounds, who dominates whom, and the evidence shares, as by plain loops."""
    problem = random_problem(seed, shape)
    found, oracle = _asked(problem, seed)
    for line in found.ranking:
        rivals = [oracle.expected[o] for o in oracle.allowed if o != line.id]
        sure = [oracle.expected[o] for o in oracle.allowed if o != line.id and o in oracle.certain]
        low, high = oracle.expected[line.id]
        ranked = line.id in oracle.allowed
        assert line.rank == (1 + sum(r[0] > high + 1e-9 for r in sure) if ranked else None)
        assert line.worst_rank == (1 + sum(r[1] > low + 1e-9 for r in rivals) if ranked else None)
    pairs = product(oracle.options, oracle.options)
    expected = {(b, a) for a, b in pairs if a != b and oracle.dominates(a, b)}
    assert set(found.dominated) == expected
    shares = dict.fromkeys(EVIDENCE, 0.0)
    missing = 0.0
    for case, option, name in oracle.values:
        weight = oracle.case_weight(case) * oracle.weight[name] / len(oracle.options)
        place = (oracle.row[case], oracle.options.index(option), oracle.column[name])
        if np.isnan(problem.effects.mode[place]):
            missing += weight
        else:
            shares[EVIDENCE[problem.effects.evidence[place]]] += weight
    assert dict(found.evidence) == pytest.approx(shares)
    assert sum(found.evidence.values()) == pytest.approx(1 - missing)
    carried = sum(w for c, w in oracle.weight.items() if oracle.criteria[c].perspective == "mens")
    assert dict(found.weights.perspectives) == pytest.approx({"mens": carried})


# --- gaps: every possible completion lies within the bounds ------------------------------------


def _fill_ins(problem: DecisionProblem, seed: int) -> Iterator[DecisionProblem]:
    """Yield completions of the gaps: every corner, and random ones."""
    rng = np.random.default_rng(seed)
    places = [tuple(place) for place in np.argwhere(np.isnan(problem.effects.mode)).tolist()]
    criteria = [problem.criteria[place[2]] for place in places]
    corners = list(product(*(_extreme_levels(criterion) for criterion in criteria)))
    draws = [tuple(draw(rng, criterion) for criterion in criteria) for _ in range(12)]
    for levels in (*corners, *draws):
        mode = problem.effects.mode.copy()
        for place, level in zip(places, levels, strict=True):
            mode[place] = level
        yield with_mode(problem, mode)


def _extreme_levels(criterion: Criterion) -> tuple[float, float]:
    """Return the levels with the least and the greatest value."""
    function = criterion.value_function
    levels = [criterion.worst, criterion.best]
    if isinstance(function, PiecewiseLinear):
        levels = [x for x, _ in function.points]
    if isinstance(function, Ordinal):
        levels = [float(i) for i in range(len(function.classes))]
    value = {x: Oracle.value(_NO_ORACLE, criterion, x) for x in levels}
    return min(levels, key=lambda x: value[x]), max(levels, key=lambda x: value[x])


_NO_ORACLE = Oracle(random_problem(0))


def _within(whole: Regret | None, part: Regret) -> bool:
    return (
        whole is not None
        and whole.span.low - 1e-12 <= part.span.low <= whole.span.high + 1e-12
        and set(part.states) <= set(whole.states)
    )


@pytest.mark.parametrize("requirements", [0, 1])
@pytest.mark.parametrize("seed", range(12))
def test_every_completion_lies_within_the_bounds(seed: int, requirements: int) -> None:
    """Score, rank, regret, lowest score and share first of any completion are within bounds."""
    shape = Shape(gaps=4, regions=1, horizons=1, requirements=requirements)
    problem = random_problem(seed, shape)
    found = compare(problem)
    lines = {line.id: line for line in found.ranking}
    regret = {each.alternative: each for each in found.regret.over_scenarios}
    lowest = {each.alternative: each for each in found.regret.lowest_score}
    for filled in _fill_ins(problem, seed):
        other = compare(filled)
        if requirements and {each.verdict for each in other.screening} == {"fails"}:
            continue  # then all count again, which no bound foresees
        assert set(other.first.overall.alternatives) <= set(found.first.overall.alternatives)
        for line in other.ranking:
            whole = lines[line.id]
            assert whole.score.low - 1e-12 <= line.score.low <= whole.score.high + 1e-12
            if line.rank is not None and line.worst_rank is not None:
                assert (whole.rank or 9) <= line.rank <= line.worst_rank <= (whole.worst_rank or 0)
        for each in other.regret.over_scenarios:
            assert _within(regret.get(each.alternative), each)
        for each in other.regret.lowest_score:
            assert _within(lowest.get(each.alternative), each)
        ok = ~np.isnan(other.first.share.low)
        assert (other.first.share.low >= found.first.share.low - 1e-12)[ok].all()
        assert (other.first.share.high <= found.first.share.high + 1e-12)[ok].all()


@pytest.mark.parametrize("seed", range(40))
def test_settled_winners_win_always_and_others_can_lose(seed: int) -> None:
    """Settled: the same winners in every completion. Not settled: each wins in some, not in all."""
    shape = Shape(options=3, scenarios=2, regions=1, horizons=1, gaps=3, requirements=0)
    problem = random_problem(seed, shape)
    found = compare(problem)
    groups = [found.first.overall, *found.first.axes["scenario"], *found.first.profiles]
    seen: list[set[frozenset[str]]] = [set() for _ in groups]
    for filled in _fill_ins(problem, seed):
        first = compare(filled).first
        others = [first.overall, *first.axes["scenario"], *first.profiles]
        for winners, other in zip(seen, others, strict=True):
            winners.add(frozenset(other.alternatives))
    for group, winners in zip(groups, seen, strict=True):
        assert frozenset().union(*winners) == set(group.alternatives)
        assert group.settled == (len(winners) == 1)


def test_both_kinds_of_winner_occur() -> None:
    """The random problems above hold settled and unsettled winners."""
    shape = Shape(options=3, scenarios=2, regions=1, horizons=1, gaps=3, requirements=0)
    settled = [compare(random_problem(seed, shape)).first.overall.settled for seed in range(40)]
    assert 5 < sum(settled) < 35


# --- small facts ---------------------------------------------------------------------------------


def test_profile_that_is_not_there_is_a_fault() -> None:
    """An unknown profile is refused with the known ones; none asked means the tree."""
    problem = random_problem(1)
    assert find_profile(problem, None) is None
    with pytest.raises(RequestError) as caught:
        compare(problem, Request(profile="P9"))
    assert caught.value.faults[0].facts["known"] == ("P1", "P2", "P3")


def test_ties_are_reported_in_every_answer() -> None:
    """Two options equal within rounding share rank, first place and regret 0."""
    rows = [[[0.3], [0.1 + 0.2], [0.1]], [[0.7], [0.7], [0.2]]]
    found = compare(plain_problem(rows, (leaf("a"),)))
    assert [(line.rank, line.worst_rank) for line in found.ranking] == [(1, 1), (1, 1), (3, 3)]
    assert found.first.overall.alternatives == ("O1", "O2")
    assert found.first.overall.settled
    assert found.first.share.low.tolist() == [1, 1, 0]


def test_without_likelihoods_scenarios_count_equally() -> None:
    """No likelihoods: the mean counts every scenario the same, and says none were stated."""
    found = compare(plain_problem([[[0.2], [0.6]], [[0.9], [0.3]], [[0.4], [0.3]]], (leaf("a"),)))
    assert found.scores.expected.low.tolist() == pytest.approx([0.5, 0.4])
    assert not found.cases.likely


def _frozen(array: NDArray[np.float64]) -> bool:
    return not array.flags.writeable


def test_results_cannot_be_written_to() -> None:
    """The bounds in a result are read-only, so that no reader changes another's answer."""
    found = compare(random_problem(1))
    assert _frozen(found.scores.expected.low)
    assert _frozen(found.scores.values.high)
    assert _frozen(found.regret.by_case.low)
