"""How often each option is first, over draws of the weights and of the uncertain effects (SMAA-2).

Weights come from a set of possible weights or are those of participants; effects lie between
their low and high estimate. Pure: the same seed gives the same result, whatever the order of
options, criteria, cases and participants. Knows nothing about files and words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.effect_tables import effect_table, known_table
from afweging.analysis.rank_draws import RankDraws, draw_ranks, parts_of
from afweging.analysis.screening import admissible_options, require_effects
from afweging.analysis.weight_draws import weight_draws
from afweging.analysis.weights import members
from afweging.methods.acceptability import Acceptability, Confidence, wilson_interval
from afweging.methods.aggregation import ordered_sum
from afweging.methods.weighting import rank_order_centroid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from afweging.analysis.effect_spread import Spread
    from afweging.analysis.weight_draws import WeightDraws, WeightKind
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]
    Interval = tuple[FloatArray, FloatArray]

DRAWS = 10_000  # a share of one half is then known to within one percentage point


@dataclass(frozen=True, slots=True, eq=False)
class AcceptabilityFound:
    """How often each option has each rank, over draws.

    Ties share the better rank, so that the shares of a rank over the options can add up to more
    than 1; pairs that tie are counted in `drawn.tie_shares`.

    Attributes
    ----------
    kind : str
        Which weights were taken as possible.
    profiles : tuple of str
        The participants whose weights were drawn; empty for a set of weights.
    options, criteria, lenses, cases : tuple of str
        What A, C, L and S stand for: the options that take part, in the order of the problem;
        a case is a scenario, region and horizon, joined by " / ".
    under : ndarray of shape (L, C)
        Which criteria lie under each lens.
    drawn : Acceptability
        Over weights and uncertain effects.
    likely : Acceptability
        Over weights alone, with the most likely effects.
    case_counts : ndarray of shape (S, A)
        In how many of the draws of `likely` each option is first in each case.
    confidence : Confidence or None
        With the central weights of each option, over draws of effects; None where no effect is
        uncertain, for then each option that is ever first is first with its central weights.
    uncertain : int
        The number of estimates, one for each option and criterion, that were drawn.
    together : mapping of str to int
        How many of those follow the level of one source that errs together.
    spread : Spread
        How many of those have a uniform distribution.
    exact : tuple of bool
        Whether `drawn`, and whether `likely`, takes all that is possible once instead of draws.
    seed : int
    """

    kind: WeightKind
    profiles: tuple[str, ...]
    options: tuple[str, ...]
    criteria: tuple[str, ...]
    lenses: tuple[str, ...]
    cases: tuple[str, ...]
    under: BoolArray
    drawn: Acceptability
    likely: Acceptability
    case_counts: IntArray
    confidence: Confidence | None
    uncertain: int
    together: Mapping[str, int]
    spread: Spread
    exact: tuple[bool, bool]
    seed: int

    def __post_init__(self) -> None:
        for array in (self.under, self.case_counts):
            array.setflags(write=False)

    @property
    def varied(self) -> bool:
        """Whether more than one set of weights was counted."""
        return not self.exact[1] or self.likely.draws > 1

    @property
    def rank_intervals(self) -> Interval:
        """The 95 % intervals of the rank acceptability, each of shape (A, A)."""
        return _intervals(self.drawn.rank_counts, self.drawn.draws, exact=self.exact[0])

    @property
    def winning_intervals(self) -> Interval:
        """The 95 % intervals of how often one option is ahead of another, each of shape (A, A)."""
        return _intervals(self.drawn.ahead_counts, self.drawn.draws, exact=self.exact[0])

    @property
    def tie_intervals(self) -> Interval:
        """The 95 % intervals of how often two options tie, each of shape (A, A)."""
        return _intervals(self.drawn.tie_counts, self.drawn.draws, exact=self.exact[0])

    @property
    def likely_intervals(self) -> Interval:
        """The 95 % intervals of the rank acceptability with the most likely effects, (A, A)."""
        return _intervals(self.likely.rank_counts, self.likely.draws, exact=self.exact[1])

    @property
    def case_intervals(self) -> Interval:
        """The 95 % intervals of `case_shares`, each of shape (S, A)."""
        return _intervals(self.case_counts, self.likely.draws, exact=self.exact[1])

    @property
    def cross_intervals(self) -> Interval | None:
        """The 95 % intervals of the confidence factors and cross factors; NaN where undefined."""
        if self.confidence is None:
            return None
        low, high = wilson_interval(self.confidence.first_counts, draws=self.confidence.draws)
        defined = self.confidence.defined
        return np.where(defined, low, np.nan), np.where(defined, high, np.nan)

    @property
    def case_shares(self) -> FloatArray:
        """How often each option is first in each case with the most likely effects, (S, A)."""
        return np.asarray(self.case_counts / self.likely.draws)

    @property
    def case_leaders(self) -> tuple[tuple[str, ...], ...]:
        """The options that are first most often, per case; several where they are so as often."""
        most = self.case_counts == self.case_counts.max(axis=1, keepdims=True)
        return tuple(
            tuple(name for name, leads in zip(self.options, row, strict=True) if leads)
            for row in most.tolist()
        )

    @property
    def central_lenses(self) -> FloatArray:
        """The central weights of the lenses, shape (A, L); NaN where an option is never first."""
        return ordered_sum(self.drawn.central_weights[:, None, :] * self.under)

    @property
    def holistic(self) -> FloatArray:
        """The holistic acceptability, shape (A,): 1 for an option that is always first.

        The rank shares with centroid meta-weights: 1 for the first rank, less for each next one.
        """
        centroid = rank_order_centroid(np.arange(1.0, len(self.options) + 1))
        return ordered_sum(self.drawn.rank_shares * (centroid / centroid[0]))

    @property
    def order(self) -> tuple[int, ...]:
        """The places of the options: most often first, then best by rank, then by id."""
        first, rest = self.drawn.rank_counts[:, 0], self.holistic
        places = range(len(self.options))
        return tuple(sorted(places, key=lambda a: (-first[a], -rest[a], self.options[a])))


def _intervals(counts: IntArray, draws: int, *, exact: bool) -> Interval:
    if exact:
        share = counts / draws
        return share, share
    return wilson_interval(counts, draws=draws)


def find_acceptability(  # noqa: PLR0913 - each is a choice of the reader
    comparison: Comparison,
    *,
    weights: WeightKind = "all",
    effects: bool = True,
    draws: int = DRAWS,
    seed: int = 1,
    panel: tuple[str, ...] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> AcceptabilityFound:
    """Return how often each option has each rank, over draws of weights and effects.

    Where there are only so many weights, as with those of participants, and no effect is
    uncertain, each counts once and nothing is drawn.

    Parameters
    ----------
    comparison : Comparison
        Its profile says which weights lie around those of now; its cases are averaged over.
    weights : {"all", "lenses", "order", "near", "answers", "panel"}
        From which weights is drawn, as in `weight_sets`; panel: the weights of one participant,
        each as likely.
    effects : bool
        Whether uncertain effects are drawn too, from the distribution between their low and high
        estimate: triangular, or uniform where the source says so; otherwise they are as is most
        likely.
    draws : int, at least 1
    seed : int, 0 or more
    panel : tuple of str, optional
        The ids of the participants; by default all but neutral starting points.
    progress : callable, optional
        Told how much is done, and of how much, a number of times.

    Raises
    ------
    RequestError
        When effects are missing, or there are no such weights.
    PreferenceError
        When answers cannot hold together.

    References
    ----------
    Lahdelma and Salminen (2001), SMAA-2: stochastic multicriteria acceptability analysis for
    group decision making, Operations Research 49(3).
    """
    if draws < 1:
        raise ValueError(f"{draws} draws say nothing")
    require_effects(comparison)
    chosen = weight_draws(comparison, weights, panel)
    ids = [alternative.id for alternative in comparison.problem.alternatives]
    options = sorted(map(ids.index, admissible_options(comparison)), key=lambda a: ids[a])
    tabulate = effect_table if effects else known_table
    table = tabulate(comparison, options, chosen.criteria)
    cases = comparison.scores.values.low[:, options][:, :, list(chosen.criteria)]
    parts = parts_of(draws, seed=seed, cells=table.values.size)
    counted = draw_ranks(chosen, table, np.ascontiguousarray(cases), parts, progress)
    found = _turned(counted, options, chosen)
    problem = comparison.problem
    few = chosen.fixed is not None
    return AcceptabilityFound(
        kind=weights,
        profiles=chosen.profiles,
        options=admissible_options(comparison),
        criteria=tuple(criterion.id for criterion in problem.criteria),
        lenses=tuple(lens.id for lens in problem.tree.children),
        cases=tuple(" / ".join(label) for label in comparison.cases.labels),
        under=members(problem.tree, problem.tree.children),
        drawn=found.drawn,
        likely=found.likely,
        case_counts=found.cases,
        confidence=found.confidence,
        uncertain=table.uncertain,
        together=table.together,
        spread=table.spread,
        exact=(few and not table.uncertain, few),
        seed=seed,
    )


def _turned(found: RankDraws, options: list[int], chosen: WeightDraws) -> RankDraws:
    """Return the counts by the order of the problem, instead of by ids."""
    rows, columns = np.argsort(options), np.argsort(chosen.criteria)
    square = np.ix_(rows, rows)

    def turned(each: Acceptability) -> Acceptability:
        return Acceptability(
            each.draws,
            each.rank_counts[rows],
            each.ahead_counts[square],
            each.weight_units[np.ix_(rows, columns)],
        )

    confidence = found.confidence
    if confidence is not None:
        counts, defined = confidence.first_counts[square], confidence.defined[rows]
        confidence = Confidence(confidence.draws, counts, defined)
    return RankDraws(turned(found.drawn), turned(found.likely), found.cases[:, rows], confidence)
