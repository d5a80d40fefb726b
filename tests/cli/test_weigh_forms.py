from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from tests.folders import SMALL, sentences, write

from afweging.analysis.questionnaire import METHODS, script_of
from afweging.cli.weigh_forms import COLUMNS, PEOPLE, make_form, take_form
from afweging.errors import OutputError, Place, ProblemFileError
from afweging.io.grid import read_grid, write_grid
from afweging.io.problem_file import read_problem
from afweging.model.text import Text
from afweging.wording import LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.analysis.questionnaire import Method
    from afweging.model.preference import Profile
    from afweging.model.problem import DecisionProblem
    from afweging.wording import Language

    Column = Mapping[str, object]  # what one participant fills in, by the key of the row

ROOT = Path(__file__).parents[2]
LENSES, ECONOMY = "brede_welvaart", "E"
# what one participant fills in, by the last part of the key
SWING: Column = {"points:E": 60, "points:A": 100, "points:W": 12.5, "points:M": 0}
SHARES: Column = {"share:E": 40, "share:A": 27.5, "share:W": 20, "share:M": 12.5}
RANKS: Column = {"rank:E": 2, "rank:A": 1, "rank:W": 4, "rank:M": 2}
PAIRS: Column = {
    "pair:E:A": "A 2",
    "pair:E:W": "1 3",
    "pair:E:M": "=",
    "pair:A:W": "a 6",
    "pair:A:M": "1 2,5",
    "pair:W:M": "M 3",
}
ENDS: Column = {
    "best": "A",
    "worst": 3,
    "best-times:E": 2,
    "best-times:W": 8,
    "best-times:M": 4,
    "worst-times:E": 4,
    "worst-times:M": 2.5,
}
SOUND: Mapping[Method, Column] = {
    "swing": SWING,
    "points": SHARES,
    "rank": RANKS,
    "ahp": PAIRS,
    "bwm": ENDS,
}


@pytest.fixture(scope="module")
def problem() -> DecisionProblem:
    """Return the Brabant problem, with four lenses."""
    return read_problem(ROOT / "scenarios" / "brabant")


def _make(
    problem: DecisionProblem, method: Method, path: Path, *only: str, language: Language = "nl"
) -> Path:
    script = script_of(problem.tree, method, only)
    make_form(problem, script, str(path), Words(language), overwrite=False)
    return path


def _fill(path: Path, people: Mapping[str, Column], group: str = LENSES) -> Path:
    """Fill in a column for each of the people, as they type it into a spreadsheet."""
    book = load_workbook(path)
    page = book.worksheets[0]
    rows = {str(cell.value): cell.row for cell in page["A"] if cell.value}
    for place, (name, column) in enumerate(people.items(), start=len(COLUMNS) + 1):
        page.cell(1, place).value = name or None
        for key, answer in column.items():
            cell = page.cell(rows[f"{group}:{key}"], place)
            cell.value = answer  # type: ignore[assignment]
    book.save(path)
    return path


def _take(problem: DecisionProblem, method: Method, path: Path, *only: str) -> list[Profile]:
    script = script_of(problem.tree, method, only)
    return take_form(problem, script, str(path), Words("nl"), about=False, date="2026-11-24")


def _faults(
    problem: DecisionProblem, method: Method, path: Path, *only: str
) -> list[tuple[str, str | None, object]]:
    """Return code, cell and value of each fault; every one has its sentence."""
    with pytest.raises(ProblemFileError) as caught:
        _take(problem, method, path, *only)
    sentences(caught.value.faults)
    return [(fault.code, fault.place.cell, fault.value) for fault in caught.value.faults]


# --- the form as it is made ---------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", METHODS)
def test_a_form_has_a_row_per_question_and_empty_columns(
    method: Method, language: Language, problem: DecisionProblem, tmp_path: Path
) -> None:
    """Each row says what it asks and from what to what; the columns for people are empty."""
    path = _make(problem, method, tmp_path / "x.xlsx", LENSES, language=language)
    head, *rows, notice = read_grid(path).rows
    assert len(head) == len(COLUMNS) + PEOPLE
    assert [row[0].removeprefix(f"{LENSES}:") for row in rows[:2]]
    count = {"swing": 4, "points": 4, "rank": 4, "ahp": 6, "bwm": 10}[method]
    assert len(rows) == count
    for row in rows:
        assert all(row[: len(COLUMNS)])
        assert not any(row[len(COLUMNS) :])
        assert row[1] == problem.tree.name.in_language(language)
    assert Words(language).text("weigh.form.notice") in notice


