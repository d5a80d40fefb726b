from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.test_questionnaire import BEST_WORST, PERSON, TREE, converse, flat

from afweging.analysis.answered_profile import profile_of
from afweging.analysis.form import form_answers, form_rows
from afweging.analysis.questionnaire import METHODS, script_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.analysis.questionnaire import Answer, Answers, Method, Script
    from afweging.model.criterion import Group

    Cells = dict[str, Answer]


def cells_of(script: Script, answers: Mapping[str, Answer]) -> Cells:
    """Return what someone types in a form who gives the same answers as in the conversation."""
    profile = profile_of(script, answers, PERSON)
    kind = {"swing": "points", "points": "share", "rank": "rank"}.get(script.method)
    if kind is not None:
        return {
            f"{group}:{kind}:{name}": number
            for group, numbers in profile.weights
            for name, number in numbers
        }
    if script.method == "ahp":
        return {key: answer for key, answer in answers.items() if ":pair:" in key}
    return {key: answer for group in script.groups for key, answer in _best_worst(group, answers)}


def _best_worst(group: Group, answers: Mapping[str, Answer]) -> list[tuple[str, Answer]]:
    best, worst = (str(answers[f"{group.id}:{end}"]) for end in ("best", "worst"))
    found: list[tuple[str, Answer]] = [(f"{group.id}:best", best), (f"{group.id}:worst", worst)]
    for child in group.children:
        for kind, pair in (
            ("best-times", f"{best}:{child.id}"),
            ("worst-times", f"{child.id}:{worst}"),
        ):
            if (key := f"{group.id}:{kind}:{pair}") in answers:
                found.append((f"{group.id}:{kind}:{child.id}", answers[key]))
    return found


def _same_as_in_conversation(script: Script, seed: int) -> None:
    answers, _ = converse(script, np.random.default_rng(seed))
    found, faults = form_answers(script, cells_of(script, answers), person="Sanne")
    assert faults == []
    talked, formed = (profile_of(script, said, PERSON) for said in (answers, found))
    if script.method == "swing":  # a form cannot ask the check, which depends on the points
        talked = replace(talked, judgements=())
    assert formed == talked


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(METHODS), st.integers(0, 10_000), st.integers(2, 6))
def test_a_form_gives_the_profile_of_the_conversation(
    method: Method, seed: int, count: int
) -> None:
    """The same answers on a form or in the conversation make the same profile, field by field."""
    _same_as_in_conversation(script_of(flat(count), method), seed)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(5))
def test_a_form_about_a_tree_gives_the_profile_of_the_conversation(
    method: Method, seed: int
) -> None:
    """The same for two groups, one in the other."""
    _same_as_in_conversation(script_of(TREE, method), seed)


@pytest.mark.parametrize(
    ("method", "count"), [("swing", 6), ("points", 6), ("rank", 6), ("ahp", 7), ("bwm", 16)]
)
def test_a_form_has_a_row_for_all_that_may_be_asked(method: Method, count: int) -> None:
    """Groups of four and two parts: a row per part, per pair, or two and two per part."""
    rows = form_rows(script_of(TREE, method))
    assert len(rows) == len({row.key for row in rows}) == count
    assert [row.group for row in rows] == sorted((row.group for row in rows), reverse=False)


@pytest.mark.parametrize("method", METHODS)
def test_each_row_is_read_as_its_question(method: Method) -> None:
    """A number is read as points or a share, a pair among its two parts, an end as a part."""
    kinds = {
        "swing": {"points": "points"},
        "points": {"share": "share"},
        "rank": {"rank": "points"},
        "ahp": {"pair": "pair"},
        "bwm": {"best": "best", "worst": "worst", "best-times": "points", "worst-times": "points"},
    }[method]
    rows = form_rows(script_of(TREE, method))
    assert {row.kind for row in rows} == set(kinds)
    for row in rows:
        question = row.question
        assert (question.id, question.group, question.kind) == (row.key, row.group, kinds[row.kind])
        pair = (row.first, row.second) if row.kind == "pair" else ()
        assert question.choices == pair


@pytest.mark.parametrize("method", METHODS)
def test_a_group_without_any_answer_is_left_out(method: Method) -> None:
    """Who fills in one group says nothing about the other; an empty column says nothing at all."""
    script = script_of(TREE, method)
    answers, _ = converse(script, np.random.default_rng(6))
    cells = {key: said for key, said in cells_of(script, answers).items() if key[:3] == "weg"}
    found, faults = form_answers(script, cells, person="Sanne")
    assert faults == []
    assert found["weg:review"] == "ok"
    assert not any(key.startswith("doel:") for key in found)
    assert form_answers(script, {}, person="Sanne") == ({}, [])


