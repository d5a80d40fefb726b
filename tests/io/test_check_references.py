from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.faulty import REFERENCES_CASES
from tests.folders import SMALL, changed, check_case, faults_in, found, params, sentences, write

from afweging.io.problem_file import read_problem

if TYPE_CHECKING:
    from pathlib import Path

    from tests.folders import Case

SUGGESTED = [case for case in REFERENCES_CASES if case.id.startswith("unknown-")]


@pytest.mark.parametrize("case", params(REFERENCES_CASES))
def test_a_wrong_reference_is_named_with_its_place(case: Case, tmp_path: Path) -> None:
    """An id that stands twice, or is not known, is named with line and column."""
    check_case(case, tmp_path)


@pytest.mark.parametrize("case", params(SUGGESTED))
def test_an_unknown_id_comes_with_the_one_that_was_meant(case: Case, tmp_path: Path) -> None:
    """Every kind of unknown id is answered with the known id that looks most like it."""
    dutch, english = sentences(check_case(case, tmp_path)[:1])
    assert "Bedoelt u " in dutch
    assert "Do you mean " in english


def test_every_missing_weight_is_named(tmp_path: Path) -> None:
    """A weight set that lacks two scenarios names both."""
    text = (
        SMALL["problem.yaml"]
        .replace("  - {id: nat, name: Nat}\n", "")
        .replace("scenarios:\n", "scenarios:\n  - {id: nat, name: Nat}\n  - {id: ijs, name: IJs}\n")
    )
    text = text.replace("      nat: {value: 65, evidence: expert}\n", "").replace("35", "100")
    write(tmp_path, {**SMALL, "problem.yaml": text})
    faults = faults_in(tmp_path)
    assert [(f.code, f.value) for f in faults] == [
        ("case-weight-missing", "nat"),
        ("case-weight-missing", "ijs"),
    ]


def test_a_threshold_is_a_class_by_name_not_by_place(tmp_path: Path) -> None:
    """Where classes are called 1, 2 and 3, the threshold 2 is the class of that name."""
    files = dict(SMALL)
    for name, digit in (("kaal", "1"), ("gewoon", "2"), ("fijn", "3")):
        text = files["problem.yaml"].replace(f"id: {name},", f"id: {digit},")
        files["problem.yaml"] = text.replace(f"threshold: {name}", f"threshold: {digit}")
        files["effects.csv"] = files["effects.csv"].replace(name, digit)
    requirement = read_problem(write(tmp_path, files)).requirements[1]
    assert (requirement.id, requirement.threshold) == ("niet_kaal", 1.0)


def test_sources_that_cannot_be_read_make_no_other_faults(tmp_path: Path) -> None:
    """While the sources cannot be read, no source is called unknown."""
    write(tmp_path, {**SMALL, "sources.yaml": "sources: nee\n"})
    assert found(faults_in(tmp_path)) == [("field-kind", "sources.yaml", 1, 10)]


def test_a_weight_that_was_not_found_is_allowed(tmp_path: Path) -> None:
    """A null weight says that the figure was not found; that is no fault of the file."""
    files = changed("problem.yaml", "nat: {value: 65", "nat: {value: null")
    weights = read_problem(write(tmp_path, files)).scenario_likelihoods[0].weights
    assert [(weight.id, weight.value) for weight in weights] == [("droog", 35.0), ("nat", None)]
