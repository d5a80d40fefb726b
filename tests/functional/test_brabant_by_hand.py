"""The Brabant comparison once more, from the files by loops over plain numbers."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from afweging.analysis.compare import compare
from afweging.io.problem_file import read_problem

if TYPE_CHECKING:
    from afweging.model.result import Comparison

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "brabant"
Case = tuple[str, str, str]


def _yaml(name: str) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(
        (FOLDER / name).read_text(encoding="utf-8")
    )
    return found


def _leaves(node: dict[str, Any]) -> list[dict[str, Any]]:
    if "children" not in node:
        return [node]
    return [leaf for child in node["children"] for leaf in _leaves(child)]


def _weights(
    node: dict[str, Any], given: dict[str, dict[str, float]], weight: float
) -> dict[str, float]:
    """Return the weight of every leaf; `given` overrides the weights of whole groups."""
    if "children" not in node:
        return {node["id"]: weight}
    local = given.get(node["id"]) or {child["id"]: child["weight"] for child in node["children"]}
    total = sum(local.values())
    found: dict[str, float] = {}
    for child in node["children"]:
        found |= _weights(child, given, weight * local[child["id"]] / total)
    return found


def _value(criterion: dict[str, Any], x: float) -> float:
    """Return the value of an effect: straight, or between points."""
    if criterion["value_function"]["shape"] == "linear":
        return float((x - criterion["worst"]) / (criterion["best"] - criterion["worst"]))
    points = criterion["value_function"]["points"]
    for (x0, v0), (x1, v1) in pairwise(points):
        if x0 <= x <= x1:
            return float(v0 + (v1 - v0) * (x - x0) / (x1 - x0))
    raise AssertionError(x)


class Hand:
    """Brabant, computed by hand from the files."""

    def __init__(self) -> None:
        self.problem = _yaml("problem.yaml")
        self.criteria = {leaf["id"]: leaf for leaf in _leaves(self.problem["tree"])}
        self.weights = _weights(self.problem["tree"], {}, 1.0)
        self.effects: dict[tuple[Case, str, str], float] = {}
        with (FOLDER / "effects.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                case = (row["scenario"], row["region"], row["horizon"])
                self.effects[case, row["option"], row["criterion"]] = float(row["mode"])
        self.cases = sorted({case for case, _, _ in self.effects})
        self.options = sorted({option for _, option, _ in self.effects})

    def by_case(self, weights: dict[str, float]) -> dict[tuple[Case, str], float]:
        """Return the score of every option in every case."""
        found: dict[tuple[Case, str], float] = defaultdict(float)
        for (case, option, name), x in self.effects.items():
            found[case, option] += weights[name] * _value(self.criteria[name], x)
        return found

    def means(self, scores: dict[tuple[Case, str], float], cases: list[Case]) -> dict[str, float]:
        """Return the mean score of every option over cases that weigh the same."""
        return {
            option: sum(scores[case, option] for case in cases) / len(cases)
            for option in self.options
        }

    def failing(self, need: dict[str, Any], option: str) -> int:
        """Return in how many cases an option does not meet a requirement."""
        levels = [self.effects[case, option, need["criterion"]] for case in self.cases]
        if self.criteria[need["criterion"]]["direction"] == "max":
            return sum(level < need["threshold"] for level in levels)
        return sum(level > need["threshold"] for level in levels)

    @property
    def left(self) -> list[str]:
        """The options that are not screened out."""
        return [
            option
            for option in self.options
            if all(
                self.failing(need, option) / len(self.cases) <= need["tolerated_share"] + 1e-9
                for need in self.problem["requirements"]
            )
        ]


@pytest.fixture(scope="module", name="hand")
def _hand() -> Hand:
    return Hand()


@pytest.fixture(scope="module", name="found")
def _found() -> Comparison:
    return compare(read_problem(FOLDER))


def _column(found: Comparison) -> dict[str, int]:
    return {alternative.id: a for a, alternative in enumerate(found.problem.alternatives)}


def test_size(hand: Hand) -> None:
    """Sixty cases, eight options, eighteen criteria and no effect missing."""
    assert (len(hand.cases), len(hand.options), len(hand.criteria)) == (60, 8, 18)
    assert len(hand.effects) == 60 * 8 * 18
    assert sum(hand.weights.values()) == pytest.approx(1)


def test_scores_and_ranking(hand: Hand, found: Comparison) -> None:
    """Scores per case and overall are those by hand, and so is the ranking."""
    scores, column = hand.by_case(hand.weights), _column(found)
    for s, case in enumerate(found.cases.labels):
        for option, a in column.items():
            assert found.scores.cases.low[s, a] == pytest.approx(scores[case, option], abs=1e-12)
    mean = hand.means(scores, hand.cases)
    for line in found.ranking:
        assert line.score.exact == pytest.approx(mean[line.id], abs=1e-12)
    order = sorted(hand.left, key=lambda option: -mean[option])
    assert [line.id for line in found.ranking if line.rank] == order
    assert [line.rank for line in found.ranking if line.rank] == list(range(1, len(order) + 1))


def test_screening(hand: Hand, found: Comparison) -> None:
    """Failing cases and who is left are those counted by hand."""
    for need in hand.problem["requirements"]:
        for each in found.screening:
            if each.requirement == need["id"]:
                count = hand.failing(need, each.alternative)
                assert each.failing_cases == (count, count)
                assert each.failing_share.exact == pytest.approx(count / 60)
    left = [option for option, a in _column(found).items() if found.admissible[a]]
    assert sorted(left) == hand.left


def test_winners_per_profile(hand: Hand, found: Comparison) -> None:
    """Every profile chooses the option that scores highest by hand under its weights."""
    chosen = {each.of: each.alternatives for each in found.first.profiles}
    profiles = [each for each in _yaml("profiles.yaml")["profiles"] if "weights" in each]
    assert len(profiles) == len(chosen) == 13
    for profile in profiles:
        weights = _weights(hand.problem["tree"], profile["weights"], 1.0)
        mean = hand.means(hand.by_case(weights), hand.cases)
        top = max(mean[option] for option in hand.left)
        winners = tuple(option for option in hand.left if mean[option] >= top - 1e-9)
        assert chosen[profile["id"]] == winners


def test_regret_and_share_first(hand: Hand, found: Comparison) -> None:
    """Greatest regret over the scenarios, lowest score and share first are those by hand."""
    scores = hand.by_case(hand.weights)
    scenarios = sorted({case[0] for case in hand.cases})
    per = {
        name: hand.means(scores, [case for case in hand.cases if case[0] == name])
        for name in scenarios
    }
    for each in found.regret.over_scenarios:
        regret = {
            name: max(per[name][option] for option in hand.left) - per[name][each.alternative]
            for name in scenarios
        }
        assert each.span.exact == pytest.approx(max(regret.values()), abs=1e-12)
        assert each.states == (max(regret, key=lambda name: regret[name]),)
    for each in found.regret.lowest_score:
        assert each.span.exact == pytest.approx(min(per[s][each.alternative] for s in scenarios))
    for option in hand.left:
        count = sum(
            scores[case, option] >= max(scores[case, other] for other in hand.left) - 1e-9
            for case in hand.cases
        )
        share = found.first.share.low[_column(found)[option]]
        assert share == pytest.approx(count / len(hand.cases))
