from __future__ import annotations

import io
import tracemalloc
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from afweging.errors import DossierError
from afweging.io.archive import LARGEST, part_names, read_parts, write_parts


def _zip(parts: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(name, content)
    return stream.getvalue()


def _code(content: bytes) -> str:
    with pytest.raises(DossierError) as caught:
        read_parts(content)
    return caught.value.faults[0].code


def test_parts_come_back_in_their_order() -> None:
    """The mimetype comes first and is not packed; the same parts are the same bytes."""
    parts = {"b.xml": b"<b/>", "mimetype": b"application/x", "a.xml": b"<a/>" * 99}
    packed = write_parts(parts)
    assert packed == write_parts(parts)
    assert list(read_parts(packed)) == ["mimetype", "b.xml", "a.xml"]
    assert read_parts(packed) == parts
    assert part_names(packed) == parts.keys()
    assert packed[30:51] == b"mimetypeapplication/x"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused() -> None:
    """Two programs could read two different parts."""
    assert _code(_zip([("a", b"1"), ("a", b"2")])) == "dossier-broken"


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04" + b"\0" * 50])
def test_what_is_no_package_is_refused(content: bytes) -> None:
    """Whatever it looks like."""
    assert _code(content) == "dossier-broken"


def test_every_truncated_package_is_refused() -> None:
    """Cut off anywhere, a package is no package."""
    whole = _zip([("a.xml", b"<a>text</a>"), ("b.xml", b"<b/>")])
    for end in range(4, len(whole) - 1):
        assert _code(whole[:end]) == "dossier-broken"


def test_a_damaged_part_is_refused() -> None:
    """Its checksum tells."""
    whole = bytearray(write_parts({"mimetype": b"application/x"}))
    whole[40] ^= 1
    assert _code(bytes(whole)) == "dossier-broken"


def test_a_zip_bomb_takes_bounded_memory() -> None:
    """A small file that unpacks to more than the limit is left before it is unpacked."""
    bomb = _zip([(f"{k}", b"\0" * 20_000_000) for k in range(5)])
    assert len(bomb) < 200_000
    tracemalloc.start()
    assert _code(bomb) == "dossier-too-large"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * LARGEST


def test_a_locked_package_is_refused() -> None:
    """The mark of a password in the directory is enough."""
    whole = bytearray(_zip([("a", b"1")]))
    whole[6] |= 1
    whole[whole.find(b"PK\x01\x02") + 8] |= 1
    assert _code(bytes(whole)) == "dossier-locked"