def test_a_form_shows_every_scale_in_its_unit(problem: DecisionProblem, tmp_path: Path) -> None:
    """The row of a lens tells the swing of each criterion under it; a pair tells both."""
    _, first, *_ = read_grid(_make(problem, "swing", tmp_path / "x.xlsx", LENSES)).rows
    assert "E1 Arbeidsproductiviteit: van 45 naar 85 euro per gewerkt uur" in first[3]
    assert len(first[3].split("\n")) == 4
    _, pair, *_ = read_grid(_make(problem, "ahp", tmp_path / "y.xlsx", ECONOMY)).rows
    assert pair[2] == ("E1 Arbeidsproductiviteit tegenover E2 Weerbaarheid van de economie")
    assert [line.split()[0] for line in pair[3].split("\n")] == ["E1", "E2"]
    _, best, *_ = read_grid(_make(problem, "bwm", tmp_path / "z.xlsx", LENSES)).rows
    assert best[3].split("\n")[2] == "3. W Woningopgave"


def test_a_form_for_all_groups_has_all_groups(problem: DecisionProblem, tmp_path: Path) -> None:
    """Without a choice every group of two parts or more has its rows."""
    rows = read_grid(_make(problem, "points", tmp_path / "x.csv")).rows
    groups = list(dict.fromkeys(row[0].split(":")[0] for row in rows[1:] if row[0]))
    assert groups == [LENSES, "E", "A", "W", "M"]


def test_a_form_is_not_overwritten_unasked(problem: DecisionProblem, tmp_path: Path) -> None:
    """A form that stands there may be filled in: it stays."""
    path = _make(problem, "points", tmp_path / "x.xlsx", LENSES)
    before = path.read_bytes()
    with pytest.raises(OutputError):
        _make(problem, "points", path, LENSES)
    assert path.read_bytes() == before


def test_a_name_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    """Names and signs that a workbook cannot hold as they are do not break a form."""
    small = read_problem(write(tmp_path / "in", SMALL))
    group, *rest = small.tree.children
    odd = replace(small.tree, children=(replace(group, name=Text("=Groen\x07")), *rest))
    path = _make(replace(small, tree=odd), "swing", tmp_path / "x.xlsx", "doel")
    page = load_workbook(path).worksheets[0]
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value} == {"s"}
    assert read_grid(path).rows[1][2] == "=Groen\x07"


# --- what sound forms lead to -------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_column_is_a_profile(
    method: Method, language: Language, problem: DecisionProblem, tmp_path: Path
) -> None:
    """A filled column is a profile with the name on top; an empty one is nobody."""
    path = _make(problem, method, tmp_path / "x.xlsx", LENSES, language=language)
    _fill(path, {"Jan de Boer": SOUND[method], "leeg": {}, "An": SOUND[method]})
    first, second = _take(problem, method, path, LENSES)
    assert (first.id, first.name, first.date) == ("Jan_de_Boer", Text("Jan de Boer"), "2026-11-24")
    assert (second.id, second.origin, second.evidence) == ("An", "own", "expert")
    assert (first.weights, first.judgements) == (second.weights, second.judgements)
    assert len(first.ranges) == len(problem.criteria)


def test_pairs_are_read_in_every_way_of_typing_them(
    problem: DecisionProblem, tmp_path: Path
) -> None:
    """An id or the number 1 or 2, capitals or not, a comma or a point, = for equal."""
    path = _fill(_make(problem, "ahp", tmp_path / "x.xlsx", LENSES), {"Jan": PAIRS})
    (profile,) = _take(problem, "ahp", path, LENSES)
    told = [(each.first, each.second, each.times) for each in profile.judgements]
    assert told == [
        ("A", "E", 2.0),
        ("E", "W", 3.0),
        ("E", "M", 1.0),
        ("A", "W", 6.0),
        ("A", "M", 2.5),
        ("M", "W", 3.0),
    ]


def test_the_words_for_equal_of_both_languages_count(
    problem: DecisionProblem, tmp_path: Path
) -> None:
    """A form goes from hand to hand: «gelijk» and «equal» are both equal."""
    equal: Column = {**PAIRS, "pair:E:A": "equal", "pair:E:W": "Gelijk"}
    path = _fill(_make(problem, "ahp", tmp_path / "x.xlsx", LENSES), {"Jan": equal})
    (profile,) = _take(problem, "ahp", path, LENSES)
    assert [each.times for each in profile.judgements[:2]] == [1.0, 1.0]


