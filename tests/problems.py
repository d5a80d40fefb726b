"""Random valid decision problems, small, for tests that must hold for every problem."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

from afweging.errors import Place
from afweging.io.document import Document, Faults
from afweging.io.effects_table import COLUMNS, Column, EffectsTable
from afweging.io.numbers import write_number
from afweging.io.problem import build_problem
from afweging.model.preference import JUDGEMENT_METHODS, RANK_METHODS
from afweging.model.problem import ROLES
from afweging.model.provenance import EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from afweging.model.problem import DecisionProblem

    Draw = Callable[[st.SearchStrategy[Any]], Any]

Plain = dict[str, Any]

_SIGNS = "abcXYZ019_.-"
IDS = st.builds(
    str.__add__, st.sampled_from("aBz7O"), st.text(alphabet=_SIGNS, max_size=4)
) | st.sampled_from(["2030", "01", "1e5", "1.50", "TRUE", "no", "null", "1-2", "mrt-3"])
AWKWARD = [
    "=1+1",
    "+31",
    "-",
    "@x",
    "\ttab",
    "\rcr",
    "a\r\nb",
    " voor en na ",
    " ",
    "\n",
    "ééñ – ‘citaat’ \U0001f600",
    'een "woord"; nog, een',
    '"',
    ";",
    "_x000D_",
    "_x0041_",
    "#N/A",
    "#DIV/0!",
    "1.234",
    "0,5",
    "2030",
    "no",
    "null",
    "2026-11-24",
    "a: b # c",
    "'x",
    "\x07",
    "\u2028\ufeff",
    "e\u0301",
]
_ANY_SIGN = st.characters(exclude_categories=["Cs"])
TEXTS = st.sampled_from(AWKWARD) | st.text(alphabet=_ANY_SIGN, min_size=1, max_size=12)
DAYS = st.sampled_from(["2026", "2026-02", "2026-11-24"])
NUMBERS = (
    st.integers(0, 10**7)
    | st.floats(0, 1e9, allow_nan=False)
    | st.sampled_from([0.1 + 0.2, 1.234, 1e-7, 12.3456, 1 / 3, 28000.0])
)
SHARES = st.sampled_from([0, 0.25, 0.1 + 0.2, 1]) | st.floats(0, 1)
SPANS = st.integers(1, 4000) | st.floats(0.5, 1e6)
_METHODS = ("assumed", "eigen-methode", "points", "swing", *RANK_METHODS, *JUDGEMENT_METHODS)


@st.composite
def problems(draw: Draw) -> DecisionProblem:
    """Draw a valid decision problem: at most 3 options, 4 criteria and 2 of each axis."""
    problem, sources = draw(_problem_documents())
    known = [source["id"] for source in sources]
    tree_groups, criteria = _groups(problem["tree"]), _leaves(problem["tree"])
    profiles = [
        draw(_profile(name, tree_groups, criteria, known))
        for name in draw(st.lists(IDS, max_size=2, unique=True))
    ]
    return build_problem(
        Document(problem, {(): Place()}),
        Document({"profiles": profiles}, {(): Place()}),
        Document({"sources": sources}, {(): Place()}),
        draw(_effects(problem, criteria, known)),
        Faults(),
    )


# --- parts that several others use --------------------------------------------------------------


@st.composite
def _text(draw: Draw) -> str | Plain:
    nl, en = draw(TEXTS), draw(st.none() | TEXTS)
    return nl if en is None else {"nl": nl, "en": en}


def _some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _one_of(values: Sequence[str]) -> st.SearchStrategy[Any]:
    return _some(st.sampled_from(values)) if values else st.none()


def _several(values: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=2) if values else st.just([])


def _without_nothing(part: Plain) -> Plain:
    return {key: value for key, value in part.items() if value is not None and value != []}


@st.composite
def _labels(draw: Draw, least: int = 0) -> list[Plain]:
    names = draw(st.lists(IDS, min_size=least, max_size=2, unique=True))
    return [
        _without_nothing({"id": name, "name": draw(_text()), "description": draw(_some(_text()))})
        for name in names
    ]


@st.composite
def _sources(draw: Draw) -> list[Plain]:
    names = draw(st.lists(IDS, max_size=3, unique=True))
    kinds = st.sampled_from(["primary", "secondary", "derived", "assumption", "not_found"])
    sources = []
    for name in names:
        kind = draw(kinds)
        source = {
            "id": name,
            "kind": kind,
            "title": draw(_text()),
            "publisher": draw(_some(TEXTS)),
            "date": draw(_some(DAYS)),
            "region": draw(_some(TEXTS)),
            "definition": draw(_some(_text())),
            "figure": None if kind == "not_found" else draw(_some(_text())),
            "url": draw(_some(TEXTS)),
            "based_on": draw(_several(names)),
            "correlated": draw(_some(st.just(value=True))),
            "distribution": draw(_some(st.just("uniform"))),
        }
        sources.append(_without_nothing(source))
    return sources


def _weights(count: int) -> st.SearchStrategy[list[float]]:
    """Weights that add up to 100, or to 1."""
    parts = st.lists(st.integers(0, 100 // count), min_size=count - 1, max_size=count - 1)
    return st.builds(
        lambda found, scale: [part / scale for part in (*found, 100 - sum(found))],
        parts,
        st.sampled_from([1, 100]),
    )


# --- the value tree -----------------------------------------------------------------------------


@st.composite
def _tree(draw: Draw, known: Sequence[str], stages: Sequence[str], sides: Sequence[str]) -> Plain:
    count = draw(st.integers(1, 4))
    names = iter(draw(st.lists(IDS, min_size=15, max_size=15, unique=True)))
    leaves = [draw(_criterion(next(names), known, stages, sides)) for _ in range(count)]
    tree: Plain = draw(_group(leaves, names, 0))
    del tree["weight"]
    return tree


@st.composite
def _group(draw: Draw, leaves: list[Plain], names: Iterator[str], depth: int) -> Plain:
    """Put leaves under a group: in one or two blocks, each a leaf or a group of its own."""
    cut = draw(st.integers(0, len(leaves) - 1)) if len(leaves) > 1 else 0
    children = []
    for block in (leaves[:cut], leaves[cut:]):
        if len(block) == 1 and (depth == 3 or draw(st.booleans())):
            children.append(block[0])
        elif block and depth == 3:
            children += block
        elif block:
            children.append(draw(_group(block, names, depth + 1)))
    for child, weight in zip(children, draw(_weights(len(children))), strict=True):
        child["weight"] = weight
    group = {
        "id": next(names),
        "name": draw(_text()),
        "weight": 0,
        "description": draw(_some(_text())),
        "children": children,
    }
    return _without_nothing(group)


@st.composite
def _criterion(
    draw: Draw, name: str, known: Sequence[str], stages: Sequence[str], sides: Sequence[str]
) -> Plain:
    shape = draw(st.sampled_from(["linear", "piecewise", "exponential", "ordinal"]))
    criterion = {
        "id": name,
        "name": draw(_text()),
        "weight": 0,
        "unit": draw(_text()),
        "outside": draw(st.sampled_from(["error", "clip"])),
        "evidence": draw(st.sampled_from(EVIDENCE)),
        "source": draw(_one_of(known)),
        "chain_stage": draw(_one_of(stages)),
        "perspective": draw(_one_of(sides)),
        "description": draw(_some(_text())),
    }
    if shape == "ordinal":
        criterion["value_function"] = {"shape": shape, "classes": draw(_classes())}
        return _without_nothing(criterion)
    low = draw(st.integers(-1000, 1000))
    ends = [float(low), float(low) + float(draw(SPANS))]
    direction = draw(st.sampled_from(["min", "max"]))
    worst, best = ends if direction == "max" else reversed(ends)
    criterion |= {"direction": direction, "worst": worst, "best": best}
    criterion["value_function"] = draw(_value_function(shape, worst, best))
    return _without_nothing(criterion)


@st.composite
def _classes(draw: Draw) -> list[Plain]:
    names = draw(st.lists(IDS, min_size=2, max_size=4, unique=True))
    values = [0, *(draw(SHARES) for _ in names[2:]), 1]
    return [
        {"id": name, "name": draw(_text()), "value": value}
        for name, value in zip(names, values, strict=True)
    ]


@st.composite
def _value_function(draw: Draw, shape: str, worst: float, best: float) -> Plain | None:
    middle = worst + draw(st.sampled_from([0.25, 0.5, 0.7])) * (best - worst)
    if shape == "piecewise":
        points = [[worst, 0], [middle, draw(SHARES)], [best, 1]]
        beyond = [[max(worst, best) + 1, draw(SHARES)]] if draw(st.booleans()) else []
        return {"shape": shape, "points": sorted(points + beyond)}
    if shape == "exponential":
        return {"shape": shape, "midvalue": middle}
    return {"shape": "linear"} if draw(st.booleans()) else None


def _groups(node: Plain) -> dict[str, list[str]]:
    """Return the ids of the children per group."""
    if "children" not in node:
        return {}
    found = {node["id"]: [child["id"] for child in node["children"]]}
    for child in node["children"]:
        found |= _groups(child)
    return found


def _leaves(node: Plain) -> list[Plain]:
    if "children" not in node:
        return [node]
    return [leaf for child in node["children"] for leaf in _leaves(child)]


# --- the rest of the problem --------------------------------------------------------------------


@st.composite
def _problem_documents(draw: Draw) -> tuple[Plain, list[Plain]]:
    sources = draw(_sources())
    known = [source["id"] for source in sources]
    portfolios = [_without_nothing(part) for part in draw(_portfolios(known))]
    stages, sides = draw(_labels()), draw(_labels())
    axes = {key: draw(_labels()) for key in ("scenarios", "regions", "horizons")}
    tree = draw(_tree(known, [part["id"] for part in stages], [part["id"] for part in sides]))
    problem = {
        "id": draw(IDS),
        "title": draw(_text()),
        "description": draw(_some(_text())),
        "date": draw(_some(DAYS)),
        "tree": tree,
        "options": draw(_options(known, [part["id"] for part in portfolios])),
        **axes,
        "requirements": draw(_requirements(_leaves(tree), known)),
        "region_weights": draw(_case_weights(axes["regions"], known, likely=False)),
        "horizon_weights": draw(_case_weights(axes["horizons"], known, likely=False)),
        "scenario_likelihoods": draw(_case_weights(axes["scenarios"], known, likely=True)),
        "portfolios": portfolios,
        "chain_stages": stages,
        "perspectives": sides,
    }
    return _without_nothing(problem), sources


@st.composite
def _portfolios(draw: Draw, known: Sequence[str]) -> list[Plain]:
    return [
        {
            "id": name,
            "name": draw(_text()),
            "holder": draw(_some(TEXTS)),
            "valid_from": draw(_some(DAYS)),
            "valid_until": draw(_some(DAYS)),
            "source": draw(_one_of(known)),
        }
        for name in draw(st.lists(IDS, max_size=2, unique=True))
    ]


@st.composite
def _options(draw: Draw, known: Sequence[str], portfolios: Sequence[str]) -> list[Plain]:
    names = draw(st.lists(IDS, min_size=2, max_size=3, unique=True))
    reference = draw(_one_of(names))
    options = []
    for name in names:
        others = [other for other in names if other != name]
        option = {
            "id": name,
            "name": draw(_text()),
            "description": draw(_some(_text())),
            "lead": draw(_several(portfolios)),
            "chain_actors": draw(st.lists(TEXTS, max_size=3)),
            "roles": draw(st.lists(st.sampled_from(ROLES), max_size=3)),
            "fte": draw(_some(NUMBERS)),
            "euro_per_year": draw(_some(NUMBERS)),
            "evidence": draw(_one_of(EVIDENCE)),
            "source": draw(_one_of(known)),
            "excludes": draw(_several(others)),
            "requires": draw(_several(others)),
            "parts": draw(_several(others)),
            "reference": True if name == reference else None,
        }
        options.append(_without_nothing(option))
    return options


@st.composite
def _requirements(draw: Draw, criteria: Sequence[Plain], known: Sequence[str]) -> list[Plain]:
    requirements = []
    for name in draw(st.lists(IDS, max_size=2, unique=True)):
        criterion = draw(st.sampled_from(criteria))
        classes = (criterion.get("value_function") or {}).get("classes")
        threshold = draw(st.sampled_from(classes))["id"] if classes else draw(NUMBERS)
        requirement = {
            "id": name,
            "name": draw(_text()),
            "criterion": criterion["id"],
            "threshold": threshold,
            "evidence": draw(st.sampled_from(EVIDENCE)),
            "tolerated_share": draw(SHARES),
            "source": draw(_one_of(known)),
            "reason": draw(_some(_text())),
        }
        requirements.append(_without_nothing(requirement))
    return requirements


@st.composite
def _case_weights(
    draw: Draw, axis: Sequence[Plain], known: Sequence[str], *, likely: bool
) -> list[Plain]:
    names = draw(st.lists(IDS, max_size=2, unique=True)) if axis else []
    sets = []
    for name in names:
        values = draw(_weights(len(axis))) if likely else [draw(NUMBERS) + 1 for _ in axis]
        weights = {
            member["id"]: {"value": None if draw(st.booleans()) else value}
            | _without_nothing(
                {"evidence": draw(_one_of(EVIDENCE)), "source": draw(_one_of(known))}
            )
            for member, value in zip(axis, values, strict=True)
        }
        if all(weight["value"] in {0, None} for weight in weights.values()):
            weights[axis[0]["id"]]["value"] = None
        found = {
            "id": name,
            "name": draw(_text()),
            "description": draw(_some(_text())),
            "weights": weights,
        }
        sets.append(_without_nothing(found))
    return sets


@st.composite
def _profile(
    draw: Draw,
    name: str,
    groups: dict[str, list[str]],
    criteria: Sequence[Plain],
    known: Sequence[str],
) -> Plain:
    method = draw(st.sampled_from(_METHODS))
    chosen = draw(st.lists(st.sampled_from(sorted(groups)), unique=True))
    rescale = draw(st.booleans())
    ranged = [leaf for leaf in criteria if "worst" in leaf and draw(st.booleans())]
    scaled = {leaf["id"]: leaf for leaf in criteria if "worst" in leaf}
    weights: Plain = {}
    judgements: list[Plain] = []
    for group in chosen:
        if method in JUDGEMENT_METHODS and draw(st.booleans()):
            judgements += draw(_judgements(groups[group], method, scaled))
        else:
            shown = "points" if method in JUDGEMENT_METHODS else method
            weights[group] = draw(_group_weights(groups[group], shown))
            if method == "swing":
                judgements += draw(_checks(weights[group], scaled))
    profile = {
        "id": name,
        "name": draw(_text()),
        "origin": draw(st.sampled_from(["neutral", "own", "about"])),
        "method": method,
        "evidence": draw(st.sampled_from(EVIDENCE)),
        "weights": weights or None,
        "judgements": draw(st.permutations(judgements)),
        "ranges": {leaf["id"]: draw(_range(leaf, moved=rescale)) for leaf in ranged},
        "rescale": rescale or None,
        "source": draw(_one_of(known)),
        "date": draw(_some(DAYS)),
        "description": draw(_some(_text())),
        "report": draw(_some(_text())),
    }
    return _without_nothing(profile)


@st.composite
def _range(draw: Draw, leaf: Plain, *, moved: bool) -> Plain:
    """Draw the range that weights were given for: that of now, or one to be rescaled exactly."""
    shape = (leaf.get("value_function") or {}).get("shape", "linear")
    worst, best = leaf["worst"], leaf["best"]
    if not moved or shape not in {"linear", "exponential"}:
        return {"worst": worst, "best": best}
    inner = worst + draw(st.sampled_from([0.25, 0.5])) * (best - worst)
    outer = best + (best - worst) if shape == "linear" else best
    return {"worst": inner, "best": draw(st.sampled_from([best, outer]))}


# --- judgements that hold for some weights ------------------------------------------------------


def _judgements(
    children: Sequence[str], method: str, scaled: dict[str, Plain]
) -> st.SearchStrategy[list[Plain]]:
    return {
        "ahp": _comparisons(children),
        "bwm": _best_worst(children),
        "statements": _statements(children, scaled),
    }[method]


def _ratio(first: str, second: str, points: dict[str, int]) -> Plain:
    times = points[first] / points[second]
    return {"kind": "ratio", "first": first, "second": second, "times": times}


def _points(children: Sequence[str]) -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries({child: st.integers(1, 9) for child in children})


@st.composite
def _comparisons(draw: Draw, children: Sequence[str]) -> list[Plain]:
    """Draw ratios that connect all children, some of them the other way round as well."""
    points, order = draw(_points(children)), draw(st.permutations(children))
    chain = [_ratio(first, second, points) for first, second in pairwise(order)]
    twice = [_ratio(each["second"], each["first"], points) for each in chain]
    return chain + [each for each in twice if draw(st.booleans())]


@st.composite
def _best_worst(draw: Draw, children: Sequence[str]) -> list[Plain]:
    """Draw the heaviest and the lightest, and the answers between them and the others."""
    if len(children) == 1:
        return []
    points = draw(_points(children))
    *others, best = sorted(children, key=points.__getitem__)
    worst = others.pop(0)
    return [
        {"kind": "best", "first": best},
        {"kind": "worst", "first": worst},
        *(_ratio(best, other, points) for other in [*others, worst]),
        *(_ratio(other, worst, points) for other in others),
    ]


@st.composite
def _statements(draw: Draw, children: Sequence[str], scaled: dict[str, Plain]) -> list[Plain]:
    """Draw bounds, orders and ratios that hold for the same points; or a trade-off alone."""
    points = draw(_points(children))
    trade_offs: list[Plain] = draw(_checks(points, scaled))
    if trade_offs:
        return trade_offs
    light, *_, heavy = sorted([*children, *children[:1]], key=points.__getitem__)
    share = 100 * points[light] / sum(points.values())
    found: list[Plain] = [
        {"kind": "share", "first": light, "low": share / 2},
        {"kind": "share", "first": light, "low": share / 3, "high": min(2 * share, 100)},
        {"kind": "best", "first": heavy},
        {"kind": "worst", "first": min(children, key=points.__getitem__)},
    ]
    if light != heavy:
        ends = {"first": heavy, "second": light}
        times = points[heavy] / points[light]
        found += [
            {"kind": "order", **ends},
            {"kind": "ratio", **ends, "times": times},
            {"kind": "ratio", **ends, "high": 2 * times},
            {"kind": "ratio", **ends, "low": times / 2, "high": times},
        ]
    return [each for each in found if draw(st.booleans())]


@st.composite
def _checks(draw: Draw, weights: dict[str, float], scaled: dict[str, Plain]) -> list[Plain]:
    """Draw a trade-off between the first two scales without flat parts that have a weight."""
    smooth = [
        name
        for name, weight in weights.items()
        if weight > 0
        and name in scaled
        and (scaled[name].get("value_function") or {}).get("shape") != "piecewise"
    ][:2]
    if len(smooth) < 2:
        return []
    found: Plain = {"kind": "trade-off"}
    for key, name in zip(("first", "second"), smooth, strict=True):
        worst, best = scaled[name]["worst"], scaled[name]["best"]
        middle = worst + 0.25 * (best - worst)
        start, end = draw(st.sampled_from([(worst, middle), (worst, best), (middle, best)]))
        found |= {key: name, f"{key}_from": start, f"{key}_to": end}
    return [found]


@st.composite
def _group_weights(draw: Draw, children: Sequence[str], method: str) -> dict[str, float]:
    if method == "swing":
        found = [100, *(draw(st.floats(0, 100)) for _ in children[1:])]
    elif method in RANK_METHODS:
        found = draw(st.permutations(range(1, len(children) + 1)))
    else:
        found = draw(_weights(len(children)))
    order = draw(st.permutations(children))
    return dict(zip(order, found, strict=True))


# --- effects ------------------------------------------------------------------------------------


@st.composite
def _effects(
    draw: Draw, problem: Plain, criteria: Sequence[Plain], known: Sequence[str]
) -> EffectsTable:
    """Draw a table in which effects are given, declared as gaps, or absent."""
    axes = {
        "option": [part["id"] for part in problem["options"]],
        **{
            key: [part["id"] for part in problem[f"{key}s"]]
            for key in ("scenario", "region", "horizon")
            if f"{key}s" in problem
        },
    }
    cells: list[dict[str, str]] = [{}]
    for key, names in axes.items():
        cells = [{**cell, key: name} for cell in cells for name in names]
    rows: list[dict[str, str]] = []
    for cell in cells:
        for criterion in criteria:
            kind = draw(st.sampled_from(["given", "given", "gap", "absent"]))
            if kind != "absent" or not rows:
                numbers = draw(_estimates(criterion)) if kind == "given" else ["", "", ""]
                marks = draw(_marks(known, needed=kind == "given"))
                rows.append(
                    {**cell, "criterion": criterion["id"]}
                    | dict(zip(("low", "mode", "high"), numbers, strict=True))
                    | marks
                )
    columns = {key: _coded([row[key] for row in rows]) for key in COLUMNS if key in rows[0]}
    return EffectsTable(columns, len(rows), "point", lambda _row, _key: Place(), Place())


@st.composite
def _marks(draw: Draw, known: Sequence[str], *, needed: bool) -> dict[str, str]:
    evidence = st.sampled_from(EVIDENCE) if needed else st.sampled_from(["", *EVIDENCE])
    return {"evidence": draw(evidence), "source": draw(_one_of(known)) or ""}


@st.composite
def _estimates(draw: Draw, criterion: Plain) -> list[str]:
    function = criterion.get("value_function") or {}
    if "classes" in function:
        names = [found["id"] for found in function["classes"]]
        places = sorted(draw(st.integers(0, len(names) - 1)) for _ in range(3))
        return [names[place] for place in places]
    ends = sorted([criterion["worst"], criterion["best"]])
    shares = sorted(draw(SHARES) for _ in range(3))
    reached = [ends[0] + share * (ends[1] - ends[0]) for share in shares]
    return [write_number(min(max(number, ends[0]), ends[1])) for number in reached]


def _coded(texts: list[str]) -> Column:
    order = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    return Column(tuple(order), np.array([order[text] for text in texts], dtype=np.int32))
