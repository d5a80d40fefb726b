"""What the console shows beside the view itself: names, the run sheet, and what comes next."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from afweging.analysis.session.moves import route
from afweging.model.session import Setup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afweging.wording import Words

Facts = dict[str, Any]
A = "live_console"
MINUTES: Mapping[str, int] = MappingProxyType(
    # own choice: a session of 90 minutes
    {
        "lobby": 5,
        "explain": 25,
        "r1_open": 8,
        "r1_sealed": 2,
        "reveal1": 5,
        "discuss": 23,
        "r2_open": 6,
        "r2_sealed": 1,
        "reveal2": 5,
        "frozen": 5,
        "decided": 3,
        "closed": 2,
    }
)
MOST_REASONS = 20  # at a time; what is new comes first
MOST_TARGETS = 40  # suggested where a reason is merged into another
SETUP_STAGES = {"draft", "lobby", "explain"}
SPREAD_STAGES = {"reveal1", "discuss", "reveal2"}
WHAT_IF_STAGES = {"reveal1", "discuss", "reveal2", "frozen", "decided"}


def console_facts(view: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> Facts:
    """Return what the template of the console fills in beside `view`."""
    setup = view.get("setup") or {}
    return {
        "lenses": content["lenses"],
        "scenarios": content["scenarios"],
        "names": content["names"],
        "setup": setup,
        "stages": _sheet(view, setup, words),
        "note": _note(view, words),
        "minutes": MINUTES.get(view["stage"]),
        "barrier": _barrier(view, words),
        "close_reason": view["barrier"] == "no-quorum",
        "ahead": _ahead(view, words),
        "open_round": _open_round(view),
        "hidden": [] if view["stage"] not in SPREAD_STAGES else _hidden(view, content),
        "group": _group(view, content, words),
        "whatif": _whatif(view),
        "may_adopt": view["next"] == "frozen",
        "digest_changed": view["asked"] is not None and view["asked"] != view["freezable"],
        "may_configure": view["stage"] in SETUP_STAGES and bool(setup),
        "inbox": view["reasons"][:MOST_REASONS],
        "more_reasons": max(0, len(view["reasons"]) - MOST_REASONS),
        "most_targets": MOST_TARGETS,
        "merge_targets": [r for r in view["reasons"] if r["merged"] is None],
        "unclear": _unclear(view, content, words),
        "speaking": _speaking(view, words),
        "panel_names": {name: words.text(f"{A}.panel.{name}") for name in view["panels"]},
        "columns": [lens["name"] for lens in content["lenses"]],
        "data": _data(content, words),
    }


def _sheet(view: Mapping[str, Any], setup: Mapping[str, Any], words: Words) -> list[Facts]:
    """Return the stages of this session with where it is now."""
    plan = Setup("", "", "", (), mode=view["mode"], rounds=setup.get("rounds", 2))
    stages = route(plan)
    place = stages.index(view["stage"])
    return [
        {
            "name": words.text(f"session.stage.{stage}"),
            "now": at == place,
            "past": at < place,
            "minutes": MINUTES.get(stage),
        }
        for at, stage in enumerate(stages)
    ]


def _note(view: Mapping[str, Any], words: Words) -> str:
    own = f"{A}.note.{view['mode']}_{view['stage']}"
    return words.text(own if words.has(own) else f"{A}.note.{view['stage']}")


def _barrier(view: Mapping[str, Any], words: Words) -> str | None:
    """Return the sentence that says what the session waits for."""
    if view["barrier"] is None or view["stage"] == "purged":
        return None
    facts = {"given": view["submitted"], "quorum": view["quorum"]}
    return words.text(f"session.refusal.{view['barrier']}", **facts)


def _ahead(view: Mapping[str, Any], words: Words) -> str:
    """Return which panel, or else which stage, comes after what is on the wall."""
    panels = list(view["panels"])
    after = panels[panels.index(view["panel"]) + 1 :] if view["panel"] in panels else []
    if after:
        return words.text(f"{A}.wall.next", panel=words.text(f"{A}.panel.{after[0]}"))
    if view["next"] is None:
        return ""
    return words.text(f"{A}.wall.next_stage", stage=words.text(f"session.stage.{view['next']}"))


def _open_round(view: Mapping[str, Any]) -> int | None:
    """Return the round for which the facilitator may fill in a seat without a phone."""
    if view["mode"] == "open":
        return 1 if view["stage"] in {"r1_open", "discuss"} else None
    return {"r1_open": 1, "r2_open": 2}.get(view["stage"])


def _hidden(view: Mapping[str, Any], content: Mapping[str, Any]) -> list[Facts]:
    """Return the lenses whose spread is not open yet."""
    if view["mode"] == "open":
        return []
    return [lens for lens in content["lenses"] if lens["id"] not in view["revealed"]]


def _group(view: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> Facts | None:
    group = view["group"]
    if group is None:
        return None
    return {
        "source": words.text(f"{A}.whatif.source_{group['source']}"),
        "kind": group["source"],
        "reason": group["reason"],
        "weights": [
            {"name": lens["name"], "weight": weight}
            for lens, weight in zip(content["lenses"], group["weights"], strict=True)
        ],
    }


def _whatif(view: Mapping[str, Any]) -> str | None:
    """Return what kind of what-if there is now: "open", "sealed", "frozen", or None."""
    if view["mode"] == "open" and view["stage"] in {"r1_open", "discuss"}:
        return "open"
    if view["stage"] not in WHAT_IF_STAGES or view["group"] is None:
        return None
    return "frozen" if view["frozen"] else "sealed"


def _unclear(view: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> list[Facts]:
    whole = words.text(f"{A}.flags.unclear_question")
    names = content["names"]["lenses"]
    return [
        {"name": names[lens] if lens else whole, "count": count}
        for lens, count in view["unclear"].items()
    ]


def _speaking(view: Mapping[str, Any], words: Words) -> list[str]:
    return [
        words.text(
            f"{A}.speaking.{'above' if each['away'] >= 0 else 'below'}",
            role=each["role"],
            away=abs(each["away"]),
        )
        for each in view["speaking"]
    ]


def _data(content: Mapping[str, Any], words: Words) -> Facts:
    """Return what the script of the what-if needs: names, and its own sentences."""
    keys: Sequence[str] = ("score", "most", "winners", "no_flip", "ranking")
    said = {key: words.text(f"{A}.whatif.{key}") for key in keys}
    said["flip"] = words.text(
        f"{A}.whatif.flip", moved="{moved}", challenger="{challenger}", leader="{leader}"
    )
    said |= {key: words.text(f"{A}.say.{key}") for key in ("done", "failed", "link")}
    return {
        "options": content["names"]["options"],
        "scenarios": content["names"]["scenarios"],
        "language": words.language,
        "words": said,
    }
