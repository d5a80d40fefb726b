"""What is exact about Brabant, all eight options, beside a linear program for every question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from benchmarks.timing import median_seconds
from scipy.optimize import linprog  # type: ignore[import-untyped]

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.flip_table import find_flip_table
from afweging.analysis.incomplete_weights import find_incomplete
from afweging.analysis.robustness import robustness
from afweging.analysis.stability import find_stability
from afweging.analysis.weight_space import find_weight_space

if TYPE_CHECKING:
    from collections.abc import Callable

    from afweging.model.result import Comparison

SECONDS = 2.0


def _eight_options() -> Comparison:
    """Return Brabant without requirements, so that no option is screened out."""
    return compare(replace(afw.read_problem("scenarios/brabant"), requirements=()))


def _programs(comparison: Comparison) -> None:
    """Solve a linear program for every pair and measure of weights, as would be usual."""
    means, weights = comparison.scores.means.low, comparison.weights.criteria
    count = len(weights)
    eye, ones = np.eye(count), np.append(np.ones(count), np.zeros(count))[None]
    for gains in (means[:, None] - means).reshape(-1, count):
        linprog(
            np.append(np.zeros(count), np.ones(count)),
            A_ub=np.vstack(
                [
                    np.append(-gains, np.zeros(count)),
                    np.hstack([eye, -eye]),
                    np.hstack([-eye, -eye]),
                ]
            ),
            b_ub=np.concatenate([[0.0], weights, -weights]),
            A_eq=ones,
            b_eq=[1.0],
        )


def bench_everything_exact() -> None:
    """Stability, flips of all pairs, potential optimality and volumes within two seconds."""
    comparison = _eight_options()
    parts: dict[str, Callable[[], object]] = {
        "stability": lambda: find_stability(comparison),
        "flips": lambda: find_flip_table(comparison),
        "incomplete weights": lambda: find_incomplete(comparison, weights="all"),
        "volumes": lambda: find_weight_space(comparison),
    }
    seconds = {name: median_seconds(part) for name, part in parts.items()}
    total, programs = sum(seconds.values()), median_seconds(lambda: _programs(comparison))
    shown = ", ".join(f"{name} {1000 * time:.0f}" for name, time in seconds.items())
    print(f"\n{shown}; in all {1000 * total:.0f} ms (limit {1000 * SECONDS:.0f})")
    print(f"a linear program for each of the 64 pairs: {1000 * programs:.0f} ms")
    print(f"ratio {total / programs:.2f}")
    assert total <= SECONDS


def bench_the_whole_page() -> None:
    """All parts of `afweging robust`, 20,000 draws included."""
    problem = afw.read_problem("scenarios/brabant")
    compared = median_seconds(lambda: compare(problem))
    whole = median_seconds(lambda: robustness(problem))
    print(
        f"\nrobust {1000 * whole:.0f} ms, compare {1000 * compared:.0f}: {whole / compared:.0f} x"
    )
