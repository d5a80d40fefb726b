from __future__ import annotations

from xml.etree import ElementTree as ET

from tests.charts.pictures import SVG

from afweging.charts.scatter import HIGH, LEFT, TOP, Dot, Scale, scatter_svg


def test_dots_lie_on_both_scales() -> None:
    """Right is more and up is more; one that is beaten is open."""
    scale = Scale("schaal", ((0.0, "0"), (1.0, "1")))
    dots = [Dot(0.0, 1.0, "A", "Alfa", beaten=True), Dot(1.0, 0.0, "B", "Bèta", beaten=False)]
    svg = scatter_svg(
        dots, scale, scale, kinds=("vol", "open"), title="t", description="d", language="nl"
    )
    root = ET.fromstring(svg)  # noqa: S314 - made here
    first, second = (each for each in root if each.tag == f"{SVG}circle")
    assert (float(first.get("cx") or 0), float(first.get("cy") or 0)) == (LEFT, TOP)
    assert float(second.get("cy") or 0) == TOP + HIGH
    assert first.get("stroke") is not None
    assert second.get("stroke") is None
    for text in ("A", "Bèta", "vol", "open", "schaal"):
        assert f">{text}</text>" in svg
