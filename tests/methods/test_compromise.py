from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.opinion_oracle import vikor_parts

from afweging.methods.compromise import compromise_set

UP = np.ones(3, dtype=bool)


@pytest.mark.parametrize(
    ("q", "s", "r", "expected"),
    [
        ([0.0, 0.6, 1.0], [0.1, 0.5, 0.9], [0.3, 0.2, 0.9], [0]),  # both conditions hold
        ([0.0, 0.6, 1.0], [0.2, 0.1, 0.9], [0.3, 0.2, 0.9], [0, 1]),  # not first by S or R
        ([0.0, 0.2, 1.0, 0.1], [0.1, 0.5, 0.9, 0.2], [0.1, 0.2, 0.9, 0.2], [0, 1, 3]),
        ([0.0, 0.5, 1.0], [0.1, 0.5, 0.9], [0.1, 0.2, 0.9], [0]),  # exactly 1 / (A - 1)
        ([0.1 + 0.2, 0.3, 1.3], [0.1, 0.2, 0.9], [0.2, 0.1, 0.9], [0, 1]),  # a tie but for rounding
        ([0.0, 1.0], [0.1, 0.2], [0.1, 0.2], [0]),
        ([0.0, 0.0], [0.1, 0.1], [0.2, 0.2], [0, 1]),
    ],
)
def test_the_conditions_decide_who_is_in(
    q: list[float], s: list[float], r: list[float], expected: list[int]
) -> None:
    """Advantage and stability, each of them missing, and ties."""
    found = compromise_set(np.array(q), np.array(s), np.array(r))
    assert np.flatnonzero(found).tolist() == expected


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 7))
def test_it_is_the_set_of_the_library_where_nothing_ties(seed: int, count: int) -> None:
    """scikit-criteria, on numbers without ties."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from skcriteria import mkdm
        from skcriteria.agg.vikor import VIKOR
    rng = np.random.default_rng(seed)
    x, w = rng.random((count, 3)), rng.dirichlet(np.ones(3))
    s, r, q = vikor_parts(x, UP, w)
    extra = VIKOR().evaluate(mkdm(x, [max] * 3, weights=w)).e_
    assert extra.q_k == pytest.approx(q, abs=1e-9)
    assert set(np.flatnonzero(compromise_set(q, s, r))) == set(extra.compromise_set.tolist())
