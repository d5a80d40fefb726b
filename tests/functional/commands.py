"""Running the command line in the same process, as `main` does, for tests to share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.cli import main

if TYPE_CHECKING:
    import pytest


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left: its exit code and its two streams, as bytes and as text."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        """The standard output as text."""
        return self.raw.decode("utf-8")


def run(capture: pytest.CaptureFixture[bytes], *arguments: object) -> Outcome:
    """Return the outcome of one command; `capture` is the fixture `capsysbinary`."""
    capture.readouterr()
    code = main([str(argument) for argument in arguments])
    raw, err = capture.readouterr()
    return Outcome(code, raw, err.decode("utf-8"))
