from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.judged import asked, best_worst, comparisons, group, names, profile, ratio
from tests.analysis.random_problems import leaf, text

from afweging.analysis.answers import answers_about
from afweging.analysis.elicitation import elicit, elicit_group, fitting_points, group_weights
from afweging.errors import PreferenceError
from afweging.methods.best_worst_consistency import SCALE
from afweging.methods.pairwise import consistency_ratio
from afweging.methods.pairwise_repair import SAATY_SCALE
from afweging.methods.weight_set import extreme_points
from afweging.methods.weighting import rank_order_centroid
from afweging.model.criterion import Group
from afweging.model.preference import Judgement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.elicitation import Consistency, Elicited
    from afweging.methods.elicitation_report import Repair

    FloatArray = NDArray[np.float64]

some = settings(max_examples=60, deadline=None)
few = settings(max_examples=25, deadline=None)


@st.composite
def weights(draw: st.DrawFn, least: int = 2, most: int = 6) -> FloatArray:
    """Return weights between 1 and 9 before they are made to add up to 1."""
    size = st.floats(1, 9, allow_subnormal=False)
    points = np.array(draw(st.lists(size, min_size=least, max_size=most)))
    return np.asarray(points / points.sum(), dtype=np.float64)


@st.composite
def matrices(draw: st.DrawFn, least: int = 2, most: int = 6) -> FloatArray:
    """Return a comparison matrix on the scale of 1/9 to 9, as inconsistent as it comes."""
    count = draw(st.integers(least, most))
    matrix = np.ones((count, count))
    for i, j in combinations(range(count), 2):
        matrix[i, j] = draw(st.sampled_from(SAATY_SCALE.tolist()))
        matrix[j, i] = 1 / matrix[i, j]
    return matrix


@st.composite
def extremes(draw: st.DrawFn, least: int = 2, most: int = 6) -> list[Judgement]:
    """Return best-worst answers of which none exceeds that for the best against the worst."""
    count = draw(st.integers(least, most))
    best, worst = draw(st.permutations(range(count)))[:2]
    span = draw(st.sampled_from(SCALE))
    answer = st.sampled_from([value for value in SCALE if value <= span])
    from_best, to_worst = ([draw(answer) for _ in range(count)] for _ in range(2))
    from_best[worst] = span
    return best_worst(from_best, to_worst, best=best, worst=worst)


def _count(judgements: list[Judgement]) -> int:
    return len({each.first for each in judgements} | {each.second or "a" for each in judgements})


def _consistency(found: Elicited) -> Consistency:
    assert found.consistency is not None
    return found.consistency


# --- answers that agree give back the weights they were made from --------------------------------


@some
@given(weights())
def test_consistent_comparisons_give_their_weights_back(expected: FloatArray) -> None:
    """Ratios of known weights, all compared, lead to those weights and to a ratio of 0."""
    found = asked(len(expected), "ahp", comparisons(expected[:, None] / expected[None, :]))
    assert found.weights == pytest.approx(expected, abs=1e-9)
    assert found.factor == pytest.approx(1, abs=1e-9)
    if len(expected) > 2:
        assert _consistency(found).value == pytest.approx(0, abs=1e-9)
        assert _consistency(found).complete


@some
@given(weights(least=3), st.data())
def test_a_tree_of_comparisons_is_enough(expected: FloatArray, data: st.DataObject) -> None:
    """As few comparisons as connect all give the weights back; the report says it is not all."""
    order = data.draw(st.permutations(names(len(expected))))
    known = dict(zip(names(len(expected)), expected.tolist(), strict=True))
    links = [
        (order[data.draw(st.integers(0, place))], name) for place, name in enumerate(order[1:])
    ]
    judgements = [ratio(one, two, known[one] / known[two]) for one, two in links]
    found = asked(len(expected), "ahp", judgements)
    assert found.weights == pytest.approx(expected, abs=1e-9)
    assert not _consistency(found).complete
    assert _consistency(found).repairs == ()


