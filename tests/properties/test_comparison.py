from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.random_problems import (
    Shape,
    permuted,
    random_problem,
    table_effects,
    text,
    with_mode,
)

from afweging.analysis.compare import compare
from afweging.analysis.explain import explain
from afweging.model.criterion import Criterion, Exponential, Group, Linear, Ordinal, PiecewiseLinear
from afweging.model.problem import Alternative
from afweging.model.result import AXES, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Bounds, Comparison

SEEDS = st.integers(0, 10_000)
SHAPES = st.sampled_from(
    [Shape(), Shape(clones=1), Shape(gaps=3, requirements=2), Shape(options=6, scenarios=4)]
)
FEW = settings(max_examples=25, deadline=None, derandomize=True)


def _by_id(found: Comparison) -> dict[str, object]:
    """Return every number of a comparison under the ids it belongs to, ends bit for bit."""
    options = [a.id for a in found.problem.alternatives]
    criteria = [c.id for c in found.problem.criteria]
    lenses = [child.id for child in found.problem.tree.children]
    profiles = [profile.id for profile in found.problem.profiles]
    tables: dict[str, tuple[Bounds, Sequence[object], list[str]]] = {
        "criteria": (found.scores.criteria, options, criteria),
        "lenses": (found.scores.lenses, options, lenses),
        "panel": (found.scores.panel, profiles, options),
        "cases": (found.scores.cases, list(found.cases.labels), options),
        "regret": (found.regret.by_case, list(found.cases.labels), options),
        **{axis: (found.scores.axes[axis], list(found.cases.ids[axis]), options) for axis in AXES},
    }
    numbers: dict[str, object] = {
        f"{name} {row} {column} {end}": repr(float(getattr(bounds, end)[r, c]))
        for name, (bounds, rows, columns) in tables.items()
        for r, row in enumerate(rows)
        for c, column in enumerate(columns)
        for end in ("low", "high")
    }
    for a, option in enumerate(options):
        numbers[f"expected {option}"] = repr(found.scores.expected.at(a))
        numbers[f"first {option}"] = repr(found.first.share.at(a))
    weights = (found.weights.criteria.tolist(), found.weights.lenses.tolist())
    numbers |= dict(zip(criteria, weights[0], strict=True)) | dict(
        zip(lenses, weights[1], strict=True)
    )
    return numbers


def _loose(found: Comparison) -> dict[str, object]:
    """Return the records of a comparison without their order."""
    first = found.first
    winners = (first.overall, *first.profiles, *(w for axis in AXES for w in first.axes[axis]))
    regrets = (
        *((1, r) for r in found.regret.over_scenarios),
        *((2, r) for r in found.regret.over_cases),
        *((3, r) for r in found.regret.lowest_score),
    )
    return {
        "ranking": set(found.ranking),
        "screening": set(found.screening),
        "dominated": set(found.dominated),
        "exchange": set(found.exchange),
        "evidence": dict(found.evidence),
        "perspectives": dict(found.weights.perspectives),
        "gaps": dict(found.gaps),
        "winners": {(w.of, frozenset(w.alternatives), w.settled) for w in winners},
        "regrets": {(n, r.alternative, r.span, frozenset(r.states)) for n, r in regrets},
        "notices": {
            (n.code, frozenset(repr(_bag(fact)) for fact in n.facts.values()))
            for n in found.notices
        },
    }


def _bag(fact: object) -> object:
    return sorted(fact) if isinstance(fact, tuple) else fact


@FEW
@given(SEEDS, SHAPES)
def test_order_in_is_order_out_and_nothing_else(seed: int, shape: Shape) -> None:
    """Any order of options, criteria, lenses, cases and profiles gives the same bits."""
    problem = random_problem(seed, shape)
    turned, _ = permuted(problem, np.random.default_rng(seed))
    for request in (Request(), Request(profile="P2", region_weights="banen")):
        one, other = compare(problem, request), compare(turned, request)
        assert _by_id(one) == _by_id(other)
        assert _loose(one) == _loose(other)
        told, again = (explain(found, "O1", "O2") for found in (one, other))
        assert told.lens_tips == again.lens_tips
        assert told.effect_tip == again.effect_tip
        assert (told.difference, told.estimates) == (again.difference, again.estimates)
        assert set(told.because) == set(again.because)
        assert told.cases_ahead == again.cases_ahead


