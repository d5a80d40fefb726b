from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.session.rooms import room_at, swings_of

from afweging.analysis.session.weights import (
    group_weights,
    round_weights,
    swing_weights,
    weights_by_seat,
    weights_digest,
)
from afweging.model import session_command as ask
from afweging.model.session_state import Chosen


def test_swings_become_shares() -> None:
    """Each row adds up to 1; nobody gives an empty array with the lenses."""
    found = swing_weights([swings_of(seat) for seat in range(1, 9)], lenses=4)
    assert found.sum(axis=1) == pytest.approx(np.ones(8))
    assert swing_weights([], lenses=4).shape == (0, 4)


def test_the_group_is_the_mean_of_the_last_round_shown() -> None:
    """None before the reveal; then round 1, and round 2 once that is revealed."""
    assert group_weights(room_at("r1_sealed").state) is None
    for stage, number in (("discuss", 1), ("r2_sealed", 1), ("reveal2", 2)):
        state = room_at(stage).state
        found = group_weights(state)
        assert found is not None
        rows = np.array([swings_of(seat, number) for seat in range(1, 7)])
        mean = (rows / rows.sum(axis=1, keepdims=True)).mean(axis=0)
        assert found.weights == pytest.approx(tuple(mean))
        assert found.source == "mean"


def test_rows_without_seats_come_in_an_order_of_their_own() -> None:
    """By what was given, not by who gave it."""
    state = room_at("reveal1").state
    rows = round_weights(state, 1).tolist()
    assert rows == sorted(rows)
    assert sorted(each.tolist() for each in weights_by_seat(state, 1).values()) == rows


def test_what_was_chosen_goes_before_the_mean() -> None:
    """An adopted what-if, then frozen."""
    room = room_at("reveal2")
    before = group_weights(room.state)
    room.do(ask.Adopt((0.4, 0.3, 0.2, 0.1), "samen"))
    after = group_weights(room.state)
    assert before is not None
    assert after is not None
    assert after.source == "adopted"
    assert weights_digest(before) != weights_digest(after)
    assert weights_digest(after) == weights_digest(Chosen(after.weights, "adopted", 99))
