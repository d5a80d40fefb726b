"""A memo as one HTML page that needs nothing else: no script, no font, no file beside it."""

from __future__ import annotations

import base64
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afweging.memo.blocks import Block, MemoText

STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
  color: #1a1a1a; background: #ffffff; margin: 0 auto; padding: 1rem; max-width: 48rem; }
h1, h2, h3 { line-height: 1.25; margin: 2rem 0 0.75rem; }
figure { margin: 1.5rem 0; }
figure img { display: block; width: 100%; height: auto; }
figcaption, caption { font-weight: 600; text-align: left; padding: 0.25rem 0; }
.wide { overflow-x: auto; margin: 1.5rem 0; }
.wide:focus-visible { outline: 3px solid #14487c; outline-offset: 2px; }
table { border-collapse: collapse; font-size: 0.9rem; }
th, td { padding: 0.3rem 0.5rem; border-bottom: 1px solid #767676; vertical-align: top;
  text-align: left; overflow-wrap: break-word; }
tbody th { min-width: 11rem; max-width: 20rem; font-weight: 600; }
thead th { border-bottom: 2px solid #1a1a1a; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
code, p, li { overflow-wrap: anywhere; }
.bar { position: sticky; top: 0; z-index: 1; margin: 0; padding: 0.25rem 0; text-align: right;
  font-weight: 600; background: #ffffff; border-bottom: 2px solid #1a1a1a; }
.mark { position: fixed; inset: 0; z-index: -1; display: flex; align-items: center;
  justify-content: center; overflow: hidden; pointer-events: none; user-select: none;
  font-size: min(22vw, 11rem); font-weight: 700; color: #e6e6e6; }
.mark span { transform: rotate(-50deg); }
@media print { .bar { position: static; }
  .mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; } thead { display: table-header-group; }
  figure { break-inside: avoid; } h1, h2, h3 { break-after: avoid; } }
"""


CODE_STYLE = "width:8rem"  # of the picture of the fingerprint
# pages of earlier versions of the program had other styles; a style can add or hide a number, so
# which there may be is a closed list: the SHA-256 of each style block that is no longer used
FORMER_STYLES: frozenset[str] = frozenset(
    {"deaaf99b00d95bff6e8bb60013d67f374e2a60c92c65fb5b5ab52c0d0da522c9"}
)


def is_known_style(style: str) -> bool:
    """Return whether a style of a page is one that the program gave it.

    Examples
    --------
    >>> is_known_style(STYLE), is_known_style("td { display: none }")
    (True, False)
    """
    digest = sha256(style.encode("utf-8")).hexdigest()
    return style in {STYLE, CODE_STYLE} or digest in FORMER_STYLES


def html_page(
    text: MemoText,
    labels: Mapping[str, str],
    fingerprint: str,
    qr: str,
    contents: Sequence[str] = (),
) -> str:
    """Return a memo as a page; pictures are inside it, with their alternative texts.

    `labels` are the words around the contents, `qr` the picture of the fingerprint as SVG,
    `contents` the headings that are listed, the last of them that of the fingerprint.
    """
    shown = [
        _table(block, k) if block.kind == "table" else shown_block(block)
        for k, block in enumerate(text.blocks)
    ]
    if contents:
        shown.insert(1, _contents(text, labels["contents"], contents))
    body = "\n".join(shown)
    code = _picture(qr, labels["qr"])
    mark = _mark(labels["concept"]) if text.concept else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(text.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="dcterms.date" content="{escape(text.date)}">\n'
        f"<title>{escape(text.title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n{mark}<main>\n<h1>{escape(text.title)}</h1>\n{body}\n"
        f'<h2 id="fingerprint">{escape(labels["fingerprint"])}</h2>\n'
        f"<p>{escape(labels['explain'])}</p>\n<p><code>{escape(fingerprint)}</code></p>\n"
        f'<figure style="{CODE_STYLE}">{code}</figure>\n</main>\n</body>\n</html>\n'
    )


def _mark(text: str) -> str:
    """Return the mark of a draft: a bar that stays on top, and large letters behind the page.

    Who hears the page read is told by its first line; these are for the eye.
    """
    said = escape(text)
    return (
        f'<p class="bar" aria-hidden="true">{said}</p>\n'
        f'<div class="mark" aria-hidden="true"><span>{said}</span></div>\n'
    )


def _contents(text: MemoText, title: str, headings: Sequence[str]) -> str:
    """Return links to the headings."""
    places = [b.id for b in text.blocks if b.kind == "heading" and b.level == 1]
    items = "".join(
        f'<li><a href="#{escape(place, quote=True)}">{escape(heading)}</a></li>\n'
        for place, heading in zip((*places, "fingerprint"), headings, strict=True)
    )
    told = escape(title, quote=True)
    return f'<nav aria-label="{told}">\n<p><strong>{told}</strong></p>\n<ul>\n{items}</ul>\n</nav>'


def shown_block(block: Block) -> str:
    """Return a block as it stands in a page; not a table, which each page draws its own way.

    Raises
    ------
    ValueError
        When it is a table.
    """
    name, lines = escape(block.id, quote=True), [escape(line) for line in block.lines]
    match block.kind:
        case "heading":
            level = block.level + 1
            return f'<h{level} id="{name}">{lines[0]}</h{level}>'
        case "paragraph":
            return f'<p id="{name}">{lines[0]}</p>'
        case "list":
            items = "".join(f"<li>{line}</li>\n" for line in lines)
            return f'<ul id="{name}">\n{items}</ul>'
        case "figure":
            image = _picture(block.svg, block.lines[1])
            return f'<figure id="{name}">{image}<figcaption>{lines[0]}</figcaption></figure>'
        case "table":
            raise ValueError("a table is drawn by the page that it is in")


def _picture(svg: str, alternative: str) -> str:
    """Return a picture with its alternative text; it is inside the page."""
    data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    told = escape(alternative, quote=True)
    return f'<img src="data:image/svg+xml;base64,{data}" alt="{told}">'


def _table(block: Block, place: int) -> str:
    """Return a table that scrolls by itself, by keyboard too, where the page is narrow."""
    name = escape(block.id, quote=True)
    heads = "".join(
        f'<th scope="col"{_number(k, block)}>{escape(head)}</th>'
        for k, head in enumerate(block.heads)
    )
    rows = "".join(
        "<tr>" + "".join(_cell(cell, k, block) for k, cell in enumerate(row)) + "</tr>\n"
        for row in block.rows
    )
    return (
        f'<div class="wide" role="region" tabindex="0" aria-labelledby="caption-{place}">\n'
        f'<table id="{name}">\n<caption id="caption-{place}">{escape(block.lines[0])}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>"
    )


def _cell(cell: str, column: int, block: Block) -> str:
    if column == 0:
        return f'<th scope="row">{escape(cell)}</th>'
    return f"<td{_number(column, block)}>{escape(cell)}</td>"


def _number(column: int, block: Block) -> str:
    return "" if column < block.left else ' class="number"'
