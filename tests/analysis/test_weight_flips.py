from __future__ import annotations

import numpy as np
import pytest

from afweging.analysis.weight_flips import find_weight_flip, over_all

NODES = ("a", "b", "c", "d")


@pytest.mark.parametrize("seed", range(4))
def test_all_three_do_it_and_each_is_least_in_its_own_measure(seed: int) -> None:
    """The weights of each fit; by its own measure none of the other two is nearer."""
    rng = np.random.default_rng(seed)
    for _ in range(30):
        gains, weights = rng.uniform(-1, 1, (2, 4)) - 0.2, rng.dirichlet(np.ones(4))
        found = find_weight_flip(NODES, gains, weights)
        assert (found.after is None) == (found.largest is None) == (found.straight is None)
        if found.after is None or found.largest is None or found.straight is None:
            assert (found.moved, found.bound) == (None, None)
            continue
        changes = [
            after - weights for after in (found.after, found.largest.after, found.straight.after)
        ]
        for change in changes:
            assert (gains @ (weights + change) >= -1e-11).all()
            assert change.sum() == pytest.approx(0, abs=1e-11)
        moved, largest, straight = (
            [size(change) for change in changes]
            for size in (
                lambda change: np.abs(change).sum() / 2,
                lambda change: np.abs(change).max(),
                np.linalg.norm,
            )
        )
        assert found.moved == pytest.approx(min(moved), abs=1e-9) == found.bound
        assert found.largest.distance == pytest.approx(min(largest), abs=1e-9)
        assert found.straight.distance == pytest.approx(min(straight), abs=1e-9)
        assert found.largest.bound == pytest.approx(found.largest.distance, abs=1e-9)
        assert found.straight.bound == pytest.approx(found.straight.distance, abs=1e-9)


def test_over_all_leaves_the_option_itself_out() -> None:
    """One row for each other option, in order."""
    values = np.array([[3.0, 1.0], [2.0, 2.0], [0.0, 5.0]])
    assert over_all(values, 1).tolist() == [[-1.0, 1.0], [2.0, -3.0]]
    assert over_all(values[:1], 0).shape == (0, 2)
