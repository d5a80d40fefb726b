from __future__ import annotations

from tests.analysis.random_problems import random_problem

from afweging.model.criterion import criteria_under, groups_under


def test_groups_come_before_their_parts() -> None:
    """Groups are listed from the root down, without the criteria."""
    tree = random_problem(2).tree
    assert [group.id for group in groups_under(tree)] == ["doel", "wonen", "kern", "werken"]


def test_a_criterion_is_its_own_leaf() -> None:
    """Under a criterion there is that criterion and no group."""
    criterion = random_problem(2).criteria[5]
    assert list(criteria_under(criterion)) == [criterion]
    assert list(groups_under(criterion)) == []
