"""What a rule of the session answers: what is to be recorded, a repeat, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from afweging.model.session import Refusal, Repeat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.model.session import EventKind
    from afweging.model.session_state import Seat, SessionState


@dataclass(frozen=True, slots=True)
class Draft:
    """An event without its sequence number and time."""

    kind: EventKind
    payload: Mapping[str, object] = field(default_factory=dict)
    private: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


Outcome = Draft | Repeat | Refusal


def first(*refusals: Refusal | None) -> Refusal | None:
    """Return the first refusal that there is."""
    return next((each for each in refusals if each is not None), None)


def when(condition: object, code: str, **facts: object) -> Refusal | None:
    """Return a refusal where the condition holds."""
    return Refusal(code, facts) if condition else None


def find_seat(state: SessionState, seat: int) -> Seat | Refusal:
    """Return a seat that takes part, or the refusal of one that does not."""
    found = state.seats.get(seat)
    if found is None:
        return Refusal("unknown-seat", {"seat": seat})
    return Refusal("seat-removed", {"seat": seat}) if found.removed else found
