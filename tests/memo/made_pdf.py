"""A PDF with one digit changed in what it draws or in what is attached to it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.io.pdf_font import Font, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    import pikepdf

    Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage

DIGIT = re.compile(rb"[0-9](?![0-9a-f]*;)")  # no part of &#39;


def changed(content: bytes, spans: list[tuple[int, int]], random: Random) -> bytes:
    """Return the content with one digit in one of the spans made another."""
    found: list[int] = []
    while not found:
        start, end = random.choice(spans)
        found = [start + match.start() for match in DIGIT.finditer(content[start:end])]
    place = random.choice(found)
    other = random.choice([digit for digit in b"0123456789" if digit != content[place]])
    return content[:place] + bytes([other]) + content[place + 1 :]


def tampered_pdf(content: bytes, random: Random) -> bytes:
    """Return a PDF with a digit drawn by another glyph of its font, or one of its dossier changed.

    It is read by a program of another make than the one that verifies.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        if random.random() < 0.2:
            attached = next(iter(pdf.attachments.values())).get_file()
            data = attached.read_bytes()
            attached.obj.write(changed(data, [(0, len(data))], random))
        else:
            _change_page(pdf, random)
        stream = io.BytesIO()
        pdf.save(stream)
    return stream.getvalue()


@dataclass(frozen=True)
class _Digit:
    """A digit that is drawn: which operand of which instruction, where in it, and its font."""

    instruction: int
    item: int | None
    start: int
    codes: bytes
    digits: tuple[bytes, ...]


def _change_page(pdf: pikepdf.Pdf, random: Random) -> None:
    import pikepdf

    found: list[_Digit] = []
    while not found:
        page = random.choice(list(pdf.pages))
        instructions = list(pikepdf.parse_content_stream(page))
        found = list(_digits(page, instructions))
    one = random.choice(found)
    other = random.choice(
        [code for code in one.digits if code != one.codes[one.start : one.start + 2]]
    )
    text = pikepdf.String(one.codes[: one.start] + other + one.codes[one.start + 2 :])
    operands = list(instructions[one.instruction].operands)
    if one.item is None:
        operands = [text]
    else:
        operands[0][one.item] = text
    operator = instructions[one.instruction].operator
    instructions[one.instruction] = pikepdf.ContentStreamInstruction(operands, operator)
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def _digits(page: pikepdf.Page, instructions: Sequence[Instruction]) -> Iterator[_Digit]:
    import pikepdf

    digits: tuple[bytes, ...] = ()
    fonts = {name: _font(font) for name, font in page.Resources.get("/Font", {}).items()}
    for place, each in enumerate(instructions):
        operator, operands = str(each.operator), each.operands
        if operator == "Tf":
            texts = fonts[str(operands[0])].texts.items()
            digits = tuple(code.to_bytes(2) for code, text in texts if text in set("0123456789"))
        if operator not in {"Tj", "TJ"} or len(digits) < 2:
            continue
        strings = enumerate(operands[0]) if operator == "TJ" else [(None, operands[0])]
        for item, string in strings:
            if isinstance(string, pikepdf.String):
                codes = bytes(string)
                for start in range(0, len(codes), 2):
                    if codes[start : start + 2] in digits:
                        yield _Digit(place, item, start, codes, digits)


def _font(font: pikepdf.Object) -> Font:
    return read_table(font.ToUnicode.read_bytes())
