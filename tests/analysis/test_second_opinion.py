from __future__ import annotations

import subprocess
import sys
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis import opinion_oracle as oracle
from tests.analysis.random_problems import (
    SMALL,
    Shape,
    leaf,
    permuted,
    plain_problem,
    random_problem,
    text,
)

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.opinion_table import mean_effects
from afweging.analysis.second_opinion import second_opinion, to_decision_matrix
from afweging.errors import RequestError
from afweging.methods.ranking import rank_scores
from afweging.model.criterion import Group

if TYPE_CHECKING:
    from afweging.analysis.opinion import MethodOpinion, SecondOpinion
    from afweging.analysis.opinion_table import Basis
    from afweging.model.criterion import Criterion
    from afweging.model.result import Comparison

BASES: tuple[Basis, ...] = ("values", "effects")
COSTS = {"copras", "ram"}
ORDER = [
    *("weighted_sum", "spotis", "aras", "mabac"),
    *("weighted_product", "waspas", "topsis", "vikor", "multimoora", "copras", "ram", "edas"),
    *("mairca", "codas", "electre2"),
]
# codas and electre2 count only differences beyond a threshold, multimoora only pairs without ties
MAY_MISS_DOMINANCE = {"codas", "electre2", "multimoora"}


@cache
def _brabant(basis: Basis = "values") -> tuple[Comparison, SecondOpinion]:
    found = compare(afw.read_problem("scenarios/brabant"))
    return found, second_opinion(found, basis=basis)


def _of(found: SecondOpinion, method: str) -> MethodOpinion:
    return next(each for each in found.methods if each.method == method)


def _refusals(found: SecondOpinion) -> dict[str, tuple[str, str | None]]:
    return {
        each.method: (each.refusal.code, each.refusal.criterion)
        for each in found.methods
        if each.refusal is not None
    }


# --- the scores, against the formulae ------------------------------------------------------------


def _check_values(comparison: Comparison, found: SecondOpinion) -> None:
    """Compare every score on values with its formula."""
    counts = [c.id in found.criteria for c in comparison.problem.criteria]
    x = comparison.scores.means.low[np.array(comparison.admissible)][:, counts]
    w = comparison.weights.criteria[counts]
    kinds = np.array([c.direction == "max" for c in comparison.problem.criteria])[counts]
    for each in found.methods:
        up = kinds if each.method in COSTS else np.ones(len(w), dtype=bool)
        given_x = np.where(up, x, 1 - x)
        if each.refusal is None:
            _check_scores(each, given_x, up, w, oracle.DIRECT)


def _check_scores(
    each: MethodOpinion,
    x: oracle.FloatArray,
    up: oracle.BoolArray,
    w: oracle.FloatArray,
    methods: object,
) -> None:
    if each.method == "electre2":
        assert list(each.ranks) == oracle.electre2(x, up, w)
        return
    if each.method == "spotis":
        expected = oracle.weighted_sum(x, up, w) - 1
    elif methods is oracle.DIRECT:
        expected = oracle.DIRECT[each.method](x, up, w)
    else:
        expected = oracle.textbook(each.method, x, up, w)
    assert each.scores == pytest.approx(expected, abs=1e-8, rel=1e-8), each.method
    assert list(each.ranks) == oracle.ranks(np.array(each.scores))


def test_brabant_meets_the_formulae_on_values() -> None:
    """All fifteen methods run, each with the score of its formula."""
    comparison, found = _brabant()
    assert [each.method for each in found.methods] == ORDER
    assert _refusals(found) == {}
    _check_values(comparison, found)


@pytest.mark.parametrize("seed", range(2))
def test_random_problems_meet_the_formulae_on_values(seed: int) -> None:
    """With bent scales, classes, requirements and costs."""
    comparison = compare(random_problem(seed, Shape(options=5)))
    _check_values(comparison, second_opinion(comparison))


