from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from tests.analysis.expected_sentences import Expected
from tests.analysis.futures import (
    LOWER_IS_BETTER,
    PERCENTILES,
    SPREAD,
    Choice,
    Futures,
    brabant,
    equal,
    places,
    varied,
    without_requirements,
)
from tests.analysis.oracle import NEAR
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem

from afweging.analysis import scenario_robustness_sentences as told
from afweging.analysis.compare import compare
from afweging.analysis.scenario_robustness import find_scenario_robustness
from afweging.analysis.sentences import least_regret
from afweging.model.result import Comparison, Request
from afweging.wording import LANGUAGES, Language, Words


def _said(comparison: Comparison, language: Language) -> list[str]:
    return told.sentences(comparison, find_scenario_robustness(comparison), Words(language))


class Says:
    """The sentences that should be said, every number from loops."""

    def __init__(self, futures: Futures, language: Language, *, alike: bool) -> None:
        """`alike` says whether all cases weigh the same."""
        self.futures = futures
        self.words = Words(language)
        self.names = Expected(futures.oracle, self.words)
        self.alike = alike

    def say(self, key: str, **facts: object) -> str:
        """Return one sentence."""
        return self.words.text(f"futures.{key}", **facts)

    def metrics(self, names: list[str]) -> list[str]:
        """Return measures by name."""
        return [self.say(f"name.{name}") for name in names]

    def scenarios(self, names: list[str]) -> list[str]:
        """Return scenarios by name."""
        return [self.names.case("scenario", name) for name in names]

    def all(self) -> list[str]:
        """Return everything that should be said."""
        if len(self.futures.options) == 1:
            return [self.say("note.one_option"), *self.satisfied()]
        opening = [self.say("satisfied.none_admissible")] if self.futures.oracle.none_meets else []
        several = len(self.futures.scenarios) > 1
        one = [] if several else [self.say("note.one_scenario")]
        return [
            *opening,
            *(self.trades() if several and self.costs() else []),
            *self.satisfied(),
            *(self.trades() if several and not self.costs() else []),
            *self.agreement(),
            *(self.scenario_bars() if several else []),
            *self.case_bars(),
            *(self.drops() if several else []),
            *one,
            *self.refused(),
        ]

    def costs(self) -> bool:
        """Return whether another option than the best has the least greatest regret."""
        greatest, expected = self.futures.greatest(), self.futures.expected
        best = max(expected[x] for x in self.futures.options)
        first = [x for x in self.futures.options if expected[x] >= best - NEAR]
        least = min(greatest[x] for x in self.futures.options)
        return min(greatest[x] for x in first) > least + NEAR

    def trades(self) -> list[str]:
        """Return what less regret costs."""
        greatest, expected = self.futures.greatest(), self.futures.expected
        front = [
            x
            for x in self.futures.options
            if not any(
                expected[y] >= expected[x] - NEAR
                and greatest[y] <= greatest[x] + NEAR
                and (expected[y] > expected[x] + NEAR or greatest[y] < greatest[x] - NEAR)
                for y in self.futures.options
            )
        ]
        front.sort(key=lambda x: -expected[x])
        best, *_ = front
        others = [x for x in front if greatest[x] < greatest[best] - NEAR]
        if not others:
            return [self.say("trade.none", options=self.names.options(front))]
        return [
            self.say(
                "trade.give",
                option=self.names.option(x),
                winner=self.names.option(best),
                cost=expected[best] - expected[x],
                share=(greatest[best] - greatest[x]) / greatest[best],
                before=self.words.apart(greatest[x], greatest[best], "gap")[1],
                after=self.words.apart(greatest[x], greatest[best], "gap")[0],
            )
            for x in others
        ]

    def agreement(self) -> list[str]:
        """Return by how many measures each is the best."""
        lines = []
        for over in ("cases", "scenarios"):
            count = len(self.futures.oracle.cases if over == "cases" else self.futures.scenarios)
            if count == 1:
                continue
            best = self._best(over)
            telling = [each for each in best.values() if len(each) < len(self.futures.options)]
            level = [name for name, each in best.items() if each not in telling]
            times = {o: sum(o in each for each in telling) for o in self.futures.options}
            line = []
            for winner in self.futures.winners:
                number = times.pop(winner)
                key = "all" if number == len(telling) else "some" if number else "none"
                line.append(
                    self.say(
                        f"agree.{over}_{key}",
                        option=self.names.option(winner),
                        states=count,
                        count=number,
                        total=len(telling),
                    )
                )
            most = max(times.values(), default=0)
            if most:
                key = "others_tied" if sum(map(len, telling)) > len(telling) else "others"
                options = self.names.options(o for o, n in times.items() if n == most)
                line.append(self.say(f"agree.{key}", options=options, count=most))
            lines += [" ".join(line)] if telling else []
            if level:
                key = "level" if telling else "level_all"
                lines.append(self.say(f"agree.{over}_{key}", metrics=self.metrics(level)))
        return lines

    def _best(self, over: str) -> dict[str, list[str]]:
        found = {}
        for name, values in self.futures.measures(over, Choice()).items():
            if isinstance(values, str):
                continue
            ranks = places(values, lower=name in LOWER_IS_BETTER)
            best = [option for option, rank in ranks.items() if rank == 1]
            if best:
                found[name] = best
        return found

    def scenario_bars(self) -> list[str]:
        """Return who has the highest score in each scenario."""
        where: dict[tuple[str, ...], list[str]] = {}
        scenarios = self.futures.scenarios
        for scenario, scores in zip(scenarios, self.futures.by_scenario, strict=True):
            where.setdefault(tuple(self.futures.setters(scores)), []).append(scenario)
        if len(where) == 1:
            (setters,) = where
            return [self.say("bar.everywhere", options=self.names.options(setters))]
        many = "_many" if len(scenarios) > 6 else ""
        parts = [
            self.say(
                f"bar.scenario_part{many}",
                options=self.names.options(setters),
                scenarios=self.scenarios(names),
                count=len(names),
                total=len(scenarios),
            )
            for setters, names in sorted(where.items(), key=lambda item: -len(item[1]))
        ]
        return [self.say("bar.scenarios", parts="; ".join(parts))]

    def case_bars(self) -> list[str]:
        """Return the weight of the cases in which each has the highest score."""
        if len(self.futures.oracle.cases) == len(self.futures.scenarios):
            return []
        setters = [self.futures.setters(scores) for scores in self.futures.by_case]
        share = {
            option: sum(
                w
                for w, each in zip(self.futures.case_weights, setters, strict=True)
                if option in each
            )
            for option in self.futures.options
        }
        parts = [
            self.say("bar.case_part", option=self.names.option(option), share=share[option])
            for option in sorted(share, key=lambda name: -round(share[name], 12))
            if share[option]
        ]
        line = self.say("bar.cases" if self.alike else "bar.cases_weight", parts=parts)
        tied = any(len(each) > 1 for each in setters)
        return [f"{line} {self.say('bar.tied')}" if tied else line]

    def drops(self) -> list[str]:
        """Return what the least regret does without each option."""
        least, options = self.futures.least(), self.futures.options
        lines = []
        for option in options:
            stay = [each for each in least if each != option]
            after = self.futures.least(without=option)
            if stay and after != stay:
                lines.append(
                    self.say(
                        "drop.reverses",
                        option=self.names.option(option),
                        before=self.names.options(least),
                        after=self.names.options(after),
                    )
                )
        if not lines and len(options) > 2 and len(least) < len(options):
            lines.append(self.say("drop.keeps", least=self.names.options(least)))
        if len(least) == 1:
            (name,) = least
            left = {o: self.futures.greatest(without=o)[name] for o in options if o != name}
            option = min(left, key=lambda each: round(left[each], 12))
            before = self.futures.greatest()[name]
            facts = {"before": before, "after": left[option]}
            shown = {self.words.format_field(each, "gap") for each in facts.values()}
            if len(shown) == 2:
                who = {"option": self.names.option(option), "least": self.names.option(name)}
                lines.append(self.say("drop.matters", **who, **facts))
        return lines

    def satisfied(self) -> list[str]:
        """Return how often each winner is good enough."""
        if not self.futures.problem.requirements:
            return [self.say("satisfied.none")]
        met = {option: self.futures.met(option)[1] for option in self.futures.oracle.options}
        most = max(met.values())
        others = [
            self.names.option(o)
            if o in self.futures.options
            else self.say("cell.screened", option=self.names.option(o))
            for o, share in met.items()
            if share >= most - NEAR
        ]
        return [
            self.say(
                f"satisfied.{'cases' if self.alike else 'weight'}_"
                f"{'most' if met[winner] >= most - NEAR else 'less'}",
                option=self.names.option(winner),
                share=met[winner],
                others=others,
                most=most,
            )
            for winner in self.futures.winners
        ]

    def refused(self) -> list[str]:
        """Return which measures are not given, and why."""
        lines = []
        for over in ("cases", "scenarios"):
            count = len(self.futures.oracle.cases if over == "cases" else self.futures.scenarios)
            found = self.futures.measures(over, Choice())
            few = [name for name, each in found.items() if each == "few-states"]
            for least, kind in ((2, SPREAD), (20, PERCENTILES)):
                metrics = [name for name in few if name in kind]
                if metrics and count > 1:
                    shown = self.metrics(metrics)
                    facts = {"states": count, "metrics": shown, "least": least}
                    lines.append(self.say(f"note.few_{over}", **facts))
        if not self.futures.problem.requirements:
            lines.append(self.say("note.no_threshold", metrics=self.metrics(["starr_domain"])))
        return lines


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(8))
def test_every_number_is_that_of_a_loop(seed: int, language: Language) -> None:
    """All sentences, on random problems with weights that all differ."""
    comparison, futures = varied(seed)
    assert _said(comparison, language) == Says(futures, language, alike=False).all()


