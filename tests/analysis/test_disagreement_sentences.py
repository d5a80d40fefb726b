from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.disputes import KINDS, OPTIONS, Random, by_hand, random_dispute
from tests.analysis.random_problems import leaf, text

from afweging.analysis import disagreement_sentences as sentences
from afweging.analysis.disagreement import Party, disagree
from afweging.model.criterion import Group, Ordinal, OrdinalClass
from afweging.model.problem import Requirement
from afweging.wording import LANGUAGES, Words

if TYPE_CHECKING:
    from afweging.analysis.disagreement import Dispute, Side
    from afweging.model.problem import DecisionProblem
    from afweging.wording import Language

SEEDS = range(8)
NL = Words("nl")
FIXED = re.compile(r"[Pp]art(?:y|ij) [12]|\((?:scores)[^)]*\)")
NUMBER = re.compile(r"(?<![\w,.−])−?\d[\d.,]*(?<![.,])")


@cache
def _random(seed: int, kind: str) -> Random:
    return random_dispute(seed, kind)


def _numbers(line: str) -> list[str]:
    """Return the numbers in a sentence, as written, that are no part of a name."""
    return NUMBER.findall(FIXED.sub("", line))


def _written(words: Words, *numbers: tuple[float, str]) -> list[str]:
    """Return numbers as the language writes them, percentages without their sign."""
    return [words.format_field(x, form).removesuffix("%").strip() for x, form in numbers]


def _lead(side: Side) -> list[float]:
    """Return the leads of the profiles from the comparison, in the order of the party."""
    problem, panel = side.comparison.problem, side.comparison.scores.panel.low
    a, b = _options(problem)
    ids = [profile.id for profile in problem.panel]
    return [float(panel[ids.index(name), a] - panel[ids.index(name), b]) for name in side.profiles]


def _options(problem: DecisionProblem) -> list[int]:
    ids = [alternative.id for alternative in problem.alternatives]
    return [ids.index(name) for name in OPTIONS]


def _weights(side: Side) -> list[float]:
    """Return the mean weights on the criteria, from the comparison."""
    comparison = side.comparison
    ids = [profile.id for profile in comparison.problem.panel]
    rows = [comparison.weights.panel[ids.index(name)] for name in side.profiles]
    return [float(w) for w in np.mean(rows, axis=0)]


def _differences(side: Side) -> list[float]:
    a, b = _options(side.comparison.problem)
    means = side.comparison.scores.means.low
    return [float(x) for x in means[a] - means[b]]


def _terms(dispute: Dispute) -> tuple[list[float], list[float]]:
    """Return what weights and what estimates explain per criterion, by the formula."""
    w1, w2 = (_weights(side) for side in (dispute.first, dispute.second))
    x1, x2 = (_differences(side) for side in (dispute.first, dispute.second))
    rows = list(zip(w1, w2, x1, x2, strict=True))
    values = [(v1 - v2) * (y1 + y2) / 2 for v1, v2, y1, y2 in rows]
    facts = [(y1 - y2) * (v1 + v2) / 2 for v1, v2, y1, y2 in rows]
    return values, facts


# --- random problems: every number once more ----------------------------------------------------

SAID = {
    "nl": {
        "opposed": "tegenover elkaar",
        "same": "kiezen hetzelfde",
        "values": "vooral om waarden",
        "facts": "vooral om feiten",
        "both": "om allebei",
        "first": "Bespreek eerst",
        "next": "Bespreek daarna",
    },
    "en": {
        "opposed": "are opposed",
        "same": "the same choice",
        "values": "mainly about values",
        "facts": "mainly about facts",
        "both": "about both",
        "first": "First discuss",
        "next": "Then discuss",
    },
}

EVERY = pytest.mark.parametrize(
    ("seed", "kind", "language"),
    [(seed, kind, language) for seed in SEEDS for kind in KINDS for language in LANGUAGES],
)


