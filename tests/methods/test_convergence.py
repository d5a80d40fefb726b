from __future__ import annotations

import numpy as np
import pytest

from afweging.methods.convergence import effective_sample_size, split_r_hat


def test_independent_draws_are_worth_themselves() -> None:
    """Independent draws have R-hat 1 and an effective size near their number."""
    draws = np.random.default_rng(1).normal(size=(4, 2000, 3))
    assert split_r_hat(draws) == pytest.approx([1, 1, 1], abs=0.003)
    assert effective_sample_size(draws) == pytest.approx([8000] * 3, rel=0.1)


@pytest.mark.parametrize("memory", [0.5, 0.9])
def test_dependent_draws_are_worth_less(memory: float) -> None:
    """Draws with autocorrelation m^t are worth (1 - m) / (1 + m) of their number."""
    rng = np.random.default_rng(2)
    draws = np.zeros((4, 20_000))
    for at in range(1, 20_000):
        draws[:, at] = memory * draws[:, at - 1] + rng.normal(size=4)
    expected = 80_000 * (1 - memory) / (1 + memory)
    assert effective_sample_size(draws) == pytest.approx(expected, rel=0.1)


def test_chains_that_differ_or_drift_are_seen() -> None:
    """One chain elsewhere, and chains that move alike all the time, have a high R-hat."""
    draws = np.random.default_rng(3).normal(size=(4, 1000))
    apart = draws + np.array([0, 0, 0, 2.0])[:, None]
    drifting = draws + np.linspace(0, 3, 1000)
    assert split_r_hat(apart) > 1.2
    assert split_r_hat(drifting) > 1.2
    assert effective_sample_size(apart) < 50


def test_a_constant_is_certain() -> None:
    """A quantity that never varies has R-hat 1 and is worth all its draws, without NaN."""
    draws = np.full((2, 10, 2), 0.25)
    assert split_r_hat(draws).tolist() == [1, 1]
    assert effective_sample_size(draws).tolist() == [20, 20]


def test_too_few_draws_are_refused() -> None:
    """With three draws a chain has no two halves."""
    for function in (split_r_hat, effective_sample_size):
        with pytest.raises(ValueError, match="four draws"):
            function(np.zeros((2, 3)))
