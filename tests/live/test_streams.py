from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpx
from tests.live.running import PATIENCE, Running, listening, running, wait_until

if TYPE_CHECKING:
    from pathlib import Path


def test_a_second_tab_takes_over_and_the_first_is_told(sealed: Running) -> None:
    """One stream per seat: the former gets "elsewhere" as its last event."""
    sealed.facilitator().next()
    person = sealed.person()
    url = f"{sealed.base}/api/deelnemer/stream"
    with listening(url, person.client) as first:
        assert next(first)[1]["stage"] == "lobby"
        with listening(url, person.client) as second:
            assert next(second)[1]["stage"] == "lobby"
            assert list(first) == [("elsewhere", {})]
        wait_until(lambda: sealed.house.hub.online == 0)


def test_streams_show_the_latest_and_skip_what_is_between(sealed: Running) -> None:
    """Fifty changes at once are a few snapshots, the last of which is that of the room."""
    lead = sealed.facilitator()
    lead.next()
    url = f"{sealed.base}/api/scherm/{sealed.wall}/stream"
    with listening(url, sealed.client()) as stream:
        next(stream)
        begin = time.monotonic()
        for _ in range(25):
            lead.do("overlay", action="pause")
            lead.do("overlay", action="resume")
        took, seen = time.monotonic() - begin, []
        for _, view in stream:
            seen.append(view["seq"])
            if view["seq"] == sealed.room.state.seq:
                break
    assert seen == sorted(set(seen))
    assert len(seen) <= 4 * took + 2


def test_a_participant_is_not_told_of_what_others_give(sealed: Running) -> None:
    """In a sealed round a submission is pushed to whoever gave it only."""
    lead = sealed.facilitator()
    lead.next()
    first, second = sealed.people(2)
    lead.go_to("r1_open")
    url = f"{sealed.base}/api/deelnemer/stream"
    with listening(url, second.client) as stream:
        before = next(stream)[1]
        first.submit(100, 0, 0, 0)
        lead.do("overlay", action="pause")
        after = next(stream)[1]
    assert after["paused"]
    assert after["seq"] == before["seq"] + 2


def test_the_server_stops_with_streams_open(tmp_path: Path) -> None:
    """Every listener is told, and the stop takes no longer for it."""
    with running(tmp_path / "log") as server:
        lead = server.facilitator()
        lead.next()
        people = server.people(3)
        urls = [
            (f"{server.base}/api/scherm/{server.wall}/stream", httpx.Client(timeout=PATIENCE)),
            (f"{server.base}/api/regie/{server.console}/stream", httpx.Client(timeout=PATIENCE)),
            *((f"{server.base}/api/deelnemer/stream", each.client) for each in people[:2]),
        ]
        opened = [listening(url, client) for url, client in urls]
        streams = [each.__enter__() for each in opened]
        for stream in streams:
            next(stream)
        server.clients.clear()  # they stay open
        begin = time.monotonic()
    assert time.monotonic() - begin < 3
    assert [list(stream)[-1] for stream in streams] == [("bye", {})] * 4
    for (_, client), each in zip(urls, opened, strict=True):
        each.__exit__(None, None, None)
        client.close()
    for left in (people[2].client, lead.client):
        left.close()


def test_the_head_of_a_stream_is_answered_and_takes_nothing_over(one: Running) -> None:
    """HEAD ends at once, for every stream, and the stream that is open goes on."""
    person = one.person()
    url = f"{one.base}/api/deelnemer/stream"
    with listening(url, person.client) as stream:
        next(stream)
        for path in ("deelnemer", "netwerk", f"scherm/{one.wall}", f"regie/{one.console}"):
            answer = person.client.head(f"{one.base}/api/{path}/stream")
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/event-stream")
        assert one.house.hub.online == 1
