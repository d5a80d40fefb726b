"""The command that says whether a memo proves its own numbers: verify."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from afweging.cli.guard import guarded
from afweging.cli.options import Language, argument, language_option, option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import typer

    from afweging.memo.verify import Verified
    from afweging.wording import Words

LARGEST = 128_000_000  # bytes of a document


def register(app: typer.Typer, words: Words) -> None:
    """Add verify to `app`."""

    @app.command(help=words.text("cli.command.verify"))
    def verify(
        files: list[str] = argument(words, "files", "FILE"),
        dossier: str | None = option(words, "dossier"),
        only: list[str] = option(words, "verify_only", [], "--only"),
        as_json: bool = option(words, "verify_json", False, "--json"),
        lang: Language = language_option(words),
    ) -> None:
        holds: list[bool] = []

        def work() -> None:
            with _without_collector():
                found = _verified(files, dossier, only, words)
            _show(found, words, as_json=as_json)
            holds.extend(_holds(each, only) for _, each in found)

        guarded(work, words)
        if not all(holds):
            import typer

            raise typer.Exit(1)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Leave cycles be for a while: looking for them takes a twentieth of the time, and finds none.

    Trees and documents are freed without it; what is imported stays.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _verified(
    files: Sequence[str], dossier: str | None, only: Sequence[str], words: Words
) -> list[tuple[str, Verified]]:
    """Return what was found about each file; the first that cannot be read ends it."""
    from dataclasses import replace

    from afweging.cli.console import step
    from afweging.errors import AfwegingError, Fault, RequestError
    from afweging.io.carriers import extract
    from afweging.memo.verify import VERDICTS, verify

    unknown = [name for name in only if name not in VERDICTS]
    if unknown:
        facts: dict[str, object] = {"field": "--only", "choices": VERDICTS}
        raise RequestError([Fault("field-choice", value=name, facts=facts) for name in unknown])
    raw = None if dossier is None else extract(_bytes(dossier))
    asked = [name for name in VERDICTS if name in only] or VERDICTS
    found = []
    for file in files:
        content = _bytes(file)
        with step(words, "verify.progress", file=file):
            try:
                found.append((file, verify(content, dossier=raw, asked=asked)))
            except AfwegingError as error:
                named = (_named(fault.place.file, file) for fault in error.faults)
                error.faults = tuple(
                    replace(fault, place=replace(fault.place, file=name))
                    for fault, name in zip(error.faults, named, strict=True)
                )
                raise
    return found


def _named(inner: str | None, file: str) -> str:
    """Return the name of a file, with that of the part of its dossier where there is one."""
    return Path(file).name if inner is None else f"{Path(file).name} ({inner})"


def _bytes(file: str) -> bytes:
    from afweging.errors import DossierError, Fault, Place

    path, place = Path(file), Place(file=file)
    try:
        if not path.is_file():
            raise DossierError([Fault("dossier-missing", place)])
        if path.stat().st_size > LARGEST:
            raise DossierError([Fault("dossier-too-large", place, facts={"limit": LARGEST / 1e6})])
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise DossierError([Fault("file-unreadable", place, reason)]) from None


def _show(found: Sequence[tuple[str, Verified]], words: Words, *, as_json: bool) -> None:
    from afweging.memo.verify_sentences import sentences, verified_document

    if as_json:
        from afweging.cli.output import write_document

        write_document({"documents": [verified_document(*each) for each in found]})
        return
    from afweging.cli.console import console, show_line

    screen = console()
    for place, (file, each) in enumerate(found):
        if place:
            screen.print()
        for line in sentences(file, each, words):
            show_line(screen, line)


def _holds(found: Verified, only: Sequence[str]) -> bool:
    """Return whether all that was asked holds; what cannot be said does not.

    A dossier alone shows nothing to be consistent with: that counts where it was asked for.
    """
    return all(
        verdict.holds or (verdict.reason == "alone" and verdict.holds is None and name not in only)
        for name, verdict in found.verdicts.items()
    )
