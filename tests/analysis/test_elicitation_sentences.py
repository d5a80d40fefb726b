from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem, text
from tests.analysis.test_questionnaire import PERSON, TREE, converse, flat, problem_with
from tests.analysis.test_undecided import (
    OPEN,
    ROWS,
    asked,
    found_for,
    nested,
    order,
    statements,
)

from afweging.analysis.answered_profile import group_result, profile_of
from afweging.analysis.answers import answers_about
from afweging.analysis.elicitation import elicit, elicit_group
from afweging.analysis.elicitation_sentences import (
    consistency_lines,
    outcome,
    report_text,
    weight_lines,
    worth_a_look,
)
from afweging.analysis.questionnaire import METHODS, script_of
from afweging.analysis.undecided import NextQuestion, undecided
from afweging.model.criterion import Criterion, Group, groups_under
from afweging.model.preference import Judgement, Profile
from afweging.model.problem import Requirement
from afweging.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from afweging.analysis.elicitation import Elicited
    from afweging.analysis.undecided import Undecided
    from afweging.model.problem import DecisionProblem

Told = tuple[list[str], list[float]]

NUMBER = re.compile(r"−?\d+(?:[.,]\d+)*|∞")
POINT = {"nl": (".", ","), "en": (",", ".")}  # thousands, decimals


def named(problem: DecisionProblem, language: Language) -> dict[str, str]:
    """Return what is shown of every part, and the id of it; longer names come first."""
    nodes: list[Group | Criterion] = [*groups_under(problem.tree), *problem.criteria]
    shown = {each.name.in_language(language): each.id for each in nodes}
    shown |= {f"{each.id} {each.name.in_language(language)}": each.id for each in nodes}
    for option in problem.alternatives:
        shown[f"{option.id} {option.name.in_language(language)}"] = option.id
    units = {c.unit.in_language(language): f"unit of {c.id}" for c in problem.criteria}
    return dict(sorted((shown | units).items(), key=lambda item: -len(item[0])))


def told(line: str, problem: DecisionProblem, language: Language) -> Told:
    """Return the ids of all that a sentence names, in order, and its numbers as they are shown."""
    shown = named(problem, language)
    pattern = re.compile("|".join(map(re.escape, shown)))
    ids = [shown[name] for name in pattern.findall(line)]
    thousands, point = POINT[language]
    numbers = [
        number.replace(thousands, "").replace(point, ".").replace("−", "-").replace("∞", "inf")
        for number in NUMBER.findall(pattern.sub("", line))
    ]
    return ids, [float(number) for number in numbers]


def same(found: Told, ids: Sequence[str], numbers: Sequence[float], *, within: float) -> None:
    """Hold a sentence to the names and the numbers of the record, but for its rounding."""
    assert found[0] == list(ids)
    assert found[1] == pytest.approx(list(numbers), abs=within + 1e-9)


def reviewed(
    seed: int, method: str, count: int = 4, judgements: Sequence[Judgement] | None = None
) -> tuple[DecisionProblem, Elicited]:
    """Return what random answers about one group lead to, or given ones."""
    tree = flat(count)
    problem = plain_problem([[[0.5] * count]], tree.children)
    if judgements is not None:
        profile = Profile(
            "ik", text("ik"), "own", method, "expert", (), judgements=tuple(judgements)
        )
        return problem, elicit_group(answers_about(profile, tree))
    script = script_of(tree, method)  # type: ignore[arg-type]
    answers, _ = converse(script, np.random.default_rng(seed))
    return problem, group_result(script, answers, tree)


