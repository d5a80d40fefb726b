from __future__ import annotations

from fractions import Fraction
from math import prod

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.spatial import ConvexHull  # type: ignore[import-untyped]

from afweging.methods.acceptability import tally_cases
from afweging.methods.sampling import uniform_weights
from afweging.methods.weight_set import extreme_points
from afweging.methods.weight_space import (
    first_shares,
    freedom,
    rank_shares,
    share_ahead,
)

FloatArray = NDArray[np.float64]

SEEDS = st.integers(0, 10**6)
# C wins half of all weights, and A and B each the quarter in their own corner.
CORNERS = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.5, 0.5, 0.5]])


def _problem(seed: int, *, most: int = 4) -> tuple[FloatArray, FloatArray]:
    """Return values of shape (A, n) on a coarse grid, and rows that leave some weights room."""
    rng = np.random.default_rng(seed)
    alternatives, count = int(rng.integers(1, 6)), int(rng.integers(1, most + 1))
    values = rng.integers(0, 5, (alternatives, count)) / 4
    rows = rng.normal(size=(int(rng.integers(0, 3)), count))
    inside = rng.dirichlet(np.ones(count))
    return values, rows * np.sign(rows @ inside)[:, None]


def _volume(rows: FloatArray, count: int) -> float:
    """Return the volume of the weights with rows @ w >= 0, without the last weight, by a hull."""
    points = extreme_points(rows, count=count)[:, :-1]
    if len(points) < count or np.linalg.matrix_rank(points[1:] - points[0], tol=1e-7) < count - 1:
        return 0.0
    return float(np.ptp(points)) if count == 2 else float(ConvexHull(points).volume)


# --- by hand ------------------------------------------------------------------------------------


def test_shares_of_a_triangle_by_hand() -> None:
    """A and B win the corners where their weight is above a half, C the rest."""
    found = first_shares(CORNERS)
    assert found.shares == pytest.approx([1 / 4, 1 / 4, 1 / 2], abs=1e-12)
    assert found.alone.tolist() == found.shares.tolist()
    assert found.shared == 0
    expected = [[2 / 3, 1 / 6, 1 / 6], [1 / 6, 2 / 3, 1 / 6], [1 / 4, 1 / 4, 1 / 2]]
    assert found.central == pytest.approx(np.array(expected), abs=1e-12)


def test_ranks_in_a_triangle_by_hand() -> None:
    """Where B wins, C is second: A is second only in half of what C wins."""
    expected = [[1 / 4, 1 / 4, 1 / 2], [1 / 4, 1 / 4, 1 / 2], [1 / 2, 1 / 2, 0]]
    assert rank_shares(CORNERS) == pytest.approx(np.array(expected), abs=1e-12)


def test_shares_under_answers_by_hand() -> None:
    """With w1 >= w2 only, A wins half and C half; A is then never third."""
    rows = np.array([[1.0, -1.0, 0.0]])
    assert first_shares(CORNERS, rows).shares == pytest.approx([1 / 2, 0, 1 / 2], abs=1e-12)
    expected = [[1 / 2, 1 / 2, 0], [0, 0, 1], [1 / 2, 1 / 2, 0]]
    assert rank_shares(CORNERS, rows) == pytest.approx(np.array(expected), abs=1e-12)
    assert np.isnan(first_shares(CORNERS, rows).central[1]).all()


def test_shares_along_a_line() -> None:
    """With w1 = 2 w2 and w3 free, A wins where w1 > 1/2: w3 up to 1/4, of a range of 1."""
    rows = np.array([[1.0, -2.0, 0.0], [-1.0, 2.0, 0.0]])
    found = first_shares(CORNERS, rows)
    assert found.shares == pytest.approx([1 / 4, 0, 3 / 4], abs=1e-9)
    assert found.central[0] == pytest.approx([7 / 12, 7 / 24, 1 / 8], abs=1e-9)


def test_shares_in_a_point() -> None:
    """If one point fits, 0.6, 0.3 and 0.1, the ranking there has all of the share."""
    circle = np.array([[1.0, -2.0, 0.0], [0.0, 1.0, -3.0], [-1.0, 0.0, 6.0]])
    assert rank_shares(CORNERS, circle).tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    assert first_shares(CORNERS, circle).central[0] == pytest.approx([0.6, 0.3, 0.1])


# --- against other ways -------------------------------------------------------------------------


