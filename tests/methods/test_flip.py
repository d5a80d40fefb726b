from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import linprog  # type: ignore[import-untyped]
from scipy.sparse import block_diag, csr_array  # type: ignore[import-untyped]

from afweging.methods.flip import Flip, Never, flip_l1, flip_l2, flip_linf
from afweging.methods.minimal_change import change_to_beat
from afweging.methods.weight_relations import potential_optimality

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    Case = tuple[FloatArray, FloatArray, FloatArray]  # gains, weights, rows

EXACT = {
    "presolve": False,
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
}
FLIPS = (flip_l1, flip_l2, flip_linf)
SIZES: dict[Callable[..., Flip | Never], Callable[[FloatArray], float]] = {
    flip_l1: lambda change: np.abs(change).sum() / 2,
    flip_l2: lambda change: np.sqrt((change**2).sum()),
    flip_linf: lambda change: np.abs(change).max(),
}


def _case(rng: np.random.Generator, *, several: float = 0.5, ordered: float = 0.25) -> Case:
    """Return gains, weights and, with chance `ordered`, an order that the weights must keep.

    There are several rivals with chance `several`, else one.
    """
    count = int(rng.integers(2, 9))
    rivals = int(rng.integers(2, 5)) if rng.random() < several else 1
    gains = rng.uniform(-1, 1, (rivals, count)) - rng.uniform(0, 0.4)
    weights = rng.dirichlet(np.ones(count))
    order = np.eye(count)[:-1] - np.eye(count)[1:]
    return gains, weights, order if rng.random() < ordered else np.empty((0, count))


def _asked(case: Case) -> FloatArray:
    gains, _, rows = case
    return np.vstack([gains, rows])


def _margins(cases: Sequence[Case]) -> FloatArray:
    """Return by how much the least gain can be at most within the rows, for each case."""
    limits, costs, bounds, sums = [], [], [], []
    for case in cases:
        gains, weights, rows = case
        ahead = np.append(np.ones(len(gains)), np.zeros(len(rows)))
        limits.append(np.column_stack([-_asked(case), ahead]))
        costs.append(np.append(np.zeros(len(weights)), -1.0))
        sums.append(np.append(np.ones(len(weights)), 0.0)[None])
        bounds += [(0, None)] * len(weights) + [(-9, 9)]
    found = linprog(
        np.concatenate(costs),
        A_ub=csr_array(block_diag(limits)),
        b_ub=np.zeros(sum(len(each) for each in limits)),
        A_eq=csr_array(block_diag(sums)),
        b_eq=np.ones(len(cases)),
        bounds=bounds,
        options=EXACT,
    )
    ends = np.cumsum([len(cost) for cost in costs]) - 1
    return np.asarray(found.x[ends])


def _program(
    cases: Sequence[Case], sizes: Callable[[int], tuple[FloatArray, FloatArray]]
) -> FloatArray:
    """Return the least size of the steps that do it, for all of these cases in one program.

    The variables of each case are what every weight gets, what it gives, and the size. `sizes`
    returns the cost of these and what may not be above 0.
    """
    limits, ends, costs, bounds, sums = [], [], [], [], []
    for case in cases:
        count = len(case[1])
        cost, extra = sizes(count)
        asked = _asked(case)
        limits.append(np.vstack([np.hstack([-asked, asked, np.zeros((len(asked), 1))]), extra]))
        ends.append(np.append(asked @ case[1], np.zeros(len(extra))))
        costs.append(cost)
        bounds += [(0, None)] * count + [(0, float(w)) for w in case[1]] + [(0, None)]
        sums.append(np.repeat([1.0, -1.0, 0.0], [count, count, 1])[None])
    found = linprog(
        np.concatenate(costs),
        A_ub=csr_array(block_diag(limits)),
        b_ub=np.concatenate(ends),
        A_eq=csr_array(block_diag(sums)),
        b_eq=np.zeros(len(cases)),
        bounds=bounds,
        options=EXACT,
    )
    parts = np.split(found.x, np.cumsum([len(cost) for cost in costs])[:-1])
    return np.array([cost @ part for cost, part in zip(costs, parts, strict=True)])


def _moved(count: int) -> tuple[FloatArray, FloatArray]:
    return np.repeat([0.5, 0.0], [2 * count, 1]), np.empty((0, 2 * count + 1))


def _largest(count: int) -> tuple[FloatArray, FloatArray]:
    eye = np.eye(count)
    extra = np.hstack([eye, eye, -np.ones((count, 1))])
    return np.repeat([0.0, 1.0], [2 * count, 1]), extra


