"""The parts of a decision problem as indented lines: tree, options, scenarios, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from afweging.analysis.contrast import contrast
from afweging.analysis.naming import level_name, names_of
from afweging.analysis.weights import global_weights, local_weights
from afweging.model.criterion import Criterion, Exponential, Group, Ordinal, PiecewiseLinear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from afweging.model.preference import Profile
    from afweging.model.problem import Alternative, DecisionProblem, Requirement
    from afweging.model.provenance import Source
    from afweging.model.text import Text
    from afweging.wording import Words

Line = tuple[int, str]  # depth, text
Part = Literal["tree", "options", "scenarios", "profiles", "weights", "requirements", "sources"]


def outline(problem: DecisionProblem, part: Part, words: Words) -> list[Line]:
    """Return one part of the problem as lines with their depth."""
    told: dict[Part, Callable[[DecisionProblem, Words], Iterator[Line]]] = {
        "tree": _tree,
        "options": _options,
        "scenarios": _cases,
        "profiles": _profiles,
        "weights": _weights,
        "requirements": _requirements,
        "sources": _sources,
    }
    return list(told[part](problem, words))


def _tree(problem: DecisionProblem, words: Words) -> Iterator[Line]:
    local = local_weights(problem.tree, None)
    yield from _node(problem, problem.tree, 0, {**local, problem.tree.id: 1.0}, words)


def _node(
    problem: DecisionProblem,
    node: Group | Criterion,
    depth: int,
    local: dict[str, float],
    words: Words,
) -> Iterator[Line]:
    weight = words.text("cli.show.weight", weight=local[node.id])
    yield depth, f"{node.id} {node.name.in_language(words.language)} ({weight})"
    if isinstance(node, Criterion):
        yield depth + 1, "; ".join(_criterion(problem, node, words))
        return
    for child in node.children:
        yield from _node(problem, child, depth + 1, local, words)


def _criterion(problem: DecisionProblem, criterion: Criterion, words: Words) -> Iterator[str]:
    names = names_of(problem, words.language)
    match criterion.value_function:
        case Ordinal(classes):
            yield " < ".join(each.name.in_language(words.language) for each in classes)
        case function:
            yield words.text(
                "cli.show.scale",
                worst=criterion.worst,
                best=criterion.best,
                unit=names.unit[criterion.id],
            )
            if isinstance(function, PiecewiseLinear):
                yield words.text("cli.show.shape_piecewise")
            if isinstance(function, Exponential):
                yield words.text("cli.show.shape_exponential", midvalue=function.midvalue)
    yield _marked(words, criterion.evidence, criterion.source)
    if criterion.perspective:
        shown = names.of[f"perspective {criterion.perspective}"]
        yield words.text("cli.show.perspective", perspective=shown)
    if criterion.chain_stage:
        stages = {stage.id: stage.name for stage in problem.chain_stages}
        shown = stages[criterion.chain_stage].in_language(words.language)
        yield words.text("cli.show.chain", stage=shown)


def _marked(words: Words, evidence: str | None, source: str | None) -> str:
    """Return the evidence mark and the source: no number without them."""
    mark = words.text(f"cli.mark.{evidence}") if evidence else ""
    return ", ".join(part for part in (mark, source) if part)


def _options(problem: DecisionProblem, words: Words) -> Iterator[Line]:
    for alternative in problem.alternatives:
        reference = f" ({words.text('cli.show.reference')})" if alternative.reference else ""
        yield 0, f"{alternative.id} {alternative.name.in_language(words.language)}{reference}"
        yield from _described(alternative.description, words)
        for line in _option(problem, alternative, words):
            yield 1, line


def _option(problem: DecisionProblem, alternative: Alternative, words: Words) -> Iterator[str]:
    portfolios = {p.id: p.name.in_language(words.language) for p in problem.portfolios}
    if alternative.lead:
        yield words.text("cli.show.lead", lead=[portfolios[name] for name in alternative.lead])
    if alternative.chain_actors:
        yield words.text("cli.show.actors", actors=alternative.chain_actors)
    if alternative.roles:
        yield words.text("cli.show.roles", roles=alternative.roles)
    if alternative.fte is not None and alternative.euro_per_year is not None:
        cost = words.text("cli.show.cost", fte=alternative.fte, euro=alternative.euro_per_year)
        yield f"{cost} ({_marked(words, alternative.evidence, alternative.source)})"
    for key in ("excludes", "requires", "parts"):
        others = getattr(alternative, key)
        if others:
            yield words.text(f"cli.show.{key}", others=others)


def _described(text: Text | None, words: Words) -> Iterator[Line]:
    if text is not None:
        yield 1, text.in_language(words.language)


def _cases(problem: DecisionProblem, words: Words) -> Iterator[Line]:
    for axis in (problem.scenarios, problem.regions, problem.horizons):
        for label in axis:
            yield 0, f"{label.id} {label.name.in_language(words.language)}"
            yield from _described(label.description, words)


def _profiles(problem: DecisionProblem, words: Words) -> Iterator[Line]:
    for profile in problem.profiles:
        whose = words.text(f"cli.show.{profile.origin}")
        shown = profile.name.in_language(words.language)
        yield (
            0,
            f"{profile.id} {shown} ({whose}; {_marked(words, profile.evidence, profile.source)})",
        )
        yield 1, _lens_weights(problem, profile, words)
        yield from _described(profile.description, words)


def _weights(problem: DecisionProblem, words: Words) -> Iterator[Line]:
    """Yield the weight of each criterion, and beside it what the effects alone would say."""
    names, beside = names_of(problem, words.language), contrast(problem)
    rows = zip(
        problem.criteria, global_weights(problem.tree), beside.entropy, beside.critic, strict=True
    )
    for criterion, weight, entropy, critic in rows:
        name = names.criterion(criterion.id)
        facts = {"weight": float(weight), "entropy": float(entropy), "critic": float(critic)}
        yield 0, words.text("cli.show.weights", id=criterion.id, name=name, **facts)
    yield 0, words.text(f"cli.show.contrast{'_gaps' if beside.gaps else ''}")


def _lens_weights(problem: DecisionProblem, profile: Profile, words: Words) -> str:
    if not profile.has_weights:
        return words.text("cli.show.awaited")
    names, local = names_of(problem, words.language), local_weights(problem.tree, profile)
    weights = [
        f"{names.criterion(lens.id)} {words.text('units.share', share=local[lens.id])}"
        for lens in problem.tree.children
    ]
    return ", ".join(weights)


def _requirements(problem: DecisionProblem, words: Words) -> Iterator[Line]:
    for requirement in problem.requirements:
        yield 0, f"{requirement.id} {threshold_text(problem, requirement, words)}"
        yield from _described(requirement.reason, words)
        yield 1, _marked(words, requirement.evidence, requirement.source)


def threshold_text(problem: DecisionProblem, requirement: Requirement, words: Words) -> str:
    """Return what a requirement asks, in one sentence with its unit."""
    names = names_of(problem, words.language)
    criterion = next(c for c in problem.criteria if c.id == requirement.criterion)
    level = level_name(criterion, requirement.threshold, words.language)
    key = "threshold_class" if level else f"threshold_{criterion.direction}"
    return words.text(
        f"compare.requirement.{key}",
        requirement=names.of[f"requirement {requirement.id}"],
        criterion=names.criterion(criterion.id),
        threshold=level or requirement.threshold,
        unit=names.unit[criterion.id],
    )


def _sources(problem: DecisionProblem, words: Words) -> Iterator[Line]:
    for source in problem.sources:
        kind = words.text(f"cli.kind.{source.kind}")
        yield 0, f"{source.id} {source.title.in_language(words.language)} ({kind})"
        for line in _source(source, words):
            yield 1, line


def _source(source: Source, words: Words) -> Iterable[str]:
    texts = [
        text.in_language(words.language)
        for text in (source.figure, source.definition)
        if text is not None
    ]
    about = [part for part in (source.publisher, source.date, source.region) if part]
    lines = ["; ".join(texts), ", ".join(about), source.url or ""]
    if source.based_on:
        lines.append(words.text("cli.show.based_on", sources=source.based_on))
    if source.correlated:
        lines.append(words.text("cli.show.correlated"))
    if source.distribution == "uniform":
        lines.append(words.text("cli.show.uniform"))
    return (line for line in lines if line)
