from __future__ import annotations

import signal
import socket
import ssl
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import pytest
from tests.functional.commands import run
from tests.functional.live_server import Program, program
from tests.live.running import BRABANT, Person

from afweging.analysis.session.fold import fold
from afweging.io.journal import read_journal

if TYPE_CHECKING:
    from pathlib import Path


def test_it_says_how_to_come_in_and_stops_cleanly(tmp_path: Path) -> None:
    """Links, code and how to stop; on SIGTERM and Ctrl+C it ends well, with nothing on the way."""
    log = tmp_path / "sessie"
    with program(log) as server:
        for name in ("Meedoen", "Regie", "Projector", "Netwerk", "Logboek"):
            assert name in server.said
        server.facilitator().next()
        code, out, err = server.stop()
    assert (code, out) == (0, f"Gestopt. Alles wat bevestigd was, staat in {log}.\n")
    assert "Traceback" not in err
    assert "127.0.0.1" not in err
    with program(log, "--lang", "en") as again:
        assert "goes on where it was" in again.said
        assert again.code == server.code
        assert again.facilitator().view["stage"] == "lobby"
        code, out, _ = again.stop(signal.SIGINT)
    assert (code, out.partition(".")[0]) == (0, "Stopped")
    assert log.stat().st_mode & 0o077 == 0
    assert log.with_name("sessie.links").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rounds", "3"], "de opzet van de sessie klopt niet"),
        (["--expected", "3", "--quorum", "9"], "het quorum (9) is hoger"),
        (["--tls-cert", "cert.pem"], "een certificaat (--tls-cert) en een sleutel (--tls-key)"),
        (
            ["--tls-cert", "cert.pem", "--tls-key", "key.pem"],
            "dit certificaat is niet te gebruiken",
        ),
        (["--theme", "weg.css"], "dit bestand is niet te lezen als een stijl"),
        (["--host", "198.51.100.7"], "poort 0 op 198.51.100.7 is niet te gebruiken"),
    ],
)
def test_what_cannot_start_is_said_in_a_sentence(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, arguments: list[str], said: str
) -> None:
    """Exit code 2, before anything is made."""
    log = tmp_path / "log"
    outcome = run(capsysbinary, "live", BRABANT, "--log", log, "--port", "0", *arguments)
    assert outcome.code == 2
    assert said in outcome.err
    assert not log.exists()


def test_a_port_that_is_taken_and_a_log_in_use(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """Two programs share neither a port nor a log."""
    log = tmp_path / "log"
    with program(log) as server, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        busy = run(capsysbinary, "live", BRABANT, "--host", "127.0.0.1", "--port", port)
        assert (busy.code, f"poort {port}" in busy.err) == (2, True)
        used = run(capsysbinary, "live", BRABANT, "--host", "127.0.0.1", "--port", 0, "--log", log)
        assert (used.code, "een ander programma heeft deze sessie open" in used.err) == (2, True)
        assert server.stop()[0] == 0


def test_a_folder_is_no_log_and_one_that_is_not_there_is_made(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """A folder in the place of the log is refused; a folder that the log is to stand in is made."""
    start = ("live", BRABANT, "--host", "127.0.0.1", "--port", "0", "--log")
    refused = run(capsysbinary, *start, tmp_path)
    assert (refused.code, "dit is een map" in " ".join(refused.err.split())) == (2, True)
    with program(tmp_path / "nieuw" / "log") as server:
        server.facilitator().next()
        assert server.stop()[0] == 0
    under = run(capsysbinary, *start, tmp_path / "nieuw" / "log" / "log")
    assert (under.code, "schrijven lukt niet" in under.err) == (2, True)


@pytest.mark.parametrize(
    ("options", "quorum"), [((), 3), (("--expected", "2"), 2), (("--quorum", "1"), 1)]
)
def test_a_round_of_one_or_two_needs_a_reason_to_close(
    options: tuple[str, ...], quorum: int, tmp_path: Path
) -> None:
    """Their mean tells what they chose; who expects no more, or says so, can close."""
    with program(tmp_path / "log", *options) as server:
        assert server.facilitator().view["quorum"] == quorum
        assert server.stop()[0] == 0


def test_a_log_of_another_problem_is_refused(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """Scores and ranges are fixed with the session."""
    log = tmp_path / "log"
    with program(log) as server:
        server.stop()
    other = BRABANT.parent / "kantoor"
    outcome = run(capsysbinary, "live", other, "--host", "127.0.0.1", "--port", 0, "--log", log)
    assert (outcome.code, "dit logboek hoort bij" in outcome.err) == (2, True)


def test_it_speaks_https_with_a_certificate(tmp_path: Path) -> None:
    """With a certificate the links are https, and the cookie is kept from plain connections."""
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    options = ["--tls-cert", str(certificate), "--tls-key", str(key)]
    with program(tmp_path / "log", *options) as server:
        assert server.base.startswith("https://127.0.0.1:")
        server.facilitator().next()
        joined = Person(server.base, server.client()).join(server.code)
        assert "Secure" in joined.headers["set-cookie"].split("; ")
        context = ssl.create_default_context()
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{server.base}/health", verify=context)
        assert server.stop()[0] == 0


# --- a full disk ----------------------------------------------------------------------------------


def begin(server: Program) -> list[tuple[str, str]]:
    """Let six people in and open round 1; return the cookie and the token of each."""
    lead = server.facilitator()
    lead.next()
    people = [server.person() for _ in range(6)]
    lead.go_to("r1_open")
    return [(each.client.cookies["seat"], each.csrf) for each in people]


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files there")
def test_a_full_disk_stores_nothing_and_the_session_goes_on(tmp_path: Path) -> None:
    """What does not fit is refused in a sentence, and what was confirmed stays."""
    import resource

    log = tmp_path / "log"

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))

    with program(log, before=little_room) as server:
        (cookie, csrf), *_ = begin(server)
        client = server.client()
        client.cookies.set("seat", cookie)
        person, stored = Person(server.base, client, csrf), 0
        for number in range(200):
            key = f"sleutel-{number:04}"
            answer = person.ask("submit", round=1, swings=[100, 0, 0, number % 100], key=key)
            if answer.status_code != 200:
                break
            stored += 1
        assert (answer.status_code, answer.json()["code"]) == (503, "not-stored")
        assert "niet opgeslagen" in answer.json()["message"]
        assert client.get(f"{server.base}/health").status_code == 503
        assert person.view["rounds"]["1"]["revisions"] == stored - 1
        server.stop()
    state = fold(read_journal(log))
    assert len(state.seats[1].keys) == stored
    with program(log) as server:
        client = server.client()
        client.cookies.set("seat", cookie)
        assert Person(server.base, client, csrf).submit(1, 2, 3, 100)["receipt"]
        assert server.stop()[0] == 0
