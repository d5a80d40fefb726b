from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

from afweging.analysis.session.receipts import ALPHABET, token_hash
from afweging.errors import OutputError
from afweging.live.links import (
    CODE_LENGTH,
    MOST_LINKS,
    Attempts,
    Links,
    csrf_of,
    links_path,
    new_token,
    open_links,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_only_hashes_of_secrets_are_kept(tmp_path: Path) -> None:
    """The file beside the log holds the join code and hashes, for its owner alone."""
    links, console, wall = open_links(tmp_path / "log")
    content = links_path(tmp_path / "log").read_text(encoding="utf-8")
    assert console not in content
    assert wall not in content
    assert json.loads(content)["console"] == [token_hash(console)]
    assert links_path(tmp_path / "log").stat().st_mode & 0o077 == 0
    assert len(links.code) == 6
    assert set(links.code) <= set(ALPHABET)


def test_each_start_makes_new_links_and_keeps_the_former(tmp_path: Path) -> None:
    """The code stays; a role's former secrets go on working, up to a number."""
    first, console, _ = open_links(tmp_path / "log")
    for _ in range(3):
        links, *_ = open_links(tmp_path / "log")
    assert links.code == first.code
    assert links.opens("console", console)
    for _ in range(MOST_LINKS):
        links, *_ = open_links(tmp_path / "log")
    assert not links.opens("console", console)
    assert len(links.console) == MOST_LINKS


@pytest.mark.parametrize("content", [b"nee", b"{}", b"[1]", b'{"code": "ACDEFG", "console": 1}'])
def test_a_damaged_file_of_links_is_said(tmp_path: Path, content: bytes) -> None:
    """It is not silently replaced: links that people hold would stop working."""
    links_path(tmp_path / "log").write_bytes(content)
    with pytest.raises(OutputError):
        open_links(tmp_path / "log")


def test_a_secret_opens_its_own_role_only() -> None:
    """Console and projector have secrets of their own."""
    console, wall = new_token(), new_token()
    links = Links("NEK3YT", (token_hash(console),), (token_hash(wall),))
    assert links.opens("console", console)
    assert links.opens("projector", wall)
    assert not links.opens("projector", console)
    assert not links.opens("console", wall)
    assert not links.opens("console", token_hash(console))


@pytest.mark.parametrize("typed", ["NEK3YT", " nek-3yt ", "n e k 3 y t", "nek.3yt"])
def test_a_code_as_people_type_it(typed: str) -> None:
    """Small letters, spaces and hyphens are no mistake."""
    assert Links("NEK3YT").is_code(typed)


@pytest.mark.parametrize("typed", ["", "NEK3Y", "NEK3YTT", "NEK3YV", "é", "x" * 5000])
def test_another_code_is_another(typed: str) -> None:
    """A part of the code, or more than it, does not open the door."""
    assert not Links("NEK3YT").is_code(typed)


def test_what_a_command_carries_follows_from_the_secret() -> None:
    """So that a page that was open before a restart goes on working."""
    first, second = new_token(), new_token()
    assert csrf_of(first) == csrf_of(first) != csrf_of(second)
    assert first not in csrf_of(first)


def test_wrong_codes_are_counted_per_address_and_in_all() -> None:
    """After twenty from one address it waits, others do not; after three hundred all do."""
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    for _ in range(20):
        assert attempts.wait("192.0.2.1") == 0
        attempts.failed("192.0.2.1")
    assert attempts.wait("192.0.2.1") == 4
    assert attempts.wait("192.0.2.2") == 0
    now[0] = 4
    assert attempts.wait("192.0.2.1") == 0
    for number in range(300):
        attempts.failed(f"198.51.100.{number % 250}")
    assert attempts.wait("203.0.113.9") > 0


def test_addresses_of_one_network_count_together() -> None:
    """A household has a whole network of IPv6 addresses, so its parts count as one."""
    attempts = Attempts(lambda: 0.0)
    for number in range(20):
        attempts.failed(f"2001:db8:0:1::{number:x}")
    assert attempts.wait("2001:db8:0:1:ffff::1") > 0
    assert attempts.wait("2001:db8:0:2::1") == 0
    assert attempts.wait("not an address") == 0


def test_an_hour_of_guessing_finds_a_code_less_than_once_in_ten_thousand() -> None:
    """From one address 1,220 codes are tried in an hour, from any number 18,300 of 191 million."""
    codes = len(ALPHABET) ** CODE_LENGTH
    for addresses, most in ((1, 20 * 60 + 20), (40, 300 * 60 + 300)):
        now = [0.0]
        attempts, tried = Attempts(lambda now=now: now[0]), 0  # type: ignore[misc]
        while now[0] < 3600:
            for number in range(addresses):
                address = f"2001:db8:{number:x}::1"
                while not attempts.wait(address):
                    attempts.failed(address)
                    tried += 1
            now[0] += 6
        assert 0.9 * most < tried <= most
        assert tried / codes < 1e-4


def test_an_invitation_is_not_a_code_and_cannot_be_guessed(tmp_path: Path) -> None:
    """It stays when the server starts again; none at all opens nothing."""
    links, *_ = open_links(tmp_path / "log")
    again, *_ = open_links(tmp_path / "log")
    assert again.invitation == links.invitation
    assert len(base64.urlsafe_b64decode(links.invitation)) == 12
    assert links.is_invitation(links.invitation)
    assert not links.is_code(links.invitation)
    for wrong in ("", links.code, links.invitation[:-1], f"{links.invitation} ", "\u00e9"):
        assert not links.is_invitation(wrong)
    assert not Links("NEK3YT").is_invitation("")


def test_a_session_from_before_there_were_invitations_gets_one(tmp_path: Path) -> None:
    """Its code and links stay."""
    path = links_path(tmp_path / "log")
    path.write_text('{"code": "NEK3YT", "console": ["a"], "projector": ["b"]}', encoding="utf-8")
    links, *_ = open_links(tmp_path / "log")
    assert (links.code, links.console[1:], bool(links.invitation)) == ("NEK3YT", ("a",), True)
