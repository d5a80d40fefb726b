from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.random_problems import leaf, permuted, plain_problem, random_problem
from tests.analysis.test_undecided import nested

from afweging.analysis.acceptability import find_acceptability
from afweging.analysis.acceptability_sentences import sentences
from afweging.analysis.compare import compare
from afweging.analysis.weight_draws import WeightDraws, weight_draws
from afweging.analysis.weight_sets import weight_set
from afweging.errors import RequestError
from afweging.model.result import Request
from afweging.wording import LANGUAGES, Words


@pytest.mark.parametrize("kind", ["all", "lenses", "order", "near"])
def test_draws_are_from_the_set(kind: str) -> None:
    """They meet the bounds of the set of weights, criterion by criterion."""
    problem = random_problem(8)
    chosen = weight_draws(compare(problem), kind)  # type: ignore[arg-type]
    drawn = chosen.draw(300, np.random.default_rng(1))
    weights = drawn[:, np.argsort(chosen.criteria)]
    rows = weight_set(problem.tree, None, kind).criterion_rows()  # type: ignore[arg-type]
    assert weights.sum(axis=1) == pytest.approx(np.ones(300))
    assert (weights @ rows.T >= -1e-9).all()
    assert chosen.fixed is None


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_answers_are_those_of_the_profile_in_use(seed: int) -> None:
    """Draws fit what was answered, in the order of the tree and in any other."""
    problem, profile = nested(seed)
    comparison = compare(replace(problem, profiles=(profile,)), Request(profile=profile.id))
    chosen = weight_draws(comparison, "answers")
    drawn = chosen.draw(200, np.random.default_rng(1))[:, np.argsort(chosen.criteria)]
    rows = weight_set(problem.tree, profile, "answers").criterion_rows()
    assert drawn.sum(axis=1) == pytest.approx(np.ones(200))
    assert (drawn @ rows.T >= -1e-9).all()
    found = find_acceptability(comparison, weights="answers", draws=50)
    for language in LANGUAGES:
        lines = sentences(comparison, found, Words(language))
        assert any(profile.name.in_language(language) in line for line in lines)


def test_the_order_of_the_tree_makes_no_difference() -> None:
    """The same criterion has the same weight in the same draw."""
    problem = random_problem(8)
    turned, _ = permuted(problem, np.random.default_rng(5))
    found = []
    for each in (problem, turned):
        chosen = weight_draws(compare(each), "all")
        drawn = chosen.draw(50, np.random.default_rng(1))
        found.append({each.criteria[c].id: drawn[:, i] for i, c in enumerate(chosen.criteria)})
    assert all((found[0][name] == found[1][name]).all() for name in found[0])


def test_participants_are_as_likely() -> None:
    """Each draw is the weights of one of them."""
    problem = random_problem(8, None)
    comparison = compare(problem)
    chosen = weight_draws(comparison, "panel", ("P3", "P1", "P3"))
    assert chosen.profiles == ("P1", "P3")
    drawn = chosen.draw(4000, np.random.default_rng(1))[:, np.argsort(chosen.criteria)]
    first = (drawn == comparison.weights.panel[0]).all(axis=1)
    third = (drawn == comparison.weights.panel[2]).all(axis=1)
    assert (first | third).all()
    assert abs(first.mean() - 0.5) < 0.035


def test_one_set_of_weights_is_known() -> None:
    """Where a single set of weights is possible nothing needs to be drawn."""
    comparison = compare(plain_problem([[[0.1], [0.2]]], (leaf("c"),)))
    chosen = weight_draws(comparison, "all")
    assert chosen.fixed is not None
    assert chosen.fixed.tolist() == [[1.0]]


def test_without_participants_there_is_nothing_to_draw_from() -> None:
    """A neutral starting point is nobody's."""
    problem = random_problem(8)
    neutral = tuple(replace(each, origin="neutral") for each in problem.profiles)
    with pytest.raises(RequestError) as caught:
        weight_draws(compare(replace(problem, profiles=neutral)), "panel")
    assert [fault.code for fault in caught.value.faults] == ["no-participants"]


def test_nothing_to_draw_from_is_a_bug() -> None:
    """A record without weights gives none."""
    with pytest.raises(ValueError, match="no weights"):
        WeightDraws((0,), (), None, None).draw(1, np.random.default_rng(1))
