from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from tests.analysis.session.rooms import room_at

from afweging.analysis.session.verify import verify
from afweging.model import session_command as ask
from afweging.model.session import Event, make_event


def session() -> list[Event]:
    """Return the events of a whole session."""
    return room_at("closed", 6).events


def place(events: list[Event], kind: str) -> int:
    """Return where the last event of a kind is."""
    return max(k for k, event in enumerate(events) if event.kind == kind)


def changed(events: list[Event], kind: str, **payload: object) -> list[Event]:
    """Return events in which the last one of a kind says something else."""
    k = place(events, kind)
    event = events[k]
    other = replace(event, payload=MappingProxyType(dict(event.payload) | payload))
    return [*events[:k], other, *events[k + 1 :]]


def codes(events: list[Event]) -> set[str]:
    """Return what verifying finds."""
    return {each.code for each in verify(events).discrepancies}


def test_a_session_as_it_went_holds() -> None:
    """Every receipt comes back, and both commitments are confirmed."""
    room = room_at("closed", 6)
    found = verify(room.events)
    assert found.holds
    assert [(number, ok) for number, _, ok in found.commitments] == [(1, True), (2, True)]
    kept = {r for seat in room.state.seats.values() for _, r, _ in seat.keys}
    assert {receipt for receipt, _ in found.receipts} == kept
    assert len(kept) == 12


@pytest.mark.parametrize(
    ("kind", "payload", "code"),
    [
        ("committed", {"commitment": "0" * 64}, "commitment-differs"),
        ("committed", {"n": 5}, "commitment-differs"),
        ("frozen", {"weights": [0.25, 0.25, 0.25, 0.25]}, "weights-differ"),
        ("moved", {"to": "lobby"}, "step-not-allowed"),
        ("moved", {"from": "explain"}, "step-not-allowed"),
        ("submitted", {"round": 1}, "answer-not-allowed"),
    ],
)
def test_a_changed_event_is_found(kind: str, payload: dict[str, Any], code: str) -> None:
    """Each claim in the log is recomputed."""
    assert code in codes(changed(session(), kind, **payload))


def test_a_changed_answer_is_found() -> None:
    """By its digest, and by the commitment."""
    events = session()
    k = place(events, "submitted")
    answer = {"swings": [100, 0, 0, 0], "checks": [], "salt": "0"}
    other = replace(events[k], private=MappingProxyType({"answer": answer}))
    assert codes([*events[:k], other, *events[k + 1 :]]) >= {"part-differs", "commitment-differs"}


def test_a_part_that_is_missing_needs_an_erasure() -> None:
    """Gone without an event that says so is a discrepancy."""
    room = room_at("closed", 6)
    k = place(room.events, "joined")
    gone = replace(room.events[k], private=MappingProxyType({"token": None}))
    events = [*room.events[:k], gone, *room.events[k + 1 :]]
    assert codes(events) == {"part-missing"}
    events.append(room.do(ask.MarkErased(((gone.seq, "token"),))))
    assert codes(events) == set()


def test_time_that_runs_back_is_found() -> None:
    """A later event with an earlier time."""
    events = session()
    events[3] = replace(events[3], at="2020-01-01T00:00:00Z")
    assert codes(events) == {"time-went-back"}


def test_a_round_that_opened_again_keeps_its_first_commitment() -> None:
    """Both commitments of round 2 are confirmed while their answers are there."""
    room = room_at("r2_sealed", 6)
    room.do(ask.Back("r2_sealed", "te snel"))
    room.submit(1, 100.0, 1.0, 2.0, 3.0, round_=2)
    room.seal()
    assert [ok for _, _, ok in verify(room.events).commitments] == [True, True, True]


def test_a_forged_skip_of_the_quorum_is_found() -> None:
    """A round that closes without an answer cannot have happened."""
    room = room_at("r1_open", 6)
    forged = make_event(
        room.state.seq + 1,
        room.state.at,
        "moved",
        {"from": "r1_open", "to": "r1_sealed", "reason": "x", "override": True},
    )
    assert codes([*room.events, forged]) == {"step-not-allowed"}
