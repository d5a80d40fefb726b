from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
from ruamel.yaml import YAML
from tests.folders import SMALL, write
from tests.functional.commands import run

if TYPE_CHECKING:
    Capture = pytest.CaptureFixture[bytes]

ROOT = Path(__file__).resolve().parents[2]
PROBLEMS = sorted(path.parent for path in ROOT.glob("scenarios/*/problem.yaml"))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("tree", ["Groen", "Bomen", "Kosten"]),
        ("options", ["Markt", "Park", "Hof"]),
        ("scenarios", ["Droog", "Nat"]),
        ("profiles", ["Buurt", "Raad", "Kenner"]),
        ("requirements", ["Groen", "Sfeer"]),
        ("sources", ["Telling van bomen", "Kaart van het plein"]),
    ],
)
def test_each_part_is_shown(
    part: str, words: list[str], language: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    """Show names everything in a part, in the order of the files."""
    write(tmp_path, SMALL)
    outcome = run(capsysbinary, "show", tmp_path, part, "--lang", language)
    assert (outcome.code, outcome.err) == (0, "")
    places = [outcome.out.find(word) for word in words]
    assert -1 not in places
    assert places == sorted(places)
    assert "None" not in outcome.out


def test_a_part_that_is_not_there_is_said_to_be_empty(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    """Without profiles, show says that there are none."""
    write(tmp_path, {name: text for name, text in SMALL.items() if name != "profiles.yaml"})
    outcome = run(capsysbinary, "show", tmp_path, "profiles")
    assert outcome.out.strip() == "Er is niets van deze soort."


@pytest.mark.parametrize("part", ["problem", "profiles", "sources"])
def test_the_schema_that_is_printed_fits_the_committed_problems(
    part: str, capsysbinary: Capture
) -> None:
    """The output of schema is the schema that the published files follow."""
    schema = json.loads(run(capsysbinary, "schema", part).raw)
    checked = 0
    for folder in PROBLEMS:
        if (path := folder / f"{part}.yaml").is_file():
            content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
            jsonschema.validate(content, schema)
            checked += 1
    assert checked >= 2
