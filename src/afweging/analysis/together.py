"""Everything at a time: which group of uncertain things explains how much of the lead.

Weights, estimates and the scenario vary together, each independent of the others: every set of
weights of the lenses is as likely as any other, and so is every set of weights within a lens;
estimates are drawn as in `effect_draws`; a scenario has its likelihood, or the same as the
others. Regions and horizons all happen, so that their mean counts. Stated weights do not matter
here, only the value tree does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.analysis.effect_draws import even_levels, scenario_values_at
from afweging.methods.sampling import spacings
from afweging.methods.sobol import grouped_indices
from afweging.model.criterion import Criterion, Group, groups_under

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

LEVELS = 512  # equally likely parts of the distribution of an effect
SMALLEST = 1e-12  # a difference in value below is rounding

Kind = Literal["lenses", "within", "effects", "scenario"]


@dataclass(frozen=True, slots=True)
class Factor:
    """A group of uncertain things: of one kind, about one lens or criterion.

    `node` is the root for the weights of the lenses, the lens for the weights within it, the
    criterion for the estimates of both options on it, and empty for the scenario.
    """

    kind: Kind
    node: str


@dataclass(frozen=True, slots=True)
class FactorShare:
    """How much of the variance of the lead a factor explains, with standard errors.

    `first` goes when only the factor is known; `total` stays when all but the factor is known, so
    that what it does together with others counts too. Both are estimates by draws.
    """

    factor: Factor
    first: float
    total: float
    first_error: float
    total_error: float


@dataclass(frozen=True, slots=True)
class Together:
    """The factors, the largest total share first, and the standard deviation of the lead."""

    factors: tuple[FactorShare, ...]
    deviation: float
    evaluations: int


def vary_together(
    comparison: Comparison, a: int, b: int, *, draws: int, rng: np.random.Generator
) -> Together:
    """Return which factors explain the lead of option `a` over `b` when all vary together.

    Parameters
    ----------
    comparison : Comparison
        Without missing effects.
    a, b : int
        Places among the alternatives of the problem.
    draws : int
        Points, each computed once more for every factor and once for all.
    rng : numpy.random.Generator
    """
    model = GapModel(comparison, a, b)
    if not model.factors:
        return Together((), 0.0, 0)
    found = grouped_indices(model.gaps, model.sizes, draws=draws, rng=rng)
    shares = [
        FactorShare(factor, *numbers)
        for factor, *numbers in zip(
            model.factors,
            found.first.tolist(),
            found.total.tolist(),
            found.first_error.tolist(),
            found.total_error.tolist(),
            strict=True,
        )
    ]
    shares.sort(key=lambda each: (-each.total, each.factor.kind, each.factor.node))
    return Together(tuple(shares), float(np.sqrt(found.variance)), found.evaluations)


class GapModel:
    """The lead of one option over another as a function of even numbers in [0, 1].

    Attributes
    ----------
    factors : tuple of Factor
        Those that can change the lead.
    sizes : tuple of int
        How many numbers each factor takes, in order.
    """

    def __init__(self, comparison: Comparison, a: int, b: int) -> None:
        self._tree = comparison.problem.tree
        self._scenarios = np.cumsum(comparison.cases.weights["scenario"])
        self._values = scenario_values_at(comparison, even_levels(LEVELS), (a, b))
        self._slices: dict[Factor | str, slice] = {}
        self.factors: tuple[Factor, ...] = ()
        self.sizes: tuple[int, ...] = ()
        self._add_weights()
        self._add_effects(comparison)
        if len(self._scenarios) > 1:
            self._add(Factor("scenario", ""), 1)

    def _add(self, factor: Factor, size: int) -> None:
        start = sum(self.sizes)
        self._slices[factor] = slice(start, start + size)
        self.factors += (factor,)
        self.sizes += (size,)

    def _add_weights(self) -> None:
        """Add the weights of the lenses, and per lens those of all groups within it."""
        root = self._tree
        parts = [(Factor("lenses", root.id), [root])]
        parts += [(Factor("within", lens.id), list(groups_under(lens))) for lens in root.children]
        for factor, groups in parts:
            start = end = sum(self.sizes)
            for group in groups:
                self._slices[group.id] = slice(end, end + len(group.children) - 1)
                end += len(group.children) - 1
            if end > start:
                self._add(factor, end - start)

    def _add_effects(self, comparison: Comparison) -> None:
        uncertain = np.ptp(self._values, axis=0).max(axis=(0, 1)) > SMALLEST  # (C,)
        for criterion, moves in zip(comparison.problem.criteria, uncertain.tolist(), strict=True):
            if moves:
                self._add(Factor("effects", criterion.id), 2)

    def gaps(self, numbers: FloatArray) -> FloatArray:
        """Return the lead for each row of numbers, (N, D) -> (N,)."""
        weights: dict[str, FloatArray] = {}
        self._spread(self._tree, np.ones(len(numbers)), numbers, weights)
        scenario = self._scenario(numbers)
        total = np.zeros(len(numbers))
        for c, (criterion, weight) in enumerate(weights.items()):
            levels = self._levels(criterion, numbers)  # (N, 2)
            first = self._values[levels[:, 0], scenario, 0, c]
            second = self._values[levels[:, 1], scenario, 1, c]
            total += weight * (first - second)
        return total

    def _spread(
        self,
        node: Group | Criterion,
        weight: FloatArray,
        numbers: FloatArray,
        out: dict[str, FloatArray],
    ) -> None:
        """Fill `out` with the weights of the criteria under a node, in the order of the tree."""
        if isinstance(node, Criterion):
            out[node.id] = weight
            return
        local = spacings(numbers[:, self._slices[node.id]])
        for child, share in zip(node.children, local.T, strict=True):
            self._spread(child, weight * share, numbers, out)

    def _scenario(self, numbers: FloatArray) -> NDArray[np.intp]:
        place = self._slices.get(Factor("scenario", ""))
        if place is None:
            return np.zeros(len(numbers), dtype=np.intp)
        found = np.searchsorted(self._scenarios, numbers[:, place.start], side="right")
        return np.minimum(found, len(self._scenarios) - 1)

    def _levels(self, criterion: str, numbers: FloatArray) -> NDArray[np.intp]:
        place = self._slices.get(Factor("effects", criterion))
        if place is None:
            return np.zeros((len(numbers), 2), dtype=np.intp)
        return np.minimum((numbers[:, place] * LEVELS).astype(np.intp), LEVELS - 1)
