from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from afweging.methods.acceptability import (
    CHUNK,
    MOST_ALTERNATIVES,
    UNIT,
    Acceptability,
    Confidence,
    merge,
    merge_confidence,
    tally,
    tally_cases,
    tally_chunks,
    tally_confidence,
    wilson_interval,
)
from afweging.methods.ranking import SCORE_TOLERANCE, rank_scores
from afweging.methods.sampling import triangular, uniform_weights

if TYPE_CHECKING:
    from collections.abc import Iterator

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

SEEDS = st.integers(0, 10**6)


def count_ranks(scores: FloatArray) -> IntArray:
    """Return in how many draws each alternative has each rank."""
    return tally(scores, np.ones((len(scores), 1))).rank_counts


def count_ahead(scores: FloatArray) -> IntArray:
    """Return in how many draws each alternative is ahead of each other one."""
    return tally(scores, np.ones((len(scores), 1))).ahead_counts


def _problem(seed: int) -> tuple[FloatArray, FloatArray]:
    """Return values of shape (A, C), on a coarse grid so that some tie, and draws of weights."""
    rng = np.random.default_rng(seed)
    alternatives, criteria = rng.integers(1, 7, 2)
    values = rng.integers(0, 4, (alternatives, criteria)) / 3
    return values, uniform_weights(int(criteria), draws=60, rng=rng)


def _bits(found: Acceptability) -> tuple[int, bytes, bytes, bytes]:
    arrays = found.rank_counts, found.ahead_counts, found.weight_units
    return found.draws, arrays[0].tobytes(), arrays[1].tobytes(), arrays[2].tobytes()


# --- counts -------------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS)
def test_counts_are_those_of_single_rankings(seed: int) -> None:
    """Counting ranks and pairs over all draws at once gives what ranking each draw gives."""
    values, weights = _problem(seed)
    scores = weights @ values.T
    ranks = rank_scores(scores)
    expected = [[(row == r + 1).sum() for r in range(len(values))] for row in ranks.T]
    assert count_ranks(scores).tolist() == expected
    ahead = (scores[:, :, None] > scores[:, None, :] + SCORE_TOLERANCE).sum(axis=0)
    assert count_ahead(scores).tolist() == ahead.tolist()


def test_ties_share_the_better_rank() -> None:
    """Of 0.3, 0.1 + 0.2 and 0.1 two are first and the other is third."""
    scores = np.array([[0.3, 0.1 + 0.2, 0.1]])
    assert count_ranks(scores).tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1]]
    assert count_ahead(scores).tolist() == [[0, 0, 1], [0, 0, 1], [0, 0, 0]]


def test_more_ranks_than_a_byte_holds_are_refused() -> None:
    """Rank 255 is counted; with 256 alternatives nothing is counted wrongly in silence."""
    most = np.arange(MOST_ALTERNATIVES)[None, ::-1] / 255
    assert (count_ranks(most) == np.eye(MOST_ALTERNATIVES)).all()
    with pytest.raises(ValueError, match="256 alternatives"):
        count_ranks(np.zeros((1, MOST_ALTERNATIVES + 1)))


# --- laws ---------------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS)
def test_shares_add_up(seed: int) -> None:
    """Ranks of one alternative add up to 1; so do ahead, behind and tied of every pair."""
    values, weights = _problem(seed)
    found = tally(weights @ values.T, weights)
    assert found.rank_shares.sum(axis=1) == pytest.approx(1)
    sums = found.winning_shares + found.winning_shares.T + found.tie_shares
    assert sums == pytest.approx(1)
    assert found.rank_counts[:, 0].sum() >= found.draws


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_without_ties_ranks_are_shared_out(seed: int) -> None:
    """Without ties each rank is taken once in each draw, and p_ik + p_ki = 1."""
    rng = np.random.default_rng(seed)
    scores = np.argsort(rng.random((50, 5)), axis=1) / 7
    found = tally(scores, uniform_weights(3, draws=50, rng=rng))
    assert found.rank_counts.sum(axis=0).tolist() == [50] * 5
    assert (found.tie_counts == 50 * np.eye(5)).all()


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_a_dominating_alternative_is_always_ahead(seed: int) -> None:
    """What is better on every criterion wins each draw, and is never ranked below the other."""
    values, weights = _problem(seed)
    both = np.vstack([values, values[:1] - 0.1])
    found = tally(weights @ both.T, weights)
    assert found.winning_shares[0, -1] == 1
    upward = found.rank_shares.cumsum(axis=1)
    assert (upward[0] >= upward[-1] - 1e-12).all()
    assert not found.rank_counts[-1, 0]
    assert np.isnan(found.central_weights[-1]).all()


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_order_of_alternatives_and_criteria_is_irrelevant(seed: int) -> None:
    """Permuting the alternatives or the criteria permutes the results and changes no count."""
    values, weights = _problem(seed)
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(len(values)), rng.permutation(values.shape[1])
    scores = weights @ values.T
    found = tally(scores, weights)
    moved = tally(scores[:, rows], weights[:, columns])
    assert (moved.rank_counts == found.rank_counts[rows]).all()
    assert (moved.ahead_counts == found.ahead_counts[np.ix_(rows, rows)]).all()
    assert (moved.weight_units == found.weight_units[np.ix_(rows, columns)]).all()