def test_brabant_meets_the_formulae_on_effects() -> None:
    """Each method with the normalisation it was published with, costs as costs."""
    comparison, found = _brabant("effects")
    x = mean_effects(comparison)[np.array(comparison.admissible)]
    up = np.array([c.direction == "max" for c in comparison.problem.criteria])
    w = comparison.weights.criteria
    low, high = np.array([sorted((c.worst, c.best)) for c in comparison.problem.criteria]).T
    assert _refusals(found) == {}
    for each in found.methods:
        if each.method == "spotis":
            expected = -(np.where(up, high - x, x - low) / (high - low)) @ w
            assert each.scores == pytest.approx(expected, abs=1e-9)
        elif each.method == "electre2":
            assert list(each.ranks) == oracle.electre2(oracle.between(x, up), up | True, w)
        else:
            _check_scores(each, x, up, w, None)


# --- what is said beside the scores ---------------------------------------------------------------


@pytest.mark.parametrize("basis", BASES)
def test_first_agreement_and_pairs_follow_from_the_ranks(basis: Basis) -> None:
    """Against definitions, pair by pair; ours are the ranks of the comparison."""
    comparison, found = _brabant(basis)
    ours = oracle.ranks(comparison.scores.expected.low[np.array(comparison.admissible)])
    assert list(found.ours.ranks) == ours
    ranked = {line.id: line.rank for line in comparison.ranking if line.rank}
    assert dict(zip(found.options, ours, strict=True)) == ranked
    names = found.options
    for each in (found.ours, *found.methods):
        pairs = zip(names, each.ranks, strict=True)
        assert each.first == tuple(name for name, rank in pairs if rank == 1)
        assert each.agreement == pytest.approx(oracle.tau_b(ours, list(each.ranks)))
        assert set(each.turned) == {
            (names[i], names[k])
            for i in range(len(names))
            for k in range(len(names))
            if ours[i] < ours[k] and each.ranks[i] > each.ranks[k]
        }


def test_who_is_first_without_each_option_on_values() -> None:
    """Every method again on fewer rows, and on one row twice, by its formula."""
    comparison, found = _brabant()
    x = comparison.scores.means.low[np.array(comparison.admissible)]
    kinds = np.array([c.direction == "max" for c in comparison.problem.criteria])
    w = comparison.weights.criteria
    for each in found.methods:
        if each.method in {"spotis", "electre2"}:
            continue
        up = kinds if each.method in COSTS else np.ones(18, dtype=bool)
        cells = np.where(up, x, 1 - x)
        method = oracle.DIRECT[each.method]
        losers = [i for i, rank in enumerate(each.ranks) if rank > 1]
        assert each.stability.tried == len(losers)
        without, twice = {}, {}
        for k in losers:
            rows = [i for i in range(len(x)) if i != k]
            without[found.options[k]] = _winners(found, method(cells[rows], up, w), rows)
            rows = [*range(len(x)), k]
            twice[found.options[k]] = _winners(found, method(cells[rows], up, w), rows)
        assert {c.option: set(c.first) for c in each.stability.left_out} == _changed(without, each)
        assert {c.option: set(c.first) for c in each.stability.copied} == _changed(twice, each)


def _winners(found: SecondOpinion, scores: oracle.FloatArray, rows: list[int]) -> set[str]:
    places = oracle.ranks(scores)
    return {found.options[row] for row, place in zip(rows, places, strict=True) if place == 1}


def _changed(winners: dict[str, set[str]], each: MethodOpinion) -> dict[str, set[str]]:
    return {option: first for option, first in winners.items() if first != set(each.first)}


@pytest.mark.parametrize("basis", BASES)
def test_the_comparison_itself_never_turns(basis: Basis) -> None:
    """On fixed scales no option that is left out or copied changes who is first."""
    _, found = _brabant(basis)
    assert found.ours.stability.tried == 5
    assert found.ours.stability.left_out == found.ours.stability.copied == ()
    if basis == "values":
        for name in ("weighted_sum", "spotis", "aras", "mabac", "weighted_product", "waspas"):
            assert _of(found, name).stability.left_out == ()


