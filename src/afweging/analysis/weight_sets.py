"""The weights that are taken as possible: all, those near the weights of now, those that fit.

A set of weights says for each group of the value tree which weights its children can have,
whatever those of other groups are. Weights within a group are equally likely, and groups count
apart: a lens does not weigh more because it has more criteria.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from afweging.analysis.answers import answers_about
from afweging.analysis.elicitation import MOST_PARTS, elicit, too_many
from afweging.analysis.rescaling import changed_ranges
from afweging.analysis.weights import local_weights, members, multiply_along_paths
from afweging.errors import Fault, RequestError
from afweging.methods.sampling import even_weights
from afweging.methods.weight_set import extreme_points, lead_range
from afweging.model.criterion import Criterion, groups_under

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from afweging.analysis.elicitation import Elicited
    from afweging.model.criterion import Group
    from afweging.model.preference import Profile

    FloatArray = NDArray[np.float64]

WeightSetKind = Literal["all", "lenses", "order", "near", "answers"]
KINDS: tuple[WeightSetKind, ...] = get_args(WeightSetKind)
FACTOR = 1.5  # "near": at most half as much again, at least two thirds; own choice


@dataclass(frozen=True, slots=True, eq=False)
class Siblings:
    """The weights that the children of one group can have: 0 or more, adding up to 1.

    `rows` of shape (m, n) are the bounds rows @ w >= 0, `points` of shape (V, n) the extreme
    points: one where the weights are known.
    """

    children: tuple[str, ...]
    rows: FloatArray
    points: FloatArray

    @property
    def is_known(self) -> bool:
        """Whether only one set of weights is possible."""
        return len(self.points) == 1

    def draw(self, draws: int, rng: np.random.Generator) -> FloatArray:
        """Return equally likely weights, shape (draws, n)."""
        return even_weights(self.rows, self.points, draws=draws, rng=rng)


@dataclass(frozen=True, slots=True, eq=False)
class WeightSet:
    """The weights that are taken as possible in each group of a value tree, parents first."""

    tree: Group
    groups: Mapping[str, Siblings]

    @property
    def lenses(self) -> Siblings:
        """The weights that the lenses can have."""
        return self.groups[self.tree.id]

    def draw_local(self, draws: int, rng: np.random.Generator) -> dict[str, FloatArray]:
        """Return draws of the local weight of every node but the root, each of shape (K,)."""
        local: dict[str, FloatArray] = {}
        for each in self.groups.values():
            local |= dict(zip(each.children, each.draw(draws, rng).T, strict=True))
        return local

    def draw(self, draws: int, rng: np.random.Generator) -> FloatArray:
        """Return draws of the weights of the criteria, shape (K, C), each adding up to 1."""
        return multiply_along_paths(self.tree, self.draw_local(draws, rng))

    def score_bounds(self, values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the least and greatest score over all weights, exactly, each of shape (...).

        Weights are 0 or more and groups count apart, so that a score is extreme where it is
        extreme in each group, from the criteria upwards.

        Parameters
        ----------
        values : ndarray of shape (..., C), partial values or differences between them
        """
        columns = iter(np.moveaxis(values, -1, 0))

        def bounds(node: Group | Criterion) -> tuple[FloatArray, FloatArray]:
            if isinstance(node, Criterion):
                column = next(columns)
                return column, column
            low, high = zip(*(bounds(child) for child in node.children), strict=True)
            points = self.groups[node.id].points
            return lead_range(points, np.stack(low, axis=-1), np.stack(high, axis=-1))

        return bounds(self.tree)

    def criterion_rows(self) -> FloatArray:
        """Return the bounds rows @ w >= 0 on the weights w of the criteria, shape (m, C)."""
        found = []
        for group in groups_under(self.tree):
            under = members(self.tree, group.children).astype(np.float64)  # (n, C)
            found.append(self.groups[group.id].rows @ under)
        return np.vstack(found)


def weight_set(
    tree: Group, profile: Profile | None, kind: WeightSetKind, *, factor: float = FACTOR
) -> WeightSet:
    """Return the weights that are taken as possible around those of a profile, or of the tree.

    Parameters
    ----------
    tree : Group
    profile : Profile, optional
    kind : {"all", "lenses", "order", "near", "answers"}
        all: any weights; lenses: any weights of the lenses, those within a lens as they are;
        order: all that rank the children of a group as now; near: all that differ from the
        weights within the group by at most the factor; answers: all that fit what was answered.
    factor : float, above 1

    Raises
    ------
    RequestError
        When there are no answers, they were given for other ranges, or a group has too many
        children for its extreme points to be listed.
    PreferenceError
        When answers cannot hold together: the smallest such set of each group.
    """
    if kind == "answers":
        return _fitting(tree, profile)
    local, found = local_weights(tree, profile), {}
    for group in groups_under(tree):
        weights = np.array([local[child.id] for child in group.children])
        if kind == "near":
            _require_listable(group)
        free = kind == "all" or (kind == "lenses" and group is tree)
        if kind == "lenses" and not free:
            found[group.id] = _known(group, weights)
            continue
        rows = np.empty((0, len(weights))) if free else _rows(kind, weights, factor)
        points = extreme_points(rows, count=len(weights))
        found[group.id] = Siblings(_children(group), rows, points)
    return WeightSet(tree, found)


def _children(group: Group) -> tuple[str, ...]:
    return tuple(child.id for child in group.children)


def _known(group: Group, weights: FloatArray) -> Siblings:
    return Siblings(_children(group), _near_rows(weights, 1.0), weights[None, :])


def _rows(kind: WeightSetKind, weights: FloatArray, factor: float) -> FloatArray:
    if kind == "near":
        return _near_rows(weights, factor)
    eye = np.eye(len(weights))
    larger, smaller = np.nonzero(weights[:, None] > weights)  # equal weights: no order asked
    return eye[larger] - eye[smaller]


def _near_rows(weights: FloatArray, factor: float) -> FloatArray:
    eye = np.eye(len(weights))
    return np.vstack([eye - (weights / factor)[:, None], (weights * factor)[:, None] - eye])


def _require_listable(group: Group) -> None:
    if len(group.children) > MOST_PARTS:
        raise RequestError([_too_many(group.id)])


def _too_many(group: str) -> Fault:
    return Fault("weights-too-many", value=group, facts={"most": MOST_PARTS})


def _fitting(tree: Group, profile: Profile | None) -> WeightSet:
    if profile is None:
        raise RequestError([Fault("weights-no-answers")])
    if changed_ranges(tree, profile):
        raise RequestError([Fault("weights-other-ranges", value=profile.id)])
    cut = [
        group.id
        for group in groups_under(tree)
        if answers_about(profile, group).given and too_many(answers_about(profile, group))
    ]
    if cut:
        raise RequestError([_too_many(name) for name in cut])
    return answered_set(tree, elicit(tree, profile))


def answered_set(tree: Group, found: tuple[Elicited, ...]) -> WeightSet:
    """Return the weights that fit answers; where nothing was said, the weights of the tree."""
    spoken = {each.answers.group.id: each for each in found}
    local, groups = local_weights(tree, None), {}
    for group in groups_under(tree):
        if group.id in spoken:
            each = spoken[group.id]
            groups[group.id] = Siblings(each.answers.children, each.rows, each.points)
            continue
        weights = np.array([local[child.id] for child in group.children])
        groups[group.id] = _known(group, weights)
    return WeightSet(tree, groups)
