from __future__ import annotations

import json

import pytest
from tests.analysis.futures import varied, without_requirements

from afweging.analysis.adaptation import find_adaptation
from afweging.analysis.adaptation_document import adaptation_document
from afweging.analysis.compare import compare
from afweging.io.canonical import canonical_json


@pytest.mark.parametrize("seed", range(4))
def test_the_document_holds_the_record(seed: int) -> None:
    """Every stretch and every share, by the name of what it is of."""
    found = find_adaptation(varied(seed)[0])
    document = json.loads(canonical_json(adaptation_document(found)))
    assert document["empty"] is None
    assert document["horizons"] == list(found.horizons)
    assert document["screened_out"] == list(found.screened_out)
    for each in (*found.overall, *found.by_requirement):
        part = (
            document["all"]
            if each.requirement is None
            else document["requirements"][each.requirement]
        )
        assert part[each.option][each.scenario] == {
            "kind": each.kind,
            "meets": dict(zip(found.horizons, each.meets, strict=True)),
            "last": each.last,
            "first_failure": each.first_failure,
            "missed": list(each.missed),
            "regions": list(each.regions),
            **({"then": list(each.then)} if each.requirement is None else {}),
        }
    for q, requirement in enumerate(found.requirements):
        for g, scenario in enumerate(found.scenarios):
            for h, horizon in enumerate(found.horizons):
                shares = document["failing"][requirement][scenario][horizon]
                assert [shares[o] for o in found.options] == found.failing[q, g, h].tolist()


def test_nothing_is_written_as_nothing() -> None:
    """Without requirements there are no stretches, and the document says why."""
    found = find_adaptation(compare(without_requirements(varied(1)[0].problem)))
    document = json.loads(canonical_json(adaptation_document(found)))
    assert document["empty"] == "no-requirements"
    assert (document["all"], document["requirements"], document["failing"]) == ({}, {}, {})
