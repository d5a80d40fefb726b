"""Zip packages (DOCX, ODT): read within bounds, and written so that equal parts are equal bytes."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from afweging.errors import DossierError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 64_000_000  # bytes of all parts together, unpacked
MOST_PARTS = 5_000
ENTRY = b"PK\x01\x02"  # what each part in the list of a package starts with
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can hold
_BROKEN = (BadZipFile, EOFError, KeyError, NotImplementedError, OSError, ValueError, zlib.error)


def part_names(content: bytes) -> frozenset[str]:
    """Return the names of the parts of a package; nothing is unpacked.

    Raises
    ------
    DossierError
        When it is no sound package.
    """
    try:
        _check_count(content)
        with ZipFile(io.BytesIO(content)) as package:
            return frozenset(package.namelist())
    except _BROKEN as error:
        raise DossierError([Fault("dossier-broken", value=type(error).__name__)]) from None


def read_parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name, in their order.

    No more than `LARGEST` bytes are unpacked, whatever the package says about its sizes.

    Raises
    ------
    DossierError
        When it is no sound package, is locked, or unpacks to too much.
    """
    try:
        _check_count(content)
        with ZipFile(io.BytesIO(content)) as package:
            return _unpacked(package)
    except RuntimeError:  # a password
        raise DossierError([Fault("dossier-locked")]) from None
    except _BROKEN as error:
        raise DossierError([Fault("dossier-broken", value=type(error).__name__)]) from None


def _check_count(content: bytes) -> None:
    """Refuse a package of very many parts before its list is read, which takes memory itself."""
    if content.count(ENTRY) > MOST_PARTS:
        raise BadZipFile


def _unpacked(package: ZipFile) -> dict[str, bytes]:
    names = package.infolist()
    if len(names) > MOST_PARTS or len({each.filename for each in names}) < len(names):
        raise BadZipFile  # a name twice: two programs could read two different parts
    found: dict[str, bytes] = {}
    left = LARGEST
    for each in names:
        with package.open(each) as stream:
            found[each.filename] = stream.read(left + 1)
        left -= len(found[each.filename])
        if left < 0:
            raise DossierError([Fault("dossier-too-large", facts={"limit": LARGEST / 1e6})])
    return found


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """Return a package with `parts` in their order; a `mimetype` comes first and is not packed."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as package:
        for name in sorted(parts, key=lambda name: name != "mimetype"):
            part = ZipInfo(name, FIRST_DAY)
            part.create_system = 3  # the same on every system
            part.external_attr = 0o644 << 16
            part.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            package.writestr(part, parts[name], compresslevel=9)
    return stream.getvalue()
