from __future__ import annotations

import pytest

from afweging.methods.elicitation_report import Inconsistency, Repair, smallest_first, worst_first


def test_sizes_do_not_depend_on_direction() -> None:
    """Too high by a factor and too low by that factor are equally far."""
    assert Inconsistency(0, 1, 6.0, 2.0).size == pytest.approx(Inconsistency(0, 1, 2.0, 6.0).size)
    assert Repair(0, 1, 6.0, 2.0, 0.0).size == pytest.approx(Repair(0, 1, 2.0, 6.0, 0.0).size)


def test_ties_at_the_cut_stay() -> None:
    """Three judgements that are equally far, of which two are asked, are all returned."""
    found = [Inconsistency(0, at, 2.0, implied) for at, implied in ((1, 3), (2, 4), (3, 1), (4, 2))]
    assert [each.second for each in worst_first(found, count=3)] == [2, 3, 1]
    assert [each.second for each in worst_first(found, count=1)] == [2, 3]


def test_equal_changes_are_ordered_by_effect() -> None:
    """Of two changes of the same size the one that helps more comes first."""
    repairs = [
        Repair(0, 1, 2.0, 4.0, 0.09),
        Repair(0, 2, 4.0, 2.0, 0.05),
        Repair(1, 2, 3.0, 4.0, 0.1),
    ]
    assert [each.index for each in smallest_first(repairs)] == [0.1, 0.05, 0.09]
