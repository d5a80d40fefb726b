"""A memo as blocks, built from what was found; every number in it is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date

from afweging.charts.answer_charts import profile_chart, ranking_chart, scenario_chart
from afweging.charts.robust_charts import places_chart
from afweging.memo import answer_parts, ground_parts, session_parts, sure_parts
from afweging.memo.blocks import MemoText
from afweging.memo.headings import REPORT, usual_headings
from afweging.memo.matter import Matter
from afweging.memo.page import WIDE, WIDEST, Page, tidy
from afweging.memo.report.parts import REPORT_PARTS
from afweging.wording.numbers import LOCALES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from afweging.analysis.robustness import Robustness
    from afweging.analysis.session.result_sentences import SessionTold
    from afweging.memo.headings import Headings
    from afweging.memo.page import Values
    from afweging.model.result import Comparison
    from afweging.wording import Words


def memo_text(  # noqa: PLR0913 - what a document needs beside its contents
    comparison: Comparison,
    robust: Robustness | None,
    words: Words,
    *,
    kind: str,
    day: date,
    concept: bool = True,
    headings: Headings | None = None,
    session: SessionTold | None = None,
) -> MemoText:
    """Return the text of a memo.

    Parameters
    ----------
    comparison : Comparison
    robust : Robustness, optional
        How sure the answer of this comparison is; None where effects are missing.
    words : Words
    kind : str
        The kind of document: memo, statenmededeling, statenvoorstel, poster, or one of a file.
    day : date
        The date of the document.
    concept : bool
        Whether it is marked as a draft.
    headings : Headings, optional
        The parts and their headings, in place of the usual ones of the kind.
    session : SessionTold, optional
        The live session that it rests on; without one it has no part about it.

    Raises
    ------
    RequestError
        When there is no such kind and no headings are given.
    """
    matter = Matter(comparison, robust, words, session)
    return text_with_values(matter, kind=kind, day=day, concept=concept, headings=headings)[0]


def text_with_values(
    matter: Matter,
    *,
    kind: str,
    day: date,
    concept: bool = True,
    headings: Headings | None = None,
) -> tuple[MemoText, Mapping[str, Values]]:
    """Return the text of a memo, and by the id of a table the numbers behind its cells.

    Only tables that were given with their numbers have these.

    Raises
    ------
    RequestError
        When there is no such kind and no headings are given.
    """
    words = matter.words
    chosen = usual_headings(kind, words) if headings is None else headings
    page = Page(WIDE if kind == REPORT else WIDEST)
    _about(page, matter, chosen.name, day, concept=concept)
    for part, heading in chosen.parts.items():
        if part == "session" and matter.session is None:
            continue
        page.start(part, heading)
        if part in PARTS:
            PARTS[part](page, matter)
        else:
            page.paragraphs(chosen.texts.get(part, (matter.say("fill_in"),)))
        if page.is_empty:
            page.paragraph(matter.say("nothing"))
    title = matter.comparison.problem.title.in_language(words.language)
    text = MemoText(
        language=words.language,
        kind=kind,
        title=tidy(title),
        date=day.isoformat(),
        concept=concept,
        blocks=tuple(page.blocks),
    )
    return text, page.values


def _about(page: Page, matter: Matter, name: str, day: date, *, concept: bool) -> None:
    """Add what kind of document this is, its date, and that it is a draft."""
    page.part = "about"
    shown = format_date(day, format="long", locale=LOCALES[matter.words.language])
    page.paragraph(matter.say("about.concept" if concept else "about.final", kind=name, date=shown))


def _pictures(page: Page, matter: Matter) -> None:
    """Add the pictures of the poster, without their tables."""
    comparison, words = matter.comparison, matter.words
    page.figure(ranking_chart(comparison, words))
    if len(comparison.cases.ids["scenario"]) > 1:
        page.figure(scenario_chart(comparison, words))
    if matter.robust is not None and len(matter.ranked) > 1:
        page.figure(places_chart(matter.robust, words))
    if comparison.problem.panel and len(matter.ranked) > 1:
        page.figure(profile_chart(comparison, words))


PARTS: Mapping[str, Callable[[Page, Matter], None]] = {
    "question": answer_parts.question,
    "advice": answer_parts.advise,
    "options": answer_parts.options,
    "ranking": answer_parts.ranking,
    "tradeoffs": answer_parts.tradeoffs,
    "scenarios": answer_parts.scenarios,
    "finance": answer_parts.finance,
    "sureness": sure_parts.sureness,
    "people": sure_parts.people,
    "session": session_parts.session,
    "conditions": sure_parts.conditions,
    "evidence": ground_parts.evidence,
    "method": ground_parts.method,
    "appendix": ground_parts.appendix,
    "pictures": _pictures,
    **REPORT_PARTS,
}
