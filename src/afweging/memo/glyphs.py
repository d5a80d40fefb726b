"""Characters that the letters of the PDF do not have, and what stands for them there.

A PDF/A holds no character without a picture. The letters are those that come with Typst: Latin,
Greek and Cyrillic, and most signs. The other formats use the letters of the reader.
"""

from __future__ import annotations

from functools import cache
from unicodedata import category

from afweging.charts.png import typst

ORDINARY = 0x17F  # up to here, all that is written in Europe in Latin letters: surely there
INSTEAD = "\ufffd"
PROBE = '#set page(width: 2cm, height: 2cm)\n#set document(title: "a")\n#"{text}"'


def drawable(text: str) -> str:
    """Return text in which characters that cannot be drawn are replaced.

    Examples
    --------
    >>> drawable("Łódź – 12,5 % ≥ 3")
    'Łódź – 12,5 % ≥ 3'
    """
    missing = {char for char in set(text) if ord(char) > ORDINARY and not _is_drawn(char)}
    if not missing:
        return text
    return text.translate({ord(char): INSTEAD for char in missing})


@cache
def _is_drawn(char: str) -> bool:
    """Return whether Typst makes a PDF/A of one character."""
    if category(char) in {"Cn", "Co", "Cs"}:
        return False
    engine = typst()
    source = PROBE.format(text=f"a\\u{{{ord(char):x}}}a")
    try:
        engine.compile(
            source.encode("utf-8"),
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            ignore_system_fonts=True,
        )
    except engine.TypstError:
        return False
    return True
