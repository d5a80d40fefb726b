"""Blocks of a memo."""

from __future__ import annotations

import pytest

from afweging.memo.blocks import Block


def test_a_row_has_a_cell_for_each_head() -> None:
    """A table in which a cell is missing is not made."""
    with pytest.raises(ValueError, match="cell for each head"):
        Block("table", "options.1", heads=("Optie", "Score"), rows=(("O1",),))