def test_shares_are_those_of_a_million_draws() -> None:
    """Four criteria, six alternatives: every rank share is met within 0.002."""
    rng = np.random.default_rng(20)
    values = rng.random((6, 4))
    drawn = tally_cases(values[None], uniform_weights(4, draws=1_000_000, rng=rng))[0]
    assert rank_shares(values) == pytest.approx(drawn.rank_shares, abs=0.002)
    found = first_shares(values)
    assert found.shares == pytest.approx(drawn.rank_shares[:, 0], abs=0.002)
    large = found.shares > 0.01
    assert found.central[large] == pytest.approx(drawn.central_weights[large], abs=0.01)
    ahead = share_ahead(values[:, None] - values[None])
    assert ahead == pytest.approx(drawn.winning_shares, abs=0.002)


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS)
def test_first_shares_are_volumes_of_hulls(seed: int) -> None:
    """The share of each is the volume of the hull of its cell's corners, over that of the set."""
    values, rows = _problem(seed)
    count = values.shape[1]
    assume(count > 1)
    total = _volume(rows, count)
    assume(total > 1e-4)
    cells = [np.vstack([rows, value - values]) for value in values]
    expected = [_volume(cell, count) / total for cell in cells]
    assert first_shares(values, rows).shares == pytest.approx(expected, abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS)
def test_two_alternatives_are_ahead_as_the_recursion_says(seed: int) -> None:
    """For two alternatives the volume where one is first is the share by Varsi's recursion."""
    rng = np.random.default_rng(seed)
    values = rng.integers(-3, 4, (2, int(rng.integers(1, 6)))) / 3
    ahead = float(share_ahead(values[0] - values[1]))
    assert rank_shares(values)[1, 1] == pytest.approx(ahead, abs=1e-12)


# --- laws ---------------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS)
def test_shares_add_up(seed: int) -> None:
    """Ranks add up to 1; so do the first shares, unless some always tie."""
    values, rows = _problem(seed)
    found, ranks = first_shares(values, rows), rank_shares(values, rows)
    assert ranks.sum(axis=1) == pytest.approx(1, abs=1e-12)
    assert ranks[:, 0] == pytest.approx(found.shares, abs=1e-9)
    assert found.alone.sum() + found.shared == pytest.approx(1, abs=1e-9)
    if found.shared == 0:
        assert found.shares.sum() == pytest.approx(1, abs=1e-9)
    defined = found.shares > 0
    assert (np.isnan(found.central).all(axis=1) == ~defined).all()
    assert found.central[defined].sum(axis=1) == pytest.approx(1, abs=1e-9)
    assert (found.central[defined] @ rows.T >= -1e-9).all()


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_order_of_alternatives_and_weights_is_irrelevant(seed: int) -> None:
    """Permuting the alternatives, the weights or the rows permutes the shares."""
    values, rows = _problem(seed)
    rng = np.random.default_rng(seed)
    order, moved = rng.permutation(len(values)), rng.permutation(values.shape[1])
    one = first_shares(values, rows)
    two = first_shares(values[np.ix_(order, moved)], rows[::-1, moved])
    assert two.shares == pytest.approx(one.shares[order], abs=1e-9)
    large = two.shares > 1e-3
    expected = one.central[np.ix_(order, moved)]
    assert two.central[large] == pytest.approx(expected[large], abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_a_dominated_alternative_is_never_first(seed: int) -> None:
    """What is lower on every criterion has no first rank, no central weights, and always trails."""
    values, rows = _problem(seed)
    both = np.vstack([values, values[:1] - 0.1])
    found, ranks = first_shares(both, rows), rank_shares(both, rows)
    assert found.shares[-1] == 0
    assert np.isnan(found.central[-1]).all()
    upward = ranks.cumsum(axis=1)
    assert (upward[0] >= upward[-1] - 1e-9).all()
    assert found.shares[:-1] == pytest.approx(first_shares(values, rows).shares, abs=1e-9)


def test_identical_alternatives_share_the_first_place() -> None:
    """Twins of C keep its half each; the shares add up to 1.5, of which 0.5 is shared."""
    found = first_shares(np.vstack([CORNERS, CORNERS[2:]]))
    assert found.shares == pytest.approx([1 / 4, 1 / 4, 1 / 2, 1 / 2], abs=1e-12)
    assert found.alone == pytest.approx([1 / 4, 1 / 4, 0, 0], abs=1e-12)
    assert found.shared == pytest.approx(1 / 2, abs=1e-12)
    ranks = rank_shares(np.vstack([CORNERS, CORNERS[2:]]))
    assert ranks[2] == pytest.approx([1 / 2, 1 / 2, 0, 0], abs=1e-12)
    assert ranks[0] == pytest.approx([1 / 4, 0, 1 / 4, 1 / 2], abs=1e-12)


def test_a_tie_within_the_answers_is_a_tie() -> None:
    """A and B tie for all weights if w1 = w2, though not for others: they share each rank."""
    rows = np.array([[1.0, -1.0, 0.0], [-1.0, 1.0, 0.0]])
    found = first_shares(CORNERS[:2], rows)
    assert found.shares.tolist() == [1, 1]
    assert found.shared == 1


def test_constant_columns_one_alternative_and_one_criterion() -> None:
    """All equal: all first. One alternative: first. One criterion: the order of its values."""
    equal = first_shares(np.full((3, 2), 0.4))
    assert (equal.shares.tolist(), equal.shared) == ([1, 1, 1], 1)
    assert rank_shares(np.array([[0.2, 0.9, 0.3]])).tolist() == [[1]]
    assert first_shares(np.array([[0.2, 0.9, 0.3]])).central == pytest.approx(1 / 3)
    single = np.array([[0.2], [0.7], [0.2]])
    assert rank_shares(single).tolist() == [[0, 1, 0], [1, 0, 0], [0, 1, 0]]


def test_narrow_sets_have_shares() -> None:
    """Shares hold their accuracy in a set of weights some 1e-6 wide."""
    rows = np.array([[1.0, -1.0, 0.0], [-1.0, 1 + 1e-6, 0.0]])
    half = np.array([[1.0, 0.0, 0.0], [0.5, 0.5, 1e-6 / 4]])
    found = first_shares(half, rows)
    drawn = np.random.default_rng(4).random((2, 200_000))
    last = 1 - np.sqrt(drawn[0])  # c is Beta(1, 2), and a / b is even between 1 and 1 + 1e-6
    ahead = (1 - last) * drawn[1] / 4 > last / 4
    assert found.shares[0] == pytest.approx(ahead.mean(), abs=0.005)


# --- the recursion ------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(differences=st.lists(st.integers(-40, 40), min_size=1, max_size=9, unique=True))
def test_recursion_is_the_textbook_sum_in_exact_arithmetic(differences: list[int]) -> None:
    """For differences that are all different, the sum of d^(n-1) / prod(d - d_k) over d > 0."""
    exact = [Fraction(d, 40) for d in differences]
    textbook = sum(
        d ** (len(exact) - 1) / prod((d - e for e in exact if e != d), start=Fraction(1))
        for d in exact
        if d > 0
    )
    found = share_ahead(np.array(differences) / 40)
    assert float(found) == pytest.approx(float(textbook), abs=1e-12)


def test_recursion_is_stable_for_differences_nearly_the_same() -> None:
    """With five differences 1e-9 apart, where the textbook sum in floats is no share at all."""
    near = np.array([0.2, 0.2 + 1e-9, 0.2 + 2e-9, 0.2 + 3e-9, 0.2 + 4e-9, -0.3])
    textbook = sum(d**5 / np.prod(np.delete(d - near, j)) for j, d in enumerate(near) if d > 0)
    assert not 0 <= textbook <= 1
    # without the tiny gaps: of 0.2 (1 - w) against 0.3 w, w below 0.4, which is Beta(1, 5)
    assert float(share_ahead(near)) == pytest.approx(1 - 0.6**5, abs=1e-7)


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS, count=st.integers(1, 18))
def test_one_of_two_is_ahead(seed: int, count: int) -> None:
    """P(d) + P(-d) = 1 without a tie, both are shares, and the order of entries is irrelevant."""
    rng = np.random.default_rng(seed)
    differences = np.round(rng.normal(size=(4, count)), 1)
    share = share_ahead(differences)
    apart = (differences != 0).any(axis=1)
    assert (share + share_ahead(-differences))[apart] == pytest.approx(1, abs=1e-12)
    assert (share >= 0).all()
    assert (share <= 1 + 1e-12).all()
    shuffled = rng.permutation(differences, axis=1)
    assert share_ahead(shuffled).tobytes() == share.tobytes()


