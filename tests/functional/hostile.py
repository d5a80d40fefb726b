"""Files that are made to harm who reads them, by name; run as a program, to verify them all.

As a program it has little memory, and says of each file how it was refused and in what time.
"""

from __future__ import annotations

import io
import json
import resource
import struct
import sys
import time
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

MEMORY = 1_200_000_000  # bytes of address space; what is imported takes a third of it
FORM = '"format":"afweging-dossier/1"'
PAGES = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
PAGE = b"<</Type/Page/Parent 2 0 R>>"


def files() -> dict[str, bytes]:
    """Return the files by what is wrong with them."""
    return {**_packages(), **_pages(), **_dossiers(), **_pdfs()}


def _package(*parts: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, part in parts:
            package.writestr(name, part)
    return stream.getvalue()


def _packages() -> dict[str, bytes]:
    document = ("word/document.xml", b"<a/>")
    inner = _package(("x", bytes(30_000_000)))
    nested = _package(document, *((f"{k}.zip", inner) for k in range(9)))
    entities = "".join(f'<!ENTITY b{k} "{f"&b{k - 1};" * 9 if k else "ha"}">' for k in range(12))
    laughs = f"<!DOCTYPE a [{entities}]><a>&b11;</a>".encode()
    outside = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    locked = bytearray(_package(document))
    locked[6] |= 1
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    return {
        "bomb": _package(("word/document.xml", bytes(200_000_000))),
        "nested": nested,
        "many": _package(document, *((f"f{k}", b"") for k in range(9_000))),
        "overlapping": _overlapping(),
        "twice": _package(document, document),
        "laughs": _package(("word/document.xml", laughs), ("customXml/a.xml", _named(laughs))),
        "outside": _package(("word/document.xml", outside), ("customXml/a.xml", _named(outside))),
        "truncated": nested[: len(nested) // 2],
        "locked package": bytes(locked),
        "wide": _package(
            ("word/document.xml", b"<a/>"),
            ("customXml/a.xml", _named(b"<a>" + b"<b/>" * 400_000 + b"</a>")),
        ),
    }


def _named(content: bytes) -> bytes:
    return content + b"<!--urn:afweging-dossier:1-->"


def _overlapping() -> bytes:
    """Return a package whose many entries are all the same place in the file."""
    data = zlib.compress(bytes(20_000_000), 9)[2:-4]
    name, count = b"word/document.xml", 2_000
    sizes = struct.pack("<3L", 0, len(data), 20_000_000)
    local = b"PK\x03\x04" + struct.pack("<5H", 20, 0, 8, 0, 33) + sizes
    local += struct.pack("<2H", len(name), 0) + name + data
    names = [name, *(f"f{k:016}".encode() for k in range(1, count))]
    entries = b"".join(
        b"PK\x01\x02" + struct.pack("<6H", 20, 20, 0, 8, 0, 33) + sizes
        + struct.pack("<5H2L", len(each), 0, 0, 0, 0, 0, 0) + each
        for each in names
    )  # fmt: skip
    end = struct.pack("<4H2LH", 0, 0, count, count, len(entries), len(local), 0)
    return local + entries + b"PK\x05\x06" + end


def _pages() -> dict[str, bytes]:
    start = b"<!DOCTYPE html><html><body>"
    return {
        "deep page": start + b"<div>" * 100_000,
        "wide page": start + b"<p>x" * 1_000_000,
        "page in another code": "<!DOCTYPE html><html>é".encode("utf-16-le"),
        "page in Latin": start + b"\xe9",
    }


def _dossiers() -> dict[str, bytes]:
    return {
        "deep": b'{"a":' * 100_000,
        "deep lists": f'{{{FORM},"a":{"[" * 100_000}'.encode(),
        "gigantic number": f'{{{FORM},"x":{"9" * 3_000_000}}}'.encode(),
        "gigantic power": f'{{{FORM},"x":1e999999999}}'.encode(),
        "a key twice": f"{{{FORM},{FORM}}}".encode(),
        "no finite number": f'{{{FORM},"x":NaN}}'.encode(),
        "another code": f'{{{FORM},"x":"é"}}'.encode("latin-1"),
        "changed version": b'{"format":"afweging-dossier/99"}',
        "other form": b'{"format":"afweging-dossier/one"}',
        "nothing": b"",
    }


def _pdf(*objects: bytes) -> bytes:
    found, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(found))
        found += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + rows
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return found + table + end % (len(objects) + 1, len(found))


def _pdfs() -> dict[str, bytes]:
    names = b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 4 0 R>>>>"
    packed = zlib.compress(bytes(300_000_000), 9)
    attached = (
        b"<</Names[(afweging-dossier.json)<</Type/Filespec/F(afweging-dossier.json)"
        b"/UF(afweging-dossier.json)/EF<</F 5 0 R>>>>]>>"
    )
    stream = b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed)
    loop = b"<</Type/Pages/Count 2/Kids[2 0 R 3 0 R]>>"
    return {
        "no PDF": b"%PDF-1.7 and nothing more",
        "PDF in circles": _pdf(b"<</Type/Catalog/Pages 2 0 R>>", loop, loop),
        "names in circles": _pdf(names, PAGES, PAGE, b"<</Kids[4 0 R 4 0 R]>>"),
        "PDF that is itself": _pdf(b"1 0 R"),
        "huge stream": _pdf(names, PAGES, PAGE, attached, stream),
        "locked PDF": _locked(),
    }


def _locked() -> bytes:
    import pikepdf

    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = io.BytesIO()
        pdf.save(stream, encryption=pikepdf.Encryption(owner="a", user="b"))
    return stream.getvalue()


def main() -> None:
    """Verify each file with little memory; write what came of it as JSON."""
    from afweging.errors import AfwegingError
    from afweging.memo.verify import verify

    found = {}
    hostile = files()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name, content in hostile.items():
        start = time.process_time()
        try:
            verify(content)
            code = "verified"
        except AfwegingError as error:
            code = error.faults[0].code
        found[name] = (code, time.process_time() - start)
    found["memory"] = ("", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
