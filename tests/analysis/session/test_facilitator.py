from __future__ import annotations

from dataclasses import replace

import pytest
from tests.analysis.session.rooms import LENSES, new_room, room_at, setup

from afweging.analysis.session.facilitator import setup_document
from afweging.analysis.session.fold import read_setup
from afweging.model import session_command as ask

DAY = 86400.0


def test_a_setup_is_read_back() -> None:
    """Plain data and back gives the same setup."""
    given = setup(roles=("raad", "gast"), mode="open", rounds=1)
    assert read_setup(setup_document(given)) == given


def test_scores_and_ranges_are_fixed_once_round_1_opens() -> None:
    """Another digest of the problem is taken before round 1, and refused from then on."""
    room = room_at("explain")
    other = replace(room.state.setup, digest="1" * 64)
    room.do(ask.Configure(other))
    assert room.state.setup.digest == "1" * 64
    room.next()
    assert room.refused(ask.Configure(setup())) == "setup-fixed"


@pytest.mark.parametrize("change", [{"mode": "open"}, {"naming": "named"}, {"roles": ("a",)}])
def test_what_people_were_told_stays(change: dict[str, object]) -> None:
    """Once somebody has joined, the kind of session, names and roles cannot change."""
    new_room().do(ask.Configure(setup(**change)))
    assert room_at("explain").refused(ask.Configure(setup(**change))) == "setup-told"


def test_another_session_is_another_session() -> None:
    """A session keeps its id, and a setup that cannot be is refused."""
    assert new_room().refused(ask.Configure(setup(session="s2"))) == "setup-told"
    assert new_room().refused(ask.Configure(setup(quorum=0))) == "setup-values"


def test_an_open_session_by_the_facilitator_alone() -> None:
    """Without a single phone: sliders, freeze, decision, export, close."""
    room = new_room(mode="open")
    for _ in range(3):
        room.next()
    assert room.refused(ask.SetTable((0.5, 0.5, 0.5, 0.5))) == "weights-sum"
    assert room.refused(ask.SetTable((1.0,))) == "swings-count"
    room.do(ask.SetTable((0.4, 0.3, 0.2, 0.1)))
    room.next()
    room.freeze()
    assert room.state.frozen is not None
    assert (room.state.frozen.source, room.state.frozen.weights) == ("table", (0.4, 0.3, 0.2, 0.1))
    room.do(ask.SetDecision("Zo doen we het."))
    room.next()
    room.do(ask.MarkExported("2" * 64))
    room.next()
    assert room.state.stage == "closed"


def test_nothing_to_freeze() -> None:
    """Without weights there is nothing to freeze, and not before its time."""
    room = new_room(mode="open")
    for _ in range(4):
        room.next()
    assert room.refused(ask.AskFreeze()) == "no-weights"
    assert room_at("discuss").refused(ask.AskFreeze()) == "not-now"
    assert room_at("discuss").refused(ask.Adopt((0.25,) * 4, "samen")) == "not-now"
    assert room_at("discuss").refused(ask.SetTable((0.25,) * 4)) == "only-open"


def test_adopting_a_what_if_needs_a_reason_and_can_be_undone() -> None:
    """What was adopted is an event with its reason; None returns to the mean of people."""
    room = room_at("reveal2", 5)
    assert room.refused(ask.Adopt((0.25,) * 4, " ")) == "reason-needed"
    room.do(ask.Adopt((0.25,) * 4, "samen"))
    assert room.state.adopted is not None
    assert room.state.adopted.reason == "samen"
    room.do(ask.Adopt(None, "toch niet"))
    assert room.state.adopted is None


def test_the_decision_has_its_limits() -> None:
    """A text is needed, lines stay, conditions are counted, and only while frozen."""
    room = room_at("frozen")
    assert room.refused(ask.SetDecision(" \n ")) == "no-decision"
    assert room.refused(ask.SetDecision("x" * 2001)) == "text-too-long"
    assert room.refused(ask.SetDecision("x", ("y" * 201,))) == "text-too-long"
    assert room.refused(ask.SetDecision("x", tuple(map(str, range(11))))) == "too-many-conditions"
    room.do(ask.SetDecision(" Eerste regel \nTweede ", ("mits", " ")))
    assert room.state.decision is not None
    assert room.state.decision.text == "Eerste regel\nTweede"
    assert room.state.decision.conditions == ("mits",)
    assert room_at("decided").refused(ask.SetDecision("anders")) == "not-now"


def test_an_export_before_the_freeze_is_a_draft() -> None:
    """It is marked so, and does not let the session close."""
    room = room_at("discuss")
    assert room.do(ask.MarkExported("3" * 64)).payload["concept"] is True
    assert room.state.exported is None
    room = room_at("decided")
    assert room.do(ask.MarkExported("3" * 64)).payload["concept"] is False
    assert room.state.exported == "3" * 64
    assert room.refused(ask.MarkExported("x")) == "odd-code"
    assert room_at("explain").refused(ask.MarkExported("3" * 64)) == "not-now"


def test_purging_waits_thirty_days() -> None:
    """Before that it takes a reason."""
    room = room_at("closed")
    assert room.refused(ask.Purge(), wait=29 * DAY) == "too-early"
    room.do(ask.Purge(), wait=1.1 * DAY)
    assert room.state.stage == "purged"
    early = room_at("closed")
    early.do(ask.Purge("op verzoek"))
    assert room_at("decided").refused(ask.Purge("reden")) == "not-now"


def test_erasing_nothing_is_nothing() -> None:
    """An erasure names what was erased, each part once and in order."""
    room = room_at("r1_open")
    assert room.refused(ask.MarkErased(())) == "nothing-to-do"
    event = room.do(ask.MarkErased(((5, "token"), (4, "token"), (5, "token"))))
    assert event.payload["parts"] == [[4, "token"], [5, "token"]]


def test_lenses_have_to_be_known() -> None:
    """A lens or scenario that is not there cannot be chosen."""
    room = room_at("reveal1")
    assert room.refused(ask.ChooseLens("weg")) == "unknown-lens"
    assert room.refused(ask.RevealLens("weg")) == "unknown-lens"
    assert room.refused(ask.ChooseScenario("weg")) == "unknown-scenario"
    assert room_at("explain").refused(ask.RevealLens(LENSES[0])) == "not-now"
    assert room.refused(ask.ShowPanel("outcome")) == "panel-not-here"
