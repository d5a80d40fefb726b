"""A table in words, ready to be shown: on a terminal, on a page, in a memo."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordTable:
    """Heads and rows as they are read; the first `left` columns hold words, the others numbers.

    `title` says what the table shows, in one sentence.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1

    def __post_init__(self) -> None:
        """Refuse a row that has not one cell for each head."""
        if any(len(row) != len(self.heads) for row in self.rows):
            raise ValueError("a row has a cell for each head")
