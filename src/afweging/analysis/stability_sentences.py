"""How far one weight can go before the answer changes, in sentences and tables."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from afweging.analysis.naming import names_of, short_names
from afweging.analysis.screening import admissible_options
from afweging.analysis.stability import EQUAL
from afweging.analysis.word_table import WordTable
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from afweging.analysis.stability import NodeStability, Stability
    from afweging.methods.stability import Interval
    from afweging.model.result import Comparison
    from afweging.wording import Words

KINDS = ("lens", "group", "criterion")
SHOWN = 3  # nodes that are equally sensitive
MOST_PLACES = 7  # decimals of a percentage
COLUMNS = ("weight", "low", "high", "below", "above", "order_low", "order_high")


def sentences(comparison: Comparison, found: Stability, words: Words) -> list[str]:
    """Return which weight decides first per kind of node, and where the order changes first.

    Where nothing can change there is one sentence that says why. An option is called by its full
    name first, and by its code after that.
    """
    if len(admissible_options(comparison)) == 1:
        return [words.text("stability.note.alone")]
    if not found.nodes:
        return [words.text("stability.note.single")]
    return _Teller(comparison, found, words).tell()


class _Teller:
    """The sentences about one answer; remembers which options were named in full."""

    def __init__(self, comparison: Comparison, found: Stability, words: Words) -> None:
        self.found, self.words = found, words
        self.names = names_of(comparison.problem, words.language)
        self.count = len(admissible_options(comparison))
        self.named: set[str] = set()

    def tell(self) -> list[str]:
        """Return all sentences, the most important first."""
        if self.found.most_sensitive:
            told = [*self.smallest(), *(line for kind in KINDS for line in self.kind(kind))]
        else:
            told = [self.words.text("stability.steady.all", **self.winners())]
        return [*told, *self.order(), *self.notes()]

    def smallest(self) -> list[str]:
        """Return the smallest change of one weight that another option needs; none at a tie."""
        nearest = [e for e in self.found.nodes if e.node in self.found.most_sensitive]
        if nearest[0].distance <= SCORE_TOLERANCE:
            return []
        nodes = [self.names.criterion(each.node) for each in nearest]
        points = 100 * nearest[0].distance
        return [self.words.text("stability.head.smallest", points=points, nodes=nodes)]

    def kind(self, kind: str) -> list[str]:
        """Return which node of a kind decides first, and which decide nothing."""
        nodes = [each for each in self.found.nodes if each.kind == kind]
        moves = [each for each in nodes if each.distance < math.inf]
        nearest = [each for each in moves if each.distance == moves[0].distance]
        head = kind if len(nearest) == 1 < len(nodes) else "any"
        told = [self.node(each, head) for each in nearest[:SHOWN]]
        steady = [each for each in nodes if each.distance == math.inf]
        return [*told, self.steady(kind, steady, len(nodes))] if steady else told

    def steady(self, kind: str, nodes: list[NodeStability], total: int) -> str:
        """Return at which nodes no weight changes who is first."""
        return self.words.text(
            f"stability.steady.{kind}",
            nodes=[self.names.criterion(each.node) for each in nodes],
            count=len(nodes),
            total=total,
            **self.winners(),
        )

    def node(self, each: NodeStability, head: str) -> str:
        """Return from where to where one weight can go, and who takes over beyond."""
        stays, shown = each.winner, _percentages(each.weight, each.winner, self.words)
        side = _side(below=bool(each.below), above=bool(each.above))
        tie = len(self.found.winners) > 1 and stays.high - stays.low <= SCORE_TOLERANCE
        name = self.names.criterion(each.node)
        winners = self.winners()
        body = self.words.text(
            f"stability.{'tie' if tie else 'stays'}.{side}",
            node=name,
            low=shown["low"],
            high=shown["high"],
            **winners,
            **self.beyond("below", each.below),
            **self.beyond("above", each.above),
        )
        first = self.words.text(f"stability.head.{head}", node=name, weight=shown["weight"])
        return " ".join([first, body, *self.level(each)])

    def winners(self) -> dict[str, object]:
        """Return who is first now, with their verb."""
        options = self.found.winners
        return {"winners": self.options(options), "stay": self.verb("stay", options)}

    def beyond(self, side: str, options: Sequence[str]) -> dict[str, object]:
        """Return who is first beyond an end, with their verbs."""
        return {
            side: self.options(options),
            f"take_{side}": self.verb("take", options),
            f"be_{side}": self.verb("be", options),
        }

    def level(self, each: NodeStability) -> list[str]:
        """Return who only draws level, at no weight or at all of it."""
        ends = ((0.0, each.below, each.winner.at_low), (1.0, each.above, each.winner.at_high))
        return [
            self.words.text(
                "stability.stays.level",
                at=self.words.text("units.share", share=end),
                options=self.options(level),
                catch=self.verb("catch", level),
            )
            for end, beyond, level in ends
            if level and not beyond
        ]

    def order(self) -> list[str]:
        """Return where the order changes first; with two options that is who is first."""
        if self.count == 2:
            return []
        if not self.found.most_sensitive_order:
            return [self.words.text("stability.order.steady")]
        nearest = self.found.most_sensitive_order
        return [self.turns(each) for each in self.found.nodes if each.node in nearest][:SHOWN]

    def turns(self, each: NodeStability) -> str:
        """Return which options change places just outside the interval of one weight."""
        stays = each.order
        side = _side(below=stays.low > 0, above=stays.high < 1)
        return self.words.text(
            f"stability.order.{side}",
            node=self.names.criterion(each.node),
            below=self.pairs(stays.at_low) if stays.low > 0 else [],
            above=self.pairs(stays.at_high) if stays.high < 1 else [],
            **_percentages(each.weight, stays, self.words),
        )

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> list[str]:
        """Return per pair that the second comes above the first."""
        told = []
        for first, second in pairs:
            (above,), (under,) = self.options([second]), self.options([first])
            told.append(self.words.text("stability.order.pair", above=above, under=under))
        return told

    def notes(self) -> list[str]:
        """Return what happens to the other weights."""
        whole = [self.names.criterion(e.node) for e in self.found.nodes if e.split_equally]
        told = [self.words.text("stability.note.proportion")]
        return [*told, self.words.text("stability.note.equally", nodes=whole)] if whole else told

    def options(self, options: Iterable[str]) -> list[str]:
        """Return names of options, by code where they were named in full before."""
        told = []
        for name in options:
            known = name in self.named and self.names.is_code(name)
            told.append(name if known else self.names.option(name))
            self.named.add(name)
        return told

    def verb(self, verb: str, options: Sequence[str]) -> str:
        """Return a verb for one option or for more."""
        return self.words.text(f"stability.{verb}.{'one' if len(options) == 1 else 'more'}")


def _side(*, below: bool, above: bool) -> str:
    """Return on which sides something changes."""
    return {(True, True): "between", (True, False): "from"}.get((below, above), "until")


def _percentages(
    weight: float, stays: Interval[str] | Interval[tuple[str, str]], words: Words
) -> dict[str, str]:
    """Return a weight and the ends of its interval as percentages, the ends with a decimal.

    With more decimals where different weights would read the same, or as 0 or 100 %.
    """
    numbers = (0.0, weight, stays.low, stays.high, 1.0)
    different = len({round(number, EQUAL) for number in numbers})
    for places in range(1, MOST_PLACES + 1):
        shown = [words.format_field(100 * number, str(places)) for number in numbers]
        if len(set(shown)) == different:
            break
    told = [words.text("stability.percentage", share=number) for number in shown]
    known = {end: words.text("units.share", share=end) for end in (0.0, 1.0)}
    known[weight] = words.format_field(weight, "weight") if places == 1 else told[1]
    low, high = known.get(stays.low, told[2]), known.get(stays.high, told[3])
    return {"weight": known[weight], "low": low, "high": high}


def tables(comparison: Comparison, found: Stability, words: Words) -> list[WordTable]:
    """Return per kind of node all intervals, the most sensitive first."""
    return [
        WordTable(
            title=words.text(f"stability.table.{kind}"),
            heads=tuple(words.text(f"stability.column.{name}") for name in (kind, *COLUMNS)),
            rows=tuple(_row(comparison, each, words) for each in nodes),
        )
        for kind in KINDS
        if (nodes := [each for each in found.nodes if each.kind == kind])
    ]


def _row(comparison: Comparison, each: NodeStability, words: Words) -> tuple[str, ...]:
    winner = _percentages(each.weight, each.winner, words)
    order = _percentages(each.weight, each.order, words)
    return (
        names_of(comparison.problem, words.language).criterion(each.node),
        winner["weight"],
        winner["low"],
        winner["high"],
        _cell(comparison, each.below, each.winner.at_low, words),
        _cell(comparison, each.above, each.winner.at_high, words),
        order["low"],
        order["high"],
    )


def _cell(
    comparison: Comparison, beyond: tuple[str, ...], level: tuple[str, ...], words: Words
) -> str:
    """Return who takes over beyond an end, or who is level at an end of the scale."""
    shown = short_names(comparison.problem, words, beyond or level)
    if beyond:
        return words.join(shown)
    return words.text(f"stability.cell.{'level' if level else 'none'}", options=shown)