def test_worse_losers_are_tried_and_counted() -> None:
    """Each loser once; a sum keeps its first, TOPSIS does not always; the same twice."""
    comparison, found = _brabant()
    assert _of(found, "weighted_sum").stability.worsened == 5
    assert _of(found, "weighted_sum").stability.kept == 5
    assert _of(found, "topsis").stability.kept < 5
    assert second_opinion(comparison) == found


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("seed", range(2))
def test_a_check_orders_as_what_it_checks(seed: int, basis: Basis) -> None:
    """Whatever the numbers are; so it is rightly not counted."""
    comparison = compare(
        random_problem(seed, Shape(options=6, requirements=0, linear=seed % 2 == 0))
    )
    found = second_opinion(comparison, basis=basis)
    for each in found.methods:
        if each.refusal is None and each.same_as is not None:
            other = found.ours if each.same_as == "ours" else _of(found, each.same_as)
            assert each.ranks == other.ranks, each.method
    assert {each.method for each in found.others} == {
        each.method for each in found.methods if each.refusal is None and each.same_as is None
    }
    assert {m.method for m in found.agreeing} == {
        m.method for m in found.others if set(m.first) == set(found.ours.first)
    }


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_the_input_does_not_matter(seed: int) -> None:
    """Options, criteria and cases in another order: the same ranks by name in every method."""
    problem = random_problem(seed, SMALL)
    turned, _ = permuted(problem, np.random.default_rng(seed))
    one, two = (second_opinion(compare(each)) for each in (problem, turned))
    for first, second in zip(one.methods, two.methods, strict=True):
        assert (first.refusal is None) == (second.refusal is None)
        if first.refusal is None:
            assert dict(zip(one.options, first.ranks, strict=True)) == dict(
                zip(two.options, second.ranks, strict=True)
            )


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 10_000))
def test_a_dominating_option_is_never_below(seed: int) -> None:
    """An option that is better on every criterion is not ranked lower by any method."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(0.1, 0.8, (4, 3))
    x[2] = x[0] + 0.1
    children = tuple(leaf(f"c{i}", float(rng.uniform(0.1, 1))) for i in range(3))
    found = second_opinion(compare(plain_problem([x.tolist()], children)))
    for each in found.methods:
        if each.refusal is None and each.method not in MAY_MISS_DOMINANCE:
            assert each.ranks[2] <= each.ranks[0], each.method


def test_ties_but_for_rounding_are_ties_in_every_method() -> None:
    """Two options equal but for 0.1 + 0.2 share a rank; the library breaks that tie."""
    x = [[[0.1 + 0.2, 0.6, 0.5], [0.3, 0.6, 0.5], [0.2, 0.7, 0.4], [0.9, 0.1, 0.3]]]
    comparison = compare(plain_problem(x, (leaf("a"), leaf("b"), leaf("c", 2.0))))
    for basis in BASES:
        for each in second_opinion(comparison, basis=basis).methods:
            if each.refusal is None:
                assert each.ranks[0] == each.ranks[1], each.method


# --- what cannot run ------------------------------------------------------------------------------


def test_a_zero_stops_what_multiplies_and_nothing_else() -> None:
    """With the criterion on which it shows; no cost, so no COPRAS either."""
    x = [[[0.2, 0.0], [0.6, 0.4], [0.4, 1.0]]]
    found = second_opinion(compare(plain_problem(x, (leaf("a"), leaf("b")))))
    assert _refusals(found) == {
        "weighted_product": ("not-positive", "b"),
        "waspas": ("not-positive", "b"),
        "multimoora": ("not-positive", "b"),
        "copras": ("no-cost", None),
    }


def test_an_option_without_costs_stops_copras() -> None:
    """The best on every cost is 0 costs, and COPRAS divides by them."""
    children = (leaf("a"), leaf("b", worst=1.0, best=0.0))
    found = second_opinion(compare(plain_problem([[[0.2, 0.0], [0.6, 0.4]]], children)))
    assert _refusals(found)["copras"] == ("no-cost-effect", None)
    assert _of(found, "ram").same_as is None


def test_effects_below_zero_and_beyond_the_scale_are_named() -> None:
    """Ratios need numbers of 0 and more, SPOTIS numbers within the scale."""
    children = (
        leaf("a", worst=-5.0, best=5.0),
        leaf("b", worst=10.0, best=0.0),
        leaf("c", outside="clip"),
    )
    x = [[[-1.0, 2.0, 0.5], [2.0, 0.0, 3.0], [1.0, 4.0, 0.7]]]
    found = second_opinion(compare(plain_problem(x, children)), basis="effects")
    stopped = _refusals(found)
    assert stopped["spotis"] == ("beyond", "c")
    assert stopped["weighted_sum"] == stopped["copras"] == stopped["edas"] == ("negative", "a")
    assert stopped["waspas"] == ("not-positive", "a")
    assert {"topsis", "vikor", "mabac", "mairca", "electre2"}.isdisjoint(stopped)
    moved = second_opinion(
        compare(plain_problem([[[1.0, 2.0], [2.0, 0.0]]], children[:2])), basis="effects"
    )
    assert _refusals(moved)["aras"] == ("cost-zero", "b")


def test_a_column_of_zeros_stops_what_divides_by_its_total() -> None:
    """All options at the worst: nothing to divide by."""
    x = [[[0.0, 0.4], [0.0, 0.6]]]
    comparison = compare(plain_problem(x, (leaf("a"), leaf("b"))))
    assert _refusals(second_opinion(comparison))["edas"] == ("zero-column", "a")
    stopped = _refusals(second_opinion(comparison, basis="effects"))
    assert stopped["topsis"] == stopped["aras"] == stopped["ram"] == ("zero-column", "a")


@pytest.mark.parametrize("basis", BASES)
def test_options_that_are_all_the_same_tie_or_cannot_be_told(basis: Basis) -> None:
    """TOPSIS comes to 0 / 0; all the others tie."""
    comparison = compare(plain_problem([[[0.4, 0.6]] * 3], (leaf("a"), leaf("b"))))
    found = second_opinion(comparison, basis=basis)
    stopped = _refusals(found)
    assert stopped.pop("topsis") == ("undefined", None)
    assert stopped.pop("copras") == ("no-cost", None)
    assert stopped == {}
    for each in found.methods:
        if each.refusal is None:
            assert (each.ranks, each.agreement, each.turned) == ((1, 1, 1), None, ())
            assert each.stability.tried == 0
    assert _of(found, "vikor").compromise == found.options


def test_one_option_leaves_nothing_to_order() -> None:
    """Every method says so; the comparison has its one option first."""
    comparison = compare(plain_problem([[[0.4, 0.6]]], (leaf("a"), leaf("b"))))
    found = second_opinion(comparison)
    assert {code for code, _ in _refusals(found).values()} == {"one-option"}
    assert len(_refusals(found)) == len(ORDER)
    assert found.others == ()
    assert (found.ours.ranks, found.ours.first) == ((1,), ("O1",))


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize(
    ("count", "children"),
    [
        (1, (leaf("a"),)),
        (2, (leaf("a"), leaf("b", 0.0))),
        (2, (Group("lens", text("lens"), 1.0, (leaf("a"), leaf("b"))),)),
    ],
    ids=["one criterion", "all weight on one", "one lens"],
)
def test_small_problems_have_an_answer(
    count: int, children: tuple[Group | Criterion, ...], basis: Basis
) -> None:
    """All methods that run put the option first that is best on everything."""
    x = [[[0.2] * count, [0.7] * count, [0.5] * count]]
    found = second_opinion(compare(plain_problem(x, children)), basis=basis)
    assert set(_refusals(found)) == {"copras"}
    for each in found.methods:
        if each.refusal is None:
            assert each.first == ("O2",), each.method


def test_a_constant_column_changes_no_order() -> None:
    """Nothing to tell the options apart by: the other criterion decides, and nothing stops."""
    x = [[[0.2, 0.5], [0.7, 0.5], [0.5, 0.5]]]
    for basis in BASES:
        found = second_opinion(compare(plain_problem(x, (leaf("a"), leaf("b")))), basis=basis)
        for each in found.methods:
            if each.refusal is None:
                assert each.ranks[1] == 1, each.method


def test_two_options_are_not_made_worse_and_clones_do_not_hang() -> None:
    """The check of the library has no number for one loser, and no end for two that are equal."""
    two = second_opinion(compare(plain_problem([[[0.2, 0.6], [0.7, 0.5]]], (leaf("a"), leaf("b")))))
    assert {each.stability.worsened for each in two.methods} == {0}
    same = [[[0.2, 0.3], [0.2, 0.3], [0.7, 0.5]]]
    clones = second_opinion(compare(plain_problem(same, (leaf("a"), leaf("b")))))
    assert {each.stability.worsened for each in clones.methods} == {0}
    assert _of(clones, "topsis").ranks == (2, 2, 1)


def test_missing_effects_are_refused() -> None:
    """Neither an opinion nor a matrix where numbers are missing."""
    comparison = compare(random_problem(3, Shape(gaps=2, requirements=0)))
    for ask in (second_opinion, to_decision_matrix):
        with pytest.raises(RequestError) as refused:
            ask(comparison)
        assert [fault.code for fault in refused.value.faults] == ["group-needs-effects"]


# --- the library --------------------------------------------------------------------------------

ASK = """
import sys, warnings
warnings.simplefilter("error")
{trick}
import afweging as afw
from afweging.analysis import second_opinion as module
assert sys.modules.get("skcriteria") is None
comparison = afw.compare(afw.read_problem("scenarios/kantoor"))
try:
    module.{name}(comparison)
