from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.drawn import ranks
from tests.analysis.random_problems import random_problem

from afweging.analysis.compare import compare
from afweging.analysis.effect_tables import EffectTable, effect_table, known_table
from afweging.analysis.rank_draws import EFFECTS, WEIGHTS, RankDraws, draw_ranks, parts_of
from afweging.analysis.weight_draws import WeightDraws, weight_draws

if TYPE_CHECKING:
    from afweging.methods.acceptability import Acceptability
    from afweging.model.result import Comparison

PARTS = parts_of(1000, seed=3, cells=10_000)  # 256 draws at a time


def _given(comparison: Comparison) -> tuple[WeightDraws, EffectTable, np.ndarray]:
    chosen = weight_draws(comparison, "all")
    options = list(range(len(comparison.problem.alternatives)))
    cases = comparison.scores.values.low[:, :, list(chosen.criteria)]
    return chosen, effect_table(comparison, options, chosen.criteria), cases


def _same(first: Acceptability, second: Acceptability) -> bool:
    return (
        first.draws == second.draws
        and (first.rank_counts == second.rank_counts).all()
        and (first.ahead_counts == second.ahead_counts).all()
        and (first.weight_units == second.weight_units).all()
    )


def _all(found: RankDraws) -> tuple[Acceptability, ...]:
    return (found.drawn, found.likely)


def test_parts_hold_all_draws_and_no_more_values_than_fit() -> None:
    """Lengths add up; large problems have small parts, small ones at most 4,096 draws."""
    assert [part.draws for part in PARTS] == [256, 256, 256, 232]
    assert sum(part.draws for part in parts_of(12_345, seed=1, cells=7)) == 12_345
    assert {part.draws for part in parts_of(8192, seed=1, cells=7)} == {4096}


def test_each_part_has_random_numbers_of_its_own() -> None:
    """By seed, by part and by what is drawn; the same part has the same."""
    other = parts_of(1000, seed=4, cells=10_000)
    streams = [part.stream(kind) for part in (*PARTS, *other) for kind in (WEIGHTS, EFFECTS)]
    assert len({stream.random() for stream in streams}) == len(streams)
    assert PARTS[1].stream(EFFECTS).random() == PARTS[1].stream(EFFECTS).random()


def test_parts_can_come_in_any_order() -> None:
    """Forwards, backwards and mixed give the same counts to the bit."""
    given = _given(compare(random_problem(6)))
    straight = draw_ranks(*given, PARTS)
    for order in ([3, 2, 1, 0], [2, 0, 3, 1]):
        mixed = draw_ranks(*given, tuple(PARTS[i] for i in order))
        assert all(map(_same, _all(straight), _all(mixed)))
        assert (straight.cases == mixed.cases).all()
        assert straight.confidence is not None
        assert mixed.confidence is not None
        assert (straight.confidence.first_counts == mixed.confidence.first_counts).all()


def test_counts_are_those_of_the_draws() -> None:
    """Ranks of every draw, one by one."""
    weights, effects, cases = given = _given(compare(random_problem(6)))
    found = draw_ranks(*given, PARTS)
    drawn, known, case = [], [], []
    for part in PARTS:
        each = weights.draw(part.draws, part.stream(WEIGHTS))
        values = effects.draw(part.draws, part.stream(EFFECTS))
        drawn.append(ranks((values * each[:, None, :]).sum(axis=2)))
        known.append(ranks((effects.values * each[:, None, :]).sum(axis=2)))
        case.append(ranks((cases[2] * each[:, None, :]).sum(axis=2)) == 1)
    assert found.cases[2].tolist() == np.vstack(case).sum(axis=0).tolist()
    for counted, expected in ((found.drawn, drawn), (found.likely, known)):
        together = np.vstack(expected)
        for r in range(together.shape[1]):
            assert counted.rank_counts[:, r].tolist() == (together == r + 1).sum(axis=0).tolist()
    assert found.likely.draws == 1000


def test_without_uncertain_effects_there_is_one_count() -> None:
    """And no confidence factor."""
    comparison = compare(random_problem(6))
    weights, table, cases = _given(comparison)
    effects = known_table(comparison, list(range(len(table.values))), weights.criteria)
    found = draw_ranks(weights, effects, cases, PARTS)
    assert found.confidence is None
    assert _same(found.drawn, found.likely)


@pytest.mark.parametrize("uncertain", [False, True])
def test_so_many_weights_are_counted_once(*, uncertain: bool) -> None:
    """Known effects take each participant once; only uncertain ones are drawn for."""
    comparison = compare(random_problem(6))
    chosen = weight_draws(comparison, "panel", ("P1", "P2", "P3"))
    _, table, cases = _given(comparison)
    effects = table if uncertain else known_table(comparison, range(4), chosen.criteria)
    told: list[tuple[int, int]] = []
    found = draw_ranks(chosen, effects, cases, PARTS, lambda *step: told.append(step))
    assert found.likely.draws == 3
    assert found.cases.max() <= 3
    assert (found.cases.sum(axis=1) >= 3).all()
    assert found.drawn.draws == (1000 if uncertain else 3)
    assert told[-1:] == ([(2000, 2000)] if uncertain else [])
