from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.analysis.lens_problems import lens_problem, ordered, random_lens_problem
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem

import afweging as afw
from afweging.analysis import incomplete_weights_sentences as told
from afweging.analysis.compare import compare
from afweging.analysis.incomplete_weights import IncompleteWeights, find_incomplete
from afweging.analysis.weights import lens_shares
from afweging.methods.weight_relations import extreme_ranks
from afweging.model.result import Comparison, Request
from afweging.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from afweging.analysis.weight_sets import WeightSetKind

FloatArray = NDArray[np.float64]

CASES = ["brabant", "random 1", "random 5", "random 8", "3 4", "4 5"]
KINDS: list[WeightSetKind] = ["all", "lenses"]


@cache
def _comparison(case: str) -> Comparison:
    if case == "brabant":
        return compare(afw.read_problem("scenarios/brabant"))
    kind, seed = case.split()
    if kind == "random":
        return compare(random_problem(int(seed), Shape(options=4)))
    return compare(random_lens_problem(int(seed), lenses=int(kind), options=4))


@cache
def _found(case: str, kind: WeightSetKind) -> tuple[IncompleteWeights, FloatArray]:
    """Return what was found, and the values at the corners of the set, (A, V).

    With all weights these are the criteria, with those of the lenses the lenses.
    """
    comparison = _comparison(case)
    means = comparison.scores.means.low[list(comparison.admissible)]
    values = means if kind == "all" else means @ lens_shares(comparison.problem.tree).T
    return find_incomplete(comparison, weights=kind), np.asarray(values)


