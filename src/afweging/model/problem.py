"""The decision problem: what is weighed, for whom, where, when, and on what evidence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Literal

from afweging.model.criterion import criteria_under

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from afweging.model.criterion import Criterion, Group
    from afweging.model.preference import Profile
    from afweging.model.provenance import Evidence, Source
    from afweging.model.text import Text

Role = Literal["agenderen", "verbinden", "kaderstellen", "reguleren", "financieren", "uitvoeren"]
ROLES: tuple[Role, ...] = (
    "agenderen",
    "verbinden",
    "kaderstellen",
    "reguleren",
    "financieren",
    "uitvoeren",
)


@dataclass(frozen=True, slots=True)
class Label:
    """An id with a name and a description: a region, a horizon, a chain stage, a perspective."""

    id: str
    name: Text
    description: Text | None = None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A portfolio of the executive, with its holder where known, valid in a period."""

    id: str
    name: Text
    holder: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """A policy option. `euro_per_year` is the total cost, staff included; `fte` the staff."""

    id: str
    name: Text
    description: Text | None = None
    lead: tuple[str, ...] = ()
    chain_actors: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    fte: float | None = None
    euro_per_year: float | None = None
    evidence: Evidence | None = None
    source: str | None = None
    excludes: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    reference: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """A minimum that cannot be compensated.

    `threshold` is in the unit of the criterion: at least that for a criterion of direction max,
    at most for min. An option is screened out when it fails in more than `tolerated_share` of
    the weight of the cases.
    """

    id: str
    name: Text
    criterion: str
    threshold: float
    evidence: Evidence
    tolerated_share: float = 0.0
    source: str | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class CaseWeight:
    """The weight of one region, horizon or scenario; `value` is None where it was not found."""

    id: str
    value: float | None
    evidence: Evidence | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class CaseWeightSet:
    """A named set of weights over the regions, the horizons or the scenarios."""

    id: str
    name: Text
    weights: tuple[CaseWeight, ...]
    description: Text | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """The effects table as arrays of shape (S cases, A alternatives, C criteria).

    `low`, `mode` and `high` are in the unit of the criterion (for an ordinal criterion: the
    place of the class, 0 is worst) and NaN where the effect is a gap. `present` says whether
    the table holds a row at all; `evidence` is the place in `EVIDENCE`, `source` the place in
    the sources of the problem, both -1 for none. The arrays cannot be written to.
    """

    low: NDArray[np.float64]
    mode: NDArray[np.float64]
    high: NDArray[np.float64]
    present: NDArray[np.bool_]
    evidence: NDArray[np.int8]
    source: NDArray[np.int32]

    def __post_init__(self) -> None:
        for name in self.__slots__:
            getattr(self, name).setflags(write=False)


@dataclass(frozen=True, slots=True, eq=False)
class DecisionProblem:
    """Everything that is needed to compare options, read from a folder or a workbook.

    `borrowed` are weights from elsewhere, such as those of a session, under names that no profile
    can have: one can compare with them, but they are no part of the files, nor of the panel.
    """

    id: str
    title: Text
    tree: Group
    alternatives: tuple[Alternative, ...]
    scenarios: tuple[Label, ...]
    regions: tuple[Label, ...]
    horizons: tuple[Label, ...]
    effects: Effects
    profiles: tuple[Profile, ...] = ()
    sources: tuple[Source, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    region_weights: tuple[CaseWeightSet, ...] = ()
    horizon_weights: tuple[CaseWeightSet, ...] = ()
    scenario_likelihoods: tuple[CaseWeightSet, ...] = ()
    portfolios: tuple[Portfolio, ...] = ()
    chain_stages: tuple[Label, ...] = ()
    perspectives: tuple[Label, ...] = ()
    description: Text | None = None
    date: str | None = None
    borrowed: tuple[Profile, ...] = ()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The leaves of the value tree, in its order."""
        return tuple(criteria_under(self.tree))

    @property
    def panel(self) -> tuple[Profile, ...]:
        """The profiles that have weights; who was not asked yet has none."""
        return tuple(profile for profile in self.profiles if profile.has_weights)

    @property
    def cases(self) -> tuple[tuple[str, str, str], ...]:
        """The ids (scenario, region, horizon) of the cases, in the order of the first axis."""
        scenarios, regions, horizons = (
            [label.id for label in axis] for axis in (self.scenarios, self.regions, self.horizons)
        )
        return tuple(product(scenarios, regions, horizons))
