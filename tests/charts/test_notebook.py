from __future__ import annotations

import math
import re
from html import unescape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from tests.analysis.random_problems import Shape
from tests.analysis.session.records import record
from tests.analysis.session.records import told as told_of
from tests.charts.pictures import SVG
from tests.live.running import brabant as brabant_problem
from tests.memo.made import DAY
from tests.memo.matters import brabant, random_matter

import afweging as afw
from afweging.charts.chart import EDGE, NAME, TEXT, WIDTH
from afweging.charts.round_chart import round_chart
from afweging.charts.scatter import HIGH, LEFT, TOP
from afweging.charts.svg import width_of
from afweging.errors import OutputError, RequestError
from afweging.memo.content import memo_text
from afweging.wording import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from afweging.analysis.robustness import Robustness

OF_A_SESSION = "rounds"
EVERY = [each for each in afw.charts.__all__ if each[0].islower() and each != OF_A_SESSION]
SHAPES = [Shape(), Shape(options=6, clones=1), Shape(options=3, scenarios=2, profiles=5)]


def _found(seed: int, shape: Shape) -> Robustness:
    found = random_matter(seed, shape).robust
    assert found is not None
    return found


def _chart(name: str, result: object, language: Language = "nl") -> afw.charts.NotebookChart:
    make: Callable[..., afw.charts.NotebookChart] = getattr(afw.charts, name)
    return make(result, language=language)


def _drawn(chart: afw.charts.NotebookChart, name: str) -> list[ET.Element]:
    root = ET.fromstring(chart.svg)  # noqa: S314 - made here
    return [each for each in root if each.tag == f"{SVG}{name}"][name == "rect" :]


def _numbers(elements: list[ET.Element], key: str) -> list[float]:
    return [float(each.get(key) or 0) for each in elements]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_a_chart_is_that_of_the_memo(name: str, language: Language) -> None:
    """Picture, caption and finding are those that the memo of the same result prints."""
    matter = brabant(language)
    assert matter.robust is not None
    chart = _chart(name, matter.robust, language)
    text = memo_text(matter.comparison, matter.robust, matter.words, kind="memo", day=DAY)
    figures = {block.svg: block.lines for block in text.blocks if block.kind == "figure"}
    assert figures[chart.svg] == (chart.caption, chart.sentence)
    assert len(figures) == len(EVERY)


@pytest.mark.parametrize("name", EVERY)
def test_the_table_has_the_numbers_that_are_read(name: str) -> None:
    """Written in the way of the language, each number is the cell of the table in words."""
    chart = _chart(name, brabant().robust, "nl")
    cells = [row[chart.chart.table.left :] for row in chart.chart.table.rows]
    numbers = chart.table.iloc[:, chart.chart.table.left - 1 :].to_numpy()
    assert numbers.shape == (len(cells), len(cells[0]))
    for row, told in zip(numbers.tolist(), cells, strict=True):
        for number, cell in zip(row, told, strict=True):
            assert math.isnan(number) == (cell == "kan niet")
            if not math.isnan(number):
                shown = float(re.sub("[^0-9,]", "", cell).replace(",", "."))
                scale = 100 if "%" in cell else 1
                half = 0.5 / 10 ** len(cell.strip("%\u00a0 ").partition(",")[2])
                assert shown == pytest.approx(scale * number, abs=1.001 * half)


def test_a_page_shows_the_picture_the_finding_and_the_numbers() -> None:
    """Jupyter gets one figure with its alternative text and a table; names cannot break it."""
    matter = random_matter(3, Shape(options=3))
    chart = afw.charts.ranking(matter.comparison)
    page = chart._repr_html_()
    ET.fromstring(page.replace("<br>", "").replace('width:100%">', 'width:100%"/>'))  # noqa: S314
    alternative = re.search(r'<img [^>]*alt="([^"]*)"', page)
    assert alternative is not None
    assert unescape(alternative[1]) == chart.sentence
    assert page.count("<tr>") == 1 + len(chart.table)
    assert "Getallen bij deze figuur" in page


