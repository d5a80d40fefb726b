from __future__ import annotations

from tests.analysis.session.rooms import room_at

from afweging.analysis.session.draft import find_seat, first, when
from afweging.model import session_command as ask
from afweging.model.session import Refusal
from afweging.model.session_state import Seat


def test_the_first_refusal_counts() -> None:
    """None where nothing is refused."""
    assert first(None, Refusal("a"), Refusal("b")) == Refusal("a")
    assert first(None, None) is None
    assert when(condition=False, code="a") is None
    assert when(1, "a", seat=2) == Refusal("a", {"seat": 2})


def test_a_seat_takes_part_until_it_is_removed() -> None:
    """Unknown and removed seats are refused, each with its number."""
    room = room_at("explain", 2)
    assert isinstance(find_seat(room.state, 2), Seat)
    room.do(ask.RemoveSeat(2, "dubbel"))
    assert find_seat(room.state, 2) == Refusal("seat-removed", {"seat": 2})
    assert find_seat(room.state, 3) == Refusal("unknown-seat", {"seat": 3})
