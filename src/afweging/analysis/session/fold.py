"""From events to the state of a session: a pure function, so a log can be replayed.

Events are trusted: `afweging.analysis.session.decide` let them through, and `verify` checks them
afterwards. An event whose private parts are erased is folded without them.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from afweging.analysis.session import fold_people as people
from afweging.analysis.session.fold_people import number_in, put
from afweging.analysis.session.moves import OUTCOME, panels
from afweging.analysis.session.wall import STATUS_AFTER
from afweging.model.session import Setup
from afweging.model.session_state import (
    Chosen,
    Decision,
    Round,
    SessionState,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from afweging.model.session import Event, Panel, Stage


def fold(events: Iterable[Event]) -> SessionState:
    """Return the state after all events, the first of which is "created".

    Raises
    ------
    ValueError
        When there is no first event, or it is another one.
    """
    state: SessionState | None = None
    for event in events:
        state = apply(state, event)
    if state is None:
        raise ValueError("a session begins with the event that created it")
    return state


def apply(state: SessionState | None, event: Event) -> SessionState:
    """Return the state after one more event; None stands for no session yet.

    Raises
    ------
    ValueError
        When the event is not the next one.
    """
    if state is None:
        if event.kind != "created" or event.seq != 1:
            raise ValueError("a session begins with the event that created it")
        return SessionState(read_setup(event.payload), 1, event.at, since=event.at)
    if event.seq != state.seq + 1:
        raise ValueError(f"event {event.seq} does not follow event {state.seq}")
    return _STEPS[event.kind](replace(state, seq=event.seq, at=event.at), event)


def read_setup(document: Mapping[str, object]) -> Setup:
    """Return the setup that was written as plain data."""
    values = {name: tuple(v) if isinstance(v, list) else v for name, v in document.items()}
    return Setup(**values)  # type: ignore[arg-type]


# --- the course of the session --------------------------------------------------------------------


def _configured(state: SessionState, event: Event) -> SessionState:
    return replace(state, setup=read_setup(event.payload["setup"]))  # type: ignore[arg-type]


def _moved(state: SessionState, event: Event) -> SessionState:
    return _enter(state, event.payload["to"], event)  # type: ignore[arg-type]


def _enter(state: SessionState, stage: Stage, event: Event) -> SessionState:
    """Return the state at the start of a stage."""
    panel = panels(state.setup, stage)[0]
    rounds = state.rounds
    if stage in {"r1_sealed", "r2_sealed"}:
        number = 1 if stage == "r1_sealed" else 2
        rounds = put(rounds, number, replace(state.round(number), sealed_at=event.at))
    elif stage == "r2_open":  # also when a sealed second round opens again
        rounds = put(rounds, 2, Round(state.round(2).submissions))
    revealed = state.setup.lenses if stage in {"discuss", "reveal2"} else state.revealed
    return replace(
        state,
        stage=stage,
        since=event.at,
        panel=panel,
        rounds=rounds,
        revealed=revealed,
        ranked=state.ranked or panel in OUTCOME,
        asked=None,
    )


def _overlaid(state: SessionState, event: Event) -> SessionState:
    if event.kind in {"paused", "resumed"}:
        return replace(state, paused=event.kind == "paused")
    return replace(state, blank=event.kind == "blanked")


def _committed(state: SessionState, event: Event) -> SessionState:
    number = number_in(event, "round")
    fixed = replace(
        state.round(number),
        commitment=str(event.payload["commitment"]),
        salt=str(event.payload["salt"]),
    )
    return replace(state, rounds=put(state.rounds, number, fixed))


def _chosen(state: SessionState, event: Event) -> SessionState:
    weights = event.payload["weights"]
    reason = event.payload.get("reason")
    table = event.kind == "table_set"
    chosen = weights and Chosen(
        tuple(float(each) for each in weights),  # type: ignore[attr-defined]
        "table" if table else "adopted",
        event.seq,
        None if reason is None else str(reason),
    )
    if table:
        return replace(state, table=chosen or None)  # type: ignore[arg-type]
    return replace(state, adopted=chosen or None)  # type: ignore[arg-type]


def _freeze_asked(state: SessionState, event: Event) -> SessionState:
    return replace(state, asked=str(event.payload["digest"]))


def _frozen(state: SessionState, event: Event) -> SessionState:
    payload = event.payload
    reason = payload["reason"]
    frozen = Chosen(
        tuple(float(each) for each in payload["weights"]),  # type: ignore[attr-defined]
        payload["source"],  # type: ignore[arg-type]
        event.seq,
        None if reason is None else str(reason),
    )
    return _enter(replace(state, frozen=frozen), "frozen", event)


def _decision_set(state: SessionState, event: Event) -> SessionState:
    conditions = tuple(str(each) for each in event.payload["conditions"])  # type: ignore[attr-defined]
    return replace(state, decision=Decision(str(event.payload["text"]), conditions))


def _exported(state: SessionState, event: Event) -> SessionState:
    if state.stage not in {"decided", "closed"}:
        return state
    return replace(state, exported=str(event.payload["digest"]))


def _purged(state: SessionState, event: Event) -> SessionState:
    return _enter(state, "purged", event)


# --- what is on the wall --------------------------------------------------------------------------


def _lens(state: SessionState, event: Event) -> SessionState:
    lens = str(event.payload["lens"])
    if event.kind == "lens_chosen":
        return replace(state, lens=lens)
    return replace(state, lens=lens, revealed=(*state.revealed, lens))


def _panel_shown(state: SessionState, event: Event) -> SessionState:
    panel: Panel = event.payload["panel"]  # type: ignore[assignment]
    return replace(state, panel=panel, ranked=state.ranked or panel in OUTCOME)


def _scenario_chosen(state: SessionState, event: Event) -> SessionState:
    scenario = event.payload["scenario"]
    return replace(state, scenario=None if scenario is None else str(scenario))


def _moderated(state: SessionState, event: Event) -> SessionState:
    reason, action = state.reasons[number_in(event, "reason")], str(event.payload["action"])
    if action in {"pin", "unpin"}:
        changed = replace(reason, pinned=action == "pin")
    else:
        merged = number_in(event, "into") if action == "merge" else None
        changed = replace(reason, status=STATUS_AFTER[action], merged=merged)  # type: ignore[arg-type]
    return replace(state, reasons=put(state.reasons, reason.id, changed))


_STEPS: Mapping[str, Callable[[SessionState, Event], SessionState]] = MappingProxyType(
    {
        "configured": _configured,
        "moved": _moved,
        "paused": _overlaid,
        "resumed": _overlaid,
        "blanked": _overlaid,
        "unblanked": _overlaid,
        "joined": people.joined,
        "admitted": people.admitted,
        "removed": people.removed,
        "device_replaced": people.device_replaced,
        "submitted": people.submitted,
        "confirmed": people.submitted,
        "unclear": people.unclear,
        "tapped": people.tapped,
        "endorsed": people.endorsed,
        "committed": _committed,
        "lens_chosen": _lens,
        "lens_revealed": _lens,
        "panel_shown": _panel_shown,
        "scenario_chosen": _scenario_chosen,
        "reason_moderated": _moderated,
        "table_set": _chosen,
        "adopted": _chosen,
        "freeze_asked": _freeze_asked,
        "frozen": _frozen,
        "decision_set": _decision_set,
        "exported": _exported,
        "erased": people.erased,
        "purged": _purged,
    }
)
