"""What participants and the facilitator may ask of a session, one record each.

The door checks who is asking (a token belongs to a seat, a link to a role); a command says what
is asked. `salt` is 32 hexadecimal digits of fresh randomness from the door: it keeps the digest
of a private part from being guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from afweging.model.session import Choice, Mood, Panel, Setup, Stage

# --- of participants ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Join:
    """Take a seat with a new device. A name is taken only with consent, in a named session."""

    token: str  # SHA-256 of the token of the device, 64 hexadecimal digits
    language: str
    role: str | None = None
    name: str | None = None
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Submit:
    """Give weights for the open round, as points from 0 to 100 per lens, the largest 100."""

    seat: int
    round: int
    swings: tuple[float, ...]
    key: str  # idempotency key of the device
    salt: str
    checks: tuple[Literal["agree", "adjusted", "kept"], ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Confirm:
    """Keep the weights of round 1 in round 2."""

    seat: int
    key: str
    salt: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Endorse:
    """Say what one thinks of the decision; a remark and a dissent have a text."""

    seat: int
    choice: Choice
    key: str
    salt: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Say that a lens, or without one the question, is not understood."""

    seat: int
    lens: str | None = None


@dataclass(frozen=True, slots=True)
class Tap:
    """Say whether the outcome agrees with what one feels; the last tap counts."""

    seat: int
    mood: Mood
    salt: str
    text: str = ""


# --- of the facilitator: the course of the session ------------------------------------------------


@dataclass(frozen=True, slots=True)
class Configure:
    """Change the setup, before round 1 opens."""

    setup: Setup


@dataclass(frozen=True, slots=True)
class Next:
    """Go to the next stage. `stage` is the stage that was on the screen: a second tap is refused.

    Without a quorum a round closes only with a `reason`.
    """

    stage: Stage
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Back:
    """Go back where that is allowed; from a sealed second round with a `reason`."""

    stage: Stage
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Commit:
    """Fix the weights of the round that was sealed, by their hash; after the time of grace."""

    salt: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """Pause or go on, blank the projector or show it again."""

    action: Literal["pause", "resume", "blank", "unblank"]


@dataclass(frozen=True, slots=True)
class AskFreeze:
    """Ask to freeze: the first of two steps; the answer names the digest of the weights."""


@dataclass(frozen=True, slots=True)
class Freeze:
    """Freeze the weights whose digest was shown: the second step."""

    digest: str


@dataclass(frozen=True, slots=True)
class SetDecision:
    """Record the text of the decision and its conditions."""

    text: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkExported:
    """Record that an export was made, by its digest."""

    digest: str


@dataclass(frozen=True, slots=True)
class MarkErased:
    """Record that private parts were erased: the sequence number and the name of each."""

    parts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Purge:
    """End a closed session for good; before the term is over only with a `reason`."""

    reason: str = ""


# --- of the facilitator: seats --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Admit:
    """Let people in."""

    seats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RemoveSeat:
    """Take a duplicate seat away. What it gave in a sealed round stays, for that is fixed."""

    seat: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReplaceDevice:
    """Give a seat to another device."""

    seat: int
    token: str


@dataclass(frozen=True, slots=True)
class AddProxy:
    """Make a seat for somebody without a phone; the facilitator submits for it."""

    role: str | None = None


# --- of the facilitator: what is on the wall ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChooseLens:
    """Bring one lens to the front."""

    lens: str


@dataclass(frozen=True, slots=True)
class RevealLens:
    """Show the spread of one more lens."""

    lens: str


@dataclass(frozen=True, slots=True)
class ShowPanel:
    """Show one of the panels of this stage; "outcome" shows the ranking."""

    panel: Panel


@dataclass(frozen=True, slots=True)
class ChooseScenario:
    """Show the outcome in one scenario, or with None over all."""

    scenario: str | None


@dataclass(frozen=True, slots=True)
class Moderate:
    """Quote, hide, restore, pin or unpin a reason, or merge it into another one, by their codes."""

    reason: str
    action: Literal["quote", "hide", "restore", "merge", "pin", "unpin"]
    into: str | None = None


@dataclass(frozen=True, slots=True)
class SetTable:
    """Set the weights on the wall of an open session; None gives the wall back to the phones."""

    weights: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class Adopt:
    """Make a what-if the weights of the group; None returns to what people gave."""

    weights: tuple[float, ...] | None
    reason: str


ParticipantCommand = Join | Submit | Confirm | Endorse | NotUnderstood | Tap
FacilitatorCommand = (
    Configure
    | Next
    | Back
    | Commit
    | Overlay
    | AskFreeze
    | Freeze
    | SetDecision
    | MarkExported
    | MarkErased
    | Purge
    | Admit
    | RemoveSeat
    | ReplaceDevice
    | AddProxy
    | ChooseLens
    | RevealLens
    | ShowPanel
    | ChooseScenario
    | Moderate
    | SetTable
    | Adopt
)
Command = ParticipantCommand | FacilitatorCommand
