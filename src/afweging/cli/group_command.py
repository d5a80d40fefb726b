"""The command that looks at all profiles together: group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.cli.compare_command import Chosen
from afweging.cli.guard import guarded, read
from afweging.cli.options import Language, argument, language_option, option

if TYPE_CHECKING:
    import typer

    from afweging.model.result import Request
    from afweging.wording import Words


@dataclass(frozen=True, slots=True)
class Shown:
    """How the group is to be shown."""

    details: bool
    json: bool


def register(app: typer.Typer, words: Words) -> None:
    """Add group to `app`."""

    @app.command(help=words.text("cli.command.group"))
    def group(  # noqa: PLR0917 - one parameter per option on the command line
        problem: str = argument(words, "problem", "PROBLEM"),
        share: str = option(words, "share", "50"),
        scenario: list[str] = option(words, "scenario", []),
        region: list[str] = option(words, "region", []),
        horizon: list[str] = option(words, "horizon", []),
        region_weights: str = option(words, "region_weights", "equal"),
        horizon_weights: str = option(words, "horizon_weights", "equal"),
        likelihood: list[str] = option(words, "likelihood", []),
        likelihoods: str | None = option(words, "likelihoods"),
        details: bool = option(words, "group_details", False, "--details"),
        as_json: bool = option(words, "json", False),
        lang: Language = language_option(words),
    ) -> None:
        def work() -> None:
            chosen = Chosen(None, scenario, region, horizon, region_weights, horizon_weights)
            request = chosen.request(likelihood, likelihoods)
            shown = Shown(details=details, json=as_json)
            _group(problem, request, parse_share(share), shown, words)

        guarded(work, words, problem)


def parse_share(text: str) -> float:
    """Return the share of a text such as "50", "50%", "0,5".

    Raises
    ------
    RequestError
        When it is no share between 0 and 1, or percentage up to 100.
    """
    from afweging.errors import Fault, RequestError
    from afweging.io.numbers import read_number

    value = read_number(text.removesuffix("%").strip(), decimal=None, declared=False)
    if not isinstance(value, float) or not 0 < value <= 100:
        raise RequestError([Fault("share-form", value=text)])
    return value if value <= 1 else value / 100


def _group(path: str, request: Request, share: float, shown: Shown, words: Words) -> None:
    from afweging.analysis.coalitions import amendments, coalitions
    from afweging.analysis.group import analyse_group
    from afweging.cli.console import console, step
    from afweging.cli.group_report import GroupReport

    problem = read(path, words)
    with step(words, "cli.progress.group"):
        found = analyse_group(problem, request)
        alliances, changes = coalitions(found), amendments(found, share=share)
    if shown.json:
        from afweging.analysis.group_document import group_document
        from afweging.cli.output import write_answer

        write_answer(group_document(found, alliances, changes, share=share), problem)
        return
    GroupReport(found, alliances, changes, words, console()).show(
        share=share, details=shown.details
    )
