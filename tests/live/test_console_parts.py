from __future__ import annotations

import gzip

import pytest
from tests.analysis.session.rooms import Room, new_room
from tests.live import hard
from tests.live.running import brabant
from tests.live.scenes import JOIN, console, content, every_room, room, wall

from afweging.live.ahead import ahead_view
from afweging.live.console_parts import MOST_REASONS, console_facts
from afweging.live.pages import console_frame, projector_frame
from afweging.model import session_command as ask
from afweging.wording import Words


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("mode", ["sealed", "open"])
def test_every_stage_has_notes_and_a_place_in_the_run_sheet(mode: str, language: str) -> None:
    """The sheet marks one stage as now, and says what the facilitator does in it."""
    words = Words(language)  # type: ignore[arg-type]
    for each in every_room(mode):
        facts = console_facts(console(each), content(language), words)
        assert sum(stage["now"] for stage in facts["stages"]) == 1
        assert facts["note"]


def test_what_the_session_waits_for_is_said() -> None:
    """Without a quorum the sentence names it, and a reason may be given."""
    found = room("r1_open", people=6, quorum=4)
    found.submit(1)
    facts = console_facts(console(found), content("nl"), Words("nl"))
    assert facts["close_reason"]
    assert "1 van de 4" in facts["barrier"]


def test_a_what_if_is_there_once_weights_were_shown() -> None:
    """Not before the reveal; in an open session at once; after freezing as a sandbox."""
    stages = {
        ("sealed", "r1_open"): None,
        ("sealed", "reveal1"): "sealed",
        ("sealed", "frozen"): "frozen",
        ("open", "r1_open"): "open",
        ("open", "discuss"): "open",
    }
    for (mode, stage), expected in stages.items():
        facts = console_facts(console(room(stage, mode=mode)), content("nl"), Words("nl"))
        assert facts["whatif"] == expected, (mode, stage)


def test_lenses_are_opened_one_by_one() -> None:
    """What is not revealed yet can be, and what is cannot again."""
    found = room("reveal1")
    first, *rest = found.state.setup.lenses
    found.do(ask.RevealLens(first))
    facts = console_facts(console(found), content("nl"), Words("nl"))
    assert [lens["id"] for lens in facts["hidden"]] == rest


def test_freezing_notices_that_the_weights_changed() -> None:
    """Between the two steps other weights ask for the first step again."""
    found = room("reveal2")
    found.do(ask.AskFreeze())
    assert not console_facts(console(found), content("nl"), Words("nl"))["digest_changed"]
    lenses = found.state.setup.lenses
    found.do(ask.Adopt((1.0, *(0.0 for _ in lenses[1:])), "anders"))
    assert console_facts(console(found), content("nl"), Words("nl"))["digest_changed"]


def test_what_comes_next_is_named() -> None:
    """The next panel of the stage, or the next stage."""
    words = Words("nl")
    assert "opties" in console_facts(console(room("explain")), content("nl"), words)["ahead"]
    sealed = console_facts(console(room("r1_sealed")), content("nl"), words)
    assert "uitkomst van ronde 1" in sealed["ahead"]


def test_a_console_of_a_large_room_stays_small() -> None:
    """With a hundred seats and two hundred reasons the page is at most 60 KB, and says the rest."""
    found = large_room()
    view = hard.console(found)
    assert (len(view["seats"]), len(view["reasons"])) == (100, 200)
    words, content_ = Words("nl"), hard.content()
    frame = console_frame(view, words, content=content_, wall=hard.wall(found))
    assert len(frame.encode()) <= 60_000
    assert len(gzip.compress(frame.encode())) <= 10_000
    assert frame.count('<li class="reason') == MOST_REASONS
    assert words.text("live_console.inbox.more", more=200 - MOST_REASONS) in frame


def large_room() -> Room:
    """Return an open session in which a hundred people gave weights and reasons twice."""
    found = new_room(lenses=hard.LENSES, scenarios=hard.SCENARIOS, mode="open", roles=hard.ROLES)
    found.next()
    for seat in range(100):
        found.join(1, role=hard.ROLES[seat % len(hard.ROLES)])
    found.next()
    found.next()
    for _ in range(2):
        for seat in range(1, 101):
            points = [float((17 * seat + 29 * lens) % 90) for lens in range(4)]
            points[seat % 4] = 100.0
            found.submit(seat, *points, reason=hard.REASON)
    return found


def test_the_next_screen_is_drawn_beside_the_one_of_now() -> None:
    """Both frames stand in the console; where the next may not be seen yet, that is said."""
    words = Words("nl")
    found = room("explain")
    ahead = ahead_view(found.state, brabant()[1])
    previews = {
        name: projector_frame(view, words, content=content("nl"), level=3)
        for name, view in (("now", wall(found)), ("ahead", ahead or {}))
    }
    frame = console_frame(console(found), words, content=content("nl"), previews=previews)
    assert frame.count('class="preview"') == 2
    assert frame.index("panel-question") < frame.index("panel-options")
    sealed = console_frame(console(room("r1_sealed")), words, content=content("nl"))
    assert words.text("live_console.wall.not_before") in sealed


def test_late_comers_are_told_how_to_join() -> None:
    """The address and the code stand on the console until the weights are frozen."""
    words = Words("nl")
    for stage, shown in (("discuss", True), ("frozen", False)):
        frame = console_frame(console(room(stage)), words, content=content("nl"), join=JOIN)
        said = words.text("live_console.seats.join", url=JOIN["url"], code=JOIN["code"])
        assert (said in frame) == shown
