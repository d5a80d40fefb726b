"""How the options hold up over cases and scenarios, as one plain document for canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.document import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.analysis.measures import Measured
    from afweging.analysis.scenario_regret import Bar, GroupRegret, Trade
    from afweging.analysis.scenario_robustness import ScenarioRobustness
    from afweging.model.result import Comparison


def scenario_robustness_document(
    comparison: Comparison, found: ScenarioRobustness
) -> dict[str, object]:
    """Return what was found as plain dicts, lists and numbers.

    Regret per scenario and per case stands in the document of the comparison.
    """
    requirements = [requirement.id for requirement in comparison.problem.requirements]
    return {
        "options": list(found.options),
        "settings": plain(found.settings),
        "good_enough_by": found.basis,
        "measures": {
            measured.over: _measured(found.options, measured)
            for measured in (found.over_cases, found.over_scenarios)
        },
        "regret": {each.axis: _regret(found.options, each) for each in found.by_group},
        "greatest_regret": {each.axis: _greatest(each) for each in found.by_group},
        "bars": {bar.option: _bar(comparison.cases.ids["scenario"], bar) for bar in found.bars},
        "least_regret": list(found.least_regret),
        "without": {
            drop.option: {
                "greatest_regret": _row(found.options, drop.greatest),
                "least_regret": list(drop.least),
                "reverses": drop.reverses,
            }
            for drop in found.drops
        },
        "satisfied": {
            each.option: {
                "screened_out": each.screened_out,
                "requirements": _row(requirements, each.by_requirement),
                "all": each.all,
            }
            for each in found.satisfied
        },
        "score_against_regret": {trade.option: _trade(trade) for trade in found.trades},
        "scenarios_without_weight": list(found.weightless),
    }


def _measured(options: Sequence[str], measured: Measured) -> dict[str, object]:
    return {
        "states": measured.states,
        "counted": measured.counted,
        "best_in": _row(options, measured.best_in),
        "by_measure": {
            each.metric: {
                "values": _row(options, each.values),
                "ranks": _row(options, each.ranks),
                "best": list(each.best),
                "refused": each.refused,
            }
            for each in measured.metrics
        },
    }


def _regret(options: Sequence[str], found: GroupRegret) -> dict[str, object]:
    rows = zip(found.groups, found.regret.tolist(), strict=True)
    return {group: _row(options, regret) for group, regret in rows}


def _greatest(found: GroupRegret) -> dict[str, object]:
    return {
        each.alternative: {"regret": plain(each.span), "states": list(each.states)}
        for each in found.greatest
    }


def _trade(trade: Trade) -> dict[str, object]:
    return {
        "score": trade.expected,
        "greatest_regret": trade.regret,
        "scenarios": list(trade.scenarios),
        "dominated_by": list(trade.dominated_by),
    }


def _bar(scenarios: Sequence[str], bar: Bar) -> dict[str, object]:
    return {
        "scenarios": list(bar.scenarios),
        "cases": bar.cases,
        "share": bar.share,
        "within": _row(scenarios, bar.within),
    }


def _row(names: Sequence[str], numbers: Sequence[float | None]) -> dict[str, float | None]:
    return dict(zip(names, numbers, strict=True))
