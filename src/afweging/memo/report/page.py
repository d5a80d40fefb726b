"""The interactive report as one HTML page that needs nothing else, and asks nothing of anybody.

What is found stands in the page as text, as in a memo. What can be done with it is added by a
script of our own, from templates that are not shown without it. A policy in the page allows that
one script and that one style sheet, by their digests, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from functools import cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from afweging.memo.html import shown_block
from afweging.memo.report.controls import tools, what_if_controls
from afweging.memo.report.figures import shown_value
from afweging.memo.report.what_if import page_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from afweging.memo.blocks import Block, MemoText
    from afweging.memo.page import Values
    from afweging.wording import Words

SCRIPTS = ("data.js", "numbers.js", "model.js", "tables.js", "what_if.js", "start.js")
DATA = "page-data"
FOLDED = "report_robustness"  # each heading of this part can be opened; the first is
LONG = 20  # rows of a table; with more its heads stay in sight, and it can be searched
WHAT_IF = "report_what_if"
# the digests of scripts and style sheets that earlier versions of the program gave to a report
FORMER: frozenset[str] = frozenset()


def report_page(
    text: MemoText,
    words: Words,
    fingerprint: str,
    *,
    model: Mapping[str, object] | None,
    values: Mapping[str, Values],
) -> str:
    """Return a report as a page.

    Parameters
    ----------
    text : MemoText
    words : Words
    fingerprint : str
        Of its dossier.
    model : mapping, optional
        What it computes with (`what_if_document`); None where weights cannot be moved.
    values : mapping
        By the id of a table the numbers behind its cells, to sort by; others sort by what is
        shown.
    """
    style, script = style_text(), script_text()
    data = page_data(text.language, model, words)
    body = "\n".join(_sections(text, words, model, values))
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(text.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="dcterms.date" content="{escape(text.date)}">\n'
        f"<title>{escape(text.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<template>{tools(words)}</template>\n"
        f"<noscript><p>{escape(words.text('report.static.no_script'))}</p></noscript>\n"
        f'<main id="main" tabindex="-1">\n<h1>{escape(text.title)}</h1>\n{body}\n'
        f"{_mark(words, fingerprint)}</main>\n"
        f'<script type="application/json" id="{DATA}">{data}</script>\n'
        f'<script type="module">{script}</script>\n</body>\n</html>\n'
    )


def _mark(words: Words, fingerprint: str) -> str:
    """Return the fingerprint of the dossier, by which a check knows that they belong together."""
    title, told = words.text("memo.print.fingerprint"), words.text("memo.print.explain")
    return (
        f'<section aria-labelledby="fingerprint">\n<h2 id="fingerprint">{escape(title)}</h2>\n'
        f"<p>{escape(told)}</p>\n<p><code>{fingerprint}</code></p>\n</section>\n"
    )


def page_data(language: str, model: Mapping[str, object] | None, words: Words) -> str:
    """Return what the script reads; no `<` stands in it, so nothing can end it."""
    data = {"language": language, "words": page_words(words), "model": model}
    return json.dumps(data, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")


@cache
def script_text() -> str:
    """Return the script of the page."""
    folder = resources.files("afweging.memo.report") / "static"
    return "\n".join(folder.joinpath(name).read_text("utf-8") for name in SCRIPTS)


@cache
def style_text() -> str:
    """Return the style sheet of the page."""
    return (resources.files("afweging.memo.report") / "static/report.css").read_text("utf-8")


def is_own(text: str) -> bool:
    """Return whether a script or a style sheet is one that the program gives to a report."""
    return text in {script_text(), style_text()} or _digest(text) in FORMER


def _digest(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"sha256-{digest}"


# --- blocks -------------------------------------------------------------------------------------


def _sections(
    text: MemoText,
    words: Words,
    model: Mapping[str, object] | None,
    values: Mapping[str, Values],
) -> Iterator[str]:
    """Yield the parts of the page in order, each in a section of its own."""
    parts: list[list[tuple[int, Block]]] = [[]]
    for place, block in enumerate(text.blocks):
        if block.kind == "heading" and block.level == 1:
            parts.append([])
        parts[-1].append((place, block))
    for part in parts:
        inside = "\n".join(_part(part, text, values))
        if not part or part[0][1].kind != "heading":
            yield inside
            continue
        heading = part[0][1]
        if heading.id.startswith(f"{WHAT_IF}.") and model is not None:
            inside += f"\n<template>{what_if_controls(model, words)}</template>"
        yield f'<section aria-labelledby="{escape(heading.id)}">\n{inside}\n</section>'


def _part(
    part: Sequence[tuple[int, Block]], text: MemoText, values: Mapping[str, Values]
) -> Iterator[str]:
    folds, opened = 0, False
    for place, block in part:
        if block.kind == "heading" and block.level == 2 and block.id.startswith(f"{FOLDED}."):
            yield "</details>" if opened else ""
            yield f"<details{'' if folds else ' open'}><summary>{shown_block(block)}</summary>"
            folds, opened = folds + 1, True
        elif block.kind == "table":
            twin = text.blocks[place - 1].kind == "figure"
            yield _table(block, place, values.get(block.id), text.language, twin=twin)
        else:
            yield shown_block(block)
    if opened:
        yield "</details>"


def _table(block: Block, place: int, values: Values | None, language: str, *, twin: bool) -> str:
    """Return a table; that of a picture is closed, and its caption opens it."""
    caption = f"caption-{place}"
    title = escape(block.lines[0])
    heads = "".join(
        f'<th scope="col"{_number(k, block)}>{escape(head)}</th>'
        for k, head in enumerate(block.heads)
    )
    rows = "".join(_row(block, r, values, language) for r in range(len(block.rows)))
    kind = "wide long" if len(block.rows) > LONG else "wide"
    around = f'<div class="{kind}" role="region" tabindex="0" aria-labelledby="{caption}">\n'
    inside = f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>"
    if twin:
        return (
            f'<details class="twin"><summary><span id="{caption}">{title}</span></summary>\n'
            f'{around}<table id="{escape(block.id)}" aria-labelledby="{caption}">\n'
            f"{inside}</details>"
        )
    told = f'<caption id="{caption}"><span>{title}</span></caption>\n'
    return f'{around}<table id="{escape(block.id)}">\n{told}{inside}'


def _row(block: Block, row: int, values: Values | None, language: str) -> str:
    cells = []
    for column, cell in enumerate(block.rows[row]):
        if column == 0:
            cells.append(f'<th scope="row">{escape(cell)}</th>')
            continue
        value = None
        if column >= block.left:
            value = shown_value(cell, language) if values is None else values[row][column]
        told = "" if value is None or math.isnan(value) else f' data-value="{value!r}"'
        cells.append(f"<td{_number(column, block)}{told}>{escape(cell)}</td>")
    return f"<tr>{''.join(cells)}</tr>\n"


def _number(column: int, block: Block) -> str:
    return "" if column < block.left else ' class="number"'
