from __future__ import annotations

import pytest
from tests.live.scenes import console, content, every_room, room

from afweging.live.console_parts import console_facts
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
