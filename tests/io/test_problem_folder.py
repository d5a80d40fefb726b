from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.folders import SMALL, changed, faults_in, found, sentences, write

from afweging.errors import OutputError
from afweging.io.canonical import problem_digest
from afweging.io.disassemble import effects_columns, problem_document, profiles_document
from afweging.io.problem_folder import read_folder, write_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_a_problem_comes_back_whole_and_in_order(tmp_path: Path) -> None:
    """What is written to a folder is read from it again, order included."""
    problem = read_folder(write(tmp_path / "een", SMALL))
    write_folder(problem, tmp_path / "twee")
    again = read_folder(tmp_path / "twee")
    assert problem_digest(again) == problem_digest(problem)
    for parts in (problem_document, profiles_document, effects_columns):
        assert str(parts(again)) == str(parts(problem))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("          worst: 2\n          best: 40", "          worst: 1.2340\n          best: 40"),
        ("name: Park", 'name: "12,5"'),
        ("name: Park", 'name: "1.234"'),
        ("name: Park", "name: '.inf'"),
        ("id: pleinkeuze", "id: 0758"),
        ("euro_per_year: 60000", "euro_per_year: 1e15"),
        ("euro_per_year: 60000", "euro_per_year: 1e22"),
        ("fte: 0.5", "fte: 0.0000001"),
    ],
)
def test_doubtful_numbers_and_texts_come_back(old: str, new: str, tmp_path: Path) -> None:
    """What looks like a doubtful number is written so that it is read back as it was."""
    files = changed("problem.yaml", old, new)
    files["problem.yaml"] = files["problem.yaml"].replace(
        "[[2, 0]", "[[1.2340, 0]" if "1.2340" in new else "[[2, 0]"
    )
    files.pop("profiles.yaml")
    problem = read_folder(write(tmp_path / "een", files))
    write_folder(problem, tmp_path / "twee")
    assert problem_digest(read_folder(tmp_path / "twee")) == problem_digest(problem)


def test_a_folder_is_overwritten_only_when_asked(tmp_path: Path) -> None:
    """All four files are refused where one stands, and all four replaced on request."""
    problem = read_folder(write(tmp_path / "een", SMALL))
    target = write(tmp_path / "twee", {"sources.yaml": "old"})
    with pytest.raises(OutputError) as caught:
        write_folder(problem, target)
    assert found(caught.value.faults) == [("output-exists", "sources.yaml", None, None)]
    assert [path.name for path in target.iterdir()] == ["sources.yaml"]
    write_folder(problem, target, overwrite=True)
    assert problem_digest(read_folder(target)) == problem_digest(problem)


def test_faults_of_four_files_come_at_once_and_in_order(tmp_path: Path) -> None:
    """A dozen faults in four files are all reported, by file, line and column."""
    files = dict(SMALL)
    for name, old, new in (
        ("problem.yaml", "date: 2026-11", "date: november"),
        ("problem.yaml", "weight: 75", "weight: 70"),
        ("problem.yaml", "midvalue: 600", "midvalue: 950"),
        ("problem.yaml", "    fte: 0.5", "    ftes: 0.5"),
        ("problem.yaml", "requires: [markt]", "requires: [mark]"),
        ("problem.yaml", "value: 65", "value: 66"),
        ("effects.csv", "park,nat,kosten,500", "park,nat,kosten,5.000"),
        ("effects.csv", "hof,droog,bomen", "hoff,droog,bomen"),
        ("effects.csv", "440,derived", "440,guess"),
        ("profiles.yaml", "groen: {bomen: 55", "groen: {boom: 55"),
        ("profiles.yaml", "kosten: 100", "kosten: 90"),
        ("sources.yaml", "kind: primary", "kind: prima"),
        ("sources.yaml", "based_on: [kaart]", "based_on: [kart]"),
    ):
        assert files[name].count(old) == 1
        files[name] = files[name].replace(old, new)
    faults = faults_in(write(tmp_path, files))
    assert found(faults) == [
        ("day-form", "problem.yaml", 3, 7),
        ("weights-sum", "problem.yaml", 12, 9),
        ("midvalue-outside", "problem.yaml", 41, 54),
        ("field-unknown", "problem.yaml", 50, 11),
        ("id-unknown", "problem.yaml", 56, 16),
        ("weights-sum", "problem.yaml", 67, 7),
        ("number-ambiguous", "effects.csv", 13, 4),
        ("id-unknown", "effects.csv", 14, 1),
        ("evidence-unknown", "effects.csv", 19, 7),
        ("profile-child-missing", "profiles.yaml", 9, 14),
        ("id-unknown", "profiles.yaml", 9, 21),
        ("profile-swing", "profiles.yaml", 19, 13),
        ("field-choice", "sources.yaml", 3, 11),
        ("id-unknown", "sources.yaml", 5, 16),
    ]
    sentences(faults)
