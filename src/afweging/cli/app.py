"""The commands put together, in one language, and the answer to a command that is not right."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, cast

import typer

from afweging import __version__
from afweging.cli import (
    compare_command,
    convert_commands,
    disagree_command,
    flip_command,
    group_command,
    live_command,
    memo_command,
    read_commands,
    report_command,
    robust_command,
    second_opinion_command,
    session_command,
    verify_command,
    weigh_command,
)
from afweging.cli.console import language_in
from afweging.cli.help import localised, translate
from afweging.cli.options import Language, language_option
from afweging.wording import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

# what every mistake in a command derives from; typer gives it no public name
UsageError = cast("type[Exception]", typer.BadParameter.__mro__[1])


def build_app(words: Words) -> typer.Typer:
    """Return the application with its help in the language of `words`."""
    group, command = localised(words)
    app = typer.Typer(
        name="afweging",
        cls=group,
        help=words.text("cli.app.help"),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )

    def show_version(value: bool) -> None:
        if value:
            typer.echo(f"afweging {__version__}")
            raise typer.Exit

    @app.callback()
    def root(
        lang: Language = language_option(words),
        version: bool = typer.Option(
            False,
            "--version",
            help=words.text("cli.app.version"),
            callback=show_version,
            is_eager=True,
        ),
    ) -> None:
        """Take the options that come before the command."""

    for module in (
        read_commands,
        compare_command,
        group_command,
        disagree_command,
        flip_command,
        second_opinion_command,
        robust_command,
        memo_command,
        report_command,
        weigh_command,
        convert_commands,
        live_command,
        session_command,
        verify_command,
    ):
        module.register(app, words)
    for each in app.registered_commands:
        each.cls = command
    return app


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    words = Words(language_in(arguments))
    app = build_app(words)
    try:
        code = app(args=list(arguments), prog_name="afweging", standalone_mode=False)
    except UsageError as error:
        sys.stderr.write(_usage_text(error, words) + "\n")
        return 2
    return code if isinstance(code, int) else 0


def _usage_text(error: BaseException, words: Words) -> str:
    """Return what is wrong with the command, in the language of the user."""
    context = getattr(error, "ctx", None)
    path = "afweging" if context is None else context.command_path
    return words.text("cli.usage.problem", message=_message(error, words), hint=f"{path} --help")


def _message(error: BaseException, words: Words) -> str:
    option, parameter = getattr(error, "option_name", None), getattr(error, "param", None)
    if option is not None and type(error).__name__ == "NoSuchOption":
        return words.text("cli.usage.option", name=option)
    shown = "" if parameter is None else _typed(parameter)
    if type(error).__name__ == "MissingParameter":
        return words.text("cli.usage.missing", name=shown)
    message = translate(getattr(error, "message", str(error)), words)
    message = message if message.endswith((".", "?")) else f"{message}."
    return words.text("cli.usage.value", name=shown, message=message) if shown else message


def _typed(parameter: Any) -> str:
    """Return a parameter as the help shows it: B for an argument, --draws for an option."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    return str(parameter.opts[0])
