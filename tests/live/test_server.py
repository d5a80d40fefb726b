from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from afweging.errors import RequestError
from afweging.live.connections import Limits
from afweging.live.server import Address, check_certificate, most_connections, open_socket

if TYPE_CHECKING:
    from pathlib import Path


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    """With its number; a certificate that is no certificate too."""
    with open_socket(Address("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(RequestError) as error:
            open_socket(Address("127.0.0.1", port))
    assert error.value.faults[0].facts["port"] == port
    path = tmp_path / "cert.pem"
    path.write_text("geen certificaat", encoding="ascii")
    with pytest.raises(RequestError):
        check_certificate(Address("127.0.0.1", 0, str(path), str(path)))
    check_certificate(Address("127.0.0.1", 0))


def test_small_answers_are_sent_at_once() -> None:
    """The socket names its protocol: without that each answer would wait 40 ms."""
    with open_socket(Address("127.0.0.1", 0)) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_connections_stay_below_what_the_system_allows() -> None:
    """So that there is always a file left for the log."""
    resource = pytest.importorskip("resource")
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        for asked, expected in ((400, 300), (120, 100)):
            resource.setrlimit(resource.RLIMIT_NOFILE, (asked, most))
            assert most_connections() == expected
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))
    assert most_connections() <= Limits().most
