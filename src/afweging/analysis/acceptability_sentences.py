"""How often each option is first under uncertain weights and effects, in sentences and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.analysis.acceptability_tables import tables
from afweging.analysis.effect_spread import spread_sentences
from afweging.analysis.naming import names_of
from afweging.analysis.weight_sets import FACTOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.analysis.acceptability import AcceptabilityFound
    from afweging.model.result import Comparison
    from afweging.wording import Words

__all__ = ["sentences", "tables"]

NEXT = 3  # options named after those that are first most often
SHOWN = 2  # options whose weights are named


def sentences(comparison: Comparison, found: AcceptabilityFound, words: Words) -> list[str]:
    """Return what the draws say, the option that is first most often first."""
    telling = _Telling(comparison, found, words)
    return [
        telling.first(),
        *telling.likely(),
        *telling.following(),
        *telling.never(),
        *telling.central(),
        *telling.pair(),
        *telling.tie(),
        *telling.cases(),
        *telling.basis(),
    ]


class _Telling:
    """One result being told in one language."""

    def __init__(self, comparison: Comparison, found: AcceptabilityFound, words: Words) -> None:
        self.comparison, self.found, self.words = comparison, found, words
        self.names = names_of(comparison.problem, words.language)
        counts = found.drawn.rank_counts[:, 0]
        self.leaders = [a for a in found.order if counts[a] == counts.max()]
        self.others = [a for a in found.order if a not in self.leaders and counts[a]]
        self.told: set[int] = set()
        self.never_first = [a for a in range(len(found.options)) if not counts[a]]

    def say(self, key: str, **facts: object) -> str:
        return self.words.text(f"acceptability.{key}", **facts)

    def named(self, places: Sequence[int]) -> list[str]:
        """Return the names of options: in full, and by code where one was named before."""
        found = []
        for a in places:
            name = self.found.options[a]
            short = a in self.told and self.names.is_code(name)
            found.append(name if short else self.names.option(name))
        self.told.update(places)
        return found

    @property
    def mode(self) -> Literal["drawn", "each", "once"]:
        """Whether weights or effects were drawn, participants counted, or nothing is open."""
        if not self.found.exact[0]:
            return "drawn"
        return "each" if self.found.varied else "once"

    def first(self) -> str:
        """Return who is first most often."""
        found, a = self.found, self.leaders[0]
        share = float(found.drawn.rank_shares[a, 0])
        low, high = (float(end[a, 0]) for end in found.rank_intervals)
        what = "effects" if not found.varied else "both" if found.uncertain else "weights"
        when = self.say(
            f"when.{self.mode}",
            share=share,
            count=int(found.drawn.rank_counts[a, 0]),
            draws=found.drawn.draws,
            what=self.say(f"what.{what}", weights=self.say(f"random.{found.kind}")),
        )
        between = self.say("between.first", low=low, high=high) if self.mode == "drawn" else ""
        key = "first.one" if len(self.leaders) == 1 else "first.many"
        return self.say(key, when=when, options=self.named(self.leaders), between=between)

    def following(self) -> list[str]:
        """Return who are first most often after that."""
        shown, shares = self.others[:NEXT], self.found.drawn.rank_shares[:, 0]
        leaders = self.named(self.leaders)
        others = [
            self.say("first.other", option=name, share=float(shares[b]))
            for b, name in zip(shown, self.named(shown), strict=True)
        ]
        key = "first.next" if others[1:] else "first.next_one"
        return [self.say(key, leaders=leaders, others=others)] if others else []

    def never(self) -> list[str]:
        """Return which options are never first, and how rare that can be at most."""
        if not self.never_first:
            return []
        key = f"never.{self.mode}_{'many' if self.never_first[1:] else 'one'}"
        high = 100 * float(self.found.rank_intervals[1][self.never_first[0], 0])
        told = self.say(key, options=self.named(self.never_first), high=high)
        drawn = self.mode == "drawn" and self.found.varied
        return [f"{told} {self.say('never.weights')}" if drawn else told]

    def likely(self) -> list[str]:
        """Return how often the leader is first if only weights are uncertain."""
        if not (self.found.uncertain and self.found.varied):
            return []
        share = float(self.found.likely.rank_shares[self.leaders[0], 0])
        return [self.say("likely.line", option=self.named(self.leaders)[0], share=share)]

    def central(self) -> list[str]:
        """Return the mean weights with which the two that lead most are first."""
        if not self.found.varied or len(self.found.lenses) < 2:
            return []
        shown = [*self.leaders, *self.others][:SHOWN]
        return [line for a in shown for line in self._central(a)]

    def _central(self, a: int) -> list[str]:
        found, option = self.found, self.named([a])[0]
        central = found.central_lenses[a].tolist()
        heaviest = sorted(range(len(central)), key=lambda place: -round(central[place], 9))
        weights = [
            self.say(
                "central.weight",
                name=self.names.criterion(found.lenses[lens]),
                weight=central[lens],
            )
            for lens in heaviest
        ]
        told = [self.say("central.line", option=option, weights=weights)]
        ends = found.cross_intervals
        if found.confidence is not None and ends is not None:
            low, high = (float(end[a, a]) for end in ends)
            share = float(found.confidence.factors[a])
            option = self.named([a])[0]
            told.append(self.say("central.factor", option=option, share=share, low=low, high=high))
        return told

    def pair(self) -> list[str]:
        """Return how often the one that leads most is ahead of the next."""
        places = [*self.leaders, *self.others]
        if len(places) < 2 or self.mode == "once":
            return []
        share = float(self.found.drawn.winning_shares[places[0], places[1]])
        option, other = self.named(places[:2])
        return [self.say("pair.line", option=option, other=other, of=self._of(share))]

    def tie(self) -> list[str]:
        """Return which two options tie most often, if any do."""
        ties = np.triu(self.found.drawn.tie_counts, 1)
        if not ties.any():
            return []
        a, b = divmod(int(ties.argmax()), len(ties))
        option, other = self.named([a, b])
        share = float(self.found.drawn.tie_shares[a, b])
        return [self.say("tie.line", option=option, other=other, of=self._of(share))]

    def _of(self, share: float) -> str:
        return self.say(f"of.{self.mode}", share=share)

    def cases(self) -> list[str]:
        """Return in how many cases each option is first most often."""
        leaders = self.found.case_leaders
        if len(leaders) < 2:
            return []
        counts = [sum(name in row for row in leaders) for name in self.found.options]
        places = sorted(range(len(counts)), key=lambda a: (-counts[a], self.found.options[a]))
        told = [
            self.say("cases.leader", option=self.named([a])[0], count=counts[a])
            for a in places
            if counts[a]
        ]
        line = self.say("cases.line", leaders=told, total=len(leaders))
        tied = any(len(row) > 1 for row in leaders)
        return [f"{line} {self.say('cases.tied')}" if tied else line]

    def basis(self) -> list[str]:
        """Return from what was drawn, how often, and how to have the same again."""
        found = self.found
        profile = self.names.profile.get(self.comparison.request.profile or "", "")
        told = [
            self.say(
                f"basis.{self._basis()}",
                draws=found.drawn.draws,
                count=len(found.profiles),
                factor=FACTOR,
                profile=profile,
            )
        ]
        told.append(
            self.say("basis.uncertain" if found.uncertain else "basis.known", count=found.uncertain)
        )
        told += spread_sentences(found.spread, found.uncertain, self.words)
        titles = {source.id: source.title for source in self.comparison.problem.sources}
        told += [
            self.say(
                "basis.together", source=titles[name].in_language(self.words.language), count=count
            )
            for name, count in found.together.items()
        ]
        return [*told, self.say("basis.seed", seed=found.seed)] if self.mode == "drawn" else told

    def _basis(self) -> str:
        found = self.found
        if found.kind == "panel":
            kind = "each" if found.exact[0] else "panel"
            return kind if found.varied else f"{kind}_one"
        if not found.varied:
            return "once" if found.exact[0] else "fixed"
        return found.kind
