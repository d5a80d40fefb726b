"""A memo in four formats with its dossier in it, and changes made to it, for tests to share."""

from __future__ import annotations

import base64
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from tests.memo.made_pdf import changed, tampered_pdf

import afweging as afw
from afweging.io.archive import read_parts, write_parts
from afweging.io.carriers import embed
from afweging.io.dossier import FILE, Settings, dossier_bytes, fingerprint
from afweging.memo.build import html_bytes, office_bytes, pdf_bytes
from afweging.memo.content import memo_text
from afweging.memo.dossier import make_dossier
from afweging.memo.results import find, results_document
from afweging.wording import Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from afweging.io.carriers import Carrier
    from afweging.wording import Language

FORMATS: tuple[Carrier, ...] = ("pdf", "docx", "odt", "html")
DAY = date(2026, 11, 25)
SVG = re.compile(rb'src="data:image/svg\+xml;base64,([^"]+)"')


@cache
def memo(carrier: Carrier, *, language: Language = "nl", name: str = "leervoorbeeld") -> bytes:
    """Return the memo of one of the problems, whole."""
    problem, request, settings = _asked(name)
    comparison, robust = find(problem, request, settings)
    text = memo_text(comparison, robust, Words(language), kind="memo", day=DAY)
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


def tampered(carrier: Carrier, content: bytes, random: Random) -> bytes:
    """Return a memo with one digit changed: in what it shows, in a picture, or in its dossier."""
    if carrier == "pdf":
        return tampered_pdf(content, random)
    if carrier == "html":
        return _page(content, random)
    parts = read_parts(content)
    shown = "word/document.xml" if carrier == "docx" else "content.xml"
    hidden = "customXml/afweging-dossier.xml" if carrier == "docx" else f"afweging-dossier/{FILE}"
    name = shown if random.random() < 0.8 else hidden
    spans = _texts(parts[name]) if name == shown else [(parts[name].find(b"{"), len(parts[name]))]
    return write_parts({**parts, name: changed(parts[name], spans, random)})


def _texts(content: bytes) -> list[tuple[int, int]]:
    """Return where text stands in markup: between tags, and in alternative texts."""
    between = re.finditer(rb">([^<]*[0-9][^<]*)<", content)
    told = re.finditer(rb'(?:docPr descr|alt)="([^"]*[0-9][^"]*)"', content)
    return [match.span(1) for match in (*between, *told)]


def _page(content: bytes, random: Random) -> bytes:
    if random.random() < 0.2:
        match = random.choice(list(SVG.finditer(content))[:-1])  # the last is the fingerprint
        picture = base64.b64decode(match[1])
        drawn = changed(picture, _texts(picture) or [(0, len(picture))], random)
        return content[: match.start(1)] + base64.b64encode(drawn) + content[match.end(1) :]
    start = content.index(b"<body")
    return changed(content, [s for s in _texts(content) if s[0] > start], random)
