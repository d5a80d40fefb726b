from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.analysis.lens_problems import lens_problem, random_lens_problem
from tests.analysis.random_problems import Shape, random_problem
from tests.analysis.test_undecided import nested

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.incomplete_weights import IncompleteWeights, find_incomplete
from afweging.analysis.weight_sets import KINDS, WeightSet, WeightSetKind, weight_set
from afweging.analysis.weight_space import find_weight_space
from afweging.errors import RequestError
from afweging.methods.ranking import rank_scores
from afweging.methods.weight_relations import extreme_ranks
from afweging.model.criterion import Criterion, Group
from afweging.model.result import Comparison, Request

FloatArray = NDArray[np.float64]

SEEDS = st.integers(0, 10**6)
FREE = [kind for kind in KINDS if kind != "answers"]


def _corners(possible: WeightSet) -> FloatArray:
    """Return the weights of the criteria at each combination of extreme points, (V, C)."""
    found = []
    for chosen in product(*(group.points for group in possible.groups.values())):
        local: dict[str, float] = {}
        for group, point in zip(possible.groups.values(), chosen, strict=True):
            local |= dict(zip(group.children, point.tolist(), strict=True))
        found.append(_paths(possible.tree, local, 1.0))
    return np.array(found)


def _paths(node: Group | Criterion, local: dict[str, float], weight: float) -> list[float]:
    if isinstance(node, Criterion):
        return [weight]
    paths = (_paths(child, local, weight * local[child.id]) for child in node.children)
    return [each for path in paths for each in path]


def _values(comparison: Comparison) -> FloatArray:
    return np.asarray(comparison.scores.means.low[list(comparison.admissible)])


def _case(seed: int, kind: WeightSetKind) -> tuple[Comparison, WeightSet]:
    if kind == "answers":
        problem, profile = nested(seed)
        problem = replace(problem, profiles=(*problem.profiles, profile))
        return compare(problem, Request(profile=profile.id)), weight_set(
            problem.tree, profile, kind
        )
    problem = random_problem(seed, Shape(options=4, profiles=0))
    return compare(problem), weight_set(problem.tree, None, kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_extremes_are_those_of_all_corners(kind: WeightSetKind, seed: int) -> None:
    """Intervals, leads, dominance and losses equal those over every combination of corners."""
    comparison, possible = _case(seed, kind)
    found = find_incomplete(comparison, weights=kind)
    scores = _values(comparison) @ _corners(possible).T  # (A, V)
    assert found.rules.maximin == pytest.approx(scores.min(axis=1))
    assert found.rules.maximax == pytest.approx(scores.max(axis=1))
    assert found.rules.central == pytest.approx((scores.min(axis=1) + scores.max(axis=1)) / 2)
    leads = scores[:, None] - scores[None]  # (A, A, V)
    assert found.rules.possible_loss == pytest.approx(leads.max(axis=2).max(axis=0))
    dominates = (leads.min(axis=2) >= -1e-9) & (leads.max(axis=2) > 1e-9)
    assert found.dominates.tolist() == dominates.tolist()
    low, high = scores.min(axis=1), scores.max(axis=1)
    absolutely = (low[:, None] >= high - 1e-9) & (high[:, None] > low + 1e-9)
    assert found.absolutely.tolist() == absolutely.tolist()
    assert not (found.absolutely & ~found.dominates).any()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_ranks_and_optimality_hold_for_draws(kind: WeightSetKind, seed: int) -> None:
    """No draw has a rank outside the extremes or a lead above the margin."""
    comparison, possible = _case(seed, kind)
    found, values = find_incomplete(comparison, weights=kind), _values(comparison)
    draws = possible.draw(1500, np.random.default_rng(seed))
    draws = np.vstack([draws, _corners(possible)])
    ranks = rank_scores(draws @ values.T)
    assert (ranks >= found.best_ranks).all()
    assert (ranks <= found.worst_ranks).all()
    scores = draws @ values.T
    for k, margin in enumerate(found.margins.tolist()):
        others = np.delete(scores, k, axis=1)
        if others.shape[1]:
            assert (scores[:, k] - others.max(axis=1)).max() <= margin + 1e-8
    assert found.can_be_first.tolist() == (found.best_ranks == 1).tolist()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_the_weights_of_the_margin_give_it_and_are_possible(kind: WeightSetKind, seed: int) -> None:
    """The stated weights fit the set, and with them the option has exactly that lead."""
    comparison, possible = _case(seed, kind)
    found, values = find_incomplete(comparison, weights=kind), _values(comparison)
    rows = possible.criterion_rows()
    for k, weights in enumerate(found.best_weights):
        assert weights.sum() == pytest.approx(1)
        assert weights.min() >= 0
        assert (rows @ weights >= -1e-8).all()
        others = np.delete(values, k, axis=0) @ weights
        if len(others):
            assert values[k] @ weights - others.max() == pytest.approx(found.margins[k])


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS, lenses=st.integers(2, 4))
def test_no_margin_no_share(seed: int, lenses: int) -> None:
    """Over the lenses: a margin below 0 is a share of 0, one above 0 is a share above 0."""
    comparison = compare(random_lens_problem(seed, lenses=lenses, options=5))
    found = find_incomplete(comparison, weights="lenses")
    whole = find_weight_space(comparison).whole
    assert whole is not None
    assert (whole.first.shares[found.margins < -1e-9] == 0).all()
    assert (whole.first.shares[found.margins > 1e-3] > 0).all()
    for k, (best, worst) in enumerate(zip(found.best_ranks, found.worst_ranks, strict=True)):
        taken = np.flatnonzero(whole.ranks[k] > 1e-9) + 1
        assert best <= taken.min()
        assert worst >= taken.max()


