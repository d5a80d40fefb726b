"""Ways to falsify a number in a memo as DOCX, ODT or HTML, one at a time, for tests.

Each takes a memo and gives it back with one thing changed that a reader could be misled by.
"""

from __future__ import annotations

import base64
import re
import struct
import zlib
from typing import TYPE_CHECKING

from afweging.io.archive import read_parts, write_parts
from afweging.io.dossier import FILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from afweging.io.carriers import Carrier

    Tamper = Callable[[bytes, Random], bytes]

# an escaped sign, as &#39;, has digits that are no number
NUMBER = re.compile(r"(?<![&#0-9])[-−]?[0-9]+(?:[.,][0-9]+)*(?![0-9]*;)")
DIGIT = re.compile(rb"[0-9](?![0-9a-f]*;)")  # no part of &#39;
SVG = re.compile(rb'src="data:image/svg\+xml;base64,([^"]+)"')
SHOWN = {"docx": "word/document.xml", "odt": "content.xml"}
TITLES = {"docx": "docProps/core.xml", "odt": "meta.xml"}
HIDDEN = {"docx": "customXml/afweging-dossier.xml", "odt": f"afweging-dossier/{FILE}"}
ROWS = {
    "docx": re.compile(rb"<w:tr>.*?</w:tr>|<w:tr .*?</w:tr>", re.DOTALL),
    "odt": re.compile(rb"<table:table-row>.*?</table:table-row>", re.DOTALL),
    "html": re.compile(rb"<tr>.*?</tr>", re.DOTALL),
}
TEXTS = re.compile(rb">([^<]*[0-9][^<]*)<")
TOLD = re.compile(rb'(?:docPr descr|alt)="([^"]*[0-9][^"]*)"')
DESCRIBED = re.compile(rb"<svg:desc>([^<]*[0-9][^<]*)</svg:desc>")


def changed(content: bytes, spans: list[tuple[int, int]], random: Random) -> bytes:
    """Return the content with one digit in one of the spans made another."""
    found: list[int] = []
    while not found:
        start, end = random.choice(spans)
        found = [start + match.start() for match in DIGIT.finditer(content[start:end])]
    place = random.choice(found)
    other = random.choice([digit for digit in b"0123456789" if digit != content[place]])
    return content[:place] + bytes([other]) + content[place + 1 :]


def number_falsified(text: str, random: Random) -> str:
    """Return the text with one of its numbers made another, in one of many ways."""
    match = random.choice(list(NUMBER.finditer(text)))
    ways = [_digit, _swapped, _shorter, _longer, _comma, _sign, _split]
    found = match[0]
    while found == match[0]:
        found = random.choice(ways)(match[0], random)
    return text[: match.start()] + found + text[match.end() :]


def _place(number: str, random: Random) -> int:
    return random.choice([k for k, sign in enumerate(number) if sign.isdigit()])


def _digit(number: str, random: Random) -> str:
    k = _place(number, random)
    return number[:k] + random.choice("0123456789") + number[k + 1 :]


def _swapped(number: str, random: Random) -> str:
    k = _place(number, random)
    pair = number[k : k + 2]
    return number[:k] + pair[::-1] + number[k + 2 :] if pair.isdigit() else number


def _shorter(number: str, random: Random) -> str:
    k = _place(number, random)
    return number[:k] + number[k + 1 :]


def _longer(number: str, random: Random) -> str:
    k = _place(number, random)
    return number[:k] + random.choice("0123456789") + number[k:]


def _comma(number: str, random: Random) -> str:
    whole = number.replace(",", "", 1).replace(".", "", 1)
    inner = [k for k in range(1, len(whole)) if whole[k - 1].isdigit()]
    k = random.choice(inner) if inner else 0
    return f"{whole[:k]},{whole[k:]}" if k else number


def _sign(number: str, _: Random) -> str:
    return number[1:] if number[0] in "-−" else f"−{number}"


def _split(number: str, random: Random) -> str:
    k = _place(number, random)
    return number[:k] + " " + number[k:] if number[:k][-1:].isdigit() else number


def falsified(content: bytes, spans: list[tuple[int, int]], random: Random) -> bytes:
    """Return markup with a number in one of the spans made another."""
    whole = [span for span in spans if NUMBER.search(content[slice(*span)].decode())]
    start, end = random.choice(whole)
    found = number_falsified(content[start:end].decode(), random)
    return content[:start] + found.encode() + content[end:]


def tampers(carrier: Carrier) -> dict[str, Tamper]:
    """Return the ways to falsify a memo of one format, by name."""
    if carrier == "html":
        return dict(_PAGE)
    return {name: _office(carrier, way) for name, way in _OFFICE.items()}


# --- a page -------------------------------------------------------------------------------------


def _page_text(content: bytes, random: Random) -> bytes:
    start, end = content.index(b"<body"), content.index(b"<script")
    return falsified(content, [m.span(1) for m in TEXTS.finditer(content, start, end)], random)


