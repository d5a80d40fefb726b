from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.random_problems import text
from tests.analysis.test_questionnaire import (
    BEST_WORST,
    PERSON,
    SWING,
    TREE,
    answered,
    converse,
    flat,
)

from afweging.analysis.answered_profile import STORED, Person, group_result, profile_of
from afweging.analysis.questionnaire import METHODS, kept, next_question, script_of
from afweging.analysis.weights import local_weights
from afweging.model.preference import Judgement, SwingRange

if TYPE_CHECKING:
    from afweging.analysis.questionnaire import Answer, Answers, Method, Question, Script

EXACT: tuple[Method, ...] = ("swing", "points", "ahp", "bwm")


def true_answer(question: Question, sizes: dict[str, float]) -> Answer:
    """Return what someone says who knows how much each swing counts, and is right about it."""
    first, second = (sizes.get(name or "", 1.0) for name in (question.first, question.second))
    chosen = sorted(question.choices, key=lambda name: -sizes[name])
    if question.kind == "place":
        return tuple(name for name in question.choices if sizes[name] == sizes[chosen[0]])
    if question.kind == "pair":
        return (chosen[0], sizes[chosen[0]] / sizes[chosen[-1]])
    numbers = {
        "points": 100 * (first / second),
        "share": round(100 * first, 6),
        "best-times": first / second,
        "worst-times": first / second,
        "level": question.most or 0.0,
    }
    if question.kind in numbers:
        return numbers[question.kind]
    return {"worst": chosen[-1:], "review": ["ok"]}.get(question.kind, chosen)[0]


def true_answers(script: Script, sizes: dict[str, float]) -> Answers:
    """Return all answers of someone whose weights are in proportion to `sizes` in each group."""
    shares = {
        child.id: sizes[child.id] / sum(sizes[sibling.id] for sibling in group.children)
        for group in script.groups
        for child in group.children
    }
    given: Answers = {}
    while (question := next_question(script, given)) is not None:
        assert question.id not in given  # a true answer is one that the question allows
        given[question.id] = true_answer(question, shares)
    return given


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(EXACT), st.lists(st.floats(1, 8), min_size=2, max_size=6))
def test_true_answers_give_the_weights_back(method: Method, sizes: list[float]) -> None:
    """Who answers every question by known weights gets those, without any contradiction."""
    tree = flat(len(sizes))
    script = script_of(tree, method)
    answers = true_answers(script, dict(zip("abcdef", sizes, strict=False)))
    profile = profile_of(script, answers, PERSON)
    expected = np.array(sizes) / sum(sizes)
    found = group_result(script, answers, tree)
    assert found.weights == pytest.approx(expected, abs=1e-7)
    assert list(local_weights(tree, profile).values()) == pytest.approx(expected, abs=1e-7)
    assert found.factor == pytest.approx(1.0, abs=1e-6)
    assert found.consistency is None or found.consistency.value == pytest.approx(
        1.0 if method == "swing" else 0.0, abs=1e-6
    )


def test_true_answers_about_a_tree_give_the_weights_back() -> None:
    """The same in a tree with a group, classes and bent scales, for each group apart."""
    sizes = {"huur": 4.0, "rust": 1.5, "groen": 3.0, "weg": 2.5, "lawaai": 3.0, "tijd": 1.0}
    for method in EXACT:
        script = script_of(TREE, method)
        profile = profile_of(script, true_answers(script, sizes), PERSON)
        local = local_weights(TREE, profile)
        assert local["huur"] == pytest.approx(4 / 11, abs=1e-7)
        assert local["weg"] == pytest.approx(2.5 / 11, abs=1e-7)
        assert local["lawaai"] == pytest.approx(0.75, abs=1e-7)


def test_a_true_order_gives_the_ranks() -> None:
    """Ranks keep the order only: 1 for the largest, a shared place where two are equal."""
    script = script_of(TREE, "rank", ["doel"])
    sizes = {"huur": 2.5, "rust": 1.5, "groen": 4.0, "weg": 2.5}
    profile = profile_of(script, true_answers(script, sizes), PERSON)
    ranks = {"huur": 2.0, "rust": 4.0, "groen": 1.0, "weg": 2.0}
    assert dict(profile.weights[0][1]) == ranks


@pytest.mark.parametrize("method", METHODS)
def test_a_profile_says_whose_and_how(method: Method) -> None:
    """Person, day and method stand in the profile, which rests on what an expert says."""
    script = script_of(TREE, method)
    answers, _ = converse(script, np.random.default_rng(2))
    person = Person("wijk_3", text("wijk"), "about", "2026-11-24")
    profile = profile_of(script, answers, person)
    assert (profile.id, profile.name, profile.origin) == ("wijk_3", text("wijk"), "about")
    assert (profile.method, profile.evidence) == (STORED[method], "expert")
    assert (profile.date, profile.report, profile.rescale) == ("2026-11-24", None, False)


