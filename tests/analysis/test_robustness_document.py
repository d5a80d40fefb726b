from __future__ import annotations

import json

from tests.analysis.test_robustness import found

from afweging.analysis.robustness_document import robustness_document
from afweging.io.canonical import canonical_json


def test_the_document_holds_every_part() -> None:
    """It is canonical JSON, with the request and all parts by name."""
    document = json.loads(canonical_json(robustness_document(found(0))))
    assert document["format"] == "afweging-robustness/1"
    parts = {"flips", "stability", "weight_space", "incomplete_weights", "acceptability"}
    assert parts | {"scenario_robustness", "adaptation", "drivers"} <= document.keys()
    assert document["weights"] == "all"
