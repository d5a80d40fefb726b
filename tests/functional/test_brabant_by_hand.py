"""The Brabant comparison once more, from the files by loops over plain numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.functional.brabant_hand import FOLDER, Hand, weights_of, yaml_of

from afweging.analysis.compare import compare
from afweging.io.problem_file import read_problem

if TYPE_CHECKING:
    from afweging.model.result import Comparison


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
    profiles = [each for each in yaml_of("profiles.yaml")["profiles"] if "weights" in each]
    assert len(profiles) == len(chosen) == 13
    for profile in profiles:
        weights = weights_of(hand.problem["tree"], profile["weights"], 1.0)
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
