from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analysis.drawn import Drawn, wilson
from tests.analysis.random_problems import (
    Shape,
    leaf,
    permuted,
    plain_problem,
    random_problem,
    stated_uniform,
    table_effects,
    text,
)
from tests.published.test_smaa_exact_two_criteria import CENTRAL, RANK_SHARES, VALUES, WINNING

import afweging as afw
from afweging.analysis.acceptability import find_acceptability
from afweging.analysis.compare import compare
from afweging.analysis.flips import lens_values
from afweging.errors import RequestError
from afweging.methods.weight_space import first_shares
from afweging.model.provenance import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.acceptability import AcceptabilityFound
    from afweging.analysis.weight_draws import WeightKind
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

modest = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FREE = Shape(requirements=0, scenarios=2, regions=1, horizons=1)


@cache
def _brabant() -> Comparison:
    return compare(afw.read_problem("scenarios/brabant"))


def _flat(values: FloatArray) -> Comparison:
    """Return a comparison of options with known values on criteria right under the root."""
    children = tuple(leaf(f"c{c + 1}") for c in range(values.shape[1]))
    return compare(
        plain_problem([values.tolist()], children, options=list("ABCDEF")[: len(values)])
    )


def _estimates(
    low: FloatArray, mode: FloatArray, high: FloatArray, *, correlated: bool | None = None
) -> Comparison:
    """Return a comparison of options with uncertain values, all from one source if said so."""
    problem = plain_problem([mode.tolist()], tuple(leaf(f"c{c}") for c in range(mode.shape[1])))
    source = None if correlated is None else np.zeros((1, *mode.shape), dtype=np.int32)
    effects = table_effects(mode[None], low=low[None], high=high[None], source=source)
    sources = (Source("bron", "expert", text("bron"), correlated=bool(correlated)),)
    return compare(replace(problem, effects=effects, sources=sources))


def _near(share: float, known: float, draws: int) -> bool:
    """Return whether a share of draws is within four standard errors of what is known."""
    error = math.sqrt(known * (1 - known) / draws)
    return abs(share - known) <= 4 * error + 1e-9


# --- known answers ------------------------------------------------------------------------------


def test_two_criteria_have_exact_shares() -> None:
    """Rank acceptability, central weights and pairwise winning of the published exact case."""
    found = find_acceptability(_flat(VALUES), draws=100_000)
    assert found.options == ("A", "B", "C", "D")
    assert found.drawn.rank_shares == pytest.approx(RANK_SHARES, abs=0.0065)
    assert found.drawn.central_weights == pytest.approx(CENTRAL, abs=0.005, nan_ok=True)
    assert found.drawn.winning_shares == pytest.approx(WINNING, abs=0.0065)
    assert found.drawn.ahead_counts[3, 2] == 100_000  # D above C, always
    assert np.isnan(found.central_lenses[2]).all()
    assert found.confidence is None  # no effect is uncertain


def test_three_criteria_have_known_areas() -> None:
    """Each of three specialists is first where it weighs over a half, an even option elsewhere."""
    values = np.vstack([np.eye(3), np.full((1, 3), 0.5)])
    found = find_acceptability(_flat(values), draws=100_000)
    for share in found.drawn.rank_shares[:, 0].tolist():
        assert _near(share, 0.25, 100_000)
    assert found.drawn.central_weights[3] == pytest.approx(np.full(3, 1 / 3), abs=0.005)
    corner = [2 / 3, 1 / 6, 1 / 6]  # the centre of the corner with the first weight over a half
    assert found.drawn.central_weights[0] == pytest.approx(corner, abs=0.005)


def test_a_triangular_race_is_that_of_the_integral() -> None:
    """How often one uncertain option beats another, by numerical integration."""
    from scipy.integrate import quad  # type: ignore[import-untyped]
    from scipy.stats import triang  # type: ignore[import-untyped]

    low, mode, high = np.array([[0.2], [0.0]]), np.array([[0.4], [0.5]]), np.array([[0.9], [0.7]])
    shapes = [
        triang((m - a) / (b - a), loc=a, scale=b - a)
        for a, m, b in zip(low[:, 0], mode[:, 0], high[:, 0], strict=True)
    ]
    known = quad(lambda x: shapes[0].pdf(x) * shapes[1].cdf(x), 0.2, 0.9, points=[0.4, 0.5, 0.7])[0]
    found = find_acceptability(_estimates(low, mode, high), draws=100_000)
    assert found.uncertain == 2
    assert abs(found.drawn.winning_shares[0, 1] - known) <= 4 * np.sqrt(known / 4e5) + 1 / 1024


