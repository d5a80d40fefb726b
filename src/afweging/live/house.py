"""All that an answer needs: the room, its streams and snapshots, and who is asking."""

from __future__ import annotations

import hmac
import re
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from afweging.analysis.session.receipts import token_hash
from afweging.live.content import participant_content, room_content
from afweging.live.join_sheet import qr_image
from afweging.live.keeper import LOOK_SECONDS
from afweging.live.links import Attempts, csrf_of
from afweging.live.shield import DoorError
from afweging.live.snapshots import Snapshots, Surroundings
from afweging.live.streams import OPEN_PACE, SEALED_PACE, Hub
from afweging.live.voice import Voice, languages, voice_for
from afweging.wording import LANGUAGES, Words
from afweging.wording.faults import fault_text
from afweging.wording.refusals import refusal_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from afweging.analysis.session.arrays import SessionModel
    from afweging.errors import AfwegingError
    from afweging.live.links import Links, Role
    from afweging.live.room import Room
    from afweging.model.problem import DecisionProblem
    from afweging.model.session import Refusal

COOKIE = "seat"
MOST_SEATS = 12_000
LARGE_ROOM, SLOW_PACE = 60, 0.5  # seats; seconds between two snapshots of the console then


def words_for(language: str) -> Words:
    """Return the words of a language; English where there are none of it yet."""
    return Words(language if language in LANGUAGES else "en")


@dataclass(frozen=True)
class House:
    """One session with its doors.

    `base` is the address that people type, without a slash at its end; over TLS the cookie is
    kept from plain connections. `theme` is style that comes after our own. `look_every` is how
    many seconds lie between two looks at what is to be erased.
    """

    room: Room
    problem: DecisionProblem
    model: SessionModel
    links: Links
    base: str
    theme: str = ""
    hub: Hub = field(default_factory=Hub)
    attempts: Attempts = field(default_factory=lambda: Attempts(time.monotonic))
    look_every: float = LOOK_SECONDS
    made: dict[str, Snapshots] = field(default_factory=dict)

    @property
    def is_secure(self) -> bool:
        """Whether people come in over TLS."""
        return self.base.startswith("https:")

    @property
    def join_url(self) -> str:
        """The address behind the QR code."""
        return f"{self.base}/j/{self.links.invitation}"

    @property
    def words(self) -> Words:
        """The words of the console and the projector."""
        return words_for(self.room.state.setup.language)

    @cached_property
    def join(self) -> Mapping[str, str]:
        """How to come in, for the wall: address, code and QR code as an image."""
        return {"url": self.base, "code": self.links.code, "qr": qr_image(self.join_url)}

    @property
    def snapshots(self) -> Snapshots:
        """The snapshots of the room, in the language of the wall."""
        words = self.words
        if words.language not in self.made:
            self.made[words.language] = self._snapshots(words)
        return self.made[words.language]

    def _snapshots(self, words: Words) -> Snapshots:
        around = Surroundings(
            model=self.model,
            content=room_content(self.problem, self.model, words),
            join=self.join,
            words=words,
            online=lambda: self.hub.online,
        )
        return Snapshots(self.room, around)

    @cached_property
    def contents(self) -> Mapping[str, Mapping[str, object]]:
        """What participants read of the problem, per language."""
        return {name: participant_content(self.problem, Voice(name)) for name in languages()}

    def pace(self) -> float:
        """Return how many seconds there are at least between two snapshots for one who listens."""
        return OPEN_PACE if self.room.state.setup.mode == "open" else SEALED_PACE

    def desk_pace(self) -> float:
        """Return the same for the console, which is larger: slower, the more so in a large room."""
        return SLOW_PACE if len(self.room.state.seats) > LARGE_ROOM else SEALED_PACE

    # --- who is asking ----------------------------------------------------------------------------

    def find_seat(self, request: Request) -> int | None:
        """Return the seat of a device, or None."""
        token = request.cookies.get(COOKIE, "")
        return self.room.state.tokens.get(token_hash(token)) if token else None

    def seat(self, request: Request) -> int:
        """Return the seat of a device.

        Raises
        ------
        DoorError
            When it has none, or no longer.
        """
        found = self.find_seat(request)
        if found is None:
            known = token_hash(request.cookies.get(COOKIE, "")) in self.room.devices
            raise DoorError(401, "elsewhere" if known else "no-seat")
        return found

    def check_link(self, request: Request, role: Role) -> str:
        """Return the secret in a link of a role.

        Raises
        ------
        DoorError
            When it is not one of that role.
        """
        token = str(request.path_params["token"])
        if not self.links.opens(role, token):
            raise DoorError(404, "no-link")
        return token

    def language_of(self, request: Request) -> Voice:
        """Return the words for whoever asks: by seat, link, browser, or room."""
        seat = self.find_seat(request)
        if seat is not None:
            return voice_for(self.room.state.seats[seat].language)
        asked = request.query_params.get("lang", "")
        for part in (asked, *request.headers.get("accept-language", "").split(",")):
            name = re.split("[-;]", part.strip().lower(), maxsplit=1)[0]
            if name in languages():
                return voice_for(name)
        return voice_for(self.words.language)


def check_csrf(request: Request, token: str) -> None:
    """Refuse a command that does not carry what only our own page knows.

    Raises
    ------
    DoorError
        When it does not.
    """
    given = request.headers.get("x-csrf", "")
    if not hmac.compare_digest(given.encode(), csrf_of(token).encode()):
        raise DoorError(403, "csrf")


def said(words: Words, error: DoorError | AfwegingError | Refusal) -> str:
    """Return the sentence for whoever asked."""
    if isinstance(error, DoorError):
        return words.text(f"live_server.door.{error.code}", **error.facts)
    if hasattr(error, "faults"):
        why = fault_text(words, error.faults[0])
        return words.text("live_server.door.not-stored", why=why)
    return refusal_text(words, error)
