"""How the options hold up over what may come, in sentences, the most important first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.cases import equal_cases
from afweging.analysis.naming import names_of
from afweging.analysis.scenario_robustness_tables import word_tables
from afweging.analysis.sentences import MOST_NAMED, none_admissible
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.robustness_metrics import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from afweging.analysis.measures import Measured, MetricFound, Satisfied
    from afweging.analysis.scenario_regret import Drop, Trade
    from afweging.analysis.scenario_robustness import ScenarioRobustness
    from afweging.analysis.word_table import WordTable
    from afweging.model.result import Comparison
    from afweging.wording import Words

PLACES = 9  # of numbers by which is sorted: beyond is rounding


def sentences(comparison: Comparison, found: ScenarioRobustness, words: Words) -> list[str]:
    """Return what matters most about cases, scenarios, regret and requirements."""
    opening = []
    if none_admissible(comparison):
        opening.append(words.text("futures.satisfied.none_admissible"))
    if len(found.options) == 1:
        opening.append(words.text("futures.note.one_option"))
        return [*opening, *_satisfied(comparison, found, words)]
    trades, together = _trades(comparison, found, words)
    return [
        *opening,
        *trades,
        *_satisfied(comparison, found, words),
        *together,
        *_agreement(comparison, found, words),
        *_bars(comparison, found, words),
        *_drops(comparison, found, words),
        *_few(comparison, words),
        *_notes(comparison, found, words),
    ]


def tables(comparison: Comparison, found: ScenarioRobustness, words: Words) -> list[WordTable]:
    """Return score against regret, the measures, regret by group, and how often is good enough."""
    return word_tables(comparison, found, words)


def _options(comparison: Comparison, words: Words, options: Iterable[str]) -> list[str]:
    names = names_of(comparison.problem, words.language)
    return [names.option(option) for option in options]


def _option(comparison: Comparison, words: Words, option: str) -> str:
    return _options(comparison, words, [option])[0]


def _scenarios(comparison: Comparison, words: Words, scenarios: Iterable[str]) -> list[str]:
    names = names_of(comparison.problem, words.language)
    return [names.case("scenario", scenario) for scenario in scenarios]


def _metrics(metrics: Iterable[MetricFound], words: Words) -> list[str]:
    return [words.text(f"futures.name.{each.metric}") for each in metrics]


def _few(comparison: Comparison, words: Words) -> list[str]:
    """Return that there is nothing to compare over, with one scenario or one case."""
    if len(comparison.weights.cases) == 1:
        return [words.text("futures.note.one_case")]
    if len(comparison.cases.ids["scenario"]) == 1:
        return [words.text("futures.note.one_scenario")]
    return []


# --- measures -----------------------------------------------------------------------------------


def _spread_over(found: ScenarioRobustness) -> list[Measured]:
    """Return the measures that have more than one state to say something of."""
    return [each for each in (found.over_cases, found.over_scenarios) if each.states > 1]


def _agreement(comparison: Comparison, found: ScenarioRobustness, words: Words) -> list[str]:
    """Return by how many measures each winner is the best, and which other option most often."""
    told = []
    for measured in _spread_over(found):
        best_in = dict(zip(found.options, measured.best_in, strict=True))
        winners = comparison.first.overall.alternatives
        counts = [(winner, best_in.pop(winner)) for winner in winners]
        if measured.counted:
            lines = [_best(comparison, measured, *each, words) for each in counts]
            told.append(" ".join([*lines, *_others(comparison, measured, best_in, words)]))
        told += _level(found, measured, words)
    return told


def _best(comparison: Comparison, measured: Measured, winner: str, count: int, words: Words) -> str:
    how = "all" if count == measured.counted else "some" if count else "none"
    return words.text(
        f"futures.agree.{measured.over}_{how}",
        option=_option(comparison, words, winner),
        states=measured.states,
        count=count,
        total=measured.counted,
    )


def _others(
    comparison: Comparison, measured: Measured, best_in: dict[str, int], words: Words
) -> list[str]:
    """Return which of the other options is the best by most measures."""
    most = max(best_in.values(), default=0)
    if not most:
        return []
    options = [option for option, count in best_in.items() if count == most]
    key = "others_tied" if sum(measured.best_in) > measured.counted else "others"
    shown = _options(comparison, words, options)
    return [words.text(f"futures.agree.{key}", options=shown, count=most)]


def _level(found: ScenarioRobustness, measured: Measured, words: Words) -> list[str]:
    """Return the measures by which all options are the same."""
    level = [each for each in measured.metrics if len(each.best) == len(found.options)]
    if not level:
        return []
    key = "level_all" if not measured.counted else "level"
    shown = _metrics(level, words)
    return [words.text(f"futures.agree.{measured.over}_{key}", metrics=shown)]


def _notes(comparison: Comparison, found: ScenarioRobustness, words: Words) -> list[str]:
    """Return which measures are not given and why, and what does not count in them."""
    told = []
    for measured in _spread_over(found):
        told += _too_few(measured, words)
        told += _undefined(comparison, found, measured, words)
    lacking = [each for each in found.over_cases.metrics if each.refused == "no-threshold"]
    if lacking:
        told.append(words.text("futures.note.no_threshold", metrics=_metrics(lacking, words)))
    if found.weightless:
        shown = _scenarios(comparison, words, found.weightless)
        told.append(words.text("futures.note.weightless", scenarios=shown))
    return told


def _too_few(measured: Measured, words: Words) -> list[str]:
    """Return the measures that ask for more states, by how many they ask for."""
    few = [each for each in measured.metrics if each.refused == "few-states"]
    needs = sorted({METRICS[each.metric].least_states for each in few})
    return [
        words.text(
            f"futures.note.few_{measured.over}",
            states=measured.states,
            metrics=_metrics((e for e in few if METRICS[e.metric].least_states == least), words),
            least=least,
        )
        for least in needs
    ]


def _undefined(
    comparison: Comparison, found: ScenarioRobustness, measured: Measured, words: Words
) -> list[str]:
    """Return for which options a measure that is given does not exist."""
    told: dict[tuple[str, ...], list[MetricFound]] = {}
    for each in measured.metrics:
        lacking = tuple(
            option
            for option, value in zip(found.options, each.values, strict=True)
            if value is None
        )
        if lacking and each.refused is None:
            told.setdefault(lacking, []).append(each)
    return [
        words.text(
            f"futures.note.undefined_{measured.over}",
            options=_options(comparison, words, options),
            metrics=_metrics(metrics, words),
        )
        for options, metrics in told.items()
    ]


# --- regret -------------------------------------------------------------------------------------


def _trades(
    comparison: Comparison, found: ScenarioRobustness, words: Words
) -> tuple[list[str], list[str]]:
    """Return what a smaller greatest regret costs, and that it costs nothing where it does not."""
    if len(comparison.cases.ids["scenario"]) == 1:
        return [], []
    best, *_ = front = [trade for trade in found.trades if not trade.dominated_by]
    others = [trade for trade in front if trade.regret < best.regret - SCORE_TOLERANCE]
    if not others:
        options = _options(comparison, words, (trade.option for trade in front))
        return [], [words.text("futures.trade.none", options=options)]
    return [_give(comparison, best, trade, words) for trade in others], []


def _give(comparison: Comparison, best: Trade, trade: Trade, words: Words) -> str:
    after, before = words.apart(trade.regret, best.regret, "gap")
    return words.text(
        "futures.trade.give",
        option=_option(comparison, words, trade.option),
        winner=_option(comparison, words, best.option),
        cost=best.expected - trade.expected,
        share=1 - trade.regret / best.regret,
        before=before,
        after=after,
    )


def _bars(comparison: Comparison, found: ScenarioRobustness, words: Words) -> list[str]:
    """Return whose score regret is measured against, per scenario and per case."""
    first = comparison.first.axes["scenario"]
    if len(first) == 1:
        return _case_bars(comparison, found, words)
    groups: dict[tuple[str, ...], list[str]] = {}
    for each in first:
        groups.setdefault(each.alternatives, []).append(each.of)
    if len(groups) == 1:
        (setters,) = groups
        options = _options(comparison, words, setters)
        told = words.text("futures.bar.everywhere", options=options)
    else:
        parts = [
            words.text(
                f"futures.bar.scenario_part{'_many' if len(first) > MOST_NAMED else ''}",
                options=_options(comparison, words, setters),
                scenarios=_scenarios(comparison, words, where),
                count=len(where),
                total=len(first),
            )
            for setters, where in sorted(groups.items(), key=lambda group: -len(group[1]))
        ]
        told = words.text("futures.bar.scenarios", parts="; ".join(parts))
    return [told, *_case_bars(comparison, found, words)]


def _case_bars(comparison: Comparison, found: ScenarioRobustness, words: Words) -> list[str]:
    """Return in what share of the cases each option sets the bar, where cases are not scenarios."""
    count = len(comparison.weights.cases)
    if count in {1, len(comparison.cases.ids["scenario"])}:
        return []
    set_by = [bar for bar in found.bars if bar.share > 0]
    set_by.sort(key=lambda bar: -round(bar.share, PLACES))
    parts = [
        words.text(
            "futures.bar.case_part",
            option=_option(comparison, words, bar.option),
            share=bar.share,
        )
        for bar in set_by
    ]
    key = "cases" if equal_cases(comparison) else "cases_weight"
    told = words.text(f"futures.bar.{key}", parts=parts)
    tied = sum(bar.share for bar in set_by) > 1 + SCORE_TOLERANCE
    return [f"{told} {words.text('futures.bar.tied')}" if tied else told]


def _drops(comparison: Comparison, found: ScenarioRobustness, words: Words) -> list[str]:
    """Return whether the choice by regret depends on an option that is not chosen."""
    if len(comparison.cases.ids["scenario"]) == 1:
        return []
    told = [
        words.text(
            "futures.drop.reverses",
            option=_option(comparison, words, drop.option),
            before=_options(comparison, words, found.least_regret),
            after=_options(comparison, words, drop.least),
        )
        for drop in found.drops
        if drop.reverses
    ]
    if not told and len(found.options) > max(2, len(found.least_regret)):
        least = _options(comparison, words, found.least_regret)
        told.append(words.text("futures.drop.keeps", least=least))
    return [*told, *_matters(comparison, found, words)]


def _matters(comparison: Comparison, found: ScenarioRobustness, words: Words) -> list[str]:
    """Return how much smaller the least greatest regret is without whom it is measured against."""
    if len(found.least_regret) > 1:
        return []
    (least,) = found.least_regret
    before = next(trade.regret for trade in found.trades if trade.option == least)
    place = found.options.index(least)
    others = [drop for drop in found.drops if drop.option != least]
    drop = min(others, key=lambda each: round(_left(each, place), PLACES))
    after = _left(drop, place)
    shown = [words.format_field(number, "gap") for number in (before, after)]
    if after > before - SCORE_TOLERANCE or shown[0] == shown[1]:
        return []
    return [
        words.text(
            "futures.drop.matters",
            option=_option(comparison, words, drop.option),
            least=_option(comparison, words, least),
            before=before,
            after=after,
        )
    ]


def _left(drop: Drop, place: int) -> float:
    """Return the greatest regret that is left of one option when another drops out."""
    left = drop.greatest[place]
    return float("inf") if left is None else left


# --- requirements -------------------------------------------------------------------------------


def _satisfied(comparison: Comparison, found: ScenarioRobustness, words: Words) -> list[str]:
    """Return in how many cases each winner is good enough, and who is most often."""
    if not found.satisfied:
        return [words.text("futures.satisfied.none")]
    share = {each.option: each.all for each in found.satisfied}
    most = max(share.values())
    others = {
        each.option: _marked(comparison, each, words)
        for each in found.satisfied
        if each.all >= most - SCORE_TOLERANCE
    }
    unit = "cases" if equal_cases(comparison) else "weight"
    return [
        words.text(
            f"futures.satisfied.{unit}_{'most' if winner in others else 'less'}",
            option=_option(comparison, words, winner),
            share=share[winner],
            others=list(others.values()),
            most=most,
        )
        for winner in comparison.first.overall.alternatives
    ]


def _marked(comparison: Comparison, each: Satisfied, words: Words) -> str:
    """Return the name of an option, with a mark where it is screened out."""
    option = _option(comparison, words, each.option)
    return words.text("futures.cell.screened", option=option) if each.screened_out else option
