from __future__ import annotations

from afweging.charts.chart import NAME, TEXT, legend, rows_of
from afweging.charts.svg import width_of


def test_rows_lie_under_each_other_and_hold_their_names() -> None:
    """A long name makes its row higher; no line is wider than its place."""
    names = ["kort", "een naam van een optie die over heel veel regels loopt " * 2, "x" * 120]
    rows = list(rows_of(names, 10.0))
    assert rows[0].top == 10.0
    assert [row.bottom for row in rows[:-1]] == [row.top for row in rows[1:]]
    for row in rows:
        assert row.bottom - row.top >= len(row.texts) * 1.25 * TEXT
        assert all(width_of(text, TEXT) <= NAME for text in row.texts)


def test_a_legend_ends_below_its_last_line() -> None:
    """Signs stand under each other, each with what it stands for."""
    told, end = legend([("<a/>", "een"), ("<b/>", "twee " * 40)], 0.0)
    assert len(told) == 4
    assert end > 3 * TEXT
