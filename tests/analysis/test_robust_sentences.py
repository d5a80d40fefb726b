from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog  # type: ignore[import-untyped]
from tests.analysis.random_problems import leaf, plain_problem, text
from tests.analysis.test_robustness import found

import afweging as afw
from afweging.analysis import robust_sentences
from afweging.analysis.naming import names_of
from afweging.analysis.robustness import robustness
from afweging.analysis.weight_sets import weight_set
from afweging.analysis.weights import lens_shares
from afweging.model.problem import Requirement
from afweging.model.result import Request
from afweging.wording import LANGUAGES, Language, Words

SEEDS = range(4)


def _number(cell: str, language: Language) -> float:
    text = cell.replace("\u00a0%", "").replace("−", "-")
    return float(text.replace(".", "").replace(",", ".") if language == "nl" else text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_comes_first_and_names_the_winner(seed: int, language: Language) -> None:
    """The first sentence names who is first; what to watch comes last and is marked so."""
    one, words = found(seed), Words(language)
    names = names_of(one.comparison.problem, language)
    told = robust_sentences.answer(one, words)
    for winner in one.comparison.first.overall.alternatives:
        assert names.option(winner) in told[0]
    mark = words.text("robust.answer.watch", what="").strip()
    watched = [line.startswith(mark) for line in told]
    assert watched == sorted(watched)
    if len(one.flips.options) > 1:
        assert any(watched)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_winner_is_named_where_no_option_meets_the_requirements(language: Language) -> None:
    """That none meets them is said first, and who is on top of them all right after it."""
    children = (leaf("a", 2.0), leaf("b"))
    problem = plain_problem([[[0.9, 0.2], [0.3, 0.4]]], children)
    asked = Requirement("E1", text("E1"), "a", 0.95, "assumption")
    one, words = robustness(replace(problem, requirements=(asked,)), draws=100), Words(language)
    told = robust_sentences.answer(one, words)
    assert told[0] == words.text("compare.headline.none_admissible")
    assert names_of(problem, language).option("O1") in told[1]
    assert words.format_field(2 / 3, "3") in told[1]  # (2 * 0.9 + 0.2) / 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_overview_has_the_figures_of_each_option(seed: int, language: Language) -> None:
    """Shares by draws, regret by hand, moves by linear programs, loss by bounds."""
    one, words = found(seed), Words(language)
    comparison = one.comparison
    names = names_of(comparison.problem, language)
    table = robust_sentences.overview(one, words)
    ranked = [line.id for line in comparison.ranking if line.rank is not None]
    assert [row[0] for row in table.rows] == [names.option(name) for name in ranked]
    ids = [alternative.id for alternative in comparison.problem.alternatives]
    allowed = [ids.index(name) for name in one.weight_space.options]
    means = comparison.scores.means.low[allowed]
    lenses = means @ lens_shares(comparison.problem.tree).T
    drawn = np.random.default_rng(3).dirichlet(np.ones(lenses.shape[1]), 20_000) @ lenses.T
    first = (drawn >= drawn.max(axis=1, keepdims=True) - 1e-9).mean(axis=0)
    scenario = comparison.scores.axes["scenario"].low[:, allowed]
    regret = (scenario.max(axis=1, keepdims=True) - scenario).max(axis=0)
    for row in table.rows:
        place = [names.option(name) for name in one.weight_space.options].index(row[0])
        assert _number(row[1], language) / 100 == pytest.approx(first[place], abs=0.02)
        assert _number(row[6], language) == pytest.approx(regret[place], rel=0.06, abs=1e-6)
        loss = weight_set(comparison.problem.tree, None, "all").score_bounds(means - means[place])
        assert _number(row[5], language) == pytest.approx(max(loss[1].max(), 0), rel=0.06, abs=1e-6)
        _check_move(row[2], lenses, place, comparison.weights.lenses, words)


def _check_move(
    cell: str, lenses: np.ndarray, place: int, weights: np.ndarray, words: Words
) -> None:
    """Check the least share of weight that moves by a program over what is given and taken."""
    count = len(weights)
    gains = lenses[place] - np.delete(lenses, place, axis=0)
    change = np.hstack([gains, -gains])  # what each lens gets, then what it gives
    result = linprog(
        np.concatenate([np.ones(count), np.zeros(count)]),
        A_ub=-change,
        b_ub=gains @ weights + 1e-12,
        A_eq=np.concatenate([np.ones(count), -np.ones(count)])[None],
        b_eq=[0.0],
        bounds=[(0, None)] * count + [(0, weight) for weight in weights],
    )
    if result.status == 2:
        assert cell == words.text("robust.cell.never")
    elif result.fun < 1e-9:
        assert cell in {words.text("robust.cell.first"), words.format_field(0.0, "share1")}
    else:
        assert _number(cell, words.language) / 100 == pytest.approx(result.fun, abs=6e-4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_winner_that_draws_put_first_less_often_is_told_so(language: Language) -> None:
    """With the weights of a profile O6 comes first, and in most draws another option does."""
    problem = afw.read_problem("scenarios/brabant")
    one = robustness(problem, Request(profile="gs_ruimte"), draws=500)
    words, names = Words(language), names_of(problem, language)
    (winner,) = one.comparison.first.overall.alternatives
    shares = dict(
        zip(
            one.acceptability.options,
            one.acceptability.drawn.rank_counts[:, 0] / 500,
            strict=True,
        )
    )
    assert shares[winner] < max(shares.values())
    told = words.text(
        "robust.answer.less_option", option=names.option(winner), share=float(shares[winner])
    )
    assert any(told in line for line in robust_sentences.answer(one, words))
    now = robustness(problem, draws=500)  # O7 is first in most draws
    start = words.text("robust.answer.less", options=[""]).rstrip(" .")
    assert not any(line.startswith(start) for line in robust_sentences.answer(now, words))
