from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem, text

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.flip_table import FlipTable, find_flip_table
from afweging.analysis.flip_table_sentences import sentences, tables
from afweging.analysis.naming import names_of
from afweging.model.criterion import Group
from afweging.model.preference import Judgement, Profile
from afweging.model.result import Request
from afweging.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from afweging.analysis.weight_flips import WeightFlip
    from afweging.model.result import Comparison

PLACES = range(6)


def _judged() -> Comparison:
    """Return Brabant weighed by someone who put the lenses in an order."""
    judged = tuple(Judgement("order", *pair) for pair in pairwise("MWAE"))
    profile = Profile("p", text("p"), "own", "statements", "expert", (), judgements=judged)
    problem = replace(afw.read_problem("scenarios/brabant"), profiles=(profile,))
    return compare(problem, Request(profile="p"))


@cache
def _case(place: int) -> tuple[Comparison, FlipTable]:
    """Return Brabant with and without requirements, Brabant with answers, and random problems."""
    if place == 2:
        comparison = _judged()
    else:
        problem = (
            afw.read_problem("scenarios/brabant")
            if place < 2
            else random_problem(place, Shape(options=5))
        )
        comparison = compare(problem if place else replace(problem, requirements=()))
    return comparison, find_flip_table(comparison)


def _share(moved: float, language: Language) -> str:
    shown = f"{100 * moved:.1f}\u00a0%"
    return shown.replace(".", ",") if language == "nl" else shown


def _behind(found: FlipTable, part: str) -> dict[str, float]:
    """Return how far each option that is not first is from it."""
    flips = {each.option: getattr(each, part) for each in found.options}
    return {
        name: np.inf if flip.moved is None else flip.moved
        for name, flip in flips.items()
        if name not in found.first
    }


def _said(
    lines: list[str], comparison: Comparison, found: FlipTable, part: str, words: Words
) -> None:
    """Check the sentences on one set of weights, and take them off the list."""
    names, moved = names_of(comparison.problem, words.language), _behind(found, part)
    line = lines.pop(0)
    if np.isinf(min(moved.values())):
        assert "%" not in line
        return
    (nearest,) = (name for name, each in moved.items() if each <= min(moved.values()) + 1e-9)
    flip: WeightFlip = next(getattr(e, part) for e in found.options if e.option == nearest)
    assert flip.after is not None
    assert names.option(nearest) in line
    changes = np.abs(flip.after - flip.before)
    shown = [
        _share(weight, words.language)
        for i in np.flatnonzero(changes > 5e-4)
        for weight in (flip.before[i], flip.after[i])
    ]
    told = re.findall(r"\d+[.,]\d\u00a0%", line)
    assert told[0] == _share(min(moved.values()), words.language)
    assert sorted(told[1:]) == sorted(shown)
    never = [names.option(name) for name, each in moved.items() if np.isinf(each)]
    if never:
        assert words.join(never) in lines.pop(0)
    elif part == "criteria" and np.isinf(max(_behind(found, "lenses").values())):
        assert lines.pop(0) == words.text("fliptable.criteria.never_none")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_sentences_say_who_is_nearest_and_who_never(place: int, language: Language) -> None:
    """Over the lenses, over the criteria and within the answers, each with its own numbers."""
    (comparison, found), words = _case(place), Words(language)
    lines = sentences(comparison, found, words)
    _said(lines, comparison, found, "lenses", words)
    _said(lines, comparison, found, "criteria", words)
    if place == 2:
        _said(lines, comparison, found, "criteria_answers", words)
    assert lines == [words.text("fliptable.proof")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_every_cell_is_that_of_the_table(place: int, language: Language) -> None:
    """In the order of the ranking: distances to the first place and between all pairs."""
    (comparison, found), words = _case(place), Words(language)
    names = names_of(comparison.problem, language)
    never = {"nl": "nooit", "en": "never"}[language]
    shown = tables(comparison, found, words)
    assert len(shown) == 3
    index = {each.option: i for i, each in enumerate(found.options)}
    order = [line.id for line in comparison.ranking if line.id in index]
    parts = ["lenses", "criteria", *(["lens_answers", "criteria_answers"] if place == 2 else [])]
    for name, row in zip(order, shown[0].rows, strict=True):
        assert row[0] == names.option(name)
        for cell, part in zip(row[1:], parts, strict=True):
            moved = getattr(found.options[index[name]], part).moved
            if name in found.first:
                assert cell == {"nl": "nu eerste", "en": "first now"}[language]
            else:
                assert cell == (never if moved is None else _share(moved, language))
    for table, pairs in zip(shown[1:], (found.lens_pairs, found.criteria_pairs), strict=True):
        for name, row in zip(order, table.rows, strict=True):
            for other, cell in zip(order, row[1:], strict=True):
                moved = pairs[index[name], index[other]]
                expected = _share(moved, language) if moved else "–"
                assert cell == (never if np.isinf(moved) else expected)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_shares_the_first_place_or_has_no_rival_is_said(language: Language) -> None:
    """One option; two that tie with nobody behind; two that tie with one behind that never is."""
    one, words = leaf("a", worst=0, best=10), Words(language)
    told = []
    for mode in ([6.0], [6.0, 6.0], [6.0, 4.0, 6.0]):
        comparison = compare(plain_problem([[[each] for each in mode]], (one,)))
        found = find_flip_table(comparison)
        told.append(sentences(comparison, found, words))
        assert len(tables(comparison, found, words)) == (1 if len(mode) == 1 else 2)
    names = names_of(compare(plain_problem([[[6.0]] * 3], (one,))).problem, language)
    first, third = names.option("O1"), names.option("O3")
    assert told[0] == [words.text("fliptable.first.alone", option=first)]
    assert told[1] == [words.text("fliptable.first.tied", options=[first, names.option("O2")])]
    assert told[2] == [
        words.text("fliptable.first.tied", options=[first, third]),
        words.text("fliptable.only.never_all", first=[first, third]),
        words.text("fliptable.proof"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_one_lens_only_criteria_are_spoken_of(language: Language) -> None:
    """Options as near as each other are named together; one lens has no weight to move."""
    lens = Group("l", text("l"), 1.0, (leaf("a", 3.0, best=10), leaf("b", 1.0, best=10)))
    mode = [[[6.0, 1.0], [4.0, 3.0], [4.0, 3.0], [1.0, 1.0]]]
    comparison = compare(plain_problem(mode, (lens,)))
    found, words = find_flip_table(comparison), Words(language)
    names = names_of(comparison.problem, language)
    second, third, fourth = (names.option(name) for name in ("O2", "O3", "O4"))
    assert sentences(comparison, found, words) == [
        words.text("fliptable.only.nearest_many", options=[second, third], moved=0.25),
        words.text("fliptable.only.never_one", options=[fourth]),
        words.text("fliptable.proof"),
    ]
    assert [len(table.heads) for table in tables(comparison, found, words)] == [2, 5]
