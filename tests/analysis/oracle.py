"""The same answers once more, by loops over plain numbers: what the tests hold the library to.

Nothing here calls the methods of the library; records are only read.
"""

from __future__ import annotations

import math
from functools import cached_property
from itertools import pairwise, product
from typing import TYPE_CHECKING

from scipy.optimize import brentq  # type: ignore[import-untyped]

from afweging.model.criterion import Criterion, Exponential, Ordinal, PiecewiseLinear

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from afweging.model.criterion import Group
    from afweging.model.preference import Profile
    from afweging.model.problem import DecisionProblem

Pair = tuple[float, float]
Case = tuple[str, ...]  # scenario, region, horizon
NEAR = 1e-9


def bend(midpoint: float) -> float:
    """Return the curvature at which the exponential value of `midpoint` is one half."""
    if abs(midpoint - 0.5) < 1e-12:
        return 0.0

    def miss(c: float) -> float:
        return (1 - math.exp(-c * midpoint)) / (1 - math.exp(-c)) - 0.5

    low, high = (1e-6, 699.0) if midpoint < 0.5 else (-699.0, -1e-6)
    return float(brentq(miss, low, high, xtol=1e-13, rtol=1e-14))


def rank_weights(ranks: Mapping[str, float], method: str) -> dict[str, float]:
    """Return weights by rank; tied ranks share the mean of the places that they take."""
    n = len(ranks)
    place_weight = {
        "rank-order-centroid": [sum(1 / t for t in range(k, n + 1)) / n for k in range(1, n + 1)],
        "rank-sum": [2 * (n + 1 - k) / (n * (n + 1)) for k in range(1, n + 1)],
        "rank-reciprocal": [1 / k / sum(1 / t for t in range(1, n + 1)) for k in range(1, n + 1)],
    }[method]
    found = {}
    for name, rank in ranks.items():
        before = sum(other < rank for other in ranks.values())
        tied = sum(other == rank for other in ranks.values())
        found[name] = sum(place_weight[before : before + tied]) / tied
    return found


