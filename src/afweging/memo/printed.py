"""What a memo should show: each piece of its text with its place, from the blocks of a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.io.markup import read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afweging.memo.blocks import Block, MemoText


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a memo: the heading it is under, and the caption, row and column of a table.

    `page` is that of the file that was looked at, where it has pages.
    """

    heading: str = ""
    caption: str = ""
    row: str = ""
    column: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A piece of text that should be there."""

    text: str
    spot: Spot
    cell: bool = False


def printed_body(text: MemoText) -> list[Printed]:
    """Return the running text of a memo, in its order."""
    found = [Printed(text.title, Spot(text.title))]
    heading = text.title
    for block in text.blocks:
        if block.kind == "heading":
            heading = block.lines[0] if block.lines else heading
        found += _pieces(block, heading)
    return found


def _pieces(block: Block, heading: str) -> Iterator[Printed]:
    """Yield the texts of one block; the alternative text of a figure is not in the body."""
    lines = block.lines[:1] if block.kind == "figure" else block.lines
    caption = block.lines[0] if block.kind in {"table", "figure"} and block.lines else ""
    for line in lines:
        yield Printed(line, Spot(heading, caption))
    for head in block.heads:
        yield Printed(head, Spot(heading, caption, column=head), cell=True)
    for row in block.rows:
        for head, cell in zip(block.heads, row, strict=True):
            yield Printed(cell, Spot(heading, caption, row[0], head), cell=True)


def printed_alternatives(text: MemoText) -> list[Printed]:
    """Return the alternative text of every figure."""
    heading, found = "", []
    for block in text.blocks:
        heading = block.lines[0] if block.kind == "heading" and block.lines else heading
        if block.kind == "figure" and len(block.lines) > 1:
            found.append(Printed(block.lines[1], Spot(heading, block.lines[0])))
    return found


def printed_pictures(text: MemoText) -> list[tuple[str, Spot]]:
    """Return the SVG of every figure with its place."""
    heading, found = "", []
    for block in text.blocks:
        heading = block.lines[0] if block.kind == "heading" and block.lines else heading
        if block.kind == "figure":
            caption = block.lines[0] if block.lines else ""
            found.append((block.svg, Spot(heading, caption)))
    return found


def picture_words(svg: str) -> list[str]:
    """Return the texts that are drawn in a picture, in its order.

    Raises
    ------
    DossierError
        When it is no sound XML.
    """
    return [each.text() for each in read_xml(svg.encode("utf-8")).all("text")]
