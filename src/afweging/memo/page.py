"""Collects the blocks of a memo; gives each its place in the document as its id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from afweging.charts.svg import words as printable
from afweging.memo.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Iterable

    from afweging.analysis.word_table import WordTable
    from afweging.charts.chart import Chart
    from afweging.memo.blocks import BlockKind

WIDEST = 7  # columns on one page; a wider table goes on in the next
WIDE = 99  # of a page that scrolls
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]+")
SPACES = re.compile(" {2,}")


def tidy(text: str) -> str:
    r"""Return text on one line, without characters that a document cannot hold.

    Examples
    --------
    >>> tidy("het\x07 proces\nen 12,5\u00a0%")
    'het proces en 12,5\xa0%'
    """
    return SPACES.sub(" ", printable(CONTROL.sub(" ", text))).strip()


Values = Sequence[Sequence[float | None]]


class Page:
    """Blocks in the order of the document; every block of a part is numbered within it.

    `widest` is how many columns a table can have before it goes on in the next. `values` holds,
    by the id of a table, the numbers behind its cells, where they are known; None for words.
    """

    def __init__(self, widest: int = WIDEST) -> None:
        self.blocks: list[Block] = []
        self.part = "part"
        self.values: dict[str, Values] = {}
        self._widest = widest
        self._count = 0

    def start(self, part: str, heading: str) -> None:
        """Begin a part under its own heading."""
        self.part, self._count = part, 0
        self._add("heading", (heading,), level=1)

    @property
    def is_empty(self) -> bool:
        """Whether the part has nothing under its heading."""
        return self._count < 2

    def heading(self, text: str) -> None:
        """Add a heading within the part."""
        self._add("heading", (text,), level=2)

    def paragraph(self, text: str) -> None:
        """Add a paragraph; nothing for an empty text."""
        if tidy(text):
            self._add("paragraph", (text,))

    def paragraphs(self, texts: Iterable[str]) -> None:
        """Add a paragraph per text."""
        for text in texts:
            self.paragraph(text)

    def items(self, texts: Iterable[str]) -> None:
        """Add a list; nothing where there are no items."""
        lines = tuple(text for text in texts if tidy(text))
        if lines:
            self._add("list", lines)

    def table(
        self, table: WordTable, *, more: str = "{title}", values: Values | None = None
    ) -> None:
        """Add a table, in several where it is too wide; `more` is the caption of what goes on.

        `values` are the numbers behind the cells, a row for each row.
        """
        if not table.rows:
            return
        keep = min(table.left, 2)
        for place, columns in enumerate(_chunks(len(table.heads), keep, self._widest)):
            title = table.title if place == 0 else more.format(title=table.title.rstrip("."))
            self._add(
                "table",
                (title,),
                heads=[table.heads[c] for c in columns],
                rows=[[row[c] for c in columns] for row in table.rows],
                left=sum(c < table.left for c in columns),
            )
            if values is not None:
                rows = [[row[c] for c in columns] for row in values]
                self.values[self.blocks[-1].id] = rows

    def figure(self, chart: Chart) -> None:
        """Add a picture with its caption and alternative text."""
        self._add("figure", (chart.caption, chart.alternative), svg=chart.svg)

    def _add(  # noqa: PLR0913 - the parts of a block
        self,
        kind: BlockKind,
        lines: tuple[str, ...],
        *,
        level: int = 0,
        heads: Sequence[str] = (),
        rows: Sequence[Sequence[str]] = (),
        left: int = 1,
        svg: str = "",
    ) -> None:
        self._count += 1
        self.blocks.append(
            Block(
                kind,
                f"{self.part}.{self._count}",
                level=level,
                lines=tuple(tidy(line) for line in lines),
                heads=tuple(tidy(head) for head in heads),
                rows=tuple(tuple(tidy(cell) for cell in row) for row in rows),
                left=left,
                svg=svg,
            )
        )


def _chunks(columns: int, keep: int, widest: int = WIDEST) -> list[list[int]]:
    """Return the columns of each part of a table: the first `keep` in all, the others shared out.

    Examples
    --------
    >>> _chunks(9, 1)
    [[0, 1, 2, 3, 4], [0, 5, 6, 7, 8]]
    """
    if columns <= widest:
        return [list(range(columns))]
    others = list(range(keep, columns))
    count = -(-len(others) // (widest - keep))
    size = -(-len(others) // count)
    return [[*range(keep), *others[k : k + size]] for k in range(0, len(others), size)]
