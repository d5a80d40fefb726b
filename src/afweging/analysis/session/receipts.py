"""Receipts of submissions, and the hash to which a sealed round is committed.

Both are recomputed from the log by `afweging.analysis.session.verify`, and a commitment also from
an export: it says that the weights were these, in this number, when the round was sealed.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from afweging.model.canonical import canonical_json
from afweging.model.session import event_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from afweging.model.session import Event
    from afweging.model.session_state import Round

ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"  # no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V: each is one of a pair
RECEIPT_LENGTH = 8


def receipt_of(event: Event) -> str:
    """Return the receipt of a submission: 8 characters without look-alikes.

    It follows from the whole event with its salt, so nobody can find weights from a receipt
    without the log.
    """
    return code_of(hashlib.sha256(event_bytes(event)).digest(), length=RECEIPT_LENGTH)


def text_code(digest: str) -> str:
    """Return the code of a text of a participant, from the digest of its private part."""
    return code_of(bytes.fromhex(digest), length=RECEIPT_LENGTH)


def code_of(content: bytes, *, length: int) -> str:
    """Return `length` characters without look-alikes from bytes of a hash or of randomness.

    Examples
    --------
    >>> code_of(bytes(range(16)), length=6)
    'NEK3YT'
    """
    number, found = int.from_bytes(content, "big"), ""
    for _ in range(length):
        number, place = divmod(number, len(ALPHABET))
        found += ALPHABET[place]
    return found


def token_hash(token: str) -> str:
    """Return what is stored of a token: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


def part_salt(salt: str, part: str) -> str:
    """Return the salt of one private part, so that one part says nothing of another."""
    return hashlib.sha256(f"{salt}:{part}".encode()).hexdigest()[:32]


def anonymous_swings(round_: Round) -> tuple[tuple[float, ...], ...]:
    """Return what was given in a round, without seats, in an order that follows from it alone."""
    given = (each.swings for each in round_.submissions.values())
    return tuple(sorted(swings for swings in given if swings is not None))


def commitment_of(number: int, swings: Iterable[Sequence[float]], *, salt: str) -> str:
    """Return the hash to which a round is committed, as 64 hexadecimal digits.

    It is the SHA-256 of the canonical JSON (RFC 8785) of `{"round": number, "salt": salt,
    "weights": swings in ascending order}`. The salt keeps the weights of a small group from being
    guessed before they are revealed.

    Parameters
    ----------
    number : int
        1 or 2.
    swings : iterable of sequences of float, of shape (P, L), points from 0 to 100
    salt : str

    Examples
    --------
    >>> one = commitment_of(1, [[100, 40], [30, 100]], salt="00")
    >>> one == commitment_of(1, [[30, 100], [100, 40]], salt="00")
    True
    """
    rows = sorted([float(each) for each in row] for row in swings)
    said = {"round": number, "salt": salt, "weights": rows}
    return hashlib.sha256(canonical_json(said)).hexdigest()
