"""What the profiles share and where they differ: weights, choices, rankings, groups.

No minority is averaged away: every profile's own choice stays in the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.compare import compare
from afweging.analysis.judgement_panel import credal_order, pairs_together
from afweging.analysis.screening import admissible_options, require_effects
from afweging.analysis.weights import members
from afweging.errors import Fault, RequestError
from afweging.methods.aggregation import ordered_sum
from afweging.methods.clusters import find_groups
from afweging.methods.rank_aggregation import (
    EXACT_LIMIT,
    borda,
    cook_seiford,
    copeland,
    find_majority,
    kemeny,
    kendall_w,
    mean_rank,
)
from afweging.methods.ranking import leaders, rank_scores
from afweging.methods.weight_spread import (
    aggregate_priorities,
    ahp_consensus,
    consensus_word,
    measure_spread,
    share_choice,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.judgement_panel import CredalOrder, PairsTogether
    from afweging.methods.clusters import Grouping
    from afweging.methods.rank_aggregation import Consensus
    from afweging.methods.weight_spread import ConsensusWord, GroupWeights, WeightSpread
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison, Request

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """What the profiles choose one by one, and what they would choose together.

    `own` holds per profile the options it puts first; `arithmetic` and `geometric` the options
    that come first under the mean weights; `same` the profiles that choose what the group
    chooses (by the arithmetic mean), `share` their share.
    """

    own: tuple[tuple[str, ...], ...]
    arithmetic: tuple[str, ...]
    geometric: tuple[str, ...]
    same: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Voting:
    """The profiles' rankings made into one, by several rules; arrays per admissible option.

    `winner` is the Condorcet winner or None; `top` the smallest set that beats all others, and
    `cyclic` says whether its majorities run in a circle. `orders` are all Kemeny orders (the
    fewest reversed pairs), None beyond the number of options that can be searched exactly.
    """

    options: tuple[str, ...]
    ranks: IntArray  # (P, A)
    borda: FloatArray
    copeland: IntArray
    mean_rank: FloatArray
    winner: str | None
    top: tuple[str, ...]
    cyclic: bool
    orders: Consensus | None
    nearest: Consensus  # Cook and Seiford
    concordance: tuple[float | None, float | None]  # Kendall's W, plain and corrected for ties


@dataclass(frozen=True, slots=True, eq=False)
class GroupAnalysis:
    """The profiles of a problem as a group; a neutral starting point is nobody's and left out.

    `spread` and `consensus` are about the lenses, `weights` about the criteria. `groups` is None
    where no groups of at least five like-minded profiles are stable; `pairs` and `credal` where
    fewer than two profiles compared lenses in pairs, or with the heaviest and the lightest.
    """

    comparison: Comparison
    profiles: tuple[str, ...]
    panel: FloatArray  # (P, C), weights on the criteria
    lens_weights: FloatArray  # (P, L)
    spread: WeightSpread
    lens_means: GroupWeights
    weights: GroupWeights
    consensus: float | None
    word: ConsensusWord | None
    choices: Choices
    voting: Voting
    groups: Grouping | None
    pairs: PairsTogether | None
    credal: CredalOrder | None
    seed: int


def analyse_group(
    problem: DecisionProblem, request: Request | None = None, *, seed: int = 1
) -> GroupAnalysis:
    """Return what the profiles of `problem` share and where they differ.

    Raises
    ------
    RequestError
        When there are fewer than two profiles, or effects are missing.
    """
    comparison = compare(problem, request)
    people = [p for p, profile in enumerate(problem.panel) if profile.origin != "neutral"]
    _require(comparison, len(people))
    panel = comparison.weights.panel[people]
    names = tuple(problem.panel[p].id for p in people)
    lenses = members(problem.tree, problem.tree.children)
    lens_weights = ordered_sum(panel[:, None, :] * lenses)
    group = aggregate_priorities(panel)
    consensus = ahp_consensus(lens_weights)
    return GroupAnalysis(
        comparison=comparison,
        profiles=names,
        panel=panel,
        lens_weights=lens_weights,
        spread=measure_spread(lens_weights),
        lens_means=aggregate_priorities(lens_weights),
        weights=group,
        consensus=consensus,
        word=None if consensus is None else consensus_word(consensus),
        choices=_choices(comparison, group, people),
        voting=_voting(comparison, people),
        groups=find_groups(lens_weights, rng=np.random.default_rng(seed)),
        pairs=pairs_together([problem.panel[p] for p in people], problem.tree),
        credal=credal_order([problem.panel[p] for p in people], problem.tree, seed=seed),
        seed=seed,
    )


def _require(comparison: Comparison, people: int) -> None:
    if people < 2:
        raise RequestError([Fault("too-few-profiles", value=people)])
    require_effects(comparison)


def _choices(comparison: Comparison, group: GroupWeights, people: list[int]) -> Choices:
    allowed = np.array(comparison.admissible)
    names = admissible_options(comparison)
    values = comparison.scores.means.low[allowed]
    own = comparison.scores.panel.low[people][:, allowed]
    together = ordered_sum(values * group.arithmetic)
    shared = share_choice(own, together)
    winners = [comparison.first.profiles[p] for p in people]
    return Choices(
        own=tuple(winner.alternatives for winner in winners),
        arithmetic=_first(together, names),
        geometric=_first(ordered_sum(values * group.geometric), names),
        same=tuple(w.of for w, same in zip(winners, shared.same, strict=True) if same),
        share=shared.share,
    )


def _first(scores: FloatArray, names: tuple[str, ...]) -> tuple[str, ...]:
    first, _ = leaders(scores, scores)
    return tuple(name for name, is_first in zip(names, first, strict=True) if is_first)


def _voting(comparison: Comparison, people: list[int]) -> Voting:
    names = admissible_options(comparison)
    scores = comparison.scores.panel.low[people][:, np.array(comparison.admissible)]
    ranks = rank_scores(scores)
    majority = find_majority(ranks)
    return Voting(
        options=names,
        ranks=ranks,
        borda=borda(ranks),
        copeland=copeland(ranks),
        mean_rank=mean_rank(ranks),
        winner=None if majority.winner is None else names[majority.winner],
        top=tuple(names[i] for i in majority.top),
        cyclic=majority.cyclic,
        orders=kemeny(ranks) if len(names) <= EXACT_LIMIT else None,
        nearest=cook_seiford(ranks),
        concordance=kendall_w(ranks),
    )
