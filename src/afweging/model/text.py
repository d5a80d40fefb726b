"""A text in Dutch and, where there is one, in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["nl", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Dutch; the English is optional and falls back to the Dutch.

    Examples
    --------
    >>> Text("wonen", "housing").in_language("en")
    'housing'
    >>> Text("wonen").in_language("en")
    'wonen'
    """

    nl: str
    en: str | None = None

    def in_language(self, language: Language) -> str:
        """Return the text in `language`, or the Dutch one where there is no English."""
        return self.en if language == "en" and self.en is not None else self.nl