# --- weights ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(4))
def test_each_weight_is_told_with_its_part(method: str, seed: int, language: Language) -> None:
    """A line per part in the order of the tree, the weight in per cent with one decimal."""
    problem, found = reviewed(seed, method, 5)
    lines = weight_lines(problem, found, Words(language))
    for line, name, weight in zip(lines, "abcde", found.weights, strict=True):
        same(told(line, problem, language), [name], [100 * weight], within=0.05)
        assert f"{POINT[language][1]}" in line.split()[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_weights_of_groups_are_told_by_their_names(language: Language) -> None:
    """A group among the parts is named like a criterion."""
    script = script_of(TREE, "swing", ["doel"])
    answers, _ = converse(script, np.random.default_rng(3))
    lines = weight_lines(problem_with(), group_result(script, answers, TREE), Words(language))
    ids = [told(line, problem_with(), language)[0] for line in lines]
    assert ids == [["huur"], ["rust"], ["groen"], ["weg"]]


# --- what may not have been meant ---------------------------------------------------------------


def _looked_at(numbers: Sequence[float], language: Language, method: str = "swing") -> list[Told]:
    tree = flat(len(numbers))
    given_numbers = tuple(zip("abcdef", numbers, strict=False))
    profile = Profile("ik", text("ik"), "own", method, "expert", (("doel", given_numbers),))
    problem = plain_problem([[[0.5] * len(numbers)]], tree.children)
    found = elicit_group(answers_about(profile, tree))
    lines = worth_a_look(problem, found, Words(language))
    zero = {"nl": "0 punten", "en": "0 points"}[language]
    for line in lines:
        assert (zero in line) == (told(line, problem, language)[1] == [0.0])
    return [told(line, problem, language) for line in lines]


@pytest.mark.parametrize("language", LANGUAGES)
def test_equal_and_no_points_are_told(language: Language) -> None:
    """Who has the same points as another, or none, is named, highest points first."""
    assert _looked_at([40, 100, 70, 10], language) == []
    assert _looked_at([40, 100, 0, 10], language) == [(["c"], [0.0])]
    assert _looked_at([40, 100, 40, 100, 10], language) == [(["b", "d"], []), (["a", "c"], [])]
    assert _looked_at([0, 100, 0, 100, 10], language) == [(["b", "d"], []), (["a", "c"], [0.0])]
    assert _looked_at([100, 100, 100], language) == [([], [])]
    assert _looked_at([25, 25, 20, 30], language, "points") == [(["a", "b"], [])]


def test_equal_ranks_and_judgements_need_no_second_look() -> None:
    """A shared place was said as such; answers about pairs are no points."""
    assert _looked_at([1, 2, 2, 4], "nl", "rank-order-centroid") == []
    problem, found = reviewed(0, "ahp", 3, [Judgement("ratio", "a", name, 1.0) for name in "bc"])
    assert worth_a_look(problem, found, Words("nl")) == []


# --- consistency --------------------------------------------------------------------------------

# a word of each verdict that no other has
VERDICTS = {
    "fine": {"nl": "passen goed genoeg bij elkaar", "en": "agree well enough"},
    "off": {"nl": "spreken elkaar deels tegen", "en": "partly contradict"},
    "exact": {"nl": "passen precies bij elkaar", "en": "agree exactly"},
    "open": {"nl": "is geen grens gepubliceerd", "en": "no limit has been published"},
    "check none": {"nl": "controlevraag passen bij elkaar", "en": "the check agree."},
    "check": {"nl": "controlevraag verschillen een factor", "en": "the check differ by a factor"},
}
PARTIAL = {"nl": "Niet alle paren zijn vergeleken", "en": "Not all pairs were compared"}
MAY = {"nl": "U hoeft niets te wijzigen", "en": "You need not change anything"}
ONE = {"nl": "Eén wijziging is genoeg", "en": "One change is enough"}
FARTHEST = {"nl": "Het verst van de rest", "en": "Farthest from the rest"}


def _verdict(found: Elicited) -> str:
    """Return which verdict the record asks for."""
    report = found.consistency
    assert report is not None
    if report.measure == "factor":
        return "check none" if report.value < 1.005 else "check"
    if report.limit is None:
        return "exact" if report.value == 0 else "open"
    passes = (
        report.value < report.limit
        if report.measure == "consistency-ratio"
        else report.value <= report.limit
    )
    return "fine" if passes else "off"


def _upright(
    found: Elicited, first: int, second: int, given_times: float, other: float
) -> tuple[list[str], list[float]]:
    """Return who was said to count at least as much, the other, and both ratios that way round."""
    children = found.answers.children
    if given_times < 1:
        return [children[second], children[first]], [1 / given_times, 1 / other]
    return [children[first], children[second]], [given_times, other]


def _check_first(
    found: Elicited, problem: DecisionProblem, lines: list[str], lang: Language
) -> str:
    """Hold the verdict to the record: its words, the group, the figure and the limit."""
    report, verdict = found.consistency, _verdict(found)
    assert report is not None
    assert VERDICTS[verdict][lang] in lines[0]
    numbers = {
        "exact": [],
        "check none": [],
        "open": [report.value],
    }.get(verdict, [report.value, report.limit or 0.0])
    same(told(lines[0], problem, lang), [found.answers.group.id], numbers, within=0.005)
    if verdict in {"fine", "off"}:  # what is shown never contradicts the verdict
        value, limit = told(lines[0], problem, lang)[1]
        assert (value <= limit) == (verdict == "fine") or abs(value - limit) < 1e-4
    return verdict


def _check_lines(found: Elicited, problem: DecisionProblem, lang: Language) -> str | None:
    """Hold every line about consistency to the record; return which verdict it was."""
    lines, report = consistency_lines(problem, found, Words(lang)), found.consistency
    if report is None:
        assert lines == []
        return None
    verdict, rest = _check_first(found, problem, lines, lang), lines[1:]
    assert report.complete == (PARTIAL[lang] not in " ".join(rest))
    rest = rest[0 if report.complete else 1 :]
    if report.passes is True:
        assert rest == []
        return verdict
    assert MAY[lang] in rest.pop()
    for each, line in zip(report.worst, rest, strict=False):
        facts = _upright(found, each.first, each.second, each.given, each.implied)
        same(told(line, problem, lang), *facts, within=0.005)
        largest = report.worst[0].size
        if report.measure != "factor":
            assert (FARTHEST[lang] in line) == (each.size == pytest.approx(largest, abs=1e-8))
    _check_repairs(found, problem, rest[len(report.worst) :], lang)
    return verdict


def _check_repairs(
    found: Elicited, problem: DecisionProblem, lines: list[str], lang: Language
) -> None:
    report = found.consistency
    assert report is not None
    changes = [
        _upright(found, each.first, each.second, each.given, each.proposed)
        for each in report.repairs
    ]
    assert len(lines) == (1 if changes else 0)
    if not changes:
        return
    ids = [name for names, _ in changes for name in names]
    numbers = [number for _, pair in changes for number in pair]
    if len(changes) == 1:
        assert ONE[lang] in lines[0]
        numbers += [1, 9]  # the scale
    same(told(lines[0], problem, lang), ids, numbers, within=0.005)


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(METHODS), st.integers(3, 6))
def test_what_is_said_about_consistency_is_in_the_record(
    seed: int, method: str, count: int
) -> None:
    """Verdict, figure, limit, worst answers and repairs of random answers, in both languages."""
    problem, found = reviewed(seed, method, count)
    for language in LANGUAGES:
        _check_lines(found, problem, language)


