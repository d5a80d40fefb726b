from __future__ import annotations

import pytest
from tests.analysis.session.rooms import room_at, small_model

from afweging.analysis.session.fold import fold
from afweging.analysis.session.views import projector_view, view_hash
from afweging.live.replay import frames


@pytest.mark.parametrize("mode", ["sealed", "open"])
def test_frame_k_is_what_the_first_k_events_show(mode: str) -> None:
    """Each frame is that of the fold of the events up to it, and comes out the same twice."""
    room, model = room_at("decided", people=6, mode=mode), small_model()
    played = list(frames(room.events, model))
    assert [each.seq for each in played] == [event.seq for event in room.events]
    for each in played[:: max(1, len(played) // 12)]:
        view = projector_view(fold(room.events[: each.seq]), model)
        assert (each.view, each.hash) == (view, view_hash(view))
    assert [each.hash for each in frames(room.events, model)] == [each.hash for each in played]
    assert played[-1].stage == "decided"
