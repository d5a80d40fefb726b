"""A live session as it was set up, and what happened in it: stages, events, refusals.

Plain records. What may happen when is decided in `afweging.analysis.session`; nothing here reads
a clock or draws a random number.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from afweging.model.canonical import canonical_json, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

Stage = Literal[
    "draft",
    "lobby",
    "explain",
    "r1_open",
    "r1_sealed",
    "reveal1",
    "discuss",
    "r2_open",
    "r2_sealed",
    "reveal2",
    "frozen",
    "decided",
    "closed",
    "purged",
]
STAGES: tuple[Stage, ...] = get_args(Stage)
Panel = Literal[
    "draft",
    "lobby",
    "question",
    "options",
    "ranges",
    "progress",
    "spread",
    "reasons",
    "outcome",
    "groups",
    "shift",
    "regret",
    "profiles",
    "decision",
    "close",
]
EventKind = Literal[
    "created",
    "configured",
    "moved",
    "paused",
    "resumed",
    "blanked",
    "unblanked",
    "joined",
    "admitted",
    "removed",
    "device_replaced",
    "submitted",
    "confirmed",
    "unclear",
    "tapped",
    "endorsed",
    "committed",
    "lens_chosen",
    "lens_revealed",
    "panel_shown",
    "scenario_chosen",
    "reason_moderated",
    "table_set",
    "adopted",
    "freeze_asked",
    "frozen",
    "decision_set",
    "exported",
    "erased",
    "purged",
]
Choice = Literal["endorse", "remark", "dissent"]
Mood = Literal["agree", "uneasy"]

LONGEST_REASON = 140  # characters
LONGEST_DECISION = 2000  # characters
LONGEST_CONDITION = 200  # characters
MOST_CONDITIONS = 10
LONGEST_NAME = 80  # characters
GRACE_SECONDS = 2.0  # after a seal, for what was under way


@dataclass(frozen=True, slots=True)
class Setup:
    """How a session is set up.

    Attributes
    ----------
    session : str
        Id of the session.
    problem, digest : str
        Id of the decision problem and its digest: scores and ranges are fixed once round 1 opens.
    lenses : tuple of str
        Ids of the lenses that people weigh, in the order of the problem.
    scenarios : tuple of str
    language : str
        Of the projector and the console; each participant chooses an own one.
    mode : {"sealed", "open"}
    naming : {"anonymous", "named"}
        In a named session each person still chooses whether to give a name.
    expected, quorum : int
        How many people are expected, and how many answers end a round without a reason.
    rounds : {1, 2}
        An open session has one.
    ranking : {"between", "after"}
        Whether the ranking may be shown between the rounds, or only after the last one.
    roles : tuple of str
        What people may choose from when they join; empty where roles are not used.
    admission : {"all", "by_hand"}
        Whether the facilitator lets every person in by hand.
    """

    session: str
    problem: str
    digest: str
    lenses: tuple[str, ...]
    scenarios: tuple[str, ...] = ()
    language: str = "nl"
    mode: Literal["sealed", "open"] = "sealed"
    naming: Literal["anonymous", "named"] = "anonymous"
    expected: int = 0
    quorum: int = 1
    rounds: Literal[1, 2] = 2
    ranking: Literal["between", "after"] = "between"
    roles: tuple[str, ...] = ()
    admission: Literal["all", "by_hand"] = "all"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, for good.

    `private` holds what is about a person, in named parts; a part becomes None when it is erased,
    and its digest stays in `digests`. So a chain over events outlives the erasure of what they
    held, and an erasure can be proved.

    Attributes
    ----------
    seq : int
        From 1, without gaps. The order of events is the order of `seq`.
    at : str
        UTC in ISO 8601. Never earlier than the event before, even where the clock jumped back.
    kind : str
    payload : mapping of plain data
        Holds no weight, name or text of a participant, but for proxies and open tables.
    private : mapping of part to plain data or None
    digests : mapping of part to SHA-256, 64 hexadecimal digits
    """

    seq: int
    at: str
    kind: EventKind
    payload: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    private: Mapping[str, Mapping[str, object] | None] = field(
        default_factory=lambda: MappingProxyType({})
    )
    digests: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same submission once more: nothing to store, the receipt is that of the first time."""

    receipt: str
    seq: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a command is not carried out; worded under `session.refusal.<code>`."""

    code: str
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def make_event(
    seq: int,
    at: str,
    kind: EventKind,
    payload: Mapping[str, object],
    private: Mapping[str, Mapping[str, object]] = MappingProxyType({}),
) -> Event:
    """Return an event whose text is in Unicode normal form C, with the digests of its parts."""
    parts = {name: plain(part) for name, part in private.items()}
    return Event(
        seq=seq,
        at=at,
        kind=kind,
        payload=MappingProxyType(plain(payload)),  # type: ignore[arg-type]
        private=MappingProxyType(parts),  # type: ignore[arg-type]
        digests=MappingProxyType({name: part_digest(part) for name, part in parts.items()}),
    )


def part_digest(part: object) -> str:
    """Return the SHA-256 of a private part, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(part)).hexdigest()


def event_bytes(event: Event) -> bytes:
    """Return the canonical bytes of an event: of its private parts the digests only.

    Examples
    --------
    >>> event_bytes(make_event(1, "2026-06-01T09:00:00Z", "paused", {}))
    b'{"at":"2026-06-01T09:00:00Z","digests":{},"kind":"paused","payload":{},"seq":1}'
    """
    names = ("seq", "at", "kind", "payload", "digests")
    return canonical_json({name: getattr(event, name) for name in names})