@EVERY
def test_the_answer_gives_both_leads(seed: int, kind: str, language: Language) -> None:
    """The first sentence has the mean leads of both; who is preferred is named first."""
    words, dispute = Words(language), _random(seed, kind).dispute
    told, *groups = sentences.answer(dispute, words)
    first, second = (float(np.mean(_lead(side))) for side in (dispute.first, dispute.second))
    assert _numbers(told) == _written(words, (abs(first), "gap"), (abs(second), "gap"))
    names = ("O1 O1-na", "O2 O2-na") if first > 0 else ("O2 O2-na", "O1 O1-na")
    assert told.index(names[0]) < told.index(names[1])
    apart = first * second < 0
    assert SAID[language]["opposed" if apart else "same"] in told
    if kind == "groups":
        for line, side in zip(groups[1:], (dispute.first, dispute.second), strict=True):
            leads = _lead(side)
            counts = [len(leads), sum(x > 0 for x in leads), sum(x < 0 for x in leads), 0]
            assert _numbers(line) == [str(count) for count in counts]
    else:
        assert groups == []


@EVERY
def test_the_cause_is_recomputed(seed: int, kind: str, language: Language) -> None:
    """Shares where the parts go together, amounts where they do not, one number where one is 0."""
    words, dispute = Words(language), _random(seed, kind).dispute
    told, word = sentences.cause(dispute, words)
    values, facts = (sum(terms) for terms in _terms(dispute))
    whole = values + facts
    if kind in {"shared", "facts"}:
        assert _numbers(told) == _written(words, (abs(whole), "gap"))
        return
    if values * facts > 0:
        parts = (abs(whole), "gap"), (values / whole, "share"), (facts / whole, "share")
        assert _numbers(told) == _written(words, *parts)
    else:
        parts = (abs(values), "gap"), (abs(facts), "gap"), (abs(whole), "gap")
        assert _numbers(told) == _written(words, *parts)
        options = re.findall(r"\bO[12]\b", told)
        assert options == (["O1", "O2"] if values > 0 else ["O2", "O1"])
    large = [abs(part) >= (abs(values) + abs(facts)) * 2 / 3 for part in (values, facts)]
    assert SAID[language]["values" if large[0] else "facts" if large[1] else "both"] in word


@EVERY
def test_what_to_discuss_has_the_numbers_of_both(seed: int, kind: str, language: Language) -> None:
    """The larger part comes first; each line has both parties' numbers on the right criterion."""
    words, dispute = Words(language), _random(seed, kind).dispute
    values, facts = _terms(dispute)
    lines = sentences.discuss(dispute, words)
    expected = []
    if abs(sum(values)) > 1e-9:
        expected.append((abs(sum(values)), _weight_line(dispute, values, words)))
    if abs(sum(facts)) > 1e-9:
        expected.append((abs(sum(facts)), _effect_line(dispute, facts, words)))
    expected.sort(key=lambda each: -each[0])
    assert len(lines) == 2 * len(expected)
    for place, (_, (name, numbers)) in enumerate(expected):
        head, line = lines[2 * place : 2 * place + 2]
        assert SAID[language]["next" if place else "first"] in head
        assert line.startswith(f"- {name}")
        assert _numbers(line) == numbers


def _largest(terms: list[float]) -> int:
    return max(range(len(terms)), key=lambda c: terms[c] * np.sign(sum(terms)))


def _weight_line(dispute: Dispute, terms: list[float], words: Words) -> tuple[str, list[str]]:
    c = _largest(terms)
    weights = [(_weights(side)[c], "share1") for side in (dispute.first, dispute.second)]
    name = dispute.first.comparison.problem.criteria[c].name.in_language(words.language)
    return name, _written(words, *weights, (abs(terms[c]), "gap"))