@pytest.mark.parametrize("kind", FREE)
def test_ranks_equal_those_by_extreme_points(kind: WeightSetKind) -> None:
    """Where extreme points can be listed, ranks are the same without listing them."""
    comparison = compare(afw.read_problem("scenarios/kantoor"))
    found = find_incomplete(comparison, weights=kind)
    rows = weight_set(comparison.problem.tree, None, kind).criterion_rows()
    best, worst = extreme_ranks(_values(comparison), rows)
    assert found.best_ranks.tolist() == best.tolist()
    assert found.worst_ranks.tolist() == worst.tolist()


@cache
def _brabant(kind: WeightSetKind) -> tuple[Comparison, IncompleteWeights]:
    comparison = compare(afw.read_problem("scenarios/brabant"))
    return comparison, find_incomplete(comparison, weights=kind)


@pytest.mark.parametrize("kind", FREE)
def test_wider_sets_allow_more(kind: WeightSetKind) -> None:
    """All weights include those of each other set: intervals, ranks and losses are no narrower."""
    (_, some), (_, every) = _brabant(kind), _brabant("all")
    assert (every.rules.maximin <= some.rules.maximin + 1e-9).all()
    assert (every.rules.maximax >= some.rules.maximax - 1e-9).all()
    assert (every.rules.possible_loss >= some.rules.possible_loss - 1e-9).all()
    assert (every.best_ranks <= some.best_ranks).all()
    assert (every.worst_ranks >= some.worst_ranks).all()
    assert (every.margins >= some.margins - 1e-9).all()


@pytest.mark.parametrize("kind", FREE)
def test_rules_pick_the_best_by_their_measure(kind: WeightSetKind) -> None:
    """Each rule picks all options that are best by it."""
    _, found = _brabant(kind)
    judged = {
        "maximax": found.rules.maximax,
        "maximin": found.rules.maximin,
        "central": found.rules.central,
        "minimax_regret": -found.rules.possible_loss,
    }
    for rule, by in judged.items():
        pairs = zip(found.options, by.tolist(), strict=True)
        assert found.choices[rule] == tuple(n for n, each in pairs if each >= by.max() - 1e-9)


def test_who_sets_the_loss() -> None:
    """Against A at (0, 1) B is 1 ahead; the loss of C is at most 0.3, against either of both."""
    found = find_incomplete(compare(lens_problem([[1, 0], [0, 1], [0.7, 0.7]])), weights="all")
    assert found.rules.possible_loss.tolist() == pytest.approx([1, 1, 0.3])
    assert found.against == (("O2",), ("O1",), ("O1", "O2"))
    assert found.choices["minimax_regret"] == ("O3",)
    assert found.choices["maximax"] == ("O1", "O2")


def test_one_option_has_nothing_to_lose() -> None:
    """It is always first, and its lead has no bound."""
    found = find_incomplete(compare(lens_problem([[0.4, 0.8]])), weights="all")
    assert found.best_ranks.tolist() == found.worst_ranks.tolist() == [1]
    assert found.rules.possible_loss.tolist() == [0]
    assert found.margins.tolist() == [np.inf]
    assert found.against == ((),)


def test_identical_options_do_not_dominate() -> None:
    """Copies are first together: margin 0, rank 1 both."""
    found = find_incomplete(compare(lens_problem([[0.4, 0.8], [0.4, 0.8]])), weights="all")
    assert not found.dominates.any()
    assert found.margins == pytest.approx([0, 0])
    assert found.best_ranks.tolist() == found.worst_ranks.tolist() == [1, 1]
    assert found.can_be_first.all()


def test_near_to_all_weight_on_one_lens_is_that_lens() -> None:
    """What weighs nothing stays at nothing: one set of weights is possible."""
    comparison = compare(lens_problem([[1, 0], [0.2, 0.9]], weights=[1, 0]))
    found = find_incomplete(comparison, weights="near")
    assert found.rules.maximin.tolist() == found.rules.maximax.tolist() == [1, 0.2]
    assert found.worst_ranks.tolist() == found.best_ranks.tolist() == [1, 2]


def test_one_criterion() -> None:
    """With one criterion its values are the scores."""
    found = find_incomplete(compare(lens_problem([[0.2], [0.9]])), weights="all")
    assert found.best_ranks.tolist() == [2, 1]
    assert found.absolutely.tolist() == [[False, False], [True, False]]


def test_refusals() -> None:
    """Missing effects, and answers that are not there."""
    with pytest.raises(RequestError) as refused:
        find_incomplete(compare(random_problem(1, Shape(gaps=2))), weights="all")
    assert refused.value.faults[0].code == "group-needs-effects"
    with pytest.raises(RequestError) as refused:
        find_incomplete(_brabant("all")[0], weights="answers")
    assert refused.value.faults[0].code == "weights-no-answers"
