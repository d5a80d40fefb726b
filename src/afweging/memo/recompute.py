"""What a dossier says, found anew from the inputs in it, and every place where it differs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from babel.dates import format_date

from afweging.analysis.session.told import tell_session
from afweging.io.dossier import problem_of, record_of, request_of, settings_of
from afweging.memo.content import PARTS, memo_text
from afweging.memo.headings import Headings
from afweging.memo.results import find, results_document, with_session
from afweging.wording import Words
from afweging.wording.numbers import LOCALES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from afweging.analysis.robustness import Robustness
    from afweging.memo.blocks import MemoText
    from afweging.model.result import Comparison

ABSENT = "–"  # of what one of two documents does not have
TOLERANCE = 1e-9  # of a number, for processors and versions that round another way


@dataclass(frozen=True, slots=True)
class Deviation:
    """One number or text that differs: where it is, what the dossier says, what was found."""

    path: str
    stated: object
    found: object


def recompute(dossier: Mapping[str, object]) -> Mapping[str, object]:
    """Return the results that follow from the inputs in a dossier whose form was checked.

    Raises
    ------
    ProblemFileError, RequestError, PreferenceError
        When its problem or its request cannot be.
    """
    return again(dossier)[0]


def again(
    dossier: Mapping[str, object], said: MemoText | None = None
) -> tuple[Mapping[str, object], MemoText | None, tuple[Comparison, Robustness | None]]:
    """Return the results anew, the text where `said` is that of the dossier, and what was found."""
    problem, request, settings = problem_of(dossier), request_of(dossier), settings_of(dossier)
    problem = with_session(problem, record := record_of(dossier))
    comparison, robust = find(problem, request, settings)
    words = Words("en" if said is not None and said.language == "en" else "nl")
    session = None if record is None else tell_session(problem, record, words)
    results = results_document(comparison, robust, session)
    if said is None:
        return results, None, (comparison, robust)
    text = memo_text(
        comparison,
        robust,
        words,
        kind=said.kind,
        day=date.fromisoformat(said.date),
        concept=said.concept,
        headings=_headings(said, words),
        session=session,
    )
    return results, text, (comparison, robust)


def _headings(said: MemoText, words: Words) -> Headings:
    """Return headings and own texts as they were printed: those of a house, of an author."""
    parts = {
        block.id.rpartition(".")[0]: block.lines[0]
        for block in said.blocks
        if block.kind == "heading" and block.level == 1
    }
    return Headings(_name(said, words), parts, _own_texts(said))


def _own_texts(said: MemoText) -> Mapping[str, tuple[str, ...]]:
    """Return what the author wrote under the headings of parts that are not computed."""
    found: dict[str, tuple[str, ...]] = {}
    for block in said.blocks:
        part = block.id.rpartition(".")[0]
        if block.kind == "paragraph" and part not in PARTS:
            found[part] = (*found.get(part, ()), *block.lines)
    return found


def _name(said: MemoText, words: Words) -> str:
    """Return what the kind of document is called: what stands before its date."""
    day = format_date(date.fromisoformat(said.date), format="long", locale=LOCALES[words.language])
    key = "memo.about.concept" if said.concept else "memo.about.final"
    before, _, after = words.text(key, kind="\0", date=day).partition("\0")
    line = said.blocks[0].lines[0] if said.blocks and said.blocks[0].lines else ""
    return line.removeprefix(before).removesuffix(after)


def deviations(stated: object, found: object, path: tuple[str, ...] = ()) -> Iterator[Deviation]:
    """Yield each place where two documents differ, numbers beyond the tolerance.

    Examples
    --------
    >>> list(deviations({"a": [0.5, 1]}, {"a": [0.5 + 1e-15, 2]}))
    [Deviation(path='a/2', stated=1, found=2)]
    """
    if isinstance(stated, dict) and isinstance(found, dict):
        for key in sorted({*stated, *found}):
            yield from deviations(stated.get(key, ABSENT), found.get(key, ABSENT), (*path, key))
    elif isinstance(stated, list | tuple) and isinstance(found, list | tuple):
        if len(stated) != len(found):
            yield Deviation("/".join((*path, "#")), len(stated), len(found))
        for place, (one, other) in enumerate(zip(stated, found, strict=False), start=1):
            yield from deviations(one, other, (*path, str(place)))
    elif not _equal(stated, found):
        yield Deviation("/".join(path), _shown(stated), _shown(found))


def _equal(one: object, other: object) -> bool:
    if _is_number(one) and _is_number(other):
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)  # type: ignore[arg-type]
    return type(one) is type(other) and one == other


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: object) -> object:
    """Return what can be shown in a line: of a whole part only that it is there."""
    return "…" if isinstance(value, dict | list | tuple) else value
