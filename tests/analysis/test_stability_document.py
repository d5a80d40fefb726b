from __future__ import annotations

import json

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.stability import find_stability
from afweging.analysis.stability_document import stability_document
from afweging.io.canonical import canonical_json


def test_the_document_holds_every_interval() -> None:
    """Winners, the most sensitive nodes, and per node all numbers and names, as plain JSON."""
    found = find_stability(compare(afw.read_problem("scenarios/brabant")))
    document = json.loads(canonical_json(stability_document(found)))
    assert document["first"] == ["O7"]
    assert document["most_sensitive"] == list(found.most_sensitive)
    assert document["most_sensitive_order"] == list(found.most_sensitive_order)
    assert len(document["nodes"]) == len(found.nodes) == 22
    for told, node in zip(document["nodes"], found.nodes, strict=True):
        assert (told["node"], told["kind"], told["weight"]) == (node.node, node.kind, node.weight)
        assert (told["below"], told["above"]) == (list(node.below), list(node.above))
        assert told["winner"] == {
            "low": node.winner.low,
            "high": node.winner.high,
            "at_low": list(node.winner.at_low),
            "at_high": list(node.winner.at_high),
        }
        assert told["order"]["at_low"] == [list(pair) for pair in node.order.at_low]
        assert (told["order"]["low"], told["order"]["high"]) == (node.order.low, node.order.high)
        assert told["split_equally"] is False
