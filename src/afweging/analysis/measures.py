"""How options do over states by every measure, and how often they are good enough.

The states are the cases or the scenarios. Percentiles are weighted, halfway where they fall
between two states (Hyndman and Fan 1996, type 2); below twenty states they are not given. A state
without weight counts in no measure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.analysis.screening import SHARE_TOLERANCE, admissible_options, failing_cases
from afweging.methods.aggregation import ordered_sum
from afweging.methods.ranking import rank_scores
from afweging.methods.robustness_metrics import (
    METRICS,
    NO_WEIGHT,
    Metric,
    Settings,
    best_alternatives,
    measure,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

Over = Literal["cases", "scenarios"]
Refusal = Literal["few-states", "no-threshold"]
Basis = Literal["threshold", "requirements"]
MET = Settings(threshold=1.0)  # of where requirements are met: 1 is met, 0 is missed


@dataclass(frozen=True, slots=True)
class MetricFound:
    """One measure of every option that takes part, in the order of `options`.

    A value is None where it is not defined for that option, `refused` says why none is given at
    all. Rank 1 is best; options that tie share the best of their ranks, and are all in `best`.
    """

    metric: str
    values: tuple[float | None, ...]
    ranks: tuple[int | None, ...]
    best: tuple[str, ...]
    refused: Refusal | None


@dataclass(frozen=True, slots=True)
class Measured:
    """All measures over the cases, or over the scenarios.

    `states` is how many of these have weight. `counted` is how many measures tell the options
    apart: there is a best option, and not all options tie for it. `best_in` says by how many of
    those each option is the best, alone or with others.
    """

    over: Over
    states: int
    metrics: tuple[MetricFound, ...]
    counted: int
    best_in: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Satisfied:
    """In what share of the weight of the cases an option meets each requirement, and all at once.

    `by_requirement` is in the order of the requirements of the problem.
    """

    option: str
    screened_out: bool
    by_requirement: tuple[float, ...]
    all: float


def basis_of(comparison: Comparison, settings: Settings) -> Basis | None:
    """Return what is good enough in Starr's domain: a score, else the requirements, else None."""
    if settings.threshold is not None:
        return "threshold"
    return "requirements" if comparison.problem.requirements else None


def measured(comparison: Comparison, over: Over, settings: Settings) -> Measured:
    """Return every measure of the options that take part, over the cases or the scenarios.

    References
    ----------
    McPhail, Maier, Kwakkel, Giuliani, Castelletti and Westra (2018), Robustness metrics: how are
    they calculated, when should they be used and why do they give different results?, Earth's
    Future 6.
    """
    options, allowed = admissible_options(comparison), np.array(comparison.admissible)
    if over == "cases":
        scores, weights = comparison.scores.cases.low, comparison.weights.cases
    else:
        scores = comparison.scores.axes["scenario"].low
        weights = comparison.cases.weights["scenario"]
    meets = meets_all(comparison, over).astype(np.float64)
    by_requirements = basis_of(comparison, settings) == "requirements"
    found = []
    for name, metric in METRICS.items():
        starr = name == "starr_domain" and by_requirements
        table, chosen = (meets, MET) if starr else (scores, settings)
        values = measure(metric, table[:, allowed], weights=weights, settings=chosen)
        found.append(_metric(metric, options, values))
    telling = [each for each in found if 0 < len(each.best) < len(options)]
    return Measured(
        over=over,
        states=int((weights > NO_WEIGHT).sum()),
        metrics=tuple(found),
        counted=len(telling),
        best_in=tuple(sum(option in each.best for each in telling) for option in options),
    )


def _metric(metric: Metric, options: tuple[str, ...], values: FloatArray | None) -> MetricFound:
    nothing = (None,) * len(options)
    if values is None:
        lacks_threshold = metric.triple[0] == "meets_threshold"
        refused: Refusal = "no-threshold" if lacks_threshold else "few-states"
        return MetricFound(metric.name, nothing, nothing, (), refused)
    if metric.triple[0] == "meets_threshold":
        values = np.minimum(values, 1.0)  # rounding
    known = ~np.isnan(values)
    ranks = np.zeros(len(values), dtype=int)
    ranks[known] = rank_scores(values[known] if metric.higher_is_better else -values[known])
    best = best_alternatives(metric, values)
    return MetricFound(
        metric=metric.name,
        values=tuple(float(v) if k else None for v, k in zip(values, known, strict=True)),
        ranks=tuple(int(r) if k else None for r, k in zip(ranks, known, strict=True)),
        best=tuple(option for option, first in zip(options, best, strict=True) if first),
        refused=None,
    )


def meets_all(comparison: Comparison, over: Over) -> BoolArray:
    """Return where each option meets every requirement, shape (S, A) or (scenarios, A).

    In a scenario it does where it misses none in more than the tolerated share of the weight of
    the cases of that scenario: the rule that screens options, for one scenario alone.
    """
    problem, cases = comparison.problem, comparison.cases
    scenarios = len(cases.ids["scenario"])
    count = len(comparison.weights.cases) if over == "cases" else scenarios
    meets = np.ones((count, len(problem.alternatives)), dtype=bool)
    within = np.multiply.outer(cases.weights["region"], cases.weights["horizon"]).ravel()
    for requirement in problem.requirements:
        fails, _ = failing_cases(problem, cases, requirement)
        if over == "cases":
            meets &= ~fails
        else:
            parts = np.where(fails.reshape(scenarios, len(within), -1), within[:, None], 0.0)
            meets &= ordered_sum(parts, axis=1) <= requirement.tolerated_share + SHARE_TOLERANCE
    return meets


def satisfied(comparison: Comparison) -> tuple[Satisfied, ...]:
    """Return how often every option is good enough; nothing without requirements."""
    problem = comparison.problem
    if not problem.requirements:
        return ()
    failing = {
        (each.requirement, each.alternative): each.failing_share.low
        for each in comparison.screening
    }
    missed = np.where(meets_all(comparison, "cases"), 0.0, comparison.weights.cases[:, None])
    shares = 1 - ordered_sum(missed, axis=0)
    return tuple(
        Satisfied(
            option=alternative.id,
            screened_out=not allowed,
            by_requirement=tuple(
                max(1 - failing[requirement.id, alternative.id], 0.0)  # rounding
                for requirement in problem.requirements
            ),
            all=max(float(share), 0.0),
        )
        for alternative, allowed, share in zip(
            problem.alternatives, comparison.admissible, shares, strict=True
        )
    )
