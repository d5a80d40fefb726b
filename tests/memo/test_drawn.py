from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from tests.memo.test_build import SEAL, SMALL

from afweging.memo.build import office_bytes
from afweging.memo.drawn import png_pictures


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_a_document_holds_these_very_pictures(form: str) -> None:
    """The bytes in the package are those drawn from the blocks, then the QR code."""
    text = replace(SMALL, blocks=SMALL.blocks[-2:])
    package = office_bytes(text, SEAL, "docx" if form == "docx" else "odt")
    with ZipFile(BytesIO(package)) as parts:
        held = [parts.read(name) for name in parts.namelist() if name.endswith(".png")]
    assert png_pictures(text)[0] in held
    assert len(held) == 2
