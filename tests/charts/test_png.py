from __future__ import annotations

import pytest
from tests.memo.test_build import SVG

from afweging.charts.png import png_of


def test_pictures_are_png_in_their_order() -> None:
    """Each picture is drawn for itself, twice as high where it is twice as high."""
    tall = SVG.replace('viewBox="0 0 64 32"', 'viewBox="0 0 64 64"')
    drawn = png_of([SVG, tall])
    assert all(content.startswith(b"\x89PNG") for content in drawn)
    sizes = [tuple(int.from_bytes(png[k : k + 4], "big") for k in (16, 20)) for png in drawn]
    assert sizes[0][0] == sizes[1][0] == pytest.approx(1008, abs=1)
    assert sizes[1][1] == pytest.approx(2 * sizes[0][1], abs=2)
    assert png_of([]) == []


def test_the_same_pictures_are_drawn_once() -> None:
    """Two documents of one memo share them: the very same bytes, each list its own."""
    one, other = png_of([SVG]), png_of([SVG])
    assert one is not other
    assert one[0] is other[0]
