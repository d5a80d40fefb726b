from __future__ import annotations

import json

import numpy as np
import pytest
from tests.analysis.random_problems import Shape, random_problem, stated_uniform

from afweging.analysis.acceptability import find_acceptability
from afweging.analysis.acceptability_document import acceptability_document
from afweging.analysis.compare import compare
from afweging.io.canonical import canonical_json

Z = 1.959963984540054  # 97.5 % of the normal distribution
SHAPE = Shape(options=5, scenarios=2, regions=2, horizons=1, requirements=0)


def _numbers(value: object) -> list[float]:
    if isinstance(value, dict):
        return [number for part in value.values() for number in _numbers(part)]
    if isinstance(value, list):
        return [number for part in value for number in _numbers(part)]
    return [value] if isinstance(value, float) else []


def _counted(cell: dict[str, float], draws: int) -> int:
    """Return the count behind a share, whose interval is that of Wilson, by its own equation."""
    share = cell["share"]
    for end in (cell["low"], cell["high"]):
        assert (share - end) ** 2 == pytest.approx(Z**2 * end * (1 - end) / draws, abs=1e-12)
    assert 0 <= cell["low"] <= share <= cell["high"] <= 1
    return round(share * draws)


@pytest.mark.parametrize("seed", [2, 5, 8])
def test_the_document_holds_the_numbers_by_id(seed: int) -> None:
    """Ranks, pairs, weights, confidence and cases, each where it belongs."""
    comparison = compare(random_problem(seed, SHAPE))
    found = find_acceptability(comparison, draws=300)
    told = json.loads(canonical_json(acceptability_document(found)))
    low, high = found.rank_intervals
    for a, option in enumerate(found.options):
        for r, cell in enumerate(told["rank_shares"][option]):
            expected = (found.drawn.rank_shares[a, r], low[a, r], high[a, r])
            assert (cell["share"], cell["low"], cell["high"]) == pytest.approx(expected)
        others = {name: b for b, name in enumerate(found.options) if b != a}
        ahead, ties = told["winning_shares"][option], told["tie_shares"][option]
        assert ahead.keys() == ties.keys() == others.keys()
        for other, b in others.items():
            assert ahead[other]["share"] == found.drawn.winning_shares[a, b]
            assert _counted(ties[other], 300) == found.drawn.tie_counts[a, b]
        central = told["central_weights"]["criteria"][option]
        if found.drawn.rank_counts[a, 0]:
            assert list(central.values()) == pytest.approx(found.drawn.central_weights[a].tolist())
            lenses = told["central_weights"]["lenses"][option]
            assert sum(lenses.values()) == pytest.approx(1)
        else:
            assert central is None
            assert told["central_weights"]["lenses"][option] is None
            assert {row[option] for row in told["confidence"].values()} == {None}
        likely = told["most_likely_effects"]["rank_shares"][option]
        assert [_counted(cell, 300) for cell in likely] == found.likely.rank_counts[a].tolist()
    cases = told["most_likely_effects"]["cases"]
    assert [case["case"] for case in cases] == [" / ".join(x) for x in comparison.cases.labels]
    for case, counts in zip(cases, found.case_counts, strict=True):
        firsts = [_counted(case["first_shares"][name], 300) for name in found.options]
        assert firsts == counts.tolist()
        most = [n for n, count in zip(found.options, counts, strict=True) if count == counts.max()]
        assert case["most_often_first"] == most
    assert (told["draws"], told["seed"], told["exact"]) == (300, 1, False)
    assert told["uncertain_estimates"] == found.uncertain


def test_what_is_undefined_is_none() -> None:
    """No NaN, and no confidence where no effect is uncertain."""
    comparison = compare(random_problem(5, SHAPE))
    found = find_acceptability(comparison, weights="panel", effects=False)
    told = acceptability_document(found)
    assert told["confidence"] is None
    assert told["exact"] is True
    assert not np.isnan(_numbers(told)).any()
    assert told["participants"] == list(found.profiles)


def test_the_document_counts_uniform_estimates() -> None:
    """In all cases and in some of them; without such a source there are none."""
    problem = random_problem(2, SHAPE)
    found = find_acceptability(compare(stated_uniform(problem, 0, 1)), draws=20)
    told = acceptability_document(found)
    assert told["estimates_uniform"] == {
        "uniform": found.spread.uniform,
        "partly": found.spread.partly,
    }
    assert sum(found.spread) > 0
    plain = acceptability_document(find_acceptability(compare(problem), draws=20))
    assert plain["estimates_uniform"] == {"uniform": 0, "partly": 0}
