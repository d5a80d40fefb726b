from __future__ import annotations

import math
import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.analysis.oracle import Oracle
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem, text
from tests.analysis.stability_oracle import Lines, lines_of

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.naming import names_of
from afweging.analysis.stability import find_stability
from afweging.analysis.stability_sentences import sentences, tables
from afweging.model.criterion import Group
from afweging.model.result import Request
from afweging.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afweging.analysis.naming import Names
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison

KINDS = ("lens", "group", "criterion")
SHAPE = Shape(options=5, regions=1)
CASES = [("brabant", None), *((seed, profile) for seed in range(12) for profile in (None, "P1"))]
LEVEL = (" gelijk", " level")
NEVER = {"nl": "Welk gewicht", "en": "Whatever weight"}


@cache
def _problem(name: str | int) -> DecisionProblem:
    if isinstance(name, int):
        return random_problem(name, SHAPE)
    return afw.read_problem(f"scenarios/{name}")


@cache
def _comparison(name: str | int, profile: str | None) -> Comparison:
    return compare(_problem(name), Request(profile=profile))


@cache
def _lines(name: str | int, profile: str | None) -> list[Lines]:
    return lines_of(Oracle(_problem(name), profile=profile))


def _told(comparison: Comparison, language: Language) -> list[str]:
    return sentences(comparison, find_stability(comparison), Words(language))


def _percentages(line: str, language: Language) -> list[float]:
    found = re.findall(r"(\d+(?:[.,]\d+)?)\s?%", line)
    return [float(n.replace(",", ".") if language == "nl" else n) for n in found]


def _codes(line: str) -> list[str]:
    """Return the options in the order in which a line names them."""
    return re.findall(r"\bO\d\b(?!-)", line)


def _inner(weight: float, ends: tuple[float, float]) -> list[float]:
    """Return the weight and the ends that are not those of the scale, as percentages."""
    return [100 * weight, *(100 * end for end in ends if 0 < end < 1)]


def _beyond(lines: Lines) -> list[str]:
    """Return who is first just below and just above the interval, where there is something."""
    low, high = lines.winner
    sides = ((low > 0, low - 1e-6), (high < 1, high + 1e-6))
    return [name for there, weight in sides if there for name in lines.first(weight)]


def _turned(lines: Lines) -> list[str]:
    """Return the pairs that change places, above before under, at each end of the order."""
    low, high = lines.ranks
    told = []
    for there, weight in ((low > 0, low - 1e-9), (high < 1, high + 1e-9)):
        if there:
            scores = lines.at(weight)
            order = lines.order(lines.weight)
            told += [n for a, b in pairwise(order) if scores[b] > scores[a] for n in (b, a)]
    return told


def _expect_kind(
    told: Iterator[str], nodes: list[Lines], names: Names, words: Words, winner: str
) -> None:
    """Read what is told about one kind of node and hold it to the lines."""
    moving = [each for each in nodes if each.distance < math.inf]
    steady = [each for each in nodes if each.distance == math.inf]
    if moving:
        near, line = min(moving, key=lambda each: each.distance), next(told)
        assert names.criterion(near.node) in line
        shown = _inner(near.weight, near.winner)
        assert _percentages(line, words.language) == pytest.approx(shown, abs=0.051)
        assert _codes(line) == [winner, *_beyond(near)]
        assert ("gevoeligst" in line or "most sensitive" in line) == (len(nodes) > 1)
    if steady and nodes[0].kind == "criterion":
        line = next(told)
        assert [int(n) for n in re.findall(r" (\d+) ", line)] == [len(steady), len(nodes)]
        assert _codes(line) == [winner]
    elif steady:
        line = next(told)
        assert line.startswith(NEVER[words.language])
        shown_names = [names.criterion(each.node) for each in steady]
        assert words.join(shown_names, "or") in line


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "profile"), CASES)
def test_every_sentence_says_what_the_oracle_finds(
    name: str | int, profile: str | None, language: Language
) -> None:
    """Per kind the most sensitive node, its numbers and names in order; what stays; the order."""
    words, lines = Words(language), _lines(name, profile)
    told = iter(_told(_comparison(name, profile), language))
    names = names_of(_problem(name), language)
    if len(lines[0].none) == 1:
        assert list(told) == [words.text("stability.note.alone")]
        return
    (winner,) = lines[0].first(lines[0].weight)
    if all(each.distance == math.inf for each in lines):
        line = next(told)
        assert line.startswith(NEVER[language])
        assert _codes(line) == [winner]
    else:
        near, line = min(lines, key=lambda each: each.distance), next(told)
        assert words.format_field(100 * near.distance, "gap") in line
        assert names.criterion(near.node) in line
        for kind in KINDS:
            nodes = [each for each in lines if each.kind == kind]
            _expect_kind(told, nodes, names, words, winner)
    if len(lines[0].none) > 2:
        near, line = min(lines, key=lambda each: each.ranks_distance), next(told)
        assert names.criterion(near.node) in line
        shown = _inner(near.weight, near.ranks)
        assert _percentages(line, language) == pytest.approx(shown, abs=0.051)
        assert _codes(line) == _turned(near)
    assert list(told) == [words.text("stability.note.proportion")]


