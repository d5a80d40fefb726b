from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.analysis.session.records import LOG_HASH, endorsed, led
from tests.live.running import brabant

import afweging as afw
from afweging.errors import AfwegingError
from afweging.live.exports import export_bytes
from afweging.live.held import read_session

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def export(tmp_path: Path) -> str:
    """Return the path of an export with three remarks."""
    room = endorsed(led("decided", 6), ["endorse", "remark", "dissent", "remark"])
    path = tmp_path / "export.json"
    path.write_bytes(export_bytes(room.state, LOG_HASH))
    return str(path)


def test_a_file_that_is_none(tmp_path: Path) -> None:
    """Missing, a folder, or something else."""
    other = tmp_path / "x.json"
    other.write_text("hallo")
    codes = {
        str(tmp_path / "weg.json"): "session-missing",
        str(tmp_path): "session-unreadable",
        str(other): "session-not-an-export",
    }
    for path, code in codes.items():
        with pytest.raises(AfwegingError, match=code):
            read_session(path)


def test_remarks_by_their_number(export: str) -> None:
    """As they stand in the export, from 1."""
    assert [each.text for each in read_session(export, quoted=(2,)).remarks] == ["tekst 2"]
    with pytest.raises(AfwegingError, match="session-no-remark"):
        read_session(export, quoted=(4,))


def test_a_notebook_compares_with_the_weights_of_a_session(export: str) -> None:
    """Read, put beside the profiles of the problem, and asked by its name."""
    problem, session = brabant()[0], afw.read_session(export)
    borrowed = afw.with_session(problem, session)
    for name, number in (("round1", 1), ("round2", 2)):
        asked = afw.compare(borrowed, afw.Request(profile=f"session:{name}"))
        swings = session.rounds[number - 1].swings
        shares = [[point / sum(row) for point in row] for row in swings]
        means = [sum(column) / len(column) for column in zip(*shares, strict=True)]
        assert asked.weights.lenses.tolist() == pytest.approx(means)
