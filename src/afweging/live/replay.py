"""A session played again from its log: what stood on the wall after each event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.analysis.session.export import to_minute
from afweging.analysis.session.fold import apply
from afweging.analysis.session.views import projector_view, view_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from afweging.analysis.session.arrays import SessionModel
    from afweging.model.session import Event
    from afweging.model.session_state import SessionState


@dataclass(frozen=True, slots=True)
class Frame:
    """What stood on the wall after one event; `hash` is that of the view, without its words."""

    seq: int
    at: str
    kind: str
    stage: str
    panel: str
    view: dict[str, object]
    hash: str


def frames(events: Iterable[Event], model: SessionModel) -> Iterator[Frame]:
    """Yield the frame after each event; the same log and problem give the same hashes."""
    state: SessionState | None = None
    for event in events:
        state = apply(state, event)
        view = projector_view(state, model)
        yield Frame(
            seq=event.seq,
            at=to_minute(event.at),
            kind=event.kind,
            stage=state.stage,
            panel=state.panel,
            view=view,
            hash=view_hash(view),
        )