def _check_flip(gains: FloatArray, weights: FloatArray, rows: FloatArray, found: Flip) -> None:
    """Check that the new weights fit and tie, and that at 99 % of the way something falls short."""
    asked = np.vstack([gains, rows])
    assert (asked @ found.weights >= -1e-11).all()
    assert found.weights.min() >= 0
    assert found.weights.sum() == pytest.approx(1, abs=1e-11)
    if found.distance > 1e-6:
        nearly = weights + 0.99 * (found.weights - weights)
        assert (asked @ nearly).min() < -1e-10
        if not len(rows):
            assert found.binding
            assert gains[list(found.binding)] @ found.weights == pytest.approx(0, abs=1e-9)


ORACLES = [(flip_l1, _moved), (flip_linf, _largest)]


@pytest.mark.parametrize(("flip", "sizes"), ORACLES, ids=["l1", "linf"])
@pytest.mark.parametrize("seed", range(10))
def test_the_distance_is_that_of_an_independent_program(
    seed: int,
    flip: Callable[..., Flip | Never],
    sizes: Callable[[int], tuple[FloatArray, FloatArray]],
) -> None:
    """In 10,000 random cases, and the bound proves it; never where the margin is negative.

    The new weights tie, and at 99 % of the way there something falls short.
    """
    rng = np.random.default_rng(seed)
    cases = [_case(rng, several=0.04, ordered=0.02) for _ in range(1000)]
    found = [flip(gains, weights, rows=rows) for gains, weights, rows in cases]
    never = [isinstance(each, Never) for each in found]
    assert never == (_margins(cases) < 0).tolist()
    able = [case for case, each in zip(cases, never, strict=True) if not each]
    flips = [each for each in found if isinstance(each, Flip)]
    distances = np.array([each.distance for each in flips])
    assert np.abs(distances - _program(able, sizes)).max() <= 1e-9
    assert np.abs(distances - [each.bound for each in flips]).max() <= 1e-9
    for (gains, weights, rows), each in zip(able, flips, strict=True):
        assert each.distance == pytest.approx(SIZES[flip](each.weights - weights), abs=1e-12)
        _check_flip(gains, weights, rows, each)


def _nearest_of_all(case: Case) -> FloatArray:
    """Return the nearest weights by trying every set of bounds that may hold them back."""
    _, weights, _ = case
    bounds = np.vstack([_asked(case), np.eye(len(weights))])
    best, least = weights, np.inf
    for size in range(len(weights)):
        for held in combinations(range(len(bounds)), size):
            lines = np.vstack([bounds[list(held)], np.ones(len(weights))])
            missing = np.append(-(bounds[list(held)] @ weights), 0.0)
            step = np.linalg.pinv(lines) @ missing
            new = weights + step
            fits = (bounds @ new >= -1e-11).all() and abs(new.sum() - 1) < 1e-11
            if fits and (length := float(np.linalg.norm(step))) < least:
                best, least = new, length
    return best


@pytest.mark.parametrize("seed", range(4))
def test_the_nearest_is_the_nearest_of_all_corners(seed: int) -> None:
    """In a straight line: of all points where some bounds hold, none that fits is nearer."""
    rng = np.random.default_rng(seed)
    looked_at = 0
    while looked_at < 40:
        gains, weights, rows = case = _case(rng)
        found = flip_l2(gains, weights, rows=rows)
        if len(weights) > 5 or isinstance(found, Never):
            continue
        looked_at += 1
        expected = _nearest_of_all(case)
        assert np.abs(found.weights - expected).max() <= 1e-9
        assert found.distance == pytest.approx(np.linalg.norm(expected - weights), abs=1e-9)


@pytest.mark.parametrize("flip", FLIPS)
@pytest.mark.parametrize("seed", range(3))
def test_the_flip_holds_and_less_does_not(seed: int, flip: Callable[..., Flip | Never]) -> None:
    """The new weights fit and some gain is level; at 99 % of the way something falls short."""
    rng = np.random.default_rng(seed)
    for _ in range(80):
        gains, weights, rows = _case(rng)
        found = flip(gains, weights, rows=rows)
        if isinstance(found, Never):
            continue
        assert found.distance == pytest.approx(SIZES[flip](found.weights - weights), abs=1e-12)
        assert found.bound == pytest.approx(found.distance, abs=1e-9)
        _check_flip(gains, weights, rows, found)


@pytest.mark.parametrize("seed", range(3))
def test_the_three_measures_agree_with_each_other(seed: int) -> None:
    """Each is best in its own measure, and all say never together."""
    rng = np.random.default_rng(seed)
    for _ in range(50):
        gains, weights, rows = _case(rng)
        found = {flip: flip(gains, weights, rows=rows) for flip in FLIPS}
        assert len({isinstance(each, Never) for each in found.values()}) == 1
        for flip, own in found.items():
            for other in found.values():
                if isinstance(own, Flip) and isinstance(other, Flip):
                    assert own.distance <= SIZES[flip](other.weights - weights) + 1e-9


