from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest

import afweging as afw
from afweging.analysis import group_sentences
from afweging.analysis.coalitions import amendments, coalitions
from afweging.analysis.group import GroupAnalysis, analyse_group
from afweging.model.preference import Judgement, Profile
from afweging.model.text import Text
from afweging.wording import Language, Words

LANGUAGES: tuple[Language, ...] = ("nl", "en")


@cache
def _group() -> GroupAnalysis:
    return analyse_group(afw.read_problem("scenarios/brabant"))


def _numbers(line: str, language: Language) -> list[float]:
    """Return the numbers in a sentence that are no part of a name."""
    found = re.findall(r"(?<![\w,.])\d+(?:[.,]\d+)?(?![\w])", re.sub(r"\b\d+-\d+\b", "", line))
    return [float(n.replace(",", ".") if language == "nl" else n) for n in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_spread_is_recomputed_from_the_weights(language: Language) -> None:
    """The mean distance in the sentence is that over all pairs of profiles, in per cent."""
    weights = _group().lens_weights
    pairs = [(a, b) for i, a in enumerate(weights) for b in weights[:i]]
    distance = np.mean([np.abs(a - b).sum() / 2 for a, b in pairs])
    line = group_sentences.spread(_group(), Words(language))[0]
    assert _numbers(line, language) == [round(100 * distance)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_choice_of_the_group_counts_like_minds(language: Language) -> None:
    """The sentence names O7, five of twelve profiles and the share that is."""
    first, minority = group_sentences.together(_group(), Words(language))
    assert " O7 " in first
    assert _numbers(first, language) == [5, 12, 42]
    assert minority.count("(*)") == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_coalition_names_its_supporters_and_the_nearest_other(language: Language) -> None:
    """Each line counts its supporters; the distance is that of the nearest profile."""
    found = coalitions(_group())
    lines = group_sentences.coalitions(_group(), found, Words(language))
    assert len(lines) == len(found) == 6
    for line, each in zip(lines, found, strict=True):
        numbers = _numbers(line, language)
        moved = each.others[0].moved
        assert moved is not None
        assert numbers[-1] == pytest.approx(100 * moved, abs=0.051)
        if each.supporters:
            assert numbers[:2] == [len(each.supporters), 12]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_amendment_is_told_in_natural_units(language: Language) -> None:
    """Each line gives the size of the shift, its direction and how many then choose it."""
    found = amendments(_group(), share=0.5)
    goal, *lines = group_sentences.amendments(_group(), found, Words(language), share=0.5)
    assert "50" in goal
    words = {"nl": ("hoger", "lager"), "en": ("higher", "lower")}[language]
    for line, each in zip(lines, found, strict=True):
        assert (words[0] if each.shift > 0 else words[1]) in line
        shown = _numbers(line, language)
        assert any(number == pytest.approx(abs(each.shift), rel=0.02) for number in shown)
        assert shown[-2:] == [len(each.accepting), 12]


def test_no_amendment_is_said_so() -> None:
    """Where no single change is enough, the sentence says that and gives the share."""
    lines = group_sentences.amendments(_group(), (), Words("nl"), share=0.9)
    assert lines == [
        "Geen enkele wijziging op één criterium brengt een optie bij 90 % van de profielen "
        "bovenaan.".replace("90 %", "90\xa0%")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_weights_written_about_a_group_carry_their_mark(language: Language) -> None:
    """The notice says that the outcome is no vote, and every such profile has the sign."""
    assert "(*)" in group_sentences.notices(_group(), Words(language))[0]
    names = group_sentences.profile_names(_group(), Words(language), _group().profiles)
    assert all(name.endswith(" (*)") for name in names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_stable_groups_none_is_named(language: Language) -> None:
    """Twelve scattered profiles give no groups, and the sentence says so."""
    assert _group().groups is None
    assert len(group_sentences.groups(_group(), Words(language))) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_two_means_are_set_side_by_side(language: Language) -> None:
    """The lens on which they differ most is named, with both means in per cent."""
    weights = _group().lens_weights
    ordinary = weights.mean(axis=0)
    geometric = np.exp(np.log(weights).mean(axis=0))
    geometric /= geometric.sum()
    lens = int(np.abs(geometric - ordinary).argmax())
    line = group_sentences.spread(_group(), Words(language))[2]
    assert _group().comparison.problem.tree.children[lens].name.in_language(language) in line
    shown = [100 * geometric[lens], 100 * ordinary[lens]]
    assert _numbers(line, language) == pytest.approx(shown, abs=0.051)


@cache
def _compared() -> GroupAnalysis:
    """Return Brabant with two people who compared pairs, and two who named best and worst."""
    problem = afw.read_problem("scenarios/brabant")
    lenses = [lens.id for lens in problem.tree.children]
    pairs = list(combinations(lenses, 2))
    people = []
    for name, ratios in (("p", (2, 3, 1, 4, 5, 1 / 2)), ("q", (1 / 3, 1, 2, 3, 3, 3))):
        judged = tuple(
            Judgement("ratio", *pair, times=times)
            for pair, times in zip(pairs, ratios, strict=True)
        )
        people.append(Profile(name, Text(name), "own", "ahp", "expert", (), judgements=judged))
    for name, best, worst, times in (("r", "W", "E", 2), ("s", "M", "E", 3)):
        middle = [lens for lens in lenses if lens not in (best, worst)]
        answers = [(best, worst, 6.0), *((best, lens, float(times)) for lens in middle)]
        answers += [(lens, worst, 6 / times) for lens in middle]
        judged = (
            Judgement("best", best),
            Judgement("worst", worst),
            *(Judgement("ratio", one, two, times=t) for one, two, t in answers),
        )
        people.append(Profile(name, Text(name), "own", "bwm", "expert", (), judgements=judged))
    return analyse_group(replace(problem, profiles=tuple(people)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_comparisons_are_brought_together(language: Language) -> None:
    """Weights of the judgements per lens, the three ways on the lens where they differ most."""
    found = _compared().pairs
    assert found is not None
    together, ways = group_sentences.judged(_compared(), Words(language))[:2]
    shown = [2, *(100 * found.judgements)]
    assert _numbers(together, language) == pytest.approx(shown, abs=0.051)
    three = [way[found.lens] for way in (found.judgements, found.geometric, found.arithmetic)]
    assert _numbers(ways, language) == pytest.approx([100 * way for way in three], abs=0.051)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_credal_order_names_each_step(language: Language) -> None:
    """Every lens is followed by the next lighter one, with how sure that is."""
    found = _compared().credal
    assert found is not None
    line = group_sentences.judged(_compared(), Words(language))[2]
    numbers = _numbers(line, language)
    assert numbers == pytest.approx([2, *(100 * sure for sure in found.sure)], abs=0.51)
    lenses = _compared().comparison.problem.tree.children
    places = [line.index(lenses[place].name.in_language(language)) for place in found.order[:2]]
    assert places == sorted(places)
