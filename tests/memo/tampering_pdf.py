"""Ways to falsify a number in a memo as PDF, one at a time, for tests.

Done by a program of another make than the one that verifies.
"""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.memo.tampering import changed

from afweging.io.pdf_font import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    import pikepdf

    Tamper = Callable[[bytes, Random], bytes]
    Codes = Mapping[str, bytes]

DRAWN = frozenset({"m", "l", "c", "re", "cm"})
BOX = (
    b"<< /Type /Annot /Subtype /%s /Rect [90 300 400 420] /F 4 /C [1 1 1] /IC [1 1 1]"
    b" /Contents (%s) >>"
)


def tampers() -> dict[str, Tamper]:
    """Return the ways to falsify a memo, by name."""
    return {name: _opened(way) for name, way in _WAYS.items()}


def _opened(way: Callable[[pikepdf.Pdf, Random], None]) -> Tamper:
    def tamper(content: bytes, random: Random) -> bytes:
        import pikepdf

        with pikepdf.open(io.BytesIO(content)) as pdf:
            way(pdf, random)
            stream = io.BytesIO()
            pdf.save(stream)
        return stream.getvalue()

    return tamper


# --- letters ------------------------------------------------------------------------------------


def _letters(pdf: pikepdf.Pdf, random: Random) -> None:
    """Change a number that is drawn: a digit other, gone, double or swapped, a comma, a sign."""
    import pikepdf

    changed_one = False
    while not changed_one:
        page = random.choice(list(pdf.pages))
        instructions = list(pikepdf.parse_content_stream(page))
        places = list(_strings(page, instructions))
        random.shuffle(places)
        for place, item, known in places[:40]:
            operands = list(instructions[place].operands)
            before = bytes(operands[0] if item is None else operands[0][item])
            after = _falsified(before, known, random)
            if after is None:
                continue
            if item is None:
                operands = [pikepdf.String(after)]
            else:
                operands[0][item] = pikepdf.String(after)
            operator = instructions[place].operator
            instructions[place] = pikepdf.ContentStreamInstruction(operands, operator)
            changed_one = True
            break
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def _strings(page: pikepdf.Page, instructions: list):  # type: ignore[no-untyped-def, type-arg]  # noqa: ANN202
    """Yield each string that is drawn: its instruction, its place there, the codes of its font."""
    import pikepdf

    fonts = {name: _codes(font) for name, font in page.Resources.get("/Font", {}).items()}
    known: Codes = {}
    for place, each in enumerate(instructions):
        if str(each.operator) == "Tf":
            known = fonts[str(each.operands[0])]
        elif str(each.operator) == "Tj":
            yield place, None, known
        elif str(each.operator) == "TJ":
            for item, part in enumerate(each.operands[0]):
                if isinstance(part, pikepdf.String):
                    yield place, item, known


def _codes(font: pikepdf.Object) -> Codes:
    texts = read_table(font.ToUnicode.read_bytes()).texts
    return {text: code.to_bytes(2) for code, text in texts.items()}


def _falsified(string: bytes, known: Codes, random: Random) -> bytes | None:
    """Return the codes of a string with a number in it falsified, None where it has none."""
    signs = {code: text for text, code in known.items()}
    codes = [string[k : k + 2] for k in range(0, len(string), 2)]
    texts = [signs.get(code, "?") for code in codes]
    places = [k for k, text in enumerate(texts) if text.isdigit()]
    if not places:
        return None
    k = random.choice(places)
    digits = [code for text, code in known.items() if text.isdigit() and code != codes[k]]
    ways = [codes[:k] + codes[k + 1 :], [*codes[:k], codes[k], *codes[k:]]]
    ways += [[*codes[:k], digit, *codes[k + 1 :]] for digit in digits]
    pair = texts[k : k + 2]
    if len(pair) == 2 and pair[0] != pair[1] and (pair[1].isdigit() or pair[1] == ","):
        ways.append([*codes[:k], codes[k + 1], codes[k], *codes[k + 2 :]])
    if k and texts[k - 1] in "−-":
        ways.append(codes[: k - 1] + codes[k:])
    return b"".join(random.choice(ways))


