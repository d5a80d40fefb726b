from __future__ import annotations

import pytest

from afweging.methods.tipping import tipping_share


@pytest.mark.parametrize("at", [1e-9, 0.1, 1 / 3, 0.999, 1.0])
def test_the_least_share_that_tips_is_found_to_the_twelfth_decimal(at: float) -> None:
    """It has tipped at the share, not at the bound, and these are next to each other."""
    share, bound = tipping_share(lambda part: part >= at)
    assert bound < at <= share
    assert share - bound <= 1e-12


def test_what_has_tipped_already_takes_no_share() -> None:
    """At 0 both are 0."""
    assert tipping_share(lambda _: True) == (0.0, 0.0)