def test_identical_alternatives_share_everything() -> None:
    """Twins have the same ranks and central weights, tie always and are never ahead."""
    values = np.array([[1.0, 0.0], [0.2, 0.9], [1.0, 0.0]])
    weights = uniform_weights(2, draws=500, rng=np.random.default_rng(5))
    found = tally(weights @ values.T, weights)
    assert found.rank_counts[0].tolist() == found.rank_counts[2].tolist()
    assert found.central_weights[0].tolist() == found.central_weights[2].tolist()
    assert found.tie_shares[0, 2] == 1
    assert found.rank_counts[1, 1] == 0  # behind one is behind both
    assert found.rank_counts[:, 0].sum() > found.draws


def test_a_constant_criterion_changes_no_rank() -> None:
    """A criterion on which all are equal takes weight, but the counts stay."""
    values = np.array([[1.0, 0.0], [0.3, 0.8], [0.5, 0.4]])
    weights = uniform_weights(3, draws=300, rng=np.random.default_rng(6))
    with_it = np.hstack([values, np.full((3, 1), 0.7)])
    without = weights[:, :2] @ values.T
    assert tally(weights @ with_it.T, weights).rank_counts.tolist() == count_ranks(without).tolist()


def test_one_alternative_and_one_criterion() -> None:
    """One alternative is first in every draw; one criterion has all the weight."""
    found = tally_cases(np.array([[[0.4]]]), np.ones((10, 1)))[0]
    assert found.rank_shares.tolist() == [[1]]
    assert found.winning_shares.tolist() == [[0]]
    assert found.central_weights.tolist() == [[1]]


# --- central weights ----------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_central_weights_are_means_where_first(seed: int) -> None:
    """Central weights are the mean of the draws with rank 1, and add up to 1; else undefined."""
    values, weights = _problem(seed)
    scores = weights @ values.T
    found = tally(scores, weights)
    for i, row in enumerate(rank_scores(scores).T):
        assert found.rank_counts[i, 0] == (row == 1).sum()
        if found.rank_counts[i, 0]:
            mean = weights[row == 1].mean(axis=0)
            assert found.central_weights[i] == pytest.approx(mean, abs=2 * UNIT)
            assert found.central_weights[i].sum() == pytest.approx(1, abs=1e-12)
        else:
            assert np.isnan(found.central_weights[i]).all()


# --- merging ------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_merging_in_any_order_gives_the_same_bits(seed: int) -> None:
    """Parts merged in any order and grouping are the record of all draws, sums of weights too."""
    values, weights = _problem(seed)
    scores = weights @ values.T
    whole = _bits(tally(scores, weights))
    one, two, three = (tally(scores[p], weights[p]) for p in np.split(np.arange(60), [7, 31]))
    for a, b, c in permutations([one, two, three]):
        assert _bits(merge(merge(a, b), c)) == whole
        assert _bits(merge(a, merge(b, c))) == whole


def test_many_draws_are_counted_in_parts() -> None:
    """More draws than a chunk holds give what their chunks give, for all three ways in."""
    rng = np.random.default_rng(8)
    values = rng.integers(0, 5, (2, 4, 3)) / 4
    weights = uniform_weights(3, draws=2 * CHUNK + 100, rng=rng)
    cases = tally_cases(values, weights)
    assert [each.draws for each in cases] == [2 * CHUNK + 100] * 2
    for case, found in zip(values, cases, strict=True):
        assert _bits(tally(np.einsum("ac,kc->ka", case, weights), weights)) == _bits(found)
        assert _bits(tally_chunks(_repeated(case, weights, step=1000))) == _bits(found)


def _repeated(
    values: FloatArray, weights: FloatArray, *, step: int
) -> Iterator[tuple[FloatArray, FloatArray]]:
    for start in range(0, len(weights), step):
        part = weights[start : start + step]
        yield np.broadcast_to(values, (len(part), *values.shape)), part


# --- effects that are not known -----------------------------------------------------------------


