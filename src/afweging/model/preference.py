"""Preference profiles: the weights of one participant or stakeholder, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.model.provenance import Evidence
    from afweging.model.text import Text

Origin = Literal["neutral", "own", "about"]
JudgementKind = Literal["ratio", "order", "share", "trade-off", "best", "worst"]

# methods whose numbers are ranks (1 for the largest swing) and not weights
RANK_METHODS = ("rank-order-centroid", "rank-sum", "rank-reciprocal")
# methods whose weights follow from judgements, with the kinds of judgement they take
JUDGEMENT_METHODS: Mapping[str, tuple[JudgementKind, ...]] = {
    "ahp": ("ratio",),
    "bwm": ("best", "worst", "ratio"),
    "statements": ("ratio", "order", "share", "trade-off", "best", "worst"),
}


@dataclass(frozen=True, slots=True)
class SwingRange:
    """The worst and best reference for which a weight was given, in the unit of the criterion."""

    criterion: str
    worst: float
    best: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """One answer about two siblings in the value tree, or about one.

    `ratio` says that the swing of `first` counts `times` as much as that of `second`, or from
    `low` to `high` times; `order` that it counts at least as much; `share` that its weight is
    from `low` to `high` per cent of its group; `best` and `worst` that it counts most or least.
    `trade-off` says that bringing `first` from one level to another is worth as much as doing
    so with `second`; levels are in the unit of the criterion.
    """

    kind: JudgementKind
    first: str
    second: str | None = None
    times: float | None = None
    low: float | None = None
    high: float | None = None
    first_from: float | None = None
    first_to: float | None = None
    second_from: float | None = None
    second_to: float | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """The weights of one participant or stakeholder, as given, or the judgements they follow from.

    `weights` holds, per group of the value tree that the profile speaks about, the weight of
    each child as given; every other group keeps the weights of the tree. `origin` says whose
    weights they are: `neutral` (a starting point), `own` (given by the group itself) or `about`
    (written by others about the group). With the method `swing` the numbers are points of which
    the largest swing has 100, with a method of `RANK_METHODS` they are ranks. With a method of
    `JUDGEMENT_METHODS` the weights of a group follow from the judgements about it; with another
    method judgements are checks that were asked beside the numbers. `ranges` is empty where the
    weights were not asked with the ranges in view; where a range has changed since, `rescale`
    asks for exact rescaling. `report` is what was reported when the weights were given.
    """

    id: str
    name: Text
    origin: Origin
    method: str
    evidence: Evidence
    weights: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
    ranges: tuple[SwingRange, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    rescale: bool = False
    source: str | None = None
    date: str | None = None
    description: Text | None = None
    report: Text | None = None

    @property
    def has_weights(self) -> bool:
        """Whether anything was given; without it the profile says nothing, and is not guessed."""
        return bool(self.weights or self.judgements)
