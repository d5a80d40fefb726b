"""Results as bytes: canonical JSON with the digest of the problem and the versions, and CSV."""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from afweging.io.canonical import canonical_json, problem_digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison
    from afweging.wording import Words


def versions() -> Mapping[str, str]:
    """Return the versions that a result depends on."""
    import numpy as np

    from afweging import __version__

    return {"afweging": __version__, "numpy": np.__version__, "python": platform.python_version()}


def comparison_json(comparison: Comparison, more: Mapping[str, object] | None = None) -> bytes:
    """Return the comparison as canonical JSON, with a line end; `more` is said beside it."""
    from afweging.analysis.document import comparison_document

    digest = problem_digest(comparison.problem)
    document = comparison_document(comparison, digest=digest, versions=versions())
    return canonical_json({**document, **(more or {})}) + b"\n"


def write_document(document: Mapping[str, object]) -> None:
    """Write a document as canonical JSON with the versions, and a line end, to standard output."""
    write_bytes(canonical_json({**document, "versions": versions()}) + b"\n")


def write_answer(document: Mapping[str, object], problem: DecisionProblem) -> None:
    """Write a document about one problem as `write_document` does, with the digest of it."""
    write_document({**document, "digest": problem_digest(problem)})


def write_bytes(content: bytes) -> None:
    """Write `content` to standard output as it is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def write_tables(comparison: Comparison, folder: str, words: Words, *, overwrite: bool) -> None:
    """Write every table of the comparison as a CSV file in `folder`, all or none."""
    from afweging.analysis.tables import TABLES
    from afweging.cli.tables_csv import frame_csv
    from afweging.io.files import write_files

    files = {
        Path(folder) / f"{name}.csv": frame_csv(make(comparison), words)
        for name, make in TABLES.items()
    }
    write_files(files, overwrite=overwrite)
