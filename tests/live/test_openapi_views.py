from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from tests.live.led import person_of, running_at
from tests.live.running import listening

from afweging.live.openapi import openapi
from afweging.model.session import STAGES

if TYPE_CHECKING:
    from pathlib import Path

SEEN = {"sealed": STAGES, "open": ("r1_open", "discuss", "decided")}


def validator(view: str) -> jsonschema.protocols.Validator:
    """Return what holds an answer beside the schema of a view."""
    document: Any = openapi()
    schema = {"$ref": f"#/components/schemas/{view}", "components": document["components"]}
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("mode", ["sealed", "open"])
def test_what_each_role_sees_is_described_at_every_stage(tmp_path: Path, mode: str) -> None:
    """Snapshots and streams hold what the description says, and nothing else."""
    views = {name: validator(name) for name in ("SeatView", "WallView", "DeskView", "Export")}
    for stage in SEEN[mode]:
        with running_at(tmp_path / stage, stage, mode=mode) as server:
            lead = server.facilitator()
            for panel in lead.view["panels"]:
                lead.ask("show_panel", panel=panel)
                views["WallView"].validate(server.wall_view())
            views["DeskView"].validate(lead.view)
            if lead.ask("mark_exported").status_code == 200:
                views["Export"].validate(lead.client.get(f"{lead.path}/export").json())
            if stage in {"draft", "lobby", "purged"}:  # nobody has a seat, or its device is erased
                continue
            person = person_of(server, 1)
            views["SeatView"].validate(person.view)
            url = f"{server.base}/api/deelnemer/stream"
            assert person.client.head(url).headers["content-type"].startswith("text/event-stream")
            with listening(url, person.client) as stream:
                views["SeatView"].validate(next(stream)[1])
            decision = person.client.get(f"{server.base}/api/deelnemer/decision").json()
            validator("Decision").validate(decision)
