"""The three faces of a session in a real browser: whole sessions, and what people do with them."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from tests.functional.live_server import program
from tests.live.browsing import LAPTOP, PHONE, SMALL_WALL, WALL, Face, open_face
from tests.live.browsing import browser as start_browser
from tests.live.leading import (
    MODES,
    ROLES,
    company,
    fill_points,
    give,
    give_on_phone,
    join,
)
from tests.live.running import running, wait_until
from tests.live.whole import SHOWS

from afweging.live.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from tests.live.running import Running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser for all tests of this module."""
    with start_browser() as found:
        yield found


@contextmanager
def session(folder: Path, **changes: Any) -> Iterator[Running]:  # noqa: ANN401
    """Run a server with a session of two roles."""
    given: dict[str, Any] = {"roles": ROLES, "quorum": 2} | changes
    with running(folder / "proef.afwsessie", **given) as server:
        yield server


def phone_in(browser: Browser, server: Running, **options: Any) -> Face:  # noqa: ANN401
    """Return a phone that took a seat."""
    face = open_face(browser, f"{server.base}/j/{server.code}", PHONE, has_touch=True, **options)
    join(server, face)
    return face


def console_of(browser: Browser, server: Running, **options: Any) -> Face:  # noqa: ANN401
    """Return the console."""
    size = options.pop("size", LAPTOP)
    face = open_face(browser, f"{server.base}/regie/{server.console}", size, **options)
    face.page.locator("#stage").wait_for()
    return face


def wall_of(browser: Browser, server: Running, **options: Any) -> Face:  # noqa: ANN401
    """Return the wall."""
    size = options.pop("size", WALL)
    face = open_face(browser, f"{server.base}/scherm/{server.wall}", size, **options)
    face.page.locator(".wall footer").wait_for()
    return face


def inspector(server: Running, faces: dict[str, Face]) -> Callable[[str], None]:
    """Return what checks every face that looks other than before."""
    seen: dict[str, str] = {}

    def look(name: str) -> None:
        settle(server, faces)
        for face_name, face in faces.items():
            # times, counts and hashes make no other page
            shown = re.sub(r"[0-9a-f]{8,}|[0-9]+", "0", face.page.content())
            if seen.get(face_name) == shown:
                continue
            seen[face_name] = shown
            look_at(face, face_name, f"{face_name} {name}")

    return look


def settle(server: Running, faces: dict[str, Face]) -> None:
    """Wait until every screen shows what the server says."""
    html = server.wall_view()["html"]
    for name, place in (("wall", "#frame"), ("wall-small", "#frame"), ("console", ".preview")):
        page = faces[name].page
        wait_until(lambda page=page, place=place: page.evaluate(SHOWS, [html, place]))  # type: ignore[misc]


