"""The whole report from what was found: its text, its dossier, and the page that holds both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.io.carriers import embed_packed
from afweging.io.dossier import dossier_bytes, fingerprint
from afweging.memo.content import text_with_values
from afweging.memo.dossier import make_dossier
from afweging.memo.headings import REPORT, report_headings
from afweging.memo.report.page import report_page
from afweging.memo.report.what_if import what_if_document
from afweging.memo.results import results_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from afweging.io.dossier import Settings
    from afweging.memo.blocks import MemoText
    from afweging.memo.matter import Matter


def report_bytes(matter: Matter, settings: Settings, *, day: date) -> tuple[bytes, str]:
    """Return the report as a page with its dossier in it, and the fingerprint of that.

    Parameters
    ----------
    matter : Matter
        What was found, as `afweging.memo.results.find` does.
    settings : Settings
        With which it was found.
    day : date
        The date of the document.
    """
    comparison = matter.comparison
    text, page = text_and_page(matter, day=day)
    found = results_document(comparison, matter.robust)
    dossier = dossier_bytes(
        make_dossier(comparison.problem, comparison.request, settings, text, found)
    )
    mark = fingerprint(dossier)
    return embed_packed(page(mark).encode("utf-8"), dossier), mark


def text_and_page(matter: Matter, *, day: date) -> tuple[MemoText, Callable[[str], str]]:
    """Return the text of the report, and what makes the page around a fingerprint."""
    words = matter.words
    text, values = text_with_values(
        matter, kind=REPORT, day=day, concept=False, headings=report_headings(words)
    )
    model = what_if_document(matter.comparison, words)

    def page(mark: str) -> str:
        return report_page(text, words, mark, model=model, values=values)

    return text, page
