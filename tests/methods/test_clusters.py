from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from afweging.methods.clusters import LEAST_MEMBERS, LEAST_STABILITY, Grouping, find_groups

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

CENTRES = np.array([[0.6, 0.2, 0.1, 0.1], [0.1, 0.55, 0.1, 0.25], [0.1, 0.1, 0.6, 0.2]])


def _separate(rng: np.random.Generator, sizes: tuple[int, ...]) -> tuple[FloatArray, IntArray]:
    """Return the weights of clearly separated groups in random order, and who is in which."""
    truth = np.repeat(np.arange(len(sizes)), sizes)
    weights = np.vstack([rng.dirichlet(80 * CENTRES[j], n) for j, n in enumerate(sizes)])
    crowd = rng.permutation(len(truth))
    return weights[crowd], truth[crowd]


def _same_groups(found: Grouping | None, truth: IntArray) -> bool:
    """Return whether two people share a group exactly when they truly do."""
    if found is None:
        return False
    alike = found.members[:, None] == found.members
    return bool((alike == (truth[:, None] == truth)).all())


def _round_points(weights: FloatArray) -> FloatArray:
    """Return weights as people give them: in steps of ten, zeros included."""
    points = np.round(10 * weights)
    return np.asarray(
        points[points.sum(axis=1) > 0] / points.sum(axis=1)[points.sum(axis=1) > 0, None]
    )


@pytest.mark.parametrize("people", [12, 40, 300])
@pytest.mark.parametrize("criteria", [3, 4, 9])
@pytest.mark.parametrize("rounded", [False, True])
def test_one_cloud_has_no_groups(people: int, criteria: int, *, rounded: bool) -> None:
    """In at most 5 of 100 homogeneous Dirichlet clouds groups are found, flat or skew or tight."""
    rng = np.random.default_rng(people + criteria)
    found = 0
    for _ in range(100):
        shape = rng.choice([0.5, 1, 3, 12]) * rng.uniform(0.3, 2, criteria)
        weights = rng.dirichlet(shape, people)
        given = _round_points(weights) if rounded else weights
        found += find_groups(given, rng=np.random.default_rng(1)) is not None
    assert found <= 5


@pytest.mark.parametrize("seed", range(5))
def test_a_long_cloud_has_no_groups(seed: int) -> None:
    """A cloud that is long in one direction is stable when cut, but not two groups."""
    rng = np.random.default_rng(seed)
    logs = rng.normal(0, 0.15, (300, 4)) + rng.normal(0, 1, (300, 1)) * np.array([1, -1, 0.2, 0])
    weights = np.exp(logs) / np.exp(logs).sum(axis=1, keepdims=True)
    assert find_groups(weights, rng=rng) is None


@pytest.mark.parametrize("sizes", [(12, 8), (25, 9), (10, 8, 12), (120, 60, 20)])
def test_separate_groups_are_found(sizes: tuple[int, ...]) -> None:
    """Two or three clearly separated groups are found, member by member, in 95 of 100 cases."""
    rng = np.random.default_rng(sum(sizes))
    right = 0
    for _ in range(100):
        weights, truth = _separate(rng, sizes)
        right += _same_groups(find_groups(weights, rng=np.random.default_rng(1)), truth)
    assert right >= 95


def test_groups_have_at_least_five_members() -> None:
    """Four people far from all others are no group; one more makes it one."""
    rng = np.random.default_rng(8)
    weights, _ = _separate(rng, (30, 4))
    assert find_groups(weights, rng=rng) is None
    weights, _ = _separate(rng, (30, 5))
    found = find_groups(weights, rng=rng)
    assert found is not None
    assert found.sizes == (30, LEAST_MEMBERS)


def test_fewer_than_ten_people_have_no_groups() -> None:
    """Two camps of four and five are too small to show."""
    weights, _ = _separate(np.random.default_rng(9), (5, 4))
    assert find_groups(weights, rng=np.random.default_rng(1)) is None


def test_identical_people_are_one_cloud() -> None:
    """Nobody differs, so there are no groups; two exact opinions of ten each are two."""
    same = np.tile(np.array([0.5, 0.3, 0.2]), (20, 1))
    assert find_groups(same, rng=np.random.default_rng(1)) is None
    same[:10] = [0.1, 0.2, 0.7]
    found = find_groups(same, rng=np.random.default_rng(1))
    assert found is not None
    assert found.sizes == (10, 10)
    assert found.stability == (1.0, 1.0)


def test_order_of_people_and_criteria_is_irrelevant() -> None:
    """Another order of people or criteria gives the same groups and numbers, bit for bit."""
    rng = np.random.default_rng(10)
    weights, _ = _separate(rng, (20, 14, 9))
    found = find_groups(weights, rng=np.random.default_rng(5))
    assert found is not None
    crowd, moved = rng.permutation(len(weights)), rng.permutation(4)
    other = find_groups(weights[crowd][:, moved], rng=np.random.default_rng(5))
    assert other is not None
    assert other.members.tolist() == found.members[crowd].tolist()
    assert (other.sizes, other.stability) == (found.sizes, found.stability)
    assert other.separation == found.separation


def test_the_seed_decides_and_is_enough() -> None:
    """The same generator gives the same result."""
    weights, _ = _separate(np.random.default_rng(11), (9, 16, 7))
    one, two = (find_groups(weights, rng=np.random.default_rng(3)) for _ in range(2))
    assert one is not None
    assert two is not None
    assert one.members.tolist() == two.members.tolist()
    assert (one.stability, one.separation) == (two.stability, two.separation)


def test_groups_that_do_not_come_back_are_none() -> None:
    """The limit on stability is a real one: what is asked beyond the stability gives no groups."""
    weights, _ = _separate(np.random.default_rng(12), (30, 12))
    found = find_groups(weights, rng=np.random.default_rng(3))
    assert found is not None
    assert min(found.stability) >= LEAST_STABILITY
    assert find_groups(weights, rng=np.random.default_rng(3), least_stability=1.01) is None