def look_at(face: Face, name: str, where: str) -> None:
    """Check one face: the small wall for its size only, the others for all."""
    if name.startswith("wall"):
        face.check_wall(where)
    if name != "wall-small":
        face.check(where)
    if name == "phone":
        face.check_targets(44)
        face.check_narrow(320, where)
    if name == "console":
        face.check_targets(24)
        face.check_narrow(LAPTOP["width"] // 2, where)


@pytest.mark.parametrize(("mode", "language"), [("sealed", "nl"), ("open", "en")])
def test_a_whole_session_is_accessible_and_fits(
    mode: str, language: str, browser: Browser, tmp_path: Path
) -> None:
    """In every state no face breaks WCAG, scrolls on the wall, or asks for anything elsewhere.

    In light and dark, at 200 % zoom, and at 320 pixels on a phone; without motion.
    """
    with session(tmp_path, mode=mode, language=language, expected=14) as server:
        faces = {
            "wall": wall_of(browser, server),
            "wall-small": wall_of(browser, server, size=SMALL_WALL),
            "console": console_of(browser, server),
            "phone": open_face(browser, f"{server.base}/?lang={language}", PHONE, has_touch=True),
        }
        MODES[mode](server, faces["phone"], inspector(server, faces))
        assert {name: face.faults for name, face in faces.items() if face.faults} == {}


# --- participants ---------------------------------------------------------------------------------


def to_round_1(server: Running) -> None:
    """Open round 1."""
    server.facilitator().go_to("r1_open")


def test_weights_are_given_with_the_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    """Every step can be done with Tab, the arrows, Space and Enter."""
    with session(tmp_path) as server:
        server.facilitator().next()
        face = phone_in(browser, server)
        to_round_1(server)
        page, keys = face.page, face.page.keyboard
        expect(page.locator("#ranges-next")).to_be_visible()
        tab_to(face, "#ranges-next button")
        keys.press("Enter")
        tab_to(face, 'input[name="biggest"]')
        keys.press("ArrowDown")
        tab_to(face, "#s-biggest .main")
        keys.press("Enter")
        for place, value in ((0, "40"), (2, "70"), (3, "10")):
            tab_to(face, f'[data-place="{place}"] input[type="text"]')
            keys.type(value)
        tab_to(face, '[data-place="3"] [data-step="5"]')
        keys.press("Space")
        assert page.locator('[data-place="3"] input[type="text"]').input_value() == "15"
        for step in ("bars", "checks"):
            tab_to(face, f"#s-{step} .main")
            keys.press("Enter")
        tab_to(face, "#send")
        keys.press("Enter")
        expect(page.locator("#receipt-code")).not_to_be_empty()
        given = server.room.state.round(1).submissions[1]
        assert page.locator("#receipt-code").text_content() == given.receipt
        assert given.swings == (40.0, 100.0, 70.0, 15.0)


def tab_to(face: Face, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(80):
        face.page.keyboard.press("Tab")
        if face.page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_people_choose_their_own_language(browser: Browser, tmp_path: Path) -> None:
    """A link on the first page changes its language, and the seat keeps it."""
    with session(tmp_path, language="nl") as server:
        server.facilitator().next()
        face = open_face(browser, f"{server.base}/j/{server.code}", PHONE, locale="nl-NL")
        page = face.page
        expect(page.locator("h1")).to_have_text("Doe mee")
        page.get_by_role("link", name="English").click()
        expect(page.locator("h1")).to_have_text("Join in")
        assert page.locator("#code").input_value() == server.code
        page.locator("form button.main").click()
        expect(page.locator("#s-wait h1")).to_have_text("You are in")
        assert server.room.state.seats[1].language == "en"


@pytest.mark.parametrize("language", ["ro", "uk"])
def test_weights_are_given_in_another_language(
    language: str, browser: Browser, tmp_path: Path
) -> None:
    """From joining to the receipt all is in the language chosen; the problem is marked Dutch."""
    voice, wide = Voice(language), []
    with session(tmp_path, mode="open") as server:
        server.facilitator().next()
        face = open_face(browser, f"{server.base}/j/{server.code}", PHONE, locale="nl-NL")
        page = face.page

        def look(name: str) -> None:
            face.check(f"{language} {name}")
            assert "[en]" not in page.inner_text("body")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(name)

        page.get_by_role("link", name=voice.plain("language.name"), exact=True).click()
        expect(page.locator("h1")).to_have_text(voice.plain("join.title"))
        look("join")
        page.locator("form button.main").click()
        expect(page.locator("#s-wait h1")).to_have_text(voice.plain("wait.title"))
        to_round_1(server)
        page.locator("#ranges-next").wait_for()
        give_on_phone(face, look)
        look("receipt")
        assert server.room.state.seats[1].language == language
        expect(page.locator("#s-receipt h1")).to_have_text(voice.plain("receipt.title"))
        name = page.locator("#confirm-weights li span").first
        assert name.get_attribute("lang") == "nl"
        legend = page.locator("#check-0 label span[lang=nl]").first
        assert legend.text_content() == "Regionale arbeidsmarkt"
    assert wide == []


def test_nothing_is_filled_in_beforehand(browser: Browser, tmp_path: Path) -> None:
    """Points start empty, and going on without one is refused with a word about it."""
    with session(tmp_path) as server:
        server.facilitator().next()
        face = phone_in(browser, server)
        to_round_1(server)
        page = face.page
        page.locator("#ranges-next button").click()
        page.locator("#s-biggest .main").click()
        expect(page.locator("#s-biggest [data-error]")).to_be_visible()
        page.locator("#biggest-1").check()
        page.locator("#s-biggest .main").click()
        fields = page.locator('#s-bars input[type="text"]:visible')
        assert [fields.nth(at).input_value() for at in range(3)] == ["", "", ""]
        page.locator("#s-bars .main").click()
        expect(page.locator("#s-bars [data-error]")).to_be_visible()
        assert face.faults == []


def test_a_draft_outlives_a_reload(browser: Browser, tmp_path: Path) -> None:
    """What was filled in and not sent is there after the page is loaded again."""
    with session(tmp_path) as server:
        server.facilitator().next()
        face = phone_in(browser, server)
        to_round_1(server)
        page = face.page
        page.locator("#ranges-next button").click()
        page.locator("#biggest-2").check()
        page.locator("#s-biggest .main").click()
        fill_points(face, (60, 45))
        page.reload()
        page.locator("#s-bars").wait_for()
        fields = page.locator('#s-bars input[type="text"]:visible')
        assert [fields.nth(at).input_value() for at in range(3)] == ["60", "45", ""]


def test_an_answer_outlives_a_lost_connection(browser: Browser, tmp_path: Path) -> None:
    """What is sent without a connection is stored once, as soon as there is one again."""
    with session(tmp_path) as server:
        server.facilitator().next()
        face = phone_in(browser, server)
        to_round_1(server)
        page = face.page
        page.locator("#ranges-next button").click()
        page.locator("#biggest-2").check()
        page.locator("#s-biggest .main").click()
        fill_points(face, (60, 45, 20))
        page.locator("#s-bars .main").click()
        page.locator("#s-checks .main").click()
        page.context.set_offline(True)
        page.locator("#send").click()
        expect(page.locator("#error")).to_be_visible()
        assert not server.room.state.round(1).submissions
        page.context.set_offline(False)
        expect(page.locator("#receipt-code")).not_to_be_empty(timeout=20_000)
        given = server.room.state.round(1).submissions[1]
        assert (given.swings, given.revisions) == ((60.0, 100.0, 45.0, 20.0), 0)


def test_a_network_that_blocks_streams_is_no_obstacle(browser: Browser, tmp_path: Path) -> None:
    """Where no stream comes through, snapshots are fetched, and the session goes on."""
    with session(tmp_path) as server:
        leader = server.facilitator()
        leader.next()
        face = open_face(browser, f"{server.base}/j/{server.code}", PHONE)
        face.page.route("**/api/deelnemer/stream", lambda route: route.abort())
        join(server, face)
        leader.next()
        expect(face.page.locator("#s-ranges")).to_be_visible(timeout=15_000)
        expect(face.page.locator("#link")).to_have_attribute("data-state", "online")
        leader.next()
        give_on_phone(face, lambda _: None)
        assert len(server.room.state.round(1).submissions) == 1


def test_a_server_that_starts_again_is_found_again(browser: Browser, tmp_path: Path) -> None:
    """After a restart phone and wall go on by themselves, without a new code."""
    log = tmp_path / "proef.afwsessie"
    with running(log) as server:
        server.facilitator().next()
        face, wall = phone_in(browser, server), wall_of(browser, server)
        port, code = urlsplit(server.base).port, server.code
    expect(wall.page.locator("#reconnecting")).to_be_visible()
    expect(wall.page.locator(".panel-lobby")).to_be_visible()
    with running(log, port=port or 0) as server:
        assert server.code == code
        server.facilitator().next()
        expect(face.page.locator("#s-ranges")).to_be_visible(timeout=20_000)
        expect(wall.page.locator(".panel-question")).to_be_visible(timeout=20_000)
        expect(wall.page.locator("#reconnecting")).to_be_hidden()


def test_a_second_window_takes_over(browser: Browser, tmp_path: Path) -> None:
    """The first window says that the session goes on elsewhere, and can take it back."""
    with session(tmp_path) as server:
        server.facilitator().next()
        face = phone_in(browser, server)
        other = face.page.context.new_page()
        other.goto(f"{server.base}/deelnemer")
        other.locator("#s-wait").wait_for()
        expect(face.page.locator("#s-elsewhere")).to_be_visible()
        face.page.locator("#take").click()
        expect(face.page.locator("#s-wait")).to_be_visible()
        expect(other.locator("#s-elsewhere")).to_be_visible()


def test_the_receipts_stay_on_a_phone_whose_link_was_erased(
    browser: Browser, tmp_path: Path
) -> None:
    """When the session is purged, what a person can check later is still on the screen."""
    with session(tmp_path, rounds=1, quorum=1) as server:
        lead = server.facilitator()
        lead.next()
        face = phone_in(browser, server)
        to_round_1(server)
        give_on_phone(face, lambda _: None)
        lead.seal()
        while lead.view["stage"] != "discuss":
            lead.next()
        lead.do("ask_freeze")
        lead.do("freeze", digest=lead.view["asked"])
        lead.do("set_decision", text="Wij kiezen.", conditions=[])
        lead.next()
        lead.do("mark_exported")
        lead.next()
        receipt = face.page.locator("#end-receipts")
        expect(receipt).to_be_visible()
        said = receipt.text_content()
        with face.page.expect_response(lambda answer: answer.status == 401):
            lead.do("purge", reason="proef")
        expect(receipt).to_have_text(said or "")
        assert face.page.url.endswith("/deelnemer")


def test_a_mismatch_is_said_and_never_blocks(browser: Browser, tmp_path: Path) -> None:
    """An answer that differs from the points is pointed out; one may keep it and go on."""
    with session(tmp_path, language="nl") as server:
        server.facilitator().next()
        face = phone_in(browser, server, locale="nl-NL")
        to_round_1(server)
        page = face.page
        page.locator("#ranges-next button").click()
        page.locator("#biggest-2").check()
        page.locator("#s-biggest .main").click()
        fill_points(face, (90, 45, 20))
        page.locator("#s-bars .main").click()
        page.locator("#check-0-a").check()
        expect(page.locator("#check-0 .verdict")).to_contain_text(
            "de halve sprong bij Regionale arbeidsmarkt is 50 punten, "
            "de hele sprong bij Regionale economie is 90 punten"
        )
        page.locator("#check-0 summary").click()
        expect(page.locator("#check-0 .between")).to_contain_text("euro per gewerkt uur")
        page.locator("#check-0 [data-keep]").click()
        page.locator("#s-checks .main").click()
        page.locator("#send").click()
        expect(page.locator("#receipt-code")).not_to_be_empty()
        assert server.room.state.round(1).submissions[1].checks == ("kept",)
        assert face.faults == []


def test_an_answer_can_be_changed_until_the_round_closes(browser: Browser, tmp_path: Path) -> None:
    """A second answer replaces the first, and gets another receipt."""
    with session(tmp_path) as server:
        server.facilitator().next()
        face = phone_in(browser, server)
        to_round_1(server)
        give_on_phone(face, lambda _: None)
        first = face.page.locator("#receipt-code").text_content()
        face.page.locator("[data-change]").click()
        fill_points(face, (80, 45, 20))
        face.page.locator("#s-bars .main").click()
        face.page.locator("#s-checks .main").click()
        face.page.locator("#send").click()
        expect(face.page.locator("#receipt-code")).not_to_have_text(first or "")
        given = server.room.state.round(1).submissions[1]
        assert (given.swings, given.revisions) == ((80.0, 100.0, 45.0, 20.0), 1)


@pytest.mark.parametrize("width", [320, 360])
def test_a_phone_never_scrolls_sideways(width: int, browser: Browser, tmp_path: Path) -> None:
    """No screen is wider than a small phone, nor than 640 pixels at 200 % zoom."""
    with session(tmp_path) as server:
        server.facilitator().next()
        size = {"width": width, "height": 640}
        face = open_face(browser, f"{server.base}/j/{server.code}", size)  # type: ignore[arg-type]
        wide: list[str] = []

        def look(name: str) -> None:
            if face.page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append(name)

        look("join")
        join(server, face)
        to_round_1(server)
        face.page.locator("#ranges-next").wait_for()
        look("ranges")
        face.page.locator("#as-table").click()
        look("ranges as a table")
        give_on_phone(face, look)
        look("receipt")
        assert wide == []


CHECKS = """async ([points, biggest, answers, adjusted]) => {
  const { questions, verdicts } = await import('/static/checks.js');
  const asked = questions(points, biggest);
  return [asked.map(({ a, b }) => [a, b]), verdicts(asked, answers, adjusted)];
}"""
PARSED = """async (texts) => {
  const { parse, weightsOf } = await import('/static/give.js');
  return [texts.map(parse), weightsOf([100, 50, 50]), weightsOf([100, null]), weightsOf([])];
}"""


def test_trade_off_questions_follow_from_the_points(browser: Browser, tmp_path: Path) -> None:
    """Half the biggest beside the next, and the biggest beside the next two together."""
    cases: list[tuple[list[Any], list[Any], list[str]]] = [
        # points, biggest, answers, adjusted; what stands beside what; what is reported
        ([[60, 100, 45, 20], 1, ["a", "a"], [False, False]], [[50, 60], [100, 105]], ["agree"] * 2),
        ([[90, 100, 80], 1, ["a", "a"], [False, False]], [[50, 90], [100, 170]], ["kept"] * 2),
        ([[20, 100, 10], 1, ["b", "e"], [False, False]], [[50, 20], [100, 30]], ["kept"] * 2),
        ([[60, 100, 45], 1, ["e", None], [True, False]], [[50, 60], [100, 105]], ["adjusted"]),
        ([[100, 30], 0, ["a", None], [False, False]], [[50, 30]], ["agree"]),
        ([[100], 0, [None, None], [False, False]], [], []),
    ]
    with session(tmp_path) as server:
        face = open_face(browser, f"{server.base}/", PHONE)
        for given, beside, reported in cases:
            assert face.page.evaluate(CHECKS, given) == [beside, reported], given


def test_points_are_whole_numbers_up_to_100(browser: Browser, tmp_path: Path) -> None:
    """What is no number leaves the field empty; weights wait for all points."""
    with session(tmp_path) as server:
        server.facilitator().next()
        face = phone_in(browser, server)
        texts = ["", "0", " 40 ", "100", "250", "-5", "4,5", "1e2", "abc"]
        points = [None, 0, 40, 100, 100, None, None, None, None]
        found = face.page.evaluate(PARSED, texts)
        assert found == [points, [0.5, 0.25, 0.25], None, None]


def test_motion_stops_on_request(browser: Browser, tmp_path: Path) -> None:
    """With reduced motion nothing on the wall moves."""
    with session(tmp_path) as server:
        wall = wall_of(browser, server, reduced_motion="reduce")
        server.facilitator().go_to("lobby")
        moving = "document.getAnimations().length"
        wall.page.locator(".panel-lobby").wait_for()
        assert wall.page.evaluate(moving) == 0


def test_the_key_t_shows_tables(browser: Browser, tmp_path: Path) -> None:
    """Each chart has a table that says the same, behind the key T, on the wall and on a phone."""
    with session(tmp_path, mode="open") as server:
        leader = server.facilitator()
        leader.next()
        phone = phone_in(browser, server)
        people = company(server)
        leader.next()
        leader.next()
        phone.page.locator("#ranges-next").wait_for()
        give_on_phone(phone, lambda _: None)
        give(people)
        wall = wall_of(browser, server)
        for panel in ("spread", "outcome"):
            if leader.view["panel"] != panel:
                leader.do("show_panel", panel=panel)
            wall.page.locator(f".panel-{panel} .chart").wait_for()
            wall.page.keyboard.press("t")
            expect(wall.page.locator(".twin")).to_be_visible()
            expect(wall.page.locator(".chart")).to_be_hidden()
            wall.check_wall(panel)
            wall.check(panel)
            wall.page.keyboard.press("t")
        expect(phone.page.locator("#spread-chart")).to_be_visible()
        phone.page.locator("#s-spread h1").click()
        phone.page.keyboard.press("t")
        expect(phone.page.locator("#spread-table")).to_be_visible()
        phone.check("spread as a table")


# --- the console ----------------------------------------------------------------------------------


def test_the_console_leads_a_session(browser: Browser, tmp_path: Path) -> None:
    """Setup, moves, panels, freezing in two steps, the decision and the export go by hand."""
    with session(tmp_path, rounds=1) as server:
        face = console_of(browser, server)
        page = face.page
        page.locator("#setup-expected").fill("9")
        page.get_by_role("button", name="Bewaar de opzet").click()
        expect(page.locator(".counts").first).to_contain_text("0 van 9")
        page.locator("#next").click()
        people = company(server)
        expect(page.locator("#seats-title")).to_contain_text("11")
        _next_until(face, "ronde 1 open")
        give(people[:1])
        page.locator("#next-reason").fill("wij gaan verder")
        page.locator("#next").click()
        expect(page.locator("#stage")).to_have_text("ronde 1 gesloten")
        expect(page.locator(".barrier")).to_be_hidden(timeout=10_000)
        _next_until(face, "gesprek")
        page.locator("#panel-outcome").click()
        expect(page.locator(".preview .panel-outcome")).to_be_visible()
        page.locator("#freeze-ask").click()
        page.locator("#freeze-do").click()
        expect(page.locator("#stage")).to_have_text("gewichten vastgelegd")
        page.locator("#decision-text").fill("Wij kiezen.\nEn wel nu.")
        page.locator("#decision-conditions").fill("Mits het past.\nEn wordt gemeten.")
        page.get_by_role("button", name="Bewaar het besluit").click()
        expect(page.locator(".barrier")).to_be_hidden()
        page.locator("#next").click()
        page.locator("#export").click()
        expect(page.locator("#export-link")).to_be_visible()
        page.locator("#next").click()
        expect(page.locator("#stage")).to_have_text("afgesloten")
        page.locator("#purge-reason").fill("proef")
        page.locator("#purge-sure").check()
        page.get_by_role("button", name="Ruim de sessie op").click()
        expect(page.locator("#stage")).to_have_text("opgeruimd")
        said = server.room.state.decision
        assert said is not None
        assert said.conditions == ("Mits het past.", "En wordt gemeten.")
        assert face.faults == []


def _next_until(face: Face, stage: str) -> None:
    for _ in range(6):
        if face.page.locator("#stage").text_content() == stage:
            return
        now = face.page.locator("#stage").text_content()
        face.page.locator("#next").click()
        expect(face.page.locator("#stage")).not_to_have_text(now or "")
    raise AssertionError(f"the session does not come to {stage}")


def test_the_console_goes_on_with_the_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    """Next, a panel, a pause and the blank wall are reached with Tab and pressed with Enter."""
    with session(tmp_path) as server:
        leader = server.facilitator()
        leader.next()
        company(server)
        face = console_of(browser, server)
        for selector, done in (
            ("#next", lambda: server.room.state.stage == "explain"),
            ("#panel-options", lambda: server.room.state.panel == "options"),
            ("#pause", lambda: server.room.state.paused),
            ("#blank", lambda: server.room.state.blank),
        ):
            tab_to(face, selector)
            face.page.keyboard.press("Enter")
            wait_until(done)
        assert face.faults == []


def test_a_what_if_moves_and_is_stored_only_when_adopted(browser: Browser, tmp_path: Path) -> None:
    """Dragging one lens moves the others and says what follows; adopting it is an event."""
    with session(tmp_path, rounds=1) as server:
        leader = server.facilitator()
        leader.next()
        people = company(server)
        leader.go_to("r1_open")
        give(people)
        leader.seal()
        leader.go_to("discuss")
        face = console_of(browser, server)
        page, seq = face.page, server.room.state.seq
        page.locator("#whatif-1").fill("60")
        expect(page.locator("#whatif-found table").first).to_be_visible()
        expect(page.locator('[type="number"][data-lens]').first).to_have_value("60")
        sliders = page.locator('#whatif input[type="range"]')
        shown = [int(sliders.nth(at).input_value()) for at in range(4)]
        assert shown[0] == 60
        assert abs(sum(shown) - 100) <= 2
        assert server.room.state.seq == seq
        page.locator("#adopt-reason").fill("de groep wil dit")
        page.get_by_role("button", name="Neem over").click()
        expect(page.locator("#freeze")).to_contain_text("overgenomen verkenning")
        adopted = server.room.state.adopted
        assert adopted is not None
        assert abs(adopted.weights[0] - 0.6) < 1e-9
        face.check("what-if")


def test_dragging_moves_the_wall_of_an_open_session(browser: Browser, tmp_path: Path) -> None:
    """In an open session a slider on the console is the weights on the wall."""
    with session(tmp_path, mode="open") as server:
        leader = server.facilitator()
        leader.go_to("r1_open")
        console, wall = console_of(browser, server), wall_of(browser, server)
        console.page.locator("#whatif-2").fill("70")
        expect(wall.page.locator(".legend")).to_contain_text("70")
        table = server.room.state.table
        assert table is not None
        assert abs(table.weights[1] - 0.7) < 1e-9
        console.page.locator("#table-release").click(timeout=15_000)
        expect(wall.page.locator(".legend")).to_be_hidden()
        assert console.faults == wall.faults == []


def test_the_console_fills_in_for_who_has_no_phone(browser: Browser, tmp_path: Path) -> None:
    """A seat without a phone is added, filled in and removed on the console."""
    with session(tmp_path) as server:
        leader = server.facilitator()
        leader.next()
        face = console_of(browser, server)
        page = face.page
        page.locator("#proxy-role").select_option(ROLES[0])
        page.get_by_role("button", name="Plaats zonder telefoon toevoegen").click()
        expect(page.locator("#seat-1")).to_be_visible()
        leader.go_to("r1_open")
        page.locator("#seat-1 summary").click()
        for place, value in enumerate((30, 100, 50, 20), start=1):
            page.locator(f"#proxy-1-{place}").fill(str(value))
        page.get_by_role("button", name="Verstuur voor deze plaats").click()
        expect(page.locator(".counts")).to_contain_text("Gegeven1")
        given = server.room.state.round(1).submissions[1]
        assert (given.swings, given.proxy) == ((30.0, 100.0, 50.0, 20.0), True)
        page.locator("#manage summary").click()
        page.locator("#remove-seat").fill("1")
        page.locator("#remove-reason").fill("dubbel")
        page.get_by_role("button", name="Haal weg").click()
        expect(page.locator("#seat-1")).to_have_count(0)
        assert face.faults == []


def test_a_seat_moves_to_another_device(browser: Browser, tmp_path: Path) -> None:
    """The console makes a link; the new device has the seat, and the former one is told so."""
    with session(tmp_path) as server:
        server.facilitator().next()
        former, face = phone_in(browser, server), console_of(browser, server)
        face.page.locator("#manage summary").click()
        face.page.locator("#replace-seat").fill("1")
        face.page.get_by_role("button", name="Ander apparaat").click()
        said = face.page.locator("#new-link")
        expect(said).to_contain_text("/plaats/")
        link = (said.text_content() or "").split()[-1]
        other = open_face(browser, link, PHONE)
        expect(other.page.locator("#seat")).to_contain_text("1")
        expect(former.page.locator("#s-elsewhere")).to_be_visible()
        former.page.locator("#take").click()
        expect(former.page.locator("h1")).to_be_visible()
        former.check("the former device")
        assert len(server.room.state.seats) == 1


def test_a_press_counts_whatever_falls_into_it(browser: Browser, tmp_path: Path) -> None:
    """A button that is pressed while a snapshot comes is still the same button when let go."""
    with session(tmp_path) as server:
        server.facilitator().go_to("lobby")
        server.people(2)
        face = console_of(browser, server)
        page, seats = face.page, face.page.locator("#seats-title")
        expect(seats).to_contain_text("2")
        page.locator("#next").hover()
        page.mouse.down()
        server.people(1)
        expect(seats).to_contain_text("3")
        page.mouse.up()
        wait_until(lambda: server.room.state.stage == "explain")
        assert face.faults == []


FOCUS = """() => {
  const active = document.activeElement;
  return active === document.body ? null : active.id || active.className || active.nodeName;
}"""


def test_focus_stays_or_goes_to_the_head_of_its_part(browser: Browser, tmp_path: Path) -> None:
    """What has no name of its own keeps the focus; of what is gone the head of the part gets it."""
    with session(tmp_path, rounds=1) as server:
        leader = server.facilitator()
        leader.go_to("lobby")
        face = console_of(browser, server)
        page, seats = face.page, face.page.locator("#seats-title")
        for focused in (page.locator(".preview").first, page.locator("summary").first):
            people = company(server)
            expect(seats).to_contain_text(str(len(server.room.state.seats)))
            focused.focus()
            mine = page.evaluate(FOCUS)
            server.people(1)
            expect(seats).to_contain_text(str(len(server.room.state.seats)))
            assert page.evaluate(FOCUS) == mine is not None
        leader.go_to("r1_open")
        give(people)
        leader.seal()
        leader.go_to("discuss")
        for pressed, head in (("freeze-ask", "freeze-title"), ("freeze-do", "freeze-title")):
            page.locator(f"#{pressed}").focus()
            page.keyboard.press("Enter")
            expect(page.locator(f"#{pressed}")).to_have_count(0)
            assert page.evaluate(FOCUS) == head
        assert face.faults == []


def test_what_is_typed_outlives_fresh_snapshots(browser: Browser, tmp_path: Path) -> None:
    """A snapshot that comes while the facilitator types leaves the text and the cursor alone."""
    with session(tmp_path) as server:
        leader = server.facilitator()
        leader.go_to("lobby")
        face = console_of(browser, server)
        field = face.page.locator("#setup-roles")
        field.fill("gemeente")
        server.people(3)
        expect(face.page.locator("#seats-title")).to_contain_text("3")
        leader.do("overlay", action="pause")
        face.page.keyboard.type("raad")
        assert field.input_value() == "gemeenteraad"
        assert face.page.evaluate("document.activeElement.id") == "setup-roles"


def test_the_console_works_at_twice_the_size(browser: Browser, tmp_path: Path) -> None:
    """At 200 % zoom the console is one column without sideways scrolling."""
    with session(tmp_path) as server:
        size = {"width": 720, "height": 450}
        face = console_of(browser, server, size=size, device_scale_factor=2)
        face.check("200 %")


# --- the look ---


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_file_restyles_every_face(scheme: str, browser: Browser, tmp_path: Path) -> None:
    """With --theme all faces have the colours of the file, in light and in dark."""
    style = tmp_path / "huisstijl.css"
    dark = "@media (prefers-color-scheme: dark) { :root { --paper: #001a2c; --sheet: #00263f } }"
    style.write_text(":root { --paper: #fff8e0; --quick: 0ms; --font: serif; } " + dark)
    paper = {"light": "#fff8e0", "dark": "#001a2c"}[scheme]
    look = "getComputedStyle(document.body)"
    with program(tmp_path / "proef.afwsessie", "--theme", str(style)) as server:
        links = re.findall(r"http\S+/(?:regie|scherm)/\S+", server.said)
        assert len(links) == 2
        for url in (f"{server.base}/", *links):
            face = open_face(browser, url, LAPTOP, color_scheme=scheme)
            assert face.page.evaluate(f"{look}.getPropertyValue('--paper')") == paper
            assert face.page.evaluate(f"{look}.fontFamily") == "serif"
            assert face.faults == []


# --- pages without a role -------------------------------------------------------------------------


def test_the_network_check_says_that_it_works(browser: Browser, tmp_path: Path) -> None:
    """On a good network every line of the check is fine."""
    with session(tmp_path) as server:
        face = open_face(browser, f"{server.base}/netwerk?lang=nl", PHONE, locale="nl-NL")
        expect(face.page.locator("#verdict")).to_have_text(
            "Alles werkt. U kunt meedoen.", timeout=15_000
        )
        face.check("network check")


def test_a_wrong_code_is_said_in_place(browser: Browser, tmp_path: Path) -> None:
    """Who types a wrong code stays on the page and reads why; an unknown page says so."""
    with session(tmp_path) as server:
        server.facilitator().next()
        face = open_face(browser, f"{server.base}/?lang=nl", PHONE)
        face.page.locator("#code").fill("AAAAAA")
        face.page.locator("form button.main").click()
        expect(face.page.locator('[role="alert"]')).to_be_visible()
        face.check("wrong code")
        face.page.goto(f"{server.base}/nergens")
        face.check("no such page")
