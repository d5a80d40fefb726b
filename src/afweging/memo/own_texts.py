"""What the author of a memo writes: texts from a file, for the parts that are not computed.

They become part of the memo and of its dossier, so that the whole proves itself.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

from afweging.errors import Fault, Place, RequestError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from afweging.memo.headings import Headings

BLANK = re.compile(r"\n\s*\n")


def read_texts(content: bytes, *, file: str) -> Mapping[str, tuple[str, ...]]:
    r"""Return the paragraphs of each part in a file: a text, with blank lines between them.

    Raises
    ------
    RequestError
        When the file is no TOML, or a part has no text.

    Examples
    --------
    >>> read_texts(b'occasion = "De Staten vroegen erom.\\n\\nOp 3 maart."', file="t.toml")
    {'occasion': ('De Staten vroegen erom.', 'Op 3 maart.')}
    """
    place = Place(file=file)
    try:
        found = tomllib.loads(content.decode("utf-8-sig"))
    except ValueError as error:
        raise RequestError([Fault("memo-texts-toml", place, str(error))]) from None
    told = {part: _paragraphs(text) for part, text in found.items()}
    faults = [Fault("memo-text", place, part) for part, text in told.items() if not text]
    if faults:
        raise RequestError(faults)
    return told


def _paragraphs(text: object) -> tuple[str, ...]:
    if not isinstance(text, str):
        return ()
    return tuple(part.strip() for part in BLANK.split(text) if part.strip())


def with_texts(
    headings: Headings,
    texts: Mapping[str, tuple[str, ...]],
    *,
    computed: Collection[str],
    file: str,
) -> Headings:
    """Return headings with what the author writes under them.

    Raises
    ------
    RequestError
        When a text is for a part that is computed, or that this kind of document does not have.
    """
    known = tuple(part for part in headings.parts if part not in computed)
    faults = [
        Fault("memo-text-part", Place(file=file), part, {"known": known})
        for part in texts
        if part not in known
    ]
    if faults:
        raise RequestError(faults)
    return replace(headings, texts=texts)
