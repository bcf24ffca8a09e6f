"""Revisions that can be relied on: whole, and signed by the practitioner they name with a key of theirs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from csa_desk.records.vault import KeyVoucher
from csa_desk.store import keys
from csa_desk.store.replay import parents_of, read_json
from csa_desk.store.revisions import Revision, Salted, canonical
from csa_desk.store.vouching import KINDS, Known

Trusted = dict[str, set[str]]
"""Practitioner id → their public signing keys (hex)."""

COLUMNS = (
    "seq, id, scope, kind, record, parents, practitioner, replica, previous, number, time, reason, "
    "commitments, signature"
)
"""Of a row as :func:`as_revision` takes it."""


def known(raw: Any) -> Known:
    """Whose keys count and who may say what, by the rule of :mod:`store.vouching`."""
    found = Known(vouchers=_vouchers(raw))
    marks = ", ".join("?" for _ in KINDS)
    rows = raw.execute(
        f"SELECT {COLUMNS} FROM revision WHERE scope = 'vault' AND kind IN ({marks}) ORDER BY seq",  # noqa: S608
        KINDS,
    ).fetchall()
    for row in rows:
        revision = as_revision(row)
        values = _whole_values(raw, row[0], revision) if revision is not None else None
        if revision is not None and values is not None and revision.id == row[1]:
            found.take(row[0], revision, values)
    found.leftover()
    return found


def trusted_keys(raw: Any) -> Trusted:
    """Signing keys of each practitioner that count. A key put in by anybody who merely holds the data key is not
    among them.
    """
    return known(raw).keys


def _whole_values(raw: Any, seq: int, revision: Revision) -> dict[str, Any] | None:
    """The values a revision set, or ``None`` where one was changed, added or taken out."""
    rows = raw.execute("SELECT field, salt, value FROM revision_value WHERE seq = ?", (seq,)).fetchall()
    held = {field: salted(salt, value) for field, salt, value in rows}
    if any(value_faults(revision, held)):
        return None
    return {name: read_json(value.value) for name, value in held.items()}


def _vouchers(raw: Any) -> dict[str, tuple[str, str]]:
    """They prove themselves, whoever wrote them down."""
    rows = raw.execute(
        "SELECT seq, record, field, value FROM revision_value JOIN revision USING (seq) "
        "WHERE kind = 'key-voucher' AND scope = 'vault' ORDER BY seq"
    ).fetchall()
    return vouchers_of(
        Signed(seq, KeyVoucher.KIND, str(record), "", {str(name): read_json(value)}, "vault", "")
        for seq, record, name, value in rows
    )


def vouchers_of(rows: Iterable["Signed"]) -> dict[str, tuple[str, str]]:
    """Key entry → service key and its signature over that entry."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        if row.kind == KeyVoucher.KIND:
            found.setdefault(row.record, {}).update({name: str(value) for name, value in row.values.items()})
    return {
        one["key"]: (one["service_key"], one["signature"])
        for one in found.values()
        if {"key", "service_key", "signature"} <= one.keys()
    }


def is_signed(revision: Revision, revision_id: bytes, trusted: Trusted) -> bool:
    """Whether the practitioner a revision names signed it."""
    return any(
        keys.signed_by(key, revision.signature, revision_id) for key in trusted.get(revision.practitioner, ())
    )


@dataclass(frozen=True, slots=True)
class Signed:
    """A revision that is whole and signed by whom it names, its place in the file, and the values it set."""

    seq: int
    kind: str
    record: str
    practitioner: str
    values: dict[str, Any]
    scope: str
    time: str


def signed_revisions(raw: Any, trusted: Trusted, where: str, *given: str) -> Iterator[Signed]:
    """Revisions that fit a condition of ours and can be relied on, oldest first; any other is passed over."""
    rows = raw.execute(
        f"SELECT {COLUMNS} FROM revision WHERE {where} ORDER BY seq",  # noqa: S608 - a condition of our own
        given,
    ).fetchall()
    for row in rows:
        revision = as_revision(row)
        if revision is None or revision.id != row[1] or not is_signed(revision, row[1], trusted):
            continue
        values = raw.execute("SELECT field, salt, value FROM revision_value WHERE seq = ?", (row[0],))
        held = {field: salted(salt, value) for field, salt, value in values.fetchall()}
        if not any(value_faults(revision, held)):
            yield said_by(row[0], revision, held)


def said_by(seq: int, revision: Revision, held: dict[str, Salted]) -> Signed:
    """A revision found whole and signed, with the values it set."""
    said = {name: read_json(value.value) for name, value in held.items()}
    return Signed(
        seq, revision.kind, revision.record, revision.practitioner, said, revision.scope, revision.time
    )


def salted(salt: Any, value: Any) -> Salted:
    """Salt and value as they stand; what is of no right kind fits no commitment."""
    return Salted(salt if isinstance(salt, bytes) else b"", value if isinstance(value, str) else "")


def value_faults(revision: Revision, held: dict[str, Salted]) -> Iterator[tuple[str, str]]:
    """Code and field of each value that does not fit what the revision holds of it."""
    for name, commitment in revision.commitments.items():
        value = held.get(name)
        if value is None:
            yield "value-missing", name
        elif value.commitment != commitment:
            yield "value-changed", name
    for name in held.keys() - revision.commitments.keys():
        yield "value-added", name


def as_revision(row: tuple[Any, ...]) -> Revision | None:
    """The revision of a row; ``None`` where somebody put into it what no revision holds."""
    commitments = read_json(row[12])
    if not (
        isinstance(commitments, dict)
        and all(isinstance(value, str) for value in commitments.values())
        and (canonical(commitments), canonical(parents_of(row[5]))) == (row[12], row[5])
        and all(isinstance(value, str) for value in (*row[2:8], row[10], row[11]))
        and isinstance(row[9], int)
        and isinstance(row[8], bytes | None)
    ):
        return None
    return Revision(
        scope=row[2],
        kind=row[3],
        record=row[4],
        parents=tuple(parents_of(row[5])),
        practitioner=row[6],
        replica=row[7],
        previous=row[8].hex() if row[8] is not None else "",
        number=row[9],
        time=row[10],
        reason=row[11],
        commitments=commitments,
        signature=row[13] if isinstance(row[13], bytes) else b"",
    )
