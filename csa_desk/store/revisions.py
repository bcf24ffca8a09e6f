"""The form of a revision: canonical bytes, commitments, id, signature (design §5). Fixed; never change it.

The id is SHA-256 over ``csa-desk revision 1\\n`` and the canonical JSON (sorted keys, no spaces, UTF-8) of exactly:
scope, kind, record, parents, practitioner, replica, previous, number, time, reason, commitments. A commitment is
SHA-256 over ``csa-desk value 1\\n``, the field's 16-byte salt and the canonical JSON of its value. The signature is
Ed25519 over the 32 bytes of the id.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from typing import Any

SALT_BYTES = 16
_REVISION = b"csa-desk revision 1\n"
_VALUE = b"csa-desk value 1\n"


@dataclass(frozen=True, slots=True)
class Revision:
    """One change to one record. ``parents``, ``previous`` and commitments are hex text; ``id`` and signature bytes."""

    scope: str
    kind: str
    record: str
    parents: tuple[str, ...]
    practitioner: str
    replica: str
    previous: str
    number: int
    time: str
    reason: str
    commitments: dict[str, str]
    signature: bytes = b""

    @property
    def id(self) -> bytes:
        """32 bytes: the hash of everything above but the signature."""
        body = {
            "scope": self.scope,
            "kind": self.kind,
            "record": self.record,
            "parents": list(self.parents),
            "practitioner": self.practitioner,
            "replica": self.replica,
            "previous": self.previous,
            "number": self.number,
            "time": self.time,
            "reason": self.reason,
            "commitments": self.commitments,
        }
        return hashlib.sha256(_REVISION + canonical(body).encode()).digest()


@dataclass(frozen=True, slots=True)
class Salted:
    """A field's value as canonical JSON, with its salt."""

    salt: bytes
    value: str

    @staticmethod
    def of(value: str) -> "Salted":
        """The value under a fresh salt."""
        return Salted(os.urandom(SALT_BYTES), value)

    @property
    def commitment(self) -> str:
        """What the revision holds of it, in hex."""
        return hashlib.sha256(_VALUE + self.salt + self.value.encode()).hexdigest()


def canonical(value: Any) -> str:
    """The one text of a value: what is hashed in history and stored in structured columns."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
