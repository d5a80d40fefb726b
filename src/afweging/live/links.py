"""Who may come in: a link with a secret per role, a join code, and how often a code is tried.

Of the links to the console and to the projector only hashes are kept, in a small file beside the
log, so that they go on working when the server starts again. The join code and the invitation
behind the QR code stand on the wall and are kept as they are. Nothing here is part of the log.

A code of six signs can be tried, so wrong codes are counted and made to wait. An invitation
cannot be guessed and never waits: who keeps the code busy does not keep people with a QR out.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import secrets
from collections import OrderedDict
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Literal

from afweging.analysis.session.receipts import ALPHABET, code_of, token_hash
from afweging.errors import Fault, OutputError, Place
from afweging.io.files import PRIVATE, write_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Role = Literal["console", "projector"]
CODE_LENGTH = 6
TOKEN_BYTES = 24
INVITATION_BYTES = 12  # 96 bits: more would make the QR code harder to scan from the back row
MOST_LINKS = 20  # of one role: every start makes a new one, and the former go on working
LOOK_ALIKES = str.maketrans("", "", " -\u2013.")  # what people put between the signs of a code


@dataclass(frozen=True, slots=True)
class Links:
    """The hashes of the secrets in the links of each role, the join code and the invitation."""

    code: str
    console: tuple[str, ...] = ()
    projector: tuple[str, ...] = ()
    invitation: str = ""

    def opens(self, role: Role, token: str) -> bool:
        """Return whether a secret is one of a role; it takes as long either way."""
        wanted = token_hash(token)
        hashes = self.console if role == "console" else self.projector
        found = [hmac.compare_digest(wanted, each) for each in hashes]
        return any(found)

    def is_code(self, text: str) -> bool:
        """Return whether somebody typed the join code, in small letters or with spaces too."""
        return hmac.compare_digest(typed_code(text).encode(), self.code.encode())

    def is_invitation(self, text: str) -> bool:
        """Return whether somebody comes in by the link behind the QR code."""
        same = hmac.compare_digest(text.encode(), self.invitation.encode())
        return same and bool(self.invitation)


def new_token() -> str:
    """Return a secret that cannot be guessed, for use in a link or a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def csrf_of(token: str) -> str:
    """Return what a request beside a cookie or a link has to carry: it follows from the secret.

    A page of another site does not know it; it stays the same when the server starts again.
    """
    return hashlib.sha256(f"afweging csrf {token}".encode()).hexdigest()[:32]


def typed_code(text: str) -> str:
    """Return a join code as it was typed, in capitals and without what is between the signs.

    Examples
    --------
    >>> typed_code(" nek-3yt ")
    'NEK3YT'
    """
    return text.strip().upper().translate(LOOK_ALIKES)[:20]


def open_links(log: Path) -> tuple[Links, str, str]:
    """Return the links of a session, with a fresh secret for the console and for the projector.

    Former secrets stay valid: a tab that is open when the server starts again goes on.

    Raises
    ------
    OutputError
        When the file beside the log cannot be read or written.
    """
    found = _read(links_path(log)) or Links(code_of(secrets.token_bytes(16), length=CODE_LENGTH))
    console, projector = new_token(), new_token()
    found = replace(
        found,
        console=(token_hash(console), *found.console)[:MOST_LINKS],
        projector=(token_hash(projector), *found.projector)[:MOST_LINKS],
        invitation=found.invitation or secrets.token_urlsafe(INVITATION_BYTES),
    )
    content = json.dumps(asdict(found)).encode() + b"\n"
    write_files({links_path(log): content}, overwrite=True, mode=PRIVATE)
    return found, console, projector


def links_path(log: Path) -> Path:
    """Return where the links of a session are kept: beside its log."""
    return log.with_name(f"{log.name}.links")


def _read(path: Path) -> Links | None:
    try:
        said = json.loads(path.read_bytes())
        hashes = tuple(said["console"]), tuple(said["projector"])
        links = Links(str(said["code"]), *hashes, str(said.get("invitation", "")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        fault = Fault("output-failed", Place(file=path.name), type(error).__name__)
        raise OutputError([fault]) from error
    sound = len(links.code) == CODE_LENGTH and set(links.code) <= set(ALPHABET)
    return links if sound else None


class Attempts:
    """How often codes were tried in vain: per address and in all, each a bucket that refills.

    Addresses are only kept in memory, and only while they count; IPv6 addresses by their network.
    """

    def __init__(
        self, clock: Callable[[], float], *, each: float = 20, all_: float = 300, per: float = 60
    ) -> None:
        self._clock = clock
        self._each, self._all, self._per = each, all_, per
        self._used: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Return how many seconds to wait before a code may be tried; 0 for now."""
        return max(self._wait(network_of(address), self._each), self._wait("", self._all))

    def failed(self, address: str) -> None:
        """Count one wrong code."""
        for name, most in ((network_of(address), self._each), ("", self._all)):
            self._used[name] = (self._now(name, most) + 1, self._clock())
            self._used.move_to_end(name)
        while len(self._used) > 10_000:
            self._used.popitem(last=False)

    def _now(self, name: str, most: float) -> float:
        used, at = self._used.get(name, (0.0, self._clock()))
        return max(0.0, used - (self._clock() - at) * most / self._per)

    def _wait(self, name: str, most: float) -> int:
        over = self._now(name, most) + 1 - most
        return 0 if over <= 0 else 1 + int(over * self._per / most)


def network_of(address: str) -> str:
    """Return what stands for one household or house: an IPv4 address, or a /64 of IPv6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "?"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network(f"{found}/64", strict=False))
    return str(found)
