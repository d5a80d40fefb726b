from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.folders import EFFECTS, PROBLEM, SMALL, changed, write
from tests.functional.commands import run

if TYPE_CHECKING:
    Capture = pytest.CaptureFixture[bytes]

ROOT = Path(__file__).resolve().parents[2]
BRABANT = ROOT / "scenarios" / "brabant"


def _program(*arguments: object, seed: str = "0") -> subprocess.CompletedProcess[bytes]:
    """Run the program itself, in its own process and under a hash seed."""
    return subprocess.run(
        [sys.executable, "-m", "afweging", *map(str, arguments)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=False,
    )


# --- what can be asked --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--profile", "raat"], "«raat» is not known here as a profile. Do you mean raad?"),
        (["--scenario", "nad"], "«nad» is not known here as a scenario. Do you mean nat?"),
        (["--region", "oost"], "«oost» is not known here as a region."),
        (["--horizon", "2030"], "«2030» is not known here as a horizon."),
        (["--region-weights", "heads"], "«heads» is not known here as a set of region weights."),
        (["--horizon-weights", "x"], "«x» is not known here as a set of horizon weights."),
        (["--likelihoods", "burau"], "as a set of likelihoods. Do you mean bureau?"),
        (["--likelihood", "droog"], "«droog» is no likelihood. Write scenario=likelihood"),
        (["--likelihood", "droog=veel"], "«droog=veel» is no likelihood."),
        (["--likelihood", "droog=1.234"], "«droog=1.234» is no likelihood."),
        (["--likelihood", "droog=nan"], "«droog=nan» is no likelihood."),
        (["--likelihood", "droog=40"], "scenario «nat» has no likelihood."),
        (
            ["--likelihood", "droog=40", "--likelihood", "nat=50"],
            "the likelihoods add up to 90; together they are 1 or 100.",
        ),
        (
            ["--likelihood", "droog=-10", "--likelihood", "nat=110"],
            "the likelihood of droog is −10; a likelihood lies between",
        ),
        (
            ["--likelihood", "droog=40", "--likelihood", "droog=60"],
            "scenario «droog» has two likelihoods.",
        ),
        (
            ["--likelihood", "droog=60", "--likelihood", "droog =40", "--likelihood", "nat=40"],
            "scenario «droog» has two likelihoods.",
        ),
        (
            ["--likelihood", "droog=40", "--likelihood", "nad=60"],
            "«nad» is not known here as a scenario. Do you mean nat?",
        ),
        (
            ["--likelihoods", "bureau", "--likelihood", "droog=100"],
            "you give likelihoods and a set of likelihoods («bureau»).",
        ),
    ],
)
def test_what_cannot_be_asked_is_answered(
    arguments: list[str], sentence: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    """An unknown name or an impossible likelihood is one sentence, and exit code 2."""
    write(tmp_path, SMALL)
    outcome = run(capsysbinary, "compare", tmp_path, *arguments, "--lang", "en")
    assert (outcome.code, outcome.raw) == (2, b"")
    assert outcome.err.startswith("The request cannot be answered")
    assert sentence in outcome.err
    dutch = run(capsysbinary, "compare", tmp_path, *arguments)
    assert dutch.err.startswith("De vraag kan niet worden beantwoord")


def test_a_weight_that_was_not_found_is_not_guessed(tmp_path: Path, capsysbinary: Capture) -> None:
    """A set with a null cannot be used, and the sentence names the case that lacks a figure."""
    write(tmp_path, changed("problem.yaml", "nat: {value: 65", "nat: {value: null"))
    outcome = run(capsysbinary, "compare", tmp_path, "--likelihoods", "bureau", "--lang", "en")
    assert outcome.code == 2
    assert "the set «bureau» has no figure for nat: it was not found." in outcome.err
    narrow = run(
        capsysbinary, "compare", tmp_path, "--likelihoods", "bureau", "--scenario", "droog"
    )
    assert narrow.code == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["compar", "x"], "Onbekende opdracht: 'compar'"),
        (["compare"], "Er ontbreekt iets: PROBLEM."),
        (["compare", "x", "--profiel", "y"], "De optie --profiel bestaat niet."),
        (["compare", "x", "y", "z"], "Te veel gegevens: "),
        (["compare", "x", "--profile"], " heeft een waarde nodig."),
        (["compare", "x", "--lang", "de"], "'de' is geen van 'nl', 'en'"),
        (["show", "x", "trees"], "'trees' is geen van 'tree'"),
        (["schema", "effects"], "'effects' is geen van 'problem'"),
    ],
)
def test_a_wrong_command_is_explained_in_dutch(
    arguments: list[str], sentence: str, capsysbinary: Capture
) -> None:
    """A mistake in the command itself gives a Dutch sentence, the way to help, and exit code 2."""
    outcome = run(capsysbinary, *arguments)
    assert (outcome.code, outcome.raw) == (2, b"")
    assert sentence in outcome.err
    assert "--help" in outcome.err
    assert len(outcome.err.splitlines()) == 1


