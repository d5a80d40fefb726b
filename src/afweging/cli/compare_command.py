"""Commands that answer: compare and explain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.cli.guard import guarded, read
from afweging.cli.options import Language, argument, language_option, option
from afweging.cli.session_choice import came_from, session_choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    import typer

    from afweging.cli.session_choice import SessionChoice
    from afweging.model.result import Comparison, Request
    from afweging.wording import Words


@dataclass(frozen=True, slots=True)
class Output:
    """How a comparison is to be shown."""

    details: bool
    json: bool
    csv: bool
    tables: str | None
    force: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen on the command line: whose weights, which cases."""

    profile: str | None
    scenario: list[str]
    region: list[str]
    horizon: list[str]
    region_weights: str
    horizon_weights: str
    session: SessionChoice | None = None

    def request(self, likelihood: Sequence[str], named: str | None) -> Request:
        """Return the request, with the likelihoods given one by one or by the name of a set."""
        from afweging.model.result import Request

        return Request(
            profile=self.profile if self.session is None else self.session.profile,
            scenarios=tuple(self.scenario),
            regions=tuple(self.region),
            horizons=tuple(self.horizon),
            region_weights=self.region_weights,
            horizon_weights=self.horizon_weights,
            likelihoods=parse_likelihoods(likelihood, named),
            likelihood_set=named,
        )


def register(app: typer.Typer, words: Words) -> None:
    """Add compare and explain to `app`."""

    @app.command(help=words.text("cli.command.compare"))
    def compare(  # noqa: PLR0917 - one parameter per option on the command line
        problem: str = argument(words, "problem", "PROBLEM"),
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
        details: bool = option(words, "details", False),
        as_json: bool = option(words, "json", False),
        as_csv: bool = option(words, "csv", False),
        tables: str | None = option(words, "tables"),
        force: bool = option(words, "force", False),
        lang: Language = language_option(words),
    ) -> None:
        def work() -> None:
            held = session_choice(profile, session, session_round)
            cases = (scenario, region, horizon, region_weights, horizon_weights)
            request = Chosen(profile, *cases, held).request(likelihood, likelihoods)
            output = Output(details, as_json, as_csv, tables, force)
            _show(compare_at(problem, request, words, held), output, words, held)

        guarded(work, words, problem)

    _add_explain(app, words)


def _add_explain(app: typer.Typer, words: Words) -> None:
    @app.command(help=words.text("cli.command.explain"))
    def explain(  # noqa: PLR0917 - one parameter per option on the command line
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
            _explain(found, first, second, words, held, as_json=as_json)

        guarded(work, words, problem)


def parse_likelihoods(
    given: Sequence[str], named: str | None = None
) -> tuple[tuple[str, float], ...]:
    """Return scenario and likelihood of texts such as "SC1=40" or "SC1=0,4".

    Raises
    ------
    RequestError
        With a fault for every text that is not of that form.
    """
    from afweging.errors import Fault, RequestError
    from afweging.io.numbers import read_number

    faults, found = [], {}
    for text in given:
        name, _, number = (part.strip() for part in text.partition("="))
        value = read_number(number.removesuffix("%").strip(), decimal=None, declared=False)
        if not isinstance(value, float):
            faults.append(Fault("likelihood-form", value=text))
        elif name in found:
            faults.append(Fault("likelihood-twice", value=name))
        else:
            found[name] = value
    if given and named is not None:
        faults.append(Fault("likelihood-both", value=named))
    if faults:
        raise RequestError(faults)
    return tuple(found.items())


def compare_at(
    path: str, request: Request, words: Words, session: SessionChoice | None = None
) -> Comparison:
    """Return the comparison of the problem at `path`, with a sign of life where it takes long."""
    from afweging.analysis.compare import compare
    from afweging.cli.console import step

    problem = read(path, words)
    if session is not None:
        problem = session.borrowed(problem)
    with step(words, "cli.progress.compare"):
        return compare(problem, request)


def _show(
    comparison: Comparison, output: Output, words: Words, session: SessionChoice | None
) -> None:
    if output.tables is not None:
        from afweging.cli.output import write_tables

        write_tables(comparison, output.tables, words, overwrite=output.force)
    if output.json:
        from afweging.cli.output import comparison_json, write_bytes

        write_bytes(comparison_json(comparison, came_from(session, comparison.problem)))
    elif output.csv:
        from afweging.cli.output import write_bytes
        from afweging.cli.tables_csv import case_rows, csv_bytes

        write_bytes(csv_bytes(*case_rows(comparison, words), words))
    else:
        from afweging.cli.console import console
        from afweging.cli.report import Report

        Report(comparison, words, console()).show(details=output.details)
        if session is not None:
            session.show(comparison.problem, words)


def _explain(
    comparison: Comparison,
    first: str,
    second: str,
    words: Words,
    session: SessionChoice | None,
    *,
    as_json: bool,
) -> None:
    from afweging.analysis.explain import explain

    explanation = explain(comparison, first, second)
    if as_json:
        from afweging.analysis.document import explanation_document
        from afweging.cli.output import write_bytes
        from afweging.io.canonical import canonical_json

        document = {**explanation_document(explanation), **came_from(session)}
        write_bytes(canonical_json(document) + b"\n")
        return
    from afweging.analysis.explanation_sentences import explanation_sentences
    from afweging.cli.console import console, show_line

    screen = console()
    for line in explanation_sentences(comparison, explanation, words):
        show_line(screen, line)
