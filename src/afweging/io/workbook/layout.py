"""The workbook form: its sheets, their columns, and what each column holds.

A description only: it reads and writes nothing. The names that people see stand in
`wording/nl/workbook.toml`; sheets and columns are Dutch in every language.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from afweging.model.preference import JUDGEMENT_METHODS, RANK_METHODS
from afweging.model.problem import ROLES
from afweging.model.provenance import DISTRIBUTIONS, EVIDENCE
from afweging.wording import Words

Kind = Literal[
    "id",  # one id; stripped, and a bare 2030 is an id too
    "ids",  # ids with ; or , between them
    "words",  # texts with ; between them
    "text",  # kept exactly
    "number",
    "number-or-id",
    "day",
    "choice",  # a Dutch label for a fixed value
    "yes-no",
]

INTRO = "intro"
LAST_ROW = 1_048_576  # of a sheet, in Excel and in LibreOffice
NOTES = "notitie"  # sheets and columns whose name starts so are the user's own, and not read

CHOICES: dict[str, tuple[str, ...]] = {
    "evidence": EVIDENCE,
    "direction": ("max", "min"),
    "outside": ("error", "clip"),
    "shape": ("linear", "piecewise", "exponential", "ordinal"),
    "node": ("group", "criterion"),
    "axis": ("region_weights", "horizon_weights", "scenario_likelihoods"),
    "origin": ("neutral", "own", "about"),
    "judgement": ("ratio", "order", "share", "trade-off", "best", "worst"),
    "source": (
        "primary",
        "secondary",
        "derived",
        "expert",
        "assumption",
        "unverified",
        "not_found",
    ),
    "distribution": DISTRIBUTIONS,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. On most sheets `key` is the path of the field in the form, with dots.

    `choices` names a list of fixed values, `refers` the sheet whose ids are meant, and `offers`
    are values to choose from where others are allowed too.
    """

    key: str
    kind: Kind = "text"
    required: bool = False
    choices: str | None = None
    refers: str | None = None
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a table with a heading in row 1, or upright: headings in the first column."""

    key: str
    columns: tuple[Column, ...]
    required: bool = False
    upright: bool = False
    spare: int = 1000  # rows below the last that have drop-downs


def _id(key: str, refers: str | None = None, *, required: bool = False) -> Column:
    return Column(key, "id", required=required, refers=refers)


def _choice(key: str, choices: str, *, required: bool = False) -> Column:
    return Column(key, "choice", required=required, choices=choices)


_ID = _id("id", required=True)
_NAME = (Column("name.nl", required=True), Column("name.en"))
_DESCRIPTION = (Column("description.nl"), Column("description.en"))
_EVIDENCE = _choice("evidence", "evidence", required=True)
_SOURCE = _id("source", "sources")
_LABEL = (_ID, *_NAME, *_DESCRIPTION)

_PROBLEM = (
    _ID,
    Column("title.nl", required=True),
    Column("title.en"),
    *_DESCRIPTION,
    Column("date", "day"),
)
_TREE = (
    _ID,
    _choice("kind", "node", required=True),
    _id("parent", "tree", required=True),
    *_NAME,
    Column("weight", "number", required=True),
    Column("unit.nl", required=True),
    Column("unit.en"),
    _choice("direction", "direction"),
    Column("worst", "number", required=True),
    Column("best", "number", required=True),
    _choice("value_function.shape", "shape"),
    Column("value_function.midvalue", "number"),
    _choice("outside", "outside"),
    _EVIDENCE,
    _SOURCE,
    _id("chain_stage", "chain_stages"),
    _id("perspective", "perspectives"),
    *_DESCRIPTION,
)
_POINTS = (
    _id("criterion", "tree", required=True),
    Column("x", "number", required=True),
    Column("value", "number", required=True),
)
_CLASSES = (
    _id("criterion", "tree", required=True),
    _ID,
    *_NAME,
    Column("value", "number", required=True),
)
_OPTIONS = (
    _ID,
    *_NAME,
    Column("reference", "yes-no"),
    Column("lead", "ids", refers="portfolios"),
    Column("chain_actors", "words"),
    Column("roles", "ids", offers=ROLES),
    Column("fte", "number"),
    Column("euro_per_year", "number"),
    _choice("evidence", "evidence"),
    _SOURCE,
    Column("excludes", "ids", refers="options"),
    Column("requires", "ids", refers="options"),
    Column("parts", "ids", refers="options"),
    *_DESCRIPTION,
)
_EFFECTS = (
    _id("option", "options", required=True),
    _id("scenario", "scenarios"),
    _id("region", "regions"),
    _id("horizon", "horizons"),
    _id("criterion", "tree", required=True),
    Column("low", "number-or-id"),
    Column("mode", "number-or-id", required=True),
    Column("high", "number-or-id"),
    Column("unit"),
    _EVIDENCE,
    _SOURCE,
)
_SOURCES = (
    _ID,
    _choice("kind", "source", required=True),
    Column("title.nl", required=True),
    Column("title.en"),
    Column("publisher"),
    Column("date", "day"),
    Column("region"),
    Column("figure.nl"),
    Column("figure.en"),
    Column("definition.nl"),
    Column("definition.en"),
    Column("url"),
    Column("based_on", "ids", refers="sources"),
    Column("correlated", "yes-no"),
    _choice("distribution", "distribution"),
)
_REQUIREMENTS = (
    _ID,
    *_NAME,
    _id("criterion", "tree", required=True),
    Column("threshold", "number-or-id", required=True),
    Column("tolerated_share", "number"),
    _EVIDENCE,
    _SOURCE,
    Column("reason.nl"),
    Column("reason.en"),
)
_CASE_WEIGHTS = (
    _choice("axis", "axis", required=True),
    _ID,
    *_NAME,
    _id("member", required=True),
    Column("value", "number", required=True),
    _choice("evidence", "evidence"),
    _SOURCE,
    *_DESCRIPTION,
)
_METHODS = ("assumed", "swing", "points", *RANK_METHODS, *JUDGEMENT_METHODS)
_PROFILES = (
    _ID,
    *_NAME,
    _choice("origin", "origin", required=True),
    Column("method", "id", required=True, offers=_METHODS),
    _EVIDENCE,
    _SOURCE,
    Column("date", "day"),
    Column("rescale", "yes-no"),
    *_DESCRIPTION,
    Column("report.nl"),
    Column("report.en"),
)
_PROFILE_WEIGHTS = (
    _id("profile", "profiles", required=True),
    _id("group", "tree", required=True),
    _id("child", "tree", required=True),
    Column("value", "number", required=True),
)
_PROFILE_RANGES = (
    _id("profile", "profiles", required=True),
    _id("criterion", "tree", required=True),
    Column("worst", "number", required=True),
    Column("best", "number", required=True),
)
_PROFILE_JUDGEMENTS = (
    _id("profile", "profiles", required=True),
    _choice("kind", "judgement", required=True),
    _id("first", "tree", required=True),
    _id("second", "tree"),
    Column("times", "number"),
    Column("low", "number"),
    Column("high", "number"),
    Column("first_from", "number"),
    Column("first_to", "number"),
    Column("second_from", "number"),
    Column("second_to", "number"),
)
_PORTFOLIOS = (
    _ID,
    *_NAME,
    Column("holder"),
    Column("valid_from", "day"),
    Column("valid_until", "day"),
    _SOURCE,
)

SHEETS: tuple[Sheet, ...] = (
    Sheet("problem", _PROBLEM, required=True, upright=True),
    Sheet("tree", _TREE, required=True),
    Sheet("points", _POINTS),
    Sheet("classes", _CLASSES),
    Sheet("options", _OPTIONS, required=True),
    Sheet("scenarios", _LABEL),
    Sheet("regions", _LABEL),
    Sheet("horizons", _LABEL),
    Sheet("effects", _EFFECTS, required=True, spare=10_000),
    Sheet("sources", _SOURCES),
    Sheet("requirements", _REQUIREMENTS),
    Sheet("case_weights", _CASE_WEIGHTS),
    Sheet("profiles", _PROFILES),
    Sheet("profile_weights", _PROFILE_WEIGHTS),
    Sheet("profile_ranges", _PROFILE_RANGES),
    Sheet("profile_judgements", _PROFILE_JUDGEMENTS),
    Sheet("portfolios", _PORTFOLIOS),
    Sheet("chain_stages", _LABEL),
    Sheet("perspectives", _LABEL),
)
SHEET = {sheet.key: sheet for sheet in SHEETS}

# sheets whose rows are, one to one, the parts of a list in problem.yaml
FLAT = (
    "options",
    "scenarios",
    "regions",
    "horizons",
    "requirements",
    "portfolios",
    "chain_stages",
    "perspectives",
)

_NL = Words("nl")


def folded(name: str) -> str:
    """Return a name without what people type differently: capitals, spaces, the mark *.

    Examples
    --------
    >>> folded(" Naam  (nl) *"), folded("Scenario’s")
    ('naam (nl)', "scenario's")
    """
    return " ".join(name.casefold().replace("’", "'").split()).rstrip(" *")


def sheet_name(key: str) -> str:
    """Return the Dutch name of a sheet."""
    return _NL.text(f"workbook.sheet.{key}")


@cache
def heading(sheet: str, column: str) -> str:
    """Return the Dutch heading of a column, without the mark for required."""
    return _NL.text(_key("column", sheet, column))


def help_key(sheet: str, column: str) -> str:
    """Return the key of the text that explains a column."""
    return _key("help", sheet, column)


def heading_key(sheet: str, column: str) -> str:
    """Return the key of the heading of a column."""
    return _key("column", sheet, column)


def _key(part: str, sheet: str, column: str) -> str:
    own = f"workbook.{part}.{sheet}.{column}"
    return own if _NL.has(own) else f"workbook.{part}.common.{column}"


@cache
def label(choices: str, value: str) -> str:
    """Return the Dutch label of a fixed value; a value that is none is its own label."""
    key = f"workbook.choice.{choices}.{value}"
    return _NL.text(key) if value in CHOICES[choices] else value


@cache
def value_of(choices: str, text: str) -> str:
    """Return the fixed value of a Dutch label, or the text itself where it is no label.

    Examples
    --------
    >>> value_of("evidence", "Meting"), value_of("evidence", "measured"), value_of("axis", "x")
    ('measured', 'measured', 'x')
    """
    labels = {folded(label(choices, value)): value for value in CHOICES[choices]}
    return labels.get(folded(text), text)
