from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise, permutations, product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import linprog  # type: ignore[import-untyped]
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem, text

from afweging.analysis.compare import compare
from afweging.analysis.elicitation import elicit
from afweging.analysis.undecided import RATIOS, Undecided, undecided
from afweging.analysis.weight_sets import answered_set
from afweging.analysis.weights import local_weights
from afweging.model.criterion import Criterion, Group, criteria_under, groups_under
from afweging.model.preference import Judgement, Profile, SwingRange
from afweging.model.problem import Requirement
from afweging.model.result import Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from afweging.analysis.elicitation import Elicited
    from afweging.analysis.undecided import NextQuestion
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

SEEDS = range(12)
TOLERANCE = 1e-9


def statements(*judgements: Judgement, numbers: Sequence[tuple[str, float]] = ()) -> Profile:
    """Return a profile of statements; numbers are those of the root, if there are any."""
    weights = (("doel", tuple(numbers)),) if numbers else ()
    return Profile(
        "ik", text("ik"), "own", "statements", "expert", weights, judgements=tuple(judgements)
    )


def order(first: str, second: str) -> Judgement:
    """Return the answer that one swing counts at least as much as another."""
    return Judgement("order", first, second)


def random_statements(rng: np.random.Generator, tree: Group) -> Profile:
    """Return statements that hold together: orders and intervals around weights of someone."""
    judgements = []
    for group in groups_under(tree):
        names = [child.id for child in group.children]
        sizes = dict(zip(names, rng.uniform(1, 6, len(names)).tolist(), strict=True))
        for first, second in pairwise(names):
            one, two = sorted((first, second), key=lambda name: -sizes[name])
            times = sizes[one] / sizes[two]
            kind = rng.choice(["order", "ratio", "share", "silent"])
            if kind == "order":
                judgements.append(order(one, two))
            elif kind == "ratio":
                low, high = times * rng.uniform(0.4, 1), times * rng.uniform(1, 3)
                judgements.append(Judgement("ratio", one, two, low=float(low), high=float(high)))
            elif kind == "share":
                share = 100 * sizes[one] / sum(sizes.values())
                judgements.append(Judgement("share", one, low=float(0.7 * share)))
    return statements(*(judgements or [order(*[c.id for c in tree.children[:2]])]))


def asked(problem: DecisionProblem, profile: Profile) -> Comparison:
    """Return the comparison of the problem with the weights of the profile."""
    return compare(replace(problem, profiles=(profile,)), Request(profile=profile.id))


def found_for(problem: DecisionProblem, profile: Profile, *, seed: int = 1) -> Undecided:
    """Return what the answers leave open, which is something."""
    found = undecided(asked(problem, profile), profile, seed=seed)
    assert found is not None
    return found


@cache
def nested(seed: int) -> tuple[DecisionProblem, Profile]:
    """Return a random problem with groups in groups, and statements about some of them."""
    rng = np.random.default_rng(seed)
    problem = random_problem(seed, Shape(profiles=0, requirements=seed % 2))
    while True:
        profile = random_statements(rng, problem.tree)
        elicited = elicit(problem.tree, profile)
        if any(len(each.points) > 1 for each in elicited):
            return problem, profile


def corners(tree: Group, profile: Profile) -> Iterator[FloatArray]:
    """Yield the global weights of every combination of extreme points of the groups."""
    fixed = local_weights(tree, profile)
    found = elicit(tree, profile)
    for chosen in product(*(each.points for each in found)):
        local = dict(fixed)
        for each, point in zip(found, chosen, strict=True):
            local |= dict(zip(each.answers.children, point.tolist(), strict=True))
        yield np.array(_paths(tree, local, 1.0))


def _paths(node: Group | Criterion, local: Mapping[str, float], weight: float) -> list[float]:
    if isinstance(node, Criterion):
        return [weight]
    return [
        each for child in node.children for each in _paths(child, local, weight * local[child.id])
    ]


# --- bounds of the lead -------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_bounds_of_the_lead_are_exact(seed: int) -> None:
    """They are the least and the greatest lead over all combinations of extreme points."""
    problem, profile = nested(seed)
    weights = np.array(list(corners(problem.tree, profile)))
    fitting = answered_set(problem.tree, elicit(problem.tree, profile))
    values = asked(problem, profile).scores.means.low
    for one, two in permutations(range(len(values)), 2):
        leads = weights @ (values[one] - values[two])
        bounds = fitting.score_bounds(values[one] - values[two])
        assert bounds == pytest.approx((leads.min(), leads.max()), abs=1e-12)


