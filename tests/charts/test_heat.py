from __future__ import annotations

import pytest

from afweging.charts.heat import TURN, Cell, heat_svg, shade
from afweging.charts.svg import INK, PAPER


def _light(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("step", range(101))
def test_letters_read_on_every_shade(step: int) -> None:
    """The contrast of letters and cell is 4.5 or more, and a darker cell is darker in grey too."""
    share = step / 100
    ink = INK if share < TURN else PAPER
    dark, light = sorted((_light(shade(share)), _light(ink)))
    assert (light + 0.05) / (dark + 0.05) >= 4.5
    if step:
        assert _light(shade(share)) < _light(shade(share - 0.01))


def test_every_cell_says_its_number() -> None:
    """Numbers and heads are written, and the best has a thick rim."""
    cells = [[Cell("0,1", 0.0), Cell("0,9", 1.0, best=True)], [Cell("0,3", 0.2), Cell("0,5", 0.5)]]
    heads = [("A", "Alfa"), ("B", "Bèta")]
    svg = heat_svg(
        ["een", "twee"], heads, cells, best="rand", title="t", description="d", language="nl"
    )
    for text in ("0,1", "0,9", "0,3", "0,5", "A", "Bèta", "een", "twee", "rand"):
        assert f">{text}</text>" in svg
    assert svg.count('fill="none"') == 1
