from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.faulty import EFFECTS_CASES
from tests.folders import SMALL, changed, check_case, faults_in, found, params, sentences, write

from afweging.io.document import Faults
from afweging.io.effects import Frame, Scale, read_effects
from afweging.io.effects_table import read_effects_csv
from afweging.io.problem_file import read_problem

if TYPE_CHECKING:
    from pathlib import Path

    from tests.folders import Case

LAST = "310,350,440"


@pytest.mark.parametrize("case", params(EFFECTS_CASES))
def test_a_wrong_effect_is_named_with_its_place(case: Case, tmp_path: Path) -> None:
    """An effect that cannot be read, or cannot be right, is named with line and column."""
    check_case(case, tmp_path)


def test_effects_stand_in_the_order_of_the_problem(tmp_path: Path) -> None:
    """The arrays hold cases, options and criteria in the order of problem.yaml."""
    effects = read_problem(write(tmp_path, SMALL)).effects
    assert effects.mode.tolist() == [
        [[4.5, 1, 180], [26, 2, 610], [12, 1, 330]],
        [[5.5, 0, 190], [28.5, 2, 640], [13, 1, 350]],
    ]
    assert effects.low[1, 2].tolist() == [11, 1, 310]
    assert effects.high[1, 2].tolist() == [17, 2, 440]
    assert effects.present.all()
    assert effects.evidence[0, 0].tolist() == [0, 2, 1]
    assert effects.source[0, 0].tolist() == [0, -1, -1]


def test_a_second_row_names_the_first(tmp_path: Path) -> None:
    """An effect that stands twice is reported on its second line, with the line of the first."""
    write(tmp_path, changed("effects.csv", "", "markt,nat,sfeer,kaal,kaal,fijn,expert,\n"))
    (fault,) = faults_in(tmp_path)
    assert (fault.place.line, fault.facts["earlier"]) == (20, 6)
    dutch, english = sentences([fault])
    assert "(eerder op regel 6)" in dutch
    assert "(earlier at line 6)" in english


@pytest.mark.parametrize("declared", ["point", "comma"])
def test_a_declared_decimal_sign_settles_the_reading(declared: str, tmp_path: Path) -> None:
    """With effects_decimal a number such as 1.234 can be read in one way only."""
    sign = "." if declared == "point" else ","
    files = changed("problem.yaml", "date: 2026-11", f"effects_decimal: {declared}")
    table = SMALL["effects.csv"].replace(",", ";").replace(".", sign)
    files["effects.csv"] = table.replace("11;13;17", f"11{sign}125;13;17")
    assert read_problem(write(tmp_path, files)).effects.low[1, 2, 0] == 11.125


def test_a_declared_decimal_sign_refuses_the_other(tmp_path: Path) -> None:
    """With effects_decimal: comma, 1.234 is no number; nor is it 1234."""
    files = changed("problem.yaml", "date: 2026-11", "effects_decimal: comma")
    files["effects.csv"] = SMALL["effects.csv"].replace(LAST, "310,350.125,440")
    codes = {code for code, *_ in found(faults_in(write(tmp_path, files)))}
    assert codes == {"number-mixed-decimals"}


@pytest.mark.parametrize(("mark", "line"), [(",", 19), (";", 19)])
def test_a_doubtful_number_is_refused_under_every_delimiter(
    mark: str, line: int, tmp_path: Path
) -> None:
    """1.234 is doubtful between commas and between semicolons alike."""
    table = SMALL["effects.csv"].replace(LAST, "310,1.234,440").replace(",", mark)
    write(tmp_path, {**SMALL, "effects.csv": table})
    faults = faults_in(tmp_path)
    assert found(faults) == [("number-ambiguous", "effects.csv", line, 5)]
    dutch, english = sentences(faults)
    assert "Schrijf 1.2340 of 1234" in dutch
    assert "Write 1.2340 or 1234" in english