@some
@given(weights())
def test_consistent_best_worst_answers_give_their_weights_back(expected: FloatArray) -> None:
    """Ratios of known weights to the largest and the smallest lead to those weights."""
    best = int(expected.argmax())
    worst = int(expected.argmin()) if best != expected.argmin() else 1 - min(best, 1)
    answers = best_worst(
        (expected[best] / expected).tolist(),
        (expected / expected[worst]).tolist(),
        best=best,
        worst=worst,
    )
    found = asked(len(expected), "bwm", answers)
    assert found.weights == pytest.approx(expected, abs=1e-7)


def test_two_criteria_have_one_best_worst_answer() -> None:
    """Of two, the best counts 4 times as much: 0.8 and 0.2, and nothing can contradict that."""
    found = asked(2, "bwm", best_worst([4, 1], [1, 4], best=1, worst=0))
    assert found.weights == pytest.approx([0.2, 0.8])
    assert (_consistency(found).value, _consistency(found).passes) == (0, True)
    assert _consistency(found).repairs == ()


@pytest.mark.parametrize("count", range(2, 7))
def test_a_complete_ranking_gives_the_rank_order_centroid(count: int) -> None:
    """Orders that put all children in a row have the centroid weights, in closed form."""
    order = np.random.default_rng(count).permutation(count).tolist()
    known = [names(count)[place] for place in order]
    orders = [Judgement("order", one, two) for one, two in pairwise(known)]
    found = asked(count, "statements", orders)
    ranks = np.empty(count)
    ranks[order] = np.arange(1.0, count + 1)
    assert found.weights == pytest.approx(rank_order_centroid(ranks), abs=1e-9)
    assert (found.factor, found.consistency) == (1, None)


def test_statements_about_one_of_two_groups() -> None:
    """Methods of judgements take numbers for a group about which no judgement was made."""
    inner = Group("g", text("g"), 60, (leaf("c"), leaf("d")))
    tree = Group("doel", text("doel"), 1, (inner, leaf("a"), leaf("b")))
    numbers = (("doel", (("g", 20.0), ("a", 30.0), ("b", 50.0))),)
    said = replace(profile("statements", [ratio("d", "c", 3.0)]), weights=numbers)
    whole, part = elicit(tree, said)
    assert whole.weights == pytest.approx([0.2, 0.3, 0.5])
    assert part.weights == pytest.approx([0.25, 0.75])
    assert whole.answers.judgements == ()


@pytest.mark.parametrize("kind", ["best", "worst"])
def test_an_only_child_has_all_the_weight(kind: str) -> None:
    """What is said of the only part of a group changes nothing: it has all of the weight."""
    said = Judgement("best" if kind == "best" else "worst", "a")
    assert asked(1, "statements", [said]).weights.tolist() == [1]


# --- what holds for every set of answers ---------------------------------------------------------


@st.composite
def statements(draw: st.DrawFn) -> list[Judgement]:
    """Return up to five statements about four criteria, with no care for whether they agree."""
    one, two = draw(st.permutations(names(4)))[:2]
    kind = st.sampled_from(["times", "low", "high", "order", "share", "best", "worst"])
    return [draw(_statement(draw(kind))) for _ in range(draw(st.integers(1, 5)))] + [
        Judgement("order", one, two)
    ]


@st.composite
def _statement(draw: st.DrawFn, kind: str) -> Judgement:
    one, two = draw(st.permutations(names(4)))[:2]
    number = draw(st.sampled_from([0.25, 0.5, 1.0, 1.5, 2.0, 3.0]))
    return {
        "times": ratio(one, two, number),
        "low": Judgement("ratio", one, two, low=number),
        "high": Judgement("ratio", one, two, high=number),
        "order": Judgement("order", one, two),
        "share": Judgement("share", one, low=10 * number, high=20 * number),
        "best": Judgement("best", one),
        "worst": Judgement("worst", one),
    }[kind]


