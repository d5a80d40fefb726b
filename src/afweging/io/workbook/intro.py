"""The first sheet of a workbook, which explains the others: in Dutch, and below that in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from afweging.io.workbook.layout import CHOICES, SHEETS, heading_key, help_key
from afweging.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

Style = Literal["title", "wide", "section", "head", "text"]
IntroRow = tuple[Style, tuple[str, ...]]

_PARAGRAPHS = ("what", "how", "star", "id", "number", "gap", "list", "notes", "names")
_NL, _EN = Words("nl"), Words("en")


def intro_rows() -> Iterator[IntroRow]:
    """Yield the rows of the sheet with their style: at most four cells each."""
    for words in (_NL, _EN):
        yield from _explanation(words)
    yield from _marks()
    yield from _columns()


def _explanation(words: Words) -> Iterator[IntroRow]:
    yield "title", (words.text("workbook.intro.title"),)
    for key in _PARAGRAPHS:
        yield "wide", (words.text(f"workbook.intro.{key}"),)
    yield "section", (words.text("workbook.title.steps"),)
    yield "head", tuple(words.text(f"workbook.title.{key}") for key in ("step", "sheet", "what"))
    for number, sheet in enumerate(SHEETS, start=1):
        name, own = (each.text(f"workbook.sheet.{sheet.key}") for each in (_NL, words))
        purpose = words.text(f"workbook.purpose.{sheet.key}")
        yield "text", (str(number), name if own == name else f"{name} ({own})", purpose)


def _marks() -> Iterator[IntroRow]:
    yield "section", (_both("workbook.title.marks"),)
    yield "head", _titles("column", "choice", "meaning", "english")
    for choices, column in _COLUMN_OF.items():
        for value in CHOICES[choices]:
            key, meaning = (
                f"workbook.choice.{choices}.{value}",
                f"workbook.meaning.{choices}.{value}",
            )
            english = f"{_EN.text(key)}: {_EN.text(meaning)}"
            yield (
                "text",
                (_NL.text(heading_key(*column)), _NL.text(key), _NL.text(meaning), english),
            )


def _columns() -> Iterator[IntroRow]:
    yield "section", (_both("workbook.title.columns"),)
    yield "head", _titles("sheet", "column", "what", "english")
    for sheet in SHEETS:
        for column in sheet.columns:
            name, explained = heading_key(sheet.key, column.key), help_key(sheet.key, column.key)
            yield (
                "text",
                (
                    _NL.text(f"workbook.sheet.{sheet.key}"),
                    f"{_NL.text(name)} *" if column.required else _NL.text(name),
                    _NL.text(explained),
                    f"{_EN.text(name)}: {_EN.text(explained)}",
                ),
            )


def _both(key: str) -> str:
    return f"{_NL.text(key)} / {_EN.text(key)}"


def _titles(*keys: str) -> tuple[str, ...]:
    return tuple(_NL.text(f"workbook.title.{key}") for key in keys)


# the first column that offers each list of fixed choices, in the order of the sheets
_COLUMN_OF: dict[str, tuple[str, str]] = {}
for _sheet in SHEETS:
    for _column in _sheet.columns:
        if _column.choices is not None:
            _COLUMN_OF.setdefault(_column.choices, (_sheet.key, _column.key))
