from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.random_problems import leaf, plain_problem, text

from afweging.analysis.answered_profile import Person, group_result, profile_of
from afweging.analysis.compare import compare
from afweging.analysis.questionnaire import (
    METHODS,
    Script,
    check_answer,
    is_answered,
    kept,
    next_question,
    node_of,
    plan,
    questions_about,
    script_of,
    without,
    without_last,
)
from afweging.analysis.weights import global_weights, local_weights
from afweging.errors import RequestError
from afweging.io.problem_file import read_problem
from afweging.io.problem_folder import write_folder
from afweging.model.criterion import (
    Criterion,
    Exponential,
    Group,
    Ordinal,
    OrdinalClass,
    PiecewiseLinear,
)
from afweging.model.result import Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afweging.analysis.questionnaire import Answer, Answers, Method, Question
    from afweging.model.criterion import ValueFunction
    from afweging.model.problem import DecisionProblem

CLASSES = Ordinal(
    tuple(
        OrdinalClass(name, text(name), value)
        for name, value in (("druk", 0.0), ("matig", 0.3), ("stil", 1.0))
    )
)
BENT = PiecewiseLinear(((2.0, 0.0), (10.0, 0.6), (40.0, 1.0)))
ROAD = Group(
    "weg",
    text("weg"),
    35.0,
    (
        leaf("lawaai", 60.0, worst=70.0, best=45.0),
        leaf("tijd", 40.0, worst=30.0, best=0.0, function=Exponential(9.0)),
    ),
)
TREE = Group(
    "doel",
    text("doel"),
    1.0,
    (
        leaf("huur", 30.0, worst=900.0, best=500.0),
        leaf("rust", 20.0, worst=0.0, best=2.0, function=CLASSES),
        leaf("groen", 15.0, worst=2.0, best=40.0, function=BENT),
        ROAD,
    ),
)
# two options in one case, in the order of the tree: huur, rust, groen, lawaai, tijd
EFFECTS = [[[700.0, 1.0, 12.0, 60.0, 20.0], [560.0, 0.0, 31.0, 52.0, 4.0]]]
PERSON = Person("ik", text("ik"), "own", "2026-11-24")


def flat(count: int) -> Group:
    """Return a tree of one group of so many criteria with straight scales: a, b, c, ..."""
    weights = (40.0, 25.0, 10.0, 15.0, 5.0, 5.0)
    return Group("doel", text("doel"), 1.0, tuple(map(leaf, "abcdef"[:count], weights)))


def problem_with(tree: Group = TREE) -> DecisionProblem:
    """Return a problem that can be written to a folder: two options in one case."""
    return plain_problem(EFFECTS, tree.children)


def random_answer(rng: np.random.Generator, script: Script, question: Question) -> Answer:
    """Return an answer that the question allows; each end now and then."""
    if question.kind == "review":
        return "ok"
    if question.kind == "place":
        count = int(rng.integers(1, 1 + min(2, len(question.choices))))
        return tuple(rng.permutation(list(question.choices)).tolist()[:count])
    if question.kind == "pair":
        return (str(rng.choice(list(question.choices))), float(rng.integers(1, 10)))
    if question.choices:
        return str(rng.choice(list(question.choices)))
    least, most = (1.0 if question.kind.endswith("times") else 0.0), question.most or 0.0
    if question.kind == "level":
        criterion = node_of(script.tree, question.first or "")
        assert isinstance(criterion, Criterion)
        share = float(rng.choice([0.2, 0.55, 1.0]))
        exact = criterion.worst + share * (criterion.best - criterion.worst)
        return most if rng.random() < 0.5 else exact
    whole = float(rng.integers(int(least), int(most) + 1))
    return float(rng.choice([least, whole, whole, most]))


def converse(
    script: Script, rng: np.random.Generator, answers: Mapping[str, Answer] | None = None
) -> tuple[Answers, list[Question]]:
    """Return all answers of a random person, and the questions asked, in order."""
    given, asked = dict(answers or {}), []
    while (question := next_question(script, given)) is not None:
        asked.append(question)
        assert len(asked) < 200
        given[question.id] = random_answer(rng, script, question)
    return given, asked


