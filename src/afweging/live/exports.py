"""The anonymous export of a session as bytes, made the same from the log whenever it is asked."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from afweging.analysis.session.export import export_document
from afweging.analysis.session.fold import fold
from afweging.io.journal_file import START
from afweging.live.room import chain
from afweging.model.canonical import canonical_json
from afweging.model.session_command import MarkExported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.model.session import Event
    from afweging.model.session_state import SessionState


def export_bytes(state: SessionState, log_hash: str) -> bytes:
    """Return the export of a state as canonical JSON with a line end."""
    return canonical_json(export_document(state, log_hash=log_hash)) + b"\n"


def mark_exported(state: SessionState, log_hash: str) -> MarkExported:
    """Return the command that records the export of a state."""
    return MarkExported(hashlib.sha256(export_bytes(state, log_hash)).hexdigest())


def last_export(events: Sequence[Event]) -> bytes | None:
    """Return the export that was recorded last, made again; None where there was none.

    What is erased later on is not in an export, so that it stays the same.
    """
    marks = [event.seq for event in events if event.kind == "exported"]
    if not marks:
        return None
    before = events[: marks[-1] - 1]
    return export_bytes(fold(before), chain(START.hex(), before))
