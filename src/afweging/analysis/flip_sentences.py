"""What would have to be different for another option to come first, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.naming import names_of
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from afweging.analysis.flips import EstimateFlip, FlipAnswer, WeightFlip
    from afweging.model.result import Comparison
    from afweging.wording import Words

SHOWN = 5  # estimates
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
        _change(comparison, found, found.criteria, "criteria", words),
        *_first(comparison, found, words),
    ]
    if found.answers is not None:
        told.append(_change(comparison, found, found.answers, "answers", words))
    return [*told, words.text("flip.weights.proof")]


def _first(comparison: Comparison, found: FlipAnswer, words: Words) -> list[str]:
    """Return what it takes to come above all options, where drawing level is not enough."""
    pairs = ((found.first_lenses, found.lenses), (found.first_criteria, found.criteria))
    if all(_same(first, level) for first, level in pairs):
        key = "first_same" if found.criteria.moved is not None else ""
        options = _options(comparison, found, words)
        return [words.text(f"flip.weights.{key}", **options)] if key else []
    return [
        _change(comparison, found, found.first_lenses, "first_lenses", words),
        _change(comparison, found, found.first_criteria, "first_criteria", words),
    ]


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
        return words.text(f"flip.weights.{key}_never", **facts)
    moves = _moves(flip, names.criterion, words)
    return words.text(f"flip.weights.{key}", moved=flip.moved, moves=moves, **facts)


def _moves(flip: WeightFlip, name: Callable[[str], str], words: Words) -> list[str]:
    """Return the weights that change enough to be seen, the largest change first."""
    if flip.after is None:
        return []
    rows = sorted(
        zip(flip.nodes, flip.before.tolist(), flip.after.tolist(), strict=True),
        key=lambda row: -abs(row[2] - row[1]),
    )
    seen = [row for row in rows if abs(row[2] - row[1]) > VISIBLE] or rows[:2]
    return [
        words.text("flip.weights.move", name=name(node), before=before, after=after)
        for node, before, after in seen
    ]


def estimates(comparison: Comparison, found: FlipAnswer, words: Words) -> list[str]:
    """Return the single estimates that would make the two level, the smallest change first."""
    if not found.estimates:
        return [words.text("flip.estimates.none"), words.text("flip.estimates.bent")]
    told = [_estimate(comparison, each, words) for each in found.estimates[:SHOWN]]
    more = len(found.estimates) - SHOWN
    if more > 0:
        told.append(words.text("flip.estimates.more", count=more))
    return [*told, words.text("flip.estimates.bent")]


def _estimate(comparison: Comparison, each: EstimateFlip, words: Words) -> str:
    names = names_of(comparison.problem, words.language)
    places = next(p for p in range(2, 8) if round(each.at, p) != round(each.now, p) or p == 7)
    return words.text(
        "flip.estimates.line",
        option=names.option(each.option),
        criterion=names.criterion(each.criterion),
        at=words.format_field(each.at, str(places)),
        now=words.format_field(each.now, str(places)),
        unit=names.unit[each.criterion],
    )


def likelihoods(comparison: Comparison, found: FlipAnswer, words: Words) -> list[str]:
    """Return how the likelihoods of the scenarios would have to change; nothing with one only."""
    flip = found.likelihoods
    if flip is None:
        return []
    options = _options(comparison, found, words)
    if flip.moved is None:
        return [words.text("flip.likelihoods.never", **options)]
    names = names_of(comparison.problem, words.language)
    moves = _moves(flip, lambda name: names.case("scenario", name), words)
    told = words.text("flip.likelihoods.change", moved=flip.moved, moves=moves, **options)
    return [told] if comparison.cases.likely else [words.text("flip.likelihoods.equal"), told]
