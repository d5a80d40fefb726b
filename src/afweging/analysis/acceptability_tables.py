"""How often each option has each place under uncertain weights and effects, in tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.naming import names_of
from afweging.analysis.word_table import WordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from afweging.analysis.acceptability import AcceptabilityFound, Interval
    from afweging.model.result import Comparison
    from afweging.wording import Words

    FloatArray = NDArray[np.float64]


def tables(comparison: Comparison, found: AcceptabilityFound, words: Words) -> list[WordTable]:
    """Return the tables, the places of the options first; the interval stands beside every share.

    Options stand in the order of how often they are first.
    """
    page = _Page(comparison, found, words)
    kept = [page.firsts(), page.ranks()]
    if len(found.options) > 1:
        kept.append(page.winning())
    if found.varied:
        kept += page.central()
    if found.confidence is not None and found.varied:
        kept.append(page.cross())
    if len(found.case_counts) > 1:
        kept.append(page.cases())
    return kept


class _Page:
    """The tables of one result in one language."""

    def __init__(self, comparison: Comparison, found: AcceptabilityFound, words: Words) -> None:
        self.found, self.words = found, words
        self.names = names_of(comparison.problem, words.language)
        self.order = list(found.order)
        self.full = [self.names.option(found.options[a]) for a in self.order]
        self.short = [self.names.short(found.options[a]) for a in self.order]

    def table(self, key: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> WordTable:
        title = self.words.text(f"acceptability.table.{key}")
        return WordTable(title, tuple(heads), tuple(tuple(row) for row in rows))

    def head(self, name: str) -> str:
        return self.words.text(f"acceptability.column.{name}")

    def cell(self, share: float, ends: tuple[float, float] | None = None) -> str:
        """Return a share in per cent, with its interval; a dash where it is undefined."""
        if np.isnan(share):
            return self.words.text("acceptability.cell.none")
        if ends is None:
            return self.words.text("acceptability.cell.exact", share=percent(share))
        low, high = map(percent, ends)
        return self.words.text(
            "acceptability.cell.interval", share=percent(share), low=low, high=high
        )

    def cells(self, shares: FloatArray, ends: Interval | None) -> list[list[str]]:
        """Return cells by row and column, with intervals unless they are known exactly."""
        if ends is None:
            return [[self.cell(share) for share in row] for row in shares.tolist()]
        rows = zip(shares.tolist(), ends[0].tolist(), ends[1].tolist(), strict=True)
        return [
            [self.cell(share, (low, high)) for share, low, high in zip(*row, strict=True)]
            for row in rows
        ]

    def ranked(self, shares: FloatArray, ends: Interval | None) -> list[list[str]]:
        """Return cells of shares over draws, with the rows in the order of the page."""
        kept = None if self.found.exact[0] or ends is None else ends
        cells = self.cells(shares, kept)
        return [cells[a] for a in self.order]

    def square(self, shares: FloatArray, ends: Interval | None) -> list[list[str]]:
        """Return cells of one option against another, both in the order of the page."""
        dash = self.words.text("acceptability.cell.none")
        rows = self.ranked(shares, ends)
        return [
            [dash if a == b else row[b] for b in self.order]
            for a, row in zip(self.order, rows, strict=True)
        ]

    def firsts(self) -> WordTable:
        """Return how often each option is first, and what stands beside that."""
        found = self.found
        ends = found.rank_intervals
        columns = {"first": [row[0] for row in self.ranked(found.drawn.rank_shares, ends)]}
        if found.uncertain and found.varied:
            shares = found.likely.rank_shares
            cells = self.cells(shares, None if found.exact[1] else found.likely_intervals)
            columns["likely"] = [cells[a][0] for a in self.order]
        if found.confidence is not None and found.varied:
            cells = self.ranked(found.confidence.cross_factors, found.cross_intervals)
            columns["factor"] = [row[a] for a, row in zip(self.order, cells, strict=True)]
        columns["holistic"] = [
            self.words.format_field(float(found.holistic[a]), "2") for a in self.order
        ]
        heads = [self.head("option"), *map(self.head, columns)]
        return self.table("first", heads, zip(self.full, *columns.values(), strict=True))

    def ranks(self) -> WordTable:
        """Return how often each option has each place."""
        heads = [self.head("option"), *(str(rank + 1) for rank in range(len(self.order)))]
        cells = self.ranked(self.found.drawn.rank_shares, self.found.rank_intervals)
        return self.table("ranks", heads, self.led(self.full, cells))

    def winning(self) -> WordTable:
        """Return how often each option is ahead of each other one."""
        cells = self.square(self.found.drawn.winning_shares, self.found.winning_intervals)
        return self.table("winning", [self.head("option"), *self.short], self.led(self.full, cells))

    def cross(self) -> WordTable:
        """Return how often each option is first with the central weights of each."""
        confidence = self.found.confidence
        if confidence is None:
            raise ValueError("there are no confidence factors")
        cells = self.ranked(confidence.cross_factors, self.found.cross_intervals)
        rows = [[row[b] for b in self.order] for row in cells]
        return self.table("cross", [self.head("option"), *self.short], self.led(self.full, rows))

    def central(self) -> list[WordTable]:
        """Return the mean weights of lenses and criteria with which each option is first."""
        found = self.found
        lenses = [self.names.criterion(name) for name in found.lenses]
        criteria = [self.names.criterion(name) for name in found.criteria]
        by_lens = self.ranked(found.central_lenses, None)
        by_criterion = self.cells(found.drawn.central_weights.T, None)
        rows = [[row[a] for a in self.order] for row in by_criterion]
        return [
            self.table("lenses", [self.head("option"), *lenses], self.led(self.full, by_lens)),
            self.table("criteria", [self.head("criterion"), *self.short], self.led(criteria, rows)),
        ]

    def cases(self) -> WordTable:
        """Return in how many cases each option is first most often, and how often it is."""
        found = self.found
        leads = [sum(name in row for row in found.case_leaders) for name in found.options]
        low, high = found.case_shares.min(axis=0), found.case_shares.max(axis=0)
        rows = [
            [
                self.words.format_field(leads[a], "number"),
                self.cell(float(low[a])),
                self.cell(float(high[a])),
            ]
            for a in self.order
        ]
        heads = [self.head(name) for name in ("option", "leads", "least", "greatest")]
        return self.table("cases", heads, self.led(self.full, rows))

    @staticmethod
    def led(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return rows led by their names."""
        return [[name, *row] for name, row in zip(names, rows, strict=True)]


def percent(share: float) -> float:
    """Return a share in per cent; what is just below all is not rounded to all.

    Examples
    --------
    >>> percent(0.25), percent(0.9999), percent(1.0)
    (25.0, 99.9, 100.0)
    """
    found = 100 * share
    return min(found, 99.9) if found < 100 - 1e-9 else found
