"""A live session under load, beside a bare Starlette server that gets the same traffic."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.live_load import Idle, Load, Measured

from afweging.analysis.compare import compare
from afweging.analysis.session.arrays import session_model
from afweging.analysis.session.fold import fold
from afweging.io.journal import read_journal
from afweging.io.problem_file import read_problem
from afweging.live.replay import frames
from afweging.live.server import allow_many_files

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
SHARE = 1.5  # of what the bare server takes: on a busy machine it is beyond the budgets itself


@contextmanager
def _server(*command: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a server in a process of its own; give it and what it printed at its start."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    assert process.stdout is not None
    said = ""
    try:
        while "Ctrl+C" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        yield process, said
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def _load(people: int, said: str) -> Load:
    """Return a load for a server that said how to come in."""
    port = int(re.findall(r"http://[^/\s]+:(\d+)/regie/", said)[0])
    token = re.findall(r"/regie/(\S+)", said)[0]
    code = re.findall(r"code (\w{6})\b", said)[0]
    return Load(port, code, token, people)


def _measure(people: int, *command: str) -> Measured:
    with _server(*command) as (process, said):
        return asyncio.run(_load(people, said).run(process.pid))


def _ours(log: Path) -> tuple[str, ...]:
    """Return the command that starts our server."""
    return (
        *("-m", "afweging", "live", "scenarios/brabant", "--host", "127.0.0.1"),
        *("--port", "0", "--log", str(log), "--lang", "en"),
    )


def _compare(people: int, folder: Path) -> tuple[Measured, Measured]:
    """Return what our server and the bare one took, printed with the ratios."""
    allow_many_files()
    log = folder / "log"
    ours = _measure(people, *_ours(log))
    bare = _measure(people, "benchmarks/bare_server.py", str(folder / "bare"))
    ack, push = ours.ack[1] / bare.ack[1], ours.push[1] / bare.push[1]
    print("", *ours.lines("live session"), *bare.lines("bare Starlette"), sep="\n")
    print(
        f"  ratio: ack p95 {ack:.1f}, push p95 {push:.1f}, join {ours.join / bare.join:.1f}, "
        f"processor {ours.cpu / bare.cpu:.1f}"
    )
    state = fold(read_journal(log))
    assert len(state.round(1).submissions) == ours.acknowledged == people
    return ours, bare


def _replay(log: Path) -> float:
    """Return how many seconds of processor it takes to make every frame of the wall again."""
    model = session_model(compare(read_problem(ROOT / "scenarios" / "brabant")))
    begin = time.process_time()
    events = read_journal(log)
    played = sum(1 for _ in frames(events, model))
    took = time.process_time() - begin
    assert played == len(events)
    print(f"  replay of {played} events: {took:.2f} s of processor")
    return took


def bench_300_people(tmp_path: Path) -> None:
    """Hold the budgets: 95 of 100 get an answer in 150 ms and see a change in 500 ms; 250 MB."""
    ours, bare = _compare(300, tmp_path)
    assert ours.ack[1] <= max(0.150, SHARE * bare.ack[1])
    assert ours.push[1] <= max(0.500, SHARE * bare.push[1])
    assert ours.memory <= 250


def bench_2000_people(tmp_path: Path) -> None:
    """Hold the budgets: 500 ms and 1.5 s; all in within 10 s, back in 15 s, replayed in 5 s."""
    ours, bare = _compare(2000, tmp_path)
    assert ours.ack[1] <= max(0.500, SHARE * bare.ack[1])
    assert ours.push[1] <= max(1.5, SHARE * bare.push[1])
    assert ours.join <= max(10, SHARE * bare.join)
    assert ours.back <= max(15, SHARE * bare.back)
    assert ours.memory <= 250
    assert _replay(tmp_path / "log") <= 5


def _idle(streams: int, active: int, log: Path) -> Idle:
    with _server(*_ours(log)) as (process, said):
        found = asyncio.run(_load(streams, said).idle(process.pid, active=active))
    assert len(fold(read_journal(log)).round(1).submissions) == active
    return found


def bench_10000_idle_streams(tmp_path: Path) -> None:
    """Answer a hundred people as always while ten thousand others only listen."""
    allow_many_files()
    alone = _idle(100, 100, tmp_path / "alone")
    crowd = _idle(10_000, 100, tmp_path / "crowd")
    each = 1000 * (crowd.memory - alone.memory) / (crowd.streams - alone.streams)
    print("", alone.line(), crowd.line(), sep="\n")
    print(f"  ratio: ack p95 {crowd.ack[1] / alone.ack[1]:.1f}; {each:.0f} kB for each stream")
    assert crowd.ack[1] <= max(0.150, SHARE * alone.ack[1])
    assert each <= 60
