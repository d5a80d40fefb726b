"""What a reader of a document sees: texts in order, alternative texts, pictures, margins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Part = Literal["text", "cell"]
Laid = Literal[
    "image",
    "annotation",
    "field",
    "hidden",
    "shape",
    "embedded",
    "acting",
    "format",
    "cells",
    "mark",
]


@dataclass(frozen=True, slots=True)
class Seen:
    """A piece of text: a paragraph, an item of a list, a caption, or a cell of a table.

    `page` is the page that it starts on, where the document has pages of its own.
    """

    text: str
    part: Part = "text"
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the file as it is in the document, or the words drawn in it (PDF).

    `page` is the page that it is on, where that is known.
    """

    file: bytes | None = None
    words: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Over:
    """What lies over a page or is hidden in it, so that its text alone says too little.

    `text` is what is known of it: nothing where it is no text.
    """

    kind: Laid
    text: str = ""
    page: int | None = None


@dataclass(slots=True)
class Visible:
    """All that a document shows.

    `pages` is their number where the document has pages of its own; `margin` holds headers,
    footers and repeated heads of tables, which are no part of the running text; `titles` what the
    document is called in its properties, `outline` its table of contents; `styles` the styles of
    a web page; `rows` how many cells each row of its tables has, where it has rows.
    """

    body: list[Seen] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    margin: list[Seen] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    outline: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    over: list[Over] = field(default_factory=list)
    pages: int | None = None
    rows: list[int] | None = None

    def add(self, text: str, part: Part = "text") -> None:
        """Note a piece of running text; nothing where it is empty."""
        if plain := " ".join(text.split()):
            self.body.append(Seen(plain, part))
