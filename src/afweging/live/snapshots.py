"""What goes over the wire: one small JSON document per role, made from what is stored.

The wall and the console are made once per change for all who look, beside the event loop, since
groups and flips take a while to compute; a phone gets its own, made on the spot.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.session.console import console_view
from afweging.analysis.session.facilitator import setup_document
from afweging.analysis.session.moves import shown_rounds
from afweging.analysis.session.outcome import what_if
from afweging.analysis.session.views import participant_view, projector_view, shared_view
from afweging.analysis.session.weights import group_weights
from afweging.live import pages
from afweging.live.ahead import ahead_view
from afweging.model.session import Refusal
from afweging.wording.faults import fault_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from afweging.analysis.session.arrays import SessionModel
    from afweging.live.room import Room
    from afweging.model.session_state import SessionState
    from afweging.wording import Words

View = dict[str, object]
LISTS = {"seats", "reasons", "remarks", "people"}  # the page has them in its HTML
LOG_STAGES = {"closed", "purged"}  # in which the wall names the log


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a snapshot needs beside the session: the problem in words, how to join, who looks.

    `content` is that of `afweging.live.content.room_content`; `join` holds the address, the code
    and the QR code; `online` says how many participants have a stream open.
    """

    model: SessionModel
    content: Mapping[str, object]
    join: Mapping[str, str]
    words: Words
    online: Callable[[], int]


class Snapshots:
    """The snapshots of one room."""

    def __init__(self, room: Room, around: Surroundings) -> None:
        self._room = room
        self._around = around
        self._wall, self._desk = _Latest(), _Latest()
        self._shared: tuple[SessionState, View] | None = None

    async def projector(self) -> bytes:
        """Return what the wall shows now."""
        return _bytes(await self._wall_now())

    async def console(self, *, whole: bool = True) -> bytes:
        """Return what the facilitator sees now; the page itself needs no `whole` lists."""
        state, log_hash = self._room.state, self._room.log_hash
        wall = _with_log(await self._wall_now(), log_hash)
        previews = await self._desk.get(state.seq, lambda: self._previews(state, wall))
        view = await asyncio.to_thread(self._console_view, state, previews)
        return _bytes({name: view[name] for name in view if whole or name not in LISTS})

    async def participant(self, seat: int) -> bytes:
        """Return what one participant sees now."""
        state = self._room.state
        view = participant_view(state, seat, at=self._room.clock(), shared=self._shared_view(state))
        return _bytes(view | {"state": state.stage, "language": state.seats[seat].language})

    def what_if(
        self, lens: str, weight: float, base: Sequence[float] | None, scenario: str | None
    ) -> View | Refusal:
        """Return what follows when one lens weighs more or less; nothing is stored."""
        state, model = self._room.state, self._around.model
        if lens not in model.lenses:
            return Refusal("unknown-lens")
        if scenario is not None and scenario not in model.scenarios:
            return Refusal("unknown-scenario")
        chosen = group_weights(state)
        if state.setup.mode == "sealed" and not shown_rounds(state):
            return Refusal("not-now", {"stage": state.stage})
        weights = chosen.weights if chosen else (1 / len(model.lenses),) * len(model.lenses)
        weights = weights if base is None else tuple(base)
        if len(weights) != len(model.lenses) or not _add_up(weights):
            return Refusal("weights-sum")
        return what_if(model, np.array(weights), lens=lens, weight=weight, scenario=scenario)

    async def _wall_now(self) -> View:
        """Return what the wall shows now, made once per change."""
        state, log_hash = self._room.state, self._room.log_hash
        return await self._wall.get(state.seq, lambda: self._projector_view(state, log_hash))

    def _projector_view(self, state: SessionState, log_hash: str) -> View:
        around = self._around
        view = projector_view(state, around.model) | {"state": state.stage}
        shown = _with_log(view, log_hash)
        html = pages.projector_frame(shown, around.words, content=around.content, join=around.join)
        return view | {"html": html}

    def _previews(self, state: SessionState, wall: View) -> View:
        """Return what the wall shows and would show next, as HTML: made once per change."""
        around = self._around
        views = {"now": wall, "ahead": ahead_view(state, around.model)}
        return {
            name: None
            if view is None
            else pages.projector_frame(
                view, around.words, content=around.content, join=around.join, level=3
            )
            for name, view in views.items()
        }

    def _console_view(self, state: SessionState, previews: View) -> View:
        around, trouble = self._around, self._room.trouble
        view = console_view(state, at=self._room.clock())
        view |= {
            "state": state.stage,
            "online": around.online(),
            "delay": self._room.delay,
            "setup": setup_document(state.setup),
            "log_hash": self._room.log_hash,
            "trouble": None if trouble is None else fault_text(around.words, trouble),
        }
        html = pages.console_frame(
            view, around.words, content=around.content, join=around.join, previews=previews
        )
        return view | {"html": html}

    def _shared_view(self, state: SessionState) -> View:
        """Return what is the same for all participants, made once per state."""
        if self._shared is None or self._shared[0] is not state:
            self._shared = state, shared_view(state)
        return self._shared[1]


class _Latest:
    """The view of the newest state, made once at a time."""

    def __init__(self) -> None:
        self._seq, self._view = -1, View()
        self._lock = asyncio.Lock()

    async def get(self, seq: int, make: Callable[[], View]) -> View:
        """Return the view of a state, or of a newer one that was made meanwhile."""
        async with self._lock:
            if self._seq < seq:
                self._view = await asyncio.to_thread(make)
                self._seq = seq
            return self._view


def _with_log(view: View, log_hash: str) -> View:
    """Return what the wall shows with the hash of the log, in the stages that name it."""
    return view | ({"log_hash": log_hash} if view["state"] in LOG_STAGES else {})


def _add_up(weights: Sequence[float]) -> bool:
    return min(weights) >= 0 and abs(sum(weights) - 1) < 1e-6


def _bytes(view: Mapping[str, object]) -> bytes:
    return json.dumps(view, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
