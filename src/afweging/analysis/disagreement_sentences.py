"""What two parties disagree about, in sentences, the answer first. Every clause is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.naming import level_name, names_of, profile_names
from afweging.analysis.screening import admissible_options
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.model.criterion import Ordinal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from afweging.analysis.disagreement import Dispute, Side
    from afweging.model.criterion import Criterion
    from afweging.wording import Words

    FloatArray = NDArray[np.float64]

FORMS = ("gap", "number", "")  # ever more decimals


@dataclass(frozen=True, slots=True)
class Pair:
    """The two options as a reader knows them: in full, and by code where that is short."""

    full: tuple[str, str]
    short: tuple[str, str]

    def favoured(self, amount: float) -> str:
        """Return the option, in short, that an amount above or below 0 speaks for."""
        return self.short[0 if amount > 0 else 1]


def pair_of(dispute: Dispute, words: Words) -> Pair:
    """Return the names of the two options."""
    names = names_of(dispute.first.comparison.problem, words.language)
    a, b = dispute.options
    full = names.option(a), names.option(b)
    return Pair(
        full=full,
        short=(a if names.is_code(a) else full[0], b if names.is_code(b) else full[1]),
    )


def title(dispute: Dispute, words: Words) -> str:
    """Return what the report is about."""
    pair, problem = pair_of(dispute, words), dispute.first.comparison.problem
    shown = problem.title.in_language(words.language)
    return words.text("disagree.title.what", title=shown, first=pair.short[0], second=pair.short[1])


def parties(dispute: Dispute, words: Words) -> list[str]:
    """Return who the two parties are."""
    second = "second" if dispute.shared else "second_own"
    return [
        words.text(
            f"disagree.party.{key}",
            profiles=profile_names(side.comparison.problem, words, side.profiles),
        )
        for key, side in (("first", dispute.first), (second, dispute.second))
    ]


def answer(dispute: Dispute, words: Words) -> list[str]:
    """Return who prefers which option and by how much; within a group, how many.

    List items start with "- ".
    """
    pair, split = pair_of(dispute, words), dispute.split
    leading = split.first_lead if _is_something(split.first_lead) else split.second_lead
    order = (1, 0) if leading < -SCORE_TOLERANCE else (0, 1)
    told = words.text(
        f"disagree.answer.{_stance(dispute)}",
        winner=pair.full[order[0]],
        loser=pair.full[order[1]],
        loser_short=pair.short[order[1]],
        first=abs(split.first_lead),
        second=abs(split.second_lead),
    )
    groups = [
        f"- {_inside(key, side, pair, words)}"
        for key, side in (("first", dispute.first), ("second", dispute.second))
        if len(side.profiles) > 1
    ]
    return [told, *([words.text("disagree.inside.mean"), *groups] if groups else [])]


def _stance(dispute: Dispute) -> str:
    """Return how the two leads lie towards each other."""
    split = dispute.split
    first, second = _is_something(split.first_lead), _is_something(split.second_lead)
    if not (first and second):
        return "tie_second" if first else "tie_first" if second else "tie"
    if split.opposed:
        return "opposed"
    return "same" if _is_something(split.first_lead - split.second_lead) else "same_lead"


def _inside(key: str, side: Side, pair: Pair, words: Words) -> str:
    leads = side.leads
    for_a, for_b = int((leads > SCORE_TOLERANCE).sum()), int((leads < -SCORE_TOLERANCE).sum())
    return words.text(
        f"disagree.inside.{key}",
        total=len(leads),
        a=pair.short[0],
        b=pair.short[1],
        for_a=for_a,
        for_b=for_b,
        tied=len(leads) - for_a - for_b,
    )


def cause(dispute: Dispute, words: Words) -> list[str]:
    """Return how much comes from weights and how much from estimates, and what it is about."""
    split = dispute.split
    if split.kind is None:
        shared = [words.text("disagree.cause.shared")] if dispute.shared else []
        return [*shared, *_cancelled(dispute, words), words.text("disagree.kind.nothing")]
    values, facts = _is_something(split.values), _is_something(split.facts)
    if values and facts:
        return [_both_parts(dispute, words), words.text(f"disagree.kind.{split.kind}")]
    key = "values_only" if values else "facts_only"
    told = words.text(
        f"disagree.cause.{'shared_only' if dispute.shared else key}",
        distance=abs(split.first_lead - split.second_lead),
    )
    return [told, *_cancelled(dispute, words), words.text(f"disagree.kind.{key}")]


def _both_parts(dispute: Dispute, words: Words) -> str:
    """Return the two parts as shares, or as amounts where they work against each other."""
    split, pair = dispute.split, pair_of(dispute, words)
    whole = split.values + split.facts
    if split.values * split.facts > 0:
        facts = {"values": split.values / whole, "facts": split.facts / whole}
        return words.text("disagree.cause.shares", distance=abs(whole), **facts)
    return words.text(
        f"disagree.cause.{'against' if _is_something(whole) else 'against_level'}",
        values=abs(split.values),
        values_option=pair.favoured(split.values),
        facts=abs(split.facts),
        facts_option=pair.favoured(split.facts),
        distance=abs(whole),
    )


def _cancelled(dispute: Dispute, words: Words) -> list[str]:
    """Return which part is nothing although its criteria are something."""
    split = dispute.split
    parts = {
        "cancel_values": (split.values, split.values_by_criterion),
        "cancel_facts": (split.facts, split.facts_by_criterion),
    }
    return [
        words.text(f"disagree.cause.{key}")
        for key, (part, terms) in parts.items()
        if not _is_something(part) and np.abs(terms).max() > SCORE_TOLERANCE
    ]


def discuss(dispute: Dispute, words: Words) -> list[str]:
    """Return what to discuss first, the larger part first; list items start with "- "."""
    larger = abs(dispute.split.values) - abs(dispute.split.facts)
    level = abs(larger) <= SCORE_TOLERANCE
    values = _discuss_values(dispute, words, "first" if level or larger > 0 else "next")
    facts = _discuss_facts(dispute, words, "first" if level or larger < 0 else "next")
    return [*facts, *values] if larger < -SCORE_TOLERANCE else [*values, *facts]


def _discuss_values(dispute: Dispute, words: Words, when: str) -> list[str]:
    lines = [_weight_line(dispute, c, words) for c in dispute.split.discuss_values]
    return _talk(f"values_{when}", lines, words)


def _discuss_facts(dispute: Dispute, words: Words, when: str) -> list[str]:
    lines = [_effect_line(dispute, c, words) for c in dispute.split.discuss_facts]
    return _talk(f"facts_{when}", lines, words)


def _talk(key: str, lines: Sequence[str], words: Words) -> list[str]:
    """Return what to talk about, a line per criterion; several lines make equal differences."""
    if not lines:
        return []
    tie = [words.text("disagree.discuss.tie")] if len(lines) > 1 else []
    return [words.text(f"disagree.discuss.{key}"), *(f"- {line}" for line in lines), *tie]


def _criterion_name(dispute: Dispute, c: int, words: Words) -> str:
    return dispute.first.comparison.problem.criteria[c].name.in_language(words.language)


def _weight_line(dispute: Dispute, c: int, words: Words) -> str:
    """Return both parties' weights, and which option is better where they agree on that."""
    first, second = dispute.first, dispute.second
    better = {_sign(float(side.difference[c])) for side in (first, second)}
    pair = pair_of(dispute, words)
    return words.text(
        f"disagree.discuss.{'weight' if len(better) == 1 else 'weight_open'}",
        criterion=_criterion_name(dispute, c, words),
        first=float(first.mean_weights[c]),
        second=float(second.mean_weights[c]),
        option=pair.favoured(max(better)),
        part=abs(float(dispute.split.values_by_criterion[c])),
    )


