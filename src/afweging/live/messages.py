"""What may be sent to the room: the form of every message, and the command that it stands for.

Forms are closed: a field that is not known is refused. Who may send what is said by two unions;
the seat of a participant and all randomness come from the door, never from the message.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from afweging.live.room import salt
from afweging.model import session_command as asked
from afweging.model.session import Choice, Mood, Panel, Setup, Stage

Key = Annotated[str, Field(max_length=80)]
Text = Annotated[str, Field(max_length=4000)]
Id = Annotated[str, Field(max_length=200)]
Number = Annotated[float, Field(ge=-1e6, le=1e6)]
Numbers = Annotated[tuple[Number, ...], Field(max_length=64)]


class Message(BaseModel):
    """A message with only the fields that it says, each of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


# --- of participants, and of the facilitator for a proxy ------------------------------------------


class Submit(Message):
    """Give weights for the open round: points from 0 to 100 per lens, the largest 100."""

    kind: Literal["submit"]
    round: Literal[1, 2]
    swings: Numbers
    key: Key
    checks: Annotated[tuple[Literal["agree", "adjusted", "kept"], ...], Field(max_length=16)] = ()
    reason: Text = ""

    def command(self, seat: int) -> asked.Submit:
        """Return the command, for a seat."""
        return asked.Submit(
            seat, self.round, self.swings, self.key, salt(), self.checks, self.reason
        )


class Confirm(Message):
    """Keep the weights of round 1 in round 2."""

    kind: Literal["confirm"]
    key: Key
    reason: Text = ""

    def command(self, seat: int) -> asked.Confirm:
        """Return the command, for a seat."""
        return asked.Confirm(seat, self.key, salt(), self.reason)


class Endorse(Message):
    """Say what one thinks of the decision."""

    kind: Literal["endorse"]
    choice: Choice
    key: Key
    text: Text = ""

    def command(self, seat: int) -> asked.Endorse:
        """Return the command, for a seat."""
        return asked.Endorse(seat, self.choice, self.key, salt(), self.text)


class NotUnderstood(Message):
    """Say that a lens, or without one the question, is not understood."""

    kind: Literal["not_understood"]
    lens: Id | None = None

    def command(self, seat: int) -> asked.NotUnderstood:
        """Return the command, for a seat."""
        return asked.NotUnderstood(seat, self.lens)


class Tap(Message):
    """Say whether the outcome agrees with what one feels."""

    kind: Literal["tap"]
    mood: Mood
    text: Text = ""

    def command(self, seat: int) -> asked.Tap:
        """Return the command, for a seat."""
        return asked.Tap(seat, self.mood, salt(), self.text)


class ProxySubmit(Submit):
    """As `Submit`, for a seat without a phone."""

    seat: int


class ProxyConfirm(Confirm):
    """As `Confirm`, for a seat without a phone."""

    seat: int


class ProxyEndorse(Endorse):
    """As `Endorse`, for a seat without a phone."""

    seat: int


# --- of the facilitator ---------------------------------------------------------------------------


class Configure(Message):
    """Change the setup before round 1 opens; what is left out stays."""

    kind: Literal["configure"]
    language: Literal["nl", "en"] | None = None
    mode: Literal["sealed", "open"] | None = None
    naming: Literal["anonymous", "named"] | None = None
    expected: Annotated[int, Field(ge=0, le=100_000)] | None = None
    quorum: Annotated[int, Field(ge=1, le=100_000)] | None = None
    rounds: Literal[1, 2] | None = None
    ranking: Literal["between", "after"] | None = None
    roles: Annotated[tuple[Id, ...], Field(max_length=40)] | None = None
    admission: Literal["all", "by_hand"] | None = None

    def changed(self, setup: Setup) -> asked.Configure:
        """Return the command, from the setup as it is."""
        said = {name: getattr(setup, name) for name in setup.__dataclass_fields__}
        said |= self.model_dump(exclude={"kind"}, exclude_none=True)
        return asked.Configure(Setup(**said))


class Next(Message):
    """Go to the next stage from the one on the screen; without quorum only with a reason."""

    kind: Literal["next"]
    stage: Stage
    reason: Text = ""

    def command(self) -> asked.Next:
        """Return the command."""
        return asked.Next(self.stage, self.reason)


class Back(Message):
    """Go back where that is allowed."""

    kind: Literal["back"]
    stage: Stage
    reason: Text = ""

    def command(self) -> asked.Back:
        """Return the command."""
        return asked.Back(self.stage, self.reason)


class Overlay(Message):
    """Pause or go on, blank the projector or show it again."""

    kind: Literal["overlay"]
    action: Literal["pause", "resume", "blank", "unblank"]

    def command(self) -> asked.Overlay:
        """Return the command."""
        return asked.Overlay(self.action)


class AskFreeze(Message):
    """Ask to freeze the weights: the first step."""

    kind: Literal["ask_freeze"]

    def command(self) -> asked.AskFreeze:
        """Return the command."""
        return asked.AskFreeze()


