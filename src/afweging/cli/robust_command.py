"""The command that says how sure the answer is, and what would change it: robust."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.cli.compare_command import Chosen
from afweging.cli.guard import guarded, read
from afweging.cli.options import Language, argument, language_option, option
from afweging.cli.session_choice import came_from, session_choice
from afweging.errors import Fault, RequestError

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer

    from afweging.analysis.robustness import Part, Robustness
    from afweging.cli.session_choice import SessionChoice
    from afweging.model.result import Request
    from afweging.wording import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """Which weights are possible, and how many draws are made from which seed."""

    weights: str
    panel: tuple[str, ...]
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class Shown:
    """How the answer is to be shown; `map` is the file of the picture, if there is to be one."""

    details: bool
    json: bool
    csv: bool
    map: str | None
    force: bool


def register(app: typer.Typer, words: Words) -> None:
    """Add robust to `app`."""

    @app.command(help=words.text("cli.command.robust"))
    def robust(  # noqa: PLR0917 - one parameter per option on the command line
        problem: str = argument(words, "problem", "PROBLEM"),
        profile: str | None = option(words, "profile"),
        session: str | None = option(words, "session"),
        session_round: int | None = option(words, "session_round"),
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
        details: bool = option(words, "robust_details", False, "--details"),
        as_json: bool = option(words, "json", False),
        as_csv: bool = option(words, "robust_csv", False, "--csv"),
        picture: str | None = option(words, "map", None, "--map"),
        force: bool = option(words, "force", False),
        lang: Language = language_option(words),
    ) -> None:
        def work() -> None:
            _require_svg(picture)
            held = session_choice(profile, session, session_round)
            cases = (scenario, region, horizon, region_weights, horizon_weights)
            request = Chosen(profile, *cases, held).request(likelihood, likelihoods)
            asked = Asked(weights, tuple(panel), draws, seed)
            shown = Shown(details, as_json, as_csv, picture, force)
            _show(_find(problem, request, asked, words, held), shown, words, held)

        guarded(work, words, problem)


def _require_svg(picture: str | None) -> None:
    """Refuse, before anything is computed, a file that other programs would take for no picture."""
    if picture is not None and not picture.lower().endswith(".svg"):
        raise RequestError([Fault("map-not-svg", value=picture)])


def _find(
    path: str, request: Request, asked: Asked, words: Words, session: SessionChoice | None
) -> Robustness:
    """Return the answer, with a sign of life that says which part is under way."""
    from afweging.analysis.robustness import robustness
    from afweging.cli.console import step

    problem = read(path, words)
    if session is not None:
        problem = session.borrowed(problem)
    with step(words, "cli.progress.compare") as tell:
        return robustness(
            problem,
            request,
            weights=asked.weights,  # type: ignore[arg-type]  # refused there if it is none
            panel=asked.panel or None,
            draws=asked.draws,
            seed=asked.seed,
            progress=teller(tell, words),
        )


def teller(tell: Callable[[str], None], words: Words) -> Callable[[Part, float], None]:
    """Return what tells which part is under way."""

    def progress(part: Part, share: float) -> None:
        done = words.format_field(share, "share") if share else ""
        tell(words.text(f"robust.progress.{part}", done=done).strip())

    return progress


def _show(found: Robustness, shown: Shown, words: Words, session: SessionChoice | None) -> None:
    if shown.map is not None:
        _write_map(found, shown.map, words, overwrite=shown.force)
    if shown.json or shown.csv:
        _write(found, words, session, as_json=shown.json)
        return
    from afweging.cli.console import console
    from afweging.cli.robust_report import parts

    screen = console()
    for part in parts(found, screen, words, details=shown.details):
        screen.print(part)


def _write(
    found: Robustness, words: Words, session: SessionChoice | None, *, as_json: bool
) -> None:
    from afweging.analysis.page_rows import page_rows
    from afweging.analysis.robust_page import sections
    from afweging.analysis.robustness_document import robustness_document
    from afweging.cli.output import write_answer, write_bytes
    from afweging.cli.tables_csv import csv_bytes

    if as_json:
        document = {**robustness_document(found), **came_from(session)}
        write_answer(document, found.comparison.problem)
        return
    keys = ("part", "table", "row", "column", "value", "unit")
    heads = [words.text(f"robust.csv.{key}") for key in keys]
    write_bytes(csv_bytes(heads, page_rows(sections(found, words), words), words))


def _write_map(found: Robustness, path: str, words: Words, *, overwrite: bool) -> None:
    from pathlib import Path

    from afweging.charts.weight_map import weight_map_svg
    from afweging.io.files import write_files

    picture = weight_map_svg(found.comparison, found.weight_space, words)
    write_files({Path(path): picture.encode("utf-8")}, overwrite=overwrite)
