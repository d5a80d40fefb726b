"""Commands that make preference profiles: weigh and rescale."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass, replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn, TextIO

import typer

from afweging.cli.guard import guarded, read
from afweging.cli.options import Language, argument, language_option, option

if TYPE_CHECKING:
    from afweging.analysis.answered_profile import Person
    from afweging.analysis.questionnaire import Answers, Script
    from afweging.cli.conversation import Ending
    from afweging.model.preference import Profile
    from afweging.model.problem import DecisionProblem
    from afweging.wording import Words

Method = Literal["swing", "points", "rank", "ahp", "bwm"]
INTERRUPTED = 130  # what a shell calls a program that the user stopped


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked on the command line: where, how, about what, and for whom."""

    path: str
    method: Method
    only: list[str]
    about: bool
    date: str
    replace: bool
    restart: bool


def register(app: typer.Typer, words: Words) -> None:
    """Add weigh and rescale to `app`."""

    @app.command(help=words.text("cli.command.weigh"))
    def weigh(  # noqa: PLR0917 - one parameter per option on the command line
        problem: str = argument(words, "problem", "PROBLEM"),
        method: Method = option(words, "method", "swing"),
        name: str | None = option(words, "as", None, "--as"),
        title: str | None = option(words, "name"),
        about: bool = option(words, "about", False),
        only: list[str] = option(words, "only", []),
        source: str | None = option(words, "from", None, "--from"),
        form: str | None = option(words, "form"),
        replace_: bool = option(words, "replace", False, "--replace"),
        restart: bool = option(words, "restart", False),
        date: str | None = option(words, "date"),
        lang: Language = language_option(words),
    ) -> None:
        def work() -> None:
            day = date or dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()
            asked = Asked(problem, method, only, about, day, replace_, restart)
            _weigh(asked, name, title, source, form, words)

        guarded(work, words, problem)

    @app.command(help=words.text("cli.command.rescale"))
    def rescale(
        problem: str = argument(words, "problem", "PROBLEM"),
        profile: list[str] = option(words, "rescale_profile", [], "--profile"),
        lang: Language = language_option(words),
    ) -> None:
        from afweging.cli.rescale import rescale_profiles

        guarded(lambda: rescale_profiles(problem, profile, words), words, problem)


def _weigh(
    asked: Asked,
    name: str | None,
    title: str | None,
    source: str | None,
    form: str | None,
    words: Words,
) -> None:
    from afweging.analysis.questionnaire import script_of

    problem = read(asked.path, words, stale="wait")
    script = script_of(problem.tree, asked.method, asked.only)
    if form is not None:
        from afweging.cli.weigh_forms import make_form

        make_form(problem, script, form, words, overwrite=asked.replace)
    elif source is not None:
        from afweging.cli.weigh_forms import take_form
        from afweging.errors import RequestError
        from afweging.io.profile_file import day_faults

        if faults := day_faults(asked.date):
            raise RequestError(faults)
        found = take_form(problem, script, source, words, about=asked.about, date=asked.date)
        write_new(problem, found, asked.path, words, overwrite=asked.replace)
    else:
        person = _person(problem, asked, name, title)
        _converse(problem, script, person, asked, words)


def _person(problem: DecisionProblem, asked: Asked, name: str | None, title: str | None) -> Person:
    """Return whose weights they will be.

    Raises
    ------
    RequestError
        When the name cannot be an id or is taken, or the date is none.
    """
    from afweging.analysis.answered_profile import Person
    from afweging.errors import RequestError
    from afweging.io.profile_file import name_faults
    from afweging.model.text import Text

    taken = () if asked.replace else tuple(profile.id for profile in problem.profiles)
    if faults := name_faults(name, asked.date, taken):
        raise RequestError(faults)
    found = name or ""
    return Person(found, Text(title or found), "about" if asked.about else "own", asked.date)


