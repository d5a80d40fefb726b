from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.functional.commands import run
from tests.functional.live_server import Program, program
from tests.functional.small_disk import SmallDisk, read_only_file, small_disk
from tests.live.running import BRABANT, Facilitator, Person

from afweging.analysis.session.fold import fold
from afweging.io.journal import read_journal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOT_STORED = "Dit is niet opgeslagen: "


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """Return a disk that can be filled."""
    with small_disk(tmp_path / "disk") as found:
        yield found


def give_until_refused(
    people: list[Person], given: dict[str, str]
) -> tuple[Person, dict[str, Any]]:
    """Give weights until the disk is full; return who was refused, and the message."""
    for number in range(2000):
        person = people[number % len(people)]
        key, swings = f"sleutel-{len(given):05}", [100, number % 100, 3, 4]
        message = {"round": 1, "swings": swings, "key": key}
        answer = person.ask("submit", **message)
        if answer.status_code != 200:
            assert (answer.status_code, answer.json()["code"]) == (503, "not-stored")
            assert answer.json()["message"].startswith(NOT_STORED)
            return person, message
        given[key] = answer.json()["receipt"]
    raise AssertionError("the disk is never full")


def command_until_refused(lead: Facilitator, disk: SmallDisk) -> dict[str, Any]:
    """Pause and go on until not even that fits on the disk; return what the facilitator is told."""
    for _ in range(2000):
        disk.fill()
        answer = lead.ask("overlay", action="resume" if lead.view["paused"] else "pause")
        if answer.status_code != 200:
            return answer.json()  # type: ignore[no-any-return]
    raise AssertionError("the disk is never full")


def health(server: Program) -> int:
    """Return what a watcher of the server hears."""
    return server.client().get(f"{server.base}/health").status_code


def kept(log: Path) -> dict[str, str]:
    """Return the keys and the receipts that a log leads to."""
    seats = fold(read_journal(log)).seats.values()
    return {key: receipt for seat in seats for key, receipt, _ in seat.keys}


def test_a_disk_that_fills_up_and_has_room_again(disk: SmallDisk) -> None:
    """Nothing is stored meanwhile, everybody is told, and then the room goes on by itself."""
    log, given = disk.path / "log", dict[str, str]()
    with program(log) as server:
        lead = server.facilitator()
        lead.next()
        people = [server.person() for _ in range(4)]
        lead.go_to("r1_open")
        for _ in range(2):
            disk.fill()
            person, message = give_until_refused(people, given)
            seen = lead.view
            assert (health(server), "de schijf is vol" in seen["trouble"]) == (503, True)
            assert 'id="trouble" role="alert"' in seen["html"]
            refused = command_until_refused(lead, disk)
            assert "schijf is vol" in refused["message"]
            assert lead.view["seq"] == len(read_journal(log))
            disk.free()
            given[message["key"]] = person.ask("submit", **message).json()["receipt"]
            assert (health(server), lead.view["trouble"]) == (200, None)
            assert 'id="trouble"' not in lead.view["html"]
        disk.fill()
        give_until_refused(people, given)
        assert server.stop()[0] == 0
    assert kept(log) == given


def test_what_cannot_be_written_is_refused_at_the_start(
    disk: SmallDisk, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Exit code 2 and one sentence, for a new log and for one that is to go on; none is changed."""

    def start(log: Path, language: str, *said: str) -> None:
        options = ("--host", "127.0.0.1", "--port", "0", "--lang", language)
        outcome = run(capsysbinary, "live", BRABANT, "--log", log, *options)
        assert (outcome.code, outcome.out) == (2, "")
        lines = [line for line in outcome.err.splitlines() if line.startswith("- ")]
        assert len(lines) == 1
        assert any(each in " ".join(outcome.err.split()) for each in said)

    log = disk.path / "log"
    with program(log) as server:
        server.facilitator().next()
        assert server.stop()[0] == 0
    events = read_journal(log)
    disk.fill()
    start(disk.path / "new", "nl", "de schijf is vol")
    start(log, "en", "the disk is full")
    disk.free()
    with disk.read_only():
        start(disk.path / "folder" / "new", "nl", "schrijven lukt niet («Read-only file system»)")
        start(log, "en", "cannot be written to", "writing fails")
    with read_only_file(log):
        start(log, "nl", "in dit bestand kan niet worden geschreven")
    assert read_journal(log) == events
    assert not (disk.path / "new").exists()


def test_a_log_on_a_disk_that_is_read_only_can_be_checked(
    disk: SmallDisk, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Also where the program was killed, and what it left cannot be put in order."""
    log = disk.path / "log"
    with program(log) as server:
        server.facilitator().next()
        server.process.kill()
        server.process.wait()
    with disk.read_only():
        assert run(capsysbinary, "session", "verify", log).code == 0
        assert run(capsysbinary, "session", "purge", log).code == 2
    assert len(read_journal(log)) == 2
