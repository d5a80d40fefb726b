"""What a comparison found: frozen records with the inputs, the steps between, and the answer.

A number that depends on a gap in the effects is known within bounds; every array therefore
comes as a pair, low and high, which are equal where nothing is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from afweging.model.problem import DecisionProblem
    from afweging.model.provenance import Evidence

    FloatArray = NDArray[np.float64]

Axis = Literal["scenario", "region", "horizon"]
AXES: tuple[Axis, ...] = ("scenario", "region", "horizon")


@dataclass(frozen=True, slots=True)
class Span:
    """A number within bounds; `low` equals `high` where it is known exactly."""

    low: float
    high: float

    @property
    def exact(self) -> float | None:
        """The number, or None where it depends on a gap."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """Two arrays of the same shape that bound every number in them; not to be written to."""

    low: FloatArray
    high: FloatArray

    def __post_init__(self) -> None:
        self.low.setflags(write=False)
        self.high.setflags(write=False)

    def at(self, *index: int) -> Span:
        """Return one number with its bounds."""
        return Span(float(self.low[index]), float(self.high[index]))


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: whose weights, which cases, and how the cases weigh."""

    profile: str | None = None
    scenarios: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    horizons: tuple[str, ...] = ()
    region_weights: str = "equal"
    horizon_weights: str = "equal"
    likelihoods: tuple[tuple[str, float], ...] = ()
    likelihood_set: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """The cases compared and their weights.

    `ids` holds per axis the ids in use, in the order of the problem; `weights` per axis their
    weights, adding up to 1. `likely` says whether the scenario weights are stated likelihoods;
    if not, scenarios count equally and no probability is implied.
    """

    ids: Mapping[Axis, tuple[str, ...]]
    weights: Mapping[Axis, FloatArray]
    rows: NDArray[np.intp]
    likely: bool

    @property
    def labels(self) -> tuple[tuple[str, str, str], ...]:
        """The (scenario, region, horizon) of each case, in the order of the first axis."""
        return tuple(
            (scenario, region, horizon)
            for scenario in self.ids["scenario"]
            for region in self.ids["region"]
            for horizon in self.ids["horizon"]
        )


@dataclass(frozen=True, slots=True)
class RankedAlternative:
    """One line of the ranking.

    `rank` and `worst_rank` differ only where the place depends on a gap; both are None where the
    option is screened out by a requirement.
    """

    id: str
    rank: int | None
    worst_rank: int | None
    score: Span


@dataclass(frozen=True, slots=True)
class Screening:
    """How one option fares on one requirement: share and number of cases in which it fails."""

    requirement: str
    alternative: str
    failing_share: Span
    failing_cases: tuple[int, int]
    tolerated_share: float
    verdict: Literal["meets", "fails", "depends"]


@dataclass(frozen=True, slots=True)
class Regret:
    """The greatest regret (or lowest score) of one option over states, and where that is.

    `states` are ids of scenarios, or ids of scenario, region and horizon joined by " / ".
    """

    alternative: str
    span: Span
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Winners:
    """Who is first in one region, horizon, scenario or profile; several where they tie.

    `settled` is False where it depends on a gap who of them is first.
    """

    of: str
    alternatives: tuple[str, ...]
    settled: bool


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """How much of `other` weighs as much as one unit of `criterion`, both in natural units.

    `exact` is False where a value function bends: the rate is then the mean over the scale.
    """

    criterion: str
    other: str
    rate: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know: a code for the words, and the facts."""

    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The weights that were used, each set adding up to 1."""

    cases: FloatArray  # (S,)
    criteria: FloatArray  # (C,)
    lenses: FloatArray  # (L,)
    panel: FloatArray  # (P, C)
    perspectives: Mapping[str, float]  # share of the weight on criteria of each perspective


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Partial values and scores, all in [0, 1]."""

    values: Bounds  # (S, A, C)
    means: Bounds  # (A, C), values averaged over the cases
    cases: Bounds  # (S, A)
    expected: Bounds  # (A,)
    criteria: Bounds  # (A, C), contributions that add up to expected
    lenses: Bounds  # (A, L), contributions that add up to expected
    panel: Bounds  # (P, A)
    axes: Mapping[Axis, Bounds]  # (G, A)


@dataclass(frozen=True, slots=True, eq=False)
class RegretFound:
    """Regret among the options that meet the requirements, NaN for the others."""

    by_scenario: Bounds  # (scenarios, A)
    by_case: Bounds  # (S, A)
    over_scenarios: tuple[Regret, ...]
    over_cases: tuple[Regret, ...]
    lowest_score: tuple[Regret, ...]


@dataclass(frozen=True, slots=True, eq=False)
class First:
    """Who is first, among the options that meet the requirements."""

    overall: Winners
    axes: Mapping[Axis, tuple[Winners, ...]]
    profiles: tuple[Winners, ...]
    share: Bounds  # (A,), share of the weight of the cases


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The options compared, from inputs to answer.

    Shapes: S cases, A alternatives, C criteria, L lenses, P profiles, G scenarios, regions or
    horizons.
    """

    problem: DecisionProblem
    request: Request
    cases: Cases
    weights: Weights
    scores: Scores
    screening: tuple[Screening, ...]
    admissible: tuple[bool, ...]  # per alternative
    ranking: tuple[RankedAlternative, ...]
    regret: RegretFound
    first: First
    dominated: tuple[tuple[str, str], ...]  # (dominated, by)
    exchange: tuple[ExchangeRate, ...]
    evidence: Mapping[Evidence, float]
    gaps: Mapping[str, int]  # number of gaps per alternative that has any
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """The contribution of one criterion to the difference between two options.

    `difference` is weight times difference in value, positive where it speaks for the first;
    `first` and `second` are the mean effects in the unit of the criterion, None across classes.
    """

    criterion: str
    difference: float
    first: float | None
    second: float | None


@dataclass(frozen=True, slots=True)
class Tip:
    """Where the two options tie: a lens or criterion at another weight."""

    node: str
    weight: float
    at: float


@dataclass(frozen=True, slots=True)
class EffectTip:
    """Where the two options tie: one mean effect of one option at another level.

    `now` and `at` are in the unit of the criterion.
    """

    criterion: str
    alternative: str
    now: float
    at: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the first option scores above the second, what speaks against it, what tips it.

    `unknown` names the criteria on which a gap hides the difference. `estimates` is the
    difference when all uncertain effects turn out against and in favour of the first.
    """

    first: str
    second: str
    difference: Span
    because: tuple[Clause, ...]
    despite: tuple[Clause, ...]
    unknown: tuple[str, ...]
    lens_tips: tuple[Tip, ...]
    effect_tip: EffectTip | None
    estimates: Span
    cases_ahead: float
