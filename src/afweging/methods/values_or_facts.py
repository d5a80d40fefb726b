"""What two people or groups disagree about: the weights, or the effects they expect.

Knows nothing about names. A lead is the score of one alternative minus that of another, the sum
over criteria of weight times difference in value. Two factors, weights and differences, make two
leads differ; the symmetric (Shapley) split gives each factor its part, and the parts add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.methods.aggregation import ordered_sum
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

Kind = Literal["values", "facts", "both"]

MAIN_SHARE = 2 / 3  # own choice: who explains twice as much as the other is called the cause


@dataclass(frozen=True, slots=True, eq=False)
class Disagreement:
    """Why the leads of A over B of two people or groups differ.

    Attributes
    ----------
    first_lead, second_lead : float
        The lead of A over B for the first and for the second; for a group the mean.
    values, facts : float
        What different weights and what different effects explain of the first minus the second.
    values_by_criterion, facts_by_criterion : ndarray of shape (C,), adding up to the parts
    kind : {'values', 'facts', 'both'} or None
        Which part is the larger one; None where neither part is anything.
    discuss_values, discuss_facts : tuple of int
        The criterion that pushes each part furthest in its own direction; several where they tie,
        none where the part is nothing.
    """

    first_lead: float
    second_lead: float
    values: float
    facts: float
    values_by_criterion: FloatArray
    facts_by_criterion: FloatArray
    kind: Kind | None
    discuss_values: tuple[int, ...]
    discuss_facts: tuple[int, ...]

    def __post_init__(self) -> None:
        self.values_by_criterion.setflags(write=False)
        self.facts_by_criterion.setflags(write=False)

    @property
    def opposed(self) -> bool:
        """True where one prefers A and the other B."""
        low, high = sorted((self.first_lead, self.second_lead))
        return low < -SCORE_TOLERANCE and high > SCORE_TOLERANCE


def split_disagreement(
    first: tuple[FloatArray, FloatArray],
    second: tuple[FloatArray, FloatArray],
    *,
    main_share: float = MAIN_SHARE,
) -> Disagreement:
    """Return what weights and what effects explain of two people's disagreement on A against B.

    For every criterion, values: (w1 - w2) (x1 + x2) / 2; facts: (x1 - x2) (w1 + w2) / 2. Together
    they are exactly w1 x1 - w2 x2.

    Parameters
    ----------
    first, second : tuple of two ndarrays of shape (C,)
        Weights w, and the value of A minus the value of B on each criterion x.
    main_share : float, from 0.5 to 1
        From which share of |values| + |facts| on one of the two is called the cause.

    References
    ----------
    Shapley (1953), A value for n-person games; for two factors: Sun (1998), Changes in energy
    consumption and energy intensity, Energy Economics 20(1).

    Examples
    --------
    >>> split = split_disagreement(
    ...     (np.array([0.75, 0.25]), np.array([0.4, -0.6])),
    ...     (np.array([0.25, 0.75]), np.array([0.4, -0.4])),
    ... )
    >>> round(split.values, 4), round(split.facts, 4), split.kind, split.discuss_values
    (0.45, -0.1, 'values', (1,))
    """
    return split_group_disagreement(
        (first[0][None, :], first[1][None, :]),
        (second[0][None, :], second[1][None, :]),
        main_share=main_share,
    )


def split_group_disagreement(
    first: tuple[FloatArray, FloatArray],
    second: tuple[FloatArray, FloatArray],
    *,
    main_share: float = MAIN_SHARE,
) -> Disagreement:
    """Return the mean of `split_disagreement` over all pairs of one from each group.

    Means of products and products of means are enough for it: no pairs are formed.

    Parameters
    ----------
    first, second : tuple of two ndarrays of shape (P1, C) and of shape (P2, C)
        Weights, and the value of A minus the value of B, per person and criterion.
    main_share : float, from 0.5 to 1
        From which share of |values| + |facts| on one of the two is called the cause.

    References
    ----------
    As `split_disagreement`; its mean over pairs is our own choice, and adds up as well.

    Examples
    --------
    >>> differences = np.array([[0.4, -0.6], [0.4, -0.6]])
    >>> split = split_group_disagreement(
    ...     (np.array([[0.75, 0.25], [0.65, 0.35]]), differences),
    ...     (np.array([[0.25, 0.75]]), differences[:1]),
    ... )
    >>> round(split.values, 4), round(split.facts, 4), split.kind
    (0.45, 0.0, 'values')
    """
    w1, x1, w2, x2 = (_mean(part) for part in (*first, *second))
    mine, yours = _mean(first[0] * first[1]), _mean(second[0] * second[1])
    inner = (mine - w1 * x1) - (yours - w2 * x2)  # weights and effects going together in a group
    values = ((w1 - w2) * (x1 + x2) + inner) / 2
    facts = ((x1 - x2) * (w1 + w2) + inner) / 2
    return _describe(mine, yours, values, facts, main_share)


def _describe(
    mine: FloatArray, yours: FloatArray, values: FloatArray, facts: FloatArray, main_share: float
) -> Disagreement:
    """Return the record of a split, from its terms per criterion, each of shape (C,)."""
    by_values, by_facts = float(ordered_sum(values)), float(ordered_sum(facts))
    return Disagreement(
        first_lead=float(ordered_sum(mine)),
        second_lead=float(ordered_sum(yours)),
        values=by_values,
        facts=by_facts,
        values_by_criterion=values,
        facts_by_criterion=facts,
        kind=_classify(abs(by_values), abs(by_facts), main_share),
        discuss_values=_largest(values, by_values),
        discuss_facts=_largest(facts, by_facts),
    )


def _classify(values: float, facts: float, main_share: float) -> Kind | None:
    """Return what the larger part is, from the sizes of both."""
    whole = values + facts
    if whole <= SCORE_TOLERANCE:
        return None
    if values >= main_share * whole:
        return "values"
    return "facts" if facts >= main_share * whole else "both"


def _largest(terms: FloatArray, part: float) -> tuple[int, ...]:
    """Return the terms of shape (C,) that push furthest in the direction of their sum."""
    if abs(part) <= SCORE_TOLERANCE:
        return ()
    push = terms * np.sign(part)
    return tuple(int(j) for j in np.flatnonzero(push >= push.max() - SCORE_TOLERANCE))


def _mean(rows: FloatArray) -> FloatArray:
    """Return the mean over people, the same to the last bit for every order of them."""
    return ordered_sum(rows, axis=0) / len(rows)
