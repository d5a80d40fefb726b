from __future__ import annotations

import math
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from tests.analysis.random_problems import Shape
from tests.memo.matters import brabant, random_matter

from afweging.charts.robust_charts import (
    flip_chart,
    places_chart,
    score_regret_chart,
    stability_chart,
)
from afweging.wording import LANGUAGES, Language

if TYPE_CHECKING:
    from afweging.memo.matter import Matter

SHAPES = [Shape(), Shape(options=6, clones=1), Shape(options=2, requirements=0, scenarios=2)]


def _matters(language: Language) -> list[Matter]:
    return [brabant(language), *(random_matter(5, shape, language) for shape in SHAPES)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_least_weight_to_move_is_told(language: Language) -> None:
    """The least is that of the table of flips; who can never be first is named."""
    for matter in _matters(language):
        assert matter.robust is not None
        chart = flip_chart(matter.robust, matter.words)
        behind = [
            e for e in matter.robust.flips.options if e.option not in matter.robust.flips.first
        ]
        if chart is None:
            assert behind == []
            continue
        moved = [e.lenses.moved for e in behind if e.lenses.moved is not None]
        if moved:
            assert matter.words.format_field(min(moved), "share1") in chart.alternative
        for each in behind:
            if each.lenses.moved is None:
                assert matter.names.option(each.option) in chart.alternative
        assert len(chart.table.rows) == len(behind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_most_sensitive_weight_is_told(language: Language) -> None:
    """Its interval and its weight of now are those of the node that changes first."""
    for matter in _matters(language):
        assert matter.robust is not None
        chart = stability_chart(matter.robust, matter.words)
        nodes = [node for node in matter.robust.stability.nodes if node.kind != "group"]
        assert (chart is None) == (not nodes)
        if chart is None:
            continue
        nearest = min(nodes, key=lambda node: node.distance)
        if nearest.distance < math.inf:
            for share in (nearest.weight, nearest.winner.low, nearest.winner.high):
                assert matter.words.format_field(share, "share1") in chart.alternative


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_places_are_those_of_the_draws(language: Language) -> None:
    """The most first places are told, and every count is in the table."""
    for matter in _matters(language):
        assert matter.robust is not None
        chart = places_chart(matter.robust, matter.words)
        drawn = matter.robust.acceptability.drawn
        shares = drawn.rank_counts / drawn.draws
        assert matter.words.format_field(float(shares[:, 0].max()), "share1") in chart.alternative
        rows = {row[0]: row[1:] for row in chart.table.rows}
        for a, option in enumerate(matter.robust.acceptability.options):
            told = tuple(matter.words.format_field(s, "share1") for s in shares[a].tolist())
            assert rows[matter.names.option(option)] == told
        ET.fromstring(chart.svg)  # noqa: S314 - made here


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_not_beaten_on_both_is_told(language: Language) -> None:
    """The options for which no other has at least the score and at most the regret, by hand."""
    for matter in _matters(language):
        assert matter.robust is not None
        chart = score_regret_chart(matter.robust, matter.words)
        assert chart is not None
        score = {line.id: line.score.low for line in matter.comparison.ranking}
        regret = {e.alternative: e.span.low for e in matter.comparison.regret.over_scenarios}
        for own in matter.ranked:
            beaten = any(
                score[other] >= score[own] - 1e-9
                and regret[other] <= regret[own] + 1e-9
                and (score[other] > score[own] + 1e-9 or regret[other] < regret[own] - 1e-9)
                for other in matter.ranked
            )
            assert (matter.names.option(own) in chart.alternative) != beaten


def test_one_option_has_nothing_to_compare() -> None:
    """Without others there are no flips, and no score against regret."""
    matter = random_matter(2, Shape(options=1, requirements=0))
    assert matter.robust is not None
    assert flip_chart(matter.robust, matter.words) is None
    assert score_regret_chart(matter.robust, matter.words) is None
