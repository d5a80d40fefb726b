"""Whole sessions in a browser, as they go in a room: twelve phones, a wall and a console.

The program runs by itself and is stopped and killed on the way; phones come late, lose their
connection, are loaded again and are swapped. At the end every number on the wall, every receipt,
each frame and the export is held against what was typed.
"""

from __future__ import annotations

import json
import signal
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.functional.commands import run
from tests.live import reckoning as by_hand
from tests.live.browsing import browser as start_browser
from tests.live.crowd import BACK, open_crowd
from tests.live.leading import CONDITIONS, DECISION, ROLES
from tests.live.reckoning import Reckoning
from tests.live.running import BRABANT
from tests.live.whole import Host, Session

from afweging.analysis.session.export import check_commitments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser for all tests of this module."""
    with start_browser() as found:
        yield found


@pytest.fixture(scope="module")
def reckoning() -> Reckoning:
    """Return Brabant by hand."""
    return Reckoning()


def sealed(session: Session) -> dict[str, Any]:
    """Hold a whole session of two rounds, and return its export."""
    crowd, lead = session.crowd, session.crowd.lead
    by_link = crowd.language == "nl"
    session.come_in()
    lead.next("r1_open")
    session.give(signal.SIGKILL if by_link else signal.SIGTERM, by_link=by_link)
    session.look("r1_open")
    close(session, 1)
    lead.next("reveal1")
    for lens in session.reckoning.lenses:
        lead.press(f"reveal-{lens}")
    expect(lead.face.page.locator("[id^=reveal-]")).to_have_count(0)
    first = session.people(1)
    session.check_spread(first)
    lead.next("discuss")
    session.quote()
    session.check_outcome(by_hand.mean_of(first), first)
    session.try_out(0, 0.6, by_hand.mean_of(first))
    session.check_outcome(by_hand.mean_of(first), first)
    session.host.restart(crowd, signal.SIGTERM if by_link else signal.SIGKILL)
    lead.next("r2_open")
    for phone in crowd.phones:
        if phone.seat % 3:
            phone.give(2)
        else:
            phone.keep()
    close(session, 2)
    lead.next("reveal2")
    second = session.people(2)
    session.check_shift()
    session.check_spread(second)
    lead.freeze()
    session.check_outcome(by_hand.mean_of(second), second)
    session.check_regret(by_hand.mean_of(second))
    return session.end()


def close(session: Session, number: int) -> None:
    """Close a round, and read the commitment from the wall."""
    session.crowd.lead.seal(number)
    session.look(f"r{number}_sealed")
    digest = session.crowd.wall.page.locator(".digest").text_content() or ""
    session.commitments[number] = "".join(digest.split())


def opened(session: Session) -> dict[str, Any]:
    """Hold a whole open session, with sliders on the console, and return its export."""
    crowd, lead, page = session.crowd, session.crowd.lead, session.crowd.lead.face.page
    adopts = crowd.language == "en"
    session.come_in()
    lead.next("r1_open")
    session.give(signal.SIGTERM if adopts else signal.SIGKILL, by_link=adopts)
    people = session.people(1)
    mean = by_hand.mean_of(people)
    session.check_outcome(mean, people)
    session.check_spread(people)
    moved = session.try_out(1, 0.7, mean)
    session.check_outcome(moved, people)
    # the sliders stay in hand for a while after the last move
    expect(page.locator("#table-release")).to_be_visible(timeout=BACK)
    lead.press("table-release")
    expect(page.locator("#table-release")).to_have_count(0)
    session.check_outcome(mean, people)
    lead.next("discuss")
    session.quote()
    page.locator("#whatif-live").uncheck()
    moved = session.try_out(0, 0.6, mean)
    session.check_outcome(mean, people)
    if adopts:
        page.locator("#adopt-reason").fill("The group wants this.")
        lead.submit("whatif.adopt")
        expect(page.locator("#drop-reason")).to_be_visible()
        session.check_outcome(moved, people)
    session.host.restart(crowd, signal.SIGKILL if adopts else signal.SIGTERM)
    lead.freeze()
    session.check_outcome(moved if adopts else mean, people)
    session.check_regret(moved if adopts else mean)
    return session.end()


HOLD = {"sealed": sealed, "open": opened}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("mode", ["sealed", "open"])
def test_twelve_people_hold_a_whole_session(
    mode: str,
    language: str,
    browser: Browser,
    reckoning: Reckoning,
    capsysbinary: pytest.CaptureFixture[bytes],
    tmp_path: Path,
) -> None:
    """What the wall showed, what was confirmed and what is exported is what people typed."""
    log = tmp_path / "sessie.afwsessie"
    roles = tuple(part for role in ROLES for part in ("--role", role))
    options = ("--mode", mode, "--lang", language, "--expected", "12", "--quorum", "8", *roles)
    with ExitStack() as stack:
        host = Host(stack, log, options)
        crowd = open_crowd(browser, host.start(), language)
        session = Session(crowd, host, reckoning)
        export = HOLD[mode](session)
        crowd.program.stop()
        for face in crowd.faces:
            face.page.context.close()
    assert session.faults() == []
    check_export(session, export, mode)
    check_log(session, export, log, capsysbinary)


def check_export(session: Session, export: dict[str, Any], mode: str) -> None:
    """Check that the export is what was typed, said and shown."""
    phones = session.crowd.phones
    rounds = [1, 2] if mode == "sealed" else [1]
    assert [each["round"] for each in export["rounds"]] == rounds
    for found in export["rounds"]:
        typed = sorted(phone.given[found["round"]] for phone in phones)
        assert sorted(map(tuple, found["swings"])) == typed
        if mode == "sealed":
            assert found["commitment"] == session.commitments[found["round"]]
    assert all(check_commitments(export).values())
    assert sorted(each["text"] for each in export["reasons"]) == session.quoted
    assert (export["decision"], export["conditions"]) == (DECISION, list(CONDITIONS))
    assert export["endorsements"] == {"endorse": 6, "remark": 3, "dissent": 3}
    said = sorted(list(phone.said) for phone in phones if phone.said[1])
    assert export["remarks"] == said
    assert export["concept"] is False


def check_log(
    session: Session,
    export: dict[str, Any],
    log: Path,
    capture: pytest.CaptureFixture[bytes],
) -> None:
    """Check receipts, frames and export by the commands that are for it."""
    again = run(capture, "session", "export", log)
    assert json.loads(again.raw) == export
    target = log.with_name("export.json")
    target.write_bytes(again.raw)
    receipts = [each for phone in session.crowd.phones for each in phone.receipts]
    wanted = [part for each in receipts for part in ("--receipt", each)]
    verified = run(capture, "session", "verify", log, *wanted, "--export", target)
    assert verified.code == 0, verified.out
    played = run(capture, "session", "replay", log, BRABANT, "--json")
    hashes = {each["seq"]: each["hash"] for each in json.loads(played.raw)["frames"]}
    assert {seq: hashes[seq] for seq in session.frames} == session.frames
