from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.oracle import Oracle
from tests.analysis.random_problems import leaf, random_problem, text

from afweging.analysis.weights import METHODS, global_weights, local_weights, members
from afweging.model.criterion import Group
from afweging.model.preference import RANK_METHODS, Profile


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


def test_every_rank_method_is_known() -> None:
    """What counts as ranks in a profile is turned into weights as ranks."""
    assert set(METHODS) == set(RANK_METHODS)


def test_groups_that_a_profile_leaves_out_keep_the_tree() -> None:
    """A profile that speaks about one group leaves the others as they are in the tree."""
    inner = Group("g", text("g"), 30, (leaf("a", 3), leaf("b", 1)))
    tree = Group("doel", text("doel"), 1, (inner, leaf("c", 70)))
    numbers = (("doel", (("g", 1.0), ("c", 2.0))),)
    profile = Profile("p", text("p"), "own", "rank-sum", "expert", numbers)
    assert local_weights(tree, profile) == pytest.approx(
        {"g": 2 / 3, "c": 1 / 3, "a": 0.75, "b": 0.25}
    )


def test_members_of_lenses_and_loose_criteria() -> None:
    """Every criterion lies under exactly one child of the root, itself where it stands alone."""
    problem = random_problem(4)
    found = members(problem.tree, problem.tree.children)
    assert found.sum(axis=0).tolist() == [1] * 6
    assert found[2].tolist() == [False] * 5 + [True]
    assert np.flatnonzero(found[0]).tolist() == [0, 1, 2]
