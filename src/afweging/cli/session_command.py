"""The commands about sessions that were held: session list, show, export, replay, verify, purge."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from afweging.cli.guard import guarded
from afweging.cli.help import localised
from afweging.cli.options import Language, argument, language_option, option

if TYPE_CHECKING:
    from afweging.wording import Words


def register(app: typer.Typer, words: Words) -> None:
    """Add the group session to `app`."""
    group, command = localised(words)
    sub = typer.Typer(
        name="session",
        cls=group,
        help=words.text("cli.command.session"),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    _add_reading(sub, words)
    _add_checking(sub, words)
    for each in sub.registered_commands:
        each.cls = command
    app.add_typer(sub)


def _add_reading(sub: typer.Typer, words: Words) -> None:
    @sub.command("list", help=words.text("session_command.help.list"))
    def list_(
        folder: str | None = argument(words, "sessions", "FOLDER", None),
        lang: Language = language_option(words),
    ) -> None:
        from afweging.cli.session_report import list_sessions

        guarded(lambda: list_sessions(folder, words), words)

    @sub.command(help=words.text("session_command.help.show"))
    def show(
        session: str = argument(words, "session", "SESSION"),
        lang: Language = language_option(words),
    ) -> None:
        from afweging.cli.session_report import show_session

        guarded(lambda: show_session(session, words), words)

    @sub.command(help=words.text("session_command.help.export"))
    def export(
        session: str = argument(words, "session", "SESSION"),
        to: str | None = option(words, "to"),
        force: bool = option(words, "force", False),
        lang: Language = language_option(words),
    ) -> None:
        guarded(lambda: _export(session, to, force=force), words)

    @sub.command(help=words.text("session_command.help.replay"))
    def replay(
        session: str = argument(words, "session", "SESSION"),
        problem: str = argument(words, "problem", "PROBLEM"),
        frame: int | None = option(words, "frame"),
        as_json: bool = option(words, "json", False),
        lang: Language = language_option(words),
    ) -> None:
        from afweging.cli.session_report import replay_session

        def work() -> None:
            replay_session(session, problem, frame, words, as_json=as_json)

        guarded(work, words, problem)


def _add_checking(sub: typer.Typer, words: Words) -> None:
    @sub.command(help=words.text("session_command.help.verify"))
    def verify(
        session: str = argument(words, "session", "SESSION"),
        receipt: list[str] = option(words, "receipt", []),
        export: str | None = option(words, "export"),
        lang: Language = language_option(words),
    ) -> None:
        from afweging.cli.session_report import verify_session

        holds = True

        def work() -> None:
            nonlocal holds
            holds = verify_session(session, receipt, export, words)

        guarded(work, words)
        if not holds:
            raise typer.Exit(1)

    @sub.command(help=words.text("session_command.help.purge"))
    def purge(
        session: str = argument(words, "session", "SESSION"),
        reason: str = option(words, "reason", ""),
        lang: Language = language_option(words),
    ) -> None:
        guarded(lambda: _purge(session, reason, words), words)


def _export(session: str, to: str | None, *, force: bool) -> None:
    """Write the export that was recorded, or else that of this moment."""
    from pathlib import Path

    from afweging.analysis.session.fold import fold
    from afweging.cli.output import write_bytes
    from afweging.io.files import write_files
    from afweging.io.journal import read_journal
    from afweging.io.journal_file import START
    from afweging.live.exports import export_bytes, last_export
    from afweging.live.logs import find_log
    from afweging.live.room import chain

    events = read_journal(find_log(session))
    content = last_export(events) or export_bytes(fold(events), chain(START.hex(), events))
    if to is None:
        write_bytes(content)
    else:
        write_files({Path(to): content}, overwrite=force)


def _purge(session: str, reason: str, words: Words) -> None:
    from afweging.live.logs import find_log
    from afweging.live.purge import purge_log
    from afweging.wording.refusals import refusal_text

    found = purge_log(find_log(session), reason=reason)
    lines = [words.text("session_command.purge.erased", erased=found.erased)]
    lines.append(words.text(f"session_command.purge.{'ended' if found.ended else 'not_ended'}"))
    if found.refusal is not None:
        lines.append(refusal_text(words, found.refusal))
    lines.append(words.text("session_command.purge.proof", hash=found.log_hash))
    sys.stdout.write("\n".join(lines) + "\n")