class Oracle:
    """What a comparison of `problem` should say, for one choice of weights."""

    def __init__(
        self,
        problem: DecisionProblem,
        *,
        profile: str | None = None,
        shares: Mapping[str, Mapping[str, float]] | None = None,
        chosen: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`shares` holds weights per axis that are not equal, `chosen` the ids that are asked."""
        self.problem = problem
        self.profile = next((p for p in problem.profiles if p.id == profile), None)
        self.options = [each.id for each in problem.alternatives]
        self.criteria = {each.id: each for each in problem.criteria}
        axes = {
            "scenario": problem.scenarios,
            "region": problem.regions,
            "horizon": problem.horizons,
        }
        self.ids = {
            axis: [
                label.id
                for label in labels
                if not (chosen or {}).get(axis) or label.id in (chosen or {})[axis]
            ]
            for axis, labels in axes.items()
        }
        self.share: dict[str, dict[str, float]] = {}
        for axis, ids in self.ids.items():
            given = (shares or {}).get(axis) or dict.fromkeys(ids, 1.0)
            total = sum(given[name] for name in ids)
            self.share[axis] = {name: given[name] / total for name in ids}
        self.cases: list[Case] = list(product(*self.ids.values()))
        places: dict[Case, int] = {case: s for s, case in enumerate(problem.cases)}
        self.row = {case: places[case] for case in self.cases}
        self.column = {name: c for c, name in enumerate(self.criteria)}
        self.bends: dict[str, float] = {}

    # --- weights -----------------------------------------------------------------------------

    def local(self, group: Group, profile: Profile | None) -> dict[str, float]:
        """Return the local weights of the children of one group."""
        given = dict(profile.weights).get(group.id) if profile else None
        if given is None:
            numbers = {child.id: child.weight for child in group.children}
        else:
            numbers = dict(given)
            if profile is not None and profile.method.startswith("rank"):
                return rank_weights(numbers, profile.method)
        total = math.fsum(numbers.values())
        return {name: number / total for name, number in numbers.items()}

    def weights(
        self,
        profile: Profile | None,
        lens: str | None = None,
        at: float = 0.0,
    ) -> dict[str, float]:
        """Return global weights; with `lens` at another weight and the others in proportion."""
        found: dict[str, float] = {}

        def walk(node: Group | Criterion, weight: float) -> None:
            if isinstance(node, Criterion):
                found[node.id] = weight
                return
            local = self.local(node, profile)
            if node is self.problem.tree and lens is not None:
                rest = 1 - local[lens]
                local = {
                    name: at if name == lens else w * (1 - at) / rest for name, w in local.items()
                }
            for child in node.children:
                walk(child, weight * local[child.id])

        walk(self.problem.tree, 1.0)
        return found

    @cached_property
    def weight(self) -> dict[str, float]:
        """The weights in use."""
        return self.weights(self.profile)

    def case_weight(self, case: Case) -> float:
        """Return the weight of one case."""
        scenario, region, horizon = case
        return (
            self.share["scenario"][scenario]
            * self.share["region"][region]
            * self.share["horizon"][horizon]
        )

    # --- values and scores ---------------------------------------------------------------------

    def value(self, criterion: Criterion, x: float) -> float:
        """Return the value of one effect."""
        function = criterion.value_function
        if isinstance(function, Ordinal):
            return function.classes[int(x)].value
        if isinstance(function, PiecewiseLinear):
            return self._between(function.points, x)
        x = min(max(x, min(criterion.worst, criterion.best)), max(criterion.worst, criterion.best))
        z = (x - criterion.worst) / (criterion.best - criterion.worst)
        if isinstance(function, Exponential):
            if criterion.id not in self.bends:
                span = criterion.best - criterion.worst
                self.bends[criterion.id] = bend((function.midvalue - criterion.worst) / span)
            c = self.bends[criterion.id]
            return z if c == 0 else (1 - math.exp(-c * z)) / (1 - math.exp(-c))
        return z

    @staticmethod
    def _between(points: tuple[tuple[float, float], ...], x: float) -> float:
        if x <= points[0][0]:
            return points[0][1]
        for (x0, v0), (x1, v1) in pairwise(points):
            if x <= x1:
                return v0 + (v1 - v0) * (x - x0) / (x1 - x0)
        return points[-1][1]

    def effect(self, case: Case, option: str, criterion: str) -> float:
        """Return one most likely effect, NaN for a gap."""
        place = (self.row[case], self.options.index(option), self.column[criterion])
        return float(self.problem.effects.mode[place])

    @cached_property
    def values(self) -> dict[tuple[Case, str, str], Pair]:
        """The value of every effect, between bounds where it is a gap."""
        found: dict[tuple[Case, str, str], Pair] = {}
        for case, option, (name, criterion) in product(
            self.cases, self.options, self.criteria.items()
        ):
            x = self.effect(case, option, name)
            if math.isnan(x):
                found[case, option, name] = self.ends(criterion)
            else:
                value = self.value(criterion, x)
                found[case, option, name] = (value, value)
        return found

    @staticmethod
    def ends(criterion: Criterion) -> Pair:
        """Return the least and greatest value a criterion knows."""
        function = criterion.value_function
        if isinstance(function, Ordinal):
            return min(k.value for k in function.classes), max(k.value for k in function.classes)
        if isinstance(function, PiecewiseLinear):
            return min(v for _, v in function.points), max(v for _, v in function.points)
        return 0.0, 1.0

    def score(
        self,
        option: str,
        *,
        weights: Mapping[str, float] | None = None,
        among: Iterable[Case] | None = None,
    ) -> Pair:
        """Return the mean score of an option over cases, between bounds."""
        weight = self.weight if weights is None else weights
        cases = list(self.cases if among is None else among)
        total = sum(self.case_weight(case) for case in cases)
        low, high = (
            sum(
                self.case_weight(case)
                * sum(weight[name] * self.values[case, option, name][end] for name in self.criteria)
                for case in cases
            )
            / total
            for end in (0, 1)
        )
        return low, high

    def on(self, axis: str, name: str) -> list[Case]:
        """Return the cases of one scenario, region or horizon."""
        place = ("scenario", "region", "horizon").index(axis)
        return [case for case in self.cases if case[place] == name]

    def part(self, option: str, criterion: str) -> Pair:
        """Return the mean contribution of one criterion."""
        low, high = (
            self.weight[criterion]
            * sum(
                self.case_weight(case) * self.values[case, option, criterion][end]
                for case in self.cases
            )
            for end in (0, 1)
        )
        return low, high

    def mean_effect(self, option: str, criterion: str) -> float:
        """Return the mean effect of an option, NaN where one is a gap."""
        return sum(
            self.case_weight(case) * self.effect(case, option, criterion) for case in self.cases
        )

    # --- requirements --------------------------------------------------------------------------

    def failing(self, requirement: str, option: str) -> tuple[int, int, float, float]:
        """Return the count and the weight of the cases that fail, surely and at most."""
        found = next(each for each in self.problem.requirements if each.id == requirement)
        rises = self.criteria[found.criterion].direction == "max"
        surely, maybe, low, high = 0, 0, 0.0, 0.0
        for case in self.cases:
            x = self.effect(case, option, found.criterion)
            gap = math.isnan(x)
            worse = not gap and (x < found.threshold if rises else x > found.threshold)
            surely, maybe = surely + worse, maybe + (worse or gap)
            low += self.case_weight(case) * worse
            high += self.case_weight(case) * (worse or gap)
        return surely, maybe, low, high

    def verdict(self, requirement: str, option: str) -> str:
        """Return whether an option meets a requirement, fails it, or waits for a gap."""
        found = next(each for each in self.problem.requirements if each.id == requirement)
        _, _, low, high = self.failing(requirement, option)
        if low > found.tolerated_share + NEAR:
            return "fails"
        return "meets" if high <= found.tolerated_share + NEAR else "depends"

    def verdicts(self, option: str) -> set[str]:
        """Return the verdicts of an option over all requirements."""
        return {self.verdict(each.id, option) for each in self.problem.requirements}

    @cached_property
    def none_meets(self) -> bool:
        """Whether every option fails some requirement."""
        return all("fails" in self.verdicts(option) for option in self.options)

    @cached_property
    def allowed(self) -> list[str]:
        """The options that take part in the ranking."""
        if self.none_meets:
            return self.options
        return [option for option in self.options if "fails" not in self.verdicts(option)]

    @cached_property
    def certain(self) -> set[str]:
        """The options that take part whatever the gaps are."""
        if self.none_meets:
            return set(self.options)
        return {option for option in self.allowed if self.verdicts(option) <= {"meets"}}

    # --- who is first --------------------------------------------------------------------------

    def first(self, scores: Mapping[str, Pair]) -> list[str]:
        """Return who of those that take part can be first."""
        floor = max(
            (scores[option][0] for option in self.allowed if option in self.certain),
            default=-math.inf,
        )
        return [option for option in self.allowed if scores[option][1] >= floor - NEAR]

    def settled(self, scores: Mapping[str, Pair]) -> bool:
        """Return whether it is known who is first."""
        first = self.first(scores)
        if len(first) == 1:
            return first[0] in self.certain
        return all(
            option in self.certain and scores[option][1] - scores[option][0] <= NEAR
            for option in first
        )

    def scores(
        self,
        *,
        weights: Mapping[str, float] | None = None,
        among: Iterable[Case] | None = None,
    ) -> dict[str, Pair]:
        """Return the score of every option."""
        cases = None if among is None else list(among)
        return {option: self.score(option, weights=weights, among=cases) for option in self.options}

    @cached_property
    def expected(self) -> dict[str, Pair]:
        """The score of every option over all cases."""
        return self.scores()

    @cached_property
    def case_scores(self) -> dict[Case, dict[str, Pair]]:
        """The score of every option in every case."""
        return {case: self.scores(among=[case]) for case in self.cases}

    @cached_property
    def scenario_scores(self) -> dict[str, dict[str, Pair]]:
        """The score of every option in every scenario."""
        return {name: self.scores(among=self.on("scenario", name)) for name in self.ids["scenario"]}

    def share_first(self, option: str) -> Pair:
        """Return the share of the weight of the cases in which an option is first."""
        surely = maybe = 0.0
        for case, scores in self.case_scores.items():
            rivals = [scores[other][1] for other in self.allowed if other != option]
            surely += self.case_weight(case) * (
                scores[option][0] >= max(rivals, default=-math.inf) - NEAR
            )
            maybe += self.case_weight(case) * (option in self.first(scores))
        return surely, maybe

    def regret(self, option: str, scores: Mapping[str, Pair]) -> Pair:
        """Return the least and the greatest regret of an option in one state."""
        others = [other for other in self.allowed if other != option]
        low, high = scores[option]
        least = max((scores[o][0] for o in others if o in self.certain), default=-math.inf)
        most = max((scores[o][1] for o in others), default=-math.inf)
        return max(least - high, 0.0), max(most - low, 0.0)

    def greatest_regret(self, option: str) -> tuple[float, float, set[str]]:
        """Return the greatest regret over the scenarios, between bounds, and where that can be."""
        regrets = {
            name: self.regret(option, scores) for name, scores in self.scenario_scores.items()
        }
        low = max(each[0] for each in regrets.values())
        high = max(each[1] for each in regrets.values())
        return low, high, {name for name, each in regrets.items() if each[1] >= low - NEAR}

    # --- what tips it --------------------------------------------------------------------------

    def gap(self, first: str, second: str, weights: Mapping[str, float] | None = None) -> float:
        """Return the least difference in score of two options."""
        return self.score(first, weights=weights)[0] - self.score(second, weights=weights)[1]

    def tip(self, lens: str, first: str, second: str) -> float | None:
        """Return the weight of a lens at which two options tie."""
        if self.local(self.problem.tree, self.profile)[lens] > 1 - NEAR:
            return None
        at_none, at_all = (
            self.gap(first, second, self.weights(self.profile, lens, t)) for t in (0.0, 1.0)
        )
        if abs(at_none - at_all) <= NEAR or abs(self.gap(first, second)) <= NEAR:
            return None
        at = at_none / (at_none - at_all)
        return min(max(at, 0.0), 1.0) if -NEAR <= at <= 1 + NEAR else None

    def dominates(self, option: str, other: str) -> bool:
        """Return whether an option is never worse and somewhere better, for certain."""
        ahead = [
            self.values[case, option, name][0] - self.values[case, other, name][1]
            for case, name in product(self.cases, self.criteria)
        ]
        return min(ahead) >= -NEAR and max(ahead) > NEAR
