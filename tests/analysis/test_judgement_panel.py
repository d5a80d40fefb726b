from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from tests.analysis.random_problems import leaf, text

from afweging.analysis.judgement_panel import credal_order, pairs_together
from afweging.methods.pairwise import eigenvector_weights
from afweging.model.criterion import Group
from afweging.model.preference import Judgement, Profile

LENSES = ("e", "a", "w")
TREE = Group("doel", text("doel"), 1, tuple(leaf(name, 30) for name in LENSES))


def _ahp(name: str, *times: float) -> Profile:
    """Return a profile with the ratios of e to a, e to w and a to w."""
    judged = tuple(
        Judgement("ratio", *pair, times=ratio)
        for pair, ratio in zip(combinations(LENSES, 2), times, strict=False)
    )
    return Profile(name, text(name), "own", "ahp", "expert", (), judgements=judged)


def _bwm(name: str, best: str, worst: str, span: float) -> Profile:
    """Return a profile in which the third lens lies halfway the best and the worst."""
    (middle,) = set(LENSES) - {best, worst}
    judged = (
        Judgement("best", best),
        Judgement("worst", worst),
        Judgement("ratio", best, worst, times=span),
        Judgement("ratio", best, middle, times=2),
        Judgement("ratio", middle, worst, times=span / 2),
    )
    return Profile(name, text(name), "own", "bwm", "expert", (), judgements=judged)


def test_one_person_is_no_panel() -> None:
    """With fewer than two who compared all pairs there is nothing to bring together."""
    partly = _ahp("p", 2, 3)
    assert pairs_together([_ahp("o", 2, 4, 2), partly], TREE) is None
    assert credal_order([_bwm("o", "e", "w", 8)], TREE, seed=1) is None


def test_identical_people_make_all_ways_equal() -> None:
    """Two people with the same consistent answers give their weights in each of the three ways."""
    found = pairs_together([_ahp("o", 2, 4, 2), _ahp("p", 2, 4, 2)], TREE)
    assert found is not None
    for way in (found.judgements, found.geometric, found.arithmetic):
        assert way == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert found.largest == pytest.approx(0, abs=1e-12)


def test_judgements_are_averaged_geometrically() -> None:
    """The weights of the judgements are those of the matrix of geometric means, by hand."""
    found = pairs_together([_ahp("o", 2, 8, 3), _ahp("p", 8, 2, 1 / 3)], TREE)
    assert found is not None
    by_hand = np.array([[1, 4, 4], [1 / 4, 1, 1], [1 / 4, 1, 1]])
    assert found.judgements == pytest.approx(eigenvector_weights(by_hand))
    ways = np.array([found.judgements, found.geometric, found.arithmetic])
    assert found.largest == pytest.approx(np.ptp(ways, axis=0).max())
    assert np.ptp(ways, axis=0)[found.lens] == pytest.approx(found.largest)


def test_the_order_of_people_changes_nothing() -> None:
    """Permuting the people gives the same weights and the same credal order, to the last bit."""
    people = [_bwm("o", "e", "w", 8), _bwm("p", "a", "w", 4), _bwm("q", "e", "a", 6)]
    one, other = (credal_order(each, TREE, seed=3) for each in (people, people[::-1]))
    assert one is not None
    assert other is not None
    assert (one.order, one.weights, one.sure) == (other.order, other.weights, other.sure)
    pairs = [_ahp("o", 2, 8, 3), _ahp("p", 8, 2, 1 / 3), _ahp("q", 1, 5, 4)]
    first, second = (pairs_together(each, TREE) for each in (pairs, pairs[::-1]))
    assert first is not None
    assert second is not None
    assert first.judgements.tolist() == second.judgements.tolist()
    assert first.geometric.tolist() == second.geometric.tolist()


def test_people_of_one_mind_make_the_order_sure() -> None:
    """Six people with the same answers put e before a before w with great certainty."""
    found = credal_order([_bwm(f"p{n}", "e", "w", 8) for n in range(6)], TREE, seed=1)
    assert found is not None
    assert found.order == (0, 1, 2)
    assert min(found.sure) > 0.9
    assert sum(found.weights) == pytest.approx(1)
