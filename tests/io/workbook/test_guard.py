"""A package that is no plain workbook is refused by name, before anything in it is parsed."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from afweging.errors import Place, ProblemFileError
from afweging.io import files
from afweging.io.document import Faults
from afweging.io.problem_folder import read_folder
from afweging.io.workbook import guard as workbook_guard
from afweging.io.workbook.guard import check_package, merged_ranges
from afweging.io.workbook.read import read_workbook
from afweging.io.workbook.write import workbook_bytes
from afweging.wording import LANGUAGES, Words
from afweging.wording.faults import fault_text

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[3]
TYPES = "[Content_Types].xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&b;</worksheet>"""


@pytest.fixture(scope="module")
def content() -> bytes:
    """Return a sound workbook."""
    return workbook_bytes(read_folder(ROOT / "scenarios" / "leervoorbeeld"), name="x")


def _with(content: bytes, parts: Mapping[str, bytes], types: str = "") -> bytes:
    """Return the workbook with parts added or replaced, and text added to its content types."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            if name not in parts:
                part = source.read(name)
                if name == TYPES:
                    part = part.replace(b"</Types>", types.encode() + b"</Types>")
                target.writestr(name, part)
        for name, part in parts.items():
            target.writestr(name, part)
    return stream.getvalue()


def _codes(content: bytes) -> list[str]:
    """Return the codes of the faults; each has its words."""
    faults = Faults()
    check_package(content, Place(file="x.xlsx"), faults)
    for fault in faults:
        assert all(fault_text(Words(language), fault) for language in LANGUAGES)
    return [fault.code for fault in faults]


def test_a_sound_workbook_passes(content: bytes) -> None:
    """What afweging writes itself has nothing to refuse."""
    assert _codes(content) == []


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl/vbaProject.bin", "workbook-macros"),
        ("xl/VBAPROJECT.BIN", "workbook-macros"),
        ("xl/macrosheets/sheet1.xml", "workbook-macros"),
        ("xl/externalLinks/externalLink1.xml", "workbook-external-link"),
        ("xl/connections.xml", "workbook-external-link"),
        ("xl/queryTables/queryTable1.xml", "workbook-external-link"),
        ("xl/embeddings/oleObject1.bin", "workbook-embedded"),
        ("xl/activeX/activeX1.xml", "workbook-embedded"),
        ("../../etc/cron.d/x", "workbook-path"),
        ("/xl/extra.xml", "workbook-path"),
        ("xl\\..\\..\\x.xml", "workbook-path"),
        ("C:/x.xml", "workbook-path"),
        ("XL/workbook.xml", "workbook-broken"),
    ],
)
def test_parts_are_refused_by_their_names(content: bytes, part: str, code: str) -> None:
    """Macros, links, objects, escaping paths and names that stand twice are each refused."""
    assert code in _codes(_with(content, {part: b"<x/>"}))


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("application/vnd.ms-office.vbaProject", "workbook-macros"),
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "workbook-macros"),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml",
            "workbook-external-link",
        ),
        ("application/vnd.openxmlformats-officedocument.oleObject", "workbook-embedded"),
        ("application/vnd.ms-office.activeX+xml", "workbook-embedded"),
    ],
)
def test_parts_are_refused_by_their_types(content: bytes, kind: str, code: str) -> None:
    """A part with another name is known by its content type."""
    types = f'<Override PartName="/xl/plain.bin" ContentType="{kind}"/>'
    assert _codes(_with(content, {"xl/plain.bin": b"x"}, types)) == [code]


@pytest.mark.parametrize(
    "part",
    [
        BOMB,
        BOMB.decode().encode("utf-16"),
        BOMB.decode().encode("utf-16-le"),
        b" " * (1 << 20) + BOMB,
        b" " * ((1 << 20) - 5) + BOMB.removeprefix(b'<?xml version="1.0"?>'),
        b'<?xml version="1.0" encoding="cp037"?><x/>',
        b'<?xml version="1.0" encoding="UTF-7"?><x/>',
    ],
)
@pytest.mark.parametrize("name", ["xl/worksheets/sheet2.xml", "xl/sheet.bin"])
def test_xml_with_entities_is_refused(content: bytes, name: str, part: bytes) -> None:
    """Entities are refused wherever they stand, and in encodings that could hide them."""
    assert _codes(_with(content, {name: part})) == ["workbook-entities"]


def test_a_picture_is_no_xml(content: bytes) -> None:
    """Binary parts with any bytes in them are let through."""
    png = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
    assert _codes(_with(content, {"xl/media/image1.png": png})) == []


def test_what_is_no_workbook_is_refused_by_kind(content: bytes) -> None:
    """An old workbook, a password, text, another package and a cut-off file each have a name."""
    assert _codes(OLE) == ["workbook-old-format"]
    assert _codes(OLE + "EncryptedPackage".encode("utf-16-le")) == ["workbook-password"]
    assert _codes(b"option,criterion\n") == ["workbook-not-a-workbook"]
    assert _codes(b"") == ["workbook-not-a-workbook"]
    assert _codes(content[: len(content) // 2]) == ["workbook-broken"]
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert _codes(stream.getvalue()) == ["workbook-not-a-workbook"]


def test_damaged_parts_are_a_fault(content: bytes) -> None:
    """Bytes that changed inside a part are noticed."""
    damaged = bytearray(content)
    middle = len(damaged) // 2
    damaged[middle : middle + 200] = bytes(200)
    assert _codes(bytes(damaged)) == ["workbook-broken"]


def test_a_package_that_explodes_is_not_unpacked(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sizes that the package states are added up before anything is unpacked."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(TYPES, "<Types/>")
        archive.writestr("xl/a.xml", bytes(3_000_000))
    monkeypatch.setattr(workbook_guard, "LARGEST_UNPACKED", 2_000_000)
    assert _codes(stream.getvalue()) == ["workbook-too-large"]
    monkeypatch.setattr(workbook_guard, "LARGEST_UNPACKED", 400_000_000)
    monkeypatch.setattr(workbook_guard, "MOST_PARTS", 5)
    assert _codes(content) == ["workbook-too-large"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("oud.xls", "workbook-old-format"),
        ("macro.xlsm", "workbook-macros"),
        ("tabel.ods", "workbook-suffix"),
        ("is-er-niet.xlsx", "file-missing"),
    ],
)
def test_other_files_are_not_opened(tmp_path: Path, name: str, code: str) -> None:
    """Another kind of file is refused by its name, and a file that is not there is missing."""
    if code != "file-missing":
        (tmp_path / name).write_bytes(b"PK")
    with pytest.raises(ProblemFileError) as caught:
        read_workbook(tmp_path / name)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_capital_suffix_and_a_link_are_fine(content: bytes, tmp_path: Path) -> None:
    """A workbook may be called X.XLSX, and be reached by a link."""
    (tmp_path / "map").mkdir()
    real = tmp_path / "map" / "PROEF.XLSX"
    real.write_bytes(content)
    (tmp_path / "link.xlsx").symlink_to(real)
    assert read_workbook(real).id == read_workbook(tmp_path / "link.xlsx").id == "leervoorbeeld"


def test_a_large_file_is_not_read(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file above the limit is refused for its size, with the limit."""
    monkeypatch.setitem(files.LARGEST, ".xlsx", 1000)
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(ProblemFileError) as caught:
        read_workbook(tmp_path / "x.xlsx")
    assert [fault.code for fault in caught.value.faults] == ["file-too-large"]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet3.xml"])
@pytest.mark.parametrize("rest", [b"", b"<x/>", b"<worksheet><sheetData><row r='a'>"])
def test_nonsense_in_a_part_is_a_fault_and_no_crash(
    content: bytes, tmp_path: Path, part: str, rest: bytes
) -> None:
    """A package of the right form with nonsense inside is refused, whatever the nonsense."""
    (tmp_path / "x.xlsx").write_bytes(_with(content, {part: rest}))
    with pytest.raises(ProblemFileError):
        read_workbook(tmp_path / "x.xlsx")


def test_merged_ranges_are_found_across_chunks() -> None:
    """A merged range counts once, also where it lies on the border of two chunks."""
    merge = b'<x:mergeCell  ref="A1:B2" />'
    for shift in range(0, len(merge) + 2, 3):
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(
                "s.xml", b" " * ((1 << 20) - shift) + merge + b'<mergeCell ref="C3:D4"/>'
            )
        assert merged_ranges(stream.getvalue(), "s.xml") == ["A1:B2", "C3:D4"]
