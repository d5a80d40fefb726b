from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from afweging.methods.weight_spread import (
    aggregate_judgements,
    aggregate_priorities,
    ahp_consensus,
    aitchison_centre,
    centred_log_ratio,
    consensus_word,
    mean_distance,
    measure_spread,
    ordinal_consensus,
    replace_zeros,
    share_choice,
)

FloatArray = NDArray[np.float64]

SAME = np.tile(np.array([0.5, 0.3, 0.2]), (7, 1))


def _people(seed: int, count: int = 9, criteria: int = 4) -> FloatArray:
    """Return random weights of a number of people, some of them zero."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(criteria), count)
    weights[0, 1] = 0.0
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def test_zeros_are_replaced_and_counted() -> None:
    """A zero becomes delta, the rest keeps its ratios and the sum stays 1."""
    weights, zeros = replace_zeros(np.array([[0.75, 0.25, 0, 0], [0.1, 0.2, 0.3, 0.4]]), delta=0.01)
    assert zeros == 2
    assert weights[0].tolist() == pytest.approx([0.735, 0.245, 0.01, 0.01])
    assert weights[0, 0] / weights[0, 1] == pytest.approx(3)
    assert weights[1].tolist() == [0.1, 0.2, 0.3, 0.4]


def test_results_say_how_many_zeros_were_replaced() -> None:
    """The number of zeros and the delta are in the results."""
    weights = np.array([[0.6, 0.4, 0.0], [0.0, 0.0, 1.0], [0.2, 0.3, 0.5]])
    group, spread = aggregate_priorities(weights, delta=0.02), measure_spread(weights, delta=0.02)
    assert (group.zeros_replaced, group.delta) == (3, 0.02)
    assert (spread.zeros_replaced, spread.delta) == (3, 0.02)
    assert math.isfinite(spread.total_variance)


def test_identical_people_have_no_spread() -> None:
    """Equal weights give variance 0, distance 0, S* = 1, and both means give those weights."""
    spread, group = measure_spread(SAME), aggregate_priorities(SAME)
    assert spread.total_variance == pytest.approx(0, abs=1e-28)
    assert spread.mean_distance == 0
    assert ahp_consensus(SAME) == pytest.approx(1, abs=1e-12)
    assert group.geometric == pytest.approx(SAME[0], abs=1e-12)
    assert group.difference == pytest.approx(np.zeros(3), abs=1e-12)
    assert spread.lower_quartile.tolist() == spread.upper_quartile.tolist() == SAME[0].tolist()


@pytest.mark.parametrize("seed", range(5))
def test_total_variance_is_the_mean_of_log_ratio_variances(seed: int) -> None:
    """Mean squared distance to the centre equals 1 / 2C of the variances of all log ratios."""
    weights, _ = replace_zeros(_people(seed))
    logs = np.log(weights)
    ratios = logs[:, :, None] - logs[:, None, :]
    expected = ratios.var(axis=0).sum() / (2 * weights.shape[1])
    assert measure_spread(weights).total_variance == pytest.approx(expected, rel=1e-12)


def test_centre_is_where_the_log_ratios_have_their_mean() -> None:
    """The clr of the centre is the mean of the clr of the people, and clr adds up to 0."""
    weights, _ = replace_zeros(_people(3))
    clr = centred_log_ratio(weights)
    assert clr.sum(axis=1) == pytest.approx(np.zeros(9), abs=1e-12)
    centre = centred_log_ratio(aitchison_centre(weights)[None, :])[0]
    assert centre == pytest.approx(clr.mean(axis=0), abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_mean_distance_is_that_of_all_pairs(seed: int) -> None:
    """The closed form equals the mean over all pairs of half the L1 distance."""
    weights = _people(seed)
    pairs = [np.abs(weights[p] - weights[q]).sum() / 2 for p in range(9) for q in range(p)]
    assert mean_distance(weights) == pytest.approx(np.mean(pairs), abs=1e-14)


def test_opposite_people_are_one_apart() -> None:
    """Two people who give all weight to different criteria have distance 1; one person has none."""
    assert mean_distance(np.array([[1.0, 0, 0], [0, 0, 1]])) == 1
    assert mean_distance(np.array([[0.2, 0.3, 0.5]])) is None


def test_quartiles_per_criterion() -> None:
    """Quartiles and median are taken per criterion, and need not add up to 1."""
    weights = np.array([[0.1, 0.9], [0.2, 0.8], [0.6, 0.4], [0.7, 0.3], [0.9, 0.1]])
    spread = measure_spread(weights)
    assert spread.median.tolist() == [0.6, 0.4]
    assert spread.lower_quartile.tolist() == [0.2, 0.3]
    assert spread.upper_quartile.tolist() == [0.7, 0.8]


def test_geometric_and_arithmetic_means_differ() -> None:
    """Both means add up to 1, and the difference is the first minus the second."""
    group = aggregate_priorities(np.array([[0.8, 0.1, 0.1], [0.2, 0.2, 0.6]]))
    roots = np.sqrt([0.16, 0.02, 0.06])
    assert group.geometric == pytest.approx(roots / roots.sum())
    assert group.arithmetic == pytest.approx([0.5, 0.15, 0.35])
    assert group.difference == pytest.approx(roots / roots.sum() - [0.5, 0.15, 0.35])


def test_joint_judgements_stay_reciprocal() -> None:
    """Of consistent matrices the mean is that of the geometric mean of the weights."""
    weights = np.random.default_rng(5).dirichlet([2.0, 3.0, 4.0], 6)
    joint = aggregate_judgements(weights[:, :, None] / weights[:, None, :])
    assert joint * joint.T == pytest.approx(np.ones((3, 3)))
    centre = aitchison_centre(weights)
    assert joint == pytest.approx(centre[:, None] / centre[None, :])


def test_shared_choice_keeps_ties() -> None:
    """Who ties the group's choice with another may share it, who puts it first alone does."""
    scores = np.array([[0.6, 0.5, 0.1], [0.5, 0.5, 0.1], [0.2, 0.7, 0.1], [0.3, 0.1 + 0.2, 0.2]])
    choice = share_choice(scores, np.array([0.6, 0.5, 0.1]))
    assert choice.same.tolist() == [True, False, False, False]
    assert choice.may.tolist() == [True, True, False, True]
    assert (choice.share, choice.share_at_most) == (0.25, 0.75)


