"""The draws of a result made again and counted one by one: an oracle that is slow and plain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.effect_tables import effect_table, known_table
from afweging.analysis.rank_draws import EFFECTS, WEIGHTS, parts_of
from afweging.analysis.screening import admissible_options
from afweging.analysis.weight_draws import weight_draws

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.weight_draws import WeightKind
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Drawn:
    """Draws of the weights and effects of a comparison, by the order of the problem."""

    comparison: Comparison
    kind: WeightKind = "all"
    effects: bool = True
    draws: int = 1000
    seed: int = 1

    @cached_property
    def options(self) -> list[str]:
        """The options that take part."""
        return list(admissible_options(self.comparison))

    @cached_property
    def places(self) -> list[int]:
        """Their places in the problem."""
        ids = [alternative.id for alternative in self.comparison.problem.alternatives]
        return [ids.index(name) for name in self.options]

    @cached_property
    def _both(self) -> tuple[FloatArray, FloatArray]:
        chosen = weight_draws(self.comparison, self.kind)
        order = sorted(self.places, key=lambda a: self.comparison.problem.alternatives[a].id)
        table = (effect_table if self.effects else known_table)(
            self.comparison, order, chosen.criteria
        )
        weights, values = [], []
        for part in parts_of(self.draws, seed=self.seed, cells=table.values.size):
            weights.append(chosen.draw(part.draws, part.stream(WEIGHTS)))
            values.append(table.draw(part.draws, part.stream(EFFECTS)))
        rows = [order.index(a) for a in self.places]
        columns = [chosen.criteria.index(c) for c in range(len(chosen.criteria))]
        return np.vstack(weights)[:, columns], np.vstack(values)[:, rows][:, :, columns]

    @property
    def weights(self) -> FloatArray:
        """Of shape (K, C)."""
        return self._both[0]

    @property
    def values(self) -> FloatArray:
        """Of shape (K, A, C)."""
        return self._both[1]

    def scores(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Return the scores of values of shape (K or 1, A, C), shape (K, A)."""
        return np.asarray((values * weights[:, None, :]).sum(axis=2))

    @cached_property
    def ranks(self) -> IntArray:
        """Of shape (K, A)."""
        return ranks(self.scores(self.values, self.weights))

    @cached_property
    def likely(self) -> IntArray:
        """The ranks with the most likely effects, shape (K, A)."""
        means = self.comparison.scores.means.low[self.places]
        return ranks(self.scores(means[None], self.weights))

    def shares(self) -> FloatArray:
        """Return the rank acceptability, shape (A, A)."""
        count = len(self.options)
        return np.array(
            [[(self.ranks[:, a] == r + 1).mean() for r in range(count)] for a in range(count)]
        )

    def central(self) -> FloatArray:
        """Return the mean weights of the draws in which each option is first, shape (A, C)."""
        first = self.ranks == 1
        return np.array(
            [
                self.weights[row].mean(axis=0)
                if row.any()
                else np.full(self.weights.shape[1], np.nan)
                for row in first.T
            ]
        )

    def cross(self, central: FloatArray) -> FloatArray:
        """Return how often option i is first with the central weights of k, shape (A, A)."""
        found = np.full((len(central), len(central)), np.nan)
        for k, weights in enumerate(central):
            if not np.isnan(weights).any():
                fixed = np.repeat(weights[None], len(self.values), axis=0)
                found[:, k] = (ranks(self.scores(self.values, fixed)) == 1).mean(axis=0)
        return found

    def case_first(self, case: int) -> FloatArray:
        """Return how often each option is first in one case, with the most likely effects."""
        values = self.comparison.scores.values.low[case][self.places]
        return np.asarray((ranks(self.scores(values[None], self.weights)) == 1).mean(axis=0))


def ranks(scores: FloatArray) -> IntArray:
    """Return ranks of shape (K, A), of which ties share the better one."""
    return np.array(
        [[1 + sum(other > own + TOLERANCE for other in row) for own in row] for row in scores]
    )


def wilson(share: float, draws: int) -> tuple[float, float]:
    """Return the ends at which the share is 1.96 standard errors away: roots of a quadratic."""
    z = 1.959963984540054
    a, b, c = 1 + z * z / draws, -(2 * share + z * z / draws), share * share
    low, high = sorted(np.roots([a, b, c]).real.tolist())
    return (0.0 if share == 0 else low), (1.0 if share == 1 else high)
