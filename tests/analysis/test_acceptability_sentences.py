from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.drawn import Drawn, wilson
from tests.analysis.random_problems import (
    Shape,
    leaf,
    plain_problem,
    random_problem,
    stated_uniform,
    text,
)

import afweging as afw
from afweging.analysis.acceptability import find_acceptability
from afweging.analysis.acceptability_sentences import sentences
from afweging.analysis.compare import compare
from afweging.analysis.naming import names_of
from afweging.analysis.weights import members
from afweging.model.criterion import Group
from afweging.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.acceptability import AcceptabilityFound
    from afweging.analysis.weight_draws import WeightKind
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

DRAWS = 400


@cache
def _comparison(seed: int) -> Comparison:
    if seed == 0:
        return compare(afw.read_problem("scenarios/brabant"))
    return compare(random_problem(seed, Shape(options=5, scenarios=2, regions=2, horizons=1)))


@cache
def _found(seed: int, kind: WeightKind = "all") -> AcceptabilityFound:
    return find_acceptability(_comparison(seed), weights=kind, draws=DRAWS)


@cache
def _oracle(seed: int, kind: WeightKind = "all") -> Drawn:
    return Drawn(_comparison(seed), kind=kind, draws=DRAWS)


def _told(
    comparison: Comparison, found: AcceptabilityFound, language: Language = "nl"
) -> dict[str, str]:
    """Return the sentences by what they start to be about, known by their fixed words."""
    lines = sentences(comparison, found, Words(language))
    marks = {
        "nl": {
            "first": "komt .* op de eerste plaats",
            "next": "^Na .* het vaakst",
            "never": "geen enkele|met deze gewichten niet",
            "likely": "^Zijn alleen de gewichten",
            "central": "^Wie .* weegt gemiddeld",
            "factor": "^Met die gewichten",
            "pair": "hoger dan",
            "tie": "gelijk",
            "cases": "^Per geval",
        },
        "en": {
            "first": "comes first",
            "next": "^After .* most often first",
            "never": "no draw at all|no participant at all|not come first",
            "likely": "^If only the weights",
            "central": "^Whoever has",
            "factor": "^With those weights",
            "pair": "scores higher than",
            "tie": "score the same",
            "cases": "^By case",
        },
    }[language]
    order = ("next", "never", "likely", "central", "factor", "pair", "tie", "cases", "first")
    by_name: dict[str, str] = {}
    for line in lines:
        for name in order:
            if re.search(marks[name], line):
                by_name.setdefault(name, line)
                break
    return by_name


def _percentages(line: str, language: Language) -> list[float]:
    found = re.findall(r"(\d+(?:[.,]\d+)?)\s?%", line)
    return [float(n.replace(",", ".") if language == "nl" else n) for n in found]


def _shown(share: float) -> float:
    """Return a share in per cent; what is just below all is not shown as all."""
    return min(100 * share, 99.9) if share < 1 else 100.0


def _names(seed: int, language: Language) -> list[str]:
    names = names_of(_comparison(seed).problem, language)
    return [names.option(name) for name in _oracle(seed).options]


def _order(oracle: Drawn) -> list[int]:
    """Return the options by how often they are first, counted plainly."""
    counts = (oracle.ranks == 1).sum(axis=0)
    return sorted(range(len(counts)), key=lambda a: -counts[a])


SEEDS = [0, 2, 3, 5, 8, 13]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_who_is_first_and_how_often(seed: int, language: Language) -> None:
    """The option that leads most, its share, its margin, and those that come next."""
    oracle, told = _oracle(seed), _told(_comparison(seed), _found(seed), language)
    counts = (oracle.ranks == 1).sum(axis=0)
    order, names = _order(oracle), _names(seed, language)
    share = counts[order[0]] / DRAWS
    assert names[order[0]] in told["first"]
    expected = [_shown(x) for x in (share, *wilson(share, DRAWS))]
    assert _percentages(told["first"], language) == pytest.approx(expected, abs=0.051)
    assert f" {DRAWS} " in told["first"]
    others = [a for a in order[1:] if counts[a]][:3]
    if others:
        shares = [100 * counts[a] / DRAWS for a in others]
        assert _percentages(told["next"], language) == pytest.approx(shares, abs=0.051)
        assert {a for a, name in enumerate(names) if name in told["next"]} <= {
            a for a in range(len(names)) if counts[a] >= counts[others[-1]]
        }
    else:
        assert "next" not in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["all", "near"])
