from __future__ import annotations

import re
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.live.running import Person, Running, listening

from afweging.live.voice import languages

ODD_TEXTS = st.text(max_size=40) | st.sampled_from(
    ["\x00", "\u202e", "<script>", "x" * 300, "../nl", "nl\r\nSet-Cookie: a=b", "{{ 7*7 }}", "%"]
)
FORMS = st.dictionaries(
    st.sampled_from(["language", "role", "name", "consent", "invitation", "extra"]), ODD_TEXTS
).map(lambda fields: urlencode(fields, errors="surrogatepass").encode())


def test_a_seat_goes_on_with_another_device(sealed: Running) -> None:
    """The facilitator hands a seat over; the former device is out, what it gave stays."""
    lead = sealed.facilitator()
    lead.next()
    person = sealed.person()
    lead.go_to("r1_open")
    person.submit(100, 1, 2, 3)
    with listening(f"{sealed.base}/api/deelnemer/stream", person.client) as stream:
        next(stream)
        link = lead.do("replace_device", seat=1)["link"]
        assert ("elsewhere", {}) in list(stream)
    out = person.client.get(f"{sealed.base}/api/deelnemer/snapshot")
    assert (out.status_code, out.json()["code"]) == (401, "elsewhere")
    assert person.client.get(f"{sealed.base}/deelnemer").status_code == 401
    other = Person(sealed.base, sealed.client())
    assert other.client.get(sealed.base + link).headers["location"] == "/deelnemer"
    assert other.view["rounds"]["1"]["swings"] == [100, 1, 2, 3]
    assert sealed.client().get(f"{sealed.base}/plaats/{'x' * 32}").status_code == 404


def test_who_comes_back_keeps_the_seat(sealed: Running) -> None:
    """The same browser returns to the same seat, from the first page too."""
    sealed.facilitator().next()
    person = sealed.person()
    assert person.client.get(f"{sealed.base}/").headers["location"] == "/deelnemer"
    assert person.join(sealed.code).status_code == 303
    assert len(sealed.room.state.seats) == 1


def test_codes_can_be_typed_loosely_but_not_guessed(sealed: Running) -> None:
    """Small letters and spaces are fine; after twenty wrong codes even the right one waits."""
    sealed.facilitator().next()
    loose = f" {sealed.code[:3].lower()}-{sealed.code[3:].lower()} "
    assert Person(sealed.base, sealed.client()).join(loose).status_code == 303
    stranger = Person(sealed.base, sealed.client())
    answers = [stranger.join("AAAAAA") for _ in range(25)]
    assert [each.status_code for each in answers[:19]] == [403] * 19
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert stranger.join(sealed.code).status_code == 429
    assert len(sealed.room.state.seats) == 1


def from_address(server: Running, address: str) -> Person:
    """Return a browser on another address of this machine."""
    transport = httpx.HTTPTransport(local_address=address)
    server.clients.append(httpx.Client(transport=transport))
    return Person(server.base, server.clients[-1])


def test_who_guesses_everywhere_does_not_keep_out_the_qr_code(sealed: Running) -> None:
    """Codes wait once too many are tried in all; the link behind the QR code goes on working."""
    sealed.facilitator().next()
    stranger = from_address(sealed, "127.0.0.10")
    assert stranger.join("AAAAAA").status_code == 403
    for number in range(900):  # as from many more addresses than this machine has
        sealed.house.attempts.failed(f"198.51.{number % 256}.7")
    honest = from_address(sealed, "127.0.0.99")
    assert honest.join(sealed.code).status_code == 429
    page = honest.client.get(sealed.house.join_url)
    assert sealed.code in page.text
    invitation = re.findall(r'name="invitation" value="([^"]+)"', page.text)
    assert invitation == [sealed.house.links.invitation]
    assert honest.join("", invitation=invitation[0]).status_code == 303
    wrong = from_address(sealed, "127.0.0.99").join("", invitation=f"{invitation[0]}x")
    assert wrong.status_code == 429


def test_a_link_that_is_no_invitation_fills_in_what_could_be_a_code(one: Running) -> None:
    """A code as it is; what is longer is left out, and nothing is let in by it."""
    client = one.client()
    assert 'value="nek-3yt"' in client.get(f"{one.base}/j/nek-3yt").text
    odd = client.get(f"{one.base}/j/{'x' * 300}").text
    assert "xxx" not in odd
    assert "invitation" not in odd


@pytest.mark.parametrize(
    ("asked", "language"),
    [("pl-PL,pl;q=0.9", "pl"), ("uk", "uk"), ("fr, ro;q=0.5", "ro"), ("plt", "nl"), ("", "nl")],
)
def test_the_first_page_speaks_the_language_of_the_browser(
    asked: str, language: str, one: Running
) -> None:
    """The first language of the browser that we have; otherwise that of the room."""
    page = one.client().get(f"{one.base}/", headers={"accept-language": asked}).text
    assert f'<html lang="{language}">' in page
    for code in languages():  # every language is offered in its own name
        assert f'lang="{code}" hreflang="{code}"' in page


def test_a_seat_is_spoken_to_in_its_own_language(one: Running) -> None:
    """Pages, refusals and faults come in the language in which a person joined."""
    person = Person(one.base, one.client())
    assert person.join(one.code, language="pl").status_code == 303
    page = person.client.get(f"{one.base}/deelnemer").text
    assert '<html lang="pl">' in page
    assert "Bierzesz udział" in page
    refused = person.ask("submit", round=1, swings=[100, 1, 2, 3], key="sleutel-01")
    assert refused.json()["message"] == "Runda 1 nie jest jeszcze otwarta."
    assert person.ask("nonsense").json()["message"].startswith("Ta wiadomość")
    assert "Tej strony nie ma." in person.client.get(f"{one.base}/nergens").text
    wrong = Person(one.base, one.client()).join("AAAAAA", language="uk")
    assert "Цей код неправильний" in wrong.text


@pytest.mark.parametrize("language", ["xx", "../nl", "\0", "", "nl\n"])
def test_a_language_that_is_not_there_is_not_taken(language: str, one: Running) -> None:
    """Whatever a form says, a seat has a language that we speak."""
    answer = Person(one.base, one.client()).join(one.code, language=language)
    assert answer.status_code == 303
    assert max(one.room.state.seats.items())[1].language == "nl"


def test_whatever_the_form_holds_is_answered_with_a_page(one: Running) -> None:
    """A seat or a sentence; what was sent stands in no page as HTML, and in no header."""

    @settings(max_examples=40, derandomize=True, deadline=None)
    @given(content=FORMS | st.binary(max_size=60), with_code=st.booleans())
    def send(content: bytes, with_code: object) -> None:
        code = f"&code={one.code}".encode() if with_code else b""
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = client.post(f"{one.base}/join", content=content + code, headers=headers)
        client.cookies.clear()
        assert answer.status_code in {303, 400, 403, 409, 429}, content
        assert "<script>" not in answer.text
        assert answer.is_redirect == ("set-cookie" in answer.headers)
        assert answer.headers.get("set-cookie", "seat=").startswith("seat=")

    client = one.client()
    send()
