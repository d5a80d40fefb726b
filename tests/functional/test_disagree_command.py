from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from tests.functional.commands import run

from afweging.wording import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    Capture = pytest.CaptureFixture[bytes]

BRABANT = ("disagree", "scenarios/brabant", "O7", "O4")
UNIONS = ("--first", "vakbonden", "--second", "werkgevers")
LESSON = ("disagree", "scenarios/leervoorbeeld", "winkel", "school")
BOTH = ("--first", "ouderen", "--second", "gelijk")


def _copy(folder: Path) -> Path:
    """Return a copy of the teaching problem, for the second party to fill in."""
    return Path(shutil.copytree("scenarios/leervoorbeeld", folder / "kopie"))


def _fewer_visitors(folder: Path) -> None:
    """Let the second party expect a third of the visitors in the shopping centre."""
    path = folder / "effects.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows:
        if (row[0], row[3]) == ("winkel", "bezoekers"):
            row[4:7] = [str(round(float(number) / 3, 2)) for number in row[4:7]]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def _swap(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


# --- the same estimates -------------------------------------------------------------------------


@pytest.mark.parametrize("width", ["80", "140"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_report_fits_and_the_answer_comes_first(
    width: str, language: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Capture
) -> None:
    """At both widths no line is too long; who prefers what comes before the table."""
    monkeypatch.setenv("COLUMNS", width)
    outcome = run(capsysbinary, *BRABANT, *UNIONS, "--lang", language)
    assert (outcome.code, outcome.err) == (0, "")
    assert max(cell_len(line) for line in outcome.out.splitlines()) <= int(width)
    assert "{" not in outcome.out
    words = Words("nl" if language == "nl" else "en")
    heads = [
        words.text(f"disagree.section.{name}")
        for name in ("answer", "cause", "discuss", "criteria", "notices")
    ]
    assert sorted(heads, key=outcome.out.index) == heads


def test_the_same_estimates_leave_values(capsysbinary: Capture) -> None:
    """Trade unions and employers differ about O7 and O4 by their weights, on productivity most."""
    found = json.loads(run(capsysbinary, *BRABANT, *UNIONS, "--json").raw)
    assert (found["kind"], found["opposed"], found["facts"]) == ("values", True, 0)
    assert (found["first"]["prefers"], found["second"]["prefers"]) == ("O7", "O4")
    assert found["discuss"] == {"values": ["E1"], "facts": []}
    assert found["digests"]["first"] == found["digests"]["second"]
    assert len(found["digests"]["first"]) == 64
    outcome = run(capsysbinary, *BRABANT, *UNIONS)
    assert "Beide partijen gebruiken dezelfde" in outcome.out
    assert "--other" in outcome.out


def test_the_leads_are_those_of_compare(capsysbinary: Capture) -> None:
    """The leads are the differences between the scores that compare gives with each profile."""
    found = json.loads(run(capsysbinary, *BRABANT, *UNIONS, "--scenario", "SC2", "--json").raw)
    for side, profile in (("first", "vakbonden"), ("second", "werkgevers")):
        asked = ("compare", "scenarios/brabant", "--profile", profile, "--scenario", "SC2")
        ranking = json.loads(run(capsysbinary, *asked, "--json").raw)["ranking"]
        score = {line["id"]: line["score"] for line in ranking}
        assert found[side]["lead"] == pytest.approx(score["O7"] - score["O4"])


def test_groups_show_who_is_in_them(capsysbinary: Capture) -> None:
    """With several profiles the lead is their mean, and the report counts those for each option."""
    crowd = ("--first", "vakbonden", "--first", "inwoners", "--first", "corporaties")
    asked = (*BRABANT, *crowd, "--second", "werkgevers", "--lang", "en")
    found = json.loads(run(capsysbinary, *asked, "--json").raw)
    leads = [profile["lead"] for profile in found["first"]["profiles"]]
    assert found["first"]["lead"] == pytest.approx(sum(leads) / 3)
    counts = f"{sum(x > 0 for x in leads)} for O7, {sum(x < 0 for x in leads)} for O4"
    assert f"Within party 1 (3 profiles): {counts} and 0 level." in run(capsysbinary, *asked).out


# --- own estimates ------------------------------------------------------------------------------


def test_own_estimates_are_told_apart_from_values(tmp_path: Path, capsysbinary: Capture) -> None:
    """With its own estimates the second party differs in facts too: on visitors, in per cent."""
    other = _copy(tmp_path)
    _fewer_visitors(other)
    asked = (*LESSON, *BOTH, "--other", other)
    found = json.loads(run(capsysbinary, *asked, "--json").raw)
    assert found["discuss"]["facts"] == ["bezoekers"]
    assert found["values"] + found["facts"] == pytest.approx(found["difference"])
    assert found["digests"]["first"] != found["digests"]["second"]
    alone = json.loads(run(capsysbinary, *LESSON, *BOTH, "--json").raw)
    assert found["first"] == alone["first"]
    shown = run(capsysbinary, *asked).out
    assert "Partij 2, met eigen schattingen: Gelijke gewichten." in shown
    assert "% van de inwoners" in " ".join(shown.split())
    assert "--other" not in shown


def test_the_table_has_the_largest_difference_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: Capture
) -> None:
    """Each row has both weights and the three parts; the last row has what they add up to."""
    monkeypatch.setenv("COLUMNS", "140")
    other = _copy(tmp_path)
    _fewer_visitors(other)
    asked = (*LESSON, *BOTH, "--other", other, "--lang", "en")
    found = json.loads(run(capsysbinary, *asked, "--json").raw)
    lines = run(capsysbinary, *asked).out.split("Per criterion")[1].splitlines()
    words = Words("en")

    def written(numbers: list[float]) -> list[str]:
        return [words.format_field(number, "3") for number in numbers]

    parts = found["criteria"]
    names = sorted(parts, key=lambda name: -abs(parts[name]["total"]))
    rows = [re.split(r"\s{2,}", line.strip()) for line in lines[3 : 3 + len(names)]]
    for name, row in zip(names, rows, strict=True):
        weights = [found[side]["weights"][name] for side in ("first", "second")]
        assert row[1:3] == [words.format_field(weight, "share1") for weight in weights]
        assert row[3:] == written([parts[name][part] for part in ("values", "facts", "total")])
    last = next(line for line in lines if line.startswith("all together"))
    sums = written([found["values"], found["facts"], found["difference"]])
    assert re.split(r"\s{2,}", last.strip())[3:] == sums


def test_the_same_person_can_disagree_about_facts_alone(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    """One profile with two sets of estimates differs in facts alone."""
    other = _copy(tmp_path)
    _fewer_visitors(other)
    asked = (*LESSON, "--first", "ouderen", "--second", "ouderen", "--other", other, "--json")
    found = json.loads(run(capsysbinary, *asked).raw)
    assert (found["kind"], found["values"]) == ("facts", 0)


def test_a_workbook_serves_as_well(tmp_path: Path, capsysbinary: Capture) -> None:
    """The other party may have filled in a workbook."""
    other = _copy(tmp_path)
    _fewer_visitors(other)
    book = tmp_path / "kopie.xlsx"
    assert run(capsysbinary, "convert", other, book).code == 0
    one, two = (
        json.loads(run(capsysbinary, *LESSON, *BOTH, "--other", place, "--json").raw)
        for place in (other, book)
    )
    assert one == two


# --- bad input ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("O7", "O9", *UNIONS), "«O9» is not known here as an option."),
        (("O7", "O7", *UNIONS), "«O7» cannot be compared with itself."),
        (
            ("O7", "O4", "--first", "vakbond", "--second", "werkgevers"),
            "«vakbond» is not known here as a profile. Do you mean vakbonden?",
        ),
        (("O7", "O4", *UNIONS, "--scenario", "SC9"), "«SC9» is not known here as a scenario."),
        (("O7", "O4", *UNIONS, "--likelihood", "SC1"), "«SC1» is no likelihood."),
        (("O7", "O4", "--first", "vakbonden"), "Something is missing: --second."),
        (("O7", *UNIONS), "Something is missing: B."),
        (("O7", "O4", *UNIONS, "--other", "nergens"), "nergens"),
    ],
)
def test_bad_input_is_one_sentence(
    arguments: tuple[str, ...], sentence: str, capsysbinary: Capture
) -> None:
    """Exit code 2, nothing on the output, and a sentence that says what is wrong."""
    outcome = run(capsysbinary, "disagree", "scenarios/brabant", *arguments, "--lang", "en")
    assert (outcome.code, outcome.raw) == (2, b"")
    assert sentence in outcome.err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_missing_effects_are_named(language: str, capsysbinary: Capture) -> None:
    """An option with a gap cannot be split; a choice of cases without the gap can."""
    asked = ("disagree", "scenarios/leervoorbeeld", "bus_en_school", "school", *BOTH)
    outcome = run(capsysbinary, *asked, "--lang", language)
    assert (outcome.code, outcome.raw) == (2, b"")
    assert "«bus_en_school»" in outcome.err
    assert "(1)" in outcome.err
    assert run(capsysbinary, *asked, "--scenario", "groei").code == 0


def _other_scale(folder: Path) -> None:
    _swap(folder, "problem.yaml", "worst: 20\n", "worst: 25\n")
    _swap(folder, "problem.yaml", "midvalue: 20\n", "midvalue: 25\n")


def _other_scenario(folder: Path) -> None:
    for name in ("problem.yaml", "effects.csv"):
        _swap(folder, name, "groei", "bloei")


def _other_option(folder: Path) -> None:
    for name in ("problem.yaml", "effects.csv"):
        _swap(folder, name, "winkel", "kraam")


MISMATCHES = [
    pytest.param(
        _other_scale,
        [
            "the value function of «bezoekers» differs here from that of party 1.",
            "for kosten, worst is 25 here, but 20 for party 1.",
        ],
        id="scale",
    ),
    pytest.param(
        _other_scenario,
        [
            "«groei» is not known here as a scenario. Do you mean bloei?",
            "«bloei» is here as a scenario, but party 1 does not have it;",
        ],
        id="scenario",
    ),
    pytest.param(_other_option, ["«winkel» is not known here as an option."], id="option"),
]


@pytest.mark.parametrize(("change", "expected"), MISMATCHES)
def test_problems_that_do_not_match_are_refused(
    change: Callable[[Path], None], expected: list[str], tmp_path: Path, capsysbinary: Capture
) -> None:
    """Every mismatch is a line that starts with the place of the other problem."""
    other = _copy(tmp_path)
    change(other)
    outcome = run(capsysbinary, *LESSON, *BOTH, "--other", other, "--lang", "en")
    assert (outcome.code, outcome.raw) == (2, b"")
    lines = outcome.err.splitlines()[1:]
    assert len(lines) == len(expected)
    for line, start in zip(lines, expected, strict=True):
        assert line.startswith(f"- {other}: {start}")
    assert run(capsysbinary, *LESSON, *BOTH, "--other", other).err.count("partij 1") >= len(lines)


def test_a_fault_in_the_other_problem_names_that_problem(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    """What is wrong in a file of the second party is reported as such, with its path."""
    other = _copy(tmp_path)
    _swap(other, "effects.csv", "36.5,45.6", "36.5,veel")
    outcome = run(capsysbinary, *LESSON, *BOTH, "--other", other, "--lang", "en")
    assert outcome.code == 2
    assert outcome.err.startswith(f"1 fault found in {other}.")
