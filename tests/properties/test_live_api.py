"""The doors of a session under generated requests, each answer held beside the description."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from tests.live.led import running_at

from afweging.analysis.session.fold import fold
from afweging.io.journal import read_journal
from afweging.live.links import csrf_of
from afweging.live.openapi import openapi
from afweging.live.shield import HEADERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schemathesis import APIOperation, Case
    from tests.live.running import Running

    Door = APIOperation[Any, Any, Any, Any]

FITS = GenerationMode.POSITIVE
EXAMPLES = int(os.environ.get("AFWEGING_ATTACKS", "3"))  # per door, role and kind of request
STAGES = ("explain", "r1_open", "discuss", "decided")
ROLES = ("console", "projector", "participant", "nobody")
OPENS = {"console": "/api/regie/", "projector": "/api/scherm/", "participant": "/api/deelnemer/"}
schemathesis.checks.load_all_checks()
KNOWN = {
    "lens": {"enum": ["E", "A", "W", "M"]},
    "seat": {"type": "integer", "minimum": 0, "maximum": 9},
    "swings": {
        "type": "array",
        "items": {"type": "number", "enum": [0, 12.5, 60, 100]},
        "minItems": 4,
        "maxItems": 4,
    },
    "weights": {"enum": [[0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0], [0.5, 0.5, 0, 0], None]},
    "scenario": {"enum": ["SC1", "SC4", None]},
}
CHECKS = schemathesis.checks.CHECKS.get_by_names(
    [
        *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
        *("response_headers_conformance", "response_schema_conformance"),
        *("negative_data_rejection", "allow_header_conformance"),
    ]
)


@dataclass(frozen=True)
class Role:
    """Who asks: what goes in the link, in the cookie and in the header of a command."""

    name: str
    token: str | None = None
    cookies: dict[str, str] | None = None

    @property
    def overrides(self) -> dict[str, Any]:
        """What every generated request of this role carries."""
        if self.token is None:
            return {}
        return {
            "path_parameters": {"token": self.token},
            "headers": {"X-CSRF": csrf_of(self.token)},
            "cookies": self.cookies,
        }


def role_of(server: Running, name: str) -> Role:
    """Return a role with its secrets."""
    seat = "token 1"
    return {
        "console": Role(name, server.console),
        "projector": Role(name, server.wall),
        "participant": Role(name, seat, {"seat": seat}),
        "nobody": Role(name),
    }[name]


def described(mode: GenerationMode) -> dict[str, Any]:
    """Return the description; for what should fit, with ids and lengths of this session."""
    document: Any = openapi()
    if mode is FITS:
        for form in document["components"]["schemas"].values():
            fields = form.get("properties", {})
            if {"kind", "weight"} & set(fields):  # a message
                fields |= {name: known for name, known in KNOWN.items() if name in fields}
    return document  # type: ignore[no-any-return]


def doors(mode: GenerationMode) -> Iterator[Door]:
    """Yield the doors of the description that do not stream."""
    schema = schemathesis.openapi.from_dict(described(mode))
    schema.config.checks.negative_data_rejection.expected_statuses = ["4xx"]  # 413 too
    for found in schema.get_all_operations():
        door = found.ok()  # type: ignore[union-attr]  # it is sound, or this says why not
        if not door.path.endswith("/stream"):
            yield door


def attack(server: Running, role: Role, door: Door, mode: GenerationMode) -> None:
    """Send generated requests to one door, and hold each answer beside the description."""
    parameters = role.overrides
    if "{token}" not in door.path:
        parameters.pop("path_parameters", None)
    is_command = door.method == "post"
    if not is_command:
        parameters.pop("headers", None)
        mode = FITS  # nothing of such a request can be of the wrong form
    session = requests.Session()
    examples = 4 * EXAMPLES if is_command else EXAMPLES

    @given(case=door.as_strategy(mode, **parameters))
    @settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def send(case: Case[Any]) -> None:
        answer = case.call(base_url=server.base, session=session)
        case.validate_response(answer, checks=CHECKS)  # type: ignore[arg-type]
        shown = {name: "".join(answer.headers.get(name) or ()) for name in HEADERS}
        assert shown == HEADERS
        opens = door.path == "/health" or door.path.startswith(OPENS.get(role.name, "-"))
        assert opens or answer.status_code >= 400

    with session:
        send()


@pytest.mark.parametrize(
    ("mode", "stage"),
    [*((FITS, stage) for stage in STAGES), (GenerationMode.NEGATIVE, "r1_open")],
    ids=str,
)
def test_every_door_answers_as_described(tmp_path: Path, mode: GenerationMode, stage: str) -> None:
    """Whoever asks and whatever they send: no fault of the server, nothing undescribed."""
    log = tmp_path / "log"
    with running_at(log, stage) as server:
        for name in ROLES:
            for door in doors(mode):
                attack(server, role_of(server, name), door, mode)
        assert server.room.trouble is None
        state = server.room.state
    assert fold(read_journal(log)) == state
