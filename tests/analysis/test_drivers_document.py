from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.analysis.random_problems import leaf, plain_problem, random_problem

from afweging.analysis.compare import compare
from afweging.analysis.drivers import find_drivers
from afweging.analysis.drivers_document import drivers_document
from afweging.io.canonical import canonical_json


@pytest.mark.parametrize("seed", range(3))
def test_the_document_holds_plain_numbers(seed: int) -> None:
    """It goes through canonical JSON and back unchanged, and holds all that was found."""
    comparison = compare(replace(random_problem(seed), requirements=()))
    found = find_drivers(comparison, draws=256)
    document = drivers_document(found)
    assert json.loads(canonical_json(document)) == document
    assert found.found is not None
    assert (document["draws"], document["seed"]) == (256, 1)
    contest, effects, together, swings, losses = (
        document[name] for name in ("contest", "effects", "together", "swings", "losses")
    )
    assert isinstance(contest, dict)
    assert contest["winner"] == found.found.contest.winner
    assert isinstance(effects, dict)
    assert len(effects["shares"]) == len(found.found.effects.shares)
    assert isinstance(together, dict)
    assert [(each["first_order"], each["total"]) for each in together["factors"]] == [
        (each.first, each.total) for each in found.found.together.factors
    ]
    assert isinstance(swings, list)
    assert [each["low"] for each in swings] == [each.low for each in found.found.swings]
    assert isinstance(losses, dict)
    assert losses["outcome"] == found.found.losses.outcome


def test_one_option_has_no_contest() -> None:
    """Only how was drawn is there, the rest is None."""
    found = find_drivers(compare(plain_problem([[[0.4]]], (leaf("a"),))), draws=64, seed=2)
    document = drivers_document(found)
    assert (document.pop("draws"), document.pop("seed")) == (64, 2)
    assert document == dict.fromkeys(("contest", "effects", "together", "swings", "losses"))
