"""What the doors answer with, as JSON Schemas: closed, so that nothing goes out undescribed."""

from __future__ import annotations

from typing import get_args

from afweging.model.session import Choice, Mood, Panel, Stage

Schema = dict[str, object]


def closed(**properties: Schema) -> Schema:
    """Return the schema of an object with exactly these properties.

    Examples
    --------
    >>> closed(n=WHOLE)["required"], closed(n=WHOLE)["additionalProperties"]
    (['n'], False)
    """
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(items: Schema, **more: object) -> Schema:
    return {"type": "array", "items": items, **more}


def _one_of(*values: object) -> Schema:
    return {"enum": list(values)}


def _by_name(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
COUNT: Schema = {"type": "integer", "minimum": 0}
YES: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}
WEIGHT: Schema = {"type": "number", "minimum": 0, "maximum": 1}
WEIGHTS = _list(WEIGHT)
ID_OR_NULL = _or_null(TEXT)
STAGE = _one_of(*get_args(Stage))
ROUND = _or_null(_one_of(1, 2))
MOODS = closed(**dict.fromkeys(get_args(Mood), COUNT))
ENDORSEMENTS = closed(**dict.fromkeys(get_args(Choice), COUNT))

WHERE: dict[str, Schema] = {
    "seq": {**WHOLE, "description": "The number of the last event: a later one is newer."},
    "session": TEXT,
    "mode": _one_of("sealed", "open"),
    "stage": STAGE,
    "since": {**TEXT, "format": "date-time"},
    "paused": YES,
    "state": STAGE,
}
COUNTS: dict[str, Schema] = {
    "expected": COUNT,
    "quorum": COUNT,
    "joined": COUNT,
    "submitted": COUNT,
    "round": ROUND,
}
HTML: Schema = {**TEXT, "description": "The same in words, as a fragment of a page."}

OWN_ANSWER = closed(
    receipt=TEXT,
    swings=_or_null(_list({"type": "number", "minimum": 0, "maximum": 100})),
    revisions=COUNT,
    confirmed=YES,
)
SPREAD = closed(
    round=_one_of(1, 2),
    n=COUNT,
    lenses={
        **_list(_or_null(_list(WEIGHT, minItems=3, maxItems=3))),
        "description": "Quartiles per lens, or least, median and most below eight people.",
    },
)
SEAT_VIEW = closed(
    **WHERE,
    ranked=YES,
    spread=_or_null(SPREAD),
    seat=closed(id=WHOLE, role=ID_OR_NULL, language=TEXT, admitted=YES, removed=YES, named=YES),
    open=ROUND,
    rounds=closed(**{"1": _or_null(OWN_ANSWER), "2": _or_null(OWN_ANSWER)}) | {"required": []},
    unclear=_list(TEXT),
    mood=_or_null(_one_of(*get_args(Mood))),
    endorsement=_or_null(closed(choice=_one_of(*get_args(Choice)), receipt=TEXT)),
    language=TEXT,
)

WALL_VIEW = closed(
    **WHERE,
    **COUNTS,
    language=TEXT,
    panel=_one_of(*get_args(Panel)),
    blank=YES,
    content={"type": ["object", "null"], "description": "Of the panel; null while it is blank."},
    html=HTML,
)

SETUP = closed(
    session=TEXT,
    problem=TEXT,
    digest=TEXT,
    lenses=_list(TEXT),
    scenarios=_list(TEXT),
    language=TEXT,
    mode=_one_of("sealed", "open"),
    naming=_one_of("anonymous", "named"),
    expected=COUNT,
    quorum=COUNT,
    rounds=_one_of(1, 2),
    ranking=_one_of("between", "after"),
    roles=_list(TEXT),
    admission=_one_of("all", "by_hand"),
)
REASON = closed(
    code=TEXT,
    round=WHOLE,
    text=TEXT,
    uneasy=YES,
    status=TEXT,
    merged=ID_OR_NULL,
    pinned=YES,
)
CHOSEN = closed(weights=WEIGHTS, source=TEXT, reason=ID_OR_NULL)
REMARK = closed(choice=_one_of(*get_args(Choice)), text=TEXT)
DESK_VIEW = closed(
    **WHERE,
    **COUNTS,
    next=_or_null(STAGE),
    back=_or_null(STAGE),
    barrier=ID_OR_NULL,
    grace=YES,
    blank=YES,
    panel=_one_of(*get_args(Panel)),
    panels=_list(_one_of(*get_args(Panel))),
    lens=ID_OR_NULL,
    revealed=_list(TEXT),
    scenario=ID_OR_NULL,
    ranked=YES,
    commitments=_by_name(ID_OR_NULL),
    waiting=COUNT,
    proxies=COUNT,
    seats=_list(closed(id=WHOLE, role=ID_OR_NULL, name=ID_OR_NULL, proxy=YES, admitted=YES)),
    flags=_or_null(closed(equal=COUNT, mismatch=COUNT, revisions=COUNT)),
    unclear=_by_name(COUNT),
    moods=MOODS,
    reasons=_list(REASON),
    group=_or_null(CHOSEN),
    freezable=ID_OR_NULL,
    asked=ID_OR_NULL,
    people=_list(closed(seat=WHOLE, name=ID_OR_NULL, weights=WEIGHTS)),
    speaking=_list(closed(role=TEXT, away=NUMBER)),
    frozen=YES,
    decision=ID_OR_NULL,
    conditions=_list(TEXT),
    endorsements=ENDORSEMENTS,
    remarks=_list(REMARK),
    exported=ID_OR_NULL,
    erased=COUNT,
    online=COUNT,
    delay=_or_null(NUMBER),
    trouble=_or_null(TEXT),
    setup=SETUP,
    log_hash=TEXT,
    html=HTML,
)

DECISION = closed(seq=WHOLE, text=ID_OR_NULL, conditions=_list(TEXT), weights=WEIGHTS)
OUTCOME = closed(
    weights=WEIGHTS,
    exact={**WEIGHTS, "description": "As `weights`, not rounded: to go on from."},
    outcome={"type": "object"},
    regret={"type": ["object", "null"]},
)
HEALTH = closed(status=_one_of("ok", "disk"))
EXPORT: Schema = {
    "type": "object",
    "required": ["format", "log_hash", "concept", "setup", "rounds"],
    "properties": {"setup": SETUP, "log_hash": TEXT, "concept": YES, "format": TEXT},
}

VIEWS: dict[str, Schema] = {
    "SeatView": SEAT_VIEW,
    "WallView": WALL_VIEW,
    "DeskView": DESK_VIEW,
    "Decision": DECISION,
    "Outcome": OUTCOME,
    "Health": HEALTH,
    "Export": EXPORT,
}
