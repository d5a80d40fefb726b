"""The web application of one session: its routes, and what it says where something is wrong."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from afweging.errors import AfwegingError
from afweging.live import pages
from afweging.live.api import Api
from afweging.live.house import said
from afweging.live.keeper import keep_terms
from afweging.live.room import BusyError
from afweging.live.shield import DoorError, Shield
from afweging.live.site import Site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from afweging.live.house import House


def build_app(house: House) -> ASGIApp:
    """Return the application; the room works from its start to its end."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        house.room.watch(house.hub.publish)
        async with house.room.running():
            keeper = asyncio.create_task(keep_terms(house.room, look_every=house.look_every))
            yield
            keeper.cancel()

    answer = Faults(house)
    app = Starlette(
        routes=[*_api(Api(house)), *_pages(Site(house))],
        exception_handlers={
            DoorError: answer.door,
            HTTPException: answer.http,
            AfwegingError: answer.stored_nothing,
            BusyError: answer.busy,
            Exception: answer.bug,
        },
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # where to would be taken from what was sent
    return Shield(app)


def _pages(site: Site) -> list[Route]:
    return [
        Route("/", site.join),
        Route("/j/{code}", site.join),
        Route("/join", site.take_seat, methods=["POST"]),
        Route("/plaats/{token}", site.other_device),
        Route("/deelnemer", site.participant),
        Route("/regie/{token}", site.console),
        Route("/scherm/{token}", site.wall),
        Route("/netwerk", site.check),
        Route("/health", site.health),
        Route("/static/{name}", site.static),
    ]


def _api(api: Api) -> list[Route]:
    return [  # tried in this order: first what a whole room asks at once
        Route("/api/deelnemer/snapshot", api.seat_snapshot),
        Route("/api/deelnemer/stream", api.seat_stream),
        Route("/api/deelnemer/decision", api.decision),
        Route("/api/deelnemer/command", api.seat_command, methods=["POST"]),
        Route("/api/scherm/{token}/snapshot", api.wall_snapshot),
        Route("/api/scherm/{token}/stream", api.wall_stream),
        Route("/api/regie/{token}/snapshot", api.console_snapshot),
        Route("/api/regie/{token}/stream", api.console_stream),
        Route("/api/regie/{token}/command", api.console_command, methods=["POST"]),
        Route("/api/regie/{token}/what-if", api.what_if, methods=["POST"]),
        Route("/api/regie/{token}/export", api.export),
        Route("/api/netwerk/stream", api.trial_stream),
        Route("/openapi.json", api.description),
    ]


class Faults:
    """What is answered where a request leads nowhere: a sentence, as JSON or as a page."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def door(self, request: Request, error: Exception) -> Response:
        """Answer to a request that is not let in."""
        assert isinstance(error, DoorError)  # noqa: S101 - the type by which it was chosen
        return self._answer(request, error)

    async def http(self, request: Request, error: Exception) -> Response:
        """Answer to an address or a method that does not exist."""
        status = getattr(error, "status_code", 400)
        code = {404: "no-page", 405: "method"}.get(status, "bad-request")
        answer = self._answer(request, DoorError(status, code))
        answer.headers.update(getattr(error, "headers", None) or {})  # which methods there are
        return answer

    async def stored_nothing(self, request: Request, error: Exception) -> Response:
        """Answer when the disk did not take what was asked; the facilitator is told why."""
        assert isinstance(error, AfwegingError)  # noqa: S101 - the type by which it was chosen
        words = self._house.language_of(request)
        if request.url.path.startswith("/api/regie/"):
            return self._said(request, 503, "not-stored", said(words, error))
        return self._said(
            request, 503, "not-stored", words.text("live_server.door.not-stored-here")
        )

    async def busy(self, request: Request, _error: Exception) -> Response:
        """Answer when too much waits."""
        return self._answer(request, DoorError(503, "busy"))

    async def bug(self, request: Request, _error: Exception) -> Response:
        """Answer when the program fails; the outermost layer writes it to the log."""
        return self._answer(request, DoorError(500, "failed"))

    def _answer(self, request: Request, error: DoorError) -> Response:
        words = self._house.language_of(request)
        return self._said(request, error.status, error.code, said(words, error))

    def _said(self, request: Request, status: int, code: str, message: str) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"code": code, "message": message}, status)
        words = self._house.language_of(request)
        return HTMLResponse(pages.fault_page(words, code=code, message=message), status)
