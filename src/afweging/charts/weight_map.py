"""The map of the weights on the lenses as an SVG picture that reads in print and aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis import weight_space_sentences
from afweging.analysis.naming import names_of
from afweging.analysis.weight_map import find_weight_map
from afweging.charts.chart import Chart
from afweging.charts.fills import fill
from afweging.charts.svg import BOLD, element, leading, lines, picture, wrap
from afweging.charts.weight_legend import (
    EDGE,
    TEXT,
    WIDTH,
    draw_legend,
    fills_on,
    legend_entries,
    mark_of,
    option_labels,
)
from afweging.charts.weight_slice import (
    LETTERS,
    STRIP,
    Frame,
    Mark,
    corner_lines,
    draw_scales,
    draw_slice,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afweging.analysis.weight_map import Slice, WeightMap
    from afweging.analysis.weight_space import WeightSpace
    from afweging.model.result import Comparison
    from afweging.wording import Words

SIDE = {1: 420.0, 2: 236.0}  # of a triangle, by how many stand beside each other


def weight_map_svg(comparison: Comparison, space: WeightSpace, words: Words) -> str:
    """Return the map of a weight space of two, three or four lenses as SVG.

    Raises
    ------
    RequestError
        With one lens or more than four.
    """
    found = find_weight_map(space)
    title = words.text(
        "space.map.title", title=comparison.problem.title.in_language(words.language)
    )
    labels = option_labels(space.options)
    parts, y = _heading(title, found, words)
    drawn, y = _slices(comparison, found, labels, words, y)
    legend, y = draw_legend(comparison, space, found, words, y)
    shown = sorted(set(fills_on(found, labels).values()))
    return picture(
        element("defs", *(fill(place) for place in shown)),
        *parts,
        *drawn,
        *legend,
        title=title,
        description=describe(comparison, found, words),
        language=words.language,
        size=(WIDTH, y),
    )


def weight_map_chart(comparison: Comparison, space: WeightSpace, words: Words) -> Chart:
    """Return the map without its legend as a chart, with where every profile stands as its table.

    Raises
    ------
    RequestError
        With one lens or more than four.
    """
    found = find_weight_map(space)
    title = words.text("charts.map.title")
    labels, told = option_labels(space.options), describe(comparison, found, words)
    drawn, y = _slices(comparison, found, labels, words, EDGE)
    shown = sorted(set(fills_on(found, labels).values()))
    svg = picture(
        element("defs", *(fill(place) for place in shown)),
        *drawn,
        title=title,
        description=told,
        language=words.language,
        size=(WIDTH, y),
    )
    table = weight_space_sentences.tables(comparison, space, words)[-1]
    numbers = tuple(tuple(each.weights.tolist()) for each in space.panel)
    return Chart("weight_map", svg, title, told, table, numbers)


def weight_map_key(comparison: Comparison, space: WeightSpace, words: Words) -> list[str]:
    """Return what each sign on the map of a chart stands for, one by one.

    Raises
    ------
    RequestError
        With one lens or more than four.
    """
    found = find_weight_map(space)
    reading = words.text("space.map.read_line" if len(found.corners) == 2 else "space.map.read")
    told = [reading] if found.fixed is None else [reading, words.text("space.map.slices")]
    for sign, text in legend_entries(comparison, space, found, words):
        named = {"cross": "cross", "dashed": "dashed"}.get(str(sign), "dot")
        plain = isinstance(sign, int) or not sign
        told.append(text if plain else words.text(f"charts.map.{named}", sign=sign, text=text))
    return told


def _heading(title: str, found: WeightMap, words: Words) -> tuple[list[str], float]:
    """Return the title and how to read the map, and where they end."""
    top = EDGE + LETTERS
    texts = wrap(title, WIDTH - 2 * EDGE, BOLD * LETTERS)
    told = [lines(texts, EDGE, top, size=LETTERS, font_weight="bold")]
    y = top + leading(LETTERS) * len(texts)
    keys = ["read_line" if len(found.corners) == 2 else "read"]
    keys += [] if found.fixed is None else ["slices"]
    text = " ".join(words.text(f"space.map.{key}") for key in keys)
    texts = wrap(text, WIDTH - 2 * EDGE, TEXT)
    told.append(lines(texts, EDGE, y, size=TEXT))
    return told, y + leading(TEXT) * len(texts)


def _slices(
    comparison: Comparison,
    found: WeightMap,
    labels: Mapping[str, tuple[int, str]],
    words: Words,
    top: float,
) -> tuple[list[str], float]:
    """Return all slices, two beside each other where there are more, and where they end."""
    names = [names_of(comparison.problem, words.language).criterion(n) for n in found.corners]
    across = 1 if len(found.slices) == 1 else 2
    told: list[str] = []
    for k, drawn in enumerate(found.slices):
        room = 1.0 - (drawn.at or 0.0)
        texts = [words.text("space.map.corner", lens=name, weight=room) for name in names]
        frame = _frame(texts, across, k % across, top)
        told += _slice_title(comparison, found, drawn, frame, words)
        dots = [dot for dot in found.dots[1:] if dot.slice == k]
        marks = [Mark(mark_of(comparison, dot), tuple(dot.place.tolist())) for dot in dots]
        first = found.dots[0]
        now = tuple(first.place.tolist()) if first.slice == k else None
        scales, taken = draw_scales(frame, texts, room, words)
        told += [*scales, *draw_slice(drawn, frame, labels, (marks, now), taken)]
        if k % across == across - 1:
            top = frame.within[3]
    return told, top


def _frame(texts: Sequence[str], across: int, column: int, top: float) -> Frame:
    """Return where a slice is drawn, with room for its title and the names of its corners."""
    width = WIDTH / across
    left, right = EDGE + width * column, width * (column + 1) - EDGE
    middle = (left + right) / 2
    under = 1.5 + max(len(corner_lines(text, k, right - left)) for k, text in enumerate(texts[:2]))
    if len(texts) == 2:
        y = top + STRIP / 2 + leading(LETTERS)
        spots = np.array([[left, y], [right, y]])
        return Frame(spots, (left, top, right, y + STRIP / 2 + (under + 1) * leading(LETTERS)))
    side = SIDE[across]
    above = len(corner_lines(texts[2], 2, right - left)) + (2.2 if across > 1 else 1.2)
    apex = top + leading(LETTERS) * above
    base = apex + side * 0.75**0.5
    spots = np.array([[middle - side / 2, base], [middle + side / 2, base], [middle, apex]])
    return Frame(spots, (left, top, right, base + (under + 1) * leading(LETTERS)))


def _slice_title(
    comparison: Comparison, found: WeightMap, drawn: Slice, frame: Frame, words: Words
) -> list[str]:
    if found.fixed is None:
        return []
    lens = names_of(comparison.problem, words.language).criterion(found.fixed)
    text = words.text("space.map.fixed", lens=lens, at=drawn.at)
    left, top, right, _ = frame.within
    texts = wrap(text, right - left, BOLD * LETTERS)
    return [lines(texts, left, top + 1.6 * LETTERS, size=LETTERS, font_weight="bold")]


def describe(comparison: Comparison, found: WeightMap, words: Words) -> str:
    """Return the map in words: its corners, who is first on how much of it, and where now is."""
    names = names_of(comparison.problem, words.language)
    lenses = [names.criterion(lens) for lens in found.corners]
    if found.fixed is None:
        key = "desc_line" if len(lenses) == 2 else "desc_triangle"
        shares = _share_list(comparison, found.slices[0], words)
        told = words.text(f"space.map.{key}", lenses=lenses, shares=shares)
    else:
        fixed = names.criterion(found.fixed)
        each = [
            words.text(
                "space.map.desc_slice",
                fixed=fixed,
                at=drawn.at,
                shares=_share_list(comparison, drawn, words),
            )
            for drawn in found.slices
        ]
        told = words.text(
            "space.map.desc_slices",
            count=len(each),
            lenses=lenses,
            fixed=fixed,
            slices=" ".join(each),
        )
    now = [names.option(option) for option in found.dots[0].standing.first]
    return f"{told} {words.text('space.map.desc_now', options=now)}"


def _share_list(comparison: Comparison, drawn: Slice, words: Words) -> list[str]:
    names = names_of(comparison.problem, words.language)
    return [
        words.text(
            "space.map.desc_share",
            options=[names.option(option) for option in region.options],
            share=region.share,
        )
        for region in sorted(drawn.regions, key=lambda each: -each.share)
    ]
