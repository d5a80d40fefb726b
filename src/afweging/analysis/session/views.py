"""What each role sees of a session: the projector, a participant, and the facilitator.

A view is plain data with ids and numbers, made for one moment; words come later. It is the same
for the same events, and carries their number as `seq`, so that frame k can be made again from the
first k events. No view holds what another person gave before its round is shown.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.session.moves import (
    in_grace,
    open_round,
    sealed_round,
    shown_rounds,
)
from afweging.analysis.session.panels import panel_content
from afweging.analysis.session.spread import lens_spread, shown_all
from afweging.analysis.session.weights import round_weights
from afweging.model.canonical import canonical_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.analysis.session.arrays import SessionModel
    from afweging.model.session_state import Seat, SessionState

View = dict[str, object]


def view_hash(view: Mapping[str, object]) -> str:
    """Return the SHA-256 of the canonical JSON of a view: the hash of a frame."""
    return hashlib.sha256(canonical_json(dict(view))).hexdigest()


def common(state: SessionState) -> View:
    """Return what every role sees: where the session is."""
    return {
        "seq": state.seq,
        "session": state.setup.session,
        "mode": state.setup.mode,
        "stage": state.stage,
        "since": state.since,
        "paused": state.paused,
    }


def counts(state: SessionState) -> View:
    """Return how many people are expected and in, and how many gave weights in this round."""
    present = [seat for seat in state.seats.values() if not seat.removed]
    number = current_round(state)
    return {
        "expected": state.setup.expected,
        "quorum": state.setup.quorum,
        "joined": len(present),
        "submitted": 0 if number is None else len(state.round(number).submissions),
        "round": number,
    }


def current_round(state: SessionState) -> int | None:
    """Return the round that is open, sealed, or shown last; None before the first."""
    shown = shown_rounds(state)
    return open_round(state) or sealed_round(state) or (shown[-1] if shown else None)


def projector_view(state: SessionState, model: SessionModel) -> View:
    """Return what stands on the wall, at most 20 KB as canonical JSON.

    `content` is that of the panel: see `afweging.analysis.session.panels`. While the projector is
    blank there is none.
    """
    view = common(state) | counts(state)
    view |= {"language": state.setup.language, "panel": state.panel, "blank": state.blank}
    return view | {"content": None if state.blank else panel_content(state, model)}


def shared_view(state: SessionState) -> View:
    """Return the part of a participant's view that is the same for all: made once per state.

    `spread` holds the quartiles of lenses that are shown (least, median and most below eight
    people; None for a lens that is not shown), in the order of the lenses.
    """
    return common(state) | {"ranked": state.ranked, "spread": _quartiles(state)}


def participant_view(
    state: SessionState, seat: int, *, at: str | None = None, shared: View | None = None
) -> View:
    """Return what one participant sees, at most 1.5 KB as canonical JSON.

    Of what people gave it holds only the own answers, and what `shared_view` has. The text of the
    decision is not in it: see `decision_view`.

    Parameters
    ----------
    state : SessionState
    seat : int
        Of the participant.
    at : str, optional
        The time now; with it, `open` is the round also in the time of grace.
    shared : dict, optional
        `shared_view(state)`, for a door that makes the views of a whole room.

    Raises
    ------
    KeyError
        When there is no such seat.
    """
    own = state.seats[seat]
    number = open_round(state)
    if number is None and at is not None and in_grace(state, at):
        number = sealed_round(state)
    asked = [lens for lens in (None, *state.setup.lenses) if (seat, lens) in state.unclear]
    return (shared_view(state) if shared is None else shared) | {
        "seat": _own_seat(own),
        "open": number if own.admitted and not own.removed else None,
        "rounds": {str(n): _own_answer(state, seat, n) for n in sorted(state.rounds)},
        "unclear": [lens or "" for lens in asked],
        "mood": state.moods.get(seat),
        "endorsement": _own_endorsement(state, seat),
    }


def _own_seat(seat: Seat) -> View:
    return {
        "id": seat.id,
        "role": seat.role,
        "language": seat.language,
        "admitted": seat.admitted,
        "removed": seat.removed,
        "named": seat.name is not None,
    }


def _own_answer(state: SessionState, seat: int, number: int) -> View | None:
    given = state.round(number).submissions.get(seat)
    if given is None:
        return None
    return {
        "receipt": given.receipt,
        "swings": None if given.swings is None else list(given.swings),
        "revisions": given.revisions,
        "confirmed": given.confirmed,
    }


def _own_endorsement(state: SessionState, seat: int) -> View | None:
    said = state.endorsements.get(seat)
    return None if said is None else {"choice": said.choice, "receipt": said.receipt}


def _quartiles(state: SessionState) -> View | None:
    """Return the quartiles of what is shown, per lens, for a place beside the own dot."""
    shown = shown_rounds(state)
    if not shown:
        return None
    people = round_weights(state, shown[-1])
    open_ = state.setup.mode == "open"
    lenses: list[object] = []
    for place, lens in enumerate(state.setup.lenses):
        found = lens_spread(people, place) if open_ or lens in state.revealed else {}
        names = ("lower", "median", "upper") if "lower" in found else ("least", "median", "most")
        lenses.append([found[name] for name in names] if "median" in found else None)
    return {"round": shown[-1], "n": len(people), "lenses": lenses}


def decision_view(state: SessionState) -> View:
    """Return the decision as participants read it before they endorse it; fetched once."""
    said = state.decision if state.stage in {"decided", "closed", "purged"} else None
    frozen = state.frozen
    return {
        "seq": state.seq,
        "text": None if said is None else said.text,
        "conditions": [] if said is None else list(said.conditions),
        "weights": [] if frozen is None or said is None else shown_all(np.array(frozen.weights)),
    }
