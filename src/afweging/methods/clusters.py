"""Groups of people with like weights: at least five members, far apart and stable, or none.

Knows nothing about names. The square roots of weights put people on a sphere, on which a Dirichlet
cloud is about equally wide in every direction and a weight of 0 needs no replacement. People are
put in a fixed order first, so that no result depends on the order in which they came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]

LEAST_MEMBERS = 5
MOST_GROUPS = 4
LEAST_STABILITY = 0.85  # Jaccard: "highly stable" in Hennig (2007)
RESAMPLES = 50
LARGEST_RESAMPLE = 500  # people; a larger group is resampled to this many
LEAST_SEPARATION = 5.0  # standard deviations; one cloud cut in pieces gives 2.7 to 4.6
SMALL_SAMPLE = 20.0  # over the number of people: what chance adds to that in small groups
LEAST_DIFFERENCE = 0.15  # of all weight; less is within what rounding to 5 or 10 points does
STEPS = 50  # of the search for centres; more only polish borders


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Groups of people, the largest first.

    Attributes
    ----------
    members : ndarray of shape (P,)
        The group of each person, from 0.
    sizes : tuple of int
    stability : tuple of float
        Per group the mean Jaccard overlap with the most alike group of each resample, in [0, 1].
    separation : float
        Distance of the two groups that lie least apart, in standard deviations within them.
    """

    members: IntArray
    sizes: tuple[int, ...]
    stability: tuple[float, ...]
    separation: float

    def __post_init__(self) -> None:
        self.members.setflags(write=False)


