from __future__ import annotations

import pytest

from afweging import __version__
from afweging.cli.app import run

COMMANDS = ["check", "compare", "explain", "convert", "schema", "new", "show"]


@pytest.mark.parametrize(
    ("language", "heads", "english"),
    [("nl", ["Gebruik: ", "Opdrachten:", "Opties:"], ["Usage", "Commands", "Show this message"])],
)
def test_the_help_is_in_dutch(
    language: str, heads: list[str], english: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The help has no word of English that the command library put there."""
    for arguments in (["--help"], *([command, "--help"] for command in COMMANDS)):
        assert run([*arguments, "--lang", language] if len(arguments) > 1 else arguments) == 0
        shown = capsys.readouterr().out
        assert heads[0] in shown
        assert [word for word in english if word in shown] == []
    run(["--help"])
    shown = capsys.readouterr().out
    assert [part for part in (*heads, *COMMANDS) if part not in shown] == []


def test_the_help_is_in_english_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    """--lang en gives the help in English, before the command or after it."""
    for arguments in (["--lang", "en", "--help"], ["compare", "--lang", "en", "--help"]):
        assert run(arguments) == 0
        shown = capsys.readouterr().out
        assert "Usage: " in shown
        assert "Gebruik" not in shown


def test_the_version_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """--version says which version it is, and does nothing else."""
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"afweging {__version__}\n"
