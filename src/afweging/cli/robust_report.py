"""How sure the answer is, as text on a terminal: the answer, then every part of the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from afweging.analysis import robust_page
from afweging.cli.console import hanging
from afweging.cli.layout import heading, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, RenderableType

    from afweging.analysis.robustness import Robustness
    from afweging.analysis.word_table import WordTable
    from afweging.wording import Words


def parts(
    found: Robustness, screen: Console, words: Words, *, details: bool
) -> Iterator[RenderableType]:
    """Yield what is printed: the sentences that matter most; with `details` all, and all tables."""
    yield Text(robust_page.title(found, words), style="bold")
    yield from (Text(line, style="dim") for line in robust_page.basis(found, words))
    page = robust_page.sections if details else robust_page.in_brief
    answer, *others = page(found, words)
    for section in (answer, *others):
        yield ""
        yield heading(screen, section.title)
        yield from (hanging(screen, line) for line in section.lines)
        if details or section is answer:
            for table in section.tables:
                yield from _table(screen, table)
    if not details:
        yield ""
        yield Text(words.text("robust.more"), style="dim")


def _table(screen: Console, table: WordTable) -> Iterator[RenderableType]:
    yield ""
    yield Text(table.title)
    yield shown(screen, table)
