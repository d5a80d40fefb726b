"""The part of a memo about a live session: how it was run, what it came to, who disagreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.session import result_sentences as tell
from afweging.charts.round_chart import round_chart
from afweging.memo.answer_parts import charted

if TYPE_CHECKING:
    from afweging.analysis.session.result_sentences import SessionTold
    from afweging.memo.matter import Matter
    from afweging.memo.page import Page


def session(page: Page, matter: Matter) -> None:
    """Add the session; nothing where there was none."""
    told = matter.session
    if told is None:
        return
    page.paragraphs([*tell.held(told), *tell.rounds(told)])
    _moves(page, matter, told)
    _choices(page, told)
    _group(page, told)
    _disagreement(page, told)
    _decision(page, told)
    page.items(tell.hashes(told))


def _moves(page: Page, matter: Matter, told: SessionTold) -> None:
    """Add how the weights lay in each round, and how they moved."""
    chart = round_chart(told)
    if chart is None:
        return
    page.heading(chart.caption if len(told.rounds) == 1 else told.say("shift.heading"))
    page.paragraph(chart.alternative)
    page.paragraphs(tell.shift(told))
    charted(page, matter, chart)


def _choices(page: Page, told: SessionTold) -> None:
    lines = tell.choices(told)
    if lines:
        page.heading(told.say("choices.heading"))
        page.paragraphs(lines)
        page.table(tell.choice_table(told))


def _group(page: Page, told: SessionTold) -> None:
    lines = tell.group(told)
    if lines:
        page.heading(told.say("group.heading"))
        page.paragraphs(lines)
        page.table(tell.group_table(told))


def _disagreement(page: Page, told: SessionTold) -> None:
    """Add the groups, for how many another option is better, and the reasons that were quoted."""
    if told.rounds:
        page.heading(told.say("groups.heading"))
        page.paragraphs(tell.groups(told))
        page.table(tell.group_weights_table(told))
    lines, quotes = tell.minority(told), tell.quotes(told)
    if lines or quotes:
        page.heading(told.say("minority.heading"))
        page.paragraphs(lines)
    if quotes:
        page.paragraph(told.say("minority.quotes"))
        page.items(quotes)


def _decision(page: Page, told: SessionTold) -> None:
    """Add the decision with its conditions, who stands behind it, and what is left out."""
    page.heading(told.say("decision.heading"))
    page.paragraphs(tell.decision(told))
    if told.record.conditions:
        page.paragraph(told.say("decision.conditions"))
        page.items(told.record.conditions)
    remarks = tell.remarks(told)
    if remarks:
        page.paragraph(told.say("decision.remarks"))
        page.items(remarks)
    page.paragraphs(tell.left_out(told))
