"""The form of the files, checked by pydantic. Says nothing about what the contents mean."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    WithJsonSchema,
)

from afweging.model.preference import JudgementKind, Origin
from afweging.model.problem import Role
from afweging.model.provenance import Distribution, Evidence, SourceKind

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
LONGEST_ID = 60
DAY_PATTERN = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def _whole_number_as_text(value: object) -> object:
    """Read a bare 2030 as the id "2030"; YAML makes it a number."""
    return str(value) if type(value) is int else value


def _plain_text_as_dutch(value: object) -> object:
    return {"nl": value} if isinstance(value, str) else value


def _text_or_whole_number(pattern: str, **limits: int) -> WithJsonSchema:
    """Return the schema of a text that may stand without quotes where it is a whole number."""
    text = {"type": "string", "pattern": pattern, **limits}
    return WithJsonSchema({"anyOf": [text, {"type": "integer"}]})


Id = Annotated[
    str,
    Field(pattern=ID_PATTERN, max_length=LONGEST_ID),
    BeforeValidator(_whole_number_as_text),
    _text_or_whole_number(ID_PATTERN, maxLength=LONGEST_ID),
]
Words = Annotated[str, Field(min_length=1, max_length=5000)]
Day = Annotated[
    str,
    Field(pattern=DAY_PATTERN),
    BeforeValidator(_whole_number_as_text),
    _text_or_whole_number(DAY_PATTERN),
]
Number = Annotated[float, Field(allow_inf_nan=False)]
NotNegative = Annotated[float, Field(allow_inf_nan=False, ge=0)]
Share = Annotated[float, Field(allow_inf_nan=False, ge=0, le=1)]


class Form(BaseModel):
    """What all parts of the files share: no unknown keys, no silent conversion."""

    model_config = ConfigDict(extra="forbid", strict=True)


class BothLanguages(Form):
    """A text in Dutch and English."""

    nl: Words
    en: Words | None = None


TextForm = Annotated[
    BothLanguages,
    BeforeValidator(_plain_text_as_dutch, json_schema_input_type=Words | BothLanguages),
]


class LinearForm(Form):
    """A straight line from worst to best."""

    shape: Literal["linear"]


class PiecewiseForm(Form):
    """Points [x, value]; x in the unit of the criterion, ascending; values from 0 to 1."""

    shape: Literal["piecewise"]
    points: Annotated[
        list[Annotated[list[Number], Field(min_length=2, max_length=2)]], Field(min_length=2)
    ]


class ExponentialForm(Form):
    """The level, in the unit of the criterion, whose value is one half."""

    shape: Literal["exponential"]
    midvalue: Number


class ClassForm(Form):
    """One class of an ordinal criterion."""

    id: Id
    name: TextForm
    value: Share


class OrdinalForm(Form):
    """Classes from worst to best."""

    shape: Literal["ordinal"]
    classes: Annotated[list[ClassForm], Field(min_length=2)]


ValueFunctionForm = Annotated[
    LinearForm | PiecewiseForm | ExponentialForm | OrdinalForm, Field(discriminator="shape")
]


class CriterionForm(Form):
    """A criterion: a leaf of the value tree with a fixed scale."""

    id: Id
    name: TextForm
    weight: NotNegative
    unit: TextForm
    direction: Literal["min", "max"] = "max"
    worst: Number | None = None
    best: Number | None = None
    value_function: ValueFunctionForm | None = None
    outside: Literal["error", "clip"] = "error"
    evidence: Evidence
    source: Id | None = None
    chain_stage: Id | None = None
    perspective: Id | None = None
    description: TextForm | None = None


def _node_kind(node: object) -> str:
    has_children = "children" in node if isinstance(node, dict) else hasattr(node, "children")
    return "group" if has_children else "criterion"


class GroupForm(Form):
    """A lens or another group of the value tree."""

    id: Id
    name: TextForm
    weight: NotNegative
    description: TextForm | None = None
    children: Annotated[list[NodeForm], Field(min_length=1)]


NodeForm = Annotated[
    Annotated[GroupForm, Tag("group")] | Annotated[CriterionForm, Tag("criterion")],
    Discriminator(_node_kind),
]


class TreeForm(Form):
    """The root of the value tree."""

    id: Id
    name: TextForm
    description: TextForm | None = None
    children: Annotated[list[NodeForm], Field(min_length=1)]


class LabelForm(Form):
    """A scenario, region, horizon, chain stage or perspective."""

    id: Id
    name: TextForm
    description: TextForm | None = None


class PortfolioForm(Form):
    """A portfolio of the executive, dated; the holder stays empty where not known."""

    id: Id
    name: TextForm
    holder: Words | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    source: Id | None = None


class OptionForm(Form):
    """A policy option; euro_per_year is the total, staff included."""

    id: Id
    name: TextForm
    description: TextForm | None = None
    lead: list[Id] = []
    chain_actors: list[Words] = []
    roles: list[Role] = []
    fte: NotNegative | None = None
    euro_per_year: NotNegative | None = None
    evidence: Evidence | None = None
    source: Id | None = None
    excludes: list[Id] = []
    requires: list[Id] = []
    parts: list[Id] = []
    reference: bool = False


class RequirementForm(Form):
    """A minimum that cannot be compensated; threshold in the unit of the criterion."""

    id: Id
    name: TextForm
    criterion: Id
    threshold: Annotated[Number | Id, Field(union_mode="left_to_right")]
    evidence: Evidence
    tolerated_share: Share = 0.0
    source: Id | None = None
    reason: TextForm | None = None


class CaseWeightForm(Form):
    """The weight of one region, horizon or scenario; null where not found."""

    value: NotNegative | None
    evidence: Evidence | None = None
    source: Id | None = None


class CaseWeightSetForm(Form):
    """A named set of weights over regions, horizons or scenarios."""

    id: Id
    name: TextForm
    description: TextForm | None = None
    weights: Annotated[dict[Id, CaseWeightForm], Field(min_length=1)]


class ProblemForm(Form):
    """The file problem.yaml."""

    id: Id
    title: TextForm
    description: TextForm | None = None
    date: Day | None = None
    effects_decimal: Literal["point", "comma"] | None = None
    tree: TreeForm
    options: Annotated[list[OptionForm], Field(min_length=2)]
    scenarios: list[LabelForm] = []
    regions: list[LabelForm] = []
    horizons: list[LabelForm] = []
    requirements: list[RequirementForm] = []
    region_weights: list[CaseWeightSetForm] = []
    horizon_weights: list[CaseWeightSetForm] = []
    scenario_likelihoods: list[CaseWeightSetForm] = []
    portfolios: list[PortfolioForm] = []
    chain_stages: list[LabelForm] = []
    perspectives: list[LabelForm] = []


class RangeForm(Form):
    """The references for which a weight was given."""

    worst: Number
    best: Number


class JudgementForm(Form):
    """One answer about two siblings in the value tree, or about one; share in per cent."""

    kind: JudgementKind
    first: Id
    second: Id | None = None
    times: Number | None = None
    low: Number | None = None
    high: Number | None = None
    first_from: Number | None = None
    first_to: Number | None = None
    second_from: Number | None = None
    second_to: Number | None = None


class ProfileForm(Form):
    """A preference profile: per group of the tree the weight of each child, or judgements.

    A profile with neither waits for the people it is of; it is shown, and takes no part.
    """

    id: Id
    name: TextForm
    origin: Origin
    method: Id
    evidence: Evidence
    weights: dict[Id, dict[Id, NotNegative]] = {}
    ranges: dict[Id, RangeForm] = {}
    judgements: list[JudgementForm] = []
    rescale: bool = False
    source: Id | None = None
    date: Day | None = None
    description: TextForm | None = None
    report: TextForm | None = None


class ProfilesForm(Form):
    """The file profiles.yaml."""

    profiles: list[ProfileForm] = []


class SourceForm(Form):
    """A source; kind not_found records a figure that was looked for in vain."""

    id: Id
    kind: SourceKind
    title: TextForm
    publisher: Words | None = None
    date: Day | None = None
    region: Words | None = None
    definition: TextForm | None = None
    figure: TextForm | None = None
    url: Words | None = None
    based_on: list[Id] = []
    correlated: bool = False
    distribution: Distribution = "triangular"


class SourcesForm(Form):
    """The file sources.yaml."""

    sources: list[SourceForm] = []


FORMS: dict[str, type[Form]] = {
    "problem": ProblemForm,
    "profiles": ProfilesForm,
    "sources": SourcesForm,
}


def json_schema(part: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one of the files: problem, profiles or sources."""
    schema = TypeAdapter(FORMS[part]).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
