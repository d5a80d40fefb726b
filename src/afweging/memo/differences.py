"""What a document shows against what it should show: changed figures, and edited prose apart.

A figure is a word with a digit or a sign of numbers in it, the name of an option, or a cell of a
table: all of these were computed. Everything else is prose, which its author may edit.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from afweging.memo.printed import Printed, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from afweging.io.visible import Seen

SIGNS = frozenset("%‰€$£∞−±≤≥<>≈×√")
EDGES = ".,;:!?()[]\"'«»“”‘’…"
MOVED = 20  # characters of a text that is known again elsewhere
UNDRAWN = "\ufffd"
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# signs that change the direction of what comes after them: they count as figures
TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BETWEEN = re.compile(r"(?<=\d)\s+(?=\d)")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010](?=[^\W\d_])")


What = Literal[
    "text",
    "title",
    "image",
    "annotation",
    "field",
    "hidden",
    "shape",
    "embedded",
    "acting",
    "format",
    "cells",
    "mark",
    "row",
    "rows",
]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: what should stand at a place, and what stands there; None for nothing.

    `what` says what else than text differs: the drawing of a page, what lies over it, a title.
    """

    kind: Literal["figure", "prose"]
    spot: Spot
    expected: str | None
    found: str | None
    what: What = "text"


def squeezed(text: str) -> str:
    r"""Return text without what the setting of it may change: spaces, and hyphens in words.

    Examples
    --------
    >>> squeezed("arbeids-\nmarkt: 12,5\u00a0%"), squeezed("\u22120,5")
    ('arbeidsmarkt:12,5%', '−0,5')
    """
    joined = "".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())
    return _HYPHEN.sub("", joined)


def apart(text: str) -> str:
    r"""Return text squeezed, where numbers after each other stay apart: 1 2 is not 12.

    Examples
    --------
    >>> apart("van 1 2 en 3 "), apart("arbeids-\nmarkt")
    ('van1 2en3', 'arbeidsmarkt')
    """
    line = _BETWEEN.sub("\0", text.translate(_INVISIBLE))
    return squeezed(line).replace("\0", " ")


def figures(text: str) -> list[str]:
    r"""Return the words in which a number stands, without the punctuation around them.

    Examples
    --------
    >>> figures("O7 scoort 0,577 (eerste), 12,5\u00a0% meer.")
    ['O7', '0,577', '12,5', '%']
    """
    words = (word.strip(EDGES) for word in text.split())
    return [word for word in words if any(_counts(sign) for sign in word)]


def _counts(sign: str) -> bool:
    return sign in SIGNS or sign in TURNING or unicodedata.category(sign)[0] == "N"


class Comparer:
    """Compares texts, knowing the names that count as figures and what may stand there as well."""

    def __init__(self, names: Sequence[str], allowed: Sequence[str]) -> None:
        longest = sorted({name for name in names if name.strip()}, key=len, reverse=True)
        self.names = re.compile("|".join(map(re.escape, longest)) or r"(?!)")
        self.allowed = {squeezed(text) for text in allowed}

    def facts(self, text: str) -> list[str]:
        """Return what may not change in a text: its figures and the names in it, in order."""
        line = " ".join(text.split())
        return [*figures(line), *self.names.findall(line)]

    def compare(self, wanted: Sequence[Printed], seen: Sequence[Seen]) -> list[Difference]:
        """Return every difference between two texts, in the order of the first."""
        ours = [each for each in wanted if squeezed(each.text)]
        theirs = [each for each in seen if squeezed(each.text)]
        keys = [apart(each.text) for each in ours], [apart(each.text) for each in theirs]
        found: list[Difference] = []
        for i1, i2, j1, j2 in _changed(*keys):
            spot = ours[max(i1 - 1, 0)].spot if ours else Spot()
            new = [each for each in theirs[j1:j2] if squeezed(each.text) not in self.allowed]
            found += self._range(ours[i1:i2], new, spot)
        return _without_moved(found)

    def _range(
        self, ours: Sequence[Printed], theirs: Sequence[Seen], spot: Spot
    ) -> Iterator[Difference]:
        """Yield the differences in one stretch of text; piece by piece where they pair up."""
        if _same_in_pieces(ours, theirs):
            return
        if len(ours) == len(theirs):
            pairs = zip(ours, theirs, strict=True)
            yield from (self._pair(*pair) for pair in pairs if not _same(*pair))
        elif ours and theirs:
            yield from self._words(ours, theirs)
        for one in ours if not theirs else ():
            yield self._one(one.spot, one.text, None, cell=one.cell)
        for other in theirs if not ours else ():
            place = replace(spot, row="", column="", page=other.page)
            yield self._one(place, None, other.text, cell=other.part == "cell")

    def _pair(self, one: Printed, other: Seen) -> Difference:
        changed = one.cell or self.facts(one.text) != self.facts(other.text)
        before, after = _around(one.text, other.text)
        place = replace(one.spot, page=other.page)
        return Difference("figure" if changed else "prose", place, before, after)

    def _one(self, spot: Spot, before: str | None, after: str | None, *, cell: bool) -> Difference:
        changed = cell or bool(self.facts(before or after or ""))
        return Difference("figure" if changed else "prose", spot, before, after)

    def _words(self, ours: Sequence[Printed], theirs: Sequence[Seen]) -> Iterator[Difference]:
        """Yield the differences between stretches of different numbers of pieces, by words."""
        words = [(word, each) for each in ours for word in each.text.split()]
        other = [(word, each.page) for each in theirs for word in each.text.split()]
        keys = [word for word, _ in words], [word for word, _ in other]
        for i1, i2, j1, j2 in _changed(*keys):
            before, after = " ".join(keys[0][i1:i2]), " ".join(keys[1][j1:j2])
            if apart(before) == apart(after):
                continue
            place = words[min(i1, len(words) - 1)][1]
            page = other[min(j1, len(other) - 1)][1]
            cell = any(each.cell for _, each in words[i1:i2])
            changed = cell or self.facts(before) != self.facts(after)
            kind: Literal["figure", "prose"] = "figure" if changed else "prose"
            spot = replace(place.spot, page=page)
            yield Difference(kind, spot, before or None, after or None)


