"""The warnings of a comparison in sentences; what they warn of is found in `notices`."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from afweging.analysis.naming import names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from afweging.model.result import Comparison, Notice
    from afweging.wording import Words


def notices(comparison: Comparison, words: Words) -> list[str]:
    """Return the warnings in sentences."""
    return some_notices(comparison, comparison.notices, words)


def some_notices(comparison: Comparison, chosen: Sequence[Notice], words: Words) -> list[str]:
    """Return some warnings in sentences; those of one kind that name parts share a sentence."""
    told: dict[str, list[Notice]] = defaultdict(list)
    for each in chosen:
        told[each.code].append(each)
    return [
        line for code, group in told.items() for line in _notice(comparison, code, group, words)
    ]


def _notice(comparison: Comparison, code: str, group: Sequence[Notice], words: Words) -> list[str]:
    facts = [_notice_facts(comparison, each, words) for each in group]
    if words.has(f"compare.notice_item.{code}"):
        items = [words.text(f"compare.notice_item.{code}", **each) for each in facts]
        return [words.text(f"compare.notice.{code}", items=items)]
    return [words.text(f"compare.notice.{code}", **each) for each in facts]


def _notice_facts(comparison: Comparison, notice: Notice, words: Words) -> dict[str, object]:
    """Return the facts of a notice with names for ids."""
    names = names_of(comparison.problem, words.language)
    one: dict[str, Callable[[str], str]] = {
        "criterion": names.criterion,
        "first": names.criterion,
        "second": names.criterion,
        "option": names.option,
        "profile": names.profile.__getitem__,
        "set": lambda name: names.of[f"region-weights {name}"],
    }
    many: dict[str, Callable[[str], str]] = {
        "lenses": names.criterion,
        "criteria": names.criterion,
        "parts": names.option,
        "others": names.option,
        "profiles": names.profile.__getitem__,
    }
    facts: dict[str, object] = dict(notice.facts)
    for key, value in notice.facts.items():
        if key in one:
            facts[key] = one[key](str(value))
        elif key in many and isinstance(value, tuple):
            facts[key] = [many[key](name) for name in value]
    named = facts.get("profiles")
    if isinstance(named, list):
        facts |= {"count": len(named), "total": len(comparison.problem.panel)}
    return facts
