"""``vault check``: hold the live vault against its own history and say what is wrong and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlcipher3 import dbapi2

from csa_desk.store import header, keys, schema
from csa_desk.store.replay import BROKEN, parents_of, read_json, replayed
from csa_desk.store.revisions import Revision, Salted, canonical
from csa_desk.store.search import digest, index_text, is_indexed
from csa_desk.store.tables.projections import PROJECTIONS
from csa_desk.store.vault import OpenVault, same_place

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
        trusted = trusted_keys(raw)
        findings.extend(_own_key(vault, trusted))
        chains, revisions = _revisions(raw, trusted)
        findings.extend(chains)
        shown, records = _records(raw)
        findings.extend(shown)
        findings.extend(_index(raw))
        findings.extend(_accesses(raw))
        findings.extend(_header(vault, raw))
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


Trusted = dict[str, set[str]]
"""Practitioner id → their public signing keys (hex)."""

_COLUMNS = (
    "seq, id, scope, kind, record, parents, practitioner, replica, previous, number, time, reason, "
    "commitments, signature"
)


def trusted_keys(raw: Any) -> Trusted:
    """Signing keys of each practitioner: the first key of all signs its own entry, each later one is signed by
    a key entered before it. A key put in by anybody else is not among them.
    """
    trusted: Trusted = {}
    rows = raw.execute(
        f"SELECT {_COLUMNS} FROM revision "  # noqa: S608 - names of our own
        "WHERE kind = 'practitioner-key' AND scope = 'vault' AND parents = '[]' ORDER BY seq"
    ).fetchall()
    for row in rows:
        revision = _as_revision(row)
        values = raw.execute(
            "SELECT field, salt, value FROM revision_value WHERE seq = ?", (row[0],)
        ).fetchall()
        held = {field: _salted(salt, value) for field, salt, value in values}
        if revision is None or revision.id != row[1] or any(_held_values(revision, held, "")):
            continue
        whose, key = (
            read_json(held[name].value) if name in held else BROKEN for name in ("practitioner", "sign_key")
        )
        if not isinstance(whose, str) or not isinstance(key, str):
            continue
        known = trusted if trusted else {whose: {key}}
        if _is_signed(revision, row[1], known):
            trusted.setdefault(whose, set()).add(key)
    return trusted


def _is_signed(revision: Revision, revision_id: bytes, trusted: Trusted) -> bool:
    return any(
        keys.signed_by(key, revision.signature, revision_id) for key in trusted.get(revision.practitioner, ())
    )


def _own_key(vault: OpenVault, trusted: Trusted) -> Iterator[Finding]:
    own = vault.opened.own
    if own.signer.public_hex not in trusted.get(own.practitioner, ()):
        yield Finding(
            "own-key",
            "History names another signing key for you than the one you hold: it was written anew by somebody "
            "else. Restore a backup, and tell whoever looks after your data protection.",
        )


def _revisions(raw: Any, trusted: Trusted) -> tuple[list[Finding], int]:
    findings: list[Finding] = []
    ends: dict[tuple[str, str], tuple[str, int]] = {}
    counts: dict[str, int] = {}
    latest: dict[str, bytes] = {}
    ids: set[str] = set()
    total = 0
    values = _Values(raw)
    for row in raw.execute(f"SELECT {_COLUMNS} FROM revision ORDER BY seq"):  # noqa: S608 - as above
        total += 1
        seq, found_id, replica = row[0], row[1] if isinstance(row[1], bytes) else b"", str(row[7])
        counts[replica] = counts.get(replica, 0) + 1
        latest[replica] = found_id
        ids.add(found_id.hex())
        held = values.of(seq)
        where = f"revision {found_id.hex()[:8]} of a “{row[3]}”"
        revision = _as_revision(row)
        if revision is None or revision.id != found_id:
            findings.append(Finding("revision-changed", f"The {where} was changed after it was written."))
        elif not _is_signed(revision, found_id, trusted):
            findings.append(Finding("signature", f"The {where} is not signed by the practitioner it names."))
        if revision is None:
            continue
        findings.extend(_held_values(revision, held, where))
        chain = (revision.scope, replica)
        if (revision.previous, revision.number - 1) != ends.get(chain, ("", 0)):
            findings.append(
                Finding("chain", f"Before the {where} something is missing or was put in from elsewhere.")
            )
        ends[chain] = (found_id.hex(), revision.number)
        findings.extend(
            Finding("parent", f"The {where} follows a change that is not in this vault.")
            for parent in revision.parents
            if parent not in ids
        )
    heads = {
        replica: (count, last)
        for replica, count, last in raw.execute("SELECT replica, count, last FROM replica_head")
    }
    for replica in sorted(set(heads) | set(counts), key=repr):
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
        self._rows = raw.execute(
            "SELECT seq, field, salt, value FROM revision_value WHERE typeof(seq) = 'integer' ORDER BY seq"
        )
        self._next = self._rows.fetchone()

    def of(self, seq: int) -> dict[str, Salted]:
        found: dict[str, Salted] = {}
        while self._next is not None and self._next[0] <= seq:
            if self._next[0] == seq:
                found[self._next[1]] = _salted(self._next[2], self._next[3])
            self._next = self._rows.fetchone()
        return found


def _salted(salt: Any, value: Any) -> Salted:
    """Salt and value as they stand; what is of no right kind fits no commitment."""
    return Salted(salt if isinstance(salt, bytes) else b"", value if isinstance(value, str) else "")


def _held_values(revision: Revision, held: dict[str, Salted], where: str) -> Iterator[Finding]:
    for name, commitment in revision.commitments.items():
        value = held.get(name)
        if value is None:
            yield Finding("value-missing", f"A value of the {where} was taken out (field “{name}”).")
        elif value.commitment != commitment:
            yield Finding("value-changed", f"A value of the {where} was changed or swapped (field “{name}”).")
    for name in held.keys() - revision.commitments.keys():
        yield Finding("value-added", f"A value was added to the {where} (field “{name}”).")


def _as_revision(row: tuple[Any, ...]) -> Revision | None:
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
    """The index holds each record that can be found, as it stands, and nothing else."""
    kept = {
        (kind, record): (number, mark)
        for number, kind, record, mark in raw.execute("SELECT id, kind, record, digest FROM search_row")
    }
    rows = {
        number: (kind, record, (title, also, body))
        for number, kind, record, title, also, body in raw.execute(
            "SELECT rowid, kind, record, title, also, body FROM search"
        )
    }
    for projection in PROJECTIONS.values():
        if not is_indexed(projection.kind):
            continue
        names = ", ".join(f'"{name}"' for name in ("id", *projection.columns))
        for row in raw.execute(f'SELECT {names} FROM "{projection.table.name}"'):  # noqa: S608 - as above
            try:
                record = projection.to_record(dict(zip(("id", *projection.columns), row, strict=True)))
                text = index_text(record)
            except (ValueError, TypeError, AttributeError):
                continue  # named where the record is held against its history
            number, mark = kept.pop((record.KIND, record.id), (0, ""))
            found = rows.pop(number, None)
            wanted = (record.KIND, record.id, text) if any(text) else None
            if mark != digest(text) or found != wanted:
                yield _STALE
                return
    if kept or rows:
        yield _STALE


_STALE = Finding("search", "The search index does not fit the records: something may not be found.")


def _accesses(raw: Any) -> Iterator[Finding]:
    number, last = raw.execute("SELECT count(*), coalesce(max(seq), 0) FROM access").fetchone()
    if number != last:
        yield Finding("access", "Entries were taken out of the access log outside CSA Desk.")


def _header(vault: OpenVault, raw: Any) -> Iterator[Finding]:
    made = vault.header
    wanted = {"vault_id": made.vault_id, "generation": str(made.generation), "kind": str(made.kind)}
    if dict(raw.execute("SELECT name, value FROM about")) != wanted:
        yield Finding("about", "What the database keeps of the vault's header was changed outside CSA Desk.")
    if not header.copy_agrees(vault.folder):
        yield Finding(
            "header-copy",
            "The vault's header (vault.json) and its copy (vault.json.bak) are not both whole and the same. "
            "Make a backup now.",
        )


def _marker(vault: OpenVault, raw: Any) -> Iterator[Finding]:
    for notice in vault.notices:
        if notice.code != "header-copy":
            yield Finding(notice.code, notice.sentence)
    if any(notice.code == "older-file" for notice in vault.notices):
        return
    for replica, head in vault.marker_heads().items():
        if head.left or not same_place(head.folder, vault.folder):
            continue
        found = raw.execute("SELECT count FROM replica_head WHERE replica = ?", (replica,)).fetchone()
        last = raw.execute("SELECT 1 FROM revision WHERE id = ?", (bytes.fromhex(head.last),)).fetchone()
        if head.last and (last is None or found is None or found[0] < head.count):
            yield Finding("older-file", "This vault is older than when it was last used on this computer.")