def _effect_line(dispute: Dispute, c: int, words: Words) -> str:
    """Return both parties' estimates for A and B, or that only their spread differs."""
    criterion, pair = dispute.first.comparison.problem.criteria[c], pair_of(dispute, words)
    mine, yours = _expected(dispute, c, criterion, words)
    return words.text(
        f"disagree.discuss.{'effect_spread' if mine == yours else 'effect'}",
        criterion=_criterion_name(dispute, c, words),
        unit=criterion.unit.in_language(words.language),
        part=abs(float(dispute.split.facts_by_criterion[c])),
        a=pair.short[0],
        b=pair.short[1],
        first_a=mine[0],
        first_b=mine[1],
        second_a=yours[0],
        second_b=yours[1],
    )


def _expected(dispute: Dispute, c: int, criterion: Criterion, words: Words) -> list[list[str]]:
    """Return what each party expects of A and of B: mean effects, or classes over the cases.

    Means that differ are written with as many decimals as show it.
    """
    sides = dispute.first, dispute.second
    if isinstance(criterion.value_function, Ordinal):
        return [_classes(criterion, side.reach[:, :, c], words) for side in sides]
    mine, yours = (side.effects[:, c].tolist() for side in sides)
    same = np.allclose(mine, yours, rtol=0, atol=1e-9 * abs(criterion.best - criterion.worst))
    for form in FORMS:
        shown = [[words.format_field(x, form) for x in effects] for effects in (mine, yours)]
        if same or shown[0] != shown[1]:
            break
    return [shown[0], shown[0]] if same else shown


