from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.oracle import NEAR, Oracle
from tests.analysis.random_problems import Shape, leaf, plain_problem
from tests.memo.matters import FEW, brabant, random_matter

from afweging.memo.advice import FIRM, LIKELY, advice
from afweging.memo.matter import Matter
from afweging.memo.results import find
from afweging.model.problem import DecisionProblem, Requirement
from afweging.model.result import Request
from afweging.model.text import Text
from afweging.wording import LANGUAGES, Language, Words

SHAPES = [Shape(options=5), Shape(options=3, profiles=0), Shape(options=6, clones=1)]


def _matter(problem: DecisionProblem, language: Language = "nl") -> Matter:
    return Matter(*find(problem, Request(), FEW), Words(language))


def _options(*scores: float) -> DecisionProblem:
    """Return options with these scores, on one criterion."""
    return plain_problem([[[score] for score in scores]], (leaf("c"),))


def test_the_advice_on_brabant() -> None:
    """The first, how sure, and what to watch: three sentences, in words that a reader knows."""
    told = advice(brabant())
    assert len(told) == 3
    assert told[0].startswith("Kies O7 Handhaving en bescherming in de hele keten: ")
    assert "0,577" in told[0]
    assert told[1].startswith("Dat is niet zeker: ")
    assert told[2].startswith("Let op: in het scenario Doorgroei van arbeidsintensief werk ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("seed", range(4))
def test_how_sure_is_how_often_first(seed: int, shape: Shape, language: Language) -> None:
    """The shares told are those of the draws, and the word for them follows from the share."""
    matter = random_matter(seed, shape, language)
    if matter.winner is None or len(matter.ranked) < 2:
        return
    assert matter.robust is not None
    found = matter.robust.acceptability
    first = dict(zip(found.options, found.drawn.rank_counts[:, 0] / found.drawn.draws, strict=True))
    own = float(first.pop(matter.winner))
    told = advice(matter)[1]
    if own == 1.0:
        assert not re.search(r"\d", told)
        return
    words = {
        "nl": ("Dat staat stevig", "Dat is waarschijnlijk", "Dat is niet zeker"),
        "en": ("That is firm", "That is likely", "That is not certain"),
    }[language]
    assert told.startswith(words[0 if own >= FIRM else 1 if own >= LIKELY else 2])
    shown = [matter.words.format_field(s, "share1") for s in (own, float(max(first.values())))]
    assert [told.find(share) for share in shown] == sorted(told.find(share) for share in shown)
    assert all(share in told for share in shown)
    best = [name for name, share in first.items() if share == max(first.values())]
    assert all(matter.names.option(name) in told for name in best)


def test_a_tie_is_not_broken() -> None:
    """Two that are level are both named, and no reason is made up to choose between them."""
    told = advice(_matter(_options(0.6, 0.6, 0.2)))
    assert told[0].startswith("Gelijk bovenaan staan ")
    assert told[0].count("-naam") == 2
    assert "0,600" in told[0]


def test_one_option_alone_is_said_to_be_so() -> None:
    """Only one meets the requirement: nothing is said about others."""
    problem = _options(0.9, 0.4)
    floor = Requirement("r", Text("ondergrens"), "c", 0.5, "assumption")
    told = advice(_matter(replace(problem, requirements=(floor,))))
    assert len(told) == 1
    assert told[0].startswith("Alleen ")
    none = advice(_matter(replace(problem, requirements=(replace(floor, threshold=0.95),))))
    assert none[0].startswith("Geen enkele optie voldoet aan alle ondergrenzen; ")


def test_missing_effects_come_first() -> None:
    """Where a gap decides, no choice is advised; where it does not, it is asked to be filled."""
    gap = float("nan")
    told = advice(_matter(_options(0.5, gap)))
    assert told[0].startswith("Kies nog niet: ")
    assert "(1)" in told[0]
    assert told[1].startswith("Vul eerst de ontbrekende effecten aan, bij ")


# --- every sentence, against loops over plain numbers -------------------------------------------

TRAPS = [
    Shape(options=5, requirements=2, horizons=3),
    Shape(options=4, gaps=2),
    Shape(options=6, clones=2, requirements=0),
    Shape(options=1, requirements=0),
    Shape(options=3, requirements=0, profiles=0, scenarios=4),
]
CHOICE = {
    "nl": {
        "open": "Kies nog niet: ",
        "tie": "Gelijk bovenaan staan ",
        "only": "Alleen ",
        "one": "Kies ",
        "none": "Geen enkele optie voldoet aan alle ondergrenzen; ",
    },
    "en": {
        "open": "Do not choose yet: ",
        "tie": "Level in first place are ",
        "only": "Only ",
        "one": "Choose ",
        "none": "No option meets all requirements; ",
    },
}
WATCH = {
    "nl": (
        "Let op: in het scenario ",
        "Let op: op de criteria van ",
        ("Wie de grootste spijt", "Over de scenario's is", "De kleinste grootste spijt"),
    ),
    "en": (
        "Note: in the scenario ",
        "Note: on the criteria of ",
        ("Those who want the greatest", "Over the scenarios", "The smallest greatest regret"),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", TRAPS, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_the_choice_is_that_of_a_loop(seed: int, shape: Shape, language: Language) -> None:
    """Who is named, and with which score: of the highest of those that take part."""
    matter = random_matter(seed, shape, language)
    oracle, words = Oracle(matter.comparison.problem), matter.words
    told, scores = advice(matter)[0], oracle.expected
    first = oracle.first(scores)
    if not oracle.settled(scores):
        key = "open"
    elif oracle.none_meets:
        key = "none"
    else:
        key = "only" if len(oracle.allowed) == 1 else "tie" if len(first) > 1 else "one"
    assert told.startswith(CHOICE[language][key]), told
    named = {o for o in oracle.options if matter.names.option(o) in told}
    assert named == set(first)
    low, high = scores[first[0]]
    shown = words.format_field(low, "3")
    assert (shown in told) == (key != "open" and high - low < NEAR), told
    if key == "open":
        assert words.format_field(int(np.isnan(_effects(matter)).sum()), "number") in told
        incomplete = {
            o for k, o in enumerate(oracle.options) if np.isnan(_effects(matter)[:, k]).any()
        }
        asked = advice(matter)[1]
        assert {o for o in oracle.options if matter.names.option(o) in asked} == incomplete


def _effects(matter: Matter) -> np.ndarray:
    return matter.comparison.problem.effects.mode


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", TRAPS, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_what_to_watch_is_that_of_a_loop(seed: int, shape: Shape, language: Language) -> None:
    """A requirement missed later comes first, then who is best for others, then the regret."""
    matter = random_matter(seed, shape, language)
    if matter.robust is None or matter.winner is None or len(matter.ranked) < 2:
        return
    oracle = Oracle(matter.comparison.problem)
    told = advice(matter)[2:]
    missed = _missed_by(oracle, matter.winner)
    others = _better_for_others(oracle, matter)
    later, perspective, regret = WATCH[language]
    if missed:
        assert told[0].startswith(later)
        assert any(all(part in told[0] for part in _named(matter, *each)) for each in missed)
    elif others:
        assert told[0].startswith(perspective)
        for option in oracle.allowed:
            assert (matter.names.option(option) in told[0]) == (option in others)
    elif told:
        assert told[0].startswith(regret)
        least = min(oracle.greatest_regret(option)[0] for option in oracle.allowed)
        if least > NEAR:
            assert matter.words.format_field(least, "gap") in told[0]
    else:
        assert len(matter.comparison.problem.scenarios) == 1


def _missed_by(oracle: Oracle, option: str) -> list[tuple[str, str, list[str]]]:
    """Return the scenarios and the first horizon in each at which an option misses requirements."""
    found = []
    for scenario in oracle.ids["scenario"]:
        for horizon in oracle.ids["horizon"]:
            missed = [
                each.id
                for each in oracle.problem.requirements
                if _share_missed(oracle, each.id, option, (scenario, horizon))
                > each.tolerated_share + NEAR
            ]
            if missed:
                found.append((scenario, horizon, missed))
                break
    return found


def _share_missed(oracle: Oracle, requirement: str, option: str, at: tuple[str, str]) -> float:
    """Return the share of the regions, each as heavy, in which a requirement is missed."""
    asked = next(each for each in oracle.problem.requirements if each.id == requirement)
    rises = oracle.criteria[asked.criterion].direction == "max"
    regions = oracle.ids["region"]
    effects = [oracle.effect((at[0], r, at[1]), option, asked.criterion) for r in regions]
    return sum(e < asked.threshold if rises else e > asked.threshold for e in effects) / len(
        regions
    )


def _named(matter: Matter, scenario: str, horizon: str, missed: list[str]) -> list[str]:
    names = matter.names
    told = [names.case("scenario", scenario), names.case("horizon", horizon)]
    return [*told, *(names.of[f"requirement {each}"] for each in missed)]


def _better_for_others(oracle: Oracle, matter: Matter) -> set[str]:
    """Return who is best on the criteria of the one perspective, where the first is not."""
    own = [c.id for c in oracle.problem.criteria if c.perspective == "mens"]
    if not own:
        return set()
    sums = {o: sum(oracle.part(o, c)[0] for c in own) for o in oracle.allowed}
    best = {o for o, score in sums.items() if score >= max(sums.values()) - NEAR}
    return set() if matter.winner in best else best


# --- plain language -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_advice_is_in_short_sentences(language: Language) -> None:
    """At the level B1: at most 15 words on average and 30 in one, names counted as one word.

    The names of options and scenarios are the author's; a colon and a semicolon end a thought.
    """
    matter = brabant(language)
    problem, names = matter.comparison.problem, matter.names
    said = [names.option(each.id) for each in problem.alternatives]
    said += [names.case("scenario", each.id) for each in problem.scenarios]
    said += [names.of[f"requirement {each.id}"] for each in problem.requirements]
    counts = []
    for sentence in advice(matter):
        plain = sentence
        for name in sorted(said, key=len, reverse=True):
            plain = plain.replace(name, "Naam")
        parts = [part for part in re.split(r"[:;]\s", plain) if part.strip()]
        counts += [len(part.split()) for part in parts]
        assert len(plain.split()) <= 40
    assert max(counts) <= 30
    assert sum(counts) / len(counts) <= 15
