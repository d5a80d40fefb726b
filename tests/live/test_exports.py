from __future__ import annotations

import hashlib
import json

from tests.analysis.session.rooms import room_at

from afweging.live.exports import export_bytes, last_export, mark_exported
from afweging.live.room import chain

START = "00" * 32


def test_the_recorded_export_is_made_again_from_the_log() -> None:
    """Its digest is the one on record, also after more happened."""
    room = room_at("decided", people=6)
    before, state = list(room.events), room.state
    room.do(mark_exported(room.state, chain(START, before)))
    room.next()
    found = last_export(room.events)
    assert found == export_bytes(state, chain(START, before))
    assert hashlib.sha256(found).hexdigest() == room.state.exported
    assert json.loads(found)["events"] == len(before)


def test_without_a_record_there_is_none() -> None:
    """Nothing is made up for a session that was never exported."""
    assert last_export(room_at("frozen").events) is None


def test_the_last_of_several_counts() -> None:
    """A draft made before the weights were frozen is replaced by the one of the decision."""
    room = room_at("discuss")
    room.do(mark_exported(room.state, chain(START, room.events)))
    draft = last_export(room.events)
    assert draft is not None
    assert json.loads(draft)["concept"] is True
    room = room_at("decided")
    for _ in range(2):
        room.do(mark_exported(room.state, chain(START, room.events)))
    last = last_export(room.events)
    assert last is not None
    assert json.loads(last)["concept"] is False
    assert json.loads(last)["events"] == len(room.events) - 1
