"""Preference profiles: the weights of one participant or stakeholder, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from afweging.model.provenance import Evidence
    from afweging.model.text import Text

Origin = Literal["neutral", "own", "about"]

# methods whose numbers are ranks (1 for the largest swing) and not weights
RANK_METHODS = ("rank-order-centroid", "rank-sum", "rank-reciprocal")


@dataclass(frozen=True, slots=True)
class SwingRange:
    """The worst and best reference for which a weight was given, in the unit of the criterion."""

    criterion: str
    worst: float
    best: float


@dataclass(frozen=True, slots=True)
class Profile:
    """The local weights of one participant or stakeholder.

    `weights` holds, per group of the value tree that the profile speaks about, the weight of
    each child as given; every other group keeps the weights of the tree. `origin` says whose
    weights they are: `neutral` (a starting point), `own` (given by the group itself) or `about`
    (written by others about the group). With the method `swing` the numbers are points of which
    the largest swing has 100, with a method of `RANK_METHODS` they are ranks. `ranges` is empty
    where the weights were not asked with the ranges in view.
    """

    id: str
    name: Text
    origin: Origin
    method: str
    evidence: Evidence
    weights: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
    ranges: tuple[SwingRange, ...] = ()
    source: str | None = None
    date: str | None = None
    description: Text | None = None
