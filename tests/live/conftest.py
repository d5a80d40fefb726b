"""Servers for tests: one for a test alone, and one that tests of a module share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.live.running import Running, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Running]:
    """Return a server with a sealed session, for one test."""
    with running(tmp_path / "log") as server:
        yield server


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Return a server with a session in its lobby, shared by a module."""
    with running(tmp_path_factory.mktemp("one") / "log") as server:
        server.facilitator().next()
        yield server
