from __future__ import annotations

import json
from types import MappingProxyType

import pytest

from afweging.model.session import Event, event_bytes, make_event, part_digest

NOW = "2026-06-01T09:00:00Z"


def test_an_event_holds_digests_of_its_private_parts() -> None:
    """The bytes that are chained hold the digest, not the part; erasing changes no byte."""
    event = make_event(3, NOW, "submitted", {"seat": 1}, {"answer": {"swings": [100, 37]}})
    assert b"37" not in event_bytes(event)
    assert event.digests["answer"] == part_digest({"swings": [100, 37]})
    erased = Event(
        3, NOW, "submitted", event.payload, MappingProxyType({"answer": None}), event.digests
    )
    assert event_bytes(erased) == event_bytes(event)


def test_text_has_one_form() -> None:
    """An event read back from its bytes is equal, whatever form its accents had."""
    event = make_event(1, NOW, "adopted", {"reason": "cafe\u0301"})
    assert event.payload["reason"] == "café"
    assert json.loads(event_bytes(event))["payload"] == dict(event.payload)


def test_an_event_cannot_be_changed() -> None:
    """Neither its fields nor its payload."""
    event = make_event(1, NOW, "paused", {})
    with pytest.raises(TypeError):
        event.payload["a"] = 1  # type: ignore[index]
