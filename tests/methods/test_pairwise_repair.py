from __future__ import annotations

import numpy as np
import pytest

from afweging.methods.pairwise import consistency_ratio, reciprocal_matrix
from afweging.methods.pairwise_repair import (
    SAATY_SCALE,
    continuous_repairs,
    most_consistent_values,
    repairs,
    single_repairs,
    with_judgement,
)

LIMIT = 0.10


def _random_matrix(seed: int, *, size: int) -> np.ndarray:
    """Return ratios of weights with noise, on Saaty's scale: some pass and some do not."""
    rng = np.random.default_rng(seed)
    points = rng.normal(0, 0.7, size)
    first, second = np.triu_indices(size, 1)
    ratios = np.exp(points[first] - points[second] + rng.normal(0, 0.7, len(first)))
    near = np.abs(np.log(ratios[:, None] / SAATY_SCALE)).argmin(axis=1)
    return reciprocal_matrix(SAATY_SCALE[near])


def _ratio(matrix: np.ndarray, first: int, second: int, value: float) -> float:
    return float(consistency_ratio(with_judgement(matrix, first, second, np.array([value])))[0])


@pytest.mark.parametrize("size", [3, 4, 6])
@pytest.mark.parametrize("seed", range(12))
def test_a_single_repair_passes_and_nothing_smaller_does(size: int, seed: int) -> None:
    """With the proposed value the ratio is under 0.10; with every nearer value it is not."""
    matrix = _random_matrix(seed, size=size)
    found = single_repairs(matrix)
    assert [each.size for each in found] == pytest.approx(sorted(each.size for each in found))
    for each in found:
        assert each.given == matrix[each.first, each.second]
        assert _ratio(matrix, each.first, each.second, each.proposed) == pytest.approx(each.index)
        assert each.index < LIMIT
        nearer = SAATY_SCALE[np.abs(np.log(SAATY_SCALE / each.given)) < each.size - 1e-9]
        assert all(_ratio(matrix, each.first, each.second, value) >= LIMIT for value in nearer)


@pytest.mark.parametrize("seed", range(12))
def test_no_judgement_that_could_do_it_is_left_out(seed: int) -> None:
    """Each judgement with a value that passes is there, each without one is not."""
    matrix = _random_matrix(seed, size=5)
    if consistency_ratio(matrix) < LIMIT:
        assert single_repairs(matrix) == ()
        return
    able = {
        (i, j)
        for i in range(5)
        for j in range(i + 1, 5)
        if (consistency_ratio(with_judgement(matrix, i, j, SAATY_SCALE)) < LIMIT).any()
    }
    assert {(each.first, each.second) for each in single_repairs(matrix)} == able


@pytest.mark.parametrize("seed", range(12))
def test_a_continuous_repair_is_the_smallest(seed: int) -> None:
    """To any value: the proposed one passes, and one that is 1 % less of a change does not."""
    matrix = _random_matrix(seed, size=4)
    on_scale = {(each.first, each.second): each.size for each in single_repairs(matrix)}
    for each in continuous_repairs(matrix):
        assert _ratio(matrix, each.first, each.second, each.proposed) < LIMIT
        less = each.given * (each.proposed / each.given) ** 0.99
        assert _ratio(matrix, each.first, each.second, less) >= LIMIT
        assert each.size <= on_scale.pop((each.first, each.second), np.inf) + 1e-9
    assert not on_scale


@pytest.mark.parametrize("seed", range(6))
def test_most_consistent_value_is_a_minimum(seed: int) -> None:
    """Around the value that is found, the ratio is higher on both sides."""
    matrix = _random_matrix(seed, size=5)
    pairs = zip(*np.triu_indices(5, 1), most_consistent_values(matrix), strict=True)
    for i, j, value in pairs:
        here, below, above = (_ratio(matrix, int(i), int(j), value * k) for k in (1.0, 0.95, 1.05))
        assert here < min(below, above)


@pytest.mark.parametrize("size", [3, 4, 7])
@pytest.mark.parametrize("seed", range(8))
def test_repairs_together_make_it_clean(size: int, seed: int) -> None:
    """Random judgements, however wild, pass after the changes, made one after the other."""
    rng = np.random.default_rng(seed)
    matrix = reciprocal_matrix(rng.choice(SAATY_SCALE, size * (size - 1) // 2))
    needed = repairs(matrix)
    for each in needed:
        assert matrix[each.first, each.second] == each.given
        matrix = with_judgement(matrix, each.first, each.second, np.array([each.proposed]))[0]
        assert consistency_ratio(matrix) == pytest.approx(each.index)
    assert consistency_ratio(matrix) < LIMIT
    assert all(each.index >= LIMIT for each in needed[:-1])


def test_one_reversed_judgement_is_found() -> None:
    """A judgement turned round is the one to repair: it alone restores consistency fully."""
    weights = np.array([8.0, 4.0, 2.0, 1.0])
    matrix = with_judgement(weights[:, None] / weights[None, :], 0, 3, np.array([1 / 8]))[0]
    found = repairs(matrix)
    assert [(each.first, each.second) for each in found] == [(0, 3)]
    assert most_consistent_values(matrix)[2] == pytest.approx(8)


def test_a_scale_without_a_way_out_is_left() -> None:
    """Where no value of a coarse scale passes, the repair is to a value between."""
    matrix = reciprocal_matrix(np.array([9.0, 1 / 9, 9.0]))
    coarse = np.array([1 / 9, 9.0])
    assert single_repairs(matrix, scale=coarse) == ()
    tight = repairs(matrix, scale=coarse, limit=1e-4)
    for each in tight:
        matrix = with_judgement(matrix, each.first, each.second, np.array([each.proposed]))[0]
    assert consistency_ratio(matrix) < 1e-4


def test_a_limit_of_nothing_is_refused() -> None:
    """No change of judgements brings a ratio under 0."""
    with pytest.raises(ValueError, match="more than 0"):
        repairs(np.ones((3, 3)), limit=0.0)


def test_what_passes_needs_no_repair() -> None:
    """Consistent judgements, and a single judgement, are left alone."""
    for judgements in ([2.0, 4.0, 2.0], [9.0]):
        matrix = reciprocal_matrix(np.array(judgements))
        assert single_repairs(matrix) == continuous_repairs(matrix) == repairs(matrix) == ()
