"""Weight stability once more, by loops over plain numbers: what the tests hold the library to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.analysis.oracle import NEAR, Oracle

from afweging.model.criterion import Criterion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from afweging.model.criterion import Group


@dataclass(frozen=True)
class Lines:
    """The scores of the options that take part at no weight and at all weight of one node."""

    node: str
    kind: str
    weight: float
    none: Mapping[str, float]
    full: Mapping[str, float]

    def at(self, weight: float) -> dict[str, float]:
        """Return the scores at one weight."""
        return {
            name: weight * self.full[name] + (1 - weight) * self.none[name] for name in self.none
        }

    def first(self, weight: float) -> set[str]:
        """Return who is first at one weight."""
        scores = self.at(weight)
        return {name for name, score in scores.items() if score >= max(scores.values()) - NEAR}

    def order(self, weight: float) -> list[str]:
        """Return the options, best first, at one weight."""
        scores = self.at(weight)
        return sorted(scores, key=lambda name: -scores[name])

    def ends(self, pairs: list[tuple[str, str]]) -> tuple[float, float]:
        """Return between which weights no first of a pair is behind its second."""
        low, high = 0.0, 1.0
        for ahead, behind in pairs:
            none, full = self.none[ahead] - self.none[behind], self.full[ahead] - self.full[behind]
            if none < -NEAR:
                low = max(low, none / (none - full))
            if full < -NEAR:
                high = min(high, none / (none - full))
        return low, high

    @property
    def winner(self) -> tuple[float, float]:
        """The weights between which who is first now stays first; for a single winner."""
        (winner,) = self.first(self.weight)
        return self.ends([(winner, other) for other in self.none if other != winner])

    @property
    def ranks(self) -> tuple[float, float]:
        """The weights between which no two options change places; without ties now."""
        order = self.order(self.weight)
        return self.ends([(a, b) for i, a in enumerate(order) for b in order[i + 1 :]])

    @property
    def distance(self) -> float:
        """How far the weight has to go for another winner."""
        return _distance(self.weight, *self.winner)

    @property
    def ranks_distance(self) -> float:
        """How far the weight has to go for another order."""
        return _distance(self.weight, *self.ranks)


def _distance(weight: float, low: float, high: float) -> float:
    down = weight - low if low > 0 else math.inf
    return min(down, high - weight if high < 1 else math.inf)


def lines_of(oracle: Oracle) -> list[Lines]:
    """Return the lines of every node with criteria outside it, for weights that are all above 0."""
    tree = oracle.problem.tree
    found = []
    for node, kind in _walk(tree, "lens"):
        under = set(_leaves(node))
        if len(under) == len(oracle.criteria):
            continue
        weight = math.fsum(oracle.weight[name] for name in under)
        full = {n: w / weight if n in under else 0.0 for n, w in oracle.weight.items()}
        none = {n: 0.0 if n in under else w / (1 - weight) for n, w in oracle.weight.items()}
        scores = [
            {name: oracle.score(name, weights=weights)[0] for name in oracle.allowed}
            for weights in (none, full)
        ]
        found.append(Lines(node.id, kind, weight, *scores))
    return found


def _walk(group: Group, kind: str) -> Iterator[tuple[Group | Criterion, str]]:
    for child in group.children:
        if isinstance(child, Criterion):
            yield child, "criterion"
        else:
            yield child, kind
            yield from _walk(child, "group")


def _leaves(node: Group | Criterion) -> Iterator[str]:
    if isinstance(node, Criterion):
        yield node.id
        return
    for child in node.children:
        yield from _leaves(child)
