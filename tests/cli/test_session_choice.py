from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.analysis.session.records import LOG_HASH, endorsed, led
from tests.live.running import brabant

from afweging.cli.session_choice import came_from, session_choice
from afweging.errors import AfwegingError
from afweging.io.journal import create_journal
from afweging.live.exports import export_bytes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def export(tmp_path: Path) -> str:
    """Return the path of an export with three remarks."""
    room = endorsed(led("decided", 6), ["endorse", "remark", "dissent", "remark"])
    path = tmp_path / "export.json"
    path.write_bytes(export_bytes(room.state, LOG_HASH))
    return str(path)


def test_a_log_gives_what_its_export_gives(tmp_path: Path) -> None:
    """But for the hash, which is that of the log itself, and names, which only the log has."""
    room = led("frozen", 6, naming="named")
    path = tmp_path / "een.afwsessie"
    with create_journal(path) as journal:
        journal.append(room.events)
    found = session_choice(None, str(path))
    assert found is not None
    assert found.which == "group"
    assert found.record.group is not None
    assert found.record.group.weights == room.state.frozen.weights  # type: ignore[union-attr]
    assert found.record.log_hash != LOG_HASH


def test_which_weights_are_asked(export: str) -> None:
    """Of the group, or of one of the rounds; none without a session."""
    assert session_choice("p", None) is None
    asked = [session_choice(None, export, number) for number in (None, 1, 2)]
    assert [each.which for each in asked if each] == ["group", "round1", "round2"]


@pytest.mark.parametrize(
    ("profile", "given", "number", "code"),
    [
        ("p", True, None, "session-and-profile"),
        (None, False, 1, "session-round-alone"),
        (None, True, 3, "session-round"),
    ],
)
def test_what_cannot_be_asked(
    export: str,
    profile: str | None,
    given: bool,  # noqa: FBT001
    number: int | None,
    code: str,
) -> None:
    """Two sources of weights, a round without a session, a third round."""
    with pytest.raises(AfwegingError, match=code):
        session_choice(profile, export if given else None, number)


def test_weights_that_are_not_there(tmp_path: Path) -> None:
    """Before anything is shown, and of a round of fewer than five people."""
    path = tmp_path / "export.json"
    path.write_bytes(export_bytes(led("r1_open", 6).state, LOG_HASH))
    with pytest.raises(AfwegingError, match="session-no-weights"):
        session_choice(None, str(path))
    path.write_bytes(export_bytes(led("closed", 4).state, LOG_HASH))
    assert session_choice(None, str(path)) is not None
    with pytest.raises(AfwegingError, match="session-no-round"):
        session_choice(None, str(path), 1)


def test_a_document_says_where_weights_came_from(export: str) -> None:
    """The session, which of its weights, and the hash of its log; nothing without one."""
    assert came_from(None) == {}
    found = session_choice(None, export, 1)
    assert found is not None
    said = came_from(found, brabant()[0])
    assert said["weights_from"] == {
        "kind": "session",
        "session": "s1",
        "weights": "round1",
        "source": "mean",
        "concept": False,
        "problem_digest": found.record.digest,
        "log_hash": LOG_HASH,
    }
    assert said["session"]["rounds"][0]["n"] == 6  # type: ignore[index]
