from __future__ import annotations

import json
import socket
import time

from tests.live.running import Person, Running

SECURE = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def test_what_another_site_sends_is_refused(sealed: Running) -> None:
    """No command without what only our page knows, from our own origin, as JSON."""
    lead = sealed.facilitator()
    lead.next()
    person = sealed.person()
    url, csrf = f"{sealed.base}/api/deelnemer/command", {"x-csrf": person.csrf}
    message = {"kind": "not_understood"}
    post = person.client.post
    assert post(url, json=message).json()["code"] == "csrf"
    assert post(url, json=message, headers={"x-csrf": "0" * 32}).json()["code"] == "csrf"
    for headers in (
        {"origin": "https://elders.example"},
        {"origin": "null"},
        {"origin": "http://[::1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        answer = post(url, json=message, headers={**csrf, **headers})
        assert (answer.status_code, answer.json()["code"]) == (403, "other-site")
        joining = sealed.client().post(
            f"{sealed.base}/join", data={"code": sealed.code}, headers=headers
        )
        assert joining.status_code == 403
    content = json.dumps(message).encode()
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        answer = post(url, content=content, headers={**csrf, "content-type": kind})
        assert answer.status_code == 415
    fine = post(url, json=message, headers={**csrf, "origin": sealed.base})
    assert fine.json()["code"] == "not-now", "it came through to the room"


def test_bodies_that_are_too_large_are_not_read(one: Running) -> None:
    """413 for a stated length and for one that only shows while it comes in."""
    person = one.person()
    headers = {"x-csrf": person.csrf, "content-type": "application/json"}
    url = f"{one.base}/api/deelnemer/command"
    stated = person.client.post(url, content=b" " * 20_000, headers=headers)
    assert (stated.status_code, stated.json()["code"]) == (413, "too-large")
    chunked = person.client.post(url, content=iter([b" " * 9_000] * 3), headers=headers)
    assert chunked.status_code == 413
    joining = person.client.post(f"{one.base}/join", content=b"a" * 20_000)
    assert joining.status_code in {303, 413}


def test_every_answer_has_the_security_headers(one: Running) -> None:
    """Pages, files, snapshots, streams, redirects and refusals."""
    person, lead = one.person(), one.facilitator()
    paths = [
        *("/", f"/j/{one.code}", "/deelnemer", "/netwerk", "/health", "/nergens", "/static/x"),
        *(f"/regie/{one.console}", f"/scherm/{one.wall}", "/regie/x", "/plaats/x"),
        *("/api/deelnemer/snapshot", "/api/deelnemer/decision", "/api/nergens"),
        *(f"/api/regie/{one.console}/snapshot", f"/api/regie/{one.console}/export"),
    ]
    answers = [
        client.get(one.base + path) for path in paths for client in (person.client, lead.client)
    ]
    answers += [
        person.client.post(f"{one.base}/join", data={"code": "x"}),
        one.client().post(f"{one.base}/join", data={"code": "x"}),
        person.client.delete(f"{one.base}/deelnemer"),
        person.ask("tap", mood="agree"),
        lead.ask("back", stage="draft"),
    ]
    with person.client.stream("GET", f"{one.base}/api/deelnemer/stream") as stream:
        answers.append(stream)
    for answer in answers:
        shown = {name: answer.headers.get(name) for name in SECURE}
        assert shown == SECURE, answer.url
        assert answer.status_code < 500
        assert "server" not in answer.headers
    assert {each.status_code for each in answers} >= {200, 303, 401, 403, 404, 405, 409}
    cookie = Person(one.base, one.client()).join(one.code).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))


def test_slow_and_silent_clients_hold_nobody_up(sealed: Running) -> None:
    """Connections that send half a request, or read nothing, do not slow others."""
    lead = sealed.facilitator()
    lead.next()
    host, port = sealed.base.removeprefix("http://").split(":")
    idle = [socket.create_connection((host, int(port))) for _ in range(200)]
    try:
        for each in idle[:100]:
            each.sendall(b"POST /join HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nco")
        for each in idle[100:]:
            each.sendall(f"GET /api/scherm/{sealed.wall}/str".encode())
        begin = time.monotonic()
        sealed.person()
        assert time.monotonic() - begin < 2
    finally:
        for each in idle:
            each.close()
