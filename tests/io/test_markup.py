from __future__ import annotations

import pytest

from afweging.errors import DossierError
from afweging.io.markup import DEEPEST, read_html, read_xml

BILLION = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>"""


def _code(content: bytes) -> str:
    with pytest.raises(DossierError) as caught:
        read_xml(content)
    return caught.value.faults[0].code


def test_xml_is_read_without_namespaces() -> None:
    """Names and attributes lose their prefix; texts stand between the elements, in order."""
    root = read_xml(b'<w:p xmlns:w="u"><w:t w:val="1">a&lt;</w:t>b<w:t>c</w:t></w:p>')
    assert root.text() == "a<bc"
    assert [each.name for each in root.walk()] == ["", "p", "t", "t"]
    assert root.all("t")[0].attributes["val"] == "1"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BILLION, "dossier-entities"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "dossier-entities"),
        (b"<a>&b;</a>", "dossier-broken"),
        (b"<a><b></a>", "dossier-broken"),
        (b"", "dossier-broken"),
        (b"<a>" * (DEEPEST + 2), "dossier-broken"),
        (b"<a>\xff</a>", "dossier-broken"),
    ],
)
def test_what_could_do_harm_is_refused(content: bytes, code: str) -> None:
    """Entities and document types, before anything of them is used; and what is no XML."""
    assert _code(content) == code


def test_html_ends_what_may_stay_open() -> None:
    """Cells and items without an end, elements that have none, references to characters."""
    root = read_html(b"<table><tr><td>1<td>2<br>3<tr><td>4</table><ul><li>a<li>b</ul><p>&minus;5")
    assert [each.text() for each in root.all("td")] == ["1", "23", "4"]
    assert [each.text() for each in root.all("li")] == ["a", "b"]
    assert root.all("p")[0].text() == "\N{MINUS SIGN}5"


def test_html_keeps_scripts_as_they_are() -> None:
    """A block of JSON holds no elements; an end that was never opened ends nothing."""
    root = read_html(b'<body></i><script id="x">{"a":"\\u003cb>"}</script></body>')
    assert root.all("script")[0].text() == '{"a":"\\u003cb>"}'


@pytest.mark.parametrize("content", [b"\xff\xfe", b"<div>" * (DEEPEST + 2)])
def test_what_is_no_page_is_refused(content: bytes) -> None:
    """Another encoding, or endless depth."""
    with pytest.raises(DossierError):
        read_html(content)
