from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.random_problems import (
    leaf,
    plain_problem,
    random_problem,
    stated_uniform,
    table_effects,
    text,
)

from afweging.analysis import effect_tables
from afweging.analysis.compare import compare
from afweging.analysis.effect_draws import mean_value_table
from afweging.analysis.effect_tables import LEVELS, effect_table, known_table, level_count
from afweging.model.provenance import Source

if TYPE_CHECKING:
    from afweging.model.problem import DecisionProblem


def _problem(
    source: list[list[list[int]]], *, uncertain: list[list[list[bool]]]
) -> DecisionProblem:
    """Return two cases, options and criteria; on the second criterion less is better."""
    wide = np.array(uncertain)
    problem = plain_problem(
        np.full((2, 2, 2), 0.4).tolist(), (leaf("c1"), leaf("c2", worst=1.0, best=0.0))
    )
    effects = table_effects(
        np.full((2, 2, 2), 0.4),
        low=np.where(wide, 0.1, 0.4),
        high=np.where(wide, 0.8, 0.4),
        source=np.array(source, dtype=np.int32),
    )
    sources = (
        Source("los", "expert", text("los")),
        Source("samen", "expert", text("samen"), correlated=True),
        Source("ook", "expert", text("ook"), correlated=True),
    )
    return replace(problem, effects=effects, sources=sources)


ALL = np.full((2, 2, 2), fill_value=True).tolist()


def test_only_what_is_uncertain_is_drawn() -> None:
    """What is known is as most likely in every draw."""
    wide = np.array([[[True, False], [False, False]], [[False, False], [False, False]]])
    problem = _problem(np.full((2, 2, 2), -1).tolist(), uncertain=wide.tolist())
    table = effect_table(compare(problem), [0, 1], [0, 1])
    drawn = table.draw(500, np.random.default_rng(1))
    assert (table.uncertain, table.spots.tolist()) == (1, [0])
    assert (drawn.reshape(500, 4)[:, 1:] == table.values.ravel()[1:]).all()
    assert len(np.unique(drawn[:, 0, 0])) > 300


def test_draws_are_levels_of_the_table_and_as_likely() -> None:
    """Each drawn value is one of the levels; mean and spread are those of the whole table."""
    comparison = compare(random_problem(4))
    options, criteria = [2, 0, 3], [5, 1, 0, 2, 4, 3]
    table = effect_table(comparison, options, criteria)
    levels = mean_value_table(comparison, LEVELS)[:, options][:, :, criteria]
    drawn = table.draw(20_000, np.random.default_rng(3))
    spread = np.maximum(levels.std(axis=0), 1e-9)
    assert (np.abs(drawn.mean(axis=0) - levels.mean(axis=0)) <= 4.5 * spread / np.sqrt(2e4)).all()
    assert drawn.std(axis=0) == pytest.approx(levels.std(axis=0), abs=0.01)
    for a, c in np.ndindex(3, 6):
        assert np.isin(drawn[:, a, c], np.append(levels[:, a, c], table.values[a, c])).all()
    flat = np.abs(np.corrcoef(drawn.reshape(20_000, -1)[:, table.spots].T))
    assert (flat[~np.eye(table.uncertain, dtype=bool)] < 0.04).all()  # no other moves along


def test_a_source_moves_its_estimates_in_their_own_unit() -> None:
    """Where less is better, the value falls when the others rise: the sum stays the same."""
    problem = _problem(np.full((2, 2, 2), 1).tolist(), uncertain=ALL)
    table = effect_table(compare(problem), [0, 1], [0, 1])
    drawn = table.draw(200, np.random.default_rng(1))
    assert dict(table.together) == {"samen": 4}
    assert drawn[:, 0, 0] == pytest.approx(drawn[:, 1, 0])
    assert drawn[:, 0, 0] + drawn[:, 0, 1] == pytest.approx(np.ones(200))
    assert drawn[:, 0, 0].std() > 0.1


def test_all_uncertain_cases_must_name_the_source() -> None:
    """A case from elsewhere makes an estimate stand on its own, but not one that is certain."""
    source = [[[1, 1], [2, 0]], [[1, 2], [1, -1]]]
    table = effect_table(compare(_problem(source, uncertain=ALL)), [0, 1], [0, 1])
    assert dict(table.together) == {"samen": 1}
    assert len(set(table.follows.tolist())) == 4
    certain = np.array(ALL)
    certain[1] = False
    table = effect_table(compare(_problem(source, uncertain=certain.tolist())), [0, 1], [0, 1])
    assert dict(table.together) == {"ook": 1, "samen": 2}
    assert table.follows[0] == table.follows[1]


def test_sources_that_err_together_do_so_each_on_their_own() -> None:
    """Two such sources have a level each."""
    source = [[[1, 1], [2, 2]], [[1, 1], [2, 2]]]
    table = effect_table(compare(_problem(source, uncertain=ALL)), [0, 1], [0, 1])
    drawn = table.draw(5000, np.random.default_rng(1))
    assert dict(table.together) == {"ook": 2, "samen": 2}
    assert abs(np.corrcoef(drawn[:, 0, 0], drawn[:, 1, 0])[0, 1]) < 0.06


def test_known_effects_vary_in_no_draw() -> None:
    """The table of what is most likely."""
    comparison = compare(random_problem(4))
    table = known_table(comparison, [1, 0], [2, 0, 1, 3, 4, 5])
    drawn = table.draw(3, np.random.default_rng(1))
    expected = comparison.scores.means.low[[1, 0]][:, [2, 0, 1, 3, 4, 5]]
    assert table.uncertain == 0
    assert (drawn == expected).all()


@pytest.mark.parametrize(
    ("effects", "levels"), [(1, 1024), (195_000, 1024), (196_000, 512), (10**7, 64), (10**10, 64)]
)
def test_many_effects_have_fewer_levels(effects: int, levels: int) -> None:
    """A power of two between 64 and 1,024, so that a table stays a matter of seconds."""
    assert level_count(effects) == levels


def test_a_coarse_table_is_drawn_from_as_a_fine_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mean of draws is off by no more than half a level."""
    comparison = compare(random_problem(4))
    options, criteria = range(4), range(6)
    fine = effect_table(comparison, options, criteria).levels
    monkeypatch.setattr(effect_tables, "WORK", 1)
    coarse = effect_table(comparison, options, criteria).levels
    assert (fine.shape[1], coarse.shape[1]) == (1024, 64)
    spread = fine.max(axis=1) - fine.min(axis=1)
    assert (np.abs(fine.mean(axis=1) - coarse.mean(axis=1)) <= spread / 64).all()


def test_a_uniform_source_has_evenly_spread_levels() -> None:
    """From low to high in even steps, its estimates together or not; and they are counted."""
    source = [[[0, 1], [-1, 2]], [[0, 1], [0, 2]]]
    problem = stated_uniform(_problem(source, uncertain=ALL), 0, 1)
    table = effect_table(compare(problem), [0, 1], [0, 1])
    even = 0.1 + 0.7 * (np.arange(LEVELS) + 0.5) / LEVELS
    assert table.levels[0] == pytest.approx(even)
    assert table.levels[1] == pytest.approx(1 - even)  # less is better
    assert table.spread == (2, 1)
    assert dict(table.together) == {"ook": 1, "samen": 1}
    assert table.levels[3] != pytest.approx(1 - even, abs=0.01)
    assert known_table(compare(problem), [0, 1], [0, 1]).spread == (0, 0)
