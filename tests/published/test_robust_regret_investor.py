"""Investor: mean, maximin and minimax regret choose three different options.

Wikipedia, Regret (decision theory), investor example; also in the RAPID package of McPhail et al.
(2018), example investment_simple.py. Regret: Savage (1951), JASA 46(253).
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.random_problems import leaf, plain_problem

from afweging.analysis import sentences
from afweging.analysis.compare import compare
from afweging.analysis.scenario_robustness import find_scenario_robustness
from afweging.methods.robustness import regret, worst_states
from afweging.wording import Words

OPTIONS = ("stocks", "bonds", "money")
RATES = ("rise", "static", "fall")
PAYOFF = np.array([[-4.0, -2.0, 3.0], [4.0, 3.0, 2.0], [12.0, 8.0, 1.0]])  # scenarios, options


def test_regret_table() -> None:
    """The regret table, its maxima 7, 5 and 11, and where they fall."""
    found = regret(PAYOFF, PAYOFF)[0]
    assert found.T.tolist() == [[7, 0, 0], [5, 1, 4], [0, 2, 11]]
    assert found.max(axis=0).tolist() == [7, 5, 11]
    where = worst_states(found, found, lowest=False)
    assert [RATES[s] for s in where.argmax(axis=0)] == ["rise", "rise", "fall"]


def test_three_rules_three_choices() -> None:
    """Side by side: stocks by the mean, money by the lowest score, bonds by regret."""
    children = (leaf("return", worst=-4, best=12),)
    problem = plain_problem(PAYOFF[..., None].tolist(), children, options=OPTIONS, scenarios=RATES)
    found = compare(problem)
    worst = {each.alternative: 16 * each.span.low - 4 for each in found.regret.lowest_score}
    most = {each.alternative: 16 * each.span.low for each in found.regret.over_scenarios}
    mean = 16 * found.scores.expected.low - 4
    assert mean.tolist() == pytest.approx([4, 3, 2])
    assert worst == pytest.approx({"stocks": -4, "bonds": -2, "money": 1})
    assert most == pytest.approx({"stocks": 7, "bonds": 5, "money": 11})
    assert found.first.overall.alternatives == ("stocks",)
    assert max(worst, key=lambda name: worst[name]) == "money"
    assert min(most, key=lambda name: most[name]) == "bonds"
    assert [each.states for each in found.regret.over_scenarios] == [
        ("rise",),
        ("rise",),
        ("fall",),
    ]


def test_the_headline_shows_that_regret_chooses_otherwise() -> None:
    """The headline names stocks as first and bonds for those who mind the greatest regret."""
    children = (leaf("return", worst=-4, best=12),)
    problem = plain_problem(PAYOFF[..., None].tolist(), children, options=OPTIONS, scenarios=RATES)
    told = sentences.headline(compare(problem), Words("en"))
    assert told[0].startswith("stocks-name comes first with a score of 0.500")
    assert any(
        "choose bonds-name: that regret is 0.31, in rise-name; for stocks-name that is 0.44" in line
        for line in told
    )


def test_every_measure_of_the_case() -> None:
    """Maximin, maximax, Laplace, Hurwicz and regret, with who is best by each."""
    children = (leaf("return", worst=-4, best=12),)
    problem = plain_problem(PAYOFF[..., None].tolist(), children, options=OPTIONS, scenarios=RATES)
    found = find_scenario_robustness(compare(problem))
    by_name = {each.metric: each for each in found.over_scenarios.metrics}
    expected = {
        "maximin": ([-4, -2, 1], "money"),
        "maximax": ([12, 8, 3], "stocks"),
        "laplace": ([4, 3, 2], "stocks"),
        "hurwicz": ([4, 3, 2], "stocks"),
    }
    for name, (values, best) in expected.items():
        assert [16 * (x or 0) - 4 for x in by_name[name].values] == pytest.approx(values)
        assert by_name[name].best == (best,)
    regrets = [16 * (x or 0) for x in by_name["minimax_regret"].values]
    assert regrets == pytest.approx([7, 5, 11])
    assert by_name["minimax_regret"].best == found.least_regret == ("bonds",)


def test_what_each_choice_gives_up() -> None:
    """Stocks and bonds are on the front; money has a lower mean and more regret than both."""
    children = (leaf("return", worst=-4, best=12),)
    problem = plain_problem(PAYOFF[..., None].tolist(), children, options=OPTIONS, scenarios=RATES)
    found = find_scenario_robustness(compare(problem))
    assert {t.option: t.dominated_by for t in found.trades} == {
        "stocks": (),
        "bonds": (),
        "money": ("stocks", "bonds"),
    }
    bar = {each.option: each.scenarios for each in found.bars}
    assert bar == {"stocks": ("static", "fall"), "bonds": (), "money": ("rise",)}
    # without money stocks regret nothing but 2 when rates rise, and bonds 4 when they fall
    without = found.drops[2]
    assert (without.option, without.least, without.reverses) == ("money", ("stocks",), True)
    assert [16 * (x or 0) for x in without.greatest] == pytest.approx([2, 4, 0])
