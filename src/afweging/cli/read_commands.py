"""Commands that look at a decision problem: check, show, schema."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from afweging.cli.guard import guarded, read
from afweging.cli.options import Language, argument, language_option

if TYPE_CHECKING:
    import typer

    from afweging.model.problem import DecisionProblem
    from afweging.wording import Words

Part = Literal["tree", "options", "scenarios", "profiles", "weights", "requirements", "sources"]
SchemaPart = Literal["problem", "profiles", "sources"]


def register(app: typer.Typer, words: Words) -> None:
    """Add check, show and schema to `app`."""

    @app.command(help=words.text("cli.command.check"))
    def check(
        problem: str = argument(words, "problem", "PROBLEM"),
        lang: Language = language_option(words),
    ) -> None:
        guarded(lambda: _check(problem, words), words, problem)

    @app.command(help=words.text("cli.command.show"))
    def show(
        problem: str = argument(words, "problem", "PROBLEM"),
        part: Part = argument(words, "part", "[PART]", "tree"),
        lang: Language = language_option(words),
    ) -> None:
        guarded(lambda: _show(problem, part, words), words, problem)

    @app.command(help=words.text("cli.command.schema"))
    def schema(
        part: SchemaPart = argument(words, "schema_part", "[PART]", "problem"),
        lang: Language = language_option(words),
    ) -> None:
        from afweging.io.schema import json_schema

        shown = json.dumps(json_schema(part), indent=2, ensure_ascii=False)
        sys.stdout.write(shown + "\n")


def _check(path: str, words: Words) -> None:
    from afweging.analysis.gaps import missing_effects
    from afweging.analysis.weights import panel_weights
    from afweging.errors import Place, ProblemFileError

    problem = read(path, words)
    place = Place(file="effects.csv" if Path(path).is_dir() else Path(path).name)
    missing = missing_effects(problem)
    if missing:
        raise ProblemFileError(replace(fault, place=place) for fault in missing)
    panel_weights(problem)  # answers that cannot hold together are a fault of the problem
    for line in _soundness(problem, path, words):
        sys.stdout.write(line + "\n")


def _soundness(problem: DecisionProblem, path: str, words: Words) -> list[str]:
    import numpy as np

    from afweging.io.canonical import problem_digest

    known = int((~np.isnan(problem.effects.mode)).sum())
    declared = problem.effects.mode.size - known
    lines = [
        words.text(
            "cli.check.sound",
            path=path,
            options=len(problem.alternatives),
            criteria=len(problem.criteria),
            cases=len(problem.cases),
            effects=known,
            profiles=len(problem.profiles),
            sources=len(problem.sources),
        )
    ]
    if declared:
        lines.append(words.text("cli.check.declared", count=declared))
    return [*lines, words.text("cli.check.digest", digest=problem_digest(problem))]


def _show(path: str, part: Part, words: Words) -> None:
    from rich.padding import Padding

    from afweging.analysis.outline import outline
    from afweging.cli.console import console

    screen = console()
    problem = read(path, words)
    lines = outline(problem, part, words)
    for depth, line in lines or [(0, words.text("cli.show.none"))]:
        screen.print(Padding(line, (0, 0, 0, 2 * depth)), markup=False)
