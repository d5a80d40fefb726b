from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from tests.functional.commands import run
from tests.live.running import BRABANT, Running, running

from afweging.analysis.session.export import check_commitments
from afweging.analysis.session.views import view_hash
from afweging.io.journal import read_journal
from afweging.live.logs import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.functional.commands import Outcome

GIVEN = [(100, 40, 20, 10), (30, 100, 60, 5), (10, 20, 100, 90), (50, 50, 50, 100), (100, 0, 80, 1)]
UNQUOTED = "een reden die niemand aanhaalt"


class Held:
    """A session that was held up to its close, with what was seen on the way."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.frames: dict[int, str] = {}
        self.receipts: list[str] = []
        with running(log, rounds=1) as server:
            self._hold(server)

    def _hold(self, server: Running) -> None:
        lead = server.facilitator()
        lead.next()
        people = server.people(5)
        self._look(server)
        lead.go_to("r1_open")
        for each, swings in zip(people, GIVEN, strict=True):
            self.receipts.append(each.submit(*swings, reason=UNQUOTED)["receipt"])
        self.receipts.append(people[0].submit(1, 2, 3, 100)["receipt"])
        self._look(server)
        lead.seal()
        lead.go_to("discuss")
        for panel in ("spread", "outcome", "regret", "profiles", "groups"):
            lead.do("show_panel", panel=panel)
            self._look(server)
        lead.freeze()
        lead.do("set_decision", text="Wij kiezen O8.")
        lead.next()
        lead.do("mark_exported")
        self.export = lead.client.get(f"{lead.path}/export").content
        lead.next()
        self._look(server)

    def _look(self, server: Running) -> None:
        view = server.wall_view()
        seen = {name: view[name] for name in view if name not in {"html", "state"}}
        self.frames[view["seq"]] = view_hash(seen)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """Return a session that was held."""
    return Held(tmp_path_factory.mktemp("held") / "brabant-20260601-PROEF.afwsessie")


@pytest.fixture
def session(
    held: Held, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Commands:
    """Return the commands, with the folder of sessions set to that of the session."""
    monkeypatch.setenv(FOLDER, str(held.log.parent))
    return Commands(capsysbinary)


class Commands:
    """Runs `afweging session`."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capture

    def __call__(self, *arguments: object) -> Outcome:
        """Return the outcome of one command."""
        return run(self._capture, "session", *arguments)


def test_list_and_show_say_what_there_is(session: Commands, held: Held) -> None:
    """By folder or by part of a name, in both languages."""
    listed = session("list")
    assert (listed.code, "20260601-PROEF" in listed.out) == (0, True)
    assert "afgesloten" in listed.out
    shown = " ".join(session("show", "PROEF").out.split())
    state = read_journal(held.log)
    assert f"gebeurtenissen: {len(state)};" in shown
    assert "Mensen die meededen: 5." in shown
    assert "Besluit: Wij kiezen O8." in shown
    assert "Step: closed" in session("show", held.log, "--lang", "en").out
    assert "geen sessies" in session("list", held.log.parent / "leeg").out


def test_nothing_of_a_person_is_printed(session: Commands, held: Held) -> None:
    """No text that was not quoted, no name, no token in any report."""
    names = ("list",), ("show", held.log), ("verify", held.log), ("export", held.log)
    for arguments in (*names, ("replay", held.log, BRABANT, "--json")):
        assert UNQUOTED not in session(*arguments).out


def test_the_export_is_the_one_that_was_recorded(
    session: Commands, held: Held, tmp_path: Path
) -> None:
    """Byte for byte, to the screen or to a file that is not overwritten by itself."""
    assert session("export", "PROEF").raw == held.export
    target = tmp_path / "export.json"
    assert session("export", "PROEF", "--to", target).code == 0
    assert target.read_bytes() == held.export
    assert session("export", "PROEF", "--to", target).code == 2
    assert session("export", "PROEF", "--to", target, "--force").code == 0
    document = json.loads(held.export)
    assert check_commitments(document) == {1: True}
    assert sorted(map(tuple, document["rounds"][0]["swings"])) == sorted(
        [*GIVEN[1:], (1, 2, 3, 100)]
    )


