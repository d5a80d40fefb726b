from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.analysis.lens_problems import lens_problem, ordered, random_lens_problem, said
from tests.analysis.random_problems import Shape, random_problem

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.weight_sets import WeightSetKind, weight_set
from afweging.analysis.weight_space import Shares, WeightSpace, find_weight_space
from afweging.analysis.weights import global_weights, lens_shares
from afweging.errors import RequestError
from afweging.methods.ranking import rank_scores
from afweging.model.preference import Judgement, Profile
from afweging.model.result import Comparison, Request

FloatArray = NDArray[np.float64]

SETS: list[WeightSetKind] = ["order", "near"]
SEEDS = st.integers(0, 10**6)


@cache
def _brabant() -> Comparison:
    return compare(afw.read_problem("scenarios/brabant"))


def _asked(problem: afw.DecisionProblem, profile: Profile) -> Comparison:
    """Return a comparison in which a profile that was added is in use."""
    problem = replace(problem, profiles=(*problem.profiles, profile))
    return compare(problem, Request(profile=profile.id))


def _values(comparison: Comparison) -> FloatArray:
    """Return the value of each option within each lens, (A, L), not from what is tested."""
    problem, scores = comparison.problem, comparison.scores
    profile = next((p for p in problem.profiles if p.id == comparison.request.profile), None)
    shares = lens_shares(problem.tree, profile)  # (L, C)
    weights = np.asarray(comparison.weights.cases)
    means = np.einsum("s,sac->ac", weights, scores.values.low)
    return np.asarray(means[list(comparison.admissible)] @ shares.T)


def _shares(found: Shares | None) -> Shares:
    assert found is not None
    return found


def _agree(shares: Shares, values: FloatArray, draws: FloatArray, within: float) -> None:
    """Assert that shares of first places, of ranks and of pairs are those among the draws."""
    ranks = rank_scores(draws @ values.T)  # (K, A)
    assert shares.first.shares == pytest.approx((ranks == 1).mean(axis=0), abs=within)
    for rank in range(1, len(values) + 1):
        assert shares.ranks[:, rank - 1] == pytest.approx((ranks == rank).mean(axis=0), abs=within)
    scores = draws @ values.T
    ahead = (scores[:, :, None] > scores[:, None, :] + 1e-9).mean(axis=0)
    assert shares.ahead == pytest.approx(ahead, abs=within)


# --- all weights --------------------------------------------------------------------------------


def test_brabant_agrees_with_a_million_draws() -> None:
    """Shares of first places, ranks and pairs are within 0.002 of those among a million draws."""
    space = find_weight_space(_brabant())
    draws = np.random.default_rng(11).dirichlet(np.ones(4), size=1_000_000)
    values = _values(_brabant())
    _agree(_shares(space.whole), values, draws, within=0.002)
    first = (draws @ values.T).argmax(axis=1)
    central = _shares(space.whole).first.central
    for k, row in enumerate(central):
        if np.isnan(row).any():
            assert not (first == k).any()
        else:
            assert row == pytest.approx(draws[first == k].mean(axis=0), abs=0.005)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, lenses=st.integers(2, 5), options=st.integers(1, 5))
def test_shares_add_up_and_agree_with_draws(seed: int, lenses: int, options: int) -> None:
    """For each number of lenses: first places and ranks add up to 1, and draws agree."""
    comparison = compare(random_lens_problem(seed, lenses=lenses, options=options))
    space = find_weight_space(comparison)
    whole, values = _shares(space.whole), _values(comparison)
    assert space.values == pytest.approx(values)
    assert whole.first.shares.sum() == pytest.approx(1, abs=1e-9)
    assert whole.ranks.sum(axis=1) == pytest.approx(1, abs=1e-9)
    assert whole.ranks[:, 0] == pytest.approx(whole.first.shares, abs=1e-9)
    assert whole.freedom == lenses - 1
    both = whole.ahead + whole.ahead.T + np.eye(options)
    assert both == pytest.approx(1, abs=1e-9)
    draws = np.random.default_rng(seed).dirichlet(np.ones(lenses), size=20_000)
    _agree(whole, values, draws, within=5.5 * 0.5 / np.sqrt(20_000))


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, lenses=st.integers(2, 4))
def test_never_first_is_no_share(seed: int, lenses: int) -> None:
    """Who can never be first has share 0; who can be ahead of all has a share."""
    comparison = compare(random_lens_problem(seed, lenses=lenses, options=5))
    whole = _shares(find_weight_space(comparison).whole)
    assert (whole.first.shares[~whole.possible] == 0).all()
    draws = np.random.default_rng(seed).dirichlet(np.ones(lenses), size=2000)
    seen = (draws @ _values(comparison).T).argmax(axis=1)
    assert whole.possible[seen].all()
    assert np.isnan(whole.first.central[whole.first.shares == 0]).all()


