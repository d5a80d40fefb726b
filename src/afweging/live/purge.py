"""What is done with the log of a session afterwards: erase what is due, and end it for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.analysis.session.decide import decide
from afweging.analysis.session.fold import apply, fold
from afweging.analysis.session.retention import due_for_erasure
from afweging.io.journal import open_journal
from afweging.live.links import links_path
from afweging.live.room import now
from afweging.model.session import Event, Refusal
from afweging.model.session_command import MarkErased, Purge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from afweging.io.journal import Journal
    from afweging.model.session_state import SessionState


@dataclass(frozen=True, slots=True)
class Purged:
    """What was done: parts erased, whether the session has ended, and the hash of the log.

    `refusal` says why the session could not be ended; what was due is erased all the same.
    """

    erased: int
    ended: bool
    log_hash: str
    refusal: Refusal | None = None


def purge_log(path: Path, *, reason: str = "", at: str | None = None) -> Purged:
    """Erase from a log what is due, end the session where its term is over or with a reason.

    The proof stays: an event that names what was erased, with the hash of each part. The links of
    an ended session are deleted.

    Raises
    ------
    SessionFileError, OutputError
        When the log cannot be read or written, or is in use.
    """
    at = at or now()
    with open_journal(path) as journal:
        events = list(journal.read())
        state = fold(events)
        refusal = None
        if state.stage != "purged":
            ended = decide(state, Purge(reason), at=at)
            refusal = ended if isinstance(ended, Refusal) else None
            if isinstance(ended, Event):
                journal.append([ended])
                events.append(ended)
                state = apply(state, ended)
        erased = _erase(journal, events, state, at)
        found = Purged(erased, state.stage == "purged", journal.head, refusal)
    if found.ended:
        links_path(path).unlink(missing_ok=True)
    return found


def _erase(journal: Journal, events: Sequence[Event], state: SessionState, at: str) -> int:
    due = due_for_erasure(events, at=at)
    marked = decide(state, MarkErased(due), at=at) if due else None
    if isinstance(marked, Event):
        journal.append([marked], erase=due)
    return len(due)
