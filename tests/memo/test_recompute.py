from __future__ import annotations

import pytest

import afweging as afw
from afweging.io.dossier import Settings, dossier_bytes, read_dossier
from afweging.memo.blocks import MemoText
from afweging.memo.dossier import make_dossier
from afweging.memo.recompute import Deviation, deviations, recompute
from afweging.memo.results import find, results_document

EMPTY = MemoText("nl", "memo", "T", "2026-11-25", concept=False, blocks=())


def test_results_come_out_again() -> None:
    """From the bytes alone: with a profile, a part of the cases, and draws of its own seed."""
    problem = afw.read_problem("scenarios/kantoor")
    settings = Settings(weights="near", draws=300, seed=9)
    results = results_document(*find(problem, afw.Request(), settings))
    said = make_dossier(problem, afw.Request(), settings, EMPTY, results)
    content = dossier_bytes(said)
    found = read_dossier(content)
    assert dossier_bytes({**found, "results": recompute(found)}) == content


@pytest.mark.parametrize(
    ("stated", "found", "expected"),
    [
        ({"a": 0.1}, {"a": 0.1 + 1e-16}, []),
        ({"a": 0.1}, {"a": 0.100001}, [Deviation("a", 0.1, 0.100001)]),
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": True}, {"a": 1}, [Deviation("a", stated=True, found=1)]),
        ({"a": None}, {"a": 0.0}, [Deviation("a", None, 0.0)]),
        ({"a": []}, {}, [Deviation("a", "…", "–")]),
        ([1, 2], [1], [Deviation("#", 2, 1)]),
        ({"a": [{"b": "x"}]}, {"a": [{"b": "y"}]}, [Deviation("a/1/b", "x", "y")]),
        ({"a": {"low": 1}}, {"a": 1}, [Deviation("a", "…", 1)]),
    ],
)
def test_every_deviation_has_its_path(
    stated: object, found: object, expected: list[Deviation]
) -> None:
    """Numbers within the rounding of processors are equal; everything else is told."""
    assert list(deviations(stated, found)) == expected
