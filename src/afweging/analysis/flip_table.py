"""How far every option is from the first place, and from every other option: a table of flips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.compare import find_profile
from afweging.analysis.flips import answer_rows, lens_values
from afweging.analysis.screening import admissible_options, require_effects
from afweging.analysis.weight_flips import find_weight_flip, over_all
from afweging.analysis.weights import lens_shares
from afweging.methods.flip import Never, flip_l1
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.weight_flips import WeightFlip
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class FirstFlip:
    """The smallest changes of weights that put one option above all others, or level with them.

    `lens_answers` and `criteria_answers` are among the weights that fit the answers behind the
    profile; None without such answers.
    """

    option: str
    lenses: WeightFlip
    criteria: WeightFlip
    lens_answers: WeightFlip | None
    criteria_answers: WeightFlip | None


@dataclass(frozen=True, slots=True, eq=False)
class FlipTable:
    """How far the options that take part are from the first place and from each other.

    `first` are the options that are first now. `lens_pairs` and `criteria_pairs`, shape (A, A),
    say how much of the weight on lenses or on criteria must move before the option of the row is
    level with that of the column: 0 where it is not behind, infinite where no weights do it.
    """

    first: tuple[str, ...]
    options: tuple[FirstFlip, ...]
    lens_pairs: FloatArray
    criteria_pairs: FloatArray

    def __post_init__(self) -> None:
        self.lens_pairs.setflags(write=False)
        self.criteria_pairs.setflags(write=False)


def find_flip_table(comparison: Comparison) -> FlipTable:
    """Return how far every option is from the first place and from every other option.

    Only options that meet the requirements take part.

    Raises
    ------
    RequestError
        When effects are missing.

    References
    ----------
    Ríos Insua and French (1991), A framework for sensitivity analysis in discrete multi-objective
    decision-making, EJOR 54(2).
    """
    require_effects(comparison)
    names = admissible_options(comparison)
    means = comparison.scores.means.low[np.array(comparison.admissible)]  # (A, C)
    lenses = lens_values(comparison, means)  # (A, L)
    weights = comparison.weights
    scores = comparison.scores.expected.low[np.array(comparison.admissible)]
    behind = scores > scores[:, None] + SCORE_TOLERANCE  # (A, A)
    return FlipTable(
        first=comparison.first.overall.alternatives,
        options=_options(comparison, names, means, lenses),
        lens_pairs=_pairs(lenses, weights.lenses, behind),
        criteria_pairs=_pairs(means, weights.criteria, behind),
    )


def _options(
    comparison: Comparison, names: tuple[str, ...], means: FloatArray, lenses: FloatArray
) -> tuple[FirstFlip, ...]:
    problem, weights = comparison.problem, comparison.weights
    lens_ids = tuple(lens.id for lens in problem.tree.children)
    ids = tuple(criterion.id for criterion in problem.criteria)
    rows = answer_rows(comparison)
    profile = find_profile(problem, comparison.request.profile)
    # weights on lenses, with those within a lens as they are, as weights on criteria: (L, C)
    lens_rows = None if rows is None else rows @ lens_shares(problem.tree, profile).T
    found = []
    for i, name in enumerate(names):
        over_lenses, over_criteria = over_all(lenses, i), over_all(means, i)
        found.append(
            FirstFlip(
                option=name,
                lenses=find_weight_flip(lens_ids, over_lenses, weights.lenses),
                criteria=find_weight_flip(ids, over_criteria, weights.criteria),
                lens_answers=None
                if lens_rows is None
                else find_weight_flip(lens_ids, over_lenses, weights.lenses, lens_rows),
                criteria_answers=None
                if rows is None
                else find_weight_flip(ids, over_criteria, weights.criteria, rows),
            )
        )
    return tuple(found)


def _pairs(values: FloatArray, weights: FloatArray, behind: NDArray[np.bool_]) -> FloatArray:
    """Return the share of weight that must move before one is level with the other, (A, A)."""
    moved = np.zeros(behind.shape)
    for i, k in np.argwhere(behind).tolist():
        found = flip_l1(values[[i]] - values[[k]], weights)
        moved[i, k] = np.inf if isinstance(found, Never) else found.distance
    return moved
