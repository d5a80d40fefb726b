"""Commands that write a decision problem: convert and new."""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from afweging.cli.guard import guarded, read
from afweging.cli.options import Language, argument, language_option, option

if TYPE_CHECKING:
    import typer

    from afweging.wording import Words


def register(app: typer.Typer, words: Words) -> None:
    """Add convert and new to `app`."""

    @app.command(help=words.text("cli.command.convert"))
    def convert(
        source: str = argument(words, "source", "SOURCE"),
        target: str = argument(words, "target", "TARGET"),
        force: bool = option(words, "force", False),
        lang: Language = language_option(words),
    ) -> None:
        guarded(lambda: _convert(source, target, words, overwrite=force), words, source)

    @app.command(help=words.text("cli.command.new"))
    def new(
        folder: str = argument(words, "folder", "FOLDER"),
        lang: Language = language_option(words),
    ) -> None:
        guarded(lambda: _new(folder, words), words, folder)


def _convert(source: str, target: str, words: Words, *, overwrite: bool) -> None:
    from afweging.cli.console import step
    from afweging.io.canonical import problem_digest
    from afweging.io.problem_file import write_problem

    problem = read(source, words)
    with step(words, "cli.progress.write", path=target):
        write_problem(problem, target, overwrite=overwrite)
    done = words.text(
        "cli.convert.done", source=source, target=target, digest=problem_digest(problem)[:12]
    )
    sys.stdout.write(done + "\n")


def _new(folder: str, words: Words) -> None:
    from afweging.cli.console import quoted
    from afweging.io.files import write_files

    template = resources.files("afweging.cli") / "template" / words.language
    files = {Path(folder) / part.name: part.read_bytes() for part in template.iterdir()}
    write_files(files, overwrite=False)
    sys.stdout.write(words.text("cli.new.done", path=folder) + "\n")
    for command in ("check", "compare"):
        sys.stdout.write(f"  afweging {command} {quoted(folder)}\n")