def test_no_command_shows_the_help(capsysbinary: Capture) -> None:
    """The program alone says what it can do."""
    outcome = run(capsysbinary)
    assert outcome.code in {0, 2}
    assert "compare" in outcome.out + outcome.err


# --- gaps ---------------------------------------------------------------------------------------


def test_a_missing_effect_gives_an_interval(tmp_path: Path, capsysbinary: Capture) -> None:
    """Compare still answers: the option that lacks an effect has a low and a high score."""
    table = EFFECTS.replace("hof,nat,kosten,310,350,440,derived,\n", "")
    write(tmp_path, {**SMALL, "effects.csv": table})
    result = json.loads(run(capsysbinary, "compare", tmp_path, "--json").raw)
    scores = {line["id"]: line["score"] for line in result["ranking"]}
    assert scores["hof"]["low"] < scores["hof"]["high"]
    assert isinstance(scores["park"], float)
    assert isinstance(scores["markt"], float)
    assert result["gaps"] == {"hof": 1}
    whole = json.loads(run(capsysbinary, "compare", write(tmp_path / "x", SMALL), "--json").raw)
    exact = next(line["score"] for line in whole["ranking"] if line["id"] == "hof")
    assert scores["hof"]["low"] <= exact <= scores["hof"]["high"]


# --- json ---------------------------------------------------------------------------------------


def test_json_is_the_same_in_two_processes() -> None:
    """The Brabant comparison has identical bytes in two processes with two hash seeds."""
    one, two = (_program("compare", BRABANT, "--json", seed=seed) for seed in ("1", "4242"))
    assert (one.returncode, two.returncode) == (0, 0)
    assert one.stdout == two.stdout
    assert len(json.loads(one.stdout)["ranking"]) == 8


