"""Random damage to the files of a log: it is refused, or it holds exactly what was stored."""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.analysis.session.rooms import room_at

from afweging.errors import OutputError, SessionFileError
from afweging.io.journal import create_journal, open_journal, read_journal, salvage_journal
from afweging.wording import LANGUAGES, Words
from afweging.wording.faults import fault_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from afweging.model.session import Event

DAMAGES = int(os.environ.get("AFWEGING_DAMAGES", "120"))
PAGE = 4096


def bits(content: bytearray, chance: random.Random) -> None:
    """Turn over a bit here and there."""
    for _ in range(chance.choice((1, 1, 3, 40))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def page(content: bytearray, chance: random.Random) -> None:
    """Fill a page with noise: half of the times the last one."""
    count = max(1, len(content) // PAGE)
    at = PAGE * (chance.randrange(count) if chance.random() < 0.5 else count - 1)
    content[at : at + PAGE] = chance.randbytes(len(content[at : at + PAGE]))


def swapped(content: bytearray, chance: random.Random) -> None:
    """Put two pages in each other's place."""
    count = max(1, len(content) // PAGE)
    one, other = (PAGE * chance.randrange(count) for _ in range(2))
    kept = content[one : one + PAGE]
    content[one : one + PAGE] = content[other : other + PAGE]
    content[other : other + PAGE] = kept


def cut(content: bytearray, chance: random.Random) -> None:
    """Cut off the end."""
    del content[chance.randrange(len(content)) :]


def zeros(content: bytearray, chance: random.Random) -> None:
    """Fill a stretch with zeros: half of the times the end."""
    size = chance.randrange(1, 9000)
    at = chance.randrange(len(content)) if chance.random() < 0.5 else max(0, len(content) - size)
    content[at : at + size] = bytes(len(content[at : at + size]))


def longer(content: bytearray, chance: random.Random) -> None:
    """Add noise at the end."""
    content += chance.randbytes(chance.randrange(1, 9000))


WAYS = (bits, page, swapped, cut, zeros, longer)


@pytest.fixture(scope="module")
def events() -> tuple[Event, ...]:
    """Return what a whole session left."""
    return tuple(room_at("decided", people=8).events)


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory, events: tuple[Event, ...]) -> dict[str, Path]:
    """Return folders with the log of that session: closed well, and as a killed program left it."""
    closed, killed = (tmp_path_factory.mktemp(name) for name in ("closed", "killed"))
    with create_journal(closed / "log") as journal:
        journal.append(events[:20])
    with open_journal(closed / "log") as journal:
        for at in range(20, len(events), 2):
            journal.append(events[at : at + 2])
        for each in closed.iterdir():
            if not each.name.endswith((".lock", "-shm")):
                shutil.copy(each, killed)
    assert (killed / "log-wal").stat().st_size > PAGE
    return {"closed": closed, "killed": killed}


@pytest.mark.parametrize("left", ["closed", "killed"])
def test_damage_is_found(
    tmp_path: Path, logs: dict[str, Path], events: tuple[Event, ...], left: str
) -> None:
    """Read and opened, a damaged log gives all that was stored or is refused; a part is a start."""
    chance = random.Random(20260601)  # noqa: S311 - damage, no secrets
    refused = 0
    for turn in range(DAMAGES):
        folder = tmp_path / str(turn)
        shutil.copytree(logs[left], folder)
        name = chance.choice([n for n in ("log", "log-wal") if (folder / n).exists()])
        content = bytearray((folder / name).read_bytes())
        chance.choice(WAYS)(content, chance)
        (folder / name).write_bytes(content)
        for reader in (saved, read_journal, opened):
            refused += outcome(reader, folder / "log", events)
        shutil.rmtree(folder)
    assert refused > DAMAGES


def saved(log: Path) -> tuple[Event, ...]:
    """Return all events, after a look at those that can be saved."""
    found = salvage_journal(log)
    if found.fault is not None:
        raise SessionFileError([found.fault])
    return found.events


def opened(log: Path) -> tuple[Event, ...]:
    """Return all events of a log that was opened to go on with it."""
    with open_journal(log) as journal:
        return journal.read()


def outcome(
    reader: Callable[[Path], tuple[Event, ...]], log: Path, events: tuple[Event, ...]
) -> bool:
    """Return whether a log is refused, in one sentence per language; else it holds everything."""
    try:
        assert reader(log) == events
    except (SessionFileError, OutputError) as error:
        (fault,) = error.faults
        for language in LANGUAGES:
            assert fault_text(Words(language), fault).startswith("log: ")
        return True
    return False


@pytest.mark.parametrize("name", ["log-wal", "log"])
def test_a_file_that_is_gone(tmp_path: Path, logs: dict[str, Path], name: str) -> None:
    """Of what a killed program left, neither file can be missed."""
    folder = tmp_path / "gone"
    shutil.copytree(logs["killed"], folder)
    (folder / name).unlink()
    for reader in (read_journal, open_journal):
        with pytest.raises(SessionFileError) as caught:
            reader(folder / "log")
        assert caught.value.faults[0].code in {"session-tail", "session-missing"}
    if name == "log":
        with pytest.raises(OutputError) as refused:
            create_journal(folder / "log")
        assert refused.value.faults[0].code == "session-remains"
