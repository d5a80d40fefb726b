"""Around every answer: security headers, and errors that tell nothing; before it: what may come in.

The log names the kind of an error and its place in the program, never what a person sent.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 16 * 1024
BODY_SECONDS = 10.0
POLICY = "; ".join(
    (
        *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:"),
        *("connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"),
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # with "no-referrer" a browser would send "Origin: null" with our own forms
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-robots-tag": "noindex, nofollow",
    "cache-control": "no-store",
}
LENGTHS = {b"content-length", b"transfer-encoding"}
LOG = logging.getLogger("afweging.live")


class DoorError(Exception):
    """A request that is not let in: an HTTP status, a code and the facts to word it."""

    def __init__(self, status: int, code: str, **facts: object) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.facts = facts


class Shield:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = [(k.encode(), v.encode()) for k, v in HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, with the headers; an error of ours becomes a bare 500."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                given = list(message.get("headers", []))
                names = {name for name, _ in given}
                message["headers"] = given + [h for h in self._headers if h[0] not in names]
            await send(message)

        try:
            if {name for name, _ in scope["headers"]} >= LENGTHS:  # where does its body end?
                await send_with_headers(_bare(400, (b"connection", b"close")))
                await send_with_headers({"type": "http.response.body", "body": b""})
                return
            await self._app(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not tell what was sent
            log_error(error)
            if not started:
                await send_with_headers(_bare(500))
                await send_with_headers({"type": "http.response.body", "body": b""})


def _bare(status: int, *headers: tuple[bytes, bytes]) -> Message:
    headers = ((b"content-length", b"0"), *headers)
    return {"type": "http.response.start", "status": status, "headers": list(headers)}


def log_error(error: BaseException) -> None:
    """Log the kind and the place of an error, without its message: that may hold what was sent."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
    LOG.error("error %s at %s", type(error).__name__, place)


async def body_of(request: Request) -> bytes:
    """Return the body of a request, if it is not too large and comes in reasonable time.

    Raises
    ------
    DoorError
        Otherwise.
    """
    stated = request.headers.get("content-length", "0")
    if not stated.isdecimal() or len(stated) > 20 or int(stated) > LARGEST_BODY:
        raise DoorError(413, "too-large", kilobytes=LARGEST_BODY // 1024)
    content = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                content += chunk
                if len(content) > LARGEST_BODY:
                    raise DoorError(413, "too-large", kilobytes=LARGEST_BODY // 1024)
    except TimeoutError:
        raise DoorError(408, "too-slow") from None
    return bytes(content)


def check_origin(request: Request) -> None:
    """Refuse what a page of another site sends.

    Raises
    ------
    DoorError
        When the browser says that it comes from elsewhere.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    here = request.headers.get("host", "")
    elsewhere = origin is not None and _host_of(origin) != here.lower()
    if site not in {"same-origin", "none"} or elsewhere:
        raise DoorError(403, "other-site")


def _host_of(origin: str) -> str | None:
    """Return host and port of an origin; None where it is no address."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


def check_json(request: Request) -> None:
    """Refuse a message that is not sent as JSON: a form of another site cannot send that.

    Raises
    ------
    DoorError
        When it is something else.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise DoorError(415, "not-json")