def test_replay_reproduces_each_frame(session: Commands, held: Held) -> None:
    """The hashes are those of what stood on the wall, and one frame can be had whole."""
    played = json.loads(session("replay", "PROEF", BRABANT, "--json").out)["frames"]
    assert [each["seq"] for each in played] == list(range(1, len(played) + 1))
    again = {each["seq"]: each["hash"] for each in played}
    assert {seq: again[seq] for seq in held.frames} == held.frames
    seq = max(held.frames)
    one = json.loads(session("replay", "PROEF", BRABANT, "--frame", seq).out)
    assert view_hash(one) == held.frames[seq]
    table = session("replay", "PROEF", BRABANT).out
    assert all(each["hash"][:16] in table for each in played)
    missing = session("replay", "PROEF", BRABANT, "--frame", 9999)
    assert (missing.code, "gebeurtenis 9999" in missing.err) == (2, True)
    other = session("replay", "PROEF", BRABANT.parent / "kantoor")
    assert other.code == 2


def test_verify_checks_receipts_commitments_and_exports(
    session: Commands, held: Held, tmp_path: Path
) -> None:
    """Exit code 0 where all holds, 1 where something does not."""
    export = tmp_path / "export.json"
    export.write_bytes(held.export)
    wanted = [part for each in held.receipts for part in ("--receipt", each.lower())]
    fine = session("verify", "PROEF", *wanted, "--export", export)
    assert (fine.code, "Alles klopt." in fine.out) == (0, True)
    absent = session("verify", "PROEF", "--receipt", "AAAAAAAA")
    assert (absent.code, "Bewijs AAAAAAAA staat niet" in absent.out) == (1, True)
    changed = json.loads(held.export)
    changed["rounds"][0]["swings"][0][0] += 1
    export.write_text(json.dumps(changed), encoding="utf-8")
    assert session("verify", "PROEF", "--export", export).code == 1
    for content in ("{}", "[]", "nee", '{"rounds": [1]}'):
        export.write_text(content, encoding="utf-8")
        outcome = session("verify", "PROEF", "--export", export)
        assert (outcome.code, "geen export van een sessie" in outcome.err) == (2, True)


def test_a_changed_log_is_found(session: Commands, held: Held, tmp_path: Path) -> None:
    """One byte in one event breaks the chain; the list says so."""
    copy = tmp_path / held.log.name
    copy.write_bytes(held.log.read_bytes())
    with sqlite3.connect(copy) as base:
        body = base.execute("SELECT body FROM events WHERE seq = 3").fetchone()[0]
        base.execute("UPDATE events SET body = ? WHERE seq = 3", (body.replace(b"nl", b"en"),))
    base.close()
    outcome = session("verify", copy)
    assert (outcome.code, "gebeurtenis 3 past niet bij de vorige" in outcome.err) == (2, True)
    assert "beschadigd" in " ".join(session("list", tmp_path).out.split())


def test_purge_erases_and_leaves_proof(session: Commands, held: Held, tmp_path: Path) -> None:
    """Before its term only with a reason; the texts are gone from the file, the log still holds."""
    copy = tmp_path / "kopie.afwsessie"
    copy.write_bytes(held.log.read_bytes())
    links = copy.with_name(f"{copy.name}.links")
    links.write_bytes(b"{}")
    early = session("purge", copy)
    assert "Opruimen kan vanaf 30 dagen" in early.out
    assert links.exists()
    assert UNQUOTED.encode() in copy.read_bytes()
    done = session("purge", copy, "--reason", "op verzoek")
    assert (done.code, "De sessie is opgeruimd." in done.out) == (0, True)
    assert not links.exists()
    assert UNQUOTED.encode() not in copy.read_bytes()
    assert session("verify", copy).code == 0
    assert session("export", copy).raw == held.export
    again = session("purge", copy)
    assert "Nu gewiste delen: 0." in again.out


def test_a_name_that_fits_none_or_several(session: Commands, held: Held) -> None:
    """Said in a sentence, with the names that fit."""
    none = session("show", "bestaatniet")
    assert (none.code, "dit bestand is er niet" in none.err) == (2, True)
    other = held.log.with_name("brabant-20260602-PROEF.afwsessie")
    other.write_bytes(held.log.read_bytes())
    try:
        several = session("show", "PROEF")
        assert (several.code, "past op meer dan één sessie" in several.err) == (2, True)
    finally:
        other.unlink()
