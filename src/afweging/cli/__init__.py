"""The command line: one module per group of commands; heavy imports inside the commands."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


PLAIN = {"–": "-", "−": "-", "…": ".", "•": "-", "«": '"', "»": '"', "’": "'"}


def plain(error: UnicodeError) -> tuple[str, int]:
    """Return the nearest plain characters, one for one, for what a screen cannot show.

    Examples
    --------
    >>> import codecs
    >>> codecs.register_error("afweging-plain", plain)
    >>> "1–6\u00a0% financiën …".encode("ascii", "afweging-plain")
    b'1-6 % financien .'
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = (_plain(sign) for sign in error.object[error.start : error.end])
    return "".join(found), error.end


def _plain(sign: str) -> str:
    base = unicodedata.normalize("NFKD", sign)[:1]
    return PLAIN.get(sign, base if base.isascii() else "?")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code: 0, or 2 for bad input.

    Raises
    ------
    Exception
        Only for a bug; whatever a user can cause is reported in a sentence.
    """
    from afweging.cli.app import run

    given = list(sys.argv[1:] if arguments is None else arguments)
    codecs.register_error("afweging-plain", plain)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="afweging-plain")
    try:
        code = run(given)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code
