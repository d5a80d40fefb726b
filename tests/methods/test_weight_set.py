from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import beta, kstest, uniform  # type: ignore[import-untyped]

from afweging.methods.weight_set import (
    TOLERANCE,
    centre,
    extreme_points,
    lead_range,
    sample_weights,
    tidy_rows,
)
from afweging.methods.weighting import rank_order_centroid

FloatArray = NDArray[np.float64]


def _by_brute_force(rows: FloatArray, count: int) -> FloatArray:
    """Return all points at which n - 1 bounds meet and that fit, each once, in descending order."""
    bounds = np.vstack([np.eye(count), rows])
    found = []
    for chosen in combinations(bounds, count - 1):
        system = np.vstack([np.ones(count), *chosen])
        if np.linalg.matrix_rank(system) == count:
            point = np.linalg.solve(system, np.eye(count)[0])
            if (bounds @ point >= -1e-9).all():
                found.append(point)
    once = np.unique(np.round(np.array(found).reshape(-1, count), 9) + 0.0, axis=0)
    return once[::-1]


def _ranking(order: list[int]) -> FloatArray:
    """Return the rows of a complete ranking, the most important weight first."""
    eye = np.eye(len(order))
    return np.array([eye[a] - eye[b] for a, b in pairwise(order)])


def _small_system(seed: int) -> tuple[FloatArray, int]:
    """Return rows of small whole numbers, many of which meet in one point, and how many weights."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 5))
    rows = rng.integers(-3, 4, (int(rng.integers(0, 7)), count)).astype(np.float64)
    if seed % 3 == 0 and len(rows):
        rows = np.vstack([rows, -rows[:1]])  # an equality
    return rows, count


# --- extreme points -----------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_extreme_points_are_those_of_brute_force(seed: int) -> None:
    """The points are exactly those where n - 1 bounds meet inside the set, in descending order."""
    rows, count = _small_system(seed)
    points = extreme_points(rows, count=count)
    expected = _by_brute_force(rows, count)
    assert points.shape == expected.shape
    assert points == pytest.approx(expected, abs=2e-9)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_order_of_rows_is_irrelevant(seed: int) -> None:
    """Permuting the rows, or giving one twice, gives the same array to the last bit."""
    rng = np.random.default_rng(seed)
    true = rng.dirichlet(np.ones(5))
    rows = rng.normal(size=(8, 5))
    rows *= np.sign(rows @ true)[:, None]
    points = extreme_points(rows, count=5)
    assert len(points) > 0
    shuffled = np.vstack([rng.permutation(rows), rows[3:4]])
    assert extreme_points(shuffled, count=5).tobytes() == points.tobytes()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_order_of_weights_is_irrelevant(seed: int) -> None:
    """Permuting the weights permutes the columns of the same points."""
    rows, count = _small_system(seed)
    moved = np.random.default_rng(seed).permutation(count)
    points = extreme_points(rows, count=count)[:, moved]
    again = extreme_points(rows[:, moved], count=count)
    assert again == pytest.approx(points[np.lexsort(-np.round(points, 8).T[::-1])], abs=1e-9)


def test_size_of_rows_is_irrelevant() -> None:
    """A row times any positive number is the same bound; rows without any entry bound nothing."""
    rows = np.array([[3.0, -1.0, 0.0, -0.5], [0.0, 2.0, -3.0, 0.0]])
    points = extreme_points(rows, count=4)
    resized = np.vstack([rows * [[1e-4], [7e3]], np.zeros((2, 4))])
    assert extreme_points(resized, count=4) == pytest.approx(points, abs=1e-12)


def test_without_rows_the_unit_vectors_are_extreme() -> None:
    """Without answers every weight can be all; one weight alone is 1."""
    assert extreme_points(np.empty((0, 3)), count=3).tolist() == np.eye(3).tolist()
    assert extreme_points(np.empty((0, 1)), count=1).tolist() == [[1]]
    assert extreme_points(np.array([[-1.0]]), count=1).shape == (0, 1)


def test_ratio_bounds_give_the_ends_of_the_ratio() -> None:
    """For 2 <= a / b <= 5, with c free, the ends are a : b = 5 : 1, 2 : 1 and c alone."""
    rows = np.array([[1.0, -2.0, 0.0], [-1.0, 5.0, 0.0]])
    expected = np.array([[5 / 6, 1 / 6, 0], [2 / 3, 1 / 3, 0], [0, 0, 1]])
    assert extreme_points(rows, count=3) == pytest.approx(expected, abs=1e-12)


def test_share_bounds_cut_the_corners() -> None:
    """For a between 0.2 and 0.5 of the whole there are two ends of a with each other weight."""
    total = np.ones(3)
    rows = np.array([[1.0, 0, 0] - 0.2 * total, 0.5 * total - [1.0, 0, 0]])
    expected = np.array([[0.5, 0.5, 0], [0.5, 0, 0.5], [0.2, 0.8, 0], [0.2, 0, 0.8]])
    assert extreme_points(rows, count=3) == pytest.approx(expected, abs=1e-12)


def test_equality_lowers_the_dimension() -> None:
    """Two opposite rows, a = 2 b, leave only points on the equality."""
    rows = np.array([[1.0, -2.0, 0.0], [-1.0, 2.0, 0.0]])
    expected = np.array([[2 / 3, 1 / 3, 0], [0, 0, 1]])
    assert extreme_points(rows, count=3) == pytest.approx(expected, abs=1e-12)


def test_implied_equality_leaves_one_point() -> None:
    """Rows in a circle, a >= 2 b, b >= 3 c and 6 c >= a, are equalities and give one point."""
    rows = np.array([[1.0, -2.0, 0.0], [0.0, 1.0, -3.0], [-1.0, 0.0, 6.0]])
    assert extreme_points(rows, count=3) == pytest.approx(np.array([[0.6, 0.3, 0.1]]), abs=1e-12)


def test_rounding_does_not_empty_the_set() -> None:
    """Consistent equalities with factors that are no exact floating-point numbers leave a point."""
    rows = np.array([[1.0, -0.1, 0.0], [0.0, 1.0, -0.7], [1.0, 0.0, -0.1 * 0.7]])
    points = extreme_points(np.vstack([rows, -rows]), count=3)
    assert points == pytest.approx(np.array([[0.07, 0.7, 1.0]]) / 1.77, abs=1e-9)


def test_contradiction_gives_no_points() -> None:
    """Where a >= 2 b, b >= 2 c and 3 c >= a leave only zeros there are no weights."""
    rows = np.array([[1.0, -2.0, 0.0], [0.0, 1.0, -2.0], [-1.0, 0.0, 3.0]])
    assert extreme_points(rows, count=3).shape == (0, 3)
    with_more = np.hstack([rows, np.zeros((3, 1))])
    assert extreme_points(with_more, count=4).tolist() == [[0, 0, 0, 1]]


def test_large_system_has_points_of_the_set_only() -> None:
    """Of 10 weights and 30 rows every point fits, and n - 1 bounds meet in it."""
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(30, 10))
    rows *= np.sign(rows @ rng.dirichlet(np.ones(10)))[:, None]
    points = extreme_points(rows, count=10)
    values = points @ np.vstack([np.eye(10), tidy_rows(rows)]).T
    assert len(points) > 100
    assert values.min() >= -TOLERANCE
    assert (np.count_nonzero(np.abs(values) <= 1e-8, axis=1) >= 9).all()
    assert points.sum(axis=1) == pytest.approx(1, abs=1e-12)


# --- centre -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "published"),
    [
        ([1, 0, 2], [0.2778, 0.6111, 0.1111]),
        ([3, 0, 1, 2], [0.2708, 0.1458, 0.0625, 0.5208]),
    ],
)
def test_centre_of_a_ranking_is_published(order: list[int], published: list[float]) -> None:
    """The centre of a complete ranking is the rank-order centroid of Barron and Barrett (1996)."""
    points = extreme_points(_ranking(order), count=len(order))
    assert centre(points) == pytest.approx(np.array(published), abs=5e-5)


@settings(max_examples=30, deadline=None)
@given(order=st.integers(2, 8).flatmap(lambda count: st.permutations(range(count))))
def test_centre_of_a_ranking_is_the_rank_order_centroid(order: list[int]) -> None:
    """For any complete ranking the centre equals the rank-order centroid weights."""
    ranks = (np.argsort(order) + 1).astype(np.float64)
    points = extreme_points(_ranking(order), count=len(order))
    assert centre(points) == pytest.approx(rank_order_centroid(ranks), abs=1e-12)


def test_centre_does_not_depend_on_the_order_of_the_points() -> None:
    """Permuting the points leaves the centre the same to the last bit."""
    rng = np.random.default_rng(3)
    points = rng.dirichlet(np.ones(4), 23)
    assert centre(rng.permutation(points)).tolist() == centre(points).tolist()


def test_no_points_have_no_centre_range_or_sample() -> None:
    """Without any weights that fit, all that is asked about them is an error."""
    none, low = np.empty((0, 3)), np.zeros(3)
    with pytest.raises(ValueError, match="no weights"):
        centre(none)
    with pytest.raises(ValueError, match="no weights"):
        lead_range(none, low, low)
    with pytest.raises(ValueError, match="no weights"):
        sample_weights(none, none, draws=5, rng=np.random.default_rng(0))


# --- range --------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_every_lead_lies_in_the_range(seed: int) -> None:
    """No weights of the set and no values in their ranges give a sum outside; the ends are met."""
    rng = np.random.default_rng(seed)
    points = extreme_points(_ranking([2, 0, 3, 1])[:2], count=4)
    low = rng.uniform(-1, 1, 4)
    high = low + rng.uniform(0, 0.5, 4)
    least, greatest = lead_range(points, low, high)
    weights = rng.dirichlet(np.ones(len(points)), 50) @ points
    leads = (weights * rng.uniform(low, high, (50, 4))).sum(axis=1)
    assert least - 1e-12 <= leads.min()
    assert leads.max() <= greatest + 1e-12
    assert least == pytest.approx(min(point @ low for point in points), abs=1e-12)
    assert greatest == pytest.approx(max(point @ high for point in points), abs=1e-12)


def test_certain_lead_has_a_range_above_nought() -> None:
    """With a >= b, 0.4 on a and -0.3 on b lead by at least 0.05: half of each."""
    points = extreme_points(np.array([[1.0, -1.0]]), count=2)
    lead = np.array([0.4, -0.3])
    assert lead_range(points, lead, lead) == pytest.approx((0.05, 0.4))


# --- sample -------------------------------------------------------------------------------------


def _sample(rows: FloatArray, count: int, draws: int, seed: int = 7) -> FloatArray:
    points = extreme_points(rows, count=count)
    return sample_weights(rows, points, draws=draws, rng=np.random.default_rng(seed))


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_every_draw_fits(seed: int) -> None:
    """Every draw satisfies the rows within the tolerance, is 0 or more and adds up to 1."""
    rows, count = _small_system(seed)
    points = extreme_points(rows, count=count)
    if not len(points):
        return
    sample = sample_weights(rows, points, draws=40, rng=np.random.default_rng(seed))
    assert sample.shape == (40, count)
    assert (sample @ tidy_rows(rows).T).min(initial=0.0) >= -2 * TOLERANCE
    assert sample.min() >= 0
    assert sample.sum(axis=1) == pytest.approx(1, abs=1e-12)


def test_same_seed_gives_the_same_sample() -> None:
    """The generator alone decides: the same seed gives the same array, another does not."""
    rows = np.array([[1.0, -2.0, 0.0], [0.0, 1.0, -1.5]])
    one, two = _sample(rows, 3, 50), _sample(rows[::-1], 3, 50)
    assert one.tobytes() == two.tobytes()
    assert not np.allclose(one, _sample(rows, 3, 50, seed=8))


@pytest.mark.parametrize("count", [2, 3, 5])
def test_draws_from_all_weights_are_even(count: int) -> None:
    """Without answers each weight has the distribution Beta(1, n - 1), and so the mean 1 / n."""
    sample = _sample(np.empty((0, count)), count, 4000)
    assert sample.mean(axis=0) == pytest.approx(1 / count, abs=4 * 0.3 / np.sqrt(4000))
    for weight in sample.T:
        assert kstest(weight, beta(1, count - 1).cdf).pvalue > 1e-4


def test_draws_from_a_ranking_have_the_rank_order_centroid_as_mean() -> None:
    """The mean of a sample from a complete ranking comes near its centroid."""
    sample = _sample(_ranking([2, 0, 3, 1]), 4, 4000)
    expected = rank_order_centroid(np.array([2.0, 4.0, 1.0, 3.0]))
    assert sample.mean(axis=0) == pytest.approx(expected, abs=4 * 0.15 / np.sqrt(4000))


@pytest.mark.parametrize("widest", [3.0, 1.2, 1.00001])
def test_draws_from_a_narrow_set_are_even(widest: float) -> None:
    """Under bounds on a / b alone c stays Beta(1, 2), and a / (a + b) is even between its ends."""
    rows = np.array([[1.0, -1.0, 0.0], [-1.0, widest, 0.0]])
    sample = _sample(rows, 3, 3000)
    low, high = 1 / 2, widest / (1 + widest)
    part = sample[:, 0] / sample[:, :2].sum(axis=1)
    assert kstest(sample[:, 2], beta(1, 2).cdf).pvalue > 1e-4
    assert kstest(part, uniform(low, high - low).cdf).pvalue > 1e-4


def test_draws_agree_with_throwing_away() -> None:
    """Means and spreads are those of even draws from all weights of which misfits are dropped."""
    rows = np.array([[1.0, -2.0, 0.0, 0.0], [0.0, 1.0, 1.0, -1.0], [-1.0, 3.0, 0.0, 2.0]])
    sample = _sample(rows, 4, 4000)
    even = np.random.default_rng(11).dirichlet(np.ones(4), 60_000)
    kept = even[(even @ rows.T >= 0).all(axis=1)]
    assert len(kept) > 4000
    assert sample.mean(axis=0) == pytest.approx(kept.mean(axis=0), abs=0.012)
    assert sample.std(axis=0) == pytest.approx(kept.std(axis=0), abs=0.012)


def test_draws_from_a_line_and_a_point() -> None:
    """On the line a = 2 b draws are even along it; where one point fits all draws are that."""
    equal = np.array([[1.0, -2.0, 0.0], [-1.0, 2.0, 0.0]])
    sample = _sample(equal, 3, 2000)
    assert sample[:, 0] == pytest.approx(2 * sample[:, 1], abs=1e-9)
    assert kstest(sample[:, 2], uniform(0, 1).cdf).pvalue > 1e-4
    circle = np.array([[1.0, -2.0, 0.0], [0.0, 1.0, -3.0], [-1.0, 0.0, 6.0]])
    assert _sample(circle, 3, 4) == pytest.approx(np.tile([0.6, 0.3, 0.1], (4, 1)), abs=1e-12)


def test_very_narrow_sets_are_not_left() -> None:
    """Close to the tolerance, draws stay in the set and nothing divides by nought."""
    for width in (1e-6, 1e-8, 3e-9, 1e-9, 1e-10):
        rows = np.array([[1.0, -1.0, 0.0, 0.0], [-1.0, 1.0 + width, 0.0, 0.0]])
        sample = _sample(rows, 4, 200)
        assert (sample @ tidy_rows(rows).T).min() >= -2 * TOLERANCE
        assert sample[:, 2].std() > 0.1
