"""A published table as a decision problem, judged by other methods as a user has it judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.analysis.random_problems import leaf, plain_problem

from afweging.analysis.compare import compare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.analysis.opinion import MethodOpinion, SecondOpinion
    from afweging.model.result import Comparison

Scale = tuple[str, float, float, float]  # name, weight, worst, best


def published(
    scales: Sequence[Scale], rows: Sequence[Sequence[float]], options: Sequence[str]
) -> Comparison:
    """Return the comparison of a table with one case; `rows` is (A, C) in natural units."""
    leaves = tuple(leaf(name, weight, worst=w, best=b) for name, weight, w, b in scales)
    return compare(plain_problem([rows], leaves, options=options))


def opinion_of(found: SecondOpinion, method: str) -> MethodOpinion:
    """Return what one method says."""
    return next(each for each in found.methods if each.method == method)
