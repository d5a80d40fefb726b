"""What the profiles share and where they differ, in sentences. Every clause is computed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis import naming
from afweging.analysis.naming import names_of
from afweging.analysis.notice_sentences import some_notices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from afweging.analysis.coalitions import Coalition, OptionAmendment
    from afweging.analysis.group import GroupAnalysis
    from afweging.methods.rank_aggregation import Consensus
    from afweging.wording import Words

FEW = 10  # profiles


def profile_names(group: GroupAnalysis, words: Words, profiles: Iterable[str]) -> list[str]:
    """Return names of profiles, with their mark where they were written about a group."""
    return naming.profile_names(group.comparison.problem, words, profiles)


def _options(group: GroupAnalysis, words: Words, options: Iterable[str]) -> list[str]:
    names = names_of(group.comparison.problem, words.language)
    return [names.option(name) for name in options]


def spread(group: GroupAnalysis, words: Words) -> list[str]:
    """Return how far the weights on the lenses lie apart."""
    found = group.spread
    told = []
    if found.mean_distance is not None:
        told.append(words.text("group.spread.distance", distance=found.mean_distance))
    if group.consensus is not None and group.word is not None:
        word = words.text(f"group.word.{group.word}")
        told.append(words.text("group.spread.consensus", consensus=group.consensus, word=word))
    told.append(_two_means(group, words))
    if found.zeros_replaced:
        zeros = {"count": found.zeros_replaced, "delta": found.delta}
        told.append(words.text("group.spread.zeros", **zeros))
    return told


def _two_means(group: GroupAnalysis, words: Words) -> str:
    """Return on which lens the two means of the weights lie furthest apart, and how far."""
    means = group.lens_means
    lens = int(np.abs(means.difference).argmax())
    return words.text(
        "group.spread.means",
        lens=_lens(group, words, lens),
        arithmetic=float(means.arithmetic[lens]),
        geometric=float(means.geometric[lens]),
    )


def _lens(group: GroupAnalysis, words: Words, place: int) -> str:
    return group.comparison.problem.tree.children[place].name.in_language(words.language)


def judged(group: GroupAnalysis, words: Words) -> list[str]:
    """Return what pairwise and best-worst answers about the lenses say together."""
    return [*_pairs(group, words), *_credal(group, words)]


def _pairs(group: GroupAnalysis, words: Words) -> list[str]:
    found = group.pairs
    if found is None:
        return []
    ways = {"judgements": found.judgements, "geometric": found.geometric}
    items = [
        words.text("group.judged.lens", lens=_lens(group, words, lens), weight=float(weight))
        for lens, weight in enumerate(ways["judgements"])
    ]
    facts = {name: float(way[found.lens]) for name, way in ways.items()}
    facts["arithmetic"] = float(found.arithmetic[found.lens])
    lens = _lens(group, words, found.lens)
    return [
        words.text("group.judged.pairs", count=len(found.profiles), items=items),
        words.text("group.judged.ways", lens=lens, largest=found.largest, **facts),
    ]


def _credal(group: GroupAnalysis, words: Words) -> list[str]:
    found = group.credal
    if found is None:
        return []
    steps = [
        words.text(
            "group.judged.step",
            one=_lens(group, words, one),
            two=_lens(group, words, two),
            sure=sure,
        )
        for (one, two), sure in zip(pairwise(found.order), found.sure, strict=True)
    ]
    told = [words.text("group.judged.credal", count=len(found.profiles), steps=steps)]
    return told if found.converged else [*told, words.text("group.judged.unsteady")]


def together(group: GroupAnalysis, words: Words) -> list[str]:
    """Return what the group chooses with mean weights, and who chooses otherwise."""
    choices = group.choices
    told = [
        words.text(
            f"group.together.{'one' if choices.same else 'none'}",
            options=_options(group, words, choices.arithmetic),
            count=len(choices.same),
            total=len(group.profiles),
            share=choices.share,
        )
    ]
    if choices.geometric != choices.arithmetic:
        options = _options(group, words, choices.geometric)
        told.append(words.text("group.together.geometric", options=options))
    minority = [name for name in group.profiles if name not in choices.same]
    if minority and choices.same:
        shown = profile_names(group, words, minority)
        told.append(words.text("group.together.minority", profiles=shown))
    return told


def voting(group: GroupAnalysis, words: Words) -> list[str]:
    """Return what several voting rules make of the profiles' rankings."""
    found = group.voting
    told = [_majority(group, words)]
    if found.orders is not None:
        told.append(_kemeny(group, found.orders, words))
    ranked = sorted(
        zip(found.options, found.borda.tolist(), strict=True), key=lambda each: -each[1]
    )
    scores = [words.text("group.voting.score", option=name, points=p) for name, p in ranked]
    told.append(words.text("group.voting.borda", scores=scores))
    _, corrected = found.concordance
    if corrected is not None:
        told.append(words.text("group.voting.concordance", w=corrected))
    return told


