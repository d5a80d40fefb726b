"""How the options hold up over what may come, as tables in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.naming import names_of
from afweging.analysis.word_table import WordTable
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.model.result import AXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from afweging.analysis.measures import Measured, MetricFound
    from afweging.analysis.naming import Names
    from afweging.analysis.scenario_robustness import ScenarioRobustness
    from afweging.model.result import Axis, Comparison
    from afweging.wording import Words

    FloatArray = NDArray[np.float64]

FORMS = {"minimax_regret": "gap", "percentile_regret": "gap", "starr_domain": "share1"}


def word_tables(comparison: Comparison, found: ScenarioRobustness, words: Words) -> list[WordTable]:
    """Return the tables that have something to compare, the most important first."""
    shown = [
        _measures(comparison, found, measured, words)
        for measured in (found.over_cases, found.over_scenarios)
        if measured.states > 1 and len(found.options) > 1
    ]
    several = len(comparison.cases.ids["scenario"]) > 1 and len(found.options) > 1
    return [
        *([_trades(comparison, found, words)] if several else []),
        *shown,
        *([_meaning(found, words)] if shown else []),
        *_regrets(comparison, found, words),
        *([_bars(comparison, found, words)] if several else []),
        *([_drops(comparison, found, words)] if several else []),
        *([_satisfied(comparison, found, words)] if found.satisfied else []),
    ]


def _heads(words: Words, *keys: str) -> tuple[str, ...]:
    return tuple(words.text(f"futures.head.{key}") for key in keys)


def _shorts(names: Names, options: Iterable[str], words: Words) -> str:
    return ", ".join(names.short(option) for option in options) or _nothing(words)


def _nothing(words: Words) -> str:
    return words.text("futures.cell.nothing")


# --- measures -----------------------------------------------------------------------------------


def _measures(
    comparison: Comparison, found: ScenarioRobustness, measured: Measured, words: Words
) -> WordTable:
    """Return a row per measure that is given, with value and rank of every option."""
    names = names_of(comparison.problem, words.language)
    rows = tuple(
        (
            words.text(f"futures.name.{each.metric}"),
            _shorts(names, each.best, words),
            *_ranked(each, words),
        )
        for each in measured.metrics
        if each.refused is None
    )
    return WordTable(
        title=words.text(f"futures.title.{measured.over}", states=measured.states),
        heads=(
            *_heads(words, "metric", "best"),
            *(names.short(option) for option in found.options),
        ),
        rows=rows,
        left=2,
    )


def _ranked(found: MetricFound, words: Words) -> list[str]:
    form = FORMS.get(found.metric, "3")
    return [
        _nothing(words)
        if value is None
        else words.text("futures.cell.ranked", value=words.format_field(value, form), rank=rank)
        for value, rank in zip(found.values, found.ranks, strict=True)
    ]


def _meaning(found: ScenarioRobustness, words: Words) -> WordTable:
    """Return what every measure that is given means, with the settings in use."""
    given = {
        each.metric
        for measured in (found.over_cases, found.over_scenarios)
        for each in measured.metrics
        if each.refused is None
    }
    chosen = found.settings
    rows = tuple(
        (
            words.text(f"futures.name.{each.metric}"),
            words.text(
                f"futures.meaning.{_meaning_key(found, each.metric)}",
                pessimism=chosen.pessimism,
                rest=1 - chosen.pessimism,
                aversion=chosen.aversion,
                threshold=chosen.threshold,
            ),
        )
        for each in found.over_cases.metrics
        if each.metric in given
    )
    return WordTable(
        words.text("futures.title.meaning"), _heads(words, "metric", "meaning"), rows, left=2
    )


def _meaning_key(found: ScenarioRobustness, metric: str) -> str:
    return f"starr_{found.basis}" if metric == "starr_domain" else metric


# --- regret -------------------------------------------------------------------------------------


def _trades(comparison: Comparison, found: ScenarioRobustness, words: Words) -> WordTable:
    names = names_of(comparison.problem, words.language)
    rows = tuple(
        (
            names.option(trade.option),
            words.format_field(trade.expected, "3"),
            words.format_field(trade.regret, "gap"),
            ", ".join(_code(names, "scenario", each) for each in trade.scenarios),
            _shorts(names, trade.dominated_by, words),
        )
        for trade in found.trades
    )
    heads = _heads(words, "option", "score", "regret", "cause", "better")
    return WordTable(words.text("futures.title.trades"), heads, rows)


def _code(names: Names, axis: str, name: str) -> str:
    return name if names.is_code(name) else names.case(axis, name)


def _regrets(comparison: Comparison, found: ScenarioRobustness, words: Words) -> list[WordTable]:
    """Return regret per scenario, region and horizon, of each that has more than one."""
    if len(found.options) == 1:
        return []
    place = [alternative.id for alternative in comparison.problem.alternatives]
    chosen = [place.index(option) for option in found.options]
    regret: dict[Axis, FloatArray] = {
        "scenario": comparison.regret.by_scenario.low[:, chosen],
        **{each.axis: each.regret for each in found.by_group},
    }
    return [
        _regret(comparison, found, axis, regret[axis], words)
        for axis in AXES
        if len(comparison.cases.ids[axis]) > 1
    ]


def _regret(
    comparison: Comparison,
    found: ScenarioRobustness,
    axis: Axis,
    regret: FloatArray,
    words: Words,
) -> WordTable:
    names, groups = names_of(comparison.problem, words.language), comparison.cases.ids[axis]
    bar = words.text("futures.cell.bar")
    rows = tuple(
        (
            names.option(option),
            *(
                bar if each <= SCORE_TOLERANCE else words.format_field(each, "gap")
                for each in regret[:, a].tolist()
            ),
        )
        for a, option in enumerate(found.options)
    )
    return WordTable(
        title=words.text(f"futures.title.{axis}"),
        heads=(*_heads(words, "option"), *(_group(names, axis, group) for group in groups)),
        rows=rows,
    )


def _group(names: Names, axis: Axis, group: str) -> str:
    """Return the name of a group; of a scenario with its code, by which other tables call it."""
    name = names.case(axis, group)
    return f"{group} {name}" if axis == "scenario" and names.is_code(group) else name


def _bars(comparison: Comparison, found: ScenarioRobustness, words: Words) -> WordTable:
    names = names_of(comparison.problem, words.language)
    rows = tuple(
        (
            names.option(bar.option),
            ", ".join(_code(names, "scenario", each) for each in bar.scenarios) or _nothing(words),
            words.format_field(bar.cases, "number"),
            words.format_field(bar.share, "share1"),
        )
        for bar in found.bars
    )
    heads = _heads(words, "option", "scenarios", "cases", "share")
    return WordTable(words.text("futures.title.bars"), heads, rows, left=2)


def _drops(comparison: Comparison, found: ScenarioRobustness, words: Words) -> WordTable:
    """Return the greatest regret with all options, and without each of them."""
    names = names_of(comparison.problem, words.language)
    present = {trade.option: trade.regret for trade in found.trades}
    rows = tuple(
        (
            names.option(option),
            *(
                _nothing(words) if each is None else words.format_field(each, "gap")
                for each in (present[option], *(drop.greatest[a] for drop in found.drops))
            ),
        )
        for a, option in enumerate(found.options)
    )
    without = (
        words.text("futures.head.without", option=names.short(drop.option)) for drop in found.drops
    )
    heads = (*_heads(words, "option", "present"), *without)
    return WordTable(words.text("futures.title.drops"), heads, rows)


# --- requirements -------------------------------------------------------------------------------


def _satisfied(comparison: Comparison, found: ScenarioRobustness, words: Words) -> WordTable:
    """Return how often every option is good enough; those that are screened out have a mark."""
    names = names_of(comparison.problem, words.language)
    rows = tuple(
        (
            words.text("futures.cell.screened", option=names.option(each.option))
            if each.screened_out
            else names.option(each.option),
            *(words.format_field(share, "share1") for share in (*each.by_requirement, each.all)),
        )
        for each in found.satisfied
    )
    asked = (names.of[f"requirement {each.id}"] for each in comparison.problem.requirements)
    heads = (*_heads(words, "option"), *asked, *_heads(words, "all"))
    return WordTable(words.text("futures.title.satisfied"), heads, rows)
