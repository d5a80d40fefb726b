"""What a session comes to, from its record alone: weights, choices, shift, groups, hashes.

Plain data, the same for the same record: a memo holds it and a check computes it again. Nothing is
said of one to four people, nor of so many beside those that are shown.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.session.borrow import mean_weights, people_weights
from afweging.analysis.session.outcome import group_outcomes, nearest_flip, score
from afweging.analysis.session.publish import counts_shown
from afweging.analysis.session.receipts import commitment_of
from afweging.analysis.session.spread import (
    LEAST_DOTS,
    LEAST_SHOWN,
    room_agreement,
    shift,
    stable_groups,
)
from afweging.analysis.session.weights import swing_weights
from afweging.methods.ranking import SCORE_TOLERANCE, leaders, rank_scores
from afweging.model.canonical import canonical_json

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.session.arrays import SessionModel
    from afweging.model.session_record import RoundRecord, SessionRecord

    FloatArray = NDArray[np.float64]

Plain = dict[str, object]
QUANTILES = (0.0, 0.25, 0.5, 0.75, 1.0)


def session_results(record: SessionRecord, model: SessionModel) -> Plain:
    """Return what a session comes to.

    Parameters
    ----------
    record : SessionRecord
        As it may be published.
    model : SessionModel
        Of the problem that it was about.

    Returns
    -------
    dict
        `rounds` holds per round how many took part, whether the commitment is that of the weights
        (None where these are not published), and, from five people on, `mean`, `spread` per lens,
        `agreement`, `scores` and `ranks` under the mean, `first` and `choices`. `group` is what
        the weights of the group lead to; if they are called a mean, `follows` says whether they
        are that of the last round. `shift` is how people moved, `groups` those that are stable,
        `minority` who is worse off with the first in the last round, `digest` that of the record.
    """
    last = record.rounds[-1] if record.rounds else None
    people = None if last is None else people_weights(record, last)
    return {
        "digest": hashlib.sha256(canonical_json(asdict(record))).hexdigest(),
        "rounds": [_round(record, each, model) for each in record.rounds],
        "group": _group(record, people, model),
        "shift": _shift(record),
        "groups": _groups(people, model),
        "minority": _minority(record, people, model),
        "endorsements": dict(record.endorsements),
    }


def _round(record: SessionRecord, found: RoundRecord, model: SessionModel) -> Plain:
    said: Plain = {"round": found.number, "n": found.n, "confirmed": _confirmed(found)}
    people = people_weights(record, found)
    if people is None:
        return said
    mean = mean_weights(people)
    scores = score(model.values, mean)
    return {
        **said,
        "mean": mean.tolist(),
        "spread": lens_spreads(people),
        "agreement": room_agreement(people),
        "scores": scores.tolist(),
        "ranks": rank_scores(scores).tolist(),
        "first": first_of(model, scores),
        "choices": choices(people, model),
    }


def _confirmed(found: RoundRecord) -> bool | None:
    """Return whether the weights are those to which the round was committed; None if unknown."""
    if found.commitment is None or found.salt is None or not found.swings:
        return None
    return commitment_of(found.number, found.swings, salt=found.salt) == found.commitment


def lens_spreads(people: FloatArray) -> list[list[float]]:
    """Return per lens how the weights of people lie: five numbers, from least to most.

    Below eight people the quartiles are the least and the most: each would be of one person.
    """
    found = np.quantile(np.sort(people, axis=0), QUANTILES, axis=0).T  # (L, 5)
    if len(people) < LEAST_DOTS:
        found[:, 1], found[:, 3] = found[:, 0], found[:, 4]
    return [row.tolist() for row in found]


def first_of(model: SessionModel, scores: FloatArray) -> list[str]:
    """Return the options that are first; several tie."""
    first = leaders(scores, scores)[0]
    return [name for name, is_first in zip(model.options, first, strict=True) if is_first]


def choices(people: FloatArray, model: SessionModel) -> Plain:
    """Return how many people would choose each option; who ties several counts under `tied`.

    `most` is whom most would choose, also where the counts are not shown.
    """
    own = score(model.values, people)
    first = own >= own.max(axis=1, keepdims=True) - SCORE_TOLERANCE  # (P, A)
    alone = first[first.sum(axis=1) == 1].sum(axis=0)
    sizes = {name: int(count) for name, count in zip(model.options, alone, strict=True)}
    sizes["tied"] = len(people) - sum(sizes.values())
    top = max(sizes[name] for name in model.options)
    most = [name for name in model.options if sizes[name] == top and 2 * top > len(people)]
    counts = counts_shown(sizes, len(people))
    tied = counts.pop("tied")
    return {"n": len(people), "counts": counts, "tied": tied, "most": most}


def _group(record: SessionRecord, people: FloatArray | None, model: SessionModel) -> Plain | None:
    if record.group is None:
        return None
    weights = np.array(record.group.weights)
    scores = score(model.values, weights)
    return {
        "source": record.group.source,
        "follows": _follows(record.group.source, weights, people),
        "weights": weights.tolist(),
        "scores": scores.tolist(),
        "ranks": rank_scores(scores).tolist(),
        "first": first_of(model, scores),
        "flip": nearest_flip(model, weights),
    }


def _follows(source: str, weights: FloatArray, people: FloatArray | None) -> bool | None:
    """Return whether the weights are the mean of people; None where they are none, or unknown."""
    if source != "mean" or people is None:
        return None
    return bool(np.abs(weights - mean_weights(people)).max() <= SCORE_TOLERANCE)


def _shift(record: SessionRecord) -> Plain | None:
    if len(record.pairs) < LEAST_SHOWN:
        return None
    lenses = len(record.lenses)
    before, after = (
        swing_weights([pair[place] for pair in record.pairs], lenses=lenses) for place in (0, 1)
    )
    return shift(before, after)


def _groups(people: FloatArray | None, model: SessionModel) -> list[Plain]:
    """Return the groups of like-minded people that are stable and of at least five each."""
    grouping = None if people is None else stable_groups(people)
    if people is None or grouping is None:
        return []
    return group_outcomes(model, people, grouping)


def _minority(
    record: SessionRecord, people: FloatArray | None, model: SessionModel
) -> Plain | None:
    """Return how many people find another option better than the first, and what they lose.

    `count` is None where it, or the rest, is one to four people; the losses are then not told.
    """
    if people is None or record.group is None:
        return None
    scores = score(model.values, np.array(record.group.weights))
    first = first_of(model, scores)
    if len(first) != 1:
        return None
    own = score(model.values, people)
    losses = own.max(axis=1) - own[:, model.options.index(first[0])]
    worse = losses[losses > SCORE_TOLERANCE]
    count = counts_shown({"worse": len(worse), "same": len(losses) - len(worse)}, len(losses))
    said: Plain = {"first": first[0], "n": len(losses), "count": count["worse"]}
    if count["worse"]:
        said["mean_loss"] = float(worse.sum()) / len(worse)
    return said