def _classes(criterion: Criterion, reach: FloatArray, words: Words) -> list[str]:
    """Return the classes of A and of B, from the lowest and highest place of each."""
    told = []
    for lowest, highest in reach.T.tolist():
        low, high = (level_name(criterion, level, words.language) for level in (lowest, highest))
        spread = words.text("disagree.discuss.classes", low=low, high=high)
        told.append(str(low) if low == high else spread)
    return told


def legend(dispute: Dispute, words: Words) -> list[str]:
    """Return how to read the table."""
    pair = pair_of(dispute, words)
    told = [words.text("disagree.table.legend", a=pair.short[0], b=pair.short[1])]
    if any(len(side.profiles) > 1 for side in (dispute.first, dispute.second)):
        told.append(words.text("disagree.table.legend_group"))
    return told


def notices(dispute: Dispute, words: Words) -> list[str]:
    """Return what a reader must know: whose weights these are, and what could be asked next."""
    told = [words.text("disagree.notice.own_estimates")] if dispute.shared else []
    if not dispute.same_cases:
        told.append(words.text("disagree.notice.cases"))
    told += _screened(dispute, words)
    if any(_about(side) for side in (dispute.first, dispute.second)):
        told.append(words.text("group.notice.about"))
    return told


def _screened(dispute: Dispute, words: Words) -> list[str]:
    """Return which of the two options a requirement rules out, per party where they differ."""
    sides = {"screened": dispute.first}
    if not dispute.shared:
        sides = {"screened_first": dispute.first, "screened_second": dispute.second}
    pair, told = pair_of(dispute, words), []
    for key, side in sides.items():
        allowed = set(admissible_options(side.comparison))
        named = zip(dispute.options, pair.short, strict=True)
        out = [shown for name, shown in named if name not in allowed]
        if out:
            told.append(words.text(f"disagree.notice.{key}", options=out))
    return told


def _about(side: Side) -> bool:
    """Return whether weights of this side were written about a group, not by it."""
    profiles = side.comparison.problem.profiles
    return any(each.origin == "about" for each in profiles if each.id in side.profiles)


def _sign(amount: float) -> int:
    return (amount > SCORE_TOLERANCE) - (amount < -SCORE_TOLERANCE)


def _is_something(amount: float) -> bool:
    return abs(amount) > SCORE_TOLERANCE
