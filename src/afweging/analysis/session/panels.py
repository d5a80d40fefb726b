"""What stands on the wall in each panel: plain data from the state and the problem's arrays."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.session.moves import sealed_round, shown_rounds
from afweging.analysis.session.outcome import (
    group_outcomes,
    outcome,
    profile_ends,
    regrets,
)
from afweging.analysis.session.spread import (
    LEAST_SHOWN,
    lens_spread,
    parts_of,
    room_agreement,
    shift,
    shown_all,
    stable_groups,
)
from afweging.analysis.session.weights import group_weights, round_weights, weights_by_seat

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from afweging.analysis.session.arrays import SessionModel
    from afweging.model.session import Panel
    from afweging.model.session_state import Reason, SessionState

    FloatArray = NDArray[np.float64]

MOST_REASONS = 6  # on one screen
Content = dict[str, object]


def panel_content(state: SessionState, model: SessionModel) -> Content:
    """Return what the panel on the wall shows; empty for panels that only words fill."""
    return _CONTENTS[state.panel](state, model)


def _nothing(_state: SessionState, _model: SessionModel) -> Content:
    return {}


def _ranges(state: SessionState, _model: SessionModel) -> Content:
    return {"lens": state.lens or state.setup.lenses[0]}


def _progress(state: SessionState, _model: SessionModel) -> Content:
    """Return the hash of the round once it is committed; how many gave weights is in the view."""
    number = 1 if state.stage in {"r1_open", "r1_sealed"} else 2
    round_ = state.round(number)
    return {"sealed": sealed_round(state) is not None, "commitment": round_.commitment}


def _people(state: SessionState) -> FloatArray:
    shown = shown_rounds(state)
    return round_weights(state, shown[-1]) if shown else np.empty((0, len(state.setup.lenses)))


def spread_content(state: SessionState, _model: SessionModel) -> Content:
    """Return how the weights lie per lens, None for a lens that is not revealed yet.

    With every lens revealed it also says how far the room agrees, and the mean weights of roles
    that are large enough.
    """
    people = _people(state)
    every = state.setup.mode == "open" or set(state.revealed) >= set(state.setup.lenses)
    lenses = [
        {"lens": lens, **lens_spread(people, place)} if every or lens in state.revealed else None
        for place, lens in enumerate(state.setup.lenses)
    ]
    content: Content = {"n": len(people), "lens": state.lens, "lenses": lenses}
    if every:
        content |= {"agreement": room_agreement(people), "roles": role_means(state)}
    return content


def role_parts(state: SessionState) -> dict[str, tuple[int, FloatArray]]:
    """Return size and mean weights of each role of at least five people, if the rest is as large.

    None in a named session: beside the weights of named people a mean would tell of the others.
    """
    shown = shown_rounds(state)
    if not shown or not state.setup.roles or state.setup.naming == "named":
        return {}
    rows = weights_by_seat(state, shown[-1])
    if not rows:
        return {}
    return parts_of([state.seats[seat].role for seat in rows], np.array(list(rows.values())))


def role_means(state: SessionState) -> list[Content]:
    """Return the mean weights of the roles that may be shown."""
    return [
        {"role": role, "n": size, "weights": shown_all(mean)}
        for role, (size, mean) in sorted(role_parts(state).items())
    ]


def _reasons(state: SessionState, _model: SessionModel) -> Content:
    """Return the reasons that were quoted, pinned ones first, at most six."""
    shown = shown_rounds(state)
    quoted = [
        reason
        for reason in state.reasons.values()
        if reason.status == "quoted" and reason.text is not None and reason.round in shown
    ]
    first = sorted(quoted, key=lambda reason: (not reason.pinned, reason.code))[:MOST_REASONS]
    return {"reasons": [_reason(state, reason) for reason in first], "quoted": len(quoted)}


def _reason(state: SessionState, reason: Reason) -> Content:
    alike = sum(each.merged == reason.id for each in state.reasons.values())
    return {
        "code": reason.code,
        "text": reason.text,
        "uneasy": reason.uneasy,
        "pinned": reason.pinned,
        "merged": alike,
    }


def outcome_content(state: SessionState, model: SessionModel) -> Content:
    """Return the ranking under the weights of the group, as frozen, adopted or given."""
    chosen = group_weights(state)
    if chosen is None:
        return {}
    weights = np.array(chosen.weights)
    found = outcome(model, weights, people=_people(state), scenario=state.scenario)
    return {"source": chosen.source, **found}


def _groups(state: SessionState, model: SessionModel) -> Content:
    people = _people(state)
    grouping = stable_groups(people)
    if grouping is None:
        return {"n": len(people), "groups": []}
    found = group_outcomes(model, people, grouping, scenario=state.scenario)
    return {"n": len(people), "options": list(model.options), "groups": found}


def _shift(state: SessionState, _model: SessionModel) -> Content:
    """Return how those who gave weights in both rounds moved."""
    before, after = (weights_by_seat(state, number) for number in (1, 2))
    both = [seat for seat in before if seat in after]
    if len(both) < LEAST_SHOWN:
        return {"shift": None}
    rows = (np.array([given[seat] for seat in both]) for given in (before, after))
    return {"lenses": list(state.setup.lenses), "shift": shift(*rows)}


def _regret(state: SessionState, model: SessionModel) -> Content:
    chosen = group_weights(state)
    return {} if chosen is None else regrets(model, np.array(chosen.weights))


def _profiles(_state: SessionState, model: SessionModel) -> Content:
    return profile_ends(model)


def decision_content(state: SessionState, _model: SessionModel) -> Content:
    """Return the decision and how many endorsed it, with a remark, or dissented."""
    said = state.decision
    return {
        "text": None if said is None else said.text,
        "conditions": [] if said is None else list(said.conditions),
        "endorsements": endorsement_counts(state),
    }


def endorsement_counts(state: SessionState) -> dict[str, int]:
    """Return how many people endorsed the decision, with a remark, or dissented."""
    said = [each.choice for each in state.endorsements.values()]
    return {choice: said.count(choice) for choice in ("endorse", "remark", "dissent")}


_CONTENTS: Mapping[Panel, Callable[[SessionState, SessionModel], Content]] = MappingProxyType(
    {
        "draft": _nothing,
        "lobby": _nothing,
        "question": _nothing,
        "options": _nothing,
        "ranges": _ranges,
        "progress": _progress,
        "spread": spread_content,
        "reasons": _reasons,
        "outcome": outcome_content,
        "groups": _groups,
        "shift": _shift,
        "regret": _regret,
        "profiles": _profiles,
        "decision": decision_content,
        "close": _nothing,
    }
)
