from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from tests.analysis.random_problems import Shape, random_problem
from tests.charts.pictures import SVG

import afweging as afw
from afweging.analysis.naming import names_of
from afweging.charts.answer_charts import (
    profile_chart,
    ranking_chart,
    regret_chart,
    scenario_chart,
)
from afweging.charts.chart import NAME, Chart
from afweging.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from afweging.model.result import Comparison

Make = Callable[["Comparison", Words], Chart]
ALL: list[Make] = [ranking_chart, scenario_chart, regret_chart, profile_chart]
SHAPES = [Shape(), Shape(options=7, clones=2), Shape(gaps=3), Shape(options=1), Shape(scenarios=1)]


def _compared(seed: int, shape: Shape) -> Comparison:
    return afw.compare(random_problem(seed, shape))


def _shown(number: float, form: str, language: Language) -> str:
    return Words(language).format_field(number, form)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("make", ALL)
def test_every_chart_is_well_formed_and_told(make: Make, shape: Shape, language: Language) -> None:
    """A chart is XML in its language; title and description are its caption and its finding."""
    chart = make(_compared(2, shape), Words(language))
    root = ET.fromstring(chart.svg)  # noqa: S314 - made here
    assert root.get("lang") == language
    assert [each.text for each in root[:2]] == [chart.caption, chart.alternative]
    assert chart.table.rows
    assert "{" not in chart.svg + chart.alternative


@pytest.mark.parametrize("seed", range(5))
def test_bars_are_as_long_as_contributions(seed: int) -> None:
    """The parts of each bar have the lengths of what the lenses contribute, in one scale."""
    comparison = _compared(seed, Shape(options=5, requirements=0))
    root = ET.fromstring(ranking_chart(comparison, Words("nl")).svg)  # noqa: S314 - made here
    boxes = [each for part in root if part.tag == f"{SVG}rect" for each in [part]][1:]
    ids = [alternative.id for alternative in comparison.problem.alternatives]
    order = [ids.index(line.id) for line in comparison.ranking]
    parts = comparison.scores.lenses.low[order]
    wide = [float(each.get("width") or 0) for each in boxes if float(each.get("x") or 0) >= NAME]
    wide = wide[: int((parts > 0).sum())]
    lengths = parts[parts > 0]
    assert wide == pytest.approx(lengths * (wide[0] / lengths[0]), abs=0.02)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(5))
def test_the_finding_of_the_ranking_is_so(seed: int, language: Language) -> None:
    """Who is named highest and lowest has the highest and the lowest score of those in play."""
    comparison = _compared(seed, Shape(options=5))
    told = ranking_chart(comparison, Words(language)).alternative
    names = names_of(comparison.problem, language)
    scores = {line.id: line.score.low for line in comparison.ranking if line.rank is not None}
    first, last = max(scores, key=scores.__getitem__), min(scores, key=scores.__getitem__)
    assert told.index(names.option(first)) < told.index(_shown(scores[first], "3", language))
    if len(scores) > 1:
        assert told.index(names.option(last)) < told.rindex(_shown(scores[last], "3", language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(5))
def test_the_finding_of_the_scenarios_is_so(seed: int, language: Language) -> None:
    """The highest and the lowest of all cells are told with their option and scenario."""
    comparison = _compared(seed, Shape(options=5))
    chart = scenario_chart(comparison, Words(language))
    low = comparison.scores.axes["scenario"].low
    for number in (low.max(), low.min()):
        assert _shown(float(number), "3", language) in chart.alternative
    g, a = np.unravel_index(low.argmax(), low.shape)
    names = names_of(comparison.problem, language)
    ids = comparison.cases.ids["scenario"]
    assert names.case("scenario", ids[int(g)]) in chart.alternative
    assert names.option(comparison.problem.alternatives[int(a)].id) in chart.alternative
    cells = {cell for row in chart.table.rows for cell in row[1:]}
    assert cells == {_shown(float(number), "3", language) for number in low.flat}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(5))
def test_the_finding_of_the_regret_is_so(seed: int, language: Language) -> None:
    """The least and the most of the greatest regrets, recomputed from the scores."""
    comparison = _compared(seed, Shape(options=5, requirements=0))
    scores = comparison.scores.axes["scenario"].low  # (G, A)
    greatest = (scores.max(axis=1, keepdims=True) - scores).max(axis=0)
    chart = regret_chart(comparison, Words(language))
    for number in (greatest.min(), greatest.max()):
        assert _shown(float(number), "gap", language) in chart.alternative
    assert [row[-1] for row in chart.table.rows] == [
        _shown(float(number), "gap", language) for number in np.sort(greatest)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(5))
def test_the_finding_of_the_profiles_is_so(seed: int, language: Language) -> None:
    """For how many profiles an option is first, counted from the scores of the panel."""
    comparison = _compared(seed, Shape(options=4, profiles=6, requirements=0))
    names, scores = names_of(comparison.problem, language), comparison.scores.panel.low
    firsts = scores >= scores.max(axis=1, keepdims=True) - 1e-9
    told = profile_chart(comparison, Words(language)).alternative
    word = {"nl": "bij", "en": "with"}[language]
    for option, count in zip(comparison.problem.alternatives, firsts.sum(axis=0), strict=True):
        part = f"{names.option(option.id)} {word} {count}"
        assert (part in told) == (count > 0)
