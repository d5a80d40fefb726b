"""The doors that speak JSON: snapshots, streams and commands, for phones, console and wall."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from starlette.responses import JSONResponse, Response, StreamingResponse

from afweging.analysis.session.receipts import token_hash
from afweging.analysis.session.views import decision_view
from afweging.live import messages
from afweging.live.exports import last_export, mark_exported
from afweging.live.house import COOKIE, check_csrf, said
from afweging.live.links import new_token
from afweging.live.openapi import openapi
from afweging.live.shield import DoorError, body_of, check_json, check_origin
from afweging.live.streams import EventStream
from afweging.live.voice import voice_for
from afweging.model.session import Event, Refusal, Repeat
from afweging.model.session_command import ReplaceDevice

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from pydantic import TypeAdapter
    from starlette.requests import Request

    from afweging.live.house import House
    from afweging.live.room import Make
    from afweging.live.streams import Listener
    from afweging.model.session_command import Command
    from afweging.wording import Words

M = TypeVar("M")
TRIAL_EVENTS, TRIAL_SECONDS, MOST_TRIALS = 5, 1.0, 50


class Api:
    """The endpoints of one session."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._trials = 0

    # --- phones -----------------------------------------------------------------------------------

    async def seat_snapshot(self, request: Request) -> Response:
        """Answer with what a participant sees."""
        return _json(await self._house.snapshots.participant(self._house.seat(request)))

    async def seat_stream(self, request: Request) -> Response | EventStream:
        """Answer with what a participant sees, again and again."""
        house, seat = self._house, self._house.seat(request)
        return self._stream(
            request,
            lambda: house.hub.listen("participant", seat),
            lambda: house.snapshots.participant(seat),
        )

    async def decision(self, request: Request) -> Response:
        """Answer with the decision, to be read before it is endorsed."""
        self._house.seat(request)
        return JSONResponse(decision_view(self._house.room.state))

    async def seat_command(self, request: Request) -> Response:
        """Carry out what a participant asks."""
        house = self._house
        check_origin(request)
        check_json(request)
        seat = house.seat(request)
        check_csrf(request, request.cookies[COOKIE])
        words = voice_for(house.room.state.seats[seat].language)
        message = _read(messages.PARTICIPANT, await body_of(request))
        return await self._ask(message.command(seat), words)

    # --- the wall ---------------------------------------------------------------------------------

    async def wall_snapshot(self, request: Request) -> Response:
        """Answer with what stands on the wall."""
        self._house.check_link(request, "projector")
        return _json(await self._house.snapshots.projector())

    async def wall_stream(self, request: Request) -> Response | EventStream:
        """Answer with what stands on the wall, again and again."""
        house = self._house
        house.check_link(request, "projector")
        return self._stream(request, lambda: house.hub.listen("projector"), self._wall)

    # --- the console ------------------------------------------------------------------------------

    async def console_snapshot(self, request: Request) -> Response:
        """Answer with what the facilitator sees."""
        self._house.check_link(request, "console")
        return _json(await self._house.snapshots.console())

    async def console_stream(self, request: Request) -> Response | EventStream:
        """Answer with what the facilitator sees, again and again."""
        house = self._house
        house.check_link(request, "console")
        return self._stream(
            request, lambda: house.hub.listen("console"), self._desk, house.desk_pace
        )

    async def console_command(self, request: Request) -> Response:
        """Carry out what the facilitator asks."""
        content = await self._from_console(request)
        message = _read(messages.FACILITATOR, content)
        house, words = self._house, self._house.words
        if isinstance(message, messages.ReplaceDevice):
            return await self._replace(message.seat, words)
        if isinstance(message, messages.MarkExported):
            return await self._ask(mark_exported, words)
        if isinstance(message, messages.Configure):
            return await self._ask(lambda state, _: message.changed(state.setup), words)
        if isinstance(message, messages.Proxy):
            return await self._ask(message.command(self._proxy(message.seat)), words)
        answer = await self._ask(message.command(), words)
        if isinstance(message, messages.Purge) and answer.status_code == 200:
            await house.room.erase_due()
        return answer

    async def what_if(self, request: Request) -> Response:
        """Answer with what another weight on one lens would lead to; nothing is stored."""
        message = _read(messages.WHAT_IF, await self._from_console(request))
        found = await asyncio.to_thread(
            self._house.snapshots.what_if,
            message.lens,
            message.weight,
            message.weights,
            message.scenario,
        )
        if isinstance(found, Refusal):
            return _refused(found, self._house.words)
        return JSONResponse(found)

    async def export(self, request: Request) -> Response:
        """Answer with the export that was recorded last, as a file."""
        house = self._house
        house.check_link(request, "console")
        found = await asyncio.to_thread(last_export, tuple(house.room.events))
        if found is None:
            raise DoorError(404, "no-export-yet")
        name = f"{house.room.state.setup.session}.json"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(found, media_type="application/json", headers=headers)

    # --- the network check ------------------------------------------------------------------------

    async def trial_stream(self, request: Request) -> Response:
        """Answer with a few events, so that a page can tell whether streaming gets through."""
        if request.method == "HEAD":
            return _head_of_stream()
        if self._trials >= MOST_TRIALS:
            raise DoorError(503, "busy")
        return StreamingResponse(self._trial(), media_type="text/event-stream")

    async def _trial(self) -> AsyncIterator[bytes]:
        """Yield a number each second, a few times."""
        self._trials += 1
        try:
            for number in range(1, TRIAL_EVENTS + 1):
                yield f'data: {{"n":{number}}}\n\n'.encode()
                if number < TRIAL_EVENTS:
                    await asyncio.sleep(TRIAL_SECONDS)
        finally:
            self._trials -= 1

    async def description(self, request: Request) -> Response:
        """Answer with the description of these doors."""
        del request
        return JSONResponse(openapi())

    # --- what they share --------------------------------------------------------------------------

    async def _from_console(self, request: Request) -> bytes:
        """Return the body of a request of the console."""
        check_origin(request)
        check_json(request)
        check_csrf(request, self._house.check_link(request, "console"))
        return await body_of(request)

    async def _wall(self) -> bytes:  # the language of the wall, and so who makes it, may change
        return await self._house.snapshots.projector()

    async def _desk(self) -> bytes:
        return await self._house.snapshots.console(whole=False)

    def _stream(
        self,
        request: Request,
        listen: Callable[[], Listener | None],
        make: Callable[[], Awaitable[bytes]],
        pace: Callable[[], float] | None = None,
    ) -> Response | EventStream:
        if request.method == "HEAD":
            return _head_of_stream()
        listener = listen()
        if listener is None:
            raise DoorError(503, "too-many-streams")
        return EventStream(self._house.hub, listener, make, pace or self._house.pace)

    def _proxy(self, seat: int) -> int:
        """Return a seat for which the facilitator may answer: one without a phone."""
        found = self._house.room.state.seats.get(seat)
        if found is not None and not found.proxy:
            raise DoorError(403, "not-proxy", seat=seat)
        return seat

    async def _replace(self, seat: int, words: Words) -> Response:
        token = new_token()
        found = await self._house.room.ask(ReplaceDevice(seat, token_hash(token)))
        if isinstance(found, Refusal):
            return _refused(found, words)
        return JSONResponse({"receipt": "", "seq": found.seq, "link": f"/plaats/{token}"})

    async def _ask(self, command: Command | Make, words: Words) -> Response:
        found = await self._house.room.ask(command)
        match found:
            case Refusal():
                return _refused(found, words)
            case Repeat():
                receipt = found.receipt
            case Event():
                receipt = self._house.room.receipt(found)
        return JSONResponse({"receipt": receipt, "seq": found.seq})


def _read(form: TypeAdapter[M], content: bytes) -> M:
    try:
        return form.validate_json(content)
    except messages.ValidationError:  # it quotes what was sent
        raise DoorError(422, "odd-message") from None


def _refused(refusal: Refusal, words: Words) -> Response:
    return JSONResponse({"code": refusal.code, "message": said(words, refusal)}, status_code=409)


def _head_of_stream() -> Response:
    """Return what is said of a stream to whoever asks for its head only; it ends there."""
    return Response(media_type="text/event-stream")


def _json(content: bytes) -> Response:
    return Response(content, media_type="application/json")
