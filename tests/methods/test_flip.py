from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import linprog  # type: ignore[import-untyped]

from afweging.methods.flip import Flip, Never, flip_l1
from afweging.methods.minimal_change import change_to_beat

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]


def _oracle(gains: FloatArray, weights: FloatArray, rows: FloatArray) -> float | None:
    """Return half the least L1 change, by a program in what each weight gets and gives."""
    count = len(weights)
    asked = np.vstack([gains, rows])
    found = linprog(
        np.ones(2 * count),
        A_ub=np.hstack([-asked, asked]),
        b_ub=asked @ weights,
        A_eq=np.concatenate([np.ones(count), -np.ones(count)])[None],
        b_eq=[0.0],
        bounds=[(0, None)] * count + [(0, float(w)) for w in weights],
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    return None if found.status == 2 else float(found.fun) / 2


def _case(rng: np.random.Generator) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return gains, weights and, in half of the cases, an order that the weights must keep."""
    count, rivals = int(rng.integers(2, 9)), int(rng.integers(1, 5))
    gains = rng.uniform(-1, 1, (rivals, count)) - rng.uniform(0, 0.4)
    weights = rng.dirichlet(np.ones(count))
    order = np.eye(count)[:-1] - np.eye(count)[1:]
    rows = order[: int(rng.integers(0, 2)) * (count - 1)]
    return gains, weights, rows


@pytest.mark.parametrize("seed", range(8))
def test_the_distance_is_that_of_an_independent_program(seed: int) -> None:
    """In 1,600 random cases, among all weights and within an order, and the bound proves it."""
    rng = np.random.default_rng(seed)
    for _ in range(200):
        gains, weights, rows = _case(rng)
        found, expected = flip_l1(gains, weights, rows=rows), _oracle(gains, weights, rows)
        if isinstance(found, Never):
            assert expected is None
            continue
        assert expected is not None
        assert found.distance == pytest.approx(expected, abs=1e-9)
        assert found.bound == pytest.approx(found.distance, abs=1e-9)
        assert (gains @ found.weights >= -1e-9).all()
        assert (rows @ found.weights >= -1e-9).all()
        assert found.weights.min() >= 0
        assert found.weights.sum() == pytest.approx(1)


@pytest.mark.parametrize("seed", range(4))
def test_one_rival_is_beaten_in_closed_form(seed: int) -> None:
    """Against one rival, without answers, the greedy closed form moves exactly as much."""
    rng = np.random.default_rng(seed)
    for _ in range(100):
        gains, weights, _ = _case(rng)
        values = np.vstack([gains[0], np.zeros(gains.shape[1])])
        found = flip_l1(gains[:1], weights)
        change = change_to_beat(values, weights, challenger=0, rival=1)
        assert (change is None) == isinstance(found, Never)
        if isinstance(found, Flip) and change is not None:
            assert found.distance == pytest.approx(change.moved, abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_never_is_certified(seed: int) -> None:
    """The multipliers mix gains and answers into a row below 0 everywhere: nothing fits."""
    rng = np.random.default_rng(seed)
    for _ in range(100):
        gains, weights, rows = _case(rng)
        found = flip_l1(gains - 0.5, weights, rows=rows)
        if isinstance(found, Never):
            mixed = found.multipliers @ np.vstack([gains - 0.5, rows])
            assert found.multipliers.min() >= 0
            assert mixed.max() < 0


@pytest.mark.parametrize("seed", range(4))
def test_degenerate_options_are_no_obstacle(seed: int) -> None:
    """Copies, dominated options, values of 0 and 1 only and weights of 0 all get an answer."""
    rng = np.random.default_rng(seed)
    for _ in range(150):
        values = rng.integers(0, 3, (4, int(rng.integers(1, 6)))) / 2
        values[3] = values[int(rng.integers(0, 3))]
        drawn: FloatArray = np.asarray(rng.integers(0, 3, values.shape[1]), dtype=np.float64)
        drawn[0] += 0.0 if drawn.any() else 1.0
        weights = drawn / drawn.sum()
        gains = values[0] - values[1:]
        none = np.empty((0, len(weights)))
        found, expected = flip_l1(gains, weights), _oracle(gains, weights, none)
        assert isinstance(found, Never) == (expected is None)
        if isinstance(found, Flip):
            assert found.distance == pytest.approx(expected, abs=1e-9)


def test_what_holds_already_needs_no_change() -> None:
    """A gain that is not negative now gives a distance of 0 and the same weights."""
    weights = np.array([0.2, 0.5, 0.3])
    found = flip_l1(np.array([[0.5, -0.1, 0.1]]), weights)
    assert isinstance(found, Flip)
    assert found.distance == 0
    assert found.weights == pytest.approx(weights)


def test_by_hand() -> None:
    """From (0.6, 0.4), gains (-0.4, 0.2): at a third and two thirds the two tie."""
    found = flip_l1(np.array([[-0.4, 0.2]]), np.array([0.6, 0.4]))
    assert isinstance(found, Flip)
    assert found.weights == pytest.approx([1 / 3, 2 / 3])
    assert found.distance == pytest.approx(0.6 - 1 / 3)


def test_no_number_is_refused() -> None:
    """NaN never enters."""
    with pytest.raises(ValueError, match=r"not a number"):
        flip_l1(np.array([[np.nan, 0.2]]), np.array([0.6, 0.4]))
