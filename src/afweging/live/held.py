"""A session that was held, as it may be published: from its log, or from an export of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from afweging.analysis.session.fold import fold
from afweging.analysis.session.publish import publishable
from afweging.errors import Fault, Place, RequestError, SessionFileError
from afweging.io.journal import read_journal
from afweging.io.journal_file import START
from afweging.io.session_export import read_export
from afweging.live.exports import export_bytes, last_export
from afweging.live.logs import find_log
from afweging.live.room import chain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.model.session_record import SessionRecord

SQLITE = b"SQLite format 3\x00"


def read_session(
    session: str | os.PathLike[str], *, quoted: Sequence[int] | None = ()
) -> SessionRecord:
    """Return a session as it may be published, from its log or its export.

    Parameters
    ----------
    session : str or path
        A file, or what the log in the folder of sessions is called.
    quoted : sequence of int, optional
        The numbers of the remarks about the decision that are quoted, None for all.

    Raises
    ------
    SessionFileError
        When it cannot be read.
    RequestError
        When there is no remark of one of these numbers.
    """
    named = os.fspath(session)
    record, names = _read(named)
    try:
        return publishable(record, names=names, quoted=quoted)
    except IndexError:
        place, facts = Place(file=Path(named).name), {"most": len(record.remarks)}
        value = next(n for n in quoted or () if not 1 <= n <= len(record.remarks))
        raise RequestError([Fault("session-no-remark", place, value, facts)]) from None


def _read(session: str) -> tuple[SessionRecord, list[str]]:
    """Return a session whole, and the names that people gave, which only a log holds."""
    path = find_log(session)
    place = Place(file=path.name)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise SessionFileError([Fault("session-missing", place, str(path))]) from None
    except OSError as error:
        raise SessionFileError([Fault("session-unreadable", place, error.strerror)]) from error
    if not content.startswith(SQLITE):
        return read_export(content, file=path.name), []
    return _from_log(path)


def _from_log(path: Path) -> tuple[SessionRecord, list[str]]:
    events = read_journal(path)
    if not events:
        raise SessionFileError([Fault("session-not-a-log", Place(file=path.name))])
    content = last_export(events) or export_bytes(fold(events), chain(START.hex(), events))
    given = [event.private.get("name") for event in events if event.kind == "joined"]
    names = [str(each["name"]) for each in given if each is not None]
    return read_export(content, file=path.name), names
