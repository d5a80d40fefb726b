"""A live session in a process that can be killed and is back at once: `python -m ... LOG PORT`.

Everything is imported and the problem is compared once; every server is a fork of that. So a
restart takes no longer than opening the log does. On its input: "start" forks a server and
answers with its process id, "reap" waits for its end and answers with the signal that ended it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from tests.live.running import brabant, setup

from afweging.live.house import House
from afweging.live.links import open_links
from afweging.live.room import open_room
from afweging.live.server import Address, open_socket, serve

if TYPE_CHECKING:
    from types import TracebackType
    from typing import IO, Self

ROOT = Path(__file__).resolve().parents[2]


def hold(log: Path, port: int) -> None:
    """Do what the command `live` does once it has read the problem."""
    address = Address("127.0.0.1", port)
    listening = open_socket(address)
    room = open_room(log, setup())
    links, console, wall = open_links(log)
    tokens = log.with_name("tokens.new")
    tokens.write_text(f"{links.code} {console} {wall}", encoding="ascii")
    tokens.replace(log.with_name("tokens"))
    problem, model = brabant()
    serve(House(room, problem, model, links, f"http://127.0.0.1:{port}"), address, listening)


def say(what: object) -> None:
    """Answer with one line."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main(log: Path, port: int) -> None:
    """Follow what is asked on the input; at its end the last server ends too."""
    brabant()
    say("ready")
    child = 0
    for line in sys.stdin:
        if line.strip() == "start":
            child = os.fork()
            if not child:
                try:
                    hold(log, port)
                except BaseException:  # noqa: BLE001 - a fork must not go on with what is above
                    traceback.print_exc()
                os._exit(1)
            say(child)
        else:
            _, status = os.waitpid(child, 0)
            child = 0
            say(os.WTERMSIG(status))
    if child:
        os.kill(child, signal.SIGKILL)


class Stable:
    """The process above, as a context manager."""

    def __init__(self, log: Path, port: int) -> None:
        self.log = log
        self._errors = log.with_name("errors").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.functional.stable", str(log), str(port)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            encoding="ascii",
        )
        assert self._stream("stdout").readline() == "ready\n", self.errors

    def start(self) -> int:
        """Start a server on the log, and return the id of its process."""
        return self._ask("start")

    def kill(self, process: int) -> None:
        """Kill a server with SIGKILL, and wait until it is gone."""
        os.kill(process, signal.SIGKILL)
        assert self._ask("reap") == signal.SIGKILL, self.errors

    def has_started(self) -> bool:
        """Whether a server got as far as writing down its secrets."""
        return self.log.with_name("tokens").exists()

    @property
    def tokens(self) -> list[str]:
        """The join code, and the secrets for the console and the projector, of the last start."""
        return self.log.with_name("tokens").read_text(encoding="ascii").split()

    @property
    def errors(self) -> str:
        """What the servers wrote."""
        return self.log.with_name("errors").read_text(encoding="utf-8")

    def _ask(self, what: str) -> int:
        self._stream("stdin").write(f"{what}\n")
        self._stream("stdin").flush()
        return int(self._stream("stdout").readline())

    def _stream(self, name: str) -> IO[str]:
        found: IO[str] | None = getattr(self._process, name)
        assert found is not None
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate(timeout=20)
        self._errors.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
