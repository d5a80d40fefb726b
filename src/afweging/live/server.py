"""Running the application: one process, one socket, and a stop that leaves nothing half done."""

from __future__ import annotations

import logging
import os
import signal
import socket
import ssl
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import uvicorn

from afweging.errors import Fault, Place, RequestError
from afweging.live.app import build_app
from afweging.live.connections import Connection, Gate, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afweging.live.house import House

STOP_SECONDS = 5  # for what is under way when the server stops
KEEP_ALIVE = 20  # seconds between two requests on one connection
BACKLOG = 4096
SEND_BUFFER = 65_536  # bytes the system keeps for a client that does not read
OTHER_FILES = 100  # what the process has open beside its connections
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens, and with what certificate."""

    host: str
    port: int
    certificate: str | None = None
    key: str | None = None


class Server(uvicorn.Server):
    """A server that ends its open streams before it waits for them."""

    def __init__(self, config: uvicorn.Config, house: House, gate: Gate) -> None:
        super().__init__(config)
        self._house, self._gate = house, gate

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on Ctrl+C and on SIGTERM, and end as usual then, with exit code 0."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        former = {each: signal.signal(each, self.handle_exit) for each in STOP_SIGNALS}
        try:
            yield
        finally:
            for each, handler in former.items():
                signal.signal(each, handler)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell every listener that the server stops, and let go."""
        self._house.hub.close()
        await super().shutdown(sockets)
        await self._gate.close()


def make_server(house: House, address: Address, *, limits: Limits | None = None) -> Server:
    """Return the server; it holds no access log, since that would hold addresses."""
    gate = Gate(limits or Limits(most=most_connections()))
    config = uvicorn.Config(
        build_app(house),
        http=partial(Connection, gate=gate),  # type: ignore[arg-type]  # it makes a protocol
        access_log=False,
        log_config=None,
        log_level="error",  # a warning for each odd request would fill the log
        lifespan="on",
        ws="none",
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=STOP_SECONDS,
        ssl_certfile=address.certificate,
        ssl_keyfile=address.key,
    )
    return Server(config, house, gate)


def open_socket(address: Address) -> socket.socket:
    """Return the socket to listen on.

    Raises
    ------
    RequestError
        When the port is taken, or the address is not of this machine.
    """
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    # with the protocol named, asyncio sends small answers at once (TCP_NODELAY)
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)  # each client has it
        found.bind((address.host, address.port))
        found.listen(BACKLOG)  # who comes before the server runs, waits
    except OSError as error:
        found.close()
        facts = {"port": address.port, "host": address.host}
        reason = error.strerror or type(error).__name__
        raise RequestError([Fault("live-port", value=reason, facts=facts)]) from error
    return found


def check_certificate(address: Address) -> None:
    """Refuse a certificate that cannot be used, before anything starts.

    Raises
    ------
    RequestError
        When the certificate or its key is missing, unreadable, or they do not fit.
    """
    if address.certificate is None and address.key is None:
        return
    if address.certificate is None or address.key is None:
        raise RequestError([Fault("live-tls-both")])
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(address.certificate, address.key)
    except (OSError, ssl.SSLError) as error:
        place = Place(file=os.fspath(address.certificate))
        raise RequestError([Fault("live-tls", place, error.strerror or str(error))]) from error


def serve(house: House, address: Address, listening: socket.socket) -> None:
    """Serve until the program is told to stop."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s"
    )
    logging.getLogger("afweging.live").setLevel(logging.INFO)
    allow_many_files()
    make_server(house, address).run(sockets=[listening])


def allow_many_files() -> None:
    """Let this process have as many connections open as the system allows."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not there on Windows

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def most_connections() -> int:
    """Return how many connections there may be: what the system allows, within reason."""
    most = Limits().most
    if sys.platform == "win32":
        return most
    import resource  # noqa: PLC0415 - not there on Windows

    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed in {resource.RLIM_INFINITY, -1}:
        return most
    return max(OTHER_FILES, min(most, allowed - OTHER_FILES))
