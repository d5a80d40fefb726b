"""In which box of inputs most outcomes of interest lie: the patient rule induction method.

A box limits numbers from below and above, and classes to some of them. It is found on one sample
and must be judged on another: a box always looks better on the sample that it was found on.
Limits are parallel to the axes. Where inputs depend on each other, such as weights that add up to
1, a box still says truly what it says, but no box can follow an oblique border: expect a lower
density, not a wrong one. Knows no names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]

PEEL = 0.05  # share of a box that a step takes off
PASTE = 0.05
LEAST_MASS = 0.05  # share of all draws that a box keeps
LARGEST_P = 0.05  # a limit that chance explains more often than this is left out
LEAST_GAIN = 0.05  # a limit that adds less than this share of the gain is left out
MOST_LIMITS = 4  # more is no description that a person can hold


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Draws with their inputs and outcome.

    Attributes
    ----------
    numbers : ndarray of shape (N, D)
    classes : ndarray of shape (N, J)
        Whole numbers from 0.
    sizes : tuple of J ints
        How many classes there are in each column.
    hit : ndarray of shape (N,)
        Which draws are of interest.
    """

    numbers: FloatArray
    classes: IntArray
    sizes: tuple[int, ...]
    hit: BoolArray

    def part(self, chosen: slice | BoolArray) -> Sample:
        """Return some of the draws."""
        return replace(
            self, numbers=self.numbers[chosen], classes=self.classes[chosen], hit=self.hit[chosen]
        )


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """Limits that hold together; the ends belong to the box.

    Attributes
    ----------
    low, high : ndarray of shape (D,)
        Minus and plus infinity where there is no limit.
    allowed : tuple of J ndarrays
        Per column of classes which of them are in the box.
    """

    low: FloatArray
    high: FloatArray
    allowed: tuple[BoolArray, ...]

    def __post_init__(self) -> None:
        for array in (self.low, self.high, *self.allowed):
            array.setflags(write=False)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The limits that the box has: below, above, and on classes."""
        return (
            *(Limit("low", int(d)) for d in np.flatnonzero(np.isfinite(self.low))),
            *(Limit("high", int(d)) for d in np.flatnonzero(np.isfinite(self.high))),
            *(Limit("classes", j) for j, each in enumerate(self.allowed) if not each.all()),
        )

    def holds(self, sample: Sample) -> BoolArray:
        """Return which draws lie in the box, shape (N,)."""
        within = (sample.numbers >= self.low) & (sample.numbers <= self.high)
        classes = [each[sample.classes[:, j]] for j, each in enumerate(self.allowed)]
        return np.asarray(np.column_stack([within, *classes]).all(axis=1), dtype=bool)

    def without(self, limit: Limit) -> Box:
        """Return the box without one of its limits."""
        if limit.side == "classes":
            free = np.ones_like(self.allowed[limit.column])
            return self.with_classes(limit.column, free)
        return self.with_end(limit, -np.inf if limit.side == "low" else np.inf)

    def with_end(self, limit: Limit, at: float) -> Box:
        """Return the box with another limit on a number."""
        ends = (self.low if limit.side == "low" else self.high).copy()
        ends[limit.column] = at
        return replace(self, low=ends) if limit.side == "low" else replace(self, high=ends)

    def with_classes(self, column: int, allowed: BoolArray) -> Box:
        """Return the box with other classes in one column."""
        kept = (*self.allowed[:column], allowed, *self.allowed[column + 1 :])
        return replace(self, allowed=kept)


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a box: the end of a number, or the classes of a column."""

    side: Literal["low", "high", "classes"]
    column: int


@dataclass(frozen=True, slots=True)
class Measures:
    """How well a box describes where the outcomes of interest are.

    `hits` of the `count` draws in the box are of interest, of `total` and `size` draws in all.
    """

    hits: int
    count: int
    total: int
    size: int

    @property
    def coverage(self) -> float | None:
        """The share of the draws of interest that lie in the box; None where there are none."""
        return self.hits / self.total if self.total else None

    @property
    def density(self) -> float | None:
        """The share of the draws in the box that are of interest; None for an empty box."""
        return self.hits / self.count if self.count else None

    @property
    def mass(self) -> float:
        """The share of all draws that lie in the box."""
        return self.count / self.size

    @property
    def gain(self) -> float:
        """Coverage less mass: above 0 where the density is above that of all draws."""
        return (self.coverage or 0.0) - self.mass


