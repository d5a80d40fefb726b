from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.opinion_table import falling_criteria, mean_effects, opinion_table
from afweging.model.result import Request

if TYPE_CHECKING:
    from afweging.model.result import Comparison


@cache
def _brabant() -> Comparison:
    return compare(afw.read_problem("scenarios/brabant"))


def test_values_are_the_mean_partial_values_on_their_fixed_scales() -> None:
    """Of the options that meet the requirements, all to be maximised."""
    found, table = _brabant(), opinion_table(_brabant(), "values")
    stays = np.array(found.admissible)
    assert table.cells == pytest.approx(found.scores.means.low[stays], abs=1e-11)
    assert table.weights == pytest.approx(found.weights.criteria, abs=1e-11)
    assert not table.falls.any()
    assert (table.bounds == [0, 1]).all()
    pairs = zip(found.problem.alternatives, found.admissible, strict=True)
    assert table.options == tuple(option.id for option, meets in pairs if meets)


@pytest.mark.parametrize("seed", range(5))
def test_effects_are_means_over_the_cases_in_natural_units(seed: int) -> None:
    """Weighted by the cases of the request, with directions and ends of the scales."""
    problem = random_problem(seed, Shape(requirements=0))
    request = Request(region_weights="banen", likelihood_set="kansen")
    found = compare(problem, request)
    table = opinion_table(found, "effects")
    means = np.einsum("s,sac->ac", found.weights.cases, problem.effects.mode[found.cases.rows])
    assert table.cells == pytest.approx(means, rel=1e-11, abs=1e-9)
    assert mean_effects(found) == pytest.approx(means, rel=1e-12, abs=1e-12)
    assert table.falls.tolist() == [c.direction == "min" for c in problem.criteria]
    assert falling_criteria(found, opinion_table(found, "values")).tolist() == table.falls.tolist()
    for c, criterion in enumerate(problem.criteria):
        assert set(table.bounds[c].tolist()) == {criterion.worst, criterion.best}
        assert table.bounds[c, 0] < table.bounds[c, 1]


def test_criteria_without_weight_take_no_part() -> None:
    """A weight of 0, and one so small that only rounding made it."""
    children = (leaf("a", 1.0), leaf("b", 0.0), leaf("c", 1e-15))
    table = opinion_table(
        compare(plain_problem([[[0.2, 0.0, 1.0], [0.4, 1.0, 0.0]]], children)), "values"
    )
    assert table.criteria == ("a",)
    assert table.cells.shape == (2, 1)


def test_what_is_equal_but_for_rounding_is_equal_to_the_last_bit() -> None:
    """0.1 + 0.2 and 0.3 are one number, on scales of any size."""
    effects = [[[0.1 + 0.2, 3e8 * (0.1 + 0.2)], [0.3, 3e8 * 0.3]]]
    children = (leaf("a"), leaf("b", worst=0, best=1e9))
    comparison = compare(plain_problem(effects, children))
    for table in (opinion_table(comparison, "values"), opinion_table(comparison, "effects")):
        assert table.cells[0].tolist() == table.cells[1].tolist()


def test_an_option_is_left_out_or_there_twice() -> None:
    """Names and cells move together; the table itself stays as it was."""
    table = opinion_table(_brabant(), "values")
    less, more = table.without(1), table.with_copy(1)
    assert less.options == (table.options[0], *table.options[2:])
    assert less.cells.tolist() == [row for i, row in enumerate(table.cells.tolist()) if i != 1]
    assert more.options == (*table.options, table.options[1])
    assert more.cells[-1].tolist() == table.cells[1].tolist()
    assert table.cells.shape == (len(table.options), 18)


def test_costs_are_what_is_missing_to_the_best() -> None:
    """1 - value, to be minimised, for the criteria of which less is better by nature."""
    table = opinion_table(_brabant(), "values")
    falling = falling_criteria(_brabant(), table)
    costs = table.costs_kept(falling)
    assert falling.any()
    assert not falling.all()
    assert costs.falls.tolist() == falling.tolist()
    assert (costs.cells[:, falling] == 1 - table.cells[:, falling]).all()
    assert (costs.cells[:, ~falling] == table.cells[:, ~falling]).all()
