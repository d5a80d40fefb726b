from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.analysis.futures import brabant, varied
from tests.analysis.random_problems import leaf, plain_problem

from afweging.analysis.compare import compare
from afweging.analysis.scenario_robustness import find_scenario_robustness
from afweging.analysis.scenario_robustness_document import scenario_robustness_document
from afweging.io.canonical import canonical_json

if TYPE_CHECKING:
    from afweging.model.result import Comparison


def _document(comparison: Comparison) -> dict[str, dict[str, dict[str, object]]]:
    found = scenario_robustness_document(comparison, find_scenario_robustness(comparison))
    document: dict[str, dict[str, dict[str, object]]] = json.loads(canonical_json(found))
    return document


@pytest.mark.parametrize("seed", range(4))
def test_the_document_holds_the_record(seed: int) -> None:
    """Every number of the record, by the name of what it is of."""
    comparison, _ = varied(seed)
    found, document = find_scenario_robustness(comparison), _document(comparison)
    for each in (found.over_cases, found.over_scenarios):
        written = document["measures"][each.over]
        assert (written["states"], written["counted"]) == (each.states, each.counted)
        assert written["best_in"] == dict(zip(found.options, each.best_in, strict=True))
        metrics = written["by_measure"]
        assert isinstance(metrics, dict)
        for metric in each.metrics:
            values = metrics[metric.metric]
            assert values["values"] == dict(zip(found.options, metric.values, strict=True))
            assert values["ranks"] == dict(zip(found.options, metric.ranks, strict=True))
            assert values["best"] == list(metric.best)
            assert values["refused"] == metric.refused
    for group in found.by_group:
        rows = document["regret"][group.axis]
        assert [list(row.values()) for row in rows.values()] == group.regret.tolist()  # type: ignore[attr-defined]
        for most in group.greatest:
            shown = {"regret": most.span.low, "states": list(most.states)}
            assert document["greatest_regret"][group.axis][most.alternative] == shown
    for bar in found.bars:
        written = document["bars"][bar.option]
        assert (written["cases"], written["share"]) == (bar.cases, bar.share)
        assert list(written["within"].values()) == list(bar.within)  # type: ignore[attr-defined]
    for drop in found.drops:
        assert document["without"][drop.option]["reverses"] == drop.reverses
    assert list(document["satisfied"]) == [each.option for each in found.satisfied]
    assert document["score_against_regret"] == {
        trade.option: {
            "score": trade.expected,
            "greatest_regret": trade.regret,
            "scenarios": list(trade.scenarios),
            "dominated_by": list(trade.dominated_by),
        }
        for trade in found.trades
    }


def test_what_is_not_there_is_null() -> None:
    """Measures that are not given are null with the reason."""
    found = _document(brabant())["measures"]["scenarios"]["by_measure"]
    assert isinstance(found, dict)
    assert found["percentile_regret"]["refused"] == "few-states"
    assert set(found["percentile_regret"]["values"].values()) == {None}


def test_one_option() -> None:
    """With one option there is nothing to be without."""
    document = _document(compare(plain_problem([[[0.5]], [[0.2]]], (leaf("a"),))))
    assert document["without"] == {}
    assert document["satisfied"] == {}
