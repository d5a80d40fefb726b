from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem, text
from tests.analysis.test_elicitation_sentences import POINT, same, told
from tests.analysis.test_questionnaire import SWING, TREE, converse, problem_with

from afweging.analysis.question_sentences import Asker
from afweging.analysis.questionnaire import METHODS, Method, Question, plan, script_of
from afweging.model.criterion import Criterion, Group, Ordinal, criteria_under
from afweging.model.provenance import Source
from afweging.model.text import Text
from afweging.wording import LANGUAGES, Language, Words

SEEDS = range(4)


def asker(
    method: Method, language: Language, tree: Group = TREE, *, seed: int | None = None
) -> Asker:
    """Return who asks about a tree, or about a random problem with groups in groups."""
    if seed is None:
        problem = replace(problem_with(), tree=tree)
    else:
        problem = random_problem(seed, Shape(profiles=0, requirements=0))
    return Asker(problem, script_of(problem.tree, method), Words(language))


def _expected_question(speaker: Asker, question: Question) -> tuple[list[str], list[float]]:
    """Return what a question names, in order, and its numbers, the scale of answers included."""
    kind, most = question.kind, question.most or 0.0
    one, two = str(question.first), str(question.second)
    if kind == "level":
        scales = {criterion.id: criterion for criterion in speaker.problem.criteria}
        first, second = scales[one], scales[two]
        ids = [one, f"unit of {one}", two, f"unit of {two}", one]
        return ids, [first.worst, most, second.worst, second.best]
    return {
        "points": ([two, one], [100.0, 0.0, 100.0]),
        "share": ([one], [100.0, most]),
        "pair": ([], [1.0, 2.0, 1.0, 9.0, 1.0, 3.0]),
        "best-times": ([one, two], [1.0, most]),
        "worst-times": ([one, two], [1.0, most]),
    }.get(kind, ([], []))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_question_says_what_it_is_about(method: Method, seed: int, language: Language) -> None:
    """Every name and every number in it are those of the question, of random conversations."""
    speaker = asker(method, language, seed=seed)
    _, asked = converse(speaker.script, np.random.default_rng(seed))
    for question in asked:
        found = told(speaker.question(question), speaker.problem, language)
        same(found, *_expected_question(speaker, question), within=0.0001)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_check_tells_both_steps(language: Language) -> None:
    """From 900 to 580 is as much as the whole of 2 to 40, each in its own unit."""
    speaker = asker("swing", language)
    question = plan(speaker.script, SWING)[-1]
    found = told(speaker.question(question), speaker.problem, language)
    ids = ["huur", "unit of huur", "groen", "unit of groen", "huur"]
    assert found == (ids, [900.0, 580.0, 2.0, 40.0])


@pytest.mark.parametrize(("language", "shown"), [("nl", "0,0042"), ("en", "0.0042")])
def test_a_level_on_a_small_scale_is_not_rounded_away(language: Language, shown: str) -> None:
    """42 of 100 points on a scale of 0 to 0.01 is the level 0.0042, not 0.00."""
    children = (leaf("p", 60.0, worst=0.0, best=0.01), leaf("q", 40.0))
    speaker = asker("swing", language, Group("doel", text("doel"), 1.0, children))
    question = plan(speaker.script, {"doel:largest": "p", "doel:points:p:q": 42.0})[-1]
    assert f" {shown} " in speaker.question(question)
    assert f" {shown} " in speaker.answer(question, 0.0042)


