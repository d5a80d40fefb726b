from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from afweging.errors import SessionFileError
from afweging.live.logs import FOLDER, SUFFIX, find_log, log_files, new_id, sessions_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_ids_differ() -> None:
    """Two sessions of one day have names of their own."""
    assert len({new_id() for _ in range(50)}) == 50


def test_a_log_is_found_by_path_or_by_part_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path as it is; a name in the folder of sessions, where only one fits."""
    monkeypatch.setenv(FOLDER, str(tmp_path))
    assert sessions_folder() == tmp_path
    one, two = (tmp_path / f"brabant-2026060{day}-ACDEF{SUFFIX}" for day in (1, 2))
    for path in (one, two):
        path.touch()
    (tmp_path / "anders.txt").touch()
    assert log_files(tmp_path) == [one, two]
    assert find_log(str(one)) == one
    assert find_log("20260602") == two
    with pytest.raises(SessionFileError) as several:
        find_log("brabant")
    assert several.value.faults[0].code == "session-several"
    with pytest.raises(SessionFileError) as none:
        find_log("kantoor")
    assert none.value.faults[0].code == "session-missing"
    assert log_files(tmp_path / "leeg") == []
