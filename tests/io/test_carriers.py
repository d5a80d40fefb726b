from __future__ import annotations

import base64
import gzip
import re
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.folders import sentences

from afweging.errors import DossierError
from afweging.io.archive import read_parts, write_parts
from afweging.io.canonical import canonical_json
from afweging.io.carriers import PACKED, carrier_of, embed, embed_packed, extract
from afweging.io.markup import read_html, read_xml

Made = Literal["docx", "odt", "html"]

DOCX = write_parts(
    {
        "[Content_Types].xml": b'<Types xmlns="c"></Types>',
        "word/document.xml": b"<document/>",
        "word/_rels/document.xml.rels": b'<Relationships xmlns="r"></Relationships>',
        "customXml/item1.xml": b"<other/>",
    }
)
ODT = write_parts(
    {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": b'<manifest:manifest xmlns:manifest="m"></manifest:manifest>',
        "content.xml": b"<document-content/>",
    }
)
HTML = b"<!DOCTYPE html>\n<html><body><p>72,5</p></body></html>"
FILES: dict[Made, bytes] = {"docx": DOCX, "odt": ODT, "html": HTML}
ODD = re.compile("[\ufffe\uffff]")
AWKWARD = canonical_json({"a": "</script><!-- & ]]> \\u003c \\ \"' \n\u2028 ż", "b": [0.1, 1e20]})


@pytest.mark.parametrize("carrier", FILES)
def test_a_dossier_comes_out_as_it_went_in(carrier: Made) -> None:
    """Byte for byte, with all that means something to XML, HTML or JSON; twice the same file."""
    made = embed(carrier, FILES[carrier], AWKWARD)
    assert made == embed(carrier, FILES[carrier], AWKWARD)
    assert carrier_of(made) == carrier
    assert extract(made) == AWKWARD


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.text(max_size=9), st.text() | st.floats(allow_nan=False, width=16)))
def test_any_dossier_comes_out_as_it_went_in(said: dict[str, str | float]) -> None:
    """Except for characters that XML cannot hold, which no problem holds either."""
    infinite = (float("inf"), float("-inf"))
    plain = {k: v for k, v in said.items() if v not in infinite and not ODD.search(f"{k}{v}")}
    content = canonical_json(plain)
    for carrier, file in FILES.items():
        assert extract(embed(carrier, file, content)) == content


@pytest.mark.parametrize("dossier", [AWKWARD, b"{}", canonical_json({"a": "0" * 200_000})])
def test_a_packed_dossier_comes_out_as_it_went_in(dossier: bytes) -> None:
    """Byte for byte, with no time or name of a file in it; a large one takes little room."""
    made = embed_packed(HTML, dossier)
    assert extract(made) == dossier
    assert made == embed_packed(HTML, dossier)
    assert len(made) < len(HTML) + 2_000
    assert read_html(made).all("p")[0].text() == "72,5"


def _packed(told: bytes) -> bytes:
    """Return a page with something in the place of a packed dossier."""
    block = f'<script type="{PACKED}" id="afweging-dossier">'.encode() + told + b"</script>"
    return HTML.replace(b"</body>", block + b"</body>")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (b"{}", "dossier-broken"),
        (base64.b64encode(b"no gzip"), "dossier-broken"),
        (base64.b64encode(gzip.compress(AWKWARD)[:-9]), "dossier-broken"),
        (base64.b64encode(gzip.compress(AWKWARD) + b"more"), "dossier-broken"),
        (base64.b64encode(gzip.compress(bytes(70_000_000))), "dossier-too-large"),
    ],
    ids=["no base64", "no gzip", "cut off", "something after it", "bomb"],
)
def test_a_packed_dossier_that_is_not_sound_is_refused(told: bytes, code: str) -> None:
    """And no more is unpacked than a dossier can have."""
    with pytest.raises(DossierError) as caught:
        extract(_packed(told))
    assert [fault.code for fault in caught.value.faults] == [code]


def test_the_page_and_the_packages_stay_what_they_were() -> None:
    """The text of the page, and every part of a package; the parts that list them stay XML."""
    assert read_html(embed("html", HTML, AWKWARD)).all("p")[0].text() == "72,5"
    made = read_parts(embed("docx", DOCX, AWKWARD))
    assert made["customXml/item1.xml"] == b"<other/>"
    links = read_xml(made["word/_rels/document.xml.rels"]).all("Relationship")
    assert [link.attributes["Target"] for link in links] == ["../customXml/afweging-dossier.xml"]
    listed = read_xml(read_parts(embed("odt", ODT, AWKWARD))["META-INF/manifest.xml"])
    assert [each.attributes["full-path"] for each in listed.all("file-entry")] == [
        "afweging-dossier/afweging-dossier.json"
    ]


def test_a_custom_part_has_properties() -> None:
    """Without them a word processor drops it; their identity is that of the dossier."""
    made = read_parts(embed("docx", DOCX, AWKWARD))
    links = read_xml(made["customXml/_rels/afweging-dossier.xml.rels"]).all("Relationship")
    assert f"customXml/{links[0].attributes['Target']}" in made
    properties = made["customXml/afweging-dossier-properties.xml"]
    (item,) = read_xml(properties).all("datastoreItem")
    other = read_parts(embed("docx", DOCX, b"{}"))["customXml/afweging-dossier-properties.xml"]
    assert len(item.attributes["itemID"]) == 38
    assert other != properties
    listed = read_xml(made["[Content_Types].xml"]).all("Override")
    assert {each.attributes["PartName"].removeprefix("/") for each in listed} <= made.keys()


def test_a_part_that_was_renamed_is_found() -> None:
    """A word processor numbers the custom parts anew."""
    parts = read_parts(embed("docx", DOCX, AWKWARD))
    parts["customXml/item7.xml"] = parts.pop("customXml/afweging-dossier.xml")
    assert extract(write_parts(parts)) == AWKWARD


def test_a_dossier_alone_is_one() -> None:
    """A JSON file, with or without a line end."""
    assert extract(b'{"a":1}\n') == b'{"a":1}'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "dossier-kind"),
        (b"plain text", "dossier-kind"),
        (DOCX, "dossier-none"),
        (ODT, "dossier-none"),
        (HTML, "dossier-none"),
        (write_parts({"mimetype": b"application/epub+zip"}), "dossier-kind"),
        (b"PK\x03\x04broken", "dossier-broken"),
        (b"%PDF-1.7 nothing else", "dossier-broken"),
        (embed("html", embed("html", HTML, AWKWARD), AWKWARD), "dossier-many"),
    ],
)
def test_what_holds_no_dossier_is_refused(content: bytes, code: str) -> None:
    """With a sentence in both languages."""
    with pytest.raises(DossierError) as caught:
        extract(content)
    assert [fault.code for fault in caught.value.faults] == [code]
    sentences(caught.value.faults)
