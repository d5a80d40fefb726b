from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import httpx
import jsonschema
import pytest

from afweging.live.app import build_app
from afweging.live.openapi import openapi

if TYPE_CHECKING:
    from tests.live.running import Running


def test_every_door_of_the_api_is_described(one: Running) -> None:
    """The paths and methods are those of the routes, neither more nor less."""
    app: Any = build_app(one.house)
    routes = {
        (route.path, method.lower())
        for route in app._app.routes  # noqa: SLF001 - the routes as they are
        for method in route.methods - {"HEAD"}
        if route.path.startswith(("/api/", "/health"))
    }
    document: Any = httpx.get(f"{one.base}/openapi.json").json()
    described = {
        (path, method)
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    }
    assert described == routes


def test_references_lead_somewhere() -> None:
    """Each schema that is referred to is there."""
    document: Any = openapi()
    text = json.dumps(document)
    known = document["components"]["schemas"]
    assert set(re.findall(r'"#/components/schemas/(\w+)"', text)) <= set(known)
    assert "$defs" not in text


@pytest.mark.parametrize(
    ("form", "message", "fits"),
    [
        ("Participant", {"kind": "tap", "mood": "agree"}, True),
        ("Participant", {"kind": "tap", "mood": "agree", "seat": 1}, False),
        ("Participant", {"kind": "purge"}, False),
        ("Facilitator", {"kind": "purge"}, True),
        ("Facilitator", {"kind": "next", "stage": "nergens"}, False),
        ("WhatIf", {"lens": "E", "weight": 1.5}, False),
    ],
)
def test_the_schemas_say_what_is_let_in(form: str, message: object, fits: object) -> None:
    """A message fits the schema exactly where the door lets it in."""
    document: Any = openapi()
    schema = {"$ref": f"#/components/schemas/{form}", "components": document["components"]}
    assert jsonschema.Draft202012Validator(schema).is_valid(message) is fits
