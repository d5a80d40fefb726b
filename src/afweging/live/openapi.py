"""The description of the API (OpenAPI 3.1), made from the forms of the messages themselves."""

from __future__ import annotations

from afweging import __version__
from afweging.live import messages

Document = dict[str, object]
FAULT = {
    "type": "object",
    "required": ["code", "message"],
    "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
}
STORED = {
    "type": "object",
    "required": ["receipt", "seq"],
    "properties": {
        "receipt": {"type": "string"},
        "seq": {"type": "integer"},
        "link": {"type": "string"},
    },
}
REFUSALS = {
    "401": "No seat, or the seat went on elsewhere.",
    "403": "From another site, without the token of the page, or not for this role.",
    "404": "The secret in the link is not one of this role.",
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
    schemas: Document = {"Fault": FAULT, "Stored": STORED}
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


def _paths() -> Document:
    paths: Document = {
        "/health": {
            "get": _answers("Whether the room works.", "application/json", faults=("503",))
        },
        "/api/netwerk/stream": {"get": _stream("Five numbers, one each second.", "503")},
        "/api/deelnemer/decision": {"get": _seen("The decision, to be read.", "401")},
        "/api/deelnemer/command": {"post": _command("Participant", "Stored", "401")},
        "/api/regie/{token}/command": {"post": _command("Facilitator", "Stored", "404")},
        "/api/regie/{token}/what-if": {"post": _command("WhatIf", None, "404")},
        "/api/regie/{token}/export": {"get": _seen("The export, as a file.", "404")},
    }
    for role, fault in (("deelnemer", "401"), ("regie/{token}", "404"), ("scherm/{token}", "404")):
        paths[f"/api/{role}/snapshot"] = {"get": _seen("What this role sees now.", fault)}
        paths[f"/api/{role}/stream"] = {
            "get": _stream("The same, after each change: the latest only.", fault, "503")
        }
    for path, said in paths.items():
        assert isinstance(said, dict)  # noqa: S101 - made above
        if "{token}" in path:
            said["parameters"] = [TOKEN]
        elif "deelnemer" in path:
            for operation in said.values():
                operation["security"] = [{"seat": []}]
    return paths


def _answers(summary: str, kind: str, *, faults: tuple[str, ...]) -> Document:
    fault = {"application/json": {"schema": {"$ref": _REF.format(model="Fault")}}}
    answers: Document = {"200": {"description": summary, "content": {kind: {}}}}
    for status in faults:
        answers[status] = {"description": REFUSALS[status], "content": fault}
    return {"summary": summary, "responses": answers}


def _seen(summary: str, *faults: str) -> Document:
    return _answers(summary, "application/json", faults=faults)


def _stream(summary: str, *faults: str) -> Document:
    return _answers(summary, "text/event-stream", faults=faults)


def _command(form: str, answer: str | None, who: str) -> Document:
    faults = tuple(sorted({who, "403", "409", "413", "415", "422", "503"}))
    said = _answers(
        "What it led to; stored when this answer comes.", "application/json", faults=faults
    )
    if answer is not None:
        responses = said["responses"]
        assert isinstance(responses, dict)  # noqa: S101 - made above
        schema = {"schema": {"$ref": _REF.format(model=answer)}}
        responses["200"]["content"] = {"application/json": schema}
    body = {"application/json": {"schema": {"$ref": _REF.format(model=form)}}}
    return said | {"parameters": [CSRF], "requestBody": {"required": True, "content": body}}
