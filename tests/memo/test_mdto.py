"""MDTO by the rules of its schema 1.0.1: which elements, how often, and in what order.

The schema itself is not in the repository; its rules stand here as tables, from the published
descriptions of the elements.
"""

from __future__ import annotations

import hashlib
from xml.etree import ElementTree as ET

import pytest

from afweging.memo.blocks import MemoText
from afweging.memo.mdto import LONGEST, NAMESPACE, Kept, mdto_files

TEXT = MemoText("nl", "memo", "Welk kantoor & waarom? " * 5, "2026-11-25", concept=False, blocks=())
DOCUMENTS = {"kantoor-memo-nl.pdf": b"%PDF", "kantoor-memo-nl.odt": b"PK"}
KEPT = Kept("Provincie <Noord-Brabant>", "B", "Openbaar")

# per element its children in order, with the least and the most of them; None for any number
ONE, MAYBE, SOME, ANY = (1, 1), (0, 1), (1, None), (0, None)
Count = tuple[int, int | None]
RULES: dict[str, list[tuple[str, Count]]] = {
    "MDTO": [("informatieobject", MAYBE), ("bestand", MAYBE)],
    "informatieobject": [
        ("identificatie", SOME),
        ("naam", ONE),
        ("aggregatieniveau", MAYBE),
        ("classificatie", ANY),
        ("trefwoord", ANY),
        ("omschrijving", ANY),
        ("raadpleeglocatie", ANY),
        ("dekkingInTijd", ANY),
        ("dekkingInRuimte", ANY),
        ("taal", ANY),
        ("event", ANY),
        ("waardering", ONE),
        ("bewaartermijn", MAYBE),
        ("informatiecategorie", MAYBE),
        ("isOnderdeelVan", ANY),
        ("bevatOnderdeel", ANY),
        ("heeftRepresentatie", ANY),
        ("aanvullendeMetagegevens", ANY),
        ("gerelateerdInformatieobject", ANY),
        ("archiefvormer", SOME),
        ("betrokkene", ANY),
        ("activiteit", ANY),
        ("beperkingGebruik", SOME),
    ],
    "bestand": [
        ("identificatie", SOME),
        ("naam", ONE),
        ("omvang", ONE),
        ("bestandsformaat", ONE),
        ("checksum", SOME),
        ("URLBestand", MAYBE),
        ("isRepresentatieVan", ONE),
    ],
    "checksum": [("checksumAlgoritme", ONE), ("checksumWaarde", ONE), ("checksumDatum", ONE)],
    "event": [
        ("eventType", ONE),
        ("eventTijd", MAYBE),
        ("eventVerantwoordelijkeActor", MAYBE),
        ("eventResultaat", MAYBE),
    ],
    "beperkingGebruik": [
        ("beperkingGebruikType", ONE),
        ("beperkingGebruikNadereBeschrijving", MAYBE),
        ("beperkingGebruikDocumentatie", ANY),
        ("beperkingGebruikTermijn", MAYBE),
    ],
}
IDENTITY: list[tuple[str, Count]] = [("identificatieKenmerk", ONE), ("identificatieBron", ONE)]
REFERENCE: list[tuple[str, Count]] = [("verwijzingNaam", ONE), ("verwijzingIdentificatie", MAYBE)]
TERM: list[tuple[str, Count]] = [
    ("begripLabel", ONE),
    ("begripCode", MAYBE),
    ("begripBegrippenlijst", ONE),
]
RULES |= dict.fromkeys(("identificatie", "verwijzingIdentificatie"), IDENTITY)
RULES |= dict.fromkeys(
    ("heeftRepresentatie", "isRepresentatieVan", "archiefvormer", "begripBegrippenlijst"), REFERENCE
)
TERMS = "aggregatieniveau waardering eventType bestandsformaat checksumAlgoritme"
RULES |= dict.fromkeys((*TERMS.split(), "beperkingGebruikType"), TERM)


def _check(element: ET.Element) -> None:
    name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    inside = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]
    if name not in RULES:
        assert inside == [], name
        assert (element.text or "").strip(), name
        return
    order = [child for child, _ in RULES[name]]
    assert inside == sorted(inside, key=order.index), name
    for child, (least, most) in RULES[name]:
        assert inside.count(child) >= least, (name, child)
        assert most is None or inside.count(child) <= most, (name, child)
    for part in element:
        _check(part)


def _trees() -> dict[str, ET.Element]:
    files = mdto_files(TEXT, "ab" * 32, DOCUMENTS, KEPT)
    return {name: ET.fromstring(content) for name, content in files.items()}  # noqa: S314 - ours


def test_every_description_follows_the_schema() -> None:
    """Elements, their number and their order; one file for the memo and one per document."""
    trees = _trees()
    assert list(trees) == [
        "kantoor-memo-nl.mdto.xml",
        "kantoor-memo-nl.pdf.bestand.mdto.xml",
        "kantoor-memo-nl.odt.bestand.mdto.xml",
    ]
    for tree in trees.values():
        assert tree.tag == f"{{{NAMESPACE}}}MDTO"
        _check(tree)


def test_the_memo_and_its_documents_name_each_other() -> None:
    """By digests that a reader can compute; a long name is cut, signs of XML are escaped."""
    memo, *files = _trees().values()
    at = {"m": NAMESPACE}
    path = (
        "m:informatieobject/m:heeftRepresentatie/m:verwijzingIdentificatie/m:identificatieKenmerk"
    )
    named = [each.text for each in memo.findall(path, at)]
    digests = [hashlib.sha256(content).hexdigest() for content in DOCUMENTS.values()]
    assert named == [f"sha256:{digest}" for digest in digests]
    for tree, digest, content in zip(files, digests, DOCUMENTS.values(), strict=True):
        assert tree.findtext("m:bestand/m:checksum/m:checksumWaarde", "", at) == digest
        assert tree.findtext("m:bestand/m:omvang", "", at) == str(len(content))
    own = memo.findtext("m:informatieobject/m:naam", "", at)
    assert own == TEXT.title[:LONGEST]
    creator = memo.findtext("m:informatieobject/m:archiefvormer/m:verwijzingNaam", "", at)
    assert creator == "Provincie <Noord-Brabant>"
    value = memo.findtext("m:informatieobject/m:waardering/m:begripCode", "", at)
    assert value == "B"


def test_a_value_is_one_of_the_list() -> None:
    """To keep or to destroy; the program does not choose."""
    with pytest.raises(ValueError, match="X"):
        mdto_files(TEXT, "ab" * 32, DOCUMENTS, Kept("P", "X", "Openbaar"))
