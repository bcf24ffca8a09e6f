"""``vault check``: hold the live vault against its own history and say what is wrong and what to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlcipher3 import dbapi2

from csa_desk.errors import DamagedVaultError
from csa_desk.records.vault import Practitioner, PractitionerKey, ServiceKey, Slot
from csa_desk.store import access_log, decisions, header, schema
from csa_desk.store.replay import replayed
from csa_desk.store.revisions import Revision, Salted
from csa_desk.store.search import digest, index_text, is_indexed
from csa_desk.store.signed import COLUMNS, Trusted, as_revision, is_signed, known, salted, value_faults
from csa_desk.store.slots import ROTATION_DUE, WAYS, rightful, unknown_ways
from csa_desk.store.tables.projections import PROJECTIONS
from csa_desk.store.vault import OpenVault, same_place
from csa_desk.store.vouching import Known

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
        who = known(raw)
        trusted = who.keys
        findings.extend(forged(who))
        findings.extend(_own_key(vault, trusted))
        decided = decisions.read(raw, trusted)
        chains, revisions = _revisions(raw, trusted, decided)
        findings.extend(chains)
        findings.extend(_permits(raw, decided))
        shown, records = _records(raw, decided)
        findings.extend(shown)
        findings.extend(_index(raw))
        findings.extend(Finding("access", fault) for fault in access_log.faults(raw, trusted))
        findings.extend(_header(vault, raw))
        findings.extend(_marker(vault, raw))
    except (dbapi2.DatabaseError, DamagedVaultError):
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
        number = "".join(letter for letter in str(fault) if letter.isdigit())
        which = f"Page {number}" if number else "A page"
        yield Finding("page", f"{which} of the database is damaged: it is not as it was written.")
    for (fault,) in raw.execute("PRAGMA integrity_check"):
        if fault != "ok":
            yield Finding("integrity", "The database's own structure is damaged.")
    for table, *_ in raw.execute("PRAGMA foreign_key_check"):
        yield Finding("link", f"A record in “{table}” belongs to something that is not there any more.")


def _tables(raw: Any) -> Iterator[Finding]:
    for name in schema.differences(raw):
        yield Finding(
            "guard" if name.startswith("trigger ") else "table",
            f"The {name} is missing, new or was changed outside CSA Desk.",
        )


def forged(who: Known) -> Iterator[Finding]:
    """Entries of keys, people and rights that nobody had the say for."""
    for kind, record in who.refused:
        yield Finding(
            "forged-key",
            f"{_PUT_IN[kind]} ({record[:8]}) by somebody who does not look after this vault. It counts for nothing: "
            "nothing is sealed to it. Tell whoever looks after your data protection.",
        )


_PUT_IN = {
    Practitioner.KIND: "What a practitioner is or may do was written",
    PractitionerKey.KIND: "A key of a practitioner was put in or changed",
    ServiceKey.KIND: "A recovery key of the service was put in or changed",
    Slot.KIND: "Whose a way into the vault is was written",
}


def _own_key(vault: OpenVault, trusted: Trusted) -> Iterator[Finding]:
    own = vault.opened.own
    if own.signer.public_hex not in trusted.get(own.practitioner, ()):
        yield Finding(
            "own-key",
            "History names another signing key for you than the one you hold: it was written anew by somebody "
            "else. Restore a backup, and tell whoever looks after your data protection.",
        )


def _revisions(raw: Any, trusted: Trusted, decided: decisions.Decisions) -> tuple[list[Finding], int]:
    findings: list[Finding] = []
    ends: dict[tuple[str, str], tuple[str, int]] = {}
    counts: dict[str, int] = {}
    latest: dict[str, bytes] = {}
    ids: set[str] = set()
    total = 0
    values = _Values(raw)
    for row in raw.execute(f"SELECT {COLUMNS} FROM revision ORDER BY seq"):  # noqa: S608 - as above
        total += 1
        seq, found_id, replica = row[0], row[1] if isinstance(row[1], bytes) else b"", str(row[7])
        counts[replica] = counts.get(replica, 0) + 1
        latest[replica] = found_id
        ids.add(found_id.hex())
        held = values.of(seq)
        where = f"revision {found_id.hex()[:8]} of a “{row[3]}”"
        revision = as_revision(row)
        if revision is None or revision.id != found_id:
            findings.append(Finding("revision-changed", f"The {where} was changed after it was written."))
        elif not is_signed(revision, found_id, trusted):
            findings.append(Finding("signature", f"The {where} is not signed by the practitioner it names."))
        if revision is None:
            continue
        findings.extend(_held_values(revision, held, where, decided.permit(revision, found_id)))
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
                found[self._next[1]] = salted(self._next[2], self._next[3])
            self._next = self._rows.fetchone()
        return found


def _held_values(
    revision: Revision, held: dict[str, Salted], where: str, may_lack: Callable[[str], bool]
) -> Iterator[Finding]:
    for code, name in value_faults(revision, held):
        match code:
            case "value-missing":
                if not may_lack(name):
                    yield Finding(code, f"A value of the {where} was taken out (field “{name}”).")
            case "value-changed":
                yield Finding(code, f"A value of the {where} was changed or swapped (field “{name}”).")
            case _:
                yield Finding(code, f"A value was added to the {where} (field “{name}”).")


def _permits(raw: Any, decided: decisions.Decisions) -> Iterator[Finding]:
    """Nothing stands ready to be deleted that nobody decided to take out."""
    rows = raw.execute(
        f"SELECT {COLUMNS}, field, removal FROM permit JOIN revision USING (seq) ORDER BY seq"  # noqa: S608
    )
    for *row, field, removal in rows.fetchall():
        revision = as_revision(tuple(row))
        if revision is None or not decided.lets_go(removal, revision, row[1], field):
            yield Finding(
                "permit",
                f"A value of a “{row[3]}” was marked to be deleted, and no decision of two practitioners says so.",
            )


def _records(raw: Any, decided: decisions.Decisions) -> tuple[list[Finding], int]:
    findings: list[Finding] = []
    wanted: dict[str, set[str]] = {name: set() for name in PROJECTIONS}
    total = 0
    for projection, record, row in replayed(raw, decisions.hidden(raw, decided)):
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


def _header(vault: OpenVault, raw: Any) -> Iterator[Finding]:
    made = vault.header
    wanted = {"vault_id": made.vault_id, "generation": str(made.generation), "kind": str(made.kind)}
    about = dict(raw.execute("SELECT name, value FROM about WHERE name != ?", (ROTATION_DUE,)))
    if about != wanted:
        yield Finding("about", "What the database keeps of the vault's header was changed outside CSA Desk.")
    for letter in sorted(made.slots.keys() - rightful(vault).keys()):
        yield Finding(
            "slot",
            f"The header has a way in ({letter}) that history does not know: making it was cut off, or somebody with "
            "no say for it put it in. It opens the vault until the vault’s key is changed, and goes with that.",
        )
    for way in unknown_ways(vault):
        yield Finding(
            "slot-missing",
            f"A way in that was entered ({WAYS.get(way.opened_by, way.opened_by)}) is not in the header, or something "
            "else stands there. Whoever it belongs to makes it anew.",
        )
    if not header.copy_agrees(vault.folder):
        yield Finding(
            "header-copy",
            "The vault's header (vault.json) and its copy (vault.json.bak) are not both whole and the same. "
            "Make a backup now.",
        )


_FOUND_HERE = ("header-copy", "forged-key", "other-keys", "sheet-changed", "shares-changed", "added")
"""Notices of the unlock that are news only, or whose cause is looked for anew above."""


def _marker(vault: OpenVault, raw: Any) -> Iterator[Finding]:
    for notice in vault.notices:
        if notice.code not in _FOUND_HERE:
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
