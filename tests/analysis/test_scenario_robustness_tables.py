from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.analysis.expected_sentences import Expected
from tests.analysis.futures import (
    LOWER_IS_BETTER,
    NAMES,
    Choice,
    Futures,
    brabant,
    equal,
    places,
    varied,
)
from tests.analysis.oracle import NEAR
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem

from afweging.analysis.compare import compare
from afweging.analysis.scenario_robustness import find_scenario_robustness
from afweging.analysis.scenario_robustness_tables import word_tables
from afweging.methods.robustness_metrics import Settings
from afweging.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from afweging.analysis.word_table import WordTable
    from afweging.model.result import Comparison


def _tables(comparison: Comparison, words: Words, chosen: Choice) -> dict[str, WordTable]:
    """Return the tables by the key of their title."""
    picked = Settings(chosen.pessimism, chosen.aversion, chosen.threshold)
    found = find_scenario_robustness(comparison, settings=picked)
    keys = ["trades", *OVERS, "meaning", *AXES, "bars", "drops", "satisfied"]
    counts = {
        "cases": len(comparison.weights.cases),
        "scenarios": len(comparison.cases.ids["scenario"]),
    }
    titles = {words.text(f"futures.title.{k}", states=counts.get(k)): k for k in keys}
    return {titles[table.title]: table for table in word_tables(comparison, found, words)}


OVERS = ("cases", "scenarios")
AXES = ("scenario", "region", "horizon")


class Shown:
    """The cells that should be shown, every number from loops."""

    def __init__(self, futures: Futures, words: Words) -> None:
        self.futures = futures
        self.words = words
        self.names = Expected(futures.oracle, words)

    def gap(self, number: float) -> str:
        """Return a difference of scores."""
        return self.words.format_field(number, "gap")

    def measures(self, over: str, chosen: Choice) -> list[tuple[str, str, *tuple[set[str], ...]]]:
        """Return the rows of the measures that are given: how each cell may be rounded."""
        rows: list[tuple[str, str, *tuple[set[str], ...]]] = []
        found = self.futures.measures(over, chosen)
        for name in NAMES:
            values = found[name]
            if isinstance(values, str):
                continue
            form = "gap" if name in LOWER_IS_BETTER else "share1" if "starr" in name else "3"
            ranks = places(values, lower=name in LOWER_IS_BETTER)
            rows.append(
                (
                    self.words.text(f"futures.name.{name}"),
                    ", ".join(o for o, rank in ranks.items() if rank == 1) or "–",
                    *(self._ranked(x, ranks[option], form) for option, x in values.items()),
                )
            )
        return rows

    def _ranked(self, number: float | None, rank: int | None, form: str) -> set[str]:
        """Return a cell: both ways round for a number halfway."""
        if number is None:
            return {"–"}
        near = (number - 1e-12, number + 1e-12)
        return {f"{self.words.format_field(each, form)} ({rank})" for each in near}

    def regret(self, axis: str) -> list[tuple[str, ...]]:
        """Return the rows of the regret per scenario, region or horizon."""
        regrets = self.futures.regrets(self.futures.by_group(axis))
        bar = self.words.text("futures.cell.bar")
        return [
            (
                self.names.option(option),
                *(bar if each[option] <= NEAR else self.gap(each[option]) for each in regrets),
            )
            for option in self.futures.options
        ]

    def trades(self) -> list[tuple[str, ...]]:
        """Return the rows of score against regret, but for who dominates."""
        greatest = self.futures.greatest()
        regrets = self.futures.regrets(self.futures.by_scenario)
        return [
            (
                self.names.option(option),
                self.words.format_field(score, "3"),
                self.gap(greatest[option]),
                ", ".join(
                    name
                    for name, each in zip(self.futures.scenarios, regrets, strict=True)
                    if each[option] >= greatest[option] - NEAR
                ),
            )
            for option, score in sorted(self.futures.expected.items(), key=lambda item: -item[1])
        ]

    def drops(self) -> list[tuple[str, ...]]:
        """Return the rows of the greatest regret without each option."""
        without = [self.futures.greatest(without=option) for option in self.futures.options]
        return [
            (
                self.names.option(option),
                self.gap(self.futures.greatest()[option]),
                *("–" if option not in each else self.gap(each[option]) for each in without),
            )
            for option in self.futures.options
        ]

    def bars(self) -> list[tuple[str, ...]]:
        """Return the rows of who has the highest score."""
        first = [self.futures.setters(scores) for scores in self.futures.by_case]
        of_scenario = [self.futures.setters(scores) for scores in self.futures.by_scenario]
        weights = self.futures.case_weights
        rows: list[tuple[str, ...]] = []
        for option in self.futures.options:
            pairs = zip(self.futures.scenarios, of_scenario, strict=True)
            where = [name for name, each in pairs if option in each]
            share = sum(w for w, each in zip(weights, first, strict=True) if option in each)
            count = sum(option in each for each in first)
            rows.append(
                (
                    self.names.option(option),
                    ", ".join(where) or "–",
                    str(count),
                    self.words.format_field(share, "share1"),
                )
            )
        return rows

    def satisfied(self) -> list[tuple[str, ...]]:
        """Return the rows of how often requirements are met."""
        rows: list[tuple[str, ...]] = []
        for option in self.futures.oracle.options:
            each, together = self.futures.met(option)
            name = self.names.option(option)
            if option not in self.futures.options:
                name = self.words.text("futures.cell.screened", option=name)
            shares = [self.words.format_field(share, "share1") for share in (*each, together)]
            rows.append((name, *shares))
        return rows


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", [0, 1, 2, 3, 5])
def test_every_cell_is_that_of_a_loop(seed: int, language: Language) -> None:
    """All tables, on random problems with weights that all differ."""
    words = Words(language)
    comparison, futures = varied(seed)
    _check(comparison, futures, words, Choice())
    _check(comparison, futures, words, Choice(0.9, 0.5, 0.45))


