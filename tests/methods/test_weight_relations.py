from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import optimize  # type: ignore[import-untyped]

from afweging.methods.ranking import rank_scores
from afweging.methods.weight_relations import (
    DecisionRules,
    extreme_ranks,
    potential_optimality,
)
from afweging.methods.weight_set import extreme_points
from afweging.methods.weight_space import first_shares, rank_shares

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

SEEDS = st.integers(0, 10**6)
VALUES = np.array([[1.0, 0.0], [0.0, 1.0], [0.7, 0.5], [0.4, 0.4]])
FIRST_AT_LEAST_HALF = np.array([[1.0, -1.0]])


def _problem(seed: int, *, coarse: bool) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return values of shape (A, n), rows that leave weights some room, and extreme points."""
    rng = np.random.default_rng(seed)
    alternatives, count = int(rng.integers(1, 6)), int(rng.integers(1, 5))
    values = rng.random((alternatives, count))
    if coarse:
        values = np.round(values * 3) / 3
    rows = rng.normal(size=(int(rng.integers(0, 3)), count))
    rows *= np.sign(rows @ rng.dirichlet(np.ones(count)))[:, None]
    return values, rows, extreme_points(rows, count=count)


# --- decision rules -----------------------------------------------------------------------------


def test_each_rule_chooses_by_its_own_number() -> None:
    """A and B are best at their best, C at its worst, in the middle and by regret."""
    rules = DecisionRules(
        np.array([1, 1, 0.7]),
        np.array([0, 0, 0.5]),
        np.array([0.5, 0.5, 0.6]),
        np.array([1, 1, 0.5]),
    )
    chosen = {rule: np.flatnonzero(best).tolist() for rule, best in rules.choices.items()}
    assert chosen == {"maximax": [0, 1], "maximin": [2], "central": [2], "minimax_regret": [2]}


# --- potential optimality -----------------------------------------------------------------------


def test_margins_by_hand() -> None:
    """C leads A and B by most at w1 = 0.5; D trails least where B and C are as low as can be."""
    margins, weights = potential_optimality(VALUES)
    assert margins.tolist() == pytest.approx([0.3, 0.5, 0.1, 0.4 - 7 / 12])
    assert weights[2].tolist() == pytest.approx([0.5, 0.5])
    assert weights[3].tolist() == pytest.approx([5 / 12, 7 / 12])
    margins, weights = potential_optimality(VALUES, FIRST_AT_LEAST_HALF)
    assert margins.tolist() == pytest.approx([0.3, -0.1, 0.1, -0.2])


@settings(max_examples=80, deadline=None)
@given(seed=SEEDS, coarse=st.booleans())
def test_who_can_be_first_has_a_share(seed: int, *, coarse: bool) -> None:
    """A lead is possible where the exact share is above 0, and only there; weights show it."""
    values, rows, _ = _problem(seed, coarse=coarse)
    margins, weights = potential_optimality(values, rows)
    shares = first_shares(values, rows).shares
    assert (shares[margins < -1e-9] == 0).all()
    assert (margins[shares > 0] >= -1e-9).all()
    assert (shares[margins > 1e-3] > 0).all()
    assert (weights >= 0).all()
    assert (weights @ rows.T >= -1e-9 * np.abs(rows).max(initial=1.0)).all()
    scores = weights @ values.T  # (A, A), a row for the weights of each
    for i, margin in enumerate(margins):
        others = np.delete(scores[i], i)
        assert margin == pytest.approx(scores[i, i] - others.max(initial=-np.inf), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_the_dominated_cannot_be_first(seed: int) -> None:
    """What is 0.1 lower on every criterion trails by 0.1 at least, and then is never first."""
    values, rows, points = _problem(seed, coarse=False)
    both = np.vstack([values, values[:1] - 0.1])
    assert (points @ (both[0] - both[-1]) > 0).all()
    assert potential_optimality(both, rows)[0][-1] <= -0.1 + 1e-9
    assert extreme_ranks(both, rows)[0][-1] > 1


# --- extreme ranks ------------------------------------------------------------------------------


def test_extreme_ranks_by_hand() -> None:
    """With w1 from 0.5 on B is second where it ties with A, else below; D is third at best."""
    best, worst = extreme_ranks(VALUES, FIRST_AT_LEAST_HALF)
    assert best.tolist() == [1, 2, 1, 3]
    assert worst.tolist() == [2, 4, 2, 4]


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_extreme_ranks_are_those_of_the_exact_cells(seed: int) -> None:
    """For values without special places, best and worst are the ranks with some share."""
    values, rows, _ = _problem(seed, coarse=False)
    has_share = rank_shares(values, rows) > 1e-11  # some cells are as small as 1e-10
    best, worst = extreme_ranks(values, rows)
    assert best.tolist() == (has_share.argmax(axis=1) + 1).tolist()
    last = len(values) - has_share[:, ::-1].argmax(axis=1)
    assert worst.tolist() == last.tolist()


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, coarse=st.booleans())
def test_ranges_of_leads_can_be_given(seed: int, *, coarse: bool) -> None:
    """Ranks are the same with the ranges of all leads at the extreme points given beforehand."""
    values, rows, points = _problem(seed, coarse=coarse)
    leads = (values[:, None] - values) @ points.T
    ranges = leads.min(axis=2), leads.max(axis=2)
    given_ranges = extreme_ranks(values, rows, leads=ranges)
    for one, other in zip(given_ranges, extreme_ranks(values, rows), strict=True):
        assert one.tolist() == other.tolist()


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_extreme_ranks_where_many_tie(seed: int) -> None:
    """On a coarse grid the worst rank has a share, and the best is met where hyperplanes meet."""
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 3, (int(rng.integers(2, 6)), 3)) / 2
    best, worst = extreme_ranks(values)
    has_share = rank_shares(values) > 1e-7
    assert worst.tolist() == (len(values) - has_share[:, ::-1].argmax(axis=1)).tolist()
    assert best.tolist() == _best_where_planes_meet(values).tolist()


def _best_where_planes_meet(values: FloatArray) -> IntArray:
    """Return the best rank of each over all weights at which ties and sides of the triangle meet.

    Ties share the better rank, so nowhere is a rank better than in one of these points.
    """
    ties = [values[i] - values[k] for i, k in combinations(range(len(values)), 2)]
    points = [np.eye(3)]
    for pair in combinations([*np.eye(3), *ties], 2):
        system = np.vstack([np.ones(3), *pair])
        if np.linalg.matrix_rank(system) == 3:
            points.append(np.linalg.solve(system, np.eye(3)[0])[None])
    weights = np.vstack(points)
    inside = weights[(weights >= -1e-12).all(axis=1)]
    return np.asarray(rank_scores(inside @ values.T).min(axis=0))


def test_rivals_that_tie_in_one_point_are_not_ahead_together() -> None:
    """B and C are ahead of A on either side of w1 = 0.5, where all tie: A is never third."""
    values = np.array([[0.5, 0.5], [1.0, 0.0], [0.0, 1.0]])
    best, worst = extreme_ranks(values)
    assert best.tolist() == [1, 1, 1]
    assert worst.tolist() == [2, 3, 3]


def test_six_alternatives_are_as_drawn() -> None:
    """With six alternatives and answers about five weights the extremes are those of many draws."""
    rng = np.random.default_rng(30)
    values = rng.random((6, 5))
    rows = np.array([[1.0, -1.0, 0.0, 0.0, 0.0], [0.0, 1.0, -0.5, 0.0, 0.0]])
    points = extreme_points(rows, count=5)
    draws = rng.dirichlet(np.full(len(points), 0.3), 100_000) @ points  # more near the edges
    ranks = rank_scores(draws @ values.T)
    best, worst = extreme_ranks(values, rows)
    assert best.tolist() == ranks.min(axis=0).tolist()
    assert worst.tolist() == ranks.max(axis=0).tolist()


@pytest.mark.parametrize("seed", range(30))
def test_thin_sets_of_weights_have_an_answer(seed: int) -> None:
    """Ratios that hold within a hair leave room for weights that a solver overlooks."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(3, 7))
    weights = rng.dirichlet(np.ones(count))
    times = weights[:-1] / weights[1:]
    eye = np.eye(count)
    rows = np.vstack(
        [
            eye[:-1] - (times * (1 - 1e-9))[:, None] * eye[1:],
            (times * (1 + 1e-9))[:, None] * eye[1:] - eye[:-1],
        ]
    )
    values = rng.random((4, count))
    scores = values @ weights
    margins, _ = potential_optimality(values, rows)
    gaps = [scores[a] - np.delete(scores, a).max() for a in range(4)]
    assert margins == pytest.approx(gaps, abs=1e-7)


