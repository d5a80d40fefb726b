"""How sure an answer is, in a few sentences and one table; the answer comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis import (
    acceptability_sentences,
    adaptation_sentences,
    drivers_sentences,
    flip_table_sentences,
    incomplete_weights_sentences,
    sentences,
    stability_sentences,
)
from afweging.analysis.naming import names_of
from afweging.analysis.word_table import WordTable

if TYPE_CHECKING:
    from afweging.analysis.robustness import Robustness
    from afweging.wording import Words


def answer(found: Robustness, words: Words) -> list[str]:
    """Return who wins, how often, what would change it, the worst regret and what to watch.

    Where no option meets the requirements that is said before who wins.
    """
    comparison = found.comparison
    opening = 1 + sentences.none_admissible(comparison)
    told = sentences.headline(comparison, words)[:opening]
    if len(found.flips.options) == 1:
        return told
    told += acceptability_sentences.sentences(comparison, found.acceptability, words)[:1]
    told += _less(found, words)
    told += flip_table_sentences.sentences(comparison, found.flips, words)[:1]
    told += sentences.least_regret(comparison, words)
    return [*told, *_watch(found, words)]


def _less(found: Robustness, words: Words) -> list[str]:
    """Return how often the options that are first now are first, where another is so more often."""
    drawn, options = found.acceptability.drawn, found.acceptability.options
    winners = [options.index(name) for name in found.comparison.first.overall.alternatives]
    counts = drawn.rank_counts[:, 0]
    if counts[winners].max() == counts.max():
        return []
    names = names_of(found.comparison.problem, words.language)
    shares = drawn.rank_shares[:, 0]
    told = [
        words.text(
            "robust.answer.less_option", option=names.option(options[a]), share=float(shares[a])
        )
        for a in winners
    ]
    return [words.text("robust.answer.less", options=told)]


def _watch(found: Robustness, words: Words) -> list[str]:
    """Return the most sensitive weight, the estimate that matters most, and until when."""
    comparison = found.comparison
    told = stability_sentences.sentences(comparison, found.stability, words)[:1]
    told += drivers_sentences.sentences(comparison, found.drivers, words)[:1]
    if found.adaptation.empty is None:
        told += adaptation_sentences.sentences(comparison, found.adaptation, words)[:1]
    return [words.text("robust.answer.watch", what=line) for line in told]


def overview(found: Robustness, words: Words) -> WordTable:
    """Return one line per option that takes part: the figures that say how sure it stands."""
    names = names_of(found.comparison.problem, words.language)
    order = [line.id for line in found.comparison.ranking if line.rank is not None]
    keys = ("option", "space", "moved", "draws", "ranks", "loss", "regret")
    return WordTable(
        title=words.text(
            "robust.overview.title",
            set=incomplete_weights_sentences.set_name(
                found.comparison, found.incomplete_weights, words
            ),
        ),
        heads=tuple(words.text(f"robust.head.{key}") for key in keys),
        rows=tuple((names.option(name), *_line(found, name, words)) for name in order),
    )


def _line(found: Robustness, name: str, words: Words) -> tuple[str, ...]:
    place = found.weight_space.options.index(name)
    whole = found.weight_space.whole
    ranks = (
        int(found.incomplete_weights.best_ranks[place]),
        int(found.incomplete_weights.worst_ranks[place]),
    )
    regrets = {each.alternative: each.span.low for each in found.comparison.regret.over_scenarios}
    return (
        _shown(None if whole is None else float(whole.first.shares[place]), "share1", words),
        _moved(found, name, words),
        _shown(float(found.acceptability.drawn.rank_shares[place, 0]), "share1", words),
        words.text(
            "robust.cell.one" if ranks[0] == ranks[1] else "robust.cell.ranks",
            best=ranks[0],
            worst=ranks[1],
        ),
        _shown(float(found.incomplete_weights.rules.possible_loss[place]), "gap", words),
        _shown(regrets.get(name), "gap", words),
    )


def _moved(found: Robustness, name: str, words: Words) -> str:
    if name in found.flips.first:
        return words.text("robust.cell.first")
    flip = next(each.lenses for each in found.flips.options if each.option == name)
    if flip.moved is None:
        return words.text("robust.cell.never")
    return words.format_field(flip.moved, "share1")


def _shown(number: float | None, form: str, words: Words) -> str:
    if number is None or np.isnan(number):
        return words.text("robust.cell.none")
    return words.format_field(number, form)
