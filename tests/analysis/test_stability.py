from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.oracle import Oracle
from tests.analysis.random_problems import (
    Shape,
    leaf,
    permuted,
    plain_problem,
    random_problem,
    text,
    with_mode,
)
from tests.analysis.stability_oracle import lines_of

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.screening import admissible_options
from afweging.analysis.stability import NodeStability, find_stability
from afweging.analysis.weights import global_weights
from afweging.errors import RequestError
from afweging.methods.stability import Interval
from afweging.model.criterion import Group, criteria_under, groups_under
from afweging.model.result import Comparison, Request

if TYPE_CHECKING:
    from afweging.model.problem import DecisionProblem

SEEDS = range(8)
SHAPE = Shape(options=5, regions=1, requirements=1)


@cache
def _brabant() -> Comparison:
    return compare(afw.read_problem("scenarios/brabant"))


def _flat(problem: DecisionProblem, weights: np.ndarray) -> DecisionProblem:
    """Return the problem with its criteria right under the root, at the weights given."""
    leaves = tuple(
        replace(criterion, weight=float(weight))
        for criterion, weight in zip(problem.criteria, weights, strict=True)
    )
    return replace(problem, tree=replace(problem.tree, children=leaves), profiles=())


def _again(comparison: Comparison, node: str, at: float) -> dict[str, float]:
    """Return the scores of a whole new comparison with one node at another weight."""
    problem, profile = comparison.problem, None
    if comparison.request.profile is not None:
        (profile,) = (p for p in problem.profiles if p.id == comparison.request.profile)
    weights = global_weights(problem.tree, profile)
    groups = {each.id: each for each in groups_under(problem.tree)}
    under = {each.id for each in criteria_under(groups[node])} if node in groups else {node}
    inside = np.array([criterion.id in under for criterion in problem.criteria])
    now = weights[inside].sum()
    moved = np.where(inside, weights * at / now, weights * (1 - at) / (1 - now))
    found = compare(_flat(problem, moved), replace(comparison.request, profile=None))
    names = [option.id for option in problem.alternatives]
    scores = dict(zip(names, found.scores.expected.low.tolist(), strict=True))
    return {name: scores[name] for name in admissible_options(comparison)}


def _first(scores: dict[str, float]) -> set[str]:
    return {name for name, score in scores.items() if score >= max(scores.values()) - 1e-9}


def _check_ends(comparison: Comparison, node: NodeStability, winner: str) -> None:
    """Compare again at each end and a little outside it."""
    ends = (
        (node.winner.low, node.winner.at_low, node.below, -1),
        (node.winner.high, node.winner.at_high, node.above, 1),
    )
    for end, level, beyond, side in ends:
        scores = _again(comparison, node.node, end)
        assert {n for n in scores if abs(scores[n] - scores[winner]) < 1e-9} >= {winner, *level}
        if 0 < end < 1:
            assert level
            assert set(beyond) <= set(level)
            little = min(0.001, end / 2, (1 - end) / 2)
            outside = _again(comparison, node.node, end + side * little)
            assert outside[winner] < max(outside.values()) - 1e-9
            assert _first(_again(comparison, node.node, end + side * 1e-6)) == set(beyond)
        else:
            assert beyond == ()
    for end, pairs, side in (
        (node.order.low, node.order.at_low, -1),
        (node.order.high, node.order.at_high, 1),
    ):
        scores = _again(comparison, node.node, end)
        assert all(scores[a] == pytest.approx(scores[b], abs=1e-9) for a, b in pairs)
        if 0 < end < 1:
            assert pairs
            outside = _again(comparison, node.node, end + side * min(end, 1 - end, 0.001))
            assert all(outside[a] < outside[b] for a, b in pairs)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_ends_hold_in_a_new_comparison(seed: int) -> None:
    """At an end the two tie when all is compared again; just outside, who is named is first."""
    comparison = compare(random_problem(seed, SHAPE))
    found = find_stability(comparison)
    (winner,) = found.winners
    assert {node.node for node in found.nodes} == {
        *("wonen", "kern", "werken", "C1", "C2", "C3", "C4", "C5", "C6")
    }
    for node in found.nodes:
        _check_ends(comparison, node, winner)


