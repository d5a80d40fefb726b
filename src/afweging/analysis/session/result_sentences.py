"""What a session came to in sentences; every clause is computed from its record and results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from babel.dates import format_date

from afweging.analysis.naming import names_of
from afweging.analysis.word_table import WordTable
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.wording.numbers import LOCALES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.analysis.naming import Names
    from afweging.model.problem import DecisionProblem
    from afweging.model.session_record import SessionRecord
    from afweging.wording import Words

Results = Any  # the plain data of `afweging.analysis.session.results.session_results`


@dataclass(frozen=True, slots=True, eq=False)
class SessionTold:
    """A session, what it came to, and the words to tell it."""

    record: SessionRecord
    results: Results
    problem: DecisionProblem
    words: Words

    @property
    def names(self) -> Names:
        """The names of what was weighed."""
        return names_of(self.problem, self.words.language)

    @property
    def lenses(self) -> list[str]:
        """The names of the lenses."""
        return [lens.name.in_language(self.words.language) for lens in self.problem.tree.children]

    @property
    def rounds(self) -> list[Mapping[str, Any]]:
        """The rounds of which something may be told, of five people or more."""
        return [each for each in self.results["rounds"] if "mean" in each]

    def say(self, key: str, **facts: object) -> str:
        """Return one of the texts about sessions."""
        return self.words.text(f"session_result.{key}", **facts)

    def options(self, found: list[str]) -> list[str]:
        """Return the names of options."""
        return [self.names.option(name) for name in found]


def held(told: SessionTold) -> list[str]:
    """Return how the session was run, how many took part, and that it is a draft if it is."""
    record, words = told.record, told.words
    day = format_date(date.fromisoformat(record.day), format="long", locale=LOCALES[words.language])
    kind = f"{record.mode}_{'two' if record.planned == 2 else 'one'}"
    found = [told.say(f"held.{kind}", session=record.session, day=day)]
    found += [told.say("held.concept")] if record.concept else []
    found.append(told.say("held.joined", joined=record.joined, receipts=record.receipts))
    found.append(told.say(f"held.{record.naming}"))
    if record.mode == "sealed" and record.planned == 2:
        found.append(told.say(f"held.{record.ranking}"))
    return found


def rounds(told: SessionTold) -> list[str]:
    """Return per round how many gave weights, and how far they agree."""
    found = []
    for each in told.results["rounds"]:
        number, n = each["round"], each["n"]
        line = told.say("round.took_part_one" if n == 1 else "round.took_part", round=number, n=n)
        if "mean" not in each:
            line = f"{line} {told.say('round.few')}"
        elif each["agreement"] is not None:
            distance = each["agreement"]["distance"]
            line = f"{line} {told.say('round.agreement', round=number, distance=distance)}"
        found.append(line)
    return found or [told.say("held.none")]


def hashes(told: SessionTold) -> list[str]:
    """Return the commitment of each round, whether the weights fit it, and the hash of the log."""
    keys = {True: "confirmed", False: "differs", None: "unknown"}
    found = [
        told.say(
            f"round.{keys[each['confirmed']]}", round=each["round"], commitment=record.commitment
        )
        for each, record in zip(told.results["rounds"], told.record.rounds, strict=True)
        if record.commitment is not None
    ]
    return [*found, told.say("round.log", hash=told.record.log_hash)]


def group(told: SessionTold) -> list[str]:
    """Return where the weights of the group come from, who is first, and what flips that."""
    chosen, found = told.record.group, told.results["group"]
    if chosen is None or found is None:
        return []
    last = told.record.rounds[-1].number if told.record.rounds else 1
    key = "mean_differs" if found["follows"] is False else chosen.source
    lines = [told.say(f"group.{key}", round=last)]
    if chosen.reason:
        lines.append(told.say("group.reason", reason=chosen.reason))
    first = told.options(found["first"])
    lines.append(told.say("group.first", options=first, score=max(found["scores"])))
    if len(first) == 1 and len(found["scores"]) > 1:
        lines.append(_flip(told, found["flip"]))
    return lines


def _flip(told: SessionTold, flip: Mapping[str, Any] | None) -> str:
    if flip is None:
        return told.say("group.no_flip")
    challenger = told.names.option(flip["challenger"])
    return told.say("group.flip", challenger=challenger, moved=flip["moved"])


def group_table(told: SessionTold) -> WordTable:
    """Return the weights of the group, and the means of the rounds that may be told."""
    columns = [("head.weight", told.results["group"]["weights"], 0)] if told.record.group else []
    heads = [told.say("head.lens"), *(told.say(key) for key, _, _ in columns)]
    rows = [
        (lens, *(told.words.format_field(weights[k], "weight") for _, weights, _ in columns))
        for k, lens in enumerate(told.lenses)
    ]
    return WordTable(told.say("group.table_title"), tuple(heads), tuple(rows))


def choices(told: SessionTold) -> list[str]:
    """Return who would choose what in each round, as far as that tells of nobody."""
    return [_choice(told, each) for each in told.rounds]


def _choice(told: SessionTold, found: Mapping[str, Any]) -> str:
    said, number = found["choices"], found["round"]
    shown = {name: count for name, count in said["counts"].items() if count}
    order = sorted(shown, key=lambda name: -shown[name])
    if len(order) == 1 and shown[order[0]] == said["n"]:
        option = told.names.option(order[0])
        return told.say("choices.all", round=number, n=said["n"], option=option)
    parts = [
        told.say("choices.part", option=told.names.option(name), count=shown[name])
        for name in order
    ]
    lines = [told.say("choices.counts", round=number, n=said["n"], parts=parts)] if parts else []
    if not parts and not said["tied"]:
        lines.append(told.say("choices.hidden", round=number))
        if said["most"]:
            lines.append(
                told.say("choices.most", round=number, option=told.options(said["most"])[0])
            )
    if said["tied"]:
        lines.append(told.say("choices.tied", count=said["tied"]))
    rest = said["n"] - sum(shown.values()) - (said["tied"] or 0)
    if rest and (parts or said["tied"]):
        lines.append(told.say("choices.rest", rest=rest))
    return " ".join(lines)


def choice_table(told: SessionTold) -> WordTable:
    """Return per option and round how many would choose it, and its place with the mean."""
    heads = [told.say("head.option")]
    for each in told.rounds:
        heads += [told.say(f"head.{key}", round=each["round"]) for key in ("people", "place")]
    ids = list(told.rounds[0]["choices"]["counts"]) if told.rounds else []
    order = sorted(ids, key=lambda name: told.rounds[-1]["ranks"][ids.index(name)])
    rows = []
    for name in order:
        cells = [told.names.option(name)]
        for each in told.rounds:
            count = each["choices"]["counts"][name]
            shown = told.say("choices.few") if count is None else _number(told, count)
            cells += [shown, _number(told, each["ranks"][ids.index(name)])]
        rows.append(tuple(cells))
    return WordTable(told.say("choices.table_title"), tuple(heads), tuple(rows))


def _number(told: SessionTold, value: int) -> str:
    return told.words.format_field(value, "number")


def shift(told: SessionTold) -> list[str]:
    """Return how people moved from round 1 to 2, and how far towards the middle."""
    found = told.results["shift"]
    if found is None:
        return []
    lines = [told.say("shift.moved", n=found["n"], moved=found["moved"])]
    changed = found["changed"]
    lines.append(
        told.say("shift.changed_hidden") if changed is None else told.say("shift.changed", **found)
    )
    anchoring = found["anchoring"]
    if anchoring is not None:
        key = "same" if abs(anchoring) < 5e-7 else "closer" if anchoring > 0 else "further"
        lines.append(told.say(f"shift.{key}", anchoring=abs(anchoring)))
    return lines


def groups(told: SessionTold) -> list[str]:
    """Return the groups with like weights, each with who is first for it."""
    found = told.results["groups"]
    if not found:
        return [told.say("groups.none")]
    return [
        told.say("groups.found", count=len(found)),
        *(
            told.say("groups.one", group=k, n=each["n"], options=told.options(each["first"]))
            for k, each in enumerate(found, start=1)
        ),
    ]


def group_weights_table(told: SessionTold) -> WordTable:
    """Return the mean weights of each group per lens; no rows without groups."""
    found = told.results["groups"]
    heads = (
        told.say("head.lens"),
        *(told.say("head.group", group=k, n=each["n"]) for k, each in enumerate(found, start=1)),
    )
    rows = tuple(
        (lens, *(told.words.format_field(each["weights"][k], "weight") for each in found))
        for k, lens in enumerate(told.lenses)
    )
    return WordTable(told.say("groups.table_title"), heads, rows if found else ())


def minority(told: SessionTold) -> list[str]:
    """Return for how many another option is better than the first, and what they lose."""
    found = told.results["minority"]
    if found is None:
        return []
    option = told.names.option(found["first"])
    if found["count"] is None:
        return [told.say("minority.hidden", option=option)]
    if found["count"] == 0:
        return [told.say("minority.none", option=option)]
    facts = {name: found[name] for name in ("count", "n", "mean_loss")}
    return [told.say("minority.count", option=option, **facts)]


def quotes(told: SessionTold) -> list[str]:
    """Return the reasons that were quoted in the session."""
    return [
        told.say(
            "minority.quote_uneasy" if each.uneasy else "minority.quote",
            round=each.round,
            text=each.text,
        )
        for each in told.record.quotes
    ]


def decision(told: SessionTold) -> list[str]:
    """Return the text of the decision, and how many endorsed it."""
    record = told.record
    if record.decision is None:
        return [told.say("decision.none")]
    lines = [told.say("decision.text", text=record.decision)]
    if record.answered:
        lines.append(told.say("decision.answered", answered=record.answered))
        lines += _endorsements(told)
    return lines


def _endorsements(told: SessionTold) -> list[str]:
    counts = dict(told.record.endorsements)
    if None not in counts.values():
        return [told.say("decision.counts", **counts)]
    known = [(choice, count) for choice, count in counts.items() if count]
    if not known:
        return [told.say("decision.hidden")]
    return [
        told.say("decision.partly", choice=told.say(f"choice.{choice}"), count=count)
        for choice, count in known
    ]


def remarks(told: SessionTold) -> list[str]:
    """Return the remarks and dissents that the author quotes."""
    return [told.say(f"decision.{each.choice}", text=each.text) for each in told.record.remarks]


def left_out(told: SessionTold) -> list[str]:
    """Return that there are other remarks, and how often something was left out of a text."""
    record = told.record
    found = []
    if record.unquoted:
        found.append(told.say("decision.unquoted"))
    if record.omitted:
        found.append(told.say("decision.omitted", omitted=record.omitted))
    return found


def lens_moved_most(before: list[float], after: list[float]) -> int | None:
    """Return the place of the lens whose middle moved most; None where none moved."""
    moves = [abs(two - one) for one, two in zip(before, after, strict=True)]
    most = max(moves)
    if most <= SCORE_TOLERANCE:
        return None
    return next(place for place, move in enumerate(moves) if move >= most - SCORE_TOLERANCE)
