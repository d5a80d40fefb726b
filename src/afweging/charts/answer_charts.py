"""The answer of a comparison as charts: scores, scenarios, regret, and who is first for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.naming import names_of, profile_names
from afweging.analysis.word_table import WordTable
from afweging.charts.bars import Bar, bars_svg
from afweging.charts.chart import Chart
from afweging.charts.heat import Cell, heat_svg
from afweging.charts.weight_legend import option_labels
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from afweging.model.result import Comparison, Regret
    from afweging.wording import Words

    FloatArray = NDArray[np.float64]


def ranked(comparison: Comparison) -> list[str]:
    """Return the ids of the options as they rank; those that are screened out last."""
    return [line.id for line in comparison.ranking]


def taking_part(comparison: Comparison) -> list[str]:
    """Return the ids of the options that meet the requirements, as they rank."""
    return [line.id for line in comparison.ranking if line.rank is not None]


def span(low: float, high: float, form: str, words: Words) -> str:
    """Return a number, or its bounds where it depends on a gap."""
    if high - low <= SCORE_TOLERANCE:
        return words.format_field(low, form)
    both = (words.format_field(low, form), words.format_field(high, form))
    return words.text("charts.span", low=both[0], high=both[1])


def settled(low: FloatArray, high: FloatArray) -> tuple[tuple[float, ...], ...]:
    """Return numbers of shape (R, N) in rows; NaN where their bounds differ."""
    known = np.where(high - low <= SCORE_TOLERANCE, low, np.nan)
    return tuple(tuple(row) for row in known.tolist())


def _places(comparison: Comparison, options: Sequence[str]) -> list[int]:
    ids = [alternative.id for alternative in comparison.problem.alternatives]
    return [ids.index(name) for name in options]


def ranking_chart(comparison: Comparison, words: Words) -> Chart:
    """Return the score of each option as a bar, built of what each lens contributes."""
    names, order = names_of(comparison.problem, words.language), ranked(comparison)
    at, scores = _places(comparison, order), comparison.scores
    lenses = [lens.name.in_language(words.language) for lens in comparison.problem.tree.children]
    parts = scores.lenses.low[at]  # (A, L)
    open_part = (scores.expected.high - scores.expected.low)[at]
    gaps = bool((open_part > SCORE_TOLERANCE).any())
    taking = set(taking_part(comparison))
    spans = [
        span(float(scores.expected.low[a]), float(scores.expected.high[a]), "3", words) for a in at
    ]
    bars = [
        Bar(
            _named(comparison, name, words),
            tuple(parts[k].tolist()) + ((float(open_part[k]),) if gaps else ()),
            spans[k],
            pale=name not in taking,
        )
        for k, name in enumerate(order)
    ]
    legend = [*lenses, words.text("charts.ranking.gap")] if gaps else lenses
    title, told = words.text("charts.ranking.title"), _ranking_finding(comparison, words)
    rows = tuple(
        (names.option(name), *(words.format_field(p, "3") for p in parts[k].tolist()), spans[k])
        for k, name in enumerate(order)
    )
    heads = (words.text("charts.head.option"), *lenses, words.text("charts.head.score"))
    svg = bars_svg(bars, parts=legend, title=title, description=told, language=words.language)
    table = WordTable(words.text("charts.ranking.table"), heads, rows)
    numbers = settled(
        np.column_stack((parts, scores.expected.low[at])),
        np.column_stack((scores.lenses.high[at], scores.expected.high[at])),
    )
    return Chart("ranking", svg, title, told, table, numbers)


def _named(comparison: Comparison, name: str, words: Words) -> str:
    """Return the name of an option, and that it is screened out if it is."""
    shown = names_of(comparison.problem, words.language).option(name)
    if name in taking_part(comparison):
        return shown
    return words.text("charts.screened", option=shown)


def _ranking_finding(comparison: Comparison, words: Words) -> str:
    """Return who scores highest and lowest of those that take part, and the lens that gives most.

    Where a gap decides who is highest, it says the highest score that each end can reach.
    """
    names, order = names_of(comparison.problem, words.language), taking_part(comparison)
    at, scores = _places(comparison, order), comparison.scores
    low, high = scores.expected.low[at], scores.expected.high[at]
    if not comparison.first.overall.settled:
        options = [names.option(name) for name in comparison.first.overall.alternatives]
        return words.text("charts.ranking.open", options=options)
    first = [k for k in range(len(order)) if low[k] >= low.max() - SCORE_TOLERANCE]
    facts = {
        "first": [names.option(order[k]) for k in first],
        "score": span(float(low[first[0]]), float(high[first[0]]), "3", words),
    }
    if len(first) == len(order):
        return words.text("charts.ranking.alone", **facts)
    last = [k for k in range(len(order)) if low[k] <= low.min() + SCORE_TOLERANCE]
    return words.text(
        "charts.ranking.finding",
        **facts,
        last=[names.option(order[k]) for k in last],
        least=span(float(low[last[0]]), float(high[last[0]]), "3", words),
    )


def scenario_chart(comparison: Comparison, words: Words) -> Chart:
    """Return the score of each option in each scenario as a table in which darker is more."""
    names, order = names_of(comparison.problem, words.language), ranked(comparison)
    bounds, at = comparison.scores.axes["scenario"], _places(comparison, order)
    low, high = bounds.low[:, at].T, bounds.high[:, at].T  # (A, G)
    ids = comparison.cases.ids["scenario"]
    scenarios = [names.case("scenario", name) for name in ids]
    first = {each.of: each.alternatives for each in comparison.first.axes["scenario"]}
    text = [
        [span(float(low[a, g]), float(high[a, g]), "3", words) for g in range(len(ids))]
        for a in range(len(order))
    ]
    width = float(low.max() - low.min()) or 1.0
    cells = [
        [
            Cell(text[a][g], float((low[a, g] - low.min()) / width), best=name in first[ids[g]])
            for g in range(len(ids))
        ]
        for a, name in enumerate(order)
    ]
    most, least = (np.unravel_index(k, low.shape) for k in (low.argmax(), low.argmin()))
    told = words.text(
        "charts.scenarios.finding",
        option=names.option(order[int(most[0])]),
        scenario=scenarios[int(most[1])],
        score=text[int(most[0])][int(most[1])],
        other=names.option(order[int(least[0])]),
        worst=scenarios[int(least[1])],
        least=text[int(least[0])][int(least[1])],
    )
    title = words.text("charts.scenarios.title")
    svg = heat_svg(
        [_named(comparison, name, words) for name in order],
        list(zip(_signs(ids), scenarios, strict=True)),
        cells,
        best=words.text("charts.scenarios.best"),
        title=title,
        description=told,
        language=words.language,
    )
    rows = tuple((names.option(name), *text[a]) for a, name in enumerate(order))
    table = WordTable(title, (words.text("charts.head.option"), *scenarios), rows)
    return Chart("scenarios", svg, title, told, table, settled(low, high))


def _signs(ids: Sequence[str]) -> list[str]:
    """Return short signs for columns: the ids if all are codes, else letters."""
    labels = option_labels(ids)
    return [labels[name][1] for name in ids]


def regret_chart(comparison: Comparison, words: Words) -> Chart:
    """Return the greatest regret of each option over the scenarios as a bar."""
    names = names_of(comparison.problem, words.language)
    found = {each.alternative: each for each in comparison.regret.over_scenarios}
    order = sorted(found, key=lambda name: (found[name].span.low, name))
    text = [span(found[n].span.low, found[n].span.high, "gap", words) for n in order]
    bars = [
        Bar(names.option(name), (found[name].span.low,), text[k]) for k, name in enumerate(order)
    ]
    least = found[order[0]].span.low
    most = found[order[-1]].span.low
    told = words.text(
        "charts.regret.finding" if most - least > SCORE_TOLERANCE else "charts.regret.same",
        options=[names.option(n) for n in order if found[n].span.low <= least + SCORE_TOLERANCE],
        least=text[0],
        others=[names.option(n) for n in order if found[n].span.low >= most - SCORE_TOLERANCE],
        most=text[-1],
    )
    title = words.text("charts.regret.title")
    rows = tuple(
        (
            names.option(name),
            _where(comparison, found[name], words),
            text[k],
        )
        for k, name in enumerate(order)
    )
    heads = tuple(words.text(f"charts.head.{key}") for key in ("option", "in", "regret"))
    svg = bars_svg(bars, title=title, description=told, language=words.language)
    spans = [found[name].span for name in order]
    numbers = settled(np.array([[s.low] for s in spans]), np.array([[s.high] for s in spans]))
    return Chart("regret", svg, title, told, WordTable(title, heads, rows, left=2), numbers)


def _where(comparison: Comparison, found: Regret, words: Words) -> str:
    """Return the scenarios in which the regret of an option is greatest, if it has any."""
    if found.span.high <= SCORE_TOLERANCE:
        return words.text("charts.none")
    names = names_of(comparison.problem, words.language)
    return words.join([names.case("scenario", state) for state in found.states])


def profile_chart(comparison: Comparison, words: Words) -> Chart:
    """Return the score of each option with the weights of each profile, darker for more."""
    names, order = names_of(comparison.problem, words.language), taking_part(comparison)
    at, panel = _places(comparison, order), comparison.problem.panel
    low, high = (b[:, at] for b in (comparison.scores.panel.low, comparison.scores.panel.high))
    first = {each.of: each.alternatives for each in comparison.first.profiles}
    people = profile_names(comparison.problem, words, [profile.id for profile in panel])
    text = [
        [span(float(low[p, a]), float(high[p, a]), "3", words) for a in range(len(order))]
        for p in range(len(panel))
    ]
    width = float(low.max() - low.min()) or 1.0
    cells = [
        [
            Cell(text[p][a], float((low[p, a] - low.min()) / width), best=name in first[profile.id])
            for a, name in enumerate(order)
        ]
        for p, profile in enumerate(panel)
    ]
    options = [names.option(name) for name in order]
    title, told = words.text("charts.profiles.title"), _profile_finding(comparison, words)
    svg = heat_svg(
        people,
        list(zip(_signs(order), options, strict=True)),
        cells,
        best=words.text("charts.profiles.best"),
        title=title,
        description=told,
        language=words.language,
    )
    heads = (words.text("charts.head.profile"), *_signs(order))
    rows = tuple((people[p], *text[p]) for p in range(len(panel)))
    return Chart("profiles", svg, title, told, WordTable(title, heads, rows), settled(low, high))


def _profile_finding(comparison: Comparison, words: Words) -> str:
    """Return for how many profiles each option is first; those that tie count for each."""
    names, order = names_of(comparison.problem, words.language), taking_part(comparison)
    counts = {
        name: sum(name in each.alternatives for each in comparison.first.profiles) for name in order
    }
    told = sorted((name for name in order if counts[name]), key=lambda name: -counts[name])
    parts = [
        words.text("charts.profiles.part", option=names.option(name), count=counts[name])
        for name in told
    ]
    total = len(comparison.first.profiles)
    return words.text("charts.profiles.finding", total=total, parts=parts)
