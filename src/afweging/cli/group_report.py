"""The profiles as a group, as text on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from afweging.analysis import group_sentences
from afweging.cli.console import hanging
from afweging.cli.layout import heading, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, RenderableType
    from rich.table import Table

    from afweging.analysis.coalitions import Coalition, OptionAmendment
    from afweging.analysis.group import GroupAnalysis
    from afweging.wording import Words

COLUMNS = ("lens", "lowest", "lower", "median", "upper", "highest", "centre", "mean")


class GroupReport:
    """Renders the analysis of a group in one language for one console."""

    def __init__(
        self,
        group: GroupAnalysis,
        coalitions: Sequence[Coalition],
        amendments: Sequence[OptionAmendment],
        words: Words,
        console: Console,
    ) -> None:
        self.group = group
        self.coalitions = coalitions
        self.amendments = amendments
        self.words = words
        self.console = console

    def show(self, *, share: float, details: bool) -> None:
        """Print the report, the choice of the group first; `details` adds every distance."""
        for part in self._parts(share):
            self.console.print(part)
        for part in self._distances() if details else ():
            self.console.print(part)

    def _parts(self, share: float) -> Iterator[RenderableType]:
        group, words = self.group, self.words
        title = group.comparison.problem.title.in_language(words.language)
        shown = words.text("group.title.what", title=title, profiles=len(group.profiles))
        yield Text(shown, style="bold")
        yield from self._listed("together", group_sentences.together(group, words))
        yield from self._section("weights")
        yield self._weights()
        yield Text(words.text("group.spread.legend"), style="dim")
        yield from self._items(group_sentences.spread(group, words))
        yield from self._listed("judged", group_sentences.judged(group, words))
        yield from self._listed("voting", group_sentences.voting(group, words))
        told = group_sentences.coalitions(group, self.coalitions, words)
        yield from self._listed("coalitions", told)
        told = group_sentences.amendments(group, self.amendments, words, share=share)
        yield from self._section("amendments")
        yield Text(told[0])
        yield from self._items(told[1:])
        yield from self._listed("groups", group_sentences.groups(group, words))
        yield from self._listed("notices", group_sentences.notices(group, words))

    def _section(self, name: str) -> Iterator[RenderableType]:
        yield ""
        yield heading(self.console, self.words.text(f"group.section.{name}"))

    def _items(self, lines: Sequence[str]) -> Iterator[RenderableType]:
        for line in lines:
            yield hanging(self.console, line)

    def _listed(self, name: str, lines: Sequence[str]) -> Iterator[RenderableType]:
        if lines:
            yield from self._section(name)
            yield from self._items(lines)

    def _distances(self) -> Iterator[RenderableType]:
        """Yield per profile the least share of weight that moves before each option is first."""
        yield from self._section("distances")
        options = [each.option for each in self.coalitions]
        lines = table(self.console, [self.words.text("group.column.profile"), *options])
        named = group_sentences.profile_names(self.group, self.words, self.group.profiles)
        for profile, name in zip(self.group.profiles, named, strict=True):
            lines.add_row(name, *(self._distance(each, profile) for each in self.coalitions))
        yield lines
        yield Text(self.words.text("group.coalition.distances"), style="dim")

    def _distance(self, coalition: Coalition, profile: str) -> str:
        if profile in coalition.supporters:
            return self.words.format_field(0.0, "share1")
        moved = {each.profile: each.moved for each in coalition.others}[profile]
        if moved is None:
            return self.words.text("group.coalition.impossible")
        return self.words.format_field(moved, "share1")

    def _weights(self) -> Table:
        """Return per lens the lowest, quartiles, highest and group weight."""
        lines = table(self.console, [self.words.text(f"group.column.{name}") for name in COLUMNS])
        spread, weights = self.group.spread, self.group.lens_weights
        rows = (
            weights.min(axis=0),
            spread.lower_quartile,
            spread.median,
            spread.upper_quartile,
            weights.max(axis=0),
            spread.centre,
            self.group.lens_means.arithmetic,
        )
        for place, lens in enumerate(self.group.comparison.problem.tree.children):
            cells = [self.words.format_field(float(row[place]), "share1") for row in rows]
            lines.add_row(lens.name.in_language(self.words.language), *cells)
        return lines
