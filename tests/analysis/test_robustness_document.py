from __future__ import annotations

import json

from tests.analysis.test_robustness import found

from afweging.analysis.robustness_document import flat_rows, robustness_document
from afweging.io.canonical import canonical_json


def test_the_document_holds_every_part() -> None:
    """It is canonical JSON, with the request and all parts by name."""
    document = json.loads(canonical_json(robustness_document(found(0))))
    assert document["format"] == "afweging-robustness/1"
    parts = {"flips", "stability", "weight_space", "incomplete_weights", "acceptability"}
    assert parts | {"scenario_robustness", "adaptation", "drivers"} <= document.keys()
    assert document["weights"] == "all"


def test_flat_rows_name_every_value_once() -> None:
    """The path leads back to the value."""
    document = json.loads(canonical_json(robustness_document(found(1))))
    rows = list(flat_rows(document))
    assert len({path for path, _ in rows}) == len(rows)
    for path, value in rows[:: max(1, len(rows) // 200)]:
        place = document
        for step in path.split("/"):
            place = place[int(step) - 1] if isinstance(place, list) else place[step]
        assert place == value
