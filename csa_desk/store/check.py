"""``vault check``: hold the live vault against its own history and say what is wrong and what to do."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlcipher3 import dbapi2

from csa_desk.store import keys, schema
from csa_desk.store.replay import replayed
from csa_desk.store.revisions import Revision, Salted
from csa_desk.store.search import digest, index_text, is_indexed
from csa_desk.store.tables.projections import PROJECTIONS
from csa_desk.store.vault import OpenVault

MOST_NAMED = 20
"""Of one kind of fault at most so many are named one by one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: a code for programs, a sentence for people. No content, only kinds and ids."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what was found."""

    revisions: int
    records: int
    findings: tuple[Finding, ...]


def check(vault: OpenVault) -> Report:
    """Verify pages, tables, guards, every revision, every record and the search index of an open vault."""
    raw = vault.raw()
    findings: list[Finding] = []
    revisions = records = 0
    try:
        findings.extend(_pages(raw))
        findings.extend(_tables(raw))
        chains, revisions = _revisions(raw)
        findings.extend(chains)
        shown, records = _records(raw)
        findings.extend(shown)
        findings.extend(_index(raw))
        findings.extend(_marker(vault, raw))
    except dbapi2.DatabaseError:
        findings.append(
            Finding(
                "damaged",
                "Part of the database cannot be read: it is damaged. Restore the latest backup beside this vault.",
            )
        )
    finally:
        raw.close()
    return Report(revisions, records, tuple(_shortened(findings)))


def _shortened(findings: list[Finding]) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for finding in findings:
        seen[finding.code] = seen.get(finding.code, 0) + 1
        if seen[finding.code] <= MOST_NAMED:
            yield finding
    for code, number in seen.items():
        if number > MOST_NAMED:
            yield Finding(code, f"… and {number - MOST_NAMED} more of the same kind.")


def _pages(raw: Any) -> Iterator[Finding]:
    for (fault,) in raw.execute("PRAGMA cipher_integrity_check"):
        yield Finding("page", f"A page of the database fails its seal ({fault}). Restore the latest backup.")
    for (fault,) in raw.execute("PRAGMA integrity_check"):
        if fault != "ok":
            yield Finding("integrity", "The database's own structure is damaged. Restore the latest backup.")
    for table, *_ in raw.execute("PRAGMA foreign_key_check"):
        yield Finding("link", f"A record in “{table}” belongs to something that is not there any more.")


def _tables(raw: Any) -> Iterator[Finding]:
    for name in schema.differences(raw):
        yield Finding(
            "guard" if name.startswith("trigger ") else "table",
            f"The {name} is missing, new or was changed outside CSA Desk.",
        )


def _public_keys(raw: Any) -> dict[str, list[str]]:
    """Signing keys of each practitioner, from the revisions that entered them."""
    found: dict[str, dict[str, str]] = {}
    rows = raw.execute(
        "SELECT r.record, v.field, v.value FROM revision r JOIN revision_value v ON v.seq = r.seq "
        "WHERE r.kind = 'practitioner-key' AND r.scope = 'vault' AND v.field IN ('practitioner', 'sign_key')"
    )
    for record, field, value in rows:
        found.setdefault(record, {})[field] = json.loads(value)
    known: dict[str, list[str]] = {}
    for entry in found.values():
        if len(entry) == 2:
            known.setdefault(entry["practitioner"], []).append(entry["sign_key"])
    return known


def _revisions(raw: Any) -> tuple[list[Finding], int]:
    public = _public_keys(raw)
    findings: list[Finding] = []
    ends: dict[tuple[str, str], tuple[str, int]] = {}
    counts: dict[str, int] = {}
    latest: dict[str, bytes] = {}
    ids: set[str] = set()
    total = 0
    values = _Values(raw)
    rows = raw.execute(
        "SELECT seq, id, scope, kind, record, parents, practitioner, replica, previous, number, time, reason, "
        "commitments, signature FROM revision ORDER BY seq"
    )
    for row in rows:
        total += 1
        seq, found_id = row[0], row[1]
        revision = _as_revision(row)
        where = f"revision {found_id.hex()[:8]} of a “{revision.kind}”"
        if revision.id != found_id:
            findings.append(Finding("revision-changed", f"The {where} was changed after it was written."))
        elif not any(
            keys.signed_by(key, revision.signature, found_id) for key in public.get(revision.practitioner, ())
        ):
            findings.append(Finding("signature", f"The {where} is not signed by the practitioner it names."))
        findings.extend(_held_values(revision, values.of(seq), where))
        chain = (revision.scope, revision.replica)
        previous, number = ends.get(chain, ("", 0))
        if revision.previous != previous or revision.number != number + 1:
            findings.append(
                Finding("chain", f"Before the {where} something is missing or was put in from elsewhere.")
            )
        findings.extend(
            Finding("parent", f"The {where} follows a change that is not in this vault.")
            for parent in revision.parents
            if parent not in ids
        )
        ids.add(found_id.hex())
        ends[chain] = (found_id.hex(), revision.number)
        counts[revision.replica] = counts.get(revision.replica, 0) + 1
        latest[revision.replica] = found_id
    heads = {
        replica: (count, last)
        for replica, count, last in raw.execute("SELECT replica, count, last FROM replica_head")
    }
    for replica in sorted(set(heads) | set(counts)):
        if heads.get(replica) != (counts.get(replica, 0), latest.get(replica, b"")):
            findings.append(
                Finding(
                    "missing",
                    "History is shorter or longer than was written: revisions were taken out or added.",
                )
            )
    return findings, total


