from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afweging.methods.sobol import grouped_indices
from afweging.methods.variance_decomposition import gap_variance

FloatArray = np.ndarray


def _ishigami(x: FloatArray) -> FloatArray:
    z = np.pi * (2 * x - 1)
    wave = 0.1 * z[:, 2] ** 4 * np.sin(z[:, 0])
    return np.asarray(np.sin(z[:, 0]) + 7 * np.sin(z[:, 1]) ** 2 + wave)


def _ishigami_terms() -> tuple[float, float, float]:
    """Return the partial variances V1, V2, V13: Ishigami and Homma (1990), a = 7, b = 0.1."""
    b = 0.1
    v1 = 0.5 * (1 + b * np.pi**4 / 5) ** 2
    return v1, 7**2 / 8, b**2 * np.pi**8 * (1 / 18 - 1 / 50)


def test_the_function_of_ishigami() -> None:
    """Its analytic first-order and total indices, each input on its own."""
    v1, v2, v13 = _ishigami_terms()
    total = v1 + v2 + v13
    found = grouped_indices(_ishigami, (1, 1, 1), draws=2**14, rng=np.random.default_rng(1))
    assert found.first == pytest.approx([v1 / total, v2 / total, 0], abs=0.02)
    assert found.total == pytest.approx([(v1 + v13) / total, v2 / total, v13 / total], abs=0.02)
    assert found.variance == pytest.approx(total, rel=0.01)
    assert (np.abs(found.total - [0.5576, 0.4424, 0.2437]) < 5 * found.total_error + 1e-3).all()
    assert found.evaluations == 2**14 * 5


def test_a_group_takes_the_interactions_within() -> None:
    """The first and third input of Ishigami act on each other only: as a group they act alone."""
    v1, v2, v13 = _ishigami_terms()
    share = v2 / (v1 + v2 + v13)

    def model(x: FloatArray) -> FloatArray:
        return _ishigami(x[:, [0, 2, 1]])

    found = grouped_indices(model, (2, 1), draws=2**14, rng=np.random.default_rng(2))
    assert found.first == pytest.approx([1 - share, share], abs=0.02)
    assert found.total == pytest.approx([1 - share, share], abs=0.02)


@given(
    st.lists(st.floats(-2, 2), min_size=2, max_size=6).filter(lambda w: max(map(abs, w)) > 0.1),
    st.integers(0, 1000),
)
@settings(max_examples=15, deadline=None)
def test_an_additive_model_has_the_exact_shares(weights: list[float], seed: int) -> None:
    """First-order and total index are both the share of the variance of the term."""
    scale = np.array(weights)
    exact = gap_variance(scale, np.array([np.full(len(scale), 1 / 12), np.zeros(len(scale))]))
    found = grouped_indices(
        lambda x: x @ scale, [1] * len(scale), draws=4096, rng=np.random.default_rng(seed)
    )
    assert found.first == pytest.approx(exact.shares[0], abs=0.03)
    assert found.total == pytest.approx(exact.shares[0], abs=0.03)
    assert found.variance == pytest.approx(exact.variance, rel=0.02)


def test_a_constant_model_has_no_indices() -> None:
    """Nothing varies: all indices and the variance are 0, without a warning."""
    found = grouped_indices(
        lambda x: np.full(len(x), 0.3), (1, 2), draws=64, rng=np.random.default_rng(1)
    )
    assert found.first.tolist() == found.total.tolist() == [0.0, 0.0]
    assert found.variance == 0


def test_one_group_explains_all() -> None:
    """A single group has indices 1 and 1."""
    found = grouped_indices(
        lambda x: x[:, 0] * x[:, 1], (2,), draws=2048, rng=np.random.default_rng(1)
    )
    assert found.first.tolist() == found.total.tolist() == [1.0]
    assert found.variance == pytest.approx(1 / 9 - 1 / 16, rel=0.02)


def test_the_same_seed_gives_the_same_bits() -> None:
    """And another seed gives other numbers."""
    one, same, other = (
        grouped_indices(_ishigami, (1, 1, 1), draws=256, rng=np.random.default_rng(seed))
        for seed in (4, 4, 5)
    )
    assert one.first.tolist() == same.first.tolist()
    assert one.total.tolist() == same.total.tolist()
    assert one.total.tolist() != other.total.tolist()


@pytest.mark.parametrize("sizes", [(), (1, 0)])
def test_a_group_without_inputs_is_refused(sizes: tuple[int, ...]) -> None:
    """No groups, or a group of nothing."""
    with pytest.raises(ValueError, match="an input at least"):
        grouped_indices(_ishigami, sizes, draws=64, rng=np.random.default_rng(1))
