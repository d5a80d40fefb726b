"""What a live session is at one moment: the state that its events add up to.

Frozen records; `afweging.analysis.session.fold` makes them. A state holds what people gave, so
it never leaves the machine: `afweging.analysis.session.views` says what each role may see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.model.session import Choice, Mood, Panel, Setup, Stage


@dataclass(frozen=True, slots=True)
class Seat:
    """One place in the room.

    `token` is the hash of the token of its device; None for a proxy, and once it is erased. `keys`
    holds the idempotency key, receipt and sequence number of every submission. `name` is there
    only where the person chose to give it. `joined` and `device` are the events by which the seat
    and its device came.
    """

    id: int
    token: str | None
    language: str
    role: str | None = None
    name: str | None = None
    proxy: bool = False
    admitted: bool = True
    removed: bool = False
    joined: int = 0
    device: int = 0
    keys: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """What one person gave in one round; the last one counts.

    `swings` are points from 0 to 100, one per lens, the largest 100; None once erased. `checks`
    holds per trade-off check whether it agrees with the swings and, if not, was kept.
    """

    seat: int
    seq: int
    swings: tuple[float, ...] | None
    checks: tuple[str, ...]
    receipt: str
    revisions: int = 0
    confirmed: bool = False
    proxy: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """One round of weights: who gave what, when it was sealed and what it was committed to.

    `commitment` is the hash over the anonymous weights and `salt`; both None until committed.
    """

    submissions: Mapping[int, Submission] = field(default_factory=lambda: MappingProxyType({}))
    sealed_at: str | None = None
    commitment: str | None = None
    salt: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A text of a participant, and what the facilitator did with it.

    `id` is the number of its event and never leaves the state: the order of texts would tell who
    gave them. Views and commands name a text by its `code`, which says nothing. `merged` is the
    id of the reason that it was joined to. A text that is not quoted is erased in time, and
    is None from then on.
    """

    id: int
    seat: int
    round: int
    text: str | None
    code: str
    uneasy: bool = False
    status: Literal["new", "quoted", "hidden", "merged"] = "new"
    merged: int | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Endorsement:
    """What one person says of the decision; `text` goes with a remark or a dissent."""

    seat: int
    seq: int
    choice: Choice
    text: str | None
    receipt: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Weights that the group has as a whole, adding up to 1, and where they come from."""

    weights: tuple[float, ...]
    source: Literal["mean", "adopted", "table"]
    seq: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided: the text, and under what conditions."""

    text: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionState:
    """All that is known of a session after `seq` events.

    `tokens` leads from the hash of a token to a seat; `unclear` holds a seat and a lens (or None
    for the question as a whole); `table` are the weights that the facilitator set on the wall in
    an open session, `adopted` a what-if that was made the group's. `asked` is the digest of the
    weights that a first request to freeze showed.
    """

    setup: Setup
    seq: int
    at: str
    stage: Stage = "draft"
    since: str = ""
    panel: Panel = "draft"
    paused: bool = False
    blank: bool = False
    seats: Mapping[int, Seat] = field(default_factory=lambda: MappingProxyType({}))
    tokens: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    rounds: Mapping[int, Round] = field(default_factory=lambda: MappingProxyType({}))
    reasons: Mapping[int, Reason] = field(default_factory=lambda: MappingProxyType({}))
    moods: Mapping[int, Mood] = field(default_factory=lambda: MappingProxyType({}))
    unclear: frozenset[tuple[int, str | None]] = frozenset()
    endorsements: Mapping[int, Endorsement] = field(default_factory=lambda: MappingProxyType({}))
    lens: str | None = None
    revealed: tuple[str, ...] = ()
    scenario: str | None = None
    ranked: bool = False
    table: Chosen | None = None
    adopted: Chosen | None = None
    asked: str | None = None
    frozen: Chosen | None = None
    decision: Decision | None = None
    exported: str | None = None
    erased: int = 0

    def round(self, number: int) -> Round:
        """Return round 1 or 2; an empty one where it has not begun."""
        return self.rounds.get(number, Round())
