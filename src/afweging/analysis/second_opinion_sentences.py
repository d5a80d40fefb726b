"""What other methods say of the same options, in sentences and tables. Every clause is computed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from afweging.analysis.naming import names_of
from afweging.analysis.word_table import WordTable
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from afweging.analysis.naming import Names
    from afweging.analysis.opinion import MethodOpinion, Reversal, SecondOpinion
    from afweging.model.result import Comparison
    from afweging.wording import Words

PAIRS = 6  # shown per method; --json gives them all


def sentences(comparison: Comparison, found: SecondOpinion, words: Words) -> list[str]:
    """Return what other methods say, the most important first."""
    names = names_of(comparison.problem, words.language)
    return [
        *_answer(found, names, words),
        words.text("opinion.informs"),
        *([words.text("opinion.own_units")] if found.basis == "effects" else []),
        *_lead(found, names, words),
        *_order(found, words),
        *_compromise(found, names, words),
        *_sensitive(found, words),
        *_checks(found, words),
        *_refused(found, names, words),
    ]


def heading(comparison: Comparison, found: SecondOpinion, words: Words) -> str:
    """Return what is asked, and which numbers the methods got."""
    title = comparison.problem.title.in_language(words.language)
    return words.text(f"opinion.title.{found.basis}", title=title)


def reasons(comparison: Comparison, found: SecondOpinion, words: Words) -> list[str]:
    """Return per method that orders the options in another way what it looks at instead."""
    names = names_of(comparison.problem, words.language)
    return [
        words.text(
            "opinion.because",
            method=_name(each, words),
            first=[names.short(name) for name in each.first],
            why=words.text(f"opinion.why.{each.method}"),
        )
        for each in found.others
        if each.ranks != found.ours.ranks
    ]


def _name(method: MethodOpinion, words: Words) -> str:
    return words.text(f"opinion.method.{method.method}")


def _count(key: str, items: Sequence[object]) -> str:
    """Return the key of a text about one or about several."""
    return f"opinion.{key}_{'one' if len(items) == 1 else 'many'}"


def _answer(found: SecondOpinion, names: Names, words: Words) -> list[str]:
    """Return how many methods put the same options first, and what the others put first."""
    if len(found.options) == 1:
        return [words.text("opinion.answer.single", option=names.option(found.options[0]))]
    others, agreeing = found.others, found.agreeing
    first = [names.option(name) for name in found.ours.first]
    if not others:
        return [words.text("opinion.answer.nobody", first=first)]
    if len(others) == 1:
        key = "only_yes" if agreeing else "only_no"
    elif len(agreeing) in {0, len(others)}:
        key = "all" if agreeing else "none"
    else:
        key = "some_one" if len(agreeing) == 1 else "some_many"
    facts = {"agreeing": len(agreeing), "total": len(others), "method": _name(others[0], words)}
    answer = words.text(f"opinion.answer.{key}", first=first, **facts)
    choices = _choices([m for m in others if m not in agreeing], names, words)
    return [answer, *choices]


def _choices(methods: Iterable[MethodOpinion], names: Names, words: Words) -> list[str]:
    """Return one sentence with what methods put first, those that say the same together."""
    by_first = sorted(methods, key=lambda method: method.first)
    parts = []
    for first, group in groupby(by_first, key=lambda method: method.first):
        of = [_name(method, words) for method in group]
        key = _count("choice.alone" if len(first) == 1 else "choice.tied", of)
        parts.append(
            (-len(of), words.text(key, methods=of, first=[names.option(name) for name in first]))
        )
    told = "; ".join(part for _, part in sorted(parts))
    return [f"{told[0].upper()}{told[1:]}."] if told else []


def _lead(found: SecondOpinion, names: Names, words: Words) -> list[str]:
    """Return how far our first is ahead of the next; nothing where there is no next."""
    ranked = sorted(zip(found.ours.scores, found.options, strict=True), key=lambda pair: -pair[0])
    if len(ranked) < 2 or ranked[0][0] - ranked[1][0] <= SCORE_TOLERANCE:
        return []
    (best, first), (next_best, second) = ranked[:2]
    facts = {"first": names.option(first), "second": names.option(second)}
    return [words.text("opinion.lead", lead=best - next_best, **facts)]


def _order(found: SecondOpinion, words: Words) -> list[str]:
    """Return which methods agree most and least with our whole order."""
    agreement = [(m.agreement, _name(m, words)) for m in found.others if m.agreement is not None]
    if len(agreement) < 2:
        return []
    most, least = max(agreement)[0], min(agreement)[0]
    if most - least <= SCORE_TOLERANCE:
        return [words.text("opinion.order.alike", tau=most)]
    near = [name for tau, name in agreement if tau >= most - SCORE_TOLERANCE]
    far = [name for tau, name in agreement if tau <= least + SCORE_TOLERANCE]
    return [words.text("opinion.order.range", most=most, least=least, near=near, far=far)]


def _compromise(found: SecondOpinion, names: Names, words: Words) -> list[str]:
    """Return whom VIKOR takes for the best compromise."""
    for method in found.methods:
        if method.compromise:
            options = [names.option(name) for name in method.compromise]
            return [words.text(_count("compromise", options), options=options)]
    return []


def _sensitive(found: SecondOpinion, words: Words) -> list[str]:
    """Return which methods put another option first when one that is not first is left out."""
    tried = [method for method in found.others if method.stability.tried]
    if not tried:
        return []
    moved = [_name(method, words) for method in tried if method.stability.left_out]
    told = [words.text(_count("sensitive", moved) if moved else "opinion.steady", methods=moved)]
    if not found.ours.stability.left_out:
        told.append(words.text("opinion.ours_steady"))
    return told


def _checks(found: SecondOpinion, words: Words) -> list[str]:
    """Return which methods order as another does, and are therefore not counted."""
    ran = [method for method in found.methods if method.refusal is None and method.same_as]
    told = []
    for same in dict.fromkeys(method.same_as for method in ran):
        methods = [_name(method, words) for method in ran if method.same_as == same]
        key = _count("checks.ours" if same == "ours" else "checks.other", methods)
        told.append(words.text(key, methods=methods, same=words.text(f"opinion.method.{same}")))
    return told


def _refused(found: SecondOpinion, names: Names, words: Words) -> list[str]:
    """Return which methods cannot run on these numbers, and why."""
    if len(found.options) == 1:
        return []
    groups: dict[str, list[str]] = {}
    for method in found.methods:
        if method.refusal is not None:
            on = method.refusal.criterion
            criterion = "" if on is None else names.criterion(on)
            reason = words.text(f"opinion.refusal.{method.refusal.code}", criterion=criterion)
            groups.setdefault(reason, []).append(_name(method, words))
    return [
        words.text(_count("refused", methods), methods=methods, reason=reason)
        for reason, methods in groups.items()
    ]


def tables(comparison: Comparison, found: SecondOpinion, words: Words) -> list[WordTable]:
    """Return who is first and how far the orders agree, the orders, and how firm each first is."""
    names = names_of(comparison.problem, words.language)
    return [
        _agreement_table(found, names, words),
        _order_table(found, names, words),
        _stability_table(found, names, words),
    ]


def _heads(words: Words, table: str, *columns: str) -> tuple[str, ...]:
    return tuple(words.text(f"opinion.{table}.{column}") for column in ("method", *columns))


def _label(method: MethodOpinion, words: Words) -> str:
    key = "opinion.table.checked" if method.same_as else "opinion.table.plain"
    return words.text(key, method=_name(method, words))


def _agreement_table(found: SecondOpinion, names: Names, words: Words) -> WordTable:
    rows = [
        (
            _label(method, words),
            words.join([names.short(name) for name in method.first])
            if method.refusal is None
            else words.text("opinion.table.refused"),
            "–" if method.refusal else _pairs(method, names, words),
            "–" if method.agreement is None else words.format_field(method.agreement, "2"),
        )
        for method in (found.ours, *found.methods)
    ]
    return WordTable(
        words.text("opinion.agreement.title"),
        _heads(words, "agreement", "first", "turned", "tau"),
        tuple(rows),
        left=3,
    )


def _pairs(method: MethodOpinion, names: Names, words: Words) -> str:
    """Return how many pairs are turned around, and which, ours in front first."""
    count = words.format_field(len(method.turned), "number")
    shown = [f"{names.short(a)}–{names.short(b)}" for a, b in method.turned[:PAIRS]]
    more = ["…"] if len(method.turned) > PAIRS else []
    return f"{count}: {', '.join([*shown, *more])}" if shown else count


def _order_table(found: SecondOpinion, names: Names, words: Words) -> WordTable:
    rows = [
        (_label(method, words), _in_order(found, method, names))
        for method in (found.ours, *found.methods)
        if method.refusal is None
    ]
    heads = _heads(words, "orders", "order")
    return WordTable(words.text("opinion.orders.title"), heads, tuple(rows), left=2)


def _in_order(found: SecondOpinion, method: MethodOpinion, names: Names) -> str:
    """Return the options from first to last, with = between those that tie."""
    pairs = sorted(zip(method.ranks, found.options, strict=True), key=lambda pair: pair[0])
    groups = groupby(pairs, key=lambda pair: pair[0])
    return " > ".join(" = ".join(names.short(name) for _, name in group) for _, group in groups)


def _stability_table(found: SecondOpinion, names: Names, words: Words) -> WordTable:
    rows = [
        (
            _label(method, words),
            _reversed(method.stability.left_out, "without", names, words),
            _reversed(method.stability.copied, "twice", names, words),
            words.text("opinion.stability.of", kept=method.stability.kept, runs=runs)
            if (runs := method.stability.worsened)
            else "–",
        )
        for method in (found.ours, *found.methods)
        if method.refusal is None
    ]
    return WordTable(
        words.text("opinion.stability.title"),
        _heads(words, "stability", "left_out", "copied", "worsened"),
        tuple(rows),
        left=3,
    )


def _reversed(changes: Sequence[Reversal], key: str, names: Names, words: Words) -> str:
    """Return who is first with which option left out or there twice."""
    if not changes:
        return words.text("opinion.stability.same")
    return "; ".join(
        words.text(
            f"opinion.stability.{key}" if each.first else f"opinion.stability.{key}_fails",
            option=names.short(each.option),
            first=[names.short(name) for name in each.first],
        )
        for each in changes
    )