def test_a_group_that_someone_leaves_out_is_left_out(
    problem: DecisionProblem, tmp_path: Path
) -> None:
    """Who fills in one group of two says nothing about the other: not its weights nor ranges."""
    path = _fill(_make(problem, "swing", tmp_path / "x.xlsx", LENSES, ECONOMY), {"Jan": SWING})
    economy: Column = {"points:E1": 0, "points:E2": 100, "points:E3": 5, "points:E4": 7}
    _fill(path, {"Jan": {}, "An": economy}, group=ECONOMY)
    first, second = _take(problem, "swing", path, LENSES, ECONOMY)
    assert [group for group, _ in first.weights] == [LENSES]
    assert [group for group, _ in second.weights] == [ECONOMY]
    assert [each.criterion for each in second.ranges] == ["E1", "E2", "E3", "E4"]


def test_the_order_of_the_rows_makes_no_difference(
    problem: DecisionProblem, tmp_path: Path
) -> None:
    """Rows are known by their key: sorted in a spreadsheet, a form says the same."""
    sound = _fill(_make(problem, "bwm", tmp_path / "x.xlsx", LENSES), {"Jan": ENDS})
    book = load_workbook(sound)
    page = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), start=2):
        for place, value in enumerate(row, start=1):
            page.cell(number, place).value = value
    book.save(tmp_path / "y.xlsx")
    assert _take(problem, "bwm", tmp_path / "y.xlsx", LENSES) == _take(
        problem, "bwm", sound, LENSES
    )


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("Ömer", "Omer"),
        ("Łucja Żółć", "Lucja_Zolc"),
        ("I\u015f\u0131l", "Isil"),
        ("Søren Æ.", "Soren_AE"),
        ("Nguyễn", "Nguyen"),
        ("Straße 7", "Strasse_7"),
        ("ﬁen", "fien"),
        ("-jan-", "jan"),
        ("x" * 70, "x" * 60),
    ],
)
def test_an_id_is_made_of_a_name(
    name: str, identity: str, problem: DecisionProblem, tmp_path: Path
) -> None:
    """Letters lose their signs and not themselves; the name itself is kept to be shown."""
    path = _fill(_make(problem, "swing", tmp_path / "x.xlsx", LENSES), {name: SWING})
    (profile,) = _take(problem, "swing", path, LENSES)
    assert (profile.id, profile.name.nl) == (identity, name)


# --- what is wrong, cell by cell ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "changes", "expected"),
    [
        ("swing", {"points:E": -3}, [("answer-range", "F2", -3.0)]),
        ("swing", {"points:A": 90}, [("form-largest", "F3", 90.0)]),
        ("swing", {"points:A": 101}, [("form-largest", "F3", 101.0)]),
        ("swing", {"points:M": None}, [("form-missing", "F5", None)]),
        (
            "swing",
            {"points:E": "veel", "points:W": None, "points:M": -1},
            [
                ("answer-number", "F2", "veel"),
                ("form-missing", "F4", None),
                ("answer-range", "F5", -1.0),
            ],
        ),
        ("points", {"share:E": 41}, [("form-total", "F5", 101.0)]),
        ("points", {"share:E": -40}, [("answer-range", "F2", -40.0)]),
        ("rank", {"rank:M": 1, "rank:W": 2}, [("form-ranks", "F2", "2, 1, 2, 1")]),
        ("rank", {"rank:E": 1.5}, [("form-ranks", "F2", "1.5, 1, 4, 2")]),
        (
            "ahp",
            {"pair:E:A": "A 12", "pair:E:M": "nee", "pair:A:M": "W 2", "pair:W:M": None},
            [
                ("answer-range", "F2", 12.0),
                ("answer-pair", "F4", "nee"),
                ("answer-choice", "F6", "W"),
                ("form-missing", "F7", None),
            ],
        ),
        ("ahp", {"pair:E:W": "1 keer"}, [("answer-number", "F3", "keer")]),
        ("ahp", {"pair:E:W": "1 0,5"}, [("answer-range", "F3", 0.5)]),
        ("bwm", {"worst": "a"}, [("form-same", "F3", "A")]),
        (
            "bwm",
            {"best": "X", "worst": None},
            [("form-missing", "F3", None), ("answer-choice", "F2", "X")],
        ),
        (
            "bwm",
            {"best-times:W": 12, "best-times:E": 0.5, "worst-times:M": "x"},
            [
                ("answer-number", "F11", "x"),
                ("answer-range", "F6", 12.0),
                ("answer-range", "F4", 0.5),
            ],
        ),
        ("bwm", {"best-times:E": 9}, [("answer-range", "F4", 9.0)]),
        ("bwm", {"worst-times:M": None}, [("form-missing", "F11", None)]),
    ],
)
def test_every_bad_cell_is_told_with_its_cell(
    method: Method,
    changes: Column,
    expected: list[tuple[str, str, object]],
    problem: DecisionProblem,
    tmp_path: Path,
) -> None:
    """Below zero, no 100, not 100 together, no ranking, the same twice, missing, no number."""
    path = _make(problem, method, tmp_path / "x.xlsx", LENSES)
    _fill(path, {"Jan": {**SOUND[method], **changes}, "An": SOUND[method]})
    assert sorted(_faults(problem, method, path, LENSES)) == sorted(expected)