def test_shared_choice_of_a_group_that_ties() -> None:
    """Where the group ties two alternatives, everybody whose firsts are among them shares it."""
    scores = np.array([[0.6, 0.5, 0.1], [0.5, 0.5, 0.1], [0.2, 0.2, 0.7]])
    assert share_choice(scores, np.array([0.5, 0.5, 0.3])).same.tolist() == [True, True, False]


def test_ahp_consensus_is_zero_at_the_extremes_of_its_scale() -> None:
    """People who each weigh another criterion nine times as much as the rest have S* = 0."""
    extreme = (np.ones((4, 4)) + 8 * np.eye(4)) / 12
    assert ahp_consensus(extreme) == pytest.approx(0, abs=1e-12)


def test_ahp_consensus_below_zero_is_not_hidden() -> None:
    """Weights further apart than the AHP scale allows give a negative number, not NaN."""
    consensus = ahp_consensus(np.eye(3))
    assert consensus is not None
    assert consensus < 0
    assert ahp_consensus(np.ones((2, 1))) is None


def test_words_of_the_scale() -> None:
    """The five words have the published bounds."""
    words = [consensus_word(x) for x in (-0.2, 0.49, 0.51, 0.63, 0.76, 0.88, 1.0)]
    assert words == ["very_low", "very_low", "low", "moderate", "high", "very_high", "very_high"]


def test_ordinal_consensus_has_its_ends() -> None:
    """All on one score is 1, half on each end is 0, and one who moves away lowers it."""
    assert ordinal_consensus(np.array([2, 2, 2]), low=1, high=5) == 1
    assert ordinal_consensus(np.array([1, 5, 5, 1]), low=1, high=5) == pytest.approx(0, abs=1e-15)
    near = ordinal_consensus(np.array([4, 4, 3]), low=1, high=5)
    far = ordinal_consensus(np.array([4, 4, 1]), low=1, high=5)
    assert 0 < far < near < 1


def test_ordinal_consensus_by_hand() -> None:
    """Scores 1, 2, 2, 5 have mean 2.5: 1 + (log2 .625 + 2 log2 .875 + log2 .375) / 4."""
    expected = 1 + (math.log2(0.625) + 2 * math.log2(0.875) + math.log2(0.375)) / 4
    found = ordinal_consensus(np.array([5, 2, 1, 2]), low=1, high=5)
    assert found == pytest.approx(expected, abs=1e-15)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), count=st.integers(2, 40), criteria=st.integers(2, 7))
def test_order_of_people_and_criteria_is_irrelevant(seed: int, count: int, criteria: int) -> None:
    """Permuting people changes no bit; permuting criteria permutes, to the last bit as well."""
    weights = _people(seed, count, criteria)
    rng = np.random.default_rng(seed)
    crowd, moved = rng.permutation(count), rng.permutation(criteria)
    other = weights[crowd][:, moved]
    before, after = measure_spread(weights), measure_spread(other)
    assert before.total_variance == after.total_variance
    assert before.mean_distance == after.mean_distance
    assert before.median[moved].tolist() == after.median.tolist()
    assert before.lower_quartile[moved].tolist() == after.lower_quartile.tolist()
    one, two = aggregate_priorities(weights), aggregate_priorities(other)
    assert one.geometric[moved].tolist() == two.geometric.tolist()
    assert one.arithmetic[moved].tolist() == two.arithmetic.tolist()
    assert ahp_consensus(weights) == ahp_consensus(other)