SHAPES = [
    Shape(options=3, scenarios=2, regions=1, horizons=1),
    Shape(options=4, scenarios=8, regions=1, horizons=3, clones=2, requirements=0),
    Shape(options=2, scenarios=1, regions=2, horizons=2),
    Shape(options=4, scenarios=3, clones=3, requirements=0),
    Shape(options=1, scenarios=3),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.options}-{shape.scenarios}")
def test_also_with_ties_and_few_of_everything(shape: Shape, seed: int, language: Language) -> None:
    """Clones, one scenario, one option, no requirements, many scenarios."""
    comparison, futures = equal(random_problem(seed, shape))
    assert _said(comparison, language) == Says(futures, language, alike=True).all()


@cache
def _brabant() -> Futures:
    return Futures(brabant().problem, {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_brabant(language: Language) -> None:
    """All sentences of the shared scenario."""
    assert _said(brabant(), language) == Says(_brabant(), language, alike=True).all()


def test_how_brabant_reads() -> None:
    """The sentences as people read them."""
    lines = _said(brabant(), "nl")
    assert lines[1] == (
        "De hoogste score en de minste spijt in het ergste scenario gaan samen, bij O7 "
        "Handhaving en bescherming in de hele keten: daartussen hoeft niet te worden gekozen."
    )
    assert any("de beste bij 4 van de 12 maten" in line for line in lines)
    assert any("0,0041 in plaats van 0,0071" in line for line in lines)
    assert any(line.startswith("Niet te geven over 4 scenario's: ") for line in lines)
    lines = _said(brabant(), "en")
    assert any("meets all requirements in 81.7\u00a0% of the cases" in line for line in lines)


def test_what_less_regret_costs() -> None:
    """Stocks, bonds and money market: bonds give up a sixteenth for two sevenths less regret."""
    payoff = [[-4, -2, 3], [4, 3, 2], [12, 8, 1]]
    problem = plain_problem(
        [[[x] for x in row] for row in payoff],
        (leaf("return", worst=-4, best=12),),
        options=("stocks", "bonds", "money"),
    )
    dutch, english = (_said(compare(problem), language)[0] for language in LANGUAGES)
    assert dutch == (
        "Wie bonds-naam kiest in plaats van stocks-naam, levert 0,062 score in. De grootste spijt "
        "over de scenario's wordt dan 29\u00a0% kleiner: 0,31 in plaats van 0,44."
    )
    assert english == (
        "Those who choose bonds-name instead of stocks-name give up 0.062 of score. The greatest "
        "regret over the scenarios then becomes 29\u00a0% smaller: 0.31 instead of 0.44."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_count_is_said(language: Language) -> None:
    """A scenario without weight, a case too few, and scores without any difference."""
    words = Words(language)
    problem = plain_problem([[[0.0], [0.9]], [[0.6], [0.5]], [[0.7], [0.4]]], (leaf("a"),))
    request = Request(likelihoods=(("S1", 0), ("S2", 0.5), ("S3", 0.5)))
    lines = _said(compare(problem, request), language)
    name = "S1-naam" if language == "nl" else "S1-name"
    assert words.text("futures.note.weightless", scenarios=[name]) in lines
    level = plain_problem([[[0.4], [s / 30]] for s in range(25)], (leaf("a"),))
    lines = _said(compare(level), language)
    option = "O1 O1-naam" if language == "nl" else "O1 O1-name"
    shapes = [words.text(f"futures.name.percentile_{each}") for each in ("skewness", "kurtosis")]
    facts = {"options": [option], "metrics": shapes}
    for over in ("cases", "scenarios"):
        assert words.text(f"futures.note.undefined_{over}", **facts) in lines
    one_case = plain_problem([[[0.4], [0.5]]], (leaf("a"),))
    assert words.text("futures.note.one_case") in _said(compare(one_case), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_option_is_good_enough_is_said_first(language: Language) -> None:
    """All options take part then, and the reader must know why."""
    comparison, _ = varied(2)
    asked = tuple(
        replace(each, threshold=1e9 if c.direction == "max" else -1e9, tolerated_share=0.0)
        for each in comparison.problem.requirements
        for c in comparison.problem.criteria
        if c.id == each.criterion
    )
    lines = _said(compare(replace(comparison.problem, requirements=asked)), language)
    assert lines[0] == Words(language).text("futures.satisfied.none_admissible")
    bare = _said(compare(without_requirements(comparison.problem)), language)
    assert Words(language).text("futures.satisfied.none") in bare


def test_the_tables_come_along() -> None:
    """The tables of this part are those of the module that makes them."""
    found = find_scenario_robustness(brabant())
    assert len(told.tables(brabant(), found, Words("nl"))) == 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_regrets_that_round_alike_are_told_apart(language: Language) -> None:
    """O2 has regret 0.400 and O1 0.401: not 0.40 instead of 0.40."""
    mode = [[[0.8], [0.4]], [[0.8], [0.4]], [[0.0], [0.401]]]
    comparison, words = compare(plain_problem(mode, (leaf("a"),))), Words(language)
    said = [*_said(comparison, language), *least_regret(comparison, words)]
    numbers = {"nl": ("0,400", "0,401"), "en": ("0.400", "0.401")}[language]
    lines = [line for line in said if all(number in line for number in numbers)]
    assert len(lines) == 2
