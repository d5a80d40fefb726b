from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.analysis.session.records import LOG_HASH, exported, led, record

from afweging.errors import SessionFileError
from afweging.io.canonical import canonical_json
from afweging.io.session_export import read_export, session_document, session_of
from afweging.live.exports import export_bytes

if TYPE_CHECKING:
    from collections.abc import Callable


def test_what_was_exported_is_read() -> None:
    """Weights, commitments, the decision and the counts are those of the room."""
    room = led("closed", 12)
    found, state = exported(room), room.state
    assert found.digest == state.setup.digest
    assert (found.joined, found.receipts) == (12, 24)
    assert [each.commitment for each in found.rounds] == [state.round(n).commitment for n in (1, 2)]
    assert sorted(found.rounds[0].swings) == sorted(
        each.swings for each in state.round(1).submissions.values() if each.swings
    )
    assert found.group is not None
    assert found.group.weights == state.frozen.weights  # type: ignore[union-attr]
    assert (found.decision, found.conditions) == ("Wij kiezen.", ("mits",))
    assert found.day == "2026-06-01"


@pytest.mark.parametrize("people", [3, 6, 12])
@pytest.mark.parametrize("stage", ["discuss", "closed"])
def test_a_session_in_a_dossier_reads_back(stage: str, people: int) -> None:
    """Through canonical JSON and back it is the same record."""
    found = record(stage, people)
    again = json.loads(canonical_json(session_document(found)))
    assert session_of(again) == found


def _set(path: tuple[Any, ...], value: object) -> Callable[[Any], None]:
    def change(document: Any) -> None:  # noqa: ANN401
        for key in path[:-1]:
            document = document[key]
        document[path[-1]] = value

    return change


ODD: dict[str, Callable[[Any], None]] = {
    "count": _set(("rounds", 0, "n"), 11),
    "lens": _set(("rounds", 0, "swings", 0), [100.0, 1.0]),
    "nothing": _set(("rounds", 0, "swings", 0), [0.0] * 4),
    "sum": _set(("group", "weights", 0), 0.9),
    "range": _set(("rounds", 0, "swings", 0, 0), 101.0),
    "unknown": _set(("name",), "Jan"),
    "text": _set(("conditions",), "mits"),
}


@pytest.mark.parametrize("name", list(ODD))
def test_an_odd_session_is_refused(name: str) -> None:
    """Numbers that do not belong together, and fields that no export has."""
    whole = json.loads(export_bytes(led("closed", 6).state, LOG_HASH))
    held = session_document(record("closed", 6))
    ODD[name](held)
    with pytest.raises(SessionFileError):
        session_of(held)
    ODD[name](whole)
    whole["weights"] = whole["group"]
    with pytest.raises(SessionFileError):
        read_export(canonical_json(whole), file="x.json")


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"format": 1}'])
def test_what_is_no_export_is_refused(content: bytes) -> None:
    """In one sentence, whatever it is."""
    with pytest.raises(SessionFileError) as caught:
        read_export(content, file="x.json")
    assert [fault.code for fault in caught.value.faults] == ["session-not-an-export"]