@pytest.mark.parametrize("seed", range(3))
def test_the_even_flip_of_one_rival_does_not_depend_on_the_order(seed: int) -> None:
    """Criteria that do equally well change alike, wherever they stand."""
    rng = np.random.default_rng(seed)
    for _ in range(100):
        count = int(rng.integers(2, 9))
        gain, weights = rng.integers(-2, 3, count) / 2, rng.dirichlet(np.ones(count))
        order = rng.permutation(count)
        one, other = flip_linf(gain[None], weights), flip_linf(gain[None, order], weights[order])
        if isinstance(one, Flip) and isinstance(other, Flip):
            assert np.abs(one.weights[order] - other.weights).max() <= 1e-12


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


@pytest.mark.parametrize("flip", FLIPS)
@pytest.mark.parametrize("seed", range(2))
def test_never_is_certified(seed: int, flip: Callable[..., Flip | Never]) -> None:
    """The multipliers mix gains and answers into a row below 0 everywhere: nothing fits."""
    rng = np.random.default_rng(seed)
    for _ in range(50):
        gains, weights, rows = _case(rng)
        found = flip(gains - 0.5, weights, rows=rows)
        if isinstance(found, Never):
            mixed = found.multipliers @ np.vstack([gains - 0.5, rows])
            assert found.multipliers.min() >= 0
            assert mixed.max() < 0
            assert found.most == pytest.approx(mixed.max())


@pytest.mark.parametrize("flip", FLIPS)
@pytest.mark.parametrize("seed", range(2))
def test_never_is_that_it_cannot_be_first(seed: int, flip: Callable[..., Flip | Never]) -> None:
    """Among all weights, and within an order, exactly where the lead is at most negative."""
    rng = np.random.default_rng(seed)
    for _ in range(6):
        count = int(rng.integers(2, 6))
        values, weights = rng.uniform(0, 1, (4, count)), rng.dirichlet(np.ones(count))
        order = np.eye(count)[:-1] - np.eye(count)[1:]
        for rows in (None, order):
            margins, _ = potential_optimality(values, rows)
            for option, margin in enumerate(margins):
                gains = values[option] - np.delete(values, option, axis=0)
                assert isinstance(flip(gains, weights, rows=rows), Never) == (margin < 0)


def _degenerate(rng: np.random.Generator) -> Case:
    """Return copies, dominated options, values of 0, a half and 1 only, and weights of 0."""
    values = rng.integers(0, 3, (4, int(rng.integers(1, 6)))) / 2
    values[3] = values[int(rng.integers(0, 3))]
    drawn: FloatArray = np.asarray(rng.integers(0, 3, values.shape[1]), dtype=np.float64)
    drawn[0] += 0.0 if drawn.any() else 1.0
    rivals = int(rng.integers(1, 4))
    return values[0] - values[1 : 1 + rivals], drawn / drawn.sum(), np.empty((0, len(drawn)))


@pytest.mark.parametrize(("flip", "sizes"), ORACLES, ids=["l1", "linf"])
@pytest.mark.parametrize("seed", range(2))
def test_degenerate_options_are_no_obstacle(
    seed: int,
    flip: Callable[..., Flip | Never],
    sizes: Callable[[int], tuple[FloatArray, FloatArray]],
) -> None:
    """Copies, dominated options, values of 0 and 1 only and weights of 0 all get an answer."""
    rng = np.random.default_rng(seed)
    cases = [_degenerate(rng) for _ in range(300)]
    found = [flip(gains, weights) for gains, weights, _ in cases]
    never = [isinstance(each, Never) for each in found]
    assert never == (_margins(cases) < -1e-9).tolist()
    able = [case for case, each in zip(cases, never, strict=True) if not each]
    flips = [each for each in found if isinstance(each, Flip)]
    distances = np.array([each.distance for each in flips])
    assert np.abs(distances - _program(able, sizes)).max() <= 1e-9
    assert np.abs(distances - [each.bound for each in flips]).max() <= 1e-9


@pytest.mark.parametrize("seed", range(2))
def test_degenerate_options_have_a_nearest_too(seed: int) -> None:
    """In a straight line, with copies and weights of 0: the nearest of all corners."""
    rng = np.random.default_rng(seed)
    for _ in range(60):
        gains, weights, rows = case = _degenerate(rng)
        found = flip_l2(gains, weights)
        assert isinstance(found, Never) == isinstance(flip_l1(gains, weights), Never)
        if isinstance(found, Flip):
            expected = _nearest_of_all((gains, weights, rows))
            assert np.abs(found.weights - expected).max() <= 1e-9, case
            assert found.bound == pytest.approx(found.distance, abs=1e-9)


