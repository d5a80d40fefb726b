"""Headings and tables that every report on a terminal shares, in blocks or in plain signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from afweging.cli.console import is_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from afweging.analysis.word_table import WordTable


def heading(screen: Console, title: str) -> Rule:
    """Return the line that starts a section."""
    line = "-" if is_plain(screen) else "─"
    return Rule(Text(title, style="bold"), align="left", characters=line)


def table(screen: Console, heads: Sequence[str], *, left: int = 1) -> Table:
    """Return an empty table; the first `left` columns hold words, the others numbers."""
    shape = box.ASCII2 if is_plain(screen) else box.SIMPLE_HEAD
    found = Table(box=shape, pad_edge=False, padding=(0, 1), show_edge=False)
    for place, head in enumerate(heads):
        found.add_column(head, justify="left" if place < left else "right", overflow="fold")
    return found


def shown(screen: Console, words: WordTable) -> Table:
    """Return a table in words as it is printed."""
    found = table(screen, words.heads, left=words.left)
    for row in words.rows:
        found.add_row(*row)
    return found
