"""What a session about Brabant has to show, from the points typed in, by loops over plain numbers.

Nothing of the package is used: values come from the files of the problem, the rest is arithmetic.
"""

from __future__ import annotations

from functools import cached_property
from itertools import combinations
from statistics import fmean, median, quantiles
from typing import TYPE_CHECKING

from tests.functional.brabant_hand import Hand, leaves_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Weights = tuple[float, ...]
NEAR = 1e-9


def weights_of(points: Sequence[float]) -> Weights:
    """Return points as weights that add up to 1."""
    return tuple(point / sum(points) for point in points)


def mean_of(people: Sequence[Weights]) -> Weights:
    """Return the mean weight on every lens."""
    return tuple(fmean(column) for column in zip(*people, strict=True))


def quartiles(people: Sequence[Weights], lens: int) -> tuple[float, float, float]:
    """Return where a quarter, half and three quarters of the people lie on one lens."""
    low, middle, high = quantiles([each[lens] for each in people], n=4, method="inclusive")
    return low, middle, high


def medians(people: Sequence[Weights]) -> Weights:
    """Return the median weight on every lens."""
    return tuple(median(column) for column in zip(*people, strict=True))


def distance(one: Weights, other: Weights) -> float:
    """Return the share of the weight that lies elsewhere."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / 2


def disagreement(people: Sequence[Weights]) -> float:
    """Return the mean distance over all pairs of people."""
    return fmean(distance(one, other) for one, other in combinations(people, 2))


def moved(before: Sequence[Weights], after: Sequence[Weights]) -> float:
    """Return the mean share of the weight that people moved."""
    return fmean(distance(one, other) for one, other in zip(before, after, strict=True))


def anchoring(before: Sequence[Weights], after: Sequence[Weights]) -> float:
    """Return the share of their distance to the median of before that people gave up."""
    middle = medians(before)
    return 1 - sum(distance(each, middle) for each in after) / sum(
        distance(each, middle) for each in before
    )


class Reckoning:
    """Brabant by hand, with weights on its lenses."""

    def __init__(self) -> None:
        self.hand = Hand()
        self.options = self.hand.left
        tree = self.hand.problem["tree"]["children"]
        self.lenses = [str(lens["id"]) for lens in tree]
        self.names = {each["id"]: each["name"] for each in self.hand.problem["options"]}
        self.scenarios = list(dict.fromkeys(case[0] for case in self.hand.cases))

    @cached_property
    def values(self) -> dict[str | None, dict[str, Weights]]:
        """What every option is worth on each lens: per scenario, and over all (None)."""
        found: dict[str | None, dict[str, Weights]] = {}
        for scenario in (None, *self.scenarios):
            cases = [case for case in self.hand.cases if scenario in {None, case[0]}]
            columns = [
                self.hand.means(self.hand.by_case(self._alone(lens)), cases)
                for lens in self.hand.problem["tree"]["children"]
            ]
            found[scenario] = {
                option: tuple(column[option] for column in columns) for option in self.options
            }
        return found

    def _alone(self, lens: dict[str, object]) -> dict[str, float]:
        """Return the weights of the criteria where all weight lies on one lens."""
        inside = {str(leaf["id"]) for leaf in leaves_of(lens)}
        total = sum(self.hand.weights[name] for name in inside)
        return {
            name: weight / total if name in inside else 0.0
            for name, weight in self.hand.weights.items()
        }

    def scores(self, weights: Weights, scenario: str | None = None) -> dict[str, float]:
        """Return the score of every option."""
        return {
            option: sum(w * v for w, v in zip(weights, values, strict=True))
            for option, values in self.values[scenario].items()
        }

    def order(self, weights: Weights) -> list[str]:
        """Return the options, the best one first."""
        scores = self.scores(weights)
        return sorted(self.options, key=lambda option: -scores[option])

    def choices(self, people: Sequence[Weights]) -> dict[str, int]:
        """Return how many people put each option first."""
        firsts = [self.order(each)[0] for each in people]
        return {option: firsts.count(option) for option in self.options}

    def regret(self, weights: Weights) -> dict[str, dict[str, float]]:
        """Return how much each option scores less than the best one, per scenario."""
        found: dict[str, dict[str, float]] = {option: {} for option in self.options}
        for scenario in self.scenarios:
            scores = self.scores(weights, scenario)
            for option in self.options:
                found[option][scenario] = max(scores.values()) - scores[option]
        return found

    def flip(self, weights: Weights) -> tuple[str, float]:
        """Return who catches up first, and the least share of the weight that has to move.

        Weight is best taken from where the challenger gains least, to where it gains most.
        """
        first, *others = self.order(weights)
        found = [(each, self._catch_up(first, each, weights)) for each in others]
        return min(found, key=lambda pair: pair[1])

    def _catch_up(self, first: str, other: str, weights: Weights) -> float:
        values = self.values[None]
        gains = [b - a for a, b in zip(values[first], values[other], strict=True)]
        lack = -sum(w * gain for w, gain in zip(weights, gains, strict=True))
        total = 0.0
        for gain, weight in sorted(zip(gains, weights, strict=True)):
            rate = max(gains) - gain
            if rate * weight >= lack - NEAR:
                return total + lack / rate if rate else float("inf")
            lack -= rate * weight
            total += weight
        return float("inf")
