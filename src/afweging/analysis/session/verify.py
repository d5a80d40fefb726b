"""Everything in a log recomputed: receipts, commitments, frozen weights, and every step allowed.

The chain of hashes is checked where the file is read (`afweging.io.journal`); this is about what
the events say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.analysis.session.fold import apply
from afweging.analysis.session.moves import (
    back_stage,
    barrier,
    next_stage,
    open_round,
    sealed_round,
    seconds_between,
)
from afweging.analysis.session.receipts import anonymous_swings, commitment_of
from afweging.analysis.session.weights import group_weights
from afweging.model.session import part_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.model.session import Event
    from afweging.model.session_state import SessionState


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something in a log that does not follow: the event and a code, worded under `session`."""

    seq: int
    code: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking a log found.

    Attributes
    ----------
    events : int
    receipts : mapping, as pairs of receipt and sequence number
        Of every submission and endorsement, as recomputed from the log.
    commitments : tuple of (round, commitment, confirmed)
        `confirmed` is False where the weights in the log give another hash, and None where the
        round opened again afterwards and what was replaced since has been erased.
    erased : int
        Private parts that were erased, each accounted for by an event.
    discrepancies : tuple of Discrepancy
        Empty where all holds.
    """

    events: int
    receipts: tuple[tuple[str, int], ...]
    commitments: tuple[tuple[int, str, bool | None], ...]
    erased: int
    discrepancies: tuple[Discrepancy, ...]

    @property
    def holds(self) -> bool:
        """Whether everything in the log follows."""
        return not self.discrepancies


def verify(events: Sequence[Event]) -> Verification:
    """Return what recomputing a log finds.

    Raises
    ------
    ValueError
        When events are missing or do not begin with the one that created the session.
    """
    found: list[Discrepancy] = []
    commitments: list[tuple[int, str, bool | None]] = []
    marked = {
        (seq, part)
        for event in events
        if event.kind == "erased"
        for seq, part in event.payload["parts"]  # type: ignore[attr-defined]
    }
    state: SessionState | None = None
    for event in events:
        codes = _private_faults(event, marked)
        if state is not None:
            codes += _step_faults(state, event)
            if event.kind == "committed":
                commitments.append(_commitment(state, event))
                codes += ["commitment-differs"] if commitments[-1][2] is False else []
        found += [Discrepancy(event.seq, code) for code in codes]
        state = apply(state, event)
    receipts = () if state is None else _receipts(state)
    return Verification(len(events), receipts, tuple(commitments), len(marked), tuple(found))


def _private_faults(event: Event, marked: set[tuple[int, str]]) -> list[str]:
    codes = []
    for part, digest in event.digests.items():
        content = event.private.get(part)
        if content is None:
            codes += [] if (event.seq, part) in marked else ["part-missing"]
        elif part_digest(content) != digest:
            codes.append("part-differs")
    return codes


def _step_faults(state: SessionState, event: Event) -> list[str]:
    """Return what is wrong with a step from one stage to another, or with time."""
    codes = ["time-went-back"] if seconds_between(state.at, event.at) < 0 else []
    if event.kind == "moved":
        codes += [] if _may_move(state, event) else ["step-not-allowed"]
    if event.kind in {"submitted", "confirmed"}:
        codes += [] if _may_answer(state, event) else ["answer-not-allowed"]
    if event.kind == "frozen":
        chosen = group_weights(state)
        same = chosen is not None and _near(chosen.weights, event.payload["weights"])
        codes += [] if same else ["weights-differ"]
    return codes


def _may_move(state: SessionState, event: Event) -> bool:
    to, reason = event.payload["to"], str(event.payload["reason"])
    if event.payload["from"] != state.stage:
        return False
    if to == back_stage(state):
        return state.stage != "r2_sealed" or bool(reason)
    return to == next_stage(state) and barrier(state, reason=reason, at=event.at) is None


def _may_answer(state: SessionState, event: Event) -> bool:
    number = int(event.payload["round"])  # type: ignore[call-overload]
    now = {open_round(state), sealed_round(state)}
    return number in now and state.round(number).commitment is None


def _near(weights: tuple[float, ...], stated: object) -> bool:
    numbers = [float(each) for each in stated]  # type: ignore[attr-defined]
    pairs = zip(weights, numbers, strict=False)
    return len(weights) == len(numbers) and all(abs(a - b) <= 1e-12 for a, b in pairs)


def _commitment(state: SessionState, event: Event) -> tuple[int, str, bool | None]:
    number, stated = int(event.payload["round"]), str(event.payload["commitment"])  # type: ignore[call-overload]
    if any(given.swings is None for given in state.round(number).submissions.values()):
        return number, stated, None
    swings = anonymous_swings(state.round(number))
    again = commitment_of(number, swings, salt=str(event.payload["salt"]))
    return number, stated, again == stated and len(swings) == event.payload["n"]


def _receipts(state: SessionState) -> tuple[tuple[str, int], ...]:
    keys = (key for seat in state.seats.values() for key in seat.keys)
    return tuple(sorted((receipt, seq) for _, receipt, seq in keys))
