"""From checked forms to the frozen records of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.io import schema
from afweging.model.criterion import (
    Criterion,
    Exponential,
    Group,
    Linear,
    Ordinal,
    OrdinalClass,
    PiecewiseLinear,
    ValueFunction,
    criteria_under,
)
from afweging.model.preference import Judgement, Profile, SwingRange
from afweging.model.problem import (
    Alternative,
    CaseWeight,
    CaseWeightSet,
    DecisionProblem,
    Effects,
    Label,
    Portfolio,
    Requirement,
)
from afweging.model.provenance import Source
from afweging.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

THE_ONLY = Label("all", Text("alle", "all"))


def assemble(
    problem: schema.ProblemForm,
    profiles: schema.ProfilesForm,
    sources: schema.SourcesForm,
    effects: Effects,
) -> DecisionProblem:
    """Return the decision problem that the forms and the effects make up."""
    tree = _group(problem.tree, 1.0)
    return DecisionProblem(
        id=problem.id,
        title=_text(problem.title),
        description=_maybe(problem.description),
        date=problem.date,
        tree=tree,
        alternatives=tuple(_alternative(form) for form in problem.options),
        scenarios=_labels(problem.scenarios) or (THE_ONLY,),
        regions=_labels(problem.regions) or (THE_ONLY,),
        horizons=_labels(problem.horizons) or (THE_ONLY,),
        effects=effects,
        profiles=assemble_profiles(profiles),
        sources=tuple(_source(form) for form in sources.sources),
        requirements=tuple(_requirement(form, tree) for form in problem.requirements),
        region_weights=tuple(_case_weights(form) for form in problem.region_weights),
        horizon_weights=tuple(_case_weights(form) for form in problem.horizon_weights),
        scenario_likelihoods=tuple(_case_weights(form) for form in problem.scenario_likelihoods),
        portfolios=tuple(_portfolio(form) for form in problem.portfolios),
        chain_stages=_labels(problem.chain_stages),
        perspectives=_labels(problem.perspectives),
    )


def _text(form: schema.BothLanguages) -> Text:
    return Text(form.nl, form.en)


def _maybe(form: schema.BothLanguages | None) -> Text | None:
    return None if form is None else _text(form)


def _labels(forms: Iterable[schema.LabelForm]) -> tuple[Label, ...]:
    return tuple(Label(form.id, _text(form.name), _maybe(form.description)) for form in forms)


def _group(form: schema.TreeForm | schema.GroupForm, weight: float) -> Group:
    children = tuple(
        _group(child, float(child.weight))
        if isinstance(child, schema.GroupForm)
        else _criterion(child)
        for child in form.children
    )
    return Group(form.id, _text(form.name), weight, children, _maybe(form.description))


def _criterion(form: schema.CriterionForm) -> Criterion:
    function = _value_function(form.value_function)
    classes = len(function.classes) if isinstance(function, Ordinal) else 0
    return Criterion(
        id=form.id,
        name=_text(form.name),
        weight=float(form.weight),
        unit=_text(form.unit),
        direction=form.direction,
        worst=0.0 if form.worst is None else float(form.worst),
        best=float(classes - 1) if form.best is None else float(form.best),
        value_function=function,
        outside=form.outside,
        evidence=form.evidence,
        source=form.source,
        chain_stage=form.chain_stage,
        perspective=form.perspective,
        description=_maybe(form.description),
    )


def _value_function(
    form: schema.LinearForm
    | schema.PiecewiseForm
    | schema.ExponentialForm
    | schema.OrdinalForm
    | None,
) -> ValueFunction:
    match form:
        case schema.PiecewiseForm():
            return PiecewiseLinear(tuple((float(x), float(v)) for x, v in form.points))
        case schema.ExponentialForm():
            return Exponential(float(form.midvalue))
        case schema.OrdinalForm():
            return Ordinal(
                tuple(OrdinalClass(c.id, _text(c.name), float(c.value)) for c in form.classes)
            )
        case _:
            return Linear()


def _alternative(form: schema.OptionForm) -> Alternative:
    return Alternative(
        id=form.id,
        name=_text(form.name),
        description=_maybe(form.description),
        lead=tuple(form.lead),
        chain_actors=tuple(form.chain_actors),
        roles=tuple(form.roles),
        fte=_number(form.fte),
        euro_per_year=_number(form.euro_per_year),
        evidence=form.evidence,
        source=form.source,
        excludes=tuple(form.excludes),
        requires=tuple(form.requires),
        parts=tuple(form.parts),
        reference=form.reference,
    )


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _requirement(form: schema.RequirementForm, tree: Group) -> Requirement:
    return Requirement(
        id=form.id,
        name=_text(form.name),
        criterion=form.criterion,
        threshold=_threshold(form, tree),
        evidence=form.evidence,
        tolerated_share=float(form.tolerated_share),
        source=form.source,
        reason=_maybe(form.reason),
    )


def _threshold(form: schema.RequirementForm, tree: Group) -> float:
    """Return the threshold as a number; the class of an ordinal criterion as its place."""
    criterion = next(c for c in criteria_under(tree) if c.id == form.criterion)
    if not isinstance(criterion.value_function, Ordinal):
        return float(form.threshold)
    # a class may be called 3, and YAML makes that a number
    name = form.threshold if isinstance(form.threshold, str) else str(int(form.threshold))
    return float([c.id for c in criterion.value_function.classes].index(name))


def _case_weights(form: schema.CaseWeightSetForm) -> CaseWeightSet:
    weights = tuple(
        CaseWeight(name, _number(weight.value), weight.evidence, weight.source)
        for name, weight in form.weights.items()
    )
    return CaseWeightSet(form.id, _text(form.name), weights, _maybe(form.description))


def _portfolio(form: schema.PortfolioForm) -> Portfolio:
    return Portfolio(
        form.id, _text(form.name), form.holder, form.valid_from, form.valid_until, form.source
    )


def assemble_profiles(forms: schema.ProfilesForm) -> tuple[Profile, ...]:
    """Return the profiles of a checked profiles.yaml."""
    return tuple(_profile(form) for form in forms.profiles)


def _profile(form: schema.ProfileForm) -> Profile:
    return Profile(
        id=form.id,
        name=_text(form.name),
        origin=form.origin,
        method=form.method,
        evidence=form.evidence,
        weights=tuple(
            (group, tuple((child, float(weight)) for child, weight in weights.items()))
            for group, weights in form.weights.items()
        ),
        ranges=tuple(
            SwingRange(name, float(ends.worst), float(ends.best))
            for name, ends in form.ranges.items()
        ),
        judgements=tuple(_judgement(judgement) for judgement in form.judgements),
        rescale=form.rescale,
        source=form.source,
        date=form.date,
        description=_maybe(form.description),
        report=_maybe(form.report),
    )


def _judgement(form: schema.JudgementForm) -> Judgement:
    numbers = {
        name: _number(getattr(form, name))
        for name in ("times", "low", "high", "first_from", "first_to", "second_from", "second_to")
    }
    return Judgement(form.kind, form.first, form.second, **numbers)


def _source(form: schema.SourceForm) -> Source:
    return Source(
        id=form.id,
        kind=form.kind,
        title=_text(form.title),
        publisher=form.publisher,
        date=form.date,
        region=form.region,
        definition=_maybe(form.definition),
        figure=_maybe(form.figure),
        url=form.url,
        based_on=tuple(form.based_on),
        correlated=form.correlated,
        distribution=form.distribution,
    )
