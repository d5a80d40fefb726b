"""The answers of a questionnaire that is not finished: kept after each answer, for later.

A draft may hold political opinions: only its owner can read it, and it goes when the profile is
written.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from afweging.errors import Fault, Place, ProblemFileError
from afweging.io.canonical import canonical_json
from afweging.io.disassemble import problem_document
from afweging.io.document import Faults
from afweging.io.files import PRIVATE, read_bytes, write_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from afweging.model.problem import DecisionProblem

FORMAT = "afweging-draft/1"


def draft_path(problem: Path, name: str) -> Path:
    """Return where the draft of a person is kept: in the folder, or beside the workbook."""
    folder = problem if problem.is_dir() else problem.parent
    return folder / f".weigh-{name}.json"


def tree_digest(problem: DecisionProblem) -> str:
    """Return a digest of the value tree: what was asked about, with its scales."""
    tree = problem_document(problem)["tree"]
    return hashlib.sha256(canonical_json(tree)).hexdigest()


def write_draft(path: Path, about: Mapping[str, object], answers: Mapping[str, object]) -> None:
    """Keep the answers given so far, with what they are about."""
    content = {"format": FORMAT, "about": dict(about), "answers": dict(answers)}
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    write_files({path: text.encode("utf-8")}, overwrite=True, mode=PRIVATE)


def read_draft(path: Path, about: Mapping[str, object]) -> dict[str, object]:
    """Return the answers in a draft, in order; empty where there is none.

    Raises
    ------
    ProblemFileError
        When the draft cannot be read, or is about something else than `about`.
    """
    if not path.exists():
        return {}
    faults = Faults()
    content = read_bytes(path, folder=path.parent, faults=faults)
    if content is None:
        raise ProblemFileError(faults)
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise ProblemFileError([Fault("draft-broken", Place(path.name))]) from None
    answers = found.get("answers") if isinstance(found, dict) else None
    if not isinstance(answers, dict) or found.get("format") != FORMAT:
        raise ProblemFileError([Fault("draft-broken", Place(path.name))])
    if found.get("about") != dict(about):
        raise ProblemFileError([Fault("draft-other", Place(path.name))])
    return {key: tuple(a) if isinstance(a, list) else a for key, a in answers.items()}
