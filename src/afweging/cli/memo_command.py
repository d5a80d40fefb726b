"""The command that makes documents to attach: memo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.cli.compare_command import Chosen
from afweging.cli.guard import guarded, read
from afweging.cli.options import Language, argument, language_option, option

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import typer

    from afweging.analysis.robustness import Robustness
    from afweging.cli.session_choice import SessionChoice
    from afweging.io.dossier import Settings
    from afweging.memo.blocks import MemoText
    from afweging.memo.build import Format
    from afweging.memo.headings import Headings
    from afweging.memo.mdto import Kept
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison, Request
    from afweging.wording import Words


@dataclass(frozen=True, slots=True)
class Document:
    """What kind of document is asked, in which formats, and where it goes."""

    kind: str
    to: str
    date: str | None
    out: str
    final: bool
    headings: str | None
    texts: str | None
    references: tuple[str, ...]
    force: bool
    crate: str | None
    mdto: tuple[str | None, str | None, str | None] = (None, None, None)


def register(app: typer.Typer, words: Words) -> None:
    """Add memo to `app`."""

    @app.command(help=words.text("cli.command.memo"))
    def memo(  # noqa: PLR0917 - one parameter per option on the command line
        problem: str = argument(words, "problem", "PROBLEM"),
        kind: str = option(words, "memo_kind", "memo", "--kind"),
        to: str = option(words, "memo_to", "pdf", "--to"),
        date: str | None = option(words, "memo_date", None, "--date"),
        out: str = option(words, "memo_out", ".", "--out"),
        final: bool = option(words, "memo_final", False, "--final"),
        headings: str | None = option(words, "memo_headings", None, "--headings"),
        texts: str | None = option(words, "memo_texts", None, "--texts"),
        reference: list[str] = option(words, "memo_reference", [], "--reference"),
        profile: str | None = option(words, "profile"),
        session: str | None = option(words, "memo_session", None, "--session"),
        remarks: str = option(words, "memo_remarks", "none", "--remarks"),
        weights: str = option(words, "weights", "all"),
        panel: list[str] = option(words, "panel", []),
        draws: int = option(words, "draws", 20_000),
        seed: int = option(words, "seed", 1),
        scenario: list[str] = option(words, "scenario", []),
        region: list[str] = option(words, "region", []),
        horizon: list[str] = option(words, "horizon", []),
        region_weights: str = option(words, "region_weights", "equal"),
        horizon_weights: str = option(words, "horizon_weights", "equal"),
        likelihood: list[str] = option(words, "likelihood", []),
        likelihoods: str | None = option(words, "likelihoods"),
        crate: str | None = option(words, "memo_crate", None, "--crate"),
        mdto: str | None = option(words, "memo_mdto", None, "--mdto"),
        mdto_value: str | None = option(words, "memo_mdto_value", None, "--mdto-value"),
        mdto_use: str | None = option(words, "memo_mdto_use", None, "--mdto-use"),
        force: bool = option(words, "force", False),
        lang: Language = language_option(words),
    ) -> None:
        def work() -> None:
            from afweging.io.dossier import Settings

            held = session_for(profile, session, remarks, final=final)
            cases = (scenario, region, horizon, region_weights, horizon_weights)
            request = Chosen(profile, *cases, held).request(likelihood, likelihoods)
            settings = Settings(weights, tuple(panel) or None, draws, seed)
            styles = tuple(reference)
            own, kept = (headings, texts), (mdto, mdto_value, mdto_use)
            asked = Document(kind, to, date, out, final, *own, styles, force, crate, kept)
            _make(problem, request, settings, asked, words, held)

        guarded(work, words, problem)


def session_for(
    profile: str | None, session: str | None, remarks: str, *, final: bool
) -> SessionChoice | None:
    """Return the session that a document rests on, with the remarks that it quotes.

    Raises
    ------
    SessionFileError, RequestError
        When it cannot be read, has no weights, or is a draft for a final document.
    """
    from afweging.cli.session_choice import SessionChoice, session_choice
    from afweging.errors import Fault, RequestError
    from afweging.live.held import read_session

    quoted = parse_remarks(remarks)
    if session is None:
        if quoted != ():
            raise RequestError([Fault("session-remarks-alone", value=remarks)])
        return None
    found = session_choice(profile, session)
    if found is None or (final and found.record.concept):
        raise RequestError([Fault("session-not-final")])
    return SessionChoice(read_session(session, quoted=quoted), found.which)


def parse_remarks(text: str) -> tuple[int, ...] | None:
    """Return the numbers in a text such as "1,2"; nothing for "none", None for "all".

    Raises
    ------
    RequestError
        When it is neither.
    """
    from afweging.errors import Fault, RequestError

    said = text.strip().lower()
    if said in {"none", "all"}:
        return None if said == "all" else ()
    parts = [part.strip() for part in said.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) < 7 for part in parts):
        raise RequestError([Fault("session-remarks", value=text)])
    return tuple(int(part) for part in parts)


def _make(
    path: str,
    request: Request,
    settings: Settings,
    asked: Document,
    words: Words,
    held: SessionChoice | None,
) -> None:
    """Write the documents and say where they are, with the fingerprint of their dossier."""
    from pathlib import Path

    from afweging.io.dossier import fingerprint
    from afweging.io.files import write_files
    from afweging.memo.headings import usual_headings

    formats, day, kept = _formats(asked.to), day_of(asked.date), _kept(asked.mdto)
    references = _references(asked.references)
    headings = _headings(asked) if asked.headings else usual_headings(asked.kind, words)
    if asked.texts:
        headings = _with_own_texts(headings, Path(asked.texts))
    comparison, text, dossier = _worded(
        (path, request, settings, held), asked, words, day=day, headings=headings
    )
    folder, name = Path(asked.out), f"{comparison.problem.id}-{asked.kind}-{words.language}"
    made = _built(text, dossier, formats, references, words)
    documents = {f"{name}.{form}": made[form] for form in formats}
    files = {folder / path: content for path, content in documents.items()}
    if kept is not None:
        from afweging.memo.mdto import mdto_files

        described = mdto_files(text, fingerprint(dossier), documents, kept)
        files |= {folder / path: content for path, content in described.items()}
    if asked.crate is not None:
        from afweging.memo.crate import crate_files

        parts = crate_files(comparison, text, dossier, documents)
        files |= {Path(asked.crate) / path: content for path, content in parts.items()}
    write_files(files, overwrite=asked.force)
    crates = [] if asked.crate is None else [asked.crate]
    made_at = [*(str(folder / path) for path in documents), *crates]
    unquoted = held is not None and held.record.unquoted
    _tell(made_at, fingerprint(dossier), words, unquoted=unquoted)


def _worded(
    about: tuple[str, Request, Settings, SessionChoice | None],
    asked: Document,
    words: Words,
    *,
    day: date,
    headings: Headings,
) -> tuple[Comparison, MemoText, bytes]:
    """Return what was found, the text of the document, and its dossier."""
    from afweging.io.dossier import dossier_bytes

    path, request, settings, held = about
    problem = read(path, words)
    if held is not None:
        problem = held.borrowed(problem)
    comparison, robust = found_with(problem, request, settings, words)

    from afweging.memo.content import memo_text
    from afweging.memo.dossier import make_dossier
    from afweging.memo.results import results_document

    told = None if held is None else held.told(problem, words)
    text = memo_text(
        comparison,
        robust,
        words,
        kind=asked.kind,
        day=day,
        concept=not asked.final,
        headings=headings,
        session=told,
    )
    found = results_document(comparison, robust, told)
    record = None if held is None else held.record
    dossier = dossier_bytes(make_dossier(problem, request, settings, text, found, record))
    return comparison, text, dossier


def _tell(paths: Sequence[str], fingerprint: str, words: Words, *, unquoted: bool) -> None:
    """Say which files were made, their fingerprint, and that there are remarks to be read."""
    from afweging.cli.console import console

    lines = [words.text("memo.made", path=path) for path in paths]
    lines.append(words.text("memo.proof", fingerprint=fingerprint))
    if unquoted:
        lines.append(words.text("session_result.memo.remarks"))
    for line in lines:
        console().print(line, markup=False, soft_wrap=True)


def _formats(text: str) -> tuple[Format, ...]:
    from afweging.errors import Fault, RequestError
    from afweging.memo.build import FORMATS

    asked = [part.strip().lower() for part in text.split(",") if part.strip()]
    unknown = [part for part in asked if part not in FORMATS]
    if unknown or not asked:
        faults = [
            Fault("memo-format", value=v, facts={"known": FORMATS}) for v in unknown or [text]
        ]
        raise RequestError(faults)
    return tuple(form for form in FORMATS if form in asked)


def day_of(text: str | None) -> date:
    """Return the day that is meant; today where none is given."""
    from datetime import date

    from afweging.errors import Fault, RequestError

    if text is None:
        return date.today()  # noqa: DTZ011 - the day where the user is
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RequestError([Fault("memo-date", value=text)]) from None


def _kept(said: tuple[str | None, str | None, str | None]) -> Kept | None:
    """Return what an archive has to be told, None where it is not asked for."""
    from afweging.errors import Fault, RequestError
    from afweging.memo.mdto import VALUES, Kept

    names = ("--mdto", "--mdto-value", "--mdto-use")
    if not any(said):
        return None
    faults = [
        Fault("memo-mdto", value=name)
        for name, each in zip(names, said, strict=True)
        if not (each or "").strip()
    ]
    creator, value, use = (each or "" for each in said)
    if value and value not in VALUES:
        facts: dict[str, object] = {"field": "--mdto-value", "choices": tuple(VALUES)}
        faults.append(Fault("field-choice", value=value, facts=facts))
    if faults:
        raise RequestError(faults)
    return Kept(creator, value, use)


def _headings(asked: Document) -> Headings:
    from pathlib import Path

    from afweging.memo.headings import read_headings

    path = Path(asked.headings or "")
    return read_headings(_bytes(path), asked.kind, file=path.name)


def _with_own_texts(headings: Headings, path: Path) -> Headings:
    """Return headings with what the author wrote in a file."""
    from afweging.memo.content import PARTS
    from afweging.memo.own_texts import read_texts, with_texts

    texts = read_texts(_bytes(path), file=path.name)
    return with_texts(headings, texts, computed=PARTS.keys(), file=path.name)


def _references(paths: tuple[str, ...]) -> Mapping[str, bytes]:
    """Return the documents with styles by their format."""
    from pathlib import Path

    from afweging.errors import Fault, RequestError

    found = {Path(path).suffix.lower().removeprefix("."): Path(path) for path in paths}
    faults = [
        Fault("memo-reference", value=path.name)
        for form, path in found.items()
        if form not in {"docx", "odt"}
    ]
    if faults:
        raise RequestError(faults)
    return {form: _bytes(path) for form, path in found.items()}


def _bytes(path: Path) -> bytes:
    from afweging.errors import Fault, Place, RequestError

    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RequestError([Fault("file-unreadable", Place(file=path.name), reason)]) from error


def found_with(
    problem: DecisionProblem, request: Request, settings: Settings, words: Words
) -> tuple[Comparison, Robustness | None]:
    """Return what is found, with a sign of life that says which part is under way."""
    from afweging.cli.console import step
    from afweging.cli.robust_command import teller
    from afweging.memo.results import find

    with step(words, "cli.progress.compare") as tell:
        return find(problem, request, settings, progress=teller(tell, words))


def _built(
    text: MemoText,
    dossier: bytes,
    formats: tuple[Format, ...],
    references: Mapping[str, bytes],
    words: Words,
) -> Mapping[str, bytes]:
    """Return the document in each format, with the dossier in it."""
    from afweging.cli.console import step
    from afweging.io.carriers import embed
    from afweging.io.dossier import fingerprint
    from afweging.memo.build import html_bytes, office_bytes, pdf_bytes

    seal = fingerprint(dossier)
    made: dict[str, bytes] = {}
    for form in formats:
        with step(words, "memo.progress", form=form):
            if form == "pdf":
                made[form] = pdf_bytes(text, seal, dossier)
            elif form == "html":
                made[form] = embed(form, html_bytes(text, seal), dossier)
            else:
                page = office_bytes(text, seal, form, reference=references.get(form))
                made[form] = embed(form, page, dossier)
    return made
