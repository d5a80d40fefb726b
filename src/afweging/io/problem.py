"""From the parts that a folder or a workbook holds to one decision problem, or all its faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.errors import ProblemFileError
from afweging.io import schema
from afweging.io.assemble import THE_ONLY, assemble
from afweging.io.check_form import check_form
from afweging.io.check_profiles import check_profiles, without_outdated
from afweging.io.check_references import check_problem_references, check_sources
from afweging.io.check_tree import check_tree
from afweging.io.effects import Frame, Scale, read_effects
from afweging.io.walk import id_of, ids, is_leaf, known_sources, mapping, nodes, number

if TYPE_CHECKING:
    from typing import Literal

    from afweging.io.document import Document, Faults
    from afweging.io.effects_table import EffectsTable
    from afweging.io.walk import Part
    from afweging.model.problem import DecisionProblem, Effects

    Stale = Literal["refuse", "keep", "wait"]


def build_problem(
    problem: Document,
    profiles: Document,
    sources: Document,
    table: EffectsTable | None,
    faults: Faults,
    *,
    stale: Stale = "refuse",
) -> DecisionProblem:
    """Return the decision problem in the documents and the effects table.

    With `stale` "keep", weights for other ranges than the scales have now are read as well, for
    whoever is going to rescale them; nothing may be computed with them before that. With "wait"
    such a profile is read without its weights, for whoever is going to ask for them again.

    Raises
    ------
    ProblemFileError
        With every fault found here and before, in the order of the files.
    """
    problem_form = check_form(problem, schema.ProblemForm, faults)
    check_tree(problem, faults)
    check_problem_references(problem, sources, faults)
    if stale == "wait":
        profiles = without_outdated(profiles, problem)
    profiles_form = check_form(profiles, schema.ProfilesForm, faults)
    check_profiles(profiles, problem, sources, faults)
    sources_form = check_form(sources, schema.SourcesForm, faults)
    check_sources(sources, faults)
    effects = _effects(problem, sources, table, faults)
    if stale == "keep":
        faults[:] = [fault for fault in faults if fault.code != "weight-stale"]
    if faults or effects is None or not (problem_form and profiles_form and sources_form):
        raise ProblemFileError(faults)
    return assemble(problem_form, profiles_form, sources_form, effects)


def _effects(
    problem: Document, sources: Document, table: EffectsTable | None, faults: Faults
) -> Effects | None:
    frame = frame_of(problem, sources)
    if table is None or not frame.axes["option"] or not frame.axes["criterion"]:
        return None
    return read_effects(table, frame, faults)


def frame_of(problem: Document, sources: Document) -> Frame:
    """Return what the effects table is about, as far as the problem says so."""
    leaves = {id_of(node) or "": node for _, node in nodes(problem) if is_leaf(node)}
    axes = {
        "option": ids(problem, "options"),
        "scenario": ids(problem, "scenarios") or [THE_ONLY.id],
        "region": ids(problem, "regions") or [THE_ONLY.id],
        "horizon": ids(problem, "horizons") or [THE_ONLY.id],
        "criterion": list(leaves),
    }
    scales = {name: _scale(node) for name, node in leaves.items()}
    return Frame(
        {k: list(dict.fromkeys(v)) for k, v in axes.items()}, scales, known_sources(sources)
    )


def _scale(node: Part) -> Scale:
    """Return the scale of a criterion; one that is not sound clips, so that it adds no faults."""
    function = mapping(node.get("value_function"))
    if function.get("shape") == "ordinal":
        classes = function.get("classes")
        names = [
            id_of(mapping(item)) or "" for item in (classes if isinstance(classes, list) else [])
        ]
        return Scale(0, max(len(names) - 1, 0), classes=tuple(names))
    points = function.get("points")
    ends = [number(node.get("worst")), number(node.get("best"))]
    ends += [
        number(pair[0])
        for pair in (points if isinstance(points, list) else [])
        if isinstance(pair, list) and pair
    ]
    known = [end for end in ends if end is not None]
    if len(known) < 2:
        return Scale(float("-inf"), float("inf"), clip=True)
    return Scale(min(known), max(known), clip=node.get("outside") == "clip")
