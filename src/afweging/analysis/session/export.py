"""What leaves the room: an anonymous document of a session, and times rounded to the minute.

It holds no seat, token, name, receipt or key: weights in an order of their own, texts that were
quoted, counts, the decision, and what is needed to check the commitments without the log.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from afweging.analysis.session.facilitator import setup_document
from afweging.analysis.session.moves import route, shown_rounds
from afweging.analysis.session.panels import endorsement_counts
from afweging.analysis.session.receipts import anonymous_swings, commitment_of
from afweging.analysis.session.spread import LEAST_SHOWN
from afweging.analysis.session.weights import group_weights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.model.session_state import Chosen, SessionState

FORMAT = "afweging-session-1"


def export_document(state: SessionState, *, log_hash: str) -> dict[str, object]:
    """Return an anonymous document of what was given and decided.

    `concept` is true before the weights are frozen: what is made from it carries that mark. Rounds
    that are not shown yet are not in it. `weights` are those that were frozen, `group` those of
    the group at this moment; `pairs` holds what the same people gave in both rounds, `receipts`
    how many receipts were handed out.

    Parameters
    ----------
    state : SessionState
    log_hash : str
        Of the last event in the chain of the log.
    """
    stages = route(state.setup)
    decision = state.decision
    return {
        "format": FORMAT,
        "setup": setup_document(state.setup),
        "stage": state.stage,
        "at": to_minute(state.at),
        "concept": stages.index(state.stage) < stages.index("frozen"),
        "events": state.seq,
        "log_hash": log_hash,
        "joined": sum(not seat.removed for seat in state.seats.values()),
        "receipts": sum(len(seat.keys) for seat in state.seats.values()),
        "rounds": [_round(state, number) for number in shown_rounds(state)],
        "pairs": [list(map(list, pair)) for pair in anonymous_pairs(state)],
        "weights": _chosen(state.frozen),
        "group": _chosen(group_weights(state)),
        "reasons": _quoted(state),
        "moods": sorted(state.moods.values()),
        "decision": None if decision is None else decision.text,
        "conditions": [] if decision is None else list(decision.conditions),
        "endorsements": endorsement_counts(state),
        "remarks": sorted(
            [each.choice, each.text] for each in state.endorsements.values() if each.text
        ),
    }


def _round(state: SessionState, number: int) -> dict[str, object]:
    round_ = state.round(number)
    swings = anonymous_swings(round_)
    return {
        "round": number,
        "n": len(swings),
        "proxies": sum(each.proxy for each in round_.submissions.values()),
        "swings": [list(row) for row in swings],
        "commitment": round_.commitment,
        "salt": round_.salt,
    }


def anonymous_pairs(
    state: SessionState,
) -> tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]:
    """Return what the same people gave in round 1 and 2, in an order that follows from it alone.

    Empty before round 2 is shown, and where fewer than five people gave both.
    """
    if shown_rounds(state) != (1, 2):
        return ()
    first, second = (state.round(number).submissions for number in (1, 2))
    both = [(first[seat].swings, second[seat].swings) for seat in first if seat in second]
    found = sorted((one, two) for one, two in both if one is not None and two is not None)
    return tuple(found) if len(found) >= LEAST_SHOWN else ()


def _chosen(chosen: Chosen | None) -> dict[str, object] | None:
    if chosen is None:
        return None
    weights = list(chosen.weights)
    return {"weights": weights, "source": chosen.source, "reason": chosen.reason}


def _quoted(state: SessionState) -> list[dict[str, object]]:
    shown = shown_rounds(state)
    said = [r for r in state.reasons.values() if r.status == "quoted" and r.round in shown]
    rows = [
        {"round": r.round, "text": r.text, "uneasy": r.uneasy, "pinned": r.pinned}
        for r in said
        if r.text
    ]
    return sorted(rows, key=lambda row: (str(row["round"]), str(row["text"])))


def check_commitments(document: Mapping[str, object]) -> dict[int, bool]:
    """Return per committed round of an export whether its weights are those of the commitment."""
    rounds: list[dict[str, object]] = document["rounds"]  # type: ignore[assignment]
    found: dict[int, bool] = {}
    for each in rounds:
        if each["commitment"] is not None:
            number = int(each["round"])  # type: ignore[call-overload]
            again = commitment_of(number, each["swings"], salt=str(each["salt"]))  # type: ignore[arg-type]
            found[number] = again == each["commitment"]
    return found


def to_minute(at: str) -> str:
    """Return a UTC time rounded to the minute.

    Examples
    --------
    >>> to_minute("2026-06-01T09:00:31.250Z")
    '2026-06-01T09:01Z'
    """
    time = datetime.fromisoformat(at).astimezone(UTC) + timedelta(seconds=30)
    return time.strftime("%Y-%m-%dT%H:%MZ")
