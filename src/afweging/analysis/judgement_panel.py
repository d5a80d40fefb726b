"""What several people's pairwise judgements about the lenses say together.

Two ways to make one set of weights of them are shown side by side: first the judgements made one
and then weights, or first weights and then those made one. Best-worst answers give a ranking of
the lenses with how sure it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.answers import answers_about, pair_matrix
from afweging.analysis.elicitation import best_worst_answers
from afweging.methods.bayesian_best_worst import credal_ranking, group_posterior
from afweging.methods.best_worst import BestWorst
from afweging.methods.pairwise import eigenvector_weights
from afweging.methods.weight_spread import aggregate_judgements, aggregate_priorities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from afweging.analysis.answers import Answers
    from afweging.model.criterion import Group
    from afweging.model.preference import Profile

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PairsTogether:
    """The weights on the lenses of those who compared all pairs, made one in three ways.

    `judgements` by the geometric mean of the judgements, `geometric` and `arithmetic` by the
    mean of everyone's weights; each of shape (L,). `largest` is the greatest difference between
    two of the three on one lens, and `lens` the place of that lens.
    """

    profiles: tuple[str, ...]
    judgements: FloatArray
    geometric: FloatArray
    arithmetic: FloatArray
    largest: float
    lens: int


@dataclass(frozen=True, slots=True, eq=False)
class CredalOrder:
    """The lenses in the order of their weights by best-worst answers, and how sure each step is.

    `order` holds places of lenses, heaviest first; `weights` the mean weights in that order, and
    `sure` per step the probability that the one counts more than the next.
    """

    profiles: tuple[str, ...]
    order: tuple[int, ...]
    weights: tuple[float, ...]
    sure: tuple[float, ...]
    converged: bool
    seed: int


def _answers(profiles: Sequence[Profile], tree: Group, method: str) -> list[Answers]:
    found = [answers_about(each, tree) for each in profiles if each.method == method]
    return [answers for answers in found if answers.judgements]


def pairs_together(profiles: Sequence[Profile], tree: Group) -> PairsTogether | None:
    """Return what those who compared all pairs of lenses say together; None for fewer than two.

    References
    ----------
    Forman and Peniwati (1998), Aggregating individual judgments and priorities with the analytic
    hierarchy process, EJOR 108(1).
    """
    complete = [a for a in _answers(profiles, tree, "ahp") if not np.isnan(pair_matrix(a)).any()]
    if len(complete) < 2:
        return None
    matrices = np.array([pair_matrix(answers) for answers in complete])  # (P, L, L)
    means = aggregate_priorities(eigenvector_weights(matrices))
    judged = eigenvector_weights(aggregate_judgements(matrices))
    ways = np.array([judged, means.geometric, means.arithmetic])  # (3, L)
    spread = ways.max(axis=0) - ways.min(axis=0)
    return PairsTogether(
        profiles=tuple(answers.profile.id for answers in complete),
        judgements=judged,
        geometric=means.geometric,
        arithmetic=means.arithmetic,
        largest=float(spread.max()),
        lens=int(spread.argmax()),
    )


def credal_order(profiles: Sequence[Profile], tree: Group, *, seed: int) -> CredalOrder | None:
    """Return the lenses in credal order by best-worst answers; None for fewer than two people.

    References
    ----------
    Mohammadi and Rezaei (2020), Bayesian best-worst method: a probabilistic group decision making
    model, Omega 96.
    """
    asked = _answers(profiles, tree, "bwm")
    if len(asked) < 2:
        return None
    found = group_posterior(_people(asked), rng=np.random.default_rng(seed))
    order = sorted(range(len(tree.children)), key=lambda lens: (-found.weights[lens], lens))
    ahead = credal_ranking(found)
    return CredalOrder(
        profiles=tuple(answers.profile.id for answers in asked),
        order=tuple(order),
        weights=tuple(float(found.weights[lens]) for lens in order),
        sure=tuple(float(ahead[a, b]) for a, b in pairwise(order)),
        converged=found.converged,
        seed=seed,
    )


def _people(asked: Sequence[Answers]) -> BestWorst:
    """Return the answers of several people as arrays of shape (P, n), in an order of their own."""
    found = [best_worst_answers(answers) for answers in asked]
    found.sort(key=lambda each: (each.best_to_others.tolist(), each.others_to_worst.tolist()))
    return BestWorst(
        np.array([each.best_to_others for each in found]),
        np.array([each.others_to_worst for each in found]),
        np.array([each.best for each in found]),
        np.array([each.worst for each in found]),
    )