def whole(sample: Sample) -> Box:
    """Return the box without limits."""
    count = sample.numbers.shape[1]
    free = tuple(np.ones(size, dtype=bool) for size in sample.sizes)
    return Box(np.full(count, -np.inf), np.full(count, np.inf), free)


def measure(box: Box, sample: Sample) -> Measures:
    """Return how well a box does on a sample.

    Examples
    --------
    >>> numbers = np.array([[0.1], [0.2], [0.8], [0.9]])
    >>> hit = np.array([False, False, False, True])
    >>> sample = Sample(numbers, np.empty((4, 0), dtype=np.int64), (), hit)
    >>> found = measure(whole(sample).with_end(Limit("low", 0), 0.5), sample)
    >>> found.coverage, found.density, found.mass
    (1.0, 0.5, 0.5)
    """
    inside = box.holds(sample)
    return Measures(
        hits=int((inside & sample.hit).sum()),
        count=int(inside.sum()),
        total=int(sample.hit.sum()),
        size=len(sample.hit),
    )


def quasi_p(box: Box, limit: Limit, sample: Sample) -> float:
    """Return how likely chance alone gives at least as many hits as a limit does.

    The limit is dropped; drawing as many as lie in the box from that wider box, the number of
    hits is binomial. "Quasi" since the limit was chosen on the same draws.

    References
    ----------
    Bryant and Lempert (2010), Thinking inside the box, Technological Forecasting and Social
    Change 77(1), 34-49.
    """
    inside, wider = measure(box, sample), measure(box.without(limit), sample)
    return _at_least(inside.hits, inside.count, wider.density or 0.0)


def chance_p(found: Measures) -> float:
    """Return how likely as many draws at random have at least as many hits as the box has."""
    return _at_least(found.hits, found.count, found.total / found.size)


def _at_least(hits: int, count: int, share: float) -> float:
    from scipy.stats import binom  # type: ignore[import-untyped]  # noqa: PLC0415

    return float(binom.sf(hits - 1, count, share))


def find_box(sample: Sample) -> Box | None:
    """Return a short description of where the outcomes of interest are; None where there is none.

    Peels and pastes; of the boxes on the way, the one with the greatest gain (coverage less
    mass; own choice, so that nobody has to pick one by eye) is stripped of the limits that chance
    explains or that add little, down to `MOST_LIMITS`.

    References
    ----------
    Friedman and Fisher (1999), Bump hunting in high-dimensional data, Statistics and Computing 9,
    123-143. Gain: weighted relative accuracy over the share of hits, Lavrac et al. (1999).

    Examples
    --------
    >>> numbers = np.random.default_rng(1).random((2000, 3))
    >>> hit = (numbers[:, 1] > 0.7) & (numbers[:, 2] < 0.5)
    >>> box = find_box(Sample(numbers, np.empty((2000, 0), dtype=np.int64), (), hit))
    >>> box.low.round(1), box.high.round(1)
    (array([-inf,  0.7, -inf]), array([inf, inf, 0.5]))
    """
    boxes = peel(sample)
    gains = [round(measure(box, sample).gain, 12) for box in boxes]
    chosen = shorten(paste(boxes[gains.index(max(gains))], sample), sample)
    return chosen if chosen.limits else None


def peel(sample: Sample) -> list[Box]:
    """Return ever smaller boxes, the first without limits.

    Each step takes off the end of a number (`PEEL` of the draws in the box) or a class, the one
    that raises the density most per draw taken off, as long as the box keeps `LEAST_MASS`.

    References
    ----------
    The objective is "lenient1" of Kwakkel and Jaxa-Rozen (2016), Improving scenario discovery for
    handling heterogeneous uncertainties, Environmental Modelling & Software 79.
    """
    boxes, rest = [whole(sample)], sample
    while True:
        found = _peeled(boxes[-1], rest, len(sample.hit))
        if found is None:
            return boxes
        boxes.append(found)
        rest = rest.part(found.holds(rest))


