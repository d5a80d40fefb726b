from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.session.records import record, told
from tests.live.running import brabant

from afweging.charts.round_chart import round_chart
from afweging.io.markup import read_xml
from afweging.wording.numbers import write

if TYPE_CHECKING:
    from afweging.wording import Language


@pytest.mark.parametrize("people", [6, 12])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_numbers_and_finding_are_those_of_the_swings(language: Language, people: int) -> None:
    """Median, ends and mean of each lens and round; the ends are quartiles from eight people on."""
    found = record("closed", people)
    chart = round_chart(told(found, language))
    assert chart is not None
    ends = (25, 75) if people >= 8 else (0, 100)
    medians = []
    for number, each in enumerate(found.rounds):
        rows = np.array([np.array(row) / sum(row) for row in each.swings])
        low, median, high = np.percentile(rows, [ends[0], 50, ends[1]], axis=0)
        medians.append(median)
        for lens in range(4):
            numbers = (low[lens], median[lens], high[lens], rows[:, lens].mean())
            cells = chart.table.rows[2 * lens + number][2:]
            assert cells == tuple(write(float(n), "weight", language) for n in numbers)
    place = int(np.argmax(abs(medians[1] - medians[0])))
    name = brabant()[0].tree.children[place].name.in_language(language)
    told_of = (name, *(write(float(m[place]), "weight", language) for m in medians))
    assert all(text in chart.alternative for text in told_of)
    assert chart.alternative in chart.svg


def test_one_round_is_shown_alone() -> None:
    """Before round 2 is shown: where the median is highest."""
    found = record("discuss")
    chart = round_chart(told(found))
    assert chart is not None
    rows = np.array([np.array(row) / sum(row) for row in found.rounds[0].swings])
    assert write(float(np.median(rows, axis=0).max()), "weight", "nl") in chart.alternative
    assert len(chart.table.rows) == 4
    assert len(read_xml(chart.svg.encode()).all("rect")) > 4


def test_few_people_have_no_chart() -> None:
    """Four people are not drawn."""
    assert round_chart(told(record("closed", 4))) is None
