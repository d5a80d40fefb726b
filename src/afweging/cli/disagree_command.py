"""The command that tells two parties what they disagree about: disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.cli.compare_command import Chosen
from afweging.cli.guard import guarded, read
from afweging.cli.options import Language, argument, language_option, option

if TYPE_CHECKING:
    import typer

    from afweging.analysis.disagreement import Dispute, Party
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Request
    from afweging.wording import Words


def register(app: typer.Typer, words: Words) -> None:
    """Add disagree to `app`."""

    @app.command(help=words.text("cli.command.disagree"))
    def disagree(  # noqa: PLR0917 - one parameter per option on the command line
        problem: str = argument(words, "problem", "PROBLEM"),
        a: str = argument(words, "first", "A"),
        b: str = argument(words, "second", "B"),
        first: list[str] = option(words, "first", ...),
        second: list[str] = option(words, "second", ...),
        other: str | None = option(words, "other"),
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
            chosen = Chosen(None, scenario, region, horizon, region_weights, horizon_weights)
            request = chosen.request(likelihood, likelihoods)
            mine = read(problem, words)

            def finish() -> None:
                yours = mine if other is None else read(other, words)
                sides = _parties((problem, mine, first), (other, yours, second))
                _show(_disagree(*sides, (a, b), request, words), words, as_json=as_json)

            guarded(finish, words, other)  # a fault in a file is now one of the other's

        guarded(work, words, problem)


def _parties(
    first: tuple[str, DecisionProblem, list[str]],
    second: tuple[str | None, DecisionProblem, list[str]],
) -> tuple[Party, Party]:
    """Return both parties; their places are told apart only where there are two problems."""
    from afweging.analysis.disagreement import Party
    from afweging.errors import Place

    alone = second[0] is None
    one, other = (
        Party(problem, tuple(profiles), Place() if alone else Place(path))
        for path, problem, profiles in (first, second)
    )
    return one, other


def _disagree(
    first: Party, second: Party, options: tuple[str, str], request: Request, words: Words
) -> Dispute:
    from afweging.analysis.disagreement import disagree
    from afweging.cli.console import step

    with step(words, "cli.progress.compare"):
        return disagree(first, second, options, request)


def _show(dispute: Dispute, words: Words, *, as_json: bool) -> None:
    if not as_json:
        from afweging.cli.console import console
        from afweging.cli.disagree_report import DisagreeReport

        DisagreeReport(dispute, words, console()).show()
        return
    from afweging.analysis.disagreement_document import disagreement_document
    from afweging.cli.output import write_document
    from afweging.io.canonical import problem_digest

    digests = {
        "first": problem_digest(dispute.first.comparison.problem),
        "second": problem_digest(dispute.second.comparison.problem),
    }
    write_document({**disagreement_document(dispute), "digests": digests})