def answered(script: Script, said: Mapping[str, Answer]) -> Answers:
    """Return the answers of someone who is asked all questions and knows these answers."""
    given: Answers = {}
    while (question := next_question(script, given)) is not None:
        if question.id not in said and question.kind != "review":
            return given
        given[question.id] = said.get(question.id, "ok")
        assert is_answered(script, question, given)
    return given


def number_expected(method: Method, count: int) -> tuple[int, int]:
    """Return the least and the greatest number of questions about a group, the review included."""
    pairs = count * (count - 1) // 2
    return {
        "swing": (1 + count, 2 + count),
        "points": (count, count),
        "rank": (2, count),
        "ahp": (pairs + 1, pairs + 1),
        "bwm": (2 * count, 2 * count),
    }[method]


def _script(method: Method, tree: Group = TREE, *only: str) -> Script:
    return script_of(tree, method, only)


# --- what is asked ------------------------------------------------------------------------------


def test_groups_are_asked_about_from_the_top_down() -> None:
    """All groups of two or more parts are asked about, or those that were named, in this order."""
    assert [group.id for group in _script("swing").groups] == ["doel", "weg"]
    assert [group.id for group in _script("swing", TREE, "weg").groups] == ["weg"]


def test_a_group_that_cannot_be_asked_about_is_refused() -> None:
    """A criterion is no group, and a group of one part has nothing to weigh; both are told."""
    alone = Group("een", text("een"), 10.0, (leaf("los"),))
    tree = replace(TREE, children=(*TREE.children, alone))
    with pytest.raises(RequestError) as caught:
        script_of(tree, "swing", ["huur", "een", "weg"])
    told = [(fault.code, fault.value) for fault in caught.value.faults]
    assert told == [("unknown-name", "huur"), ("group-of-one", "een")]
    assert [group.id for group in script_of(tree, "swing").groups] == ["doel", "weg"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("count", range(2, 7))
def test_the_number_of_questions_is_known(method: Method, count: int) -> None:
    """For n parts: n + 1 or n + 2, n, 2 to n, n (n - 1) / 2 + 1, and 2 n, with the review."""
    least, most = number_expected(method, count)
    for seed in range(10):
        _, asked = converse(_script(method, flat(count)), np.random.default_rng(seed))
        assert least <= len(asked) <= most
        assert len({question.id for question in asked}) == len(asked)


@pytest.mark.parametrize("method", METHODS)
def test_every_group_ends_with_its_review(method: Method) -> None:
    """The questions about a group stand together, and its review is the last."""
    _, asked = converse(_script(method), np.random.default_rng(4))
    groups = [question.group for question in asked]
    assert groups == sorted(groups, key=["doel", "weg"].index)
    reviews = [place for place, question in enumerate(asked) if question.kind == "review"]
    assert reviews == [groups.count("doel") - 1, len(groups) - 1]


@pytest.mark.parametrize("method", METHODS)
def test_the_plan_is_what_was_asked_and_the_next_question(method: Method) -> None:
    """After each answer the plan holds the questions so far, and one more until all is said."""
    script = _script(method)
    answers, asked = converse(script, np.random.default_rng(9))
    for count in range(len(asked) + 1):
        given = {question.id: answers[question.id] for question in asked[:count]}
        assert plan(script, given) == tuple(asked[: count + 1])
        assert kept(script, given) == given
        assert next_question(script, given) == (None if count == len(asked) else asked[count])


# --- swing --------------------------------------------------------------------------------------


SWING: Answers = {
    "doel:largest": "huur",
    "doel:points:huur:rust": 30.0,
    "doel:points:huur:groen": 80.0,
    "doel:points:huur:weg": 45.0,
}


def test_the_largest_swing_is_not_given_points() -> None:
    """The points are asked of all but the largest, which each question names as having 100."""
    asked = plan(_script("swing"), SWING)
    points = [question for question in asked if question.kind == "points"]
    assert [question.first for question in points] == ["rust", "groen", "weg"]
    assert {(question.second, question.most) for question in points} == {("huur", 100.0)}


def test_the_check_is_between_the_two_largest_swings() -> None:
    """80 of 100 points imply that 80 % of the way from 900 to 500 is worth the other swing."""
    question = next_question(_script("swing"), SWING)
    assert question is not None
    assert (question.kind, question.first, question.second) == ("level", "huur", "groen")
    assert question.most == 580.0


@pytest.mark.parametrize(
    ("largest", "points"),
    [
        ("huur", {"rust": 80.0, "groen": 30.0, "weg": 45.0}),  # classes have no levels
        ("huur", {"rust": 30.0, "groen": 45.0, "weg": 80.0}),  # nor has a group
        ("rust", {"huur": 80.0, "groen": 30.0, "weg": 45.0}),
        ("groen", {"huur": 80.0, "rust": 30.0, "weg": 45.0}),  # a bent scale has no share of value
        ("weg", {"huur": 80.0, "rust": 30.0, "groen": 45.0}),
        ("huur", {"rust": 0.0, "groen": 0.0, "weg": 0.0}),  # nothing to trade
        ("huur", {"rust": 0.0, "groen": 100.0, "weg": 0.0}),  # the whole swing: nothing to tell
    ],
)
def test_no_check_where_no_level_can_be_named(largest: str, points: dict[str, float]) -> None:
    """Without a straight scale for the largest and levels for the next, the review follows."""
    said = {f"doel:points:{largest}:{name}": number for name, number in points.items()}
    question = next_question(_script("swing"), {"doel:largest": largest, **said})
    assert question is not None
    assert question.kind == "review"


BENDS = st.sampled_from([None, BENT, "exponential", "valley"])


def _criterion(name: str, ends: tuple[float, float], bend: object) -> Criterion:
    worst, best = ends
    middle = worst + 0.3 * (best - worst)
    function: ValueFunction | None = None
    if bend == "exponential":
        function = Exponential(middle)
    elif bend is not None:
        values = {worst: 0.0, middle: 0.9 if bend == "valley" else 0.6, best: 1.0}
        if bend == "valley":
            values[worst + 0.6 * (best - worst)] = 0.4
        function = PiecewiseLinear(tuple(sorted(values.items())))
    return leaf(name, 50.0, worst=worst, best=best, function=function)


ENDS = st.sampled_from([(900.0, 500.0), (2.0, 40.0), (-30.0, -5.0), (0.001, 0.0002)])


@settings(max_examples=60, deadline=None)
@given(ENDS, ENDS, BENDS, st.floats(1, 99))
def test_the_implied_level_makes_two_options_tie(
    ends: tuple[float, float], other: tuple[float, float], bend: object, points: float
) -> None:
    """The first criterion at that level, or the second at its best, the rest equal: a tie.

    For min and max criteria, and for a bent scale of the second.
    """
    first, second = _criterion("p", ends, None), _criterion("q", other, bend)
    children = (second, leaf("r", 10.0), first)
    script = _script("swing", Group("doel", text("doel"), 1.0, children))
    answers: Answers = {
        "doel:largest": "p",
        "doel:points:p:q": points,
        "doel:points:p:r": points / 2,
    }
    question = next_question(script, answers)
    assert question is not None
    assert question.kind == "level"
    level = float(question.most or 0.0)
    answers |= {question.id: level, "doel:review": "ok"}
    mode = [[[second.worst, 0.4, level], [second.best, 0.4, first.worst]]]
    profile = profile_of(script, answers, PERSON)
    problem = replace(plain_problem(mode, children), profiles=(profile,))
    found = compare(problem, Request(profile="ik"))
    assert found.scores.expected.low[0] == pytest.approx(found.scores.expected.low[1], abs=1e-12)
    assert group_result(script, answers, script.tree).factor == pytest.approx(1.0)


def test_points_against_another_largest_swing_have_no_meaning() -> None:
    """When another swing becomes the largest, all points are asked anew: 100 is another swing."""
    script = _script("swing")
    question = plan(script, SWING)[0]
    changed = {**without(SWING, question), "doel:largest": "weg"}
    assert kept(script, changed) == {"doel:largest": "weg"}
    again = {**without(changed, question), "doel:largest": "huur"}
    assert kept(script, again) == SWING


# --- points -------------------------------------------------------------------------------------


def test_points_leave_what_is_left() -> None:
    """Each share is at most what is left of 100; the last part gets the rest, unasked."""
    script = _script("points")
    said: Answers = {"doel:share:huur": 35.0, "doel:share:rust": 12.5, "doel:share:groen": 52.5}
    left = [question.most for question in plan(script, said) if question.kind == "share"]
    assert left == [100.0, 65.0, 52.5]
    profile = profile_of(script, {**said, "doel:review": "ok"}, PERSON)
    assert dict(profile.weights[0][1]) == {"huur": 35.0, "rust": 12.5, "groen": 52.5, "weg": 0.0}


def test_more_points_than_are_left_are_asked_again() -> None:
    """When an earlier share grows, a later one that no longer fits loses its meaning."""
    script = _script("points")
    said: Answers = {"doel:share:huur": 20.0, "doel:share:rust": 50.0, "doel:share:groen": 10.0}
    grown = {**said, "doel:share:huur": 60.0}
    question = next_question(script, grown)
    assert question is not None
    assert (question.first, question.most) == ("rust", 40.0)
    assert kept(script, grown) == {"doel:share:huur": 60.0}
    mended = answered(script, {**grown, "doel:share:rust": 5.0, "weg:share:lawaai": 55.0})
    profile = profile_of(script, mended, PERSON)
    assert dict(profile.weights[0][1]) == {"huur": 60.0, "rust": 5.0, "groen": 10.0, "weg": 25.0}


# --- ranks --------------------------------------------------------------------------------------


def test_who_shares_a_place_takes_that_of_the_next() -> None:
    """Two in place 2 make the next place 4; the one that is left is not asked about."""
    script = _script("rank")
    said: Answers = {"doel:place:1": ("weg",), "doel:place:2": ("groen", "huur")}
    asked = plan(script, said)
    assert [question.id for question in asked] == ["doel:place:1", "doel:place:2", "doel:review"]
    assert asked[1].choices == ("huur", "rust", "groen")
    profile = profile_of(script, {**said, "doel:review": "ok"}, PERSON)
    assert dict(profile.weights[0][1]) == {"huur": 2.0, "rust": 4.0, "groen": 2.0, "weg": 1.0}


def test_all_in_one_place_count_the_same() -> None:
    """One answer that names all four ends the questions; all have rank 1."""
    script = _script("rank", TREE, "doel")
    said: Answers = {"doel:place:1": ("weg", "rust", "huur", "groen"), "doel:review": "ok"}
    assert next_question(script, said) is None
    assert {rank for _, rank in profile_of(script, said, PERSON).weights[0][1]} == {1.0}


def test_who_has_a_place_cannot_have_another() -> None:
    """When the first place goes to the second, the second place is asked anew."""
    script = _script("rank")
    said: Answers = {"doel:place:1": ("rust",), "doel:place:2": ("rust", "weg")}
    question = next_question(script, said)
    assert question is not None
    assert (question.id, question.choices) == ("doel:place:2", ("huur", "groen", "weg"))


# --- pairs --------------------------------------------------------------------------------------


def test_every_pair_is_asked_once() -> None:
    """Six pairs of four parts, in the order of the tree, each with its two parts as choices."""
    asked = [each for each in questions_about(_script("ahp"), TREE, {}) if each.kind == "pair"]
    names = ["huur", "rust", "groen", "weg"]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    assert [(question.first, question.second) for question in asked] == pairs
    assert [question.choices for question in asked] == pairs


# --- best and worst -----------------------------------------------------------------------------


BEST_WORST: Answers = {
    "doel:best": "groen",
    "doel:worst": "rust",
    "doel:best-times:groen:rust": 6.0,
    "doel:best-times:groen:huur": 2.0,
    "doel:best-times:groen:weg": 5.0,
    "doel:worst-times:huur:rust": 3.0,
    "doel:worst-times:weg:rust": 2.0,
}


def test_the_best_against_the_worst_comes_first_and_limits_the_others() -> None:
    """After best and worst the widest ratio, up to 9; no other answer can be above it."""
    asked = plan(_script("bwm"), BEST_WORST)
    assert [question.id for question in asked] == [*BEST_WORST, "doel:review"]
    assert asked[1].choices == ("huur", "rust", "weg")
    assert [question.most for question in asked[2:7]] == [9.0, 6.0, 6.0, 6.0, 6.0]


def test_another_best_makes_its_answers_meaningless() -> None:
    """Answers against the old best fall away; those against the worst stay."""
    script = _script("bwm")
    changed: Answers = {**BEST_WORST, "doel:best": "weg"}
    assert kept(script, changed) == {"doel:best": "weg", "doel:worst": "rust"}
    widened: Answers = {**changed, "doel:best-times:weg:rust": 7.0}
    more = {"doel:best-times:weg:huur": 4.0, "doel:best-times:weg:groen": 2.0}
    question = next_question(script, {**widened, **more})
    assert question is not None
    assert question.id == "doel:worst-times:groen:rust"
    assert "doel:worst-times:huur:rust" in kept(script, {**widened, **more, question.id: 5.0})


def test_the_old_worst_as_the_best_is_asked_for_anew() -> None:
    """One swing cannot be best and worst: the worst is asked again, among the others."""
    question = next_question(_script("bwm"), {**BEST_WORST, "doel:best": "rust"})
    assert question is not None
    assert (question.id, question.choices) == ("doel:worst", ("huur", "groen", "weg"))


def test_answers_above_a_smaller_span_are_asked_again() -> None:
    """When the best counts only 4 times as much as the worst, 5 times is no answer any more."""
    question = next_question(_script("bwm"), {**BEST_WORST, "doel:best-times:groen:rust": 4.0})
    assert question is not None
    assert (question.id, question.most) == ("doel:best-times:groen:weg", 4.0)


# --- going back ---------------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(4))
def test_going_back_takes_one_answer_at_a_time(method: Method, seed: int) -> None:
    """From the end back to the start: each step takes the last answer in the plan, no other."""
    script = _script(method)
    answers, asked = converse(script, np.random.default_rng(seed))
    for question in reversed(asked):
        fewer = without_last(script, answers)
        assert set(answers) - set(fewer) == {question.id}
        assert next_question(script, fewer) == question
        answers = fewer
    assert answers == without_last(script, answers) == {}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(4))