def _ahp(*times: float) -> list[Judgement]:
    """Return comparisons of a with b, c and d, b with c and d, and c with d, as far as given."""
    pairs = combinations("abcd", 2)
    return [Judgement("ratio", *pair, times=t) for pair, t in zip(pairs, times, strict=False)]


def _bwm(from_best: Sequence[float], to_worst: Sequence[float]) -> list[Judgement]:
    """Return answers with a as the best and the last as the worst, which come first."""
    names = "abcdef"[: len(from_best) + 1]
    return [
        Judgement("best", "a"),
        Judgement("worst", names[-1]),
        *(Judgement("ratio", "a", n, t) for n, t in zip(names[1:], from_best, strict=True)),
        *(Judgement("ratio", n, names[-1], t) for n, t in zip(names[1:-1], to_worst, strict=True)),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("verdict", "method", "count", "judgements", "repairs"),
    [
        ("fine", "ahp", 4, _ahp(2, 4, 8, 2, 4, 2), 0),
        ("fine", "ahp", 4, _ahp(2, 4, 8, 3, 4, 1), 0),
        ("off", "ahp", 4, _ahp(2, 4, 8, 2, 4, 1 / 4), 1),
        ("off", "ahp", 4, _ahp(9, 1 / 9, 5, 9, 1 / 5, 9), 2),
        ("fine", "ahp", 4, _ahp(2, 4, 8), 0),  # three pairs of six
        ("off", "ahp", 4, _ahp(2, 4, 8, 1 / 9), 0),
        ("fine", "bwm", 4, _bwm([2, 4, 8], [4, 3]), 0),
        ("off", "bwm", 5, _bwm([9, 4, 2, 9], [9, 2, 4]), 1),
        ("off", "bwm", 5, _bwm([9, 4, 8, 9], [9, 2, 8]), 2),
        ("exact", "bwm", 4, _bwm([1, 2, 2], [2, 1]), 0),
        ("open", "bwm", 4, _bwm([1, 2, 2], [1, 2]), 0),
        ("open", "bwm", 3, _bwm([2, 6.5], [2]), 0),
    ],
)
def test_each_verdict_and_kind_of_repair_is_told(
    verdict: str,
    method: str,
    count: int,
    judgements: list[Judgement],
    repairs: int,
    language: Language,
) -> None:
    """Passes, fails, no limit, not complete; none, one and two repairs: all as in the record."""
    problem, found = reviewed(0, method, count, judgements)
    assert found.consistency is not None
    assert len(found.consistency.repairs) == repairs
    assert _check_lines(found, problem, language) == verdict