def test_the_ends_hold_for_brabant() -> None:
    """The same for the four lenses and the eighteen criteria of Brabant."""
    found = find_stability(_brabant())
    assert found.winners == ("O7",)
    assert [node.kind for node in found.nodes].count("lens") == 4
    assert [node.kind for node in found.nodes].count("criterion") == 18
    for node in found.nodes[:6]:
        _check_ends(_brabant(), node, "O7")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_interval_is_that_of_the_oracle(seed: int) -> None:
    """Under the tree and under each profile: weights, both intervals, and the most sensitive."""
    problem = random_problem(seed, SHAPE)
    for profile in (None, *(each.id for each in problem.profiles)):
        found = find_stability(compare(problem, Request(profile=profile)))
        oracle = {each.node: each for each in lines_of(Oracle(problem, profile=profile))}
        assert {node.node for node in found.nodes} == oracle.keys()
        for node in found.nodes:
            lines = oracle[node.node]
            assert node.kind == lines.kind
            assert node.weight == pytest.approx(lines.weight)
            assert set(found.winners) == lines.first(lines.weight)
            assert (node.winner.low, node.winner.high) == pytest.approx(lines.winner, abs=1e-9)
            assert (node.order.low, node.order.high) == pytest.approx(lines.ranks, abs=1e-9)
            assert node.distance == pytest.approx(lines.distance, abs=1e-9)
        distances = [oracle[node.node].distance for node in found.nodes]
        assert distances == sorted(distances)
        near = min(oracle.values(), key=lambda each: each.distance)
        assert found.most_sensitive == ((near.node,) if near.distance < np.inf else ())
        near = min(oracle.values(), key=lambda each: each.ranks_distance)
        assert found.most_sensitive_order == ((near.node,) if near.ranks_distance < np.inf else ())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_grid_shows_the_same(seed: int) -> None:
    """On a grid of weights the winner and the order are those of now exactly inside."""
    problem = random_problem(seed, SHAPE)
    found = find_stability(compare(problem))
    oracle = {each.node: each for each in lines_of(Oracle(problem))}
    for node in found.nodes:
        lines = oracle[node.node]
        for weight in np.linspace(0, 1, 101).tolist():
            if min(abs(weight - end) for end in (node.winner.low, node.winner.high)) > 1e-9:
                inside = node.winner.low < weight < node.winner.high
                assert (lines.first(weight) == set(found.winners)) == inside
            if min(abs(weight - end) for end in (node.order.low, node.order.high)) > 1e-9:
                inside = node.order.low < weight < node.order.high
                assert (lines.order(weight) == lines.order(lines.weight)) == inside


@pytest.mark.parametrize("seed", range(4))
def test_another_order_of_the_input_changes_nothing(seed: int) -> None:
    """Options, criteria and cases in another order give the same intervals, to the last bit."""
    problem = random_problem(seed, SHAPE)
    turned, _ = permuted(problem, np.random.default_rng(seed))
    one, other = (find_stability(compare(each)) for each in (problem, turned))
    assert set(one.winners) == set(other.winners)
    assert set(one.nodes) == set(other.nodes)
    assert set(one.most_sensitive) == set(other.most_sensitive)


# --- degenerate problems ------------------------------------------------------------------------


def _node(found: Comparison, name: str) -> NodeStability:
    (node,) = (each for each in find_stability(found).nodes if each.node == name)
    return node


def _two_lenses(first: float, second: float) -> tuple[Group, Group]:
    return (
        Group("x", text("x"), first, (leaf("a", 3), leaf("b", 1))),
        Group("y", text("y"), second, (leaf("c", 1), leaf("d", 1))),
    )


def test_a_lens_that_has_all_weight_gives_it_to_the_others_in_equal_parts() -> None:
    """By hand: x scores 0.75 * 0.8 + 0.25 * 0.4 = 0.7 against 0.3, y with z 0.3 against 0.6.

    The lead of 0.4 at weight 1 and of -0.3 at weight 0 is gone at 3/7.
    """
    third = Group("z", text("z"), 0, (leaf("e"),))
    rows = [[[0.8, 0.4, 0.1, 0.3, 0.4], [0.3, 0.3, 0.2, 0.6, 0.8]]]
    found = compare(plain_problem(rows, (*_two_lenses(5, 0), third)))
    node = _node(found, "x")
    assert node.split_equally
    assert (node.weight, node.winner.low, node.winner.high) == pytest.approx((1, 3 / 7, 1))
    assert (node.below, node.above, node.winner.at_high) == (("O2",), (), ())
    assert not _node(found, "y").split_equally


