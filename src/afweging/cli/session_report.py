"""What is printed about sessions that were held: as a list, one by one, frame by frame, checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from afweging.analysis.session.export import check_commitments, to_minute
from afweging.analysis.session.fold import fold
from afweging.analysis.session.retention import due_for_erasure
from afweging.analysis.session.verify import verify
from afweging.analysis.word_table import WordTable
from afweging.cli.console import console
from afweging.cli.layout import shown
from afweging.errors import Fault, Place, RequestError, SessionFileError
from afweging.io.journal import read_journal
from afweging.io.journal_file import START
from afweging.io.journal_reader import salvage_journal
from afweging.live.logs import find_log, log_files, sessions_folder
from afweging.live.room import chain, now
from afweging.wording.faults import fault_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from afweging.analysis.session.verify import Verification
    from afweging.model.session import Event
    from afweging.model.session_state import SessionState
    from afweging.wording import Words

AREA = "session_command"
SHOWN_OF_HASH = 16  # signs; `--json` has all
LONGEST_EXPORT = 20_000_000  # bytes


def list_sessions(folder: str | None, words: Words) -> None:
    """Print a line per session in a folder; a damaged log with what is wrong."""
    where = sessions_folder() if folder is None else Path(folder)
    rows = [_row(path, words) for path in log_files(where)]
    if not rows:
        console().print(words.text(f"{AREA}.list.none", folder=str(where)))
        return
    _print_table(("session", "problem", "begun", "stage", "people"), rows, words, left=4)


def _row(path: Path, words: Words) -> tuple[str, ...]:
    try:
        found = salvage_journal(path)
    except SessionFileError as error:
        return path.name, "", "", fault_text(words, error.faults[0]), ""
    if not found.events:
        return path.name, "", "", words.text(f"{AREA}.list.empty"), ""
    state = fold(found.events)
    stage = words.text(f"session.stage.{state.stage}")
    if found.fault is not None:
        stage = words.text(f"{AREA}.list.damaged", stage=stage)
    begun = to_minute(found.events[0].at)
    people = sum(not seat.removed for seat in state.seats.values())
    shown_people = words.format_field(people, "number")
    return state.setup.session, state.setup.problem, begun, stage, shown_people


def show_session(session: str, words: Words) -> None:
    """Print where a session is, what was given and decided, and what is to be erased when."""
    path = find_log(session)
    events = read_journal(path)
    for line in _about(path, events, fold(events), words):
        console().print(line)


def _about(path: Path, events: Sequence[Event], state: SessionState, words: Words) -> Iterable[str]:
    def say(name: str, **facts: object) -> str:
        return words.text(f"{AREA}.show.{name}", **facts)

    setup = state.setup
    yield say("session", session=setup.session, problem=setup.problem)
    yield say("kind", mode=say(f"mode_{setup.mode}"), naming=say(f"naming_{setup.naming}"))
    yield say(
        "stage", stage=words.text(f"session.stage.{state.stage}"), since=to_minute(state.since)
    )
    yield say("people", people=sum(not seat.removed for seat in state.seats.values()))
    for number, round_ in sorted(state.rounds.items()):
        facts = {"round": number, "given": len(round_.submissions)}
        kept = round_.commitment
        yield say("round", **facts) if kept is None else say("sealed", **facts, commitment=kept)
    if state.decision is not None:
        yield say("decision", text=state.decision.text)
    if state.exported is not None:
        yield say("exported", digest=state.exported)
    due = len(due_for_erasure(events, at=now()))
    yield say("erased", erased=state.erased, due=due)
    yield say("log", log=str(path), events=state.seq, hash=chain(START.hex(), events))


def _print_table(
    heads: Sequence[str], rows: Sequence[tuple[str, ...]], words: Words, *, left: int
) -> None:
    names = tuple(words.text(f"{AREA}.head.{name}") for name in heads)
    console().print(shown(console(), WordTable("", names, tuple(rows), left=left)))


def replay_session(
    session: str, problem: str, frame: int | None, words: Words, *, as_json: bool
) -> None:
    """Print every frame of the wall with its hash, or one frame as canonical JSON."""
    from afweging.analysis.session.arrays import session_model
    from afweging.cli.compare_command import compare_at
    from afweging.cli.output import write_bytes, write_document
    from afweging.io.canonical import canonical_json, problem_digest
    from afweging.live.replay import frames
    from afweging.model.result import Request

    path = find_log(session)
    events = read_journal(path)
    comparison = compare_at(problem, Request(), words)
    setup = fold(events).setup
    if setup.digest != problem_digest(comparison.problem):
        raise RequestError([Fault("live-other-problem", Place(file=path.name), setup.problem)])
    model = session_model(comparison)
    if frame is not None:
        if not 1 <= frame <= len(events):
            facts = {"last": len(events)}
            raise RequestError([Fault("session-no-frame", Place(file=path.name), frame, facts)])
        *_, last = frames(events[:frame], model)
        write_bytes(canonical_json(last.view) + b"\n")
        return
    played = frames(events, model)
    if as_json:
        fields = ("seq", "at", "kind", "stage", "panel", "hash")
        rows = [{name: getattr(each, name) for name in fields} for each in played]
        write_document({"session": setup.session, "digest": setup.digest, "frames": rows})
        return
    table = [
        (
            words.format_field(each.seq, "number"),
            each.at,
            words.text(f"session.stage.{each.stage}"),
            words.text(f"{AREA}.panel.{each.panel}"),
            each.hash[:SHOWN_OF_HASH],
        )
        for each in played
    ]
    _print_table(("seq", "at", "stage", "panel", "hash"), table, words, left=5)


def verify_session(session: str, receipts: Sequence[str], export: str | None, words: Words) -> bool:
    """Print what checking a log finds, and return whether all holds."""
    events = read_journal(find_log(session))
    found = verify(events)
    lines, holds = _checked(found, words), found.holds
    known = dict(found.receipts)
    for receipt in receipts:
        there = receipt.strip().upper() in known
        holds = holds and there
        name = "receipt" if there else "no_receipt"
        lines.append(words.text(f"{AREA}.verify.{name}", receipt=receipt.strip().upper()))
    if export is not None:
        fits = _export_fits(Path(export), found)
        holds = holds and fits
        name = "export" if fits else "export_differs"
        lines.append(words.text(f"{AREA}.verify.{name}", file=export))
    lines.append(words.text(f"{AREA}.verify.hash", hash=chain(START.hex(), events)))
    lines.append(words.text(f"{AREA}.verify.{'holds' if holds else 'fails'}"))
    for line in lines:
        console().print(line)
    return holds


def _checked(found: Verification, words: Words) -> list[str]:
    def say(name: str, **facts: object) -> str:
        return words.text(f"{AREA}.verify.{name}", **facts)

    lines = [say("events", events=found.events, receipts=len(found.receipts))]
    for number, commitment, confirmed in found.commitments:
        name = {True: "commitment", False: "commitment_differs", None: "commitment_unknown"}
        lines.append(say(name[confirmed], round=number, commitment=commitment))
    lines.append(say("erased", erased=found.erased))
    lines += [
        words.text(f"session.discrepancy.{each.code}", seq=each.seq) for each in found.discrepancies
    ]
    return lines


def _export_fits(path: Path, found: Verification) -> bool:
    """Return whether the weights of an export are those of the commitments in the log."""
    try:
        with path.open("rb") as file:
            document = json.loads(file.read(LONGEST_EXPORT))  # cut short it is no export
        checked = check_commitments(document)
        stated = {each["round"]: each["commitment"] for each in document["rounds"]}
    except OSError as error:
        place = Place(file=path.name)
        raise RequestError([Fault("file-missing", place, str(path))]) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RequestError([Fault("session-no-export", Place(file=path.name))]) from error
    last = {number: commitment for number, commitment, _ in found.commitments}
    mine = {number: each for number, each in stated.items() if each is not None}
    return all(checked.values()) and all(last.get(number) == each for number, each in mine.items())
