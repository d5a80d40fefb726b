"""Bad input never gives a silent number: every fault, through the command line."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.faulty import CASES
from tests.folders import EFFECTS, SMALL, Case, params, write
from tests.functional.commands import run

from afweging.errors import ProblemFileError
from afweging.io.problem_file import read_problem
from afweging.wording import LANGUAGES, Words
from afweging.wording.faults import fault_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.errors import Fault
    from afweging.model.problem import DecisionProblem

PLACE = {
    "nl": re.compile(r"^- (\S+?)(?: regel (\d+))?(?:, kolom (\d+))?: ", re.MULTILINE),
    "en": re.compile(r"^- (\S+?)(?: line (\d+))?(?:, column (\d+))?: ", re.MULTILINE),
}
EVERY_FEW = [case for place, case in enumerate(CASES) if place % 7 == 0]


@pytest.mark.parametrize("case", params(CASES))
def test_check_reports_every_fault(
    case: Case, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Check ends with exit code 2, says nothing on standard output, and names every place."""
    write(tmp_path, case.files)
    for language in LANGUAGES:
        outcome = run(capsysbinary, "check", tmp_path, "--lang", language)
        assert (outcome.code, outcome.raw) == (2, b"")
        expected = [
            tuple("" if part is None else str(part) for part in (file, line, column))
            for _, file, line, column in case.faults
        ]
        assert PLACE[language].findall(outcome.err) == expected


@pytest.mark.parametrize("case", params(EVERY_FEW))
@pytest.mark.parametrize("command", ["compare", "explain", "convert", "show"])
def test_no_command_computes_or_writes_anything(
    command: str, case: Case, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Every command that reads a problem ends with exit code 2 and writes nothing."""
    folder = write(tmp_path / "in", case.files)
    target = tmp_path / "out"
    more: dict[str, list[object]] = {
        "compare": ["--json", "--tables", target],
        "explain": ["park", "hof"],
        "convert": [target],
        "show": ["options"],
    }
    outcome = run(capsysbinary, command, folder, *more[command])
    assert (outcome.code, outcome.raw) == (2, b"")
    assert len(PLACE["nl"].findall(outcome.err)) == len(case.faults)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(SMALL)


def test_the_report_starts_with_the_number_of_faults(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The first line tells how many faults there are, where, and that nothing was computed."""
    write(tmp_path, {**SMALL, "effects.csv": EFFECTS.replace("hof,", "hoff,")})
    lines = run(capsysbinary, "compare", tmp_path, "--lang", "en").err.splitlines()
    assert lines[0] == (
        f"6 faults found in {tmp_path}. Nothing was computed and nothing was written."
    )
    assert lines[1] == (
        "- effects.csv line 14, column 1: «hoff» is not known as an option. Do you mean hof? "
        "Correct the name or add what is missing."
    )
    assert len(lines) == 7


# --- mutations ----------------------------------------------------------------------------------

SIGNS = list(",;.:-+=@\"'#&*!|>{}[]%\\\n\r\t\x00\x07 09eE\u00a0\u2028\ufeffé−")


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return one file of the small problem with some bytes, characters or lines changed."""
    name = draw(st.sampled_from(["effects.csv", "problem.yaml", "profiles.yaml", "sources.yaml"]))
    content = SMALL[name].encode()
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(content)))
        kind = draw(st.sampled_from(["flip", "delete", "insert", "line", "double", "cut"]))
        content = _mutated(draw, content, at, kind)
    return name, content


def _mutated(draw: st.DrawFn, content: bytes, at: int, kind: str) -> bytes:
    lines = content.splitlines(keepends=True) or [b""]
    row = at % len(lines)
    if kind == "flip" and content:
        at = min(at, len(content) - 1)
        return content[:at] + bytes([content[at] ^ draw(st.integers(1, 255))]) + content[at + 1 :]
    if kind == "delete":
        return content[:at] + content[at + draw(st.integers(1, 6)) :]
    if kind == "insert":
        return content[:at] + draw(st.sampled_from(SIGNS)).encode() + content[at:]
    if kind == "line":
        return b"".join([*lines[:row], *lines[row + 1 :]])
    if kind == "double":
        return b"".join([*lines[: row + 1], *lines[row:]])
    return content[:at]


def _read(folder: Path) -> tuple[DecisionProblem | None, tuple[Fault, ...]]:
    """Return the problem in `folder`, or the faults in it; any other error is a bug."""
    try:
        return read_problem(folder), ()
    except ProblemFileError as error:
        return None, error.faults


def _untouched(content: bytes) -> set[str]:
    """Return the rows of the table that stand in `content` exactly as they did."""
    return set(EFFECTS.splitlines()[1:]) & set(content.decode("utf-8", "replace").splitlines())


def _effects(problem: DecisionProblem) -> Mapping[str, tuple[float, ...]]:
    """Return low, mode and high by option, scenario and criterion."""
    effects = problem.effects
    return {
        f"{option.id},{case[0]},{criterion.id}": tuple(
            float(getattr(effects, name)[s, a, c]) for name in ("low", "mode", "high")
        )
        for s, case in enumerate(problem.cases)
        for a, option in enumerate(problem.alternatives)
        for c, criterion in enumerate(problem.criteria)
    }


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutations())
def test_a_damaged_file_is_refused_or_read_as_it_stands(mutation: tuple[str, bytes]) -> None:
    """Damage gives a problem or faults with sentences; a row that was not hit is unchanged."""
    name, content = mutation
    with TemporaryDirectory() as place:
        before = _effects(read_problem(write(Path(place) / "een", SMALL)))
        write(Path(place) / "twee", {**SMALL, name: content})
        problem, faults = _read(Path(place) / "twee")
    if problem is None:
        assert faults
        assert all(fault_text(Words(lang), fault) for fault in faults for lang in LANGUAGES)
        return
    after = _effects(problem)
    rows = _untouched(content) if name == "effects.csv" else set(EFFECTS.splitlines()[1:])
    for row in rows:
        key = ",".join(row.split(",")[:3])
        if key in after:
            assert np.array_equal(after[key], before[key], equal_nan=True)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="0123456789.,-+ eE'=@%", max_size=8))
def test_a_cell_is_read_as_it_stands_or_refused(text: str) -> None:
    """A number that is accepted is the one that its digits say, with one decimal sign at most."""
    table = EFFECTS.replace(",310,350,440,", f',,"{text}",,')
    with TemporaryDirectory() as place:
        folder = write(Path(place), {**SMALL, "effects.csv": table})
        problem, _ = _read(folder)
    if problem is None:
        return
    mode = problem.effects.mode[1, 2, 2]
    plain = text.strip().replace(",", ".")
    assert (np.isnan(mode) and not plain) or float(plain) == mode
    assert not re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", text.strip())
