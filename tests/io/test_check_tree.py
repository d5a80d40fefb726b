from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.faulty import TREE_CASES
from tests.folders import changed, check_case, params, write

from afweging.io.check_tree import adds_up
from afweging.io.problem_file import read_problem

if TYPE_CHECKING:
    from pathlib import Path

    from tests.folders import Case


@pytest.mark.parametrize("case", params(TREE_CASES))
def test_a_fault_in_the_tree_is_named_with_its_place(case: Case, tmp_path: Path) -> None:
    """Weights, scales and value functions that are not sound are named with line and column."""
    check_case(case, tmp_path)


@pytest.mark.parametrize(
    ("total", "whole"),
    [(1.0, True), (100.0, True), (0.9999999, True), (99.99, False), (1.1, False), (0.0, False)],
)
def test_weights_add_up_to_one_or_a_hundred(total: float, whole: bool) -> None:  # noqa: FBT001
    """Shares add up to 1 and percentages to 100, to six digits."""
    assert adds_up(total) is whole


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("          worst: 2\n", "          worst:\n"),
        ("          worst: 2\n", "          worst: null\n"),
        ("          worst: 2\n", "          worst: ~\n"),
    ],
)
def test_an_empty_end_of_a_scale_is_never_zero(old: str, new: str, tmp_path: Path) -> None:
    """A scale whose worst is left empty is refused and not read as 0."""
    from tests.folders import faults_in, found

    write(tmp_path, changed("problem.yaml", old, new))
    assert [code for code, *_ in found(faults_in(tmp_path))] == ["scale-missing"]


def test_a_value_function_may_fall(tmp_path: Path) -> None:
    """Points between worst and best may go up and down, and beyond both ends."""
    points = "[[0, 0.2], [2, 0], [10, 0.9], [30, 0.4], [40, 1], [50, 0.8]]"
    write(tmp_path, changed("problem.yaml", "[[2, 0], [10, 0.6], [40, 1]]", points))
    function = read_problem(tmp_path).criteria[0].value_function
    assert [x for x, _ in function.points] == [0, 2, 10, 30, 40, 50]  # type: ignore[union-attr]
