"""Colours and patterns for cells: colour is never the only sign.

The colours are light, so that black letters read on each, and differ for the colour-blind too.
Beyond nine the colours come back with the next pattern.
"""

from __future__ import annotations

from afweging.charts.svg import INK, element

# Tol (2021), Colour schemes, SRON technical note SRON/EPS/TN/09-002: the light scheme
COLOURS = (
    "#77aadd",
    "#ee8866",
    "#eedd88",
    "#ffaabb",
    "#99ddff",
    "#44bb99",
    "#bbcc33",
    "#aaaa00",
    "#dddddd",
)
SIZE = 12  # of the tile that is repeated
PATTERNS = (
    "M0,12 L12,0 M-3,3 L3,-3 M9,15 L15,9",
    "M6,5.9 L6,6.1",
    "M0,6 L12,6",
    "M0,0 L12,12 M-3,9 L3,15 M9,-3 L15,3",
    "M6,0 L6,12",
    "M0,6 L6,0 L12,6",
    "M3,6 L9,6 M6,3 L6,9",
)


def fill_id(place: int) -> str:
    """Return the name of the fill of the option at a place."""
    return f"afw-fill-{place}"


def fill(place: int) -> str:
    """Return the definition of the fill of the option at a place: a colour with a pattern on it."""
    cycle, colour = divmod(place, len(COLOURS))
    marks = PATTERNS[(colour + cycle) % len(PATTERNS)]
    return element(
        "pattern",
        element("rect", width=SIZE, height=SIZE, fill=COLOURS[colour]),
        element(
            "path",
            d=marks,
            stroke=INK,
            stroke_opacity=0.35,
            stroke_width=3 if marks == PATTERNS[1] else 1,
            stroke_linecap="round",
            fill="none",
        ),
        id=fill_id(place),
        width=SIZE,
        height=SIZE,
        patternUnits="userSpaceOnUse",
    )


def filled(place: int) -> str:
    """Return the reference to a fill."""
    return f"url(#{fill_id(place)})"
