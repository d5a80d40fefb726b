from __future__ import annotations

import json
import platform
from typing import TYPE_CHECKING

import numpy as np
from tests.folders import SMALL, write

from afweging import __version__
from afweging.analysis.compare import compare
from afweging.cli.output import comparison_json, write_tables
from afweging.io.canonical import canonical_json, problem_digest
from afweging.io.problem_file import read_problem
from afweging.model.result import Request
from afweging.wording import Words

if TYPE_CHECKING:
    from pathlib import Path


def test_the_json_is_canonical_and_says_what_it_rests_on(tmp_path: Path) -> None:
    """The JSON holds the digest of the problem and the versions, in canonical form."""
    problem = read_problem(write(tmp_path, SMALL))
    content = comparison_json(compare(problem, Request(profile="raad")))
    read = json.loads(content)
    assert content == canonical_json(read) + b"\n"
    assert read["problem"]["digest"] == problem_digest(problem)
    assert read["request"]["profile"] == "raad"
    assert read["versions"] == {
        "afweging": __version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
    }


def test_every_table_has_a_heading_and_rows(tmp_path: Path) -> None:
    """Each table is written, and each has at least one row for this problem."""
    comparison = compare(read_problem(write(tmp_path / "in", SMALL)))
    write_tables(comparison, str(tmp_path / "uit"), Words("en"), overwrite=False)
    tables = sorted((tmp_path / "uit").iterdir())
    assert len(tables) >= 14
    for path in tables:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) > 1, path.name
        assert "np." not in "".join(lines)
