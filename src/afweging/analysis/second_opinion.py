"""The same options and weights under other methods. The only module that imports scikit-criteria.

It informs and never overrules: nothing of a comparison depends on it.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from afweging.analysis.opinion import MethodOpinion, Refusal, SecondOpinion
from afweging.analysis.opinion_measures import Scored, form_opinion, with_worsening
from afweging.analysis.opinion_rules import NEEDS, find_refusal, same_formulas
from afweging.analysis.opinion_table import falling_criteria, mean_effects, opinion_table
from afweging.analysis.screening import admissible_options, require_effects
from afweging.errors import Fault, RequestError
from afweging.methods.agreement import majority_points
from afweging.methods.compromise import compromise_set
from afweging.methods.ranking import SCORE_TOLERANCE, rank_scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from afweging.analysis.opinion import RefusalCode
    from afweging.analysis.opinion_table import Basis, OpinionTable
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

REPEATS = 1  # how often each option that is not first is made worse
SEED = 1  # of what the library draws to make options worse: the same answer every time


@dataclass(frozen=True, slots=True, eq=False)
class Recipe:
    """One method: what evaluates its numbers, what prepares them, and what it needs.

    `score` is the name of its score in what the library returns; `sign` is -1 where less is
    better. `costs` is True for a method that adds up costs apart, `bounded` for one that reads
    the ends of the scales.
    """

    method: str
    maker: Any
    score: str = "score"
    sign: int = 1
    costs: bool = False
    bounded: bool = False
    steps: tuple[Any, ...] = ()
    needs: tuple[RefusalCode, ...] = ()


def second_opinion(comparison: Comparison, *, basis: Basis = "values") -> SecondOpinion:
    """Return what other methods make of the same options and weights.

    With `basis` "values" every method gets the mean partial values: the effects on their fixed
    scales, from 0 (worst) to 1 (best), averaged over the cases. A step is then worth the same to
    all methods and weights mean what was asked. More is always better, but COPRAS and RAM, which
    add up costs apart, get 1 - value for criteria of which less is better. With "effects" they
    get the mean effects in their own units and directions, as a textbook does; value functions
    then play no part, and classes count as their number.

    Values are on one scale already, so nothing normalises them again: that would change what the
    weights mean. Only EDAS (by the mean of the options), VIKOR and MAIRCA (by their least and
    greatest) do, because it is what they are. Effects are normalised as each method was
    published: by the root of the sum of squares (TOPSIS, MULTIMOORA), by the sum (COPRAS, ARAS,
    RAM), by the least and the greatest (MABAC, MAIRCA, VIKOR, ELECTRE II), by the best (weighted
    sum and product, WASPAS, CODAS), by the scales of the problem (SPOTIS).

    No number is moved to make a method run, but that MAIRCA, which only reads places between
    least and greatest, gets those plus 1: a method that needs numbers above 0 and finds a 0 is
    listed with that reason. Parameters are the usual ones: v 0.5 (VIKOR), lambda 0.5 (WASPAS),
    tau 0.02 (CODAS), thresholds 0.65, 0.5 and 0.35 for concordance and 0.65 and 0.35 for
    discordance (ELECTRE II).

    Scores within 1e-9 of each other tie, in every method; ties are not broken.

    Raises
    ------
    RequestError
        When effects are missing, or scikit-criteria is not installed.

    Examples
    --------
    >>> import afweging as afw
    >>> found = second_opinion(afw.compare(afw.read_problem("scenarios/kantoor")))
    >>> found.ours.first, len(found.agreeing), len(found.others)
    (('addison',), 6, 6)
    """
    require_effects(comparison)
    recipes = _recipes(basis)
    table = opinion_table(comparison, basis)
    falling = falling_criteria(comparison, table)
    costs = table.costs_kept(falling) if basis == "values" else table
    scores = comparison.scores.expected.low[np.array(comparison.admissible)]
    ours = dict(zip(table.options, scores.tolist(), strict=True))
    same = same_formulas(comparison, table, basis, costs=bool(falling.any()))
    methods = tuple(
        _opinion(recipe, costs if recipe.costs else table, scores, same) for recipe in recipes
    )
    own = form_opinion(
        "ours", lambda t: Scored(np.array([ours[name] for name in t.options])), table, scores
    )
    return SecondOpinion(basis, table.options, table.criteria, own, methods)


def to_decision_matrix(comparison: Comparison) -> Any:
    """Return a `skcriteria.DecisionMatrix` of the options that meet the requirements.

    The matrix holds the most likely effects averaged over the cases, in natural units (of classes
    their number, counted from 0). Objectives are the directions, weights those of the comparison,
    and names are ids. Weights belong to the fixed scales of the problem: a method that scales by
    the options reads them differently.

    Raises
    ------
    RequestError
        When effects are missing, or scikit-criteria is not installed.

    Examples
    --------
    >>> import afweging as afw
    >>> matrix = to_decision_matrix(afw.compare(afw.read_problem("scenarios/kantoor")))
    >>> matrix.shape, list(matrix.alternatives)[:2]
    ((7, 6), ['addison', 'bilton'])
    """
    require_effects(comparison)
    _require_library()
    criteria = comparison.problem.criteria
    with _quiet():
        from skcriteria import mkdm

        return mkdm(
            mean_effects(comparison)[np.array(comparison.admissible)],
            [min if criterion.direction == "min" else max for criterion in criteria],
            weights=comparison.weights.criteria,
            alternatives=list(admissible_options(comparison)),
            criteria=[criterion.id for criterion in criteria],
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the library warns about from the reader: the numbers are judged here."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def _require_library() -> None:
    """Refuse, with what to install, where scikit-criteria or a part of it is not there."""
    try:
        with _quiet():
            import skcriteria  # noqa: F401 - is it there?
    except ImportError as error:
        raise RequestError([Fault("second-opinion-missing", value=error.name)]) from error


@cache
def _recipes(basis: Basis) -> tuple[Recipe, ...]:
    """Return the methods, in the order in which they are shown."""
    _require_library()
    with _quiet():
        steps: Mapping[str, tuple[Any, ...]] = _steps()
        return tuple(
            replace(
                recipe,
                steps=steps.get(recipe.method, ())
                if basis == "effects" or recipe.method == "mairca"
                else (),
                needs=NEEDS[basis].get(recipe.method, ()),
            )
            for recipe in _makers()
        )


def _makers() -> tuple[Recipe, ...]:
    from skcriteria.agg import (
        aras,
        codas,
        copras,
        edas,
        electre,
        mabac,
        mairca,
        moora,
        ram,
        simple,
        spotis,
        topsis,
        vikor,
        waspas,
    )

    room = SCORE_TOLERANCE  # a share that is a threshold but for rounding passes it
    outranking = electre.ELECTRE2(
        p0=0.65 - room, p1=0.5 - room, p2=0.35 - room, q0=0.65 + room, q1=0.35 + room
    )
    return (
        Recipe("weighted_sum", simple.WeightedSumModel()),
        Recipe("spotis", spotis.SPOTIS(), sign=-1, bounded=True),
        Recipe("aras", aras.ARAS()),
        Recipe("mabac", mabac.MABAC()),
        Recipe("weighted_product", simple.WeightedProductModel()),
        Recipe("waspas", waspas.WASPAS()),
        Recipe("topsis", topsis.TOPSIS(), "similarity"),
        Recipe("vikor", vikor.VIKOR(), "q_k", sign=-1),
        Recipe("multimoora", moora.MultiMOORA()),
        Recipe("copras", copras.COPRAS(), "significances", costs=True),
        Recipe("ram", ram.RAM(), costs=True),
        Recipe("edas", edas.EDAS()),
        Recipe("mairca", mairca.MAIRCA(), "values", sign=-1),
        Recipe("codas", codas.CODAS()),
        Recipe("electre2", outranking, sign=-1),
    )


def _steps() -> Mapping[str, tuple[Any, ...]]:
    """Return per method what prepares effects for it."""
    from skcriteria.preprocessing.increment import AddValueToZero
    from skcriteria.preprocessing.invert_objectives import (
        BenefitCostInverter,
        InvertMinimize,
        MinMaxInverter,
    )
    from skcriteria.preprocessing.scalers import SumScaler, VectorScaler

    by_root, by_sum = VectorScaler(target="matrix"), SumScaler(target="matrix")
    shares, places = BenefitCostInverter(), MinMaxInverter()
    return {
        "weighted_sum": (shares,),
        "aras": (InvertMinimize(), by_sum),
        "mabac": (places,),
        "weighted_product": (shares,),
        "waspas": (shares,),
        "topsis": (by_root,),
        "multimoora": (by_root,),
        "copras": (by_sum,),
        "ram": (by_sum,),
        "mairca": (places, AddValueToZero("matrix", 1)),  # each column of places has a 0
        "codas": (shares,),
        "electre2": (places,),
    }


def _opinion(
    recipe: Recipe, table: OpinionTable, scores: FloatArray, same: dict[str, str]
) -> MethodOpinion:
    found = form_opinion(recipe.method, partial(_judge, recipe), table, scores)
    if found.refusal is None:
        found = with_worsening(found, _worsened(recipe, table, found))
    return replace(found, same_as=same.get(recipe.method))


def _judge(recipe: Recipe, table: OpinionTable) -> Scored | Refusal:
    """Return the scores of one method on a table, or why it cannot run."""
    one = Refusal("one-option") if len(table.options) == 1 else None
    refusal = one or find_refusal(table, recipe.needs)
    if refusal is not None:
        return refusal
    try:
        with _quiet():
            return _scores(recipe, _matrix(table), table)
    except ValueError:  # what the library says of scores that are no numbers
        return Refusal("undefined")


def _matrix(table: OpinionTable) -> Any:
    from skcriteria import mkdm

    return mkdm(
        table.cells,
        [min if falls else max for falls in table.falls],
        weights=table.weights,
        alternatives=list(range(len(table.options))),
    )


def _scores(recipe: Recipe, matrix: Any, table: OpinionTable) -> Scored:
    """Return what the method makes of a decision matrix; `table` gives the ends of the scales."""
    for step in recipe.steps:
        matrix = step.transform(matrix)
    more = {"bounds": _wide_bounds(table)} if recipe.bounded else {}
    extra = recipe.maker.evaluate(matrix, **more).e_
    if recipe.method == "multimoora":  # its ranks again, with ties where rounding differs only
        three = (extra.ratio_score, -extra.refpoint_score, extra.fmf_score)
        points = majority_points(np.stack([rank_scores(scores) for scores in three]))
        return Scored(points.astype(np.float64))
    compromise = None
    if recipe.method == "vikor":
        compromise = compromise_set(extra.q_k, extra.s_k, extra.r_k)
    return Scored(recipe.sign * np.asarray(extra[recipe.score], dtype=np.float64), compromise)


def _wide_bounds(table: OpinionTable) -> FloatArray:
    """Return the ends of the scales, moved by rounding at most so that all cells lie within."""
    low = np.minimum(table.bounds[:, 0], table.cells.min(axis=0))
    high = np.maximum(table.bounds[:, 1], table.cells.max(axis=0))
    return np.column_stack([low, high])


@dataclass(frozen=True, slots=True, eq=False)
class _Maker:
    """A method as the checks of the library take it, with our ties."""

    recipe: Recipe
    table: OpinionTable

    def evaluate(self, matrix: Any) -> Any:
        from skcriteria.agg import RankResult

        ranks = rank_scores(_scores(self.recipe, matrix, self.table).scores)
        dense = np.unique(ranks, return_inverse=True)[1] + 1
        return RankResult(self.recipe.method, matrix.alternatives, dense, {})


def _worsened(recipe: Recipe, table: OpinionTable, found: MethodOpinion) -> tuple[bool, ...]:
    """Return for runs with a worse loser whether the first stays first; () where there are none."""
    first = np.array(found.ranks) == 1
    if first.sum() != 1 or not _can_worsen(table.cells[~first]):
        return ()
    try:
        with _quiet():
            from skcriteria.ranksrev.rank_invariant_check import RankInvariantChecker

            check = RankInvariantChecker(
                _Maker(recipe, table),
                repeat=REPEATS,
                last_diff_strategy="mean",
                random_state=SEED,
            )
            _, *runs = check.evaluate(_matrix(table)).ranks
    except ValueError:  # a number that the method cannot have, once made worse
        return ()
    return tuple(bool((run[1].values == 1)[first].all()) for run in runs)


def _can_worsen(losers: FloatArray) -> bool:
    """Return whether each of `losers` (A, C) can be made worse by less than to the next.

    The check of the library moves an option by at most its distance to the next and at most its
    own size, and goes on without end where that is nothing, or with one loser comes to no number.
    """
    if len(losers) < 2:
        return False
    gaps = np.abs(losers[:, None, :] - losers[None, :, :]) * (losers != 0)[:, None, :]  # (A, A, C)
    pairs = (gaps > 0).any(axis=2)[~np.eye(len(losers), dtype=bool)]
    last = ((losers != losers[0]).any(axis=0) & (losers != 0)).any(axis=1)
    return bool(pairs.all() and last.all())
