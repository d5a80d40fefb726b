from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.analysis.session.rooms import LENSES, Room, room_at, salt, small_model, swings_of

from afweging.analysis.session.outcome import outcome
from afweging.analysis.session.panels import panel_content
from afweging.model import session_command as ask


def content(room: Room, panel: str) -> Any:  # noqa: ANN401 - plain data
    """Show a panel and return what stands in it."""
    if room.state.panel != panel:
        room.do(ask.ShowPanel(panel))  # type: ignore[arg-type]
    return panel_content(room.state, small_model())


def weights_of(people: int, round_: int = 1) -> Any:  # noqa: ANN401 - an array
    """Return what `room_at` lets people give, as weights."""
    rows = np.array([swings_of(seat, round_) for seat in range(1, people + 1)])
    return rows / rows.sum(axis=1, keepdims=True)


def test_the_outcome_is_that_of_the_mean_weights() -> None:
    """In discuss those of round 1, in reveal2 those of round 2."""
    for stage, round_ in (("discuss", 1), ("reveal2", 2)):
        found = content(room_at(stage, 9), "outcome")
        people = weights_of(9, round_)
        expected: Any = outcome(small_model(), people.mean(axis=0), people=people)
        assert found == {"source": "mean", **expected}


def test_lenses_are_revealed_one_by_one() -> None:
    """A lens that is not revealed is None; how far the room agrees comes with the last one."""
    room = room_at("reveal1", 9)
    room.do(ask.RevealLens(LENSES[1]))
    found = content(room, "spread")
    assert [each and each["lens"] for each in found["lenses"]] == [None, LENSES[1], None, None]
    assert found["lens"] == LENSES[1]
    assert "agreement" not in found
    assert "agreement" in content(room_at("discuss", 9), "spread")
    assert room.refused(ask.RevealLens(LENSES[1])) == "nothing-to-do"


def test_roles_only_where_they_and_the_rest_are_large_enough() -> None:
    """Of six council members and six others both may be shown, of six and three neither."""
    for others, shown in ((6, ["gast", "raad"]), (3, [])):
        room = room_at("lobby", roles=("raad", "gast"))
        room.join(6, role="raad")
        room.join(others, role="gast")
        room.next()
        room.next()
        for seat in range(1, 7 + others):
            room.submit(seat)
        room.seal()
        room.next()
        room.next()
        found = content(room, "spread")["roles"]
        assert [each["role"] for each in found] == shown
        if shown:
            assert found[1]["weights"] == pytest.approx(weights_of(6).mean(axis=0), abs=1e-6)


def test_a_named_session_shows_no_means_of_roles() -> None:
    """Beside the weights of named people they would tell of the one who is not named."""
    room = room_at("lobby", roles=("raad",), naming="named")
    room.join(6, role="raad")
    room.next()
    room.next()
    for seat in range(1, 7):
        room.submit(seat)
    room.seal()
    room.next()
    room.next()
    assert content(room, "spread")["roles"] == []


def test_the_shift_is_of_those_who_gave_both() -> None:
    """Who gave one round only is not in it."""
    room = room_at("r2_open", 9)
    for seat in range(1, 7):
        room.submit(seat, *swings_of(seat, 2), round_=2)
    room.seal()
    room.next()
    found = content(room, "shift")["shift"]
    before, after = weights_of(9)[:6], weights_of(6, 2)
    assert found["n"] == 6
    assert found["first"] == pytest.approx(np.median(before, axis=0), abs=1e-6)
    assert found["moved"] == pytest.approx(np.abs(after - before).sum(axis=1).mean() / 2, abs=1e-6)


def test_the_wall_shows_quoted_reasons_pinned_first() -> None:
    """At most six; hidden, merged and new ones stay away, merged ones are counted."""
    room = room_at("r1_open", 9)
    for seat in range(1, 10):
        room.submit(seat, reason=f"reden {seat}")
    room.seal()
    room.next()
    assert content(room, "reasons") == {"reasons": [], "quoted": 0}
    ids = sorted(reason.code for reason in room.state.reasons.values())
    for id_ in ids[:8]:
        room.do(ask.Moderate(id_, "quote"))
    room.do(ask.Moderate(ids[8], "merge", ids[0]))
    room.do(ask.Moderate(ids[6], "pin"))
    room.do(ask.Moderate(ids[7], "hide"))
    found = content(room, "reasons")
    assert found["quoted"] == 7
    assert [each["code"] for each in found["reasons"]] == [ids[6], *ids[:5]]
    assert [each["merged"] for each in found["reasons"]] == [0, 1, 0, 0, 0, 0]
    for wrong in (ask.Moderate(ids[8], "merge", ids[8]), ask.Moderate(ids[0], "merge", ids[1])):
        assert room.refused(wrong) == "unknown-reason"
    assert room.refused(ask.Moderate("ANDERS34", "quote")) == "unknown-reason"


def test_progress_shows_the_hash_and_nothing_else() -> None:
    """Before the commitment there is none."""
    room = room_at("r1_open", 9)
    room.submit(1)
    assert panel_content(room.state, small_model()) == {"sealed": False, "commitment": None}
    room.next("klaar")
    room.do(ask.Commit(salt(1)), wait=3)
    found = panel_content(room.state, small_model())
    assert found == {"sealed": True, "commitment": room.state.round(1).commitment}


def test_the_outcome_in_one_scenario() -> None:
    """The scenario picker changes the ranking to that of the scenario."""
    room = room_at("discuss", 9)
    room.do(ask.ShowPanel("outcome"))
    room.do(ask.ChooseScenario("groei"))
    found = content(room, "outcome")
    scores = small_model().by_scenario[1] @ weights_of(9).mean(axis=0)
    assert [each["score"] for each in found["options"]] == pytest.approx(scores, abs=1e-6)
    assert found["scenario"] == "groei"


def test_the_decision_counts_endorsements() -> None:
    """Endorsed, with a remark, and dissent."""
    room = room_at("decided", 6)
    for seat, choice in enumerate(("endorse", "endorse", "remark", "dissent"), start=1):
        command = ask.Endorse(seat, choice, f"endorse-{seat}", salt(seat), "maar")  # type: ignore[arg-type]
        room.do(command)
    found = content(room, "decision")
    assert found["endorsements"] == {"endorse": 2, "remark": 1, "dissent": 1}


def test_groups_are_named_by_size_only_or_not_at_all() -> None:
    """Two camps of six are shown with their rankings; a room without camps shows none."""
    room = room_at("r1_open", 12)
    for seat in range(1, 13):
        wiggle = seat / 2
        camp = (100.0, wiggle, 5.0, 5.0) if seat <= 6 else (5.0, wiggle, 5.0, 100.0)
        room.submit(seat, *camp)
    room.seal()
    room.next()
    room.next()
    found = content(room, "groups")
    assert [each["n"] for each in found["groups"]] == [6, 6]
    assert content(room_at("discuss", 12), "groups")["groups"] == []
