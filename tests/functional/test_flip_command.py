from __future__ import annotations

import json

import pytest
from rich.cells import cell_len
from tests.functional.commands import run


@pytest.mark.parametrize("width", ["80", "140"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_answer_fits_and_names_the_lead_first(
    width: str,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """At both widths no line is too long; weights, estimates and likelihoods each have a part."""
    monkeypatch.setenv("COLUMNS", width)
    outcome = run(capsysbinary, "flip", "scenarios/brabant", "O7", "O4", "--lang", language)
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert max(cell_len(line) for line in lines) <= int(width)
    assert sum("──" in line for line in lines) == 3


def test_the_json_holds_moves_bounds_and_digest(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """Canonical, the same twice, with the proof of each move beside it."""
    arguments = ("flip", "scenarios/brabant", "O7", "O4", "--json")
    outcome = run(capsysbinary, *arguments)
    assert outcome.raw == run(capsysbinary, *arguments).raw
    found = json.loads(outcome.raw)
    assert found["format"] == "afweging-flip/1"
    assert found["lenses"]["moved"] == pytest.approx(found["lenses"]["bound"], abs=1e-9)
    assert sum(found["lenses"]["after"].values()) == pytest.approx(1)
    for part in ("lenses", "criteria", "first_lenses", "first_criteria"):
        for measure in ("largest", "straight"):
            nearest = found[part][measure]
            assert nearest["distance"] == pytest.approx(nearest["bound"], abs=1e-9)
            assert sum(nearest["after"].values()) == pytest.approx(1)
    assert 0 < found["room"]["bound"] <= found["room"]["share"] < 1
    assert len(found["digest"]) == 64


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_unknown_option_is_refused(
    language: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Exit code 2, the options that take part, nothing on standard output."""
    outcome = run(capsysbinary, "flip", "scenarios/brabant", "O7", "O9", "--lang", language)
    assert (outcome.code, outcome.raw) == (2, b"")
    assert "«O9»" in outcome.err
    assert "O8" in outcome.err
