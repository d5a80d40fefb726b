from __future__ import annotations

import re

import numpy as np
import pytest

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


# --- colours as others see them -----------------------------------------------------------------

# Machado, Oliveira and Fernandes (2009), IEEE TVCG 15(6), table 1 at severity 1: on linear RGB
SEEN_BY = {
    "protanope": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranope": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanope": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
NOTICED = 10.0  # distance in CIELAB that stands out between fields that touch
GREY = 4.0  # difference in lightness that stands out; with a pattern it need not


def _linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def _lab(linear: np.ndarray) -> np.ndarray:
    """Return a colour in CIELAB (CIE 15, D65)."""
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    ratio = to_xyz @ np.clip(linear, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    bent = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


def _pattern(place: int) -> str:
    return str(re.findall(r' d="([^"]*)"', fill(place))[0])


@pytest.mark.parametrize("eyes", [None, *SEEN_BY])
def test_colours_that_touch_differ_for_everyone(eyes: str | None) -> None:
    """Neighbours in a bar are far apart in colour for each kind of eyes, patterns left aside."""
    sees = np.eye(3) if eyes is None else np.array(SEEN_BY[eyes])
    seen = [_lab(sees @ _linear(colour)) for colour in COLOURS]
    for one in range(len(COLOURS)):
        distance = float(np.linalg.norm(seen[one] - seen[(one + 1) % len(COLOURS)]))
        assert distance >= NOTICED, (eyes, one, distance)


def test_colours_that_touch_differ_in_grey_or_pattern() -> None:
    """Printed without colour: by lightness, or by their pattern, up to sixty parts."""
    light = [_lab(_linear(colour))[0] for colour in COLOURS]
    for one in range(60):
        other = one + 1
        apart = abs(light[one % len(COLOURS)] - light[other % len(COLOURS)])
        assert apart >= GREY or _pattern(one) != _pattern(other), one


@pytest.mark.parametrize("place", range(len(COLOURS)))
def test_a_pattern_shows_on_its_colour(place: int) -> None:
    """Ink at the strength of the pattern differs enough from its ground: 1.4 times as dark."""
    strength = float(re.findall(r'stroke-opacity="([^"]*)"', fill(place))[0])
    ground, ink = (
        np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)])
        for colour in (COLOURS[place], INK)
    )
    mixed = np.round(strength * ink + (1 - strength) * ground).astype(int)
    drawn = "#" + "".join(f"{part:02x}" for part in mixed)
    assert (_luminance(COLOURS[place]) + 0.05) / (_luminance(drawn) + 0.05) >= 1.4
