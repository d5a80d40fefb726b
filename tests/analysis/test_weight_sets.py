from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.analysis.random_problems import Shape, leaf, random_problem, text
from tests.analysis.test_undecided import corners, nested, order, statements

from afweging.analysis.elicitation import elicit
from afweging.analysis.weight_sets import KINDS, WeightSet, answered_set, weight_set
from afweging.analysis.weights import global_weights, local_weights
from afweging.errors import RequestError
from afweging.model.criterion import Criterion, Group, groups_under
from afweging.model.preference import SwingRange

FloatArray = NDArray[np.float64]

SEEDS = range(8)
INNER = Group("g", text("g"), 60.0, (leaf("c", 3.0), leaf("d", 1.0)))
TREE = Group("doel", text("doel"), 1.0, (leaf("a", 40.0), INNER))


def _rng(seed: int = 5) -> np.random.Generator:
    return np.random.default_rng(seed)


def _local(weights: WeightSet, draws: int = 4000) -> dict[str, FloatArray]:
    return weights.draw_local(draws, _rng())


def test_all_weights_of_a_group_are_possible() -> None:
    """Each group is drawn evenly and apart, so that a lens has no more weight for its criteria."""
    local = _local(weight_set(TREE, None, "all"))
    for node in ("a", "g", "c", "d"):
        assert np.quantile(local[node], [0.25, 0.5, 0.75]) == pytest.approx(
            [0.25, 0.5, 0.75], abs=0.03
        )
    assert abs(np.corrcoef(local["a"], local["c"])[0, 1]) < 0.06


def test_only_the_lenses_vary() -> None:
    """Within a lens the weights are those of the tree."""
    local = _local(weight_set(TREE, None, "lenses"))
    assert local["a"].std() > 0.2
    assert (local["c"] == 0.75).all()


def test_order_keeps_the_order_of_now() -> None:
    """The lens weighs more than the criterion beside it, and c more than d, in each draw."""
    local = _local(weight_set(TREE, None, "order"))
    assert (local["g"] >= local["a"]).all()
    assert (local["c"] >= local["d"]).all()
    assert local["c"].mean() == pytest.approx(0.75, abs=0.01)


def test_equal_weights_are_not_put_in_order() -> None:
    """Two parts with the same weight can both be the larger."""
    tree = Group("doel", text("doel"), 1.0, (leaf("a"), leaf("b"), leaf("c", 0.5)))
    local = _local(weight_set(tree, None, "order"))
    assert 0.45 < (local["a"] > local["b"]).mean() < 0.55
    assert (np.minimum(local["a"], local["b"]) >= local["c"] - 1e-12).all()


def test_near_stays_within_the_factor() -> None:
    """Each weight within its group is from two thirds to three halves of what it is now."""
    weights = weight_set(TREE, None, "near")
    local = _local(weights)
    now = local_weights(TREE, None)
    for node, drawn in local.items():
        assert drawn.min() >= now[node] / 1.5 - 1e-12
        assert drawn.max() <= now[node] * 1.5 + 1e-12
    wider = _local(weight_set(TREE, None, "near", factor=3.0))
    assert wider["d"].min() < now["d"] / 1.5


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "answers"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_weights_of_now_are_possible(seed: int, kind: str) -> None:
    """The weights of the tree fit the rows, and so does every draw."""
    tree = random_problem(seed, Shape()).tree
    weights = weight_set(tree, None, kind)  # type: ignore[arg-type]
    rows = weights.criterion_rows()
    assert (rows @ global_weights(tree) >= -1e-12).all()
    drawn = weights.draw(200, _rng(seed))
    assert drawn.sum(axis=1) == pytest.approx(1, abs=1e-12)
    assert (drawn @ rows.T >= -1e-9).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_answers_are_the_weights_that_fit(seed: int) -> None:
    """Every combination of extreme points of the groups fits the rows; scores are extreme there."""
    problem, profile = nested(seed)
    weights = weight_set(problem.tree, profile, "answers")
    every = np.array(list(corners(problem.tree, profile)))
    assert (every @ weights.criterion_rows().T >= -1e-9).all()
    values = _rng(seed).uniform(-1, 1, (3, every.shape[1]))
    low, high = weights.score_bounds(values)
    assert low == pytest.approx((every @ values.T).min(axis=0), abs=1e-12)
    assert high == pytest.approx((every @ values.T).max(axis=0), abs=1e-12)


@pytest.mark.parametrize("kind", ["all", "lenses", "order", "near"])
def test_bounds_are_those_of_the_corners(kind: str) -> None:
    """The least and greatest score are met by extreme points, one of each group."""
    tree = random_problem(3, Shape()).tree
    weights = weight_set(tree, None, kind)  # type: ignore[arg-type]
    values = _rng().uniform(0, 1, (2, 2, len(list(_leaves(tree)))))
    low, high = weights.score_bounds(values)
    groups = [weights.groups[group.id] for group in groups_under(tree)]
    scores = []
    for chosen in product(*(each.points for each in groups)):
        local: dict[str, float] = {}
        for each, point in zip(groups, chosen, strict=True):
            local |= dict(zip(each.children, point.tolist(), strict=True))
        scores.append(values @ np.array(list(_products(tree, local, 1.0))))
    assert low == pytest.approx(np.min(scores, axis=0), abs=1e-12)
    assert high == pytest.approx(np.max(scores, axis=0), abs=1e-12)


def _leaves(node: Group | Criterion) -> list[str]:
    if isinstance(node, Criterion):
        return [node.id]
    return [name for child in node.children for name in _leaves(child)]


def _products(node: Group | Criterion, local: dict[str, float], weight: float) -> list[float]:
    if isinstance(node, Criterion):
        return [weight]
    return [
        each
        for child in node.children
        for each in _products(child, local, weight * local[child.id])
    ]


def test_groups_without_answers_keep_the_weights_of_the_tree() -> None:
    """Only the root was answered about."""
    profile = statements(order("g", "a"))
    weights = answered_set(TREE, elicit(TREE, profile))
    assert not weights.lenses.is_known
    assert weights.groups["g"].is_known
    assert (_local(weights)["c"] == 0.75).all()


def test_answers_need_a_profile_with_ranges_of_now() -> None:
    """No profile, other ranges and too many parts are faults of the request."""
    with pytest.raises(RequestError, match="weights-no-answers"):
        weight_set(TREE, None, "answers")
    profile = replace(statements(order("g", "a")), ranges=(SwingRange("c", 0.0, 2.0),))
    with pytest.raises(RequestError, match="weights-other-ranges"):
        weight_set(TREE, profile, "answers")


def test_many_parts_are_not_listed() -> None:
    """Ten criteria in one group have too many extreme points between bounds."""
    tree = Group("doel", text("doel"), 1.0, tuple(leaf(f"c{n}") for n in range(10)))
    with pytest.raises(RequestError, match="weights-too-many"):
        weight_set(tree, None, "near")
    assert weight_set(tree, None, "order").lenses.points.shape[1] == 10


def test_one_criterion_has_all_weight() -> None:
    """Whatever is taken as possible."""
    tree = Group("doel", text("doel"), 1.0, (leaf("a"),))
    for kind in ("all", "lenses", "order", "near"):
        assert (weight_set(tree, None, kind).draw(3, _rng()) == 1).all()
