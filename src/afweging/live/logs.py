"""Where the logs of sessions are, and how one is found by its name."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from afweging.analysis.session.receipts import code_of
from afweging.errors import Fault, Place, SessionFileError

SUFFIX = ".afwsessie"
FOLDER = "AFWEGING_SESSIES"  # a variable of the environment that names another folder


def new_id() -> str:
    """Return the id of a new session: its date and a few signs, so that two do not have one."""
    return f"{datetime.now(UTC):%Y%m%d}-{code_of(secrets.token_bytes(16), length=5)}"


def sessions_folder() -> Path:
    """Return the folder of sessions: that of the environment, or one in the home of the user."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else Path.home() / "afweging-sessies"


def log_files(folder: Path) -> list[Path]:
    """Return the logs in a folder, by name."""
    return sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []


def find_log(name: str) -> Path:
    """Return the log at a path, or else that in the folder of sessions whose name holds `name`.

    Raises
    ------
    SessionFileError
        When there is none, or more than one.
    """
    if Path(name).exists() or os.sep in name or name.endswith(SUFFIX):
        return Path(name)
    found = [path for path in log_files(sessions_folder()) if name in path.stem]
    if len(found) == 1:
        return found[0]
    if not found:
        raise SessionFileError([Fault("session-missing", Place(file=name), name)])
    facts = {"found": tuple(path.stem for path in found)}
    raise SessionFileError([Fault("session-several", Place(), name, facts)])