def _effect_line(dispute: Dispute, terms: list[float], words: Words) -> tuple[str, list[str]]:
    c = _largest(terms)
    criterion = dispute.first.comparison.problem.criteria[c]
    part = (abs(terms[c]), "gap")
    name = criterion.name.in_language(words.language)
    if isinstance(criterion.value_function, Ordinal):
        return name, _written(words, part)
    effects = []
    for side in (dispute.first, dispute.second):
        mode = side.comparison.problem.effects.mode  # all cases weigh the same
        effects += [(float(mode[:, a, c].mean()), "gap") for a in (0, 1)]
    return name, _written(words, *effects, part)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_random_disputes_are_of_every_sort(kind: str, language: Language) -> None:
    """Marks and closing notes follow what each kind is; nothing is left open in a sentence."""
    words = Words(language)
    for seed in SEEDS:
        dispute = _random(seed, kind).dispute
        parties, notes = sentences.parties(dispute, words), sentences.notices(dispute, words)
        marked = {"shared": (0, 1), "own": (0, 1), "groups": (1, 1), "facts": (0, 0)}[kind]
        assert tuple(line.count("(*)") for line in parties) == marked
        assert any("(*)" in note for note in notes) == any(marked)
        assert any("--other" in note for note in notes) == (kind == "shared")
        spoken = [sentences.title(dispute, words), *sentences.legend(dispute, words), *parties]
        assert not any("{" in line for line in (*spoken, *notes))


# --- by hand: word for word ---------------------------------------------------------------------


def test_opposed_parties_with_shared_estimates() -> None:
    """Leads 0.75 * 0.4 - 0.25 * 0.2 = 0.25 and -0.05; C1 and C2 explain 0.20 and 0.10."""
    dispute = by_hand([[[0.7, 0.3], [0.3, 0.5]]], ([75, 25], [25, 75]), origin="about")
    assert sentences.parties(dispute, NL) == [
        "Partij 1: P1-naam (*).",
        "Partij 2: P2-naam (*).",
    ]
    assert sentences.answer(dispute, NL) == [
        (
            "De partijen staan tegenover elkaar. Partij 1 verkiest O1 O1-naam boven O2 O2-naam, "
            "met een voorsprong van 0,25 (scores lopen van 0 tot 1). Partij 2 verkiest juist O2, "
            "met een voorsprong van 0,050."
        )
    ]
    assert sentences.cause(dispute, NL) == [
        (
            "De voorsprongen liggen 0,30 uit elkaar. Beide partijen gebruiken dezelfde "
            "schattingen; dit komt dus helemaal door andere gewichten (waarden)."
        ),
        "Het gaat dus om waarden: de partijen vinden andere dingen belangrijk.",
    ]
    assert sentences.discuss(dispute, NL) == [
        "Bespreek eerst hoe zwaar dit moet tellen (waarden):",
        (
            "- C1-naam: partij 1 geeft dit 75,0\xa0% van het gewicht, partij 2 25,0\xa0%. O1 "
            "scoort hier beter. Alleen dit scheelt 0,20."
        ),
    ]
    assert [note.partition(".")[0] for note in sentences.notices(dispute, NL)] == [
        "Beide partijen gebruiken dezelfde schattingen",
        (
            "(*) deze gewichten zijn niet door de groep zelf opgesteld; lees de uitkomst niet als "
            "stemming"
        ),
    ]


def test_own_estimates_in_english() -> None:
    """Leads 0.1 and 0.2; C1 makes them 0.2 apart, and C2 takes half of that back."""
    dispute = by_hand([[[0.5, 0.5], [0.4, 0.4]]], ([50, 50], [50, 50]), [[[0.9, 0.3], [0.4, 0.4]]])
    words = Words("en")
    assert sentences.cause(dispute, words)[0] == (
        "The leads are 0.10 apart. All of it comes from different estimates of the effects (facts)."
    )
    assert sentences.discuss(dispute, words) == [
        "First discuss which effect is to be expected here (facts):",
        (
            "- C1-name: party 1 expects 0.50 for O1 and 0.40 for O2, party 2 0.90 and 0.40 "
            "(unit C1). This alone makes a difference of 0.20."
        ),
    ]
    assert sentences.parties(dispute, words)[1] == "Party 2, with its own estimates: P2-name."