def _converse(
    problem: DecisionProblem, script: Script, person: Person, asked: Asked, words: Words
) -> None:
    """Ask, keep each answer, and write the profile when all is said."""
    from afweging.analysis.answered_profile import profile_of
    from afweging.cli.console import console
    from afweging.cli.conversation import Conversation
    from afweging.io.draft import draft_path, read_draft, tree_digest, write_draft

    path = draft_path(Path(asked.path), person.id)
    about = {
        "method": script.method,
        "groups": [group.id for group in script.groups],
        "origin": person.origin,
        "tree": tree_digest(problem),
    }
    if asked.restart:
        path.unlink(missing_ok=True)
    answers: Answers = read_draft(path, about)  # type: ignore[assignment]
    screen = console()
    _open(problem, script, person, answers, words)
    talk = Conversation(
        problem,
        script,
        words,
        screen=screen,
        source=_typed(),
        keep=lambda given: write_draft(path, about, given),
    )
    ending = talk.run(answers)
    if ending != "done":
        _leave(ending, path, words)
    now = read(asked.path, words, stale="wait")  # others may have written in it meanwhile
    read_draft(path, {**about, "tree": tree_digest(now)})
    made = profile_of(script, talk.answers, person)
    write_new(now, [made], asked.path, words, overwrite=asked.replace)
    path.unlink(missing_ok=True)


def _typed() -> TextIO:
    """Return what is typed; bytes that are no text are shown as such and asked again."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    return sys.stdin


def _leave(ending: Ending, path: Path, words: Words) -> NoReturn:
    """Say whether answers are kept, and leave with the exit code for the way it ended."""
    from afweging.cli.console import console, show_line

    screen = console()
    if ending != "stopped":
        screen.print()
    show_line(screen, words.text(f"weigh.done.{'draft' if path.exists() else 'unfinished'}"))
    raise typer.Exit({"stopped": 0, "cut-off": 2, "interrupted": INTERRUPTED}[ending])


def _open(
    problem: DecisionProblem, script: Script, person: Person, answers: Answers, words: Words
) -> None:
    """Say what is going to be asked, of whom and how, and that earlier answers are there."""
    from afweging.analysis.questionnaire import kept
    from afweging.cli.console import console, show_line
    from afweging.wording import texts_of

    commands = {
        name: said[0] for name, said in texts_of(words.language, "weigh")["command"].items()
    }
    title = problem.title.in_language(words.language)
    whose = words.text(f"weigh.whose.{person.origin}")
    method = words.text(f"weigh.method.{script.method}")
    count = sum(not key.endswith(":review") for key in kept(script, answers))
    told = [
        words.text("weigh.title.what", title=title),
        words.text("weigh.title.who", profile=person.id, whose=whose, method=method),
        words.text("weigh.intro.swing"),
        words.text("weigh.intro.commands", **commands),
    ]
    told += [words.text("weigh.title.resumed", count=count)] if count else []
    screen = console()
    for line in told:
        show_line(screen, line)


def write_new(
    problem: DecisionProblem,
    profiles: list[Profile],
    path: str,
    words: Words,
    *,
    overwrite: bool,
) -> None:
    """Write profiles with their reports into the problem, and say what they lead to.

    Raises
    ------
    RequestError
        When a profile is there already and `overwrite` is false.
    PreferenceError
        When answers cannot hold together; nothing is written.
    """
    from afweging.analysis.elicitation import elicit
    from afweging.analysis.elicitation_sentences import report_text
    from afweging.cli.console import console, quoted, show_line
    from afweging.errors import Fault, RequestError
    from afweging.io.profile_file import add_profiles, with_profiles

    known = {profile.id for profile in problem.profiles}
    taken = [] if overwrite else [each.id for each in profiles if each.id in known]
    if taken:
        raise RequestError([Fault("profile-exists", value=name) for name in taken])
    made = [
        replace(each, report=report_text(problem, elicit(problem.tree, each))) for each in profiles
    ]
    add_profiles(problem, made, Path(path), stale="wait")
    screen = console()
    after = with_profiles(problem, made)
    if len(made) == 1:
        for line in _consequence(after, made[0], words):
            show_line(screen, line)
        shown = words.text("weigh.done.written", profile=made[0].id, path=path)
        command = f"afweging compare {quoted(path)} --profile {made[0].id}"
    else:
        names = [each.id for each in made]
        shown = words.text("weigh.done.written_many", profiles=names, path=path)
        command = f"afweging group {quoted(path)}"
    show_line(screen, "")
    show_line(screen, shown)
    screen.print(f"  {command}", soft_wrap=True)  # one line, so that it can be copied


def _consequence(problem: DecisionProblem, profile: Profile, words: Words) -> list[str]:
    """Return which option is first with the weights, and what the answers leave open."""
    from afweging.analysis.compare import compare
    from afweging.analysis.elicitation_sentences import outcome
    from afweging.analysis.undecided import undecided
    from afweging.model.result import Request

    comparison = compare(problem, Request(profile=profile.id))
    return ["", *outcome(comparison, undecided(comparison, profile), words)]