def test_a_uniform_race_is_that_of_the_formula() -> None:
    """U(0.2, 0.9) is below U(0, 0.7) on a triangle of 0.5 by 0.5 in a square of 0.7 by 0.7."""
    low, mode, high = np.array([[0.2], [0.0]]), np.array([[0.4], [0.5]]), np.array([[0.9], [0.7]])
    problem = _estimates(low, mode, high, correlated=False).problem
    found = find_acceptability(compare(stated_uniform(problem, 0)), draws=100_000)
    known = 1 - 0.5**2 / (2 * 0.7 * 0.7)
    assert (found.uncertain, found.spread) == (2, (2, 0))
    assert abs(found.drawn.winning_shares[0, 1] - known) <= 4 * np.sqrt(known / 4e5) + 1 / 1024
    likely = find_acceptability(compare(stated_uniform(problem, 0)), draws=10, effects=False)
    assert (likely.drawn.winning_shares[1, 0], likely.spread) == (1, (0, 0))  # the mode counts


@pytest.mark.parametrize("linear", [False, True])
def test_shares_of_lens_weights_are_volumes(*, linear: bool) -> None:
    """With known effects and free lenses, draws agree with exact volumes within four errors."""
    shape = Shape(requirements=0, options=5, scenarios=1, regions=1, horizons=1, linear=linear)
    comparison = compare(random_problem(11, shape))
    known = first_shares(lens_values(comparison, comparison.scores.means.low)).shares
    found = find_acceptability(comparison, weights="lenses", effects=False, draws=100_000)
    for share, volume in zip(found.drawn.rank_shares[:, 0].tolist(), known.tolist(), strict=True):
        assert _near(share, volume, 100_000)


def test_shares_of_brabant_are_volumes() -> None:
    """As above, for the scenario that everyone reads."""
    comparison, allowed = _brabant(), np.array(_brabant().admissible)
    values = lens_values(comparison, comparison.scores.means.low[allowed])
    found = find_acceptability(comparison, weights="lenses", effects=False, draws=50_000)
    known = first_shares(values)
    for share, volume in zip(found.drawn.rank_shares[:, 0], known.shares, strict=True):
        assert _near(float(share), float(volume), 50_000)


# --- invariants ---------------------------------------------------------------------------------


@modest
@given(
    seed=st.integers(0, 10_000),
    kind=st.sampled_from(["all", "lenses", "order", "near", "panel"]),
    effects=st.booleans(),
)
def test_indices_hold_together(seed: int, kind: WeightKind, *, effects: bool) -> None:
    """Rows add up to 1, pairs to 1 with their ties, first places to 1 at least."""
    comparison = compare(random_problem(seed, replace(FREE, clones=seed % 2)))
    found = find_acceptability(comparison, weights=kind, effects=effects, draws=300, seed=seed)
    drawn = found.drawn
    count = len(found.options)
    assert drawn.rank_shares.sum(axis=1) == pytest.approx(np.ones(count))
    winning = drawn.winning_shares + drawn.winning_shares.T + drawn.tie_shares
    assert winning == pytest.approx(np.ones((count, count)))
    tied = np.triu(drawn.tie_counts, 1).any()
    firsts = drawn.rank_shares[:, 0].sum()
    assert firsts >= 1 - 1e-12
    assert tied or firsts == pytest.approx(1)
    ever = drawn.rank_counts[:, 0] > 0
    assert drawn.central_weights[ever].sum(axis=1) == pytest.approx(np.ones(ever.sum()), abs=1e-8)
    assert found.central_lenses[ever].sum(axis=1) == pytest.approx(np.ones(ever.sum()), abs=1e-8)
    assert np.isnan(found.central_lenses[~ever]).all()
    low, high = found.rank_intervals
    assert (low <= drawn.rank_shares).all()
    assert (drawn.rank_shares <= high).all()
    assert (found.holistic >= drawn.rank_shares[:, 0] - 1e-12).all()
    assert (found.holistic <= 1 + 1e-12).all()
    assert [found.drawn.rank_counts[a, 0] for a in found.order] == sorted(
        found.drawn.rank_counts[:, 0], reverse=True
    )