def _page_told(content: bytes, random: Random) -> bytes:
    return falsified(content, [match.span(1) for match in TOLD.finditer(content)], random)


def _page_title(content: bytes, random: Random) -> bytes:
    return content.replace(b"</title>", b" %d</title>" % random.randrange(100), 1)


def _page_picture(content: bytes, random: Random) -> bytes:
    """Change a digit in a picture: in a text, a place or the length of a bar."""
    match = random.choice(list(SVG.finditer(content)))
    picture = base64.b64decode(match[1])
    drawn = changed(picture, [(0, len(picture))], random)
    return content[: match.start(1)] + base64.b64encode(drawn) + content[match.end(1) :]


def _page_rows(content: bytes, random: Random) -> bytes:
    return _rows("html", content, random)


def _page_dossier(content: bytes, random: Random) -> bytes:
    start = content.index(b"{", content.index(b"<script"))
    return changed(content, [(start, len(content))], random)


def _page_laid(content: bytes, random: Random) -> bytes:
    """Add what shows a number without being text of the page, or hides a number."""
    laid = random.choice(
        [
            b'<p hidden="">Score 0,9</p>',
            b'<span style="display:none">0,9</span>',
            b'<img src="data:image/png;base64,iVBORw0KGgo=" alt="" style="position:absolute">',
            b"<style>td::after{content:'9'}</style>",
            b"<style>td{display:none}</style>",
            b'<link rel="stylesheet" href="x.css">',
            b'<iframe srcdoc="0,9"></iframe>',
            b'<input value="0,9">',
            b"<svg viewBox='0 0 9 9'><path d='M1 1h9v9z'/></svg>",
            b"<script>document.title='9'</script>",
            b'<p title="0,9">x</p>',
            b'<div style="position:absolute;background:white;width:9em;height:9em"></div>',
        ]
    )
    places = [match.end() for match in re.finditer(rb"</(p|h2|h3|figure)>", content)]
    place = random.choice(places)
    return content[:place] + laid + content[place:]


_PAGE: dict[str, Tamper] = {
    "text": _page_text,
    "alternative": _page_told,
    "title": _page_title,
    "picture": _page_picture,
    "row": _page_rows,
    "dossier": _page_dossier,
    "laid": _page_laid,
}


def _rows(carrier: str, content: bytes, random: Random) -> bytes:
    """Return markup with a row of a table doubled, dropped, or swapped with its neighbour."""
    rows = [m for m in ROWS[carrier].finditer(content) if re.search(rb">[^<]*[0-9][^<]*<", m[0])]
    k = random.randrange(len(rows) - 1)
    one, other = rows[k], rows[k + 1]
    way = random.choice(["double", "drop", "swap"])
    if way == "double":
        return content[: one.end()] + one[0] + content[one.end() :]
    if way == "drop":
        return content[: one.start()] + content[one.end() :]
    between = content[one.end() : other.start()]
    if one[0] == other[0]:
        return _rows(carrier, content, random)
    return content[: one.start()] + other[0] + between + one[0] + content[other.end() :]


# --- office -------------------------------------------------------------------------------------


def _office(
    carrier: Carrier, way: Callable[[str, dict[str, bytes], Random], dict[str, bytes]]
) -> Tamper:
    def tamper(content: bytes, random: Random) -> bytes:
        parts = read_parts(content)
        return write_parts({**parts, **way(carrier, parts, random)})

    return tamper


def _text(carrier: str, parts: dict[str, bytes], random: Random) -> dict[str, bytes]:
    name = SHOWN[carrier]
    start = parts[name].index(b"<w:body" if carrier == "docx" else b"<office:body")
    found = TEXTS.finditer(parts[name], start)
    spans = [m.span(1) for m in found if not _is_instruction(parts[name], m.start(1))]
    return {name: falsified(parts[name], spans, random)}


def _is_instruction(content: bytes, place: int) -> bool:
    """Return whether a text says which page a field is to show; nobody sees it."""
    return content[content.rindex(b"<", 0, place) : place].startswith(b"<w:instrText")


def _told(carrier: str, parts: dict[str, bytes], random: Random) -> dict[str, bytes]:
    name = SHOWN[carrier]
    found = (TOLD if carrier == "docx" else DESCRIBED).finditer(parts[name])
    return {name: falsified(parts[name], [match.span(1) for match in found], random)}


def _title(carrier: str, parts: dict[str, bytes], random: Random) -> dict[str, bytes]:
    name = TITLES[carrier]
    return {name: parts[name].replace(b"</dc:title>", b" %d</dc:title>" % random.randrange(100))}


def _row(carrier: str, parts: dict[str, bytes], random: Random) -> dict[str, bytes]:
    return {SHOWN[carrier]: _rows(carrier, parts[SHOWN[carrier]], random)}