def _same(one: Printed, other: Seen) -> bool:
    if UNDRAWN in other.text:
        return same_as_drawn(one.text, other.text)
    return apart(one.text) == apart(other.text)


def same_as_drawn(expected: str, drawn: str) -> bool:
    r"""Return whether two texts are the same; what no font can draw may be any sign but a figure.

    Examples
    --------
    >>> [same_as_drawn(text, "\ufffd\ufffd 12") for text in ("日本 12", "34 12")]
    [True, False]
    """
    before, after = squeezed(expected), squeezed(drawn)
    if UNDRAWN not in after or len(before) != len(after):
        return before == after
    pairs = zip(before, after, strict=True)
    return all(a == b or (b == UNDRAWN and not _counts(a)) for a, b in pairs)


def _same_in_pieces(ours: Sequence[Printed], theirs: Sequence[Seen]) -> bool:
    """Return whether two stretches are the same text in other pieces.

    Cells have to be the same words: 12 and 34 are not 1 and 234.
    """
    before, after = (" ".join(each.text for each in pieces) for pieces in (ours, theirs))
    if any(each.cell for each in ours):
        return before.split() == after.split()
    return apart(before) == apart(after)


def _changed(ours: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches in which two lists differ; what is equal at both ends is left first."""
    start = 0
    while start < min(len(ours), len(theirs)) and ours[start] == theirs[start]:
        start += 1
    end = 0
    while (
        end < min(len(ours), len(theirs)) - start
        and ours[len(ours) - 1 - end] == theirs[len(theirs) - 1 - end]
    ):
        end += 1
    matcher = SequenceMatcher(
        None, ours[start : len(ours) - end], theirs[start : len(theirs) - end], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            yield i1 + start, i2 + start, j1 + start, j2 + start


def _around(before: str, after: str) -> tuple[str, str]:
    """Return what differs between two texts with a few words around it."""
    ours, theirs = before.split(), after.split()
    stretches = list(_changed(ours, theirs))
    if not stretches:
        return before, after
    first, last = stretches[0], stretches[-1]
    left = max(first[0] - 3, 0)
    shown = ours[left : last[1] + 3], theirs[max(first[2] - 3, 0) : last[3] + 3]
    return " ".join(shown[0]), " ".join(shown[1])


def _without_moved(found: list[Difference]) -> list[Difference]:
    """Return the differences, where a whole text that only moved is edited prose."""
    gone = Counter(each.expected for each in found if each.found is None and not _in_table(each))
    come = Counter(each.found for each in found if each.expected is None and not _in_table(each))
    moved = {text for text in gone if text and len(text) > MOVED and gone[text] == come[text]}
    return [
        replace(each, kind="prose")
        if not _in_table(each) and (each.expected or each.found) in moved and _is_one(each)
        else each
        for each in found
    ]


def _is_one(each: Difference) -> bool:
    return each.expected is None or each.found is None


def _in_table(each: Difference) -> bool:
    return bool(each.spot.column)
