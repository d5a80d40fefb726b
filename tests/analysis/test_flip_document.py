from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.flip_document import flip_document
from afweging.analysis.flips import FlipAnswer, find_flips

if TYPE_CHECKING:
    from afweging.model.result import Comparison

PARTS = ("lenses", "criteria", "first_lenses", "first_criteria")


@cache
def _brabant() -> Comparison:
    return compare(afw.read_problem("scenarios/brabant"))


@cache
def _pair(first: str, second: str) -> FlipAnswer:
    return find_flips(_brabant(), first, second)


@pytest.mark.parametrize("part", PARTS)
def test_each_measure_has_its_weights_distance_and_bound(part: str) -> None:
    """The three smallest changes of weights, by the names of lenses or criteria."""
    found, flip = (
        flip_document(_brabant(), _pair("O7", "O4"))[part],
        getattr(_pair("O7", "O4"), part),
    )
    assert isinstance(found, dict)
    assert list(found) == ["before", "after", "moved", "bound", "largest", "straight"]
    assert found["moved"] == flip.moved
    assert found["after"] == dict(zip(flip.nodes, flip.after.tolist(), strict=True))
    for name in ("largest", "straight"):
        nearest = getattr(flip, name)
        assert found[name] == {
            "after": dict(zip(flip.nodes, nearest.after.tolist(), strict=True)),
            "distance": nearest.distance,
            "bound": nearest.bound,
        }


def test_what_never_is_has_nothing() -> None:
    """None in every measure, and None for what was not asked."""
    found = flip_document(_brabant(), _pair("O7", "O2"))
    lenses = found["lenses"]
    assert isinstance(lenses, dict)
    before = lenses.pop("before")
    assert sum(before.values()) == pytest.approx(1)
    assert set(lenses.values()) == {None}
    assert found["answers"] is None


def test_it_can_be_written_and_read_again() -> None:
    """Plain numbers, words and lists only; the room of all estimates with its parts."""
    found = flip_document(_brabant(), _pair("O7", "O4"))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    room = found["room"]
    assert isinstance(room, dict)
    assert room["share"] == _pair("O7", "O4").room.share
    assert set(room["parts"][0]) == {"option", "criterion", "now", "at", "gain"}
