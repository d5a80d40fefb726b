from __future__ import annotations

import numpy as np
import pytest

from afweging.model.result import Bounds, Cases, Span


def test_bounds_cannot_be_written_to() -> None:
    """The arrays of bounds refuse new numbers."""
    bounds = Bounds(np.array([0.2, 0.3]), np.array([0.2, 0.6]))
    with pytest.raises(ValueError, match="read-only"):
        bounds.low[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        bounds.high[1] = 1


def test_span_is_exact_where_its_ends_meet() -> None:
    """A span has a number where it is known, and none where a gap leaves room."""
    bounds = Bounds(np.array([[0.2, 0.3]]), np.array([[0.2, 0.6]]))
    assert bounds.at(0, 0).exact == 0.2
    assert bounds.at(0, 1) == Span(0.3, 0.6)
    assert bounds.at(0, 1).exact is None


def test_case_labels_run_through_horizons_first() -> None:
    """Labels follow the first axis of the effects: scenario, then region, then horizon."""
    cases = Cases(
        ids={"scenario": ("S1", "S2"), "region": ("R1",), "horizon": ("2030", "2040")},
        weights={},
        rows=np.arange(4),
        likely=False,
    )
    assert cases.labels == (
        ("S1", "R1", "2030"),
        ("S1", "R1", "2040"),
        ("S2", "R1", "2030"),
        ("S2", "R1", "2040"),
    )