def test_a_criterion_that_has_all_weight_gives_it_to_its_siblings() -> None:
    """Within its lens, also where the lens is one of several; an only child goes one level up."""
    lens = Group("x", text("x"), 1, (leaf("a", 1), leaf("b", 0)))
    rows = [[[0.8, 0.1, 0.9], [0.4, 0.5, 0.2]]]
    found = compare(plain_problem(rows, (lens, replace(leaf("c"), weight=0.0))))
    node = _node(found, "a")
    assert node.split_equally
    assert node.winner.low == pytest.approx(0.5)  # 0.4 t = 0.4 (1 - t), c has no part in it
    alone = Group("x", text("x"), 1, (leaf("a", 1),))
    found = compare(plain_problem([[[0.8, 0.1], [0.4, 0.7]]], (alone, leaf("b", 0))))
    assert _node(found, "a").winner.low == _node(found, "x").winner.low == pytest.approx(0.6)


def test_a_lens_without_weight_keeps_the_weights_within_it() -> None:
    """By hand: on x 0.75 * 0.8 + 0.25 * 0 = 0.6 against 0.4, on y 0.5 against 0.6: equal at 1/3."""
    rows = [[[0.8, 0.0, 0.4, 0.6], [0.4, 0.4, 0.6, 0.6]]]
    found = compare(plain_problem(rows, _two_lenses(0, 1)))
    assert find_stability(found).winners == ("O2",)
    node = _node(found, "x")
    assert (node.weight, node.winner.low, node.above) == (0, 0, ("O1",))
    assert node.winner.high == pytest.approx(1 / 3)


def test_one_lens_and_one_criterion_have_nothing_to_shift() -> None:
    """A node that holds every criterion is left out; with one criterion none is left."""
    lens = Group("x", text("x"), 2, (leaf("a", 3), leaf("b", 1)))
    found = find_stability(compare(plain_problem([[[0.8, 0.1], [0.4, 0.9]]], (lens,))))
    assert sorted(node.node for node in found.nodes) == ["a", "b"]
    only = Group("x", text("x"), 2, (leaf("a", 3),))
    found = find_stability(compare(plain_problem([[[0.8], [0.4]]], (only,))))
    assert (found.nodes, found.most_sensitive, found.most_sensitive_order) == ((), (), ())


def test_one_option_and_equal_options_stay_first() -> None:
    """Without rivals, or with none but clones, every weight leaves all first."""
    for rows in ([[[0.3, 0.6]]], [[[0.3, 0.6], [0.3, 0.6]]]):
        found = find_stability(compare(plain_problem(rows, (leaf("a"), leaf("b")))))
        assert len(found.winners) == len(rows[0])
        assert {node.winner for node in found.nodes} == {Interval(0, 1, (), ())}
        assert {node.order for node in found.nodes} == {Interval(0, 1, (), ())}
        assert found.most_sensitive == found.most_sensitive_order == ()


def test_a_tie_by_give_and_take_is_a_single_point() -> None:
    """Both winners part at once: less weight of a for the one, more for the other."""
    rows = [[[0.9, 0.1], [0.1, 0.9], [0.2, 0.2]]]
    found = find_stability(compare(plain_problem(rows, (leaf("a"), leaf("b")))))
    assert found.winners == ("O1", "O2")
    node = found.nodes[0]
    assert node.node == "a"
    assert node.winner == Interval(0.5, 0.5, ("O2",), ("O1",))
    assert (node.below, node.above, node.distance) == (("O2",), ("O1",), 0)
    assert node.order == Interval(0.5, 0.5, (("O1", "O2"),), (("O2", "O1"),))
    assert found.most_sensitive == ("a", "b")


def test_who_does_not_meet_the_requirements_takes_no_part() -> None:
    """Screened-out options neither win nor take over."""
    for seed in SEEDS:
        comparison = compare(random_problem(seed, SHAPE))
        allowed = set(admissible_options(comparison))
        found = find_stability(comparison)
        assert allowed.issuperset(found.winners)
        for node in found.nodes:
            assert allowed.issuperset(node.winner.at_low + node.winner.at_high)
            assert allowed.issuperset(node.below + node.above)
    assert not all(_brabant().admissible)


def test_missing_effects_are_refused() -> None:
    """A gap leaves no exact answer: the number of gaps is told."""
    problem = random_problem(3, SHAPE)
    mode = problem.effects.mode.copy()
    mode[0, 0, 1] = np.nan
    with pytest.raises(RequestError) as caught:
        find_stability(compare(with_mode(problem, mode)))
    assert [fault.code for fault in caught.value.faults] == ["group-needs-effects"]


def test_a_flat_tree_has_criteria_and_no_lenses() -> None:
    """What stands right under the root and is a criterion is told as a criterion."""
    found = find_stability(compare(afw.read_problem("scenarios/kantoor")))
    assert {node.kind for node in found.nodes} == {"criterion"}
