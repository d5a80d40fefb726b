"""The doors that a browser opens as pages: join, the three faces, the network check, files."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from afweging.analysis.session.facilitator import setup_document
from afweging.analysis.session.receipts import token_hash
from afweging.live import pages
from afweging.live.house import COOKIE, MOST_SEATS, said
from afweging.live.links import csrf_of, new_token
from afweging.live.shield import DoorError, body_of, check_origin
from afweging.live.voice import Voice, languages, voice_for
from afweging.model.session import Refusal
from afweging.model.session_command import Join

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from afweging.live.house import House

LONGEST_CODE = 12  # with what people put between the signs
COOKIE_SECONDS = 2 * 86400
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ico": "image/x-icon",
    ".png": "image/png",
}


class Site:
    """The pages of one session."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._files = static_files()
        style, kind = self._files["theme.css"]
        self._files["theme.css"] = style + house.theme.encode(), kind

    async def join(self, request: Request) -> Response:
        """Show the page on which people join; who has a seat goes on to it."""
        if self._house.find_seat(request) is not None:
            return RedirectResponse("/deelnemer", 303)
        code = str(request.path_params.get("code", ""))
        form = {"code": code, "invitation": code}
        return self._join_page(self._house.language_of(request), form, None)

    async def take_seat(self, request: Request) -> Response:
        """Give whoever knows the join code a seat, and its device a cookie."""
        house = self._house
        check_origin(request)
        if house.find_seat(request) is not None:
            return RedirectResponse("/deelnemer", 303)
        form = _form(await body_of(request))
        chosen = form.get("language", "")
        words = Voice(chosen) if chosen in languages() else house.language_of(request)
        token = new_token()
        try:
            self._check_code(request, form)
            found = await house.room.ask(_command(form, token, words.language))
        except DoorError as error:
            page = self._join_page(words, form, said(words, error), error.status)
            if wait := error.facts.get("seconds"):
                page.headers["retry-after"] = str(wait)
            return page
        if isinstance(found, Refusal):
            return self._join_page(words, form, said(words, found), 409)
        return self._seated(token)

    async def other_device(self, request: Request) -> Response:
        """Give a device the seat that the facilitator made over to it."""
        token = str(request.path_params["token"])
        if token_hash(token) not in self._house.room.state.tokens:
            raise DoorError(404, "no-link")
        return self._seated(token)

    async def participant(self, request: Request) -> Response:
        """Show the page of a participant, the same in every state."""
        house, seat = self._house, self._house.find_seat(request)
        if seat is None:
            token = request.cookies.get(COOKIE, "")
            if token_hash(token) in house.room.devices:
                return HTMLResponse(pages.closed_elsewhere_page(house.language_of(request)), 401)
            return RedirectResponse("/", 303)
        words = voice_for(house.room.state.seats[seat].language)
        page = pages.participant_page(
            words,
            setup=setup_document(house.room.state.setup),
            model=house.contents[words.language],
            csrf=csrf_of(request.cookies[COOKIE]),
            key=f"{house.room.state.setup.session}-{seat}",
        )
        return HTMLResponse(page)

    async def console(self, request: Request) -> Response:
        """Show the page of the facilitator."""
        token = self._house.check_link(request, "console")
        return HTMLResponse(pages.console_page(self._house.words, csrf=csrf_of(token)))

    async def wall(self, request: Request) -> Response:
        """Show the page of the projector."""
        self._house.check_link(request, "projector")
        return HTMLResponse(pages.projector_page(self._house.words))

    async def check(self, request: Request) -> Response:
        """Show the page that tries the network before the meeting."""
        return HTMLResponse(pages.check_page(self._house.language_of(request)))

    async def health(self, request: Request) -> Response:
        """Say whether the room works: 200, or 503 while the disk refuses."""
        del request
        if self._house.room.trouble is None:
            return JSONResponse({"status": "ok"})
        return JSONResponse({"status": "disk"}, 503)

    async def static(self, request: Request) -> Response:
        """Send one of our own files."""
        found = self._files.get(str(request.path_params["name"]))
        if found is None:
            raise DoorError(404, "no-page")
        content, kind = found
        return Response(content, headers={"content-type": kind, "cache-control": "no-cache"})

    def _join_page(
        self, words: Voice, form: Mapping[str, str], fault: str | None, status: int = 200
    ) -> HTMLResponse:
        """Return the page, filled in from the link or from what was sent before."""
        house = self._house
        invitation, code = form.get("invitation", ""), form.get("code", "")
        invited = house.links.is_invitation(invitation)
        page = pages.join_page(
            words,
            code=house.links.code if invited else code if len(code) <= LONGEST_CODE else None,
            invitation=invitation if invited else None,
            fault=fault,
            setup=setup_document(house.room.state.setup),
            title=str(house.contents[words.language]["title"]),
        )
        return HTMLResponse(page, status)

    def _check_code(self, request: Request, form: Mapping[str, str]) -> None:
        """Refuse a wrong code, any code after too many wrong ones, and a room that is full.

        Who was invited by the QR code does not wait for others who guess.
        """
        house = self._house
        if not house.links.is_invitation(form.get("invitation", "")):
            address = "" if request.client is None else request.client.host
            if seconds := house.attempts.wait(address):
                raise DoorError(429, "too-many-tries", seconds=seconds)
            if not house.links.is_code(form.get("code", "")):
                house.attempts.failed(address)
                raise DoorError(403, "wrong-code")
        if len(house.room.state.seats) >= MOST_SEATS:
            raise DoorError(409, "room-full", most=MOST_SEATS)

    def _seated(self, token: str) -> Response:
        answer = RedirectResponse("/deelnemer", 303)
        answer.set_cookie(
            COOKIE,
            token,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="strict",
            secure=self._house.is_secure,
        )
        return answer


def static_files() -> dict[str, tuple[bytes, str]]:
    """Return our own files by name: their content and kind."""
    folder = resources.files("afweging.live") / "static"
    found = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        kind = KINDS.get(f".{path.name.rpartition('.')[2]}")
        if kind is not None and path.is_file():
            found[path.name] = path.read_bytes(), kind
    return found


def _form(content: bytes) -> dict[str, str]:
    """Return the fields of a form, of each the last value."""
    try:
        fields = parse_qs(content.decode("ascii"), max_num_fields=20, errors="strict")
    except ValueError:
        raise DoorError(400, "bad-request") from None
    return {name: values[-1] for name, values in fields.items()}


def _command(form: dict[str, str], token: str, language: str) -> Join:
    return Join(
        token=token_hash(token),
        language=language,
        role=form.get("role") or None,
        name=form.get("name") or None,
        consent=form.get("consent") in {"on", "yes", "1", "true"},
    )