def test_the_faults_of_all_columns_are_told_at_once(
    problem: DecisionProblem, tmp_path: Path
) -> None:
    """A name twice, a name without a letter, and cells of each: one report."""
    path = _make(problem, "points", tmp_path / "x.xlsx", LENSES)
    people = {
        "Jan": {**SHARES, "share:M": 13},
        "jan ": SHARES,
        "Jan.": {**SHARES, "share:A": "?"},
        "–": SHARES,
        "": SHARES,
    }
    _fill(path, people)
    assert _faults(problem, "points", path, LENSES) == [
        ("form-total", "F5", 100.5),
        ("form-name", "H1", None),
        ("answer-number", "H3", "?"),
        ("form-name", "I1", None),
        ("form-name", "J1", None),
    ]


def test_a_formula_in_a_column_is_told_with_its_cell(
    problem: DecisionProblem, tmp_path: Path
) -> None:
    """Points that a spreadsheet has to compute are no answer."""
    path = _make(problem, "points", tmp_path / "x.xlsx", LENSES)
    _fill(path, {"Jan": {**SHARES, "share:M": "=100-87.5"}})
    assert _faults(problem, "points", path, LENSES) == [("number-formula", "F5", "=100-87.5")]


def test_nobody_is_told(problem: DecisionProblem, tmp_path: Path) -> None:
    """A form that came back empty makes no profile."""
    path = _fill(_make(problem, "swing", tmp_path / "x.xlsx", LENSES), {"Jan": {}})
    assert _faults(problem, "swing", path, LENSES) == [("form-nobody", None, None)]


@pytest.mark.parametrize("method", ["points", "rank", "ahp", "bwm"])
def test_the_form_of_another_method_is_told(
    method: Method, problem: DecisionProblem, tmp_path: Path
) -> None:
    """The keys in the first column say which questions a form is about."""
    path = _fill(_make(problem, "swing", tmp_path / "x.xlsx", LENSES), {"Jan": SWING})
    ((code, _, value),) = _faults(problem, method, path, LENSES)
    assert code == "form-other"
    assert f"{LENSES}:points:E" in str(value)


def test_a_form_about_other_groups_is_told(problem: DecisionProblem, tmp_path: Path) -> None:
    """Rows that are missing, or of another group, are not passed over."""
    path = _fill(_make(problem, "swing", tmp_path / "x.xlsx", LENSES), {"Jan": SWING})
    ((code, _, value),) = _faults(problem, "swing", path, LENSES, ECONOMY)
    assert (code, value) == ("form-other", "E:points:E1, E:points:E2, E:points:E3")


def test_a_row_that_stands_there_twice_is_told(problem: DecisionProblem, tmp_path: Path) -> None:
    """With two answers in one column to one question, none of them is chosen."""
    path = _fill(_make(problem, "swing", tmp_path / "x.xlsx", LENSES), {"Jan": SWING})
    book = load_workbook(path)
    book.worksheets[0].append([f"{LENSES}:points:W", "", "", "", "", 80])
    book.save(path)
    told = _faults(problem, "swing", path, LENSES)
    assert told == [("form-other", None, f"{LENSES}:points:W")]


def test_an_empty_file_is_no_form(problem: DecisionProblem, tmp_path: Path) -> None:
    """A CSV file with a heading only, or with nothing but separators, is told."""
    for content in (b"sleutel;groep\n", b";;;\n\n"):
        (tmp_path / "x.csv").write_bytes(content)
        assert [code for code, *_ in _faults(problem, "swing", tmp_path / "x.csv", LENSES)] == [
            "form-other"
        ]


def test_a_csv_tells_the_row_and_the_column(problem: DecisionProblem, tmp_path: Path) -> None:
    """Without sheets a place is a row and a column as a spreadsheet shows them, from 1."""
    rows = [list(row[:5]) for row in read_grid(_make(problem, "swing", tmp_path / "x.csv")).rows]
    for row in rows[1:5]:
        row.append("x" if row[0].endswith(":W") else "100")
    rows[0].append("Jan")
    write_grid(tmp_path / "y.csv", rows, sheet="", overwrite=False)
    with pytest.raises(ProblemFileError) as caught:
        _take(problem, "swing", tmp_path / "y.csv")
    (fault,) = caught.value.faults
    assert (fault.code, fault.place) == ("answer-number", Place("y.csv", 4, 6))