def _lines(case: str, kind: WeightSetKind, language: Language) -> list[str]:
    return told.sentences(_comparison(case), _found(case, kind)[0], Words(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", CASES)
def test_every_sentence_holds(case: str, kind: WeightSetKind, language: Language) -> None:
    """All sentences are built again from the values at the corners, and are the same."""
    (found, values), words = _found(case, kind), Words(language)
    lines = _lines(case, kind, language)
    (leader,) = _comparison(case).first.overall.alternatives
    expected = [
        *_of_leader(found, values, leader, words),
        *_of_least(found, values, leader, words),
        *_of_never(found, words),
        *_of_dominated(found, values, words),
        _of_rules(found, values, words),
    ]
    assert lines == expected


def _loss(values: FloatArray) -> FloatArray:
    """Return the most that each loses to each, (A, A)."""
    return np.asarray((values[None] - values[:, None]).max(axis=2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_clones_are_as_good_as_each_other_and_never_better(language: Language) -> None:
    """That no option is as good as another and sometimes better is true; the first half is not."""
    children = (leaf("a"), leaf("b"))
    comparison = compare(plain_problem([[[0.9, 0.1], [0.1, 0.9], [0.9, 0.1]]], children))
    found = find_incomplete(comparison, weights="all")
    lines = " ".join(told.sentences(comparison, found, Words(language)))
    ends = {"nl": "minstens zo goed als de andere en bij sommige beter.", "en": "better with some."}
    assert ends[language] in lines


def _of_leader(
    found: IncompleteWeights, values: FloatArray, leader: str, words: Words
) -> list[str]:
    place = found.options.index(leader)
    best, worst = (int(ranks[place]) for ranks in extreme_ranks(values))
    facts = {"set": words.text(f"incomplete.set.{found.kind}"), "option": leader, "best": best}
    ranks = words.text("incomplete.answer.ranks", worst=worst, **facts)
    if best == worst:
        ranks = words.text("incomplete.answer.rank", **facts)
    losses = _loss(values)[place]
    if losses.max() <= 1e-9:
        return [ranks, words.text("incomplete.answer.no_loss", option=leader)]
    pairs = zip(found.options, losses, strict=True)
    against = [name for name, loss in pairs if loss >= losses.max() - 1e-9]
    facts = {"option": leader, "loss": float(losses.max()), "against": against}
    return [ranks, words.text("incomplete.answer.loss", **facts)]


def _of_least(found: IncompleteWeights, values: FloatArray, leader: str, words: Words) -> list[str]:
    losses = _loss(values).max(axis=1)
    pairs = zip(found.options, losses, strict=True)
    least = [name for name, loss in pairs if loss <= losses.min() + 1e-9]
    facts = {"options": least, "loss": float(losses.min())}
    return [] if leader in least else [words.text("incomplete.answer.least", **facts)]


def _of_never(found: IncompleteWeights, words: Words) -> list[str]:
    pairs = zip(found.options, found.margins.tolist(), strict=True)
    never = [name for name, margin in pairs if margin < -1e-9]
    if not never:
        return [words.text("incomplete.answer.all_can")]
    return [words.text("incomplete.answer.never", options=never)]


def _of_dominated(found: IncompleteWeights, values: FloatArray, words: Words) -> list[str]:
    lines = []
    for k, loser in enumerate(found.options):
        leads = values - values[k]
        over = (leads >= -1e-9).all(axis=1) & (leads > 1e-9).any(axis=1)
        names = [name for name, ahead in zip(found.options, over, strict=True) if ahead]
        if names:
            facts = {"loser": loser, "options": names}
            lines.append(words.text("incomplete.answer.dominated", **facts))
    return lines or [words.text("incomplete.answer.not_dominated")]


def _of_rules(found: IncompleteWeights, values: FloatArray, words: Words) -> str:
    low, high = values.min(axis=1), values.max(axis=1)
    judged = {
        "maximax": high,
        "maximin": low,
        "central": low + high,
        "minimax_regret": -_loss(values).max(axis=1),
    }
    picked = {
        rule: [n for n, each in zip(found.options, by, strict=True) if each >= by.max() - 1e-9]
        for rule, by in judged.items()
    }
    if len({tuple(names) for names in picked.values()}) == 1:
        return words.text("incomplete.answer.rules_same", options=picked["maximax"])
    return words.text("incomplete.answer.rules", **picked)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", CASES)
def test_every_cell_holds(case: str, kind: WeightSetKind, language: Language) -> None:
    """Scores, ranks, losses and measures in the tables are those at the corners."""
    (found, values), words = _found(case, kind), Words(language)
    options, rules, weights = told.tables(_comparison(case), found, words)
    losses, (best, worst) = _loss(values).max(axis=1), extreme_ranks(values)
    for k, row in enumerate(options.rows):
        ends = values[k].min(), values[k].max()
        assert row[3:5] == tuple(words.format_field(float(end), "3") for end in ends)
        assert row[5:7] == (str(best[k]), str(worst[k]))
        assert row[7] == words.format_field(float(losses[k]), "3")
    judged = [
        values.max(),
        values.min(axis=1).max(),
        (values.min(axis=1) + values.max(axis=1)).max() / 2,
        losses.min(),
    ]
    for row, by in zip(rules.rows, judged, strict=True):
        assert row[2] == words.format_field(float(by), "3")
    for k, row in enumerate(weights.rows):
        lead = _number(row[1], language)
        assert lead == pytest.approx(found.margins[k], abs=6e-4)
        assert sum(_number(cell[:-2], language) for cell in row[2:]) == pytest.approx(100, abs=0.3)


def _number(text: str, language: Language) -> float:
    return float((text.replace(",", ".") if language == "nl" else text).replace("−", "-"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answers_are_named_by_their_profile(language: Language) -> None:
    """The set is that of the profile in use."""
    problem = lens_problem([[1, 0, 0.2], [0, 1, 0.4]], profiles=[ordered("ABC")])
    comparison = compare(problem, Request(profile="volgorde"))
    lines = told.sentences(
        comparison, find_incomplete(comparison, weights="answers"), Words(language)
    )
    assert "volgorde-naam" in lines[0] if language == "nl" else "volgorde-name" in lines[0]
    assert re.findall(r"O\d", lines[0]) == ["O1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_option_has_nothing_to_say(language: Language) -> None:
    """One sentence and one table."""
    comparison, words = compare(lens_problem([[0.4, 0.8]])), Words(language)
    found = find_incomplete(comparison, weights="all")
    assert told.sentences(comparison, found, words) == [words.text("incomplete.answer.one")]
    assert len(told.tables(comparison, found, words)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_that_tie_now_are_both_told(language: Language) -> None:
    """Two options are first now: both have their ranks and their loss."""
    comparison, words = compare(lens_problem([[1, 0], [0, 1]])), Words(language)
    lines = told.sentences(comparison, find_incomplete(comparison, weights="all"), words)
    facts = {"set": words.text("incomplete.set.all"), "best": 1, "worst": 2}
    for place, option in ((0, "O1"), (2, "O2")):
        assert lines[place] == words.text("incomplete.answer.ranks", option=option, **facts)
