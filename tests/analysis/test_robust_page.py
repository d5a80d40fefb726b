from __future__ import annotations

from functools import cache

import pytest
from tests.analysis.test_robustness import DEGENERATE, found

import afweging as afw
from afweging.analysis import robust_page, stability_sentences
from afweging.analysis.naming import names_of
from afweging.analysis.robustness import Robustness, robustness
from afweging.model.result import Request
from afweging.wording import LANGUAGES, Language, Words


@cache
def _brabant() -> Robustness:
    return robustness(afw.read_problem("scenarios/brabant"), draws=500)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_has_its_section_after_the_answer(language: Language) -> None:
    """Nine sections, each with sentences; the title names the problem."""
    words = Words(language)
    sections = robust_page.sections(_brabant(), words)
    keys = ("answer", "flips", "stability", "space", "incomplete")
    more = ("acceptability", "futures", "adaptation", "drivers")
    assert [each.title for each in sections] == [
        words.text(f"robust.section.{key}") for key in (*keys, *more)
    ]
    assert all(each.lines and each.tables for each in sections)
    title = _brabant().comparison.problem.title.in_language(language)
    assert title in robust_page.title(_brabant(), words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_section_says_what_its_part_says(language: Language) -> None:
    """Word for word, tables included."""
    one, words = found(0), Words(language)
    title = words.text("robust.section.stability")
    section = next(each for each in robust_page.sections(one, words) if each.title == title)
    comparison = one.comparison
    told = stability_sentences.sentences(comparison, one.stability, words)
    assert list(section.lines) == told
    assert list(section.tables) == stability_sentences.tables(comparison, one.stability, words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mark_is_explained_where_it_stands(language: Language) -> None:
    """Weights written about a group carry (*), and their section says what that means."""
    words = Words(language)
    about = words.text("group.notice.about")
    for section in robust_page.sections(_brabant(), words):
        marked = any("(*)" in line for line in section.lines if line != about)
        assert (about in section.lines) == marked


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_problems_have_a_page(name: str, language: Language) -> None:
    """Every sentence is one: it ends as a sentence does, and no number is missing in it."""
    one = robustness(DEGENERATE[name], draws=200)
    for section in robust_page.sections(one, Words(language)):
        for line in section.lines:
            assert line[-1] in ".?:!"
            assert "nan" not in line.split()
            assert "None" not in line
            assert "  " not in line


def _coded(line: str, one: Robustness, language: Language) -> str:
    """Return a line with every option by its short name."""
    names = names_of(one.comparison.problem, language)
    for option in one.comparison.problem.alternatives:
        line = line.replace(names.option(option.id), names.short(option.id))
    return line


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_in_brief_has_the_first_sentences_that_are_new(language: Language) -> None:
    """The answer is whole; of each part the first sentences the answer does not have, in order."""
    one, words = _brabant(), Words(language)
    answer, *whole = robust_page.sections(one, words)
    first, *brief = robust_page.in_brief(one, words)
    assert [_coded(line, one, language) for line in first.lines] == [
        _coded(line, one, language) for line in answer.lines
    ]
    assert first.tables == answer.tables
    for section, short in zip(whole, brief, strict=True):
        new = [line for line in section.lines if not any(line in said for said in answer.lines)]
        kept = new[: robust_page.IN_BRIEF[section.name]]
        assert [_coded(line, one, language) for line in short.lines] == [
            _coded(line, one, language) for line in kept
        ]
        assert short.tables == section.tables


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_in_brief_names_an_option_in_full_once(language: Language) -> None:
    """An option with a code has its name once on the page, and its code after that."""
    one = _brabant()
    names = names_of(one.comparison.problem, language)
    page = " ".join(
        line for each in robust_page.in_brief(one, Words(language)) for line in each.lines
    )
    counts = {
        each.id: page.count(names.option(each.id)) for each in one.comparison.problem.alternatives
    }
    assert set(counts.values()) == {0, 1}
    assert counts["O7"] == 1
    assert page.index(names.option("O7")) < page.index("O7 ", page.index(names.option("O7")) + 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_problems_have_a_page_in_brief(name: str, language: Language) -> None:
    """No part is empty, and nothing is said twice."""
    one = robustness(DEGENERATE[name], draws=200)
    brief = robust_page.in_brief(one, Words(language))
    assert all(section.lines for section in brief)
    told = [line for section in brief for line in section.lines]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_whose_weights_it_has(language: Language) -> None:
    """The profile by name, with the mark and what it says where a group is written about."""
    problem, words = afw.read_problem("scenarios/brabant"), Words(language)
    one = robustness(problem, Request(profile="gs_ruimte"), draws=200)
    line, mark = robust_page.basis(one, words)
    name = names_of(problem, language).profile["gs_ruimte"]
    assert f"{name} (*)" in line
    assert mark == words.text("group.notice.about")
    assert robust_page.basis(_brabant(), words) == []
