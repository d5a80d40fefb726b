from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from afweging.analysis.session.spread import (
    LEAST_SHOWN,
    large_enough,
    lens_spread,
    parts_of,
    room_agreement,
    shift,
    shown,
    stable_groups,
)


def people(count: int, seed: int = 1) -> Any:  # noqa: ANN401 - an array
    """Return weights of people on three lenses."""
    return np.random.default_rng(seed).dirichlet([2, 1, 1], count)


@pytest.mark.parametrize(
    ("count", "kind"), [(0, "none"), (4, "none"), (5, "box"), (7, "box"), (8, "dots"), (60, "dots")]
)
def test_how_much_is_shown_depends_on_how_many(count: int, kind: str) -> None:
    """Nothing below five, three numbers below eight, and dots from then on."""
    weights = people(count)
    found: Any = lens_spread(weights, 0)
    assert found["kind"] == kind
    if kind == "box":
        expected = [min(weights[:, 0]), np.median(weights[:, 0]), max(weights[:, 0])]
        assert [found[n] for n in ("least", "median", "most")] == pytest.approx(expected, abs=1e-6)
    if kind == "dots":
        assert sum(n for _, n in found["dots"]) == count
        percent = sorted(round(100 * each) for each in weights[:, 0])
        assert sorted(p for p, n in found["dots"] for _ in range(n)) == percent
        assert found["median"] == pytest.approx(np.median(weights[:, 0]), abs=1e-6)


def test_spread_does_not_depend_on_the_order_of_people() -> None:
    """Seats cannot be told from what is shown."""
    weights = people(20)
    assert lens_spread(weights, 1) == lens_spread(weights[::-1], 1)
    assert room_agreement(weights) == room_agreement(weights[::-1])


def test_a_room_that_agrees() -> None:
    """Equal weights are at no distance; below five people nothing is said."""
    assert room_agreement(np.array([[0.5, 0.3, 0.2]] * 6)) == {"distance": 0.0, "word": "very_high"}
    assert room_agreement(people(4)) is None
    assert room_agreement(np.ones((6, 1))) == {"distance": 0.0, "word": None}


def test_the_anchoring_meter() -> None:
    """All onto the median is 1, nobody moved is 0, away from it is below 0."""
    before = people(9)
    middle = np.median(before, axis=0)
    onto: Any = shift(before, np.tile(middle, (9, 1)))
    still: Any = shift(before, before)
    away: Any = shift(before, middle + 1.5 * (before - middle))
    assert onto["anchoring"] == 1
    assert still["anchoring"] == 0
    assert still["moved"] == 0
    assert away["anchoring"] == pytest.approx(-0.5, abs=1e-6)
    assert shift(before[:4], before[:4]) is None
    same: Any = shift(np.tile(middle, (6, 1)), np.tile(middle, (6, 1)))
    assert same["anchoring"] is None


def test_how_many_changed_is_said_only_of_five_or_more() -> None:
    """One to four who moved, or did not, are not counted."""
    before = people(12)
    for count, told in [(0, 0), (3, None), (5, 5), (9, None), (12, 12)]:
        after = before.copy()
        after[:count] = after[:count, ::-1]
        found: Any = shift(before, after)
        assert found["changed"] == told


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12)), st.integers(0, 8))
def test_no_part_below_five_and_no_rest_below_five(sizes: dict[str, int], others: int) -> None:
    """What is shown has five people or more, and so has what is left by subtraction."""
    total = sum(sizes.values()) + others
    kept = large_enough(sizes, total)
    rest = total - sum(sizes[name] for name in kept)
    assert all(sizes[name] >= LEAST_SHOWN for name in kept)
    assert not kept or rest == 0 or rest >= LEAST_SHOWN


def test_the_means_of_parts() -> None:
    """Each shown role has the mean of its people."""
    weights = people(12)
    roles = ["raad"] * 6 + [None] * 6
    found = parts_of(roles, weights)
    assert set(found) == {"raad"}
    assert found["raad"][1] == pytest.approx(weights[:6].mean(axis=0))
    assert parts_of(["raad"] * 9 + [None] * 3, weights) == {}


def test_groups_only_where_they_are_stable() -> None:
    """Two clear camps are found, one cloud is not cut, and ten people are the least."""
    noise = np.random.default_rng(1).dirichlet([1, 1, 1], 16)
    camps = 0.9 * np.array([[0.8, 0.1, 0.1]] * 8 + [[0.1, 0.8, 0.1]] * 8) + 0.1 * noise
    found = stable_groups(camps)
    assert found is not None
    assert found.sizes == (8, 8)
    assert stable_groups(people(16)) is None
    assert stable_groups(camps[:9]) is None


def test_numbers_on_a_screen() -> None:
    """Six decimals, and no minus before zero."""
    assert str(shown(-1e-9)) == "0.0"
    assert shown(1 / 3) == 0.333333
