"""What other methods say of the same options: records. Knows no library and computes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from afweging.analysis.opinion_table import Basis

RefusalCode = Literal[
    "one-option",  # there is nothing to order
    "not-positive",  # a number is 0 or less
    "cost-zero",  # a cost is 0 or less, and is divided by
    "negative",  # a number is less than 0
    "zero-column",  # all options are at 0, and their total is divided by
    "no-cost",  # there is no criterion of which less is better
    "no-cost-effect",  # the costs of an option are 0 together, and are divided by
    "beyond",  # an effect lies beyond the scale
    "undefined",  # the method comes to 0 / 0, as TOPSIS does where all options are the same
]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a method cannot run on these numbers, and on which criterion that shows, if on one."""

    code: RefusalCode
    criterion: str | None = None


@dataclass(frozen=True, slots=True)
class Reversal:
    """One option left out, or there twice, and who is first then; () where it cannot run then."""

    option: str
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stability:
    """Whether the first option depends on others that are not first.

    `tried` is how many options were left out, and copied, one at a time: all that are not first.
    `left_out` and `copied` hold those with which other options are first. `worsened` is how often
    options that are not first were made worse, `kept` in how many of these runs the first stayed
    first (the rank-invariance check of scikit-criteria); 0 and 0 where that cannot be done.
    """

    tried: int = 0
    left_out: tuple[Reversal, ...] = ()
    copied: tuple[Reversal, ...] = ()
    worsened: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class MethodOpinion:
    """What one method says.

    `same_as` names what orders the options in the same way on this table whatever the numbers:
    "ours", or another method; such a method is a check, and no opinion of its own. Without
    `refusal`, `scores` (higher is better) and `ranks` are in the order of the options, `first`
    who is first, `agreement` Kendall's tau-b with our ranks (None where either is one tie), and
    `turned` the pairs that we put the other way around, ours in front first. `compromise` is the
    compromise set of VIKOR.
    """

    method: str
    same_as: str | None = None
    refusal: Refusal | None = None
    scores: tuple[float, ...] = ()
    ranks: tuple[int, ...] = ()
    first: tuple[str, ...] = ()
    agreement: float | None = None
    turned: tuple[tuple[str, str], ...] = ()
    compromise: tuple[str, ...] = ()
    stability: Stability = Stability()


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What other methods make of the same options and weights. It informs, it never overrules.

    `options` are those that meet the requirements, `criteria` those with weight; `ours` is the
    additive model of the comparison itself.
    """

    basis: Basis
    options: tuple[str, ...]
    criteria: tuple[str, ...]
    ours: MethodOpinion
    methods: tuple[MethodOpinion, ...]

    @property
    def others(self) -> tuple[MethodOpinion, ...]:
        """The methods that ran and have an opinion of their own."""
        return tuple(m for m in self.methods if m.refusal is None and m.same_as is None)

    @property
    def agreeing(self) -> tuple[MethodOpinion, ...]:
        """Those of `others` that put the same options first as we do."""
        return tuple(m for m in self.others if set(m.first) == set(self.ours.first))
