from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.folders import SMALL, faults_in, found, sentences, write

from afweging.errors import OutputError, Place
from afweging.io.document import Faults
from afweging.io.files import LARGEST, MEGABYTE, decode, write_files

if TYPE_CHECKING:
    from pathlib import Path

FILES = tuple(SMALL)

DISK_FULL = """
import resource, signal, sys
from pathlib import Path
from afweging.errors import OutputError
from afweging.io.files import write_files

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
folder = Path(sys.argv[1])
try:
    write_files({folder / "a": b"new", folder / "b": b"x" * 2000}, overwrite=True)
except OutputError as error:
    print(*(f"{fault.code} {fault.place.file}" for fault in error.faults))
"""


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file_is_a_fault(name: str, content: bytes, tmp_path: Path) -> None:
    """A file without anything, or with white space and a byte-order mark alone, is refused."""
    faults = faults_in(write(tmp_path, {**SMALL, name: content}))
    assert ("file-empty", name, None, None) in found(faults)
    sentences(faults)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"id: a\ntitle: Caf\xe9\n", "file-not-utf8", 2),
        ("id: a\n".encode("utf-16"), "file-utf16", None),
        ("id: a\n".encode("utf-16-be"), "file-binary", None),
        (b"id: \x00\n", "file-binary", None),
    ],
    ids=["latin-1", "utf-16", "utf-16-without-mark", "nul"],
)
def test_another_encoding_is_a_fault(
    name: str, content: bytes, code: str, line: int | None, tmp_path: Path
) -> None:
    """A file that is not UTF-8 is refused with the line of the first character that is not."""
    faults = faults_in(write(tmp_path, {**SMALL, name: content}))
    assert (code, name, line, None) in found(faults)
    sentences(faults)


@pytest.mark.parametrize("name", FILES)
def test_200_megabytes_are_refused_unread(name: str, tmp_path: Path) -> None:
    """A file of 200 MB is refused by its size; nothing of it is read."""
    write(tmp_path, SMALL)
    os.truncate(tmp_path / name, 200 * MEGABYTE)
    start = time.process_time()
    faults = faults_in(tmp_path)
    assert time.process_time() - start < 0.5
    assert ("file-too-large", name, None, None) in found(faults)
    limit = LARGEST[tmp_path.joinpath(name).suffix] // MEGABYTE
    dutch, english = sentences([fault for fault in faults if fault.code == "file-too-large"])
    assert f"is 200,0 MB; de grens is {limit} MB" in dutch
    assert f"is 200.0 MB; the limit is {limit} MB" in english


@pytest.mark.parametrize("name", FILES)
def test_a_path_that_leaves_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    """A link to a file outside the folder is not followed."""
    folder = write(tmp_path / "problem", SMALL)
    outside = write(tmp_path / "elsewhere", SMALL) / name
    (folder / name).unlink()
    (folder / name).symlink_to(outside)
    faults = faults_in(folder)
    assert ("file-outside-folder", name, None, None) in found(faults)
    sentences(faults)


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    """A link to a file in the folder itself is an ordinary file, and so is a linked folder."""
    from afweging.io.problem_file import read_problem

    folder = write(tmp_path / "problem", SMALL)
    (folder / "effects.csv").rename(folder / "table.csv")
    (folder / "effects.csv").symlink_to("table.csv")
    (tmp_path / "link").symlink_to(folder)
    assert read_problem(tmp_path / "link").id == "pleinkeuze"


@pytest.mark.parametrize("name", ["profiles.yaml", "sources.yaml"])
def test_a_link_to_nothing_is_not_an_absent_file(name: str, tmp_path: Path) -> None:
    """An optional file that is a broken link is missing, and not left out."""
    write(tmp_path, SMALL)
    (tmp_path / name).unlink()
    (tmp_path / name).symlink_to("gone.yaml")
    assert ("file-missing", name, None, None) in found(faults_in(tmp_path))


@pytest.mark.parametrize("name", ["problem.yaml", "effects.csv"])
def test_a_missing_file_is_a_fault(name: str, tmp_path: Path) -> None:
    """Problem and effects have to be there, as ordinary files."""
    write(tmp_path, SMALL)
    (tmp_path / name).unlink()
    assert ("file-missing", name, None, None) in found(faults_in(tmp_path))
    (tmp_path / name).mkdir()
    assert ("file-missing", name, None, None) in found(faults_in(tmp_path))


def test_a_mark_is_no_part_of_the_text() -> None:
    """The byte-order mark at the start is left out, and one further on is kept."""
    faults = Faults()
    text = decode("\ufeffa\ufeffb".encode(), file="x", faults=faults)
    assert (text, faults) == ("a\ufeffb", [])


# --- writing ------------------------------------------------------------------------------------


def test_all_files_are_written(tmp_path: Path) -> None:
    """Every file has its content, folders are made, and nothing else is left."""
    write_files({tmp_path / "x" / "b": b"two", tmp_path / "x" / "a": b"one"}, overwrite=False)
    assert {path.name: path.read_bytes() for path in (tmp_path / "x").iterdir()} == {
        "a": b"one",
        "b": b"two",
    }


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    """Where some files stand already, each is named and none is written."""
    files = write(tmp_path, {"b": "old", "c": "old"})
    with pytest.raises(OutputError) as caught:
        write_files({files / name: b"new" for name in "abc"}, overwrite=False)
    assert found(caught.value.faults) == [
        ("output-exists", "b", None, None),
        ("output-exists", "c", None, None),
    ]
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == [b"old", b"old"]


def test_a_folder_in_the_way_stops_all(tmp_path: Path) -> None:
    """A folder with the name of a file is never replaced, and no other file is either."""
    write(tmp_path, {"a": "old"})
    (tmp_path / "b").mkdir()
    with pytest.raises(OutputError) as caught:
        write_files({tmp_path / "a": b"new", tmp_path / "b": b"new"}, overwrite=True)
    assert found(caught.value.faults) == [("output-exists", "b", None, None)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_file_in_the_way_of_a_folder_stops_all(tmp_path: Path) -> None:
    """Where a folder cannot be made, the files before it are not written either."""
    write(tmp_path, {"way": "old"})
    with pytest.raises(OutputError) as caught:
        write_files({tmp_path / "a": b"new", tmp_path / "way" / "b": b"new"}, overwrite=True)
    (fault,) = caught.value.faults
    assert (fault.code, fault.place) == ("output-failed", Place(file="b"))
    sentences([fault])
    assert [path.name for path in tmp_path.iterdir()] == ["way"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits on the size of a file are of POSIX")
def test_a_full_disk_stops_all(tmp_path: Path) -> None:
    """Where the second file does not fit, the first stays as it was and nothing is left behind."""
    write(tmp_path, {"a": "old"})
    outcome = subprocess.run(
        [sys.executable, "-c", DISK_FULL, str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert outcome.stdout == "output-failed b\n"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}