def _majority(group: GroupAnalysis, words: Words) -> str:
    found = group.voting
    if found.winner is not None:
        (option,) = _options(group, words, [found.winner])
        return words.text("group.voting.winner", option=option)
    key = "cycle" if found.cyclic else "tie"
    return words.text(f"group.voting.{key}", options=_options(group, words, found.top))


def _kemeny(group: GroupAnalysis, orders: Consensus, words: Words) -> str:
    options = group.voting.options
    ranks = orders.ranks[0].tolist()
    order = " > ".join(options[i] for i in sorted(range(len(ranks)), key=ranks.__getitem__))
    if orders.unique:
        return words.text("group.voting.kemeny", order=order)
    return words.text("group.voting.kemeny_more", count=orders.number, order=order)


def coalitions(group: GroupAnalysis, found: Sequence[Coalition], words: Words) -> list[str]:
    """Return per option who stands behind it and who is nearest to joining."""
    return [_coalition(group, each, words) for each in found]


def _coalition(group: GroupAnalysis, each: Coalition, words: Words) -> str:
    (option,) = _options(group, words, [each.option])
    told = words.text(
        f"group.coalition.{'line' if each.supporters else 'nobody'}",
        option=option,
        count=len(each.supporters),
        total=len(group.profiles),
        profiles=profile_names(group, words, each.supporters),
    )
    if not each.others:
        return told
    nearest = each.others[0]
    if nearest.moved is None:
        return f"{told} {words.text('group.coalition.never')}"
    (profile,) = profile_names(group, words, [nearest.profile])
    near = words.text("group.coalition.near", profile=profile, moved=nearest.moved)
    return f"{told} {near}"


def amendments(
    group: GroupAnalysis, found: Sequence[OptionAmendment], words: Words, *, share: float
) -> list[str]:
    """Return per option the smallest amendment that enough profiles accept."""
    if not found:
        return [words.text("group.amendment.none", share=share)]
    names = names_of(group.comparison.problem, words.language)
    lines = [
        words.text(
            "group.amendment.line",
            option=names.option(each.option),
            criterion=names.criterion(each.criterion),
            shift=words.format_field(abs(each.shift), "gap"),
            unit=names.unit[each.criterion],
            direction=words.text(f"group.direction.{'more' if each.shift > 0 else 'less'}"),
            count=len(each.accepting),
            total=len(group.profiles),
        )
        for each in found
    ]
    return [words.text("group.amendment.goal", share=share), *lines]


def groups(group: GroupAnalysis, words: Words) -> list[str]:
    """Return the groups of like-minded profiles, or that there are none."""
    found = group.groups
    if found is None:
        return [words.text("group.groups.none")]
    lines = []
    for place, (size, stability) in enumerate(zip(found.sizes, found.stability, strict=True)):
        inside = [
            p for p, g in zip(group.profiles, found.members.tolist(), strict=True) if g == place
        ]
        shown = profile_names(group, words, inside)
        facts = {"count": size, "profiles": shown, "stability": stability}
        lines.append(words.text("group.groups.line", **facts))
    return lines


def notices(group: GroupAnalysis, words: Words) -> list[str]:
    """Return what a reader must know: whose weights these are, and how many."""
    told = []
    if any(profile.origin == "about" for profile in group.comparison.problem.profiles):
        told.append(words.text("group.notice.about"))
    if len(group.profiles) < FEW:
        told.append(words.text("group.notice.few", count=len(group.profiles)))
    shared = [each for each in group.comparison.notices if each.code in ("awaited", "rescaled")]
    return told + some_notices(group.comparison, shared, words)
