"""A memo described for a Dutch archive: MDTO 1.0.1 beside its documents.

One file for the memo as an information object, and one for each document of it. MDTO is the
standard of the National Archives for sustainably accessible government information
(https://www.nationaalarchief.nl/mdto); its schema fixes the order of the elements. What only an
archivist knows (who made it, how long it is kept, who may use it) is asked, not guessed; what the
standard leaves open and nobody can know here is left out.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from afweging.memo.crate import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from afweging.memo.blocks import MemoText

NAMESPACE = "https://www.nationaalarchief.nl/mdto"
SCHEMA = f"{NAMESPACE}/MDTO-XML1.0.1.xsd"
LONGEST = 80  # signs of a name, as MDTO advises
SOURCE = "afweging"
# how long a memo is kept: the two values of the list of MDTO, with their codes
VALUES: Mapping[str, tuple[str, str]] = {
    "B": ("Blijvend te bewaren", "B"),
    "V": ("Tijdelijk te bewaren", "V"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What an archive has to be told: who formed the archive, B or V, and the limits to its use."""

    creator: str
    value: str
    restriction: str


Node = tuple[str, "str | list[Node]"]


def mdto_files(
    text: MemoText, fingerprint: str, documents: Mapping[str, bytes], kept: Kept
) -> dict[str, bytes]:
    """Return the descriptions by the name of their file; the same input gives the same bytes.

    Parameters
    ----------
    text : MemoText
    fingerprint : str
        Of the dossier: what identifies the memo, in whatever format.
    documents : mapping of str to bytes
        The documents by the name of their file.
    kept : Kept

    Raises
    ------
    ValueError
        When the value is no B or V.
    """
    if kept.value not in VALUES:
        raise ValueError(f"{kept.value} is no value; there are {', '.join(VALUES)}")
    first = next(iter(documents)).rpartition(".")[0]
    found = {f"{first}.mdto.xml": _object(text, fingerprint, documents, kept)}
    for name, content in documents.items():
        found[f"{name}.bestand.mdto.xml"] = _file(text, fingerprint, name, content)
    return found


def _object(text: MemoText, fingerprint: str, documents: Mapping[str, bytes], kept: Kept) -> bytes:
    """Return the memo as an information object; the order is that of the schema."""
    label, code = VALUES[kept.value]
    made: Node = ("eventType", _term("Creatie", "Begrippenlijst Eventtypen MDTO"))
    nodes: list[Node] = [
        _identity(f"sha256:{fingerprint}"),
        ("naam", text.title[:LONGEST]),
        ("aggregatieniveau", _term("Archiefstuk", "Begrippenlijst Aggregatieniveaus MDTO")),
        ("omschrijving", f"{text.title} ({text.kind}, {text.date})"),
        ("taal", text.language),
        ("event", [made, ("eventTijd", text.date)]),
        ("waardering", _term(label, "Begrippenlijst Waarderingen MDTO", code)),
        *(
            ("heeftRepresentatie", _reference(name, _file_identity(content)))
            for name, content in documents.items()
        ),
        ("archiefvormer", _reference(kept.creator)),
        (
            "beperkingGebruik",
            [("beperkingGebruikType", _term(kept.restriction, "Opgave van de archiefvormer"))],
        ),
    ]
    return _document("informatieobject", nodes)


def _file(text: MemoText, fingerprint: str, name: str, content: bytes) -> bytes:
    """Return one document as a file; its digest was taken on the day of the memo."""
    mime = TYPES[name.rpartition(".")[2]]
    digest: list[Node] = [
        ("checksumAlgoritme", _term("SHA-256", "Begrippenlijst ChecksumAlgoritme MDTO")),
        ("checksumWaarde", hashlib.sha256(content).hexdigest()),
        ("checksumDatum", f"{text.date}T00:00:00"),
    ]
    nodes: list[Node] = [
        _identity(_file_identity(content)),
        ("naam", name),
        ("omvang", str(len(content))),
        ("bestandsformaat", _term(mime, "IANA Media types")),
        ("checksum", digest),
        ("isRepresentatieVan", _reference(text.title[:LONGEST], f"sha256:{fingerprint}")),
    ]
    return _document("bestand", nodes)


def _file_identity(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _identity(mark: str) -> Node:
    return ("identificatie", [("identificatieKenmerk", mark), ("identificatieBron", SOURCE)])


def _reference(name: str, mark: str | None = None) -> list[Node]:
    """Return a reference by name, and by identity where it has one."""
    named: list[Node] = [("verwijzingNaam", name)]
    if mark is not None:
        _, inside = _identity(mark)
        named.append(("verwijzingIdentificatie", inside))
    return named


def _term(label: str, listed: str, code: str | None = None) -> list[Node]:
    """Return a term of a list."""
    coded: list[Node] = [] if code is None else [("begripCode", code)]
    return [("begripLabel", label), *coded, ("begripBegrippenlijst", _reference(listed))]


def _document(kind: str, nodes: list[Node]) -> bytes:
    start = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<MDTO xmlns="{NAMESPACE}"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{NAMESPACE} {SCHEMA}">\n'
    )
    lines = "\n".join(_lines([(kind, nodes)], 1))
    return f"{start}{lines}\n</MDTO>\n".encode()


def _lines(nodes: Iterable[Node], depth: int) -> Iterable[str]:
    tabs = "\t" * depth
    for name, inside in nodes:
        if isinstance(inside, str):
            yield f"{tabs}<{name}>{escape(inside)}</{name}>"
        else:
            yield f"{tabs}<{name}>"
            yield from _lines(inside, depth + 1)
            yield f"{tabs}</{name}>"
