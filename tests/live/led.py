"""Servers whose session stands at a stage already: its log was written beforehand."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.analysis.session import rooms
from tests.live.running import Person, running, setup

from afweging.io.journal import create_journal
from afweging.live.links import csrf_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.live.running import Running

PEOPLE = 6


@contextmanager
def running_at(
    log: Path, stage: str, *, people: int = PEOPLE, **changes: object
) -> Iterator[Running]:
    """Run a server with a session at a stage, to which everybody gave what was asked.

    Its clock stands still, so that nothing happens by itself.
    """
    made = setup(quorum=2, **changes)
    given = {name: getattr(made, name) for name in made.__dataclass_fields__}
    room = rooms.room_at(stage, people=people, **given)
    with create_journal(log) as journal:
        journal.append(room.events)
    clock = rooms.clock(room.seconds + 60)
    with running(log, clock=lambda: clock) as server:
        yield server


def person_of(server: Running, seat: int) -> Person:
    """Return who has a seat since before the server started."""
    token = f"token {seat}"
    client = server.client()
    client.cookies.set("seat", token)
    return Person(server.base, client, csrf_of(token))
