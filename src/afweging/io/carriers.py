"""The dossier in a document: put in, and taken out again.

DOCX: a custom XML part with a name of its own. ODT: a file in the package, listed in its
manifest. HTML: a script block of JSON, which no browser runs; in a page that has much else to
hold, packed. PDF: an attachment, which Typst puts in and `pdf` takes out.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import re
import zlib
from typing import TYPE_CHECKING, Literal
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from afweging.errors import DossierError, Fault
from afweging.io.archive import part_names, read_parts, write_parts
from afweging.io.dossier import FILE, NAME, fingerprint
from afweging.io.dossier import LARGEST as MOST
from afweging.io.markup import read_html, read_xml
from afweging.io.pdf import attachments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.io.markup import Element

Carrier = Literal["pdf", "docx", "odt", "html", "json"]

LARGEST = 128_000_000  # bytes of a file
NAMESPACE = f"urn:{NAME}:1"
PACKED = "application/gzip;base64"
DOCX_PART = f"customXml/{NAME}.xml"
DOCX_PROPERTIES = f"customXml/{NAME}-properties.xml"
DOCX_DOCUMENT, DOCX_RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
ODT_CONTENT, ODT_PART, ODT_MANIFEST = "content.xml", f"{NAME}/{FILE}", "META-INF/manifest.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PAGE = re.compile(rb"\s*(<!--.*?-->\s*)?<(!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_ESCAPE = re.compile(rb"\\(u003[cC]|.)", re.DOTALL)


def carrier_of(content: bytes) -> Carrier:
    """Return what kind of file `content` is, by what it holds and not by its name.

    Raises
    ------
    DossierError
        When it is none that can hold a dossier, or is too large to be one.
    """
    if len(content) > LARGEST:
        raise DossierError([Fault("dossier-too-large", facts={"limit": LARGEST / 1e6})])
    start = content[:1024].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in start:
        return "pdf"
    if start.startswith(b"PK"):
        return _package(part_names(content), start)
    if _PAGE.match(start):
        return "html"
    if start.lstrip().startswith(b"{"):
        return "json"
    raise DossierError([Fault("dossier-kind")])


def _package(names: frozenset[str], start: bytes) -> Carrier:
    """Return the kind of a package; an ODT says so in its first part, which is not packed."""
    if DOCX_DOCUMENT in names:
        return "docx"
    if ODT_CONTENT in names and b"application/vnd.oasis.opendocument.text" in start:
        return "odt"
    raise DossierError([Fault("dossier-kind")])


def embed(carrier: Literal["docx", "odt", "html"], content: bytes, dossier: bytes) -> bytes:
    """Return the document in `content` with `dossier` in it; packages get fixed times and order."""
    if carrier == "html":
        return _in_page(content, dossier)
    parts = read_parts(content)
    return write_parts(_in_docx(parts, dossier) if carrier == "docx" else _in_odt(parts, dossier))


def embed_packed(content: bytes, dossier: bytes) -> bytes:
    """Return the web page in `content` with `dossier` in it, packed to about a tenth."""
    packed = base64.b64encode(gzip.compress(dossier, compresslevel=9, mtime=0))
    return _in_body(content, PACKED, packed)


def _in_page(content: bytes, dossier: bytes) -> bytes:
    """Put the dossier in the page; no `<` stands in it, so nothing can end it."""
    return _in_body(content, "application/json", dossier.replace(b"<", rb"\u003c"))


def _in_body(content: bytes, kind: str, told: bytes) -> bytes:
    """Put a block of data before the end of the body."""
    block = f'<script type="{kind}" id="{NAME}">'.encode() + told + b"</script>\n"
    place = content.rfind(b"</body>")
    if place < 0:
        raise ValueError("a page has a body")
    return content[:place] + block + content[place:]


def _in_docx(parts: Mapping[str, bytes], dossier: bytes) -> dict[str, bytes]:
    """Put the dossier in a custom part, with the properties without which it gets lost."""
    said = escape(dossier.decode("utf-8"))
    kinds = {DOCX_PART: "application/xml", DOCX_PROPERTIES: PROPERTIES}
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    named = DOCX_PROPERTIES.partition("/")[2]
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{_relation('customXmlProps', named)}</Relationships>"
    )
    return {
        **parts,
        "[Content_Types].xml": _last_in(parts["[Content_Types].xml"], "Types", listed),
        DOCX_RELATIONS: _last_in(
            parts[DOCX_RELATIONS], "Relationships", _relation("customXml", f"../{DOCX_PART}")
        ),
        DOCX_PART: f'{XML}<dossier xmlns="{NAMESPACE}">{said}</dossier>'.encode(),
        f"customXml/_rels/{NAME}.xml.rels": f"{XML}{links}".encode(),
        DOCX_PROPERTIES: f"{XML}{_properties(dossier)}".encode(),
    }


def _relation(kind: str, target: str) -> str:
    return f'<Relationship Id="{NAME}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'


def _properties(dossier: bytes) -> str:
    """Return the properties of the part; its identity follows from what it holds."""
    name = str(uuid5(NAMESPACE_URL, f"{NAMESPACE}:{fingerprint(dossier)}")).upper()
    return (
        f'<ds:datastoreItem xmlns:ds="{OFFICE}/customXml" ds:itemID="{{{name}}}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def _in_odt(parts: Mapping[str, bytes], dossier: bytes) -> dict[str, bytes]:
    entry = (
        f'<manifest:file-entry manifest:full-path="{ODT_PART}"'
        ' manifest:media-type="application/json"/>'
    )
    manifest = _last_in(parts[ODT_MANIFEST], "manifest:manifest", entry)
    return {**parts, ODT_MANIFEST: manifest, ODT_PART: dossier}


def _last_in(content: bytes, element: str, added: str) -> bytes:
    """Return the XML with `added` as the last in the element that it ends with."""
    before, end, after = content.rpartition(f"</{element}>".encode())
    if not end:
        raise ValueError(f"{element} is not there")
    return before + added.encode("utf-8") + end + after


def extract(content: bytes) -> bytes:
    """Return the bytes of the dossier in a document, or in a file that is one.

    Raises
    ------
    DossierError
        When the document cannot be read, or holds no dossier or more than one.
    """
    carrier = carrier_of(content)
    if carrier == "json":
        return content.strip()
    if carrier == "pdf":
        found = attachments(content, FILE)
    elif carrier == "html":
        found = _from_page(content)
    else:
        parts = read_parts(content)
        found = _from_docx(parts) if carrier == "docx" else _from_odt(parts)
    if len(found) != 1:
        code = "dossier-many" if found else "dossier-none"
        raise DossierError([Fault(code, value=len(found))])
    return found[0]


def _from_page(content: bytes) -> list[bytes]:
    scripts = read_html(content).all("script")
    blocks = [each for each in scripts if each.attributes.get("id") == NAME]
    return [_unpacked(each) for each in blocks]


def _unpacked(block: Element) -> bytes:
    """Return the dossier in a block; no more of it is unpacked than a dossier can have."""
    told = block.text().strip().encode("utf-8")
    if block.attributes.get("type") != PACKED:
        return _ESCAPE.sub(_unescaped, told)
    try:
        unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)  # 16: gzip
        found = unpacker.decompress(base64.b64decode(told, validate=True), MOST)
    except (binascii.Error, zlib.error) as error:
        raise DossierError([Fault("dossier-broken", value=type(error).__name__)]) from None
    if not unpacker.eof and unpacker.unconsumed_tail:
        raise DossierError([Fault("dossier-too-large", facts={"limit": MOST / 1e6})])
    if not unpacker.eof or unpacker.unused_data:
        raise DossierError([Fault("dossier-broken", value="gzip")])
    return found


def _unescaped(match: re.Match[bytes]) -> bytes:
    return b"<" if match[1].lower() == b"u003c" else match[0]


def _from_docx(parts: Mapping[str, bytes]) -> list[bytes]:
    """Return what stands in our own element of any custom part: another program may rename it."""
    custom = [part for name, part in parts.items() if _is_custom(name)]
    roots = [read_xml(part) for part in custom if NAMESPACE.encode() in part]
    # the properties name the namespace too, and hold no dossier
    return [each.text().encode("utf-8") for root in roots for each in root.all("dossier")]


def _is_custom(name: str) -> bool:
    return name.startswith("customXml/") and name.endswith(".xml")


def _from_odt(parts: Mapping[str, bytes]) -> list[bytes]:
    return [part for name, part in parts.items() if name.rpartition("/")[2] == FILE]
