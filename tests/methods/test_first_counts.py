from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afweging.methods.acceptability import tally_cases
from afweging.methods.first_counts import count_first
from afweging.methods.sampling import uniform_weights


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), cases=st.integers(1, 4), rivals=st.integers(1, 6))
def test_counts_are_those_of_the_whole_tally(seed: int, cases: int, rivals: int) -> None:
    """Rank 1 of the full count of ranks, ties and clones included."""
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 3, (cases, rivals, 3)) / 2
    weights = np.vstack([uniform_weights(3, draws=40, rng=rng), np.eye(3), np.full((1, 3), 1 / 3)])
    expected = [found.rank_counts[:, 0].tolist() for found in tally_cases(values, weights)]
    assert count_first(values, weights).tolist() == expected


def test_almost_as_high_is_as_high() -> None:
    """Within the tolerance of scores, and no further."""
    values = np.array([[[0.5], [0.5 - 9e-10], [0.5 - 2e-9]]])
    assert count_first(values, np.ones((7, 1))).tolist() == [[7, 7, 0]]


@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_what_is_no_number_is_refused(broken: float) -> None:
    """In values and in weights."""
    with pytest.raises(ValueError, match="finite"):
        count_first(np.array([[[broken]]]), np.ones((1, 1)))
    with pytest.raises(ValueError, match="finite"):
        count_first(np.ones((1, 1, 1)), np.array([[broken]]))