def test_a_chart_is_saved_as_svg_or_png(tmp_path: Path) -> None:
    """The file is the picture; what stands there stays unless asked, and no other kind is made."""
    chart = afw.charts.regret(random_matter(3, Shape(options=3)).comparison, language="en")
    chart.save(tmp_path / "spijt.svg")
    assert (tmp_path / "spijt.svg").read_text("utf-8") == chart.svg
    chart.save(tmp_path / "spijt.PNG")
    assert (tmp_path / "spijt.PNG").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(OutputError):
        chart.save(tmp_path / "spijt.svg")
    chart.save(tmp_path / "spijt.svg", overwrite=True)
    with pytest.raises(RequestError, match="chart-file"):
        chart.save(tmp_path / "spijt.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["spijt.PNG", "spijt.svg"]


def test_what_cannot_be_drawn_is_said() -> None:
    """One fault: no robustness, nothing behind, no profiles, no such language."""
    alone = random_matter(2, Shape(options=1, requirements=0, profiles=0, scenarios=1))
    comparison = alone.comparison
    for name in ("flips", "score_regret"):
        with pytest.raises(RequestError, match="chart-empty"):
            _chart(name, alone.robust)
    for name in ("flips", "stability", "acceptability", "score_regret", "weight_space"):
        with pytest.raises(RequestError, match="chart-robustness"):
            _chart(name, comparison)
    with pytest.raises(RequestError, match="chart-no-profiles"):
        afw.charts.profiles(comparison)
    with pytest.raises(RequestError, match="chart-language"):
        _chart("ranking", comparison, "de")  # type: ignore[arg-type]


# --- what is drawn, against the numbers ---------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("name", ["regret", "flips"])
def test_bars_have_the_lengths_of_the_numbers(name: str, shape: Shape) -> None:
    """In one scale, from the same line; no bar where there is no number."""
    chart = _chart(name, _found(6, shape))
    numbers = chart.table.iloc[:, -1].to_numpy(float)
    positive = numbers[numbers > 0]
    bars = _drawn(chart, "rect")
    assert len(bars) == len(positive)
    assert set(_numbers(bars, "x")) <= {NAME}
    if len(bars):
        scale = float(bars[0].get("width") or 0) / positive[0]
        assert _numbers(bars, "width") == pytest.approx(scale * positive, abs=0.02)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_places_lie_end_to_end(shape: Shape) -> None:
    """Each part starts where the one before it ends, and all bars are equally long: 100 %."""
    found = _found(6, shape)
    chart = afw.charts.acceptability(found)
    shares = chart.table.to_numpy(float)
    bars = _drawn(chart, "rect")[: int((shares > 0).sum())]
    wide, at = np.array(_numbers(bars, "width")), np.array(_numbers(bars, "x"))
    scale = wide.sum() / len(shares)
    assert wide == pytest.approx(scale * shares[shares > 0], abs=0.03)
    starts = NAME + scale * (np.cumsum(shares, axis=1) - shares)
    assert at == pytest.approx(starts[shares > 0], abs=0.03)
    assert shares.sum(axis=1) == pytest.approx(1.0)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_intervals_run_from_where_to_where(shape: Shape) -> None:
    """On one scale from 0 to 1: the stretch, and the mark of the weight of now in it."""
    chart = afw.charts.stability(_found(6, shape))
    now, low, high = chart.table.to_numpy(float).T
    room = max(width_of(f"{text}", TEXT) for text in _ranges(chart)) + 14
    wide = WIDTH - NAME - EDGE - room
    bars = _drawn(chart, "rect")[: len(now)]
    assert _numbers(bars, "x") == pytest.approx(NAME + wide * low, abs=0.02)
    assert _numbers(bars, "width") == pytest.approx(wide * (high - low), abs=0.02)
    marks = [each for each in _drawn(chart, "line") if each.get("stroke-width") == "4"]
    assert _numbers(marks, "x1") == pytest.approx(NAME + wide * now, abs=0.02)


def _ranges(chart: afw.charts.NotebookChart) -> list[str]:
    """Return what is written at the end of each row: the two percentages of the table."""
    return [f"{row[2]}–{row[3]}" for row in chart.chart.table.rows]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_dots_stand_at_score_and_regret(shape: Shape) -> None:
    """Further right is a higher score, higher up is more regret, both in one scale."""
    chart = afw.charts.score_regret(_found(6, shape))
    score, regret = chart.table.to_numpy(float).T
    dots = _drawn(chart, "circle")[: len(score)]
    for numbers, at, sign in (
        (score, np.array(_numbers(dots, "cx")) - LEFT, 1),
        (regret, TOP + HIGH - np.array(_numbers(dots, "cy")), 1),
    ):
        spread = np.ptp(numbers)
        if spread > 1e-6:
            steps = sign * (at - at.min()) / np.ptp(at)
            assert steps == pytest.approx((numbers - numbers.min()) / spread, abs=1e-3)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("name", ["scenarios", "profiles"])
def test_a_darker_cell_is_a_higher_number(name: str, shape: Shape) -> None:
    """In grey too: the lightness of the cells falls as their numbers rise."""
    chart = _chart(name, _found(6, shape))
    numbers = chart.table.to_numpy(float).ravel()
    cells = [each for each in _drawn(chart, "rect") if (each.get("fill") or "").startswith("#")]
    colours = [each.get("fill") or "" for each in cells[: len(numbers)]]
    grey = np.array([_grey(colour) for colour in colours])
    order = np.argsort(numbers)
    assert (np.diff(grey[order]) <= 1e-9).all()


def _grey(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_a_missing_effect_leaves_no_number() -> None:
    """Where the score depends on a gap its table says NaN, and the picture both ends."""
    matter = random_matter(3, Shape(gaps=4))
    chart = afw.charts.ranking(matter.comparison)
    scores = matter.comparison.scores.expected
    places = {line.id: k for k, line in enumerate(matter.comparison.ranking)}
    for a, option in enumerate(matter.comparison.problem.alternatives):
        told = float(chart.table.to_numpy()[places[option.id], -1])
        assert math.isnan(told) == (scores.high[a] - scores.low[a] > 1e-9)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rounds_of_a_session_are_drawn_as_in_the_memo(language: Language) -> None:
    """The same picture and finding; the table has the weights, not rounded."""
    session = record("closed", 6)
    chart = afw.charts.rounds(brabant_problem()[0], session, language=language)
    memo = round_chart(told_of(session, language))
    assert memo is not None
    assert (chart.svg, chart.sentence) == (memo.svg, memo.alternative)
    for number, each in enumerate(session.rounds):
        rows = np.array([np.array(row) / sum(row) for row in each.swings])
        numbers = chart.table.iloc[number :: len(session.rounds)].to_numpy()
        expected = [[number + 1, *np.percentile(c, [0, 50, 100]), c.mean()] for c in rows.T]
        np.testing.assert_allclose(numbers, expected, atol=1e-12)


def test_rounds_that_cannot_be_drawn_are_refused() -> None:
    """Of another problem, or of fewer than five people."""
    with pytest.raises(RequestError, match="session-other-problem"):
        afw.charts.rounds(afw.read_problem("scenarios/kantoor"), record("closed", 6))
    with pytest.raises(RequestError, match="chart-no-round"):
        afw.charts.rounds(brabant_problem()[0], record("closed", 4))