def _peeled(box: Box, rest: Sample, size: int) -> Box | None:
    """Return the box after one step; `rest` holds the draws in the box."""
    count, hits = len(rest.hit), int(rest.hit.sum())
    if hits in {0, count}:
        return None
    choices = [
        *_number_cuts(rest, "low"),
        *_number_cuts(rest, "high"),
        *_class_cuts(box, rest),
    ]
    best, most = None, -np.inf
    for limit, at, cut, cut_hits in choices:
        left = count - cut
        if left < LEAST_MASS * size or left == 0:
            continue
        score = ((hits - cut_hits) / left - hits / count) / cut
        if score > most:
            best, most = (limit, at), score
    if best is None:
        return None
    limit, at = best
    if limit.side != "classes":
        return box.with_end(limit, at)
    allowed = box.allowed[limit.column].copy()
    allowed[int(at)] = False
    return box.with_classes(limit.column, allowed)


def _number_cuts(
    rest: Sample, side: Literal["low", "high"]
) -> Iterator[tuple[Limit, float, int, int]]:
    """Yield limit, where it comes to stand, how many draws it takes off, and of those the hits."""
    sign = 1 if side == "low" else -1
    outward = np.sort(sign * rest.numbers, axis=0)
    at = outward[max(1, int(PEEL * len(rest.hit)))]
    beyond = np.where(sign * rest.numbers > outward[0], sign * rest.numbers, np.inf)
    ends = np.where(at == outward[0], beyond.min(axis=0), at)  # where many draws share the end
    off = sign * rest.numbers < ends
    cut, cut_hits = off.sum(axis=0), rest.hit.astype(np.int64) @ off
    for d in np.flatnonzero(np.isfinite(ends)):
        yield Limit(side, int(d)), float(sign * ends[d]), int(cut[d]), int(cut_hits[d])


def _class_cuts(box: Box, rest: Sample) -> Iterator[tuple[Limit, float, int, int]]:
    for j, allowed in enumerate(box.allowed):
        for k in np.flatnonzero(allowed):
            off = rest.classes[:, j] == k
            if off.any():
                yield Limit("classes", j), float(k), int(off.sum()), int((off & rest.hit).sum())


def paste(box: Box, sample: Sample) -> Box:
    """Return the box with its limits moved outwards as long as that raises the density."""
    while True:
        now = measure(box, sample).density or 0.0
        wider = [(measure(each, sample).density or 0.0, each) for each in _pasted(box, sample)]
        best = max(wider, key=lambda pair: pair[0], default=(0.0, box))
        if best[0] <= now:
            return box
        box = best[1]


def _pasted(box: Box, sample: Sample) -> Iterator[Box]:
    """Yield the box with one limit moved by `PASTE` of its draws, or one class more."""
    step = max(1, int(PASTE * box.holds(sample).sum()))
    for limit in box.limits:
        free = box.without(limit)
        if limit.side == "classes":
            allowed = box.allowed[limit.column]
            for k in np.flatnonzero(~allowed):
                wider = allowed.copy()
                wider[k] = True
                yield box.with_classes(limit.column, wider)
            continue
        beyond = np.sort(sample.numbers[free.holds(sample) & ~box.holds(sample), limit.column])
        if limit.side == "low":
            beyond = beyond[::-1]
        yield box.with_end(limit, float(beyond[step - 1])) if step < len(beyond) else free


def shorten(box: Box, sample: Sample) -> Box:
    """Return the box without the limits that chance explains, that add little, or are too many."""
    while box.limits:
        gain = measure(box, sample).gain
        doubt = max((quasi_p(box, limit, sample), i) for i, limit in enumerate(box.limits))
        loss = min(
            (gain - measure(box.without(limit), sample).gain, i)
            for i, limit in enumerate(box.limits)
        )
        if doubt[0] > LARGEST_P:
            box = box.without(box.limits[doubt[1]])
        elif loss[0] < LEAST_GAIN * gain or len(box.limits) > MOST_LIMITS:
            box = box.without(box.limits[loss[1]])
        else:
            return box
    return box