def _cells(pdf: pikepdf.Pdf, random: Random) -> None:
    """Swap the numbers of two cells, as when rows are swapped, or draw one twice."""
    import pikepdf

    while True:
        page = random.choice(list(pdf.pages))
        instructions = list(pikepdf.parse_content_stream(page))
        codes = [(p, k) for p, i, k in _strings(page, instructions) if i is None and k]
        drawn = [
            p
            for p, known in codes
            if any(bytes(instructions[p].operands[0])[:2] == known.get(d) for d in "0123456789")
        ]
        pairs = [
            (a, b)
            for a, b in pairwise(drawn)
            if bytes(instructions[a].operands[0]) != bytes(instructions[b].operands[0])
        ]
        if pairs:
            break
    a, b = random.choice(pairs)
    instructions[a], instructions[b] = instructions[b], instructions[a]
    if random.random() < 0.5:
        instructions[b] = instructions[a]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def _lines(pdf: pikepdf.Pdf, random: Random) -> None:
    """Change the length of a bar, or the place of a point, in one of the pictures."""
    import pikepdf

    found: list[int] = []
    while not found:
        page = random.choice(list(pdf.pages))
        instructions = list(pikepdf.parse_content_stream(page))
        depth, found = 0, []
        for place, each in enumerate(instructions):
            name = str(each.operator)
            if name in {"BDC", "BMC", "EMC"}:
                figure = name == "BDC" and "/Alt" in repr(each.operands)
                depth = 0 if name == "EMC" else 1 if figure else depth
            elif depth and name in DRAWN:
                found.append(place)
    place = random.choice(found)
    operands = [float(each) for each in instructions[place].operands]
    operands[random.randrange(len(operands))] += random.choice([-20, -3, 3, 20])
    operator = instructions[place].operator
    instructions[place] = pikepdf.ContentStreamInstruction(operands, operator)
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


# --- beside the pages ---------------------------------------------------------------------------


def _dossier(pdf: pikepdf.Pdf, random: Random) -> None:
    attached = next(iter(pdf.attachments.values())).get_file()
    data = attached.read_bytes()
    attached.obj.write(changed(data, [(0, len(data))], random))


def _told(pdf: pikepdf.Pdf, random: Random) -> None:
    """Change a number in an alternative text, or put another text in the place of a text."""
    import pikepdf

    found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
    pictures = [each for each in found if "/Alt" in each and re.search("[0-9]", str(each.Alt))]
    if random.random() < 0.7:
        one = random.choice(pictures)
        text = str(one.Alt).encode()
        one.Alt = changed(text, [(0, len(text))], random).decode()
    else:
        random.choice(found).ActualText = f"0,{random.randrange(10, 99)}"


def _title(pdf: pikepdf.Pdf, random: Random) -> None:
    more = f" {random.randrange(100)}"
    way = random.randrange(3)
    if way == 0:
        pdf.docinfo["/Title"] = str(pdf.docinfo["/Title"]) + more
    elif way == 1:
        data = pdf.Root.Metadata.read_bytes()
        pdf.Root.Metadata.write(data.replace(b"</rdf:li>", more.encode() + b"</rdf:li>"))
    else:
        entry = pdf.Root.Outlines.First
        entry.Title = str(entry.Title) + more


def _laid(pdf: pikepdf.Pdf, random: Random) -> None:
    """Lay something over a page: a note, a field, a picture, a box, or text that is not seen."""
    import pikepdf

    page = random.choice(list(pdf.pages))
    way = random.choice(["note", "field", "picture", "box", "unseen", "form"])
    if way in {"note", "field"}:
        kinds = [b"FreeText", b"Stamp", b"Square", b"Redact", b"Ink", b"Highlight", b"Text"]
        kind = b"Widget" if way == "field" else random.choice(kinds)
        note = pikepdf.Object.parse(BOX % (kind, b"0,9"))
        page.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))
        return
    drawn = {
        "picture": b"q 99 0 0 99 90 300 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q",
        "box": b"q 1 g 90 300 200 99 re f Q",
        "unseen": b"BT 3 Tr /f0 9 Tf 90 300 Td <00010002> Tj ET",
        "form": b"q /ZZ Do Q",
    }[way]
    if way == "form":
        form = pdf.make_stream(b"1 g 0 0 99 99 re f", Type=pikepdf.Name.XObject)
        form.Subtype, form.BBox = pikepdf.Name.Form, pikepdf.Array([0, 0, 99, 99])
        page.Resources.XObject = pikepdf.Dictionary(ZZ=form)
    page.contents_add(pdf.make_stream(drawn), prepend=False)


def _font(pdf: pikepdf.Pdf, random: Random) -> None:
    """Let one digit stand for another: what is copied is no longer what is drawn."""
    page = random.choice(list(pdf.pages))
    font = random.choice(list(page.Resources.Font.values()))
    table = font.ToUnicode.read_bytes()
    spans = [match.span(1) for match in re.finditer(rb"> *<00(3[0-9])>", table)]
    if not spans:
        _laid(pdf, random)
        return
    start, end = random.choice(spans)
    other = b"3%d" % ((int(table[start + 1 : end]) + random.randrange(1, 10)) % 10)
    font.ToUnicode.write(table[:start] + other + table[end:])


_WAYS: dict[str, Callable[[pikepdf.Pdf, Random], None]] = {
    "letters": _letters,
    "cells": _cells,
    "lines": _lines,
    "dossier": _dossier,
    "told": _told,
    "title": _title,
    "laid": _laid,
    "font": _font,
}