class Freeze(Message):
    """Freeze the weights whose digest was shown: the second step."""

    kind: Literal["freeze"]
    digest: Key

    def command(self) -> asked.Freeze:
        """Return the command."""
        return asked.Freeze(self.digest)


class SetDecision(Message):
    """Record the text of the decision and its conditions."""

    kind: Literal["set_decision"]
    text: Text
    conditions: Annotated[tuple[Text, ...], Field(max_length=50)] = ()

    def command(self) -> asked.SetDecision:
        """Return the command."""
        return asked.SetDecision(self.text, self.conditions)


class MarkExported(Message):
    """Make the export, on record; it can be downloaded afterwards."""

    kind: Literal["mark_exported"]


class Purge(Message):
    """End a closed session for good."""

    kind: Literal["purge"]
    reason: Text = ""

    def command(self) -> asked.Purge:
        """Return the command."""
        return asked.Purge(self.reason)


class Admit(Message):
    """Let people in."""

    kind: Literal["admit"]
    seats: Annotated[tuple[int, ...], Field(max_length=10_000)]

    def command(self) -> asked.Admit:
        """Return the command."""
        return asked.Admit(self.seats)


class RemoveSeat(Message):
    """Take a duplicate seat away."""

    kind: Literal["remove_seat"]
    seat: int
    reason: Text

    def command(self) -> asked.RemoveSeat:
        """Return the command."""
        return asked.RemoveSeat(self.seat, self.reason)


class ReplaceDevice(Message):
    """Give a seat to another device; the answer holds the link to open there."""

    kind: Literal["replace_device"]
    seat: int


class AddProxy(Message):
    """Make a seat for somebody without a phone."""

    kind: Literal["add_proxy"]
    role: Id | None = None

    def command(self) -> asked.AddProxy:
        """Return the command."""
        return asked.AddProxy(self.role)


class ChooseLens(Message):
    """Bring one lens to the front."""

    kind: Literal["choose_lens"]
    lens: Id

    def command(self) -> asked.ChooseLens:
        """Return the command."""
        return asked.ChooseLens(self.lens)


class RevealLens(Message):
    """Show the spread of one more lens."""

    kind: Literal["reveal_lens"]
    lens: Id

    def command(self) -> asked.RevealLens:
        """Return the command."""
        return asked.RevealLens(self.lens)


class ShowPanel(Message):
    """Show one of the panels of this stage."""

    kind: Literal["show_panel"]
    panel: Panel

    def command(self) -> asked.ShowPanel:
        """Return the command."""
        return asked.ShowPanel(self.panel)


class ChooseScenario(Message):
    """Show the outcome in one scenario, or with null over all."""

    kind: Literal["choose_scenario"]
    scenario: Id | None

    def command(self) -> asked.ChooseScenario:
        """Return the command."""
        return asked.ChooseScenario(self.scenario)


class Moderate(Message):
    """Quote, hide, restore, merge, pin or unpin a reason, by its code."""

    kind: Literal["moderate"]
    reason: Key
    action: Literal["quote", "hide", "restore", "merge", "pin", "unpin"]
    into: Key | None = None

    def command(self) -> asked.Moderate:
        """Return the command."""
        return asked.Moderate(self.reason, self.action, self.into)


class SetTable(Message):
    """Set the weights on the wall of an open session, or with null give it back to the phones."""

    kind: Literal["set_table"]
    weights: Numbers | None

    def command(self) -> asked.SetTable:
        """Return the command."""
        return asked.SetTable(self.weights)


class Adopt(Message):
    """Make a what-if the weights of the group, or with null return to what people gave."""

    kind: Literal["adopt"]
    weights: Numbers | None
    reason: Text

    def command(self) -> asked.Adopt:
        """Return the command."""
        return asked.Adopt(self.weights, self.reason)


class WhatIf(Message):
    """See what follows from another weight on one lens; stores nothing."""

    lens: Id
    weight: Annotated[float, Field(ge=0, le=1)]
    weights: Numbers | None = None
    scenario: Id | None = None


Participant = Submit | Confirm | Endorse | NotUnderstood | Tap
Proxy = ProxySubmit | ProxyConfirm | ProxyEndorse
Plain = (
    Next
    | Back
    | Overlay
    | AskFreeze
    | Freeze
    | SetDecision
    | Purge
    | Admit
    | RemoveSeat
    | AddProxy
    | ChooseLens
    | RevealLens
    | ShowPanel
    | ChooseScenario
    | Moderate
    | SetTable
    | Adopt
)
Facilitator = Plain | Proxy | Configure | ReplaceDevice | MarkExported

PARTICIPANT: TypeAdapter[Participant] = TypeAdapter(
    Annotated[Participant, Field(discriminator="kind")]
)
FACILITATOR: TypeAdapter[Facilitator] = TypeAdapter(
    Annotated[Facilitator, Field(discriminator="kind")]
)
WHAT_IF: TypeAdapter[WhatIf] = TypeAdapter(WhatIf)

__all__ = ["FACILITATOR", "PARTICIPANT", "WHAT_IF", "ValidationError"]
