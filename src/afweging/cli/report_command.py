"""The command that makes a page to read, sort and compute with: report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.cli.compare_command import Chosen
from afweging.cli.guard import guarded, read
from afweging.cli.memo_command import day_of, found_with
from afweging.cli.options import Language, argument, language_option, option

if TYPE_CHECKING:
    from datetime import date

    import typer

    from afweging.io.dossier import Settings
    from afweging.model.result import Request
    from afweging.wording import Words


def register(app: typer.Typer, words: Words) -> None:
    """Add report to `app`."""

    @app.command(help=words.text("cli.command.report"))
    def report(  # noqa: PLR0917 - one parameter per option on the command line
        problem: str = argument(words, "problem", "PROBLEM"),
        out: str = option(words, "report_out", "report.html", "--out"),
        date: str | None = option(words, "memo_date", None, "--date"),
        profile: str | None = option(words, "profile"),
        weights: str = option(words, "weights", "all"),
        panel: list[str] = option(words, "panel", []),
        draws: int = option(words, "draws", 20_000),
        seed: int = option(words, "seed", 1),
        scenario: list[str] = option(words, "scenario", []),
        region: list[str] = option(words, "region", []),
        horizon: list[str] = option(words, "horizon", []),
        region_weights: str = option(words, "region_weights", "equal"),
        horizon_weights: str = option(words, "horizon_weights", "equal"),
        likelihood: list[str] = option(words, "likelihood", []),
        likelihoods: str | None = option(words, "likelihoods"),
        force: bool = option(words, "force", False),
        lang: Language = language_option(words),
    ) -> None:
        def work() -> None:
            from afweging.io.dossier import Settings

            chosen = Chosen(profile, scenario, region, horizon, region_weights, horizon_weights)
            request = chosen.request(likelihood, likelihoods)
            settings = Settings(weights, tuple(panel) or None, draws, seed)
            page, mark = _made(problem, request, settings, day_of(date), words)
            _write(out, page, mark, words, overwrite=force)

        guarded(work, words, problem)


def _made(
    path: str, request: Request, settings: Settings, day: date, words: Words
) -> tuple[bytes, str]:
    """Return the page and the fingerprint of the dossier in it."""
    problem = read(path, words)
    comparison, robust = found_with(problem, request, settings, words)

    from afweging.cli.console import step
    from afweging.memo.matter import Matter
    from afweging.memo.report.make import report_bytes

    with step(words, "report.progress"):
        return report_bytes(Matter(comparison, robust, words), settings, day=day)


def _write(out: str, page: bytes, mark: str, words: Words, *, overwrite: bool) -> None:
    """Write the page, and say where it is and what its fingerprint is."""
    from pathlib import Path

    from afweging.cli.console import console
    from afweging.io.files import write_files

    write_files({Path(out): page}, overwrite=overwrite)
    for line in (
        words.text("report.made", path=out),
        words.text("memo.proof", fingerprint=mark),
    ):
        console().print(line, markup=False, soft_wrap=True)
