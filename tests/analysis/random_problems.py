"""Random decision problems with every kind of part, and small changes to a problem."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afweging.model.criterion import (
    Criterion,
    Exponential,
    Group,
    Linear,
    Ordinal,
    OrdinalClass,
    PiecewiseLinear,
)
from afweging.model.preference import Profile, SwingRange
from afweging.model.problem import (
    Alternative,
    CaseWeight,
    CaseWeightSet,
    DecisionProblem,
    Effects,
    Label,
    Requirement,
)
from afweging.model.provenance import Source
from afweging.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from afweging.model.criterion import ValueFunction

    FloatArray = NDArray[np.float64]

METHODS = ("assumed", "swing", "rank-order-centroid", "rank-sum", "rank-reciprocal")


@dataclass(frozen=True)
class Shape:
    """How large a random problem is, and which traps are in it."""

    options: int = 4
    scenarios: int = 3
    regions: int = 2
    horizons: int = 2
    gaps: int = 0
    clones: int = 0
    profiles: int = 3
    requirements: int = 1
    linear: bool = False


SMALL = Shape(options=3, scenarios=2, regions=1, horizons=1, profiles=2)


def text(name: str) -> Text:
    """Return a name that differs per language and that no other name starts with."""
    return Text(f"{name}-naam", f"{name}-name")


def leaf(
    name: str,
    weight: float = 1.0,
    *,
    worst: float = 0.0,
    best: float = 1.0,
    function: ValueFunction | None = None,
    outside: str = "error",
    perspective: str | None = None,
) -> Criterion:
    """Return a criterion whose direction follows from its scale."""
    return Criterion(
        id=name,
        name=text(name),
        weight=weight,
        unit=Text(f"eenheid {name}", f"unit {name}"),
        direction="max" if best > worst else "min",
        worst=worst,
        best=best,
        value_function=function or Linear(),
        outside="clip" if outside == "clip" else "error",
        evidence="assumption",
        perspective=perspective,
    )


def table_effects(
    mode: FloatArray,
    *,
    low: FloatArray | None = None,
    high: FloatArray | None = None,
    evidence: NDArray[np.int8] | None = None,
    source: NDArray[np.int32] | None = None,
) -> Effects:
    """Return effects of shape (S, A, C); a NaN in `mode` is a declared gap."""
    known = ~np.isnan(mode)
    return Effects(
        low=np.where(known, mode if low is None else low, np.nan),
        mode=mode.copy(),
        high=np.where(known, mode if high is None else high, np.nan),
        present=np.ones(mode.shape, dtype=bool),
        evidence=np.full(mode.shape, 3, dtype=np.int8) if evidence is None else evidence.copy(),
        source=np.full(mode.shape, -1, dtype=np.int32) if source is None else source.copy(),
    )


def plain_problem(
    mode: Sequence[Sequence[Sequence[float]]],
    children: tuple[Group | Criterion, ...],
    *,
    options: Sequence[str] = (),
    scenarios: Sequence[str] = (),
) -> DecisionProblem:
    """Return a problem with one region and one horizon; `mode` is (scenario, option, criterion)."""
    array = np.array(mode, dtype=float)
    names = options or [f"O{a + 1}" for a in range(array.shape[1])]
    worlds = scenarios or [f"S{s + 1}" for s in range(array.shape[0])]
    return DecisionProblem(
        id="klein",
        title=text("klein"),
        tree=Group("doel", text("doel"), 1.0, children),
        alternatives=tuple(Alternative(name, text(name)) for name in names),
        scenarios=tuple(Label(name, text(name)) for name in worlds),
        regions=(Label("R1", text("R1")),),
        horizons=(Label("H1", text("H1")),),
        effects=table_effects(array),
    )


def with_mode(problem: DecisionProblem, mode: FloatArray) -> DecisionProblem:
    """Return the problem with other most likely effects; the estimates move along."""
    shift = mode - problem.effects.mode
    effects = problem.effects
    return replace(
        problem,
        effects=table_effects(
            mode,
            low=np.where(np.isnan(shift), mode, effects.low + shift),
            high=np.where(np.isnan(shift), mode, effects.high + shift),
            evidence=effects.evidence,
            source=effects.source,
        ),
    )


def random_problem(seed: int, shape: Shape | None = None) -> DecisionProblem:
    """Return a problem that depends on `seed` and `shape` alone."""
    shape = shape or Shape()
    rng = np.random.default_rng(seed)
    tree = _tree(rng, linear=shape.linear)
    axes = [
        tuple(Label(f"{letter}{i + 1}", text(f"{letter}{i + 1}")) for i in range(count))
        for letter, count in zip(
            "SRH", (shape.scenarios, shape.regions, shape.horizons), strict=True
        )
    ]
    problem = DecisionProblem(
        id=f"toeval{seed}",
        title=text(f"toeval{seed}"),
        tree=tree,
        alternatives=tuple(
            Alternative(f"O{a + 1}", text(f"O{a + 1}")) for a in range(shape.options)
        ),
        scenarios=axes[0],
        regions=axes[1],
        horizons=axes[2],
        effects=table_effects(np.zeros((0, 0, 0))),
        sources=tuple(
            Source(f"F{i}", "primary", text(f"F{i}"), date=f"20{20 + i}") for i in range(3)
        ),
        region_weights=(_weight_set("banen", rng, axes[1], 0.2, 3.0),),
        horizon_weights=(_weight_set("straks", rng, axes[2], 0.5, 2.0),),
        scenario_likelihoods=(_weight_set("kansen", rng, axes[0], 0.1, 1.0),),
        perspectives=(Label("mens", text("mens")),),
    )
    problem = replace(problem, effects=_effects(rng, problem, shape))
    return replace(
        problem,
        profiles=tuple(_profile(rng, problem.tree, p) for p in range(shape.profiles)),
        requirements=tuple(_requirement(rng, problem, r) for r in range(shape.requirements)),
    )


def stated_uniform(problem: DecisionProblem, *places: int) -> DecisionProblem:
    """Return the problem with a uniform distribution stated by the sources at some places."""
    sources = list(problem.sources)
    for place in places:
        sources[place] = replace(sources[place], distribution="uniform")
    return replace(problem, sources=tuple(sources))


def _weight_set(
    name: str, rng: np.random.Generator, axis: Sequence[Label], low: float, high: float
) -> CaseWeightSet:
    weights = tuple(
        CaseWeight(label.id, float(rng.uniform(low, high)), "measured", "F0" if i else "F1")
        for i, label in enumerate(axis)
    )
    return CaseWeightSet(name, text(name), weights)


def _tree(rng: np.random.Generator, *, linear: bool) -> Group:
    """Return two lenses, one with a group of its own, and a criterion right under the root."""
    makers: list[Callable[[str, float], Criterion]] = [
        lambda name, weight: _scaled(rng, name, weight, Linear()),
        lambda name, weight: _scaled(rng, name, weight, Linear(), outside="clip"),
        lambda name, weight: _bent(rng, name, weight, np.array([0.0, 0.7, 1.0])),
        lambda name, weight: _bent(rng, name, weight, np.array([0.0, 1.0, 0.4, 1.0])),
        lambda name, weight: _curved(rng, name, weight),
        lambda name, weight: _ordinal(rng, name, weight),
    ]
    rng.shuffle(makers)
    if linear:
        makers = [lambda name, weight: _scaled(rng, name, weight, Linear())] * 6
    leaves = [
        make(f"C{i + 1}", w)
        for i, (make, w) in enumerate(zip(makers, rng.uniform(10, 60, 6), strict=True))
    ]
    inner = Group("kern", text("kern"), float(rng.uniform(20, 80)), tuple(leaves[1:3]))
    first = Group("wonen", text("wonen"), float(rng.uniform(20, 60)), (leaves[0], inner))
    second = Group("werken", text("werken"), float(rng.uniform(20, 60)), tuple(leaves[3:5]))
    return Group("doel", text("doel"), 1.0, (first, second, leaves[5]))


def _ends(rng: np.random.Generator) -> tuple[float, float]:
    low = float(np.round(rng.uniform(-50, 100), 1))
    high = low + float(np.round(rng.uniform(5, 200), 1))
    return (low, high) if rng.random() < 0.5 else (high, low)


def _scaled(
    rng: np.random.Generator,
    name: str,
    weight: float,
    function: ValueFunction,
    outside: str = "error",
) -> Criterion:
    worst, best = _ends(rng)
    perspective = "mens" if rng.random() < 0.5 else None
    return leaf(
        name,
        weight,
        worst=worst,
        best=best,
        function=function,
        outside=outside,
        perspective=perspective,
    )


def _bent(rng: np.random.Generator, name: str, weight: float, values: FloatArray) -> Criterion:
    criterion = _scaled(rng, name, weight, Linear())
    inner = np.sort(rng.uniform(0.1, 0.9, len(values) - 2))
    share = np.concatenate([[0.0], inner, [1.0]])
    x = criterion.worst + share * (criterion.best - criterion.worst)
    x[-1] = criterion.best
    pairs = sorted(zip(x.tolist(), values.tolist(), strict=True))
    return replace(criterion, value_function=PiecewiseLinear(tuple(pairs)))


def _curved(rng: np.random.Generator, name: str, weight: float) -> Criterion:
    criterion = _scaled(rng, name, weight, Linear())
    share = float(rng.uniform(0.15, 0.85))
    middle = criterion.worst + share * (criterion.best - criterion.worst)
    return replace(criterion, value_function=Exponential(middle))


def _ordinal(rng: np.random.Generator, name: str, weight: float) -> Criterion:
    values = [0.0, *np.sort(rng.uniform(0.1, 0.9, 2)).round(2).tolist(), 1.0]
    classes = tuple(
        OrdinalClass(f"k{i}", text(f"{name}k{i}"), value) for i, value in enumerate(values)
    )
    return leaf(name, weight, worst=0.0, best=3.0, function=Ordinal(classes))


def draw(rng: np.random.Generator, criterion: Criterion) -> float:
    """Return a random effect on the scale of `criterion`."""
    if isinstance(criterion.value_function, Ordinal):
        return float(rng.integers(0, 4))
    low, high = sorted((criterion.worst, criterion.best))
    return float(rng.uniform(low, high))


def _effects(rng: np.random.Generator, problem: DecisionProblem, shape: Shape) -> Effects:
    size = (len(problem.cases), shape.options)
    columns = [
        np.array([draw(rng, criterion) for _ in range(size[0] * size[1])]).reshape(size)
        for criterion in problem.criteria
    ]
    mode = np.stack(columns, axis=-1)
    for c, criterion in enumerate(problem.criteria):
        if criterion.outside == "clip":  # beyond the scale
            mode[0, 0, c] = max(criterion.worst, criterion.best) + 3.0
    for clone in range(shape.clones):
        mode[:, -1 - clone] = mode[:, 0]
    low, high = mode.copy(), mode.copy()
    for c, criterion in enumerate(problem.criteria):
        bottom, top = sorted((criterion.worst, criterion.best))
        step = 1.0 if isinstance(criterion.value_function, Ordinal) else 0.15 * (top - bottom)
        down, up = (rng.uniform(0, step, size) for _ in range(2))
        if isinstance(criterion.value_function, Ordinal):
            down, up = down.round(), up.round()
        low[..., c] = np.minimum(mode[..., c], np.maximum(mode[..., c] - down, bottom))
        high[..., c] = np.maximum(mode[..., c], np.minimum(mode[..., c] + up, top))
    for _ in range(shape.gaps):
        place = tuple(int(rng.integers(0, n)) for n in mode.shape)
        mode[place] = np.nan
    return table_effects(
        mode,
        low=low,
        high=high,
        evidence=rng.integers(0, 4, mode.shape).astype(np.int8),
        source=rng.integers(-1, 3, mode.shape).astype(np.int32),
    )


def _profile(rng: np.random.Generator, tree: Group, place: int) -> Profile:
    """Return a profile that speaks about the root and one lens, by one of the methods."""
    method = METHODS[(place + int(rng.integers(0, 5))) % 5]
    groups = [tree, *(child for child in tree.children if isinstance(child, Group))][:2]
    weights = tuple(
        (group.id, tuple(_numbers(rng, [child.id for child in group.children], method)))
        for group in groups
    )
    first = next(iter(tree.children[1].children)) if isinstance(tree.children[1], Group) else None
    ranges: tuple[SwingRange, ...] = ()
    if place == 0 and isinstance(first, Criterion):
        ranges = (SwingRange(first.id, first.worst, first.best),)
    return Profile(
        id=f"P{place + 1}",
        name=text(f"P{place + 1}"),
        origin=("own", "about", "neutral")[place % 3],
        method=method,
        evidence="assumption",
        weights=weights,
        ranges=ranges,
    )


def _numbers(
    rng: np.random.Generator, names: Sequence[str], method: str
) -> list[tuple[str, float]]:
    if method.startswith("rank"):
        ranks = [1.0, 2.0, 2.0] if len(names) == 3 else [1.0, 2.0]
        return [
            (name, ranks[i]) for name, i in zip(names, rng.permutation(len(names)), strict=True)
        ]
    points = rng.uniform(10, 90, len(names)).round(1)
    if method == "swing":
        points[int(rng.integers(0, len(names)))] = 100.0
    return list(zip(names, points.tolist(), strict=True))


def _requirement(rng: np.random.Generator, problem: DecisionProblem, place: int) -> Requirement:
    """Return a minimum on one criterion that roughly every third option fails."""
    c = int(rng.integers(0, len(problem.criteria)))
    criterion = problem.criteria[c]
    column = problem.effects.mode[..., c]
    threshold = float(np.nanquantile(column, 0.25 if criterion.direction == "max" else 0.75))
    if isinstance(criterion.value_function, Ordinal):
        threshold = float(np.floor(threshold))
    return Requirement(
        id=f"E{place + 1}",
        name=text(f"E{place + 1}"),
        criterion=criterion.id,
        threshold=threshold,
        evidence="assumption",
        tolerated_share=(0.3, 0.0)[place % 2],
    )


def permuted(
    problem: DecisionProblem, rng: np.random.Generator
) -> tuple[DecisionProblem, dict[str, list[int]]]:
    """Return the problem with every part in another order, and the orders that were drawn."""
    parts = {
        "option": problem.alternatives,
        "scenario": problem.scenarios,
        "region": problem.regions,
        "horizon": problem.horizons,
        "profile": problem.profiles,
    }
    order = {name: rng.permutation(len(part)).tolist() for name, part in parts.items()}
    moved = {name: tuple(parts[name][i] for i in order[name]) for name in parts}
    tree = _shuffled(problem.tree, rng)
    place = {criterion.id: c for c, criterion in enumerate(problem.criteria)}
    turned = replace(
        problem,
        tree=tree,
        alternatives=moved["option"],
        scenarios=moved["scenario"],
        regions=moved["region"],
        horizons=moved["horizon"],
        profiles=moved["profile"],
    )
    order["criterion"] = [place[criterion.id] for criterion in turned.criteria]
    order["case"] = [problem.cases.index(case) for case in turned.cases]
    return replace(turned, effects=_moved(problem.effects, order)), order


def _moved(effects: Effects, order: dict[str, list[int]]) -> Effects:
    grid = np.ix_(order["case"], order["option"], order["criterion"])
    return Effects(
        low=effects.low[grid],
        mode=effects.mode[grid],
        high=effects.high[grid],
        present=effects.present[grid],
        evidence=effects.evidence[grid],
        source=effects.source[grid],
    )


def _shuffled(group: Group, rng: np.random.Generator) -> Group:
    children = tuple(
        _shuffled(child, rng) if isinstance(child, Group) else child for child in group.children
    )
    order = rng.permutation(len(children)).tolist()
    return replace(group, children=tuple(children[i] for i in order))
