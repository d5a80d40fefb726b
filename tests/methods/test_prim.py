from __future__ import annotations

from itertools import pairwise
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afweging.methods.prim import (
    LEAST_MASS,
    MOST_LIMITS,
    Box,
    Limit,
    Sample,
    chance_p,
    find_box,
    measure,
    paste,
    peel,
    quasi_p,
    shorten,
    whole,
)


def _sample(seed: int, count: int = 2000, numbers: int = 6) -> Sample:
    rng = np.random.default_rng(seed)
    classes = np.stack([rng.integers(0, 4, count), rng.integers(0, 3, count)], axis=1)
    return Sample(rng.random((count, numbers)), classes, (4, 3), np.zeros(count, dtype=bool))


def _with_hits(sample: Sample, hit: np.ndarray) -> Sample:
    return Sample(sample.numbers, sample.classes, sample.sizes, hit)


def _planted(seed: int, *, noise: float = 0.0, count: int = 4000) -> Sample:
    """Hits where the second number is above 0.6 and the first class is 2; some turned around."""
    sample = _sample(seed, count)
    hit = (sample.numbers[:, 1] > 0.6) & (sample.classes[:, 0] == 2)
    turned = np.random.default_rng(seed + 1000).random(count) < noise
    return _with_hits(sample, hit ^ turned)


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_box_is_found(seed: int) -> None:
    """Its limits and no others, from draws without noise."""
    box = find_box(_planted(seed))
    assert box is not None
    assert box.limits == (Limit("low", 1), Limit("classes", 0))
    assert box.low[1] == pytest.approx(0.6, abs=0.02)
    assert box.allowed[0].tolist() == [False, False, True, False]


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_box_is_found_in_noise(seed: int) -> None:
    """One outcome in ten is turned around: the box comes out, and holds on held-out draws."""
    sample = _planted(seed, noise=0.1, count=4000)
    box = find_box(sample.part(slice(0, 2000)))
    assert box is not None
    assert {Limit("low", 1), Limit("classes", 0)} <= set(box.limits)
    held_out = measure(box, sample.part(slice(2000, 4000)))
    assert held_out.density == pytest.approx(0.9, abs=0.12)
    assert held_out.coverage == pytest.approx(0.09 / 0.18, abs=0.12)
    assert chance_p(held_out) < 1e-6


def test_two_sides_and_the_upper_side_are_found() -> None:
    """A band in one number, and below a level in another."""
    sample = _sample(7, 4000)
    x = sample.numbers
    box = find_box(_with_hits(sample, (x[:, 0] > 0.3) & (x[:, 0] < 0.6) & (x[:, 3] < 0.5)))
    assert box is not None
    assert (box.low[0], box.high[0]) == pytest.approx((0.3, 0.6), abs=0.03)
    assert box.high[3] == pytest.approx(0.5, abs=0.03)
    assert len(box.limits) == 3


@pytest.mark.parametrize("seed", range(4))
def test_noise_is_no_pattern_on_other_draws(seed: int) -> None:
    """What is found in noise has on held-out draws the density of all draws, within chance."""
    sample = _sample(seed, 2000)
    hit = np.random.default_rng(seed + 50).random(2000) < 0.2
    sample = _with_hits(sample, hit)
    box = find_box(sample.part(slice(0, 1000)))
    if box is not None:
        assert chance_p(measure(box, sample.part(slice(1000, 2000)))) > 0.01


def test_all_or_none_of_interest_has_no_box() -> None:
    """Nothing tells hits from the others."""
    sample = _sample(1)
    assert find_box(sample) is None
    assert find_box(_with_hits(sample, ~sample.hit)) is None
    assert measure(whole(sample), sample).coverage is None


