"""What every command shares: the language, the two streams, how faults are shown."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING

from afweging.wording import LANGUAGES, Words
from afweging.wording.faults import fault_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console
    from rich.table import Table

    from afweging.errors import AfwegingError, Fault
    from afweging.wording import Language

SHOWN_PER_CODE = 20


def language_in(arguments: Sequence[str]) -> Language:
    """Return the language asked for anywhere in `arguments`; Dutch by default."""
    for argument, following in pairwise([*arguments, ""]):
        asked = following if argument == "--lang" else argument.removeprefix("--lang=")
        for language in LANGUAGES:
            if asked == language and argument.startswith("--lang"):
                return language
    return "nl"


def console(*, error: bool = False) -> Console:
    """Return the console for results, or the one for messages."""
    from rich.console import Console

    # names come from files: [red] and :house: in them are text
    return Console(stderr=error, highlight=False, soft_wrap=False, markup=False, emoji=False)


def is_plain(screen: Console) -> bool:
    """Return whether the screen can show only the plainest characters."""
    return screen.encoding.lower().replace("-", "") not in {"utf8", "utf16"}


def show_line(screen: Console, line: str) -> None:
    """Print a line; an item of a list, led by "- ", with a hanging indent."""
    screen.print(
        hanging(screen, line.removeprefix("- ")) if line.startswith("- ") else line, markup=False
    )


def hanging(screen: Console, line: str) -> Table:
    """Return an item of a list whose further lines stand under its first word."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row("-" if is_plain(screen) else "•", Text(wrapped(line, screen.width - 2)))
    return grid


def wrapped(line: str, width: int) -> str:
    """Return a line in lines of at most `width`, that break at no hard space and no hyphen.

    A number stays with its unit; a word that is too long is left as it is.
    """
    return "\n".join(
        wrap(line, max(width, 1), break_long_words=False, break_on_hyphens=False) or [""]
    )


def quoted(path: str) -> str:
    """Return a path as it is typed in a command."""
    return f'"{path}"' if " " in path else path


@contextmanager
def step(words: Words, key: str, **facts: object) -> Iterator[Callable[[str], None]]:
    """Show on a terminal that a step is under way, from one second after its start.

    Gives what replaces the text that is shown.
    """
    if not sys.stderr.isatty():
        yield lambda _text: None
        return
    from threading import Timer

    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    progress = Progress(*columns, console=console(error=True), transient=True)
    task = progress.add_task(words.text(key, **facts), total=None)
    late = Timer(1.0, progress.start)
    late.start()
    try:
        yield lambda text: progress.update(task, description=text)
    finally:
        late.cancel()
        late.join()
        progress.stop()


def show_error(error: AfwegingError, words: Words, *, path: str | None) -> None:
    """Write every fault to the error stream, long runs of one kind cut short with their count."""
    faults = error.faults
    many = "one" if len(faults) == 1 else "many"
    if path is None:
        lines = [words.text(f"faults.request_{many}", count=len(faults))]
    else:
        lines = [words.text(f"faults.total_{many}", count=len(faults), path=path)]
    lines += _listed(faults, words)
    sys.stderr.write("\n".join(lines) + "\n")


def _listed(faults: Sequence[Fault], words: Words) -> list[str]:
    """Return a line per fault, in order; after twenty of one kind only their number."""
    total = Counter(fault.code for fault in faults)
    seen: Counter[str] = Counter()
    lines = []
    for fault in faults:
        seen[fault.code] += 1
        if seen[fault.code] <= SHOWN_PER_CODE:
            lines.append(f"- {fault_text(words, fault)}")
        elif seen[fault.code] == SHOWN_PER_CODE + 1:
            rest = total[fault.code] - SHOWN_PER_CODE
            lines.append(f"- {words.text('faults.more', count=rest, code=fault.code)}")
    return lines