def _checked(level: float) -> tuple[DecisionProblem, Elicited]:
    """Return points 100 and 80, and a check that says up to which level the second is worth."""
    numbers = (("doel", (("a", 100.0), ("b", 80.0), ("c", 20.0))),)
    check = Judgement(
        "trade-off", "a", "b", first_from=0, first_to=level, second_from=0, second_to=1
    )
    profile = Profile("ik", text("ik"), "own", "swing", "expert", numbers, judgements=(check,))
    problem = plain_problem([[[0.5] * 3]], flat(3).children)
    return problem, elicit_group(answers_about(profile, flat(3)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("level", "verdict", "lines", "numbers"),
    [
        (0.8, "check none", 1, []),
        (0.803, "check none", 1, []),
        (0.6, "check", 1, [1.33, 1.5]),
        (0.5, "check", 3, [1.6, 1.5]),
        (0.53325, "check", 3, [1.5002, 1.5]),  # just above the limit, and shown to be
    ],
)
def test_a_check_is_held_beside_the_points(
    level: float, verdict: str, lines: int, numbers: list[float], language: Language
) -> None:
    """The factor between them, and beyond 1.5 what the check and the points say of the two."""
    problem, found = _checked(level)
    assert _check_lines(found, problem, language) == verdict
    said = consistency_lines(problem, found, Words(language))
    assert len(said) == lines
    same(told(said[0], problem, language), ["doel"], numbers, within=1e-9)
    if lines > 1:  # 1 / level by the check, 100 / 80 by the points
        expected = [round(1 / level, 2), 1.25]
        same(told(said[1], problem, language), ["a", "b"], expected, within=1e-9)


def test_nothing_is_said_where_nothing_can_contradict() -> None:
    """Points without a check, ranks, and one comparison of two parts: no line at all."""
    for method in ("points", "rank"):
        problem, found = reviewed(1, method, 4)
        assert consistency_lines(problem, found, Words("nl")) == []
    for method, judgements in (("ahp", _ahp(3)), ("bwm", _bwm([4], []))):
        problem, found = reviewed(1, method, 2, judgements)
        assert consistency_lines(problem, found, Words("en")) == []


def test_dutch_has_a_decimal_comma_and_english_a_point() -> None:
    """The same figure in both: 1,60 and 1.60."""
    problem, found = _checked(0.5)
    dutch, english = (consistency_lines(problem, found, Words(lang))[0] for lang in LANGUAGES)
    assert "een factor 1,6 (tot en met 1,5 is goed)" in dutch
    assert "a factor 1.6 (up to 1.5 is good)" in english


# --- the report that goes into a profile --------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(4))
def test_the_report_is_what_the_reviews_showed(method: str, seed: int) -> None:
    """In both languages the lines of all groups, as shown, one after the other; or no report."""
    problem, script = problem_with(), script_of(TREE, method)  # type: ignore[arg-type]
    answers, _ = converse(script, np.random.default_rng(seed))
    report = report_text(problem, elicit(TREE, profile_of(script, answers, PERSON)))
    for language in LANGUAGES:
        shown = [
            line
            for group in script.groups
            for line in consistency_lines(
                problem, group_result(script, answers, group), Words(language)
            )
        ]
        assert (report is None) == (shown == [])
        if report is not None:
            assert report.in_language(language) == " ".join(shown)


# --- what follows, and what is open -------------------------------------------------------------

SETTLED = {"nl": "Ook bij alle andere gewichten", "en": "With all other weights"}
DEPENDS = {"nl": "hangt af van effecten die ontbreken", "en": "depends on effects that are missing"}
NO_QUESTION = {"nl": "brengt die twee veel verder uit elkaar", "en": "sets those two much further"}


def _percent(share: float) -> float:
    return 100 * share


def _check_open(
    problem: DecisionProblem, found: Undecided, lines: list[str], language: Language
) -> None:
    """Hold the lines about what is open to the record."""
    if found.settled:
        (line,) = lines
        assert SETTLED[language] in line
        always = [name for name, share in found.shares if share == 1]
        same(told(line, problem, language), always, [], within=0)
        return
    shares, between, question, sample = lines
    ids = [name for name, _ in found.shares]
    percent = [_percent(share) for _, share in found.shares]
    same(told(shares, problem, language), ids, percent, within=0.5)
    same(
        told(between, problem, language),
        [found.first, found.second, found.first, found.second],
        [found.low, found.high],
        within=0.005,
    )
    _check_question(problem, found, question, language)
    same(told(sample, problem, language), [], [found.draws], within=0)


def _check_question(
    problem: DecisionProblem, found: Undecided, line: str, language: Language
) -> None:
    asked_, ids = found.question, [found.first, found.second]
    if asked_ is None:
        assert NO_QUESTION[language] in line
        same(told(line, problem, language), [], [], within=0)
        return
    times = [] if asked_.times == 1 else [asked_.times]
    numbers = [*times, _percent(asked_.yes), _percent(asked_.no)]
    same(told(line, problem, language), [asked_.first, asked_.second, *ids], numbers, within=0.5)
    at_least = {"nl": "minstens", "en": "at least"}[language]
    assert at_least in line


def _parts(
    found: Iterator[str] | list[str], problem: DecisionProblem, lang: Language
) -> list[Told]:
    return [told(line, problem, lang) for line in found]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(12))
