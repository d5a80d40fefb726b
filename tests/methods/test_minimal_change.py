from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog  # type: ignore[import-untyped]

from afweging.methods.minimal_change import (
    Amendment,
    amend_to_accept,
    amend_to_win,
    change_to_beat,
    change_to_win,
)
from afweging.methods.ranking import SCORE_TOLERANCE

FloatArray = NDArray[np.float64]


def _case(seed: int) -> tuple[FloatArray, FloatArray]:
    """Return random values of alternatives and random weights; some tie, some are zero."""
    rng = np.random.default_rng(seed)
    alternatives, criteria = int(rng.integers(2, 6)), int(rng.integers(2, 8))
    values = rng.uniform(0, 1, (alternatives, criteria))
    if seed % 3 == 0:
        values = np.round(values, 1)
    weights = rng.dirichlet(np.ones(criteria))
    if seed % 4 == 0:
        weights[0] = 0.0
    return values, np.asarray(weights / weights.sum())


def _least_by_program(gains: FloatArray, weights: FloatArray, lead: float) -> float | None:
    """Return the least share that moves by another program: over w and |w - now| as variables."""
    count = len(weights)
    eye, none = np.eye(count), np.zeros((count, count))
    result = linprog(
        np.concatenate([np.zeros(count), np.full(count, 0.5)]),
        A_ub=np.block([[-gains, np.zeros_like(gains)], [eye, -eye], [-eye, -eye]]),
        b_ub=np.concatenate([np.full(len(gains), -lead), weights, -weights]),
        A_eq=np.block([[np.ones((1, count)), none[:1]]]),
        b_eq=[1.0],
        bounds=[(0, None)] * (2 * count),
        method="highs-ds",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    return None if result.status == 2 else float(result.fun)


@pytest.mark.parametrize("seed", range(150))
def test_smallest_change_to_beat_one_equals_a_program(seed: int) -> None:
    """The greedy change moves as much weight as a linear program finds, within 1e-9."""
    values, weights = _case(seed)
    lead = 0.05 * (seed % 2)
    change = change_to_beat(values, weights, challenger=1, rival=0, lead=lead)
    expected = _least_by_program((values[1] - values[0])[None, :], weights, lead)
    assert (change is None) == (expected is None)
    if change is not None and expected is not None:
        assert change.moved == pytest.approx(expected, abs=1e-9)
        assert np.abs(change.weights - weights).sum() / 2 == pytest.approx(change.moved, abs=1e-12)
        assert change.weights.sum() == pytest.approx(1, abs=1e-12)
        assert change.weights.min() >= 0
        assert float(change.weights @ (values[1] - values[0])) >= lead - 1e-12


@pytest.mark.parametrize("seed", range(150))
def test_smallest_change_to_win_equals_a_program(seed: int) -> None:
    """The change that beats all others moves as much weight as another program, within 1e-9."""
    values, weights = _case(seed)
    change = change_to_win(values, weights, challenger=0)
    expected = _least_by_program(values[0] - values[1:], weights, 0.0)
    assert (change is None) == (expected is None)
    if change is not None and expected is not None:
        assert change.moved == pytest.approx(expected, abs=1e-9)
        scores = values @ change.weights
        assert scores[0] >= scores.max() - SCORE_TOLERANCE
        assert change.weights.sum() == pytest.approx(1, abs=1e-12)
        assert change.weights.min() >= 0


@pytest.mark.parametrize("seed", range(60))
def test_one_per_cent_less_does_not_do_it(seed: int) -> None:
    """Going 99 per cent of the way leaves the challenger behind, for one rival and for all."""
    values, weights = _case(seed)
    one = change_to_beat(values, weights, challenger=1, rival=0)
    if one is not None and one.moved > 1e-6:
        short = weights + 0.99 * (one.weights - weights)
        assert float(short @ (values[1] - values[0])) < 0
    every = change_to_win(values, weights, challenger=1)
    if every is not None and every.moved > 1e-6:
        scores = values @ (weights + 0.99 * (every.weights - weights))
        assert scores[1] < scores.max()


def test_who_wins_already_needs_nothing() -> None:
    """An alternative that is first, alone or level, needs no change and keeps the weights."""
    values = np.array([[0.8, 0.2], [0.4, 0.6], [0.1, 0.1]])
    weights = np.array([0.5, 0.5])
    for change in (
        change_to_win(values, weights, challenger=1),
        change_to_beat(values, weights, challenger=1, rival=0),
    ):
        assert change is not None
        assert change.moved == 0
        assert change.weights.tolist() == [0.5, 0.5]


def test_dominated_alternatives_can_never_win() -> None:
    """Where the challenger is worse on everything no weights help; level somewhere, they do."""
    values = np.array([[0.8, 0.4, 0.3], [0.5, 0.2, 0.2], [0.5, 0.4, 0.1]])
    weights = np.array([0.5, 0.3, 0.2])
    assert change_to_beat(values, weights, challenger=1, rival=0) is None
    assert change_to_win(values, weights, challenger=1) is None
    level = change_to_beat(values, weights, challenger=2, rival=0)
    assert level is not None
    assert level.weights.tolist() == [0, 1, 0]


def test_between_two_it_is_the_same_question() -> None:
    """With two alternatives, beating the other and winning move equally much weight."""
    values, weights = np.array([[0.9, 0.1, 0.4], [0.2, 0.7, 0.6]]), np.array([0.6, 0.1, 0.3])
    one = change_to_beat(values, weights, challenger=1, rival=0)
    both = change_to_win(values, weights, challenger=1)
    assert one is not None
    assert both is not None
    assert one.moved == pytest.approx(both.moved, abs=1e-12)
    assert one.unique


def test_ties_between_criteria_are_shared_and_said() -> None:
    """Criteria that do equally well share what moves, and the result says it is not the only one.

    From the two worst criteria equal shares of their weights go; the two best get the same.
    """
    values = np.array([[0.5, 0.5, 0.5, 0.5], [0.1, 0.1, 0.7, 0.7]])
    weights = np.array([0.6, 0.2, 0.1, 0.1])
    change = change_to_beat(values, weights, challenger=1, rival=0)
    assert change is not None
    assert not change.unique
    taken = weights - change.weights
    assert taken[0] == pytest.approx(3 * taken[1])
    assert taken[2] == pytest.approx(taken[3])


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_permuting_criteria_permutes_the_change(seed: int) -> None:
    """The change does not depend on the order of the criteria."""
    values, weights = _case(seed)
    moved = np.random.default_rng(seed).permutation(len(weights))
    one = change_to_beat(values, weights, challenger=1, rival=0)
    two = change_to_beat(values[:, moved], weights[moved], challenger=1, rival=0)
    assert (one is None) == (two is None)
    if one is not None and two is not None:
        assert two.weights == pytest.approx(one.weights[moved], abs=1e-12)


def _accepts(
    values: FloatArray, weights: FloatArray, alternative: int, gap: float
) -> tuple[float, bool]:
    """Return the share of people who accept an alternative, and whether it is anyone's worst."""
    scores = weights @ values.T
    own, others = scores[:, alternative], np.delete(scores, alternative, axis=1)
    share = float((own >= others.max(axis=1) - gap - SCORE_TOLERANCE).mean())
    return share, bool((own < others.min(axis=1) - SCORE_TOLERANCE).any())


def _amended(values: FloatArray, amount: float) -> FloatArray:
    """Return the values with an amount added for alternative 1 on criterion 0."""
    new = values.copy()
    new[1, 0] += amount
    return new


@pytest.mark.parametrize("seed", range(60))
def test_amendment_does_what_it_says_and_one_per_cent_less_does_not(seed: int) -> None:
    """Scored again, enough people accept and it is nobody's worst; a little less and it fails."""
    rng = np.random.default_rng(seed)
    values = rng.uniform(0, 1, (4, 3))
    values[1] *= 0.6
    weights = rng.dirichlet(np.ones(3), 9)
    share, gap = float(rng.choice([0.25, 0.5, 2 / 3, 0.9, 1.0])), float(rng.choice([0.0, 0.05]))
    found = amend_to_accept(values, weights, alternative=1, criterion=0, share=share, gap=gap)
    assert found is not None
    reached, worst = _accepts(_amended(values, found.amount), weights, 1, gap)
    assert reached == pytest.approx(found.accepting.mean())
    assert reached >= share - 1e-9
    assert not worst
    assert found.value == values[1, 0] + found.amount
    if found.amount > 1e-6:
        reached, worst = _accepts(_amended(values, 0.99 * found.amount), weights, 1, gap)
        assert reached < share - 1e-9 or worst


@pytest.mark.parametrize("seed", range(30))
def test_amendment_to_win_makes_it_first_for_everyone(seed: int) -> None:
    """After the amendment it is first for all, and with one per cent less not for all."""
    rng = np.random.default_rng(seed)
    values, weights = rng.uniform(0, 1, (4, 3)), rng.dirichlet(np.ones(3), 5)
    found = amend_to_win(values, weights, alternative=1, criterion=0, lead=0.01)
    assert found is not None
    assert _accepts(_amended(values, found.amount), weights, 1, -0.01)[0] == 1
    if found.amount > 1e-6:
        assert _accepts(_amended(values, 0.99 * found.amount), weights, 1, -0.01)[0] < 1


def test_amendment_is_impossible_without_weight() -> None:
    """Who gives the criterion no weight cannot be won by it; others may be enough, or not."""
    values = np.array([[0.8, 0.6], [0.2, 0.5], [0.1, 0.1]])
    weights = np.array([[0.5, 0.5], [0.0, 1.0], [0.4, 0.6]])
    assert amend_to_win(values, weights, alternative=1, criterion=0) is None
    most = amend_to_accept(values, weights, alternative=1, criterion=0, share=2 / 3)
    assert most is not None
    assert most.needed.tolist() == pytest.approx([0.7, np.inf, 0.75])
    assert most.accepting.tolist() == [True, False, True]
    assert most.amount == most.needed[2]


def test_being_the_worst_for_one_person_can_bind() -> None:
    """An alternative that enough people accept still has to leave the bottom for the others."""
    values = np.array([[0.2, 0.9], [0.6, 0.1], [0.1, 0.5]])
    weights = np.array([[0.9, 0.1], [0.8, 0.2], [0.2, 0.8]])
    found = amend_to_accept(values, weights, alternative=1, criterion=0, share=0.5)
    assert found is not None
    assert found.needed[:2].tolist() == [0, 0]
    assert found.amount == found.needed_not_worst[2] == pytest.approx(1.1)
    assert found.accepting.tolist() == [True, True, False]


def test_one_alternative_alone_needs_nothing() -> None:
    """Without others an alternative is first and never the worst."""
    found = amend_to_win(np.array([[0.3, 0.1]]), np.array([[0.6, 0.4]]), alternative=0, criterion=1)
    assert isinstance(found, Amendment)
    assert found.amount == 0
    assert change_to_win(np.array([[0.3, 0.1]]), np.array([0.6, 0.4]), challenger=0) is not None


def test_order_of_people_is_irrelevant() -> None:
    """Permuting people permutes what each needs, and leaves the amount to the last bit."""
    rng = np.random.default_rng(4)
    values, weights, crowd = (
        rng.uniform(0, 1, (4, 3)),
        rng.dirichlet(np.ones(3), 8),
        rng.permutation(8),
    )
    one = amend_to_accept(values, weights, alternative=2, criterion=1, share=0.6)
    two = amend_to_accept(values, weights[crowd], alternative=2, criterion=1, share=0.6)
    assert one is not None
    assert two is not None
    assert one.amount == two.amount
    assert one.needed[crowd].tolist() == two.needed.tolist()