@pytest.mark.parametrize("seed", range(6))
def test_random_problems_with_requirements(seed: int) -> None:
    """Options that a requirement rules out take no part."""
    comparison = compare(random_problem(seed, Shape(options=5, requirements=2)))
    space = find_weight_space(comparison)
    allowed = zip(comparison.problem.alternatives, comparison.admissible, strict=True)
    assert space.options == tuple(each.id for each, can in allowed if can)
    draws = np.random.default_rng(seed).dirichlet(np.ones(3), size=20_000)
    _agree(_shares(space.whole), _values(comparison), draws, within=5.5 * 0.5 / np.sqrt(20_000))


def test_by_hand_for_two_lenses() -> None:
    """Of [1, 0], [0, 1] and [0.7, 0.5] the areas are 3/8, 5/12 and 5/24."""
    space = find_weight_space(compare(lens_problem([[1, 0], [0, 1], [0.7, 0.5]])))
    whole = _shares(space.whole)
    assert whole.first.shares.tolist() == pytest.approx([3 / 8, 5 / 12, 5 / 24])
    assert whole.ahead[0].tolist() == pytest.approx([0, 0.5, 3 / 8])
    assert space.now.weights.tolist() == [0.5, 0.5]
    assert space.now.first == ("O3",)


# --- the weights that fit -----------------------------------------------------------------------


@pytest.mark.parametrize("lenses", [2, 3, 4, 5])
def test_answers_leave_a_part(lenses: int) -> None:
    """Who only ordered the lenses: the shares are those among draws with that order."""
    problem = random_lens_problem(lenses, lenses=lenses)
    comparison = _asked(problem, ordered("ABCDE"[:lenses]))
    space = find_weight_space(comparison)
    fitting = _shares(space.fitting)
    assert fitting.kind == "answers"
    assert fitting.freedom == lenses - 1
    draws = np.random.default_rng(3).dirichlet(np.ones(lenses), size=40_000)
    draws = -np.sort(-draws, axis=1)
    _agree(fitting, _values(comparison), draws, within=5.5 * 0.5 / np.sqrt(40_000))


@pytest.mark.parametrize("kind", SETS)
@pytest.mark.parametrize("seed", range(4))
def test_other_sets_agree_with_their_draws(kind: WeightSetKind, seed: int) -> None:
    """The order of now and what is near to it: as among draws from that set."""
    comparison = compare(random_lens_problem(seed, lenses=4, options=5))
    chosen = weight_set(comparison.problem.tree, None, kind)
    space = find_weight_space(comparison, weights=kind)
    draws = chosen.lenses.draw(20_000, np.random.default_rng(seed))
    _agree(_shares(space.fitting), _values(comparison), draws, within=5.5 * 0.5 / np.sqrt(20_000))


def test_an_equality_leaves_a_line() -> None:
    """A weighs twice B: lengths along that line, exact, and one direction instead of two.

    From (0, 0, 1) to (2/3, 1/3, 0) O1 scores 2t/3 and O2 1 - t, equal at t = 0.6.
    """
    problem = lens_problem([[1, 0, 0], [0, 0, 1]])
    profile = said(Judgement("ratio", "A", "B", times=2.0))
    space = find_weight_space(_asked(problem, profile))
    fitting = _shares(space.fitting)
    assert fitting.freedom == 1
    hardly = 1e-5  # what is compared weighs something: the line ends just before (0, 0, 1)
    assert fitting.first.shares.tolist() == pytest.approx([0.4, 0.6], abs=hardly)
    assert fitting.first.central[0] == pytest.approx([0.8 * 2 / 3, 0.8 / 3, 0.2], abs=hardly)


def test_one_set_of_weights_is_a_point() -> None:
    """Points given leave no room: nothing to tell by itself; asked for, the one that is first."""
    problem = random_lens_problem(1, lenses=3)
    comparison = compare(problem, Request(profile="P0"))
    assert find_weight_space(comparison).fitting is None
    point = _shares(find_weight_space(comparison, weights="answers").fitting)
    assert point.freedom == 0
    best = comparison.first.overall.alternatives
    shown = zip(comparison.problem.alternatives, point.first.shares, strict=True)
    assert tuple(each.id for each, share in shown if share == 1) == best
    assert point.first.shares.sum() == 1