@given(st.integers(0, 10_000), st.floats(0.1, 0.9))
@settings(max_examples=15, deadline=None)
def test_boxes_shrink_and_keep_their_least_mass(seed: int, share: float) -> None:
    """Every peeled box lies in the one before and keeps a twentieth of the draws."""
    sample = _sample(seed, 400, 3)
    score = sample.numbers.sum(axis=1) + sample.classes.sum(axis=1) / 5
    sample = _with_hits(sample, score > np.quantile(score, share))
    boxes = peel(sample)
    for before, after in pairwise(boxes):
        assert not (after.holds(sample) & ~before.holds(sample)).any()
        assert measure(after, sample).count < measure(before, sample).count
        assert measure(after, sample).count >= LEAST_MASS * 400
    wider = paste(boxes[-1], sample)
    assert (measure(wider, sample).density or 0) >= (measure(boxes[-1], sample).density or 0)
    assert not (boxes[-1].holds(sample) & ~wider.holds(sample)).any()
    short = shorten(boxes[-1], sample)
    assert len(short.limits) <= MOST_LIMITS
    assert set(short.limits) <= set(boxes[-1].limits)
    assert all(quasi_p(short, limit, sample) <= 0.05 for limit in short.limits)


def test_the_first_step_is_the_best_of_all() -> None:
    """Tried one by one: no end of a number and no class raises the density more per draw."""
    sample = _planted(3, noise=0.1, count=400)
    first = peel(sample)[1]
    base = sample.hit.mean()
    scores = []
    for d in range(6):
        x = np.sort(sample.numbers[:, d])
        scores += [
            (sample.hit[keep].mean() - base) / (~keep).sum()
            for keep in (sample.numbers[:, d] >= x[20], sample.numbers[:, d] <= x[-21])
        ]
    for j, size in enumerate(sample.sizes):
        for k in range(size):
            keep = sample.classes[:, j] != k
            scores.append((sample.hit[keep].mean() - base) / (~keep).sum())
    found = first.holds(sample)
    assert (sample.hit[found].mean() - base) / (~found).sum() == pytest.approx(max(scores))


def test_measures_are_plain_counts() -> None:
    """Coverage, density and mass of a box, counted by hand."""
    numbers = np.array([[1.0], [2.0], [3.0], [4.0], [5.0]])
    classes = np.array([[0], [1], [0], [1], [0]])
    hit = np.array([False, True, True, True, False])
    sample = Sample(numbers, classes, (2,), hit)
    box = Box(np.array([2.0]), np.array([np.inf]), (np.array([True, True]),))
    found = measure(box, sample)
    assert (found.coverage, found.density, found.mass) == (1.0, 0.75, 0.8)
    assert found.gain == pytest.approx(0.2)
    narrow = box.with_classes(0, np.array([False, True]))
    assert measure(narrow, sample).density == 1
    assert measure(narrow, sample).coverage == 2 / 3
    assert narrow.without(Limit("classes", 0)).limits == box.limits
    empty = measure(box.with_end(Limit("low", 0), 9.0), sample)
    assert (empty.coverage, empty.density, empty.mass) == (0, None, 0)


def test_quasi_p_is_a_binomial_tail() -> None:
    """Three hits in four draws, where the wider box has three in five: 0.6 at least three times."""
    numbers = np.array([[1.0], [2.0], [3.0], [4.0], [5.0]])
    hit = np.array([False, True, True, True, False])
    sample = Sample(numbers, np.empty((5, 0), dtype=np.int64), (), hit)
    box = whole(sample).with_end(Limit("low", 0), 2.0)
    expected = sum(comb(4, k) * 0.6**k * 0.4 ** (4 - k) for k in (3, 4))
    assert quasi_p(box, Limit("low", 0), sample) == pytest.approx(expected)


def test_ties_at_an_end_go_together() -> None:
    """A number that takes three levels is cut between two of them, never within one."""
    rng = np.random.default_rng(2)
    numbers = rng.integers(0, 3, (300, 1)).astype(float)
    sample = Sample(numbers, np.empty((300, 0), dtype=np.int64), (), numbers[:, 0] == 2)
    box = find_box(sample)
    assert box is not None
    assert box.low.tolist() == [2.0]
    assert measure(box, sample).density == 1
