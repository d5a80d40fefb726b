from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from afweging.methods.weight_map import clip, size_of, slice_corners, winner_cells
from afweging.methods.weight_space import first_shares

FloatArray = NDArray[np.float64]

SEEDS = st.integers(0, 10**6)


def _scores(seed: int, corners: int, *, coarse: bool) -> FloatArray:
    rng = np.random.default_rng(seed)
    scores = rng.random((int(rng.integers(1, 7)), corners))
    return np.round(scores * 3) / 3 if coarse else scores


@settings(max_examples=120, deadline=None)
@given(seed=SEEDS, corners=st.sampled_from([2, 3]), coarse=st.booleans())
def test_the_size_of_each_cell_is_the_exact_share(seed: int, corners: int, *, coarse: bool) -> None:
    """Polygons cut by half-planes have the volumes of simplices cut along hyperplanes."""
    scores = _scores(seed, corners, coarse=coarse)
    expected = first_shares(scores)
    cells = winner_cells(scores)
    found = np.zeros(len(scores))
    for cell in cells:
        found[list(cell.members)] = cell.share
    assert found == pytest.approx(expected.shares, abs=1e-9)
    assert sum(cell.share for cell in cells) == pytest.approx(1, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, corners=st.sampled_from([2, 3]), coarse=st.booleans())
def test_cells_cover_the_slice_once(seed: int, corners: int, *, coarse: bool) -> None:
    """Each random place lies in the cell of those that are first there, and in no other."""
    scores = _scores(seed, corners, coarse=coarse)
    cells = winner_cells(scores)
    places = np.random.default_rng(seed).dirichlet(np.ones(corners), size=50)
    at = places @ scores.T  # (places, A)
    clear = np.sort(at, axis=1)
    for place, row, ranked in zip(places, at, clear, strict=True):
        inside = [cell for cell in cells if _within(cell.corners, place)]
        if len(scores) > 1 and len(cells) > 1 and 0 < ranked[-1] - ranked[-2] < 1e-6:
            continue  # on an edge
        assert len(inside) == 1
        assert int(row.argmax()) in inside[0].members


def _within(corners: FloatArray, place: FloatArray) -> bool:
    """Return whether a place lies left of each edge, or between the two ends of a line."""
    if corners.shape[1] == 2:
        low, high = sorted(corners[:, 0].tolist())
        return bool(low <= place[0] <= high)
    spots, ends = corners[:, :2], np.roll(corners, -1, axis=0)[:, :2]
    along, to = ends - spots, place[:2] - spots
    return bool((along[:, 0] * to[:, 1] - along[:, 1] * to[:, 0] >= 0).all())


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_neighbours_tie_along_their_edge(seed: int) -> None:
    """In each corner of a cell its members are first: nobody scores more than rounding above."""
    scores = _scores(seed, 3, coarse=False)
    for cell in winner_cells(scores):
        at = cell.corners @ scores.T  # (P, A)
        assert at[:, cell.members[0]] == pytest.approx(at.max(axis=1), abs=1e-9)
        assert cell.corners.sum(axis=1) == pytest.approx(1)


def test_the_middle_is_the_centre_of_area() -> None:
    """The central weights of the part of a triangle, by another way of cutting."""
    scores = np.array([[1.0, 0.1, 0.3], [0.2, 0.9, 0.3], [0.3, 0.2, 0.8], [0.5, 0.5, 0.5]])
    expected = first_shares(scores).central
    cells = winner_cells(scores)
    assert len(cells) == 4
    for cell in cells:
        assert cell.middle == pytest.approx(expected[cell.members[0]])


def test_twins_have_one_cell() -> None:
    """Alternatives that tie all over the slice share it; one that is never first has none."""
    scores = np.array([[0.9, 0.2], [0.3, 0.8], [0.9, 0.2], [0.1, 0.1]])
    assert [cell.members for cell in winner_cells(scores)] == [(0, 2), (1,)]
    (whole,) = winner_cells(np.full((3, 3), 0.5))
    assert whole.members == (0, 1, 2)
    assert whole.share == pytest.approx(1)


def test_a_cell_without_size_is_no_cell() -> None:
    """One that is first in a corner only, tied there, has no part of the slice."""
    cells = winner_cells(np.array([[1.0, 0.5, 0.5], [1.0, 0.2, 0.1]]))
    assert [cell.members for cell in cells] == [(0,)]


def test_a_slice_keeps_one_weight() -> None:
    """In each corner the fixed weight is what it is, and one other has the rest."""
    corners = slice_corners(4, fixed=2, share=0.25)
    assert corners.tolist() == [[0.75, 0, 0.25, 0], [0, 0.75, 0.25, 0], [0, 0, 0.25, 0.75]]
    assert slice_corners(3).tolist() == np.eye(3).tolist()


def test_nothing_is_left_when_leads_exclude_each_other() -> None:
    """Where one lead asks the first half and another the last, only the middle is left."""
    assert size_of(clip(np.array([[1.0, -1.0], [-1.0, 1.0]]))) == 0
    assert len(clip(np.array([[-1.0, -0.5, -0.1]]))) == 0
    assert size_of(clip(np.array([[-1.0, -0.5, -0.1]]))) == 0


def test_numbers_only() -> None:
    """NaN has no rank."""
    with pytest.raises(ValueError, match="numbers"):
        winner_cells(np.array([[np.nan, 1.0]]))