def test_the_cases_hold_every_kind_of_sentence() -> None:
    """Among the cases above some weights decide nothing, on either side, or on both."""
    lines = [each for case in CASES for each in _lines(*case)]
    sides = {(low > 0, high < 1) for low, high in (each.winner for each in lines)}
    assert len(sides) == 4
    assert {each.kind for each in lines if each.distance == math.inf} == set(KINDS)
    assert {len(each.none) for each in lines} >= {2, 3, 4, 5}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "profile"), CASES)
def test_every_cell_is_that_of_the_oracle(
    name: str | int, profile: str | None, language: Language
) -> None:
    """Each kind has its table, the most sensitive node first, with all numbers and names."""
    words, lines = Words(language), _lines(name, profile)
    names, comparison = names_of(_problem(name), language), _comparison(name, profile)
    found = tables(comparison, find_stability(comparison), words)
    kinds = [kind for kind in KINDS if any(each.kind == kind for each in lines)]
    for table, kind in zip(found, kinds, strict=True):
        by_name = {names.criterion(each.node): each for each in lines if each.kind == kind}
        assert {row[0] for row in table.rows} == by_name.keys()
        distances = [round(by_name[row[0]].distance, 9) for row in table.rows]
        assert distances == sorted(distances)
        for row in table.rows:
            lines_of_row = by_name[row[0]]
            numbers = [_percentages(row[place], language)[0] for place in (1, 2, 3, 6, 7)]
            expected = [lines_of_row.weight, *lines_of_row.winner, *lines_of_row.ranks]
            assert numbers == pytest.approx([100 * n for n in expected], abs=0.051)
            low, high = lines_of_row.winner
            below, above = row[4:6]
            assert (below in lines_of_row.first(low - 1e-6)) == (low > 0)
            assert (above in lines_of_row.first(high + 1e-6)) == (high < 1)
            assert low > 0 or below.endswith(("–", *LEVEL))
            assert high < 1 or above.endswith(("–", *LEVEL))


# --- by hand ------------------------------------------------------------------------------------


def _lenses(first: float, second: float, third: float) -> tuple[Group, ...]:
    return tuple(
        Group(name, text(name), weight, (leaf(name.upper()),))
        for name, weight in (("x", first), ("y", second), ("z", third))
    )


def _small(rows: list[list[float]], weights: tuple[float, float, float]) -> Comparison:
    return compare(plain_problem([rows], _lenses(*weights)))


def test_the_sentence_reads_as_it_should() -> None:
    """By hand: O2 takes over x below 20 %, O3 above 33.3 %; y and z then have equal parts."""
    found = _small([[0.4, 0.7, 0.7], [0.0, 0.8, 0.8], [0.8, 0.5, 0.5]], (1, 1.5, 1.5))
    assert _told(found, "nl")[0] == (
        "Het gevoeligst is het gewicht van x-naam of X-naam: verandert dat 5,00 procentpunt, "
        "dan kan al een andere optie eerste zijn."
    )
    assert _told(found, "nl")[1].replace("\u00a0", " ") == (
        "Van de lenzen is het gewicht van x-naam, nu 25 %, het gevoeligst. Tussen 20,0 % en 33,3 % "
        "blijft O1 O1-naam eerste; daaronder neemt O2 O2-naam het over, daarboven O3 O3-naam."
    )
    assert _told(found, "en")[1].replace("\u00a0", " ") == (
        "Of the lenses, the weight of x-name, now 25 %, is the most sensitive. Between 20.0 % and "
        "33.3 % O1 O1-name stays first; below it O2 O2-name takes over, above it O3 O3-name."
    )


