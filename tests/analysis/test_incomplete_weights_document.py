from __future__ import annotations

import json

import pytest
from tests.analysis.lens_problems import lens_problem

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.incomplete_weights import find_incomplete
from afweging.analysis.incomplete_weights_document import incomplete_weights_document


def test_the_document_holds_what_was_found() -> None:
    """Per option its score, ranks, loss and lead, and who it dominates; per rule its choice."""
    comparison = compare(afw.read_problem("scenarios/brabant"))
    found = find_incomplete(comparison, weights="near")
    text = json.dumps(incomplete_weights_document(comparison, found), allow_nan=False)
    document = json.loads(text)
    assert document["weights"] == "near"
    for k, option in enumerate(found.options):
        part = document["options"][option]
        assert part["score"] == {"low": found.rules.maximin[k], "high": found.rules.maximax[k]}
        assert part["central_value"] == found.rules.central[k]
        assert (part["best_rank"], part["worst_rank"]) == (
            found.best_ranks[k],
            found.worst_ranks[k],
        )
        assert part["possible_loss"] == found.rules.possible_loss[k]
        assert part["greatest_lead"] == found.margins[k]
        assert part["can_be_first"] == (found.margins[k] >= -1e-9)
        assert sum(part["weights_of_greatest_lead"].values()) == pytest.approx(1)
        below = {name for name, row in zip(found.options, found.dominates[k], strict=True) if row}
        assert set(part["dominates"]) == below
        assert set(part["dominates_absolutely"]) <= below
    assert document["rules"] == {rule: list(names) for rule, names in found.choices.items()}


def test_one_option_has_no_lead() -> None:
    """There is nobody to be ahead of."""
    comparison = compare(lens_problem([[0.4, 0.8]]))
    found = find_incomplete(comparison, weights="all")
    document = json.loads(
        json.dumps(incomplete_weights_document(comparison, found), allow_nan=False)
    )
    assert document["options"]["O1"]["greatest_lead"] is None
    assert document["options"]["O1"]["weights_of_greatest_lead"] is None
