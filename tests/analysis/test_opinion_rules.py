from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.random_problems import leaf, plain_problem

from afweging.analysis.compare import compare
from afweging.analysis.opinion import Refusal, RefusalCode
from afweging.analysis.opinion_rules import NEEDS, find_refusal, same_formulas
from afweging.analysis.opinion_table import OpinionTable, opinion_table
from afweging.model.criterion import Exponential

TABLE = OpinionTable(
    options=("a", "b", "c"),
    criteria=("x", "y"),
    cells=np.array([[3.0, 1.0], [1.0, 3.0], [2.0, 0.5]]),
    falls=np.array([False, True]),
    weights=np.array([0.5, 0.5]),
    bounds=np.array([[0.0, 4.0], [0.0, 4.0]]),
)


@pytest.mark.parametrize(
    ("code", "cells", "falls", "criterion"),
    [
        ("not-positive", [[1, 0], [1, 1]], [False, True], "y"),
        ("negative", [[1, 0], [-1, 1]], [False, False], "x"),
        ("cost-zero", [[0, 1], [1, 0]], [False, True], "y"),
        ("zero-column", [[0, 0], [1, 0]], [False, False], "y"),
        ("beyond", [[1, 1], [1, 4.1]], [False, False], "y"),
        ("no-cost", [[1, 1], [1, 1]], [False, False], None),
        ("no-cost-effect", [[1, 0], [1, 1]], [False, True], None),
    ],
)
def test_what_a_method_needs_is_looked_for(
    code: RefusalCode, cells: list[list[float]], falls: list[bool], criterion: str | None
) -> None:
    """Each need is missed where it shows, and met on numbers that have it."""
    table = replace(TABLE, cells=np.array(cells, dtype=float), falls=np.array(falls))
    assert find_refusal(table, (code,)) == Refusal(code, criterion)
    assert find_refusal(TABLE, (code,)) is None


def test_the_first_need_that_is_missed_is_told() -> None:
    """In the order in which the needs are given; none of them, none told."""
    table = replace(TABLE, cells=-TABLE.cells)
    assert find_refusal(table, ("negative", "not-positive")) == Refusal("negative", "x")
    assert find_refusal(table, ()) is None


def test_needs_are_of_methods_that_are_there() -> None:
    """Of effects at least as much is needed as of values."""
    for method, codes in NEEDS["values"].items():
        assert set(codes) <= set(NEEDS["effects"][method]) | {"zero-column"}


def test_which_methods_are_the_same_depends_on_costs_and_on_bends() -> None:
    """SPOTIS reads effects straight; RAM without costs is a sum and no more."""
    straight = compare(plain_problem([[[0.2], [0.4]]], (leaf("a"),)))
    bent = compare(plain_problem([[[0.2], [0.4]]], (leaf("a", function=Exponential(0.3)),)))
    values, effects = (opinion_table(straight, "values"), opinion_table(straight, "effects"))
    with_costs = same_formulas(straight, values, "values", costs=True)
    assert set(with_costs) == {"weighted_sum", "spotis", "aras", "mabac"}
    assert same_formulas(straight, values, "values", costs=False)["ram"] == "ours"
    assert same_formulas(straight, effects, "effects", costs=True) == {
        "mairca": "mabac",
        "spotis": "ours",
    }
    assert same_formulas(bent, opinion_table(bent, "effects"), "effects", costs=False) == {
        "mairca": "mabac",
        "ram": "aras",
    }
