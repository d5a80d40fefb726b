"""How sure an answer is, as charts: flip distances, intervals, places, and score against regret."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from afweging.analysis.naming import names_of
from afweging.analysis.word_table import WordTable
from afweging.charts.answer_charts import taking_part
from afweging.charts.bars import Bar, bars_svg
from afweging.charts.chart import Chart
from afweging.charts.intervals import Stretch, intervals_svg
from afweging.charts.scatter import Dot, Scale, scatter_svg
from afweging.charts.weight_legend import option_labels
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.analysis.robustness import Robustness
    from afweging.analysis.stability import NodeStability
    from afweging.wording import Words

SHOWN = 12  # nodes in the picture of intervals: those that are most sensitive


def flip_chart(found: Robustness, words: Words) -> Chart | None:
    """Return how much weight must move between lenses to put each option first, as bars.

    None where nothing can be behind: all options that take part are first.
    """
    names = names_of(found.comparison.problem, words.language)
    behind = [each for each in found.flips.options if each.option not in found.flips.first]
    if not behind:
        return None
    moved = {each.option: each.lenses.moved for each in behind}
    order = sorted(moved, key=lambda name: (math.inf if (m := moved[name]) is None else m, name))
    text = {
        name: words.text("charts.flips.never") if m is None else words.format_field(m, "share1")
        for name, m in moved.items()
    }
    bars = [Bar(names.option(name), (moved[name] or 0.0,), text[name]) for name in order]
    title = words.text("charts.flips.title")
    told = _flip_finding(found, order, moved, words)
    heads = tuple(words.text(f"charts.head.{key}") for key in ("option", "moved"))
    rows = tuple((names.option(name), text[name]) for name in order)
    svg = bars_svg(bars, title=title, description=told, language=words.language)
    numbers = tuple((math.nan if (m := moved[name]) is None else m,) for name in order)
    return Chart("flips", svg, title, told, WordTable(title, heads, rows), numbers)


def _flip_finding(
    found: Robustness, order: Sequence[str], moved: dict[str, float | None], words: Words
) -> str:
    names = names_of(found.comparison.problem, words.language)
    never = [names.option(name) for name in order if moved[name] is None]
    able = [(m, name) for name in order if (m := moved[name]) is not None]
    told = [words.text("charts.flips.impossible", options=never)] if never else []
    if able:
        least = able[0][0]
        nearest = [names.option(name) for m, name in able if m <= least + SCORE_TOLERANCE]
        told.insert(0, words.text("charts.flips.finding", options=nearest, moved=least))
    return " ".join(told)


def stability_chart(found: Robustness, words: Words) -> Chart | None:
    """Return between which weights of each lens and criterion the first option stays.

    None where no single weight can vary.
    """
    nodes = [each for each in found.stability.nodes if each.kind != "group"][:SHOWN]
    if not nodes:
        return None
    names = names_of(found.comparison.problem, words.language)
    text = [
        words.text("charts.stability.range", low=each.winner.low, high=each.winner.high)
        for each in nodes
    ]
    stretches = [
        Stretch(names.criterion(e.node), e.winner.low, e.winner.high, e.weight, text[k])
        for k, e in enumerate(nodes)
    ]
    title, told = words.text("charts.stability.title"), _stability_finding(nodes, found, words)
    svg = intervals_svg(
        stretches,
        ticks=[(at, words.format_field(at, "share")) for at in (0.0, 0.25, 0.5, 0.75, 1.0)],
        holds=words.text("charts.stability.holds"),
        now=words.text("charts.stability.now"),
        title=title,
        description=told,
        language=words.language,
    )
    heads = tuple(words.text(f"charts.head.{key}") for key in ("node", "weight", "from", "to"))
    rows = tuple(
        (
            names.criterion(each.node),
            *(
                words.format_field(share, "share1")
                for share in (each.weight, each.winner.low, each.winner.high)
            ),
        )
        for each in nodes
    )
    numbers = tuple((each.weight, each.winner.low, each.winner.high) for each in nodes)
    return Chart("stability", svg, title, told, WordTable(title, heads, rows), numbers)


def _stability_finding(nodes: Sequence[NodeStability], found: Robustness, words: Words) -> str:
    names = names_of(found.comparison.problem, words.language)
    nearest = nodes[0]
    if nearest.distance == math.inf:
        return words.text("charts.stability.steady")
    return words.text(
        "charts.stability.finding",
        node=names.criterion(nearest.node),
        weight=nearest.weight,
        low=nearest.winner.low,
        high=nearest.winner.high,
    )


def places_chart(found: Robustness, words: Words) -> Chart:
    """Return how often each option has each place over the draws, as bars of places."""
    names, drawn = names_of(found.comparison.problem, words.language), found.acceptability.drawn
    options = found.acceptability.options
    shares = drawn.rank_shares  # (A, A)
    order = sorted(range(len(options)), key=lambda a: (-float(shares[a, 0]), options[a]))
    text = {a: words.text("charts.places.first", share=float(shares[a, 0])) for a in order}
    bars = [Bar(names.option(options[a]), tuple(shares[a].tolist()), text[a]) for a in order]
    places = [words.text("charts.places.place", place=k + 1) for k in range(len(options))]
    title = words.text("charts.places.title")
    most = float(shares[order[0], 0])
    best = [a for a in order if shares[a, 0] >= most - SCORE_TOLERANCE]
    told = words.text(
        "charts.places.finding",
        options=[names.option(options[a]) for a in best],
        share=most,
        count=drawn.draws,
    )
    svg = bars_svg(bars, parts=places, title=title, description=told, language=words.language)
    rows = tuple(
        (
            names.option(options[a]),
            *(words.format_field(share, "share1") for share in shares[a].tolist()),
        )
        for a in order
    )
    table = WordTable(title, (words.text("charts.head.option"), *places), rows)
    numbers = tuple(tuple(shares[a].tolist()) for a in order)
    return Chart("places", svg, title, told, table, numbers)


def score_regret_chart(found: Robustness, words: Words) -> Chart | None:
    """Return score against greatest regret; None with one scenario or one option."""
    comparison = found.comparison
    order = taking_part(comparison)
    if len(order) < 2 or len(comparison.cases.ids["scenario"]) < 2:
        return None
    names = names_of(comparison.problem, words.language)
    scores = {line.id: line.score.low for line in comparison.ranking}
    regrets = {each.alternative: each.span.low for each in comparison.regret.over_scenarios}
    both = [(scores[name], regrets[name]) for name in order]
    beaten = [_beaten(own, both) for own in both]
    across = _scale("charts.score_regret.across", [s for s, _ in both], "3", words)
    up = _scale("charts.score_regret.up", [r for _, r in both], "gap", words)
    dots = [
        Dot(
            _at(both[k][0], [s for s, _ in both]),
            _at(both[k][1], [r for _, r in both]),
            option_labels(order)[name][1],
            names.option(name),
            beaten[k],
        )
        for k, name in enumerate(order)
    ]
    kept = [names.option(name) for name, out in zip(order, beaten, strict=True) if not out]
    told = words.text("charts.score_regret.finding", count=len(kept), options=kept)
    title = words.text("charts.score_regret.title")
    svg = scatter_svg(
        dots,
        across,
        up,
        kinds=(words.text("charts.score_regret.kept"), words.text("charts.score_regret.beaten")),
        title=title,
        description=told,
        language=words.language,
    )
    heads = tuple(words.text(f"charts.head.{key}") for key in ("option", "score", "regret"))
    rows = tuple(
        (
            names.option(name),
            words.format_field(both[k][0], "3"),
            words.format_field(both[k][1], "gap"),
        )
        for k, name in enumerate(order)
    )
    return Chart("score_regret", svg, title, told, WordTable(title, heads, rows), tuple(both))


def _beaten(own: tuple[float, float], all_of: Sequence[tuple[float, float]]) -> bool:
    """Return whether another has no lower score and no more regret, and is better on one."""
    score, regret = own
    return any(
        s >= score - SCORE_TOLERANCE
        and r <= regret + SCORE_TOLERANCE
        and (s > score + SCORE_TOLERANCE or r < regret - SCORE_TOLERANCE)
        for s, r in all_of
    )


def _ends(numbers: Sequence[float]) -> tuple[float, float]:
    """Return the ends of a scale with room on both sides."""
    low, high = min(numbers), max(numbers)
    room = 0.1 * (high - low) or 0.01
    return low - room, high + room


def _at(number: float, numbers: Sequence[float]) -> float:
    low, high = _ends(numbers)
    return (number - low) / (high - low)


def _scale(key: str, numbers: Sequence[float], form: str, words: Words) -> Scale:
    """Return a scale with a mark at the least and at the greatest number, and half way."""
    low, high = min(numbers), max(numbers)
    marks = [low] if high - low <= SCORE_TOLERANCE else [low, (low + high) / 2, high]
    ticks = tuple((_at(mark, numbers), words.format_field(mark, form)) for mark in marks)
    return Scale(words.text(key), ticks)
