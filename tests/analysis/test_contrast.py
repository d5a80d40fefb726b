from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.random_problems import leaf, plain_problem, random_problem

from afweging.analysis.contrast import contrast
from afweging.methods.contrast import critic_weights, entropy_weights
from afweging.model.criterion import Ordinal

CRITERIA = (leaf("a", 60, worst=0, best=10), leaf("b", 40, worst=100, best=0))


def test_the_mean_effects_decide_and_nothing_else() -> None:
    """Both rules see the mean effects over the cases, whatever the weights of the tree."""
    rows = [[[1, 10], [2, 90]], [[3, 30], [8, 70]]]
    found = contrast(plain_problem(rows, CRITERIA))
    means = np.array([[2.0, 20.0], [5.0, 80.0]])
    assert found.entropy == pytest.approx(entropy_weights(means))
    upward = np.array([True, False])
    expected = critic_weights(means, higher_is_better=upward)
    assert expected is not None
    assert found.critic == pytest.approx(expected)


def test_a_gap_leaves_no_contrast() -> None:
    """Where an effect is missing nothing is computed, and that is said."""
    found = contrast(plain_problem([[[1, 10], [float("nan"), 90]]], CRITERIA))
    assert found.gaps
    assert np.isnan(found.entropy).all()
    assert np.isnan(found.critic).all()


def test_effects_below_zero_have_no_entropy() -> None:
    """A criterion with a mean effect below 0 gets no entropy weight; the others share the whole."""
    criteria = (leaf("a", 60, worst=-10, best=10), leaf("b", 40, worst=0, best=100))
    found = contrast(plain_problem([[[-3, 10], [2, 90]]], criteria))
    assert np.isnan(found.entropy[0])
    assert found.entropy[1] == pytest.approx(1)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_counted_adds_up(seed: int) -> None:
    """Weights of the criteria that a rule counts add up to 1; classes are never counted."""
    problem = random_problem(seed)
    found = contrast(problem)
    if found.gaps:
        return
    classes = [isinstance(c.value_function, Ordinal) for c in problem.criteria]
    for weights in (found.entropy, found.critic):
        assert np.isnan(weights[classes]).all()
        if not np.isnan(weights).all():
            assert np.nansum(weights) == pytest.approx(1)
