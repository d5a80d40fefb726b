"""Writes a large problem: 342 regions, 4 scenarios, 3 horizons, 20 options, 18 criteria.

Effects are drawn with a fixed seed and written with the digits that an effects table has: one
decimal on scales from 0 to 100.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

REGIONS, SCENARIOS, HORIZONS, OPTIONS, CRITERIA = 342, 4, 3, 20, 18


def write_large_problem(folder: Path, *, seed: int = 20261124) -> None:
    """Write the four files of the problem to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "problem.yaml").write_text(_problem(), encoding="utf-8")
    (folder / "profiles.yaml").write_text("profiles: []\n", encoding="utf-8")
    (folder / "sources.yaml").write_text(
        "sources:\n  - {id: draw, kind: assumption, title: getrokken getallen}\n", encoding="utf-8"
    )
    rng = np.random.default_rng(seed)
    head = "option,scenario,region,horizon,criterion,low,mode,high,evidence,source\n"
    with (folder / "effects.csv").open("w", encoding="utf-8") as stream:
        stream.write(head)
        for region in range(REGIONS):
            stream.write(_rows(region, rng))


def _rows(region: int, rng: np.random.Generator) -> str:
    shape = (SCENARIOS, HORIZONS, OPTIONS, CRITERIA)
    mode = rng.integers(100, 900, shape)
    width = rng.integers(0, 100, shape)
    lines = []
    for s, h, o, c in np.ndindex(shape):
        low, middle, high = (
            (mode[s, h, o, c] + sign * width[s, h, o, c]) / 10 for sign in (-1, 0, 1)
        )
        lines.append(
            f"o{o},s{s},GM{region:04d},{2030 + 10 * h},c{c},{low},{middle},{high},assumption,draw\n"
        )
    return "".join(lines)


def _labels(prefix: str, numbers: range) -> str:
    return "".join(f"  - {{id: '{prefix}{n}', name: '{prefix}{n}'}}\n" for n in numbers)


def _problem() -> str:
    weights = [5] * 10 + [6.25] * 8
    criteria = "".join(
        f"    - {{id: c{c}, name: c{c}, weight: {weight}, unit: punten, worst: 0, best: 100,"
        f" evidence: assumption, source: draw}}\n"
        for c, weight in enumerate(weights)
    )
    regions = "".join(f"  - {{id: GM{n:04d}, name: GM{n:04d}}}\n" for n in range(REGIONS))
    horizons = "".join(f"  - {{id: '{2030 + 10 * h}', name: '{h}'}}\n" for h in range(HORIZONS))
    return (
        "id: large\ntitle: groot\ntree:\n  id: root\n  name: doel\n  children:\n"
        + criteria
        + "options:\n"
        + _labels("o", range(OPTIONS))
        + "scenarios:\n"
        + _labels("s", range(SCENARIOS))
        + "regions:\n"
        + regions
        + "horizons:\n"
        + horizons
    )


if __name__ == "__main__":
    write_large_problem(Path(sys.argv[1]))
