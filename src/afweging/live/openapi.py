"""The description of the API (OpenAPI 3.1), made from the forms of the messages themselves."""

from __future__ import annotations

from afweging import __version__
from afweging.live import messages
from afweging.live.openapi_views import TEXT, VIEWS, WHOLE, closed

Document = dict[str, object]
FAULT = closed(code=TEXT, message=TEXT)
STORED = closed(receipt=TEXT, seq=WHOLE)
REPLACED = closed(receipt=TEXT, seq=WHOLE, link=TEXT)  # the seat is for another device
JSON, STREAM = "application/json", "text/event-stream"
REFUSALS = {
    "401": "No seat, or the seat went on elsewhere.",
    "403": "From another site, without the token of the page, or not for this role.",
    "404": "The secret in the link is not one of this role.",
    "408": "Sent too slowly.",
    "409": "Not allowed now; `message` says why in the language of whoever asked.",
    "413": "Larger than 16 kB.",
    "415": "Not sent as JSON.",
    "422": "Not of the right form.",
    "503": "Nothing was stored: the disk refuses, or too much waits.",
}
TOKEN = {
    "name": "token",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "description": "The secret in the link of a role.",
}
CSRF = {
    "name": "X-CSRF",
    "in": "header",
    "required": True,
    "schema": {"type": "string"},
    "description": "Stands in the page of the role.",
}


def openapi() -> Document:
    """Return the description as plain data."""
    forms = {
        "Participant": messages.PARTICIPANT.json_schema(ref_template=_REF),
        "Facilitator": messages.FACILITATOR.json_schema(ref_template=_REF),
        "WhatIf": messages.WHAT_IF.json_schema(ref_template=_REF),
    }
    schemas: Document = {"Fault": FAULT, "Stored": STORED, "Replaced": REPLACED, **VIEWS}
    for name, form in forms.items():
        schemas |= form.pop("$defs", {})
        schemas[name] = form
    return {
        "openapi": "3.1.0",
        "info": {"title": "afweging live", "version": __version__},
        "paths": _paths(),
        "components": {
            "schemas": schemas,
            "securitySchemes": {"seat": {"type": "apiKey", "in": "cookie", "name": "seat"}},
        },
    }


_REF = "#/components/schemas/{model}"


def _ref(name: str) -> Document:
    return {"$ref": _REF.format(model=name)}


STORED_OR_REPLACED: Document = {"anyOf": [_ref("Stored"), _ref("Replaced")]}


def _paths() -> Document:
    paths: Document = {
        "/health": {"get": _health()},
        "/api/netwerk/stream": {"get": _stream("Five numbers, one each second.", "503")},
        "/api/deelnemer/decision": {"get": _seen("The decision, to be read.", "Decision", "401")},
        "/api/deelnemer/command": {"post": _command("Participant", _ref("Stored"), "401")},
        "/api/regie/{token}/command": {"post": _command("Facilitator", STORED_OR_REPLACED, "404")},
        "/api/regie/{token}/what-if": {"post": _command("WhatIf", _ref("Outcome"), "404")},
        "/api/regie/{token}/export": {"get": _seen("The export, as a file.", "Export", "404")},
    }
    for role, view, fault in (
        ("deelnemer", "SeatView", "401"),
        ("regie/{token}", "DeskView", "404"),
        ("scherm/{token}", "WallView", "404"),
    ):
        paths[f"/api/{role}/snapshot"] = {"get": _seen("What this role sees now.", view, fault)}
        paths[f"/api/{role}/stream"] = {
            "get": _stream(f"`{view}` after each change: the latest only.", fault, "503")
        }
    for path, said in paths.items():
        assert isinstance(said, dict)  # noqa: S101 - made above
        if "{token}" in path:
            said["parameters"] = [TOKEN]
        elif "deelnemer" in path:
            for operation in said.values():
                operation["security"] = [{"seat": []}]
    return paths


def _content(kind: str, schema: Document) -> Document:
    return {kind: {"schema": schema}}


def _answers(summary: str, content: Document, *, faults: tuple[str, ...]) -> Document:
    answers: Document = {"200": {"description": summary, "content": content}}
    for status in faults:
        refused = _content(JSON, _ref("Fault"))
        answers[status] = {"description": REFUSALS[status], "content": refused}
    return {"summary": summary, "responses": answers}


def _health() -> Document:
    said = _content(JSON, _ref("Health"))
    answers = {
        "200": {"description": "The room works.", "content": said},
        "503": {"description": "The disk refuses.", "content": said},
    }
    return {"summary": "Whether the room works.", "responses": answers}


def _seen(summary: str, view: str, *faults: str) -> Document:
    return _answers(summary, _content(JSON, _ref(view)), faults=faults)


def _stream(summary: str, *faults: str) -> Document:
    return _answers(summary, _content(STREAM, dict(TEXT)), faults=faults)


def _command(form: str, answer: Document, who: str) -> Document:
    faults = tuple(sorted({who, "403", "408", "409", "413", "415", "422", "503"}))
    said = _answers(
        "What it led to; stored when this answer comes.", _content(JSON, answer), faults=faults
    )
    body = _content(JSON, _ref(form))
    return said | {"parameters": [CSRF], "requestBody": {"required": True, "content": body}}
