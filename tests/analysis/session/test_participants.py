from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.analysis.session.rooms import LENSES, new_room, room_at, salt, token

from afweging.model import session_command as ask
from afweging.model.session import Event, Repeat

if TYPE_CHECKING:
    from afweging.model.session_command import Command

FULL = (100.0, 50.0, 25.0, 0.0)
KEY = "key-00000001"


def submit(**changes: object) -> ask.Submit:
    """Return a submission that is in order but for the changes."""
    given: dict[str, object] = {"seat": 1, "round": 1, "swings": FULL, "key": KEY, "salt": salt(1)}
    return ask.Submit(**(given | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"seat": 99}, "unknown-seat"),
        ({"round": 2}, "round-not-open"),
        ({"round": 3}, "round-not-open"),
        ({"swings": FULL[:3]}, "swings-count"),
        ({"swings": (100.0, 100.5, 0.0, 0.0)}, "swings-range"),
        ({"swings": (100.0, -1.0, 0.0, 0.0)}, "swings-range"),
        ({"swings": (100.0, float("nan"), 0.0, 0.0)}, "swings-range"),
        ({"swings": (100.0, float("inf"), 0.0, 0.0)}, "swings-range"),
        ({"swings": (100.0, True, 0.0, 0.0)}, "swings-range"),
        ({"swings": (100.0, "5", 0.0, 0.0)}, "swings-range"),
        ({"swings": (99.0, 50.0, 0.0, 0.0)}, "swings-no-hundred"),
        ({"swings": (0.0, 0.0, 0.0, 0.0)}, "swings-no-hundred"),
        ({"key": "kort"}, "odd-code"),
        ({"salt": "x"}, "odd-code"),
        ({"checks": ("misschien",)}, "odd-checks"),
        ({"reason": "x" * 141}, "text-too-long"),
    ],
)
def test_a_submission_that_cannot_be(changes: dict[str, object], code: str) -> None:
    """Each rule about what is given refuses with its own code."""
    assert room_at("r1_open").refused(submit(**changes)) == code


def test_an_answer_is_private_and_the_last_one_counts() -> None:
    """The payload holds no weight or text; later answers replace earlier ones and are counted."""
    room = room_at("r1_open")
    event = room.do(submit(reason="  te\n duur\x00 ", checks=("agree", "kept")))
    assert set(event.payload) == {"seat", "round", "key", "proxy"}
    assert set(event.digests) == {"answer", "reason"}
    assert event.private["reason"] is not None
    assert event.private["reason"]["text"] == "te duur"
    room.do(submit(key="key-00000002", swings=(0.0, 0.0, 0.0, 100.0)))
    given = room.state.round(1).submissions[1]
    assert given.swings == (0.0, 0.0, 0.0, 100.0)
    assert given.revisions == 1


def test_the_same_key_once_more() -> None:
    """A repeat gives the first receipt, also later, in another stage, and after other answers."""
    room = room_at("r1_open")
    room.do(submit())
    receipt = room.state.round(1).submissions[1].receipt
    room.do(submit(key="key-00000002"))
    room.next("klaar")
    found = room.try_(submit(), wait=60)
    assert isinstance(found, Repeat)
    assert found.receipt == receipt
    assert room.state.round(1).submissions[1].receipt != receipt


def test_confirming_keeps_the_weights() -> None:
    """One tap keeps what was given in round 1; without that there is nothing to keep."""
    room = room_at("r2_open")
    room.join()
    room.do(ask.Confirm(1, "key-confirm", salt(1), "blijf erbij"))
    mine = room.state.round(2).submissions[1]
    assert mine.swings == room.state.round(1).submissions[1].swings
    assert mine.confirmed
    assert room.refused(ask.Confirm(7, "key-confirm", salt(1))) == "nothing-to-confirm"
    assert room_at("r1_open").refused(ask.Confirm(1, "key-confirm", salt(1))) == "round-not-open"


