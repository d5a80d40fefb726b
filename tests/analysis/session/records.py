"""Records of sessions about Brabant, for tests: a room that was led, exported and read again."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tests.analysis.session.rooms import new_room, step
from tests.live.running import brabant

from afweging.analysis.session.publish import publishable
from afweging.analysis.session.result_sentences import SessionTold
from afweging.analysis.session.results import session_results
from afweging.io.canonical import problem_digest
from afweging.io.session_export import read_export
from afweging.live.exports import export_bytes
from afweging.model import session_command as ask
from afweging.wording import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.analysis.session.rooms import Room

    from afweging.model.session_record import SessionRecord
    from afweging.wording import Language

LOG_HASH = "ab" * 32


def led(
    stage: str,
    people: int,
    first: Sequence[Sequence[float]] = (),
    second: Sequence[Sequence[float]] = (),
    **changes: Any,  # noqa: ANN401
) -> Room:
    """Return a session about Brabant at a stage, with these swings where they are given."""
    problem, model = brabant()
    given = {"lenses": model.lenses, "scenarios": model.scenarios, "problem": problem.id}
    room = new_room(**(given | {"digest": problem_digest(problem)} | changes))
    while room.state.stage != stage:
        rows = {"r1_open": first, "r2_open": second}.get(room.state.stage, ())
        if rows:
            number = int(room.state.stage[1])
            for seat, row in enumerate(rows, start=1):
                room.submit(seat, *row, round_=number, reason=f"reden {seat}")
            room.seal() if room.state.setup.mode == "sealed" else room.next()
        else:
            step(room, people)
    return room


def endorsed(room: Room, choices: Sequence[str]) -> Room:
    """Let people say what they think of the decision, each with a text but for those who agree."""
    for seat, choice in enumerate(choices, start=1):
        text = "" if choice == "endorse" else f"tekst {seat}"
        room.do(ask.Endorse(seat, choice, f"endorse-{seat}", f"{seat:032x}", text))  # type: ignore[arg-type]
    return room


def exported(room: Room) -> SessionRecord:
    """Return a session as it is read from its export, whole."""
    return read_export(export_bytes(room.state, LOG_HASH), file="export.json")


@cache
def record(stage: str = "closed", people: int = 12, mode: str = "sealed") -> SessionRecord:
    """Return a session as it may be published."""
    return publishable(exported(led(stage, people, mode=mode)))


def told(found: SessionRecord, language: Language = "nl") -> SessionTold:
    """Return what a session came to."""
    problem, model = brabant()
    return SessionTold(found, session_results(found, model), problem, Words(language))
