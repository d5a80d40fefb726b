from __future__ import annotations

from tests.analysis.session.records import record


def test_a_round_is_found_by_its_number() -> None:
    """None where it was not held or not shown yet."""
    found = record("discuss")
    first = found.round(1)
    assert first is not None
    assert first.n == 12
    assert found.round(2) is None
