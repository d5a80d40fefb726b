"""What holds for every set of weights that is possible: dominance, ranks, and what is at stake.

The set is at the level of criteria. All is exact: extremes over the value tree group by group,
the rest by linear and mixed programs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.compare import find_profile
from afweging.analysis.screening import admissible_options, require_effects
from afweging.analysis.weight_sets import weight_set
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.weight_relations import (
    DecisionRules,
    extreme_ranks,
    potential_optimality,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.weight_sets import WeightSet, WeightSetKind
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class IncompleteWeights:
    """What holds for all of the weights, and what for some; A options, C criteria.

    Attributes
    ----------
    kind : {"all", "lenses", "order", "near", "answers"}
        Which weights are possible.
    options : tuple of str
    dominates : ndarray of shape (A, A)
        True at [i, k] where i is never behind k, and ahead of it for some of the weights.
    absolutely : ndarray of shape (A, A)
        True at [i, k] where the least score of i is no less than the greatest of k.
    margins : ndarray of shape (A,)
        By how much each can be ahead of all others at most: below 0 it is never first, not even
        tied. Infinite without others.
    best_weights : ndarray of shape (A, C)
        Weights of the criteria with which it has that margin.
    rules : DecisionRules
        Greatest and least score, central value and possible loss of each option.
    against : tuple of tuples of str
        The options against which each can lose that much.
    best_ranks, worst_ranks : ndarray of shape (A,)
        Ties share the better rank.
    """

    kind: WeightSetKind
    options: tuple[str, ...]
    dominates: BoolArray
    absolutely: BoolArray
    margins: FloatArray
    best_weights: FloatArray
    rules: DecisionRules
    against: tuple[tuple[str, ...], ...]
    best_ranks: IntArray
    worst_ranks: IntArray

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """Which options each decision rule picks; several where they tie."""
        return {
            rule: tuple(name for name, best in zip(self.options, picked, strict=True) if best)
            for rule, picked in self.rules.choices.items()
        }

    @property
    def can_be_first(self) -> BoolArray:
        """Which options are first, alone or tied, for some of the weights."""
        return np.asarray(self.margins >= -SCORE_TOLERANCE)


def find_incomplete(comparison: Comparison, *, weights: WeightSetKind) -> IncompleteWeights:
    """Return what holds whatever the weights are, within those that are possible.

    Parameters
    ----------
    comparison : Comparison
    weights : {"all", "lenses", "order", "near", "answers"}
        Which weights are possible, around those of the profile in use; see `weight_set`.

    Raises
    ------
    RequestError
        When effects are missing, or the weights that are asked cannot be listed.

    References
    ----------
    Salo and Hämäläinen (1992), Operations Research 40(6), and (2001), IEEE Transactions on
    Systems, Man, and Cybernetics A 31(6). Hazen (1986), Operations Research 34(2). Kadziński,
    Greco and Słowiński (2012), Omega 40(4).
    """
    require_effects(comparison)
    problem = comparison.problem
    profile = find_profile(problem, comparison.request.profile)
    possible = weight_set(problem.tree, profile, weights)
    values = comparison.scores.means.low[np.array(comparison.admissible)]  # (A, C)
    options = admissible_options(comparison)
    leads = possible.score_bounds(values[:, None] - values)  # two of (A, A)
    rows = possible.criterion_rows()
    margins, best_weights = potential_optimality(values, rows)
    best, worst = extreme_ranks(values, rows, leads=leads)
    rules, absolutely = _rules(values, possible, leads)
    return IncompleteWeights(
        kind=weights,
        options=options,
        dominates=(leads[0] >= -SCORE_TOLERANCE) & (leads[1] > SCORE_TOLERANCE),
        absolutely=absolutely,
        margins=margins,
        best_weights=best_weights,
        rules=rules,
        against=_against(leads[1], options),
        best_ranks=best,
        worst_ranks=worst,
    )


def _rules(
    values: FloatArray, possible: WeightSet, leads: tuple[FloatArray, FloatArray]
) -> tuple[DecisionRules, BoolArray]:
    """Return what the decision rules judge by, and absolute dominance."""
    low, high = possible.score_bounds(values)
    loss = leads[1].max(axis=0)  # over who is ahead; 0 against itself
    never_behind = low[:, None] >= high - SCORE_TOLERANCE
    absolutely = never_behind & (high[:, None] > low + SCORE_TOLERANCE)
    return DecisionRules(high, low, (low + high) / 2, loss), absolutely


def _against(most: FloatArray, options: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return against whom each option can lose most; nobody where it can lose nothing."""
    loss = most.max(axis=0)
    worst = (most >= loss - SCORE_TOLERANCE) & (loss > SCORE_TOLERANCE)  # (ahead, behind)
    return tuple(
        tuple(name for name, ahead in zip(options, column, strict=True) if ahead)
        for column in worst.T
    )
