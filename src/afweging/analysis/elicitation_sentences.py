"""What someone's answers lead to, in sentences: weights, what conflicts, what is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.naming import names_of
from afweging.analysis.sentences import none_admissible
from afweging.methods.elicitation_report import TIE
from afweging.model.text import Text
from afweging.wording import LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.analysis.elicitation import Consistency, Elicited
    from afweging.analysis.undecided import Undecided
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison

INVISIBLE = 0.005  # of a factor that is shown with two decimals
_FORMS = {"consistency-ratio": "ratio", "input-based-ratio": "input", "factor": "factor"}


def weight_lines(problem: DecisionProblem, found: Elicited, words: Words) -> list[str]:
    """Return the weights of the parts of one group, in the order of the tree."""
    names = names_of(problem, words.language)
    return [
        words.text("weigh.result.weight", weight=float(weight), name=names.criterion(child))
        for child, weight in zip(found.answers.children, found.weights, strict=True)
    ]


def worth_a_look(problem: DecisionProblem, found: Elicited, words: Words) -> list[str]:
    """Return what a person may not have meant: the same points twice, or none."""
    names, numbers = names_of(problem, words.language), np.array(found.answers.numbers)
    if not len(numbers) or found.answers.ranks:
        return []
    children = [names.criterion(child) for child in found.answers.children]
    if len(set(numbers.tolist())) == 1:
        return [words.text("weigh.check.all_equal")]
    told = []
    for number in sorted(set(numbers.tolist()), reverse=True):
        same = [name for name, n in zip(children, numbers, strict=True) if n == number]
        if number == 0:
            told.append(words.text("weigh.check.zero", names=same))
        elif len(same) > 1:
            told.append(words.text("weigh.check.equal", names=same))
    return told


def consistency_lines(problem: DecisionProblem, found: Elicited, words: Words) -> list[str]:
    """Return whether the answers about one group agree, the worst of them, and what mends it."""
    if found.consistency is None or _one_answer(found):
        return []
    names, report = names_of(problem, words.language), found.consistency
    group = names.criterion(found.answers.group.id)
    facts = {"group": group, "value": report.value, "limit": report.limit}
    told = [words.text(f"weigh.consistency.{_verdict(report)}", **facts)]
    if not report.complete:
        told.append(words.text("weigh.consistency.incomplete"))
    if report.passes is not True:
        told += _worst(found, report, words, problem)
        told += _repairs(found, report, words, problem)
        told.append(words.text("weigh.consistency.may"))
    return told


def _one_answer(found: Elicited) -> bool:
    """Return whether there is one best-worst answer only, which nothing can contradict."""
    return found.answers.profile.method == "bwm" and len(found.answers.children) == 2


def _verdict(report: Consistency) -> str:
    form = _FORMS[report.measure]
    if report.limit is None:
        return "input_exact" if report.passes else "input_open"
    if report.measure == "factor" and report.value < 1 + INVISIBLE:
        return "factor_none"
    return f"{form}_{'fine' if report.passes else 'off'}"


def _named(found: Elicited, words: Words, problem: DecisionProblem, *places: int) -> list[str]:
    names = names_of(problem, words.language)
    return [names.criterion(found.answers.children[place]) for place in places]


def _upright(first: int, second: int, *values: float) -> tuple[int, int, tuple[float, ...]]:
    """Return a pair and its ratios turned so that the first ratio is 1 or more."""
    if values[0] >= 1:
        return first, second, values
    return second, first, tuple(1 / value if value > 0 else float("inf") for value in values)


def _worst(
    found: Elicited, report: Consistency, words: Words, problem: DecisionProblem
) -> list[str]:
    told = []
    for each in report.worst:
        one, two, (given, implied) = _upright(each.first, each.second, each.given, each.implied)
        first, second = _named(found, words, problem, one, two)
        facts = {"first": first, "second": second, "given": given, "implied": implied}
        key = "worst" if each.size >= report.worst[0].size - TIE else "worst_next"
        key = "worst_check" if report.measure == "factor" else key
        told.append(words.text(f"weigh.consistency.{key}", **facts))
    return told


def _repairs(
    found: Elicited, report: Consistency, words: Words, problem: DecisionProblem
) -> list[str]:
    changes: list[dict[str, object]] = []
    for each in report.repairs:
        one, two, (given, proposed) = _upright(each.first, each.second, each.given, each.proposed)
        first, second = _named(found, words, problem, one, two)
        changes.append({"first": first, "second": second, "given": given, "proposed": proposed})
    if len(changes) == 1:
        return [words.text("weigh.consistency.repair", **changes[0])]
    items = [words.text("weigh.consistency.repair_item", **each) for each in changes]
    return [words.text("weigh.consistency.repairs", items=items)] if items else []


def report_text(problem: DecisionProblem, found: Sequence[Elicited]) -> Text | None:
    """Return the report that goes into a profile, in both languages; None where all is silent."""
    told = {
        language: " ".join(
            line for each in found for line in consistency_lines(problem, each, Words(language))
        )
        for language in LANGUAGES
    }
    return Text(told["nl"], told["en"]) if told["nl"] else None


def outcome(comparison: Comparison, open_: Undecided | None, words: Words) -> list[str]:
    """Return which option is first with the weights, and what the answers leave open."""
    names = names_of(comparison.problem, words.language)
    told = _winners(comparison, words)
    if open_ is None:
        return told
    if open_.settled:
        always = [names.option(name) for name, share in open_.shares if share == 1]
        return [*told, words.text("weigh.outcome.settled", options=always)]
    first, second = names.option(open_.first), names.option(open_.second)
    items = [
        words.text("weigh.outcome.share", option=names.option(name), share=share)
        for name, share in open_.shares
    ]
    facts = {"first": first, "second": second, "low": open_.low, "high": open_.high}
    return [
        *told,
        words.text("weigh.outcome.shares", items=items),
        words.text("weigh.outcome.open", **facts),
        _question(comparison, open_, words),
        words.text("weigh.outcome.sample", draws=open_.draws),
    ]


def _winners(comparison: Comparison, words: Words) -> list[str]:
    """Return who is first with the weights, or can be where effects are missing, and of whom."""
    names, first = names_of(comparison.problem, words.language), comparison.first.overall
    winners = [names.option(name) for name in first.alternatives]
    key = "first" if first.settled else "depends"
    told = [words.text(f"weigh.outcome.{key}", options=winners)]
    options = comparison.problem.alternatives
    allowed = zip(options, comparison.admissible, strict=True)
    if out := [names.option(option.id) for option, allowed in allowed if not allowed]:
        told.append(words.text("weigh.outcome.left_out", options=out))
    if none_admissible(comparison):
        told.append(words.text("weigh.outcome.none_admissible"))
    return told


def _question(comparison: Comparison, open_: Undecided, words: Words) -> str:
    asked, names = open_.question, names_of(comparison.problem, words.language)
    if asked is None:
        return words.text("weigh.outcome.no_question")
    return words.text(
        f"weigh.outcome.question{'' if asked.times == 1 else '_times'}",
        one=names.criterion(asked.first),
        two=names.criterion(asked.second),
        times=asked.times,
        first=names.option(open_.first),
        second=names.option(open_.second),
        yes=asked.yes,
        no=asked.no,
    )
