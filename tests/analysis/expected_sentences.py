"""The sentences that a comparison should say, with every number from the oracle's own loops."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

from tests.analysis.oracle import NEAR, Oracle

from afweging.model.criterion import Criterion, Linear, Ordinal, criteria_under
from afweging.model.provenance import EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tests.analysis.oracle import Case, Pair

    from afweging.model.problem import Label, Requirement
    from afweging.model.text import Text
    from afweging.wording import Words

AXES = ("scenario", "region", "horizon")


class Expected:
    """What should be said about one problem in one language."""

    def __init__(self, oracle: Oracle, words: Words, *, likely: bool = False) -> None:
        """`likely` says whether likelihoods of the scenarios were stated."""
        self.oracle = oracle
        self.problem = oracle.problem
        self.words = words
        self.likely = likely

    def say(self, key: str, **facts: object) -> str:
        """Return the text under `compare.key`."""
        return self.words.text(f"compare.{key}", **facts)

    # --- names ---------------------------------------------------------------------------------

    def name(self, parts: Iterable[object], name: str) -> str:
        """Return the name of one of the parts in the language."""
        text: Text = next(p.name for p in parts if p.id == name)  # type: ignore[attr-defined]
        return text.en if self.words.language == "en" and text.en else text.nl

    def option(self, name: str) -> str:
        """Return an option as a reader sees it."""
        shown = self.name(self.problem.alternatives, name)
        return f"{name} {shown}" if len(name) <= 4 and not name.islower() else shown

    def options(self, names: Iterable[str]) -> list[str]:
        """Return several options as a reader sees them."""
        return [self.option(name) for name in names]

    def node(self, name: str) -> str:
        """Return the name of a lens or criterion."""
        return self.name([*self.problem.tree.children, *self.problem.criteria], name)

    def unit(self, name: str) -> str:
        """Return the unit of a criterion."""
        unit = self.oracle.criteria[name].unit
        return unit.en if self.words.language == "en" and unit.en else unit.nl

    def case(self, axis: str, name: str) -> str:
        """Return the name of a scenario, region or horizon."""
        labels: Mapping[str, tuple[Label, ...]] = {
            "scenario": self.problem.scenarios,
            "region": self.problem.regions,
            "horizon": self.problem.horizons,
        }
        return self.name(labels[axis], name)

    # --- headline ------------------------------------------------------------------------------

    def headline(self) -> list[str]:
        """Return the answer in a few sentences."""
        lines = [self.say("headline.none_admissible")] if self.oracle.none_meets else []
        lines += [self._first_place(), *self._gaps()]
        first, settled = self._overall()
        if len(self.oracle.allowed) == 1:
            return [*lines, *self.likelihoods()]
        if settled and len(first) == 1:
            lines += [*self._share(first[0]), *self._tip(first[0])]
        return [*lines, *self._regret(), *self.likelihoods()]

    def _overall(self) -> tuple[list[str], bool]:
        scores = self.oracle.expected
        return self.oracle.first(scores), self.oracle.settled(scores)

    def _missing(self) -> dict[str, int]:
        count = {
            option: sum(
                math.isnan(self.oracle.effect(case, option, name))
                for case in self.oracle.cases
                for name in self.oracle.criteria
            )
            for option in self.oracle.options
        }
        return {option: number for option, number in count.items() if number}

    def _first_place(self) -> str:
        first, settled = self._overall()
        scores = self.oracle.expected
        if not settled:
            return self.say("headline.open", winners=self.options(first))
        low, high = scores[first[0]]
        score = self.words.format_field(low, "3")
        if high - low > NEAR:
            score = self.say("ranking.range", low=low, high=high)
        if len(first) > 1:
            return self.say("headline.tie", winners=self.options(first), score=score)
        rest = [option for option in self.oracle.allowed if option != first[0]]
        facts = {"winner": self.option(first[0]), "score": score}
        if not rest:
            return self.say("headline.only", **facts)
        top = max(scores[option][1] for option in rest)
        if self._missing():
            return self.say("headline.one_gap", **facts, gap=low - top)
        second = self.options(option for option in rest if scores[option][1] >= top - NEAR)
        key = "headline.one" if len(second) == 1 else "headline.one_several"
        return self.say(key, **facts, second=second, gap=low - top)

    def _gaps(self) -> list[str]:
        missing = self._missing()
        if not missing:
            return []
        key = "gap_settled" if self._overall()[1] else "gap_open"
        options = self.options(missing)
        return [self.say(f"headline.{key}", count=sum(missing.values()), options=options)]

    def share_text(self, low: float, high: float) -> str:
        """Return a share, or what it is at least."""
        if high - low > NEAR:
            return self.say("share.at_least", share=low)
        return self.words.format_field(low, "share")

    def even(self) -> bool:
        """Return whether all cases weigh the same."""
        weights = [self.oracle.case_weight(case) for case in self.oracle.cases]
        return max(weights) - min(weights) < 1e-9

    def _share(self, winner: str) -> list[str]:
        if len(self.oracle.cases) == 1:
            return []
        key = "cases_one" if self.even() else "cases_weight"
        share = self.share_text(*self.oracle.share_first(winner))
        return [self.say(f"headline.{key}", winner=self.option(winner), share=share)]

    def _tip(self, winner: str) -> list[str]:
        rivals = [option for option in self.oracle.allowed if option != winner]
        if not rivals or self._missing():
            return []
        lens_weight = self.oracle.local(self.problem.tree, self.oracle.profile)
        found = [
            (round(abs(at - lens_weight[lens]), 12), rival, lens, at)
            for rival in rivals
            for lens in lens_weight
            if (at := self.oracle.tip(lens, winner, rival)) is not None
        ]
        if not found:
            return [self.say("headline.no_tip")]
        _, rival, lens, at = min(found)
        facts = {"lens": self.node(lens), "weight": lens_weight[lens], "at": at}
        return [self.say("headline.tip", **facts, rival=self.option(rival))]

    def _regret(self) -> list[str]:
        verdicts = {v for option in self.oracle.options for v in self.oracle.verdicts(option)}
        greatest = {option: self.oracle.greatest_regret(option) for option in self.oracle.allowed}
        loose = any(high - low > 0 for low, high, _ in greatest.values())
        if "depends" in verdicts or len(self.oracle.ids["scenario"]) == 1 or loose:
            return []
        least = min(low for low, _, _ in greatest.values())
        best = [option for option, (low, _, _) in greatest.items() if low <= least + NEAR]
        if len(best) > 1:
            return [self.say("headline.regret_tie", regret=least, options=self.options(best))]
        option, first = best[0], self._overall()[0]
        if least <= NEAR:
            return [self.say("headline.regret_none", option=self.option(option))]
        ids = self.oracle.ids["scenario"]
        states = [self.case("scenario", s) for s in ids if s in greatest[option][2]]
        facts = {"option": self.option(option), "regret": least, "scenarios": states}
        if len(first) > 1:
            return [self.say("headline.regret_least", **facts)]
        if first == [option]:
            return [self.say("headline.regret_same", **facts)]
        other = greatest[first[0]][0]  # exact: how many decimals are told depends on both
        facts["regret"], facts["other"] = (
            self.words.format_field(each, "9") for each in (least, other)
        )
        facts["winner"] = self.option(first[0])
        return [self.say("headline.regret_other", **facts)]

    def likelihoods(self) -> list[str]:
        """Return what is assumed about the scenarios."""
        shares = self.oracle.share["scenario"]
        if len(shares) == 1:
            return []
        if not self.likely:
            return [self.say("headline.no_likelihoods")]
        shown = [
            f"{self.case('scenario', name)} {self.words.format_field(share, 'share')}"
            for name, share in shares.items()
        ]
        return [self.say("headline.likelihoods", likelihoods=shown)]

    # --- requirements --------------------------------------------------------------------------

    def requirements(self) -> list[str]:
        """Return what is required and who fails it."""
        needs = self.problem.requirements
        if not needs:
            return []
        lines, shown = [self._asked(need) for need in needs], []
        for need in needs:
            for option in self.oracle.options:
                verdict = self.oracle.verdict(need.id, option)
                if verdict != "meets":
                    shown.append(option)
                    lines.append(self._fails(need.id, option, verdict, need.tolerated_share))
        if not shown:
            lines.append(self.say("requirement.all_meet"))
        elif len(set(shown)) < len(self.oracle.options):
            lines.append(self.say("requirement.meets_rest"))
        return lines

    def _asked(self, need: Requirement) -> str:
        criterion = self.oracle.criteria[need.criterion]
        facts: dict[str, object] = {
            "requirement": self.name(self.problem.requirements, need.id),
            "criterion": self.node(need.criterion),
            "threshold": need.threshold,
            "unit": self.unit(need.criterion),
        }
        key = f"threshold_{criterion.direction}"
        if isinstance(criterion.value_function, Ordinal):
            classes = criterion.value_function.classes
            facts["threshold"] = self.name(classes, classes[int(need.threshold)].id)
            key = "threshold_class"
        return self.say(f"requirement.{key}", **facts)

    def _fails(self, need: str, option: str, verdict: str, tolerated: float) -> str:
        surely, most, share, _ = self.oracle.failing(need, option)
        count = self.words.format_field(surely, "number")
        if verdict == "depends":
            count = self.words.format_field(most, "number")
        elif surely < most:
            count = self.say("share.at_least_count", count=surely)
        return self.say(
            f"requirement.{verdict}",
            option=self.option(option),
            requirement=self.name(self.problem.requirements, need),
            count=count,
            cases=len(self.oracle.cases),
            share=share,
            tolerated=tolerated,
        )

    # --- who is first where, who would choose what ---------------------------------------------

    def _who(self, scores: Mapping[str, Pair]) -> str:
        first = self.options(self.oracle.first(scores))
        if not self.oracle.settled(scores):
            return self.say("winners.unsettled", winners=first)
        return first[0] if len(first) == 1 else self.say("winners.tie", winners=first)

    def winners(self) -> list[str]:
        """Return who is first per scenario, region and horizon, and who is dominated."""
        lines = []
        for axis in AXES:
            ids = self.oracle.ids[axis]
            if len(ids) < 2:
                continue
            groups: dict[str, list[str]] = {}
            for name in ids:
                who = self._who(self.oracle.scores(among=self.oracle.on(axis, name)))
                groups.setdefault(who, []).append(self.case(axis, name))
            lines.append(self._on_axis(axis, groups, len(ids)))
        options = self.oracle.options
        for other in options:
            better = [o for o in options if o != other and self.oracle.dominates(o, other)]
            if better:
                facts = {"option": self.option(other), "others": self.options(better)}
                lines.append(self.say("winners.dominated", **facts))
        return lines

    def _on_axis(self, axis: str, groups: Mapping[str, Sequence[str]], total: int) -> str:
        title = self.say(f"axis.{axis}")
        if len(groups) == 1:
            return self.say("winners.everywhere", axis=title, winners=list(groups))
        parts = [
            self.say("winners.part", winners=[who], groups=list(where))
            if len(where) <= 6
            else self.say("winners.part_many", winners=[who], count=len(where), total=total)
            for who, where in groups.items()
        ]
        return self.say("winners.line", axis=title, parts="; ".join(parts))

    def profiles(self) -> list[str]:
        """Return who would choose what."""
        profiles = self.problem.panel
        groups: dict[str, list[str]] = {}
        for profile in profiles:
            who = self._who(self.oracle.scores(weights=self.oracle.weights(profile)))
            mark = " (*)" if profile.origin == "about" else ""
            groups.setdefault(who, []).append(self.name(profiles, profile.id) + mark)
        order = sorted(groups, key=lambda who: -len(groups[who]))
        total = len(profiles)
        lines = [
            self.say(
                "profiles.line",
                winners=who,
                count=len(groups[who]),
                total=total,
                profiles=groups[who],
            )
            for who in order
        ]
        if any(profile.origin == "about" for profile in profiles):
            lines.append(self.say("profiles.about"))
        return lines

    # --- exchange and evidence -----------------------------------------------------------------

    def exchange(self, chosen: Iterable[str] | None = None) -> list[str]:
        """Return the exchange rates of `chosen`, or of the heaviest criterion per lens."""
        criteria, weight = self.oracle.criteria, self.oracle.weight
        rated = {
            name: each
            for name, each in criteria.items()
            if weight[name] > 0 and self._one_way(each)
        }
        if not rated:
            return []
        anchor = min(rated, key=lambda name: self._yardstick(rated[name], weight[name]))
        shown = set(chosen) if chosen is not None else self._heavy(set(rated) - {anchor}, weight)
        lines = []
        for name, each in rated.items():
            if name not in shown or name == anchor:
                continue
            per_unit = weight[name] / abs(each.best - each.worst)
            rate = per_unit / (weight[anchor] / abs(rated[anchor].best - rated[anchor].worst))
            straight = all(isinstance(rated[k].value_function, Linear) for k in (name, anchor))
            lines.append(
                self.say(
                    "exchange.same",
                    unit=self.unit(name),
                    direction=self.say(f"direction.{each.direction}"),
                    criterion=self.node(name),
                    rate=self._three_digits(rate),
                    other_unit=self.unit(anchor),
                    other_direction=self.say(f"direction.{rated[anchor].direction}"),
                    other=self.node(anchor),
                    mean="" if straight else self.say("exchange.mean"),
                )
            )
        return lines

    def _one_way(self, criterion: Criterion) -> bool:
        """Return whether it is a number whose value only rises or only falls."""
        if isinstance(criterion.value_function, Ordinal):
            return False
        values = [value for _, value in getattr(criterion.value_function, "points", ())]
        return values in (sorted(values), sorted(values, reverse=True))

    def _yardstick(self, criterion: Criterion, weight: float) -> tuple[bool, bool, float, str]:
        straight = isinstance(criterion.value_function, Linear)
        money = "euro" in criterion.unit.nl.lower()
        return (not straight, not money, -round(weight, 9), criterion.id)

    def _heavy(self, rated: set[str], weight: Mapping[str, float]) -> set[str]:
        found = set()
        for lens in self.problem.tree.children:
            inside = [c.id for c in criteria_under(lens) if c.id in rated]
            if inside:
                found.add(min(inside, key=lambda name: (-round(weight[name], 9), name)))
        return found

    def _three_digits(self, rate: float) -> str:
        shown = float(f"{rate:.3g}")
        places = max(0, 2 - math.floor(math.log10(rate)))
        return self.words.format_field(shown, "" if places > 4 else str(places))

    def evidence(self) -> list[str]:
        """Return what the result rests on."""
        shares = dict.fromkeys([*EVIDENCE, "unknown"], 0.0)
        for case in self.oracle.cases:
            for option in self.oracle.options:
                for name, weight in self.oracle.weight.items():
                    part = self.oracle.case_weight(case) * weight / len(self.oracle.options)
                    shares[self._mark(case, option, name)] += part
        parts = [
            self.say("evidence.part", share=share, mark=self.say(f"mark.{mark}"))
            for mark, share in shares.items()
            if share > 0
        ]
        lines = [self.say("evidence.shares", parts=parts)]
        for label in self.problem.perspectives:
            carried = sum(
                weight
                for name, weight in self.oracle.weight.items()
                if self.oracle.criteria[name].perspective == label.id
            )
            shown = self.name(self.problem.perspectives, label.id)
            lines.append(self.say("evidence.perspective", share=carried, perspective=shown))
        return lines

    def _mark(self, case: Case, option: str, name: str) -> str:
        if math.isnan(self.oracle.effect(case, option, name)):
            return "unknown"
        place = (
            self.oracle.row[case],
            self.oracle.options.index(option),
            self.oracle.column[name],
        )
        return EVIDENCE[int(self.problem.effects.evidence[place])]

    # --- explanation ---------------------------------------------------------------------------

    def explanation(self, first: str, second: str) -> list[str]:
        """Return why one option scores above another."""
        oracle, scores = self.oracle, self.oracle.expected
        if scores[first][1] < scores[second][0] - NEAR:
            first, second = second, first
        both = {"first": self.option(first), "second": self.option(second)}
        low, high = scores[first][0] - scores[second][1], scores[first][1] - scores[second][0]
        parts = {name: self._part(name, first, second) for name in oracle.criteria}
        unknown = [name for name, (least, most) in parts.items() if most - least > NEAR]
        known = {name: part[0] for name, part in parts.items() if name not in unknown}
        tied = max(abs(low), abs(high)) <= NEAR
        lines = [self._above(both, first, second, (low, high))]
        for key, sign, who in (("because", 1, first), ("despite", -1, second)):
            lines += ["", *self._reasons(key, sign, who, (first, second), known)]
        if unknown:
            shown = [self.node(name) for name in unknown]
            lines += ["", self.say("explain.unknown", criteria=shown)]
        elif not tied:
            lines += ["", self.say("explain.tips")]
            lines += [f"- {line}" for line in self._tips(first, second)]
        return [*lines, "", *self._firm(both, first, second, has_gap=bool(unknown))]

    def _part(self, name: str, first: str, second: str) -> Pair:
        one, other = self.oracle.part(first, name), self.oracle.part(second, name)
        return one[0] - other[1], one[1] - other[0]

    def _above(self, both: dict[str, str], first: str, second: str, span: Pair) -> str:
        scores, (low, high) = self.oracle.expected, span
        if high - low > NEAR:
            key = "above_span" if low > NEAR else "open"
            return self.say(f"explain.{key}", **both, low=low, high=high)
        if abs(low) <= NEAR:
            return self.say("explain.tie", **both, high=scores[first][0])
        facts = {"high": scores[first][0], "low": scores[second][0], "difference": low}
        return self.say("explain.above", **both, **facts)

    def _reasons(
        self, key: str, sign: int, who: str, pair: tuple[str, str], known: Mapping[str, float]
    ) -> list[str]:
        speaking = [name for name, part in known.items() if sign * part > NEAR]
        if not speaking:
            suffix = "" if len(known) == len(self.oracle.criteria) else "_known"
            named = {"first": self.option(who), "second": self.option(who)}
            return [self.say(f"explain.nothing_{key}{suffix}", **named)]
        speaking.sort(key=lambda name: (-sign * round(known[name], 12), name))
        lines = [self.say(f"explain.{key}")]
        lines += [f"- {self._clause(name, pair, known[name])}" for name in speaking[:3]]
        if speaking[3:]:
            rest = sum(known[name] for name in speaking[3:])
            text = self.say("explain.more", count=len(speaking) - 3, difference=rest)
            lines.append(f"- {text}")
        return lines

    def _clause(self, name: str, pair: tuple[str, str], part: float) -> str:
        facts: dict[str, object] = {"criterion": self.node(name), "difference": part}
        one, other = (self.oracle.mean_effect(option, name) for option in pair)
        ordinal = isinstance(self.oracle.criteria[name].value_function, Ordinal)
        if ordinal or math.isnan(one) or math.isnan(other):
            return self.say("explain.clause_class", **facts)
        facts |= {"first": one, "second": other, "unit": self.unit(name)}
        return self.say("explain.clause", **facts)

    def _tips(self, first: str, second: str) -> list[str]:
        weight = self.oracle.local(self.problem.tree, self.oracle.profile)
        tips = {lens: self.oracle.tip(lens, first, second) for lens in weight}
        found = sorted(
            (round(abs(at - weight[lens]), 12), lens, at)
            for lens, at in tips.items()
            if at is not None
        )
        lines = [
            self.say("explain.tip_lens", lens=self.node(lens), weight=weight[lens], at=at)
            for _, lens, at in found
        ] or [self.say("explain.no_tip")]
        effect = self._effect_tip(first, second)
        if effect is None:
            return [*lines, self.say("explain.no_tip_effect", option=self.option(first))]
        name, now, at = effect
        facts = {"criterion": self.node(name), "unit": self.unit(name), "now": now, "at": at}
        return [*lines, self.say("explain.tip_effect", option=self.option(first), **facts)]

    def _effect_tip(self, first: str, second: str) -> tuple[str, float, float] | None:
        """Return the criterion of the least shift in value, its mean effect now and at the tie."""
        gap, found = self.oracle.gap(first, second), []
        for name, criterion in self.oracle.criteria.items():
            if not isinstance(criterion.value_function, Linear) or self.oracle.weight[name] <= 0:
                continue
            shift = -gap / self.oracle.weight[name] * (criterion.best - criterion.worst)
            low, high = sorted((criterion.worst, criterion.best))
            room = 1e-9 * (high - low)
            levels = [self.oracle.effect(case, first, name) for case in self.oracle.cases]
            both = [*levels, *(level + shift for level in levels)]
            if min(both) >= low - room and max(both) <= high + room:
                now = self.oracle.mean_effect(first, name)
                found.append((-round(self.oracle.weight[name], 12), name, now, now + shift))
        return min(found)[1:] if found else None

    def _firm(self, both: dict[str, str], first: str, second: str, *, has_gap: bool) -> list[str]:
        low = self._bad(first, 0) - self._bad(second, 1)
        turn = "level" if abs(low) <= NEAR else "hold" if low > 0 else "turn"
        lines = [self.say(f"explain.estimates_{turn}", **both, low=low)]
        if len(self.oracle.cases) == 1:
            return lines
        share = sum(
            self.oracle.case_weight(case)
            for case, scores in self.oracle.case_scores.items()
            if scores[first][0] > scores[second][1] + NEAR
        )
        shown = self.words.format_field(float(share), "share")
        if has_gap:
            shown = self.say("share.at_least", share=float(share))
        key = "cases" if self.even() else "cases_weight"
        return [*lines, self.say(f"explain.{key}", **both, share=shown)]

    def _bad(self, option: str, end: int) -> float:
        """Return the mean score with every effect at its least (0) or greatest (1) value."""
        pick: Callable[[Iterable[float]], float] = (min, max)[end]
        total = 0.0
        for case in self.oracle.cases:
            for name, criterion in self.oracle.criteria.items():
                value = pick(self._possible(case, option, criterion))
                total += self.oracle.case_weight(case) * self.oracle.weight[name] * value
        return total

    def _possible(self, case: Case, option: str, criterion: Criterion) -> list[float]:
        """Return the values at both estimates and at every bend between them."""
        place = (
            self.oracle.row[case],
            self.oracle.options.index(option),
            self.oracle.column[criterion.id],
        )
        low, high = (float(getattr(self.problem.effects, end)[place]) for end in ("low", "high"))
        if math.isnan(low):
            return list(self.oracle.ends(criterion))
        function = criterion.value_function
        levels = [low, high]
        if isinstance(function, Ordinal):
            levels += [float(k) for k in range(int(low), int(high) + 1)]
        levels += [x for x, _ in getattr(function, "points", ()) if low <= x <= high]
        return [self.oracle.value(criterion, x) for x in levels]

    # --- notices -------------------------------------------------------------------------------

    def correlated(self) -> list[tuple[str, str, float]]:
        """Return the pairs of criteria that move together over the options within cases."""
        rows: list[list[float]] = []
        for case in self.oracle.cases:
            whole = [
                [self.oracle.effect(case, option, name) for name in self.oracle.criteria]
                for option in self.oracle.options
            ]
            whole = [row for row in whole if not any(math.isnan(x) for x in row)]
            if len(whole) >= 3:
                mean = [math.fsum(column) / len(whole) for column in zip(*whole, strict=True)]
                rows += [[x - m for x, m in zip(row, mean, strict=True)] for row in whole]
        found = []
        for (a, one), (b, other) in combinations(enumerate(self.oracle.criteria), 2):
            first, second = [row[a] for row in rows], [row[b] for row in rows]
            size = math.sqrt(sum(x * x for x in first) * sum(y * y for y in second))
            if size < 1e-9:
                continue
            rho = sum(x * y for x, y in zip(first, second, strict=True)) / size
            if abs(rho) > 0.8:
                found.append((one, other, rho))
        return found
