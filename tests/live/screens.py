"""Make a picture of every state of every face: tests.live.screens FOLDER [LANGUAGE] [dark].

A whole sealed session and a whole open one, with twelve people, at the sizes of a phone, a laptop
and two projectors: in Dutch and in English, and the phone in Ukrainian too. With a language all of
that one; where only participants are spoken to in it, the phone.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.live.browsing import LAPTOP, PHONE, SMALL_WALL, WALL, Face, browser, open_face
from tests.live.leading import MODES
from tests.live.running import running

from afweging.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser
    from tests.live.running import Running

ROLES = ("staten", "college", "raad")
SETTLED = 350  # milliseconds in which a snapshot comes and a movement ends


def faces(browser: Browser, server: Running, language: str, **options: Any) -> dict[str, Face]:  # noqa: ANN401
    """Open the wall twice, the console, and a phone; the phone alone in a language of people."""
    phone = open_face(
        browser,
        f"{server.base}/?lang={language}",
        PHONE,
        locale=language,
        has_touch=True,
        **options,
    )
    phone.language = language
    if language not in LANGUAGES:
        return {"phone": phone}
    wall, console = f"{server.base}/scherm/{server.wall}", f"{server.base}/regie/{server.console}"
    return {
        "wall": open_face(browser, wall, WALL, **options),
        "wall-small": open_face(browser, wall, SMALL_WALL, **options),
        "console": open_face(browser, console, LAPTOP, **options),
        "phone": phone,
    }


def photographer(found: dict[str, Face], folder: Path) -> Callable[[str], None]:
    """Return what makes a picture of every face under a name."""
    count = iter(range(1, 1000))

    def look(name: str) -> None:
        found["phone"].page.wait_for_timeout(SETTLED)
        number = f"{next(count):02}"
        for face_name, face in found.items():
            whole = face_name in {"phone", "console"}
            # a picture of a whole page moves it; a field with the cursor would move it back later
            face.page.evaluate("document.activeElement?.blur()")
            face.page.screenshot(path=folder / face_name / f"{number}-{name}.png", full_page=whole)

    return look


def main(folder: Path, language: str, scheme: str = "light") -> None:
    """Make all pictures of both modes in one language."""
    for mode, lead in MODES.items():
        setup: dict[str, Any] = {
            "mode": mode,
            "language": language if language in LANGUAGES else "nl",
            "expected": 14,
            "quorum": 8,
            "roles": ROLES,
        }
        with tempfile.TemporaryDirectory() as place, browser() as shown:
            log = Path(place) / "proef.afwsessie"
            with running(log, **setup) as server:
                found = faces(shown, server, language, color_scheme=scheme)
                look = photographer(found, folder / language / mode)
                lead(server, found["phone"], look)
                faults = {name: face.faults for name, face in found.items() if face.faults}
                assert not faults, faults


if __name__ == "__main__":
    place, *chosen = sys.argv[1:]
    for args in [chosen] if chosen else [["nl"], ["en"], ["uk"]]:
        main(Path(place), *args)
