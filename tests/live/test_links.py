from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from afweging.analysis.session.receipts import ALPHABET, token_hash
from afweging.errors import OutputError
from afweging.live.links import (
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


def test_guessing_takes_longer_than_any_session() -> None:
    """At the rate that is let through, half of all codes take more than a year."""
    codes = len(ALPHABET) ** 6
    assert codes / 2 / (300 * 60 * 24) > 200  # days, all addresses together
    assert codes / 2 / (20 * 60 * 24 * 365) > 9  # years, from one address
