from __future__ import annotations

import base64
from dataclasses import replace
from html.parser import HTMLParser

from afweging.memo.blocks import Block, MemoText
from afweging.memo.html import html_page

LABELS = {
    "fingerprint": "Vingerafdruk",
    "explain": "Uitleg:",
    "qr": "QR-code",
    "concept": "Concept",
}
ODD = "a<b> & \"c\" 'd'"
TEXT = MemoText(
    language="nl",
    kind="memo",
    title=ODD,
    date="2026-11-25",
    concept=True,
    blocks=(
        Block("heading", "one.1", level=1, lines=(ODD,)),
        Block("heading", "one.2", level=2, lines=("Kop",)),
        Block("list", "one.3", lines=("een", ODD)),
        Block("table", "one.4", lines=(ODD,), heads=("naam", "getal"), rows=((ODD, "0,5"),)),
        Block("figure", "one.5", lines=("Bijschrift", ODD), svg="<svg>é</svg>"),
    ),
)


class Reader(HTMLParser):
    """Collects the elements of a page and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element and its attributes."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of all elements with a name."""
        return [attributes for name, attributes in self.found if name == tag]


def _read(*, concept: bool = True) -> Reader:
    reader = Reader()
    reader.feed(html_page(replace(TEXT, concept=concept), LABELS, "ab" * 32, "<svg/>"))
    return reader


def test_a_draft_has_a_mark_that_stays() -> None:
    """A bar and large letters, for the eye only; a final page has neither."""
    marks = [each for each in _read().found if each[1].get("class") in {"bar", "mark"}]
    assert [each[1]["aria-hidden"] for each in marks] == ["true", "true"]
    assert _read().texts.count("Concept") == 2
    assert "Concept" not in _read(concept=False).texts


def test_odd_text_is_text() -> None:
    """What means something in HTML is shown as it is, wherever it stands."""
    page = _read()
    assert page.texts.count(ODD) == 6  # title twice, heading, item, caption, cell
    assert page.all("b") == []
    assert page.all("img")[0]["alt"] == ODD


def test_the_page_says_its_language_and_its_parts() -> None:
    """One language, one main part, headings in steps of one, heads of columns and rows."""
    page = _read()
    assert page.all("html") == [{"lang": "nl"}]
    assert len(page.all("main")) == 1
    levels = [int(tag[1]) for tag, _ in page.found if tag in {"h1", "h2", "h3", "h4"}]
    assert levels == [1, 2, 3, 2]
    assert [each["scope"] for each in page.all("th")] == ["col", "col", "row"]
    assert page.all("div")[1]["aria-labelledby"] == page.all("caption")[0]["id"]
    names = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(names) == len(set(names))


def test_pictures_are_inside_the_page() -> None:
    """Nothing is fetched: each picture is its SVG, byte for byte."""
    page = _read()
    start = "data:image/svg+xml;base64,"
    sources = [str(image["src"]) for image in page.all("img")]
    assert all(source.startswith(start) for source in sources)
    assert base64.b64decode(sources[0].removeprefix(start)).decode("utf-8") == "<svg>é</svg>"
    assert page.all("script") == page.all("link") == []