# --- edges --------------------------------------------------------------------------------------


def test_identical_alternatives_tie_everywhere() -> None:
    """Twins share their ranks and lead each other by nothing."""
    values = np.array([[0.6, 0.2], [0.3, 0.9], [0.6, 0.2]])
    best, worst = extreme_ranks(values)
    assert best.tolist() == [1, 1, 1]
    assert worst.tolist() == [2, 3, 2]
    assert potential_optimality(values)[0].tolist() == pytest.approx([0, 0.7, 0])


def test_constant_columns() -> None:
    """Where nothing differs all are first."""
    values = np.full((3, 2), 0.4)
    assert [ranks.tolist() for ranks in extreme_ranks(values)] == [[1, 1, 1], [1, 1, 1]]


def test_one_alternative_and_one_criterion() -> None:
    """One alternative is first without a rival; one criterion decides everything."""
    alone = np.array([[0.3, 0.8]])
    assert [ranks.tolist() for ranks in extreme_ranks(alone)] == [[1], [1]]
    assert potential_optimality(alone)[0].tolist() == [np.inf]
    single = np.array([[0.2], [0.7], [0.5]])
    assert [ranks.tolist() for ranks in extreme_ranks(single)] == [[3, 1, 2], [3, 1, 2]]
    assert potential_optimality(single)[0].tolist() == pytest.approx([-0.5, 0.2, -0.2])


