"""From local weights in the value tree to global weights, for the tree and for profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.answers import answers_about
from afweging.analysis.elicitation import group_weights
from afweging.analysis.rescaling import rescaled
from afweging.errors import Fault, PreferenceError
from afweging.methods.weighting import normalise
from afweging.model.criterion import Criterion, Group, criteria_under, groups_under

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from afweging.model.preference import Profile
    from afweging.model.problem import DecisionProblem

    FloatArray = NDArray[np.float64]


def local_weights(tree: Group, profile: Profile | None) -> dict[str, float]:
    """Return the local weight of every node but the root, adding up to 1 among siblings.

    What a profile says nothing about keeps the weight of the tree. Weights given for other
    ranges than the scales have now are rescaled where the profile asks for it.
    """
    weights: dict[str, float] = {}
    for group in groups_under(tree):
        found = _group_weights(group, profile)
        weights |= {c.id: w for c, w in zip(group.children, found.tolist(), strict=True)}
    return rescaled(tree, profile, weights) if profile and profile.rescale else weights


def _group_weights(group: Group, profile: Profile | None) -> FloatArray:
    answers = None if profile is None else answers_about(profile, group)
    if answers is None or not answers.given:
        return normalise(np.array([child.weight for child in group.children]))
    return group_weights(answers)


def global_weights(tree: Group, profile: Profile | None = None) -> FloatArray:
    """Return the weight of every criterion, shape (C,): the product along its path.

    Examples
    --------
    >>> from afweging.model.text import Text
    >>> def leaf(name, weight):
    ...     from afweging.model.criterion import Linear
    ...     return Criterion(name, Text(name), weight, Text("x"), "max", 0, 1, Linear(), "error",
    ...                      "assumption")
    >>> lens = Group("wonen", Text("wonen"), 60, (leaf("a", 75), leaf("b", 25)))
    >>> global_weights(Group("doel", Text("doel"), 1, (lens, leaf("c", 40)))).round(6)
    array([0.45, 0.15, 0.4 ])
    """
    return multiply_along_paths(tree, local_weights(tree, profile))


def multiply_along_paths(
    node: Group | Criterion, local: Mapping[str, float] | Mapping[str, FloatArray]
) -> FloatArray:
    """Return the weights of the criteria under a node as products of local weights.

    Returns
    -------
    ndarray of shape (C,), or (K, C) of local weights of shape (K,)
    """
    found: list[FloatArray] = []

    def collect(part: Group | Criterion, weight: FloatArray | float) -> None:
        if isinstance(part, Criterion):
            found.append(np.asarray(weight, dtype=np.float64))
            return
        for child in part.children:
            collect(child, weight * local[child.id])

    collect(node, 1.0)
    return np.stack(found, axis=-1)


def panel_weights(problem: DecisionProblem) -> FloatArray:
    """Return the weights of every profile that has any, shape (P, C).

    Raises
    ------
    PreferenceError
        When answers cannot hold together: the smallest such set of every group and profile.
    """
    rows: list[FloatArray] = []
    faults: list[Fault] = []
    for profile in problem.panel:
        try:
            rows.append(global_weights(problem.tree, profile))
        except PreferenceError as error:
            faults += error.faults
    if faults:
        raise PreferenceError(faults)
    return np.array(rows).reshape(len(rows), len(problem.criteria))


def lens_shares(tree: Group, profile: Profile | None = None) -> FloatArray:
    """Return the weight of each criterion within its lens, shape (L, C); 0 in the other lenses."""
    return node_shares(tree, tree.children, profile)


def node_shares(
    tree: Group, nodes: Sequence[Group | Criterion], profile: Profile | None = None
) -> FloatArray:
    """Return the weight of each criterion within each node, shape (nodes, C); 0 outside it."""
    local = local_weights(tree, profile)
    under = members(tree, nodes)
    shares = np.zeros(under.shape)
    for row, node, inside in zip(shares, nodes, under, strict=True):
        row[inside] = multiply_along_paths(node, local)
    return shares


def members(tree: Group, nodes: Sequence[Group | Criterion]) -> NDArray[np.bool_]:
    """Return which criteria lie under each node, shape (nodes, C)."""
    order = [criterion.id for criterion in criteria_under(tree)]
    rows = np.zeros((len(nodes), len(order)), dtype=bool)
    for row, node in zip(rows, nodes, strict=True):
        under = {criterion.id for criterion in criteria_under(node)}
        row[:] = [name in under for name in order]
    return rows
