"""From local weights in the value tree to global weights, for the tree and for profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.weighting import (
    normalise,
    rank_order_centroid,
    rank_reciprocal,
    rank_sum,
)
from afweging.model.criterion import Criterion, Group, criteria_under

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from afweging.model.preference import Profile

    FloatArray = NDArray[np.float64]

# how the numbers of a profile become weights; every other method gives weights as such
METHODS: Mapping[str, Callable[[FloatArray], FloatArray]] = {
    "rank-order-centroid": rank_order_centroid,
    "rank-sum": rank_sum,
    "rank-reciprocal": rank_reciprocal,
}


def local_weights(tree: Group, profile: Profile | None) -> dict[str, float]:
    """Return the local weight of every node but the root, adding up to 1 among siblings."""
    given = {} if profile is None else {group: dict(w) for group, w in profile.weights}
    method = METHODS.get(profile.method, normalise) if profile else normalise
    weights: dict[str, float] = {}
    _descend(tree, given, method, weights)
    return weights


def _descend(
    group: Group,
    given: Mapping[str, Mapping[str, float]],
    method: Callable[[FloatArray], FloatArray],
    weights: dict[str, float],
) -> None:
    own = given.get(group.id)
    numbers = np.array([own[c.id] if own else c.weight for c in group.children])
    local = method(numbers) if own else normalise(numbers)
    for child, weight in zip(group.children, local.tolist(), strict=True):
        weights[child.id] = weight
        if isinstance(child, Group):
            _descend(child, given, method, weights)


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
    local = local_weights(tree, profile)
    found: list[float] = []

    def collect(node: Group | Criterion, weight: float) -> None:
        if isinstance(node, Criterion):
            found.append(weight)
            return
        for child in node.children:
            collect(child, weight * local[child.id])

    collect(tree, 1.0)
    return np.array(found)


def members(tree: Group, nodes: tuple[Group | Criterion, ...]) -> NDArray[np.bool_]:
    """Return which criteria lie under each node, shape (nodes, C)."""
    order = [criterion.id for criterion in criteria_under(tree)]
    rows = np.zeros((len(nodes), len(order)), dtype=bool)
    for row, node in zip(rows, nodes, strict=True):
        under = {criterion.id for criterion in criteria_under(node)}
        row[:] = [name in under for name in order]
    return rows
