"""The command that says what must differ for another option to come first: flip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.cli.compare_command import Chosen, compare_at
from afweging.cli.guard import guarded
from afweging.cli.options import Language, argument, language_option, option
from afweging.cli.session_choice import came_from, session_choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typer
    from rich.console import Console, RenderableType

    from afweging.analysis.flips import FlipAnswer
    from afweging.cli.session_choice import SessionChoice
    from afweging.model.result import Comparison
    from afweging.wording import Words


def register(app: typer.Typer, words: Words) -> None:
    """Add flip to `app`."""

    @app.command(help=words.text("cli.command.flip"))
    def flip(  # noqa: PLR0917 - one parameter per option on the command line
        problem: str = argument(words, "problem", "PROBLEM"),
        first: str = argument(words, "first", "A"),
        second: str = argument(words, "second", "B"),
        profile: str | None = option(words, "profile"),
        session: str | None = option(words, "session"),
        session_round: int | None = option(words, "session_round"),
        scenario: list[str] = option(words, "scenario", []),
        region: list[str] = option(words, "region", []),
        horizon: list[str] = option(words, "horizon", []),
        region_weights: str = option(words, "region_weights", "equal"),
        horizon_weights: str = option(words, "horizon_weights", "equal"),
        likelihood: list[str] = option(words, "likelihood", []),
        likelihoods: str | None = option(words, "likelihoods"),
        as_json: bool = option(words, "json", False),
        lang: Language = language_option(words),
    ) -> None:
        def work() -> None:
            held = session_choice(profile, session, session_round)
            cases = (scenario, region, horizon, region_weights, horizon_weights)
            request = Chosen(profile, *cases, held).request(likelihood, likelihoods)
            found = compare_at(problem, request, words, held)
            _flip(found, first, second, words, held, as_json=as_json)

        guarded(work, words, problem)


def _flip(
    comparison: Comparison,
    first: str,
    second: str,
    words: Words,
    session: SessionChoice | None,
    *,
    as_json: bool,
) -> None:
    from afweging.analysis.flips import find_flips
    from afweging.cli.console import console

    found = find_flips(comparison, first, second)
    if as_json:
        from afweging.analysis.flip_document import flip_document
        from afweging.cli.output import write_answer

        document = {**flip_document(comparison, found), **came_from(session)}
        write_answer(document, comparison.problem)
        return
    screen = console()
    for part in _report(comparison, found, screen, words):
        screen.print(part)


def _report(
    comparison: Comparison, found: FlipAnswer, screen: Console, words: Words
) -> Iterator[RenderableType]:
    from rich.text import Text

    from afweging.analysis import flip_sentences
    from afweging.cli.console import hanging
    from afweging.cli.layout import heading

    yield Text(flip_sentences.heading(comparison, found, words), style="bold")
    yield ""
    yield Text(flip_sentences.now(comparison, found, words))
    for name in ("weights", "estimates", "likelihoods"):
        lines = getattr(flip_sentences, name)(comparison, found, words)
        if lines:
            yield ""
            yield heading(screen, words.text(f"flip.section.{name}"))
            yield from (hanging(screen, line) for line in lines)
