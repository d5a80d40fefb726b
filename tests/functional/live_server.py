"""`afweging live` as a program of its own, for tests that stop, kill and start it again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
from tests.live.running import BRABANT, PATIENCE, Facilitator, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass
class Program:
    """A server in a process of its own, with what it printed at its start."""

    process: subprocess.Popen[str]
    said: str
    clients: list[httpx.Client] = field(default_factory=list)

    @property
    def base(self) -> str:
        """The address that it printed."""
        return str(re.findall(r"(http\S+)/regie/", self.said)[0])

    @property
    def code(self) -> str:
        """The join code that it printed."""
        return str(re.findall(r"code (\w{6})\b", self.said)[0])

    @property
    def port(self) -> int:
        """The port that it printed."""
        return urlsplit(self.base).port or 0

    def link(self, role: str) -> str:
        """Return the link of a role ("regie" or "scherm") that it printed."""
        return str(re.findall(rf"http\S+/{role}/\S+", self.said)[0])

    def client(self) -> httpx.Client:
        """Return a browser with its own cookies."""
        self.clients.append(httpx.Client(timeout=PATIENCE, verify=False))  # noqa: S501 - own server
        return self.clients[-1]

    def facilitator(self) -> Facilitator:
        """Return who leads, through the link that was printed."""
        token = re.findall(r"/regie/(\S+)", self.said)[0]
        return Facilitator(self.base, token, self.client())

    def person(self) -> Person:
        """Return somebody who joined."""
        found = Person(self.base, self.client())
        assert found.join(self.code).status_code == 303
        return found

    def leave(self) -> None:
        """Close all browsers."""
        for client in self.clients:
            client.close()
        self.clients.clear()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """Stop the program and return its exit code and what more it wrote."""
        self.leave()
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out, err


@contextmanager
def program(
    log: Path, *arguments: str, before: Callable[[], None] | None = None
) -> Iterator[Program]:
    """Run the program until the end of the block; `before` runs first in its process."""
    command = [sys.executable, "-m", "afweging", "live", str(BRABANT), "--host", "127.0.0.1"]
    command += ["--port", "0", "--log", str(log), *arguments]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        preexec_fn=before,  # noqa: PLW1509 - one thread, before it has begun
    )
    assert process.stdout is not None
    said = ""
    while "Ctrl+C" not in said:
        line = process.stdout.readline()
        assert line, (process.communicate(timeout=PATIENCE), said)
        said += line
    found = Program(process, said)
    try:
        yield found
    finally:
        found.leave()
        if process.poll() is None:
            found.stop(signal.SIGKILL)
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
