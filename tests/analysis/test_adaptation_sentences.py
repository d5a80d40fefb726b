from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.analysis.expected_sentences import Expected
from tests.analysis.futures import Futures, brabant, equal, timeline, varied, without_requirements
from tests.analysis.oracle import NEAR
from tests.analysis.random_problems import Shape, random_problem

from afweging.analysis.adaptation import find_adaptation
from afweging.analysis.adaptation_sentences import sentences, tables
from afweging.analysis.compare import compare
from afweging.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from afweging.model.result import Comparison


def _said(comparison: Comparison, language: Language) -> list[str]:
    return sentences(comparison, find_adaptation(comparison), Words(language))


class Says:
    """What should be said and shown, every horizon from loops."""

    def __init__(self, futures: Futures, language: Language) -> None:
        self.futures = futures
        self.asked = list(futures.problem.requirements)
        self.words = Words(language)
        self.names = Expected(futures.oracle, self.words)

    def say(self, key: str, **facts: object) -> str:
        """Return one sentence or cell."""
        return self.words.text(f"adaptation.{key}", **facts)

    def horizon(self, place: int) -> str:
        """Return the name of a horizon."""
        return self.names.case("horizon", self.futures.horizons[place])

    def meets(self, scenario: str, option: str) -> list[bool]:
        """Return at which horizons an option meets all requirements."""
        return self.futures.enough(scenario, option, self.asked)

    def all(self) -> list[str]:
        """Return every sentence."""
        lines = []
        for winner in self.futures.winners:
            for scenarios in self._alike(winner):
                lines += self._stretch(winner, scenarios)
        fine = [
            option
            for option in self.futures.oracle.options
            if all(all(self.meets(s, option)) for s in self.futures.scenarios)
        ]
        options = [self.marked(option) for option in fine]
        lines.append(self.say("all.some" if fine else "all.none", options=options))
        if len(fine) < len(self.futures.oracle.options):
            lines.append(self.say("note.between"))
            if len(self.futures.regions) > 1:
                lines.append(self.say("note.regions"))
        return lines

    def marked(self, option: str) -> str:
        """Return an option, with a mark where it is screened out."""
        name = self.names.option(option)
        return name if option in self.futures.options else self.say("cell.screened", option=name)

    def _alike(self, option: str) -> list[list[str]]:
        groups: dict[object, list[str]] = {}
        for scenario in self.futures.scenarios:
            meets = self.meets(scenario, option)
            first = meets.index(False) if False in meets else len(meets)
            key = (tuple(meets), self._missed(scenario, option, first))
            groups.setdefault((*key, self._then(scenario, first)), []).append(scenario)
        return sorted(groups.values(), key=lambda each: all(self.meets(each[0], option)))

    def _missed(self, scenario: str, option: str, first: int) -> tuple[str, ...]:
        if first == len(self.futures.horizons):
            return ()
        return tuple(
            self.names.name(self.asked, q.id)
            for q in self.asked
            if not self.futures.enough(scenario, option, [q])[first]
        )

    def _then(self, scenario: str, first: int) -> tuple[str, ...]:
        if first == len(self.futures.horizons):
            return ()
        return tuple(o for o in self.futures.options if all(self.meets(scenario, o)[first:]))

    def _stretch(self, option: str, scenarios: list[str]) -> list[str]:
        meets = self.meets(scenarios[0], option)
        first = meets.index(False) if False in meets else len(meets)
        kind, facts = self.kind(meets)
        shown = [self.names.case("scenario", each) for each in scenarios]
        scope = "every" if len(scenarios) == len(self.futures.scenarios) else "some"
        facts |= {"option": self.names.option(option), "scenarios": shown}
        facts |= {"missed": list(self._missed(scenarios[0], option, first))}
        lines = [self.say(f"{kind}.{scope}", **facts)]
        if kind == "always":
            return lines
        then = self._then(scenarios[0], first)
        key = "others" if then else "none"
        options = self.names.options(then)
        first_name = self.horizon(first)
        lines.append(self.say(f"then.{key}", scenarios=shown, first=first_name, options=options))
        return lines if then else [*lines, *self._longest(option, scenarios)]

    def _longest(self, option: str, scenarios: list[str]) -> list[str]:
        lines = []
        for scenario in scenarios:
            length = {
                o: [*self.meets(scenario, o), False].index(False) for o in self.futures.options
            }
            most = max(length.values())
            if most > length[option]:
                options = self.names.options(o for o in length if length[o] == most)
                facts = {"options": options, "last": self.horizon(most - 1)}
                name = self.names.case("scenario", scenario)
                lines.append(self.say("then.longest", scenarios=[name], **facts))
        return lines

    def kind(self, meets: list[bool]) -> tuple[str, dict[str, object]]:
        """Return the kind of a pattern and the horizons that belong to it."""
        if all(meets):
            return "always", {}
        first = meets.index(False)
        rest = range(first, len(meets))
        again = [self.horizon(h) for h in rest if meets[h]]
        facts: dict[str, object] = {
            "first": self.horizon(first),
            "last": self.horizon(first - 1) if first else None,
            "failed": [self.horizon(h) for h in rest if not meets[h]],
            "again": again,
        }
        if first:
            return "returns" if again else "until", facts
        return "later" if again else "never", facts

    def cell(self, meets: list[bool]) -> str:
        """Return a cell of a table."""
        kind, facts = self.kind(meets)
        return self.say(f"cell.{kind}", **facts)

    def overall(self) -> list[tuple[str, ...]]:
        """Return the rows of all requirements together."""
        return [
            (
                self.marked(option),
                *(self.cell(self.meets(scenario, option)) for scenario in self.futures.scenarios),
            )
            for option in self.futures.oracle.options
        ]

    def requirements(self) -> list[tuple[str, ...]]:
        """Return the rows of each requirement that is missed somewhere."""
        rows: list[tuple[str, ...]] = []
        for option in self.futures.oracle.options:
            for q in self.asked:
                for scenario in self.futures.scenarios:
                    meets = self.futures.enough(scenario, option, [q])
                    if all(meets):
                        continue
                    first = self.futures.horizons[meets.index(False)]
                    share = self.futures.failing(q, scenario, first, option)
                    where = [
                        self.names.case("region", region)
                        for region in self.futures.regions
                        if self.futures.misses(q, (scenario, region, first), option)
                    ]
                    key = "everywhere" if share >= 1 - NEAR else "regions"
                    name = self.names.case("horizon", first)
                    rows.append(
                        (
                            self.marked(option),
                            self.names.name(self.asked, q.id),
                            self.names.case("scenario", scenario),
                            self.cell(meets),
                            self.say(f"cell.{key}", first=name, regions=where),
                            self.words.format_field(share, "share1"),
                            self.words.format_field(q.tolerated_share, "share1"),
                        )
                    )
        return rows


