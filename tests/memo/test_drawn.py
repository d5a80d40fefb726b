from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from tests.memo.test_build import SEAL, SMALL, SVG

from afweging.memo.build import office_bytes
from afweging.memo.drawn import png_of, png_pictures


def test_pictures_are_png_in_their_order() -> None:
    """Each picture is drawn for itself, twice as high where it is twice as high."""
    tall = SVG.replace('viewBox="0 0 64 32"', 'viewBox="0 0 64 64"')
    drawn = png_of([SVG, tall])
    assert all(content.startswith(b"\x89PNG") for content in drawn)
    sizes = [tuple(int.from_bytes(png[k : k + 4], "big") for k in (16, 20)) for png in drawn]
    assert sizes[0][0] == sizes[1][0] == pytest.approx(1008, abs=1)
    assert sizes[1][1] == pytest.approx(2 * sizes[0][1], abs=2)
    assert png_of([]) == []


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_a_document_holds_these_very_pictures(form: str) -> None:
    """The bytes in the package are those drawn from the blocks, then the QR code."""
    text = replace(SMALL, blocks=SMALL.blocks[-2:])
    package = office_bytes(text, SEAL, "docx" if form == "docx" else "odt")
    with ZipFile(BytesIO(package)) as parts:
        held = [parts.read(name) for name in parts.namelist() if name.endswith(".png")]
    assert png_pictures(text)[0] in held
    assert len(held) == 2
