"""How the weights of a room lie: per lens, from round to round, and in groups.

Nothing is shown of fewer than five people. From eight on each person is a dot; below, the least,
the middle and the largest weight are all there is. Every number is rounded to what a screen shows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.aggregation import ordered_sum
from afweging.methods.clusters import LEAST_MEMBERS, find_groups
from afweging.methods.weight_spread import (
    ahp_consensus,
    consensus_word,
    mean_distance,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from afweging.methods.clusters import Grouping

    FloatArray = NDArray[np.float64]

LEAST_SHOWN = LEAST_MEMBERS  # people in any number about a part of the room
LEAST_DOTS = 8
GROUP_SEED = 1
DIGITS = 6  # a screen shows fewer; frames do not depend on the last bit of a machine


def shown(value: float) -> float:
    """Return a number as it goes to a screen: six decimals, and no minus before 0."""
    return round(float(value), DIGITS) + 0.0


def shown_all(values: FloatArray) -> list[float]:
    """Return numbers as they go to a screen."""
    return [shown(value) for value in values.tolist()]


def lens_spread(weights: FloatArray, lens: int) -> dict[str, object]:
    """Return how the weights of people on one lens lie.

    Parameters
    ----------
    weights : ndarray of shape (P, L), rows adding up to 1
    lens : int

    Returns
    -------
    dict
        `kind` is "none" below five people, "box" below eight (least, median, most), and "dots"
        from then on, with quartiles, and `dots` as pairs of a whole percentage and how many people
        are at it.

    Examples
    --------
    >>> lens_spread(np.array([[0.2, 0.8]] * 3 + [[0.6, 0.4]] * 2), 0)
    {'kind': 'box', 'least': 0.2, 'median': 0.2, 'most': 0.6}
    """
    column = np.sort(weights[:, lens])
    if len(column) < LEAST_SHOWN:
        return {"kind": "none"}
    least, lower, median, upper, most = np.quantile(column, [0.0, 0.25, 0.5, 0.75, 1.0]).tolist()
    if len(column) < LEAST_DOTS:
        box = {"least": shown(least), "median": shown(median), "most": shown(most)}
        return {"kind": "box", **box}
    places, counts = np.unique(np.rint(100 * column).astype(int), return_counts=True)
    quartiles = {"lower": shown(lower), "median": shown(median), "upper": shown(upper)}
    return {
        "kind": "dots",
        **quartiles,
        "dots": [list(pair) for pair in zip(places.tolist(), counts.tolist(), strict=True)],
    }


def room_agreement(weights: FloatArray) -> dict[str, object] | None:
    """Return how far a room agrees on the weights; None below five people.

    `distance` is the mean over pairs of people of the share of the weight that is elsewhere;
    `word` is that of Goepel's consensus, None for one lens.
    """
    if len(weights) < LEAST_SHOWN:
        return None
    consensus = ahp_consensus(weights)
    word = None if consensus is None else consensus_word(consensus)
    return {"distance": shown(mean_distance(weights) or 0.0), "word": word}


def shift(first: FloatArray, second: FloatArray) -> dict[str, object] | None:
    """Return how weights moved between two rounds, for those who gave both; None below five.

    `anchoring` is the share of their distance to the median of round 1 that people gave up: 1
    where all moved onto the median, 0 where they stayed as far, below 0 where they moved away;
    None where nobody was away from it.

    Parameters
    ----------
    first, second : ndarray of shape (P, L)
        The same people in the same order.

    References
    ----------
    Own choice: distances are half the L1 norm, medians per lens.

    Examples
    --------
    >>> before = np.array([[0.2, 0.8], [0.4, 0.6], [0.4, 0.6], [0.4, 0.6], [0.6, 0.4]])
    >>> after = np.array([[0.3, 0.7], [0.4, 0.6], [0.4, 0.6], [0.4, 0.6], [0.5, 0.5]])
    >>> shift(before, after)["anchoring"]
    0.5
    """
    if len(first) < LEAST_SHOWN:
        return None
    middle = np.median(first, axis=0)
    before, after = (_distance(each, middle) for each in (first, second))
    away = float(ordered_sum(before))
    moved = _distance(second, first)
    return {
        "n": len(first),
        "first": shown_all(middle),
        "second": shown_all(np.median(second, axis=0)),
        "moved": shown(float(ordered_sum(moved)) / len(moved)),
        "changed": _counted(int((moved > 1e-9).sum()), len(moved)),
        "anchoring": shown(1 - float(ordered_sum(after)) / away) if away > 1e-9 else None,
    }


def _distance(weights: FloatArray, other: FloatArray) -> FloatArray:
    return np.asarray(ordered_sum(np.abs(weights - other)) / 2)


def _counted(count: int, total: int) -> int | None:
    """Return a count of a part of the room, None where it or the rest is one to four people."""
    parts = (count, total - count)
    return None if any(0 < part < LEAST_SHOWN for part in parts) else count


def stable_groups(weights: FloatArray) -> Grouping | None:
    """Return groups of like weights, each of at least five and stable; None where there are none.

    The draws for the stability start from a fixed seed, so a replay gives the same groups.
    """
    return _groups(np.ascontiguousarray(weights).tobytes(), weights.shape)


@lru_cache(maxsize=4)
def _groups(content: bytes, shape: tuple[int, int]) -> Grouping | None:
    if shape[0] < 2 * LEAST_MEMBERS:
        return None
    weights = np.frombuffer(content, dtype=np.float64).reshape(shape)
    return find_groups(weights, rng=np.random.default_rng(GROUP_SEED))


def large_enough(sizes: Mapping[str, int], total: int) -> tuple[str, ...]:
    """Return the parts of a room about which something may be shown.

    Parts have at least five people. Where the people outside the shown parts are one to four,
    subtraction would tell about them: the smallest shown part is then hidden too.

    Examples
    --------
    >>> large_enough({"raad": 9, "staten": 6, "gast": 2}, 17)
    ('raad',)
    >>> large_enough({"raad": 9, "staten": 8}, 17)
    ('raad', 'staten')
    """
    kept = sorted((n for n in sizes if sizes[n] >= LEAST_SHOWN), key=lambda n: (-sizes[n], n))
    while kept and 0 < total - sum(sizes[name] for name in kept) < LEAST_SHOWN:
        kept.pop()
    return tuple(sorted(kept))


def parts_of(roles: Sequence[str | None], weights: FloatArray) -> dict[str, tuple[int, FloatArray]]:
    """Return per role that may be shown how many people it has and their mean weights."""
    named = [role or "" for role in roles]
    sizes = {role: named.count(role) for role in set(named)}
    members = {role: np.array([each == role for each in named]) for role in sizes}
    kept = large_enough({r: n for r, n in sizes.items() if r}, len(named))
    return {
        role: (sizes[role], ordered_sum(weights[members[role]], axis=0) / sizes[role])
        for role in kept
    }
