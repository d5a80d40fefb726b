from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.analysis.lens_problems import lens_problem, ordered, random_lens_problem, said
from tests.analysis.random_problems import Shape, random_problem

import afweging as afw
from afweging.analysis import weight_space_sentences as told
from afweging.analysis.compare import compare
from afweging.analysis.weight_sets import WeightSetKind, weight_set
from afweging.analysis.weight_space import WeightSpace, find_weight_space
from afweging.analysis.weights import lens_shares
from afweging.methods.ranking import rank_scores
from afweging.model.preference import Judgement, Profile
from afweging.model.result import Comparison, Request
from afweging.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from afweging.analysis.word_table import WordTable

FloatArray = NDArray[np.float64]

DRAWS = 60_000
ROUNDED, NOISE = 0.0051, 4 * 0.5 / np.sqrt(DRAWS)
PERCENT = r"(\d+(?:[.,]\d+)?)\xa0%"


@cache
def _comparison(case: str) -> Comparison:
    if case == "brabant":
        return compare(afw.read_problem("scenarios/brabant"))
    kind, seed = case.split()
    if kind == "random":
        return compare(random_problem(int(seed), Shape(options=4)))
    return compare(random_lens_problem(int(seed), lenses=int(kind), options=4))


SETS: list[WeightSetKind] = ["order", "near"]
CASES = ["brabant", "random 1", "random 5", "2 3", "3 4", "4 5", "5 6"]


def _values(comparison: Comparison) -> FloatArray:
    """Return the value of each option within each lens, (A, L)."""
    problem = comparison.problem
    profile = next((p for p in problem.profiles if p.id == comparison.request.profile), None)
    means = np.einsum("s,sac->ac", comparison.weights.cases, comparison.scores.values.low)
    return np.asarray(means[list(comparison.admissible)] @ lens_shares(problem.tree, profile).T)


@cache
def _draws(case: str) -> tuple[FloatArray, FloatArray]:
    """Return draws of all lens weights, (K, L), and the scores with them, (K, A)."""
    values = _values(_comparison(case))
    draws = np.random.default_rng(8).dirichlet(np.ones(values.shape[1]), size=DRAWS)
    return draws, draws @ values.T


def _number(text: str, language: Language) -> float:
    return float(text.replace(",", ".") if language == "nl" else text) / 100


def _of_options(line: str, language: Language) -> dict[str, float]:
    """Return the percentage that stands before each option."""
    found = re.findall(rf"{PERCENT} (?:put )?(O\d)", line)
    return {option: _number(share, language) for share, option in found}


