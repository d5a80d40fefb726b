"""What a running server erases by itself: what is due at its start, and at each term after that."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from afweging.analysis.session.retention import terms_passed
from afweging.errors import AfwegingError
from afweging.live.room import BusyError

if TYPE_CHECKING:
    from afweging.live.room import Room

LOOK_SECONDS = 60.0  # a clock of the machine, looked at again: a laptop may have slept meanwhile
LOG = logging.getLogger("afweging.live")


async def keep_terms(room: Room, *, look_every: float = LOOK_SECONDS) -> None:
    """Erase what is due now, and whenever a term is over; goes on until it is cancelled.

    What the disk did not take is tried again. The proof is the event "erased" in the log.
    """
    done = -1
    while True:
        passed = terms_passed(room.state, at=room.clock())
        if passed != done and await _erased(room):
            done = passed
        await asyncio.sleep(look_every)


async def _erased(room: Room) -> bool:
    try:
        await room.erase_due()
    except (AfwegingError, BusyError) as error:
        LOG.error("not erased yet: %s", type(error).__name__)  # noqa: TRY400 - its message may tell
        return False
    return True
