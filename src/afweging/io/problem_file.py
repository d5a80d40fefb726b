"""The one door to a decision problem on disk, whatever its form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from afweging.errors import Fault, OutputError, Place, ProblemFileError

if TYPE_CHECKING:
    from os import PathLike

    from afweging.io.problem import Stale
    from afweging.model.problem import DecisionProblem


def read_problem(path: str | PathLike[str], *, stale: Stale = "refuse") -> DecisionProblem:
    """Return the decision problem in a folder or a workbook (.xlsx).

    Weights that were given for other ranges than the scales have now are refused; with `stale`
    "keep" those that can be rescaled exactly are read, for whoever is going to rescale them; with
    "wait" all such profiles are read without weights, for whoever is going to ask for them again.

    Raises
    ------
    ProblemFileError
        With every fault found, each with its place, value and facts.
    """
    found = Path(path)
    try:
        folder, there = found.is_dir(), found.exists()
    except OSError:  # a name that no file can have
        folder = there = False
    if folder:
        from afweging.io.problem_folder import read_folder

        return read_folder(found, stale=stale)
    if found.suffix.lower() in {".xlsx", ".xlsm", ".xls"}:
        from afweging.io.workbook.read import read_workbook

        return read_workbook(found, stale=stale)
    code = "problem-form" if there else "file-missing"
    raise ProblemFileError([Fault(code, Place(file=str(found)), str(found))])


def write_problem(
    problem: DecisionProblem, path: str | PathLike[str], *, overwrite: bool = False
) -> None:
    """Write `problem` as a workbook where `path` ends in .xlsx, else as a folder.

    Raises
    ------
    OutputError
        When something stands there already and `overwrite` is false, or writing fails.
    """
    target = Path(path)
    if target.suffix.lower() == ".xlsx":
        from afweging.io.workbook.write import write_workbook

        write_workbook(problem, target, overwrite=overwrite)
    elif target.suffix or target.is_file():
        raise OutputError([Fault("output-format", Place(file=target.name), str(target))])
    else:
        from afweging.io.problem_folder import write_folder

        write_folder(problem, target, overwrite=overwrite)
