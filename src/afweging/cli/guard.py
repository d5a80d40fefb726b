"""Runs the work of a command and turns what a user can cause into sentences and exit code 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from afweging.cli.console import show_error, step
from afweging.errors import AfwegingError, ProblemFileError

if TYPE_CHECKING:
    from collections.abc import Callable

    from afweging.io.problem import Stale
    from afweging.model.problem import DecisionProblem
    from afweging.wording import Words


def guarded(work: Callable[[], None], words: Words, path: str | None = None) -> None:
    """Do the work; report every fault of bad input and leave with exit code 2."""
    try:
        work()
    except AfwegingError as error:
        shown = path if isinstance(error, ProblemFileError) else None
        show_error(error, words, path=shown)
        raise typer.Exit(error.exit_code) from None


def read(path: str, words: Words, *, stale: Stale = "refuse") -> DecisionProblem:
    """Return the decision problem at `path`, with a sign of life where reading takes long."""
    from afweging.io.problem_file import read_problem

    with step(words, "cli.progress.read", path=path):
        return read_problem(path, stale=stale)
