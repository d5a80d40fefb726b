"""Bytes from and to disk: bounded, inside their folder, whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from afweging.errors import Fault, OutputError, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.io.document import Faults

MEGABYTE = 1_000_000
READABLE, PRIVATE = 0o644, 0o600
LARGEST = {
    ".csv": 160 * MEGABYTE,
    ".json": MEGABYTE,
    ".xlsx": 40 * MEGABYTE,
    ".yaml": 2 * MEGABYTE,
}


def read_bytes(path: Path, *, folder: Path, faults: Faults) -> bytes | None:
    """Return the bytes of `path`, or None after noting why they cannot be read.

    A file that is not there, is no ordinary file, lies outside `folder` once links are followed,
    or is larger than its kind may be is not opened.
    """
    place = Place(file=path.name)
    if not path.is_file():
        faults.add("file-missing", place, str(path))
    elif not path.resolve().is_relative_to(folder.resolve()):
        faults.add("file-outside-folder", place, path.name)
    elif (size := path.stat().st_size) > LARGEST[path.suffix.lower()]:
        faults.add(
            "file-too-large", place, size / MEGABYTE, limit=LARGEST[path.suffix.lower()] / MEGABYTE
        )
    else:
        return _read(path, place, faults)
    return None


def _read(path: Path, place: Place, faults: Faults) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        faults.add("file-unreadable", place, error.strerror or type(error).__name__)
        return None


def decode(content: bytes, *, file: str, faults: Faults) -> str | None:
    """Return the text of UTF-8 `content`, with or without a byte-order mark, or note a fault."""
    place = Place(file=file)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        faults.add("file-utf16", place)
        return None
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        faults.add("file-empty", place)
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.add("file-not-utf8", Place(file=file, line=line), f"0x{content[error.start]:02x}")
        return None
    if "\x00" in text:
        faults.add("file-binary", place)
        return None
    return text


def mode_of(path: Path) -> int:
    """Return who may read a file: as it is now, or by all where there is none yet."""
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else READABLE


def write_files(files: Mapping[Path, bytes], *, overwrite: bool, mode: int = READABLE) -> None:
    """Write all `files` or none: each beside its place first, then moved into it.

    `mode` says who may read them: `READABLE` by all, or `PRIVATE`.

    Raises
    ------
    OutputError
        When a file stands there already and `overwrite` is false, or when writing fails.
    """
    taken = [path for path in files if path.is_dir() or (path.exists() and not overwrite)]
    if taken:
        raise OutputError(
            Fault("output-exists", Place(file=path.name), str(path)) for path in taken
        )
    staged: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in files.items():
            staged[path] = _stage(path, content, mode)
        _move(staged)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError([Fault("output-failed", Place(file=path.name), reason)]) from error
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


def _stage(path: Path, content: bytes, mode: int = READABLE) -> Path:
    """Return a new file beside `path` with `content`, or leave nothing behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _move(staged: Mapping[Path, Path]) -> None:
    """Move every new file into its place; where one fails, put back what stood there."""
    former: dict[Path, Path | None] = {}
    try:
        for path, temporary in staged.items():
            former[path] = _stage(path, path.read_bytes(), mode_of(path)) if path.exists() else None
            temporary.replace(path)
    except OSError:
        for path, kept in former.items():
            if kept is not None:
                kept.replace(path)
            elif not staged[path].exists():
                path.unlink(missing_ok=True)
        raise
    for kept in former.values():
        if kept is not None:
            kept.unlink(missing_ok=True)
