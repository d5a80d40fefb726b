from __future__ import annotations

import io

import pytest
from rich.console import Console

from afweging.analysis.word_table import WordTable
from afweging.cli.layout import shown

NAMES = ("Handhaving en bescherming", "Uitvoeringsprogramma met loket", "Automatisering")
NUMBERS = WordTable(
    title="Scores.",
    heads=("optie", *(f"score in regio {each}" for each in range(1, 9))),
    rows=tuple((name, *(f"{each},123 (0–1)" for each in range(1, 9))) for name in NAMES),
)
WORDS = WordTable(
    title="Betekenis.",
    heads=("maat", "arbeidsmarktregio", "betekenis", "aantal"),
    rows=tuple((name, "arbeidsmarktregio", f"{name} " * 4, "12") for name in NAMES),
    left=3,
)


def _printed(table: WordTable, width: int) -> list[str]:
    screen = Console(file=io.StringIO(), width=width, highlight=False)
    screen.print(shown(screen, table))
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue().splitlines()


@pytest.mark.parametrize("width", [60, 80, 100, 140, 200])
def test_a_table_of_numbers_goes_on_below_itself(width: int) -> None:
    """Every number is there in one piece; every part has every name; no line is too long."""
    lines = _printed(NUMBERS, width)
    assert max(map(len, lines)) <= width
    text = "\n".join(lines)
    parts = sum(line.startswith("optie") for line in lines)
    for each in range(1, 9):
        assert text.count(f"{each},123 (0–1)") == len(NAMES)
    for name in NAMES:
        assert sum(line.startswith(name[:8]) for line in lines) == parts
    assert (parts == 1) == (width >= 140)


@pytest.mark.parametrize("width", [80, 100, 140])
def test_no_word_is_broken_where_there_is_room(width: int) -> None:
    """Cells of words go on on the next line, between two words."""
    lines = _printed(WORDS, width)
    assert max(map(len, lines)) <= width
    text = " ".join(lines).split()
    assert text.count("arbeidsmarktregio") == 1 + len(NAMES)
    assert text.count("Uitvoeringsprogramma") == 1 + 4


def test_rows_that_share_a_name_stay_whole() -> None:
    """Rows with one name in two parts could not be told apart in the second."""
    twice = WordTable(NUMBERS.title, NUMBERS.heads, (NUMBERS.rows[0], NUMBERS.rows[0]))
    lines = _printed(twice, 80)
    assert sum(line.startswith("optie") for line in lines) <= 1
    assert max(map(len, lines)) <= 80


def test_a_table_that_fits_is_left_alone() -> None:
    """Names in full, one line for each row."""
    lines = _printed(NUMBERS, 250)
    assert len(lines) == 2 + len(NAMES)
    assert all(any(line.startswith(name) for line in lines) for name in NAMES)
