from __future__ import annotations

import json

import numpy as np
import pytest
from tests.analysis.disputes import KINDS, OPTIONS, by_hand, random_dispute
from tests.analysis.random_problems import permuted

from afweging.analysis.disagreement import Party, disagree
from afweging.analysis.disagreement_document import disagreement_document
from afweging.io.canonical import canonical_json
from afweging.model.criterion import Ordinal


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_the_document_holds_the_record(seed: int, kind: str) -> None:
    """Leads, parts and what to discuss first are those of the record, and the parts add up."""
    dispute = random_dispute(seed, kind).dispute
    found = json.loads(canonical_json(disagreement_document(dispute)))
    split = dispute.split
    assert found["format"] == "afweging-disagreement/1"
    assert (found["values"], found["facts"], found["kind"]) == (
        split.values,
        split.facts,
        split.kind,
    )
    assert (found["opposed"], found["shared_estimates"]) == (split.opposed, kind == "shared")
    assert found["difference"] == pytest.approx(found["values"] + found["facts"])
    total = sum(part["total"] for part in found["criteria"].values())
    assert found["difference"] == pytest.approx(total)
    for side in ("first", "second"):
        leads = [profile["lead"] for profile in found[side]["profiles"]]
        assert found[side]["lead"] == pytest.approx(np.mean(leads))
        assert found[side]["prefers"] == OPTIONS[0 if found[side]["lead"] > 0 else 1]
        assert sum(found[side]["weights"].values()) == pytest.approx(1)


def test_classes_have_no_mean_effect() -> None:
    """The mean place of a class says nothing, so there is none; numbers are per option."""
    dispute = random_dispute(0, "own").dispute
    effects = json.loads(canonical_json(disagreement_document(dispute)))["first"]["effects"]
    assert sorted(effects) == sorted(c.id for c in dispute.first.comparison.problem.criteria)
    assert [name for name, each in effects.items() if each is None] == [
        criterion.id
        for criterion in dispute.first.comparison.problem.criteria
        if isinstance(criterion.value_function, Ordinal)
    ]
    assert all(sorted(each) == list(OPTIONS) for each in effects.values() if each is not None)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_input_changes_no_byte(seed: int) -> None:
    """Options, criteria, cases and profiles of both problems may stand in another order."""
    found = random_dispute(seed, "groups")
    rng = np.random.default_rng(seed)
    first, second = (
        Party(permuted(party.problem, rng)[0], party.profiles)
        for party in (found.first, found.second)
    )
    moved = disagree(first, second, OPTIONS)
    one, other = (canonical_json(disagreement_document(each)) for each in (found.dispute, moved))
    assert one == other


def test_a_tie_is_no_preference() -> None:
    """Who scores both options the same prefers neither."""
    document = disagreement_document(by_hand([[[0.6, 0.2], [0.2, 0.6]]], ([1, 1], [3, 1])))
    first, second = document["first"], document["second"]
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert (first["prefers"], second["prefers"]) == (None, "O1")
    assert document["discuss"] == {"values": ["C1", "C2"], "facts": []}