def _answer(weights: tuple[list[float], list[float]], effects: list[list[float]]) -> str:
    return sentences.answer(by_hand([effects], weights), NL)[0]


def test_ties_are_told_as_ties() -> None:
    """Equal scores are neither a preference for A nor for B."""
    even, first = [50.0, 50.0], [75.0, 25.0]
    effects = [[0.6, 0.2], [0.2, 0.6]]
    assert _answer((even, even), effects) == (
        "Voor beide partijen scoren O1 O1-naam en O2 O2-naam gelijk."
    )
    assert _answer((even, first), effects) == (
        "Voor partij 1 scoren beide opties gelijk. Partij 2 verkiest O1 O1-naam boven O2 O2-naam, "
        "met een voorsprong van 0,20 (scores lopen van 0 tot 1)."
    )
    assert _answer(([25.0, 75.0], even), effects) == (
        "Partij 1 verkiest O2 O2-naam boven O1 O1-naam, met een voorsprong van 0,20 (scores lopen "
        "van 0 tot 1). Voor partij 2 scoren beide opties gelijk."
    )
    assert "even sterk: beide verkiezen O1 O1-naam" in _answer((first, first), effects)


def test_nothing_to_explain() -> None:
    """The same lead has no cause; weights that differ without effect are mentioned."""
    same = by_hand([[[0.6, 0.2], [0.2, 0.1]]], ([75, 25], [75, 25]))
    assert sentences.cause(same, NL) == [
        "Beide partijen gebruiken dezelfde schattingen (feiten).",
        "Er is dus geen verschil dat waarden of feiten moeten verklaren.",
    ]
    assert sentences.discuss(same, NL) == []
    level = by_hand([[[0.6, 0.4], [0.2, 0.0]]], ([75, 25], [25, 75]))
    assert sentences.cause(level, NL)[1] == (
        "De gewichten verschillen wel, maar die verschillen heffen elkaar op."
    )


def test_values_and_facts_that_cancel_out() -> None:
    """Leads are equal, weights pull to O1 by 0.25 and estimates to O2 by as much."""
    dispute = by_hand([[[0.5, 0.1], [0.1, 0.5]]], ([75, 25], [50, 50]), [[[0.8, 0.1], [0.0, 0.5]]])
    split = dispute.split
    assert (round(split.values, 9), round(split.facts, 9)) == (0.25, -0.25)
    told, word = sentences.cause(dispute, NL)
    assert told == (
        "Waarden en feiten heffen elkaar precies op. Door de gewichten (waarden) helt partij 1 "
        "0,25 meer naar O1 dan partij 2; door de schattingen (feiten) evenveel meer naar O2."
    )
    assert word.startswith("Het gaat dus om allebei")
    heads = [line for line in sentences.discuss(dispute, NL) if not line.startswith("- ")]
    assert [head.partition(" hoe")[0].partition(" welk")[0] for head in heads] == [
        "Bespreek eerst",
        "Bespreek eerst",
    ]


def test_estimates_that_cancel_out_are_mentioned() -> None:
    """Facts differ by criterion and are nothing together; the cause is values."""
    dispute = by_hand(
        [[[0.5, 0.5, 0.2], [0.1, 0.1, 0.8]]],
        ([40, 40, 20], [30, 30, 40]),
        [[[0.7, 0.3, 0.2], [0.1, 0.1, 0.8]]],
    )
    told = sentences.cause(dispute, NL)
    assert told[0].endswith("Dat komt helemaal door andere gewichten (waarden).")
    assert told[1] == "De schattingen verschillen wel, maar die verschillen heffen elkaar op."
    assert told[2].startswith("Het gaat dus om waarden")


def test_equal_differences_are_all_discussed() -> None:
    """Two criteria that make the same difference are both listed, and said to be level."""
    effects = [[[0.5, 0.5, 0.1], [0.1, 0.1, 0.1]]]
    dispute = by_hand(effects, ([40, 40, 20], [20, 20, 60]))
    first, *lines, last = sentences.discuss(dispute, NL)
    assert first == "Bespreek eerst hoe zwaar dit moet tellen (waarden):"
    assert [line[:10] for line in lines] == ["- C1-naam:", "- C2-naam:"]
    assert last == "Deze criteria maken een even groot verschil."


