from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.folders import SMALL, found, sentences, write

from afweging.errors import OutputError, ProblemFileError
from afweging.io.canonical import problem_digest
from afweging.io.problem_file import read_problem, write_problem

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_and_a_workbook_are_the_same_problem(tmp_path: Path) -> None:
    """The form follows from the path, for reading and for writing."""
    problem = read_problem(write(tmp_path / "een", SMALL))
    write_problem(problem, tmp_path / "twee.xlsx")
    write_problem(read_problem(tmp_path / "twee.xlsx"), str(tmp_path / "drie"))
    assert problem_digest(read_problem(str(tmp_path / "drie"))) == problem_digest(problem)


@pytest.mark.parametrize("name", ["gone", "gone.xlsx", "gone/problem.yaml", "x" * 300, "a\x00b"])
def test_a_path_that_is_not_there_is_a_fault(name: str, tmp_path: Path) -> None:
    """Whatever the path looks like, what is not there is reported as missing."""
    with pytest.raises(ProblemFileError) as caught:
        read_problem(tmp_path / name)
    assert [code for code, *_ in found(caught.value.faults)] == ["file-missing"]
    sentences(caught.value.faults)


def test_a_file_of_the_folder_is_not_the_problem(tmp_path: Path) -> None:
    """Who gives problem.yaml instead of its folder is told to give the folder."""
    write(tmp_path, SMALL)
    with pytest.raises(ProblemFileError) as caught:
        read_problem(tmp_path / "problem.yaml")
    (fault,) = caught.value.faults
    assert fault.code == "problem-form"
    dutch, english = sentences([fault])
    assert "is geen map en geen werkmap" in dutch
    assert "is no folder and no workbook" in english


@pytest.mark.parametrize("name", ["uit.csv", "uit.ods", "uit.yaml"])
def test_another_form_cannot_be_written(name: str, tmp_path: Path) -> None:
    """Only a folder and .xlsx can be written; nothing is left where it is refused."""
    problem = read_problem(write(tmp_path / "een", SMALL))
    with pytest.raises(OutputError) as caught:
        write_problem(problem, tmp_path / name)
    assert found(caught.value.faults) == [("output-format", name, None, None)]
    sentences(caught.value.faults)
    assert [path.name for path in tmp_path.iterdir()] == ["een"]


def test_a_file_is_not_turned_into_a_folder(tmp_path: Path) -> None:
    """Where a file stands, no folder is written."""
    problem = read_problem(write(tmp_path / "een", SMALL))
    write(tmp_path, {"uit": "old"})
    with pytest.raises(OutputError):
        write_problem(problem, tmp_path / "uit", overwrite=True)
    assert (tmp_path / "uit").read_text(encoding="utf-8") == "old"
