"""Headings and tables that every report on a terminal shares, in blocks or in plain signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from afweging.cli.console import is_plain

NARROWEST = 14  # characters that a name needs to be told from others

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
    """Return a table in words as it is printed; where it is too wide, names are cut short."""
    found = table(screen, words.heads, left=words.left)
    for row in words.rows:
        found.add_row(*row)
    natural = sum(_width(words, column) for column in range(len(words.heads)))
    if words.left == 1 and natural + 3 * len(words.heads) > screen.width:
        _narrow(found, words, screen.width)
    return found


def _narrow(found: Table, words: WordTable, width: int) -> None:
    """Give each number its room and the name, on one line, the rest; or let all heads fold."""
    numbers = [_least_width(words, column) for column in range(1, len(words.heads))]
    room = width - sum(numbers) - 3 * len(numbers)
    first = found.columns[0]
    first.no_wrap, first.overflow = True, "ellipsis"
    first.width = min(max(room, NARROWEST), _width(words, 0))
    if room >= NARROWEST:
        for column, least in zip(found.columns[1:], numbers, strict=True):
            column.width = least


def _width(words: WordTable, column: int) -> int:
    return max(len(line[column]) for line in (words.heads, *words.rows))


def _least_width(words: WordTable, column: int) -> int:
    """Return the width that breaks no word of the head and no cell."""
    head = max(map(len, words.heads[column].split(" ")))
    return max([head, *(len(row[column]) for row in words.rows)])
