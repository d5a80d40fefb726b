"""Verifying the memo of Brabant as PDF, beside what it cannot do without.

`afweging verify` starts, reads, computes everything anew and tells the text again. Beside it
stands one start that imports what the computing needs (numpy, pandas, scipy), so that the ratio
says what verifying itself costs on any machine.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import afweging as afw
from afweging.io.dossier import Settings, dossier_bytes, fingerprint
from afweging.memo.build import pdf_bytes
from afweging.memo.content import memo_text
from afweging.memo.dossier import make_dossier
from afweging.memo.results import find, results_document
from afweging.model.result import Request
from afweging.wording import Words

ROUNDS = 3
RATIO = 3.5
IMPORTS = "import numpy, pandas, scipy.optimize, scipy.stats"


def _made(folder: Path) -> Path:
    """Return the memo of Brabant as PDF, with all its draws."""
    problem, request, settings = afw.read_problem("scenarios/brabant"), Request(), Settings()
    found = find(problem, request, settings)
    text = memo_text(*found, Words("nl"), kind="memo", day=date(2026, 11, 25))
    results = results_document(*found)
    dossier = dossier_bytes(make_dossier(problem, request, settings, text, results))
    (folder / "memo.pdf").write_bytes(pdf_bytes(text, fingerprint(dossier), dossier))
    return folder / "memo.pdf"


def _processor(*arguments: str) -> float:
    """Return how long a start of Python kept the processor, in seconds."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=os.environ)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def bench_verify_a_pdf() -> None:
    """All three verdicts take less than 3.5 times what the imports alone take."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(_made(Path(folder)))
        pairs = [
            (_processor("-m", "afweging", "verify", path), _processor("-c", IMPORTS))
            for _ in range(ROUNDS)
        ]
    verifying, importing = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"\nverify {verifying:.2f} s / imports {importing:.2f} s = {ratio:.2f} (limit {RATIO})")
    assert ratio < RATIO
