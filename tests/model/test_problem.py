from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.random_problems import random_problem


def test_effects_cannot_be_written_to() -> None:
    """No array of the effects takes a new number."""
    effects = random_problem(1).effects
    for name in effects.__slots__:
        with pytest.raises(ValueError, match="read-only"):
            getattr(effects, name)[0, 0, 0] = 0


def test_cases_are_the_product_of_the_axes() -> None:
    """There are as many cases as rows of effects, horizons running fastest."""
    problem = random_problem(1)
    assert len(problem.cases) == len(problem.effects.mode) == 12
    assert problem.cases[:3] == (("S1", "R1", "H1"), ("S1", "R1", "H2"), ("S1", "R2", "H1"))


def test_criteria_are_the_leaves_in_order() -> None:
    """Criteria come from the tree at any depth, also right under the root."""
    problem = random_problem(1)
    assert [criterion.id for criterion in problem.criteria] == ["C1", "C2", "C3", "C4", "C5", "C6"]
    assert np.shape(problem.effects.mode)[2] == 6
