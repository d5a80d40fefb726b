from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from tests.analysis.random_problems import Shape, random_problem

from afweging.analysis.compare import compare
from afweging.analysis.document import (
    comparison_document,
    explanation_document,
    plain,
    span,
    table,
)
from afweging.analysis.explain import explain
from afweging.model.result import Bounds, Span


def _document(seed: int, shape: Shape) -> dict[str, Any]:
    found = compare(random_problem(seed, shape))
    return comparison_document(found, digest="abc", versions={"afweging": "0"})


def test_a_number_is_exact_bounded_or_absent() -> None:
    """Exact numbers are numbers, bounded ones have low and high, and none is None."""
    assert span(0.5, 0.5) == 0.5
    assert span(0.5, 0.75) == {"low": 0.5, "high": 0.75}
    assert span(np.nan, np.nan) is None
    assert plain((Span(0.25, 0.25), [Span(0.1, 0.2)])) == [0.25, [{"low": 0.1, "high": 0.2}]]


def test_a_table_is_read_by_row_then_column() -> None:
    """A matrix becomes rows of columns, by name."""
    bounds = Bounds(np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, 2.5, 3.0]]))
    assert table(bounds, ["r"], ["a", "b", "c"]) == {
        "r": {"a": 1.0, "b": {"low": 2.0, "high": 2.5}, "c": 3.0}
    }


@pytest.mark.parametrize("shape", [Shape(), Shape(gaps=3, requirements=2), Shape(profiles=0)])
def test_the_document_is_plain_and_holds_the_numbers(shape: Shape) -> None:
    """The document survives JSON without NaN, and its numbers are those of the comparison."""
    for seed in range(3):
        document = _document(seed, shape)
        again = json.loads(json.dumps(document, allow_nan=False))
        assert again["problem"]["digest"] == "abc"
        found = compare(random_problem(seed, shape))
        for a, option in enumerate(found.problem.alternatives):
            shown = again["scores"]["criteria"][option.id]["C2"]
            expected = found.scores.criteria.at(a, 1)
            assert shown == span(expected.low, expected.high)
            regret = again["regret"]["scenario"]["S2"][option.id]
            assert (regret is None) == (not found.admissible[a])
        case = again["scores"]["case"]["S1 / R2 / H1"]
        assert case["O1"] == span(*_ends(found.scores.cases.at(2, 0)))
        assert sum(again["weights"]["criteria"].values()) == pytest.approx(1)
        assert [line["id"] for line in again["ranking"]] == [line.id for line in found.ranking]


def _ends(found: Span) -> tuple[float, float]:
    return found.low, found.high


def test_an_explanation_is_plain_too() -> None:
    """All parts of an explanation are in its document, spans as numbers."""
    told = explain(compare(random_problem(2)), "O1", "O2")
    document: dict[str, Any] = json.loads(json.dumps(explanation_document(told), allow_nan=False))
    assert document["difference"] == told.difference.low
    assert [clause["criterion"] for clause in document["because"]] == [
        clause.criterion for clause in told.because
    ]
    assert [tip["at"] for tip in document["lens_tips"]] == [tip.at for tip in told.lens_tips]