def test_what_is_open_is_told_as_it_is_in_the_record(seed: int, language: Language) -> None:
    """Winners, shares, the two ends of the lead, the question and the draws, of random problems."""
    problem, profile = nested(seed)
    comparison, found = asked(problem, profile), found_for(problem, profile)
    first, *rest = outcome(comparison, found, Words(language))
    same(told(first, problem, language), comparison.first.overall.alternatives, [], within=0)
    options = [option.id for option in problem.alternatives]
    out = [n for n, ok in zip(options, comparison.admissible, strict=True) if not ok]
    if out:
        same(told(rest.pop(0), problem, language), out, [], within=0)
    _check_open(problem, found, rest, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("times", [None, 1.0, 1.5, 3.0])
def test_every_kind_of_question_is_told(times: float | None, language: Language) -> None:
    """None, at least as much, and at least so many times as much: 1 and "at least" agree."""
    problem = plain_problem([ROWS], flat(4).children)
    found = found_for(problem, OPEN)
    question = None
    if times is not None:
        question = NextQuestion("doel", "c", "b", times, likely=0.4, yes=0.93, no=0.07)
    found = replace(found, question=question)
    lines = outcome(asked(problem, OPEN), found, Words(language))
    _check_open(problem, found, lines[1:], language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_stay_first_together_are_named(language: Language) -> None:
    """Two equal options that nobody can pass are both first, whichever weights fit."""
    rows = [[0.9, 0.8, 0.7, 0.9], [0.2, 0.3, 0.1, 0.5], [0.9, 0.8, 0.7, 0.9]]
    problem = plain_problem([rows], flat(4).children)
    found = found_for(problem, OPEN)
    assert found.settled
    lines = outcome(asked(problem, OPEN), found, Words(language))
    assert _parts(lines, problem, language) == [(["O1", "O3"], [])] * 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_weights_that_are_fixed_leave_one_sentence(language: Language) -> None:
    """Who is first, or who are, and nothing about what is open."""
    numbers = tuple(zip("abcd", (10.0, 20.0, 30.0, 40.0), strict=True))
    problem = plain_problem([ROWS], flat(4).children)
    comparison = asked(problem, statements(numbers=numbers))
    lines = outcome(comparison, None, Words(language))
    assert _parts(lines, problem, language) == [(["O3"], [])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_be_first_by_missing_effects_is_not_called_first(language: Language) -> None:
    """With a gap that decides, the sentence says that it depends, and names who can be first."""
    gap = [list(row) for row in ROWS]
    gap[0][3] = float("nan")
    problem = plain_problem([gap], flat(4).children)
    comparison = asked(problem, OPEN)
    assert not comparison.first.overall.settled
    (line,) = outcome(comparison, undecided(comparison, OPEN), Words(language))
    assert DEPENDS[language] in line
    assert told(line, problem, language) == (list(comparison.first.overall.alternatives), [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("threshold", "out"), [(0.35, ["O2"]), (0.95, [])])
def test_options_below_a_requirement_are_told(
    threshold: float, out: list[str], language: Language
) -> None:
    """Who is not counted is named; where all fall short, all count and that is said."""
    problem = plain_problem([ROWS], flat(4).children)
    wish = Requirement("E", text("E"), "d", threshold, "assumption", 0.0)
    problem = replace(problem, requirements=(wish,))
    comparison = asked(problem, OPEN)
    found = undecided(comparison, OPEN)
    _, note, *rest = outcome(comparison, found, Words(language))
    assert told(note, problem, language) == (out, [])
    assert found is not None
    _check_open(problem, found, rest, language)


def test_a_share_of_all_draws_is_not_called_all_weights() -> None:
    """First in every draw but not for all weights: the share is one of the draws."""
    rows = [[0.5, 0.5, 0.5], [0.49, 0.49, 0.49], [0.5001, 0.0, 0.0]]
    problem = plain_problem([rows], (leaf("a"), leaf("b"), leaf("c")))
    profile = statements(order("a", "b"))
    found = found_for(problem, profile)
    assert found.shares == (("O1", 1.0),)
    lines = outcome(asked(problem, profile), found, Words("en"))
    assert "O1 O1-name in 100\xa0% of the draws" in lines[1]
    assert "the score of O1 O1-name less that of O3 O3-name lies between −0.000100 and" in lines[2]


@pytest.mark.parametrize("seed", range(6))
def test_names_of_the_other_language_are_not_used(seed: int) -> None:
    """No Dutch name stands in an English line, nor the other way round."""
    problem = random_problem(seed, Shape(profiles=0, requirements=1))
    profile = statements(order("wonen", "werken"))
    comparison = asked(problem, profile)
    for language, other in (("nl", "-name"), ("en", "-naam")):
        lines = outcome(comparison, undecided(comparison, profile), Words(language))  # type: ignore[arg-type]
        assert not any(other in line.replace("-named", "") for line in lines)