def _check(comparison: Comparison, futures: Futures, words: Words, chosen: Choice) -> None:
    found, shown = _tables(comparison, words, chosen), Shown(futures, words)
    assert list(found["satisfied"].rows) == shown.satisfied()
    if len(futures.options) == 1:
        assert set(found) == {"satisfied"}
        return
    assert [row[:-1] for row in found["trades"].rows] == shown.trades()
    for over in OVERS:
        for row, cells in zip(found[over].rows, shown.measures(over, chosen), strict=True):
            assert row[:2] == cells[:2]
            assert all(cell in either for cell, either in zip(row[2:], cells[2:], strict=True))
        assert list(found[over].heads[2:]) == futures.options
    for axis in AXES:
        assert list(found[axis].rows) == shown.regret(axis)
        ids = futures.oracle.ids[axis]
        assert all(
            shown.names.case(axis, name) in head
            for name, head in zip(ids, found[axis].heads[1:], strict=True)
        )
    assert list(found["drops"].rows) == shown.drops()
    assert list(found["bars"].rows) == shown.bars()


@pytest.mark.parametrize("language", LANGUAGES)
def test_brabant(language: Language) -> None:
    """All cells of the shared scenario."""
    _check(brabant(), Futures(brabant().problem, {}), Words(language), Choice())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_that_is_given_is_explained(language: Language) -> None:
    """In the words of what was chosen, and by the requirements, a score, or neither."""
    words = Words(language)
    meaning = _tables(brabant(), words, Choice())["meaning"]
    assert [row[0] for row in meaning.rows] == [words.text(f"futures.name.{n}") for n in NAMES]
    assert meaning.rows[-1][1] == words.text("futures.meaning.starr_requirements")
    chosen = _tables(brabant(), words, Choice(0.75, 2.5, 0.5))["meaning"]
    says = {row[0]: row[1] for row in chosen.rows}
    hurwicz = says[words.text("futures.name.hurwicz")]
    assert "75" in hurwicz
    assert "25" in hurwicz
    spread = says[words.text("futures.name.mean_less_spread")]
    assert words.format_field(2.5, "number") in spread
    threshold = says[words.text("futures.name.starr_domain")]
    assert words.format_field(0.5, "number") in threshold
    comparison, _ = equal(random_problem(0, Shape(requirements=0)))
    given = [row[0] for row in _tables(comparison, words, Choice())["meaning"].rows]
    assert words.text("futures.name.starr_domain") not in given
    assert words.text("futures.name.percentile_regret") not in given


def test_who_dominates_is_named() -> None:
    """The last column holds the options that are better or equal on both."""
    rows = _tables(brabant(), Words("nl"), Choice())["trades"].rows
    assert [row[-1] for row in rows][:3] == ["–", "O7", "O7"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[[0.5], [0.2]]], set()),
        ([[[0.5]], [[0.2]]], set()),
        (
            [[[0.5], [0.2]], [[0.1], [0.3]]],
            {"trades", "cases", "scenarios", "meaning", "scenario", "bars", "drops"},
        ),
    ],
)
def test_only_what_can_be_compared_has_a_table(
    rows: list[list[list[float]]], expected: set[str]
) -> None:
    """One case or one option has no table, one region or horizon none of its own."""
    comparison = compare(plain_problem(rows, (leaf("a"),)))
    assert set(_tables(comparison, Words("en"), Choice())) == expected