def _map_leaves(group: Group, change: Callable[[Criterion], Criterion]) -> Group:
    children = tuple(
        change(child) if isinstance(child, Criterion) else _map_leaves(child, change)
        for child in group.children
    )
    return replace(group, children=children)


@FEW
@given(SEEDS, st.floats(0.01, 500), st.floats(-1000, 1000))
def test_another_unit_changes_nothing(seed: int, factor: float, shift: float) -> None:
    """Euros or thousands of euros, Celsius or Fahrenheit: scores, ranks and warnings stay."""
    problem = random_problem(seed, Shape(clones=1))

    def move(x: float) -> float:
        return factor * x + shift

    def change(criterion: Criterion) -> Criterion:
        function = criterion.value_function
        if isinstance(function, Ordinal):
            return criterion
        if isinstance(function, PiecewiseLinear):
            function = PiecewiseLinear(tuple((move(x), v) for x, v in function.points))
        if isinstance(function, Exponential):
            function = Exponential(move(function.midvalue))
        ends = {"worst": move(criterion.worst), "best": move(criterion.best)}
        return replace(criterion, value_function=function, **ends)  # type: ignore[arg-type]

    classes = [isinstance(c.value_function, Ordinal) for c in problem.criteria]
    mode = np.where(classes, problem.effects.mode, factor * problem.effects.mode + shift)
    other = replace(
        with_mode(problem, mode), tree=_map_leaves(problem.tree, change), requirements=()
    )
    before, after = compare(replace(problem, requirements=())), compare(other)
    assert after.scores.cases.low == pytest.approx(before.scores.cases.low, abs=1e-7)
    assert [line.rank for line in after.ranking] == [line.rank for line in before.ranking]
    assert [n.code for n in after.notices] == [n.code for n in before.notices]


@FEW
@given(SEEDS)
def test_a_clone_changes_no_other_score(seed: int) -> None:
    """With a copy of an option every score stays; the copy scores and ranks the same."""
    problem = random_problem(seed, Shape(requirements=0))
    effects = problem.effects
    copied = {
        name: np.concatenate([getattr(effects, name), getattr(effects, name)[:, [1]]], axis=1)
        for name in ("mode", "low", "high", "evidence", "source")
    }
    other = compare(
        replace(
            problem,
            alternatives=(*problem.alternatives, Alternative("kloon", text("kloon"))),
            effects=table_effects(copied.pop("mode"), **copied),
        )
    )
    before = compare(problem)
    assert other.scores.expected.low[:4].tolist() == before.scores.expected.low.tolist()
    assert other.scores.expected.low[4] == other.scores.expected.low[1]
    ranks = {line.id: line.rank for line in other.ranking}
    assert ranks["kloon"] == ranks["O2"]
    old = {each.alternative: each.span for each in before.regret.over_scenarios}
    new = {each.alternative: each.span for each in other.regret.over_scenarios}
    assert {name: new[name] for name in old} == old


