"""The text that the content of a page draws, by the marks around it (ISO 32000-2, 14.6)."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from afweging.io.pdf_font import Font

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 64_000_000  # bytes of the content of one page
DEEPEST = 12  # forms drawn within forms
DEEPEST_STATE = 256  # kept states within kept states
ARTIFACT = -1

_TOKEN = re.compile(
    rb"%[^\r\n]*"
    rb"|(?P<text>\()"
    rb"|(?P<open><<)|(?P<close>>>)"
    rb"|(?P<hex><[0-9A-Fa-f\s]*>)"
    rb"|(?P<name>/[^\s()<>\[\]{}/%]*)"
    rb"|(?P<word>[^\s()<>\[\]{}/%]+)"
    rb"|[\[\]{})<>]"
)
_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MARK = re.compile(rb"/MCID\s+([0-9]{1,7})\b")


@dataclass(slots=True)
class Drawn:
    """What one page draws: text by mark, text of artifacts, and text without any mark.

    `unseen` is text that is drawn so that nobody sees it; `images` is how often a picture of dots
    is drawn, which may hold words that are no text; `told` what stands for a text instead of it.
    """

    marked: dict[int, str] = field(default_factory=dict)
    artifacts: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    images: int = 0
    told: list[str] = field(default_factory=list)


def drawn(contents: object, resources: object, fonts: dict[object, Font]) -> Drawn:
    """Return the text that the contents of a page draw, with the fonts in its resources."""
    found = Drawn()
    if contents is not None:
        _Page(found, fonts).draw(contents.get_data(), resources, 0)  # type: ignore[attr-defined]
    return found


class _Page:
    """Follows the operators of a page; the rest of the graphics is passed over."""

    def __init__(self, found: Drawn, fonts: dict[object, Font]) -> None:
        self.found, self.fonts = found, fonts
        self.marks: list[int | None] = []
        self.font: Font | None = None
        self.line: list[str] = []  # of the artifact or the loose text under way
        self.unseen = False
        self.kept: list[tuple[Font | None, bool]] = []  # by q, until Q

    def draw(self, content: bytes, resources: object, depth: int) -> None:
        """Follow one stream of content, and the forms that it draws."""
        if len(content) > LARGEST or depth > DEEPEST:
            raise ValueError("too large")
        for operator, operands in _operations(content):
            match operator:
                case b"q" | b"Q" | b"Tr" | b"Tf":
                    self._state(operator, operands, resources)
                case b"Do" | b"BI" | b"sh":
                    self._picture(operator, operands, resources, depth)
                case b"ET":
                    self._add(" ")
                case b"BDC" | b"BMC" | b"EMC":
                    self._mark(operator, operands)
                case _:
                    self._show([each for each in operands if each[:1] in {b"(", b"<"}])
        if not self.marks:
            self._flush()

    def _state(self, operator: bytes, operands: list[bytes], resources: object) -> None:
        """Keep or give back the font and how letters are drawn, or change them."""
        if operator == b"q":
            self.kept = [*self.kept[-DEEPEST_STATE:], (self.font, self.unseen)]
        elif operator == b"Tf":
            self.font = self._font(operands, resources)
        elif operator == b"Tr":
            self.unseen = operands[-1:] in ([b"3"], [b"7"])
        elif self.kept:
            self.font, self.unseen = self.kept.pop()

    def _mark(self, operator: bytes, operands: list[bytes]) -> None:
        if operator == b"EMC":
            self._end()
        else:
            self._begin(operands)

    def _begin(self, operands: list[bytes]) -> None:
        if not self.marks:
            self._flush()
        mark = _MARK.search(b" ".join(operands))
        for key, value in pairwise(operands):
            if key in _TOLD and value[:1] in {b"(", b"<"}:
                self.found.told.append(_plain(_string(value)))
        if operands and operands[0] == b"/Artifact":
            self.marks.append(ARTIFACT)
        else:
            self.marks.append(int(mark[1]) if mark else None)

    def _end(self) -> None:
        if self.marks:
            if len(self.marks) == 1:
                self._flush()
            self.marks.pop()

    def _flush(self) -> None:
        """Put the artifact or the loose text that ends here with the others."""
        if text := "".join(self.line).strip():
            (self.found.artifacts if ARTIFACT in self.marks else self.found.loose).append(text)
        self.line.clear()

    def _add(self, text: str) -> None:
        if self.unseen:
            self.found.unseen += [text] if text.strip() else []
            return
        known = [mark for mark in self.marks if mark is not None]
        if ARTIFACT in known or not known:
            self.line.append(text)
        else:
            self.found.marked[known[-1]] = self.found.marked.get(known[-1], "") + text

    def _show(self, strings: list[bytes]) -> None:
        for each in strings:
            codes = _string(each)
            self._add("\ufffd" * len(codes) if self.font is None else self.font.text(codes))

    def _font(self, operands: list[bytes], resources: object) -> Font | None:
        fonts = _inner(resources, "/Font")
        name = operands[0].decode("latin-1") if operands else ""
        if fonts is None or name not in fonts:
            return None
        reference = fonts.raw_get(name)
        key = getattr(reference, "idnum", id(reference))
        if key not in self.fonts:
            self.fonts[key] = Font.of(reference.get_object())
        return self.fonts[key]

    def _picture(
        self, operator: bytes, operands: list[bytes], resources: object, depth: int
    ) -> None:
        """Count a picture of dots; follow a picture that is content of its own."""
        if operator != b"Do":
            self.found.images += 1
            return
        forms = _inner(resources, "/XObject")
        name = operands[0].decode("latin-1") if operands else ""
        if forms is None or name not in forms:
            return
        form = forms[name].get_object()
        if form.get("/Subtype") != "/Form":
            self.found.images += 1
            return
        before, unseen = self.font, self.unseen
        self.draw(form.get_data(), form.get("/Resources", resources), depth + 1)
        self.font, self.unseen = before, unseen


def _inner(resources: object, name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - pypdf's
    found = resources.get_object().get(name) if hasattr(resources, "get_object") else None
    return None if found is None else found.get_object()


def _operations(content: bytes) -> Iterator[tuple[bytes, list[bytes]]]:
    """Yield each operator that has to do with text or marks, with its operands as they stand."""
    operands: list[bytes] = []
    for match, token in _tokens(content):
        if match.lastgroup == "word" and match[0] in _OPERATORS:
            yield match[0], operands
            operands = []
        elif match.lastgroup == "word" and not _is_number(match[0]):
            operands = []  # an operator that draws something else
        elif match.lastgroup is not None:
            operands.append(token)


def _tokens(content: bytes) -> Iterator[tuple[re.Match[bytes], bytes]]:
    """Yield each token with its bytes; a text ends where its own bracket closes, however deep."""
    place = 0
    while match := _TOKEN.search(content, place):
        place = _end(content, match.start()) if match.lastgroup == "text" else match.end()
        yield match, content[match.start() : place]


def _end(content: bytes, start: int) -> int:
    """Return where the text that begins at a bracket ends; the end where it is not closed."""
    depth = 0
    for match in _BRACKET.finditer(content, start):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return len(content)


def marks_of(content: bytes) -> list[object]:
    r"""Return a stream of content as its parts, the same however numbers and strings are written.

    Examples
    --------
    >>> marks_of(b"1.50 0 m (A) Tj") == marks_of(b"1.5 0.0 m\n<41> Tj")
    True
    """
    found: list[object] = []
    start: int | None = None  # of a dictionary, the order of which says nothing
    for match, token in _tokens(content):
        if match.lastgroup is None:
            continue
        if match.lastgroup == "open":
            start = len(found)
        elif match.lastgroup == "close" and start is not None:
            found[start:] = sorted(found[start:], key=repr)
            start = None
        found.append(_mark(match.lastgroup, token))
    return found


def _mark(kind: str | None, token: bytes) -> object:
    if kind in {"text", "hex"}:
        return ("text", _string(token))
    if kind == "word" and _is_number(token):
        with suppress(ValueError):
            return float(token)
    return token


_OPERATORS = frozenset(
    {b"BDC", b"BMC", b"EMC", b"Tf", b"Tj", b"TJ", b"'", b'"', b"ET", b"Do", b"Tr", b"BI", b"sh"}
    | {b"q", b"Q"}
)
_TOLD = frozenset({b"/ActualText", b"/Alt", b"/E"})


def _is_number(word: bytes) -> bool:
    return word[:1] in b"+-.0123456789"


def _string(token: bytes) -> bytes:
    """Return the bytes of a string, written between brackets or as hexadecimal digits."""
    if token.startswith(b"<"):
        digits = b"".join(token[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return _ESCAPE.sub(_unescaped, token[1:-1])


def _plain(said: bytes) -> str:
    """Return a string that is no code of a font but text (7.9.2.2)."""
    if said[:2] == b"\xfe\xff":
        return said[2:].decode("utf-16-be", "replace")
    return said.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _unescaped(match: re.Match[bytes]) -> bytes:
    found = match[1]
    if found[:1].isdigit() and found[:1] < b"8":
        return bytes([int(found, 8) & 255])
    return b"" if found in {b"\n", b"\r", b"\r\n"} else _PLAIN.get(found, found)
