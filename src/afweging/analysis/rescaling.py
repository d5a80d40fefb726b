"""Weights that were given for other ranges than the scales have now, rescaled exactly.

A weight stands for the swing from worst to best. When the swing changes its size by a factor k in
value, so does its weight; all differences between options then keep their proportions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.answers import answers_about, step_gain
from afweging.model.criterion import Criterion, Linear, criteria_under, groups_under

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.model.criterion import Group
    from afweging.model.preference import Profile, SwingRange


def changed_ranges(tree: Group, profile: Profile) -> tuple[SwingRange, ...]:
    """Return the ranges that weights were given for and scales under `tree` have no longer."""
    now = {criterion.id: criterion for criterion in criteria_under(tree)}
    return tuple(
        each
        for each in profile.ranges
        if each.criterion in now
        and (each.worst, each.best) != (now[each.criterion].worst, now[each.criterion].best)
    )


def stretch_of(criterion: Criterion, given: SwingRange) -> float:
    """Return k: the new swing in units of value of the old one.

    On a straight value function k = (best - worst) / (old best - old worst). On a bent one the
    old swing is looked up on the function as it is now, which has to be the same function, and k
    is one over its gain; `check` refuses profiles for which that cannot be done.

    Examples
    --------
    >>> from afweging.model.preference import SwingRange
    >>> from afweging.model.text import Text
    >>> criterion = Criterion("rent", Text("huur"), 1, Text("euro"), "min", 900, 500, Linear(),
    ...                       "error", "assumption")
    >>> stretch_of(criterion, SwingRange("rent", 800, 600))
    2.0
    """
    if isinstance(criterion.value_function, Linear):
        return (criterion.best - criterion.worst) / (given.best - given.worst)
    return 1 / step_gain(criterion, given.worst, given.best)


def rescaled(tree: Group, profile: Profile, local: Mapping[str, float]) -> dict[str, float]:
    """Return the local weights that mean the same on the scales of now.

    The law w'_j = w_j k_j / sum w_l k_l, applied up the tree. Groups that the profile says
    nothing about keep the weights of the tree, which are for its scales; only what they count
    for higher up changes.

    Parameters
    ----------
    local : mapping
        The local weight of every node but the root, as given for the old ranges.

    References
    ----------
    Keeney and Raiffa (1976), Decisions with Multiple Objectives, section 3.6: scaling constants
    change with the references.
    """
    now = {criterion.id: criterion for criterion in criteria_under(tree)}
    factors = {
        each.criterion: stretch_of(now[each.criterion], each)
        for each in changed_ranges(tree, profile)
    }
    spoken = {group.id for group in groups_under(tree) if answers_about(profile, group).given}
    found = dict(local)
    _rescale(tree, factors, spoken, found)
    return found


def _rescale(
    node: Group | Criterion,
    factors: Mapping[str, float],
    spoken: set[str],
    local: dict[str, float],
) -> float:
    """Rescale the weights under `node` and return the factor of its own swing."""
    if isinstance(node, Criterion):
        return factors.get(node.id, 1.0)
    grown = {child.id: _rescale(child, factors, spoken, local) for child in node.children}
    if node.id not in spoken:
        # these weights are for the scales of now: on the old ones they were w / k
        return 1 / sum(local[name] / factor for name, factor in grown.items())
    total = sum(local[name] * factor for name, factor in grown.items())
    for name, factor in grown.items():
        local[name] *= factor / total
    return total
