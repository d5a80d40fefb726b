"""The large tables of the interactive report: regret, contributions, and effects as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.word_table import WordTable
from afweging.charts.answer_charts import ranked, span, taking_part
from afweging.charts.weight_legend import option_labels
from afweging.methods.aggregation import weighted_mean
from afweging.model.criterion import Ordinal, criteria_under
from afweging.model.provenance import EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from afweging.memo.matter import Matter
    from afweging.memo.page import Page
    from afweging.model.criterion import Criterion

    FloatArray = NDArray[np.float64]


def _legend(page: Page, matter: Matter, order: Sequence[str]) -> list[str]:
    """Return short heads for the options, and add what they stand for where they are letters."""
    labels = option_labels(order)
    if any(labels[name][1] != name for name in order):
        page.items(f"{labels[name][1]} = {matter.names.option(name)}" for name in order)
    return [labels[name][1] for name in order]


def regret_table(page: Page, matter: Matter) -> None:
    """Add the regret of each option that takes part, in each scenario."""
    comparison, words = matter.comparison, matter.words
    order = taking_part(comparison)
    at = [matter.place(name) for name in order]
    low, high = (
        b[:, at] for b in (comparison.regret.by_scenario.low, comparison.regret.by_scenario.high)
    )
    heads = _legend(page, matter, order)
    rows = [
        (
            matter.names.case("scenario", name),
            *(span(float(low[g, k]), float(high[g, k]), "gap", words) for k in range(len(at))),
        )
        for g, name in enumerate(comparison.cases.ids["scenario"])
    ]
    head = matter.say("axis.scenario")
    table = WordTable(words.text("report.regret.table"), (head, *heads), tuple(rows))
    page.table(table, values=[[None, *row] for row in low.tolist()])


def _lens_names(matter: Matter) -> dict[str, str]:
    """Return the name of the lens of each criterion."""
    return {
        criterion.id: lens.name.in_language(matter.words.language)
        for lens in matter.comparison.problem.tree.children
        for criterion in criteria_under(lens)
    }


def contributions(page: Page, matter: Matter) -> None:
    """Add what each criterion gives to the score of each option."""
    comparison, words = matter.comparison, matter.words
    order = ranked(comparison)
    at = [matter.place(name) for name in order]
    scores, lenses = comparison.scores.criteria, _lens_names(matter)
    page.paragraph(words.text("report.contributions.lead"))
    heads = _legend(page, matter, order)
    rows, values = [], []
    for c, criterion in enumerate(comparison.problem.criteria):
        weight = float(comparison.weights.criteria[c])
        ends = [(float(scores.low[a, c]), float(scores.high[a, c])) for a in at]
        rows.append(
            (
                matter.names.criterion(criterion.id),
                lenses[criterion.id],
                words.format_field(weight, "weight"),
                *(span(low, high, "4", words) for low, high in ends),
            )
        )
        values.append([None, None, weight, *(low for low, _ in ends)])
    keys = ("criterion", "lens", "weight")
    table = WordTable(
        words.text("report.contributions.table"),
        (*(words.text(f"report.head.{key}") for key in keys), *heads),
        tuple(rows),
        left=2,
    )
    page.table(table, values=values)


def effects(page: Page, matter: Matter) -> None:
    """Add the effects in their own units: mean and range over the cases, source and evidence."""
    words, comparison = matter.words, matter.comparison
    page.paragraph(words.text("report.effects.lead", cases=len(comparison.weights.cases)))
    rows, lenses = [], _lens_names(matter)
    values: list[list[float | None]] = []
    mode = comparison.problem.effects.mode[comparison.cases.rows]  # (S, A, C)
    for c, criterion in enumerate(comparison.problem.criteria):
        for a, option in enumerate(comparison.problem.alternatives):
            row, numbers = _effect(matter, criterion, mode[:, a, c], a, c)
            told = (matter.names.criterion(criterion.id), lenses[criterion.id])
            rows.append((*told, matter.names.short(option.id), *row))
            values.append([*([None] * 6), *numbers])
    keys = ("criterion", "lens", "option", "unit", "evidence", "source")
    heads = [words.text(f"report.head.{key}") for key in (*keys, "mean", "low", "high", "value")]
    title = words.text("report.effects.table")
    page.table(WordTable(title, tuple(heads), tuple(rows), left=6), values=values)


def _effect(
    matter: Matter, criterion: Criterion, mode: FloatArray, a: int, c: int
) -> tuple[tuple[str, ...], list[float | None]]:
    """Return the cells about one option and criterion after its names, and their numbers."""
    comparison, words = matter.comparison, matter.words
    means = comparison.scores.means.at(a, c)
    shown = (matter.names.unit[criterion.id], _evidence(matter, a, c), _sources(matter, a, c))
    levels, numbers = _levels(matter, criterion, mode)
    value = span(means.low, means.high, "3", words)
    return (*shown, *levels, value), [*numbers, means.low]


def _levels(
    matter: Matter, criterion: Criterion, mode: FloatArray
) -> tuple[list[str], list[float | None]]:
    """Return mean, least and greatest effect over the cases; of classes only the ends."""
    if np.isnan(mode).any():
        return [matter.say("cell.unknown")] * 3, [None] * 3
    low, high = float(mode.min()), float(mode.max())
    if isinstance(criterion.value_function, Ordinal):
        classes = criterion.value_function.classes
        ends = [classes[int(k)].name.in_language(matter.words.language) for k in (low, high)]
        return [matter.say("cell.none"), *ends], [None, low, high]
    mean = float(weighted_mean(mode, matter.comparison.weights.cases))
    numbers = [mean, low, high]
    shown = [matter.words.format_field(float(f"{each:.3g}"), "number") for each in numbers]
    return shown, list(numbers)


def _evidence(matter: Matter, a: int, c: int) -> str:
    """Return the marks of the evidence under one option and criterion, the best first."""
    comparison = matter.comparison
    known = ~np.isnan(comparison.problem.effects.mode[comparison.cases.rows][:, a, c])
    found = comparison.problem.effects.evidence[comparison.cases.rows][:, a, c][known]
    marks = [EVIDENCE[k] for k in sorted(set(found.tolist()))]
    told = [matter.words.text(f"compare.mark.{mark}") for mark in marks]
    return matter.words.join(told) or matter.say("cell.none")


def _sources(matter: Matter, a: int, c: int) -> str:
    """Return the ids of the sources under one option and criterion; their titles stand below."""
    comparison = matter.comparison
    found = comparison.problem.effects.source[comparison.cases.rows][:, a, c]
    names = [comparison.problem.sources[k].id for k in sorted(set(found.tolist())) if k >= 0]
    return ", ".join(names) or matter.say("cell.none")
