"""Converting loses nothing: every problem comes back whole, and in its order, in either form."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from tests.faulty import (
    BEST_ANSWERS,
    EXTREMES,
    LICHT_STEP,
    RUST_STEP,
    WORST_ANSWERS,
    asked,
)
from tests.folders import Case, params, write
from tests.problems import problems

from afweging.io.canonical import problem_digest
from afweging.io.disassemble import (
    effects_columns,
    problem_document,
    profiles_document,
    sources_document,
)
from afweging.io.problem_folder import read_folder, write_folder
from afweging.io.workbook.read import read_workbook
from afweging.io.workbook.write import workbook_bytes, write_workbook

if TYPE_CHECKING:
    from afweging.model.problem import DecisionProblem

small = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _assert_same(found: DecisionProblem, expected: DecisionProblem) -> None:
    """Compare everything that the problems hold, order included, and their digests."""
    for parts in (problem_document, profiles_document, sources_document, effects_columns):
        assert parts(found) == parts(expected)
    for parts in (problem_document, profiles_document):
        assert str(parts(found)) == str(parts(expected))  # dicts are equal in any order
    assert problem_digest(found) == problem_digest(expected)


@small
@given(problems())
def test_a_folder_gives_the_problem_back(problem: DecisionProblem) -> None:
    """A problem that is written to a folder and read again is the same problem."""
    with TemporaryDirectory() as place:
        write_folder(problem, Path(place))
        _assert_same(read_folder(Path(place)), problem)


@small
@given(problems())
def test_a_workbook_between_two_folders_loses_nothing(problem: DecisionProblem) -> None:
    """Folder to workbook to folder gives the same problem, and so does the workbook itself."""
    with TemporaryDirectory() as place:
        first, book, second = (Path(place) / name for name in ("een", "twee.xlsx", "drie"))
        write_folder(problem, first)
        write_workbook(read_folder(first), book)
        from_book = read_workbook(book)
        _assert_same(from_book, problem)
        write_folder(from_book, second)
        _assert_same(read_folder(second), problem)
        same = ("problem.yaml", "effects.csv", "profiles.yaml", "sources.yaml")
        assert all((first / name).read_bytes() == (second / name).read_bytes() for name in same)


ANSWERS = f"""\
{{kind: trade-off, {RUST_STEP}, {LICHT_STEP}}}
{{kind: ratio, first: groen, second: kosten, times: 2.5}}
{{kind: ratio, first: bomen, second: sfeer, low: 0.5, high: 3}}
{{kind: order, first: groen, second: rust}}
{{kind: share, first: licht, high: 33.3}}
{{kind: worst, first: licht}}
{{kind: best, first: kosten}}"""


@pytest.mark.parametrize(
    "case",
    params(
        [
            asked("statements", "statements", ANSWERS),
            asked("best-worst", "bwm", f"{EXTREMES}\n{BEST_ANSWERS}\n{WORST_ANSWERS}"),
            asked(
                "a-check-beside-swings",
                "swing",
                f"{{kind: trade-off, {RUST_STEP}, {LICHT_STEP}}}",
                weights="{doel: {groen: 0, rust: 45, licht: 100, kosten: 30}}",
            ),
        ]
    ),
)
def test_answers_survive_a_workbook(case: Case, tmp_path: Path) -> None:
    """Every kind of answer comes back from a workbook as it was given, in its order."""
    problem = read_folder(write(tmp_path / "een", case.files))
    assert len(problem.profiles[0].judgements) == case.new.count("{kind:")
    write_workbook(problem, tmp_path / "twee.xlsx")
    _assert_same(read_workbook(tmp_path / "twee.xlsx"), problem)


@small
@given(problems())
def test_the_same_problem_gives_the_same_bytes(problem: DecisionProblem) -> None:
    """A workbook depends on the problem alone, not on the moment of writing."""
    assert workbook_bytes(problem, name="x") == workbook_bytes(problem, name="y")
