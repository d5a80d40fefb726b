"""The dossier of a memo: one JSON document from which everything in the memo can be made again.

It holds the whole decision problem, what was asked, what was found, what is printed, and the
versions that the numbers were found with. Its canonical bytes (RFC 8785) have one SHA-256: the
fingerprint that stands on the memo.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from afweging.errors import DossierError, Fault, Place
from afweging.io import schema
from afweging.io.canonical import canonical_json, problem_digest
from afweging.io.check_form import check_form
from afweging.io.disassemble import (
    effects_columns,
    problem_document,
    profiles_document,
    sources_document,
)
from afweging.io.document import Document, Faults
from afweging.io.dossier_versions import brought_up
from afweging.io.effects_table import read_effects_csv, write_effects_csv
from afweging.io.key_order import with_order, without_order
from afweging.io.problem import build_problem
from afweging.io.session_export import session_document, session_of
from afweging.model.result import Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.model.problem import DecisionProblem
    from afweging.model.session_record import SessionRecord

NAME, VERSION = "afweging-dossier", 1
FORMAT = f"{NAME}/{VERSION}"
FILE = f"{NAME}.json"
LARGEST = 64_000_000  # bytes of JSON; the dossier of Brabant has about one million
MOST_DIGITS = 400  # of a number as text; a float has at most 325
_FORM = re.compile(rf"{NAME}/([1-9][0-9]{{0,5}})")


@dataclass(frozen=True, slots=True)
class Settings:
    """What else the results follow from: which weights are possible, the draws and their seed."""

    weights: str = "all"
    panel: tuple[str, ...] | None = None
    draws: int = 20_000
    seed: int = 1


class SettingsForm(schema.Form):
    """The settings as they stand in a dossier."""

    weights: str
    panel: list[str] | None
    draws: int
    seed: int


class LikelihoodForm(schema.Form):
    """The likelihood that was given to one scenario."""

    id: str
    value: schema.Number


class RequestForm(schema.Form):
    """The request as it stands in a dossier."""

    profile: str | None
    scenarios: list[str]
    regions: list[str]
    horizons: list[str]
    region_weights: str
    horizon_weights: str
    likelihoods: list[LikelihoodForm]
    likelihood_set: str | None


class ProblemParts(schema.Form):
    """The decision problem: what its files say, its effects as columns of text, and its digest."""

    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    problem: dict[str, object]
    profiles: dict[str, object]
    sources: dict[str, object]
    effects: dict[str, list[str]]


class BlockForm(schema.Form):
    """One part of the memo as it is printed."""

    kind: Literal["heading", "paragraph", "list", "table", "figure"]
    id: str
    level: int
    lines: list[str]
    heads: list[str]
    rows: list[list[str]]
    left: int
    svg: str


class TextForm(schema.Form):
    """What is printed, in its order."""

    language: Literal["nl", "en"]
    kind: str
    title: str
    date: str
    concept: bool
    blocks: list[BlockForm]


class DossierForm(schema.Form):
    """A dossier of the form of now."""

    format: str
    versions: dict[str, str]
    problem: ProblemParts
    request: RequestForm
    settings: SettingsForm
    results: dict[str, object]
    text: TextForm
    session: dict[str, object] | None = None


def dossier_document(  # noqa: PLR0913 - the parts of a dossier
    problem: DecisionProblem,
    request: Request,
    settings: Settings,
    *,
    text: Mapping[str, object],
    results: Mapping[str, object],
    versions: Mapping[str, str],
    session: SessionRecord | None = None,
) -> dict[str, object]:
    """Return the dossier as plain dicts, lists and numbers; `session` is there if there was one."""
    held = {} if session is None else {"session": session_document(session)}
    return {
        **held,
        "format": FORMAT,
        "versions": dict(versions),
        "problem": {
            "digest": problem_digest(problem),
            "problem": with_order(problem_document(problem)),
            "profiles": with_order(profiles_document(problem)),
            "sources": sources_document(problem),
            "effects": effects_columns(problem),
        },
        "request": _request(request),
        "settings": asdict(settings),
        "results": dict(results),
        "text": dict(text),
    }


def _request(request: Request) -> dict[str, object]:
    stated = [{"id": name, "value": value} for name, value in request.likelihoods]
    return {**asdict(request), "likelihoods": stated}


def dossier_bytes(dossier: Mapping[str, object]) -> bytes:
    """Return the canonical bytes of a dossier (RFC 8785)."""
    return canonical_json(dossier)


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of the bytes of a dossier, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def read_dossier(content: bytes) -> dict[str, object]:
    """Return the dossier in `content`, with its form checked; an earlier form is brought up.

    Its `format` says the form that it was written in.

    Raises
    ------
    DossierError
        When it is no JSON, is no dossier, or is one of a form that is not known here.
    """
    found = _json(content)
    form = found.get("format") if isinstance(found, dict) else None
    match = _FORM.fullmatch(form) if isinstance(form, str) else None
    if match is None or not isinstance(found, dict):
        raise _error("dossier-format", form, known=FORMAT)
    if int(match[1]) > VERSION:
        raise _error("dossier-newer", int(match[1]), known=VERSION)
    try:
        found = brought_up(found, int(match[1]), target=VERSION)
    except ValueError:
        raise _error("dossier-format", form, known=FORMAT) from None
    faults = Faults()
    check_form(Document(found, {(): Place(file=FILE)}), DossierForm, faults)
    if faults:
        raise DossierError(faults)
    return found


def is_canonical(content: bytes, dossier: Mapping[str, object]) -> bool:
    """Return whether `content`, which was read as `dossier`, is written in canonical form."""
    written = dossier if dossier["format"] == FORMAT else _json(content)
    return canonical_json(written) == content


def _json(content: bytes) -> object:
    """Return what the JSON says; doubtful JSON (a key twice, no finite number) is refused."""
    if len(content) > LARGEST:
        raise _error("dossier-too-large", len(content) / 1e6, limit=LARGEST / 1e6)
    try:
        return json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_refuse,
            parse_int=_whole,
            parse_float=_finite,
        )
    except RecursionError:
        raise _error("dossier-json", "RecursionError") from None
    except ValueError as error:
        raise _error("dossier-json", str(error)) from None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _refuse(text: str) -> object:
    raise ValueError(text)


def _whole(text: str) -> int:
    """Return a whole number that canonical JSON can hold."""
    if len(text) > 17 or abs(int(text)) >= 2**53:
        return _large(text)
    return int(text)


def _large(text: str) -> int:
    """Return a whole number beyond 2**53 that is a float: canonical JSON writes 1e20 in full."""
    if len(text) > MOST_DIGITS or int(float(text)) != int(text):
        raise ValueError(text[:40])
    return float(text)  # type: ignore[return-value]  # it was a float when it was written


def _finite(text: str) -> float:
    if len(text) > MOST_DIGITS or abs(float(text)) == float("inf"):
        raise ValueError(text[:40])
    return float(text)


def _error(code: str, value: object, **facts: object) -> DossierError:
    return DossierError([Fault(code, Place(file=FILE), value, facts)])


def problem_of(dossier: Mapping[str, object]) -> DecisionProblem:
    """Return the decision problem in a dossier whose form was checked.

    Raises
    ------
    ProblemFileError
        With every fault in the problem.
    """
    parts: Mapping[str, object] = dossier["problem"]  # type: ignore[assignment]
    faults = Faults()
    problem, profiles, sources = (
        Document(without_order(parts[name]), {(): Place(file=f"{FILE}/{name}")})
        for name in ("problem", "profiles", "sources")
    )
    content = _csv(parts["effects"], faults)  # type: ignore[arg-type]
    table = read_effects_csv(content, file=f"{FILE}/effects", decimal="point", faults=faults)
    return build_problem(problem, profiles, sources, table, faults)


def _csv(columns: Mapping[str, list[str]], faults: Faults) -> bytes:
    """Return the effects as the file they came from; columns of unequal length are a fault."""
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        faults.add("row-width", Place(file=f"{FILE}/effects"), min(lengths), **_widths(lengths))
        return b""
    return write_effects_csv(columns)


def _widths(lengths: set[int]) -> dict[str, object]:
    return {"expected": max(lengths), "delimiter": ","}


def request_of(dossier: Mapping[str, object]) -> Request:
    """Return the request in a dossier whose form was checked."""
    found: Mapping[str, object] = dossier["request"]  # type: ignore[assignment]
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in found.items()}
    stated: list[dict[str, object]] = found["likelihoods"]  # type: ignore[assignment]
    values["likelihoods"] = tuple((each["id"], float(each["value"])) for each in stated)  # type: ignore[arg-type]
    return Request(**values)  # type: ignore[arg-type]


def record_of(dossier: Mapping[str, object]) -> SessionRecord | None:
    """Return the live session in a dossier whose form was checked; None where there was none.

    Raises
    ------
    SessionFileError
        When it has another form, or does not hold together.
    """
    found: Mapping[str, object] | None = dossier.get("session")  # type: ignore[assignment]
    return None if found is None else session_of(found)


def settings_of(dossier: Mapping[str, object]) -> Settings:
    """Return the settings in a dossier whose form was checked."""
    found: Mapping[str, object] = dossier["settings"]  # type: ignore[assignment]
    panel = found["panel"]
    return Settings(**{**found, "panel": None if panel is None else tuple(panel)})  # type: ignore[arg-type]
