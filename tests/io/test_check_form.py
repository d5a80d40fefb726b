from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.faulty import FORM_CASES
from tests.folders import changed, check_case, faults_in, found, params, sentences, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.folders import Case


@pytest.mark.parametrize("case", params(FORM_CASES))
def test_a_fault_of_form_is_named_with_its_place(case: Case, tmp_path: Path) -> None:
    """A field that is missing, unknown or of the wrong kind is named with line and column."""
    check_case(case, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "dutch", "english"),
    [
        ("    fte: 0.5", "    ftes: 0.5", "Bedoelt u fte?", "Do you mean fte?"),
        ("fte: 0.5", "fte: half", "«half», maar moet een getal", "«half», but must be a number"),
        ("fte: 0.5", "fte: true", "fte is «true»", "fte is «true»"),
        ("name: Park", "name: [Park]", "name is «[…]», maar moet tekst", "but must be text"),
        ("lead: [ruimte]", "lead: ruimte", "moet een lijst", "must be a list"),
        ("evidence: derived", "evidence: guess", "expert of assumption", "expert or assumption"),
        ("weight: 75", "weight: -75", "weight is −75; de waarde is 0 of hoger", "0 or higher"),
        ("shape: exponential", "shape: exponent", "shape is «exponent»", "shape is «exponent»"),
    ],
)
def test_a_sentence_says_what_is_wrong(
    old: str, new: str, dutch: str, english: str, tmp_path: Path
) -> None:
    """The sentence names field, value and rule in both languages."""
    write(tmp_path, changed("problem.yaml", old, new))
    texts = " ".join(sentences(faults_in(tmp_path)))
    assert dutch in texts
    assert english in texts


def test_a_fault_of_form_hides_no_fault_of_meaning(tmp_path: Path) -> None:
    """An unknown field is reported beside weights that do not add up."""
    files = changed("problem.yaml", "    fte: 0.5", "    ftes: 0.5")
    files["problem.yaml"] = files["problem.yaml"].replace("weight: 25", "weight: 20")
    write(tmp_path, files)
    assert found(faults_in(tmp_path)) == [
        ("weights-sum", "problem.yaml", 12, 9),
        ("field-unknown", "problem.yaml", 50, 11),
    ]


def test_one_wrong_value_is_one_fault(tmp_path: Path) -> None:
    """A number that YAML could not read is not also reported as a missing or a wrong one."""
    write(tmp_path, changed("problem.yaml", "worst: 900", "worst: 1.234"))
    assert found(faults_in(tmp_path)) == [("number-ambiguous", "problem.yaml", 39, 14)]
