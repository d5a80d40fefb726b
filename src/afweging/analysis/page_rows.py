"""The tables of a page as rows of figures, for a spreadsheet. Knows nothing about files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from afweging.analysis.robust_page import Section
    from afweging.analysis.word_table import WordTable
    from afweging.wording import Words

NUMBER = {"nl": r"-?\d{1,3}(\.?\d{3})*(,\d+)?", "en": r"-?\d{1,3}(,?\d{3})*(\.\d+)?"}
Row = tuple[str, str, str, str, float | int | str, str]


def page_rows(sections: Sequence[Section], words: Words) -> Iterator[Row]:
    """Yield part, table, row, column, figure and unit (% or nothing) of every cell.

    Each figure is what the table shows, rounded as there. Where rows share a name, the words after
    it belong to the name of the row.
    """
    for section in sections:
        for table in section.tables:
            named = _named(table)
            for row in table.rows:
                name = ", ".join(row[:named])
                for head, cell in zip(table.heads[named:], row[named:], strict=True):
                    yield section.title, table.title, name, head, *_figure(cell, words)


def _named(table: WordTable) -> int:
    """Return how many columns it takes to tell the rows apart."""
    for count in range(1, len(table.heads)):
        if len({row[:count] for row in table.rows}) == len(table.rows):
            return count
    return 1


def _figure(cell: str, words: Words) -> tuple[float | int | str, str]:
    """Return a cell as a number and its unit, or as it is where it is no number."""
    text, _, rest = cell.replace("−", "-").partition("\u00a0%")
    if rest or not re.fullmatch(NUMBER[words.language], text):
        return cell.replace("\u00a0", " "), ""
    whole, fraction = (".", ",") if words.language == "nl" else (",", ".")
    number = text.replace(whole, "").replace(fraction, ".")
    unit = "%" if text != cell.replace("−", "-") else ""
    return (float(number) if "." in number else int(number)), unit
