"""How far one weight can go before another option comes first, or any two change places.

Per lens, group within a lens, and criterion. The weight that varies is the share of all weight
that the node has, and all weights outside the node keep their proportions to each other, as do
those inside it. Where the node has all weight there are no such proportions: what it gives up
then goes to its siblings in equal parts, and `split_equally` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.analysis.compare import find_profile
from afweging.analysis.screening import admissible_options, require_effects
from afweging.analysis.weights import members, node_shares
from afweging.methods.aggregation import ordered_sum
from afweging.methods.stability import Interval, first_beside, order_interval, winner_interval
from afweging.model.criterion import Criterion, Group, criteria_under, groups_under

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

NO_WEIGHT = 1e-9  # less than this outside a node has no proportions
EQUAL = 12  # decimals to which distances are equal


@dataclass(frozen=True, slots=True)
class NodeStability:
    """Between which weights of one node the winner and the whole order stay.

    `weight` is its share of all weight now. `winner` is where all who are first now stay first;
    its ends name the options that catch up with them. `below` and `above` are first just outside
    it, and empty where it reaches 0 or 1. `order` is where no two options change places; its ends
    name pairs, first the one that is ahead inside.
    """

    node: str
    kind: Literal["lens", "group", "criterion"]
    weight: float
    winner: Interval[str]
    below: tuple[str, ...]
    above: tuple[str, ...]
    order: Interval[tuple[str, str]]
    split_equally: bool

    @property
    def distance(self) -> float:
        """How far the weight has to go for another winner; infinite where none takes over."""
        return _distance(self.weight, self.winner.low, self.winner.high)

    @property
    def order_distance(self) -> float:
        """How far the weight has to go for another order; infinite where it always stays."""
        return _distance(self.weight, self.order.low, self.order.high)


def _distance(weight: float, low: float, high: float) -> float:
    """Return how far a weight is from the nearest end beyond which there are other weights."""
    down = weight - low if low > 0 else np.inf
    up = high - weight if high < 1 else np.inf
    return round(min(down, up), EQUAL)


@dataclass(frozen=True, slots=True)
class Stability:
    """Who is first now, and how far the weight of each node can go.

    `nodes` holds every node outside of which there is weight to shift, the one whose weight needs
    the smallest change for another winner first, and equals in the order of the tree.
    `most_sensitive` are the ids of those that need the smallest change of all;
    `most_sensitive_order` the same for any change in the order. Both are empty where no weight
    changes anything.
    """

    winners: tuple[str, ...]
    nodes: tuple[NodeStability, ...]
    most_sensitive: tuple[str, ...]
    most_sensitive_order: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Splits:
    """Scores split in two per node: with all weight on the node, and with all weight outside it.

    `nodes` are those of N nodes asked about that have criteria outside them.
    """

    nodes: tuple[Group | Criterion, ...]
    weights: FloatArray  # (N,), share of all weight
    parts: FloatArray  # (N, A), in [0, 1]
    rests: FloatArray  # (N, A), in [0, 1]
    split_equally: tuple[bool, ...]


def find_stability(comparison: Comparison) -> Stability:
    """Return between which weights of each lens, group and criterion the answer stays.

    Raises
    ------
    RequestError
        When effects are missing.

    References
    ----------
    Mareschal (1988), Weight stability intervals in multicriteria decision aid, EJOR 33(1).
    """
    require_effects(comparison)
    field = _Field.of(comparison)
    splits = split_scores(comparison, tuple(_nodes_under(comparison.problem.tree)))
    nodes = [_node_stability(field, splits, n) for n in range(len(splits.nodes))]
    return Stability(
        winners=comparison.first.overall.alternatives,
        nodes=tuple(sorted(nodes, key=lambda each: each.distance)),
        most_sensitive=_nearest({each.node: each.distance for each in nodes}),
        most_sensitive_order=_nearest({each.node: each.order_distance for each in nodes}),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Field:
    """The options that take part, by id, and by place among all options; `first` among them."""

    names: tuple[str, ...]
    allowed: NDArray[np.bool_]
    first: tuple[int, ...]
    lenses: tuple[Group | Criterion, ...]

    @classmethod
    def of(cls, comparison: Comparison) -> _Field:
        names = admissible_options(comparison)
        first = tuple(names.index(name) for name in comparison.first.overall.alternatives)
        return cls(names, np.array(comparison.admissible), first, comparison.problem.tree.children)

    def ids(self, places: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.names[a] for a in places)


def _node_stability(field: _Field, splits: Splits, n: int) -> NodeStability:
    node, at = splits.nodes[n], float(splits.weights[n])
    part, rest = splits.parts[n][field.allowed], splits.rests[n][field.allowed]
    winner = winner_interval(part, rest, at=at, incumbents=field.first)
    order = order_interval(part, rest, at=at)
    below = first_beside(part, rest, at=winner.low, side=-1) if winner.low > 0 else ()
    above = first_beside(part, rest, at=winner.high, side=1) if winner.high < 1 else ()
    return NodeStability(
        node=node.id,
        kind=_kind(node, field.lenses),
        weight=at,
        winner=Interval(
            winner.low, winner.high, field.ids(winner.at_low), field.ids(winner.at_high)
        ),
        below=field.ids(below),
        above=field.ids(above),
        order=Interval(
            order.low,
            order.high,
            tuple((field.names[a], field.names[b]) for a, b in order.at_low),
            tuple((field.names[a], field.names[b]) for a, b in order.at_high),
        ),
        split_equally=splits.split_equally[n],
    )


def _kind(
    node: Group | Criterion, lenses: tuple[Group | Criterion, ...]
) -> Literal["lens", "group", "criterion"]:
    if isinstance(node, Criterion):
        return "criterion"
    return "lens" if node in lenses else "group"


def _nodes_under(group: Group) -> Iterator[Group | Criterion]:
    """Yield all nodes under a group, parents before children."""
    for child in group.children:
        yield child
        if isinstance(child, Group):
            yield from _nodes_under(child)


def _nearest(distances: Mapping[str, float]) -> tuple[str, ...]:
    least = min(distances.values(), default=np.inf)
    return tuple(node for node, each in distances.items() if each == least < np.inf)


def split_scores(comparison: Comparison, nodes: Sequence[Group | Criterion]) -> Splits:
    """Return the scores of all options with all weight on each node, and with none on it.

    The expected score at weight t of a node is t times its part plus 1 - t times its rest. Nodes
    that hold every criterion are left out: there is nothing to shift weight to.
    """
    problem = comparison.problem
    profile = find_profile(problem, comparison.request.profile)
    under = members(problem.tree, nodes)  # (N, C)
    kept = ~under.all(axis=1)
    nodes = [nodes[n] for n in np.flatnonzero(kept).tolist()]
    outside = np.where(under[kept], 0.0, comparison.weights.criteria)  # (N, C)
    left = ordered_sum(outside)
    equally = left <= NO_WEIGHT
    outside /= np.where(equally, 1.0, left)[:, None]
    for n in np.flatnonzero(equally).tolist():
        siblings = node_shares(problem.tree, _siblings(problem.tree, nodes[n]), profile)
        outside[n] = ordered_sum(siblings, axis=0) / len(siblings)
    means = comparison.scores.means.low[None, :, :]  # (1, A, C)
    shares = node_shares(problem.tree, nodes, profile)
    weights = ordered_sum(np.where(under[kept], comparison.weights.criteria, 0.0))
    return Splits(
        nodes=tuple(nodes),
        weights=weights.clip(0, 1),
        parts=ordered_sum(means * shares[:, None, :]),
        rests=ordered_sum(means * outside[:, None, :]),
        split_equally=tuple(equally.tolist()),
    )


def _siblings(tree: Group, node: Group | Criterion) -> list[Group | Criterion]:
    """Return the siblings of a node; of the nearest node above it that has any, if it has none."""
    found: list[Group | Criterion] = []
    group = tree
    while group.id != node.id:
        inside = next(child for child in group.children if _holds(child, node.id))
        found = [child for child in group.children if child is not inside] or found
        if not isinstance(inside, Group):
            break
        group = inside
    return found


def _holds(node: Group | Criterion, name: str) -> bool:
    return any(each.id == name for each in groups_under(node)) or any(
        each.id == name for each in criteria_under(node)
    )
