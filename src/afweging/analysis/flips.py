"""What would have to be different for another option to come first: the smallest change, proved.

Every change is the smallest one: of the weights on the lenses, of all weights on criteria, of one
estimate or of all together, or of the likelihoods of the scenarios. Each comes with a bound that
proves that nothing smaller does; where nothing does, that is proved too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.compare import find_profile
from afweging.analysis.elicitation import elicit
from afweging.analysis.estimate_room import find_room_flip
from afweging.analysis.explain import fits, option_faults
from afweging.analysis.rescaling import changed_ranges
from afweging.analysis.screening import admissible_options
from afweging.analysis.weight_flips import find_weight_flip, over_all
from afweging.analysis.weight_sets import answered_set
from afweging.analysis.weights import lens_shares
from afweging.errors import Fault, RequestError
from afweging.methods.aggregation import ordered_sum, weighted_mean
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.model.criterion import Linear

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.estimate_room import RoomFlip
    from afweging.analysis.weight_flips import WeightFlip
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EstimateFlip:
    """One estimate of one option at another level, in every case, at which the two tie.

    `now` and `at` are mean effects in the unit of the criterion; `value` is the change in value,
    on a scale from 0 to 1.
    """

    option: str
    criterion: str
    now: float
    at: float
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class FlipAnswer:
    """What must be different for `challenger` to score as high as `leader`, or to be first.

    `lenses` and `criteria` make the challenger tie with the leader, `first_lenses` and
    `first_criteria` make it first of all. `answers` is the smallest change of the weights on
    criteria among those that fit the answers behind the profile; None without such answers.
    `estimates` are those of one criterion, the smallest change in value first; `room` is all
    uncertain estimates together. `likelihoods` is over the scenarios; None where there is one
    scenario only.
    """

    leader: str
    challenger: str
    lead: float
    lenses: WeightFlip
    criteria: WeightFlip
    first_lenses: WeightFlip
    first_criteria: WeightFlip
    answers: WeightFlip | None
    estimates: tuple[EstimateFlip, ...]
    room: RoomFlip
    likelihoods: WeightFlip | None


def find_flips(comparison: Comparison, first: str, second: str) -> FlipAnswer:
    """Return what would put the one of two options that is behind ahead of the other.

    Raises
    ------
    RequestError
        When a name is no option that takes part, the two are the same, or effects are missing.
    """
    names = admissible_options(comparison)
    _require(comparison, names, first, second)
    a, b = names.index(first), names.index(second)
    scores = comparison.scores.expected.low[np.array(comparison.admissible)]
    if scores[b] > scores[a] + SCORE_TOLERANCE:
        a, b = b, a
    means = comparison.scores.means.low[np.array(comparison.admissible)]  # (A, C)
    lenses = lens_values(comparison, means)  # (A, L)
    weights = comparison.weights
    lens_ids = tuple(lens.id for lens in comparison.problem.tree.children)
    ids = tuple(criterion.id for criterion in comparison.problem.criteria)
    rows = answer_rows(comparison)
    return FlipAnswer(
        leader=names[a],
        challenger=names[b],
        lead=float(scores[a] - scores[b]),
        lenses=find_weight_flip(lens_ids, lenses[[b]] - lenses[[a]], weights.lenses),
        criteria=find_weight_flip(ids, means[[b]] - means[[a]], weights.criteria),
        first_lenses=find_weight_flip(lens_ids, over_all(lenses, b), weights.lenses),
        first_criteria=find_weight_flip(ids, over_all(means, b), weights.criteria),
        answers=None
        if rows is None
        else find_weight_flip(ids, means[[b]] - means[[a]], weights.criteria, rows),
        estimates=_estimates(comparison, names[a], names[b], float(scores[a] - scores[b])),
        room=find_room_flip(comparison, names[a], names[b]),
        likelihoods=_likelihoods(comparison, names[a], names[b]),
    )


def _require(comparison: Comparison, names: tuple[str, ...], first: str, second: str) -> None:
    faults = option_faults(first, second, known=names)
    if comparison.gaps:
        faults.append(Fault("group-needs-effects", value=sum(comparison.gaps.values())))
    if faults:
        raise RequestError(faults)


def lens_values(comparison: Comparison, means: FloatArray) -> FloatArray:
    """Return the value of each option within each lens, shape (A, L), in [0, 1]."""
    problem = comparison.problem
    shares = lens_shares(problem.tree, find_profile(problem, comparison.request.profile))
    return ordered_sum(means[:, None, :] * shares)  # (A, 1, C) * (L, C) -> (A, L)


def answer_rows(comparison: Comparison) -> FloatArray | None:
    """Return the answers behind the profile in use as rows over the criteria, shape (m, C).

    None where there are no answers, or where they were given for other ranges. Groups that the
    profile says nothing about keep the weights of the tree.
    """
    problem = comparison.problem
    profile = find_profile(problem, comparison.request.profile)
    if profile is None or not profile.judgements or changed_ranges(problem.tree, profile):
        return None
    return answered_set(problem.tree, elicit(problem.tree, profile)).criterion_rows()


def _estimates(
    comparison: Comparison, leader: str, challenger: str, lead: float
) -> tuple[EstimateFlip, ...]:
    """Return per option and criterion the shift of one estimate that closes the lead."""
    problem, weights = comparison.problem, comparison.weights
    mode = problem.effects.mode[comparison.cases.rows]  # (S, A, C)
    means = weighted_mean(mode, weights.cases)  # (A, C)
    options = [alternative.id for alternative in problem.alternatives]
    found = []
    for option, sign in ((challenger, 1.0), (leader, -1.0)):
        a = options.index(option)
        for c, criterion in enumerate(problem.criteria):
            weight = float(weights.criteria[c])
            if not isinstance(criterion.value_function, Linear) or weight <= 0:
                continue
            value = sign * lead / weight
            shift = value * (criterion.best - criterion.worst)
            if fits(criterion, mode[:, a, c], shift):
                now = float(means[a, c])
                found.append(EstimateFlip(option, criterion.id, now, now + shift, value))
    return tuple(sorted(found, key=lambda f: (round(abs(f.value), 12), f.option, f.criterion)))


def _likelihoods(comparison: Comparison, leader: str, challenger: str) -> WeightFlip | None:
    """Return the smallest change of the weights of the scenarios that makes the two tie."""
    names = comparison.cases.ids["scenario"]
    if len(names) < 2:
        return None
    options = [alternative.id for alternative in comparison.problem.alternatives]
    scores = comparison.scores.axes["scenario"].low  # (G, A)
    gains = scores[:, options.index(challenger)] - scores[:, options.index(leader)]
    return find_weight_flip(tuple(names), gains[None, :], comparison.cases.weights["scenario"])
