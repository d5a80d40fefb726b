"""Forms on which a group gives weights: made from the questions, and read back to profiles."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from afweging.analysis.answered_profile import Person, profile_of
from afweging.analysis.form import FormRow, form_answers, form_rows
from afweging.analysis.question_sentences import Asker
from afweging.analysis.questionnaire import node_of
from afweging.cli.answer_reader import read_answer
from afweging.cli.console import console, show_line
from afweging.errors import Fault, Place, ProblemFileError
from afweging.io.grid import read_grid, write_grid
from afweging.io.schema import LONGEST_ID
from afweging.model.criterion import Group, criteria_under
from afweging.model.text import Text
from afweging.wording import LANGUAGES, Words, texts_of

if TYPE_CHECKING:
    from afweging.analysis.form import Found
    from afweging.analysis.questionnaire import Answer, Answers, Script
    from afweging.io.grid import Grid
    from afweging.model.preference import Profile
    from afweging.model.problem import DecisionProblem

COLUMNS = ("key", "group", "question", "scale", "fill")
PEOPLE = 8  # empty columns in a new form
# letters of names that Unicode does not take apart into a plain letter and a sign
_PLAIN = str.maketrans("ŁłØøĐđÐðĦħ\u0131", "LlOoDdDdHhi") | str.maketrans(
    {"ß": "ss", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Þ": "Th", "þ": "th"}
)


def make_form(
    problem: DecisionProblem, script: Script, path: str, words: Words, *, overwrite: bool
) -> None:
    """Write a form with a row per question and a column per participant."""
    asker = Asker(problem, script, words)
    people = [words.text("weigh.form.person", number=n + 1) for n in range(PEOPLE)]
    head = [*(words.text(f"weigh.form.{name}") for name in COLUMNS), *people]
    rows = [_form_row(asker, script, row) for row in form_rows(script)]
    notice = ["", "", words.text("weigh.form.notice")]
    sheet = words.text("weigh.form.sheet")
    write_grid(Path(path), [head, *rows, notice], sheet=sheet, overwrite=overwrite)
    show_line(console(), words.text("weigh.done.form", path=path))


def _form_row(asker: Asker, script: Script, row: FormRow) -> list[str]:
    words = asker.words
    name = asker.name(row.first or row.group)
    facts = {"name": name, "first": row.first, "second": row.second}
    asked = name
    if row.kind in ("best", "worst", "best-times", "worst-times"):
        asked = words.text(f"weigh.form.q_{row.kind}", **facts)
    elif row.kind == "pair":
        pair = {"first": name, "second": asker.name(row.second or "")}
        asked = words.text("weigh.form.q_pair", **pair)
    kind = {"points": "swing", "share": "points"}.get(row.kind, row.kind)
    fill = words.text(f"weigh.form.{kind}", **facts)
    return [row.key, asker.name(row.group), asked, _scales(asker, script, row), fill]


def _scales(asker: Asker, script: Script, row: FormRow) -> str:
    """Return worst to best of what a row is about; of a choice every part with its number."""
    if row.first is None:
        group = node_of(script.tree, row.group)
        children = group.children if isinstance(group, Group) else ()
        return "\n".join(f"{n}. {asker.name(c.id)}" for n, c in enumerate(children, start=1))
    nodes = [node_of(script.tree, name) for name in (row.first, row.second) if name is not None]
    return "\n".join(asker.scale(c) for node in nodes for c in criteria_under(node))


def take_form(
    problem: DecisionProblem, script: Script, path: str, words: Words, *, about: bool, date: str
) -> list[Profile]:
    """Return a profile for every participant who filled in a column of the form at `path`.

    Raises
    ------
    ProblemFileError
        With every fault in the form, cell by cell.
    """
    grid = read_grid(Path(path))
    rows = _known_rows(script, grid)
    faults: list[Fault] = []
    found: list[Profile] = []
    taken: list[str] = []
    for column in _people(grid, rows):
        name = _at(grid, 0, column)
        identity = _identity(name, taken)
        if identity is None:
            faults.append(Fault("form-name", grid.place(0, column), facts={"person": name}))
        taken.append(identity or "")
        answers, wrong = _said(script, grid, rows, column)
        places = {row.key: grid.place(r, column) for r, row in rows.items()}
        faults += [_placed(fault, key, places) for key, fault in wrong]
        if not wrong and identity is not None:
            person = Person(identity, Text(name), "about" if about else "own", date)
            found.append(profile_of(script, answers, person))
    if not found and not faults:
        faults.append(Fault("form-nobody", Place(grid.file)))
    if faults:
        raise ProblemFileError(faults)
    return found


def _at(grid: Grid, row: int, column: int) -> str:
    cells = grid.rows[row] if row < len(grid.rows) else ()
    return cells[column] if column < len(cells) else ""


def _known_rows(script: Script, grid: Grid) -> dict[int, FormRow]:
    """Return the rows of the form that ask something, by their place.

    Raises
    ------
    ProblemFileError
        When keys are there that no question has, or twice, or questions that have no key.
    """
    asked = {row.key: row for row in form_rows(script)}
    keys = {r: cells[0] for r, cells in enumerate(grid.rows) if r and cells and cells[0]}
    wrong = [key for key in keys.values() if key not in asked]
    wrong += [key for key in asked if key not in keys.values()]
    wrong += [key for key, count in Counter(keys.values()).items() if count > 1]
    if wrong:
        shown = ", ".join(wrong[:3])
        raise ProblemFileError([Fault("form-other", Place(grid.file), shown)])
    return {r: asked[key] for r, key in keys.items()}


def _people(grid: Grid, rows: dict[int, FormRow]) -> list[int]:
    """Return the columns in which anything was filled in."""
    width = max(len(cells) for cells in grid.rows)
    columns = range(len(COLUMNS), width)
    return [c for c in columns if any(_at(grid, r, c) for r in rows)]


def _said(
    script: Script, grid: Grid, rows: dict[int, FormRow], column: int
) -> tuple[Answers, list[Found]]:
    """Return what one participant answers, and all that is wrong by the key of its row."""
    cells, unread = _cells(script, grid, rows, column)
    answers, wrong = form_answers(script, cells, person=_at(grid, 0, column))
    keys = {key for key, _ in unread}  # what cannot be read is not missing as well
    return answers, [*unread, *(found for found in wrong if found[0] not in keys)]


def _cells(
    script: Script, grid: Grid, rows: dict[int, FormRow], column: int
) -> tuple[dict[str, Answer], list[Found]]:
    """Return what one participant filled in by the key of its row, and what cannot be read."""
    cells: dict[str, Answer] = {}
    faults: list[Found] = []
    same = [w for lang in LANGUAGES for w in texts_of(lang, "weigh")["command"]["same"]]
    for r, row in rows.items():
        text = _at(grid, r, column)
        if not text:
            continue
        group = node_of(script.tree, row.group)
        siblings = [child.id for child in group.children] if isinstance(group, Group) else []
        found = read_answer(row.question, text, siblings=siblings, same=same)
        if isinstance(found, Fault):
            faults.append((row.key, found))
        else:
            cells[row.key] = found
    return cells, faults


def _placed(fault: Fault, key: str, places: dict[str, Place]) -> Fault:
    """Return a fault with the place of its row; of a question with two parts, the row of one."""
    group, kind, *names = key.split(":")
    about = names[::-1] if kind == "best-times" else names  # the best itself has no answer
    keys = [key, *(f"{group}:{kind}:{name}" for name in about)]
    place = next((places[each] for each in keys if each in places), Place())
    return Fault(fault.code, place, fault.value, fault.facts)


def _identity(name: str, taken: list[str]) -> str | None:
    """Return an id made of a name, or None where it has no letter or digit, or is taken.

    Examples
    --------
    >>> _identity("Deelnemer 3", []), _identity("–", []), _identity("a b", ["a_b"])
    ('Deelnemer_3', None, None)
    >>> _identity("Ömer", []), _identity("Łucja", []), _identity("Straße", [])
    ('Omer', 'Lucja', 'Strasse')
    """
    plain = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    made = re.sub(r"[^A-Za-z0-9.-]+", "_", plain).strip("_.-")[:LONGEST_ID]
    return made if made and made not in taken else None