def _all(case: str, language: Language) -> tuple[WeightSpace, list[str]]:
    comparison = _comparison(case)
    space = find_weight_space(comparison)
    return space, told.sentences(comparison, space, Words(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_the_first_sentence_is_true(case: str, language: Language) -> None:
    """Each share of first places is that among draws; who is not named is first with none."""
    space, lines = _all(case, language)
    first = np.bincount(_draws(case)[1].argmax(axis=1), minlength=len(space.options)) / DRAWS
    shares = _of_options(lines[0], language)
    if not shares:  # one option is always first
        assert first.max() == 1
        assert space.options[int(first.argmax())] in lines[0]
        return
    for option, share in zip(space.options, first.tolist(), strict=True):
        assert shares.get(option, 0.0) == pytest.approx(share, abs=ROUNDED + NOISE)
    assert list(shares.values()) == sorted(shares.values(), reverse=True)
    never = [o for o, share in zip(space.options, first.tolist(), strict=True) if o not in shares]
    if never:
        assert all(option in lines[1] for option in never)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_central_weights_are_the_mean_of_draws(case: str, language: Language) -> None:
    """Those who put an option first weigh the lenses on average as is said."""
    comparison, words = _comparison(case), Words(language)
    space, lines = _all(case, language)
    draws, scores = _draws(case)
    start = words.text("space.central.line", option="#", weights=[]).split("#")[0]
    found = [line for line in lines if line.startswith(start)]
    lenses = comparison.problem.tree.children
    named = {lens.name.in_language(language): k for k, lens in enumerate(lenses)}
    for line in found:
        option = re.findall(r"O\d", line)[0]
        mine = scores.argmax(axis=1) == space.options.index(option)
        if mine.sum() < 300:
            continue
        mean = draws[mine].mean(axis=0)
        for name, k in named.items():
            (share,) = re.findall(rf"{re.escape(name)} {PERCENT}", line)
            assert _number(share, language) == pytest.approx(mean[k], abs=0.0051 + 0.02)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_the_strongest_rival_is(case: str, language: Language) -> None:
    """How often the option of now is ahead of the one that is ahead of it most often."""
    space, lines = _all(case, language)
    words, scores = Words(language), _draws(case)[1]
    tail = words.text("space.pair.line", option="#", share=0.5, rival="#").split("#")[-1]
    (line,) = [each for each in lines if each.endswith(tail)] or [""]
    if not line:
        leader = space.options.index(space.now.own[0])
        assert (scores.argmax(axis=1) == leader).all()
        return
    option, rival = (space.options.index(name) for name in re.findall(r"O\d", line))
    assert (space.options[option],) == space.now.own
    behind = (scores > scores[:, [option]]).mean(axis=0)
    assert behind[rival] == pytest.approx(behind.max(), abs=2 * NOISE)
    (share,) = re.findall(PERCENT, line)
    ahead = (scores[:, option] > scores[:, rival]).mean()
    assert _number(share, language) == pytest.approx(ahead, abs=ROUNDED + NOISE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_profiles_are_counted_where_they_stand(language: Language) -> None:
    """Per option who stands where it is first, with their mark; and who differs by own weights."""
    comparison, words = _comparison("brabant"), Words(language)
    space, lines = _all("brabant", language)
    values = _values(comparison)
    there: dict[str, list[str]] = {}
    for profile in comparison.problem.panel:
        standing = next(each for each in space.panel if each.profile == profile.id)
        option = space.options[int((values @ standing.weights).argmax())]
        mark = " (*)" if profile.origin == "about" else ""
        there.setdefault(option, []).append(profile.name.in_language(language) + mark)
    for option, names in there.items():
        facts = {"count": len(names), "total": 13, "option": option, "profiles": names}
        key = "first" if len(names) > 1 else "first_one"
        assert words.text(f"space.panel.{key}", **facts) in lines
    means = comparison.scores.means.low[list(comparison.admissible)]
    own = [space.options[int(k)] for k in (comparison.weights.panel @ means.T).argmax(axis=1)]
    others = [
        each.profile
        for each, option in zip(space.panel, own, strict=True)
        if option != each.first[0]
    ]
    assert len(others) == 2
    by_id = {profile.id: profile for profile in comparison.problem.panel}
    assert all(by_id[name or ""].name.in_language(language) in lines[-1] for name in others)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SETS)
def test_the_set_that_was_asked_is_told(kind: WeightSetKind, language: Language) -> None:
    """The shares within another set are those among draws from it."""
    comparison, words = _comparison("4 5"), Words(language)
    space = find_weight_space(comparison, weights=kind)
    lines = told.sentences(comparison, space, words)
    name = words.text(f"space.set.{kind}")
    (line,) = [each for each in lines if name in each]
    drawn = weight_set(comparison.problem.tree, None, kind).lenses
    draws = drawn.draw(DRAWS, np.random.default_rng(2))
    first = (draws @ _values(comparison).T).argmax(axis=1)
    shares = _of_options(line, language)
    for k, option in enumerate(space.options):
        share = (first == k).mean()
        if shares:
            assert shares.get(option, 0.0) == pytest.approx(share, abs=ROUNDED + NOISE)
        else:
            assert (share == 1) == (option in line)


def _asked(profile: Profile, values: list[list[float]]) -> Comparison:
    return compare(lens_problem(values, profiles=[profile]), Request(profile=profile.id))


THREE = [[1.0, 0.0, 0.2], [0.0, 1.0, 0.3], [0.3, 0.4, 0.9]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_named_by_their_profile(language: Language) -> None:
    """The set is that of the answers of the profile in use."""
    words = Words(language)
    comparison = _asked(ordered("ABC"), THREE)
    lines = told.sentences(comparison, find_weight_space(comparison), words)
    name = "volgorde-naam" if language == "nl" else "volgorde-name"
    (line,) = [each for each in lines if name in each and "%" in each]
    draws = -np.sort(-np.random.default_rng(2).dirichlet(np.ones(3), size=DRAWS), axis=1)
    first = (draws @ np.array(THREE).T).argmax(axis=1)
    for option, share in _of_options(line, language).items():
        expected = (first == int(option[1]) - 1).mean()
        assert share == pytest.approx(expected, abs=ROUNDED + NOISE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_flat_set_says_so(language: Language) -> None:
    """A set of a lower dimension says in how many directions it is free; a point has one answer."""
    words = Words(language)
    line = said(Judgement("ratio", "A", "B", times=2.0))
    comparison = _asked(line, THREE)
    lines = told.sentences(comparison, find_weight_space(comparison), words)
    assert words.text("space.answer.flat_one", freedom=1, full=2) in lines
    point = said(Judgement("ratio", "A", "B", times=2.0), Judgement("ratio", "B", "C", times=2.0))
    comparison = _asked(point, THREE)
    space = find_weight_space(comparison, weights="answers")
    name = told.set_name(comparison, space.fitting, words) if space.fitting else ""
    expected = words.text("space.answer.single", options=["O1"], set=name)
    assert expected in told.sentences(comparison, space, words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_order_is_told(language: Language) -> None:
    """With equal weights there is no order: all weights count."""
    comparison, words = compare(lens_problem(THREE)), Words(language)
    space = find_weight_space(comparison, weights="order")
    assert words.text("space.answer.no_order") in told.sentences(comparison, space, words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ties_are_told_together(language: Language) -> None:
    """Copies are one item; who is first on an edge only is told apart from who never is."""
    words = Words(language)
    comparison = compare(lens_problem([[1, 0], [0, 1], [1, 0], [1, -0.0], [0.2, 0.2]]))
    space = find_weight_space(comparison)
    first, never, *_ = told.sentences(comparison, space, words)
    together = words.text("space.answer.tied_first", share=0.5, options=["O1", "O3", "O4"])
    alone = words.text("space.answer.share_first", share=0.5, option="O2")
    assert (
        together in first
        or words.text("space.answer.tied", share=0.5, options=["O1", "O3", "O4"]) in first
    )
    assert (alone in first) or words.text("space.answer.share", share=0.5, option="O2") in first
    assert never == words.text("space.answer.never_one", options=["O5"])
    comparison = compare(lens_problem([[1, 0.5], [1, 0.2]]))
    lines = told.sentences(comparison, find_weight_space(comparison), words)
    assert lines[1] == words.text("space.answer.edge_one", options=["O2"])
    assert lines[0] == words.text(
        "space.answer.always", count=words.text("space.count.2"), option="O1"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_rivals_that_tie_are_told_together(language: Language) -> None:
    """O1 is ahead where the first lens weighs most, by the same share of each of two copies."""
    words = Words(language)
    comparison = compare(lens_problem([[1, 0], [0, 1], [0, 1]], weights=[3, 1]))
    lines = told.sentences(comparison, find_weight_space(comparison), words)
    facts = {"option": "O1", "share": 0.5, "rivals": ["O2", "O3"]}
    assert words.text("space.pair.lines", **facts) in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_computed_is_said(language: Language) -> None:
    """Six lenses have no exact shares; one lens has nothing to weigh."""
    words = Words(language)
    comparison = compare(random_lens_problem(2, lenses=6))
    space = find_weight_space(comparison)
    lines = told.sentences(comparison, space, words)
    assert lines[0] == words.text("space.answer.too_many", count=6, most=5)
    assert not any("%" in line for line in lines)
    assert len(told.tables(comparison, space, words)) == 1
    comparison = compare(lens_problem([[0.2], [0.7]]))
    lines = told.sentences(comparison, find_weight_space(comparison), words)
    assert lines == [words.text("space.answer.one_lens")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", ["brabant", "random 1", "4 5"])
def test_tables_hold_what_draws_show(case: str, language: Language) -> None:
    """First places, ranks and pairs, cell by cell."""
    comparison = _comparison(case)
    space = find_weight_space(comparison)
    shares, ranks, pairs, panel = told.tables(comparison, space, Words(language))
    draws, scores = _draws(case)
    places = rank_scores(scores)
    for k, row in enumerate(shares.rows):
        first = places[:, k] == 1
        assert _cell(row[1], language) == pytest.approx(first.mean(), abs=0.0006 + NOISE)
        if first.sum() > 300:
            means = draws[first].mean(axis=0)
            assert [_cell(cell, language) for cell in row[3:]] == pytest.approx(means, abs=0.02)
    for k, row in enumerate(ranks.rows):
        for rank, cell in enumerate(row[1:], start=1):
            share = (places[:, k] == rank).mean()
            assert _cell(cell, language) == pytest.approx(share, abs=0.0006 + NOISE)
    for row, each in zip(panel.rows, space.panel, strict=True):
        assert row[1:3] == (", ".join(each.first), ", ".join(each.own))
        assert [_cell(cell, language) for cell in row[3:]] == pytest.approx(each.weights, abs=6e-4)
    _pairs_hold(pairs, scores, language)


def _pairs_hold(pairs: WordTable, scores: FloatArray, language: Language) -> None:
    for k, row in enumerate(pairs.rows):
        assert row[k + 1] == "–"
        for i, cell in enumerate(row[1:]):
            if i != k:
                share = (scores[:, k] > scores[:, i]).mean()
                assert _cell(cell, language) == pytest.approx(share, abs=0.0006 + NOISE)


def _cell(text: str, language: Language) -> float:
    return _number(text.removesuffix("\xa0%"), language)


def test_a_set_has_its_own_table() -> None:
    """With another set there is one table more, with its name."""
    comparison, words = _comparison("4 5"), Words("nl")
    tables = told.tables(comparison, find_weight_space(comparison, weights="near"), words)
    assert len(tables) == 5
    assert words.text("space.set.near") in tables[1].title


def test_names_that_are_no_codes_are_told_in_full() -> None:
    """An option with a word for an id is told by its name."""
    problem = lens_problem([[1, 0], [0, 1]])
    first = replace(problem.alternatives[0], id="handhaven")
    problem = replace(problem, alternatives=(first, *problem.alternatives[1:]))
    comparison = compare(problem)
    lines = told.sentences(comparison, find_weight_space(comparison), Words("nl"))
    assert "O1-naam" in lines[0]
