"""A case's history as it can be handed over whole: every revision with salts, values and signature (design §5).

The form of a revision is that of :mod:`store.revisions`; ``docs/archive-format.md`` says how to verify it alone.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from csa_desk.records.vault import KeyVoucher, PractitionerKey, ServiceKey
from csa_desk.store import decisions
from csa_desk.store.engine import plain_words
from csa_desk.store.signed import COLUMNS, as_revision, trusted_keys
from csa_desk.store.vault import OpenVault

Whole = dict[str, Any]
"""One revision: every member that its id is the hash of, ``id``, ``signature``, and ``values``."""

_LINKS = ("person", "child", "proceeding")
_KEY_KINDS = (PractitionerKey.KIND, ServiceKey.KIND, KeyVoucher.KIND)


@plain_words()
def history_of(vault: OpenVault, case: str) -> list[Whole]:
    """Every revision of a case and of the persons and proceedings it links to, oldest first.

    Values that were taken out, or that somebody decided to take out, are not there; their commitments are.
    """
    raw = vault.raw()
    try:
        hidden = decisions.hidden(raw)
        found = list(_revisions(raw, hidden, "scope = ?", (f"case:{case}",)))
        linked = {
            f"{'proceeding' if name == 'proceeding' else 'person'}:{value['value'].strip(chr(34))}"
            for one in found
            for name, value in one["values"].items()
            if name in _LINKS
        }
        for scope in sorted(linked):
            found += _revisions(raw, hidden, "scope = ?", (scope,))
        return found
    finally:
        raw.close()


@plain_words()
def key_history(vault: OpenVault) -> list[Whole]:
    """The revisions that brought in the keys which sign: public halves only."""
    raw = vault.raw()
    try:
        marks = ", ".join("?" for _ in _KEY_KINDS)
        return list(_revisions(raw, set(), f"kind IN ({marks})", _KEY_KINDS))
    finally:
        raw.close()


@plain_words()
def signing_keys(vault: OpenVault) -> dict[str, list[str]]:
    """Practitioner id → public signing keys (Ed25519, hex) that count in this vault."""
    raw = vault.raw()
    try:
        return {who: sorted(keys) for who, keys in sorted(trusted_keys(raw).items())}
    finally:
        raw.close()


def _revisions(
    raw: Any, hidden: Iterable[tuple[int, str]], where: str, given: tuple[str, ...]
) -> Iterator[Whole]:
    out = set(hidden)
    rows = raw.execute(
        f"SELECT {COLUMNS} FROM revision WHERE {where} ORDER BY seq",  # noqa: S608 - conditions of our own
        given,
    ).fetchall()
    for row in rows:
        revision = as_revision(row)
        if revision is None:
            continue  # somebody made it unreadable: vault check names it
        held = raw.execute(
            "SELECT field, salt, value FROM revision_value WHERE seq = ? ORDER BY field", (row[0],)
        ).fetchall()
        yield {
            "id": row[1].hex(),
            "scope": revision.scope,
            "kind": revision.kind,
            "record": revision.record,
            "parents": list(revision.parents),
            "practitioner": revision.practitioner,
            "replica": revision.replica,
            "previous": revision.previous,
            "number": revision.number,
            "time": revision.time,
            "reason": revision.reason,
            "commitments": revision.commitments,
            "signature": revision.signature.hex(),
            "values": {
                name: {"salt": salt.hex(), "value": value}
                for name, salt, value in held
                if (row[0], name) not in out
            },
        }