@pytest.mark.parametrize("flip", FLIPS)
@pytest.mark.parametrize("seed", range(3))
def test_rows_of_rounding_ask_nothing(seed: int, flip: Callable[..., Flip | Never]) -> None:
    """Rows that would be 0 but for rounding change no answer, and prove nothing."""
    rng = np.random.default_rng(seed)
    for _ in range(15):
        gains, weights, rows = _case(rng, ordered=1.0)
        noise = rng.choice([-1e-17, 0.0, 2e-17], (4, len(weights)))
        plain = flip(gains, weights, rows=rows)
        noisy = flip(gains, weights, rows=np.vstack([rows, noise, -noise]))
        assert type(plain) is type(noisy)
        if isinstance(plain, Flip) and isinstance(noisy, Flip):
            assert noisy.distance == pytest.approx(plain.distance, abs=1e-9)
            assert noisy.bound == pytest.approx(plain.distance, abs=1e-9)


def _thin(rng: np.random.Generator) -> Case:
    """Return a case in which most weights keep their ratios to each other, all but exactly."""
    count = int(rng.integers(6, 16))
    weights = rng.dirichlet(np.ones(count))
    rows = []
    for i, j in permutations(range(count - 2), 2):
        row = np.zeros(count)
        row[i], row[j] = (1 + 1e-9) * weights[j], -weights[i]
        rows.append(row)
    return rng.uniform(-1, 0.8, (3, count)), weights, np.array(rows)


@pytest.mark.parametrize("flip", FLIPS)
@pytest.mark.parametrize("seed", range(3))
def test_thin_sets_of_weights_are_no_obstacle(seed: int, flip: Callable[..., Flip | Never]) -> None:
    """Where ratios must stay as they are, all but exactly, the bound still meets the distance."""
    rng, found = np.random.default_rng(seed), 0
    for _ in range(15):
        gains, weights, rows = case = _thin(rng)
        each = flip(gains, weights, rows=rows)
        assert isinstance(each, Never) == (_margins([case])[0] < -1e-9)
        if isinstance(each, Flip):
            found += each.distance > 0
            assert each.bound == pytest.approx(each.distance, abs=1e-8)
    assert found


@pytest.mark.parametrize("flip", FLIPS)
def test_what_holds_already_needs_no_change(flip: Callable[..., Flip | Never]) -> None:
    """A gain that is not negative now gives a distance of 0 and the same weights."""
    weights = np.array([0.2, 0.5, 0.3])
    found = flip(np.array([[0.5, -0.1, 0.1]]), weights)
    assert isinstance(found, Flip)
    assert found.distance == 0
    assert found.weights == pytest.approx(weights)


@pytest.mark.parametrize("flip", FLIPS)
def test_without_a_rival_nothing_changes(flip: Callable[..., Flip | Never]) -> None:
    """One option is first already; one weight cannot move at all."""
    found = flip(np.empty((0, 2)), np.array([0.6, 0.4]))
    assert isinstance(found, Flip)
    assert found.distance == 0
    assert isinstance(flip(np.array([[-0.1]]), np.array([1.0])), Never)


@pytest.mark.parametrize(
    ("flip", "distance"),
    [(flip_l1, 0.6 - 1 / 3), (flip_l2, (0.6 - 1 / 3) * 2**0.5), (flip_linf, 0.6 - 1 / 3)],
)
def test_by_hand(flip: Callable[..., Flip | Never], distance: float) -> None:
    """From (0.6, 0.4), gains (-0.4, 0.2): at a third and two thirds the two tie."""
    found = flip(np.array([[-0.4, 0.2]]), np.array([0.6, 0.4]))
    assert isinstance(found, Flip)
    assert found.weights == pytest.approx([1 / 3, 2 / 3])
    assert found.distance == pytest.approx(distance)


def test_all_weight_may_have_to_move() -> None:
    """From (0, 0.3, 0.7), level only on the first criterion: each measure says how far that is."""
    gains, weights = np.array([[0.0, -0.5, -0.25]]), np.array([0.0, 0.3, 0.7])
    for flip, distance in ((flip_l1, 1.0), (flip_linf, 1.0), (flip_l2, 1.58**0.5)):
        found = flip(gains, weights)
        assert isinstance(found, Flip)
        assert found.weights == pytest.approx([1, 0, 0])
        assert found.distance == pytest.approx(distance)


@pytest.mark.parametrize("flip", FLIPS)
def test_no_number_is_refused(flip: Callable[..., Flip | Never]) -> None:
    """NaN never enters, and rows that no weights fit are refused."""
    with pytest.raises(ValueError, match=r"not a number"):
        flip(np.array([[np.nan, 0.2]]), np.array([0.6, 0.4]))
    with pytest.raises(ValueError, match=r"no weights fit"):
        flip(np.array([[-0.4, 0.2]]), np.array([0.6, 0.4]), rows=-np.ones((1, 2)))
