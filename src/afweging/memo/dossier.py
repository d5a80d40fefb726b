"""The dossier of a memo, made from its text and all that it rests on."""

from __future__ import annotations

import platform
from contextlib import suppress
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from afweging import __version__
from afweging.io.dossier import dossier_document
from afweging.memo.blocks import Block, MemoText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.io.dossier import Settings
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Request
    from afweging.model.session_record import SessionRecord

# what the numbers, and the way they are written, depend on
PACKAGES = ("babel", "numpy", "pandas", "rfc8785", "scipy", "typst")


def make_dossier(
    problem: DecisionProblem,
    request: Request,
    settings: Settings,
    text: MemoText,
    results: Mapping[str, object],
    session: SessionRecord | None = None,
) -> dict[str, object]:
    """Return the dossier of a memo as plain dicts, lists and numbers.

    `results` is what `afweging.memo.results.results_document` says of the same problem, request
    and settings; date, language and kind of the memo are those of its text.
    """
    return dossier_document(
        problem,
        request,
        settings,
        text=asdict(text),
        results=results,
        versions=versions(),
        session=session,
    )


def versions() -> Mapping[str, str]:
    """Return the versions of the program, of Python, and of the packages that count."""
    found = {"afweging": __version__, "python": platform.python_version()}
    for name in PACKAGES:
        with suppress(PackageNotFoundError):  # an extra that is not installed
            found[name] = version(name)
    return found


def text_of(dossier: Mapping[str, object]) -> MemoText:
    """Return the text in a dossier whose form was checked.

    Raises
    ------
    ValueError
        When a row of a table has not one cell for each head.
    """
    said: dict[str, object] = dict(dossier["text"])  # type: ignore[call-overload]
    blocks: list[dict[str, object]] = said["blocks"]  # type: ignore[assignment]
    return MemoText(**{**said, "blocks": tuple(_block(each) for each in blocks)})  # type: ignore[arg-type]


def _block(said: Mapping[str, object]) -> Block:
    rows: list[list[str]] = said["rows"]  # type: ignore[assignment]
    parts: dict[str, object] = {"rows": tuple(tuple(row) for row in rows)}
    for name in ("lines", "heads"):
        texts: list[str] = said[name]  # type: ignore[assignment]
        parts[name] = tuple(texts)
    return Block(**{**said, **parts})  # type: ignore[arg-type]
