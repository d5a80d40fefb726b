from __future__ import annotations

import pytest

from afweging.io.contrast import contrast


def test_contrast_is_that_of_the_guidelines() -> None:
    """Values of the tables of WCAG: black on white is 21, grey #767676 just passes."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.005)
    assert contrast("#123456", "#123456") == 1
