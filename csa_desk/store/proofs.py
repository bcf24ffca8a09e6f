"""Signed revisions carried inside another record: how a restored vault can prove what was decided after its backup.

A decision that was made later cannot be put into the history of the older file, whose chains it does not follow. So
the revisions that made it, with their salts and values, are carried whole and verified where they are read. The keys
that signed them may be younger than the file too: their entries are carried along, and count by the same rule.
"""

from collections.abc import Iterable
from typing import Any

from csa_desk.records.fields import Value
from csa_desk.records.vault import KeyVoucher, Practitioner, PractitionerKey, ServiceKey
from csa_desk.store.revisions import Revision, Salted
from csa_desk.store.signed import (
    COLUMNS,
    Signed,
    as_revision,
    said_by,
    salted,
    value_faults,
    vouchers_of,
)
from csa_desk.store.vouching import KINDS, Known

WHO_COUNTS = (Practitioner, PractitionerKey, ServiceKey, KeyVoucher)
"""Kinds that a proof carries whole, so that whoever signed can be known."""
AFTER = 1 << 62
"""What is carried comes after everything that stands in this file."""

_FIELDS = (
    "scope", "kind", "record", "practitioner", "replica", "previous", "number", "time", "reason", "commitments",
)  # fmt: skip


def packed(raw: Any, records: Iterable[str]) -> list[Value]:
    """Every revision of these records as JSON values, oldest first."""
    made: list[Value] = []
    wanted = list(records)
    rows = raw.execute(
        f"SELECT {COLUMNS} FROM revision WHERE record IN ({', '.join('?' for _ in wanted)}) ORDER BY seq",  # noqa: S608
        wanted,
    ).fetchall()
    for row in rows:
        revision = as_revision(row)
        if revision is None:
            continue
        values = raw.execute(
            "SELECT field, salt, value FROM revision_value WHERE seq = ?", (row[0],)
        ).fetchall()
        made.append(
            {
                **{name: getattr(revision, name) for name in _FIELDS},
                "parents": list(revision.parents),
                "signature": revision.signature.hex(),
                "values": {name: [salt.hex(), text] for name, salt, text in values},
            }
        )
    return made


def opened(proof: Any, known: Known) -> list[Signed]:
    """What is carried, as far as it is whole and signed by somebody who counts; nothing of anything else."""
    if not isinstance(proof, list):
        return []
    carried = [read for item in proof if (read := _read(item)) is not None and not any(value_faults(*read))]
    # Words of this vault's own history, said once more, must not undo what was said after them.
    carried = [read for read in carried if read[0].id.hex() not in known.seen]
    known = known.copy()
    known.vouchers.update(vouchers_of(said_by(0, *read) for read in carried))
    found: list[Signed] = []
    for place, (revision, held) in enumerate(carried, start=AFTER):
        told = said_by(place, revision, held)
        if told.kind in KINDS and told.scope == "vault":
            known.take(place, revision, told.values)
        elif known.is_signed(revision):
            found.append(told)
    return found


def _read(item: Any) -> tuple[Revision, dict[str, Salted]] | None:
    try:
        revision = Revision(
            **{name: item[name] for name in _FIELDS},
            parents=tuple(item["parents"]),
            signature=bytes.fromhex(item["signature"]),
        )
        held = {str(name): salted(bytes.fromhex(salt), text) for name, (salt, text) in item["values"].items()}
        _ = revision.id
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return revision, held
