"""The command that leads a weighing session with phones and a projector: live."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from afweging.cli.guard import guarded
from afweging.cli.options import Language, argument, language_option, option

if TYPE_CHECKING:
    from pathlib import Path

    import typer

    from afweging.live.house import House
    from afweging.live.server import Address
    from afweging.model.result import Comparison
    from afweging.model.session import Setup
    from afweging.wording import Words

Mode = Literal["sealed", "open"]
PORT = 8765
LEAST_MEAN = 3  # a mean of one or two people tells them what the other, or anybody, chose
EXTRA = ("h11", "jinja2", "segno", "starlette", "uvicorn")  # of the extra "live"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked on the command line."""

    problem: str
    mode: Mode
    log: str | None
    url: str | None
    expected: int
    quorum: int | None
    roles: tuple[str, ...]
    rounds: int
    theme: str | None


def register(app: typer.Typer, words: Words) -> None:
    """Add live to `app`."""

    @app.command(help=words.text("cli.command.live"))
    def live(  # noqa: PLR0917 - one parameter per option on the command line
        problem: str = argument(words, "problem", "PROBLEM"),
        mode: Mode = option(words, "mode", "sealed"),
        host: str = option(words, "host", "0.0.0.0"),  # noqa: S104 - phones come in over the network
        port: int = option(words, "port", PORT),
        tls_cert: str | None = option(words, "tls_cert"),
        tls_key: str | None = option(words, "tls_key"),
        log: str | None = option(words, "log"),
        url: str | None = option(words, "url"),
        expected: int = option(words, "expected", 0),
        quorum: int | None = option(words, "quorum"),
        role: list[str] = option(words, "role", []),
        rounds: int = option(words, "rounds", 2),
        theme: str | None = option(words, "theme"),
        lang: Language = language_option(words),
    ) -> None:
        def work() -> None:
            check_extra()
            from afweging.live.server import Address

            address = Address(host, port, tls_cert, tls_key)
            asked = Asked(problem, mode, log, url, expected, quorum, tuple(role), rounds, theme)
            _live(asked, address, words)

        guarded(work, words, problem)


def check_extra() -> None:
    """Refuse where the packages of a live session are not installed.

    Raises
    ------
    RequestError
        With the names of those that are missing.
    """
    from importlib.util import find_spec

    from afweging.errors import Fault, RequestError

    missing = tuple(name for name in EXTRA if find_spec(name) is None)
    if missing:
        raise RequestError([Fault("live-extra", facts={"missing": missing})])


def _live(asked: Asked, address: Address, words: Words) -> None:
    from afweging.analysis.session.arrays import session_model
    from afweging.cli.compare_command import compare_at
    from afweging.live.house import House
    from afweging.live.join_sheet import base_url
    from afweging.live.links import open_links
    from afweging.live.room import open_room
    from afweging.live.server import check_certificate, open_socket, serve
    from afweging.model.result import Request

    comparison = compare_at(asked.problem, Request(), words)
    model = session_model(comparison)
    check_certificate(address)
    look = _look(asked.theme)
    listening = open_socket(address)
    try:
        setup = _setup(asked, comparison, words)
        log = _log_path(asked.log, setup)
        room = open_room(log, setup)
        try:
            links, console, wall = open_links(log)
            port = listening.getsockname()[1]
            base = asked.url or base_url(address.host, port, tls=address.certificate is not None)
            house = House(room, comparison.problem, model, links, base.rstrip("/"), look)
            _say(house, console, wall, log, words)
            serve(house, address, listening)
        finally:
            room.close()
    finally:
        listening.close()
    sys.stdout.write(words.text("live_server.terminal.stopped", log=str(log)) + "\n")


def _setup(asked: Asked, comparison: Comparison, words: Words) -> Setup:
    from afweging.io.canonical import problem_digest
    from afweging.live.logs import new_id
    from afweging.model.session import Setup

    problem = comparison.problem
    return Setup(
        session=new_id(),
        problem=problem.id,
        digest=problem_digest(problem),
        lenses=tuple(lens.id for lens in problem.tree.children),
        scenarios=comparison.cases.ids["scenario"],
        language=words.language,
        mode=asked.mode,
        expected=asked.expected,
        quorum=_quorum(asked),
        rounds=asked.rounds,  # type: ignore[arg-type]  # what is not 1 or 2 is refused with words
        roles=asked.roles,
    )


def _quorum(asked: Asked) -> int:
    """Return how many answers a round needs: as asked, else so many that their mean tells of none.

    Where fewer people are expected, all of them.
    """
    if asked.quorum is not None:
        return asked.quorum
    return min(LEAST_MEAN, asked.expected) if asked.expected > 0 else LEAST_MEAN


def _look(theme: str | None) -> str:
    """Return the style of an organisation; empty without one."""
    from pathlib import Path

    from afweging.live.look import read_look

    return "" if theme is None else read_look(Path(theme)).css()


def _log_path(given: str | None, setup: Setup) -> Path:
    from pathlib import Path

    from afweging.live.logs import sessions_folder

    if given is not None:
        return Path(given)
    return sessions_folder() / f"{setup.problem}-{setup.session}.afwsessie"


def _say(house: House, console: str, wall: str, log: Path, words: Words) -> None:
    """Print how to come in, on a terminal with the QR code."""
    from afweging.cli.console import console as make_console
    from afweging.cli.console import is_plain
    from afweging.live.join_sheet import qr_text

    facts = {
        "join": house.base,
        "code": house.links.code,
        "console": f"{house.base}/regie/{console}",
        "wall": f"{house.base}/scherm/{wall}",
        "check": f"{house.base}/netwerk",
        "log": str(log),
    }
    going_on = "on" if house.room.state.seq > 1 else "new"
    lines = [
        words.text(f"live_server.terminal.{going_on}", session=house.room.state.setup.session),
        *(words.text(f"live_server.terminal.{name}", **facts) for name in facts if name != "code"),
        words.text("live_server.terminal.how"),
    ]
    if sys.stdout.isatty() and not is_plain(make_console()):
        lines.insert(1, qr_text(house.join_url))
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
