"""What weights on the lenses lead to: ranking, choices, the nearest flip, regret, profiles.

Plain data with ids and numbers, for a screen; words come later. Weights of people are of shape
(P, L), those of the group of shape (L,), all adding up to 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.session.spread import LEAST_SHOWN, shown, shown_all
from afweging.methods.aggregation import ordered_sum
from afweging.methods.flip import Never, flip_l1
from afweging.methods.ranking import SCORE_TOLERANCE, leaders, rank_scores
from afweging.methods.robustness import regret
from afweging.methods.weight_spread import share_choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from afweging.analysis.session.arrays import SessionModel
    from afweging.methods.clusters import Grouping

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

MOST_PROFILES = 40  # on one screen


def score(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the scores of options, shape (..., A), for weights of shape (..., L).

    Examples
    --------
    >>> score(np.array([[1.0, 0.0], [0.4, 0.8]]), np.array([[0.5, 0.5], [1.0, 0.0]]))
    array([[0.5, 0.6],
           [1. , 0.4]])
    """
    return ordered_sum(values * weights[..., None, :])


def outcome(
    model: SessionModel,
    weights: FloatArray,
    *,
    people: FloatArray | None = None,
    scenario: str | None = None,
) -> dict[str, object]:
    """Return the ranking under the weights of the group, and how people would choose.

    Every option has its rank (equal scores share one), its score, what each lens adds to it, and,
    from five people on, the middle half of the scores under the weights of each person. `choices`
    counts per option who would put it first, a tie for each of those that tie; `same` is the share
    of people who choose what the group chooses.
    """
    values = model.in_scenario(scenario)
    scores = score(values, weights)
    ranks = rank_scores(scores)
    options: list[dict[str, object]] = [
        {
            "id": name,
            "rank": int(ranks[a]),
            "score": shown(scores[a]),
            "lenses": shown_all(values[a] * weights),
        }
        for a, name in enumerate(model.options)
    ]
    said: dict[str, object] = {
        "weights": shown_all(weights),
        "scenario": scenario,
        "options": options,
        "first": _first(model, scores),
        "flip": nearest_flip(model, weights, scenario=scenario),
    }
    if people is not None and len(people) >= LEAST_SHOWN:
        said |= _choices(values, people, scores, options)
    return said


def _choices(
    values: FloatArray, people: FloatArray, scores: FloatArray, options: list[dict[str, object]]
) -> dict[str, object]:
    """Return who would choose what, and write the middle half of the scores to the options."""
    own = score(values, people)  # (P, A)
    low, high = np.quantile(np.sort(own, axis=0), [0.25, 0.75], axis=0)
    for option, bottom, top in zip(options, low.tolist(), high.tolist(), strict=True):
        option |= {"low": shown(bottom), "high": shown(top)}
    first = own >= own.max(axis=1, keepdims=True) - SCORE_TOLERANCE
    return {
        "n": len(people),
        "choices": first.sum(axis=0).tolist(),
        "same": shown(share_choice(own, scores).share),
    }


def _first(model: SessionModel, scores: FloatArray) -> list[str]:
    return _named(model, leaders(scores, scores)[0])


def _named(model: SessionModel, chosen: Iterable[bool]) -> list[str]:
    return [name for name, is_so in zip(model.options, chosen, strict=True) if is_so]


def nearest_flip(
    model: SessionModel, weights: FloatArray, *, scenario: str | None = None
) -> dict[str, object] | None:
    """Return the least change of weights that lets another option catch up with the first.

    `moved` is the share of all weight that moves, `weights` where it ends. None where nothing does
    or several are first already.
    """
    values = model.in_scenario(scenario)
    scores = score(values, weights)
    first = np.flatnonzero(leaders(scores, scores)[0])
    if len(first) > 1:
        return None
    found = []
    for a in range(len(scores)):
        if a == first[0]:
            continue
        flip = flip_l1(values[[a]] - values[first], weights)
        if not isinstance(flip, Never):
            found.append((flip.distance, a, flip.weights))
    if not found:
        return None
    distance, a, new = min(found, key=lambda each: (shown(each[0]), each[1]))
    challenger, leader = model.options[a], model.options[first[0]]
    return {
        "leader": leader,
        "challenger": challenger,
        "moved": shown(distance),
        "weights": shown_all(new),
    }