def test_several_winners_are_told_together() -> None:
    """Clones stay first together; options that tie at this weight only part on either side."""
    clones = _small([[0.4, 0.7, 0.7], [0.4, 0.7, 0.7], [0.8, 0.5, 0.5]], (1, 1.5, 1.5))
    assert "Tot 33,3\u00a0% blijven O1 O1-naam en O2 O2-naam eerste" in _told(clones, "nl")[1]
    tie = _small([[0.8, 0.2, 0.2], [0.2, 0.8, 0.8]], (1, 0.5, 0.5))
    told = _told(tie, "nl")
    assert told[0].replace("\u00a0", " ") == (
        "Het gewicht van x-naam is 50 %. Alleen bij dat gewicht zijn O1 O1-naam en O2 O2-naam "
        "samen eerste; bij minder is het O2, bij meer is het O1."
    )
    assert "with less O2 is, with more O1 is." in _told(tie, "en")[0]


def test_an_end_that_is_the_weight_of_now_reads_like_it() -> None:
    """Where a tie is broken by any change, the order changes at the weight as it was written."""
    tied = _small([[0.9, 0.1, 0.4], [0.1, 0.9, 0.4], [0.2, 0.2, 0.1]], (1, 1, 1))
    told = [line.replace("\u00a0", " ") for line in _told(tied, "nl")]
    assert (
        "De volgorde van de opties verandert het eerst bij x-naam (nu 33,33 %): onder 33,33 % komt "
        "O2 vóór O1, boven 33,33 % komt O1 vóór O2."
    ) in told


def test_close_ends_get_more_decimals() -> None:
    """An end that is no weight of now is never written as if it were."""
    found = _small([[0.4, 0.7, 0.7], [0.43, 0.69, 0.69]], (0.24998, 0.37501, 0.37501))
    line = _told(found, "nl")[1]
    assert "nu 24,998\u00a0%" in line
    assert "Tot 25,000\u00a0%" in line


def test_who_only_draws_level_is_told() -> None:
    """At all weight on x the two score the same: that is a tie, and nobody takes over."""
    rows = [[0.6, 0.7, 0.7], [0.6, 0.2, 0.2], [0.0, 0.8, 0.8]]
    found = _small(rows, (1, 0.5, 0.5))
    assert _told(found, "nl")[1].endswith("Bij 100\u00a0% komt O2 O2-naam gelijk.")
    assert _told(found, "en")[1].endswith("At 100\u00a0% O2 O2-name draws level.")
    (row,) = (row for row in tables(found, find_stability(found), Words("nl"))[0].rows[:1])
    assert row[4:6] == ("O3", "O2 gelijk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_change_is_said(language: Language) -> None:
    """One option, one criterion, dominance: a sentence each, and no number."""
    words = Words(language)
    one = compare(plain_problem([[[0.2, 0.3]]], (leaf("a"), leaf("b"))))
    assert _told(one, language) == [words.text("stability.note.alone")]
    single = compare(plain_problem([[[0.2], [0.3]]], (leaf("a"),)))
    assert _told(single, language) == [words.text("stability.note.single")]
    assert tables(single, find_stability(single), words) == []
    best = _small([[0.9, 0.9, 0.9], [0.5, 0.5, 0.5], [0.1, 0.1, 0.1]], (1, 1, 1))
    told = _told(best, language)
    assert told[0].startswith(NEVER[language])
    assert told[1] == words.text("stability.order.steady")
    assert len(told) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_weight_in_one_place_is_told(language: Language) -> None:
    """How the others would share in it is an assumption of ours, so it is said."""
    found = _small([[0.9, 0.1, 0.3], [0.2, 0.8, 0.9]], (1, 0, 0))
    names = [text("x").in_language(language), text("X").in_language(language)]
    assert _told(found, language)[-1] == Words(language).text("stability.note.equally", nodes=names)
