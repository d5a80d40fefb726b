"""What a memo is about, as its parts share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.analysis.naming import Names, names_of

if TYPE_CHECKING:
    from afweging.analysis.robustness import Robustness
    from afweging.analysis.session.result_sentences import SessionTold
    from afweging.model.result import Comparison
    from afweging.wording import Words


@dataclass(frozen=True, slots=True, eq=False)
class Matter:
    """A comparison, how sure it is, and the words; `robust` is None where effects are missing.

    `session` is the live session that it rests on, where there was one.
    """

    comparison: Comparison
    robust: Robustness | None
    words: Words
    session: SessionTold | None = None

    @property
    def names(self) -> Names:
        """The names of what is compared."""
        return names_of(self.comparison.problem, self.words.language)

    def say(self, key: str, **facts: object) -> str:
        """Return one of the texts of the memo."""
        return self.words.text(f"memo.{key}", **facts)

    @property
    def ranked(self) -> list[str]:
        """The options that take part, as they rank."""
        return [line.id for line in self.comparison.ranking if line.rank is not None]

    @property
    def winners(self) -> tuple[str, ...]:
        """Who can be first; one where it is settled and nobody ties."""
        return self.comparison.first.overall.alternatives

    @property
    def winner(self) -> str | None:
        """Who is first, where that is settled and nobody ties."""
        first = self.comparison.first.overall
        return first.alternatives[0] if first.settled and len(first.alternatives) == 1 else None

    @property
    def rival(self) -> str | None:
        """The best of the other options that take part, None where there is none."""
        others = [name for name in self.ranked if name != self.winner]
        return others[0] if self.winner and others else None

    def place(self, option: str) -> int:
        """Return the place of an option in the problem."""
        return [each.id for each in self.comparison.problem.alternatives].index(option)
