"""Files from anywhere: refused in a sentence, in little time and memory, and never a crash."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.memo.made import FORMATS, memo

from afweging.errors import AfwegingError
from afweging.memo.verify import verify

if TYPE_CHECKING:
    from afweging.io.carriers import Carrier

SECONDS = 10.0  # of the processor, for one file
CODES = {
    "bomb": "dossier-too-large",
    "laughs": "dossier-entities",
    "outside": "dossier-entities",
    "locked package": "dossier-locked",
    "locked PDF": "dossier-locked",
    "changed version": "dossier-newer",
    "other form": "dossier-format",
    "page in another code": "dossier-kind",
    "nothing": "dossier-kind",
}


@pytest.mark.skipif(sys.platform == "win32", reason="no limits to memory there")
def test_files_made_to_harm_are_refused_in_bounded_memory_and_time() -> None:
    """Each by itself, in one process that has little memory."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.functional.hostile"],
        check=False,
        capture_output=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found = json.loads(done.stdout)
    found.pop("memory")
    assert {code for code, _ in found.values()} <= {f"dossier-{kind}" for kind in KINDS}
    assert {name: found[name][0] for name in CODES} == CODES
    assert max(seconds for _, seconds in found.values()) < SECONDS


KINDS = ("broken", "entities", "format", "json", "kind", "locked", "newer", "none", "too-large")


@pytest.mark.parametrize("carrier", [*FORMATS, "json"])
def test_flipped_bytes_never_crash(carrier: Carrier) -> None:
    """Refused, or a verdict; `AFWEGING_FUZZ=200` tries as many of each format."""
    whole, random = memo(carrier), Random(3)  # noqa: S311 - no secrets
    for _ in range(int(os.environ.get("AFWEGING_FUZZ", "3"))):
        changed = bytearray(whole)
        for _ in range(random.choice([1, 1, 2, 8, 40])):
            changed[random.randrange(len(changed))] = random.randrange(256)
        try:
            found = verify(bytes(changed), asked=("intact", "consistent"))
        except AfwegingError:
            continue
        assert set(found.verdicts) == {"intact", "consistent"}
