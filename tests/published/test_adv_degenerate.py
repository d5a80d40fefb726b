"""A constant criterion and two identical alternatives.

Constructed case: what a tool must survive (pymcdm 1.4.0, for one, refuses the whole problem
because of the constant column). Scales are fixed, so the constant criterion keeps its weight.
"""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.random_problems import leaf, plain_problem

from afweging.analysis import notice_sentences, tables
from afweging.analysis.compare import compare
from afweging.analysis.document import comparison_document
from afweging.wording import Words

if TYPE_CHECKING:
    from afweging.model.result import Comparison

MATRIX = [[10, 5, 3], [10, 5, 3], [20, 5, 1], [15, 5, 2]]


@pytest.fixture(name="found")
def _found() -> Comparison:
    children = (
        leaf("c1", 0.5, worst=10, best=20),
        leaf("constant", 0.2, worst=0, best=10),
        leaf("c3", 0.3, worst=1, best=3),
    )
    return compare(plain_problem([MATRIX], children, options=list("ABCD")))


def test_differences(found: Comparison) -> None:
    """The differences are those of the weights as given, whatever the constant contributes."""
    a, b, c, d = found.scores.expected.low.tolist()
    assert (c - a, d - a, b - a) == pytest.approx((0.2, 0.1, 0.0), abs=1e-9)


def test_identical_options_share_a_rank(found: Comparison) -> None:
    """A and B share rank 3, neither dominates the other, and both count where they are first."""
    assert [(line.id, line.rank) for line in found.ranking] == [
        ("C", 1),
        ("D", 2),
        ("A", 3),
        ("B", 3),
    ]
    assert not {("A", "B"), ("B", "A")} & set(found.dominated)
    best = replace(
        found.problem, tree=replace(found.problem.tree, children=found.problem.tree.children[2:])
    )
    effects = replace(
        best.effects,
        **{name: getattr(best.effects, name)[..., 2:] for name in best.effects.__slots__},
    )
    other = compare(replace(best, effects=effects))
    assert other.first.overall.alternatives == ("A", "B")
    assert other.first.share.low.tolist() == [1, 1, 0, 0]


def test_constant_criterion_is_reported(found: Comparison) -> None:
    """A notice names the constant criterion with a range of 0, and no other as narrow."""
    narrow = [each.facts for each in found.notices if each.code == "narrow-range"]
    assert [dict(facts) for facts in narrow] == [{"criterion": "constant", "share": 0.0}]
    assert any("constant-name (0" in line for line in notice_sentences.notices(found, Words("en")))


def test_no_number_is_lost(found: Comparison) -> None:
    """No NaN and no infinity in arrays, tables or the document."""
    for bounds in (found.scores.expected, found.scores.criteria, found.regret.by_scenario):
        assert np.isfinite(bounds.low).all()
        assert np.isfinite(bounds.high).all()
    for table in tables.TABLES.values():
        numbers = table(found).select_dtypes("number").to_numpy(dtype=float, na_value=math.nan)
        assert np.isfinite(numbers).all()
    json.dumps(comparison_document(found, digest="", versions={}), allow_nan=False)