def _by_id(value: object) -> object:
    """Return a result with every list in one order, so that only order can differ."""
    if isinstance(value, dict):
        return {key: _by_id(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted((_by_id(item) for item in value), key=json.dumps)
    return value


def _close(one: object, two: object) -> bool:
    """Return whether two results are the same up to the last digits of their numbers."""
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(_close(one[key], two[key]) for key in one)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(_close, one, two))
    if isinstance(one, float) and isinstance(two, float | int):
        return abs(one - two) < 1e-9
    return one == two


def _turned() -> dict[str, str]:
    """Return the small problem with options, criteria, cases and rows in another order."""
    head, *rows = EFFECTS.splitlines(keepends=True)
    start, options = PROBLEM.split("options:\n")
    options, rest = options.split("scenarios:\n")
    parts = [f"  - id: {part}" for part in options.split("  - id: ")[1:]]
    before, lens = start.split("    - id: groen\n")
    green, cost = lens.split("    - id: kosten\n")
    leaves = green.split("        - id: ")
    green = leaves[0] + "".join(f"        - id: {leaf}" for leaf in reversed(leaves[1:]))
    tree = f"{before}    - id: kosten\n{cost}    - id: groen\n{green}"
    dry, wet = "  - {id: droog, name: Droog}\n", "  - {id: nat, name: Nat}\n"
    text = f"{tree}options:\n{''.join(reversed(parts))}scenarios:\n{rest}"
    return {
        **SMALL,
        "problem.yaml": text.replace(dry + wet, wet + dry),
        "effects.csv": head + "".join(reversed(rows)),
    }


def test_order_in_the_files_changes_only_order_in_the_json(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    """Permuted options, criteria, cases and rows give the same result in another order."""
    one = run(capsysbinary, "compare", write(tmp_path / "een", SMALL), "--json")
    two = run(capsysbinary, "compare", write(tmp_path / "twee", _turned()), "--json")
    assert one.raw != two.raw
    first, second = json.loads(one.raw), json.loads(two.raw)
    assert first["problem"]["digest"] == second["problem"]["digest"]
    for key in first.keys() - {"exchange_rates", "notices", "first"}:
        assert _close(_by_id(first[key]), _by_id(second[key])), key
    assert [line["id"] for line in first["ranking"]] == [line["id"] for line in second["ranking"]]


# --- csv and tables -----------------------------------------------------------------------------


def test_csv_is_for_the_spreadsheet_of_the_language(tmp_path: Path, capsysbinary: Capture) -> None:
    """Dutch: mark, semicolons and decimal commas. English: RFC 4180. The numbers are the same."""
    write(tmp_path, SMALL)
    dutch = run(capsysbinary, "compare", tmp_path, "--csv").raw
    english = run(capsysbinary, "compare", tmp_path, "--csv", "--lang", "en").raw
    assert dutch.startswith(b"\xef\xbb\xbf")
    assert dutch.count(b"\r\n") == english.count(b"\r\n") == 1 + 3 * 2
    nl = list(csv.reader(io.StringIO(dutch.decode("utf-8-sig"), newline=""), delimiter=";"))
    en = list(csv.reader(io.StringIO(english.decode(), newline="")))
    assert nl[0][0] == "optie"
    assert en[0][0] == "option"
    assert [[cell.replace(",", ".") for cell in row] for row in nl[1:]] == en[1:]
    assert [row[:4] for row in en[1:3]] == [
        ["markt", "droog", "all", "all"],
        ["park", "droog", "all", "all"],
    ]


def test_tables_are_written_all_or_none(tmp_path: Path, capsysbinary: Capture) -> None:
    """Where one table stands already none is written; --force replaces all."""
    folder = write(tmp_path / "in", SMALL)
    target = write(tmp_path / "uit", {"winners.csv": "old"})
    refused = run(capsysbinary, "compare", folder, "--tables", target)
    assert (refused.code, refused.raw) == (2, b"")
    assert "winners.csv" in refused.err
    assert [path.name for path in target.iterdir()] == ["winners.csv"]
    forced = run(capsysbinary, "compare", folder, "--tables", target, "--force")
    assert forced.code == 0
    names = {path.name for path in target.iterdir()}
    assert {"ranking.csv", "winners.csv", "contributions.csv"} <= names
    assert (target / "winners.csv").read_bytes() != b"old"
    assert all(not name.startswith(".") for name in names)


def test_tables_cannot_go_where_a_file_stands(tmp_path: Path, capsysbinary: Capture) -> None:
    """A file in the way is reported and stays."""
    folder = write(tmp_path / "in", SMALL)
    write(tmp_path, {"uit": "old"})
    outcome = run(capsysbinary, "compare", folder, "--tables", tmp_path / "uit", "--force")
    assert (outcome.code, outcome.raw) == (2, b"")
    assert (tmp_path / "uit").read_bytes() == b"old"


# --- the terminal -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["[/b] [red]", ":house:", "[link=x]", "\\[b]", "a\u202eb"])
def test_names_are_shown_as_they_are(name: str, tmp_path: Path, capsysbinary: Capture) -> None:
    """Square brackets and colons in a name are text, and no marks for the terminal."""
    text = PROBLEM.replace("name: Park", f"name: '{name}'").replace(
        "name: Groen\n", f"name: '{name}'\n"
    )
    write(tmp_path, {**SMALL, "problem.yaml": text})
    for command in (
        ["compare", tmp_path],
        ["compare", tmp_path, "--details"],
        ["show", tmp_path, "options"],
        ["show", tmp_path, "tree"],
        ["explain", tmp_path, "park", "hof"],
    ):
        outcome = run(capsysbinary, *command)
        assert outcome.code == 0
        assert name in outcome.out.replace("\n", " ")


def test_a_reader_who_leaves_early_is_no_error() -> None:
    """A closed pipe, as with `head`, ends the program without a word and with exit code 0."""
    with subprocess.Popen(
        [sys.executable, "-m", "afweging", "compare", str(BRABANT), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.read(1) == b"{"
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == 0
