"""1.5 million effects read and compared, beside the physical limit: parsing the same CSV alone."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

from benchmarks.large_problem import write_large_problem

if TYPE_CHECKING:
    from pathlib import Path

PARSE = "import sys, pandas; pandas.read_csv(sys.argv[1])"


def _measured(arguments: list[str]) -> tuple[float, float]:
    """Return seconds and peak memory in GB of one process."""
    code = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, sys.executable, *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - start, int(done.stdout) * unit / 1e9


def bench_a_national_problem_fits_a_laptop(tmp_path: Path) -> None:
    """342 regions, 4 scenarios, 3 horizons, 20 options, 18 criteria: within 10 s and 1 GB."""
    write_large_problem(tmp_path / "large")
    parse, _ = _measured(["-c", PARSE, str(tmp_path / "large" / "effects.csv")])
    seconds, memory = _measured(["-m", "afweging", "compare", str(tmp_path / "large")])
    print(
        f"\nread and compare {seconds:.1f} s, {memory:.2f} GB;"
        f" parsing the CSV alone {parse:.1f} s, ratio {seconds / parse:.1f}"
    )
    assert seconds <= 10
    assert memory <= 1
