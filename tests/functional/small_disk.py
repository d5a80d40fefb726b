"""A small disk of its own, that a test can fill and that can be made read-only."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIZE = "2m"


def mounting(*arguments: object) -> bool:
    """Do something with `mount`, and return whether it could be done."""
    command = ["mount", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@dataclass(frozen=True)
class SmallDisk:
    """A disk in memory at `path`."""

    path: Path

    def fill(self) -> None:
        """Write until nothing more fits."""
        with (self.path / "filler").open("ab", buffering=0) as file:
            for size in (65536, 4096, 1):
                full = False
                while not full:
                    try:
                        file.write(bytes(size))
                    except OSError:
                        full = True

    def free(self) -> None:
        """Make room again."""
        (self.path / "filler").unlink()

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Let nobody write, for a while."""
        assert mounting("-o", "remount,ro", self.path)
        yield
        assert mounting("-o", "remount,rw", self.path)


@contextmanager
def small_disk(path: Path) -> Iterator[SmallDisk]:
    """Return a disk; skip where this user may not make one: limits on files stand in for it."""
    path.mkdir()
    may = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount") is not None
    if not may or not mounting("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", path):
        pytest.skip("no right to make a disk; a limit on the size of files is tried elsewhere")
    try:
        yield SmallDisk(path)
    finally:
        subprocess.run(["umount", "-l", path], check=True)


@contextmanager
def read_only_file(path: Path) -> Iterator[None]:
    """Let nobody write to one file, for a while."""
    assert mounting("--bind", path, path)
    try:
        assert mounting("-o", "remount,ro,bind", path)
        yield
    finally:
        subprocess.run(["umount", path], check=True)
