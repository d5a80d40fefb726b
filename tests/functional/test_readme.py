from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from afweging.cli import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _commands(part: str) -> list[str]:
    """Return the afweging commands in the shell blocks of a part of the README."""
    blocks = re.findall(r"```sh\n(.*?)```", part, flags=re.DOTALL)
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("afweging ")]


@pytest.mark.parametrize("part", README.split("## In English"), ids=["nl", "en"])
def test_the_commands_of_the_readme_work_from_an_empty_folder(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Typed one after the other in an empty folder, every command ends well and says something."""
    monkeypatch.chdir(tmp_path)
    commands = _commands(part)
    assert len(commands) == 3
    for command in commands:
        assert main(shlex.split(command)[1:]) == 0, command
        assert capsys.readouterr().out.strip(), command


def test_every_command_in_the_table_exists(capsys: pytest.CaptureFixture[str]) -> None:
    """Each command and option that the README names is in the help."""
    named = set(re.findall(r"`afweging ([\w-]+)", README))
    assert named >= {"compare", "explain", "show", "convert", "schema"}
    for command in named:
        assert main([command, "--help"]) == 0
    shown = capsys.readouterr().out
    for option in set(re.findall(r"(?<!-)--[a-z][a-z-]+", README)) - {
        "--require-hashes",
        "--only-binary",
        "--no-deps",
        "--no-build-isolation",
    }:
        assert option in shown, option


def test_the_files_that_the_readme_links_to_exist() -> None:
    """No link of the README leads nowhere."""
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_lines_of_python_in_the_readme_run() -> None:
    """The Python of the README runs as it stands."""
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
