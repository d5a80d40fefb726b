"""Views of sessions at every stage, with the names of Brabant, without a server."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tests.analysis.session.rooms import clock, room_at
from tests.live.running import brabant

from afweging.analysis.session.console import console_view
from afweging.analysis.session.facilitator import setup_document
from afweging.analysis.session.moves import panels, route
from afweging.analysis.session.views import projector_view
from afweging.live.content import room_content
from afweging.model import session_command as ask
from afweging.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.analysis.session.rooms import Room

JOIN = {"url": "https://sessie.example", "code": "ACD346", "qr": "data:image/svg+xml,x"}
View = dict[str, Any]


@cache
def content(language: str) -> View:
    """Return what pages say of the problem."""
    problem, model = brabant()
    return room_content(problem, model, Words(language))  # type: ignore[arg-type]


def room(stage: str, people: int = 12, **changes: Any) -> Room:  # noqa: ANN401
    """Return a session about Brabant at a stage."""
    _, model = brabant()
    given = {"lenses": model.lenses, "scenarios": model.scenarios} | changes
    return room_at(stage, people=people, **given)


def wall(found: Room) -> View:
    """Return what the wall shows of a session."""
    return projector_view(found.state, brabant()[1])


def console(found: Room) -> View:
    """Return what the console shows of a session, with what the server adds."""
    added = {"online": 3, "delay": 4.2, "setup": setup_document(found.state.setup)}
    return console_view(found.state, at=clock(9)) | added | {"log_hash": "ab" * 32}


def on_wall(panel: str, stage: str, people: int = 12, **changes: Any) -> View:  # noqa: ANN401
    """Return what the wall shows with a panel, every lens being revealed."""
    found = room(stage, people, **changes)
    if found.state.setup.mode == "sealed" and stage in {"discuss", "reveal2"}:
        for lens in found.state.setup.lenses:
            found.try_(ask.RevealLens(lens))
        found.do(ask.ChooseLens(found.state.setup.lenses[1]))
    if found.state.panel != panel:
        found.do(ask.ShowPanel(panel))  # type: ignore[arg-type]
    return wall(found)


def every_room(mode: str, people: int = 12) -> Iterator[Room]:
    """Return a session of this mode in every stage, with every panel on the wall."""
    for stage in route(room("draft", mode=mode).state.setup):
        found = room(stage, people, mode=mode)
        yield found
        for panel in panels(found.state.setup, stage):
            if panel != found.state.panel:
                found.do(ask.ShowPanel(panel))
                yield found
