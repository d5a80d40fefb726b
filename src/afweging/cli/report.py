"""A comparison as text on a terminal: sentences, tables and bars that fit the width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from afweging.analysis import notice_sentences, sentences
from afweging.analysis.naming import names_of
from afweging.cli.console import hanging, is_plain
from afweging.cli.layout import heading, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console, RenderableType
    from rich.table import Table

    from afweging.analysis.naming import Names
    from afweging.model.result import Axis, Comparison, RankedAlternative, Regret, Span
    from afweging.wording import Words

WIDE = 120
NARROWEST_BAR = 5
EIGHTHS = " ▏▎▍▌▋▊▉"


class Report:
    """Renders one comparison in one language for one console."""

    def __init__(self, comparison: Comparison, words: Words, console: Console) -> None:
        self.comparison = comparison
        self.words = words
        self.console = console
        self.names: Names = names_of(comparison.problem, words.language)
        self.order = [line.id for line in comparison.ranking]
        self.options = [alternative.id for alternative in comparison.problem.alternatives]
        self.plain = is_plain(console)

    def show(self, *, details: bool) -> None:
        """Print the report, the answer first."""
        for part in self._parts(details=details):
            self.console.print(part)

    def _parts(self, *, details: bool) -> Iterator[RenderableType]:
        yield from self._title()
        yield from self._lines(sentences.headline)
        yield from self._section("ranking")
        yield from self._ranking()
        yield from self._listed("requirements", sentences.requirements)
        if len(self.comparison.cases.ids["scenario"]) > 1:
            yield from self._section("scenarios")
            yield from self._scores("scenario")
        if len(self.comparison.weights.cases) > 1:
            yield from self._section("robustness")
            yield self._robustness()
            yield from self._listed("winners", sentences.winners)
        yield from self._listed("profiles", sentences.profiles)
        yield from self._listed("exchange", self._exchange(details=details))
        yield from self._listed("evidence", sentences.evidence)
        if details:
            yield from self._details()
        yield from self._listed("notices", notice_sentences.notices)

    def _say(self, key: str, **facts: object) -> str:
        return self.words.text(f"compare.{key}", **facts)

    def _title(self) -> Iterator[RenderableType]:
        problem, cases = self.comparison.problem, self.comparison.cases
        title = problem.title.in_language(self.words.language)
        yield Text(self._say("title.what", title=title, options=len(self.options)), style="bold")
        count = len(self.comparison.weights.cases)
        axes = [
            self._say(f"title.{axis}", count=len(ids))
            for axis, ids in cases.ids.items()
            if len(ids) > 1
        ]
        key = "title.cases" if count > 1 else "title.one_case"
        yield Text(self._say(key, count=count, axes=" × ".join(axes)), style="dim")
        yield Text(self._weights(), style="dim")
        yield ""

    def _weights(self) -> str:
        request = self.comparison.request
        profile = self._say("title.tree_weights")
        if request.profile is not None:
            profile = self.names.profile[request.profile]
        told = [self._say("title.weights", profile=profile)]
        for axis, name in (
            ("region", request.region_weights),
            ("horizon", request.horizon_weights),
        ):
            if len(self.comparison.cases.ids[axis]) > 1:  # type: ignore[index]
                weights = self.names.of.get(f"{axis}-weights {name}", self._say("title.equal"))
                told.append(self._say(f"title.{axis}_weights", weights=weights))
        return " ".join(told)

    def _lines(
        self, tell: Callable[[Comparison, Words], Sequence[str]]
    ) -> Iterator[RenderableType]:
        for line in tell(self.comparison, self.words):
            yield Text(line)

    def _section(self, name: str) -> Iterator[RenderableType]:
        yield ""
        yield heading(self.console, self._say(f"section.{name}"))

    def _listed(
        self, name: str, tell: Callable[[Comparison, Words], Sequence[str]]
    ) -> Iterator[RenderableType]:
        lines = tell(self.comparison, self.words)
        if lines:
            yield from self._section(name)
        for line in lines:
            yield hanging(self.console, line)

    def _exchange(self, *, details: bool) -> Callable[[Comparison, Words], Sequence[str]]:
        def tell(comparison: Comparison, words: Words) -> Sequence[str]:
            every = [each.criterion for each in comparison.exchange] if details else None
            return sentences.exchange(comparison, words, every=every)

        return tell

    def _table(self, *heads: str, left: int = 1) -> Table:
        return table(self.console, heads, left=left)

    def _ranking(self) -> Iterator[RenderableType]:
        """Yield rank, option, score and a bar per lens, and what the bars mean."""
        comparison = self.comparison
        lenses = comparison.problem.tree.children
        width = self._bar_width(len(lenses))
        if width < NARROWEST_BAR:
            lenses = ()
        named = [(lens.id, lens.name.in_language(self.words.language)) for lens in lenses]
        heads, legend = self._heads(named, width)
        shares = [self.words.format_field(float(w), "weight") for w in comparison.weights.lenses]
        heads = [f"{head}\n{share}" for head, share in zip(heads, shares, strict=False)]
        table = self._table(
            "#", self._say("column.option"), self._say("column.score"), *heads, left=2
        )
        for column in table.columns[3:]:
            column.justify, column.width = "left", width
        top = float(comparison.weights.lenses.max())
        for line in comparison.ranking:
            parts = comparison.scores.lenses.low[self.options.index(line.id)]
            bars = [self._bar(float(part) / top, width) for part in parts[: len(lenses)]]
            name = Text(self._option(line.id), style="bold" if line.rank == 1 else "")
            score = self._number(line.score.low, line.score.high)
            table.add_row(self._rank(line), name, score, *bars)
        yield table
        yield from legend
        if lenses:
            yield Text(self._say("ranking.legend"), style="dim")
        if not all(comparison.admissible):
            yield Text(self._say("ranking.screened_legend"), style="dim")

    def _option(self, name: str) -> str:
        """Return the name with the id, which other commands ask for."""
        shown = self.names.option(name)
        return shown if shown.split()[0] == name else f"{shown} [{name}]"

    def _heads(
        self, named: Sequence[tuple[str, str]], width: int
    ) -> tuple[list[str], list[RenderableType]]:
        """Return heads that fit in columns of `width`: names, or ids with a line that explains."""
        words = [word for _, name in named for word in name.replace("-", "- ").split()]
        if max(map(len, words), default=0) <= width:
            return [name for _, name in named], []
        shown = "; ".join(f"{key} = {name}" for key, name in named)
        return [key for key, _ in named], [Text(shown, style="dim")]

    def _bar_width(self, lenses: int) -> int:
        room = self.console.width - (42 if self.console.width < WIDE else 60)
        return min(16, room // max(lenses, 1) - 2)

    def _bar(self, share: float, width: int) -> str:
        eighths = round(max(0.0, min(1.0, share)) * width * 8)
        if self.plain:
            return "#" * round(eighths / 8)
        return "█" * (eighths // 8) + (EIGHTHS[eighths % 8] if eighths % 8 else "")

    def _rank(self, line: RankedAlternative) -> str:
        if line.rank is None:
            return self._say("ranking.screened")
        if line.rank == line.worst_rank:
            return str(line.rank)
        return self._say("ranking.rank_range", low=line.rank, high=line.worst_rank)

    def _number(self, low: float, high: float) -> str:
        if low == high:
            return self.words.format_field(low, "3")
        return self._say("ranking.range", low=low, high=high)

    def _scores(self, axis: Axis) -> Iterator[RenderableType]:
        """Yield the options, in order of rank, against scenarios, regions or horizons."""
        bounds = self.comparison.scores.axes[axis]
        named = [(name, self.names.case(axis, name)) for name in self.comparison.cases.ids[axis]]
        width = max(7, min(18, (self.console.width - 34) // len(named) - 2))
        heads, legend = self._heads(named, width)
        if legend:
            width = max(7, min(width, 9))
        table = self._table(self._say("column.option"), *heads)
        self._fix(table, [width] * len(named))
        for name in self.order:
            a = self.options.index(name)
            pairs = zip(bounds.low[:, a].tolist(), bounds.high[:, a].tolist(), strict=True)
            table.add_row(self.names.option(name), *(self._number(*pair) for pair in pairs))
        yield table
        yield from legend

    def _fix(self, table: Table, widths: Sequence[int], names: Sequence[str] | None = None) -> None:
        """Give the number columns their widths and the first column, on one line, the rest."""
        rest = self.console.width - sum(widths) - 2 * len(widths) - 2
        shown = names or [self.names.option(name) for name in self.order]
        table.columns[0].width = max(10, min(rest, max(map(len, shown))))
        table.columns[0].no_wrap, table.columns[0].overflow = True, "ellipsis"
        for column, width in zip(table.columns[1:], widths, strict=True):
            column.width = width

    def _robustness(self) -> Table:
        """Return lowest score, greatest regret and share of cases first, with the causes."""
        comparison = self.comparison
        heads = [self._say(f"column.{name}") for name in ("option", "lowest", "regret", "first")]
        table = self._table(*heads)
        self._fix(table, [15, 17, 9])
        regret = {each.alternative: each for each in comparison.regret.over_scenarios}
        lowest = {each.alternative: each for each in comparison.regret.lowest_score}
        first = comparison.first.share
        for name in self.order:
            a = self.options.index(name)
            share = self._share(first.at(a)) if comparison.admissible[a] else "–"
            table.add_row(
                self.names.option(name),
                self._caused(lowest.get(name), "3"),
                self._caused(regret.get(name), "gap"),
                share,
            )
        return table

    def _share(self, span: Span) -> str:
        """Return a share of the cases; two where it depends on a gap."""
        low = self.words.format_field(span.low, "share")
        if span.exact is not None:
            return low
        high = self.words.format_field(span.high, "share")
        return self._say("ranking.rank_range", low=low, high=high)

    def _caused(self, found: Regret | None, form: str) -> str:
        """Return a number with the scenarios that cause it, by id."""
        if found is None:
            return "–"
        number = (
            self.words.format_field(found.span.low, form)
            if found.span.exact is not None
            else self._say("ranking.range", low=found.span.low, high=found.span.high)
        )
        if len(self.comparison.cases.ids["scenario"]) == 1 or found.span.exact == 0:
            return number
        states = self.words.join(found.states)
        return self._say("ranking.regret_cause", regret=number, states=states)

    def _details(self) -> Iterator[RenderableType]:
        yield from self._section("contributions")
        yield self._contributions()
        for axis, section in (("region", "regions"), ("horizon", "horizons")):
            if len(self.comparison.cases.ids[axis]) > 1:  # type: ignore[index]
                yield from self._section(section)
                yield from self._scores(axis)  # type: ignore[arg-type]

    def _contributions(self) -> Table:
        """Return criteria against options: weight, and hundredfold contribution of each option."""
        comparison = self.comparison
        heads = [self._say("column.criterion"), self._say("column.weight"), *self.order]
        table = self._table(*heads)
        names = [self._criterion(criterion.id) for criterion in comparison.problem.criteria]
        self._fix(table, [8, *(max(4, len(name)) for name in self.order)], names)
        for c, name in enumerate(names):
            spans = [comparison.scores.criteria.at(self.options.index(o), c) for o in self.order]
            cells = [
                "?" if span.exact is None else self.words.format_field(100 * span.low, "1")
                for span in spans
            ]
            weight = self.words.format_field(float(comparison.weights.criteria[c]), "weight")
            table.add_row(name, weight, *cells)
        return table

    def _criterion(self, name: str) -> str:
        """Return the name of a criterion, led by its id where that is a short code."""
        shown = self.names.criterion(name)
        return f"{name} {shown}" if self.names.is_code(name) else shown
