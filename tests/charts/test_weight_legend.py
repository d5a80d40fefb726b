from __future__ import annotations

from dataclasses import replace

import pytest
from tests.analysis.lens_problems import lens_problem, random_lens_problem
from tests.charts.pictures import draw

import afweging as afw
from afweging.charts.weight_legend import fills_on, option_labels
from afweging.wording import LANGUAGES, Language, Words


def _legend(texts: list[str]) -> str:
    return " ".join(texts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lenses", [2, 3, 4])
def test_each_option_has_its_share_of_all_ways(lenses: int, language: Language) -> None:
    """The legend gives the exact share, says which options are first nowhere, or not here."""
    picture = draw(random_lens_problem(14, lenses=lenses, options=6), language=language)
    words, told = Words(language), _legend(picture.texts())
    assert picture.space.whole is not None
    on_map = {n for drawn in picture.found.slices for r in drawn.regions for n in r.options}
    shares = picture.space.whole.first.shares.tolist()
    never = []
    for option, share in zip(picture.space.options, shares, strict=True):
        name = f"{option} {option}-{'naam' if language == 'nl' else 'name'}"
        key = "option" if option in on_map else "hidden"
        if share > 0:
            assert words.text(f"space.map.{key}", option=name, share=share) in told
        else:
            never.append(name)
    if never:
        assert words.text("space.map.never", options=never) in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dot_says_who_is_first_where_it_really_is(language: Language) -> None:
    """With the weight of the fixed lens, where it is drawn elsewhere, and by own weights."""
    picture = draw(afw.read_problem("scenarios/brabant"), language=language)
    words, told = Words(language), _legend(picture.texts())
    for dot in picture.found.dots[1:]:
        standing = dot.standing
        profile = next(p for p in picture.comparison.problem.panel if p.id == standing.profile)
        mark = " (*)" if profile.origin == "about" else ""
        name = profile.name.in_language(language) + mark
        parts = [words.text("space.map.dot", profile=name, options=standing.first)]
        lens = picture.comparison.problem.tree.children[
            picture.space.lenses.index(picture.found.fixed or "")
        ].name.in_language(language)
        weight = float(standing.weights[picture.space.lenses.index(picture.found.fixed or "")])
        parts.append(words.text("space.map.weighs", lens=lens, weight=weight))
        if dot.drawn != standing.first:
            parts.append(words.text("space.map.elsewhere", options=dot.drawn))
        if standing.own != standing.first:
            parts.append(words.text("space.map.own", options=standing.own))
        assert "; ".join(parts) in told
    assert words.text("space.map.about") in told


def test_options_without_codes_have_letters() -> None:
    """Where an id is a word, all options have a letter, and the legend says which."""
    labels = option_labels(["handhaven", "O2", "loslaten"])
    assert labels == {"handhaven": (0, "A"), "O2": (1, "B"), "loslaten": (2, "C")}
    many = option_labels([f"optie{k}" for k in range(30)])
    assert [label for _, label in many.values()][25:28] == ["Z", "A2", "B2"]
    problem = lens_problem([[1, 0, 0], [0, 1, 1]])
    options = tuple(
        replace(each, id=name)
        for each, name in zip(problem.alternatives, ("handhaven", "loslaten"), strict=True)
    )
    texts = draw(replace(problem, alternatives=options)).texts()
    assert "A" in texts
    assert any(text.startswith("B O2-naam") for text in texts)


def test_copies_have_the_fill_of_their_area() -> None:
    """O3 is first where O1 is: one fill for both."""
    picture = draw(lens_problem([[1, 0, 0], [0, 1, 1], [1, 0, 0]]))
    labels = option_labels(picture.space.options)
    assert fills_on(picture.found, labels) == {"O1": 0, "O3": 0, "O2": 1}
