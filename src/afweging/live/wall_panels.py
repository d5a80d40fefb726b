"""What each panel on the wall says: its title, sentences, marks, and the same as a table.

From a view of the session core (ids and numbers) and the names of the problem to words. Every
panel has a sentence; every chart has a table that says the same.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from afweging.live import wall_charts as charts
from afweging.live.wall_names import cut_end, fitting
from afweging.live.wall_outcome import groups, outcome, profiles, regret, table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from afweging.wording import Words

Facts = dict[str, Any]
A = "live_projector"
LINES = 19  # of text that fit on the wall beside the title, for a decision
LINE = 66  # characters on such a line, also on a projector of 4 by 3
FEW_SWINGS = 5  # up to here each has room for a name and a source on two lines
MOST_OF_SWING = MappingProxyType({"name": 46, "unit": 32, "source": 50, "worst": 24, "best": 24})
MOST_ALL_ROLES, LONGEST_ROLE = 8, 30
MOST_ROLES = 4  # in the chart; all of them stand in the table
TABLE = ("much_worse", "worse", "middling", "better", "much_better")
ARROWS = ("↓↓", "↓", "→", "↑", "↑↑")


def panel_facts(view: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> Facts:
    """Return what the template of the panel fills in: `title`, `sentences`, `table` and marks."""
    panel = str(view["panel"])
    facts: Facts = {"sentences": [], "table": None}
    facts |= _PANELS[panel](view, fitting(content, panel), words)
    # a name that was cut ends a sentence by itself
    return facts | {"sentences": [each.replace(" ….", " …") for each in facts["sentences"]]}


def _draft(_view: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> Facts:
    return {"title": content["title"], "sentences": [words.text(f"{A}.draft.title")]}


def _lobby(view: Mapping[str, Any], _content: Mapping[str, Any], words: Words) -> Facts:
    mode = "privacy_open" if view["mode"] == "open" else "privacy_anonymous"
    return {
        "title": words.text(f"{A}.lobby.title"),
        "here": here(view, words),
        "privacy": words.text(f"{A}.lobby.{mode}"),
    }


def here(view: Mapping[str, Any], words: Words) -> str:
    """Return how many people take part, of how many where that is known."""
    joined, expected = int(view["joined"]), int(view["expected"])
    if expected:
        return words.text(f"{A}.lobby.expected", joined=joined, expected=expected)
    return words.text(
        f"{A}.frame.joined_one" if joined == 1 else f"{A}.frame.joined", joined=joined
    )


def _question(view: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> Facts:
    return {
        "title": content["title"],
        "question": cut(str(content["question"]), 7),
        "use": [words.text(f"{A}.question.use"), words.text(f"{A}.question.{view['mode']}")],
    }


def _options(_view: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> Facts:
    names, steps = content["names"], content["table"]
    said = [words.text(f"{A}.options.{word}") for word in TABLE]
    rows = [
        {
            "name": names["options"][option],
            "cells": [
                {"arrow": ARROWS[step + 2], "word": said[step + 2], "step": TABLE[step + 2]}
                for step in (int(row[lens["id"]]) for lens in content["lenses"])
            ],
        }
        for option, row in steps.items()
    ]
    return {
        "title": words.text(f"{A}.options.title"),
        "sentences": [words.text(f"{A}.options.sentence")],
        "columns": [words.text(f"{A}.frame.option"), *(lens["name"] for lens in content["lenses"])],
        "rows": rows,
    }


def _ranges(view: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> Facts:
    lenses = content["lenses"]
    lens = next((each for each in lenses if each["id"] == view["content"]["lens"]), lenses[0])
    return {
        "title": words.text(f"{A}.ranges.title", lens=lens["name"]),
        "sentences": [lens["text"] or words.text(f"{A}.ranges.sentence")],
        "swings": [_swing(swing, len(lens["swings"])) for swing in lens["swings"]],
        "many": len(lens["swings"]) > FEW_SWINGS,
        "place": lenses.index(lens) + 1,
        "lenses": lenses,
    }


def _swing(swing: Mapping[str, Any], count: int) -> Facts:
    """Return a swing with its source and its classes as long as there is room for."""
    if count <= FEW_SWINGS:
        return dict(swing)
    cut = {key: cut_end(swing[key], most) for key, most in MOST_OF_SWING.items()}
    return {**swing, **cut}


def _progress(view: Mapping[str, Any], _content: Mapping[str, Any], words: Words) -> Facts:
    given, joined, quorum = (int(view[name]) for name in ("submitted", "joined", "quorum"))
    sealed, one = view["content"]["sealed"], "_one" if given == 1 else ""
    said = "sealed" if sealed else "sentence"
    sentences = [words.text(f"{A}.progress.{said}{one}", submitted=given, joined=joined)]
    if not sealed:
        met = "quorum_met" if given >= quorum else "quorum"
        sentences.append(words.text(f"{A}.progress.{met}", quorum=quorum))
    title = "title_sealed" if sealed else "title"
    heads = [words.text(f"{A}.progress.{name}") for name in ("given", "in_room", "needed")]
    return {
        "title": words.text(f"{A}.progress.{title}", round=view["round"] or 1),
        "sentences": sentences,
        "ring": charts.ring(given, joined),
        "given": given,
        "joined": joined,
        "sealed": sealed,
        "commitment": in_groups(view["content"]["commitment"]),
        "table": table(["", ""], list(zip(heads, (given, joined, quorum), strict=True))),
    }


def in_groups(digest: str | None) -> list[str]:
    """Return a digest in groups of eight, as people read it aloud.

    Examples
    --------
    >>> in_groups("0123456789abcdef")
    ['01234567', '89abcdef']
    """
    return [] if digest is None else [digest[at : at + 8] for at in range(0, len(digest), 8)]


def cut(text: str, lines: int) -> str:
    """Return the first sentences or words that fit on so many lines of the wall.

    Examples
    --------
    >>> cut("Wij bouwen. " + "Veel " * 60, 1)
    'Wij bouwen. …'
    """
    room = lines * LINE
    if len(text) <= room:
        return text
    head = text[:room]
    end = head.rfind(". ") + 1 or head.rfind(" ")
    return f"{head[:end].rstrip()} …" if end > 0 else f"{head}…"


# --- what people gave -----------------------------------------------------------------------------


def _spread(view: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> Facts:
    found, names = view["content"], content["names"]["lenses"]
    n = int(found["n"])
    rows = [
        _strip(lens["id"], given, n, names, words)
        for lens, given in zip(content["lenses"], found["lenses"], strict=True)
    ]
    return {
        "title": words.text(f"{A}.spread.title"),
        "sentences": _spread_sentences(found, rows, n, words),
        "rows": rows,
        "front": found["lens"],
        "roles": _roles(found, names, words, MOST_ROLES),
        "table": _spread_table(rows, words),
        "more_table": _roles(found, names, words),
    }


def _strip(
    lens: str, given: Mapping[str, Any] | None, n: int, names: Mapping[str, str], words: Words
) -> Facts:
    """Return the row of one lens; without marks where it is not open, or too few gave weights."""
    row: Facts = {"id": lens, "name": names[lens], "kind": "hidden", "cells": ["–"] * 3}
    if given is None or given["kind"] == "none":
        return row
    ends = ("lower", "upper") if given["kind"] == "dots" else ("least", "most")
    facts = {name: given[name] for name in (ends[0], "median", ends[1])}
    sentence = "sentence" if given["kind"] == "dots" else "sentence_box"
    return row | {
        "kind": given["kind"],
        "sentence": words.text(f"{A}.spread.{sentence}", lens=names[lens], n=n, **facts),
        "cells": [words.format_field(value, "share") for value in facts.values()],
        "band": charts.interval(given[ends[0]], given[ends[1]]),
        "median": charts.place(given["median"]),
        "width": given[ends[1]] - given[ends[0]],
        **charts.dots(given.get("dots", ())),
    }


def _spread_sentences(
    found: Mapping[str, Any], rows: Sequence[Facts], n: int, words: Words
) -> list[str]:
    """Return what is said of the lens in front, or the one on which people differ most."""
    if n < 5:
        return [words.text(f"{A}.spread.few")]
    seen = [row for row in rows if row["kind"] != "hidden"]
    if not seen:
        return [words.text(f"{A}.spread.none_open")]
    front = [row for row in seen if row["id"] == found["lens"]]
    chosen = front[0] if front else max(seen, key=lambda row: float(row["width"]))
    said = [str(chosen["sentence"])]
    if agreement := found.get("agreement"):
        said.append(_agreement(agreement, words))
    return said


def _agreement(agreement: Mapping[str, Any], words: Words) -> str:
    if agreement["word"] is None:
        return words.text(f"{A}.spread.agreement_plain", distance=agreement["distance"])
    word = words.text(f"{A}.agreement.{agreement['word']}")
    return words.text(f"{A}.spread.agreement", word=word, distance=agreement["distance"])


def _spread_table(rows: Sequence[Facts], words: Words) -> Facts:
    box = any(row["kind"] == "box" for row in rows)
    heads = ("least", "median", "most") if box else ("lower", "median", "upper")
    columns = [words.text(f"{A}.spread.{head}") for head in heads]
    first = words.text(f"{A}.frame.lens")
    return table([first, *columns], [[row["name"], *row["cells"]] for row in rows])


def _roles(
    found: Mapping[str, Any], names: Mapping[str, str], words: Words, most: int = MOST_ALL_ROLES
) -> Facts | None:
    """Return the mean weights per role as a table; None where no role may be shown."""
    if not found.get("roles"):
        return None
    largest = sorted(found["roles"], key=lambda each: (-each["n"], each["role"]))[:most]
    rows = [
        [
            f"{cut_end(each['role'], LONGEST_ROLE)} ({each['n']})",
            *(words.format_field(w, "share") for w in each["weights"]),
        ]
        for each in largest
    ]
    return table([words.text(f"{A}.spread.role"), *names.values()], rows)


def _reasons(view: Mapping[str, Any], _content: Mapping[str, Any], words: Words) -> Facts:
    found = view["content"]
    reasons, quoted = found["reasons"], int(found["quoted"])
    if not reasons:
        sentences = [words.text(f"{A}.reasons.none")]
    else:
        one = "_one" if len(reasons) == 1 else ""
        sentences = [words.text(f"{A}.reasons.sentence{one}", shown=len(reasons))]
    if quoted > len(reasons):
        sentences.append(words.text(f"{A}.reasons.more", more=quoted - len(reasons)))
    cards = [each | {"alike": _alike(int(each["merged"]), words)} for each in reasons]
    return {"title": words.text(f"{A}.reasons.title"), "sentences": sentences, "cards": cards}


def _alike(count: int, words: Words) -> str:
    if not count:
        return ""
    return words.text(f"{A}.reasons.alike_one" if count == 1 else f"{A}.reasons.alike", count=count)


def _shift(view: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> Facts:
    title, found = words.text(f"{A}.shift.title"), view["content"]["shift"]
    if found is None:
        return {"title": title, "sentences": [words.text(f"{A}.shift.none")], "rows": []}
    names = content["names"]["lenses"]
    rows = [
        {
            "name": names[lens],
            "first": words.format_field(first, "share"),
            "second": words.format_field(second, "share"),
            "from": charts.place(first),
            "to": charts.place(second),
        }
        for lens, first, second in zip(
            view["content"]["lenses"], found["first"], found["second"], strict=True
        )
    ]
    heads = [words.text(f"{A}.{key}") for key in ("frame.lens", "shift.first", "shift.second")]
    anchoring = found["anchoring"]
    return {
        "title": title,
        "sentences": [*_moved(found, words), words.text(f"{A}.shift.legend")],
        "rows": rows,
        "anchoring": None if anchoring is None else charts.place(min(1.0, max(0.0, anchoring))),
        "table": table(heads, [[row["name"], row["first"], row["second"]] for row in rows]),
    }


def _moved(found: Mapping[str, Any], words: Words) -> list[str]:
    said = [words.text(f"{A}.shift.sentence", n=found["n"], moved=found["moved"])]
    if found["changed"] is not None:
        key = "changed" if found["changed"] else "unchanged"
        said[0] += " " + words.text(f"{A}.shift.{key}", changed=found["changed"])
    return [*said, _anchoring(found["anchoring"], words)]


def _anchoring(share: float | None, words: Words) -> str:
    if share is None:
        return words.text(f"{A}.shift.anchoring_none")
    if abs(share) < 0.005:
        return words.text(f"{A}.shift.anchoring_same")
    way = "to" if share > 0 else "away"
    return words.text(f"{A}.shift.anchoring_{way}", share=abs(share))


# --- the end --------------------------------------------------------------------------------------


def _decision(view: Mapping[str, Any], _content: Mapping[str, Any], words: Words) -> Facts:
    found = view["content"]
    text, conditions = found["text"] or words.text(f"{A}.decision.none"), found["conditions"]
    room = LINES - 2
    shown_text = cut(text, max(4, room - 2 * min(len(conditions), 4)))
    room -= -(-len(shown_text) // LINE)
    shown: list[str] = []
    for each in conditions:
        room -= -(-len(each) // LINE)
        if room < 0:
            break
        shown.append(each)
    said = {name: int(found["endorsements"][name]) for name in ("endorse", "remark", "dissent")}
    count = sum(said.values())
    one = "_one" if count == 1 else ""
    heads = {name: words.text(f"{A}.decision.{name}") for name in said}
    return {
        "title": words.text(f"{A}.decision.title"),
        "text": shown_text,
        "conditions": shown,
        "rest": shown_text != text or len(shown) < len(conditions),
        "counts": [{"name": heads[name], "count": said[name]} for name in said],
        "answered": words.text(f"{A}.decision.sentence{one}", count=count, joined=view["joined"]),
    }


def _close(view: Mapping[str, Any], _content: Mapping[str, Any], words: Words) -> Facts:
    kept = [
        words.text(f"{A}.close.{name}") for name in ("kept_weights", "kept_reasons", "kept_device")
    ]
    purged = view["stage"] == "purged"
    return {
        "title": words.text(f"{A}.close.title"),
        "sentences": [words.text(f"{A}.close.sentence")],
        "kept": [words.text(f"{A}.close.purged")] if purged else kept,
        "log": in_groups(view.get("log_hash")),
    }


_PANELS: Mapping[str, Callable[..., Facts]] = MappingProxyType(
    {
        "draft": _draft,
        "lobby": _lobby,
        "question": _question,
        "options": _options,
        "ranges": _ranges,
        "progress": _progress,
        "spread": _spread,
        "reasons": _reasons,
        "outcome": outcome,
        "groups": groups,
        "shift": _shift,
        "regret": regret,
        "profiles": profiles,
        "decision": _decision,
        "close": _close,
    }
)
