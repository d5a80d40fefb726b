"""The weights of a session on the command line: read from its log or export, and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.analysis.session.borrow import Which
    from afweging.analysis.session.result_sentences import SessionTold
    from afweging.model.problem import DecisionProblem
    from afweging.model.session_record import SessionRecord
    from afweging.wording import Words


@dataclass(frozen=True, slots=True)
class SessionChoice:
    """A session, and which of its weights are asked: those of the group, or of one round."""

    record: SessionRecord
    which: Which

    @property
    def profile(self) -> str:
        """The name under which its weights are asked."""
        from afweging.analysis.session.borrow import profile_id

        return profile_id(self.which)

    def borrowed(self, problem: DecisionProblem) -> DecisionProblem:
        """Return the problem with the weights of the session to compare with.

        Raises
        ------
        RequestError
            When the session is about another version of the problem.
        """
        from afweging.memo.results import with_session

        return with_session(problem, self.record)

    def told(self, problem: DecisionProblem, words: Words) -> SessionTold:
        """Return what the session came to."""
        from afweging.analysis.session.told import tell_session

        return tell_session(problem, self.record, words)

    def show(self, problem: DecisionProblem, words: Words) -> None:
        """Print that it is a draft if it is, and who would choose what in each round."""
        from afweging.analysis.session.result_sentences import choices, minority, rounds
        from afweging.cli.console import console, hanging
        from afweging.cli.layout import heading

        told, screen = self.told(problem, words), console()
        screen.print()
        screen.print(heading(screen, told.say("compare.title")))
        draft = [told.say("compare.concept")] if self.record.concept else []
        for line in [*draft, *rounds(told), *choices(told), *minority(told)]:
            screen.print(hanging(screen, line))


def session_choice(
    profile: str | None, session: str | None, number: int | None = None
) -> SessionChoice | None:
    """Return the session in a file and which weights are asked; None where none is.

    Raises
    ------
    SessionFileError
        When the file cannot be read, or is no log or export of a session.
    RequestError
        When a profile is asked too, a round without a session, or weights that are not there.
    """
    from afweging.errors import Fault, RequestError

    if session is None:
        if number is not None:
            raise RequestError([Fault("session-round-alone", value=number)])
        return None
    if profile is not None:
        raise RequestError([Fault("session-and-profile", value=profile)])
    which = _which(number)

    from afweging.live.held import read_session

    record = read_session(session)

    from afweging.analysis.session.borrow import weights_in

    if weights_in(record, which) is None:
        code = "session-no-weights" if number is None else "session-no-round"
        raise RequestError([Fault(code, value=Path(session).name if number is None else number)])
    return SessionChoice(record, which)


def _which(number: int | None) -> Which:
    from afweging.errors import Fault, RequestError

    if number is None:
        return "group"
    if number not in {1, 2}:
        raise RequestError([Fault("session-round", value=number)])
    return "round1" if number == 1 else "round2"


def came_from(
    session: SessionChoice | None, problem: DecisionProblem | None = None
) -> Mapping[str, object]:
    """Return where weights came from and, with the problem, what the session came to.

    Empty without a session: the request says whose weights they are then.
    """
    if session is None:
        return {}
    record = session.record
    said: dict[str, object] = {
        "weights_from": {
            "kind": "session",
            "session": record.session,
            "weights": session.which,
            "source": record.group.source if session.which == "group" and record.group else "mean",
            "concept": record.concept,
            "problem_digest": record.digest,
            "log_hash": record.log_hash,
        }
    }
    if problem is not None:
        from afweging.wording import Words

        said["session"] = session.told(problem, Words("nl")).results
    return said
