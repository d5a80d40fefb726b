"""What drives the answer, in sentences and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.effect_spread import count_uniform, spread_sentences
from afweging.analysis.naming import names_of
from afweging.analysis.word_table import WordTable
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from afweging.analysis.discovery import Losses, LossLimit
    from afweging.analysis.drivers import Drivers, Found
    from afweging.analysis.naming import Names
    from afweging.analysis.together import Factor
    from afweging.analysis.tornado import Swing
    from afweging.model.result import Comparison
    from afweging.wording import Words

SHOWN = 2  # things named after the first
LIFT = 1.25  # times the share lost in all draws: clearly more
LEAST_P = 0.001  # a chance below is written as less than this


def sentences(comparison: Comparison, found: Drivers, words: Words) -> list[str]:
    """Return what matters most, the most important first."""
    if found.found is None:
        return [words.text("drivers.alone")]
    teller = _Teller(comparison, found.found, words)
    return [
        *teller.level(),
        *teller.effects(),
        *teller.losses(),
        *teller.together(),
        *teller.swings(),
    ]


def tables(comparison: Comparison, found: Drivers, words: Words) -> list[WordTable]:
    """Return the shares, the ends of every thing, and the limits; none that would be empty."""
    if found.found is None:
        return []
    teller = _Teller(comparison, found.found, words)
    made = [
        teller.effects_table(),
        teller.together_table(),
        teller.swings_table(),
        teller.losses_table(),
    ]
    return [table for table in made if table.rows]


def criterion_shares(found: Found) -> list[tuple[str, float, float]]:
    """Return criterion and the shares of winner and runner-up on it, the largest sum first."""
    winner = found.contest.winner
    shares: dict[str, list[float]] = {}
    for each in found.effects.shares:
        pair = shares.setdefault(each.criterion, [0.0, 0.0])
        pair[0 if each.option == winner else 1] = each.share
    rows = [(name, first, second) for name, (first, second) in shares.items()]
    return sorted(rows, key=lambda row: (-round(row[1] + row[2], 12), row[0]))


class _Teller:
    """Everything said about one contest, in one language."""

    def __init__(self, comparison: Comparison, found: Found, words: Words) -> None:
        self.comparison, self.found, self.words = comparison, found, words
        self.names: Names = names_of(comparison.problem, words.language)
        pair = {"winner": found.contest.winner, "runner_up": found.contest.runner_up}
        self.full = {key: self.names.option(name) for key, name in pair.items()}
        self.short = {key: self.names.short(name) for key, name in pair.items()}

    def say(self, key: str, **facts: object) -> str:
        """Return the text under `drivers.key`, with the two options by their short codes."""
        return self.words.text(f"drivers.{key}", **(self.short | facts))

    def level(self) -> list[str]:
        contest = self.found.contest
        if contest.lead <= SCORE_TOLERANCE:
            others = [contest.runner_up, *contest.level]
            told = {"others": [self.names.option(name) for name in others]}
            return [self.say("level", winner=self.full["winner"], **told)]
        if contest.level_second:
            others = [self.names.option(name) for name in contest.level_second]
            return [self.say("level_second", others=others)]
        return []

    # --- estimates -----------------------------------------------------------------------------

    def effects(self) -> list[str]:
        rows = criterion_shares(self.found)
        if not rows:
            return [self.say("effects.none", **self.full)]
        named = [(self.names.criterion(name), first + second) for name, first, second in rows]
        criterion, share = named[0]
        rest = [
            self.say("effects.next", criterion=name, share=part)
            for name, part in named[1 : 1 + SHOWN]
        ]
        key = "most" if rest else "only"
        facts = {"criterion": criterion, "share": share, "next": rest}
        told = self.say(f"effects.{key}", **self.full, **facts)
        return [told, self._spread(), *self._distributions()]

    def _spread(self) -> str:
        effects, lead = self.found.effects, self.found.contest.lead
        turned = effects.mean < -SCORE_TOLERANCE and lead > SCORE_TOLERANCE
        return self.say(
            f"effects.{'turned' if turned else 'spread'}",
            lead=lead,
            mean=effects.mean,
            behind=-effects.mean,
            deviation=effects.deviation,
        )

    def _distributions(self) -> list[str]:
        problem, shares = self.comparison.problem, self.found.effects.shares
        options = {each.id: place for place, each in enumerate(problem.alternatives)}
        criteria = {each.id: place for place, each in enumerate(problem.criteria)}
        pairs = [(options[each.option], criteria[each.criterion]) for each in shares]
        spread = count_uniform(self.comparison, pairs)
        return spread_sentences(spread, len(pairs), self.words, what="lead")

    def effects_table(self) -> WordTable:
        heads = (
            self.say("table.criterion"),
            self.short["winner"],
            self.short["runner_up"],
            self.say("table.both"),
        )
        rows = tuple(
            (self.names.criterion(name), *map(self._share, (first, second, first + second)))
            for name, first, second in criterion_shares(self.found)
        )
        return WordTable(self.say("table.effects"), heads, rows)

    def _share(self, share: float) -> str:
        return self.words.format_field(share, "share1")

    # --- together ------------------------------------------------------------------------------

    def together(self) -> list[str]:
        together = self.found.together
        if together.deviation == 0:
            return [self.say("together.none")]
        first, *others = together.factors
        rest = [
            self.say("together.next", what=self._factor(each.factor), total=_trimmed(each.total))
            for each in others[:SHOWN]
        ]
        key = "most" if rest else "only"
        what, total = self._factor(first.factor), _trimmed(first.total)
        return [self.say(f"together.{key}", what=what, total=total, next=rest)]

    def _factor(self, factor: Factor) -> str:
        name = self.names.criterion(factor.node) if factor.node else ""
        return self.say(f"together.{factor.kind}", lens=name, criterion=name)

    def together_table(self) -> WordTable:
        heads = tuple(self.say(f"table.{key}") for key in ("what", "first", "total", "error"))
        rows = tuple(
            (
                self._factor(each.factor),
                self._share(_trimmed(each.first)),
                self._share(_trimmed(each.total)),
                self._share(each.total_error),
            )
            for each in self.found.together.factors
            if self.found.together.deviation > 0
        )
        return WordTable(self.say("table.together"), heads, rows)

    # --- one thing -----------------------------------------------------------------------------

    def swings(self) -> list[str]:
        swings = self.found.swings
        if not swings:
            return [self.say("swings.none")]
        first = swings[0]
        kind = first.kind if first.kind in {"effects", "lens"} else "case"
        told = self.say(
            f"swings.most_{kind}",
            what=self._thing(first),
            low=first.low,
            high=first.high,
            low_at=self._end(first, first.low_at, "worst"),
            high_at=self._end(first, first.high_at, "best"),
        )
        turning = [self._thing(each) for each in swings if each.reverses]
        key = {0: "none", 1: "one"}.get(len(turning), "many")
        facts = {"all": len(swings), "count": len(turning), "what": turning[: 1 + SHOWN]}
        turned = [self.say(f"swings.reverse_{key}", **facts)]
        if any(each.kind == "lens" for each in swings):
            turned.append(self.say("swings.range"))
        return [told, " ".join(turned)]

    def _thing(self, swing: Swing) -> str:
        name = self.names.criterion(swing.node) if swing.kind in {"effects", "lens"} else ""
        return self.say(f"swings.{swing.kind}", criterion=name, lens=name)

    def _end(self, swing: Swing, at: float | str | None, key: str) -> str:
        if isinstance(at, str):
            return self.names.case(swing.kind, at)
        return self.say(f"swings.{key}") if at is None else self.say("swings.weight", weight=at)

    def swings_table(self) -> WordTable:
        keys = ("what", "low_at", "high_at", "low", "high")
        heads = tuple(self.say(f"table.{key}") for key in keys)
        rows = tuple(
            (
                self._thing(each),
                self._end(each, each.low_at, "worst"),
                self._end(each, each.high_at, "best"),
                self.words.format_field(each.low, "gap"),
                self.words.format_field(each.high, "gap"),
            )
            for each in self.found.swings
        )
        return WordTable(self.say("table.swings"), heads, rows, left=3)

    # --- losses --------------------------------------------------------------------------------

    def losses(self) -> list[str]:
        losses = self.found.losses
        told = self.say(
            f"losses.{_outcome(losses)}",
            lost=losses.lost,
            draws=losses.draws,
            base=losses.base,
            coverage=losses.coverage,
            density=losses.density,
            limits=[self._limit(limit) for limit in losses.limits],
        )
        return [told, self.say("losses.drawn")]

    def _limit(self, limit: LossLimit) -> str:
        subject = limit.subject
        if subject.kind == "case":
            names = [self.names.case(subject.node, name) for name in limit.among]
            return self.say(f"losses.{subject.node}", names=names)
        name = self.names.criterion(subject.node)
        side = "high" if limit.low is None else "low"
        at = limit.high if limit.low is None else limit.low
        if subject.kind == "lens":
            return self.say(f"losses.lens_{side}", lens=name, at=at)
        share = at if limit.low is None else 1 - limit.low
        option = self.names.short(subject.option or "")
        return self.say(f"losses.effect_{side}", criterion=name, option=option, at=share)

    def losses_table(self) -> WordTable:
        heads = (self.say("table.limit"), self.say("table.chance"))
        rows = tuple(
            (self._limit(limit), self._chance(limit.quasi_p)) for limit in self.found.losses.limits
        )
        return WordTable(self.say("table.losses"), heads, rows)

    def _chance(self, p: float) -> str:
        return self.say("table.tiny", p=LEAST_P) if p < LEAST_P else self._share(p)


def _outcome(losses: Losses) -> str:
    """Return what to say: mainly where at least half is described, and clearly more is lost."""
    if losses.outcome != "found":
        return losses.outcome
    half, lift = (losses.coverage or 0) >= 0.5, (losses.density or 0) >= LIFT * losses.base
    return "mainly" if half and lift else "more_often"


def _trimmed(index: float) -> float:
    """Return an estimated share as it is written: not below 0 nor above 1."""
    return min(1.0, max(0.0, index))