def test_an_answer_in_the_middle_can_be_taken_back(method: Method, seed: int) -> None:
    """Without one answer its question is next; the same answer again, and the review, end it."""
    script = _script(method)
    answers, asked = converse(script, np.random.default_rng(seed))
    for question in asked:
        fewer = without(answers, question)
        assert set(answers) - set(fewer) == {question.id, f"{question.group}:review"}
        assert next_question(script, fewer) == question
        again = {**fewer, question.id: answers[question.id], f"{question.group}:review": "ok"}
        assert next_question(script, again) is None
        assert kept(script, again) == {each.id: answers[each.id] for each in asked}


def test_going_back_from_a_reopened_question_keeps_what_comes_after() -> None:
    """With the second of three answers open, back opens the first as well; the third stays."""
    script = _script("ahp", flat(3))
    said: Answers = {f"doel:pair:{pair}": (pair[0], 2.0) for pair in ("a:b", "a:c", "b:c")}
    reopened = without(said, plan(script, said)[1])
    back = without_last(script, reopened)
    assert back == {"doel:pair:b:c": ("b", 2.0)}
    again: Answers = {**back, "doel:pair:a:b": ("b", 3.0), "doel:pair:a:c": ("a", 2.0)}
    assert len(kept(script, again)) == 3


# --- what can be an answer ----------------------------------------------------------------------


