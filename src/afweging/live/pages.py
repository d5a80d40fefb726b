# ruff: noqa: ARG001, D103, E501
"""PLACEHOLDER."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.wording import Words


def join_page(
    words: Words,
    *,
    code: str | None,
    fault: str | None,
    setup: Mapping[str, Any] | None = None,
    language: str | None = None,
    title: str = "",
) -> str:
    return f"<!doctype html><title>{title}</title>{code} {fault} {words.language}"


def participant_page(
    words: Words,
    *,
    setup: Mapping[str, Any],
    model: Mapping[str, Any],
    csrf: str,
    key: str = "",
    language: str | None = None,
) -> str:
    return f'<!doctype html><title>p</title><script type="application/json">{{"csrf": "{csrf}"}}</script>'


def projector_page(words: Words) -> str:
    return "<!doctype html><title>w</title>"


def projector_frame(
    view: Mapping[str, Any],
    words: Words,
    *,
    content: Mapping[str, Any],
    join: Mapping[str, str] | None = None,
    level: int = 1,
) -> str:
    return f"<p>{view['panel']}</p>"


def console_page(words: Words, *, csrf: str) -> str:
    return f'<!doctype html><title>c</title><script type="application/json">{{"csrf": "{csrf}"}}</script>'


def console_frame(
    view: Mapping[str, Any],
    words: Words,
    *,
    content: Mapping[str, Any],
    join: Mapping[str, str] | None = None,
    wall: Mapping[str, Any] | None = None,
) -> str:
    return f"<p>{view['stage']}</p>"


def closed_elsewhere_page(words: Words) -> str:
    return "<!doctype html><title>e</title>"


def fault_page(words: Words, *, code: str, message: str = "") -> str:
    return f"<!doctype html><title>f</title>{message}"


def check_page(words: Words) -> str:
    return "<!doctype html><title>k</title>"