def test_a_tie_at_one_set_of_weights_is_shared() -> None:
    """At w = (0.5, 0.5) both options score 0.5."""
    profile = said(Judgement("ratio", "A", "B", times=1.0))
    comparison = _asked(lens_problem([[1, 0], [0, 1], [0.2, 0.2]]), profile)
    point = _shares(find_weight_space(comparison, weights="answers").fitting)
    assert point.first.shares.tolist() == [1, 1, 0]
    assert point.first.alone.tolist() == [0, 0, 0]
    assert point.first.shared == 1
    assert point.tied(0) == (0, 1)


def test_answers_that_are_not_there_are_refused() -> None:
    """Without a profile there are no answers to ask for."""
    with pytest.raises(RequestError) as refused:
        find_weight_space(_brabant(), weights="answers")
    assert [fault.code for fault in refused.value.faults] == ["weights-no-answers"]


# --- where people stand -------------------------------------------------------------------------


def test_profiles_stand_where_their_lens_weights_are() -> None:
    """First at a dot is with the weights within a lens of now; `own` with all own weights."""
    comparison = _brabant()
    space = find_weight_space(comparison)
    problem, values = comparison.problem, _values(comparison)
    means = comparison.scores.means.low[list(comparison.admissible)]
    assert len(space.panel) == len(problem.panel) == 13
    for each, profile in zip(space.panel, problem.panel, strict=True):
        assert each.profile == profile.id
        weights = global_weights(problem.tree, profile)
        shares = lens_shares(problem.tree) > 0
        assert each.weights == pytest.approx(shares @ weights)
        assert each.first == (space.options[int((values @ each.weights).argmax())],)
        assert each.own == (space.options[int((means @ weights).argmax())],)
    assert any(each.own != each.first for each in space.panel)


# --- degenerate ---------------------------------------------------------------------------------


def test_one_lens_is_one_point() -> None:
    """With one lens there is nothing to weigh: the best option has everything."""
    whole = _shares(find_weight_space(compare(lens_problem([[0.2], [0.7]]))).whole)
    assert whole.freedom == 0
    assert whole.first.shares.tolist() == [0, 1]


def test_six_lenses_are_not_computed() -> None:
    """Where volumes are not computed that is None, and the profiles are still there."""
    space = find_weight_space(compare(random_lens_problem(2, lenses=6)), weights="near")
    assert space.whole is None
    assert space.fitting is None
    assert len(space.panel) == 3


def test_one_option_is_always_first() -> None:
    """It has all of the weights, and nobody to be ahead of."""
    whole = _shares(find_weight_space(compare(lens_problem([[0.2, 0.5, 0.1]]))).whole)
    assert whole.first.shares.tolist() == [1]
    assert whole.first.central.tolist() == [pytest.approx([1 / 3, 1 / 3, 1 / 3])]
    assert whole.ahead.tolist() == [[0]]


def test_identical_options_share() -> None:
    """Two copies are first together, never ahead of each other, and never alone."""
    space = find_weight_space(compare(lens_problem([[1, 0], [0, 1], [1, 0]])))
    whole = _shares(space.whole)
    assert whole.first.shares.tolist() == pytest.approx([0.5, 0.5, 0.5])
    assert whole.first.alone.tolist() == pytest.approx([0, 0.5, 0])
    assert whole.first.shared == pytest.approx(0.5)
    assert whole.tied(0) == (0, 2)


def test_all_weight_on_one_lens_now() -> None:
    """The weights of now are a corner of the space; the space is the same."""
    values = [[1.0, 0.0, 0.2], [0.3, 0.6, 0.9]]
    corner = find_weight_space(compare(lens_problem(values, weights=[1, 0, 0])))
    level = find_weight_space(compare(lens_problem(values)))
    assert corner.now.weights.tolist() == [1, 0, 0]
    assert corner.now.first == ("O1",)
    assert _shares(corner.whole).first.shares == pytest.approx(_shares(level.whole).first.shares)


def test_first_on_the_edge_only_is_no_share() -> None:
    """O2 ties with O1 where the second lens weighs nothing, and is behind elsewhere."""
    whole = _shares(find_weight_space(compare(lens_problem([[1, 0.5], [1, 0.2]]))).whole)
    assert whole.first.shares.tolist() == [1, 0]
    assert whole.possible.tolist() == [True, True]


def test_missing_effects_are_refused() -> None:
    """A gap has no place in a volume."""
    with pytest.raises(RequestError) as refused:
        find_weight_space(compare(random_problem(1, Shape(gaps=2))))
    assert refused.value.faults[0].code == "group-needs-effects"


def test_records_cannot_be_written_to() -> None:
    """Arrays of a result are read-only."""
    space: WeightSpace = find_weight_space(_brabant())
    for array in (space.values, _shares(space.whole).ranks, _shares(space.whole).ahead):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1.0
