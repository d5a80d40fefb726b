from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.live.running import brabant
from tests.live.scenes import JOIN, console, content, every_room, on_wall, room, wall

from afweging.live import pages
from afweging.live.content import participant_content
from afweging.live.voice import Voice, languages
from afweging.model import session_command as ask
from afweging.wording import Words

STATIC = Path(pages.__file__).parent / "static"
EVIL = "<script>alert('&\"')</script>"
VOID = {"meta", "link", "input", "img", "br"}
SETUP = {"session": "s1", "mode": "sealed", "naming": "named", "roles": ["staten", EVIL]}


class Form(HTMLParser):
    """Checks that tags are closed, and collects what a strict policy does not allow."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.feed(page)
        self.close()
        self.faults += [f"{tag} is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag."""
        given = dict(attrs)
        self.faults += [f"{tag} {name}" for name in given if name == "style" or name[:2] == "on"]
        if tag == "style" or (tag == "script" and "src" not in given and "type" not in given):
            self.faults.append(f"{tag} in the page")
        if given.get("id"):
            self.ids.append(str(given["id"]))
        for name in ("src", "href", "action"):
            if re.match(r"(https?:)?//", given.get(name) or ""):
                self.faults.append(f"{tag} {name}={given[name]}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"/{tag} out of place")


def assert_fine(page: str) -> None:
    """Look for what is not well formed, is there twice, or breaks the policy."""
    form = Form(page)
    assert form.faults == []
    assert len(form.ids) == len(set(form.ids))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_hold_nothing_that_a_strict_policy_forbids(language: str) -> None:
    """No inline script or style, no address elsewhere, no id twice, every tag closed."""
    words = Words(language)  # type: ignore[arg-type]
    model = participant_content(brabant()[0], words)
    for page in (
        pages.join_page(words, code="ACD346", fault="Fout", setup=SETUP, title="Titel"),
        pages.participant_page(words, setup=SETUP, model=model, csrf="c" * 32),
        pages.projector_page(words),
        pages.console_page(words, csrf="c" * 32),
        pages.closed_elsewhere_page(words),
        pages.fault_page(words, code="gone"),
        pages.check_page(words),
    ):
        assert_fine(page)
        assert f'<html lang="{language}">' in page


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("mode", ["sealed", "open"])
def test_frames_of_every_state_are_well_formed(mode: str, language: str) -> None:
    """The wall and the console can be drawn in every stage, with every panel."""
    words = Words(language)  # type: ignore[arg-type]
    for each in every_room(mode):
        view = wall(each)
        assert_fine(pages.projector_frame(view, words, content=content(language), join=JOIN))
        frame = pages.console_frame(
            console(each), words, content=content(language), join=JOIN, wall=view
        )
        assert_fine(frame)


def test_a_participant_page_is_small() -> None:
    """With its style and scripts it is at most 60 KB on the way."""
    words = Words("nl")
    model = participant_content(brabant()[0], words)
    page = pages.participant_page(words, setup=SETUP, model=model, csrf="c" * 32)
    names = ["theme.css", "page.css", "participant.css"]
    names += [f"{name}.js" for name in ("participant", "dom", "draft", "give", "checks")]
    names += ["spread.js", "stream.js"]
    parts = [page.encode(), *((STATIC / name).read_bytes() for name in names)]
    assert sum(len(gzip.compress(part)) for part in parts) <= 60_000


def test_what_people_write_is_text() -> None:
    """Markup in a reason, a role or a decision is shown as it was typed."""
    found = room("r1_open", people=6)
    for seat in range(1, 7):
        found.submit(seat, reason=EVIL)
    found.seal()
    found.next()
    for reason in found.state.reasons.values():
        found.do(ask.Moderate(reason.code, "quote"))
    found.do(ask.ShowPanel("reasons"))
    words = Words("nl")
    frame = pages.projector_frame(wall(found), words, content=content("nl"))
    desk = pages.console_frame(console(found), words, content=content("nl"), wall=wall(found))
    join = pages.join_page(words, code=EVIL, fault=EVIL, setup=SETUP)
    for page in (frame, desk, join):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_data_of_a_page_cannot_end_its_script() -> None:
    """The data that the script reads hold no markup, whatever the session is called."""
    words = Words("nl")
    model = participant_content(brabant()[0], words)
    setup = SETUP | {"session": EVIL}
    page = pages.participant_page(words, setup=setup, model=model, csrf="c" * 32)
    assert "<script>alert" not in page


def test_a_blank_wall_shows_nothing() -> None:
    """While the projector is blank no content reaches it."""
    found = room("discuss")
    found.do(ask.Overlay("blank"))
    frame = pages.projector_frame(wall(found), Words("nl"), content=content("nl"), join=JOIN)
    assert "zwart" in frame
    assert JOIN["code"] not in frame


def test_the_heading_fits_the_page_around_it() -> None:
    """In the preview the wall has a lower heading than on the projector."""
    view = on_wall("outcome", "discuss")
    frame = pages.projector_frame(view, Words("nl"), content=content("nl"), level=3)
    assert 'aria-level="3"' in frame
    assert 'aria-level="1"' not in frame


def test_a_page_in_a_language_without_a_file_says_so_in_place() -> None:
    """The page is in the language that was asked for, each text in English marked as such."""
    page = pages.join_page(Words("en"), code=None, fault=None, language="fr")
    assert '<html lang="fr">' in page
    assert '<span class="other" lang="en"><small>[en]</small> Join</span>' in page


@pytest.mark.parametrize("language", languages())
def test_every_page_of_a_participant_is_in_the_language_chosen(language: str) -> None:
    """No text of ours falls back, and what the problem says is marked where it is Dutch."""
    voice = Voice(language)
    model = participant_content(brabant()[0], voice)
    setup = SETUP | {"roles": ["staten"], "language": "nl"}
    names = [
        pages.join_page(voice, code="ACD346", fault=None, setup=setup, title="Titel"),
        pages.participant_page(voice, setup=setup, model=model, csrf="c" * 32),
    ]
    others = [
        pages.closed_elsewhere_page(voice),
        pages.fault_page(voice, code="gone"),
        pages.check_page(voice),
    ]
    for page in names + others:
        assert_fine(page)
        assert f'<html lang="{language}">' in page
        assert "[en]" not in page
        body = page.replace('<html lang="nl">', "").replace('hreflang="nl"', "")
        assert (' lang="nl">' in body) == (page in names and language != "nl")


def test_names_of_lenses_are_marked_where_they_are_in_another_language() -> None:
    """A screen reader changes its voice for a Dutch name in a page in Romanian."""
    voice = Voice("ro")
    model = participant_content(brabant()[0], voice)
    page = pages.participant_page(voice, setup=SETUP, model=model, csrf="c" * 32)
    for lens in model["lenses"]:  # type: ignore[attr-defined]
        assert f'<legend lang="nl">{lens["name"]}</legend>' in page
        assert f'<h2 lang="nl">{lens["name"]}</h2>' in page


def test_a_fault_has_a_sentence_whatever_its_code() -> None:
    """A code without words has those of a failure; a sentence that is given is shown."""
    words = Words("nl")
    assert words.text("live.fault.gone") in pages.fault_page(words, code="gone")
    assert words.text("live.fault.failed") in pages.fault_page(words, code="no-such-code")
    assert "Zo niet." in pages.fault_page(words, code="x", message="Zo niet.")


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_scripts_import_only_what_is_there(path: Path) -> None:
    """Every module that a script imports is a file beside it."""
    for name in re.findall(r'from "\./([\w.]+)"', path.read_text(encoding="utf-8")):
        assert (STATIC / name).is_file()


@pytest.mark.parametrize("path", sorted(STATIC.iterdir()), ids=lambda path: path.name)
def test_own_files_name_no_other_place(path: Path) -> None:
    """No script or style holds an address of another machine."""
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "://" not in text
