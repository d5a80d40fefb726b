"""Which share of all ways to weigh the lenses puts each option first, and where people stand.

Weights within a lens stay those of now. Shares are exact volumes, for five lenses at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.answers import answers_about
from afweging.analysis.compare import find_profile
from afweging.analysis.elicitation import elicit_group
from afweging.analysis.flips import lens_values
from afweging.analysis.rescaling import changed_ranges
from afweging.analysis.screening import admissible_options, require_effects
from afweging.analysis.weight_sets import weight_set
from afweging.analysis.weights import local_weights
from afweging.methods.aggregation import weighted_sum
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.weight_relations import potential_optimality
from afweging.methods.weight_set import extreme_points
from afweging.methods.weight_space import (
    MOST_WEIGHTS,
    FirstShares,
    first_shares,
    freedom,
    rank_shares,
    share_ahead,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.weight_sets import WeightSetKind
    from afweging.model.preference import Profile
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Shares of one set of weights on the lenses, exact.

    `kind` says which weights these are. `freedom` is the number of directions in which they can
    differ: one less than there are lenses for a full set, 0 for a single set of weights; shares
    are measured within the set. `first` holds the shares in which each option is first and the
    central weights, `ranks` those of each rank, shape (A, A), and `ahead` those in which one
    option scores above another, shape (A, A). `possible` of shape (A,) says who is first, alone
    or tied, for some of the weights: a share can be 0 where weights that do it have no volume.
    `rows` of shape (m, L) bound the set.
    """

    kind: WeightSetKind
    rows: FloatArray
    freedom: int
    first: FirstShares
    ranks: FloatArray
    ahead: FloatArray
    possible: BoolArray

    def __post_init__(self) -> None:
        for array in (self.rows, self.ranks, self.ahead, self.possible):
            array.setflags(write=False)

    def tied(self, option: int) -> tuple[int, ...]:
        """Return who ties with an option whatever the weights of the set, itself included."""
        never = (self.ahead[option] == 0) & (self.ahead[:, option] == 0)
        return tuple(int(k) for k in np.flatnonzero(never))


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Weights on the lenses of one profile, or of now, and which options are first there.

    `profile` is None for the weights of now. `first` is with the weights within a lens of now,
    as on the map; `own` is with all weights of the profile. Several where they tie.
    """

    profile: str | None
    weights: FloatArray
    first: tuple[str, ...]
    own: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class WeightSpace:
    """The space of all weights on the lenses: shares of it, and where profiles stand in it.

    `values` of shape (A, L) are the values of the options within each lens. `whole` is about all
    weights, `fitting` about those that fit answers or that were asked; None where there are none
    to tell apart. Both are None with more lenses than volumes are computed for.
    """

    options: tuple[str, ...]
    lenses: tuple[str, ...]
    values: FloatArray
    now: Standing
    panel: tuple[Standing, ...]
    whole: Shares | None
    fitting: Shares | None

    def __post_init__(self) -> None:
        self.values.setflags(write=False)


def find_weight_space(comparison: Comparison, *, weights: WeightSetKind = "lenses") -> WeightSpace:
    """Return the shares of the weights on the lenses in which options are first, and who is where.

    Parameters
    ----------
    comparison : Comparison
    weights : {"all", "lenses", "order", "near", "answers"}
        Which weights to look at beside all: with all and lenses those that fit the answers behind
        the profile in use, where there are such answers that leave room.

    Raises
    ------
    RequestError
        When effects are missing, or the weights that are asked cannot be listed.

    References
    ----------
    Lahdelma and Salminen (2001), SMAA-2, Operations Research 49(3), for known values and with
    exact volumes.
    """
    require_effects(comparison)
    problem, allowed = comparison.problem, np.array(comparison.admissible)
    options = admissible_options(comparison)
    values = lens_values(comparison, comparison.scores.means.low[allowed])  # (A, L)
    whole = fitting = None
    if len(problem.tree.children) <= MOST_WEIGHTS:
        whole = _shares(values, "lenses", np.empty((0, values.shape[1])))
        fitting = _fitting(comparison, values, weights)
    now = comparison.weights.lenses
    overall = comparison.first.overall.alternatives
    return WeightSpace(
        options=options,
        lenses=tuple(lens.id for lens in problem.tree.children),
        values=values,
        now=Standing(None, now, _first(values, now, options), overall),
        panel=_panel(comparison, values, options),
        whole=whole,
        fitting=fitting,
    )


def _fitting(comparison: Comparison, values: FloatArray, kind: WeightSetKind) -> Shares | None:
    problem = comparison.problem
    profile = find_profile(problem, comparison.request.profile)
    if kind in {"order", "near", "answers"}:
        return _shares(values, kind, weight_set(problem.tree, profile, kind).lenses.rows)
    rows = None if profile is None else _answered_rows(comparison, profile)
    return None if rows is None else _shares(values, "answers", rows)


def _answered_rows(comparison: Comparison, profile: Profile) -> FloatArray | None:
    """Return what the answers about the lenses ask; None where that is nothing, or leaves no room.

    Answers about other groups do not matter here.
    """
    tree = comparison.problem.tree
    answers = answers_about(profile, tree)
    if not answers.given or changed_ranges(tree, profile):
        return None
    found = elicit_group(answers)
    return found.rows if len(found.points) > 1 else None


def _shares(values: FloatArray, kind: WeightSetKind, rows: FloatArray) -> Shares:
    points = extreme_points(rows, count=values.shape[1])
    return Shares(
        kind=kind,
        rows=rows,
        freedom=freedom(points),
        first=first_shares(values, rows),
        ranks=rank_shares(values, rows),
        ahead=_ahead(values, rows),
        possible=potential_optimality(values, rows)[0] >= -SCORE_TOLERANCE,
    )


def _ahead(values: FloatArray, rows: FloatArray) -> FloatArray:
    """Return the share of the weights with which i scores above k at [i, k], shape (A, A)."""
    if not len(rows):
        return share_ahead(values[:, None] - values)  # (A, A, L)
    shares = np.zeros((len(values), len(values)))
    for i in range(len(values)):
        for k in range(i):
            shares[i, k], shares[k, i] = first_shares(values[[i, k]], rows).alone
    return shares


def _first(values: FloatArray, weights: FloatArray, options: tuple[str, ...]) -> tuple[str, ...]:
    """Return who is first with these weights on the lenses; several where they tie."""
    scores = weighted_sum(values, weights)
    best = scores >= scores.max() - SCORE_TOLERANCE
    return tuple(name for name, first in zip(options, best, strict=True) if first)


def _panel(
    comparison: Comparison, values: FloatArray, options: tuple[str, ...]
) -> tuple[Standing, ...]:
    problem = comparison.problem
    own = {each.of: each.alternatives for each in comparison.first.profiles}
    found = []
    for profile in problem.panel:
        local = local_weights(problem.tree, profile)
        weights = np.array([local[lens.id] for lens in problem.tree.children])
        first = _first(values, weights, options)
        found.append(Standing(profile.id, weights, first, own[profile.id]))
    return tuple(found)
