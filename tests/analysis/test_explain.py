from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.oracle import Oracle
from tests.analysis.random_problems import (
    Shape,
    leaf,
    plain_problem,
    random_problem,
    text,
    with_mode,
)

from afweging.analysis.compare import compare
from afweging.analysis.explain import explain, lens_tips
from afweging.analysis.weights import local_weights
from afweging.errors import RequestError
from afweging.model.criterion import Group, Ordinal
from afweging.model.result import Request

if TYPE_CHECKING:
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison, Explanation

SHAPE = Shape(options=3, regions=1, requirements=0)


def _at_weight(problem: DecisionProblem, lens: str, at: float) -> Comparison:
    """Return the comparison with one lens at another weight, the others in proportion."""
    local = local_weights(problem.tree, None)
    rest = 1 - local[lens]
    children = tuple(
        replace(child, weight=at if child.id == lens else local[child.id] * (1 - at) / rest)
        for child in problem.tree.children
    )
    return compare(replace(problem, tree=replace(problem.tree, children=children)))


def _gap(found: Comparison, told: Explanation) -> float:
    place = {option.id: a for a, option in enumerate(found.problem.alternatives)}
    scores = found.scores.expected.low
    return float(scores[place[told.first]] - scores[place[told.second]])


@pytest.mark.parametrize("seed", range(10))
def test_lens_tips_are_ties_of_a_new_comparison(seed: int) -> None:
    """Compared again at the tip the two tie, 1 per cent before it they do not; else no crossing."""
    problem = random_problem(seed, SHAPE)
    found = compare(problem)
    for first, second in combinations(["O1", "O2", "O3"], 2):
        told = explain(found, first, second)
        now = _gap(found, told)
        assert now >= 0
        at = {tip.node: tip for tip in told.lens_tips}
        for lens in problem.tree.children:
            if lens.id not in at:
                grid = [_gap(_at_weight(problem, lens.id, t), told) for t in np.linspace(0, 1, 21)]
                assert min(grid) > 0
                continue
            tip = at[lens.id]
            assert _gap(_at_weight(problem, lens.id, tip.at), told) == pytest.approx(0, abs=1e-9)
            before = tip.at + 0.01 * (tip.weight - tip.at)
            assert _gap(_at_weight(problem, lens.id, before), told) > 0
        distance = [abs(tip.at - tip.weight) for tip in told.lens_tips]
        assert distance == sorted(distance)


@pytest.mark.parametrize("seed", range(10))
def test_lens_tips_of_a_profile_are_those_of_its_weights(seed: int) -> None:
    """Under a profile the tips follow its weights, also within the lens."""
    problem = random_problem(seed, SHAPE)
    for profile in problem.profiles:
        found = compare(problem, Request(profile=profile.id))
        oracle = Oracle(problem, profile=profile.id)
        told = explain(found, "O1", "O2")
        at = {tip.node: tip.at for tip in told.lens_tips}
        for lens in problem.tree.children:
            expected = oracle.tip(lens.id, told.first, told.second)
            assert at.get(lens.id) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("seed", range(10))
def test_effect_tip_does_exactly_what_it_says(seed: int) -> None:
    """With the effect shifted as told in every case the two tie, and the mean is as told."""
    problem = random_problem(seed, Shape(options=3, regions=1, requirements=0, linear=True))
    found = compare(problem)
    told = explain(found, "O1", "O3")
    tip = told.effect_tip
    if tip is None:
        return
    assert tip.alternative == told.first
    a = int(tip.alternative[1]) - 1
    c = [criterion.id for criterion in problem.criteria].index(tip.criterion)
    mode = problem.effects.mode.copy()
    assert mode[:, a, c].mean() == pytest.approx(tip.now)
    mode[:, a, c] += tip.at - tip.now
    low, high = sorted((problem.criteria[c].worst, problem.criteria[c].best))
    assert low - 1e-6 <= mode[:, a, c].min() <= mode[:, a, c].max() <= high + 1e-6
    again = compare(with_mode(problem, mode))
    assert _gap(again, told) == pytest.approx(0, abs=1e-9)


def test_effect_tips_occur() -> None:
    """The random problems above hold effect tips, and cases without one."""
    shape = Shape(options=3, regions=1, requirements=0, linear=True)
    tips = [
        explain(compare(random_problem(seed, shape)), "O1", "O3").effect_tip for seed in range(10)
    ]
    assert 1 <= sum(tip is not None for tip in tips) <= 9