@modest
@given(seed=st.integers(0, 10_000))
def test_the_better_on_all_criteria_is_always_ahead(seed: int) -> None:
    """An option that is dominated never beats the one that dominates it, nor has a better rank."""
    problem = random_problem(seed, FREE)
    mode = problem.effects.mode.copy()
    for c, criterion in enumerate(problem.criteria):
        ends = (criterion.worst, criterion.best)
        mode[:, 0, c], mode[:, 1, c] = ends
    comparison = compare(replace(problem, effects=table_effects(mode)))
    found = find_acceptability(comparison, draws=300, seed=seed)
    assert ("O1", "O2") in comparison.dominated
    assert found.drawn.winning_shares[1, 0] == 1
    b = found.drawn.rank_shares.cumsum(axis=1)
    assert (b[1] >= b[0] - 1e-12).all()


@modest
@given(seed=st.integers(0, 10_000))
def test_every_number_is_that_of_the_draws_counted_one_by_one(seed: int) -> None:
    """Ranks, central weights, confidence and cases, against plain counting."""
    comparison = compare(random_problem(seed, Shape(scenarios=2, regions=2, horizons=1)))
    found = find_acceptability(comparison, draws=200, seed=seed)
    oracle = Drawn(comparison, draws=200, seed=seed)
    assert found.options == tuple(oracle.options)
    assert found.drawn.rank_shares == pytest.approx(oracle.shares())
    assert found.drawn.central_weights == pytest.approx(oracle.central(), abs=1e-8, nan_ok=True)
    assert found.likely.rank_shares[:, 0] == pytest.approx((oracle.likely == 1).mean(axis=0))
    for case in range(4):
        assert found.case_shares[case] == pytest.approx(oracle.case_first(case))
    if found.confidence is not None:
        cross = oracle.cross(found.drawn.central_weights)
        assert found.confidence.cross_factors == pytest.approx(cross, nan_ok=True)
    for share, low, high in zip(
        found.drawn.rank_shares.ravel().tolist(),
        *(end.ravel().tolist() for end in found.rank_intervals),
        strict=True,
    ):
        assert (low, high) == pytest.approx(wilson(share, 200), abs=1e-9)


@modest
@given(seed=st.integers(0, 10_000), kind=st.sampled_from(["all", "lenses", "near", "panel"]))
def test_order_makes_no_difference(seed: int, kind: WeightKind) -> None:
    """Options, criteria, cases and participants in any order have the same result, to the bit."""
    problem = random_problem(seed, Shape(scenarios=2, regions=2, horizons=1))
    turned, _ = permuted(problem, np.random.default_rng(seed))
    one, other = (
        find_acceptability(compare(each), weights=kind, draws=300) for each in (problem, turned)
    )
    rows = [other.options.index(name) for name in one.options]
    columns = [other.criteria.index(name) for name in one.criteria]
    assert (other.drawn.rank_counts[rows] == one.drawn.rank_counts).all()
    assert (other.drawn.ahead_counts[np.ix_(rows, rows)] == one.drawn.ahead_counts).all()
    assert (other.drawn.weight_units[np.ix_(rows, columns)] == one.drawn.weight_units).all()
    cases = [other.cases.index(name) for name in one.cases]
    assert (other.case_counts[np.ix_(cases, rows)] == one.case_counts).all()


def test_the_same_seed_gives_the_same_and_another_something_else() -> None:
    """What is drawn depends on the seed alone."""
    comparison = compare(random_problem(5, FREE))
    one, again, other = (find_acceptability(comparison, seed=seed, draws=500) for seed in (7, 7, 8))
    assert one.drawn.weight_units.tobytes() == again.drawn.weight_units.tobytes()
    assert one.drawn.rank_counts.tobytes() == again.drawn.rank_counts.tobytes()
    assert (one.drawn.weight_units != other.drawn.weight_units).any()


def test_with_known_effects_all_are_first_with_their_own_weights() -> None:
    """Why there is no confidence factor then: the weights that put an option first are convex."""
    comparison = compare(random_problem(5, Shape(requirements=0, options=6)))
    found = find_acceptability(comparison, effects=False, draws=5000)
    values = comparison.scores.means.low
    for a in np.flatnonzero(found.drawn.rank_counts[:, 0] > 0):
        scores = values @ found.drawn.central_weights[a]
        assert scores[a] >= scores.max() - 1e-9


