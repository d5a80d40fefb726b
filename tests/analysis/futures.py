"""What should be found over cases, scenarios and horizons, by loops over plain numbers.

Nothing here calls the methods or the analysis of the library, but to compare what is tested.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
from tests.analysis.oracle import NEAR, Oracle
from tests.analysis.random_problems import (
    Shape,
    leaf,
    plain_problem,
    random_problem,
    table_effects,
    text,
)

import afweging as afw
from afweging.analysis.compare import compare
from afweging.model.problem import Label, Requirement
from afweging.model.result import Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afweging.model.problem import CaseWeightSet, DecisionProblem
    from afweging.model.result import Comparison

WIDE = Shape(options=5, scenarios=4, regions=3, horizons=3, requirements=2)
UNEQUAL = Request(region_weights="banen", horizon_weights="straks", likelihood_set="kansen")
LOWER_IS_BETTER = {"minimax_regret", "percentile_regret"}
PERCENTILES = ("percentile_regret", "percentile_skewness", "percentile_kurtosis")
NAMES = (
    "maximin",
    "maximax",
    "hurwicz",
    "laplace",
    "minimax_regret",
    "percentile_regret",
    "mean_variance",
    "mean_less_spread",
    "undesirable_deviations",
    "percentile_skewness",
    "percentile_kurtosis",
    "starr_domain",
)


@cache
def brabant() -> Comparison:
    """Return the comparison of the shared scenario, with its own weights."""
    return compare(afw.read_problem("scenarios/brabant"))


def varied(seed: int, shape: Shape = WIDE) -> tuple[Comparison, Futures]:
    """Return a comparison of a random problem with weights that all differ, and what it holds."""
    problem = random_problem(seed, shape)
    return compare(problem, UNEQUAL), Futures(problem, unequal(problem))


def equal(problem: DecisionProblem) -> tuple[Comparison, Futures]:
    """Return a comparison in which all cases weigh the same, and what it holds."""
    return compare(problem), Futures(problem, {})


def unequal(problem: DecisionProblem) -> dict[str, dict[str, float]]:
    """Return the weights of a random problem that the request `UNEQUAL` asks for."""

    def given(sets: Sequence[CaseWeightSet]) -> dict[str, float]:
        return {each.id: each.value or 0.0 for each in sets[0].weights}

    return {
        "scenario": given(problem.scenario_likelihoods),
        "region": given(problem.region_weights),
        "horizon": given(problem.horizon_weights),
    }


def without_requirements(problem: DecisionProblem) -> DecisionProblem:
    """Return the problem with nothing that must be met."""
    return replace(problem, requirements=())


def timeline(
    *effects: Sequence[float], regions: int = 1, tolerated: float = 0.0
) -> DecisionProblem:
    """Return a problem with one scenario, in which each option must have 0.5 or more.

    `effects` are those of each option over the horizons; with more regions, those of the regions
    of the first horizon, then those of the second.
    """
    table = np.array(effects, dtype=float).T[..., None]  # (cases, options, 1)
    horizons = len(table) // regions
    grid = table.reshape(horizons, regions, *table.shape[1:]).swapaxes(0, 1)
    problem = plain_problem(table[:1].tolist(), (leaf("a"),))
    return replace(
        problem,
        regions=tuple(Label(f"R{r + 1}", text(f"R{r + 1}")) for r in range(regions)),
        horizons=tuple(Label(f"H{h + 1}", text(f"H{h + 1}")) for h in range(horizons)),
        effects=table_effects(grid.reshape(table.shape)),
        requirements=(Requirement("E", text("E"), "a", 0.5, "expert", tolerated),),
    )


class Futures:
    """What a comparison of `problem` should say of cases, scenarios and horizons."""

    def __init__(self, problem: DecisionProblem, shares: Mapping[str, Mapping[str, float]]) -> None:
        self.oracle = Oracle(problem, shares=shares)
        self.problem = problem
        self.options = self.oracle.allowed
        self.scenarios, self.regions, self.horizons = self.oracle.ids.values()

    # --- scores ------------------------------------------------------------------------------

    @cached_property
    def by_case(self) -> list[dict[str, float]]:
        """The score of every option in every case."""
        return [
            {o: self.oracle.score(o, among=[case])[0] for o in self.oracle.options}
            for case in self.oracle.cases
        ]

    def by_group(self, axis: str) -> list[dict[str, float]]:
        """Return the score of every option in every scenario, region or horizon."""
        return [self._mean(axis, name) for name in self.oracle.ids[axis]]

    def _mean(self, axis: str, name: str) -> dict[str, float]:
        place = ("scenario", "region", "horizon").index(axis)
        total = dict.fromkeys(self.oracle.options, 0.0)
        for case, scores in zip(self.oracle.cases, self.by_case, strict=True):
            if case[place] == name:
                weight = math.prod(
                    self.oracle.share[other][case[p]]
                    for p, other in enumerate(("scenario", "region", "horizon"))
                    if other != axis
                )
                for option in total:
                    total[option] += weight * scores[option]
        return total

    @cached_property
    def by_scenario(self) -> list[dict[str, float]]:
        """The score of every option in every scenario."""
        return self.by_group("scenario")

    @cached_property
    def case_weights(self) -> list[float]:
        """The weight of every case."""
        return [self.oracle.case_weight(case) for case in self.oracle.cases]

    @cached_property
    def expected(self) -> dict[str, float]:
        """The mean score of the options that take part."""
        return {
            option: sum(w * s[option] for w, s in zip(self.case_weights, self.by_case, strict=True))
            for option in self.options
        }

    @cached_property
    def winners(self) -> list[str]:
        """Who has the highest expected score."""
        top = max(self.expected.values())
        return [option for option in self.options if self.expected[option] >= top - NEAR]

    # --- regret ------------------------------------------------------------------------------

    def regrets(
        self, states: Sequence[Mapping[str, float]], *, without: str = ""
    ) -> list[dict[str, float]]:
        """Return the regret of every option that takes part, in every state."""
        left = [option for option in self.options if option != without]
        return [
            {option: max(s[other] for other in left) - s[option] for option in left} for s in states
        ]

    def greatest(self, *, without: str = "") -> dict[str, float]:
        """Return the greatest regret over the scenarios."""
        regrets = self.regrets(self.by_scenario, without=without)
        return {option: max(each[option] for each in regrets) for option in regrets[0]}

    def least(self, *, without: str = "") -> list[str]:
        """Return who has the least greatest regret over the scenarios."""
        found = self.greatest(without=without)
        low = min(found.values())
        return [option for option, each in found.items() if each <= low + NEAR]

    def setters(self, scores: Mapping[str, float]) -> list[str]:
        """Return who has the highest score in one state."""
        top = max(scores[option] for option in self.options)
        return [option for option in self.options if scores[option] >= top - NEAR]

    # --- requirements ------------------------------------------------------------------------

    def misses(self, requirement: Requirement, case: tuple[str, ...], option: str) -> bool:
        """Return whether an option misses a requirement in a case."""
        effect = self.oracle.effect(case, option, requirement.criterion)
        if self.oracle.criteria[requirement.criterion].direction == "max":
            return effect < requirement.threshold
        return effect > requirement.threshold

    def good_cases(self, option: str) -> list[bool]:
        """Return in which cases an option meets every requirement."""
        asked = self.problem.requirements
        return [not any(self.misses(q, c, option) for q in asked) for c in self.oracle.cases]

    def good_scenarios(self, option: str) -> list[bool]:
        """Return in which scenarios an option misses no requirement more often than tolerated."""
        share = self.oracle.share
        found = []
        for scenario in self.scenarios:
            missed = [
                sum(
                    share["region"][case[1]] * share["horizon"][case[2]]
                    for case in self.oracle.on("scenario", scenario)
                    if self.misses(q, case, option)
                )
                <= q.tolerated_share + NEAR
                for q in self.problem.requirements
            ]
            found.append(all(missed))
        return found

    def met(self, option: str) -> tuple[list[float], float]:
        """Return the share of the cases in which an option meets each requirement, and all."""
        each = [
            sum(
                w
                for w, case in zip(self.case_weights, self.oracle.cases, strict=True)
                if not self.misses(q, case, option)
            )
            for q in self.problem.requirements
        ]
        good = zip(self.case_weights, self.good_cases(option), strict=True)
        return each, sum(w for w, meets in good if meets)

    def failing(self, requirement: Requirement, scenario: str, horizon: str, option: str) -> float:
        """Return the share of the weight of the regions where an option misses a requirement."""
        return sum(
            self.oracle.share["region"][region]
            for region in self.regions
            if self.misses(requirement, (scenario, region, horizon), option)
        )

    def enough(self, scenario: str, option: str, asked: Sequence[Requirement]) -> list[bool]:
        """Return at which horizons of a scenario an option is enough."""
        return [
            all(self.failing(q, scenario, h, option) <= q.tolerated_share + NEAR for q in asked)
            for h in self.horizons
        ]

    # --- measures ----------------------------------------------------------------------------

    def measures(self, over: str, chosen: Choice) -> dict[str, dict[str, float | None] | str]:
        """Return every measure of every option that takes part, or why there is none."""
        states = self.by_case if over == "cases" else self.by_scenario
        share = self.oracle.share["scenario"]
        weights = self.case_weights if over == "cases" else [share[s] for s in self.scenarios]
        regrets = self.regrets(states)
        found: dict[str, dict[str, float | None] | str] = {}
        for name in NAMES:
            least = 20 if name in PERCENTILES else 2 if name in SPREAD else 1
            if len(states) < least:
                found[name] = "few-states"
            elif name == "starr_domain" and chosen.threshold is None and not self._asked:
                found[name] = "no-threshold"
            else:
                found[name] = {
                    option: self._measure(
                        name,
                        list(zip((s[option] for s in states), weights, strict=True)),
                        [(r[option], w) for r, w in zip(regrets, weights, strict=True)],
                        self._good(option, over, [s[option] for s in states], chosen),
                        chosen,
                    )
                    for option in self.options
                }
        return found

    @property
    def _asked(self) -> bool:
        return bool(self.problem.requirements)

    def _good(self, option: str, over: str, scores: list[float], chosen: Choice) -> list[bool]:
        if chosen.threshold is not None:
            return [score >= chosen.threshold - NEAR for score in scores]
        return self.good_cases(option) if over == "cases" else self.good_scenarios(option)

    @staticmethod
    def _measure(
        name: str, scores: Pairs, regrets: Pairs, good: list[bool], chosen: Choice
    ) -> float | None:
        low, high = min(x for x, _ in scores), max(x for x, _ in scores)
        mean = sum(x * w for x, w in scores)
        at = {level: quantile(scores, level) for level in (0.1, 0.25, 0.5, 0.75, 0.9)}
        if name == "starr_domain":
            return sum(w for (_, w), meets in zip(scores, good, strict=True) if meets)
        if name in {"mean_variance", "mean_less_spread"}:
            rest = 1 - sum(w * w for _, w in scores)
            deviation = math.sqrt(sum(w * (x - mean) ** 2 for x, w in scores) / rest)
            if name == "mean_variance":
                return (mean + 1) / (deviation + 1)
            return mean - chosen.aversion * deviation
        if name == "percentile_skewness":
            half = (at[0.9] - at[0.1]) / 2
            return None if half <= NEAR else (at[0.5] - (at[0.9] + at[0.1]) / 2) / half
        if name == "percentile_kurtosis":
            inner = at[0.75] - at[0.25]
            return None if inner <= NEAR else (at[0.9] - at[0.1]) / inner
        return {
            "maximin": low,
            "maximax": high,
            "hurwicz": chosen.pessimism * low + (1 - chosen.pessimism) * high,
            "laplace": mean,
            "minimax_regret": max(x for x, _ in regrets),
            "percentile_regret": quantile(regrets, 0.9),
            "undesirable_deviations": setbacks(scores),
        }[name]


Pairs = list[tuple[float, float]]  # a number and its weight
SPREAD = ("mean_variance", "mean_less_spread", "undesirable_deviations")


@dataclass(frozen=True)
class Choice:
    """What a decision maker chooses for the measures that ask it."""

    pessimism: float = 0.5
    aversion: float = 1.0
    threshold: float | None = None


def quantile(pairs: Pairs, level: float) -> float:
    """Return the number with `level` of the weight up to it, halfway where it is met exactly."""
    low = high = math.nan
    below = 0.0
    for number, weight in sorted(pairs):
        below += weight
        if math.isnan(low) and below >= level - NEAR:
            low = number
        if below > level + NEAR:
            high = number
            break
    return (low + (max(x for x, _ in pairs) if math.isnan(high) else high)) / 2


def setbacks(pairs: Pairs) -> float:
    """Return the mean deviation from the median of the lowest numbers with half of the weight."""
    middle = quantile(pairs, 0.5)
    kept: Pairs = []
    for number, weight in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        if sum(w for _, w in kept) >= 0.5 - NEAR:
            break
        kept.append((number - middle, weight))
    return sum(x * w for x, w in kept) / sum(w for _, w in kept)


def places(values: Mapping[str, float | None], *, lower: bool) -> dict[str, int | None]:
    """Return the rank of each option, best is 1; those without a value have none."""
    known = {name: -x if lower else x for name, x in values.items() if x is not None}
    return {
        name: 1 + sum(other > known[name] + NEAR for other in known.values())
        if name in known
        else None
        for name in values
    }
