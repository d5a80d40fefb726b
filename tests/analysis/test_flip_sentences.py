from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem

import afweging as afw
from afweging.analysis import flip_sentences
from afweging.analysis.compare import compare
from afweging.analysis.flips import FlipAnswer, find_flips
from afweging.analysis.naming import names_of
from afweging.analysis.weights import lens_shares
from afweging.model.criterion import Ordinal
from afweging.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.weight_flips import WeightFlip
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

Case = tuple["Comparison", FlipAnswer]
PAIRS = [("O7", "O4"), ("O7", "O8"), ("O4", "O6"), ("O7", "O2")]


@cache
def _brabant() -> Comparison:
    return compare(afw.read_problem("scenarios/brabant"))


@cache
def _pair(first: str, second: str) -> FlipAnswer:
    return find_flips(_brabant(), first, second)


@cache
def _random(seed: int, *, room: float = 1.0) -> list[Case]:
    """Return what flips every two options of a random problem, with a part of its room."""
    problem = replace(random_problem(seed, Shape()), requirements=())
    low, mode, high = (getattr(problem.effects, part) for part in ("low", "mode", "high"))
    effects = replace(
        problem.effects, low=mode + room * (low - mode), high=mode + room * (high - mode)
    )
    comparison = compare(replace(problem, effects=effects))
    names = [alternative.id for alternative in comparison.problem.alternatives]
    return [(comparison, find_flips(comparison, a, b)) for a, b in combinations(names, 2)]


def _cases() -> list[Case]:
    brabant = [(_brabant(), _pair(*pair)) for pair in PAIRS]
    drawn = [case for seed in range(3) for case in _random(seed)]
    return [*brabant, *drawn, *_random(1, room=0.05)]


def _numbers(line: str, language: Language) -> list[float]:
    found = re.findall(r"\d+[.,]\d+", line)
    return [float(n.replace(",", ".") if language == "nl" else n) for n in found]


def _moves(before: FloatArray, after: FloatArray) -> list[float]:
    """Return before and after of what visibly changes, from the largest change on."""
    rows = sorted(
        zip(before.tolist(), after.tolist(), strict=True),
        key=lambda row: (-round(abs(row[1] - row[0]), 12), row[0] - row[1]),
    )
    seen = [row for row in rows if abs(row[1] - row[0]) > 5e-4] or rows[:2]
    return [100 * weight for row in seen for weight in row]


def _change(flip: WeightFlip) -> list[float]:
    if flip.after is None or flip.moved is None:
        return []
    return [100 * flip.moved, *_moves(flip.before, flip.after)]


def _even(flip: WeightFlip) -> bool:
    if flip.after is None or flip.largest is None:
        return False
    return bool(flip.largest.distance < np.abs(flip.after - flip.before).max() - 5e-4)


