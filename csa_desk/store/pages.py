"""The pages of an encrypted database, read one by one without the database: to tell which are whole, and to salvage.

SQLCipher 4 as this program uses it: 4,096 bytes a page, of which the last 80 hold the start value (16) of AES-256-CBC
and a seal (HMAC-SHA512, 64) over the encrypted bytes, the start value and the page's number. The key of the seal is
two rounds of PBKDF2-HMAC-SHA512 of the data key. Page 1 begins with the database's salt in place of its first bytes.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from csa_desk.store.engine import DatabaseKey
from csa_desk.store.keys import KEY_BYTES, SALT_BYTES

PAGE = 4096
_IV, _SEAL = 16, 64
USABLE = PAGE - _IV - _SEAL
"""Bytes of a page that the database itself fills."""

_FIRST = b"SQLite format 3\x00"
_ROUNDS = 2
_SALT_MASK = 0x3A
_A_LOOK = 256
"""Pages between two looks whether to stop."""

Watch = Callable[[int, int], None]
"""Called with pages done and pages in all; what it raises ends the work."""


def _unwatched(_done: int, _all: int) -> None:
    """Nobody looks on."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a database file under one key. ``content`` is the whole file or a view of it."""

    content: bytes
    secret: DatabaseKey

    @property
    def count(self) -> int:
        """How many pages there are, a last one that was cut off included."""
        return -(-len(self.content) // PAGE)

    def seal_key(self) -> bytes:
        """What seals every page."""
        salt = bytes(part ^ _SALT_MASK for part in self.secret.salt)
        return hashlib.pbkdf2_hmac("sha512", self.secret.key, salt, _ROUNDS, KEY_BYTES)

    def plain(self, number: int, seal_key: bytes) -> bytes | None:
        """The database's own bytes of a page (1 is the first); ``None`` where its seal does not fit."""
        page = self.content[(number - 1) * PAGE : number * PAGE]
        if not is_whole(page, number, seal_key):
            return None
        start = SALT_BYTES if number == 1 else 0
        decryptor = Cipher(
            algorithms.AES(self.secret.key), modes.CBC(page[USABLE : USABLE + _IV])
        ).decryptor()
        found = decryptor.update(page[start:USABLE]) + decryptor.finalize()
        return (_FIRST if number == 1 else b"") + found


def is_whole(page: bytes, number: int, seal_key: bytes) -> bool:
    """Whether the page of this number is as it was written."""
    if len(page) != PAGE:
        return False
    start = SALT_BYTES if number == 1 else 0
    sealed = page[start : USABLE + _IV] + number.to_bytes(4, "little")
    return hmac.compare_digest(hmac.digest(seal_key, sealed, "sha512"), page[USABLE + _IV :])


@dataclass(frozen=True, slots=True)
class Looked:
    """A file read once from beginning to end: pages in all, those whose seal does not fit, SHA-256 in hex."""

    pages: int
    damaged: tuple[int, ...]
    digest: str


def look_through(path: Path, secret: DatabaseKey, watch: Watch = _unwatched) -> Looked:
    """Hold every page against its seal. Raises ``OSError`` where the file cannot be read."""
    seal_key = Pages(b"", secret).seal_key()
    total = -(-path.stat().st_size // PAGE)
    digest = hashlib.sha256()
    damaged: list[int] = []
    number = 0
    for page in _read(path):
        number += 1
        digest.update(page)
        if not is_whole(page, number, seal_key) or (number == 1 and page[:SALT_BYTES] != secret.salt):
            damaged.append(number)
        if number % _A_LOOK == 0:
            watch(number, total)
    watch(number, total)
    return Looked(number, tuple(damaged), digest.hexdigest())


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as handle:
        while page := handle.read(PAGE):
            yield page
