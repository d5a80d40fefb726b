from __future__ import annotations

import pytest

from afweging.analysis.word_table import WordTable


def test_every_row_has_a_cell_for_each_head() -> None:
    """Two heads and rows of two cells."""
    table = WordTable("Wat scoort hoe?", ("optie", "score"), (("O1", "0,40"), ("O2", "0,50")))
    assert [len(row) for row in table.rows] == [2, 2]


def test_a_row_that_is_too_short_is_refused() -> None:
    """A number would stand under the wrong head."""
    with pytest.raises(ValueError, match="a cell for each head"):
        WordTable("Wat scoort hoe?", ("optie", "score"), (("O1",),))
