from __future__ import annotations

import json

import pytest
from rich.cells import cell_len
from tests.functional.commands import run

from afweging.cli import main


@pytest.mark.parametrize("width", ["80", "140"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_report_fits_and_the_choice_comes_first(
    width: str, language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At both widths no line is too long, and the first finding is what the group chooses."""
    monkeypatch.setenv("COLUMNS", width)
    assert main(["group", "scenarios/brabant", "--lang", language]) == 0
    shown = capsys.readouterr().out
    assert max(cell_len(line) for line in shown.splitlines()) <= int(width)
    assert shown.index("O7") < shown.index("O8")


def test_the_json_holds_what_the_report_says(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """The canonical JSON names the choice, every profile's own choice and the digest."""
    assert main(["group", "scenarios/brabant", "--json"]) == 0
    found = json.loads(capsysbinary.readouterr().out)
    assert found["choice"]["arithmetic"] == ["O7"]
    assert len(found["profiles"]) == 12
    assert len(found["digest"]) == 64
    assert found["consensus"]["word"] in {"moderate", "low"}


@pytest.mark.parametrize("share", ["0", "101", "half", "-5"])
def test_a_share_that_is_none_is_refused(share: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 2 and the sentence says what to write."""
    assert main(["group", "scenarios/brabant", f"--share={share}"]) == 2
    assert f"«{share}»" in capsys.readouterr().err


def test_a_problem_without_profiles_says_what_to_add(capsys: pytest.CaptureFixture[str]) -> None:
    """The office has no profiles: exit code 2 and the next step."""
    assert main(["group", "scenarios/kantoor"]) == 2
    assert "profiles.yaml" in capsys.readouterr().err


def test_details_show_how_far_every_profile_is(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """With --details each profile has a row with a share of weight for every option."""
    monkeypatch.setenv("COLUMNS", "140")
    plain = run(capsysbinary, "group", "scenarios/brabant")
    outcome = run(capsysbinary, "group", "scenarios/brabant", "--details")
    assert outcome.code == 0
    assert outcome.out.startswith(plain.out)
    rows = outcome.out.removeprefix(plain.out).splitlines()
    (row,) = [line for line in rows if line.startswith("Gedeputeerde voor veiligheid")]
    assert row.split()[-12:-10] == ["0,0", "%"]


def test_who_was_not_asked_is_named_and_not_counted(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """The migrants' own profile has no weights: it is named, and twelve profiles remain."""
    outcome = run(capsysbinary, "group", "scenarios/brabant")
    assert "12" in outcome.out.splitlines()[0] + outcome.out.splitlines()[1]
    assert "Arbeidsmigranten zelf" in outcome.out
