from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.random_problems import Shape
from tests.memo.matters import brabant, random_matter

from afweging.memo.page import WIDE, Page
from afweging.memo.report import tables
from afweging.model.criterion import Ordinal
from afweging.model.provenance import EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from afweging.memo.blocks import Block
    from afweging.memo.matter import Matter
    from afweging.memo.page import Values


def _made(make: Callable[[Page, Matter], None], matter: Matter) -> tuple[Block, Values]:
    page = Page(WIDE)
    make(page, matter)
    (table,) = [block for block in page.blocks if block.kind == "table"]
    return table, page.values[table.id]


@pytest.mark.parametrize("seed", [3, 11])
def test_contributions_add_up_to_the_scores(seed: int) -> None:
    """The numbers behind each column, with the weights, give the score of that option."""
    matter = random_matter(seed, Shape(options=6))
    table, values = _made(tables.contributions, matter)
    columns = np.array([row[3:] for row in values], dtype=float)
    order = [line.id for line in matter.comparison.ranking]
    scores = [matter.comparison.scores.expected.low[matter.place(name)] for name in order]
    assert np.abs(columns.sum(axis=0) - scores).max() < 1e-12
    assert sum(row[2] or 0.0 for row in values) == pytest.approx(1, abs=1e-12)
    assert list(table.heads[3:]) == order


def test_regret_is_what_is_lost_in_each_scenario() -> None:
    """Recomputed from the scores: the best that takes part less the own."""
    comparison = brabant().comparison
    table, values = _made(tables.regret_table, brabant())
    at = [brabant().place(name) for name in brabant().ranked]
    scores = comparison.scores.axes["scenario"].low[:, at]
    expected = scores.max(axis=1, keepdims=True) - scores
    assert np.abs(np.array([row[1:] for row in values], dtype=float) - expected).max() < 1e-12
    assert list(table.heads[1:]) == brabant().ranked


def test_effects_are_those_of_the_problem_in_their_own_units() -> None:
    """Mean, lowest and highest over the cases, with unit, evidence and source of each."""
    matter = brabant()
    problem, cases = matter.comparison.problem, matter.comparison.cases
    table, values = _made(tables.effects, matter)
    mode = problem.effects.mode[cases.rows]
    assert len(table.rows) == len(problem.criteria) * len(problem.alternatives)
    rows = iter(zip(table.rows, values, strict=True))
    for c, criterion in enumerate(problem.criteria):
        for a, option in enumerate(problem.alternatives):
            row, numbers = next(rows)
            own = mode[:, a, c]
            assert row[:4:2] == (criterion.name.nl, option.id)
            assert row[3] == criterion.unit.nl
            assert numbers[6] == pytest.approx(own @ matter.comparison.weights.cases, rel=1e-12)
            assert numbers[7:9] == [own.min(), own.max()]
            marks = {EVIDENCE[k] for k in problem.effects.evidence[cases.rows][:, a, c]}
            for mark in marks:
                assert matter.words.text(f"compare.mark.{mark}") in row[4]
            named = {problem.sources[k].id for k in problem.effects.source[cases.rows][:, a, c]}
            assert set(row[5].split(", ")) == named


def test_classes_are_named_and_missing_effects_are_missing() -> None:
    """A class has no mean; an effect that is missing in some case has no number at all."""
    matter = random_matter(6, Shape(gaps=6))
    table, _ = _made(tables.effects, matter)
    problem = matter.comparison.problem
    mode = problem.effects.mode[matter.comparison.cases.rows]
    options = len(problem.alternatives)
    for place, row in enumerate(table.rows):
        c, a = divmod(place, options)
        function = problem.criteria[c].value_function
        if np.isnan(mode[:, a, c]).any():
            assert row[6:9] == ("ontbreekt",) * 3
            assert "–" in row[9]
        elif isinstance(function, Ordinal):
            names = [each.name.nl for each in function.classes]
            ends = (names[int(mode[:, a, c].min())], names[int(mode[:, a, c].max())])
            assert row[6:9] == ("–", *ends)


def test_options_without_a_code_get_letters() -> None:
    """What a letter stands for is said above the table."""
    import afweging as afw
    from afweging.memo.matter import Matter

    comparison = afw.compare(afw.read_problem("scenarios/kantoor"))
    page = Page(WIDE)
    tables.contributions(page, Matter(comparison, None, brabant().words))
    said = [line for block in page.blocks if block.kind == "list" for line in block.lines]
    table = page.blocks[-1]
    assert [line[:4] for line in said] == [f"{head} = " for head in table.heads[3:]]
