from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from tests.analysis.session.rooms import Room, clock, new_room, room_at, salt, small_model

from afweging.analysis.session.fold import fold
from afweging.analysis.session.retention import due_for_erasure, terms_passed, without_parts
from afweging.analysis.session.verify import verify
from afweging.analysis.session.views import projector_view, view_hash
from afweging.io.journal import create_journal, read_journal
from afweging.model import session_command as ask

if TYPE_CHECKING:
    from pathlib import Path

    from afweging.model.session import Event

HOUR = 3600.0


def erased(event: Event, parts: set[tuple[int, str]]) -> Event:
    """Return an event as it is read back after an erasure."""
    private = {
        name: None if (event.seq, name) in parts else part for name, part in event.private.items()
    }
    return replace(event, private=MappingProxyType(private))


def whole_session() -> Room:
    """Return a named session with revisions and reasons, some quoted, that was closed."""
    room = new_room(naming="named")
    room.next()
    room.join(5, name="Jan", consent=True)
    room.next()
    room.next()
    for seat in (1, 1, 2, 3, 4, 5, 2):
        room.submit(seat, reason=f"reden {seat}")
    room.seal()
    room.next()
    quoted = room.state.reasons[max(room.state.reasons)]
    room.do(ask.Moderate(quoted.code, "quote"))
    room.next()
    room.do(ask.ShowPanel("reasons"))
    room.do(ask.ShowPanel("outcome"))
    room.do(ask.Tap(1, "uneasy", salt("tap"), "en de huren?"))
    room.next()
    for seat in range(1, 5):
        room.submit(seat, round_=2)
    room.do(ask.Confirm(5, "confirm-5", salt("c"), "blijf erbij"))
    room.seal()
    room.next()
    room.freeze()
    room.do(ask.SetDecision("Wij kiezen."))
    room.next()
    room.do(ask.Endorse(1, "dissent", "endorse-1", salt("e"), "te duur"))
    room.do(ask.MarkExported("1" * 64))
    room.next()
    return room


def test_what_is_due_when() -> None:
    """Replaced answers at once, tokens after a day, texts and names after thirty."""
    room = whole_session()
    kinds = {event.seq: event.kind for event in room.events}
    now = due_for_erasure(room.events, at=clock(room.seconds + HOUR))
    assert [(kinds[seq], part) for seq, part in now] == [("submitted", "answer")] * 2
    day = due_for_erasure(room.events, at=clock(room.seconds + 25 * HOUR))
    assert [part for _, part in set(day) - set(now)] == ["token"] * 5
    month = due_for_erasure(room.events, at=clock(room.seconds + 31 * 24 * HOUR))
    rest = sorted(part for _, part in set(month) - set(day))
    assert rest == ["name"] * 5 + ["reason"] * 7 + ["remark"]
    assert not {seq for seq, part in month if part == "reason"} & {
        event.payload["reason"] for event in room.events if event.kind == "reason_moderated"
    }
    assert due_for_erasure([], at=clock(0)) == ()
    assert due_for_erasure(room_at("r1_open").events, at=clock(10**9)) == ()


def test_after_an_erasure_the_log_holds_and_frames_are_the_same(tmp_path: Path) -> None:
    """What is erased is gone from state and file; the rest replays to the same frames."""
    room = whole_session()
    before = [view_hash(projector_view(fold(room.events[:k]), small_model())) for k in FRAMES]
    parts = due_for_erasure(room.events, at=clock(room.seconds + 31 * 24 * HOUR))
    path = tmp_path / "s.afw"
    with create_journal(path) as journal:
        journal.append(room.events)
        event = room.do(ask.MarkErased(parts))
        journal.append([event], erase=parts)
    events = read_journal(path)
    assert list(events[:-1]) == [erased(each, set(parts)) for each in room.events[:-1]]
    assert fold(events) == room.state
    assert [view_hash(projector_view(fold(events[:k]), small_model())) for k in FRAMES] == before
    found = verify(events)
    assert found.holds, found.discrepancies
    assert found.erased == len(parts)
    assert room.state.tokens == {}
    assert {seat.name for seat in room.state.seats.values()} == {None}
    assert due_for_erasure(events, at=clock(room.seconds + 31 * 24 * HOUR)) == ()
    assert b"reden 1" not in path.read_bytes()


FRAMES = (1, 8, 15, 20, 22, 24, 26, 30, 36, 40)


def test_terms_begin_at_the_close() -> None:
    """None is over before it; when the number changes, something is due that was not."""
    room = whole_session()
    hours = (0, 23.9, 24, 719.9, 720)
    found = [terms_passed(room.state, at=clock(room.seconds + HOUR * each)) for each in hours]
    assert found == [0, 0, 1, 1, 2]
    assert terms_passed(room_at("decided").state, at=clock(10**9)) == 0
    assert terms_passed(room_at("purged").state, at=clock(0)) == 2


def test_events_without_parts_are_those_that_are_read_back() -> None:
    """What is kept in memory is what a log gives after the erasure; nothing else changes."""
    room = whole_session()
    parts = set(due_for_erasure(room.events, at=clock(room.seconds + 25 * HOUR)))
    found = without_parts(room.events, parts)
    assert found == [erased(each, parts) for each in room.events]
    assert due_for_erasure(found, at=clock(room.seconds + 25 * HOUR)) == ()