def test_joining() -> None:
    """A new device takes the next seat, the same one keeps its seat, and in time it is over."""
    assert new_room().refused(ask.Join(token(1), "nl")) == "not-open-yet"
    room = room_at("r1_open", 3, roles=("raad", "gast"))
    event = room.do(ask.Join(token("new"), "pl", "gast"))
    assert event.payload["seat"] == 4
    assert isinstance(room.try_(ask.Join(token("new"), "pl")), Repeat)
    assert room.state.tokens[token("new")] == 4
    assert room.refused(ask.Join(token(9), "nl", "koning")) == "unknown-role"
    assert room.refused(ask.Join("geen hash", "nl")) == "odd-code"
    assert room.refused(ask.Join(token(9), "nl", name="Jan", consent=True)) == "no-names"
    assert room_at("frozen").refused(ask.Join(token("late"), "nl")) == "joining-over"


def test_a_name_only_with_consent() -> None:
    """In a named session each person chooses; the name is private."""
    room = new_room(naming="named")
    room.next()
    assert room.refused(ask.Join(token(1), "nl", name="Jan")) == "name-needs-consent"
    event = room.do(ask.Join(token(1), "nl", name=" Jan ", consent=True))
    assert "Jan" not in str(dict(event.payload))
    assert room.state.seats[1].name == "Jan"
    room.do(ask.Join(token(2), "nl"))
    assert room.state.seats[2].name is None


def test_being_let_in() -> None:
    """Where people are let in by hand, nobody gives weights before."""
    room = new_room(admission="by_hand")
    room.next()
    room.join(2)
    room.next()
    room.next()
    assert room.refused(submit()) == "not-admitted"
    room.do(ask.Admit((1, 2)))
    room.do(submit())
    assert room.refused(ask.Admit((1,))) == "nothing-to-do"
    assert room.refused(ask.Admit((9,))) == "unknown-seat"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (ask.Endorse(1, "endorse", KEY, salt(1)), "not-now"),
        (ask.Tap(1, "agree", salt(1)), "not-now"),
        (ask.NotUnderstood(1, "weg"), "unknown-lens"),
        (ask.NotUnderstood(9, None), "unknown-seat"),
    ],
)
def test_not_now(command: Command, code: str) -> None:
    """Taps and endorsements have their time."""
    assert room_at("r1_open").refused(command) == code


def test_not_understood_counts_once_per_seat() -> None:
    """A second tap of the same person on the same lens is a repeat."""
    room = room_at("explain")
    room.do(ask.NotUnderstood(1, LENSES[0]))
    room.do(ask.NotUnderstood(2, LENSES[0]))
    assert isinstance(room.try_(ask.NotUnderstood(1, LENSES[0])), Repeat)
    assert len(room.state.unclear) == 2


def test_a_tap_after_the_ranking_was_shown() -> None:
    """Agree or uneasy waits for the ranking; the last tap counts, and a text becomes a reason."""
    room = room_at("discuss")
    assert room.refused(ask.Tap(1, "agree", salt(1))) == "not-now"
    room.do(ask.ShowPanel("outcome"))
    room.do(ask.Tap(1, "agree", salt(1)))
    event = room.do(ask.Tap(1, "uneasy", salt(2), "en de huren?"))
    assert isinstance(room.try_(ask.Tap(1, "uneasy", salt(3))), Repeat)
    assert room.state.moods == {1: "uneasy"}
    assert room.state.reasons[event.seq].text == "en de huren?"


def test_endorsing() -> None:
    """In the decision each person endorses, remarks or dissents; the last one counts."""
    room = room_at("decided")
    assert room.refused(ask.Endorse(1, "remark", KEY, salt(1))) == "remark-needs-text"
    room.do(ask.Endorse(1, "endorse", KEY, salt(1)))
    room.do(ask.Endorse(1, "dissent", "key-00000002", salt(2), "te duur"))
    said = room.state.endorsements[1]
    assert (said.choice, said.text) == ("dissent", "te duur")
    assert isinstance(room.try_(ask.Endorse(1, "endorse", KEY, salt(1))), Repeat)


def test_a_proxy_is_marked() -> None:
    """What the facilitator gives for somebody without a phone is logged as by proxy."""
    room = room_at("r1_open", 2)
    seat = room.do(ask.AddProxy()).payload["seat"]
    assert isinstance(seat, int)
    event = room.do(submit(seat=seat))
    assert isinstance(event, Event)
    assert event.payload["proxy"] is True
    assert room.state.round(1).submissions[seat].proxy
    assert room.refused(ask.ReplaceDevice(seat, token("x"))) == "seat-is-proxy"
