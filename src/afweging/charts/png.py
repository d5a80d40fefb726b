"""Pictures as dots (PNG), drawn by Typst with the letters that come with it, without a browser."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from afweging.errors import Fault, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

SHARP = 160.0  # pixels per inch, at 16 cm wide


def png_of(pictures: Sequence[str]) -> list[bytes]:
    """Return SVG pictures as PNG, all drawn in one run; the same bytes for the same pictures.

    Raises
    ------
    RequestError
        When Typst is not installed.
    """
    return list(_drawn(tuple(pictures))) if pictures else []


@lru_cache(maxsize=4)  # DOCX and ODT of one memo hold the same pictures
def _drawn(pictures: tuple[str, ...]) -> tuple[bytes, ...]:
    names = [f"picture{k}.svg" for k in range(len(pictures))]
    sheet = "#set page(width: 16cm, height: auto, margin: 0pt)\n"
    sheet += "\n#pagebreak()\n".join(f'#image("{name}", width: 100%)' for name in names)
    with tempfile.TemporaryDirectory() as folder:
        for name, picture in zip(names, pictures, strict=True):
            (Path(folder) / name).write_text(picture, "utf-8")
        (Path(folder) / "sheet.typ").write_text(sheet, "utf-8")
        drawn = typst().compile(
            str(Path(folder) / "sheet.typ"), format="png", ppi=SHARP, ignore_system_fonts=True
        )
    return tuple(drawn) if isinstance(drawn, list) else (drawn,)


def typst() -> ModuleType:
    """Return the package that sets type.

    Raises
    ------
    RequestError
        When it is not installed.
    """
    try:
        return import_module("typst")
    except ImportError as error:
        raise missing("typst") from error


def missing(package: str) -> RequestError:
    """Return that a package has to be installed."""
    return RequestError([Fault("memo-package-missing", value=package)])