def _check_weights(found: Elicited) -> None:
    """Check that weights add up to 1 and fit the rows, and that all extreme points do."""
    assert found.weights.sum() == pytest.approx(1)
    assert (found.weights >= 0).all()
    rows = found.rows / np.abs(found.rows).max(axis=1, keepdims=True)  # a ratio can be 1e7
    assert (rows @ found.weights).min(initial=0.0) >= -1e-9
    assert len(found.points) > 0
    assert (found.points @ rows.T).min(initial=0.0) >= -2e-9
    assert (found.weights >= found.points.min(axis=0) - 1e-8).all()
    assert (found.weights <= found.points.max(axis=0) + 1e-8).all()


@some
@given(matrices(most=5))
def test_weights_of_comparisons_are_among_those_that_fit(matrix: FloatArray) -> None:
    """However inconsistent, the weights lie within the factor that they themselves need."""
    _check_weights(asked(len(matrix), "ahp", comparisons(matrix)))


@some
@given(extremes())
def test_weights_of_best_and_worst_are_among_those_that_fit(answers: list[Judgement]) -> None:
    """However inconsistent, the weights lie within the factor that they themselves need."""
    _check_weights(asked(_count(answers), "bwm", answers))


@some
@given(
    st.lists(st.floats(0, 100, allow_subnormal=False), min_size=1, max_size=4),
    st.sampled_from([0.2, 1.0, 3.0]),
    st.sampled_from(["swing", "points"]),
)
def test_weights_of_numbers_are_among_those_that_fit(
    numbers: list[float], times: float, method: str
) -> None:
    """With a check beside the numbers the weights stay those of the numbers."""
    given_so = [100.0, *(round(number, 3) for number in numbers)]
    check = [ratio("b", "a", times)] if given_so[1] > 0 else []
    found = asked(len(given_so), method, check, given_so)
    assert found.weights == pytest.approx(np.array(given_so) / sum(given_so))
    _check_weights(found)


@pytest.mark.parametrize("method", ["rank-order-centroid", "rank-sum", "rank-reciprocal"])
def test_weights_of_ranks_are_among_those_that_fit(method: str) -> None:
    """Weights of ranks keep the order of the ranks, ties included."""
    _check_weights(asked(5, method, numbers=[4, 1, 2, 5, 2]))


@some
@given(statements())
def test_every_statement_holds_or_the_fewest_that_cannot_are_named(said: list[Judgement]) -> None:
    """Weights make all statements true; where none can, a smallest set that cannot is named."""
    answers = answers_about(profile("statements", said), group(names(4)))
    try:
        found = elicit_group(answers)
    except PreferenceError as error:
        (fault,) = error.faults
        named = fault.facts["answers"]
        assert isinstance(named, tuple)
        assert named
        assert not _can_hold(list(named))
        smaller = combinations(said, len(named) - 1)
        assert all(_can_hold(list(each)) for each in smaller)
        return
    _check_weights(found)
    for each in said:
        assert _holds(each, dict(zip(names(4), found.weights.tolist(), strict=True)))


def _can_hold(said: list[Judgement]) -> bool:
    try:
        fitting_points(answers_about(profile("statements", said), group(names(4))))
    except PreferenceError:
        return False
    return True


def _holds(each: Judgement, known: dict[str, float]) -> bool:
    """Return whether an answer holds for weights, read as it is written."""
    own, other = known[each.first], known.get(each.second or "", 0.0)
    off = 1e-8
    match each.kind:
        case "order":
            return own >= other - off
        case "best":
            return own >= max(known.values()) - off
        case "worst":
            return own <= min(known.values()) + off
        case "share":
            return (each.low or 0) / 100 - off <= own <= (each.high or 0) / 100 + off
        case _:
            low = each.times or each.low or 0.0
            high = each.times or each.high or np.inf
            return low * other - off <= own and (own <= high * other + off or other == 0)