def _names_of(speaker: Asker, line: str) -> list[str]:
    return told(line, speaker.problem, speaker.words.language)[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", SEEDS)
def test_choices_keep_the_number_of_their_place(
    method: Method, seed: int, language: Language
) -> None:
    """Lines are numbered as in the group, also where some fell away; of a pair they are 1 and 2."""
    speaker = asker(method, language, seed=seed)
    _, asked = converse(speaker.script, np.random.default_rng(seed))
    groups = {group.id: group for group in speaker.script.groups}
    for question in asked:
        lines = speaker.choices(question)
        siblings = [child.id for child in groups[question.group].children]
        known = list(question.choices) if question.kind == "pair" else siblings
        expected = [([name], [known.index(name) + 1.0]) for name in question.choices]
        assert [told(line, speaker.problem, language) for line in lines] == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", SEEDS)
def test_answers_are_read_back_as_they_were_given(
    method: Method, seed: int, language: Language
) -> None:
    """A numbered line per answer, with its parts and its number, and nothing else."""
    speaker = asker(method, language, seed=seed)
    answers, asked = converse(speaker.script, np.random.default_rng(seed))
    said = [(each, answers[each.id]) for each in asked if each.kind != "review"]
    lines = list(speaker.answers(said))
    assert len(lines) == len(said)
    for number, ((question, answer), line) in enumerate(zip(said, lines, strict=True), start=1):
        ids, numbers = _expected_answer(question, answer)
        found = told(line, speaker.problem, language)
        same(found, ids, [float(number), *numbers], within=0.0001)


def _expected_answer(question: Question, answer: object) -> tuple[list[str], list[float]]:
    one, two = str(question.first), str(question.second)
    if question.kind == "pair":
        assert isinstance(answer, tuple)
        less = two if answer[0] == one else one
        times = [] if answer[1] == 1 else [answer[1]]
        return [answer[0], less], times
    if isinstance(answer, tuple):
        return list(answer), [float(question.id.rsplit(":", 1)[-1])]
    if isinstance(answer, str):
        return [answer], []
    assert isinstance(answer, float)
    if question.kind == "level":
        return [two, one, f"unit of {one}"], [answer]
    return ([one] if question.kind in {"points", "share"} else [one, two]), [answer]


@pytest.mark.parametrize("language", LANGUAGES)
def test_equal_is_not_one_time_as_much(language: Language) -> None:
    """A pair with 1 is said to count the same, whichever of the two was named."""
    speaker = asker("ahp", language)
    question = plan(speaker.script, {})[0]
    same_words = {"nl": "even zwaar", "en": "the same"}[language]
    for more in ("huur", "rust"):
        line = speaker.answer(question, (more, 1.0))
        assert same_words in line
        assert told(line, speaker.problem, language)[1] == []


def test_numbers_are_written_in_the_way_of_the_language() -> None:
    """12.5 points is 12,5 in Dutch."""
    question = Question("doel:share:huur", "doel", "share", "huur", most=87.5)
    for language in LANGUAGES:
        speaker, point = asker("points", language), POINT[language][1]
        assert f"12{point}5" in speaker.answer(question, 12.5)
        assert f"87{point}5" in speaker.question(question)


# --- what is on the screen above the questions --------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_heading_tells_which_group_of_how_many(seed: int, language: Language) -> None:
    """The name of the group, its place, and the number of groups."""
    speaker = asker("swing", language, seed=seed)
    groups = speaker.script.groups
    assert len(groups) == 4
    for place, group in enumerate(groups, start=1):
        found = told(speaker.heading(group), speaker.problem, language)
        assert found == ([group.id], [float(place), 4.0])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_swings_are_told_for_every_criterion_under_a_part(seed: int, language: Language) -> None:
    """Each part with its number; of a group, under it, the ends of each scale, worst first."""
    speaker = asker("swing", language, seed=seed)
    for group in speaker.script.groups:
        for number, ((name, scales), child) in enumerate(
            zip(speaker.swings(group), group.children, strict=True), start=1
        ):
            if isinstance(child, Criterion):
                assert name.startswith(f"{number}. ")
                assert scales == []
                _check_scale(speaker, name.removeprefix(f"{number}. "), child)
                continue
            assert told(name, speaker.problem, language) == ([child.id], [float(number)])
            for line, criterion in zip(scales, criteria_under(child), strict=True):
                _check_scale(speaker, line, criterion)


def _check_scale(speaker: Asker, line: str, criterion: Criterion) -> None:
    ends = f"unit of {criterion.id}"
    language = speaker.words.language
    assert _names_of(speaker, line)[0] == criterion.id
    if not isinstance(criterion.value_function, Ordinal):
        found = told(line, speaker.problem, language)
        same(found, [criterion.id, ends], [criterion.worst, criterion.best], within=0.0001)
        return
    worst, best = (Text(f"{criterion.id}k{i}-naam", f"{criterion.id}k{i}-name") for i in (0, 3))
    place = line.index(worst.in_language(language))
    assert place < line.index(best.in_language(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scale_tells_what_it_rests_on(language: Language) -> None:
    """The mark of the evidence, and the title of the source where there is one that is known."""
    bare = leaf("p", 60.0, worst=4.5, best=1.0)
    sourced = replace(leaf("q", 40.0), evidence="measured", source="F1")
    lost = replace(leaf("r", 40.0), evidence="measured", source="F9")
    problem = plain_problem([[[1.0, 0.5, 0.5]]], (bare, sourced, lost))
    title = Text("Telling 7", "Count 7")
    problem = replace(problem, sources=(Source("F1", "primary", title),))
    speaker = Asker(problem, script_of(problem.tree, "swing"), Words(language))
    shown = [speaker.scale(each) for each in (bare, sourced, lost)]
    words = speaker.words
    assert words.text("cli.mark.assumption") in shown[0]
    assert told(shown[0], problem, language)[1] == [4.5, 1.0]
    assert f"{words.text('cli.mark.measured')}: {title.in_language(language)}" in shown[1]
    assert shown[2].endswith(f"({words.text('cli.mark.measured')})")


def test_a_short_code_leads_its_name() -> None:
    """C4 is told with its name; a word that is an id is not repeated before the name."""
    speaker = asker("swing", "nl", seed=1)
    assert (speaker.name("C4"), speaker.name("kern")) == ("C4 C4-naam", "kern-naam")
    assert asker("swing", "en").name("huur") == "huur-name"
