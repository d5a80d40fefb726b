from __future__ import annotations

import json

import pytest
from tests.analysis.random_problems import Shape, random_problem

from afweging.analysis.compare import compare
from afweging.analysis.second_opinion import second_opinion
from afweging.analysis.second_opinion_document import second_opinion_document


@pytest.mark.parametrize("seed", [1, 2])
def test_the_document_is_plain_and_holds_every_method(seed: int) -> None:
    """The same as the record: by option what belongs to options, null where a method stopped."""
    comparison = compare(random_problem(seed, Shape(options=4)))
    found = second_opinion(comparison, basis="effects")
    document = json.loads(json.dumps(second_opinion_document(comparison, found), allow_nan=False))
    assert document["format"] == "afweging-second-opinion/1"
    assert document["basis"] == "effects"
    assert document["options"] == list(found.options)
    assert document["agreeing"] == [each.method for each in found.agreeing]
    assert document["others"] == [each.method for each in found.others]
    for told, each in zip(document["methods"], found.methods, strict=True):
        assert told["method"] == each.method
        if each.refusal is None:
            assert told["ranks"] == dict(zip(found.options, each.ranks, strict=True))
            assert told["scores"] == dict(zip(found.options, each.scores, strict=True))
            assert [tuple(pair) for pair in told["turned"]] == list(each.turned)
            assert told["stability"]["tried"] == each.stability.tried
        else:
            assert told["refusal"]["code"] == each.refusal.code
            assert told["ranks"] is told["scores"] is told["stability"] is None
    assert document["ours"]["first"] == list(found.ours.first)