@pytest.mark.parametrize("seed", range(10))
def test_clauses_add_up_to_the_difference(seed: int) -> None:
    """Because and despite add up to the difference, each in order of size."""
    told = explain(compare(random_problem(seed, SHAPE)), "O2", "O3")
    parts = [clause.difference for clause in (*told.because, *told.despite)]
    assert sum(parts) == pytest.approx(told.difference.exact, abs=1e-8)
    because = [clause.difference for clause in told.because]
    despite = [clause.difference for clause in told.despite]
    assert because == sorted(because, reverse=True)
    assert despite == sorted(despite)
    assert min(because, default=1) > 0 > max(despite, default=-1)


@pytest.mark.parametrize("seed", range(6))
def test_estimates_bound_the_difference_of_every_draw(seed: int) -> None:
    """Whatever the effects are within their estimates, the difference is within the bounds."""
    problem, rng = random_problem(seed, SHAPE), np.random.default_rng(seed)
    told = explain(compare(problem), "O1", "O2")
    effects = problem.effects
    ordinal = np.array([isinstance(c.value_function, Ordinal) for c in problem.criteria])
    for _ in range(40):
        level = rng.uniform(effects.low, effects.high)
        level = np.where(ordinal, np.round(level), level)
        gap = _gap(compare(with_mode(problem, level)), told)
        assert told.estimates.low - 1e-9 <= gap <= told.estimates.high + 1e-9


def test_the_order_asked_does_not_matter() -> None:
    """The option with the higher score comes first, whoever is named first."""
    found = compare(random_problem(5, SHAPE))
    one, other = explain(found, "O1", "O2"), explain(found, "O2", "O1")
    assert one == other
    assert lens_tips(found, "O2", "O1") == one.lens_tips


def test_a_tie_has_no_tips() -> None:
    """Equal options tip at no weight and by no effect, as asked and without a because."""
    found = compare(plain_problem([[[0.3, 0.6], [0.3, 0.6], [0.1, 0.9]]], (leaf("a"), leaf("b"))))
    told = explain(found, "O2", "O1")
    assert (told.first, told.difference.exact) == ("O2", 0)
    assert (told.lens_tips, told.effect_tip, told.because, told.despite) == ((), None, (), ())
    assert explain(found, "O1", "O3").difference.low < 0.1


def test_a_tie_by_trade_off_has_no_tips_either() -> None:
    """Options that are level by give and take tip nowhere: they tie at the weights they have."""
    found = compare(plain_problem([[[0.3, 0.6], [0.6, 0.3]]], (leaf("a"), leaf("b"))))
    told = explain(found, "O1", "O2")
    assert len(told.because) == len(told.despite) == 1
    assert (told.lens_tips, told.effect_tip) == ((), None)


def test_a_single_lens_has_no_tip() -> None:
    """With one lens, also one whose weights only add up to nearly 1, there is nothing to shift."""
    inner = tuple(leaf(f"c{i}", 0.1) for i in range(10))
    lens = Group("lens", text("lens"), 7.0, inner)
    rows = [[[0.3 + 0.02 * i for i in range(10)], [0.5 - 0.01 * i for i in range(10)]]]
    assert explain(compare(plain_problem(rows, (lens,))), "O1", "O2").lens_tips == ()


def test_a_lens_without_weight_can_tip() -> None:
    """A lens that does not count yet tips at the weight at which it outbids the others."""
    first, second = Group("x", text("x"), 1, (leaf("a"),)), Group("y", text("y"), 0, (leaf("b"),))
    found = compare(plain_problem([[[0.8, 0.1], [0.6, 0.7]]], (first, second)))
    told = explain(found, "O1", "O2")
    (tip,) = told.lens_tips
    assert (tip.node, tip.weight) == ("y", 0)
    assert tip.at == pytest.approx(0.25)


def test_a_gap_leaves_the_tips_out() -> None:
    """Where a gap hides the difference there are bounds, and no tip that could be wrong."""
    problem = random_problem(3, SHAPE)
    mode = problem.effects.mode.copy()
    mode[0, 0, 1] = np.nan
    told = explain(compare(with_mode(problem, mode)), "O1", "O2")
    assert told.unknown == ("C2",)
    assert told.difference.exact is None
    assert (told.lens_tips, told.effect_tip) == ((), None)


@pytest.mark.parametrize(
    ("pair", "code"),
    [(("O1", "X"), "unknown-name"), (("O2", "O2"), "same-option")],
)
def test_what_cannot_be_explained_is_refused(pair: tuple[str, str], code: str) -> None:
    """An unknown option, or one against itself, is a fault."""
    with pytest.raises(RequestError) as caught:
        explain(compare(random_problem(1)), *pair)
    assert [fault.code for fault in caught.value.faults] == [code]
