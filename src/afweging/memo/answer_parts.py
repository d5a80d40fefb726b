"""The parts of a memo that tell the question and the answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis import sentences
from afweging.analysis.explain import explain
from afweging.analysis.explanation_sentences import explanation_sentences
from afweging.analysis.word_table import WordTable
from afweging.charts.answer_charts import ranking_chart, regret_chart, scenario_chart
from afweging.memo.advice import advice
from afweging.methods.aggregation import weighted_mean
from afweging.model.criterion import Ordinal, criteria_under
from afweging.model.result import AXES

if TYPE_CHECKING:
    from afweging.charts.chart import Chart
    from afweging.memo.matter import Matter
    from afweging.memo.page import Page, Values
    from afweging.model.criterion import Criterion
    from afweging.model.problem import Alternative


def charted(page: Page, matter: Matter, chart: Chart | None) -> None:
    """Add a picture and the table of its numbers; nothing for no chart."""
    if chart is None:
        return
    page.figure(chart)
    charted_table(page, matter, chart)


def charted_table(page: Page, matter: Matter, chart: Chart, values: Values | None = None) -> None:
    """Add the table of the numbers of a picture; `values` are the numbers behind its cells."""
    title = matter.say("numbers", title=chart.table.title)
    page.table(replace(chart.table, title=title), more=matter.say("more"), values=values)


def question(page: Page, matter: Matter) -> None:
    """Add what is asked, by whom it is decided, and what was compared with whose weights."""
    problem, words = matter.comparison.problem, matter.words
    if problem.description is not None:
        page.paragraph(problem.description.in_language(words.language))
    page.paragraph(_compared(matter))
    leads = _leads(matter)
    if leads:
        page.paragraph(matter.say("question.leads", leads=leads))
    request = matter.comparison.request
    if request.profile is None:
        page.paragraph(matter.say("question.tree_weights"))
    else:
        profile = matter.names.profile[request.profile]
        page.paragraph(matter.say("question.profile", profile=profile))


def _compared(matter: Matter) -> str:
    cases = matter.comparison.cases
    counts: dict[str, object] = {axis: len(cases.ids[axis]) for axis in AXES}
    options, total = (
        len(matter.comparison.problem.alternatives),
        len(matter.comparison.weights.cases),
    )
    key = "question.cases" if total > 1 else "question.one_case"
    return matter.say(key, options=options, cases=total, **counts)


def _leads(matter: Matter) -> list[str]:
    problem, language = matter.comparison.problem, matter.words.language
    used = {name for option in problem.alternatives for name in option.lead}
    return [each.name.in_language(language) for each in problem.portfolios if each.id in used]


def advise(page: Page, matter: Matter) -> None:
    """Add the advice, each sentence a paragraph of its own."""
    page.paragraphs(advice(matter))


def options(page: Page, matter: Matter) -> None:
    """Add what each option is, who leads it, what it costs, and the requirements."""
    problem = matter.comparison.problem
    for each in problem.alternatives:
        if each.description is not None:
            text = each.description.in_language(matter.words.language)
            page.paragraph(
                matter.say("options.what", option=matter.names.option(each.id), text=text)
            )
    keys = ("option", "roles", "fte", "cost", "meets")
    page.table(
        WordTable(
            matter.say("options.table"),
            tuple(matter.say(f"head.{key}") for key in keys),
            tuple(_option_row(matter, each) for each in problem.alternatives),
            left=2,
        )
    )
    page.items(sentences.requirements(matter.comparison, matter.words))


def _option_row(matter: Matter, each: Alternative) -> tuple[str, ...]:
    words, none = matter.words, matter.say("cell.none")
    meets = "yes" if each.id in matter.ranked else "no"
    if any(
        s.alternative == each.id and s.verdict == "depends" for s in matter.comparison.screening
    ):
        meets = "open"
    return (
        matter.names.option(each.id),
        words.join(list(each.roles)) if each.roles else none,
        none if each.fte is None else words.format_field(each.fte, "number"),
        none if each.euro_per_year is None else words.format_field(each.euro_per_year, "money"),
        matter.say(f"cell.{meets}"),
    )


def ranking(page: Page, matter: Matter) -> None:
    """Add the scores, and why the first is above the second and every other."""
    page.paragraphs(sentences.headline(matter.comparison, matter.words))
    chart = ranking_chart(matter.comparison, matter.words)
    charted(page, matter, chart)
    why(page, matter)


def why(page: Page, matter: Matter) -> None:
    """Add why the first is above the second; nothing where nobody is first alone."""
    if matter.winner is None or matter.rival is None:
        return
    page.heading(matter.say("ranking.why", option=matter.names.option(matter.winner)))
    told = explain(matter.comparison, matter.winner, matter.rival)
    _explained(page, explanation_sentences(matter.comparison, told, matter.words))


def _explained(page: Page, lines: list[str]) -> None:
    """Add lines; those that start with a dash are a list."""
    items: list[str] = []
    for line in lines:
        if line.startswith("- "):
            items.append(line[2:])
            continue
        page.items(items)
        items = []
        page.paragraph(line)
    page.items(items)


def tradeoffs(page: Page, matter: Matter) -> None:
    """Add per lens the mean effects in natural units, and what weighs against what."""
    shown = [name for name in (matter.winner, matter.rival) if name is not None]
    shown = shown or list(matter.winners[:2])
    reference = [each.id for each in matter.comparison.problem.alternatives if each.reference]
    shown += [name for name in reference[:1] if name not in shown]
    mode = matter.comparison.problem.effects.mode[matter.comparison.cases.rows]
    means = weighted_mean(mode, matter.comparison.weights.cases)  # (A, C)
    places = {criterion.id: c for c, criterion in enumerate(matter.comparison.problem.criteria)}
    page.paragraph(matter.say("tradeoffs.intro"))
    for k, lens in enumerate(matter.comparison.problem.tree.children):
        name = lens.name.in_language(matter.words.language)
        weight = float(matter.comparison.weights.lenses[k])
        title = matter.say("tradeoffs.table", lens=name, weight=weight)
        rows = []
        for criterion in criteria_under(lens):
            c = places[criterion.id]
            cells = [_effect(matter, criterion, float(means[matter.place(o), c])) for o in shown]
            better = matter.words.text(f"compare.direction.{criterion.direction}")
            rows.append(
                (
                    matter.names.criterion(criterion.id),
                    matter.names.unit[criterion.id],
                    better,
                    *cells,
                )
            )
        heads = [matter.say(f"head.{key}") for key in ("criterion", "unit", "better")]
        heads += [matter.names.short(option) for option in shown]
        page.table(WordTable(title, tuple(heads), tuple(rows), left=3))
    page.items(sentences.exchange(matter.comparison, matter.words))


def _effect(matter: Matter, criterion: Criterion, mean: float) -> str:
    if np.isnan(mean):
        return matter.say("cell.unknown")
    if isinstance(criterion.value_function, Ordinal):
        return matter.say("cell.none")
    return matter.words.format_field(float(f"{mean:.3g}"), "number")


def scenarios(page: Page, matter: Matter) -> None:
    """Add who is first where, the scores per scenario and the regret."""
    comparison, words = matter.comparison, matter.words
    page.items([*sentences.winners(comparison, words), *sentences.likelihoods(comparison, words)])
    if len(comparison.cases.ids["scenario"]) == 1:
        return
    chart = scenario_chart(comparison, words)
    charted(page, matter, chart)
    if len(matter.ranked) > 1:
        page.paragraph(matter.say("scenarios.regret"))
        page.paragraphs(sentences.least_regret(comparison, words))
        charted(page, matter, regret_chart(comparison, words))


def finance(page: Page, matter: Matter) -> None:
    """Add the costs of the options that take part."""
    known = [
        each
        for each in matter.comparison.problem.alternatives
        if each.id in matter.ranked and each.euro_per_year is not None
    ]
    if not known:
        page.paragraph(matter.say("finance.unknown"))
    page.items(
        matter.say(
            "finance.cost" if each.fte is None else "finance.cost_fte",
            option=matter.names.option(each.id),
            euro=each.euro_per_year,
            fte=each.fte,
        )
        for each in known
    )