@some
@given(st.permutations(range(4)), matrices(least=4, most=4), extremes(least=4, most=4))
def test_the_order_of_children_makes_no_difference(
    order: list[int], matrix: FloatArray, answers: list[Judgement]
) -> None:
    """Each child has the weight that it has when the children stand in another order."""
    turned = group([names(4)[place] for place in order])
    shares = [Judgement("share", "c", low=20.0, high=35.0), ratio("b", "d", 2.5)]
    for said in (
        profile("ahp", comparisons(matrix)),
        profile("ahp", comparisons(matrix)[:3]),
        profile("bwm", answers),
        profile("statements", shares),
        profile("swing", numbers=[30, 100, 0, 45]),
        profile("rank-sum", numbers=[2, 4, 1, 2]),
    ):
        straight = group_weights(answers_about(said, group(names(4))))
        found = group_weights(answers_about(said, turned))
        assert found == pytest.approx(straight[list(order)], abs=1e-9)


@some
@given(st.permutations(range(6)), matrices(least=4, most=4))
def test_the_order_of_answers_makes_no_difference(order: list[int], matrix: FloatArray) -> None:
    """The same comparisons in another order, some the other way round, give the same weights."""
    said = comparisons(matrix)
    turned = [
        ratio(each.second or "", each.first, 1 / (each.times or 1)) if place % 2 else each
        for place in order
        for each in (said[place],)
    ]
    expected = asked(4, "ahp", said).weights
    assert asked(4, "ahp", turned).weights == pytest.approx(expected, abs=1e-9)


# --- answers that contradict each other ----------------------------------------------------------

AT_MOST_A_THIRD = Judgement("share", "b", high=30.0)
CLEAR = [
    Judgement("order", "a", "c"),
    Judgement("ratio", "c", "d", low=1.5),
    Judgement("worst", "d"),
]


@pytest.mark.parametrize(
    ("said", "conflict"),
    [
        ([*CLEAR, AT_MOST_A_THIRD, Judgement("share", "b", low=31.0)], (3, 4)),
        ([Judgement("share", "a", low=60.0), *CLEAR, Judgement("share", "c", low=41.0)], (0, 4)),
        ([*CLEAR, Judgement("ratio", "d", "c", low=0.7), ratio("b", "d", 2.0)], (1, 3)),
        ([ratio("a", "b", 2.0), ratio("b", "c", 2.0), ratio("c", "a", 2.0)], (0, 1, 2)),
        (
            [
                Judgement("order", "c", "a"),
                Judgement("share", "c", low=20.0),
                ratio("a", "b", 2.0),
                ratio("b", "d", 2.0),
                ratio("d", "a", 2.0),
            ],
            (2, 3, 4),
        ),
        (
            [
                Judgement("share", name, high=high)
                for name, high in zip("abcd", (30, 40, 20, 9), strict=True)
            ],
            (0, 1, 2, 3),
        ),
        ([Judgement("best", "a"), Judgement("share", "a", high=24.0)], (0, 1)),
    ],
)
def test_the_fewest_answers_that_contradict_are_named(
    said: list[Judgement], conflict: tuple[int, ...]
) -> None:
    """Of more answers than contradict, the smallest set that does is named, in its order."""
    with pytest.raises(PreferenceError) as caught:
        asked(4, "statements", said)
    (fault,) = caught.value.faults
    assert fault.code == "answers-conflict"
    expected = tuple(said[place] for place in conflict)
    assert fault.facts == {"profile": "p", "group": "doel", "answers": expected}


def test_conflicts_in_every_group_are_found_at_once() -> None:
    """Two groups whose answers contradict each other give two faults, in the order of the tree."""
    inner = Group("g", text("g"), 60, (leaf("c"), leaf("d")))
    tree = Group("doel", text("doel"), 1, (inner, leaf("a")))
    said = [
        Judgement("share", "d", low=70.0),
        Judgement("order", "c", "d"),
        Judgement("share", "g", low=70.0),
        Judgement("share", "a", low=40.0),
    ]
    with pytest.raises(PreferenceError) as caught:
        elicit(tree, profile("statements", said))
    assert [fault.facts["group"] for fault in caught.value.faults] == ["doel", "g"]


