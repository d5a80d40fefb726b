"""What the judgement of one method says beside ours: order, agreement, and how firm it is.

A judge is any function from a table to scores; which library is behind it is not known here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.opinion import MethodOpinion, Refusal, Reversal, Stability
from afweging.analysis.opinion_table import OpinionTable
from afweging.methods.agreement import kendall_tau_b, turned_around
from afweging.methods.ranking import rank_scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """The scores of one method, shape (A,), higher is better, and its compromise set if it has."""

    scores: FloatArray
    compromise: BoolArray | None = None


Judge = Callable[[OpinionTable], Scored | Refusal]


def form_opinion(method: str, judge: Judge, table: OpinionTable, ours: FloatArray) -> MethodOpinion:
    """Return what one method says of a table, beside our scores of the same options."""
    found = judge(table)
    if isinstance(found, Refusal):
        return MethodOpinion(method, refusal=found)
    ranks, own = rank_scores(found.scores), rank_scores(ours)
    names = table.options
    compromise = () if found.compromise is None else _named(table, found.compromise)
    return MethodOpinion(
        method,
        scores=tuple(found.scores.tolist()),
        ranks=tuple(ranks.tolist()),
        first=_named(table, ranks == 1),
        agreement=kendall_tau_b(own, ranks),
        turned=tuple((names[i], names[k]) for i, k in turned_around(own, ranks)),
        compromise=compromise,
        stability=_reversals(judge, table, ranks == 1),
    )


def _named(table: OpinionTable, chosen: BoolArray) -> tuple[str, ...]:
    return tuple(name for name, is_in in zip(table.options, chosen, strict=True) if is_in)


def _reversals(judge: Judge, table: OpinionTable, first: BoolArray) -> Stability:
    """Return who is first with each option that is not first left out, and there twice."""
    others = np.flatnonzero(~first).tolist()
    winners = set(_named(table, first))
    left_out = [_reversal(judge, table.without(k), table.options[k]) for k in others]
    copied = [_reversal(judge, table.with_copy(k), table.options[k]) for k in others]
    return Stability(
        tried=len(others),
        left_out=tuple(r for r in left_out if set(r.first) != winners),
        copied=tuple(r for r in copied if set(r.first) != winners),
    )


def _reversal(judge: Judge, table: OpinionTable, option: str) -> Reversal:
    if len(table.options) == 1:
        return Reversal(option, table.options)
    found = judge(table)
    if isinstance(found, Refusal):
        return Reversal(option, ())
    first = _named(table, rank_scores(found.scores) == 1)
    return Reversal(option, tuple(dict.fromkeys(first)))  # a copy has the name of its original


def with_worsening(found: MethodOpinion, runs: tuple[bool, ...]) -> MethodOpinion:
    """Return the opinion with in how many runs with a worse loser the first stayed first."""
    stability = replace(found.stability, worsened=len(runs), kept=sum(runs))
    return replace(found, stability=stability)
