"""How people come in: the address, the code and the QR code, for the wall and for the terminal."""

from __future__ import annotations

import io
import socket
from contextlib import closing

import segno

SOMEWHERE = ("192.0.2.1", 9)  # an address for documentation; nothing is sent there


def qr_image(url: str) -> str:
    """Return a QR code as an image that stands in a page by itself: SVG in a data address."""
    code = segno.make(url, error="m", micro=False)
    return code.svg_data_uri(omitsize=True, border=4, light="#fff", xmldecl=False, nl=False)


def qr_text(url: str) -> str:
    """Return a QR code as text for a terminal with a dark or a light ground."""
    drawn = io.StringIO()
    segno.make(url, error="l", micro=False).terminal(out=drawn, border=2, compact=True)
    return drawn.getvalue()


def own_address() -> str:
    """Return the address of this machine on its network; that of itself where there is none.

    The system is asked which address it would use; nothing is sent.
    """
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(SOMEWHERE)
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def base_url(host: str, port: int, *, tls: bool) -> str:
    """Return the address that people type.

    Examples
    --------
    >>> base_url("sessie.brabant.nl", 443, tls=True), base_url("::1", 8000, tls=False)
    ('https://sessie.brabant.nl', 'http://[::1]:8000')
    """
    shown = own_address() if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared only
    shown = f"[{shown}]" if ":" in shown else shown
    scheme, usual = ("https", 443) if tls else ("http", 80)
    return f"{scheme}://{shown}" + ("" if port == usual else f":{port}")
