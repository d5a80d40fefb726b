from __future__ import annotations

from xml.etree import ElementTree as ET

from tests.charts.pictures import SVG

from afweging.charts.chart import NAME
from afweging.charts.intervals import Stretch, intervals_svg


def test_a_strip_lies_from_low_to_high_with_its_mark() -> None:
    """Ends and mark lie on the scale that the ticks show."""
    svg = intervals_svg(
        [Stretch("een", 0.25, 0.75, 0.5, "25–75"), Stretch("twee", 0.0, 1.0, 0.1, "0–100")],
        ticks=[(0.0, "0"), (1.0, "100")],
        holds="blijft",
        now="nu",
        title="t",
        description="d",
        language="nl",
    )
    root = ET.fromstring(svg)  # noqa: S314 - made here
    strips = [each for each in root if each.tag == f"{SVG}rect"][1:]
    (x1, w1), (x2, w2) = ((float(s.get("x") or 0), float(s.get("width") or 0)) for s in strips)
    assert (x2, w2) == (NAME, 2 * w1)
    assert abs(x1 - (NAME + 0.25 * w2)) < 0.02
    marks = [each for each in root if each.get("stroke-width") == "4"]
    at = [float(mark.get("x1") or 0) for mark in marks]
    assert at == [round(NAME + 0.5 * w2, 2), round(NAME + 0.1 * w2, 2)]
