from __future__ import annotations

import json
from dataclasses import replace

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.flip_document import weight_flip_document
from afweging.analysis.flip_table import find_flip_table
from afweging.analysis.flip_table_document import flip_table_document


def test_every_number_is_there_by_name_and_never_is_none() -> None:
    """Options with their flips, pairs by challenger and rival without an option against itself."""
    problem = replace(afw.read_problem("scenarios/brabant"), requirements=())
    table = find_flip_table(compare(problem))
    found = flip_table_document(table)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["first"] == ["O7"]
    names = [each.option for each in table.options]
    pairs = found["lens_pairs"]
    assert isinstance(pairs, dict)
    assert pairs["O2"]["O7"] is None
    for i, name in enumerate(names):
        assert list(pairs[name]) == [other for other in names if other != name]
        for k, other in enumerate(names):
            if pairs[name].get(other) is not None:
                assert pairs[name][other] == table.lens_pairs[i, k]
    options = found["options"]
    assert isinstance(options, dict)
    assert list(options) == names
    for each in table.options:
        assert options[each.option]["criteria"] == weight_flip_document(each.criteria)
        assert options[each.option]["lens_answers"] is None
