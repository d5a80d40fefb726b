from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.random_problems import SMALL, Shape, leaf, plain_problem, random_problem, text

from afweging.analysis.acceptability import find_acceptability
from afweging.analysis.compare import compare
from afweging.analysis.flip_table import find_flip_table
from afweging.analysis.flip_table_document import flip_table_document
from afweging.analysis.robustness import PARTS, WEIGHTS, Robustness, robustness
from afweging.analysis.robustness_document import robustness_document
from afweging.errors import RequestError
from afweging.io.canonical import canonical_json
from afweging.model.criterion import Group
from afweging.model.result import Request

if TYPE_CHECKING:
    from afweging.model.problem import DecisionProblem

SHAPE = Shape(linear=True)


@cache
def found(seed: int) -> Robustness:
    """Return how sure the answer to a random problem is."""
    return robustness(random_problem(seed, SHAPE), draws=400)


@pytest.mark.parametrize("seed", range(3))
def test_every_part_is_about_the_same_comparison(seed: int) -> None:
    """The parts are what their own functions find, and name the same options."""
    one = found(seed)
    comparison = compare(random_problem(seed, SHAPE))
    assert canonical_json(flip_table_document(one.flips)) == canonical_json(
        flip_table_document(find_flip_table(comparison))
    )
    again = find_acceptability(comparison, draws=400, seed=1)
    assert (one.acceptability.drawn.rank_counts == again.drawn.rank_counts).all()
    taking_part = {each.option for each in one.flips.options}
    assert taking_part == set(one.weight_space.options) == set(one.incomplete_weights.options)
    assert taking_part == set(one.scenario_robustness.options) == set(one.acceptability.options)


@pytest.mark.parametrize("seed", range(3))
def test_the_parts_agree_where_they_say_the_same(seed: int) -> None:
    """No share of the lens weights and no flip go together, and so do a margin and a rank."""
    one = found(seed)
    assert one.weight_space.whole is not None
    shares = dict(
        zip(one.weight_space.options, one.weight_space.whole.first.shares.tolist(), strict=True)
    )
    for each in one.flips.options:
        if each.lenses.moved is None:
            assert shares[each.option] == 0
        elif shares[each.option] > 0:
            assert each.lenses.moved <= 1
    can_be_first = one.incomplete_weights.margins >= -1e-9
    assert (can_be_first == (one.incomplete_weights.best_ranks == 1)).all()
    drawn = one.acceptability.likely.rank_counts[:, 0] > 0
    assert (one.incomplete_weights.best_ranks[drawn] == 1).all()


def test_the_same_seed_gives_the_same_bytes() -> None:
    """And another seed other draws."""
    problem = random_problem(4, SHAPE)
    first, again, other = (
        canonical_json(robustness_document(robustness(problem, draws=300, seed=seed)))
        for seed in (7, 7, 8)
    )
    assert first == again
    assert first != other


@pytest.mark.parametrize("weights", [kind for kind in WEIGHTS if kind != "answers"])
def test_each_kind_of_weights_can_be_asked(weights: str) -> None:
    """The kind is kept; the weights of participants are drawn and bounds are over all weights."""
    one = robustness(random_problem(1, SHAPE), weights=weights, draws=200)  # type: ignore[arg-type]
    assert one.weights == weights
    assert one.acceptability.kind == weights
    assert one.incomplete_weights.kind == ("all" if weights == "panel" else weights)


def test_naming_participants_asks_for_their_weights() -> None:
    """Only they are drawn from."""
    one = robustness(random_problem(1, SHAPE), panel=("P2",), draws=200)
    assert one.weights == "panel"
    assert one.acceptability.profiles == ("P2",)


def test_each_part_is_told_when_it_starts() -> None:
    """Every part once at nothing done, and the draws up to all."""
    told: list[tuple[str, float]] = []
    robustness(
        random_problem(2, SHAPE), draws=300, progress=lambda part, share: told.append((part, share))
    )
    assert {part for part, share in told if share == 0.0} == set(PARTS)
    shares = [share for part, share in told if part == "draws"]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_everything_odd_is_refused_in_one_go() -> None:
    """Too few draws, a seed below 0 and an unknown kind of weights."""
    problem = random_problem(0, SMALL)
    with pytest.raises(RequestError) as caught:
        robustness(problem, weights="some", draws=3, seed=-1)  # type: ignore[arg-type]
    codes = [fault.code for fault in caught.value.faults]
    assert codes == ["unknown-name", "draws-out-of-range", "seed-below-nought"]
    with pytest.raises(RequestError, match="group-needs-effects"):
        robustness(random_problem(0, Shape(gaps=2)), draws=200)
    with pytest.raises(RequestError, match="weights-no-answers"):
        robustness(problem, weights="answers", draws=200)


A, B = leaf("a"), leaf("b")
DEGENERATE: dict[str, DecisionProblem] = {
    "one option": plain_problem([[[0.2, 0.4]]], (A, B)),
    "one criterion": plain_problem([[[0.2], [0.5], [0.1]]], (A,)),
    "identical options": plain_problem([[[0.2, 0.4], [0.2, 0.4], [0.2, 0.4]]], (A, B)),
    "zero weight": plain_problem([[[0.2, 0.4], [0.5, 0.1]]], (leaf("a", 0.0), B)),
    "constant column": plain_problem([[[0.2, 0.4], [0.2, 0.1], [0.2, 0.9]]], (A, B)),
    "all nothing": plain_problem([[[0.0, 0.0], [0.0, 0.0]]], (A, B)),
    "one lens": plain_problem([[[0.2, 0.4], [0.5, 0.1]]], (Group("g", text("g"), 1.0, (A, B)),)),
    "six lenses": plain_problem(
        [np.linspace(0, 1, 12).reshape(2, 6).tolist()], tuple(leaf(f"c{n}") for n in range(6))
    ),
}


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_problems_have_an_answer(name: str) -> None:
    """Nothing crashes, and the document has no number that is none."""
    one = robustness(DEGENERATE[name], draws=200)
    assert canonical_json(robustness_document(one))
    winners = {line.id for line in one.comparison.ranking if line.rank == 1}
    assert set(one.stability.winners) == winners == set(one.flips.first)


def test_one_scenario_of_many_can_be_asked() -> None:
    """The request decides over which cases, as in a comparison."""
    problem = random_problem(3, SHAPE)
    one = robustness(problem, Request(scenarios=(problem.scenarios[0].id,)), draws=200)
    assert len(one.comparison.cases.ids["scenario"]) == 1
    assert replace(one.comparison.request) == one.comparison.request
