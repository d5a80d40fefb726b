"""What the panels about the outcome say: ranking, groups, regret, profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from afweging.live import wall_charts as charts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afweging.wording import Words

Facts = dict[str, Any]
A = "live_projector"
MOST_NAMED = 3  # lenses or changes in one sentence
MOST_PROFILES = 13  # on one screen
LONGEST_HEAD = 14  # characters; above, columns are numbered and named below
LEAST_NAMED = 0.005  # of weight or score: less is not worth a word


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Facts:
    """Return a table of which the first cell of each row is its head."""
    return {"columns": list(columns), "rows": [list(row) for row in rows]}


def outcome(view: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> Facts:
    """Return the ranking with what each lens adds, why, and at what change it flips."""
    frozen = view["stage"] in {"frozen", "decided"}
    title = words.text(f"{A}.outcome.title_frozen" if frozen else f"{A}.outcome.title")
    found = view["content"]
    if not found:
        return {"title": title, "sentences": [words.text(f"{A}.outcome.none")], "rows": []}
    options = sorted(found["options"], key=lambda option: (option["rank"], option["id"]))
    return {
        "title": title,
        "basis": basis(found, content, words),
        "sentences": outcome_sentences(found, content, words),
        "rows": _bars(found, options, content, words),
        "banded": "n" in found,
        "legend": _legend(found["weights"], content, words),
        "table": _outcome_table(found, options, content, words),
    }


def basis(found: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> str:
    """Return whose weights these are, and in which scenario."""
    where = words.text(f"{A}.outcome.over_all")
    if found["scenario"] is not None:
        name = content["names"]["scenarios"][found["scenario"]]
        where = words.text(f"{A}.outcome.in_scenario", scenario=name)
    source = found.get("source")
    return where if source is None else f"{words.text(f'{A}.outcome.source_{source}')} {where}"


def outcome_sentences(
    found: Mapping[str, Any], content: Mapping[str, Any], words: Words
) -> list[str]:
    """Return who is first and why, what change makes it flip, and who agrees."""
    return [
        *_why(found, content, words),
        *_flip(found, content, words),
        *_same(found, content, words),
    ]


def _why(found: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> list[str]:
    names = content["names"]
    first = [names["options"][option] for option in found["first"]]
    if len(first) > 1:
        return [words.text(f"{A}.outcome.tie", options=first)]
    order = sorted(found["options"], key=lambda option: (option["rank"], option["id"]))
    if len(order) < 2:
        return [words.text(f"{A}.outcome.alone", first=first[0])]
    ahead = [a - b for a, b in zip(order[0]["lenses"], order[1]["lenses"], strict=True)]
    by_gain = sorted(range(len(ahead)), key=lambda lens: -ahead[lens])
    lenses = [lens["name"] for lens in content["lenses"]]
    facts: Facts = {
        "first": first[0],
        "second": names["options"][order[1]["id"]],
        "lenses": [lenses[at] for at in _main(ahead, by_gain)],
        "despite": [lenses[at] for at in reversed(by_gain) if ahead[at] < -LEAST_NAMED][:2],
    }
    key = "because_despite" if facts["despite"] else "because"
    return [words.text(f"{A}.outcome.{key if facts['lenses'] else 'because_plain'}", **facts)]


def _main(ahead: Sequence[float], by_gain: Sequence[int]) -> list[int]:
    """Return the lenses that together make at least two thirds of the lead, at most two."""
    gain = sum(each for each in ahead if each > 0)
    found: list[int] = []
    for at in by_gain:
        if ahead[at] <= 0 or len(found) == 2:
            break
        found.append(at)
        if sum(ahead[each] for each in found) >= gain * 2 / 3:
            break
    return found


def _flip(found: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> list[str]:
    flip, names = found["flip"], content["names"]
    if flip is None:
        several = len(found["first"]) > 1 or len(found["options"]) < 2
        return [] if several else [words.text(f"{A}.outcome.never")]
    pairs = list(zip(content["lenses"], found["weights"], flip["weights"], strict=True))
    pairs.sort(key=lambda each: -abs(each[2] - each[1]))
    changes = [
        words.text(f"{A}.outcome.flip_change", lens=lens["name"], before=before, after=after)
        for lens, before, after in pairs
        if abs(after - before) >= min(LEAST_NAMED, flip["moved"] / 2)
    ][:MOST_NAMED]
    challenger = names["options"][flip["challenger"]]
    return [
        words.text(f"{A}.outcome.flip", moved=flip["moved"], changes=changes, challenger=challenger)
    ]


def _same(found: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> list[str]:
    if "same" not in found:
        return []
    if len(found["first"]) > 1:
        return [words.text(f"{A}.outcome.same_tie", same=found["same"])]
    first = content["names"]["options"][found["first"][0]]
    return [words.text(f"{A}.outcome.same", same=found["same"], first=first)]


def _bars(
    found: Mapping[str, Any],
    options: Sequence[Mapping[str, Any]],
    content: Mapping[str, Any],
    words: Words,
) -> list[Facts]:
    most = charts.longest_bar(options)
    choices = _choices(found)
    return [
        {
            "rank": option["rank"],
            "name": content["names"]["options"][option["id"]],
            "score": words.format_field(100 * option["score"], "1"),
            "segments": charts.stacked(option["lenses"], most=most),
            "band": charts.interval(option["low"] / most, option["high"] / most)
            if "low" in option
            else None,
            "choices": choices.get(option["id"]),
        }
        for option in options
    ]


def _choices(found: Mapping[str, Any]) -> dict[str, int]:
    if "choices" not in found:
        return {}
    ids = [option["id"] for option in found["options"]]
    return dict(zip(ids, found["choices"], strict=True))


def _legend(
    weights: Sequence[float], content: Mapping[str, Any], words: Words
) -> list[dict[str, str]]:
    return [
        {"name": lens["name"], "weight": words.format_field(weight, "share")}
        for lens, weight in zip(content["lenses"], weights, strict=True)
    ]


def _outcome_table(
    found: Mapping[str, Any],
    options: Sequence[Mapping[str, Any]],
    content: Mapping[str, Any],
    words: Words,
) -> Facts:
    people, choices = "n" in found, _choices(found)
    heads = ["frame.option", "outcome.score"]
    heads += ["outcome.middle_half", "outcome.choices"] if people else []
    columns = [words.text(f"{A}.{head}") for head in heads]
    rows = []
    for option in options:
        name = f"{option['rank']}. {content['names']['options'][option['id']]}"
        row = [name, _points(option["score"], words)]
        if people:
            ends = f"{_points(option['low'], words)}–{_points(option['high'], words)}"
            row += [ends, str(choices[option["id"]])]
        rows.append([*row, *(_points(each, words) for each in option["lenses"])])
    return table([*columns, *(lens["name"] for lens in content["lenses"])], rows)


def _points(value: float, words: Words) -> str:
    """Return a value from 0 to 1 as points of 100."""
    return words.format_field(100 * value, "1")


def groups(view: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> Facts:
    """Return the groups of people who weigh alike, and what each would choose."""
    title, found = words.text(f"{A}.groups.title"), view["content"]["groups"]
    if not found:
        return {"title": title, "sentences": [words.text(f"{A}.groups.none")], "cards": []}
    names = content["names"]["options"]
    chosen = [tuple(group["first"]) for group in found]
    cards: list[Facts] = [
        {
            "name": words.text(f"{A}.groups.group", letter="ABC"[place], n=group["n"]),
            "first": words.join([names[option] for option in group["first"]]),
            "bars": [
                {
                    "name": lens["name"],
                    "width": charts.place(weight),
                    "weight": words.format_field(weight, "share"),
                }
                for lens, weight in zip(content["lenses"], group["weights"], strict=True)
            ],
        }
        for place, group in enumerate(found)
    ]
    agreed = words.text(f"{A}.groups.agree", options=[names[each] for each in chosen[0]])
    said = agreed if len(set(chosen)) == 1 else words.text(f"{A}.groups.differ")
    heads = [words.text(f"{A}.frame.lens"), *(str(card["name"]) for card in cards)]
    rows = [
        [lens["name"], *(card["bars"][at]["weight"] for card in cards)]
        for at, lens in enumerate(content["lenses"])
    ]
    rows.append([words.text(f"{A}.groups.first"), *(card["first"] for card in cards)])
    return {
        "title": title,
        "sentences": [f"{words.text(f'{A}.groups.sentence', count=len(found))} {said}"],
        "cards": cards,
        "table": table(heads, rows),
    }


def regret(view: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> Facts:
    """Return how much each option scores less than the best one, per scenario."""
    title, found = words.text(f"{A}.regret.title"), view["content"]
    if not found:
        return {"title": title, "sentences": [words.text(f"{A}.regret.none")], "rows": []}
    names = content["names"]
    best = [names["options"][option] for option in found["least_regret"]]
    many = "least_many" if len(best) > 1 else "least"
    least = words.text(f"{A}.regret.{many}", options=best, most=100 * min(found["most"]))
    highest = max(*found["most"], 1e-9)
    rows = [
        {
            "name": names["options"][option],
            "cells": [
                _cell(row[at], option in first, highest, words)
                for row, first in zip(found["regret"], found["first"], strict=True)
            ],
            "most": words.format_field(100 * found["most"][at], "1"),
            "least": option in found["least_regret"],
        }
        for at, option in enumerate(found["options"])
    ]
    heads = [words.text(f"{A}.frame.option"), *(names["scenarios"][s] for s in found["scenarios"])]
    return {
        "title": title,
        "sentences": [words.text(f"{A}.regret.sentence"), _robust(found, names, least, words)],
        "columns": [*heads, words.text(f"{A}.regret.most")],
        "rows": rows,
    }


def _robust(found: Mapping[str, Any], names: Mapping[str, Any], least: str, words: Words) -> str:
    """Return which option is first in every scenario, or which has the least regret."""
    always = set(found["first"][0]).intersection(*found["first"])
    if len(always) == 1:
        option = names["options"][next(iter(always))]
        return words.text(f"{A}.regret.first_everywhere", option=option)
    return least


def _cell(value: float, first: bool, highest: float, words: Words) -> Facts:  # noqa: FBT001 - a fact
    """Return one regret with how dark its cell is, from 0 (none) to 4 (the most)."""
    shade = 0 if first else 1 + min(3, int(4 * value / highest))
    return {"text": words.format_field(100 * value, "1"), "first": first, "shade": shade}


def profiles(view: Mapping[str, Any], content: Mapping[str, Any], words: Words) -> Facts:
    """Return the best and the worst option for each stakeholder with weights of its own.

    Who was not asked yet has a row that says so; who did not write its own weights has a mark.
    """
    title, found = words.text(f"{A}.profiles.title"), view["content"]
    names, rows = content["names"], found["profiles"]
    if not rows:
        return {"title": title, "sentences": [words.text(f"{A}.profiles.none")], "rows": []}
    options, about = list(content["table"]), set(content["about"])
    unasked = [{"name": names["profiles"][each], "ends": None} for each in content["unasked"]]
    given = [
        {
            "name": names["profiles"][row["id"]] + ("*" if row["id"] in about else ""),
            "ends": _ends(row, options),
        }
        for row in rows[: max(1, MOST_PROFILES - len(unasked))]
    ]
    shown = [*given, *unasked][:MOST_PROFILES]
    sentences = [words.text(f"{A}.profiles.sentence")]
    if more := len(rows) + len(unasked) - len(shown) + int(found["more"]):
        sentences.append(words.text(f"{A}.profiles.more", more=more))
    heads, legend = _short_heads(options, names["options"])
    return {
        "title": title,
        "sentences": sentences,
        "columns": [words.text(f"{A}.profiles.who"), *heads],
        "rows": shown,
        "legend": legend,
        "about": about.intersection(row["id"] for row in rows[: len(given)]) != set(),
    }


def _short_heads(
    options: Sequence[str], names: Mapping[str, str]
) -> tuple[list[str], list[tuple[str, str]]]:
    """Return heads of columns: names where they are short, else codes or numbers with a legend."""
    full = [names[option] for option in options]
    if all(name.startswith(f"{option} ") for option, name in zip(options, full, strict=True)):
        rest = [name.removeprefix(f"{option} ") for option, name in zip(options, full, strict=True)]
        return list(options), list(zip(options, rest, strict=True))
    if max(map(len, full), default=0) <= LONGEST_HEAD:
        return full, []
    heads = [str(number) for number in range(1, len(full) + 1)]
    return heads, list(zip(heads, full, strict=True))


def _ends(row: Mapping[str, Any], options: Sequence[str]) -> list[str | None]:
    """Return per option whether it is the best or the worst one for a stakeholder.

    An option that is both, since all are equal, is the best one.
    """
    return [
        "best" if option in row["best"] else "worst" if option in row["worst"] else None
        for option in options
    ]
