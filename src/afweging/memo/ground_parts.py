"""The parts of a memo that tell what it rests on, how it was computed, and how to redo that."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis import notice_sentences, sentences
from afweging.analysis.word_table import WordTable
from afweging.charts.answer_charts import ranked, span
from afweging.charts.weight_legend import option_labels
from afweging.model.result import AXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afweging.memo.matter import Matter
    from afweging.memo.page import Page
    from afweging.model.provenance import Source


def evidence(page: Page, matter: Matter) -> None:
    """Add what the answer rests on, the warnings, and the sources."""
    comparison, words = matter.comparison, matter.words
    page.items(
        [*sentences.evidence(comparison, words), *notice_sentences.notices(comparison, words)]
    )
    sources = comparison.problem.sources
    if not sources:
        page.paragraph(matter.say("evidence.no_sources"))
        return
    kinds = Counter(source.kind for source in sources)
    columns = (matter.say("head.kind"), matter.say("head.count"))
    rows = tuple(
        (words.text(f"cli.kind.{kind}"), words.format_field(count, "number"))
        for kind, count in sorted(kinds.items(), key=lambda each: (-each[1], each[0]))
    )
    page.table(WordTable(matter.say("evidence.kinds"), columns, rows))
    used = list(_used(matter))
    heads = tuple(matter.say(f"head.{key}") for key in ("source", "title", "kind"))
    shown = tuple(
        (each.id, _about(matter, each), words.text(f"cli.kind.{each.kind}")) for each in used
    )
    page.table(WordTable(matter.say("evidence.used"), heads, shown, left=3))


def _used(matter: Matter) -> Iterator[Source]:
    """Yield the sources that an effect, a criterion, an option or a requirement names."""
    problem = matter.comparison.problem
    effects = problem.effects.source[matter.comparison.cases.rows]
    named = {problem.sources[k].id for k in np.unique(effects).tolist() if k >= 0}
    named |= {criterion.source for criterion in problem.criteria if criterion.source}
    named |= {option.source for option in problem.alternatives if option.source}
    named |= {requirement.source for requirement in problem.requirements if requirement.source}
    yield from (source for source in problem.sources if source.id in named)


def _about(matter: Matter, source: Source) -> str:
    """Return the title of a source, with its publisher and date where they are known."""
    title = source.title.in_language(matter.words.language)
    about = [part for part in (source.publisher, source.date) if part]
    return f"{title} ({', '.join(about)})" if about else title


def method(page: Page, matter: Matter) -> None:
    """Add how it was computed, in plain words with the numbers that were used."""
    comparison, found = matter.comparison, matter.robust
    facts = {
        "criteria": len(comparison.problem.criteria),
        "lenses": len(comparison.problem.tree.children),
        "cases": len(comparison.weights.cases),
    }
    asked = {
        "cases": facts["cases"] > 1,
        "regret": len(comparison.cases.ids["scenario"]) > 1 and len(matter.ranked) > 1,
        "requirements": bool(comparison.problem.requirements),
    }
    keys = ["values", "weights", "score", *(key for key, told in asked.items() if told)]
    page.paragraphs(matter.say(f"method.{key}", **facts) for key in keys)
    if found is None:
        page.paragraph(matter.say("method.gaps"))
    elif len(matter.ranked) > 1:
        page.paragraph(matter.say("method.flips"))
        drawn = found.acceptability
        page.paragraph(matter.say("method.draws", draws=drawn.drawn.draws, seed=drawn.seed))
    page.paragraph(matter.say("method.dossier"))


def appendix(page: Page, matter: Matter) -> None:
    """Add weights and mean values, from which every score can be computed by hand."""
    comparison, words = matter.comparison, matter.words
    order = ranked(comparison)
    labels = option_labels(order)
    page.paragraph(matter.say("appendix.how"))
    if any(labels[name][1] != name for name in order):
        page.items(f"{labels[name][1]} = {matter.names.option(name)}" for name in order)
    at = [matter.place(name) for name in order]
    means, expected = comparison.scores.means, comparison.scores.expected
    rows = [
        (
            matter.names.criterion(criterion.id),
            words.format_field(float(comparison.weights.criteria[c]), "weight"),
            *(span(float(means.low[a, c]), float(means.high[a, c]), "4", words) for a in at),
        )
        for c, criterion in enumerate(comparison.problem.criteria)
    ]
    scores = [span(float(expected.low[a]), float(expected.high[a]), "4", words) for a in at]
    rows.append((matter.say("appendix.score"), words.format_field(1.0, "weight"), *scores))
    heads = [matter.say("head.criterion"), matter.say("head.weight")]
    heads += [labels[name][1] for name in order]
    table = WordTable(matter.say("appendix.table"), tuple(heads), tuple(rows), left=2)
    page.table(table, more=matter.say("more"))
    page.table(_case_weights(matter))


def _case_weights(matter: Matter) -> WordTable:
    """Return the weight of every scenario, region and horizon."""
    cases, words = matter.comparison.cases, matter.words
    rows = tuple(
        (
            words.text(f"memo.axis.{axis}"),
            matter.names.case(axis, name),
            words.format_field(float(weight), "weight"),
        )
        for axis in AXES
        for name, weight in zip(cases.ids[axis], cases.weights[axis], strict=True)
    )
    heads = tuple(matter.say(f"head.{key}") for key in ("axis", "name", "weight"))
    return WordTable(matter.say("appendix.cases"), heads, rows, left=2)
