from __future__ import annotations

from typing import Any

import pytest
from tests.analysis.session.rooms import LENSES, Room, clock, new_room, room_at

from afweging.analysis.session.console import console_view
from afweging.model import session_command as ask
from afweging.model.canonical import canonical_json


def view(room: Room) -> Any:  # noqa: ANN401 - plain data
    """Return what the facilitator sees now."""
    return console_view(room.state, at=clock(room.seconds))


def test_it_names_the_next_stage_and_what_keeps_it() -> None:
    """The barrier is the code of the refusal that Next would get."""
    room = room_at("r1_open", 6)
    found = view(room)
    assert (found["next"], found["back"], found["barrier"]) == (
        "r1_sealed",
        None,
        "nobody-submitted",
    )
    room.submit(1)
    assert view(room)["barrier"] == "no-quorum"
    room.submit(2)
    assert view(room)["barrier"] is None
    assert view(room_at("discuss", 6))["back"] == "reveal1"


def test_quality_is_counted_from_five_answers_on() -> None:
    """Equal swings, checks that were kept and revisions; below five answers nothing."""
    room = room_at("r1_open", 6)
    for seat in range(1, 5):
        room.submit(seat, 100.0, 100.0, 100.0, 100.0)
    assert view(room)["flags"] is None
    room.do(ask.Submit(5, 1, (100.0, 0.0, 0.0, 0.0), "key-check-5", "0" * 32, ("agree", "kept")))
    room.submit(4, 100.0, 50.0, 100.0, 100.0)
    assert view(room)["flags"] == {"equal": 3, "mismatch": 1, "revisions": 1}


def test_unclear_lenses_are_counted() -> None:
    """Per lens, and under no name for the question as a whole."""
    room = room_at("explain", 3)
    room.do(ask.NotUnderstood(1, LENSES[1]))
    room.do(ask.NotUnderstood(2, LENSES[1]))
    room.do(ask.NotUnderstood(3, None))
    assert view(room)["unclear"] == {"": 1, LENSES[1]: 2}


def named_room(named: int, others: int) -> Room:
    """Return a named session after the reveal, in which some gave a name."""
    room = new_room(naming="named")
    room.next()
    for seat in range(1, named + 1):
        room.join(name=f"Naam {seat}", consent=True)
    room.join(others)
    room.next()
    room.next()
    for seat in range(1, named + others + 1):
        room.submit(seat)
    assert view(room)["people"] == []
    room.seal()
    room.next()
    return room


@pytest.mark.parametrize(
    ("named", "others", "shown"), [(3, 0, 3), (3, 5, 3), (3, 4, 0), (6, 1, 0), (0, 6, 0)]
)
def test_named_weights_only_where_the_others_cannot_be_derived(
    named: int, others: int, shown: int
) -> None:
    """Who chose to be named is seen, unless one to four others would follow by subtraction."""
    found = view(named_room(named, others))["people"]
    assert [each["name"] for each in found] == [f"Naam {n}" for n in range(1, shown + 1)]


def test_an_anonymous_session_names_nobody() -> None:
    """There are no weights of people, and seats do not say who gave something."""
    room = room_at("discuss", 6)
    found = view(room)
    assert found["people"] == []
    assert set(found["seats"][0]) == {"id", "role", "name", "proxy", "admitted"}
    assert all(
        each.receipt not in canonical_json(found).decode()
        for each in room.state.round(1).submissions.values()
    )


def test_reasons_wait_for_the_reveal() -> None:
    """The inbox holds what was given in rounds that are shown, without seats."""
    room = room_at("r1_open", 6)
    room.submit(1, reason="te duur")
    room.submit(2)
    assert view(room)["reasons"] == []
    room.seal()
    room.next()
    (found,) = view(room)["reasons"]
    assert found["text"] == "te duur"
    assert set(found) == {"code", "round", "text", "uneasy", "status", "merged", "pinned"}


def test_the_order_of_reasons_says_nothing_of_who_came_first() -> None:
    """The inbox goes by codes, and holds no number of an event."""
    room = room_at("r1_open", 9)
    for seat in range(1, 10):
        room.submit(seat, reason=f"reden {seat}")
    room.seal()
    room.next()
    found = view(room)["reasons"]
    codes = [each["code"] for each in found]
    assert codes == sorted(codes)
    assert [each["text"] for each in found] != [f"reden {seat}" for seat in range(1, 10)]
    first, second = codes[:2]
    room.do(ask.Moderate(first, "merge", second))
    assert {each["code"]: each["merged"] for each in view(room)["reasons"]}[first] == second


def test_who_differs_speaks_first() -> None:
    """Roles in the order of their distance to the room on the chosen lens."""
    room = new_room(roles=("a", "b", "c"))
    room.next()
    for role in ("a", "b", "c"):
        room.join(5, role=role)
    room.next()
    room.next()
    for seat in range(1, 16):
        room.submit(seat, (10.0, 50.0, 40.0)[(seat - 1) // 5], 100.0, 30.0, 30.0)
    room.seal()
    room.next()
    room.next()
    assert view(room)["speaking"] == []
    room.do(ask.ChooseLens(LENSES[0]))
    found = view(room)["speaking"]
    assert [each["role"] for each in found] == ["a", "b", "c"]
    assert found[0]["away"] < 0 < found[1]["away"]


def test_freezing_takes_two_steps() -> None:
    """The console names what may be frozen; a change in between is noticed."""
    room = room_at("reveal2", 6)
    digest = view(room)["freezable"]
    assert room.refused(ask.Freeze(digest)) == "freeze-not-asked"
    assert room.do(ask.AskFreeze()).payload["digest"] == digest
    room.do(ask.Adopt((0.4, 0.2, 0.2, 0.2), "na gesprek"))
    assert room.refused(ask.Freeze(digest)) == "freeze-changed"
    assert room.refused(ask.Freeze(view(room)["freezable"])) == "freeze-changed"
    room.freeze()
    assert room.state.frozen is not None
    assert room.state.frozen.weights == (0.4, 0.2, 0.2, 0.2)
    assert view(room)["group"]["source"] == "adopted"
    assert view(room)["freezable"] is None
