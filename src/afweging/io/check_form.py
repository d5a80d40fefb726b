"""The form of a document against its schema: every fault of form, worded by code."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from afweging.io.schema import ID_PATTERN, BothLanguages, Form
from afweging.io.walk import at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from afweging.io.document import Document, Faults, Path

F = TypeVar("F", bound=Form)

_KINDS = {
    "string_type": "text",
    "float_type": "number",
    "int_type": "number",
    "bool_type": "yes-no",
    "list_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
}
_CODES = {
    "missing": "field-missing",
    "extra_forbidden": "field-unknown",
    "greater_than_equal": "field-too-small",
    "less_than_equal": "field-too-large",
    "literal_error": "field-choice",
    "union_tag_invalid": "field-choice",
    "union_tag_not_found": "field-missing",
    "string_pattern_mismatch": "id-form",
    "finite_number": "number-not-finite",
    "too_short": "list-length",
    "too_long": "list-too-long",
    "string_too_short": "text-empty",
    "string_too_long": "text-too-long",
}


def check_form(document: Document, form: type[F], faults: Faults) -> F | None:
    """Return `document` as `form`, or None after noting every fault of form.

    A fault at a place where one was noted already is not repeated.
    """
    if document.unread:
        return None
    try:
        return form.model_validate(document.value)
    except ValidationError as error:
        known = {fault.place for fault in faults}
        for detail in error.errors(include_url=False):
            path = _path(document, detail)
            place = document.place(path)
            code, facts = _code(detail, form)
            if place not in known or code in {"field-missing", "field-unknown"}:
                field = _field(detail, path) if detail["loc"] else place.file
                faults.add(code, place, _shown(detail), **{"field": field, **facts})
                known.add(place)
        return None


def _path(document: Document, detail: ErrorDetails) -> Path:
    """Return the path in the document; the schema's own union tags are left out."""
    path: Path = ()
    wrong = ("shape",) if detail["type"] == "union_tag_invalid" else ()
    for key in (*detail["loc"], *wrong):
        if (*path, key) in document.places or at(document, (*path, key)) is not None:
            path = (*path, key)
    return path


def _field(detail: ErrorDetails, path: Path) -> str:
    """Return the name of the field: of what is missing, or the last name on the path."""
    loc = detail["loc"][-1:] if detail["type"] in {"missing", "extra_forbidden"} else path
    names = [key for key in loc if isinstance(key, str)]
    return names[-1] if names else ""


def _shown(detail: ErrorDetails) -> object:
    """Return the value found; of a whole part of the file only its kind."""
    found = detail.get("ctx", {}).get("tag", detail["input"])
    if detail["type"] in {"missing", "union_tag_not_found"}:
        return None
    if isinstance(found, dict):
        return "{…}"
    return "[…]" if isinstance(found, list) else found


def _code(detail: ErrorDetails, form: type[Form]) -> tuple[str, dict[str, object]]:
    """Return the code and the facts of one fault of form."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in _KINDS:
        text = context.get("class_name") == BothLanguages.__name__
        return "field-kind", {"kind": "text" if text else _KINDS[kind]}
    facts: dict[str, dict[str, object]] = {
        "field-missing": _discriminator(context),
        "field-unknown": {
            "near": _near(str(detail["loc"][-1]), form) if kind == "extra_forbidden" else None
        },
        "field-too-small": {"limit": context.get("ge")},
        "field-too-large": {"limit": context.get("le")},
        "field-choice": {"choices": _choices(context)},
        "list-length": {"least": context.get("min_length")},
        "list-too-long": {"most": context.get("max_length")},
        "text-too-long": {"most": context.get("max_length")},
    }
    code = _CODES.get(kind, "field-invalid")
    if kind == "too_long" and isinstance(detail["input"], str):
        code = "text-too-long"
    if kind == "string_pattern_mismatch" and context["pattern"] != ID_PATTERN:
        code = "day-form"
    return code, facts.get(code, {})


def _discriminator(context: Mapping[str, object]) -> dict[str, object]:
    """Return the field that would tell which form is meant."""
    return {"field": str(context["discriminator"]).strip("'")} if "discriminator" in context else {}


def _choices(context: Mapping[str, object]) -> tuple[str, ...]:
    quoted = str(context.get("expected", context.get("expected_tags", "")))
    return tuple(re.findall(r"'([^']+)'", quoted))


def _near(name: str, form: type[Form]) -> str | None:
    """Return the known key that looks most like `name`."""
    found = get_close_matches(name, _keys(form), n=1)
    return found[0] if found else None


@cache
def _keys(form: type[Form]) -> tuple[str, ...]:
    """Return every key that some part of the form knows."""
    schema = form.model_json_schema()
    known = {key for part in schema["$defs"].values() for key in part.get("properties", {})}
    return tuple(sorted(known | set(schema["properties"])))
