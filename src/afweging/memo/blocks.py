"""The text of a memo as blocks: what is printed, in its order, whatever the format of the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list", "table", "figure"]


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a memo as it is printed.

    `id` stays the same between versions of a memo ("advice.1"), so that a difference has a place.
    `level` is that of a heading. `lines` holds the text: one line for a heading and a paragraph,
    the items of a list, the caption of a table, the caption and the alternative text of a figure.
    `heads`, `rows` and `left` (how many columns hold words, the others numbers) are of a table,
    `svg` of a figure.
    """

    kind: BlockKind
    id: str
    level: int = 0
    lines: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    left: int = 1
    svg: str = ""

    def __post_init__(self) -> None:
        """Refuse a row that has not one cell for each head."""
        if any(len(row) != len(self.heads) for row in self.rows):
            raise ValueError("a row has a cell for each head")


@dataclass(frozen=True, slots=True)
class MemoText:
    """A whole memo in words: `date` is that of the document, as 2026-11-25."""

    language: str
    kind: str
    title: str
    date: str
    concept: bool
    blocks: tuple[Block, ...]
