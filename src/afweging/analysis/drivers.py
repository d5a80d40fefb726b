"""What drives the answer: which uncertain thing matters most for whether the winner stays ahead.

Looked at is the lead of the winner over the runner-up, which changes smoothly, and not their
ranks: first with the weights as they are, exactly; then with everything uncertain at a time, by
Sobol indices; then one thing at a time; and last, when the winner is not first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.discovery import find_losses
from afweging.analysis.effect_variance import value_moments
from afweging.analysis.screening import require_effects
from afweging.analysis.together import vary_together
from afweging.analysis.tornado import find_swings
from afweging.methods.aggregation import ordered_sum
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.variance_decomposition import gap_variance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.discovery import Losses
    from afweging.analysis.together import Together
    from afweging.analysis.tornado import Swing
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EffectShare:
    """The share of the variance of the lead that is the estimate of one option on one criterion."""

    option: str
    criterion: str
    share: float


@dataclass(frozen=True, slots=True)
class Contest:
    """The two options that are compared.

    `lead` is the expected score of the winner less that of the runner-up. `level` names the other
    options that are level with the winner, `level_second` those level with the runner-up.
    """

    winner: str
    runner_up: str
    lead: float
    level: tuple[str, ...]
    level_second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EffectVariance:
    """The lead as the estimates may turn out, weights as they are: exact mean and deviation.

    `shares` add up to 1, the largest first; empty where no estimate that carries weight is
    uncertain. In an additive model a share is both the first-order and the total Sobol index.
    """

    mean: float
    deviation: float
    shares: tuple[EffectShare, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What drives the lead."""

    contest: Contest
    effects: EffectVariance
    together: Together
    swings: tuple[Swing, ...]
    losses: Losses


@dataclass(frozen=True, slots=True)
class Drivers:
    """What drives the answer; `found` is None where one option takes part only."""

    draws: int
    seed: int
    found: Found | None


def find_drivers(comparison: Comparison, *, draws: int = 4096, seed: int = 1) -> Drivers:
    """Return which uncertain things matter most for the lead of the winner over the runner-up.

    Parameters
    ----------
    comparison : Comparison
    draws : int
        For the Sobol indices, made up to 8 powers of 2 of at least 32; and as many again for when
        the winner is not first. At least 2.
    seed : int
        The same seed gives the same numbers.

    Raises
    ------
    RequestError
        When effects are missing.
    """
    require_effects(comparison)
    if draws < 2:
        raise ValueError(f"one half of the draws is searched, the other held out; got {draws}")
    contest = _contest(comparison)
    if contest is None:
        return Drivers(draws, seed, None)
    options = [alternative.id for alternative in comparison.problem.alternatives]
    a, b = options.index(contest.winner), options.index(contest.runner_up)
    streams = [np.random.default_rng([seed, part]) for part in (0, 1)]
    found = Found(
        contest=contest,
        effects=_effects(comparison, a, b),
        together=vary_together(comparison, a, b, draws=draws, rng=streams[0]),
        swings=find_swings(comparison, a, b),
        losses=find_losses(comparison, a, b, draws=draws, rng=streams[1]),
    )
    return Drivers(draws, seed, found)


def _contest(comparison: Comparison) -> Contest | None:
    """Return the best two of the options that take part, or None where there is one."""
    scores = np.where(comparison.admissible, comparison.scores.expected.low, -np.inf)
    if sum(comparison.admissible) < 2:
        return None
    a = int(scores.argmax())
    others = np.where(np.arange(len(scores)) == a, -np.inf, scores)
    b = int(others.argmax())
    names = [alternative.id for alternative in comparison.problem.alternatives]
    places = [k for k in range(len(names)) if k not in {a, b}]
    return Contest(
        winner=names[a],
        runner_up=names[b],
        lead=float(scores[a] - scores[b]),
        level=tuple(names[k] for k in places if scores[k] >= scores[a] - SCORE_TOLERANCE),
        level_second=tuple(names[k] for k in places if scores[k] >= scores[b] - SCORE_TOLERANCE),
    )


def _effects(comparison: Comparison, a: int, b: int) -> EffectVariance:
    means, variances = value_moments(comparison, (a, b))
    weights = comparison.weights.criteria
    found = gap_variance(weights, variances)
    options = [comparison.problem.alternatives[k].id for k in (a, b)]
    criteria = [criterion.id for criterion in comparison.problem.criteria]
    shares = [
        EffectShare(option, criterion, share)
        for option, row in zip(options, found.shares.tolist(), strict=True)
        for criterion, share in zip(criteria, row, strict=True)
        if share > 0
    ]
    shares.sort(key=lambda each: (-each.share, each.option, each.criterion))
    return EffectVariance(
        mean=float(ordered_sum(weights * (means[0] - means[1]))),
        deviation=float(np.sqrt(found.variance)),
        shares=tuple(shares),
    )
