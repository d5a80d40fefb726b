from __future__ import annotations

import numpy as np
import pytest

from afweging.methods.tipping import tipping_weight


def _difference(weight: float, values: np.ndarray, weights: np.ndarray) -> float:
    """Return the difference with the first weight moved and the others in proportion."""
    rest = weights[1:] / weights[1:].sum() * (1 - weight)
    return float(weight * values[0] + rest @ values[1:])


@pytest.mark.parametrize("seed", range(20))
def test_tip_is_the_only_crossing(seed: int) -> None:
    """At the tip the two tie and just before they do not; without a tip a grid shows no zero."""
    rng = np.random.default_rng(seed)
    values, weights = rng.uniform(-1, 1, 4), rng.dirichlet(np.ones(4))
    now = _difference(weights[0], values, weights)
    tip = tipping_weight(now, float(values[0]), float(weights[0]))
    grid = [_difference(t, values, weights) for t in np.linspace(0, 1, 201)]
    if tip is None:
        assert min(grid) > 0 or max(grid) < 0
        return
    assert _difference(tip, values, weights) == pytest.approx(0, abs=1e-12)
    before = tip + 0.01 * (weights[0] - tip)
    assert np.sign(_difference(before, values, weights)) == np.sign(now)


def test_all_the_weight_already_has_no_tip() -> None:
    """With all the weight on the part, also within rounding, others cannot be rescaled."""
    assert tipping_weight(0.3, -0.2, 1.0) is None
    assert tipping_weight(0.3, -0.2, 1 - 2e-16) is None


def test_equal_everywhere_has_no_tip() -> None:
    """Where the part differs as much as the rest, no weight makes a difference, noise aside."""
    assert tipping_weight(0.2, 0.2, 0.4) is None
    assert tipping_weight(1e-17, 0.0, 0.25) is None


def test_tip_at_an_end_survives_rounding() -> None:
    """A tip at weight 0 or 1 is found though rounding puts it just outside."""
    assert tipping_weight(0.3 * 0.1, 0.1, 0.3) == 0
    assert tipping_weight(0.7 * 0.1 + 1e-17, 0.0, 0.3) == 1


def test_part_without_weight_can_tip() -> None:
    """A part that does not count now tips at the weight at which it outbids the rest."""
    assert tipping_weight(0.1, -0.3, 0.0) == pytest.approx(0.25)
