from __future__ import annotations

import json

import pytest
from tests.analysis.lens_problems import random_lens_problem

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.weight_space import find_weight_space
from afweging.analysis.weight_space_document import weight_space_document


def test_the_document_holds_what_was_found() -> None:
    """Plain numbers by id, None for the central weights of who is never first."""
    space = find_weight_space(compare(afw.read_problem("scenarios/brabant")), weights="near")
    document = json.loads(json.dumps(weight_space_document(space), allow_nan=False))
    assert space.whole is not None
    assert space.fitting is not None
    for key, shares in (("whole", space.whole), ("fitting", space.fitting)):
        part = document[key]
        assert part["weights"] == shares.kind
        assert part["freedom"] == 3
        for k, option in enumerate(space.options):
            share = shares.first.shares[k]
            assert part["first_shares"][option] == share
            assert (part["central_weights"][option] is None) == (share == 0)
            assert part["rank_shares"][option] == pytest.approx(shares.ranks[k])
            others = {name: i for i, name in enumerate(space.options) if i != k}
            ahead = {name: shares.ahead[k, i] for name, i in others.items()}
            assert part["winning_shares"][option] == ahead
            assert part["can_be_first"][option] == shares.possible[k]
    assert document["now"]["first"] == ["O7"]
    assert document["profiles"]["inwoners"]["first"] == ["O7"]
    assert document["profiles"]["inwoners"]["first_with_own_weights"] == ["O6"]
    assert sum(document["profiles"]["rijk"]["weights"].values()) == pytest.approx(1)


def test_what_is_not_there_is_none() -> None:
    """No shares with six lenses."""
    document = weight_space_document(find_weight_space(compare(random_lens_problem(1, lenses=6))))
    assert document["whole"] is None
    assert document["fitting"] is None
