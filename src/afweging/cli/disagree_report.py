"""What two parties disagree about, as text on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from afweging.analysis import disagreement_sentences as sentences
from afweging.cli.console import hanging
from afweging.cli.layout import heading, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, RenderableType
    from rich.table import Table

    from afweging.analysis.disagreement import Dispute
    from afweging.wording import Words

COLUMNS = ("criterion", "first", "second", "values", "facts", "total")
EQUAL = 12  # decimals to which what is sorted is equal; of equals the order of the tree decides


class DisagreeReport:
    """Renders a disagreement in one language for one console."""

    def __init__(self, dispute: Dispute, words: Words, console: Console) -> None:
        self.dispute = dispute
        self.words = words
        self.console = console

    def show(self) -> None:
        """Print the report, the answer first."""
        for part in self._parts():
            self.console.print(part)

    def _parts(self) -> Iterator[RenderableType]:
        dispute, words = self.dispute, self.words
        yield Text(sentences.title(dispute, words), style="bold")
        yield from map(Text, sentences.parties(dispute, words))
        yield from self._section("answer", sentences.answer(dispute, words))
        yield from self._section("cause", [" ".join(sentences.cause(dispute, words))])
        yield from self._section("discuss", sentences.discuss(dispute, words))
        yield ""
        yield heading(self.console, words.text("disagree.section.criteria"))
        yield self._table()
        for line in sentences.legend(dispute, words):
            yield Text(line, style="dim")
        notices = [f"- {line}" for line in sentences.notices(dispute, words)]
        yield from self._section("notices", notices)

    def _section(self, name: str, lines: Sequence[str]) -> Iterator[RenderableType]:
        """Yield a heading and its lines, nothing where there are none."""
        if not lines:
            return
        yield ""
        yield heading(self.console, self.words.text(f"disagree.section.{name}"))
        for line in lines:
            item = line.startswith("- ")
            yield hanging(self.console, line.removeprefix("- ")) if item else Text(line)

    def _table(self) -> Table:
        """Return per criterion both weights and both parts, the largest difference first."""
        heads = [self.words.text(f"disagree.column.{name}") for name in COLUMNS]
        lines = table(self.console, heads)
        dispute, split = self.dispute, self.dispute.split
        criteria = dispute.first.comparison.problem.criteria
        first, second = (side.mean_weights.tolist() for side in (dispute.first, dispute.second))
        values, facts = split.values_by_criterion.tolist(), split.facts_by_criterion.tolist()
        places = sorted(
            range(len(criteria)), key=lambda c: -round(abs(values[c] + facts[c]), EQUAL)
        )
        for c in places:
            name = criteria[c].name.in_language(self.words.language)
            lines.add_row(
                name, *self._weights(first[c], second[c]), *self._parts_of(values[c], facts[c])
            )
        lines.add_section()
        total = self.words.text("disagree.table.total")
        lines.add_row(total, *self._weights(1.0, 1.0), *self._parts_of(split.values, split.facts))
        return lines

    def _weights(self, first: float, second: float) -> list[str]:
        return [self.words.format_field(weight, "share1") for weight in (first, second)]

    def _parts_of(self, values: float, facts: float) -> list[str]:
        """Return what weights explain, what estimates explain, and both together."""
        return [self.words.format_field(part, "3") for part in (values, facts, values + facts)]
