"""What has to be erased by when: what was replaced, tokens, and texts that nobody quoted.

Weights as they counted, the events themselves and what was said about the decision are kept with
the decision. Erasing is the work of the journal; here is only what is due.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from afweging.analysis.session.facilitator import PURGE_DAYS
from afweging.analysis.session.fold import fold
from afweging.analysis.session.moves import seconds_between

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from afweging.model.session import Event
    from afweging.model.session_state import SessionState

TOKEN_HOURS = 24  # after the close
Part = tuple[int, str]


def due_for_erasure(events: Sequence[Event], *, at: str) -> tuple[Part, ...]:
    """Return the private parts that are to be erased now, as sequence number and name.

    - once a round is committed: answers in it that were replaced by later ones;
    - 24 hours after the close: hashes of the tokens of devices;
    - 30 days after the close, and when purged: names, and texts that were never quoted.

    The caller erases them and records `MarkErased`, in one transaction
    (`afweging.io.journal.Journal.append`).
    """
    if not events:
        return ()
    state = fold(events)
    due = _replaced(events, state)
    closed = _hours_since_close(state, at)
    if closed is not None and closed >= TOKEN_HOURS:
        due |= {(event.seq, "token") for event in events if "token" in event.digests}
    if closed is not None and (closed >= PURGE_DAYS * 24 or state.stage == "purged"):
        due |= _texts(events) | {(event.seq, "name") for event in events if "name" in event.digests}
    there = {
        (e.seq, part) for e in events for part, value in e.private.items() if value is not None
    }
    return tuple(sorted(due & there))


def terms_passed(state: SessionState, *, at: str) -> int:
    """Return how many terms are over: 0 before the close, 1 after a day, 2 after thirty.

    When this number changes, something may be due that was not before.
    """
    hours = _hours_since_close(state, at)
    terms = (TOKEN_HOURS, PURGE_DAYS * 24)
    return 0 if hours is None else sum(hours >= term for term in terms)


def without_parts(events: Iterable[Event], parts: Collection[Part]) -> list[Event]:
    """Return events as they are read back once some of their private parts are erased."""
    touched = {seq for seq, _ in parts}
    return [_without(event, parts) if event.seq in touched else event for event in events]


def _without(event: Event, parts: Collection[Part]) -> Event:
    left = {
        name: None if (event.seq, name) in parts else part for name, part in event.private.items()
    }
    return replace(event, private=MappingProxyType(left))


def _hours_since_close(state: SessionState, at: str) -> float | None:
    if state.stage not in {"closed", "purged"}:
        return None
    return seconds_between(state.since, at) / 3600 if state.stage == "closed" else float("inf")


def _replaced(events: Sequence[Event], state: SessionState) -> set[Part]:
    """Return what was given in a committed round and no longer counts."""
    counts = {
        given.seq
        for round_ in state.rounds.values()
        if round_.commitment is not None
        for given in round_.submissions.values()
    }
    committed = {n for n, round_ in state.rounds.items() if round_.commitment is not None}
    return {
        (event.seq, part)
        for event in events
        if event.kind in {"submitted", "confirmed"}
        and event.payload["round"] in committed
        and event.seq not in counts
        for part in event.digests
        if part == "answer"
    }


def _texts(events: Sequence[Event]) -> set[Part]:
    """Return the texts that were never quoted, other than those about the decision."""
    quoted = {
        event.payload["reason"]
        for event in events
        if event.kind == "reason_moderated" and event.payload["action"] == "quote"
    }
    return {
        (event.seq, part)
        for event in events
        if event.kind in {"submitted", "confirmed", "tapped"} and event.seq not in quoted
        for part in event.digests
        if part in {"reason", "remark"}
    }
