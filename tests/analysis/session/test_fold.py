from __future__ import annotations

import pytest
from tests.analysis.session.rooms import new_room, room_at

from afweging.analysis.session.fold import apply, fold


def test_folding_all_is_applying_one_by_one() -> None:
    """At every moment of a whole session."""
    events = room_at("purged", 6).events
    state = None
    for k, event in enumerate(events, start=1):
        state = apply(state, event)
        assert state == fold(events[:k])
        assert state.seq == k


def test_a_log_begins_with_the_creation_and_has_no_gaps() -> None:
    """Anything else is a bug of whoever folds."""
    events = room_at("explain").events
    for wrong in ([], events[1:], [events[0], events[0]], [events[0], *events[2:], events[1]]):
        with pytest.raises(ValueError, match="event"):
            fold(wrong)


def test_a_state_cannot_be_changed() -> None:
    """Neither the record nor what is in it."""
    state = new_room().state
    with pytest.raises(TypeError):
        state.seats[1] = None  # type: ignore[index]
    with pytest.raises(AttributeError):
        state.stage = "closed"  # type: ignore[misc]