@pytest.mark.parametrize("method", METHODS)
def test_the_ranges_that_were_in_view_are_kept(method: Method) -> None:
    """Every scale under the groups asked about, also in a group below; classes have no range."""
    answers, _ = converse(script_of(TREE, method), np.random.default_rng(5))
    both = profile_of(script_of(TREE, method), answers, PERSON).ranges
    assert both == (
        SwingRange("huur", 900.0, 500.0),
        SwingRange("groen", 2.0, 40.0),
        SwingRange("lawaai", 70.0, 45.0),
        SwingRange("tijd", 30.0, 0.0),
    )
    lower = profile_of(script_of(TREE, method, ["weg"]), answers, PERSON).ranges
    assert lower == both[2:]


@pytest.mark.parametrize("method", METHODS)
def test_only_groups_about_which_all_was_said_count(method: Method) -> None:
    """Without the last review, the second group keeps the weights of the tree."""
    script = script_of(TREE, method)
    answers, _ = converse(script, np.random.default_rng(8))
    del answers["weg:review"]
    profile = profile_of(script, answers, PERSON)
    names = {group for group, _ in profile.weights} | {each.first for each in profile.judgements}
    assert not names & {"weg", "lawaai", "tijd"} - {child.id for child in TREE.children}
    local = local_weights(TREE, profile)
    assert (local["lawaai"], local["tijd"]) == pytest.approx((0.6, 0.4))
    assert not profile_of(script, {}, PERSON).has_weights


def test_the_check_is_kept_as_a_trade_off() -> None:
    """The level of the first from worst, and the whole swing of the second, in their units."""
    script = script_of(TREE, "swing", ["doel"])
    answers = answered(script, {**SWING, "doel:level:huur:groen": 640.0})
    (check,) = profile_of(script, answers, PERSON).judgements
    assert check == Judgement(
        "trade-off",
        "huur",
        "groen",
        first_from=900.0,
        first_to=640.0,
        second_from=2.0,
        second_to=40.0,
    )
    # 65 % of the way is worth the swing that has 80 points: a factor 80 / 65
    assert group_result(script, answers, TREE).factor == pytest.approx(80 / 65)


def test_a_check_of_other_points_is_left_out() -> None:
    """An answer about a pair that is no longer the largest two does not come into the profile."""
    script = script_of(TREE, "swing", ["doel"])
    said: Answers = {**SWING, "doel:level:huur:groen": 640.0, "doel:points:huur:groen": 20.0}
    answers = kept(script, answered(script, said))
    assert profile_of(script, answers, PERSON).judgements == ()


def test_pairs_are_kept_as_they_were_said() -> None:
    """Who counts more comes first in the judgement, whatever the order of the question."""
    script = script_of(TREE, "ahp", ["weg"])
    answers: Answers = {"weg:pair:lawaai:tijd": ("tijd", 4.0), "weg:review": "ok"}
    profile = profile_of(script, answers, PERSON)
    assert profile.judgements == (Judgement("ratio", "tijd", "lawaai", times=4.0),)
    assert local_weights(TREE, profile)["tijd"] == pytest.approx(0.8)


def test_best_and_worst_come_before_the_ratios() -> None:
    """Best, worst, the best against the others and these against the worst, each once."""
    script = script_of(TREE, "bwm", ["doel"])
    profile = profile_of(script, answered(script, BEST_WORST), PERSON)
    told = [(each.kind, each.first, each.second, each.times) for each in profile.judgements]
    assert told == [
        ("best", "groen", None, None),
        ("worst", "rust", None, None),
        ("ratio", "groen", "huur", 2.0),
        ("ratio", "groen", "rust", 6.0),
        ("ratio", "groen", "weg", 5.0),
        ("ratio", "huur", "rust", 3.0),
        ("ratio", "weg", "rust", 2.0),
    ]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(3))
def test_the_review_shows_what_the_profile_leads_to(method: Method, seed: int) -> None:
    """The weights of one group before its review are those of the whole profile after it."""
    script = script_of(TREE, method)
    answers, _ = converse(script, np.random.default_rng(seed))
    local = local_weights(TREE, profile_of(script, answers, PERSON))
    for group in script.groups:
        early = {key: answer for key, answer in answers.items() if key != f"{group.id}:review"}
        found = group_result(script, early, group)
        assert found.weights.tolist() == [local[child.id] for child in group.children]
