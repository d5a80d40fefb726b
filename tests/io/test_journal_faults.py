from __future__ import annotations

import sqlite3

import pytest

from afweging.errors import Place
from afweging.io.journal_faults import READ_CODES, WRITE_CODES, read_fault, write_fault
from afweging.wording import LANGUAGES, Words
from afweging.wording.faults import fault_text


@pytest.mark.parametrize("code", [*WRITE_CODES, sqlite3.SQLITE_IOERR_FSYNC, 0])
def test_every_result_of_sqlite_has_a_sentence(code: int) -> None:
    """Known or not, also with the details that SQLite adds to a code."""
    error = sqlite3.OperationalError("reden")
    error.sqlite_errorcode = code | (3 << 8)
    for fault in (write_fault(error, Place("s.afw")), read_fault(error, Place("s.afw"), after=3)):
        for language in LANGUAGES:
            assert fault_text(Words(language), fault).startswith("s.afw: ")
    assert set(READ_CODES) == set(WRITE_CODES)
