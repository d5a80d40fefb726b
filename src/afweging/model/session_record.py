"""A live session as it is kept with a decision: without people, in plain records.

Made from an export; the memo, its dossier and a comparison with the weights of the session rest
on it. It holds no seat, token, name, receipt, or time finer than a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from afweging.model.session import Choice

Swings = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """One round: how many took part, and what was given, in an order without people.

    `swings` are points from 0 to 100, shape (n, L). They and `salt` are left out of a round of
    fewer than five people, so that nobody's weights can be found from `commitment`.
    """

    number: int
    n: int
    swings: tuple[Swings, ...] = ()
    commitment: str | None = None
    salt: str | None = None


@dataclass(frozen=True, slots=True)
class GroupWeights:
    """The weights of the group on the lenses, adding up to 1, and where they come from."""

    weights: tuple[float, ...]
    source: Literal["mean", "adopted", "table"]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A reason of a participant that the facilitator quoted in the room."""

    round: int
    text: str
    uneasy: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """A text that goes with a remark or a dissent about the decision."""

    choice: Choice
    text: str


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A whole session.

    Attributes
    ----------
    session, problem, digest : str
        Id of the session, and of the version of the decision problem that it was about.
    lenses : tuple of str
    mode, naming, ranking : str
        As in `afweging.model.session.Setup`.
    planned : int
        The number of rounds.
    stage : str
    concept : bool
        True before the weights are frozen.
    day : str
        Of the last event, as 2026-06-01.
    log_hash : str
        Of the last event in the chain of the log.
    joined, receipts : int
        How many people had a seat, and how many receipts were handed out.
    rounds : tuple of RoundRecord
        Those that were shown.
    pairs : tuple of pairs of swings
        What the same people gave in rounds 1 and 2; empty for fewer than five.
    group : GroupWeights or None
        As they were frozen, or as they stand.
    quotes : tuple of Quote
    decision : str or None
    conditions : tuple of str
    endorsements : tuple of (choice, count)
        The count is None where it, or the rest, would be that of one to four people.
    answered : int
        How many people said what they think of the decision.
    remarks : tuple of Remark
        Those that the author of a document chose to quote.
    unquoted : bool
        Whether there are remarks beside these; how many would tell who does not simply endorse.
    omitted : int
        How many pieces were left out of texts, because they look like an address or a name.
    """

    session: str
    problem: str
    digest: str
    lenses: tuple[str, ...]
    mode: str
    naming: str
    ranking: str
    planned: int
    stage: str
    concept: bool
    day: str
    log_hash: str
    joined: int
    receipts: int
    rounds: tuple[RoundRecord, ...] = ()
    pairs: tuple[tuple[Swings, Swings], ...] = ()
    group: GroupWeights | None = None
    quotes: tuple[Quote, ...] = ()
    decision: str | None = None
    conditions: tuple[str, ...] = ()
    endorsements: tuple[tuple[Choice, int | None], ...] = ()
    answered: int = 0
    remarks: tuple[Remark, ...] = ()
    unquoted: bool = False
    omitted: int = 0

    def round(self, number: int) -> RoundRecord | None:
        """Return round 1 or 2; None where it was not held or not shown."""
        return next((each for each in self.rounds if each.number == number), None)
