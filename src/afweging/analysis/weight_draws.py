"""Draws of the weights of criteria: from a set of possible weights, or one participant's each.

The draws do not depend on the order in which criteria or participants stand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.analysis.compare import find_profile
from afweging.analysis.weight_sets import WeightSetKind, weight_set
from afweging.errors import Fault, RequestError
from afweging.model.criterion import Group, criteria_under

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.weight_sets import WeightSet
    from afweging.model.criterion import Criterion
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

WeightKind = WeightSetKind | Literal["panel"]


@dataclass(frozen=True, slots=True, eq=False)
class WeightDraws:
    """Weights to draw from; criteria stand by the names of the branches above them.

    Attributes
    ----------
    criteria : tuple of int
        The places in the problem of the criteria, in the order in which weights are drawn.
    profiles : tuple of str
        Those of whom the weights are, sorted; empty for a set of weights.
    fixed : ndarray of shape (P, C) or None
        The weights that are drawn from, each as likely, where there are only so many.
    possible : WeightSet or None
        The weights that are drawn from where there are more.
    """

    criteria: tuple[int, ...]
    profiles: tuple[str, ...]
    fixed: FloatArray | None
    possible: WeightSet | None

    def draw(self, draws: int, rng: np.random.Generator) -> FloatArray:
        """Return draws of the weights, shape (draws, C), each adding up to 1."""
        if self.possible is not None:
            return self.possible.draw(draws, rng)
        if self.fixed is None:
            raise ValueError("there are no weights to draw from")
        return np.asarray(self.fixed[rng.integers(len(self.fixed), size=draws)])


def weight_draws(
    comparison: Comparison, kind: WeightKind, profiles: tuple[str, ...] | None = None
) -> WeightDraws:
    """Return the weights to draw from.

    Parameters
    ----------
    comparison : Comparison
        Sets of weights lie around those of its profile, or of the tree.
    kind : {"all", "lenses", "order", "near", "answers", "panel"}
        As in `weight_sets`; panel: those of the participants.
    profiles : tuple of str, optional
        The participants; by default all that have weights and are no neutral starting point.

    Raises
    ------
    RequestError
        When a participant is not known or has no weights, there is none, or as `weight_set`.
    PreferenceError
        As `weight_set`.
    """
    tree = _sorted(comparison.problem.tree)
    places = {criterion.id: c for c, criterion in enumerate(comparison.problem.criteria)}
    criteria = tuple(places[criterion.id] for criterion in criteria_under(tree))
    if kind == "panel":
        names = _participants(comparison, profiles)
        rows = {profile.id: p for p, profile in enumerate(comparison.problem.panel)}
        weights = comparison.weights.panel[[rows[name] for name in names]]
        return WeightDraws(criteria, names, weights[:, criteria], None)
    profile = find_profile(comparison.problem, comparison.request.profile)
    possible = weight_set(tree, profile, kind)
    if all(group.is_known for group in possible.groups.values()):
        return WeightDraws(criteria, (), possible.draw(1, np.random.default_rng(0)), None)
    return WeightDraws(criteria, (), None, possible)


def _sorted(tree: Group) -> Group:
    """Return the tree with the children of every group sorted by id."""
    children: list[Group | Criterion] = [
        _sorted(child) if isinstance(child, Group) else child for child in tree.children
    ]
    return replace(tree, children=tuple(sorted(children, key=lambda child: child.id)))


def _participants(comparison: Comparison, profiles: tuple[str, ...] | None) -> tuple[str, ...]:
    panel = comparison.problem.panel
    if profiles is None:
        chosen = [profile.id for profile in panel if profile.origin != "neutral"]
    else:
        chosen = list(dict.fromkeys(profiles))
    faults = _unknown(comparison, chosen)
    if not chosen:
        faults.append(Fault("no-participants"))
    if faults:
        raise RequestError(faults)
    return tuple(sorted(chosen))


def _unknown(comparison: Comparison, chosen: list[str]) -> list[Fault]:
    """Return a fault for each name of no profile, or of one without weights."""
    faults: list[Fault] = []
    for name in chosen:
        try:
            find_profile(comparison.problem, name)
        except RequestError as error:
            faults += error.faults
    return faults
