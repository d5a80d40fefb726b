"""The weights that people gave in a session as a chart: per lens, round 1 against round 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from afweging.analysis.session.result_sentences import lens_moved_most
from afweging.analysis.session.spread import LEAST_DOTS
from afweging.analysis.word_table import WordTable
from afweging.charts.chart import Chart
from afweging.charts.intervals import Stretch, intervals_svg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afweging.analysis.session.result_sentences import SessionTold

TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
MIDDLE = 2  # of the five numbers of a spread


def round_chart(told: SessionTold) -> Chart | None:
    """Return how the weights lay per lens in each round; None without a round of five people.

    A line goes from the lower to the upper quartile, or with fewer than eight people from the
    least to the most, with the median on it.
    """
    rounds = told.rounds
    if not rounds:
        return None
    half = min(each["n"] for each in rounds) >= LEAST_DOTS
    ends = (1, 3) if half else (0, 4)
    rows = [(k, each) for k in range(len(told.lenses)) for each in rounds]
    title, finding = _title(told, rounds), _finding(told, rounds)
    svg = intervals_svg(
        [_stretch(told, lens, each, ends) for lens, each in rows],
        ticks=[(at, told.words.format_field(at, "share")) for at in TICKS],
        holds=told.say("shift.half" if half else "shift.range"),
        now=told.say("shift.line"),
        title=title,
        description=finding,
        language=told.words.language,
    )
    keys = ("low", "median", "high") if half else ("least", "median", "most")
    heads = tuple(told.say(f"head.{key}") for key in ("lens", "round", *keys, "mean"))
    cells = tuple(_cells(told, lens, each, ends) for lens, each in rows)
    numbers = tuple(_numbers(lens, each, ends) for lens, each in rows)
    return Chart("rounds", svg, title, finding, WordTable(title, heads, cells), numbers)


def _stretch(
    told: SessionTold, lens: int, found: Mapping[str, Any], ends: tuple[int, int]
) -> Stretch:
    spread = found["spread"][lens]
    name = told.say("shift.row", lens=told.lenses[lens], round=found["round"])
    text = told.words.format_field(spread[MIDDLE], "weight")
    return Stretch(name, spread[ends[0]], spread[ends[1]], spread[MIDDLE], text)


def _cells(
    told: SessionTold, lens: int, found: Mapping[str, Any], ends: tuple[int, int]
) -> tuple[str, ...]:
    number, *weights = _numbers(lens, found, ends)
    shown = (told.words.format_field(weight, "weight") for weight in weights)
    return (told.lenses[lens], told.words.format_field(number, "number"), *shown)


def _numbers(lens: int, found: Mapping[str, Any], ends: tuple[int, int]) -> tuple[float, ...]:
    """Return the number of the round, and the low, middle, high and mean weight of a lens."""
    spread = found["spread"][lens]
    weights = (spread[ends[0]], spread[MIDDLE], spread[ends[1]], found["mean"][lens])
    return (float(found["round"]), *weights)


def _title(told: SessionTold, rounds: Sequence[Mapping[str, Any]]) -> str:
    if len(rounds) > 1:
        return told.say("shift.chart")
    return told.say("shift.chart_one", round=rounds[0]["round"])


def _finding(told: SessionTold, rounds: Sequence[Mapping[str, Any]]) -> str:
    """Return on which lens the median moved most, or with one round where it is highest."""
    first, *others = [[spread[MIDDLE] for spread in each["spread"]] for each in rounds]
    if not others:
        lens = first.index(max(first))
        return told.say("shift.finding_one", lens=told.lenses[lens], median=first[lens])
    place = lens_moved_most(first, others[-1])
    if place is None:
        return told.say("shift.still")
    before, after = first[place], others[-1][place]
    return told.say("shift.finding", lens=told.lenses[place], before=before, after=after)