def _told(found: FlipAnswer) -> list[list[float]]:
    """Return the numbers of each sentence about weights, in their order."""
    told = [_change(found.lenses)]
    if _even(found.lenses) and found.lenses.largest is not None:
        largest = found.lenses.largest
        told.append([100 * largest.distance, *_moves(found.lenses.before, largest.after)])
    told.append(_change(found.criteria))
    if _even(found.criteria) and found.criteria.largest is not None:
        told.append([100 * found.criteria.largest.distance])
    first = [found.first_lenses, found.first_criteria]
    pairs = zip(first, [found.lenses, found.criteria], strict=True)
    if any(
        (one.moved is None) != (two.moved is None)
        or (one.moved is not None and abs(one.moved - (two.moved or 0.0)) > 1e-9)
        for one, two in pairs
    ):
        told += [_change(flip) for flip in first]
    elif found.criteria.moved is not None:
        told.append([])
    return [*told, []]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_about_weights_is_that_of_the_flip(language: Language) -> None:
    """Moves, weights before and after and percentage points, in every sentence, in order."""
    for comparison, found in _cases():
        lines = flip_sentences.weights(comparison, found, Words(language))
        expected = _told(found)
        assert len(lines) == len(expected)
        for line, numbers in zip(lines, expected, strict=True):
            assert _numbers(line, language) == pytest.approx(numbers, abs=0.051)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_can_never_be_is_said(language: Language) -> None:
    """No weights on the lenses bring O2 level with O7, and no likelihoods either."""
    found = _pair("O7", "O2")
    assert found.lenses.moved is None
    words = Words(language)
    lines = flip_sentences.weights(_brabant(), found, words)
    never = "nooit" if language == "nl" else "never"
    assert never in lines[0]
    (line,) = flip_sentences.likelihoods(_brabant(), found, words)
    assert _numbers(line, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_lenses_cannot_do_the_criteria_can(language: Language) -> None:
    """O2 is never above all by the lenses: the sentence about criteria says that it then is."""
    found, words = _pair("O7", "O2"), Words(language)
    assert found.first_lenses.moved is None
    assert found.first_criteria.moved is not None
    lines = flip_sentences.weights(_brabant(), found, words)
    start = {"nl": "Mogen gewichten ook", "en": "If weights may move"}[language]
    assert sum(line.startswith(start) for line in lines) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_estimate_names_now_and_then(language: Language) -> None:
    """After all together, five single ones at most, with the level now and where the two tie."""
    found, words = _pair("O7", "O4"), Words(language)
    lines = flip_sentences.estimates(_brabant(), found, words)
    assert len(lines) == 9
    for line, each in zip(lines[2:], found.estimates[:5], strict=False):
        at, now = (words.format_field(level, "2") for level in (each.at, each.now))
        assert at in line
        assert now in line
    assert str(len(found.estimates) - 5) in lines[7]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_estimates_together_come_first(language: Language) -> None:
    """The share of the room and what does most; or the lead that is left; or no room at all."""
    words, seen = Words(language), set()
    for comparison, found in _cases():
        lines, room = flip_sentences.estimates(comparison, found, words), found.room
        if room.share is None:
            seen.add("never")
            assert words.format_field(room.worst, "gap") in lines[0]
            assert words.text("flip.room.never", worst=1, leader="", challenger="")[:20] in lines[0]
            continue
        seen.add("change")
        assert _numbers(lines[0], language)[0] == pytest.approx(100 * room.share, abs=0.051)
        criteria = {criterion.id: criterion for criterion in comparison.problem.criteria}
        levels = [
            (part.now, part.at)
            for part in room.parts[:3]
            if not isinstance(criteria[part.criterion].value_function, Ordinal)
        ]
        of = {"nl": "van", "en": "of"}[language]
        names = names_of(comparison.problem, language)
        places = [
            lines[1].index(f"{names.criterion(part.criterion)} {of} {names.option(part.option)}")
            for part in room.parts[:3]
        ]
        assert places == sorted(places)
        for now, at in levels:
            assert now is not None
            assert at is not None
            assert any(
                words.format_field(now, str(k)) in lines[1]
                and words.format_field(at, str(k)) in lines[1]
                for k in range(2, 8)
            )
    assert seen == {"never", "change"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_estimates_without_room_are_said_to_have_none(language: Language) -> None:
    """Where low, expected and high are the same nothing can turn out otherwise."""
    words = Words(language)
    comparison, found = _random(1, room=0.0)[0]
    names = names_of(comparison.problem, language)
    both = {"leader": found.leader, "challenger": found.challenger}
    shown = {role: names.option(name) for role, name in both.items()}
    line = flip_sentences.estimates(comparison, found, words)[0]
    assert line == words.text("flip.room.none", **shown)
    assert _numbers(line, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_scenarios_count_alike_until_told_otherwise(language: Language) -> None:
    """Without likelihoods that is said before what would have to move."""
    found, words = _pair("O7", "O4"), Words(language)
    first, second = flip_sentences.likelihoods(_brabant(), found, words)
    assert first == words.text("flip.likelihoods.equal")
    assert found.likelihoods is not None
    assert _numbers(second, language) == pytest.approx(_change(found.likelihoods), abs=0.051)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lead_of_now_comes_first(language: Language) -> None:
    """Who is ahead, and by how much."""
    found, words = _pair("O4", "O7"), Words(language)
    line = flip_sentences.now(_brabant(), found, words)
    assert words.format_field(found.lead, "gap") in line
    assert line.index("O7") < line.index("O4")
    assert line.split()[0] in flip_sentences.heading(_brabant(), found, words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", [1, 12])
def test_that_nobody_is_higher_holds_for_all_weights_told(seed: int, language: Language) -> None:
    """Also for those that spread the change; in 12 these put a third option on top."""
    words, seen = Words(language), set()
    problem = replace(random_problem(seed, Shape(profiles=0)), requirements=())
    comparison = compare(problem)
    means = comparison.scores.means.low
    lenses = means @ lens_shares(problem.tree).T
    names = [alternative.id for alternative in problem.alternatives]
    for first, second in combinations(names, 2):
        found = find_flips(comparison, first, second)
        shown = names_of(problem, language).option(found.challenger)
        told = flip_sentences.weights(comparison, found, words)
        said = words.text("flip.weights.first_same", challenger=shown) in told
        higher = set()
        for flip, values in ((found.lenses, lenses), (found.criteria, means)):
            for each in (flip.after, flip.largest.after if flip.largest else None):
                if each is not None:
                    scores = values @ each
                    higher.add(bool(scores.max() > scores[names.index(found.challenger)] + 1e-8))
        if said and higher == {False, True}:  # those that put another higher were not told
            even = words.text("flip.weights.criteria_even", points=0, moves=[]).split("0")[0]
            assert not any(line.startswith(even) for line in told)
        seen.add((said, frozenset(higher)))
    assert any(said for said, _ in seen)
    assert seed == 1 or (False, frozenset({False, True})) in seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_weights_that_hardly_change_are_told_apart(language: Language) -> None:
    """A lead of 0.00001 takes 0.001 % of the weight; before and after do not read the same."""
    comparison = compare(plain_problem([[[0.80001, 0.2], [0.2, 0.8]]], (leaf("a"), leaf("b"))))
    found = find_flips(comparison, "O1", "O2")
    line = flip_sentences.weights(comparison, found, Words(language))[0]
    assert found.lenses.moved == pytest.approx(0.00001 / 2 / 1.20001)
    shown = {"nl": ("0,0004", "50,00", "49,9996"), "en": ("0.0004", "50.00", "49.9996")}
    for number in shown[language][::2]:
        assert number in line