def _dossier(carrier: str, parts: dict[str, bytes], random: Random) -> dict[str, bytes]:
    part = parts[HIDDEN[carrier]]
    return {HIDDEN[carrier]: changed(part, [(part.find(b"{"), len(part))], random)}


def _picture(_carrier: str, parts: dict[str, bytes], random: Random) -> dict[str, bytes]:
    """Make a dot of a picture another, or swap two pictures."""
    names = [name for name in parts if name.endswith(".png") and "Thumbnails" not in name]
    one, other = random.sample(names, 2)
    if parts[one] != parts[other] and random.random() < 0.2:
        return {one: parts[other], other: parts[one]}
    return {one: _dotted(parts[one], random)}


def _dotted(picture: bytes, random: Random) -> bytes:
    """Return a PNG with one byte of its dots changed."""
    place, chunks, data = 8, [], b""
    while place < len(picture):
        size = struct.unpack(">I", picture[place : place + 4])[0]
        kind, body = picture[place + 4 : place + 8], picture[place + 8 : place + 8 + size]
        if kind == b"IDAT":
            data += body
        else:
            chunks.append((kind, body))
        place += 12 + size
    dots = bytearray(zlib.decompress(data))
    dots[random.randrange(1, len(dots))] ^= 0x55
    chunks.insert(-1, (b"IDAT", zlib.compress(bytes(dots))))
    packed = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return picture[:8] + b"".join(packed)


def _laid(carrier: str, parts: dict[str, bytes], random: Random) -> dict[str, bytes]:
    """Add what shows a number without being text of the page, or hides a number."""
    name = SHOWN[carrier]
    end, laid = (b"</w:p>", _DOCX_LAID) if carrier == "docx" else (b"</text:p>", _ODT_LAID)
    places = [match.start() for match in re.finditer(end, parts[name])]
    place = random.choice(places)
    return {name: parts[name][:place] + random.choice(laid) + parts[name][place:]}


def _around(carrier: str, parts: dict[str, bytes], random: Random) -> dict[str, bytes]:
    """Put a number in a header, a footer, a note or a comment."""
    said = b"%d,%d" % (random.randrange(1, 9), random.randrange(1, 99))
    if carrier == "odt":
        header = b"<style:header><text:p>Score " + said + b"</text:p></style:header>"
        pages = parts["styles.xml"]
        place = re.search(rb"<style:master-page[^>]*?(/?)>", pages)
        assert place is not None
        opened = pages[place.start() : place.end()].replace(b"/>", b">")
        end = b"</style:master-page>" if place[1] else b""
        before, after = pages[: place.start()], pages[place.end() :]
        return {"styles.xml": before + opened + header + end + after}
    kinds = {b"hdr": "header9", b"ftr": "somewhere", b"footnotes": "notes9", b"comments": "said9"}
    kind, name = random.choice(list(kinds.items()))
    space = b' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    text = b"<w:p><w:r><w:t>Score " + said + b"</w:t></w:r></w:p>"
    inside = b"<w:footnote>" + text + b"</w:footnote>" if kind == b"footnotes" else text
    return {f"word/{name}.xml": b"<w:" + kind + space + b">" + inside + b"</w:" + kind + b">"}


_DOCX_LAID = [
    b"<w:r><w:rPr><w:vanish/></w:rPr><w:t>0,9</w:t></w:r>",
    b'<w:r><w:pict><v:rect xmlns:v="v" style="position:absolute"/></w:pict></w:r>',
    b'<w:r><w:drawing><wps:wsp xmlns:wps="wps"/></w:drawing></w:r>',
    b'<w:r><w:drawing><a:blip xmlns:a="a" r:embed="rIdX"/></w:drawing></w:r>',
    b'<w:r><w:drawing><c:chart xmlns:c="c" r:id="x"/></w:drawing></w:r>',
    b"<w:r><w:object/></w:r>",
    b'<w:r><w:sym w:font="Symbol" w:char="F039"/></w:r>',
    b'<w:altChunk r:id="x"/>',
]
_ODT_LAID = [
    b"<text:hidden-text>0,9</text:hidden-text>",
    b"<draw:rect svg:width='9cm' svg:height='9cm'/>",
    b"<draw:custom-shape/>",
    b"<draw:frame><draw:image xlink:href='Pictures/none.png'/></draw:frame>",
    b"<draw:frame><draw:object xlink:href='Object 1'/></draw:frame>",
    b"<text:placeholder>0,9</text:placeholder>",
    b"<draw:frame><draw:text-box><text:p>0,9</text:p></draw:text-box></draw:frame>",
    b"<office:annotation><text:p>0,9</text:p></office:annotation>",
    b"<text:page-number>0,9</text:page-number>",
]

_OFFICE = {
    "text": _text,
    "alternative": _told,
    "title": _title,
    "picture": _picture,
    "row": _row,
    "dossier": _dossier,
    "laid": _laid,
    "around": _around,
}