def regrets(model: SessionModel, weights: FloatArray) -> dict[str, object]:
    """Return per scenario the regret of every option and who is first.

    `regret` has a row per scenario and a column per option; `most` is the greatest regret of each
    option, `least_regret` the options of which that is least.
    """
    scores = score(
        model.by_scenario, np.broadcast_to(weights, (len(model.scenarios), len(weights)))
    )
    found = regret(scores, scores)[1]
    most = found.max(axis=0)
    return {
        "scenarios": list(model.scenarios),
        "options": list(model.options),
        "regret": [shown_all(row) for row in found],
        "most": shown_all(most),
        "least_regret": _named(model, (most <= most.min() + SCORE_TOLERANCE).tolist()),
        "first": [_first(model, row) for row in scores],
    }


def profile_ends(model: SessionModel) -> dict[str, object]:
    """Return per profile of the problem the options that are best and worst for it."""
    rows = []
    for name, scores in zip(model.profiles, model.profile_scores, strict=True):
        best, worst = _first(model, scores), _first(model, -scores)
        rows.append({"id": name, "best": best, "worst": worst})
    return {"profiles": rows[:MOST_PROFILES], "more": max(0, len(rows) - MOST_PROFILES)}


def group_outcomes(
    model: SessionModel, people: FloatArray, grouping: Grouping, *, scenario: str | None = None
) -> list[dict[str, object]]:
    """Return per group of like-minded people its mean weights and its ranking."""
    found = []
    for place, size in enumerate(grouping.sizes):
        weights = ordered_sum(people[grouping.members == place], axis=0) / size
        scores = score(model.in_scenario(scenario), weights)
        found.append(
            {
                "n": size,
                "weights": shown_all(weights),
                "ranks": rank_scores(scores).tolist(),
                "first": _first(model, scores),
            }
        )
    return found


def what_if(
    model: SessionModel,
    weights: FloatArray,
    *,
    lens: str,
    weight: float,
    scenario: str | None = None,
) -> dict[str, object]:
    """Return the outcome when one lens gets another weight and the others follow in proportion.

    Where the others have no weight they share what is left equally. Nothing is stored: to make it
    the weights of the group, adopt them (`afweging.model.session_command.Adopt`).

    Parameters
    ----------
    model : SessionModel
    weights : ndarray of shape (L,), adding up to 1
    lens : str
    weight : float, from 0 to 1
    scenario : str, optional

    Raises
    ------
    ValueError
        When there is no such lens, or the weight is not from 0 to 1.
    """
    new = reweighted(weights, model.lenses.index(lens), weight)
    return {
        "weights": shown_all(new),
        "exact": new.tolist(),
        "outcome": outcome(model, new, scenario=scenario),
        "regret": regrets(model, new),
    }


def reweighted(weights: FloatArray, lens: int, weight: float) -> FloatArray:
    """Return weights with another weight on one lens, the others in proportion.

    Examples
    --------
    >>> reweighted(np.array([0.5, 0.3, 0.2]), 0, 0.75).round(6)
    array([0.75, 0.15, 0.1 ])
    """
    if not 0 <= weight <= 1:
        raise ValueError(f"a weight is from 0 to 1, not {weight}")
    if len(weights) == 1:
        return np.ones(1)
    others = np.delete(weights, lens)
    total = float(ordered_sum(others))
    shares = others / total if total > 0 else np.full(len(others), 1 / len(others))
    return np.insert(shares * (1 - weight), lens, weight)
