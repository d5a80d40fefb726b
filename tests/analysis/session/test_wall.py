from __future__ import annotations

from tests.analysis.session.rooms import new_room, room_at, token

from afweging.analysis.session.receipts import commitment_of
from afweging.model import session_command as ask


def test_a_duplicate_seat_goes_with_what_it_gave() -> None:
    """Until the round is committed; its device no longer has a seat, and its number stays used."""
    room = room_at("r1_open", 4)
    for seat in range(1, 5):
        room.submit(seat)
    assert room.refused(ask.RemoveSeat(4, "")) == "reason-needed"
    room.do(ask.RemoveSeat(4, "dubbel"))
    assert set(room.state.round(1).submissions) == {1, 2, 3}
    assert token(4) not in room.state.tokens
    assert room.refused(room.submission(4)) == "seat-removed"
    assert room.do(ask.Join(token("new"), "nl")).payload["seat"] == 5


def test_a_committed_round_stays_as_it_is() -> None:
    """Removing a seat later does not change what was committed."""
    room = room_at("reveal1", 4)
    before = room.state.round(1)
    room.do(ask.RemoveSeat(2, "dubbel"))
    assert room.state.round(1) == before
    swings = [each.swings for each in before.submissions.values() if each.swings is not None]
    assert before.commitment == commitment_of(1, swings, salt=str(before.salt))
    assert room_at("frozen", 4).refused(ask.RemoveSeat(2, "dubbel")) == "not-now"


def test_another_device_takes_the_seat() -> None:
    """The former token is out, the new one is in, what was given stays."""
    room = room_at("r1_open", 2)
    room.submit(1)
    assert room.refused(ask.ReplaceDevice(1, token(2))) == "token-in-use"
    assert room.refused(ask.ReplaceDevice(1, "x")) == "odd-code"
    room.do(ask.ReplaceDevice(1, token("other")))
    assert room.state.tokens == {token(2): 2, token("other"): 1}
    assert 1 in room.state.round(1).submissions
    assert room_at("closed", 2).refused(ask.ReplaceDevice(1, token("x"))) == "not-now"


def test_proxies_have_a_time_and_a_role() -> None:
    """From the lobby until the freeze, with a role of the session."""
    assert new_room().refused(ask.AddProxy()) == "not-now"
    assert room_at("frozen").refused(ask.AddProxy()) == "not-now"
    room = room_at("lobby", roles=("raad",))
    assert room.refused(ask.AddProxy("gast")) == "unknown-role"
    assert room.do(ask.AddProxy("raad")).payload["proxy"] is True
