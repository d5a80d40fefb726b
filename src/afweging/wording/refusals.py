"""Why a session does not do what is asked, as one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.wording import Words


class RefusalLike(Protocol):
    """Why something is refused."""

    @property
    def code(self) -> str:
        """The key of the sentence."""
        ...

    @property
    def facts(self) -> Mapping[str, object]:
        """What the sentence needs."""
        ...


def refusal_text(words: Words, refusal: RefusalLike) -> str:
    """Return the sentence for a refusal in the language of `words`."""
    facts = dict(refusal.facts)
    if "stage" in facts:
        facts["stage"] = words.text(f"session.stage.{facts['stage']}")
    if "name" in facts:
        facts["name"] = words.text(f"session.code_name.{facts['name']}")
    return words.text(f"session.refusal.{refusal.code}", **facts)
