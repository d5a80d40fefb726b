"""The command that asks other methods about the same options: second-opinion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.cli.compare_command import Chosen, compare_at
from afweging.cli.guard import guarded
from afweging.cli.options import Language, argument, language_option, option

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typer
    from rich.console import Console, RenderableType

    from afweging.analysis.opinion import SecondOpinion
    from afweging.analysis.opinion_table import Basis
    from afweging.model.result import Comparison
    from afweging.wording import Words


def register(app: typer.Typer, words: Words) -> None:
    """Add second-opinion to `app`."""

    @app.command("second-opinion", help=words.text("cli.command.second_opinion"))
    def second_opinion(  # noqa: PLR0917 - one parameter per option on the command line
        problem: str = argument(words, "problem", "PROBLEM"),
        profile: str | None = option(words, "profile"),
        scenario: list[str] = option(words, "scenario", []),
        region: list[str] = option(words, "region", []),
        horizon: list[str] = option(words, "horizon", []),
        region_weights: str = option(words, "region_weights", "equal"),
        horizon_weights: str = option(words, "horizon_weights", "equal"),
        likelihood: list[str] = option(words, "likelihood", []),
        likelihoods: str | None = option(words, "likelihoods"),
        effects: bool = option(words, "effects", False),
        as_json: bool = option(words, "json", False),
        lang: Language = language_option(words),
    ) -> None:
        def work() -> None:
            chosen = Chosen(profile, scenario, region, horizon, region_weights, horizon_weights)
            request = chosen.request(likelihood, likelihoods)
            comparison = compare_at(problem, request, words)
            _show(comparison, "effects" if effects else "values", words, as_json=as_json)

        guarded(work, words, problem)


def _show(comparison: Comparison, basis: Basis, words: Words, *, as_json: bool) -> None:
    from afweging.analysis.second_opinion import second_opinion
    from afweging.cli.console import console, step

    with step(words, "cli.progress.second_opinion"):
        found = second_opinion(comparison, basis=basis)
    if as_json:
        from afweging.analysis.second_opinion_document import second_opinion_document
        from afweging.cli.output import write_answer

        write_answer(second_opinion_document(comparison, found), comparison.problem)
        return
    screen = console()
    for part in _report(comparison, found, screen, words):
        screen.print(part)


def _report(
    comparison: Comparison, found: SecondOpinion, screen: Console, words: Words
) -> Iterator[RenderableType]:
    from rich.text import Text

    from afweging.analysis import second_opinion_sentences as told
    from afweging.cli.console import hanging
    from afweging.cli.layout import heading, shown

    yield Text(told.heading(comparison, found, words), style="bold")
    first, *rest = told.sentences(comparison, found, words)
    yield ""
    yield Text(first)
    yield from (hanging(screen, line) for line in rest)
    reasons = told.reasons(comparison, found, words)
    if reasons:
        yield ""
        yield heading(screen, words.text("opinion.section.reasons"))
        yield from (hanging(screen, line) for line in reasons)
    for table in told.tables(comparison, found, words):
        yield ""
        yield heading(screen, table.title)
        yield shown(screen, table)