def _wrong(method: Method, said: Answers, answer: Answer) -> str | None:
    question = next_question(_script(method), said)
    assert question is not None
    fault = check_answer(_script(method), question, answer)
    return None if fault is None else fault.code


FIRST_POINTS: Answers = {"doel:largest": "huur"}
ENDS_NAMED: Answers = {"doel:best": "groen", "doel:worst": "rust"}
SPAN_GIVEN: Answers = {**ENDS_NAMED, "doel:best-times:groen:rust": 6.0}


@pytest.mark.parametrize(
    ("method", "said", "answer", "code"),
    [
        ("swing", {}, "weg", None),
        ("swing", {}, "lawaai", "answer-choice"),  # a part of another group
        ("swing", FIRST_POINTS, 0.0, None),
        ("swing", FIRST_POINTS, 100.0, None),
        ("swing", FIRST_POINTS, -0.5, "answer-range"),
        ("swing", FIRST_POINTS, 100.5, "answer-range"),
        ("swing", FIRST_POINTS, float("nan"), "answer-range"),
        ("swing", SWING, 640.0, None),
        ("swing", SWING, 500.0, None),
        ("swing", SWING, 900.0, "answer-no-step"),  # the worst level is no step
        ("swing", SWING, 499.0, "answer-range"),
        ("swing", SWING, 901.0, "answer-range"),
        ("points", {"doel:share:huur": 35.0}, 65.0, None),
        ("points", {"doel:share:huur": 35.0}, 65.5, "answer-range"),
        ("rank", {}, ("weg", "huur"), None),
        ("rank", {}, ("weg", "huis"), "answer-choice"),
        ("rank", {}, (), "answer-empty"),
        ("rank", {"doel:place:1": ("weg",)}, ("weg",), "answer-choice"),
        ("ahp", {}, ("huur", 9.0), None),
        ("ahp", {}, ("rust", 1.0), None),
        ("ahp", {}, ("huur", 0.5), "answer-range"),
        ("ahp", {}, ("huur", 9.5), "answer-range"),
        ("ahp", {}, ("weg", 3.0), "answer-choice"),  # not one of the pair
        ("bwm", {"doel:best": "groen"}, "rust", None),
        ("bwm", {"doel:best": "groen"}, "groen", "answer-choice"),
        ("bwm", ENDS_NAMED, 9.0, None),
        ("bwm", ENDS_NAMED, 0.9, "answer-range"),
        ("bwm", SPAN_GIVEN, 6.0, None),
        ("bwm", SPAN_GIVEN, 7.0, "answer-range"),
    ],
)
def test_what_a_question_allows(
    method: Method, said: Answers, answer: Answer, code: str | None
) -> None:
    """Choices among the parts, points and times within their limits, levels on the scale."""
    assert _wrong(method, said, answer) == code