class _Values:
    """Salts and values by revision, read along with the revisions in one pass."""

    def __init__(self, raw: Any) -> None:
        self._rows = raw.execute("SELECT seq, field, salt, value FROM revision_value ORDER BY seq")
        self._next = self._rows.fetchone()

    def of(self, seq: int) -> dict[str, Salted]:
        found: dict[str, Salted] = {}
        while self._next is not None and self._next[0] <= seq:
            if self._next[0] == seq:
                found[self._next[1]] = Salted(self._next[2], self._next[3])
            self._next = self._rows.fetchone()
        return found


def _held_values(revision: Revision, held: dict[str, Salted], where: str) -> Iterator[Finding]:
    for name, commitment in revision.commitments.items():
        value = held.get(name)
        if value is None:
            yield Finding("value-missing", f"A value of the {where} was taken out (field “{name}”).")
        elif value.commitment != commitment:
            yield Finding("value-changed", f"A value of the {where} was changed or swapped (field “{name}”).")
    for name in held.keys() - revision.commitments.keys():
        yield Finding("value-added", f"A value was added to the {where} (field “{name}”).")


def _as_revision(row: tuple[Any, ...]) -> Revision:
    return Revision(
        scope=row[2],
        kind=row[3],
        record=row[4],
        parents=tuple(json.loads(row[5])),
        practitioner=row[6],
        replica=row[7],
        previous=row[8].hex() if row[8] is not None else "",
        number=row[9],
        time=row[10],
        reason=row[11],
        commitments=json.loads(row[12]),
        signature=row[13],
    )


def _records(raw: Any) -> tuple[list[Finding], int]:
    findings: list[Finding] = []
    wanted: dict[str, set[str]] = {name: set() for name in PROJECTIONS}
    total = 0
    for projection, record, row in replayed(raw):
        total += 1
        wanted[projection.kind.KIND].add(record)
        names = ", ".join(f'"{name}"' for name in row)
        found = raw.execute(
            f'SELECT {names} FROM "{projection.table.name}" WHERE id = ?',  # noqa: S608 - names of our own
            (record,),
        ).fetchone()
        if found is None:
            findings.append(
                Finding(
                    "record-missing",
                    f"A “{projection.kind.KIND}” ({record[:8]}) was deleted outside CSA Desk.",
                )
            )
            continue
        for name, value in zip(row, found, strict=True):
            if value != row[name]:
                findings.append(
                    Finding(
                        "record-changed",
                        f"A “{projection.kind.KIND}” ({record[:8]}) differs from its history (field “{name}”): "
                        "it was changed outside CSA Desk.",
                    )
                )
    for name, projection in PROJECTIONS.items():
        for (record,) in raw.execute(f'SELECT id FROM "{projection.table.name}"'):  # noqa: S608 - as above
            if record not in wanted[name]:
                findings.append(
                    Finding("record-added", f"A “{name}” ({record[:8]}) has no history: it was put in.")
                )
    return findings, total


def _index(raw: Any) -> Iterator[Finding]:
    stale = Finding("search", "The search index does not fit the records: something may not be found.")
    kept = dict(raw.execute("SELECT record, digest FROM search_row").fetchall())
    rows = dict(raw.execute("SELECT record, id FROM search_row").fetchall())
    for projection in PROJECTIONS.values():
        names = ", ".join(f'"{name}"' for name in ("id", *projection.columns))
        for row in raw.execute(f'SELECT {names} FROM "{projection.table.name}"'):  # noqa: S608 - as above
            record = projection.to_record(dict(zip(("id", *projection.columns), row, strict=True)))
            if not is_indexed(record):
                break
            text = index_text(record)
            if kept.get(record.id) != digest(text):
                yield stale
                return
            found = raw.execute(
                "SELECT title, also, body FROM search WHERE rowid = ?", (rows[record.id],)
            ).fetchone()
            if (found or ("", "", "")) != text:
                yield stale
                return


def _marker(vault: OpenVault, raw: Any) -> Iterator[Finding]:
    for notice in vault.notices:
        yield Finding(notice.code, notice.sentence)
    for replica, head in vault.marker_heads().items():
        if head.left or not head.last or replica == "":
            continue
        found = raw.execute("SELECT 1 FROM revision WHERE id = ?", (bytes.fromhex(head.last),)).fetchone()
        if found is None and not any(notice.code in ("older-file", "copy") for notice in vault.notices):
            yield Finding("older-file", "This vault is older than when it was last used on this computer.")
