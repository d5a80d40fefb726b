"""100,000 draws over the 60 cases of Brabant, beside the physical limit: its sums, by BLAS."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
from benchmarks.timing import median_seconds

import afweging as afw
from afweging.analysis.acceptability import find_acceptability
from afweging.analysis.compare import compare

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

BRABANT = "scenarios/brabant"
DRAWS = 100_000
STEP = 4096  # draws in one product
ROUNDS = 3
SECONDS, MEGABYTES = 2.0, 300

ALONE = f"""
import afweging as afw
from afweging.analysis.acceptability import find_acceptability
from afweging.analysis.compare import compare
find_acceptability(compare(afw.read_problem({BRABANT!r})), draws={DRAWS}, effects={{effects}})
"""
PEAK = (
    "import resource, subprocess, sys;"
    "subprocess.run(sys.argv[1:], check=True);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def _sums(values: FloatArray, weights: FloatArray) -> float:
    """Make every score of every draw, and keep nothing: draws x cases x options x criteria."""
    columns = values.reshape(-1, values.shape[-1]).T
    parts = range(0, len(weights), STEP)
    return max(float((weights[start : start + STEP] @ columns)[0, 0]) for start in parts)


def _megabytes(*, effects: bool) -> float:
    """Return the greatest memory of a process that reads, compares and draws."""
    command = [sys.executable, "-c", ALONE.format(effects=effects)]
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *command], check=True, capture_output=True, text=True
    )
    unit = 1 if sys.platform == "darwin" else 1024
    return int(done.stdout) * unit / 1e6


def _report(comparison: Comparison, *, effects: bool) -> None:
    allowed = np.array(comparison.admissible)
    values = comparison.scores.values.low[:, allowed]
    weights = np.random.default_rng(1).dirichlet(np.ones(values.shape[-1]), DRAWS)
    limit = median_seconds(lambda: _sums(values, weights), rounds=ROUNDS)
    taken = median_seconds(
        lambda: find_acceptability(comparison, draws=DRAWS, effects=effects), rounds=ROUNDS
    )
    memory = _megabytes(effects=effects)
    print(
        f"\n{DRAWS:,} draws {taken:.2f} s, {memory:.0f} MB;"
        f" the sums alone {limit:.2f} s, ratio {taken / limit:.1f}"
    )
    assert taken <= SECONDS
    assert memory <= MEGABYTES


def bench_weights_in_every_case() -> None:
    """Weights of all criteria, ranks in each of 60 cases and over their mean: 2 s and 300 MB."""
    _report(compare(afw.read_problem(BRABANT)), effects=False)


def bench_weights_and_uncertain_effects() -> None:
    """As above, with uncertain effects over the mean, and confidence factors: 2 s and 300 MB."""
    _report(compare(afw.read_problem(BRABANT)), effects=True)
