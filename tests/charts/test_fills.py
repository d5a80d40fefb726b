from __future__ import annotations

import re

from afweging.charts.fills import COLOURS, fill, fill_id, filled
from afweging.charts.svg import INK


def _luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_letters_read_on_each_colour() -> None:
    """The contrast is at least 4.5, as WCAG asks of text."""
    for colour in COLOURS:
        assert (_luminance(colour) + 0.05) / (_luminance(INK) + 0.05) >= 4.5


def test_no_two_fills_are_the_same() -> None:
    """Colour and pattern together differ for as many options as anyone compares."""
    told = [re.sub(r'id="[^"]*"', "", fill(place)) for place in range(60)]
    assert len(set(told)) == 60
    assert filled(7) == f"url(#{fill_id(7)})"


def test_neighbours_differ_in_pattern_too() -> None:
    """The first seven options have seven patterns: colour is never the only sign."""
    marks = [re.findall(r' d="([^"]*)"', fill(place)) for place in range(7)]
    assert len({tuple(each) for each in marks}) == 7