@pytest.mark.parametrize("method", METHODS)
def test_every_empty_row_of_a_group_is_told(method: Method) -> None:
    """Without one of its answers a group is not whole: the fault is at its row, with the name."""
    script = script_of(TREE, method, ["doel"])
    answers, _ = converse(script, np.random.default_rng(6))
    cells = cells_of(script, answers)
    for gone in cells:
        rest = {key: said for key, said in cells.items() if key != gone}
        _, faults = form_answers(script, rest, person="Sanne")
        told = [(key, fault.code, dict(fault.facts)) for key, fault in faults]
        assert told == [(gone, "form-missing", {"person": "Sanne"})]


SWING = {"huur": 100.0, "rust": 30.0, "groen": 80.0, "weg": 45.0}
SHARES = {"huur": 35.0, "rust": 12.5, "groen": 42.5, "weg": 10.0}
RANKS = {"huur": 2.0, "rust": 4.0, "groen": 2.0, "weg": 1.0}


def _told(
    method: Method, kind: str, numbers: dict[str, float]
) -> tuple[Answers, list[tuple[str, str, object]]]:
    script = script_of(TREE, method, ["doel"])
    cells: Cells = {f"doel:{kind}:{name}": number for name, number in numbers.items()}
    found, faults = form_answers(script, cells, person="Sanne")
    return found, [(key, fault.code, fault.value) for key, fault in faults]


@pytest.mark.parametrize(
    ("method", "kind", "numbers", "expected"),
    [
        ("swing", "points", SWING, []),
        (
            "swing",
            "points",
            {**SWING, "huur": 90.0},
            [("doel:points:huur", "form-largest", 90.0)],
        ),
        (
            "swing",
            "points",
            {**SWING, "groen": 110.0},
            [("doel:points:groen", "form-largest", 110.0)],
        ),
        (
            "swing",
            "points",
            {**SWING, "rust": -1.0, "weg": -2.0},
            [("doel:points:rust", "answer-range", -1.0), ("doel:points:weg", "answer-range", -2.0)],
        ),
        ("points", "share", SHARES, []),
        (
            "points",
            "share",
            {**SHARES, "rust": 13.0},
            [("doel:share:weg", "form-total", 100.5)],
        ),
        (
            "points",
            "share",
            {**SHARES, "rust": -12.5, "huur": 60.0},
            [("doel:share:rust", "answer-range", -12.5)],
        ),
        ("rank", "rank", RANKS, []),
        (
            "rank",
            "rank",
            {**RANKS, "rust": 3.0},
            [("doel:rank:huur", "form-ranks", "2, 3, 2, 1")],
        ),
        (
            "rank",
            "rank",
            {**RANKS, "rust": 3.5},
            [("doel:rank:huur", "form-ranks", "2, 3.5, 2, 1")],
        ),
    ],
)
def test_numbers_that_cannot_be_are_told(
    method: Method,
    kind: str,
    numbers: dict[str, float],
    expected: list[tuple[str, str, object]],
) -> None:
    """The largest swing has 100, shares are 100 together, places are 1, 2, 2, 4; none below 0."""
    assert _told(method, kind, numbers)[1] == expected


def _best_worst_faults(**changes: Answer) -> list[tuple[str, str, object]]:
    script = script_of(TREE, "bwm", ["doel"])
    cells = cells_of(script, {**BEST_WORST, "doel:review": "ok"})
    for key, answer in changes.items():
        cells[f"doel:{key.replace('__', ':').replace('_', '-')}"] = answer
    _, faults = form_answers(script, cells, person="Sanne")
    return [(key, fault.code, fault.value) for key, fault in faults]


def test_best_and_worst_answers_that_cannot_be_are_told() -> None:
    """One part is not both ends; every number above the span or off the scale is told at once."""
    assert _best_worst_faults() == []
    assert _best_worst_faults(worst="groen") == [("doel:worst", "form-same", "groen")]
    assert _best_worst_faults(best_times__huur=7.0, worst_times__weg=0.5) == [
        ("doel:best-times:groen:huur", "answer-range", 7.0),
        ("doel:worst-times:weg:rust", "answer-range", 0.5),
    ]


def test_answers_of_an_end_against_itself_are_not_used() -> None:
    """What stands in the row of the heaviest itself, or of the lightest, changes nothing."""
    script = script_of(TREE, "bwm", ["doel"])
    cells = cells_of(script, {**BEST_WORST, "doel:review": "ok"})
    own: Cells = {**cells, "doel:best-times:groen": 1.0, "doel:worst-times:rust": 1.0}
    assert form_answers(script, own, person="S") == form_answers(script, cells, person="S")


def test_a_name_that_is_no_part_is_told() -> None:
    """A best or a pair that names a part of another group is refused, at its own row."""
    assert _best_worst_faults(best="lawaai") == [("doel:best", "answer-choice", "lawaai")]
    script = script_of(TREE, "ahp", ["weg"])
    cells: Cells = {"weg:pair:lawaai:tijd": ("huur", 2.0)}
    (fault,) = form_answers(script, cells, person="Sanne")[1]
    assert (fault[0], fault[1].code, fault[1].value) == (
        "weg:pair:lawaai:tijd",
        "answer-choice",
        "huur",
    )
