"""What a reader of a document sees: texts in order, alternative texts, pictures, margins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Part = Literal["text", "cell"]


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
    """A picture: the file as it is in the document, or the words drawn in it (PDF)."""

    file: bytes | None = None
    words: str | None = None


@dataclass(slots=True)
class Visible:
    """All that a document shows.

    `pages` is their number where the document has pages of its own; `margin` holds headers,
    footers and repeated heads of tables, which are no part of the running text.
    """

    body: list[Seen] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    margin: list[Seen] = field(default_factory=list)
    pages: int | None = None

    def add(self, text: str, part: Part = "text") -> None:
        """Note a piece of running text; nothing where it is empty."""
        if plain := " ".join(text.split()):
            self.body.append(Seen(plain, part))
