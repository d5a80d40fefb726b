"""What the facilitator sees: where the session is, what it waits for, and counts.

Never weights of a person, except after the reveal in a named session of those who chose to be
named, and then only where the others are none or at least five.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.session.facilitator import may_freeze
from afweging.analysis.session.moves import (
    back_stage,
    barrier,
    in_grace,
    next_stage,
    panels,
    shown_rounds,
)
from afweging.analysis.session.panels import endorsement_counts, role_parts
from afweging.analysis.session.spread import LEAST_SHOWN, shown, shown_all
from afweging.analysis.session.views import common, counts, current_round
from afweging.analysis.session.wall import visible
from afweging.analysis.session.weights import group_weights, weights_by_seat, weights_digest

if TYPE_CHECKING:
    from afweging.analysis.session.views import View
    from afweging.model.session_state import Chosen, Reason, Seat, SessionState

MOST_SEATS = 100  # in one view: those who wait first, then who came last
MOST_INBOX = 200  # reasons in one view


def console_view(state: SessionState, *, at: str) -> View:
    """Return what the facilitator sees at a moment.

    `barrier` is the code of what keeps the session from going on without a reason (worded under
    `session.refusal`), None where nothing does. `flags` counts what may need attention in the
    round that is open; None below five answers.
    """
    stops = barrier(state, reason="", at=at)
    return (
        common(state)
        | counts(state)
        | {
            "next": next_stage(state),
            "back": back_stage(state),
            "barrier": None if stops is None else stops.code,
            "grace": in_grace(state, at),
            "blank": state.blank,
            "panel": state.panel,
            "panels": list(panels(state.setup, state.stage)),
            "lens": state.lens,
            "revealed": list(state.revealed),
            "scenario": state.scenario,
            "ranked": state.ranked,
            "commitments": {str(n): r.commitment for n, r in sorted(state.rounds.items())},
        }
        | _room(state)
        | _weights(state)
        | _ending(state)
    )


def _room(state: SessionState) -> View:
    present = [seat for seat in state.seats.values() if not seat.removed]
    return {
        "waiting": sum(not seat.admitted for seat in present),
        "proxies": sum(seat.proxy for seat in present),
        "seats": _seats(present),
        "flags": _flags(state),
        "unclear": _unclear(state),
        "moods": _moods(state),
        "reasons": _inbox(state),
    }


def _seats(present: list[Seat]) -> list[View]:
    """Return seats without what they gave, nor whether they gave anything."""
    first = sorted(present, key=lambda seat: (seat.admitted, -seat.id))[:MOST_SEATS]
    return [
        {
            "id": seat.id,
            "role": seat.role,
            "name": seat.name,
            "proxy": seat.proxy,
            "admitted": seat.admitted,
        }
        for seat in first
    ]


def _flags(state: SessionState) -> View | None:
    """Return how many gave equal swings, and how many kept a check that disagrees."""
    number = current_round(state)
    given = [] if number is None else list(state.round(number).submissions.values())
    if len(given) < LEAST_SHOWN:
        return None
    return {
        "equal": sum(g.swings is not None and len(set(g.swings)) == 1 for g in given),
        "mismatch": sum("kept" in g.checks for g in given),
        "revisions": sum(g.revisions for g in given),
    }


def _unclear(state: SessionState) -> dict[str, int]:
    """Return how many taps there were per lens; under "" those on the question as a whole."""
    lenses = [lens or "" for _, lens in state.unclear]
    return {lens: lenses.count(lens) for lens in sorted(set(lenses))}


def _moods(state: SessionState) -> dict[str, int]:
    moods = list(state.moods.values())
    return {"agree": moods.count("agree"), "uneasy": moods.count("uneasy")}


def _inbox(state: SessionState) -> list[View]:
    """Return the reasons of rounds that are shown, without who gave them."""
    seen = [reason for reason in state.reasons.values() if visible(state, reason)]
    return [
        {
            "code": reason.code,
            "round": reason.round,
            "text": reason.text,
            "uneasy": reason.uneasy,
            "status": reason.status,
            "merged": None if reason.merged is None else state.reasons[reason.merged].code,
            "pinned": reason.pinned,
        }
        for reason in sorted(seen, key=_inbox_order)[:MOST_INBOX]
    ]


def _inbox_order(reason: Reason) -> tuple[bool, int, str]:
    """Return what comes first: what waits, the later round; never who was first."""
    return reason.status != "new", -reason.round, reason.code


def _weights(state: SessionState) -> View:
    chosen = group_weights(state)
    ready = chosen is not None and may_freeze(state)
    return {
        "group": _chosen(chosen),
        "freezable": weights_digest(chosen) if ready and chosen is not None else None,
        "asked": state.asked,
        "people": named_weights(state),
        "speaking": speaking_order(state),
    }


def _chosen(chosen: Chosen | None) -> View | None:
    if chosen is None:
        return None
    weights = shown_all(np.array(chosen.weights))
    return {"weights": weights, "source": chosen.source, "reason": chosen.reason}


def named_weights(state: SessionState) -> list[View]:
    """Return the weights of those who chose to be named, once they are shown.

    Empty where those who did not are one to four: their mean would follow by subtraction.
    """
    rounds = shown_rounds(state)
    if state.setup.naming != "named" or not rounds:
        return []
    rows = weights_by_seat(state, rounds[-1])
    named = [seat for seat in rows if state.seats[seat].name is not None]
    if 0 < len(rows) - len(named) < LEAST_SHOWN:
        return []
    return [
        {"seat": seat, "name": state.seats[seat].name, "weights": shown_all(rows[seat])}
        for seat in named
    ]


def speaking_order(state: SessionState) -> list[View]:
    """Return roles by how far their mean weight on the chosen lens is from that of the room.

    The furthest first, so that who differs is heard before who is with the middle; only roles
    that are large enough to be shown.
    """
    chosen = group_weights(state)
    if state.lens is None or chosen is None:
        return []
    place = state.setup.lenses.index(state.lens)
    away = {
        role: shown(float(mean[place]) - chosen.weights[place])
        for role, (_, mean) in role_parts(state).items()
    }
    order = sorted(away, key=lambda role: (-abs(away[role]), role))
    return [{"role": role, "away": away[role]} for role in order]


def _ending(state: SessionState) -> View:
    said = state.decision
    spoken = [(each.choice, each.text) for each in state.endorsements.values() if each.text]
    remarks = [{"choice": choice, "text": text} for choice, text in sorted(spoken)]
    return {
        "frozen": state.frozen is not None,
        "decision": None if said is None else said.text,
        "conditions": [] if said is None else list(said.conditions),
        "endorsements": endorsement_counts(state),
        "remarks": remarks,
        "exported": state.exported,
        "erased": state.erased,
    }
