"""Where numbers come from: evidence marks and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from afweging.model.text import Text

Evidence = Literal["measured", "derived", "expert", "assumption"]
EVIDENCE: tuple[Evidence, ...] = ("measured", "derived", "expert", "assumption")

SourceKind = Literal[
    "primary", "secondary", "derived", "expert", "assumption", "unverified", "not_found"
]

Distribution = Literal["triangular", "uniform"]
DISTRIBUTIONS: tuple[Distribution, ...] = ("triangular", "uniform")


@dataclass(frozen=True, slots=True)
class Source:
    """A document, a figure in it, or a stated assumption, with the definition that it uses.

    `based_on` names the sources that this one is derived from. A source of kind `not_found`
    records that a figure was looked for in vain; it carries no figure. `correlated` says that
    the estimates from this source err together: if one turns out higher than most likely, all do.
    `distribution` says how likely each level between low and high is: uniform, all alike, or
    triangular, the nearer to the most likely level the likelier.
    """

    id: str
    kind: SourceKind
    title: Text
    publisher: str | None = None
    date: str | None = None
    region: str | None = None
    definition: Text | None = None
    figure: Text | None = None
    url: str | None = None
    based_on: tuple[str, ...] = ()
    correlated: bool = False
    distribution: Distribution = "triangular"