# --- how far answers agree ------------------------------------------------------------------------


@some
@given(matrices(least=3))
def test_comparisons_have_the_consistency_ratio(matrix: FloatArray) -> None:
    """The figure is that of the matrix of answers; under 0.10 it passes."""
    consistency = _consistency(asked(len(matrix), "ahp", comparisons(matrix)))
    assert consistency.measure == "consistency-ratio"
    assert consistency.value == pytest.approx(float(consistency_ratio(matrix)), abs=1e-12)
    assert (consistency.limit, consistency.passes) == (0.10, consistency.value < 0.10)
    assert consistency.complete


def test_two_comparisons_cannot_disagree() -> None:
    """With two parts there is one comparison, and nothing it could contradict."""
    assert asked(2, "ahp", [ratio("b", "a", 7.0)]).consistency is None


def _repaired(judgements: list[Judgement], repairs: tuple[Repair, ...]) -> list[Judgement]:
    """Return the judgements with the repairs made."""
    known = names(8)
    changes = {(known[each.first], known[each.second]): each.proposed for each in repairs}
    return [
        replace(each, times=changes.get((each.first, each.second or ""), each.times))
        for each in judgements
    ]


@few
@given(matrices(least=3))
def test_proposed_repairs_of_comparisons_make_them_pass(matrix: FloatArray) -> None:
    """Once the answers are changed as proposed, the report passes and proposes nothing."""
    said = comparisons(matrix)
    before = _consistency(asked(len(matrix), "ahp", said))
    assert bool(before.repairs) == (not before.passes)
    after = _consistency(asked(len(matrix), "ahp", _repaired(said, before.repairs)))
    assert (after.passes, after.repairs) == (True, ())


@few
@given(extremes(least=3))
def test_proposed_repairs_of_best_and_worst_make_them_pass(answers: list[Judgement]) -> None:
    """Once the answers are changed as proposed, the report passes; without a limit none are."""
    count = _count(answers)
    before = _consistency(asked(count, "bwm", answers))
    assert before.measure == "input-based-ratio"
    assert bool(before.repairs) == (before.passes is False)
    if before.limit is not None:
        after = _consistency(asked(count, "bwm", _repaired(answers, before.repairs)))
        assert (after.passes, after.repairs) == (True, ())


@pytest.mark.parametrize(
    ("times", "factor", "passes"),
    [(2.5, 1.0, True), (3.0, 1.2, True), (3.75, 1.5, True), (1.25, 2.0, False)],
)
def test_a_check_beside_numbers_shows_how_far_they_are_apart(
    times: float, factor: float, *, passes: bool
) -> None:
    """By the points b counts 2.5 times as much as c; a check may say up to 1.5 times otherwise."""
    said = Judgement(
        "trade-off", "b", "c", first_from=0.2, first_to=0.4, second_from=0.0, second_to=0.2 * times
    )
    found = asked(3, "swing", [said], [40, 100, 40])
    consistency = _consistency(found)
    assert (consistency.measure, consistency.limit) == ("factor", 1.5)
    assert consistency.value == pytest.approx(factor)
    assert consistency.passes is passes
    worst = [(each.first, each.second, each.given, each.implied) for each in consistency.worst]
    expected = [] if factor == 1 else [pytest.approx((1, 2, times, 2.5))]
    assert worst == expected


def test_numbers_alone_contradict_nothing() -> None:
    """Without a check beside them there is nothing to compare numbers with."""
    assert asked(3, "swing", numbers=[40, 100, 40]).consistency is None


def test_weights_that_fit_bounds_are_a_whole_set() -> None:
    """A ratio of at least 2 leaves all weights between its ends; the weights are their mean."""
    found = asked(3, "statements", [Judgement("ratio", "b", "a", low=2.0)])
    again = extreme_points(found.rows, count=3)
    assert found.points == pytest.approx(again)
    assert found.weights == pytest.approx(found.points.mean(axis=0))
    assert len(found.points) == 3