# --- effects ------------------------------------------------------------------------------------


def test_estimates_that_err_together_cancel() -> None:
    """Two options with the same estimates from one such source always tie; else they never do."""
    low, mode, high = (np.full((2, 2), x) for x in (0.2, 0.5, 0.9))
    together = find_acceptability(_estimates(low, mode, high, correlated=True), draws=2000)
    apart = find_acceptability(_estimates(low, mode, high, correlated=False), draws=2000)
    assert (together.drawn.tie_counts == 2000).all()
    assert together.together == {"bron": 4}
    assert apart.drawn.tie_counts[0, 1] < 20
    assert apart.together == {}
    assert _near(float(apart.drawn.winning_shares[0, 1]), 0.5, 2000)


def test_uniform_estimates_can_err_together_too() -> None:
    """Two options with the same estimates from one such source always tie."""
    low, mode, high = (np.full((2, 2), x) for x in (0.2, 0.5, 0.9))
    problem = stated_uniform(_estimates(low, mode, high, correlated=True).problem, 0)
    found = find_acceptability(compare(problem), draws=500)
    assert (found.drawn.tie_counts == 500).all()
    assert (found.together, found.spread) == ({"bron": 4}, (4, 0))


def test_a_lead_that_all_estimates_share_is_certain() -> None:
    """An option that is 0.1 better at every level of one source beats the other in every draw."""
    low, mode, high = np.array([[0.1], [0.2]]), np.array([[0.4], [0.5]]), np.array([[0.8], [0.9]])
    together = find_acceptability(_estimates(low, mode, high, correlated=True), draws=1000)
    apart = find_acceptability(_estimates(low, mode, high, correlated=False), draws=1000)
    assert together.drawn.winning_shares[1, 0] == 1
    assert 0.6 < apart.drawn.winning_shares[1, 0] < 0.8


def test_effects_can_be_left_as_they_are() -> None:
    """Without draws of effects the ranks are those of the most likely ones."""
    comparison = compare(random_problem(5, FREE))
    found = find_acceptability(comparison, effects=False, draws=500)
    assert (found.uncertain, found.confidence) == (0, None)
    assert (found.drawn.rank_counts == found.likely.rank_counts).all()
    both = find_acceptability(comparison, draws=500)
    assert (both.likely.rank_counts == found.likely.rank_counts).all()


def test_what_is_never_first_has_no_weights_and_no_confidence() -> None:
    """Undefined stays undefined, and is not 0 or 1."""
    low, mode, high = np.array([[0.6], [0.0]]), np.array([[0.7], [0.1]]), np.array([[0.8], [0.2]])
    found = find_acceptability(_estimates(low, mode, high), draws=500)
    assert found.confidence is not None
    assert found.cross_intervals is not None
    assert np.isnan(found.drawn.central_weights[1]).all()
    assert np.isnan(found.confidence.factors).tolist() == [False, True]
    assert np.isnan(found.cross_intervals[0]).tolist() == [[False, True], [False, True]]


# --- participants -------------------------------------------------------------------------------


def _panel(problem: DecisionProblem) -> DecisionProblem:
    return replace(
        problem, profiles=tuple(replace(each, origin="own") for each in problem.profiles)
    )


def test_participants_count_once_where_nothing_is_uncertain() -> None:
    """The share of the participants for whom an option is first, exactly, with no margin."""
    comparison = compare(_panel(random_problem(5, replace(FREE, profiles=7))))
    found = find_acceptability(comparison, weights="panel", effects=False, draws=9)
    assert found.exact == (True, True)
    assert found.drawn.draws == 7
    winners = [set(each.alternatives) for each in comparison.first.profiles]
    for name, share in zip(found.options, found.drawn.rank_shares[:, 0], strict=True):
        assert share * 7 == pytest.approx(sum(name in won for won in winners))
    low, high = found.rank_intervals
    assert (low == high).all()


def test_cases_count_participants_once_whatever_is_drawn() -> None:
    """Effects are as most likely in each case, so that nothing needs to be drawn for it."""
    comparison = compare(_panel(random_problem(5, replace(FREE, profiles=7))))
    found = find_acceptability(comparison, weights="panel", draws=50)
    assert (found.drawn.draws, found.likely.draws, found.exact) == (50, 7, (False, True))
    values, panel = comparison.scores.values.low, comparison.weights.panel
    scores = np.einsum("sac,pc->spa", values, panel)
    first = scores >= scores.max(axis=2, keepdims=True) - 1e-9
    assert found.case_shares == pytest.approx(first.mean(axis=1))


