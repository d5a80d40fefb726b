from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.faulty import PROFILES_CASES
from tests.folders import SMALL, changed, check_case, faults_in, found, params, write

from afweging.io.problem_file import read_problem

if TYPE_CHECKING:
    from pathlib import Path

    from tests.folders import Case


@pytest.mark.parametrize("case", params(PROFILES_CASES))
def test_a_fault_in_a_profile_is_named_with_its_place(case: Case, tmp_path: Path) -> None:
    """A profile that does not fit the value tree is named with line and column."""
    check_case(case, tmp_path)


@pytest.mark.parametrize(
    ("numbers", "sound"),
    [
        ("1, 2, 3", True),
        ("2, 1, 2", True),
        ("3, 1, 1", True),
        ("1, 3, 4", False),
        ("0, 1, 2", False),
    ],
)
def test_ranks_are_competition_ranks(numbers: str, sound: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Equal places are shared and the next is skipped: 1, 1, 3 and not 1, 1, 2."""
    extra = "    - {id: rust, name: R, weight: 0, unit: x, worst: 0, best: 1, evidence: expert}\n"
    files = changed("problem.yaml", "    - id: kosten\n", f"{extra}    - id: kosten\n")
    places = numbers.split(", ")
    profile = f"""\
profiles:
  - id: kenner
    name: Kenner
    origin: own
    method: rank-order-centroid
    evidence: expert
    weights:
      doel: {{groen: {places[0]}, rust: {places[1]}, kosten: {places[2]}}}
"""
    write(tmp_path, {**files, "profiles.yaml": profile})
    if sound:
        assert len(read_problem(tmp_path).profiles) == 1
    else:
        assert found(faults_in(tmp_path)) == [("profile-ranks", "profiles.yaml", 8, 13)]


def test_a_problem_that_cannot_be_read_makes_no_faults_in_profiles(tmp_path: Path) -> None:
    """Without a value tree nothing is said about what profiles refer to."""
    write(tmp_path, {**SMALL, "problem.yaml": "id: [\n"})
    assert {fault.place.file for fault in faults_in(tmp_path)} == {"problem.yaml"}


def test_profiles_need_not_be_there(tmp_path: Path) -> None:
    """A folder without profiles and without sources to refer to is a problem too."""
    files = {name: text for name, text in SMALL.items() if name != "profiles.yaml"}
    assert read_problem(write(tmp_path, files)).profiles == ()


@pytest.mark.parametrize("old", ["worst: 900, best: 250", "worst: 640.5, best: 100"])
def test_an_old_range_within_an_exponential_scale_can_be_rescaled(old: str, tmp_path: Path) -> None:
    """Within the scale of now the value function says what the old swing was worth."""
    files = changed("profiles.yaml", "worst: 900, best: 100", old)
    assert read_problem(write(tmp_path, files)).profiles[3].rescale


@pytest.mark.parametrize("old", ["worst: 950, best: 100", "worst: 600, best: 40"])
def test_any_old_range_of_a_straight_scale_can_be_rescaled(old: str, tmp_path: Path) -> None:
    """On a straight value function an old range may lie outside that of now."""
    straight = changed(
        "problem.yaml", "      value_function: {shape: exponential, midvalue: 600}\n", ""
    )
    profiles = SMALL["profiles.yaml"].replace("worst: 900, best: 100", old)
    files = {**straight, "profiles.yaml": profiles}
    assert read_problem(write(tmp_path, files)).profiles[3].rescale


def test_a_profile_without_weights_is_read(tmp_path: Path) -> None:
    """A profile of people who were not asked yet is no fault, and has no weights."""
    waiting = """\
profiles:
  - {id: later, name: Later, origin: own, method: swing, evidence: expert}
"""
    (found_later,) = read_problem(write(tmp_path, {**SMALL, "profiles.yaml": waiting})).profiles
    assert not found_later.has_weights
