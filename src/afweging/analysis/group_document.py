"""The analysis of a group as one plain document, for canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.document import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.analysis.coalitions import Coalition, OptionAmendment
    from afweging.analysis.group import GroupAnalysis, Voting
    from afweging.methods.rank_aggregation import Consensus

FORMAT = "afweging-group/1"


def group_document(
    group: GroupAnalysis,
    coalitions: Sequence[Coalition],
    amendments: Sequence[OptionAmendment],
    *,
    share: float,
) -> dict[str, object]:
    """Return the analysis as plain dicts, lists and numbers."""
    choices = group.choices
    origin = {profile.id: profile.origin for profile in group.comparison.problem.profiles}
    return {
        "format": FORMAT,
        "problem": group.comparison.problem.id,
        "request": plain(group.comparison.request),
        "seed": group.seed,
        "profiles": [
            {"id": name, "origin": origin[name], "first": list(own)}
            for name, own in zip(group.profiles, choices.own, strict=True)
        ],
        "lenses": _lenses(group),
        "consensus": {"index": group.consensus, "word": group.word, "share": choices.share},
        "choice": {
            "arithmetic": list(choices.arithmetic),
            "geometric": list(choices.geometric),
            "same": list(choices.same),
        },
        "voting": _voting(group.voting),
        "coalitions": plain(tuple(coalitions)),
        "amendments": {"share": share, "found": plain(tuple(amendments))},
        "groups": _groups(group),
        "pairs": _pairs(group),
        "credal": _credal(group),
    }


def _lenses(group: GroupAnalysis) -> dict[str, object]:
    names = [lens.id for lens in group.comparison.problem.tree.children]
    spread = group.spread
    rows = {
        "lower_quartile": spread.lower_quartile,
        "median": spread.median,
        "upper_quartile": spread.upper_quartile,
        "centre": spread.centre,
        "mean": group.lens_means.arithmetic,
    }
    return {
        **{key: dict(zip(names, row.tolist(), strict=True)) for key, row in rows.items()},
        "total_variance": spread.total_variance,
        "zeros_replaced": spread.zeros_replaced,
        "mean_distance": spread.mean_distance,
    }


def _voting(voting: Voting) -> dict[str, object]:
    named = {
        "borda": voting.borda.tolist(),
        "copeland": voting.copeland.tolist(),
        "mean_rank": voting.mean_rank.tolist(),
    }
    plain_w, corrected = voting.concordance
    return {
        **{key: dict(zip(voting.options, row, strict=True)) for key, row in named.items()},
        "condorcet_winner": voting.winner,
        "top": list(voting.top),
        "cyclic": voting.cyclic,
        "kemeny": None if voting.orders is None else _orders(voting, voting.orders),
        "cook_seiford": _orders(voting, voting.nearest),
        "kendall_w": {"plain": plain_w, "corrected": corrected},
    }


def _orders(voting: Voting, found: Consensus) -> dict[str, object]:
    return {
        "number": found.number,
        "distance": found.distance,
        "agreement": found.agreement,
        "ranks": [dict(zip(voting.options, ranks, strict=True)) for ranks in found.ranks.tolist()],
    }


def _groups(group: GroupAnalysis) -> object:
    found = group.groups
    if found is None:
        return None
    members = zip(group.profiles, found.members.tolist(), strict=True)
    return {
        "members": dict(members),
        "stability": list(found.stability),
        "separation": found.separation,
    }


def _lens_ids(group: GroupAnalysis) -> list[str]:
    return [lens.id for lens in group.comparison.problem.tree.children]


def _pairs(group: GroupAnalysis) -> object:
    found, lenses = group.pairs, _lens_ids(group)
    if found is None:
        return None
    rows = {
        "judgements": found.judgements,
        "geometric": found.geometric,
        "arithmetic": found.arithmetic,
    }
    named = {key: dict(zip(lenses, row.tolist(), strict=True)) for key, row in rows.items()}
    largest = {"lens": lenses[found.lens], "difference": found.largest}
    return {"profiles": list(found.profiles), **named, "largest": largest}


def _credal(group: GroupAnalysis) -> object:
    found, lenses = group.credal, _lens_ids(group)
    if found is None:
        return None
    return {
        "profiles": list(found.profiles),
        "order": [lenses[place] for place in found.order],
        "weights": list(found.weights),
        "sure": list(found.sure),
        "converged": found.converged,
        "seed": found.seed,
    }
