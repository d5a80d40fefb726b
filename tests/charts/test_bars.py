from __future__ import annotations

from xml.etree import ElementTree as ET

from tests.charts.pictures import SVG

from afweging.charts.bars import Bar, bars_svg
from afweging.charts.chart import NAME, WIDTH


def _boxes(svg: str) -> list[ET.Element]:
    root = ET.fromstring(svg)  # noqa: S314 - made here
    return [each for each in root if each.tag == f"{SVG}rect"][1:]


def test_parts_lie_end_to_end_in_one_scale() -> None:
    """Each part begins where the former ends; lengths are in proportion over all rows."""
    bars = [Bar("een", (0.2, 0.1), "0,3"), Bar("twee", (0.05, 0.55), "0,6", pale=True)]
    svg = bars_svg(bars, parts=["a", "b"], title="t", description="d", language="nl")
    boxes = [(float(b.get("x") or 0), float(b.get("width") or 0)) for b in _boxes(svg)]
    scale = boxes[0][1] / 0.2
    lengths = [0.2, 0.1, 0.05, 0.55]
    starts = [0.0, 0.2, 0.0, 0.05]
    for (x, wide), length, start in zip(boxes, lengths, starts, strict=False):
        assert abs(wide - scale * length) < 0.02
        assert abs(x - NAME - scale * start) < 0.02
    assert boxes[3][0] + boxes[3][1] < WIDTH
    assert ">0,6</text>" in svg


def test_nothing_to_draw_is_no_length() -> None:
    """Where all are nought there are names and numbers, and no bars."""
    svg = bars_svg([Bar("een", (0.0,), "0")], title="t", description="d", language="nl")
    assert _boxes(svg) == []
    assert ">een</text>" in svg