def test_ties_and_certain_leads() -> None:
    """Nothing is ahead in a tie; a lead that is nowhere negative is certain; scale is nothing."""
    differences = np.array([[0.0, 0.0], [1e-10, -1e-10], [0.0, 0.3], [0.0, -0.3], [2e-9, -6e-9]])
    assert share_ahead(differences) == pytest.approx([0, 0, 1, 0, 1 / 4])


# --- refused ------------------------------------------------------------------------------------


def test_what_has_no_share_is_refused() -> None:
    """NaN, more than five weights and answers that no weights fit are refused."""
    bad = np.array([[0.1, float("nan")], [0.3, 0.2]])
    for call in (first_shares, rank_shares, share_ahead):
        with pytest.raises(ValueError, match="NaN"):
            call(bad)
    with pytest.raises(ValueError, match="6 weights"):
        rank_shares(np.eye(6))
    with pytest.raises(ValueError, match="no weights fit"):
        first_shares(np.eye(2), np.array([[1.0, -2.0], [-2.0, 1.0]]))


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_freedom_is_the_rank_of_the_differences(seed: int) -> None:
    """As many directions as differences between extreme points are independent."""
    rng = np.random.default_rng(seed)
    count, equalities = int(rng.integers(1, 6)), int(rng.integers(0, 4))
    inside = rng.dirichlet(np.ones(count))
    rows = rng.normal(size=(equalities, count))
    rows -= (rows @ inside)[:, None]  # all hold with equality inside the simplex
    points = extreme_points(np.vstack([rows, -rows]), count=count)
    assume(len(points))
    assert freedom(points) == np.linalg.matrix_rank(points - points[0], tol=1e-6)
