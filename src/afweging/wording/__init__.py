"""Every word that a person reads, in Dutch and English, and how numbers are written in both.

A language is a folder of TOML files, one per area; a key is `area.part.part`. Imports nothing
of ours, so that every layer may speak.
"""

from __future__ import annotations

import string
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from afweging.wording.numbers import write, write_apart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@cache
def texts_of(language: str, area: str) -> Mapping[str, Any]:
    """Return the texts of one area in one language, as nested mappings."""
    path = resources.files("afweging.wording") / language / f"{area}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


class Words(string.Formatter):
    r"""The words of one language.

    Examples
    --------
    >>> Words("nl").text("units.share", share=0.125)
    '12,5\xa0%'
    """

    def __init__(self, language: Language) -> None:
        self.language = language

    def text(self, key: str, **facts: object) -> str:
        """Return the text under `key` with `facts` filled in.

        A fact is written by its format: `{x:number}`, `{x:2}` (decimals), `{x:share}` (0.25 as
        25 %), `{x:money}`, `{x:list}`, or as it is.

        Raises
        ------
        KeyError
            When there is no such key, or a fact is missing: a bug, not a user's mistake.
        """
        return self.vformat(self._template(key), (), facts)

    def has(self, key: str) -> bool:
        """Return whether there is a text under `key`."""
        try:
            self._template(key)
        except (KeyError, FileNotFoundError):
            return False
        return True

    def _template(self, key: str) -> str:
        area, *path = key.split(".")
        found: Any = texts_of(self.language, area)
        for part in path:
            found = found[part]
        if not isinstance(found, str):
            raise KeyError(key)
        return found

    def format_field(self, value: object, format_spec: str) -> str:
        """Write one fact in the way of the language."""
        if format_spec in {"list", "either"}:
            items = value if isinstance(value, list | tuple) else [value]
            return self.join(items, "and" if format_spec == "list" else "or")
        return write(value, format_spec, self.language)

    def apart(self, one: float, other: float, form: str) -> tuple[str, str]:
        """Write two numbers in one form, with more decimals where they would read the same."""
        return write_apart((one, other), form, self.language)

    def join(self, items: Sequence[object], word: Literal["and", "or"] = "and") -> str:
        """Return "a, b en c", or "a, b of c".

        Examples
        --------
        >>> Words("nl").join(["wonen", "werk", "zorg"])
        'wonen, werk en zorg'
        """
        shown = [self.format_field(item, "") for item in items]
        if len(shown) < 2:
            return "".join(shown)
        return f"{', '.join(shown[:-1])} {self.text(f'units.{word}')} {shown[-1]}"
