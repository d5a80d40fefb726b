from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.oracle import Oracle
from tests.analysis.random_problems import leaf, random_problem, text

from afweging.analysis.elicitation import RANKING
from afweging.analysis.weights import (
    global_weights,
    lens_shares,
    local_weights,
    members,
    node_shares,
)
from afweging.model.criterion import Group
from afweging.model.preference import RANK_METHODS, Judgement, Profile, SwingRange


@pytest.mark.parametrize("seed", range(12))
def test_global_weights_are_products_along_the_path(seed: int) -> None:
    """For the tree and every profile, weights are products of local weights and add up to 1."""
    problem = random_problem(seed)
    oracle = Oracle(problem)
    for profile in (None, *problem.profiles):
        found = global_weights(problem.tree, profile)
        expected = oracle.weights(profile)
        assert found.tolist() == pytest.approx([expected[c.id] for c in problem.criteria])
        assert found.sum() == pytest.approx(1)


@pytest.mark.parametrize("seed", range(6))
def test_shares_within_a_node_times_its_weight_are_the_global_weights(seed: int) -> None:
    """Within each node shares add up to 1, are 0 outside, and keep the proportions of the whole."""
    problem = random_problem(seed)
    lens = problem.tree.children[0]
    assert isinstance(lens, Group)
    nodes = (*problem.tree.children, *lens.children, problem.tree)
    for profile in (None, *problem.profiles):
        whole = global_weights(problem.tree, profile)
        shares = node_shares(problem.tree, nodes, profile)
        inside = members(problem.tree, nodes)
        assert shares.sum(axis=1) == pytest.approx(np.ones(len(nodes)))
        assert (shares[~inside] == 0).all()
        assert shares * (whole * inside).sum(axis=1)[:, None] == pytest.approx(whole * inside)
        assert (lens_shares(problem.tree, profile) == shares[:3]).all()


def test_a_node_without_weight_has_shares_within() -> None:
    """What is inside a lens that does not count keeps its weights there."""
    inner = Group("g", text("g"), 0, (leaf("a", 3), leaf("b", 1)))
    tree = Group("doel", text("doel"), 1, (inner, leaf("c", 70)))
    assert node_shares(tree, (inner,))[0].tolist() == [0.75, 0.25, 0]


def test_every_rank_method_is_known() -> None:
    """What counts as ranks in a profile is turned into weights as ranks."""
    assert set(RANKING) == set(RANK_METHODS)


def test_groups_that_a_profile_leaves_out_keep_the_tree() -> None:
    """A profile that speaks about one group leaves the others as they are in the tree."""
    inner = Group("g", text("g"), 30, (leaf("a", 3), leaf("b", 1)))
    tree = Group("doel", text("doel"), 1, (inner, leaf("c", 70)))
    numbers = (("doel", (("g", 1.0), ("c", 2.0))),)
    profile = Profile("p", text("p"), "own", "rank-sum", "expert", numbers)
    assert local_weights(tree, profile) == pytest.approx(
        {"g": 2 / 3, "c": 1 / 3, "a": 0.75, "b": 0.25}
    )


def test_judgements_about_a_group_give_its_weights() -> None:
    """The groups that were judged follow the judgements, the others the tree."""
    inner = Group("g", text("g"), 30, (leaf("a", 3), leaf("b", 1)))
    tree = Group("doel", text("doel"), 1, (inner, leaf("c", 70)))
    said = (Judgement("ratio", "b", "a", 4.0),)
    profile = Profile("p", text("p"), "own", "ahp", "expert", (), judgements=said)
    expected = {"g": 0.3, "c": 0.7, "a": 0.2, "b": 0.8}
    assert local_weights(tree, profile) == pytest.approx(expected)
    assert global_weights(tree, profile).tolist() == pytest.approx([0.06, 0.24, 0.7])


def test_a_check_does_not_change_the_numbers() -> None:
    """A trade-off beside swings is a check: the weights are those of the swings."""
    tree = Group("doel", text("doel"), 1, (leaf("a", 3), leaf("b", 1)))
    said = Judgement(
        "trade-off", "a", "b", first_from=0.0, first_to=0.5, second_from=0.0, second_to=1.0
    )
    numbers = (("doel", (("b", 25.0), ("a", 100.0))),)
    profile = Profile("p", text("p"), "own", "swing", "expert", numbers, judgements=(said,))
    assert local_weights(tree, profile) == pytest.approx({"a": 0.8, "b": 0.2})


def test_ranges_of_before_count_only_where_the_profile_says_so() -> None:
    """Twice the range has twice the weight with rescale; without it numbers are as given."""
    tree = Group("doel", text("doel"), 1, (leaf("a", 3, worst=8, best=2), leaf("b", 1)))
    numbers = (("doel", (("a", 40.0), ("b", 60.0))),)
    old = (SwingRange("a", 7.0, 4.0), SwingRange("b", 0.0, 1.0))
    profile = Profile("p", text("p"), "own", "points", "expert", numbers, old)
    assert local_weights(tree, profile) == pytest.approx({"a": 0.4, "b": 0.6})
    asked = replace(profile, rescale=True)
    assert local_weights(tree, asked) == pytest.approx({"a": 80 / 140, "b": 60 / 140})


def test_members_of_lenses_and_loose_criteria() -> None:
    """Every criterion lies under exactly one child of the root, itself where it stands alone."""
    problem = random_problem(4)
    found = members(problem.tree, problem.tree.children)
    assert found.sum(axis=0).tolist() == [1] * 6
    assert found[2].tolist() == [False] * 5 + [True]
    assert np.flatnonzero(found[0]).tolist() == [0, 1, 2]
