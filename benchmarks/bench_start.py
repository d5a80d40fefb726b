"""Cold starts against their limits: `--help` beside numpy, `compare` beside scikit-criteria."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROUNDS = 7


def _seconds(arguments: list[str]) -> float:
    """Return the wall time of one process."""
    environment = {**os.environ, "MPLBACKEND": "agg"}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    return time.perf_counter() - start


def _ratio(ours: list[str], theirs: list[str]) -> tuple[float, float, float]:
    """Return the median of the ratios of pairs run in turn, and both medians in seconds."""
    _seconds(ours), _seconds(theirs)
    pairs = [(_seconds(ours), _seconds(theirs)) for _ in range(ROUNDS)]
    ratio = statistics.median(a / b for a, b in pairs)
    return ratio, *(statistics.median(side) for side in zip(*pairs, strict=True))


def bench_compare_starts_faster_than_scikit_criteria_imports() -> None:
    """From cold start to printed Brabant comparison takes at most 0.8 of that import."""
    ours = ["-m", "afweging", "compare", "scenarios/brabant"]
    ratio, mine, theirs = _ratio(ours, ["-c", "import skcriteria"])
    print(f"\ncompare {mine:.2f} s / import skcriteria {theirs:.2f} s = {ratio:.2f} (limit 0.8)")
    assert ratio <= 0.8


def bench_help_is_light() -> None:
    """`afweging --help` takes at most twice `python -c "import numpy"`."""
    ratio, mine, theirs = _ratio(["-m", "afweging", "--help"], ["-c", "import numpy"])
    print(f"\n--help {mine:.3f} s / import numpy {theirs:.3f} s = {ratio:.2f} (limit 2)")
    assert ratio <= 2
