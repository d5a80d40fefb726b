from __future__ import annotations

import ast
import dataclasses
from pathlib import Path

import pytest

from afweging.errors import (
    AfwegingError,
    Fault,
    OutputError,
    Place,
    ProblemFileError,
    RequestError,
)

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "afweging"


@pytest.mark.parametrize("kind", [ProblemFileError, RequestError, OutputError])
def test_what_a_user_can_cause_is_one_tree(kind: type[AfwegingError]) -> None:
    """Every error of the user is an AfwegingError with exit code 2 and its faults in order."""
    faults = [Fault("b", Place("f", 3), 7), Fault("a")]
    error = kind(iter(faults))
    assert isinstance(error, AfwegingError)
    assert error.exit_code == 2
    assert error.faults == tuple(faults)
    assert str(error) == "b 7; a None"


def test_a_fault_cannot_be_changed() -> None:
    """A fault is a value: frozen, equal to its like, with facts that default to none."""
    fault = Fault("a", Place("f", 1, 2), "x")
    assert fault == Fault("a", Place("f", 1, 2), "x", {})
    with pytest.raises(dataclasses.FrozenInstanceError):
        fault.code = "b"  # type: ignore[misc]
    with pytest.raises(TypeError):
        fault.facts["a"] = 1  # type: ignore[index]


# what one person sent must not stop the others, and must not be told; a damaged file makes the
# library that reads it fail in any way
CATCH_ALL = {"live/room.py", "live/shield.py", "io/pdf.py"}


def test_nothing_catches_a_bug() -> None:
    """No `except` in the package is bare or takes every exception, but for doors with a reason."""
    broad = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    }
    assert broad == CATCH_ALL
