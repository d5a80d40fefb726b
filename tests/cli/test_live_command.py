from __future__ import annotations

import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from afweging.cli import live_command
from afweging.errors import RequestError
from afweging.wording import Words
from afweging.wording.faults import fault_text

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence instead of a failed import; with the extra everything is there."""
    live_command.check_extra()
    assert find_spec("geenpakket") is None
    monkeypatch.setattr(live_command, "EXTRA", ("jinja2", "geenpakket"))
    with pytest.raises(RequestError) as error:
        live_command.check_extra()
    said = fault_text(Words("nl"), error.value.faults[0])
    assert said.startswith("voor een sessie ontbreken geenpakket.")


def test_the_extra_holds_what_is_asked_for() -> None:
    """Named in pyproject.toml too."""
    extra = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert [name.partition(">")[0] for name in extra["live"]] == list(live_command.EXTRA)
