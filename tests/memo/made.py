"""A memo in four formats with its dossier in it, and changes made to it, for tests to share."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import afweging as afw
from afweging.io.archive import read_parts, write_parts
from afweging.io.carriers import embed
from afweging.io.dossier import Settings, dossier_bytes, fingerprint
from afweging.memo.build import html_bytes, office_bytes, pdf_bytes
from afweging.memo.content import memo_text
from afweging.memo.dossier import make_dossier
from afweging.memo.results import find, results_document
from afweging.wording import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from afweging.io.carriers import Carrier
    from afweging.wording import Language

FORMATS: tuple[Carrier, ...] = ("pdf", "docx", "odt", "html")
DAY = date(2026, 11, 25)


@cache
def memo(
    carrier: Carrier,
    *,
    language: Language = "nl",
    name: str = "leervoorbeeld",
    kind: str = "memo",
) -> bytes:
    """Return the memo of one of the problems, whole."""
    problem, request, settings = _asked(name)
    comparison, robust = find(problem, request, settings)
    text = memo_text(comparison, robust, Words(language), kind=kind, day=DAY)
    results = results_document(comparison, robust)
    dossier = dossier_bytes(make_dossier(problem, request, settings, text, results))
    mark = fingerprint(dossier)
    if carrier == "json":
        return dossier
    if carrier == "pdf":
        return pdf_bytes(text, mark, dossier)
    made = html_bytes(text, mark) if carrier == "html" else office_bytes(text, mark, carrier)
    return embed(carrier, made, dossier)


def _asked(name: str) -> tuple[afw.DecisionProblem, afw.Request, Settings]:
    return afw.read_problem(f"scenarios/{name}"), afw.Request(), Settings(draws=200, seed=4)


def edited(carrier: Carrier, content: bytes, change: Callable[[str], str]) -> bytes:
    """Return a memo whose text was changed by a function of the whole of its markup."""
    if carrier == "html":
        return change(content.decode()).encode()
    parts = read_parts(content)
    name = "word/document.xml" if carrier == "docx" else "content.xml"
    return write_parts({**parts, name: change(parts[name].decode()).encode()})
