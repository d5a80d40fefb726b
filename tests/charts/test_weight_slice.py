from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from tests.analysis.lens_problems import random_lens_problem
from tests.charts.pictures import draw

from afweging.charts.weight_slice import weights_along


@pytest.mark.parametrize("room", [1.0, 0.95, 0.9, 0.75, 0.6, 0.45, 0.3, 0.1])
def test_a_side_has_two_weights_at_least(room: float) -> None:
    """Evenly apart, above 0 and below what the corner has."""
    found = weights_along(room)
    assert len(found) >= 1 if room <= 0.1 else len(found) >= 2
    assert all(0 < weight < room - 1e-9 for weight in found)
    steps = {round(b - a, 9) for a, b in pairwise(found)}
    assert len(steps) <= 1


def test_a_percentage_stands_where_the_lens_has_that_weight() -> None:
    """Of three lenses each side has the percentages of the corner towards which they rise."""
    picture = draw(random_lens_problem(5, lenses=3))
    ticks = [each for each in picture.all("line") if each.get("stroke-width") == "1.5"]
    texts = [text for text in picture.texts() if re.fullmatch(r"\d+\xa0%", text)]
    assert len(ticks) == len(texts) == 9
    bottom = [float(tick.get("x1") or 0) for tick in ticks if tick.get("x1") == tick.get("x2")]
    assert len(bottom) == 3
    spots = sorted({x for p in picture.all("polygon") for x in _across(p.get("points") or "")})
    left, right = spots[0], spots[-1]
    expected = [left + (right - left) * part for part in (0.25, 0.5, 0.75)]
    assert bottom == pytest.approx(expected, abs=0.05)


def _across(points: str) -> list[float]:
    return [float(pair.split(",")[0]) for pair in points.split()]


def test_dots_at_one_place_share_a_label() -> None:
    """Two profiles with the same weights are one dot with both numbers."""
    problem = random_lens_problem(5, lenses=3, profiles=2)
    twin = replace(problem.profiles[0], id="tweeling")
    picture = draw(replace(problem, profiles=(*problem.profiles, twin)))
    assert "1, 3" in picture.texts()


def test_the_weights_of_now_have_a_cross() -> None:
    """One cross in the slices and one in the legend, each with a rim of paper."""
    picture = draw(random_lens_problem(5, lenses=4))
    crosses = [each for each in picture.all("path") if each.get("stroke-width") == "3"]
    assert len(crosses) == 2
