"""What is found when someone's judgements are compared with the weights they lead to.

Judgements are ratios: how many times more `first` counts than `second`. Criteria are positions in
an array here; names and sentences come later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

Pair = tuple[int, int]

TIE = 1e-9  # logarithms of ratios that differ by less are equal


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """A judgement beside the ratio that the weights, so all judgements together, imply."""

    first: int
    second: int
    given: float
    implied: float

    @property
    def size(self) -> float:
        """The distance between given and implied, as an absolute logarithm: 0 where they agree."""
        return float(abs(np.log(self.given / self.implied)))


@dataclass(frozen=True, slots=True)
class Repair:
    """One judgement changed from `given` to `proposed`, and the consistency index after it."""

    first: int
    second: int
    given: float
    proposed: float
    index: float

    @property
    def size(self) -> float:
        """The size of the change, as an absolute logarithm of the ratio."""
        return float(abs(np.log(self.proposed / self.given)))


def worst_first(found: Iterable[Inconsistency], *, count: int) -> tuple[Inconsistency, ...]:
    """Return the `count` largest inconsistencies, largest first, with all that tie with the last.

    Judgements that agree with the weights are left out.

    Examples
    --------
    >>> pairs = [Inconsistency(0, 1, 2.0, 2.0), Inconsistency(0, 2, 3.0, 6.0)]
    >>> [(each.first, each.second) for each in worst_first(pairs, count=3)]
    [(0, 2)]
    """
    ranked = sorted(
        (each for each in found if each.size > TIE), key=lambda each: -round(each.size / TIE)
    )
    if len(ranked) <= count:
        return tuple(ranked)
    return tuple(each for each in ranked if each.size >= ranked[count - 1].size - TIE)


def smallest_first(found: Iterable[Repair]) -> tuple[Repair, ...]:
    """Return repairs by size, the smallest change first; equal changes by what they achieve.

    Examples
    --------
    >>> repairs = [Repair(0, 1, 2.0, 4.0, 0.1), Repair(1, 2, 3.0, 4.0, 0.1)]
    >>> [each.proposed / each.given for each in smallest_first(repairs)]
    [1.3333333333333333, 2.0]
    """
    return tuple(sorted(found, key=lambda each: (round(each.size / TIE), each.index)))
