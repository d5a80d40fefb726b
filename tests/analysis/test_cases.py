from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.random_problems import Shape, random_problem, text

from afweging.analysis.cases import case_weights, equal_cases, select_cases
from afweging.analysis.compare import compare
from afweging.errors import RequestError
from afweging.model.problem import CaseWeight, CaseWeightSet
from afweging.model.result import Request

PROBLEM = random_problem(3, Shape(scenarios=3, regions=3, horizons=2))

MISSING = ["likelihood-missing", "likelihood-missing"]


def test_rows_and_weights_of_all_cases() -> None:
    """By default all rows are compared, each with the same weight."""
    cases = select_cases(PROBLEM, Request())
    assert cases.rows.tolist() == list(range(18))
    assert case_weights(cases).tolist() == pytest.approx([1 / 18] * 18)
    assert not cases.likely


def test_rows_of_a_selection_are_those_of_its_labels() -> None:
    """Each chosen row is the place of its label among all cases, whatever the order asked."""
    request = Request(scenarios=("S3", "S1"), regions=("R2",), horizons=("H2",))
    cases = select_cases(PROBLEM, request)
    assert cases.labels == (("S1", "R2", "H2"), ("S3", "R2", "H2"))
    assert cases.rows.tolist() == [PROBLEM.cases.index(label) for label in cases.labels]


def test_named_weights_are_made_shares_of_what_is_chosen() -> None:
    """Weights of a set stay in proportion within the regions chosen and add up to 1."""
    given = {weight.id: weight.value for weight in PROBLEM.region_weights[0].weights}
    cases = select_cases(PROBLEM, Request(regions=("R1", "R3"), region_weights="banen"))
    assert given["R1"] is not None
    assert given["R3"] is not None
    total = given["R1"] + given["R3"]
    assert cases.weights["region"].tolist() == pytest.approx(
        [given["R1"] / total, given["R3"] / total]
    )


@pytest.mark.parametrize("scale", [1, 100])
def test_likelihoods_in_shares_or_per_cents(scale: float) -> None:
    """Likelihoods may be shares or per cents, in any order, and are marked as stated."""
    given = (("S2", 0.2 * scale), ("S3", 0.5 * scale), ("S1", 0.3 * scale))
    cases = select_cases(PROBLEM, Request(likelihoods=given))
    assert cases.weights["scenario"].tolist() == pytest.approx([0.3, 0.2, 0.5])
    assert cases.likely
    assert case_weights(cases).sum() == pytest.approx(1)
    assert not equal_cases(compare(PROBLEM, Request(likelihoods=given)))


@pytest.mark.parametrize(
    ("request_", "codes"),
    [
        (Request(scenarios=("S9", "S8")), ["unknown-name", "unknown-name"]),
        (Request(region_weights="x"), ["unknown-name"]),
        (Request(likelihoods=(("S1", 0.4), ("S2", 0.6))), ["likelihood-missing"]),
        (Request(likelihoods=(("S1", 0.4), ("S2", 0.3), ("S3", 0.2))), ["likelihood-sum"]),
        (Request(likelihoods=(("S1", -0.1), ("S2", 0.6), ("S3", 0.5))), ["likelihood-range"]),
        (Request(likelihoods=(("S1", np.nan), ("S2", 0.6), ("S3", 0.4))), ["likelihood-range"]),
        (
            Request(likelihoods=(("S1", 0.4), ("X", 0.6))),
            ["unknown-name"] + 2 * ["likelihood-missing"],
        ),
    ],
)
def test_what_cannot_be_answered_is_refused(request_: Request, codes: list[str]) -> None:
    """Unknown names and likelihoods that do not add up are faults, all of them, not numbers."""
    with pytest.raises(RequestError) as caught:
        select_cases(PROBLEM, request_)
    assert [fault.code for fault in caught.value.faults] == codes


@pytest.mark.parametrize(
    ("values", "code"),
    [((1.0, None, 2.0), "case-weight-not-found"), ((0.0, 0.0, 0.0), "case-weights-all-zero")],
)
def test_weights_that_were_not_found_are_refused(
    values: tuple[float | None, ...], code: str
) -> None:
    """A set that lacks a number, or has only zeros, gives a fault and no weight."""
    weights = tuple(CaseWeight(f"R{i + 1}", value) for i, value in enumerate(values))
    problem = replace(PROBLEM, region_weights=(CaseWeightSet("x", text("x"), weights),))
    with pytest.raises(RequestError) as caught:
        select_cases(problem, Request(region_weights="x"))
    assert caught.value.faults[0].code == code
    if code == "case-weight-not-found":
        chosen = select_cases(problem, Request(region_weights="x", regions=("R1", "R3")))
        assert chosen.weights["region"].tolist() == pytest.approx([1 / 3, 2 / 3])


def test_equal_cases_count_as_cases() -> None:
    """With equal weights a share of the weight is a share of the cases."""
    assert equal_cases(compare(PROBLEM))
    assert not equal_cases(compare(PROBLEM, Request(region_weights="banen")))
