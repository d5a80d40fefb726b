"""Adding profiles to a decision problem on disk, and leaving all else as it stands.

In a folder only the lines of the profile change: comments, order and layout of the others stay.
What was written is read back before it takes its place.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import replace
from typing import TYPE_CHECKING

from afweging.errors import Fault, OutputError, Place
from afweging.io.assemble import assemble_profiles
from afweging.io.check_form import check_form
from afweging.io.disassemble import profile_document
from afweging.io.document import Faults
from afweging.io.files import mode_of, write_files
from afweging.io.problem_folder import PROFILES, to_yaml
from afweging.io.schema import DAY_PATTERN, ID_PATTERN, LONGEST_ID, ProfilesForm
from afweging.io.walk import id_of, parts
from afweging.io.yaml_document import read_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from afweging.io.document import Document
    from afweging.io.problem import Stale
    from afweging.model.preference import Profile
    from afweging.model.problem import DecisionProblem

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_EMPTY = re.compile(r"^profiles:(?:[ \t]*(?:\[[ \t]*\]|~|null))?(?=\s|$)", re.MULTILINE)


def with_profiles(problem: DecisionProblem, new: Sequence[Profile]) -> DecisionProblem:
    """Return the problem with the profiles added, each in the place of one with the same id."""
    return replace(problem, profiles=_merged(problem.profiles, new))


def _merged(former: Sequence[Profile], new: Sequence[Profile]) -> tuple[Profile, ...]:
    changed = {profile.id: profile for profile in new}
    kept = tuple(changed.pop(each.id, each) for each in former)
    return (*kept, *changed.values())


def name_faults(name: str | None, date: str, taken: Sequence[str]) -> list[Fault]:
    """Return what is wrong with the id and the date for a new profile."""
    faults = []
    if not name:
        faults.append(Fault("profile-name-missing"))
    elif not re.fullmatch(ID_PATTERN, name) or len(name) > LONGEST_ID:
        faults.append(Fault("id-form", value=name))
    elif name in taken:
        faults.append(Fault("profile-exists", value=name))
    return faults + day_faults(date)


def day_faults(date: str) -> list[Fault]:
    """Return what is wrong with the date for a new profile."""
    return [] if re.fullmatch(DAY_PATTERN, date) else [Fault("day-form", value=date)]


def add_profiles(
    problem: DecisionProblem, new: Sequence[Profile], path: Path, *, stale: Stale = "keep"
) -> None:
    """Write profiles into the problem at `path`, each in the place of one with the same id.

    `stale` is how the problem was read.

    Raises
    ------
    OutputError
        When the file cannot be changed without touching the rest, or writing fails.
    """
    if path.is_dir():
        _add_to_folder(new, path / PROFILES)
    else:
        from afweging.io.workbook.append import add_to_workbook  # noqa: PLC0415 - loads openpyxl

        add_to_workbook(with_profiles(problem, new), new, path, stale=stale)


def _add_to_folder(new: Sequence[Profile], path: Path) -> None:
    content = path.read_bytes() if path.exists() else b"profiles:\n"
    mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    text = content.decode("utf-8-sig")
    expected = _merged(_read_back(text) or (), new)
    for profile in new:
        text = _spliced(text, profile)
    if _read_back(text) != expected:
        raise OutputError([Fault("profiles-layout", Place(PROFILES), PROFILES)])
    write_files({path: mark + text.encode("utf-8")}, overwrite=True, mode=mode_of(path))


def _read_back(text: str) -> tuple[Profile, ...] | None:
    """Return the profiles that a text of profiles.yaml holds; None where it cannot be read."""
    faults = Faults()
    form = check_form(read_yaml(text, file=PROFILES, faults=faults), ProfilesForm, faults)
    return None if faults or form is None else assemble_profiles(form)


def _spliced(text: str, profile: Profile) -> str:
    """Return the text of profiles.yaml with one profile added, or put in the place of its like."""
    document = read_yaml(text, file=PROFILES, faults=Faults())
    items = list(parts(document, "profiles"))
    end = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith("\n"):
        text += end
    if not items:
        return _EMPTY.sub("profiles:", text, count=1) + _block(profile, 2, end)
    indent = _column(document, 0)
    for place, (_, part) in enumerate(items):
        if id_of(part) == profile.id:
            return _replaced(text, _span(document, place, len(items), text), profile, indent, end)
    return text + _block(profile, indent, end)


def _replaced(text: str, span: slice, profile: Profile, indent: int, end: str) -> str:
    """Return the text with another item in `span`; where it may, only a line about rescaling."""
    lines = _lines(text)
    before, after = lines[: span.start], lines[span.stop :]
    marked = [*lines[: span.stop], f"{' ' * (indent + 2)}rescale: true{end}", *after]
    if profile in (_read_back("".join(marked)) or ()):
        return "".join(marked)  # comments within the item stay too
    return "".join([*before, _block(profile, indent, end), *after])


def _lines(text: str) -> list[str]:
    """Return the lines with their ends; YAML knows fewer line ends than Python does."""
    return _LINE.findall(text)


def _span(document: Document, place: int, count: int, text: str) -> slice:
    """Return the lines of an item, without the empty lines and comments that follow it.

    A comment that is indented further than the dash of the item belongs to it.
    """
    lines, indent = _lines(text), _column(document, 0)
    end = _line(document, place + 1) if place + 1 < count else len(lines)
    while not (line := lines[end - 1]).strip() or line[: indent + 1].lstrip(" ").startswith("#"):
        end -= 1
    return slice(_line(document, place), end)


def _line(document: Document, place: int) -> int:
    """Return the line of an item, counted from 0."""
    return (document.place(("profiles", place)).line or 1) - 1


def _column(document: Document, place: int) -> int:
    """Return how far the dash of an item is indented: its fields stand two further."""
    return max((document.place(("profiles", place)).column or 3) - 3, 0)


def _block(profile: Profile, indent: int, end: str) -> str:
    """Return the profile as an item of a list in YAML, each line with the `end` given."""
    lines = to_yaml([profile_document(profile)]).decode("utf-8").removesuffix("\n").split("\n")
    return "".join(f"{' ' * indent if line else ''}{line}{end}" for line in lines)
