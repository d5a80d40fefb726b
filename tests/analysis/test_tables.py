from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.random_problems import Shape, random_problem

from afweging.analysis import tables
from afweging.analysis.compare import compare
from afweging.model.result import AXES, Comparison


@pytest.fixture(scope="module", name="found", params=[Shape(), Shape(gaps=2, requirements=2)])
def _found(request: pytest.FixtureRequest) -> Comparison:
    return compare(random_problem(7, request.param))


def test_ranking_holds_the_lines_and_the_lenses(found: Comparison) -> None:
    """One row per line of the ranking; its lenses add up to the low end of the score."""
    table = tables.ranking(found)
    assert list(table.index) == [line.id for line in found.ranking]
    lenses = [lens.id for lens in found.problem.tree.children]
    assert table[lenses].sum(axis=1).to_numpy() == pytest.approx(table["score_low"].to_numpy())
    assert table["rank"].dropna().tolist() == [line.rank for line in found.ranking if line.rank]
    assert table["rank"].isna().sum() == found.admissible.count(False)


def test_long_tables_find_their_number_by_name(found: Comparison) -> None:
    """Numbers in long tables stand with the names that they belong to."""
    options = [option.id for option in found.problem.alternatives]
    parts = tables.contributions(found).set_index(["option", "criterion"])
    for a, option in enumerate(options):
        for c, criterion in enumerate(found.problem.criteria):
            assert parts.loc[(option, criterion.id), "low"] == found.scores.criteria.low[a, c]
            assert parts.loc[(option, criterion.id), "high"] == found.scores.criteria.high[a, c]
    for axis in AXES:
        scores = tables.axis_scores(found, axis).set_index([axis, "option"])
        for g, name in enumerate(found.cases.ids[axis]):
            assert scores.loc[(name, "O3"), "high"] == found.scores.axes[axis].high[g, 2]
    panel = tables.profile_scores(found).set_index(["profile", "option"])
    assert panel.loc[("P2", "O4"), "low"] == found.scores.panel.low[1, 3]
    cases = tables.case_scores(found)
    assert cases.loc[("S2", "R1", "H2"), ("score_low", "O2")] == found.scores.cases.low[5, 1]


def test_regret_is_missing_for_who_is_screened_out(found: Comparison) -> None:
    """Options that are screened out have no regret in the table, and no row in the greatest."""
    out = [
        option.id
        for option, ok in zip(found.problem.alternatives, found.admissible, strict=True)
        if not ok
    ]
    table = tables.scenario_regret(found)
    assert set(table.loc[table["low"].isna(), "option"]) == set(out)
    assert not set(tables.greatest_regret(found)["option"]) & set(out)
    shares = tables.share_first(found)
    assert set(shares.loc[shares["low"].isna(), "option"]) == set(out)


def test_screening_and_winners_hold_every_record(found: Comparison) -> None:
    """Every verdict and every winner is a row."""
    screening = tables.screening(found)
    assert screening["verdict"].tolist() == [each.verdict for each in found.screening]
    winners = tables.winners(found)
    assert winners["over"].tolist().count("profile") == 3
    assert winners.loc[0, "first"] == "; ".join(found.first.overall.alternatives)
    assert tables.evidence(found)["share"].sum() <= 1 + 1e-12
    assert len(tables.exchange_rates(found)) == len(found.exchange)
    assert len(tables.lowest_score(found)) == 4


def test_every_table_has_rows_and_no_infinity(found: Comparison) -> None:
    """All named tables can be made and hold no infinite number."""
    for table in tables.TABLES.values():
        frame = table(found)
        assert len(frame)
        numbers = frame.select_dtypes("number").to_numpy(dtype=float, na_value=np.nan)
        assert not np.isinf(numbers).any()
