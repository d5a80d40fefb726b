"""Which share of all ways to weigh the lenses puts which option first, in sentences and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.naming import names_of, profile_names, short_names
from afweging.analysis.word_table import WordTable
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.weight_space import MOST_WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from afweging.analysis.weight_space import Shares, WeightSpace
    from afweging.model.result import Comparison
    from afweging.wording import Words

CENTRAL = 3  # options whose central weights are told: those first most often


def sentences(comparison: Comparison, found: WeightSpace, words: Words) -> list[str]:
    """Return the share of all weights with which each option is first, then what these are like."""
    if found.whole is None:
        facts = {"count": len(found.lenses), "most": MOST_WEIGHTS}
        return [words.text("space.answer.too_many", **facts), *_panel(comparison, found, words)]
    told = []
    if len(found.lenses) == 1:
        told.append(words.text("space.answer.one_lens"))
    else:
        told += [_shares(comparison, found, found.whole, words), *_never(comparison, found, words)]
        told += _fitting(comparison, found, words)
        told += _central(comparison, found, words)
        told += _closest(comparison, found, words)
        told.append(words.text("space.answer.within"))
    return told + _panel(comparison, found, words)


def set_name(comparison: Comparison, shares: Shares, words: Words) -> str:
    """Return which weights a set holds; not for the set of all."""
    facts = {}
    if shares.kind == "answers":
        (facts["profile"],) = profile_names(
            comparison.problem, words, [comparison.request.profile or ""]
        )
    return words.text(f"space.set.{shares.kind}", **facts)


def teams(found: WeightSpace, shares: Shares) -> list[tuple[float, tuple[str, ...]]]:
    """Return each share of first places with the options that have it, together where they tie.

    The largest comes first; options that are never first are left out.
    """
    by_team = {shares.tied(k): float(share) for k, share in enumerate(shares.first.shares)}
    ranked = sorted(((share, team) for team, share in by_team.items() if share > 0), reverse=True)
    return [(share, tuple(found.options[k] for k in team)) for share, team in ranked]


def _shares(comparison: Comparison, found: WeightSpace, shares: Shares, words: Words) -> str:
    """Return who is first with which share of a set of weights, or that one always is."""
    ranked = teams(found, shares)
    whole = shares is found.whole
    facts: dict[str, object] = {"count": words.text(f"space.count.{len(found.lenses)}")}
    if not whole:
        facts = {"set": set_name(comparison, shares, words)}
    if len(ranked) == 1:
        options = short_names(comparison.problem, words, ranked[0][1])
        key = ("always" if whole else "fitting_always") + ("_tied" if len(options) > 1 else "")
        facts |= {"options": options} if len(options) > 1 else {"option": options[0]}
        return words.text(f"space.answer.{key}", **facts)
    items = [
        words.text(
            f"space.answer.{'share' if len(team) == 1 else 'tied'}{'' if place else '_first'}",
            share=share,
            option=short_names(comparison.problem, words, team)[0],
            options=short_names(comparison.problem, words, team),
        )
        for place, (share, team) in enumerate(ranked)
    ]
    return words.text(f"space.answer.{'whole' if whole else 'fitting'}", shares=items, **facts)


def _never(comparison: Comparison, found: WeightSpace, words: Words) -> list[str]:
    """Return who is never first, and who only ties for the first place on the edge of a part."""
    whole = found.whole
    if whole is None:
        return []
    groups: dict[str, list[str]] = {"never": [], "edge": []}
    rows = zip(found.options, whole.first.shares.tolist(), whole.possible.tolist(), strict=True)
    for name, share, possible in rows:
        if share == 0:
            groups["edge" if possible else "never"].append(name)
    return [
        words.text(
            f"space.answer.{key}{'' if len(group) > 1 else '_one'}",
            options=short_names(comparison.problem, words, group),
        )
        for key, group in groups.items()
        if group
    ]


def _fitting(comparison: Comparison, found: WeightSpace, words: Words) -> list[str]:
    """Return the same for the set that was asked, and what is particular about it."""
    shares, full = found.fitting, len(found.lenses) - 1
    if shares is None:
        return []
    if shares.freedom == 0:
        pairs = zip(found.options, shares.first.shares.tolist(), strict=True)
        facts = {"set": set_name(comparison, shares, words)}
        options = short_names(
            comparison.problem, words, [name for name, share in pairs if share > 0]
        )
        return [words.text("space.answer.single", options=options, **facts)]
    told = [_shares(comparison, found, shares, words)]
    if shares.kind == "order" and not len(shares.rows):
        told.append(words.text("space.answer.no_order"))
    if shares.freedom < full:
        key = "flat_one" if shares.freedom == 1 else "flat"
        told.append(words.text(f"space.answer.{key}", freedom=shares.freedom, full=full))
    return told


def _central(comparison: Comparison, found: WeightSpace, words: Words) -> list[str]:
    """Return the mean weights of those that put an option first, for the most frequent ones."""
    whole = found.whole
    if whole is None or len(teams(found, whole)) < 2:
        return []
    names = names_of(comparison.problem, words.language)
    told = []
    for _, team in teams(found, whole)[:CENTRAL]:
        central = whole.first.central[found.options.index(team[0])].tolist()
        ranked = sorted(zip(central, found.lenses, strict=True), key=lambda each: -each[0])
        weights = [
            words.text("space.central.weight", lens=names.criterion(lens), weight=weight)
            for weight, lens in ranked
        ]
        option = words.join(short_names(comparison.problem, words, team))
        told.append(words.text("space.central.line", option=option, weights=weights))
    return told


def _closest(comparison: Comparison, found: WeightSpace, words: Words) -> list[str]:
    """Return how often the option that is first now scores above its strongest rival."""
    whole = found.whole
    if whole is None or len(found.now.own) != 1 or len(found.options) < 2:
        return []
    leader = found.options.index(found.now.own[0])
    behind = whole.ahead[:, leader].copy()
    behind[leader] = -1.0
    most = float(behind.max())
    if most <= 0:
        return []
    rivals = np.flatnonzero(behind >= most - SCORE_TOLERANCE).tolist()
    option, *others = short_names(
        comparison.problem, words, [found.options[k] for k in (leader, *rivals)]
    )
    facts = {"share": float(whole.ahead[leader, rivals[0]]), "option": option}
    if len(others) > 1:
        return [words.text("space.pair.lines", rivals=others, **facts)]
    return [words.text("space.pair.line", rival=others[0], **facts)]


def _panel(comparison: Comparison, found: WeightSpace, words: Words) -> list[str]:
    """Return which profiles stand where which option is first, and who then chooses otherwise."""
    there: dict[tuple[str, ...], list[str]] = {}
    for each in found.panel:
        there.setdefault(each.first, []).append(each.profile or "")
    ranked = sorted(there.items(), key=lambda item: (-len(item[1]), item[0]))
    told = [
        words.text(
            f"space.panel.{'first' if len(profiles) > 1 else 'first_one'}",
            count=len(profiles),
            total=len(found.panel),
            option=words.join(short_names(comparison.problem, words, options)),
            profiles=profile_names(comparison.problem, words, profiles),
        )
        for options, profiles in ranked
    ]
    others = [
        words.text(
            "space.panel.own_item",
            profile=profile_names(comparison.problem, words, [each.profile or ""])[0],
            options=short_names(comparison.problem, words, each.own),
        )
        for each in found.panel
        if each.own != each.first
    ]
    return [*told, *([words.text("space.panel.own", others=others)] if others else [])]


def tables(comparison: Comparison, found: WeightSpace, words: Words) -> list[WordTable]:
    """Return the shares and central weights of each set, the ranks, the pairs and the profiles."""
    told = []
    if found.whole is not None:
        title = words.text("space.title.shares")
        told.append(_share_table(comparison, found, found.whole, title, words))
        if found.fitting is not None:
            name = set_name(comparison, found.fitting, words)
            title = words.text("space.title.fitting", set=name)
            told.append(_share_table(comparison, found, found.fitting, title, words))
        told += [
            _rank_table(comparison, found, found.whole, words),
            _pair_table(comparison, found, found.whole, words),
        ]
    return [*told, _panel_table(comparison, found, words)] if found.panel else told


def _in_full(comparison: Comparison, words: Words, options: Iterable[str]) -> list[str]:
    names = names_of(comparison.problem, words.language)
    return [names.option(name) for name in options]


def _share_table(
    comparison: Comparison, found: WeightSpace, shares: Shares, title: str, words: Words
) -> WordTable:
    names = names_of(comparison.problem, words.language)
    heads = [words.text(f"space.head.{key}") for key in ("option", "first", "alone")]
    heads += [words.text("space.head.central", lens=names.criterion(lens)) for lens in found.lenses]
    rows = []
    for k, option in enumerate(found.options):
        central = shares.first.central[k]
        cells = [
            names.option(option),
            *_percent([shares.first.shares[k], shares.first.alone[k]], words),
        ]
        cells += ["–"] * len(central) if np.isnan(central).any() else _percent(central, words)
        rows.append(tuple(cells))
    return WordTable(title, tuple(heads), tuple(rows))


def _percent(shares: Iterable[float], words: Words) -> list[str]:
    return [words.format_field(float(share), "share1") for share in shares]


def _rank_table(
    comparison: Comparison, found: WeightSpace, shares: Shares, words: Words
) -> WordTable:
    heads = [words.text("space.head.option")]
    heads += [words.text("space.head.rank", rank=k + 1) for k in range(len(found.options))]
    named = zip(_in_full(comparison, words, found.options), shares.ranks, strict=True)
    rows = tuple((name, *_percent(row, words)) for name, row in named)
    return WordTable(words.text("space.title.ranks"), tuple(heads), rows)


def _pair_table(
    comparison: Comparison, found: WeightSpace, shares: Shares, words: Words
) -> WordTable:
    shown = _in_full(comparison, words, found.options)
    rows = []
    for k, (name, row) in enumerate(zip(shown, shares.ahead, strict=True)):
        cells = _percent(row, words)
        cells[k] = "–"
        rows.append((name, *cells))
    heads = (
        words.text("space.head.option"),
        *short_names(comparison.problem, words, found.options),
    )
    return WordTable(words.text("space.title.ahead"), heads, tuple(rows))


def _panel_table(comparison: Comparison, found: WeightSpace, words: Words) -> WordTable:
    names = names_of(comparison.problem, words.language)
    heads = [words.text("space.head.profile"), words.text("space.head.there")]
    heads += [words.text("space.head.own"), *(names.criterion(lens) for lens in found.lenses)]
    shown = profile_names(comparison.problem, words, [each.profile or "" for each in found.panel])
    rows = tuple(
        (
            name,
            ", ".join(short_names(comparison.problem, words, each.first)),
            ", ".join(short_names(comparison.problem, words, each.own)),
            *_percent(each.weights, words),
        )
        for name, each in zip(shown, found.panel, strict=True)
    )
    return WordTable(words.text("space.title.panel"), tuple(heads), rows, left=3)
