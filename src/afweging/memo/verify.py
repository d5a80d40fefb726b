"""Whether a memo proves its numbers: its dossier intact, printed as it is, and found again.

Intact: the dossier is as its fingerprint on the memo says. Consistent: every figure that is
shown is that of the dossier. Reproduced: found anew from the inputs, the results are the same. A
fingerprint is no signature: who makes a whole new memo makes a new fingerprint as well.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

from afweging import __version__
from afweging.errors import AfwegingError, DossierError, Fault
from afweging.io.canonical import problem_digest
from afweging.io.carriers import carrier_of, extract
from afweging.io.dossier import fingerprint, is_canonical, problem_of, read_dossier
from afweging.io.read_visible import read_visible
from afweging.io.visible import Seen, Visible
from afweging.memo.beside import compare_beside
from afweging.memo.build import qr_svg
from afweging.memo.contents import without_contents
from afweging.memo.differences import Comparer, Difference, squeezed
from afweging.memo.dossier import text_of
from afweging.memo.drawn import png_of
from afweging.memo.headings import REPORT
from afweging.memo.pictures import compare_pictures
from afweging.memo.printed import Spot, printed_alternatives, printed_body
from afweging.memo.recompute import ABSENT, Deviation, again, deviations
from afweging.memo.redrawn import drawn_otherwise, is_plain, pdf_again, same_typst
from afweging.memo.report.hidden import hidden_differences
from afweging.wording import LANGUAGES, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from afweging.io.carriers import Carrier
    from afweging.memo.blocks import MemoText

VerdictName = Literal["intact", "consistent", "reproduced"]
VERDICTS: tuple[VerdictName, ...] = ("intact", "consistent", "reproduced")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something holds; None where it cannot be said, and `reason` then says why."""

    holds: bool | None
    reason: str = ""


@dataclass(slots=True)
class Verified:
    """What was found about one document.

    `fingerprint` is that of its dossier. `differences` are those between what is shown and what
    the dossier says, `deviations` those between the results in the dossier and the same found
    anew; `pictures` counts the pictures whose drawing could not be compared.
    """

    carrier: Carrier
    fingerprint: str
    format: str
    program: str
    text: MemoText
    verdicts: dict[VerdictName, Verdict] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    deviations: list[Deviation] = field(default_factory=list)
    retold: list[Difference] = field(default_factory=list)
    pictures: int = 0

    @property
    def figures(self) -> list[Difference]:
        """The changed figures among the differences."""
        return [each for each in self.differences if each.kind == "figure"]

    @property
    def prose(self) -> list[Difference]:
        """The edited prose among the differences."""
        return [each for each in self.differences if each.kind == "prose"]


def verify(
    content: bytes,
    *,
    dossier: bytes | None = None,
    asked: Sequence[VerdictName] = VERDICTS,
) -> Verified:
    """Return what holds for the document in `content`.

    Parameters
    ----------
    content : bytes
        A memo as PDF, DOCX, ODT or HTML, or a dossier alone.
    dossier : bytes, optional
        A dossier from elsewhere, for a document that lost its own; the fingerprint on the
        document says whether it belongs to it.
    asked : sequence of {"intact", "consistent", "reproduced"}

    Raises
    ------
    AfwegingError
        When the document or its dossier cannot be read.
    """
    carrier = carrier_of(content)
    raw = extract(content) if dossier is None else dossier
    said = read_dossier(raw)
    found = Verified(
        carrier=carrier,
        fingerprint=fingerprint(raw),
        format=str(said["format"]),
        program=_program(said),
        text=_text(said),
    )
    reproduced = partial(_reproduced, content, said, found) if "reproduced" in asked else None
    again, verdict = _at_once(partial(_again, raw, said, found), reproduced)
    shown = _shown(content, again)
    if "intact" in asked:
        found.verdicts["intact"] = _intact(raw, said, shown, found)
    if "consistent" in asked:
        found.verdicts["consistent"] = _consistent(said, shown, found)
    if verdict is not None:
        found.verdicts["reproduced"] = verdict
    return found


def _at_once(
    draw: Callable[[], _Drawn], compute: Callable[[], Verdict] | None
) -> tuple[_Drawn, Verdict | None]:
    """Return what is drawn and what is computed: Typst draws on a processor of its own."""
    if compute is None:
        return draw(), None
    with ThreadPoolExecutor(max_workers=1) as aside:
        drawn = aside.submit(draw)
        verdict = compute()
        return drawn.result(), verdict


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a document shows; `drawn` is what was made again, `whole` that the PDF is the same."""

    content: bytes
    visible: Visible
    drawn: _Drawn
    whole: bool


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What was drawn again: a PDF, or the pictures of a DOCX or an ODT; None where it cannot be."""

    pdf: bytes | None = None
    pictures: Sequence[bytes] | None = None


def _again(raw: bytes, said: Mapping[str, object], found: Verified) -> _Drawn:
    if found.carrier == "pdf":
        return _Drawn(pdf=pdf_again(found.text, found.fingerprint, raw, _versions(said)))
    if found.carrier not in {"docx", "odt"} or not same_typst(_versions(said)):
        return _Drawn()
    if not is_plain(found.text):
        return _Drawn()
    seal = _seal(found.fingerprint)
    drawings = [b.svg for b in found.text.blocks if b.kind == "figure"]
    return _Drawn(pictures=png_of([*drawings, *([seal] if seal else [])]))


def _shown(content: bytes, drawn: _Drawn) -> _Shown:
    """Return what a document shows; a PDF that is as it was made need not be read."""
    whole = drawn.pdf == content
    return _Shown(content, Visible() if whole else read_visible(content), drawn, whole)


def _text(said: Mapping[str, object]) -> MemoText:
    try:
        return text_of(said)
    except ValueError as error:
        raise DossierError([Fault("dossier-json", value=str(error))]) from None


