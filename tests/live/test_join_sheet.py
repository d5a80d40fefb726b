from __future__ import annotations

import ipaddress

import pytest

from afweging.live.join_sheet import base_url, own_address, qr_image, qr_text


@pytest.mark.parametrize(
    ("host", "port", "scheme", "shown"),
    [
        ("192.0.2.7", 8765, "http", "http://192.0.2.7:8765"),
        ("sessie.example", 443, "https", "https://sessie.example"),
        ("sessie.example", 80, "http", "http://sessie.example"),
        ("sessie.example", 80, "https", "https://sessie.example:80"),
        ("2001:db8::1", 8765, "http", "http://[2001:db8::1]:8765"),
    ],
)
def test_the_address_that_people_type(host: str, port: int, scheme: str, shown: str) -> None:
    """Without the usual port; an IPv6 address in brackets."""
    assert base_url(host, port, tls=scheme == "https") == shown


def test_every_network_is_shown_as_the_address_of_this_machine() -> None:
    """Phones cannot open 0.0.0.0."""
    assert str(ipaddress.ip_address(own_address())) == own_address()
    assert base_url("0.0.0.0", 8765, tls=False) == f"http://{own_address()}:8765"  # noqa: S104


def test_the_code_is_an_image_without_anything_from_elsewhere() -> None:
    """SVG in a data address, which the policy of the pages allows; other addresses differ."""
    image = qr_image("http://192.0.2.7:8765/j/NEK3YT")
    assert image.startswith("data:image/svg+xml")
    assert image != qr_image("http://192.0.2.7:8765/j/NEK3YV")
    assert "style" not in image


def test_the_code_on_a_terminal_is_square() -> None:
    """As many columns as half rows, so that a phone can read it."""
    lines = [
        line for line in qr_text("http://192.0.2.7:8765/j/NEK3YT").splitlines() if line.strip()
    ]
    assert len(lines) > 10
