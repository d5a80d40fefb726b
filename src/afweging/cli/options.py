"""Options and arguments that more than one command has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import typer

if TYPE_CHECKING:
    from afweging.wording import Words


Language = Literal["nl", "en"]


def language_option(words: Words) -> Any:
    """Return the option --lang; its value was taken from the arguments already."""
    return typer.Option("nl", "--lang", help=words.text("cli.app.language"))


def argument(words: Words, name: str, metavar: str, default: Any = ...) -> Any:
    """Return an argument with its help; required where it has no default."""
    return typer.Argument(default, help=words.text(f"cli.argument.{name}"), metavar=metavar)


def option(words: Words, name: str, default: Any = None, flag: str | None = None) -> Any:
    """Return an option with its help; its name on the command line has hyphens."""
    given = flag or f"--{name.replace('_', '-')}"
    metavar = None if default is False else words.text("cli.metavar")
    return typer.Option(default, given, help=words.text(f"cli.option.{name}"), metavar=metavar)
