"""Why one option scores above another, in sentences. Every clause is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.cases import equal_cases
from afweging.analysis.naming import names_of
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.analysis.naming import Names
    from afweging.model.result import Clause, Comparison, Explanation
    from afweging.wording import Words

SHOWN = 3


def explanation_sentences(
    comparison: Comparison, explanation: Explanation, words: Words
) -> list[str]:
    """Return the explanation line by line; list items start with "- "."""
    names = names_of(comparison.problem, words.language)
    tips = [f"- {line}" for line in _tips(explanation, names, words)]
    return [
        _above(comparison, explanation, names, words),
        *_reasons(explanation, names, words),
        *_unknown(explanation, names, words),
        *(["", words.text("compare.explain.tips"), *tips] if tips else []),
        "",
        *_firmness(comparison, explanation, names, words),
    ]


def _tie(told: Explanation) -> bool:
    """Return whether both options score the same, for certain."""
    return max(abs(told.difference.low), abs(told.difference.high)) <= SCORE_TOLERANCE


def _above(comparison: Comparison, told: Explanation, names: Names, words: Words) -> str:
    difference = told.difference
    both = {"first": names.option(told.first), "second": names.option(told.second)}
    if difference.high - difference.low > SCORE_TOLERANCE:
        key = "above_span" if difference.low > SCORE_TOLERANCE else "open"
        facts = {**both, "low": difference.low, "high": difference.high}
        return words.text(f"compare.explain.{key}", **facts)
    ids = [alternative.id for alternative in comparison.problem.alternatives]
    high, low = (
        float(comparison.scores.expected.low[ids.index(name)]) for name in (told.first, told.second)
    )
    if _tie(told):
        return words.text("compare.explain.tie", **both, high=high)
    return words.text(
        "compare.explain.above", **both, high=high, low=low, difference=difference.low
    )


def _reasons(told: Explanation, names: Names, words: Words) -> list[str]:
    lines = []
    for title, clauses, none, who in (
        ("because", told.because, "nothing_because", told.first),
        ("despite", told.despite, "nothing_despite", told.second),
    ):
        lines.append("")
        if not clauses:
            facts = {"first": names.option(who), "second": names.option(who)}
            key = f"{none}_known" if told.unknown else none
            lines.append(words.text(f"compare.explain.{key}", **facts))
            continue
        lines.append(words.text(f"compare.explain.{title}"))
        lines += [f"- {line}" for line in _clauses(clauses, names, words)]
    return lines


def _clauses(clauses: Sequence[Clause], names: Names, words: Words) -> list[str]:
    lines = [_clause(clause, names, words) for clause in clauses[:SHOWN]]
    rest = clauses[SHOWN:]
    if rest:
        total = sum(clause.difference for clause in rest)
        lines.append(words.text("compare.explain.more", count=len(rest), difference=total))
    return lines


def _clause(clause: Clause, names: Names, words: Words) -> str:
    facts = {"criterion": names.criterion(clause.criterion), "difference": clause.difference}
    if clause.first is None or clause.second is None:
        return words.text("compare.explain.clause_class", **facts)
    return words.text(
        "compare.explain.clause",
        **facts,
        first=clause.first,
        second=clause.second,
        unit=names.unit[clause.criterion],
    )


def _unknown(told: Explanation, names: Names, words: Words) -> list[str]:
    if not told.unknown:
        return []
    shown = [names.criterion(name) for name in told.unknown]
    return ["", words.text("compare.explain.unknown", criteria=shown)]


def _tips(told: Explanation, names: Names, words: Words) -> list[str]:
    if told.unknown or _tie(told):
        return []
    lines = [
        words.text(
            "compare.explain.tip_lens",
            lens=names.criterion(tip.node),
            weight=tip.weight,
            at=tip.at,
        )
        for tip in told.lens_tips
    ] or [words.text("compare.explain.no_tip")]
    effect = told.effect_tip
    if effect is None:
        return [
            *lines,
            words.text("compare.explain.no_tip_effect", option=names.option(told.first)),
        ]
    return [
        *lines,
        words.text(
            "compare.explain.tip_effect",
            option=names.option(effect.alternative),
            criterion=names.criterion(effect.criterion),
            unit=names.unit[effect.criterion],
            now=effect.now,
            at=effect.at,
        ),
    ]


def _firmness(comparison: Comparison, told: Explanation, names: Names, words: Words) -> list[str]:
    both = {"first": names.option(told.first), "second": names.option(told.second)}
    lines = [words.text(f"compare.explain.{_turn(told)}", **both, low=told.estimates.low)]
    if len(comparison.weights.cases) > 1:
        key = "cases" if equal_cases(comparison) else "cases_weight"
        share = words.format_field(told.cases_ahead, "share")
        if told.unknown:
            share = words.text("compare.share.at_least", share=told.cases_ahead)
        lines.append(words.text(f"compare.explain.{key}", **both, share=share))
    return lines


def _turn(told: Explanation) -> str:
    """Return what becomes of the order when all estimates turn out against the first option."""
    if abs(told.estimates.low) <= SCORE_TOLERANCE:
        return "estimates_level"
    return "estimates_hold" if told.estimates.low > 0 else "estimates_turn"