def test_what_lies_outside_is_clipped_on_request(tmp_path: Path) -> None:
    """With outside: clip a number beyond the scale is kept as it is, to be valued at the end."""
    files = changed("problem.yaml", "      best: 100\n", "      best: 100\n      outside: clip\n")
    files["effects.csv"] = SMALL["effects.csv"].replace(LAST, "310,350,940")
    assert read_problem(write(tmp_path, files)).effects.high[1, 2, 2] == 940


def test_a_date_is_refused_where_the_scale_clips_too(tmp_path: Path) -> None:
    """45010, the fifth of March 2023 in a spreadsheet, is not clipped to the end of the scale."""
    files = changed("problem.yaml", "      best: 100\n", "      best: 100\n      outside: clip\n")
    files["effects.csv"] = SMALL["effects.csv"].replace(LAST, "310,350,45010")
    assert found(faults_in(write(tmp_path, files))) == [
        ("number-date-serial", "effects.csv", 19, 6)
    ]


def test_an_absent_row_is_a_gap_and_so_is_an_empty_one(tmp_path: Path) -> None:
    """Neither becomes a number; only the empty row counts as present."""
    table = SMALL["effects.csv"].replace(f"hof,nat,kosten,{LAST},derived,\n", "")
    table = table.replace("20,26,33,measured,telling", ",,,,")
    effects = read_problem(write(tmp_path, {**SMALL, "effects.csv": table})).effects
    assert np.argwhere(np.isnan(effects.mode)).tolist() == [[0, 1, 0], [1, 2, 2]]
    assert np.argwhere(~effects.present).tolist() == [[1, 2, 2]]
    for name in ("low", "high"):
        assert np.array_equal(np.isnan(getattr(effects, name)), np.isnan(effects.mode))


def test_a_mode_alone_is_low_and_high_too(tmp_path: Path) -> None:
    """An empty low or high takes the mode."""
    table = SMALL["effects.csv"].replace(LAST, ",350,440").replace("kaal,gewoon,fijn", ",gewoon,")
    effects = read_problem(write(tmp_path, {**SMALL, "effects.csv": table})).effects
    assert (effects.low[1, 2, 2], effects.high[1, 2, 2]) == (350, 440)
    assert (effects.low[0, 2, 1], effects.high[0, 2, 1]) == (1, 1)


def test_the_estimates_are_shown_as_they_were_written(tmp_path: Path) -> None:
    """Estimates out of order are quoted in full and by the name of their class."""
    table = SMALL["effects.csv"].replace(LAST, "350.0000001,350,440")
    table = table.replace("hof,droog,sfeer,kaal", "hof,droog,sfeer,fijn")
    faults = faults_in(write(tmp_path, {**SMALL, "effects.csv": table}))
    assert [fault.value for fault in faults] == [
        "fijn / gewoon / fijn",
        "350.0000001 / 350 / 440",
    ]


def test_an_unknown_criterion_hides_no_doubtful_number(tmp_path: Path) -> None:
    """In a row of an unknown criterion a class is no fault, and 1.234 still is."""
    table = SMALL["effects.csv"].replace("hof,nat,sfeer", "hof,nat,sfer")
    table = table.replace(f"hof,nat,kosten,{LAST}", "hof,nat,kost,310,1.234,440")
    assert found(faults_in(write(tmp_path, {**SMALL, "effects.csv": table}))) == [
        ("id-unknown", "effects.csv", 18, 3),
        ("id-unknown", "effects.csv", 19, 3),
        ("number-ambiguous", "effects.csv", 19, 5),
    ]


def test_a_problem_that_no_laptop_holds_is_refused_before_any_work() -> None:
    """More than twenty million possible effects are a fault, whatever the table holds."""
    content = b"option,region,criterion,mode,evidence\na,r1,x,2,measured\n"
    faults = Faults()
    table = read_effects_csv(content, file="effects.csv", decimal=None, faults=faults)
    assert table is not None
    many = [f"r{n}" for n in range(5000)]
    axes = {"option": many, "scenario": ["all"], "region": many, "horizon": ["all"]}
    frame = Frame({**axes, "criterion": ["x"]}, {"x": Scale(0, 10)})
    assert read_effects(table, frame, faults) is None
    assert [(fault.code, fault.value) for fault in faults] == [("too-many-cells", 25_000_000)]
