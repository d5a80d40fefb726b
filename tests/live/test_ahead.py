from __future__ import annotations

from dataclasses import replace

import pytest
from tests.live.running import brabant
from tests.live.scenes import every_room, room, wall

from afweging.analysis.session.moves import route, shown_rounds
from afweging.live.ahead import ahead_view, next_screen
from afweging.model import session_command as ask


def test_a_session_is_seen_ahead_step_by_step() -> None:
    """The panels of a stage one after another, then the first of the next stage, to the end."""
    found = room("explain")
    assert next_screen(found.state) == ("explain", "options")
    found.do(ask.ShowPanel("ranges"))
    assert next_screen(found.state) == ("r1_open", "progress")
    assert next_screen(room("purged").state) is None


def test_a_round_is_seen_closed_before_it_closes() -> None:
    """And not once more as it is open."""
    seen = ahead_view(room("r1_open").state, brabant()[1])
    assert seen is not None
    assert (seen["stage"], seen["content"]["sealed"]) == ("r1_sealed", True)  # type: ignore[index]


@pytest.mark.parametrize("mode", ["sealed", "open"])
def test_what_is_ahead_is_what_then_comes(mode: str) -> None:
    """Whoever goes there finds on the wall what the preview showed, where it may show it."""
    model, met = brabant()[1], 0
    for each in every_room(mode):
        seen, going = ahead_view(each.state, model), next_screen(each.state)
        if going is None or seen is None:
            continue
        found, (stage, panel) = replace(each, events=list(each.events)), going
        if stage == found.state.stage:
            found.do(ask.ShowPanel(panel))
        elif stage in {"explain", "r2_open"} and each.state.seats:
            found.next()
        else:
            continue
        then = wall(found)
        assert {name: then[name] for name in ("stage", "panel", "content")} == {
            name: seen[name] for name in ("stage", "panel", "content")
        }
        met += 1
    assert met > 10


def test_nothing_is_seen_before_the_room_sees_it() -> None:
    """A step that reveals a round of a sealed session is not drawn; all others are."""
    model = brabant()[1]
    hidden = {
        found.state.stage
        for found in every_room("sealed")
        if next_screen(found.state) is not None and ahead_view(found.state, model) is None
    }
    assert hidden == {"r1_sealed", "r2_sealed"}
    for found in every_room("sealed"):
        seen = ahead_view(found.state, model)
        if seen is not None:
            then = replace(found.state, stage=seen["stage"])  # type: ignore[arg-type]
            assert shown_rounds(then) == shown_rounds(found.state)
    assert "r1_sealed" in route(room("draft").state.setup)


def test_a_blank_or_paused_wall_is_drawn_as_it_will_be() -> None:
    """The preview of what comes is not blank because the wall is now."""
    found = room("discuss")
    found.do(ask.Overlay("blank"))
    seen = ahead_view(found.state, brabant()[1])
    assert seen is not None
    assert (seen["blank"], seen["panel"]) == (False, "reasons")
