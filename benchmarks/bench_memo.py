"""The memo of Brabant in four formats, beside finding what stands in it, in time and in work."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

import afweging as afw
from afweging.io.dossier import Settings, dossier_bytes, fingerprint
from afweging.memo.build import html_bytes, office_bytes, pdf_bytes
from afweging.memo.content import memo_text
from afweging.memo.dossier import make_dossier
from afweging.memo.results import find, results_document
from afweging.model.result import Request
from afweging.wording import Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROUNDS = 3
SECONDS = 5.0


def _seconds(work: Callable[[], object]) -> float:
    """Return the median of some runs, after one that does not count."""
    work()
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def bench_four_formats() -> None:
    """Four formats are written in less than 5 s, and in less than twice what finding takes."""
    problem, request, settings = afw.read_problem("scenarios/brabant"), Request(), Settings()
    comparison, robust = find(problem, request, settings)

    def write() -> None:
        text = memo_text(
            comparison, robust, Words("nl"), kind="memo", day=date(2026, 11, 25), concept=True
        )
        results = results_document(comparison, robust)
        dossier = dossier_bytes(make_dossier(problem, request, settings, text, results))
        seal = fingerprint(dossier)
        pdf_bytes(text, seal, dossier)
        html_bytes(text, seal)
        office_bytes(text, seal, "docx")
        office_bytes(text, seal, "odt")

    finding, writing = _seconds(lambda: find(problem, request, settings)), _seconds(write)
    print(f"\nfinding {finding:.2f} s, four formats {writing:.2f} s: {writing / finding:.2f} times")
    assert writing < SECONDS
    assert writing < 2 * finding


def _work(*arguments: str) -> float:
    """Return the seconds of computing that a command takes, on all cores, with its programs."""
    before = os.times()
    subprocess.run([sys.executable, "-m", "afweging", *arguments], check=True, capture_output=True)
    after = os.times()
    user = after.children_user - before.children_user
    return user + after.children_system - before.children_system


def bench_the_whole_command(tmp_path: Path) -> None:
    """From start to end, four formats take less than twice the work of `afweging robust`.

    Work is counted and not time: the seconds of all cores, those of pandoc too.
    """
    asked = ["memo", "scenarios/brabant", "--to", "pdf,docx,odt,html", "--date", "2026-11-25"]
    robust = statistics.median(_work("robust", "scenarios/brabant") for _ in range(ROUNDS))
    folders = (str(tmp_path / str(k)) for k in range(ROUNDS))
    memo = statistics.median(_work(*asked, "--out", folder) for folder in folders)
    print(f"\nrobust {robust:.2f} s, memo in four formats {memo:.2f} s: {memo / robust:.2f} times")
    assert memo < 2 * robust
