"""Headings and tables that every report on a terminal shares, in blocks or in plain signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from afweging.cli.console import is_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, RenderableType

    from afweging.analysis.word_table import WordTable

NARROWEST = 14  # characters that a name needs to be told from others
GAP = 3  # characters between two columns


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


def shown(screen: Console, words: WordTable) -> RenderableType:
    """Return a table in words as it is printed, with no word broken where there is room for it.

    Where it is too wide, names are cut short, and words go on on the next line. Where that is not
    enough, a table with a row per name goes on below itself, with the columns that are left.
    """
    width, columns = screen.width, range(len(words.heads))
    if sum(_width(words, column) + GAP for column in columns) <= width:
        return _part(screen, words, columns, [])
    blocks = _blocks(words, width)
    names = [row[0] for row in words.rows]
    if len(set(names)) < len(names):  # a name alone would not say which row goes on
        blocks = [list(columns)[1:]]
    first, *others = (
        _part(screen, words, [0, *block], _widths(words, [0, *block], width)) for block in blocks
    )
    return Group(first, *(each for part in others for each in ("", part)))


def _part(
    screen: Console, words: WordTable, columns: Sequence[int], widths: Sequence[int]
) -> Table:
    """Return a table of some columns, with their widths where these are given."""
    left = sum(place < words.left for place in columns)
    found = table(screen, [words.heads[place] for place in columns], left=left)
    for row in words.rows:
        found.add_row(*(row[place] for place in columns))
    for column, width in zip(found.columns, widths, strict=False):
        column.width = width
    if widths and words.left == 1:
        found.columns[0].no_wrap, found.columns[0].overflow = True, "ellipsis"
    return found


def _blocks(words: WordTable, width: int) -> list[list[int]]:
    """Return the columns after the first that fit beside it, in as few blocks as can be."""
    blocks: list[list[int]] = [[]]
    for column in range(1, len(words.heads)):
        if blocks[-1] and not _fits(words, [*blocks[-1], column], width):
            blocks.append([])
        blocks[-1].append(column)
    numbers = [column for block in blocks for column in block]
    size = -(-len(numbers) // len(blocks))  # as many in each, where that fits
    even = [numbers[start : start + size] for start in range(0, len(numbers), size)]
    return even if all(_fits(words, block, width) for block in even) else blocks


def _fits(words: WordTable, block: Sequence[int], width: int) -> bool:
    return sum(_least_width(words, column) + GAP for column in block) + NARROWEST <= width


def _widths(words: WordTable, columns: Sequence[int], width: int) -> list[int]:
    """Return a width for each column that breaks as few words as can be, and fills what there is.

    Where words have to break, those of the widest columns do.
    """
    room = width - GAP * (len(columns) - 1)
    natural = [_width(words, column) for column in columns]
    name = min(NARROWEST if words.left == 1 else _least_width(words, 0), natural[0])
    least = [name, *(_least_width(words, column) for column in columns[1:])]
    limit = max(least)
    while sum(min(each, limit) for each in least) > room and limit > 1:
        limit -= 1
    least = [min(each, limit) for each in least]
    wanted = [most - low for most, low in zip(natural, least, strict=True)]
    if words.left == 1:  # numbers need no more than they have
        wanted[1:] = [0] * len(wanted[1:])
    extra = min(max(room - sum(least), 0), sum(wanted))
    return [
        low + extra * want // max(sum(wanted), 1) for low, want in zip(least, wanted, strict=True)
    ]


def _width(words: WordTable, column: int) -> int:
    return max(len(line[column]) for line in (words.heads, *words.rows))


def _least_width(words: WordTable, column: int) -> int:
    """Return the width that breaks no word of the head and no number, or no word of a cell."""
    cells = [row[column] for row in words.rows]
    whole = cells if column >= words.left else [word for cell in cells for word in cell.split(" ")]
    return max(map(len, [*words.heads[column].split(" "), *whole]))
