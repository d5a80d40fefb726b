"""What the codes of a font of a PDF stand for, by its ToUnicode table (ISO 32000-2, 9.10.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_CODES = 70_000
UNKNOWN = "\ufffd"

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_ITEM = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_SPACE = re.compile(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>")


@dataclass(frozen=True, slots=True)
class Font:
    """How many bytes a code has, and the text of each code; a code that is not there is unknown."""

    width: int
    texts: Mapping[int, str]

    @classmethod
    def of(cls, font: dict[str, object]) -> Font:
        """Return the font of a font dictionary."""
        table = font.get("/ToUnicode")
        if table is None:
            return cls(2 if font.get("/Subtype") == "/Type0" else 1, {})
        return read_table(table.get_object().get_data())  # type: ignore[attr-defined]

    def text(self, codes: bytes) -> str:
        """Return the text of a string of codes."""
        step = self.width
        return "".join(
            self.texts.get(int.from_bytes(codes[k : k + step]), UNKNOWN)
            for k in range(0, len(codes), step)
        )


def read_table(content: bytes) -> Font:
    r"""Return the font that a ToUnicode table describes.

    Examples
    --------
    >>> font = read_table(b"1 beginbfchar <03> <0041> endbfchar 1 beginbfrange <05><06><0062>")
    >>> font.width, font.text(b"\x03\x04")
    (1, 'A\ufffd')
    """
    space = _SPACE.search(content)
    texts: dict[int, str] = {}
    width = len(space[1]) // 2 if space else 0
    for section in _SECTION.finditer(content):
        items = [_item(match) for match in _ITEM.finditer(section[2])]
        width = width or len(items[0]) // 2
        pairs = _characters(items) if section[1] == b"bfchar" else _ranges(items)
        for code, text in pairs:
            texts[code] = text
            if len(texts) > MOST_CODES:
                raise ValueError("too many codes")
    return Font(max(width, 1), texts)


def _item(match: re.Match[bytes]) -> str:
    return match[0].decode() if match[1] is None else b"".join(match[1].split()).decode()


def _characters(items: list[str]) -> Iterator[tuple[int, str]]:
    for code, text in zip(items[::2], items[1::2], strict=False):
        yield int(code, 16), _text(text)


def _ranges(items: list[str]) -> Iterator[tuple[int, str]]:
    waiting = iter(items)
    for low in waiting:
        first, last, start = int(low, 16), int(next(waiting), 16), next(waiting)
        if start == "[":
            for code, text in enumerate(iter(lambda: next(waiting), "]"), start=first):
                yield code, _text(text)
        else:
            end = int(start[-4:], 16)
            for step in range(min(last - first, MOST_CODES) + 1):
                yield first + step, _text(f"{start[:-4]}{end + step:04x}")


def _text(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be", "replace")