@FEW
@given(SEEDS)
def test_dominance_is_respected(seed: int) -> None:
    """A dominated option scores no higher in any case, for any profile, and has no less regret."""
    problem = random_problem(seed, Shape(options=3, requirements=0))
    mode = problem.effects.mode.copy()
    columns = enumerate(problem.criteria)
    for c in (c for c, each in columns if isinstance(each.value_function, Linear | Exponential)):
        better = max if problem.criteria[c].direction == "max" else min
        mode[:, 0, c] = [better(pair) for pair in zip(mode[:, 0, c], mode[:, 1, c], strict=True)]
    for c, criterion in enumerate(problem.criteria):
        if not isinstance(criterion.value_function, Linear | Exponential):
            mode[:, 0, c] = mode[:, 1, c]
    found = compare(with_mode(problem, mode))
    if ("O2", "O1") not in found.dominated:
        assert found.scores.values.low[:, 0].tolist() == found.scores.values.low[:, 1].tolist()
    assert (found.scores.cases.low[:, 0] >= found.scores.cases.low[:, 1] - 1e-12).all()
    assert (found.scores.panel.low[:, 0] >= found.scores.panel.low[:, 1] - 1e-12).all()
    spans = {each.alternative: each.span.low for each in found.regret.over_scenarios}
    assert spans["O1"] <= spans["O2"] + 1e-12


@FEW
@given(SEEDS, st.integers(0, 5), st.floats(0.05, 1))
def test_worsening_an_effect_never_helps(seed: int, column: int, step: float) -> None:
    """Moved towards the worst reference, an option scores no higher and ranks no better."""
    problem = random_problem(seed, Shape(requirements=0))
    criterion = problem.criteria[column]
    if not isinstance(criterion.value_function, Linear | Exponential):
        return
    mode = problem.effects.mode.copy()
    mode[0, 1, column] += step * (criterion.worst - mode[0, 1, column])
    before, after = compare(problem), compare(with_mode(problem, mode))
    assert after.scores.expected.low[1] <= before.scores.expected.low[1] + 1e-12
    ranks = [{line.id: line.rank or 0 for line in found.ranking}["O2"] for found in (before, after)]
    assert ranks[1] >= ranks[0]


@FEW
@given(SEEDS, SHAPES)
def test_regret_and_maximin_keep_their_laws(seed: int, shape: Shape) -> None:
    """Regret is 0 for the best of each state and never negative; the lowest is below the mean."""
    found = compare(random_problem(seed, shape))
    allowed = np.array(found.admissible)
    for bounds in (found.regret.by_scenario, found.regret.by_case):
        assert (bounds.low[:, allowed] >= 0).all()
        assert (bounds.high[:, allowed] >= bounds.low[:, allowed]).all()
        assert (bounds.low[:, allowed].min(axis=1) == 0).all()
        assert np.isnan(bounds.low[:, ~allowed]).all()
    for a, each in enumerate(found.regret.lowest_score):
        assert each.span.low <= found.scores.expected.low[a] + 1e-12
        assert each.span.high <= found.scores.expected.high[a] + 1e-12


@FEW
@given(SEEDS)
def test_weights_rescaled_with_their_scales_keep_all_differences(seed: int) -> None:
    """On wider scales, weights times stretch keep every difference up to one common factor."""
    problem = random_problem(seed, Shape(linear=True, requirements=0))
    rng = np.random.default_rng(seed)
    before = compare(problem)
    flat, weights = [], before.weights.criteria.tolist()
    for criterion, weight in zip(problem.criteria, weights, strict=True):
        span = criterion.best - criterion.worst
        worst = criterion.worst - float(rng.uniform(0, 1)) * span
        best = criterion.best + float(rng.uniform(0, 1)) * span
        stretch = (best - worst) / span
        flat.append(replace(criterion, weight=weight * stretch, worst=worst, best=best))
    other = replace(problem, tree=replace(problem.tree, children=tuple(flat)))
    after = compare(replace(other, profiles=()))
    one, two = before.scores.cases.low, after.scores.cases.low
    ratio = np.diff(two, axis=1) / np.diff(one, axis=1)
    assert ratio == pytest.approx(np.full(ratio.shape, ratio[0, 0]), rel=1e-6)
    assert [line.id for line in after.ranking] == [line.id for line in before.ranking]


@FEW
@given(SEEDS)
def test_a_second_call_equals_the_first(seed: int) -> None:
    """Comparing leaves nothing behind: the second answer has the same bits."""
    problem: DecisionProblem = random_problem(seed, Shape(gaps=1))
    assert _by_id(compare(problem)) == _by_id(compare(problem))
