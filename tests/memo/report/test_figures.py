from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afweging.memo.report.figures import shown_value
from afweging.wording.numbers import write


@given(
    value=st.floats(-1e14, 1e14, allow_nan=False),
    form=st.sampled_from(["number", "0", "1", "3", "money"]),
    language=st.sampled_from(["nl", "en"]),
)
def test_what_is_written_is_read(value: float, form: str, language: str) -> None:
    """Within the digits that are shown, in both languages."""
    found = shown_value(write(value, form, language), language)
    places = {"number": 4, "1": 1, "3": 3}.get(form, 0)
    assert found is not None
    assert abs(found) == pytest.approx(abs(value), abs=0.51 * 10.0**-places, rel=1e-15)
    if abs(value) > 1:
        assert (found < 0) == (value < 0) or form == "money"


@pytest.mark.parametrize(
    ("cell", "language", "value"),
    [
        ("0,31–0,42", "nl", 0.31),
        ("37\u00a0%", "nl", 37.0),
        ("nu eerst", "nl", None),
        ("–", "nl", None),
        ("never", "en", None),
        ("1,234.5 points.", "en", 1234.5),
        ("in 2040.", "en", 2040.0),
        ("1,23 × 10^18", "nl", 1.23e18),
    ],
)
def test_the_first_number_of_a_cell_counts(cell: str, language: str, value: float | None) -> None:
    """A range sorts by its lower end; words and dashes are no number."""
    assert shown_value(cell, language) == value