def test_participants_can_be_chosen() -> None:
    """Only those named are drawn; a neutral starting point only when it is named."""
    problem = random_problem(5, replace(FREE, profiles=6))
    neutral = [profile.id for profile in problem.panel if profile.origin == "neutral"]
    comparison = compare(problem)
    found = find_acceptability(comparison, weights="panel", draws=50)
    assert set(found.profiles) == {each.id for each in problem.panel} - set(neutral)
    chosen = find_acceptability(
        comparison, weights="panel", panel=(neutral[0], "P1"), effects=False
    )
    assert chosen.profiles == tuple(sorted(["P1", neutral[0]]))
    assert chosen.drawn.draws == 2


@pytest.mark.parametrize(
    ("profiles", "codes"),
    [(("P1", "Piet", "Jan"), ["unknown-name", "unknown-name"]), ((), ["no-participants"])],
)
def test_unknown_participants_are_named(profiles: tuple[str, ...], codes: list[str]) -> None:
    """All at once; without anyone there is nothing to draw from."""
    with pytest.raises(RequestError) as caught:
        find_acceptability(compare(random_problem(5)), weights="panel", panel=profiles)
    assert [fault.code for fault in caught.value.faults] == codes


# --- what is asked ------------------------------------------------------------------------------


def test_missing_effects_are_refused() -> None:
    """A gap is not drawn."""
    with pytest.raises(RequestError):
        find_acceptability(compare(random_problem(5, replace(FREE, gaps=2))))


def test_no_draws_are_refused() -> None:
    """Nothing follows from none."""
    with pytest.raises(ValueError, match="0 draws"):
        find_acceptability(compare(random_problem(5, FREE)), draws=0)


def test_answers_are_asked_of_the_profile() -> None:
    """Weights that fit answers need a profile with answers."""
    with pytest.raises(RequestError):
        find_acceptability(compare(random_problem(5, FREE)), weights="answers")


def test_progress_is_told_up_to_the_end() -> None:
    """It rises to the whole, whether or not effects are drawn."""
    comparison = compare(random_problem(5, FREE))
    for effects in (True, False):
        told: list[tuple[int, int]] = []
        find_acceptability(
            comparison,
            draws=10_000,
            effects=effects,
            progress=lambda done, total, told=told: told.append((done, total)),  # type: ignore[misc]
        )
        assert told[-1][0] == told[-1][1]
        assert all(a[0] < b[0] and a[1] == b[1] for a, b in pairwise(told))
        assert len(told) >= 3


# --- degenerate input ---------------------------------------------------------------------------


def _one(found: AcceptabilityFound) -> list[float]:
    return [float(share) for share in found.drawn.rank_shares[:, 0]]


def test_one_criterion_leaves_nothing_to_draw() -> None:
    """One weight of 1: counted once, and exact."""
    found = find_acceptability(_flat(np.array([[0.2], [0.7], [0.7]])))
    assert (found.exact, found.drawn.draws, found.varied) == ((True, True), 1, False)
    assert _one(found) == [0, 1, 1]
    assert found.drawn.tie_counts[1, 2] == 1


def test_one_option_is_first() -> None:
    """Always."""
    assert _one(find_acceptability(_flat(np.array([[0.2, 0.7]])), draws=100)) == [1]


def test_identical_options_share_every_first_place() -> None:
    """Both are first in all draws, and tie in all draws."""
    found = find_acceptability(_flat(np.full((2, 3), 0.4)), draws=100)
    assert _one(found) == [1, 1]
    assert (found.drawn.tie_shares == 1).all()


def test_weights_of_nothing_and_of_all() -> None:
    """A criterion with all weight: near it, and in its lens order, it keeps all."""
    children = (leaf("c1", 1.0), leaf("c2", 0.0))
    problem = plain_problem([[[0.2, 0.9], [0.7, 0.1]]], children)
    for kind in ("near", "order", "lenses"):
        found = find_acceptability(compare(problem), weights=kind, draws=400)
        assert found.drawn.rank_shares.sum(axis=1) == pytest.approx([1, 1])
    assert _one(find_acceptability(compare(problem), weights="near", draws=100)) == [0, 1]
