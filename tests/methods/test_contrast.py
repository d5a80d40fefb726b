from __future__ import annotations

import numpy as np
import pytest

from afweging.methods.contrast import critic_weights, entropy_weights

UP = np.array([True, True, True])
# two identical alternatives and a constant criterion
DEGENERATE = np.array([[10.0, 5.0, 3.0], [10.0, 5.0, 3.0], [20.0, 5.0, 1.0], [15.0, 5.0, 2.0]])


def _critic(effects: np.ndarray, up: np.ndarray = UP) -> np.ndarray:
    found = critic_weights(effects, higher_is_better=up)
    assert found is not None
    return found


def test_a_constant_criterion_gets_nothing() -> None:
    """Neither method gives weight to a criterion on which all alternatives are the same."""
    entropy = entropy_weights(DEGENERATE)
    assert entropy is not None
    assert entropy == pytest.approx([0.3691243521, 0, 0.6308756479], abs=1e-9)
    assert entropy[1] == 0
    assert _critic(DEGENERATE)[1] == 0
    assert _critic(DEGENERATE).sum() == pytest.approx(1)


def test_a_constant_criterion_changes_nothing_for_others() -> None:
    """CRITIC weights of the others are the same with and without a constant criterion."""
    effects = np.random.default_rng(1).uniform(1, 9, (6, 3))
    wider = np.insert(effects, 1, 4.0, axis=1)
    found = _critic(wider, np.array([True, False, True, True]))
    assert np.delete(found, 1) == pytest.approx(_critic(effects), rel=1e-12)


def test_rounding_noise_is_constant() -> None:
    """0.1 + 0.2 beside 0.3 is a constant column, not a difference to be blown up."""
    effects = np.array([[0.1 + 0.2, 1.0, 4.0], [0.3, 2.0, 1.0], [0.3, 5.0, 2.0]])
    entropy = entropy_weights(effects)
    assert entropy is not None
    assert entropy[0] == 0
    assert _critic(effects)[0] == 0


def test_direction_counts_for_critic() -> None:
    """A cost that falls where benefits rise is no conflict: turning it round changes weights."""
    effects = np.array([[61.0, 1.08, 4.33], [20.7, 0.26, 4.34], [9.0, 3.29, 1.65], [4.0, 4.1, 1.2]])
    down = np.array([True, True, False])
    turned = effects * np.where(down, 1, -1)
    assert _critic(effects, down) == pytest.approx(_critic(turned), rel=1e-12)
    assert _critic(effects, down) != pytest.approx(_critic(effects), rel=0.05)
    assert _critic(effects, ~UP) == pytest.approx(_critic(effects), rel=1e-12)


def test_order_of_rows_and_columns_does_not_matter() -> None:
    """Permuting criteria permutes both weights; permuting alternatives changes nothing."""
    effects = np.random.default_rng(2).uniform(1, 9, (6, 3))
    for method in (entropy_weights, _critic):
        base = method(effects)
        assert base is not None
        permuted = method(effects[[3, 0, 5, 1, 2, 4]][:, [2, 0, 1]])
        assert permuted == pytest.approx(base[[2, 0, 1]], rel=1e-12)


def test_units_do_not_matter() -> None:
    """Other units change neither weight; another zero changes entropy weights, as documented."""
    effects = np.random.default_rng(3).uniform(1, 9, (6, 3))
    scaled = effects * np.array([1000.0, 0.01, 3.0])
    assert entropy_weights(scaled) == pytest.approx(entropy_weights(effects), rel=1e-9)
    assert _critic(scaled + 7) == pytest.approx(_critic(effects), rel=1e-9)
    assert entropy_weights(effects + 7) != pytest.approx(entropy_weights(effects), rel=0.01)


def test_data_that_say_nothing_give_nothing() -> None:
    """All constant, one alternative, or only criteria that run together: None, never NaN."""
    assert entropy_weights(np.full((3, 2), 4.0)) is None
    assert entropy_weights(np.array([[4.0, 2.0]])) is None
    assert entropy_weights(np.zeros((3, 2))) is None
    assert critic_weights(np.full((3, 3), 4.0), higher_is_better=UP) is None
    together = np.array([[1.0, 2.0, 10.0], [2.0, 4.0, 20.0], [5.0, 10.0, 50.0]])
    assert critic_weights(together, higher_is_better=UP) is None


def test_zero_is_a_share_like_any_other() -> None:
    """An effect of 0 counts as nothing in the entropy, without a warning or NaN."""
    found = entropy_weights(np.array([[0.0, 1.0], [4.0, 1.0], [0.0, 2.0]]))
    assert found is not None
    # a column with one number other than 0 has entropy 0
    assert found[0] / found[1] == pytest.approx(1 / (1 - 1.0397207708 / np.log(3)))


def test_malformed_effects_are_refused() -> None:
    """Negative effects have no shares; NaN, a flat array and a missing direction are refused."""
    with pytest.raises(ValueError, match="0 or more"):
        entropy_weights(np.array([[1.0, -2.0], [3.0, 4.0]]))
    for effects in (np.array([[np.nan, 1.0]]), np.ones(3), np.ones((0, 2))):
        with pytest.raises(ValueError, match="shape"):
            entropy_weights(effects)
        with pytest.raises(ValueError, match="shape"):
            critic_weights(effects, higher_is_better=UP)
    with pytest.raises(ValueError, match="direction"):
        critic_weights(np.ones((3, 2)), higher_is_better=UP)
