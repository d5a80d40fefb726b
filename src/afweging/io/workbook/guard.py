"""Whether a workbook is safe to open: looked at as a package, before anything in it is parsed.

Knows zip and XML as bytes only. Macros, links to elsewhere, embedded objects, passwords,
packages that explode, paths that escape and XML with entities are refused, each by name.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from afweging.errors import Place
from afweging.io.files import MEGABYTE, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from afweging.io.document import Faults

SUFFIX = ".xlsx"
LARGEST_UNPACKED = 400 * MEGABYTE
MOST_PARTS = 10_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TYPES = "[Content_Types].xml"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)

# what the name of a part, or its content type, says about it
_REFUSED = {
    "workbook-macros": re.compile(
        r"vbaproject|(^|/)xl/macrosheets/|macroenabled|ms-excel\.(int)?macrosheet", re.IGNORECASE
    ),
    "workbook-external-link": re.compile(
        r"(^|/)xl/(externallinks|querytables)/|(^|/)xl/connections\.xml"
        r"|\.(externallink|connections|querytable)\+xml",
        re.IGNORECASE,
    ),
    "workbook-embedded": re.compile(
        r"(^|/)xl/(embeddings|activex|ctrlprops)/|oleobject|activex|\.controlproperties\+xml",
        re.IGNORECASE,
    ),
}
_TYPE = re.compile(r"""\b(?:ContentType|PartName)\s*=\s*["']([^"']*)["']""")
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^[^>]{0,200}\bencoding\s*=\s*["']([^"']{0,40})["']""")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z0-9:$]+)["']""")
_PLAIN_ENCODINGS = {b"utf-8", b"us-ascii", b"ascii"}
_CHUNK, _OVERLAP = 1 << 20, 256


def read_package(path: Path, faults: Faults) -> bytes | None:
    """Return the bytes of the workbook at `path`, or None after noting why it is not opened."""
    place = Place(file=path.name)
    if path.suffix.lower() != SUFFIX and path.exists():
        faults.add(_suffix_code(path), place, path.name)
        return None
    content = read_bytes(path, folder=path.resolve().parent, faults=faults)
    if content is None:
        return None
    before = len(faults)
    check_package(content, place, faults)
    return content if len(faults) == before else None


def _suffix_code(path: Path) -> str:
    codes = {".xlsm": "workbook-macros", ".xltm": "workbook-macros", ".xls": "workbook-old-format"}
    return codes.get(path.suffix.lower(), "workbook-suffix")


def check_package(content: bytes, place: Place, faults: Faults) -> None:
    """Note everything for which a workbook with these bytes must not be opened."""
    if content.startswith(_OLE):
        faults.add("workbook-password" if _ENCRYPTED in content else "workbook-old-format", place)
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            before = len(faults)
            _check_names(archive, place, faults)
            if len(faults) == before and _check_sizes(archive, place, faults):
                _check_types(archive, place, faults)
                _check_xml(archive, place, faults)
    except _BROKEN as error:
        started = content.startswith(b"PK")
        code = "workbook-broken" if started else "workbook-not-a-workbook"
        faults.add(code, place, str(error) or type(error).__name__)


def _check_names(archive: zipfile.ZipFile, place: Place, faults: Faults) -> None:
    names = archive.namelist()
    if _TYPES not in names:
        faults.add("workbook-not-a-workbook", place)
        return
    escaping = [name for name in names if _escapes(name)]
    if escaping:
        faults.add("workbook-path", place, escaping[0])
    folded = [name.casefold() for name in names]
    if len(set(folded)) < len(folded):
        twice = next(name for name in names if folded.count(name.casefold()) > 1)
        faults.add("workbook-broken", place, twice)
    for code, pattern in _REFUSED.items():
        found = next((name for name in names if pattern.search(name)), None)
        if found is not None:
            faults.add(code, place, found)
    if any(info.flag_bits & 1 for info in archive.infolist()):
        faults.add("workbook-password", place)


def _escapes(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in name


def _check_sizes(archive: zipfile.ZipFile, place: Place, faults: Faults) -> bool:
    """Note a package that would unpack to more than it may; nothing is unpacked for it.

    zipfile never gives more bytes of a part than its directory states, so the stated sizes bind.
    """
    infos = archive.infolist()
    size = sum(info.file_size for info in infos)
    if size <= LARGEST_UNPACKED and len(infos) <= MOST_PARTS:
        return True
    limit = LARGEST_UNPACKED / MEGABYTE
    faults.add("workbook-too-large", place, size / MEGABYTE, limit=limit)
    return False


def _check_types(archive: zipfile.ZipFile, place: Place, faults: Faults) -> None:
    """Note content types of macros, links and objects, whatever the names of their parts."""
    types = archive.read(_TYPES).decode("utf-8", errors="replace")
    stated = _TYPE.findall(types)
    known = {fault.code for fault in faults}
    for code, pattern in _REFUSED.items():
        found = next((text for text in stated if pattern.search(text)), None)
        if found is not None and code not in known:
            faults.add(code, place, found)


def _check_xml(archive: zipfile.ZipFile, place: Place, faults: Faults) -> None:
    for info in archive.infolist():
        if _doubtful(archive, info):
            faults.add("workbook-entities", place, info.filename)


def _doubtful(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Return whether a part defines entities, or is in an encoding that could hide them."""
    tail = b""
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            if not tail and _odd_encoding(info.filename, chunk[:_OVERLAP]):
                return True
            if _ENTITIES.search((tail + chunk).replace(b"\x00", b"")):
                return True
            tail = chunk[-_OVERLAP:]
    return False


def _odd_encoding(name: str, start: bytes) -> bool:
    if name.lower().endswith((".xml", ".rels")) and (
        start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in start
    ):
        return True
    declared = _ENCODING.search(start)
    return declared is not None and declared[1].lower() not in _PLAIN_ENCODINGS


def merged_ranges(content: bytes, part: str) -> list[str]:
    """Return the merged ranges that the part of a sheet in a checked package names."""
    with zipfile.ZipFile(BytesIO(content)) as archive, archive.open(part) as stream:
        tail, found = b"", []
        while chunk := stream.read(_CHUNK):
            # a match that reaches into the next chunk is found there, from the overlap
            if b"mergeCell" in tail + chunk:
                found += [match.decode() for match in _MERGED.findall(tail + chunk)]
            tail = chunk[-_OVERLAP:]
    return list(dict.fromkeys(found))
