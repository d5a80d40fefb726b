from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.effect_oracle import worth
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem, text

from afweging.analysis.compare import compare
from afweging.analysis.tornado import LEAST, MOST, Swing, find_swings
from afweging.model.criterion import Group, Ordinal
from afweging.model.result import Request

if TYPE_CHECKING:
    from afweging.model.result import Comparison

WEIGHED = Request(region_weights="banen", horizon_weights="straks", likelihood_set="kansen")


@cache
def _comparison(seed: int) -> Comparison:
    return compare(replace(random_problem(seed), requirements=()), WEIGHED)


def _by_thing(comparison: Comparison, a: int, b: int) -> dict[tuple[str, str], Swing]:
    return {(swing.kind, swing.node): swing for swing in find_swings(comparison, a, b)}


def _lead(comparison: Comparison, a: int, b: int) -> float:
    expected = comparison.scores.expected.low
    return float(expected[a] - expected[b])


@pytest.mark.parametrize("seed", range(5))
def test_effects_run_from_the_worst_to_the_best_of_both_options(seed: int) -> None:
    """In every case, found by trying three thousand levels between low and high."""
    comparison = _comparison(seed)
    problem, effects = comparison.problem, comparison.problem.effects
    found, lead = _by_thing(comparison, 0, 1), _lead(comparison, 0, 1)
    for c, criterion in enumerate(problem.criteria):
        mean: dict[tuple[int, str], float] = {(o, e): 0.0 for o in (0, 1) for e in ("-", "+", "0")}
        for s, weight in enumerate(comparison.weights.cases.tolist()):
            for option in (0, 1):
                place = (comparison.cases.rows[s], option, c)
                tried = np.linspace(effects.low[place], effects.high[place], 3001)
                if isinstance(criterion.value_function, Ordinal):
                    tried = np.unique(np.round(tried))
                values = worth(criterion, tried)
                mean[option, "-"] += weight * values.min()
                mean[option, "+"] += weight * values.max()
                mean[option, "0"] += weight * float(worth(criterion, effects.mode[place]))
        share = float(comparison.weights.criteria[c])
        rest = lead - share * (mean[0, "0"] - mean[1, "0"])
        swing = found[("effects", criterion.id)]
        assert swing.low == pytest.approx(rest + share * (mean[0, "-"] - mean[1, "+"]), abs=2e-4)
        assert swing.high == pytest.approx(rest + share * (mean[0, "+"] - mean[1, "-"]), abs=2e-4)


@pytest.mark.parametrize("seed", range(5))
def test_a_lens_runs_from_half_to_one_and_a_half_times_its_weight(seed: int) -> None:
    """The leads are those of the comparison with that weight in the value tree."""
    comparison = _comparison(seed)
    tree, weights = comparison.problem.tree, comparison.weights.lenses
    found = _by_thing(comparison, 1, 2)
    for place, lens in enumerate(tree.children):
        leads = {}
        for times in (LEAST, MOST):
            at = min(1.0, times * weights[place])
            rest = weights * (1 - at) / (1 - weights[place])
            local = [at if k == place else float(rest[k]) for k in range(len(weights))]
            children = tuple(
                replace(child, weight=weight)
                for child, weight in zip(tree.children, local, strict=True)
            )
            other = replace(comparison.problem, tree=replace(tree, children=children))
            leads[at] = _lead(compare(other, WEIGHED), 1, 2)
        swing = found[("lens", lens.id)]
        assert (swing.low, swing.high) == pytest.approx((min(leads.values()), max(leads.values())))
        for at, lead in ((swing.low_at, swing.low), (swing.high_at, swing.high)):
            assert isinstance(at, float)
            assert min(abs(at - key) + abs(lead - leads[key]) for key in leads) < 1e-9


@pytest.mark.parametrize("seed", range(5))
def test_an_axis_has_the_leads_in_one_of_its_cases_alone(seed: int) -> None:
    """The lead in a scenario is that of the comparison with that scenario only."""
    comparison = _comparison(seed)
    found, cases = _by_thing(comparison, 2, 0), comparison.cases.ids
    for axis, field in (("scenario", "scenarios"), ("region", "regions"), ("horizon", "horizons")):
        leads = {}
        for name in cases[axis]:  # type: ignore[index]
            likely = None if axis == "scenario" else "kansen"
            only = replace(WEIGHED, likelihood_set=likely, **{field: (name,)})  # type: ignore[arg-type]
            leads[name] = _lead(compare(comparison.problem, only), 2, 0)
        swing = found[(axis, axis)]
        assert (swing.low, swing.high) == pytest.approx((min(leads.values()), max(leads.values())))
        assert leads[str(swing.low_at)] == pytest.approx(swing.low)
        assert leads[str(swing.high_at)] == pytest.approx(swing.high)


@pytest.mark.parametrize("seed", range(5))
def test_the_widest_comes_first_and_the_lead_lies_within(seed: int) -> None:
    """Every thing keeps the lead between its ends, and nothing that does not move is told."""
    comparison = _comparison(seed)
    swings = find_swings(comparison, 0, 3)
    widths = [swing.width for swing in swings]
    assert widths == sorted(widths, reverse=True)
    assert min(widths) > 0
    for swing in swings:
        assert swing.low <= _lead(comparison, 0, 3) + 1e-9
        assert swing.high >= _lead(comparison, 0, 3) - 1e-9
        assert swing.reverses == (swing.low < -1e-9)


def test_identical_options_move_by_their_estimates_alone() -> None:
    """Weights and cases do not tell clones apart."""
    problem = replace(random_problem(4, Shape(clones=1)), requirements=())
    swings = find_swings(compare(problem), 0, 3)
    assert {swing.kind for swing in swings} == {"effects"}


def test_a_lens_with_all_weight_has_nothing_to_give_to() -> None:
    """One lens, or one that has all weight, is no thing that changes; nor is one without."""
    full = (
        Group("l1", text("l1"), 1.0, (leaf("a"),)),
        Group("l2", text("l2"), 0.0, (leaf("b"),)),
    )
    for children in ((leaf("a"),), full):
        width = len(children)
        problem = plain_problem([[[0.9] * width, [0.1] * width]], children)
        assert find_swings(compare(problem), 0, 1) == ()


def test_more_than_all_weight_is_all() -> None:
    """One and a half times 80 % is 100 %."""
    children = (leaf("a", 80.0), leaf("b", 20.0))
    (swing, _) = find_swings(compare(plain_problem([[[1.0, 0.0], [0.0, 1.0]]], children)), 0, 1)
    assert swing == Swing("lens", "a", swing.low, 1.0, 0.4, 1.0)
    assert swing.low == pytest.approx(-0.2)