def test_nan_and_empty_sets_are_refused() -> None:
    """NaN is refused, and so are answers that no weights fit."""
    bad = np.array([[0.1, float("nan")], [0.3, 0.2]])
    clash = np.array([[1.0, -2.0], [-2.0, 1.0]])
    for of_rows in (potential_optimality, extreme_ranks):
        with pytest.raises(ValueError, match="NaN"):
            of_rows(bad)
        with pytest.raises(ValueError, match="no weights fit"):
            of_rows(VALUES, clash)


def test_mixed_programs_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """With weights among whole numbers the solver may print to the output, where the answer goes.

    Seen for 20 alternatives, and for sets of weights with hardly any room.
    """
    asked: list[bool] = []
    milp = optimize.milp

    def watched(*args: object, integrality: FloatArray, **others: object) -> object:
        asked.append(bool((integrality == 1).all()))
        return milp(*args, integrality=integrality, **others)

    monkeypatch.setattr(optimize, "milp", watched)
    values = np.random.default_rng(3).random((8, 4))
    best, worst = extreme_ranks(values)
    drawn = np.random.default_rng(4).dirichlet(np.ones(4), 20_000) @ values.T
    ranks = 1 + (drawn[:, None, :] > drawn[:, :, None] + 1e-9).sum(axis=2)
    assert (best <= ranks.min(axis=0)).all()
    assert (worst >= ranks.max(axis=0)).all()
    assert asked
    assert all(asked)
