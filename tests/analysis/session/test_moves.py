from __future__ import annotations

from typing import Any

import pytest
from tests.analysis.session.rooms import clock, new_room, room_at, salt, setup, token

from afweging.analysis.session.moves import (
    PANELS,
    in_grace,
    next_stage,
    open_round,
    panels,
    route,
    shown_rounds,
)
from afweging.model import session_command as ask
from afweging.model.session import STAGES, Event

BACK = {("explain", "lobby"), ("discuss", "reveal1"), ("r2_sealed", "r2_open")}


@pytest.mark.parametrize("changes", [{}, {"rounds": 1}, {"mode": "open"}])
def test_from_every_stage_only_what_is_allowed(changes: dict[str, Any]) -> None:
    """Next and back, with a reason and all else in order, lead where they may and nowhere else."""
    stages = route(setup(**changes))
    for place, stage in enumerate(stages):
        reached: set[tuple[str, str]] = set()
        for command in (ask.Next(stage, "reden"), ask.Back(stage, "reden")):
            room = room_at(stage, **changes)
            if stage in {"r1_open", "r2_open"}:
                room.submit(1, round_=open_round(room.state) or 1)
            room.try_(ask.Join(token("one"), "nl"))
            room.try_(ask.Commit(salt(1)), wait=3)
            room.try_(ask.SetDecision("Besloten."))
            if stage == "decided":
                room.do(ask.MarkExported("1" * 64))
            if isinstance(room.try_(command), Event):
                reached.add((stage, room.state.stage))
        wanted: set[tuple[str, str]] = {(stage, then) for then in stages[place + 1 : place + 2]}
        wanted -= {(each, "frozen") for each in stages} | {("closed", "purged")}
        wanted |= {pair for pair in BACK if pair[0] == stage and pair[1] in stages}
        assert reached == wanted


def test_the_whole_route_is_that_of_the_specification() -> None:
    """A sealed session with two rounds goes through all stages."""
    assert route(setup()) == STAGES
    assert "r1_sealed" not in route(setup(mode="open"))
    assert set(route(setup(rounds=1))) == set(STAGES) - {"r2_open", "r2_sealed", "reveal2"}


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        ("lobby", "nobody-joined"),
        ("r1_open", "nobody-submitted"),
        ("reveal2", "freeze-first"),
        ("frozen", "no-decision"),
        ("decided", "no-export"),
        ("closed", "purge-first"),
        ("purged", "at-the-end"),
    ],
)
def test_what_keeps_a_session_where_it_is(stage: str, code: str) -> None:
    """Every guard of the specification refuses with its own code."""
    room = room_at(stage)
    assert room.refused(ask.Next(room.state.stage, "reden")) == code


def test_a_quorum_or_a_reason() -> None:
    """Below the quorum a round closes with a reason only, and the event says so."""
    room = room_at("r1_open", quorum=3)
    room.submit(1)
    assert room.refused(ask.Next("r1_open")) == "no-quorum"
    event = room.next("twee zijn ziek")
    assert event.payload["override"] is True
    assert event.payload["reason"] == "twee zijn ziek"
    full = room_at("r1_open", quorum=3)
    for seat in (1, 2, 3):
        full.submit(seat)
    assert full.next().payload["override"] is False


def test_two_seconds_of_grace() -> None:
    """What comes within two seconds of the seal counts; after that it does not."""
    room = room_at("r1_open")
    room.submit(1)
    room.next("klaar")
    late, later = room.submission(2), room.submission(3)
    assert room.refused(ask.Commit(salt(1)), wait=1.0) == "grace-runs"
    assert room.refused(ask.Next("r1_sealed")) == "grace-runs"
    assert isinstance(room.try_(late, wait=0.9), Event)
    assert room.refused(later, wait=0.2) == "round-sealed"
    assert room.refused(ask.Next("r1_sealed")) == "not-committed"
    event = room.do(ask.Commit(salt(1)))
    assert event.payload["n"] == 2
    assert room.refused(ask.Commit(salt(1))) == "already-committed"
    room.next()


def test_no_grace_once_committed_or_when_the_clock_jumped() -> None:
    """A commitment ends the grace, and so does a clock that went back an hour."""
    room = room_at("r1_open")
    room.submit(1)
    room.next("klaar")
    assert in_grace(room.state, clock(room.seconds + 1.9))
    assert in_grace(room.state, clock(room.seconds - 0.5))
    assert not in_grace(room.state, clock(room.seconds - 3600))
    room.do(ask.Commit(salt(1)), wait=-3600)
    assert not in_grace(room.state, room.state.at)


def test_a_second_tap_on_next_is_refused() -> None:
    """Next names the stage it was pressed in, so two taps are one step."""
    room = new_room()
    room.do(ask.Next("draft"))
    assert room.refused(ask.Next("draft")) == "stage-moved"
    assert room.state.stage == "lobby"


def test_a_pause_stops_the_steps_but_not_an_answer() -> None:
    """While paused nobody moves the session; what somebody gives is kept."""
    room = room_at("r1_open")
    room.do(ask.Overlay("pause"))
    room.submit(1)
    assert room.refused(ask.Next("r1_open", "reden")) == "paused"
    assert room.refused(ask.Overlay("pause")) == "nothing-to-do"
    room.do(ask.Overlay("resume"))
    room.next("reden")


def test_a_second_round_opens_again_with_a_reason() -> None:
    """Before reveal2 only; what was given stays, and the commitment is made anew."""
    room = room_at("r2_open")
    room.submit(1, round_=2)
    room.seal()
    first = room.state.round(2).commitment
    assert room.refused(ask.Back("r2_sealed")) == "reason-needed"
    room.do(ask.Back("r2_sealed", "te snel"))
    assert room.state.round(2).commitment is None
    room.submit(2, round_=2)
    room.seal()
    assert len(room.state.round(2).submissions) == 2
    assert room.state.round(2).commitment != first
    room.next()
    assert room.refused(ask.Back("reveal2", "reden")) == "round-1-stays-closed"


def test_the_ranking_waits_where_that_was_agreed() -> None:
    """With the ranking after the rounds no panel shows it before reveal2."""
    after = setup(ranking="after")
    assert "outcome" not in panels(after, "discuss")
    assert "outcome" in panels(after, "reveal2")
    assert "outcome" in panels(setup(), "discuss")
    assert "outcome" in panels(setup(ranking="after", rounds=1), "discuss")
    room = room_at("discuss", ranking="after")
    assert room.refused(ask.ShowPanel("outcome")) == "ranking-after"


@pytest.mark.parametrize("mode", ["sealed", "open"])
def test_every_stage_has_panels_and_begins_with_one(mode: str) -> None:
    """A stage starts with the first of its panels."""
    assert set(PANELS) == set(STAGES)
    for stage in route(setup(mode=mode)):
        room = room_at(stage, mode=mode)
        assert room.state.panel == panels(room.state.setup, stage)[0]
        assert (next_stage(room.state) is None) == (stage == "purged")


def test_what_is_shown_when() -> None:
    """Round 1 from reveal1 on and round 2 from reveal2 on; an open session at once."""
    seen = {stage: shown_rounds(room_at(stage).state) for stage in STAGES}
    assert [stage for stage in STAGES if seen[stage]] == list(STAGES[5:])
    assert [stage for stage in STAGES if 2 in seen[stage]] == list(STAGES[9:])
    assert shown_rounds(room_at("r1_open", mode="open").state) == (1,)
