"""What would have to be different for another option to come first, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.flips import lens_values
from afweging.analysis.naming import names_of
from afweging.analysis.screening import admissible_options
from afweging.methods.aggregation import weighted_sum
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from afweging.analysis.estimate_room import RoomPart
    from afweging.analysis.flips import EstimateFlip, FlipAnswer
    from afweging.analysis.weight_flips import WeightFlip
    from afweging.model.result import Comparison
    from afweging.wording import Words

    FloatArray = NDArray[np.float64]

SHOWN = 5  # estimates
MOST = 3  # estimates that do most of a change of all together
EQUAL = 12  # decimals to which changes of weight are equal; what grows then comes first
MOST_PLACES = 9  # decimals of a number told apart from another
VISIBLE = 5e-4  # a change of weight that one decimal of a percentage can show


def heading(comparison: Comparison, found: FlipAnswer, words: Words) -> str:
    """Return what is asked."""
    title = comparison.problem.title.in_language(words.language)
    return words.text("flip.title.what", title=title, **_options(comparison, found, words))


def now(comparison: Comparison, found: FlipAnswer, words: Words) -> str:
    """Return which of the two is ahead, and by how much."""
    key = "lead" if found.lead > SCORE_TOLERANCE else "tie"
    return words.text(f"flip.now.{key}", lead=found.lead, **_options(comparison, found, words))


def _options(comparison: Comparison, found: FlipAnswer, words: Words) -> dict[str, object]:
    names = names_of(comparison.problem, words.language)
    return {"leader": names.option(found.leader), "challenger": names.option(found.challenger)}


def weights(comparison: Comparison, found: FlipAnswer, words: Words) -> list[str]:
    """Return the smallest changes of weight that draw level, and that come above all others."""
    told = [
        _change(comparison, found, found.lenses, "lenses", words),
        *_even(comparison, found.lenses, "lenses", words),
        _change(comparison, found, found.criteria, "criteria", words),
        *_even(comparison, found.criteria, "criteria", words),
        *_first(comparison, found, words),
    ]
    if found.answers is not None:
        told.append(_change(comparison, found, found.answers, "answers", words))
    return [*told, words.text("flip.weights.proof")]


def _even(comparison: Comparison, flip: WeightFlip, key: str, words: Words) -> list[str]:
    """Return what it takes if all weights may give a little, where that is less for each."""
    if flip.largest is None or not _evens(flip):
        return []
    names = names_of(comparison.problem, words.language)
    moves = moves_between(flip, names.criterion, words, after=flip.largest.after)
    points = 100 * flip.largest.distance
    return [words.text(f"flip.weights.{key}_even", points=points, moves=moves)]


def _evens(flip: WeightFlip) -> bool:
    """Return whether no weight has to change as much as with the least weight moved."""
    if flip.after is None or flip.largest is None:
        return False
    largest = float(max(abs(flip.after - flip.before)))
    return flip.largest.distance <= largest - VISIBLE


def _first(comparison: Comparison, found: FlipAnswer, words: Words) -> list[str]:
    """Return what it takes to come above all options, where drawing level is not enough."""
    pairs = ((found.first_lenses, found.lenses), (found.first_criteria, found.criteria))
    if all(_same(first, level) for first, level in pairs):
        if found.criteria.moved is None:
            return []
        if _all_first(comparison, found):
            return [words.text("flip.weights.first_same", **_options(comparison, found, words))]
    criteria = "first_criteria_only" if found.first_lenses.moved is None else "first_criteria"
    return [
        _change(comparison, found, found.first_lenses, "first_lenses", words),
        _change(comparison, found, found.first_criteria, criteria, words),
    ]


def _all_first(comparison: Comparison, found: FlipAnswer) -> bool:
    """Return whether the challenger is first with all weights that were told."""
    means = comparison.scores.means.low[np.array(comparison.admissible)]
    place = admissible_options(comparison).index(found.challenger)
    told = ((found.lenses, lens_values(comparison, means)), (found.criteria, means))
    for flip, values in told:
        if flip.after is None or flip.largest is None:
            continue
        for weights in (flip.after, flip.largest.after if _evens(flip) else flip.after):
            scores = weighted_sum(values, weights)
            if scores[place] < scores.max() - 2 * SCORE_TOLERANCE:
                return False
    return True


def _same(first: WeightFlip, level: WeightFlip) -> bool:
    if first.moved is None or level.moved is None:
        return first.moved is level.moved
    return abs(first.moved - level.moved) <= SCORE_TOLERANCE


def _change(
    comparison: Comparison, found: FlipAnswer, flip: WeightFlip, key: str, words: Words
) -> str:
    names = names_of(comparison.problem, words.language)
    facts = _options(comparison, found, words)
    if key == "answers":
        facts["profile"] = names.profile[comparison.request.profile or ""]
    if flip.moved is None:
        return words.text(f"flip.weights.{key.removesuffix('_only')}_never", **facts)
    moves = moves_between(flip, names.criterion, words)
    return words.text(f"flip.weights.{key}", moved=flip.moved, moves=moves, **facts)


def moves_between(
    flip: WeightFlip, name: Callable[[str], str], words: Words, *, after: FloatArray | None = None
) -> list[str]:
    """Return the weights that change enough to be seen, the largest change first.

    They change to those `after`, by default to those with the least weight moved.
    """
    to = flip.after if after is None else after
    if to is None:
        return []
    rows = sorted(
        zip(flip.nodes, flip.before.tolist(), to.tolist(), strict=True),
        key=lambda row: (-round(abs(row[2] - row[1]), EQUAL), row[1] - row[2], row[0]),
    )
    seen = [row for row in rows if abs(row[2] - row[1]) > VISIBLE] or rows[:2]
    return [
        words.text("flip.weights.move", name=name(node), **_ends(start, end, words))
        for node, start, end in seen
    ]


def _ends(start: float, end: float, words: Words) -> dict[str, object]:
    """Return a weight before and after, with as many decimals as it takes to tell them apart."""
    if words.format_field(start, "share1") != words.format_field(end, "share1"):
        return {"before": start, "after": end}
    shown = _apart(100 * start, 100 * end, words)
    before, after = (words.text("flip.weights.percentage", share=each) for each in shown)
    return {"before": before, "after": after}


def estimates(comparison: Comparison, found: FlipAnswer, words: Words) -> list[str]:
    """Return all uncertain estimates together, then the single ones that make the two level.

    Of these the smallest change comes first.
    """
    together = _room(comparison, found, words)
    if not found.estimates:
        return [*together, words.text("flip.estimates.none"), words.text("flip.estimates.bent")]
    told = [_estimate(comparison, each, words) for each in found.estimates[:SHOWN]]
    more = len(found.estimates) - SHOWN
    if more > 0:
        told.append(words.text("flip.estimates.more", count=more))
    return [*together, *told, words.text("flip.estimates.bent")]


def _room(comparison: Comparison, found: FlipAnswer, words: Words) -> list[str]:
    """Return how far all uncertain estimates together may turn out against the leader."""
    room, facts = found.room, _options(comparison, found, words)
    if found.lead <= SCORE_TOLERANCE:
        return []
    if not room.uncertain:
        return [words.text("flip.room.none", **facts)]
    if room.share is None:
        return [words.text("flip.room.never", worst=room.worst, **facts)]
    told = [words.text("flip.room.change", share=room.share, **facts)]
    most = [_room_part(comparison, part, words) for part in room.parts[:MOST]]
    return [*told, words.text("flip.room.most", most=most)] if most else told


def _room_part(comparison: Comparison, part: RoomPart, words: Words) -> str:
    names = names_of(comparison.problem, words.language)
    facts = {"option": names.option(part.option), "criterion": names.criterion(part.criterion)}
    if part.now is None or part.at is None:
        return words.text("flip.room.part_class", **facts)
    at, now = _apart(part.at, part.now, words)
    return words.text("flip.room.part", at=at, now=now, unit=names.unit[part.criterion], **facts)


def _estimate(comparison: Comparison, each: EstimateFlip, words: Words) -> str:
    names = names_of(comparison.problem, words.language)
    at, now = _apart(each.at, each.now, words)
    return words.text(
        "flip.estimates.line",
        option=names.option(each.option),
        criterion=names.criterion(each.criterion),
        at=at,
        now=now,
        unit=names.unit[each.criterion],
    )


def _apart(at: float, now: float, words: Words) -> tuple[str, str]:
    """Return two levels with as many decimals as it takes to tell them apart."""
    places = next(
        p for p in range(2, MOST_PLACES + 1) if round(at, p) != round(now, p) or p == MOST_PLACES
    )
    return words.format_field(at, str(places)), words.format_field(now, str(places))


def likelihoods(comparison: Comparison, found: FlipAnswer, words: Words) -> list[str]:
    """Return how the likelihoods of the scenarios would have to change; nothing with one only."""
    flip = found.likelihoods
    if flip is None:
        return []
    options = _options(comparison, found, words)
    if flip.moved is None:
        return [words.text("flip.likelihoods.never", **options)]
    names = names_of(comparison.problem, words.language)
    moves = moves_between(flip, lambda name: names.case("scenario", name), words)
    told = words.text("flip.likelihoods.change", moved=flip.moved, moves=moves, **options)
    return [told] if comparison.cases.likely else [words.text("flip.likelihoods.equal"), told]