def test_the_bounds_of_a_small_tree_by_hand() -> None:
    """At least half of the weight is on g, in which c counts at least as much as d."""
    inner = Group("g", text("g"), 60.0, (leaf("c"), leaf("d")))
    tree = Group("doel", text("doel"), 1.0, (leaf("a"), inner))
    profile = statements(order("g", "a"), order("c", "d"))
    fitting = answered_set(tree, elicit(tree, profile))
    # within g the lead is -0.3 to 0; least with all weight on g, greatest with half on a
    bounds = fitting.score_bounds(np.array([0.4, -0.3, 0.3]))
    assert bounds == pytest.approx((-0.3, 0.2))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_lead_recorded_is_that_of_the_first_over_the_second(seed: int) -> None:
    """`low` and `high` belong to the two options that are named."""
    problem, profile = nested(seed)
    found = found_for(problem, profile)
    options = [option.id for option in problem.alternatives]
    values = asked(problem, profile).scores.means.low
    difference = values[options.index(found.first)] - values[options.index(found.second)]
    leads = [float(weights @ difference) for weights in corners(problem.tree, profile)]
    assert (found.low, found.high) == pytest.approx((min(leads), max(leads)), abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_settled_is_that_no_other_is_ever_ahead(seed: int) -> None:
    """Settled exactly if the least lead over every other that takes part is 0 or more."""
    problem, profile = nested(seed)
    found, comparison = found_for(problem, profile), asked(problem, profile)
    values = comparison.scores.means.low
    options = [option.id for option in problem.alternatives]
    weights = np.array(list(corners(problem.tree, profile)))
    leads = weights @ (values[options.index(found.first)] - values).T  # (corners, A)
    least = leads[:, np.array(comparison.admissible)].min()
    assert found.settled == (least >= -TOLERANCE)
    assert found.settled == (found.low >= -TOLERANCE)
    if found.settled:
        assert dict(found.shares)[found.first] == 1
        assert found.question is None
        assert found.first in comparison.first.overall.alternatives


def test_both_outcomes_occur_in_these_problems() -> None:
    """The random problems have answers that settle who is first, and answers that do not."""
    assert {found_for(*nested(seed)).settled for seed in SEEDS} == {True, False}


# --- shares -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_shares_add_up_to_one(seed: int) -> None:
    """Without ties every draw has one first option; the largest share comes first, none is 0."""
    shares = [share for _, share in found_for(*nested(seed)).shares]
    assert sum(shares) == pytest.approx(1.0)
    assert shares == sorted(shares, reverse=True)
    assert min(shares) > 0


def test_ties_count_for_each_of_the_tied() -> None:
    """Two options with the same effects are first together; each has the whole share of both."""
    children = (leaf("a"), leaf("b"), leaf("c"))
    problem = plain_problem([[[0.9, 0.2, 0.1], [0.1, 0.6, 0.5], [0.9, 0.2, 0.1]]], children)
    found = found_for(problem, statements(order("a", "b")))
    shares = dict(found.shares)
    assert shares["O1"] == shares["O3"]
    assert shares["O1"] + shares["O2"] == pytest.approx(1.0)


def test_the_runner_up_is_one_that_can_get_ahead() -> None:
    """A double of the leading option is never ahead of it: the question is about the next."""
    children = (leaf("a"), leaf("b"), leaf("c"))
    problem = plain_problem([[[0.9, 0.2, 0.1], [0.1, 0.6, 0.5], [0.9, 0.2, 0.1]]], children)
    found = found_for(problem, statements(order("a", "b")))
    assert (found.first, found.second, found.settled) == ("O1", "O2", False)
    assert found.low < 0 < found.high
    assert found.question is not None


def test_an_option_that_is_hardly_ever_first_is_still_a_rival() -> None:
    """Ahead at one extreme point, though in no draw: not settled, and it is the runner-up."""
    children = (leaf("a"), leaf("b"), leaf("c"))
    rows = [[0.5, 0.5, 0.5], [0.49, 0.49, 0.49], [0.5001, 0.0, 0.0]]
    found = found_for(plain_problem([rows], children), statements(order("a", "b")))
    assert found.shares == (("O1", 1.0),)
    assert (found.settled, found.second) == (False, "O3")
    assert (found.low, found.high) == pytest.approx((-0.0001, 0.5))


@pytest.mark.parametrize("seed", range(8))
def test_who_has_a_share_is_first_for_some_weights_that_fit(seed: int) -> None:
    """A linear program of its own finds, for each, weights that fit for which nobody is ahead."""
    rng = np.random.default_rng(seed)
    problem = plain_problem([rng.uniform(0, 1, (5, 4)).tolist()], _four())
    profile = random_statements(rng, problem.tree)
    found, (each,) = found_for(problem, profile), elicit(problem.tree, profile)
    values = problem.effects.mode[0]
    options = [option.id for option in problem.alternatives]
    for name, _ in found.shares:
        ahead = values[options.index(name)] - values
        rows = np.vstack([ahead, each.rows])
        solved = linprog(
            np.zeros(4), A_ub=-rows, b_ub=np.zeros(len(rows)), A_eq=np.ones((1, 4)), b_eq=[1.0]
        )
        assert solved.status == 0
    never = set(options) - {name for name, _ in found.shares}
    for name in never:  # the share of such weights is too small for 2000 draws, or there are none
        ahead = (values[options.index(name)] - values) @ _draws(each, 20_000).T
        assert (ahead.min(axis=0) >= 0).mean() < 0.005


def _four() -> tuple[Criterion, ...]:
    return tuple(leaf(name, weight) for name, weight in zip("abcd", (40, 30, 20, 10), strict=True))


def _draws(each: Elicited, count: int) -> FloatArray:
    """Return weights that fit, by throwing away those that do not: independent of any walk."""
    rng = np.random.default_rng(77)
    kept: list[FloatArray] = []
    while sum(map(len, kept)) < count:
        drawn = rng.dirichlet(np.ones(len(each.weights)), 200_000)
        kept.append(drawn[(drawn @ each.rows.T >= 0).all(axis=1)])
        assert len(kept) < 50
    return np.concatenate(kept)[:count]


# --- the next question --------------------------------------------------------------------------


@cache
def _flat(seed: int) -> tuple[DecisionProblem, Profile, Undecided]:
    """Return a flat problem in which two statements leave open who of four is first."""
    rng = np.random.default_rng(100 + seed)
    while True:
        problem = plain_problem([rng.uniform(0, 1, (4, 4)).tolist()], _four())
        names = rng.permutation(list("abcd")).tolist()
        profile = statements(order(names[0], names[1]), order(names[2], names[3]))
        found = found_for(problem, profile)
        if found.question is not None and 0.05 < found.shares[0][1] < 0.9:
            return problem, profile, found


def _ahead(problem: DecisionProblem, found: Undecided, weights: FloatArray) -> NDArray[np.bool_]:
    """Return in which draws the first is ahead of the second."""
    options = [option.id for option in problem.alternatives]
    one, two = (problem.effects.mode[0][options.index(n)] for n in (found.first, found.second))
    return np.asarray(weights @ (one - two) > 0)


def _bits(share: float) -> float:
    parts = [part for part in (share, 1 - share) if part > 0]
    return float(-sum(part * np.log2(part) for part in parts))


def _gain(ahead: NDArray[np.bool_], yes: NDArray[np.bool_]) -> float:
    """Return how many bits less uncertain it is who is ahead once yes or no is known."""
    if yes.all() or not yes.any():
        return 0.0
    left = yes.mean() * _bits(float(ahead[yes].mean()))
    left += (1 - yes.mean()) * _bits(float(ahead[~yes].mean()))
    return _bits(float(ahead.mean())) - float(left)


@pytest.mark.parametrize("seed", range(6))
def test_an_answer_moves_the_lead_to_what_was_announced(seed: int) -> None:
    """Among draws of another kind, those that say yes and no have about the shares foretold."""
    problem, profile, found = _flat(seed)
    (each,), question = elicit(problem.tree, profile), found.question
    assert question is not None
    weights = _draws(each, 40_000)
    column = dict(zip("abcd", weights.T, strict=True))
    yes = column[question.first] >= question.times * column[question.second]
    ahead = _ahead(problem, found, weights)
    assert question.likely == pytest.approx(yes.mean(), abs=0.05)
    for told, share, part in ((question.yes, yes, yes.mean()), (question.no, ~yes, 1 - yes.mean())):
        within = 4 * 0.5 / np.sqrt(found.draws * part) + 0.01
        assert told == pytest.approx(ahead[share].mean(), abs=within)


@pytest.mark.parametrize("seed", range(6))
def test_no_other_question_tells_more(seed: int) -> None:
    """No pair and number of times takes away more uncertainty, but for what chance can do."""
    problem, profile, found = _flat(seed)
    (each,), question = elicit(problem.tree, profile), found.question
    assert question is not None
    weights = _draws(each, 40_000)
    column, ahead = dict(zip("abcd", weights.T, strict=True)), _ahead(problem, found, weights)
    gains = {
        (one, two, times): _gain(ahead, column[one] >= times * column[two])
        for one, two in permutations("abcd", 2)
        for times in RATIOS
    }
    chosen = gains[question.first, question.second, question.times]
    assert chosen >= max(gains.values()) - 0.05


def _with_answer(profile: Profile, question: NextQuestion, *, yes: bool) -> Profile:
    bound = {"low": question.times} if yes else {"high": question.times}
    answer = Judgement("ratio", question.first, question.second, **bound)
    return replace(profile, judgements=(*profile.judgements, answer))


@cache
def _duel(seed: int) -> tuple[DecisionProblem, Profile, Undecided]:
    """Return a problem of two options and groups in groups, with a question left to ask."""
    rng = np.random.default_rng(200 + seed)
    while True:
        number = int(rng.integers(10_000))
        problem = random_problem(number, Shape(options=2, profiles=0, requirements=0))
        profile = random_statements(rng, problem.tree)
        found = undecided(asked(problem, profile), profile)
        if found is not None and found.question is not None and found.shares[0][1] < 0.93:
            return problem, profile, found


@pytest.mark.parametrize("yes", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_the_question_asked_and_answered_has_the_effect_foretold(seed: int, *, yes: bool) -> None:
    """Yes or no, put among the statements, gives with another seed about the share foretold."""
    problem, profile, found = _duel(seed)
    question = found.question
    assert question is not None
    after = undecided(
        asked(problem, more := _with_answer(profile, question, yes=yes)), more, seed=5
    )
    assert after is not None
    share = dict(after.shares).get(found.first, 0.0)
    part = question.likely if yes else 1 - question.likely
    within = 4 * 0.5 * np.sqrt(1 / (found.draws * part) + 1 / after.draws) + 0.01
    assert share == pytest.approx(question.yes if yes else question.no, abs=within)
    # what is foretold adds up to what is known now
    parts = question.likely * question.yes + (1 - question.likely) * question.no
    assert parts == pytest.approx(dict(found.shares)[found.first], abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_a_question_that_was_answered_is_not_asked_again(seed: int) -> None:
    """After yes or no, another question follows or none."""
    problem, profile, found = _duel(seed)
    assert found.question is not None
    for yes in (True, False):
        more = _with_answer(profile, found.question, yes=yes)
        after = undecided(asked(problem, more), more)
        if after is not None and after.question is not None:
            one, two = (
                (each.first, each.second, each.times) for each in (found.question, after.question)
            )
            assert one != two


@pytest.mark.parametrize("seed", range(20))
def test_what_the_answers_settle_already_is_no_question(seed: int) -> None:
    """With b exactly twice a and as much as c, no question is about them, though draws differ."""
    rng = np.random.default_rng(seed)
    problem = plain_problem([rng.uniform(0, 1, (3, 4)).tolist()], _four())
    exact = (Judgement("ratio", "b", "a", times=2.0), Judgement("ratio", "b", "c", times=1.0))
    question = found_for(problem, statements(*exact), seed=seed).question
    assert question is None or "d" in (question.first, question.second)


def test_groups_without_room_are_not_asked_about() -> None:
    """Numbers fix the root; what is open within g is asked there."""
    inner = Group("g", text("g"), 60.0, (leaf("c"), leaf("d"), leaf("e")))
    children = (leaf("a", 40.0), inner)
    problem = plain_problem([[[0.4, 0.9, 0.1, 0.1], [0.5, 0.1, 0.7, 0.6]]], children)
    profile = statements(order("d", "e"), numbers=(("a", 30.0), ("g", 70.0)))
    question = found_for(problem, profile).question
    assert question is not None
    assert question.group == "g"
    assert {question.first, question.second} <= {"c", "d", "e"}


# --- the same again, and nothing to say ---------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_a_seed_gives_the_same_record(seed: int) -> None:
    """All numbers are the same for the same seed; with another, shares move by chance only."""
    problem, profile, found = _flat(seed)
    assert found_for(problem, profile) == found
    other = found_for(problem, profile, seed=2)
    assert other.shares != found.shares
    assert (other.low, other.high) == (found.low, found.high) or other.first != found.first
    for name, share in found.shares:
        assert dict(other.shares).get(name, 0.0) == pytest.approx(share, abs=0.07)


def _none(problem: DecisionProblem, profile: Profile) -> bool:
    return undecided(asked(problem, profile), profile) is None


OPEN = statements(order("a", "b"), order("c", "d"))
ROWS = [[0.9, 0.2, 0.1, 0.4], [0.1, 0.6, 0.5, 0.3], [0.3, 0.3, 0.6, 0.8]]


def test_nothing_is_open_where_the_weights_are_fixed() -> None:
    """Numbers, or enough exact ratios, leave one set of weights: there is nothing to say."""
    problem = plain_problem([ROWS], _four())
    numbers = tuple(zip("abcd", (10.0, 20.0, 30.0, 40.0), strict=True))
    ratios = [Judgement("ratio", "a", name, times=3.0) for name in "bcd"]
    assert _none(problem, statements(numbers=numbers))
    assert _none(problem, statements(*ratios))
    assert not _none(problem, statements(*ratios[:2]))


def test_nothing_is_said_where_effects_are_missing() -> None:
    """One gap makes the scores bounds; what is open then is the gap."""
    gap = [list(row) for row in ROWS]
    gap[1][2] = float("nan")
    assert not _none(plain_problem([ROWS], _four()), OPEN)
    assert _none(plain_problem([gap], _four()), OPEN)


def test_nothing_is_open_for_one_option() -> None:
    """Where requirements leave one option, the weights do not matter; with two they do."""
    problem = plain_problem([ROWS], _four())

    def demanding(criterion: str, threshold: float) -> DecisionProblem:
        wish = Requirement("E", text("E"), criterion, threshold, "assumption", 0.0)
        return replace(problem, requirements=(wish,))

    assert _none(demanding("a", 0.5), OPEN)
    assert not _none(demanding("a", 0.2), OPEN)
    assert {name for name, _ in found_for(demanding("a", 0.2), OPEN).shares} <= {"O1", "O3"}


def test_nothing_is_said_for_other_ranges() -> None:
    """Answers given for another range are about another swing: first they are rescaled."""
    problem = plain_problem([ROWS], _four())
    same, other = (replace(OPEN, ranges=(SwingRange("b", 0.0, best),)) for best in (1.0, 2.0))
    assert not _none(problem, same)
    assert _none(problem, other)
    assert _none(problem, replace(other, rescale=True))


def test_nothing_is_said_of_a_group_with_too_many_parts_to_list() -> None:
    """Ten parts compared by ratio may leave more open than is listed; numbers leave nothing."""
    names = "abcdefghij"
    inner = Group("j", text("j"), 1.0, (leaf("x"), leaf("y")))
    children: tuple[Group | Criterion, ...] = (*map(leaf, names[:-1]), inner)
    problem = plain_problem(
        [[[0.1 * place for place in range(11)], [0.4] * 9 + [0.9, 0.1]]], children
    )
    below = order("y", "x")
    exact = [Judgement("ratio", "a", name, times=2.0) for name in names[1:]]
    assert _none(problem, statements(*exact, below))
    numbers = tuple((name, 10.0) for name in names)
    assert not _none(problem, statements(below, numbers=numbers))


def test_options_that_are_screened_out_have_no_part() -> None:
    """Neither the shares nor the two that are set apart hold an option below a requirement."""
    problem = plain_problem([ROWS], _four())
    wish = Requirement("E", text("E"), "d", 0.35, "assumption", 0.0)
    found = found_for(replace(problem, requirements=(wish,)), OPEN)
    named = {found.first, found.second, *(name for name, _ in found.shares)}
    assert named == {"O1", "O3"}


def test_criteria_are_those_of_the_tree() -> None:
    """The differences that bounds are asked of stand in the order of the tree."""
    problem, profile = nested(3)
    names = [criterion.id for criterion in criteria_under(problem.tree)]
    fitting = answered_set(problem.tree, elicit(problem.tree, profile))
    weights = np.array(list(corners(problem.tree, profile)))
    for place, _ in enumerate(names):
        low, high = fitting.score_bounds(np.eye(len(names))[place])
        assert (low, high) == pytest.approx((weights[:, place].min(), weights[:, place].max()))
