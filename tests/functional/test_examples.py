from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_prints_what_it_promises(example: Path) -> None:
    """Run from the root of the project, an example prints its expected outcome."""
    done = subprocess.run(
        [sys.executable, str(example)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    expected = example.parent / "expected" / f"{example.stem}.txt"
    assert done.stdout == expected.read_text(encoding="utf-8")


def test_there_is_an_example() -> None:
    """The folder is not empty, so that the test above proves something."""
    assert EXAMPLES