def test_uncertain_effects_have_the_share_of_the_closed_form() -> None:
    """One triangular effect on (0, 1, 4) is above 2 with probability (4 - 2)^2 / (4 (4 - 1))."""
    rng = np.random.default_rng(9)
    values = np.full((30_000, 2, 1), 2.0)
    low, mode, high = np.array(0.0), np.array(1.0), np.array(4.0)
    values[:, 0, 0] = triangular(low, mode, high, uniforms=rng.random(30_000))
    found = tally_chunks([(values, np.ones((30_000, 1)))])
    ends = wilson_interval(found.ahead_counts, draws=found.draws)
    assert ends[0][0, 1] < 1 / 3 < ends[1][0, 1]
    assert found.winning_shares[0, 1] == pytest.approx(1 / 3, abs=0.008)


def test_confidence_is_the_share_of_effects_with_which_the_weights_suffice() -> None:
    """With even effects u and v, A is first against (0, 0.9) if u + v > 0.9, by its own weights.

    By the weights (0.2, 0.8) of the other that one is first if 0.2 u + 0.8 v < 0.72.
    """
    rng = np.random.default_rng(10)
    values = np.empty((40_000, 2, 2))
    values[:, 0] = rng.random((40_000, 2))
    values[:, 1] = [0.0, 0.9]
    found = tally_confidence(values, np.array([[0.5, 0.5], [0.2, 0.8]]))
    # the areas: a square without a corner, and the mean over u of 0.9 - u / 4
    assert found.factors == pytest.approx([1 - 0.9**2 / 2, 0.775], abs=0.008)
    assert found.cross_factors.sum(axis=0) == pytest.approx(1)  # one of the two is first


def test_undefined_weights_have_no_confidence() -> None:
    """Without central weights the confidence is undefined: not 0, and not 1 as elsewhere."""
    values = np.array([[[1.0, 0.0], [0.0, 1.0], [0.4, 0.4]]])
    weights = uniform_weights(2, draws=200, rng=np.random.default_rng(11))
    central = tally_cases(values, weights)[0].central_weights
    found = tally_confidence(values, central)
    assert found.defined.tolist() == [True, True, False]
    assert found.factors[:2].tolist() == [1, 1]
    assert np.isnan(found.factors[2])
    assert np.isnan(found.cross_factors[:, 2]).all()


def test_confidence_of_parts_adds_up() -> None:
    """Two parts merged are the whole, beyond a chunk too; other weights are not merged."""
    rng = np.random.default_rng(12)
    values, central = rng.random((CHUNK + 500, 3, 2)), np.array([[0.5, 0.5], [0.1, 0.9], [1, 0]])
    whole = tally_confidence(values, central)
    parts = tally_confidence(values[:900], central), tally_confidence(values[900:], central)
    merged = merge_confidence(*parts)
    assert merged.draws == whole.draws
    assert merged.first_counts.tolist() == whole.first_counts.tolist()
    other = Confidence(1, np.zeros((3, 3), np.int64), np.array([True, False, True]))
    with pytest.raises(ValueError, match="same central weights"):
        merge_confidence(whole, other)


# --- intervals ----------------------------------------------------------------------------------


def test_wilson_intervals_of_wilson() -> None:
    """The interval holds the two shares from which the count is 1.96 standard errors away."""
    low, high = wilson_interval(np.array([3, 20, 37]), draws=40)
    for end in (low, high):
        away = np.abs(np.array([3, 20, 37]) / 40 - end) / np.sqrt(end * (1 - end) / 40)
        assert away == pytest.approx(1.959964, abs=1e-6)
    assert low[::-1] == pytest.approx(1 - high)


def test_wilson_ends_are_exact() -> None:
    """None of the draws has 0 as its low end and all of them 1 as its high end, exactly."""
    low, high = wilson_interval(np.array([0, 17]), draws=17)
    assert (low[0], high[1]) == (0, 1)
    assert high[0] == pytest.approx(1 - low[1])
    assert 0 < high[0] < 0.2


# --- refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_what_has_no_rank_is_refused(wrong: float) -> None:
    """NaN and infinity are refused everywhere, not ranked."""
    good, bad = np.full((2, 3), 0.5), np.array([[0.1, wrong, 0.3], [0.3, 0.2, 0.1]])
    for call in (
        lambda: count_ranks(bad),
        lambda: count_ahead(bad),
        lambda: tally(bad, good),
        lambda: tally(good, bad),
        lambda: tally_cases(bad[None], good),
        lambda: tally_cases(good[None], bad),
        lambda: tally_confidence(bad[None], good),
    ):
        with pytest.raises(ValueError, match="NaN"):
            call()


def test_no_draws_have_no_shares() -> None:
    """Nothing is divided by nought draws, and scores without weights are no draws."""
    with pytest.raises(ValueError, match="no draws"):
        _ = tally(np.empty((0, 2)), np.empty((0, 3))).rank_shares
    with pytest.raises(ValueError, match="2 draws of scores, but 1 of weights"):
        tally(np.ones((2, 2)), np.ones((1, 3)))