def test_a_range_tells_its_ends() -> None:
    """A refused answer comes with the least and the greatest that can be given."""
    question = next_question(_script("bwm"), SPAN_GIVEN)
    assert question is not None
    fault = check_answer(_script("bwm"), question, 7.0)
    assert fault is not None
    assert (fault.value, dict(fault.facts)) == (7.0, {"least": 1.0, "most": 6.0})


def test_a_node_is_found_by_its_id() -> None:
    """The root, a group and a criterion in a group are found."""
    names = ("doel", "weg", "tijd")
    assert [node_of(TREE, name).id for name in names] == list(names)


# --- all of it ----------------------------------------------------------------------------------


def _readable(profile_problem: DecisionProblem) -> DecisionProblem:
    """Return the problem as it is read again from a folder, checked as every other."""
    with TemporaryDirectory() as place:
        write_folder(profile_problem, Path(place))
        return read_problem(place)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(METHODS), st.sampled_from([(), ("weg",), ("doel",)]))
def test_random_answers_end_in_a_profile_that_passes_the_check(
    seed: int, method: Method, only: Sequence[str]
) -> None:
    """Valid answers always end, in weights that add up to 1, and the file that keeps them is good.

    Taking an answer back halfway and giving another does not change that.
    """
    rng, script = np.random.default_rng(seed), script_of(TREE, method, only)
    answers, asked = converse(script, rng)
    answers, _ = converse(script, rng, without(answers, asked[int(rng.integers(len(asked)))]))
    answers = kept(script, answers)
    for group in script.groups:
        count = sum(question.group == group.id for question in plan(script, answers))
        least, most = number_expected(method, len(group.children))
        assert least <= count <= most
    profile = profile_of(script, answers, PERSON)
    local = local_weights(TREE, profile)
    for group in (TREE, ROAD):
        assert sum(local[child.id] for child in group.children) == pytest.approx(1.0)
    assert global_weights(TREE, profile).sum() == pytest.approx(1.0)
    assert min(local.values()) >= 0
    (read,) = _readable(replace(problem_with(), profiles=(profile,))).profiles
    assert global_weights(TREE, read) == pytest.approx(global_weights(TREE, profile))
    assert (read.judgements, read.ranges) == (profile.judgements, profile.ranges)