def _check(comparison: Comparison, futures: Futures, language: Language) -> None:
    says = Says(futures, language)
    assert _said(comparison, language) == says.all()
    overall, *more = tables(comparison, find_adaptation(comparison), Words(language))
    assert list(overall.rows) == says.overall()
    assert [row for table in more for row in table.rows] == says.requirements()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(10))
def test_every_horizon_is_that_of_a_loop(seed: int, language: Language) -> None:
    """All sentences and cells, on random problems with weights that all differ."""
    _check(*varied(seed), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(4))
def test_also_with_ties_and_one_of_everything(seed: int, language: Language) -> None:
    """Clones, one scenario, one region."""
    shape = Shape(options=4, scenarios=1 + seed % 2, regions=1, horizons=4, clones=2)
    _check(*equal(random_problem(seed, shape)), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_brabant(language: Language) -> None:
    """All sentences and cells of the shared scenario."""
    _check(brabant(), Futures(brabant().problem, {}), language)


def test_how_brabant_reads() -> None:
    """The sentences as people read them."""
    lines = _said(brabant(), "nl")
    assert lines[0] == (
        "O7 Handhaving en bescherming in de hele keten voldoet in Doorgroei van arbeidsintensief "
        "werk tot en met 2030 aan alle ondergrenzen en in 2040 niet meer; gemist wordt dan: Tekort "
        "aan goede plaatsen niet boven een op de vijf."
    )
    assert lines[2].endswith("met centraal loket, tot en met 2040.")
    assert "Geen enkele optie voldoet in elk scenario en op elke horizon." in lines
    english = _said(brabant(), "en")
    assert "up to and including 2030, and no longer in 2040; missed by then:" in english[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "effects",
    [
        [0.9, 0.9, 0.9],
        [0.9, 0.4, 0.4],
        [0.9, 0.4, 0.9],
        [0.4, 0.9, 0.9],
        [0.4, 0.9, 0.4],
        [0.4, 0.4, 0.4],
    ],
)
def test_every_pattern_has_its_words(effects: list[float], language: Language) -> None:
    """Always, until, returns, later and never, for one option that is tolerated to fail."""
    problem = timeline(effects, tolerated=0.99)
    comparison, futures = equal(problem)
    _check(comparison, futures, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_screened_out_is_not_recommended(language: Language) -> None:
    """O2 is enough for longer than O1 at first, but misses too much to take part."""
    comparison, futures = equal(timeline([0.9, 0.4, 0.9, 0.9], [0.6, 0.6, 0.1, 0.1], tolerated=0.4))
    assert comparison.admissible == (True, False)
    _check(comparison, futures, language)
    assert not any("O2" in line for line in _said(comparison, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_say(language: Language) -> None:
    """One horizon has no until; without requirements that is said."""
    one = compare(random_problem(1, Shape(horizons=1)))
    assert _said(one, language) == []
    assert tables(one, find_adaptation(one), Words(language)) == []
    bare = compare(without_requirements(random_problem(1, Shape())))
    assert _said(bare, language) == [Words(language).text("adaptation.note.no_requirements")]
    assert tables(bare, find_adaptation(bare), Words(language)) == []


def test_no_year_is_made_up() -> None:
    """The sentences name horizons only, and say that nothing is known between them."""
    problem = timeline([0.9, 0.4, 0.4], tolerated=0.5)
    problem = replace(
        problem,
        horizons=tuple(
            replace(label, name=replace(label.name, nl=year, en=year))
            for label, year in zip(problem.horizons, ("2030", "2040", "2050"), strict=True)
        ),
    )
    lines = _said(compare(problem), "en")
    years = {word.strip(".,;:") for line in lines for word in line.split() if word[:2] == "20"}
    assert years <= {"2030", "2040", "2050"}
    assert Words("en").text("adaptation.note.between") in lines
