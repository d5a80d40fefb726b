"""The fixed words of the help texts, in the language of the user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

from afweging.wording import texts_of

if TYPE_CHECKING:
    from afweging.wording import Words


def translate(text: str, words: Words) -> str:
    """Return `text` with the fixed words of the command library in the language of `words`."""
    for found, said in texts_of(words.language, "cli")["fixed"].items():
        text = text.replace(found, said)
    return text


def localised(words: Words) -> tuple[type[TyperGroup], type[TyperCommand]]:
    """Return the classes for the application and its commands whose help speaks `words`."""

    class Group(TyperGroup):
        def get_help(self, ctx: Any) -> str:
            return translate(super().get_help(ctx), words)

    class Command(TyperCommand):
        def get_help(self, ctx: Any) -> str:
            return translate(super().get_help(ctx), words)

    return Group, Command