except afw.RequestError as error:
    print([(fault.code, fault.value) for fault in error.faults])
else:
    print(sys.modules.get("skcriteria") is not None)
"""


@pytest.mark.parametrize(
    ("name", "trick", "expected"),
    [
        ("to_decision_matrix", "", "True"),
        (
            "second_opinion",
            'sys.modules["skcriteria"] = None',
            "[('second-opinion-missing', 'skcriteria')]",
        ),
        (
            "second_opinion",
            'sys.modules["seaborn"] = None',
            "[('second-opinion-missing', 'seaborn')]",
        ),
    ],
)
def test_the_library_is_loaded_when_asked_and_missed_in_words(
    name: str, trick: str, expected: str
) -> None:
    """Importing the module loads nothing; without scikit-criteria, or a part, one clear fault."""
    outcome = subprocess.run(
        [sys.executable, "-c", ASK.format(trick=trick, name=name)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.strip() == expected
    assert outcome.stderr == ""


def test_the_decision_matrix_holds_effects_directions_weights_and_ids() -> None:
    """For notebooks: what is in the problem, of the options that take part."""
    comparison, found = _brabant()
    matrix = to_decision_matrix(comparison)
    criteria = comparison.problem.criteria
    assert tuple(matrix.alternatives) == found.options
    assert list(matrix.criteria) == [criterion.id for criterion in criteria]
    assert matrix.matrix.to_numpy() == pytest.approx(
        mean_effects(comparison)[np.array(comparison.admissible)]
    )
    directions = [-1 if criterion.direction == "min" else 1 for criterion in criteria]
    assert matrix.iobjectives.to_list() == directions
    assert matrix.weights.to_numpy() == pytest.approx(comparison.weights.criteria)


def test_ranks_are_competition_ranks() -> None:
    """1, 2, 2, 4: the library counts 1, 2, 2, 3."""
    for _, found in (_brabant(), _brabant("effects")):
        for each in found.methods:
            assert list(each.ranks) == rank_scores(np.array(each.scores)).tolist()
            assert all(b - a <= len(each.ranks) for a, b in pairwise(sorted(each.ranks)))
