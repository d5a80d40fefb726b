"""The parts of a memo that tell how sure the answer is, who prefers what, and what to watch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis import (
    acceptability_sentences,
    adaptation_sentences,
    drivers_sentences,
    flip_table_sentences,
    robust_sentences,
    scenario_robustness_sentences,
    sentences,
    stability_sentences,
)
from afweging.analysis.naming import profile_names
from afweging.analysis.perspectives import view_perspectives
from afweging.analysis.word_table import WordTable
from afweging.charts.answer_charts import profile_chart, span
from afweging.charts.robust_charts import (
    flip_chart,
    places_chart,
    score_regret_chart,
    stability_chart,
)
from afweging.charts.weight_map import weight_map_chart, weight_map_key
from afweging.memo.answer_parts import charted, charted_table
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from afweging.analysis.perspectives import PerspectiveView
    from afweging.analysis.robustness import Robustness
    from afweging.memo.matter import Matter
    from afweging.memo.page import Page

SENTENCES = 4  # of each part of the robustness; the rest is in `afweging robust`


def sureness(page: Page, matter: Matter) -> None:
    """Add what would change the answer, how far weights can go, and the places over the draws."""
    found = matter.robust
    if found is None:
        page.paragraph(matter.say("sureness.gaps"))
        return
    if len(matter.ranked) == 1:
        page.paragraph(matter.say("sureness.alone"))
        return
    comparison, words = matter.comparison, matter.words
    page.table(robust_sentences.overview(found, words), more=matter.say("more"))
    page.heading(words.text("robust.section.flips"))
    page.paragraphs(flip_table_sentences.sentences(comparison, found.flips, words)[:SENTENCES])
    charted(page, matter, flip_chart(found, words))
    page.heading(words.text("robust.section.stability"))
    page.paragraphs(stability_sentences.sentences(comparison, found.stability, words)[:SENTENCES])
    charted(page, matter, stability_chart(found, words))
    page.heading(words.text("robust.section.acceptability"))
    told = acceptability_sentences.sentences(comparison, found.acceptability, words)
    page.paragraphs(told[:SENTENCES])
    charted(page, matter, places_chart(found, words))
    page.heading(words.text("robust.section.futures"))
    told = scenario_robustness_sentences.sentences(comparison, found.scenario_robustness, words)
    page.paragraphs(told[:SENTENCES])
    charted(page, matter, score_regret_chart(found, words))


def people(page: Page, matter: Matter) -> None:
    """Add who prefers what, the view of those concerned, and who is worse off with the first."""
    for view in view_perspectives(matter.comparison):
        _perspective(page, matter, view)
    if not matter.comparison.problem.panel:
        return
    page.heading(matter.say("people.profiles"))
    page.items(sentences.profiles(matter.comparison, matter.words))
    if len(matter.ranked) > 1:
        charted(page, matter, profile_chart(matter.comparison, matter.words))
        _minority(page, matter)
    if matter.robust is not None and matter.robust.weight_space.whole is not None:
        _map(page, matter, matter.robust)


def _map(page: Page, matter: Matter, found: Robustness) -> None:
    """Add the map of the weights on the lenses, where there is one."""
    if 2 <= len(matter.comparison.problem.tree.children) <= 4:
        page.heading(matter.say("people.map"))
        asked = (matter.comparison, found.weight_space, matter.words)
        chart = weight_map_chart(*asked)
        page.figure(chart)
        page.items(weight_map_key(*asked))
        charted_table(page, matter, chart)


def _perspective(page: Page, matter: Matter, view: PerspectiveView) -> None:
    """Add how options do on the criteria of one perspective; always the worst of them too."""
    names, words = matter.names, matter.words
    who = names.of[f"perspective {view.perspective}"]
    page.heading(matter.say("people.perspective", perspective=who))
    criteria = [names.criterion(name) for name in view.criteria]
    facts = {"perspective": who, "criteria": criteria, "weight": view.weight}
    page.paragraph(matter.say("people.criteria", count=len(criteria), **facts))
    if view.best and view.worst:
        best, worst = ([names.option(o) for o in found] for found in (view.best, view.worst))
        key = "people.same" if view.best == view.worst else "people.best_worst"
        page.paragraph(matter.say(key, perspective=who, best=best, worst=worst))
    else:
        page.paragraph(matter.say("people.open", perspective=who))
    rows = sorted(view.scores, key=lambda each: -each[1])
    page.table(
        WordTable(
            matter.say("people.table", perspective=who),
            (matter.say("head.option"), matter.say("head.own_score"), matter.say("head.score")),
            tuple(
                (names.option(o), span(low, high, "3", words), _score(matter, o))
                for o, low, high in rows
            ),
        )
    )


def _score(matter: Matter, option: str) -> str:
    a, expected = matter.place(option), matter.comparison.scores.expected
    return span(float(expected.low[a]), float(expected.high[a]), "3", matter.words)


def _minority(page: Page, matter: Matter) -> None:
    """Add for whom another option is better than the first, and how much they give up."""
    if matter.winner is None or matter.robust is None:
        return
    panel, scores = matter.comparison.problem.panel, matter.comparison.scores.panel.low
    first = {each.of: each.alternatives for each in matter.comparison.first.profiles}
    losses = []
    for p, profile in enumerate(panel):
        own = first[profile.id]
        loss = float(scores[p, matter.place(own[0])] - scores[p, matter.place(matter.winner)])
        if loss > SCORE_TOLERANCE:
            losses.append((loss, profile.id, own))
    page.heading(matter.say("people.minority"))
    winner = matter.names.option(matter.winner)
    if not losses:
        page.paragraph(matter.say("people.no_minority", winner=winner))
        return
    losses.sort(key=lambda each: (-each[0], each[1]))
    most = profile_names(matter.comparison.problem, matter.words, [losses[0][1]])[0]
    facts = {"count": len(losses), "total": len(panel), "profile": most, "loss": losses[0][0]}
    page.paragraph(matter.say("people.losses", winner=winner, **facts))
    rows = tuple(
        (
            profile_names(matter.comparison.problem, matter.words, [name])[0],
            matter.words.join([matter.names.option(option) for option in own]),
            matter.words.format_field(loss, "gap"),
        )
        for loss, name, own in losses
    )
    heads = tuple(matter.say(f"head.{key}") for key in ("profile", "own_choice", "loss"))
    page.table(WordTable(matter.say("people.loss_table", winner=winner), heads, rows, left=2))


def conditions(page: Page, matter: Matter) -> None:
    """Add the requirements, until when they are met, and what the answer depends on."""
    comparison, words, found = matter.comparison, matter.words, matter.robust
    page.items(sentences.requirements(comparison, words))
    if not comparison.problem.requirements:
        page.paragraph(matter.say("conditions.none"))
    if found is None:
        return
    if found.adaptation.empty is None:
        page.heading(words.text("robust.section.adaptation"))
        told = adaptation_sentences.sentences(comparison, found.adaptation, words)
        page.items(told)
    if len(matter.ranked) > 1:
        page.heading(words.text("robust.section.drivers"))
        page.items(drivers_sentences.sentences(comparison, found.drivers, words))
