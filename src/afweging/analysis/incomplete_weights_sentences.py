"""What holds for all weights that are possible, in sentences and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.naming import names_of, profile_names, short_names
from afweging.analysis.weights import members
from afweging.analysis.word_table import WordTable
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from afweging.analysis.incomplete_weights import IncompleteWeights
    from afweging.model.result import Comparison
    from afweging.wording import Words


def sentences(comparison: Comparison, found: IncompleteWeights, words: Words) -> list[str]:
    """Return the ranks and the loss of the options that are first now, then what holds for all."""
    if len(found.options) == 1:
        return [words.text("incomplete.answer.one")]
    leaders = comparison.first.overall.alternatives
    told = []
    for place in (found.options.index(name) for name in leaders):
        told += [
            _ranks(comparison, found, place, words),
            _loss(comparison, found, place, words),
        ]
    return [
        *told,
        *_least(comparison, found, words),
        _never(comparison, found, words),
        *_dominated(comparison, found, words),
        _rules(comparison, found, words),
    ]


def set_name(comparison: Comparison, found: IncompleteWeights, words: Words) -> str:
    """Return which weights are possible."""
    facts = {}
    if found.kind == "answers":
        profile = comparison.request.profile or ""
        (facts["profile"],) = profile_names(comparison.problem, words, [profile])
    return words.text(f"incomplete.set.{found.kind}", **facts)


def _ranks(comparison: Comparison, found: IncompleteWeights, place: int, words: Words) -> str:
    best, worst = int(found.best_ranks[place]), int(found.worst_ranks[place])
    (option,) = short_names(comparison.problem, words, [found.options[place]])
    facts = {"set": set_name(comparison, found, words), "option": option, "best": best}
    if best == worst:
        return words.text("incomplete.answer.rank", **facts)
    return words.text("incomplete.answer.ranks", worst=worst, **facts)


def _loss(comparison: Comparison, found: IncompleteWeights, place: int, words: Words) -> str:
    (option,) = short_names(comparison.problem, words, [found.options[place]])
    against = short_names(comparison.problem, words, found.against[place])
    if not against:
        return words.text("incomplete.answer.no_loss", option=option)
    loss = float(found.rules.possible_loss[place])
    return words.text("incomplete.answer.loss", option=option, loss=loss, against=against)


def _least(comparison: Comparison, found: IncompleteWeights, words: Words) -> list[str]:
    """Return with which options least is lost, where these are others than those of now."""
    least = found.choices["minimax_regret"]
    if set(least) & set(comparison.first.overall.alternatives):
        return []
    loss = float(found.rules.possible_loss.min())
    options = short_names(comparison.problem, words, least)
    return [words.text("incomplete.answer.least", options=options, loss=loss)]


def _never(comparison: Comparison, found: IncompleteWeights, words: Words) -> str:
    pairs = zip(found.options, found.can_be_first.tolist(), strict=True)
    never = short_names(comparison.problem, words, [name for name, can in pairs if not can])
    if not never:
        return words.text("incomplete.answer.all_can")
    return words.text("incomplete.answer.never", options=never)


def _dominated(comparison: Comparison, found: IncompleteWeights, words: Words) -> list[str]:
    """Return which options are never better than which others."""
    told = []
    for loser, column in zip(found.options, found.dominates.T, strict=True):
        winners = [name for name, ahead in zip(found.options, column, strict=True) if ahead]
        if winners:
            (shown,) = short_names(comparison.problem, words, [loser])
            options = short_names(comparison.problem, words, winners)
            told.append(words.text("incomplete.answer.dominated", loser=shown, options=options))
    return told or [words.text("incomplete.answer.not_dominated")]


def _rules(comparison: Comparison, found: IncompleteWeights, words: Words) -> str:
    choices = {
        rule: short_names(comparison.problem, words, picked)
        for rule, picked in found.choices.items()
    }
    first = choices["maximax"]
    if all(picked == first for picked in choices.values()):
        return words.text("incomplete.answer.rules_same", options=first)
    return words.text("incomplete.answer.rules", **choices)


def tables(comparison: Comparison, found: IncompleteWeights, words: Words) -> list[WordTable]:
    """Return what each option can do, what each rule chooses, and the best weights of each."""
    told = [_option_table(comparison, found, words)]
    if len(found.options) == 1:
        return told
    return [
        *told,
        _rule_table(comparison, found, words),
        _weight_table(comparison, found, words),
    ]


def _option_table(comparison: Comparison, found: IncompleteWeights, words: Words) -> WordTable:
    names, rules = names_of(comparison.problem, words.language), found.rules
    keys = ("option", "against", "under", "low", "high", "best", "worst", "loss")
    rows = []
    for k, option in enumerate(found.options):
        pairs = zip(found.options, found.dominates[:, k], strict=True)
        over = [name for name, ahead in pairs if ahead]
        rows.append(
            (
                names.option(option),
                ", ".join(short_names(comparison.problem, words, found.against[k])) or "–",
                ", ".join(short_names(comparison.problem, words, over)) or "–",
                words.format_field(float(rules.maximin[k]), "3"),
                words.format_field(float(rules.maximax[k]), "3"),
                str(found.best_ranks[k]),
                str(found.worst_ranks[k]),
                words.format_field(float(rules.possible_loss[k]), "3"),
            )
        )
    title = words.text("incomplete.title.options", set=set_name(comparison, found, words))
    return WordTable(title, _heads(keys, words), tuple(rows), left=3)


def _heads(keys: Iterable[str], words: Words) -> tuple[str, ...]:
    return tuple(words.text(f"incomplete.head.{key}") for key in keys)


def _rule_table(comparison: Comparison, found: IncompleteWeights, words: Words) -> WordTable:
    rules = found.rules
    judged = {
        "maximax": rules.maximax.max(),
        "maximin": rules.maximin.max(),
        "central": rules.central.max(),
        "minimax_regret": rules.possible_loss.min(),
    }
    names = names_of(comparison.problem, words.language)
    rows = tuple(
        (
            words.text(f"incomplete.rule.{rule}"),
            ", ".join(names.option(name) for name in found.choices[rule]),
            words.format_field(float(by), "3"),
        )
        for rule, by in judged.items()
    )
    title = words.text("incomplete.title.rules", set=set_name(comparison, found, words))
    return WordTable(title, _heads(("rule", "choice", "judged"), words), rows, left=2)


def _weight_table(comparison: Comparison, found: IncompleteWeights, words: Words) -> WordTable:
    """Return the weights of the lenses at which each option is furthest ahead, and how far."""
    names = names_of(comparison.problem, words.language)
    tree = comparison.problem.tree
    weights = found.best_weights @ members(tree, tree.children).T  # (A, C) @ (C, L)
    heads = [*_heads(("option", "margin"), words)]
    heads += [names.criterion(lens.id) for lens in tree.children]
    rows = tuple(
        (
            names.option(option),
            words.format_field(0.0 if abs(margin) <= SCORE_TOLERANCE else margin, "3"),
            *(words.format_field(float(weight), "share1") for weight in row),
        )
        for option, margin, row in zip(
            found.options, found.margins.tolist(), np.clip(weights, 0, 1), strict=True
        )
    )
    return WordTable(words.text("incomplete.title.weights"), tuple(heads), rows)
