"""Reads the anonymous export of a session, and a session in a dossier; both have one form each."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field

from afweging.errors import Fault, Place, SessionFileError
from afweging.io.check_form import check_form
from afweging.io.document import Document, Faults
from afweging.io.schema import Form, Share
from afweging.model.session_record import (
    GroupWeights,
    Quote,
    Remark,
    RoundRecord,
    SessionRecord,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = "afweging-session-1"
LARGEST = 20_000_000  # bytes
Points = Annotated[float, Field(allow_inf_nan=False, ge=0, le=100)]
Count = Annotated[int, Field(ge=0)]
Hash = Annotated[str, Field(pattern="^([0-9a-f]{64})?$")]
Day = Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Mode = Literal["sealed", "open"]
Naming = Literal["anonymous", "named"]
Ranking = Literal["between", "after"]
Source = Literal["mean", "adopted", "table"]
Said = Literal["endorse", "remark", "dissent"]


class SetupForm(Form):
    """How the session was set up."""

    session: str
    problem: str
    digest: Hash
    lenses: Annotated[list[str], Field(min_length=1)]
    scenarios: list[str]
    language: str
    mode: Mode
    naming: Naming
    expected: Count
    quorum: Count
    rounds: Literal[1, 2]
    ranking: Ranking
    roles: list[str]
    admission: Literal["all", "by_hand"]


class ExportRound(Form):
    """One round of an export."""

    round: Literal[1, 2]
    n: Count
    proxies: Count
    swings: list[list[Points]]
    commitment: Hash | None
    salt: str | None


class ChosenForm(Form):
    """Weights of the group."""

    weights: list[Share]
    source: Source
    reason: str | None


class ReasonForm(Form):
    """A quoted reason."""

    round: int
    text: str
    uneasy: bool
    pinned: bool


class CountsForm(Form):
    """How many people chose what about the decision."""

    endorse: Count
    remark: Count
    dissent: Count


class ExportForm(Form):
    """The export of a session."""

    format: Literal["afweging-session-1"]
    setup: SetupForm
    stage: str
    at: Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z$")]
    concept: bool
    events: Count
    log_hash: Hash
    joined: Count
    receipts: Count
    rounds: list[ExportRound]
    pairs: list[Annotated[list[list[Points]], Field(min_length=2, max_length=2)]]
    weights: ChosenForm | None
    group: ChosenForm | None
    reasons: list[ReasonForm]
    moods: list[str]
    decision: str | None
    conditions: list[str]
    endorsements: CountsForm
    remarks: list[Annotated[list[str], Field(min_length=2, max_length=2)]]


class RoundForm(Form):
    """One round in a dossier."""

    number: Literal[1, 2]
    n: Count
    swings: list[list[Points]]
    commitment: Hash | None
    salt: str | None


class QuoteForm(Form):
    """A quoted reason in a dossier."""

    round: int
    text: str
    uneasy: bool


class RemarkForm(Form):
    """A remark or a dissent in a dossier."""

    choice: Said
    text: str


class RecordForm(Form):
    """A session in a dossier."""

    session: str
    problem: str
    digest: Hash
    lenses: Annotated[list[str], Field(min_length=1)]
    mode: Mode
    naming: Naming
    ranking: Ranking
    planned: Literal[1, 2]
    stage: str
    concept: bool
    day: Day
    log_hash: Hash
    joined: Count
    receipts: Count
    rounds: list[RoundForm]
    pairs: list[Annotated[list[list[Points]], Field(min_length=2, max_length=2)]]
    group: ChosenForm | None
    quotes: list[QuoteForm]
    decision: str | None
    conditions: list[str]
    endorsements: dict[Said, Count | None]
    answered: Count
    remarks: list[RemarkForm]
    unquoted: bool
    omitted: Count


def read_export(content: bytes, *, file: str) -> SessionRecord:
    """Return the session in an export, with every remark and the counts as they are.

    Raises
    ------
    SessionFileError
        When it is no export, or does not hold together.
    """
    place = Place(file=file)
    found = _json(content, place)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise SessionFileError([Fault("session-not-an-export", place)])
    faults = Faults()
    form = check_form(Document(found, {(): place}), ExportForm, faults)
    if form is None:
        raise SessionFileError(faults)
    record = _record(form)
    if not _holds(record):
        raise SessionFileError([Fault("session-export-odd", place)])
    return record


def _json(content: bytes, place: Place) -> object:
    if len(content) > LARGEST:
        raise SessionFileError([Fault("session-not-an-export", place)])
    try:
        found: object = json.loads(content)
    except (ValueError, RecursionError):
        raise SessionFileError([Fault("session-not-an-export", place)]) from None
    return found


def _record(form: ExportForm) -> SessionRecord:
    setup, counts = form.setup, form.endorsements
    rounds = (
        RoundRecord(each.round, each.n, _rows(each.swings), each.commitment, each.salt)
        for each in form.rounds
    )
    return SessionRecord(
        session=setup.session,
        problem=setup.problem,
        digest=setup.digest,
        lenses=tuple(setup.lenses),
        mode=setup.mode,
        naming=setup.naming,
        ranking=setup.ranking,
        planned=setup.rounds,
        stage=form.stage,
        concept=form.concept,
        day=form.at[:10],
        log_hash=form.log_hash,
        joined=form.joined,
        receipts=form.receipts,
        rounds=tuple(rounds),
        pairs=_pairs(form.pairs),
        group=_group(form.weights or form.group),
        quotes=tuple(Quote(each.round, each.text, each.uneasy) for each in form.reasons),
        decision=form.decision,
        conditions=tuple(form.conditions),
        endorsements=(
            ("endorse", counts.endorse),
            ("remark", counts.remark),
            ("dissent", counts.dissent),
        ),
        answered=counts.endorse + counts.remark + counts.dissent,
        remarks=tuple(
            Remark("dissent" if choice == "dissent" else "remark", text)
            for choice, text in form.remarks
        ),
    )


def _rows(swings: list[list[float]]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(map(float, row)) for row in swings)


def _pairs(
    pairs: list[list[list[float]]],
) -> tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]:
    return tuple((_rows(pair)[0], _rows(pair)[1]) for pair in pairs)


def _group(form: ChosenForm | None) -> GroupWeights | None:
    if form is None:
        return None
    return GroupWeights(tuple(map(float, form.weights)), form.source, form.reason)


def _holds(record: SessionRecord) -> bool:
    """Return whether every row has a number for each lens, and the rows are as many as is said."""
    lenses = len(record.lenses)
    rows = [row for each in record.rounds for row in each.swings]
    rows += [row for pair in record.pairs for row in pair]
    numbers = [each.number for each in record.rounds]
    group = record.group
    return (
        all(len(row) == lenses and max(row) > 0 for row in rows)
        and all(len(each.swings) in {0, each.n} for each in record.rounds)
        and len(set(numbers)) == len(numbers)
        and (group is None or (len(group.weights) == lenses and abs(sum(group.weights) - 1) < 1e-9))
    )


def session_document(record: SessionRecord) -> dict[str, object]:
    """Return a session as plain dicts, lists and numbers, for a dossier."""
    plain = {**asdict(record), "endorsements": dict(record.endorsements)}
    found: dict[str, object] = json.loads(json.dumps(plain, ensure_ascii=False))
    return found


def session_of(document: Mapping[str, object]) -> SessionRecord:
    """Return the session in a dossier.

    Raises
    ------
    SessionFileError
        When it has another form, or does not hold together.
    """
    place, faults = Place(file="session"), Faults()
    form = check_form(Document(dict(document), {(): place}), RecordForm, faults)
    if form is None:
        raise SessionFileError(faults)
    plain = {name: getattr(form, name) for name in RecordForm.model_fields}
    record = SessionRecord(
        **{
            **plain,
            "lenses": tuple(form.lenses),
            "conditions": tuple(form.conditions),
            "rounds": tuple(
                RoundRecord(each.number, each.n, _rows(each.swings), each.commitment, each.salt)
                for each in form.rounds
            ),
            "pairs": _pairs(form.pairs),
            "group": _group(form.group),
            "quotes": tuple(Quote(each.round, each.text, each.uneasy) for each in form.quotes),
            "endorsements": tuple(
                (choice, form.endorsements[choice])
                for choice in get_args(Said)
                if choice in form.endorsements
            ),
            "remarks": tuple(Remark(each.choice, each.text) for each in form.remarks),
        }
    )
    if not _holds(record):
        raise SessionFileError([Fault("session-export-odd", place)])
    return record
