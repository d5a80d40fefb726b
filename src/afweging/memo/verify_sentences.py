"""What was found about a document, in words, and as one plain document."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from afweging import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from afweging.memo.differences import Difference
    from afweging.memo.printed import Spot
    from afweging.memo.verify import VerdictName, Verified
    from afweging.wording import Words

SHOWN = 25  # differences of one kind
LONGEST = 160  # signs of a text that differs
FORMS = {"pdf": "PDF", "docx": "DOCX", "odt": "ODT", "html": "HTML", "json": "JSON"}


def sentences(file: str, found: Verified, words: Words) -> list[str]:
    """Return the lines about one document; what belongs to a verdict is led by "- "."""
    title = words.text(
        "verify.title.one",
        file=file,
        title=found.text.title,
        form=FORMS[found.carrier],
        date=found.text.date,
    )
    made = words.text("verify.title.made", program=found.program, format=found.format)
    printed = words.text("verify.title.fingerprint", fingerprint=found.fingerprint)
    lines = [title, made, printed]
    for name in found.verdicts:
        lines += _verdict(name, found, words)
    return lines


def _verdict(name: VerdictName, found: Verified, words: Words) -> list[str]:
    verdict = found.verdicts[name]
    if name == "intact":
        return [words.text(f"verify.intact.{verdict.reason or 'yes'}")]
    if name == "consistent":
        return list(_consistent(found, words))
    return list(_reproduced(found, words))


def _consistent(found: Verified, words: Words) -> Iterator[str]:
    verdict = found.verdicts["consistent"]
    key = verdict.reason or ("yes" if verdict.holds else "no")
    yield words.text(f"verify.consistent.{key}", count=len(found.figures))
    yield from _listed([difference(each, words) for each in found.figures], words)
    if found.prose:
        yield words.text("verify.prose.count", count=len(found.prose))
        yield from _listed([difference(each, words) for each in found.prose], words)
    if found.pictures:
        yield words.text("verify.pictures.count", count=found.pictures)


def _reproduced(found: Verified, words: Words) -> Iterator[str]:
    verdict = found.verdicts["reproduced"]
    if verdict.reason == "cannot":
        yield words.text("verify.reproduced.cannot")
        return
    retold = [each for each in found.retold if each.kind == "figure"]
    key = {True: "yes", False: "no", None: "results"}[verdict.holds]
    yield words.text(f"verify.reproduced.{key}", results=len(found.deviations), text=len(retold))
    results = [
        words.text("verify.difference.result", path=d.path, stated=d.stated, found=d.found)
        for d in found.deviations
    ]
    yield from _listed(results, words)
    yield from _listed([difference(each, words) for each in retold], words)
    if verdict.reason == "version" and found.deviations:
        yield words.text("verify.reproduced.older", made=found.program, program=__version__)
    if verdict.reason == "version":
        yield words.text("verify.reproduced.version", made=found.program, program=__version__)


def _listed(lines: Sequence[str], words: Words) -> list[str]:
    shown = [f"- {line}" for line in lines[:SHOWN]]
    rest = len(lines) - SHOWN
    return [*shown, f"- {words.text('verify.more', count=rest)}"] if rest > 0 else shown


def difference(each: Difference, words: Words) -> str:
    """Return one difference as a sentence: the place, what stands there, what should."""
    kinds = {
        (True, True): "changed",
        (True, False): "lost",
        (False, True): "added",
        (False, False): "drawing",
    }
    kind = kinds[each.expected is not None, each.found is not None]
    return words.text(
        f"verify.difference.{kind}" if each.what == "text" else f"verify.over.{each.what}",
        spot=spot(each.spot, words),
        expected=_cut(each.expected),
        found=_cut(each.found),
    )


def spot(place: Spot, words: Words) -> str:
    """Return where something stands, as exactly as is known."""
    key = "heading" if place.heading else "none"
    if place.column:
        key = "cell" if place.row else "head"
    elif place.caption:
        key = "caption"
    if key == "none" and place.page is not None:
        return words.text("verify.spot.only", page=place.page)
    facts = {k: _cut(v) for k, v in asdict(place).items() if k != "page"}
    said = words.text(f"verify.spot.{key}", **facts)
    if place.page is None:
        return said
    return words.text("verify.spot.page", place=said, page=place.page)


def _cut(text: str | None) -> str:
    """Return a text on one line, cut to what a reader can take in, without controls."""
    line = "".join(c if c.isprintable() else " " for c in " ".join((text or "").split()))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def verified_document(file: str, found: Verified) -> dict[str, object]:
    """Return what was found as plain dicts, lists and numbers."""
    return {
        "file": file,
        "carrier": found.carrier,
        "fingerprint": found.fingerprint,
        "format": found.format,
        "program": found.program,
        "verdicts": {name: asdict(verdict) for name, verdict in found.verdicts.items()},
        "figures": [asdict(each) for each in found.figures],
        "prose": [asdict(each) for each in found.prose],
        "results": [asdict(each) for each in found.deviations],
        "text": [asdict(each) for each in found.retold],
        "pictures_not_compared": found.pictures,
    }