def test_who_is_better_is_left_open_where_the_parties_differ() -> None:
    """The parties weigh C1 differently, and do not agree which option scores better on it."""
    dispute = by_hand([[[0.9, 0.5], [0.1, 0.5]]], ([75, 25], [25, 75]), [[[0.3, 0.5], [0.4, 0.5]]])
    assert sentences.discuss(dispute, NL)[3] == (
        "- C1-naam: partij 1 geeft dit 75,0\xa0% van het gewicht, partij 2 25,0\xa0%. Welke optie "
        "hier beter scoort, schatten zij verschillend in. Alleen dit scheelt 0,18."
    )


def test_a_small_difference_between_estimates_is_shown() -> None:
    """Estimates that are equal in two decimals are written with four."""
    dispute = by_hand([[[0.503, 0.5], [0.2, 0.5]]], ([3, 1], [3, 1]), [[[0.501, 0.5], [0.2, 0.5]]])
    assert (
        "verwacht 0,503 bij O1 en 0,2 bij O2, partij 2 0,501 en 0,2 ("
        in (sentences.discuss(dispute, NL)[1])
    )


def _bent(dispute: Dispute, second: list[list[list[float]]]) -> Dispute:
    """Return the dispute on classes of which the middle one is worth nearly nothing."""
    classes = tuple(
        OrdinalClass(name, text(name), value)
        for name, value in (("laag", 0.0), ("half", 0.1), ("hoog", 1.0))
    )
    criterion = leaf("C1", worst=0.0, best=2.0, function=Ordinal(classes))
    tree = Group("doel", text("doel"), 1.0, (criterion,))
    mine = replace(dispute.first.comparison.problem, tree=tree)
    effects = replace(mine.effects, mode=np.array(second))
    return disagree(Party(mine, ("P1",)), Party(replace(mine, effects=effects), ("P2",)), OPTIONS)


def test_classes_are_named() -> None:
    """Instead of a mean of places, the classes over the cases; equal ones are told as spread."""
    start = by_hand([[[1.0], [0.0]], [[1.0], [0.0]], [[2.0], [0.0]]], ([1], [1]))
    line = sentences.discuss(_bent(start, [[[0.0], [0.0]], [[2.0], [0.0]], [[2.0], [0.0]]]), NL)[1]
    assert line == (
        "- C1-naam: partij 1 verwacht half-naam tot hoog-naam bij O1 en laag-naam bij O2, partij 2 "
        "laag-naam tot hoog-naam en laag-naam (eenheid C1). Alleen dit scheelt 0,27."
    )
    line = sentences.discuss(_bent(start, [[[1.0], [0.0]], [[2.0], [0.0]], [[2.0], [0.0]]]), NL)[1]
    assert line == (
        "- C1-naam: over alle gevallen samen verwachten de partijen hetzelfde, maar niet in elk "
        "geval. Alleen dit scheelt 0,30."
    )


def test_an_option_that_falls_out_is_noticed() -> None:
    """A preference for an option that does not meet a requirement is no way out; say so."""
    problem = by_hand([[[0.7, 0.3], [0.3, 0.5]]], ([3, 1], [1, 3])).first.comparison.problem
    strict = replace(problem, requirements=(Requirement("E", text("eis"), "C1", 0.5, "expert"),))
    alike = disagree(Party(strict, ("P1",)), Party(strict, ("P2",)), OPTIONS)
    assert sentences.notices(alike, NL)[1] == (
        "Voldoet niet aan een ondergrens en valt in de vergelijking af: O2."
    )
    apart = disagree(Party(problem, ("P1",)), Party(strict, ("P2",)), OPTIONS)
    assert sentences.notices(apart, NL) == [
        "Voldoet bij partij 2 niet aan een ondergrens en valt in haar vergelijking af: O2."
    ]