def find_groups(
    weights: FloatArray, *, rng: np.random.Generator, least_stability: float = LEAST_STABILITY
) -> Grouping | None:
    """Return the most groups, 4 to 2, that are large enough, far apart and stable; None if none.

    Groups are nearest centres (k-means). Every group has at least five members. The means of every
    two differ by at least 0.15 of all weight, and lie at least 5 + 20 / n standard deviations
    apart, n being their members together, which a single cloud cut in pieces does not reach. In
    samples of people drawn with replacement each group comes back with a mean Jaccard overlap of
    at least `least_stability`.

    Parameters
    ----------
    weights : ndarray of shape (P, C), rows adding up to 1
    rng : numpy random Generator, for the resampling
    least_stability : float, in [0, 1]

    References
    ----------
    Stability: Hennig (2007), Cluster-wise assessment of cluster stability, CSDA 52(1). Distance:
    after Ashman, Bird and Zepf (1994), Detecting bimodality in astronomical datasets, AJ 108(6);
    both limits are our own choice, found by simulation of Dirichlet clouds, rounded and not.

    Examples
    --------
    >>> housing, nature = [0.7, 0.1, 0.2], [0.1, 0.8, 0.1]
    >>> noise = np.random.default_rng(1).dirichlet([1, 1, 1], 24)
    >>> weights = 0.9 * np.array([housing] * 8 + [nature] * 16) + 0.1 * noise
    >>> find_groups(weights, rng=np.random.default_rng(2)).sizes
    (16, 8)
    """
    order = _fixed_order(weights)
    points = np.sqrt(np.ascontiguousarray(weights[np.ix_(*order)]))
    for count in range(min(MOST_GROUPS, len(points) // LEAST_MEMBERS), 1, -1):
        members = _best_partition(points, count)
        if members is None:
            continue
        separation = _separations(points, members, count)
        if separation is None:
            continue
        stability = _stability(points, members, count, rng)
        if stability.min() >= least_stability:
            return _describe(members, order[0], stability, separation)
    return None


def _fixed_order(weights: FloatArray) -> tuple[IntArray, IntArray]:
    """Return an order of people and one of criteria that depend on the weights alone."""
    columns = np.lexsort(np.sort(weights, axis=0))
    rows = np.lexsort(weights[:, columns].T)
    return np.asarray(rows, dtype=np.int64), np.asarray(columns, dtype=np.int64)


def _best_partition(points: FloatArray, count: int) -> IntArray | None:
    """Return the tightest partition with enough members in each group; None if there is none."""
    best, least = None, np.inf
    for start in (_spread_start(points, count), _halving_start(points, count)):
        members, spread = _partition(points, start)
        enough = np.bincount(members, minlength=count).min() >= LEAST_MEMBERS
        if enough and spread < least:
            best, least = members, spread
    return best


def _partition(points: FloatArray, centres: FloatArray) -> tuple[IntArray, float]:
    """Return the nearest centre per person after Lloyd's iteration, and the spread within.

    References
    ----------
    Lloyd (1982), Least squares quantization in PCM, IEEE Trans. Inf. Theory 28(2).
    """
    count = len(centres)
    members = np.full(len(points), -1)
    for _ in range(STEPS):
        distance = _distances(points, centres)
        nearest = distance.argmin(axis=1)
        if (nearest == members).all():
            break
        members = nearest
        here = (members[:, None] == np.arange(count)).astype(float)  # (P, k)
        sizes = here.sum(axis=0)
        centres = np.where(
            sizes[:, None] > 0, here.T @ points / np.maximum(sizes, 1)[:, None], centres
        )
    return members, float(distance.min(axis=1).sum())


def _distances(points: FloatArray, centres: FloatArray) -> FloatArray:
    """Return squared distances of shape (P, k), each less what it has in common per person."""
    return np.asarray((centres**2).sum(axis=1) - 2 * points @ centres.T)


def _spread_start(points: FloatArray, count: int) -> FloatArray:
    """Return as centres the person furthest from the mean, and in turn the furthest from those.

    References
    ----------
    Gonzalez (1985), Clustering to minimize the maximum intercluster distance, TCS 38.
    """
    distance = ((points - points.mean(axis=0)) ** 2).sum(axis=1)
    chosen = [int(distance.argmax())]
    distance = np.full(len(points), np.inf)
    while len(chosen) < count:
        distance = np.minimum(distance, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
        chosen.append(int(distance.argmax()))
    return points[chosen]


def _halving_start(points: FloatArray, count: int) -> FloatArray:
    """Return the means of parts: the widest part is cut at its mean, across its longest axis.

    References
    ----------
    Su and Dy (2007), In search of deterministic methods for initializing K-means, IDA 11(4).
    """
    parts = [points]
    while len(parts) < count:
        widest = int(np.argmax([len(part) * part.var(axis=0).sum() for part in parts]))
        part = parts.pop(widest)
        centred = part - part.mean(axis=0)
        along = centred @ np.linalg.eigh(centred.T @ centred)[1][:, -1]
        cut = (part[along > 0], part[along <= 0])
        parts += [half if len(half) else part for half in cut]
    return np.stack([part.mean(axis=0) for part in parts])


def _separations(points: FloatArray, members: IntArray, count: int) -> float | None:
    """Return how far the two nearest groups lie apart; None if any two are too near.

    `points`, of shape (P, C), are square roots of weights, so their squares are weights.
    """
    found = np.inf
    for i in range(count):
        for k in range(i):
            one, other = points[members == i], points[members == k]
            apart = _separation(one, other)
            limit = LEAST_SEPARATION + SMALL_SAMPLE / (len(one) + len(other))
            elsewhere = np.abs((one**2).mean(axis=0) - (other**2).mean(axis=0)).sum() / 2
            if apart < limit or elsewhere < LEAST_DIFFERENCE:
                return None
            found = min(found, apart)
    return found


def _separation(one: FloatArray, other: FloatArray) -> float:
    """Return the distance of two means in standard deviations, along the line through them."""
    line = one.mean(axis=0) - other.mean(axis=0)
    length = float(np.sqrt((line**2).sum()))
    along = [part @ line / length for part in (one, other)]
    within = sum(float(((a - a.mean()) ** 2).sum()) for a in along)
    sd = np.sqrt(within / (len(one) + len(other) - 2))
    return length / max(float(sd), 1e-9)


def _stability(
    points: FloatArray, members: IntArray, count: int, rng: np.random.Generator
) -> FloatArray:
    """Return per group the mean Jaccard overlap with the groups found in resamples."""
    here = (members[:, None] == np.arange(count)).astype(float)
    total = np.zeros(count)
    for _ in range(RESAMPLES):
        drawn = rng.integers(0, len(points), min(len(points), LARGEST_RESAMPLE))
        sample = points[np.sort(drawn)]
        found, _ = _partition(sample, _halving_start(sample, count))
        centres = np.stack([sample[found == j].mean(axis=0) for j in np.unique(found)])
        nearest = _distances(points, centres).argmin(axis=1)
        there = (nearest[:, None] == np.arange(len(centres))).astype(float)
        both = here.T @ there
        either = here.sum(axis=0)[:, None] + there.sum(axis=0) - both
        total += (both / either).max(axis=1)
    return total / RESAMPLES


def _describe(
    members: IntArray, order: IntArray, stability: FloatArray, separation: float
) -> Grouping:
    """Return the record, groups from large to small and people in the order they came."""
    sizes = np.bincount(members)
    by_size = np.argsort(-sizes, kind="stable")
    place = np.empty(len(sizes), dtype=np.int64)
    place[by_size] = np.arange(len(sizes))
    original = np.empty(len(members), dtype=np.int64)
    original[order] = place[members]
    return Grouping(
        members=original,
        sizes=tuple(int(size) for size in sizes[by_size]),
        stability=tuple(float(share) for share in stability[by_size]),
        separation=separation,
    )
