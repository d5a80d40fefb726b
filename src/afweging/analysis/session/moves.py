"""The course of a session: which stage follows which, what keeps it from moving, what it shows.

Going back is the exception: explain to lobby, discuss to reveal1, and a sealed second round to
open, before it is revealed. Round 1 never opens again.
"""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from afweging.model.session import GRACE_SECONDS, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.model.session import Panel, Setup, Stage
    from afweging.model.session_state import SessionState

START: tuple[Stage, ...] = ("draft", "lobby", "explain", "r1_open")
SECOND: tuple[Stage, ...] = ("r2_open", "r2_sealed", "reveal2")
END: tuple[Stage, ...] = ("frozen", "decided", "closed", "purged")
BACK: Mapping[Stage, Stage] = MappingProxyType(
    {"explain": "lobby", "discuss": "reveal1", "r2_sealed": "r2_open"}
)
OUTCOME: tuple[Panel, ...] = ("outcome", "groups", "regret", "profiles")  # show the ranking
PANELS: Mapping[Stage, tuple[Panel, ...]] = MappingProxyType(
    {
        "draft": ("draft",),
        "lobby": ("lobby",),
        "explain": ("question", "options", "ranges"),
        "r1_open": ("progress",),
        "r1_sealed": ("progress",),
        "reveal1": ("spread", "reasons"),
        "discuss": ("spread", "reasons", *OUTCOME),
        "r2_open": ("progress",),
        "r2_sealed": ("progress",),
        "reveal2": ("shift", "spread", "reasons", *OUTCOME),
        "frozen": (*OUTCOME, "shift"),
        "decided": ("decision", *OUTCOME),
        "closed": ("close",),
        "purged": ("close",),
    }
)
LIVE: tuple[Panel, ...] = ("outcome", "spread", "reasons", "groups", "regret", "profiles")


def route(setup: Setup) -> tuple[Stage, ...]:
    """Return the stages of a session in their order.

    Examples
    --------
    >>> from afweging.model.session import Setup
    >>> route(Setup("s", "p", "", ("wonen",), mode="open"))[3:6]
    ('r1_open', 'discuss', 'frozen')
    """
    if setup.mode == "open":
        return (*START, "discuss", *END)
    first: tuple[Stage, ...] = (*START, "r1_sealed", "reveal1", "discuss")
    return (*first, *SECOND, *END) if setup.rounds == 2 else (*first, *END)


def next_stage(state: SessionState) -> Stage | None:
    """Return the stage that follows; None after the last."""
    stages = route(state.setup)
    place = stages.index(state.stage) + 1
    return stages[place] if place < len(stages) else None


def back_stage(state: SessionState) -> Stage | None:
    """Return the stage to which the facilitator may go back; None where there is none."""
    back = BACK.get(state.stage)
    return back if back in route(state.setup) else None


def panels(setup: Setup, stage: Stage) -> tuple[Panel, ...]:
    """Return what the projector may show in a stage, the panel that it starts with first."""
    if setup.mode == "open" and stage in {"r1_open", "discuss"}:
        return LIVE
    shown = PANELS[stage]
    if stage == "discuss" and setup.rounds == 2 and setup.ranking == "after":
        shown = tuple(panel for panel in shown if panel not in OUTCOME)
    if setup.rounds == 1 or setup.mode == "open":
        shown = tuple(panel for panel in shown if panel != "shift")
    return shown


def open_round(state: SessionState) -> int | None:
    """Return the round in which people may give weights now; None where there is none.

    In an open session that is round 1 until the weights are frozen. The time of grace after a
    seal is not in this: see `in_grace`.
    """
    if state.setup.mode == "open":
        return 1 if state.stage in {"r1_open", "discuss"} else None
    return {"r1_open": 1, "r2_open": 2}.get(state.stage)


def sealed_round(state: SessionState) -> int | None:
    """Return the round that is sealed and not yet revealed; None where there is none."""
    return {"r1_sealed": 1, "r2_sealed": 2}.get(state.stage)


def shown_rounds(state: SessionState) -> tuple[int, ...]:
    """Return the rounds of which others than the giver may see something.

    A sealed session shows round 1 from reveal1 on and round 2 from reveal2 on; an open one shows
    everything at once.
    """
    stages = route(state.setup)
    place = stages.index(state.stage)
    if state.setup.mode == "open":
        return (1,) if place >= stages.index("r1_open") else ()
    first = place >= stages.index("reveal1")
    second = state.setup.rounds == 2 and place >= stages.index("reveal2")
    return (1, 2) if second else (1,) if first else ()


def in_grace(state: SessionState, at: str) -> bool:
    """Return whether `at` is within two seconds of the seal, on either side.

    What was under way when the round closed still counts. A time further before the seal is that
    of a clock that jumped back: the grace is over then, so that the session goes on.
    """
    number = sealed_round(state)
    if number is None or state.round(number).sealed_at is None:
        return False
    if state.round(number).commitment is not None:
        return False
    return abs(seconds_between(str(state.round(number).sealed_at), at)) <= GRACE_SECONDS


def seconds_between(first: str, then: str) -> float:
    """Return the seconds from one UTC time to another.

    Examples
    --------
    >>> seconds_between("2026-06-01T09:00:00Z", "2026-06-01T09:00:02.5Z")
    2.5
    """
    return (datetime.fromisoformat(then) - datetime.fromisoformat(first)).total_seconds()


def barrier(state: SessionState, *, reason: str, at: str) -> Refusal | None:
    """Return what keeps the session from going on; None where nothing does.

    With a reason a round closes below its quorum, but never without a single answer.
    """
    number = open_round(state)
    if number is not None and state.setup.mode == "sealed":
        return _round_barrier(state, number, reason)
    if sealed_round(state) is not None:
        return _seal_barrier(state, at)
    if next_stage(state) == "frozen":
        return Refusal("freeze-first")
    return _end_barrier(state)


def _end_barrier(state: SessionState) -> Refusal | None:
    alone = state.setup.mode == "sealed" and not _present(state)
    lacks = {
        "lobby": Refusal("nobody-joined") if alone else None,
        "frozen": None if state.decision else Refusal("no-decision"),
        "decided": None if state.exported else Refusal("no-export"),
        "closed": Refusal("purge-first"),
        "purged": Refusal("at-the-end"),
    }
    return lacks.get(state.stage)


def _present(state: SessionState) -> int:
    return sum(not seat.removed for seat in state.seats.values())


def _round_barrier(state: SessionState, number: int, reason: str) -> Refusal | None:
    given = len(state.round(number).submissions)
    if not given:
        return Refusal("nobody-submitted")
    if given < state.setup.quorum and not reason:
        return Refusal("no-quorum", {"given": given, "quorum": state.setup.quorum})
    return None


def _seal_barrier(state: SessionState, at: str) -> Refusal | None:
    if in_grace(state, at):
        return Refusal("grace-runs")
    number = sealed_round(state)
    if number is not None and state.round(number).commitment is None:
        return Refusal("not-committed")
    return None