def _versions(said: Mapping[str, object]) -> Mapping[str, str]:
    versions: Mapping[str, str] = said["versions"]  # type: ignore[assignment]
    return versions


def _program(said: Mapping[str, object]) -> str:
    return _versions(said).get("afweging", "?")


# --- intact -------------------------------------------------------------------------------------


def _intact(raw: bytes, said: Mapping[str, object], shown: _Shown, found: Verified) -> Verdict:
    """Return whether bytes, digests and the fingerprint that is printed belong together."""
    if not is_canonical(raw, said):
        return Verdict(holds=False, reason="form")
    parts: Mapping[str, object] = said["problem"]  # type: ignore[assignment]
    try:
        digest = problem_digest(problem_of(said))
    except AfwegingError:
        return Verdict(holds=False, reason="problem")
    if digest != parts["digest"]:
        return Verdict(holds=False, reason="problem")
    if found.carrier == "json":
        return Verdict(holds=True, reason="alone")
    printed = (squeezed(seen.text) for seen in shown.visible.body)
    if shown.whole or any(found.fingerprint in text for text in printed):
        return Verdict(holds=True)
    return Verdict(holds=False, reason="fingerprint")


# --- consistent ---------------------------------------------------------------------------------


def _consistent(said: Mapping[str, object], shown: _Shown, found: Verified) -> Verdict:
    """Return whether all figures that are shown are those of the dossier."""
    if found.carrier == "json":
        return Verdict(holds=None, reason="alone")
    if not shown.whole:
        _compare(said, shown.visible, found)
        _compare_pictures(shown, found)
    return Verdict(holds=not found.figures)


def _compare(said: Mapping[str, object], visible: Visible, found: Verified) -> None:
    labels = {language: texts_of(language, "memo")["print"] for language in LANGUAGES}
    allowed = [text for part in labels.values() for text in part.values()]
    comparer = Comparer(_names(said), [*allowed, found.fingerprint])
    told = [Seen(text) for text in visible.alternatives]
    own = labels["en" if found.text.language == "en" else "nl"]
    fields = found.carrier in {"docx", "odt"}
    body, pages = without_contents(found.text, visible.body, own, fields=fields)
    found.differences += [*comparer.compare(printed_body(found.text), body), *pages]
    found.differences += comparer.compare(printed_alternatives(found.text), told)
    found.differences += compare_beside(found.text, visible, comparer)


def _compare_pictures(shown: _Shown, found: Verified) -> None:
    """Compare the pictures; in a PDF that can be made again, all that its pages draw."""
    pictures, sealed = shown.visible.pictures, found.text.kind != REPORT
    seal = _seal(found.fingerprint) if sealed else None
    dots = shown.drawn.pictures
    changed, unknown = compare_pictures(found.text, pictures, dots, seal=seal, sealed=sealed)
    found.differences += changed
    if found.carrier == "pdf":
        unknown = sum(b.kind == "figure" for b in found.text.blocks)
    if shown.drawn.pdf is not None:
        changed, edited = drawn_otherwise(shown.content, shown.drawn.pdf, found.differences)
        found.differences += changed
        unknown = sum(picture.page in edited for picture in pictures[:unknown])
    found.pictures = unknown


def _seal(fingerprint: str) -> str | None:
    """Return the picture of the fingerprint, None where it cannot be drawn here."""
    try:
        return qr_svg(fingerprint)
    except AfwegingError:
        return None


def _names(said: Mapping[str, object]) -> list[str]:
    """Return the names of the options in both languages: who reads another name is misled."""
    parts: Mapping[str, Mapping[str, list[Mapping[str, object]]]] = said["problem"]  # type: ignore[assignment]
    names = [each.get("name") for each in parts["problem"].get("options", [])]
    return [text for name in names for text in _texts(name)]


def _texts(name: object) -> Iterable[str]:
    values = name.values() if isinstance(name, dict) else [name]
    return [value for value in values if isinstance(value, str)]


# --- reproduced ---------------------------------------------------------------------------------


def _reproduced(content: bytes, said: Mapping[str, object], found: Verified) -> Verdict:
    """Return whether results, and the text of the same version of the program, come out again.

    In a report so do the numbers that it computes with, and the script that does.
    """
    same = found.program == __version__
    try:
        results, text, both = again(said, found.text if same else None)
    except (AfwegingError, ValueError, KeyError):
        return Verdict(holds=False, reason="cannot")
    found.deviations += (
        each
        for each in deviations(said["results"], results)
        if same or each.stated != ABSENT  # a later version may find more
    )
    if text is not None:
        found.retold += _retold(said, text, found.text)
        if text.kind == REPORT and found.carrier == "html":
            found.retold += hidden_differences(content, text, *both)
    holds = not found.deviations and not any(each.kind == "figure" for each in found.retold)
    if same:
        return Verdict(holds)
    # whether its text follows from the results, only the version that made it can say
    return Verdict(None if holds else False, reason="version")


def _retold(said: Mapping[str, object], text: MemoText, printed: MemoText) -> list[Difference]:
    """Return what the text in the dossier says otherwise than the text made anew."""
    comparer = Comparer(_names(said), [])
    told = [Seen(each.text) for each in printed_body(printed)]
    alternatives = [Seen(each.text) for each in printed_alternatives(printed)]
    found = comparer.compare(printed_body(text), told)
    found += comparer.compare(printed_alternatives(text), alternatives)
    for one, other in zip(text.blocks, printed.blocks, strict=False):
        if one.kind == other.kind == "figure" and normalize("NFC", one.svg) != other.svg:
            caption = one.lines[0] if one.lines else ""
            found.append(Difference("figure", Spot(caption=caption), None, None))
    return found
