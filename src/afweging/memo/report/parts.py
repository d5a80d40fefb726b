"""The parts that the interactive report has and a memo has not, or has in another form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis import notice_sentences, robust_page, sentences
from afweging.analysis.naming import profile_names
from afweging.analysis.word_table import WordTable
from afweging.charts.answer_charts import (
    ranked,
    ranking_chart,
    regret_chart,
    scenario_chart,
    span,
    taking_part,
)
from afweging.charts.robust_charts import (
    flip_chart,
    places_chart,
    score_regret_chart,
    stability_chart,
)
from afweging.memo import sure_parts
from afweging.memo.answer_parts import charted, charted_table, why
from afweging.memo.report import tables
from afweging.memo.report.what_if import Refusal, refusal_of
from afweging.methods.ranking import leaders

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from afweging.analysis.robustness import Robustness
    from afweging.charts.chart import Chart
    from afweging.memo.matter import Matter
    from afweging.memo.page import Page
    from afweging.wording import Words

CHARTS: Mapping[str, Callable[[Robustness, Words], Chart | None]] = {
    "flips": flip_chart,
    "stability": stability_chart,
    "acceptability": places_chart,
    "futures": score_regret_chart,
}


def answer(page: Page, matter: Matter) -> None:
    """Add the answer in a few sentences, what takes part, and the warnings."""
    comparison, words = matter.comparison, matter.words
    page.paragraphs(sentences.headline(comparison, words))
    page.items(sentences.requirements(comparison, words))
    warnings = notice_sentences.notices(comparison, words)
    if warnings:
        page.heading(words.text("report.answer.notices"))
        page.items(warnings)


def what_if(page: Page, matter: Matter) -> None:
    """Add what can be done with the weights here, or why nothing can; who takes no part."""
    words, names = matter.words, matter.names
    refusal = refusal_of(matter.comparison)
    if refusal is not None:
        gaps = [names.option(name) for name in matter.comparison.gaps]
        facts: dict[Refusal, dict[str, object]] = {"gaps": {"options": gaps}, "one_lens": {}}
        page.paragraph(words.text(f"report.what_if.{refusal}", **facts[refusal]))
        return
    page.paragraph(words.text("report.what_if.lead"))
    out = [
        names.option(each.id)
        for each in matter.comparison.problem.alternatives
        if each.id not in matter.ranked
    ]
    if out:
        page.paragraph(words.text("report.what_if.screened", options=out))


def ranking(page: Page, matter: Matter) -> None:
    """Add the scores with what each lens gives, and why the first is above the second."""
    comparison = matter.comparison
    chart = ranking_chart(comparison, matter.words)
    at = [matter.place(name) for name in ranked(comparison)]
    scores = comparison.scores
    values = [[None, *scores.lenses.low[a].tolist(), float(scores.expected.low[a])] for a in at]
    page.figure(chart)
    charted_table(page, matter, chart, values)
    why(page, matter)


def scenarios(page: Page, matter: Matter) -> None:
    """Add who is first where, the score in each scenario, and the regret there."""
    comparison, words = matter.comparison, matter.words
    page.items([*sentences.winners(comparison, words), *sentences.likelihoods(comparison, words)])
    if len(comparison.cases.ids["scenario"]) == 1:
        return
    chart = scenario_chart(comparison, words)
    at = [matter.place(name) for name in ranked(comparison)]
    scores = comparison.scores.axes["scenario"].low[:, at].T.tolist()
    page.figure(chart)
    charted_table(page, matter, chart, [[None, *row] for row in scores])
    if len(matter.ranked) > 1:
        _regret(page, matter)


def _regret(page: Page, matter: Matter) -> None:
    comparison, words = matter.comparison, matter.words
    page.heading(words.text("report.regret.title"))
    page.paragraph(matter.say("scenarios.regret"))
    page.paragraphs(sentences.least_regret(comparison, words))
    chart = regret_chart(comparison, words)
    greatest = [each.span.low for each in comparison.regret.over_scenarios]
    order = sorted(
        range(len(greatest)),
        key=lambda k: (greatest[k], comparison.regret.over_scenarios[k].alternative),
    )
    page.figure(chart)
    charted_table(page, matter, chart, [[None, None, greatest[k]] for k in order])
    tables.regret_table(page, matter)


def people(page: Page, matter: Matter) -> None:
    """Add who prefers what, as in a memo, and per profile the best and the worst option."""
    comparison, words = matter.comparison, matter.words
    panel = comparison.problem.panel
    if panel and len(matter.ranked) > 1:
        page.table(_best_and_worst(matter))
        if any(profile.origin == "about" for profile in panel):
            page.paragraph(words.text("compare.profiles.about"))
    sure_parts.people(page, matter)


def _best_and_worst(matter: Matter) -> WordTable:
    """Return per profile who is best and who is worst, with their scores."""
    comparison, words = matter.comparison, matter.words
    order = taking_part(comparison)
    at = [matter.place(name) for name in order]
    low, high = (b[:, at] for b in (comparison.scores.panel.low, comparison.scores.panel.high))
    depends = any(each.verdict == "depends" for each in comparison.screening)

    def end(p: int, *, best: bool) -> tuple[str, str]:
        """Return who is at one end of a profile and the score; open where a gap decides."""
        bounds = (low[p], high[p]) if best else (-high[p], -low[p])
        first, settled = leaders(*bounds)
        if depends or not settled:
            return words.text("report.profiles.open"), matter.say("cell.none")
        places = np.flatnonzero(first).tolist()
        named = words.join([matter.names.option(order[k]) for k in places])
        return named, span(float(low[p, places[0]]), float(high[p, places[0]]), "3", words)

    people = profile_names(
        comparison.problem, words, [profile.id for profile in comparison.problem.panel]
    )
    rows = []
    for p, name in enumerate(people):
        (best, most), (worst, least) = end(p, best=True), end(p, best=False)
        rows.append((name, best, worst, most, least))
    keys = ("best", "worst", "most", "least")
    heads = [matter.say("head.profile"), *(words.text(f"report.profiles.{key}") for key in keys)]
    return WordTable(words.text("report.profiles.title"), tuple(heads), tuple(rows), left=3)


def robustness(page: Page, matter: Matter) -> None:
    """Add all sentences and tables on how sure the answer is, with the charts of the memo."""
    found, words = matter.robust, matter.words
    if found is None:
        page.paragraph(matter.say("sureness.gaps"))
        return
    told = sentences.headline(matter.comparison, words)
    for section in robust_page.sections(found, words):
        is_answer = section.name == "answer"  # what stands at the top is not said again
        page.heading(words.text("report.robustness.brief") if is_answer else section.title)
        page.paragraphs(line for line in section.lines if not (is_answer and line in told))
        if section.name in CHARTS and len(matter.ranked) > 1:
            charted(page, matter, CHARTS[section.name](found, words))
        for table in section.tables:
            page.table(table)


def redo(page: Page, matter: Matter) -> None:
    """Add how to check this page and to make it again."""
    page.paragraphs(matter.words.text(f"report.redo.{key}") for key in ("verify", "alone"))


REPORT_PARTS: Mapping[str, Callable[[Page, Matter], None]] = {
    "report_answer": answer,
    "report_what_if": what_if,
    "report_ranking": ranking,
    "report_scenarios": scenarios,
    "report_contributions": tables.contributions,
    "report_effects": tables.effects,
    "report_people": people,
    "report_robustness": robustness,
    "report_redo": redo,
}