@pytest.mark.parametrize("seed", SEEDS)
def test_who_is_never_first(seed: int, kind: WeightKind, language: Language) -> None:
    """Exactly the options that no draw puts first, with the most that it can still be."""
    oracle, told = _oracle(seed, kind), _told(_comparison(seed), _found(seed, kind), language)
    never = [a for a in range(len(oracle.options)) if not (oracle.ranks[:, a] == 1).any()]
    assert never or kind == "all" or seed in {2, 8}  # four problems have such an option
    if not never:
        assert "never" not in told
        return
    names = _names(seed, language)
    assert [a for a, name in enumerate(names) if name in told["never"]] == never
    (high,) = _percentages(told["never"], language)
    assert high == pytest.approx(100 * wilson(0.0, DRAWS)[1], abs=0.0051)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_weights_and_what_confidence(seed: int, language: Language) -> None:
    """The mean weights of the lenses of the leader, heaviest first, and its confidence factor."""
    comparison, oracle = _comparison(seed), _oracle(seed)
    told = _told(comparison, _found(seed), language)
    a = _order(oracle)[0]
    central = oracle.central()
    tree = comparison.problem.tree
    lenses = members(tree, tree.children) @ central[a]
    shown = _percentages(told["central"], language)
    assert shown == pytest.approx(sorted(100 * lenses, reverse=True), abs=0.51)
    names = names_of(comparison.problem, language)
    heaviest = tree.children[int(lenses.argmax())]
    rest = told["central"].split(":")[1]
    assert rest.strip().startswith(names.criterion(heaviest.id))
    share = float(oracle.cross(_found(seed).drawn.central_weights)[a, a])
    expected = [_shown(x) for x in (share, *wilson(share, DRAWS))]
    assert _percentages(told["factor"], language) == pytest.approx(expected, abs=0.051)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_else_is_said(seed: int, language: Language) -> None:
    """Most likely effects, the pair that leads most, ties, and the cases."""
    comparison, oracle = _comparison(seed), _oracle(seed)
    told = _told(comparison, _found(seed), language)
    order = _order(oracle)
    likely = _shown(float((oracle.likely[:, order[0]] == 1).mean()))
    assert _percentages(told["likely"], language) == pytest.approx([likely], abs=0.051)
    scores = oracle.scores(oracle.values, oracle.weights)
    (shown,) = _percentages(told["pair"], language)
    runner = [b for b in order[1:] if (oracle.ranks[:, b] == 1).any()]
    if runner:
        counts = (oracle.ranks == 1).sum(axis=0)
        level = [b for b in runner if counts[b] == counts[runner[0]]]
        ahead = [_shown(float((scores[:, order[0]] > scores[:, b] + 1e-9).mean())) for b in level]
        assert min(abs(shown - each) for each in ahead) <= 0.051
    lead = np.array([oracle.case_first(case) for case in range(len(comparison.cases.rows))])
    most = lead >= lead.max(axis=1, keepdims=True) - 1e-12
    counts = [int(n) for n in re.findall(r" (?:in) (\d+)", told["cases"])]
    assert counts == sorted((n for n in most.sum(axis=0).tolist() if n), reverse=True)
    total = re.search(r" (?:van de|of the) (\d+)", told["cases"])
    assert total is not None
    assert int(total[1]) == len(lead)
    ambiguous = bool((most.sum(axis=1) > 1).any())
    assert ("telt het geval" in told["cases"] or "the case counts" in told["cases"]) == ambiguous


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_drawn(language: Language) -> None:
    """Each kind of weights has its words, with the number of draws, estimates and the seed."""
    comparison, words = _comparison(3), Words(language)
    for kind in ("all", "lenses", "order", "near", "panel"):
        found = _found(3, kind)
        *_, basis, uncertain, seed = sentences(comparison, found, words)
        assert str(DRAWS) in basis
        assert f" {found.uncertain}." in uncertain
        assert " 1 " in seed
        if kind == "near":
            assert words.format_field(1.5, "number") in basis
        if kind == "panel":
            assert f" {len(found.profiles)} " in basis
    bases = {sentences(comparison, _found(3, k), words)[-3] for k in ("all", "lenses", "order")}
    assert len(bases) == 3
    known = find_acceptability(comparison, effects=False, draws=100)
    assert words.text("acceptability.basis.known") in sentences(comparison, known, words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_participants_are_counted(language: Language) -> None:
    """With known effects participants are counted, without margins and without a seed."""
    comparison = _comparison(0)
    found = find_acceptability(comparison, weights="panel", effects=False)
    lines = sentences(comparison, found, Words(language))
    winners = [each for each in comparison.first.profiles if each.of in found.profiles]
    counts = {name: sum(name in each.alternatives for each in winners) for name in found.options}
    best = max(counts, key=lambda name: counts[name])
    assert f" {counts[best]} " in lines[0]
    assert f" {len(winners)} " in lines[0]
    assert best in lines[0]
    assert _percentages(lines[0], language) == pytest.approx(
        [100 * counts[best] / len(winners)], abs=0.051
    )
    seed = Words(language).text("acceptability.basis.seed", seed=1)
    assert seed not in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_that_errs_together_is_named(language: Language) -> None:
    """With its title and the number of estimates that follow it."""
    problem = _comparison(3).problem
    first, *others = problem.sources
    effects = replace(problem.effects, source=np.zeros(problem.effects.source.shape, np.int32))
    declared = replace(first, correlated=True)
    comparison = compare(replace(problem, sources=(declared, *others), effects=effects))
    found = find_acceptability(comparison, draws=50)
    (line,) = [
        line
        for line in sentences(comparison, found, Words(language))
        if first.title.in_language(language) in line
    ]
    assert str(found.uncertain) in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_uniform_estimates_are_counted(language: Language) -> None:
    """In all cases, and in some of them, by a count of its own; else nothing is said of it."""
    problem = _comparison(3).problem
    comparison = compare(stated_uniform(problem, 0, 1))
    found = find_acceptability(comparison, draws=50)
    said = sentences(comparison, found, Words(language))
    plain = sentences(_comparison(3), _found(3), Words(language))
    effects, taking_part = comparison.problem.effects, np.array(comparison.admissible)
    unsure = effects.low < effects.high
    even = unsure & np.isin(effects.source, [0, 1])
    both = unsure.any(axis=0) & taking_part[:, None]
    uniform = both & (even == unsure).all(axis=0)
    partly = both & even.any(axis=0) & ~uniform
    ending = Words(language).text("estimates.spread.rest")
    (line,) = [each for each in said if each.endswith(ending)]
    shown = [int(number) for number in re.findall(r"\d+", line)]
    assert shown == [uniform.sum(), both.sum(), partly.sum()]
    assert not [each for each in plain if ending in each]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ties_are_said(language: Language) -> None:
    """Two identical options: both first, and level in all draws."""
    children = (leaf("c1"), leaf("c2"))
    problem = plain_problem([[[0.3, 0.3], [0.3, 0.3], [0.1, 0.2]]], children)
    comparison = compare(problem)
    told = _told(comparison, find_acceptability(comparison, draws=100), language)
    assert _percentages(told["tie"], language) == [100]
    assert "O1" in told["first"]
    assert "O2" in told["first"]
    assert "O3" in told["never"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_degenerate_problems_are_told(language: Language) -> None:
    """One criterion, one option, one lens, one participant: said without percentages of nothing."""
    one = compare(plain_problem([[[0.2], [0.7]]], (leaf("c"),)))
    lines = sentences(one, find_acceptability(one), Words(language))
    assert all("%" not in line for line in lines)
    assert "O2" in lines[0]
    assert Words(language).text("acceptability.basis.once") in lines
    single = compare(plain_problem([[[0.2, 0.3]]], (leaf("c"), leaf("d"))))
    lines = sentences(single, find_acceptability(single, draws=50), Words(language))
    assert _percentages(lines[0], language)[0] == 100
    lens = Group("lens", text("lens"), 1.0, (leaf("c"), leaf("d")))
    under = compare(plain_problem([[[0.2, 0.3], [0.4, 0.1]]], (lens,)))
    told = _told(under, find_acceptability(under, draws=50), language)
    assert "central" not in told
    person = find_acceptability(_comparison(3), weights="panel", panel=("P1",), effects=False)
    assert Words(language).text("acceptability.basis.each_one") in sentences(
        _comparison(3), person, Words(language)
    )


def test_an_option_has_its_full_name_once() -> None:
    """After that its short code says enough."""
    lines = "\n".join(sentences(_comparison(0), _found(0), Words("nl")))
    names = names_of(_comparison(0).problem, "nl")
    for name in _found(0).options:
        assert lines.count(names.option(name)) <= 1
