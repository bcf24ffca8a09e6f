"""Taking words out: hidden at once, gone for good once it was decided, and gone again after every restore (design §5).

Hiding plays the touched records again as if the values had never been said, so that every page, print, search and
count is right by itself. Carrying out deletes salts and values in one transaction; revisions stay and verify. After
it the database is written anew once (``VACUUM``): SQLite overwrites what it deletes, but a cell that moved between two
pages can leave its bytes behind in the first one.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from csa_desk.errors import RefusedError, VaultError
from csa_desk.records.assessment import Answer
from csa_desk.records.fields import Record
from csa_desk.records.ids import new_id, same_id
from csa_desk.records.keeping import Hold, Removal, RemovalDone, RemovalKind, RemovalStopped
from csa_desk.records.sealed import Compartment, SealedEntry
from csa_desk.store import decisions, proofs
from csa_desk.store.decisions import Decision
from csa_desk.store.drafts import Draft
from csa_desk.store.engine import plain_words
from csa_desk.store.reading import Reading
from csa_desk.store.replay import play_again, read_json
from csa_desk.store.search import index_record, is_indexed
from csa_desk.store.writing import Writing

if TYPE_CHECKING:
    from csa_desk.store.vault import OpenVault

UNSWEPT = 1
"""``application_id`` of a database whose values were deleted and which was not written anew since."""
HELD = (
    "A hold stands on this child’s file, so nothing of it may be taken out for good. "
    "End the hold first, if the reason for it is over."
)
UNDECIDED = "This waits until two different practitioners have agreed, or until its day. It stays hidden."


def ask(writing: Writing, removal: Removal) -> None:
    """Enter a removal; what it names is hidden from here on."""
    writing.put(removal, "asked")
    show_as_decided(writing, removal.id)


def stop(writing: Writing, stopped: RemovalStopped) -> None:
    """Enter that it is not carried out; what was hidden shows again."""
    writing.put(stopped, "stopped")
    show_as_decided(writing, stopped.removal)


def show_as_decided(writing: Writing, removal: str) -> None:
    """Bring rows and index of every record a removal touches up to date with what is decided now."""
    decided = decisions.read(writing.raw)
    found = decided.all.get(removal)
    if found is not None:
        _play(writing, decided, found)


def _play(writing: Writing, decided: decisions.Decisions, found: Decision) -> None:
    where, given = found.records
    for records in play_again(writing.raw, decisions.hidden(writing.raw, decided), where, given).values():
        for record in records:
            _settle(writing, record)


def _settle(writing: Writing, record: Record) -> None:
    if is_indexed(record):
        index_record(writing._connection, record)  # noqa: SLF001 - one transaction
    writing.noticed(record)


def carry_out(vault: "OpenVault", removal: str, also: Sequence[Record] = ()) -> int:
    """Delete what a decided removal names, in one transaction with ``also``; how many values went.

    Raises :class:`RefusedError` where it is not decided yet or a hold stands.
    """
    with vault.write() as writing:
        decided = decisions.read(writing.raw)
        found = decided.all.get(removal)
        if found is None or found.stopped:
            raise RefusedError("There is nothing to carry out: it was stopped.")
        if found.held:
            raise RefusedError(HELD)
        if not found.ready(vault.clock.today().isoformat()):
            raise RefusedError(UNDECIDED)
        done = RemovalDone(
            id=same_id("removal-done", removal, vault.replica),
            case=found.case,
            removal=removal,
            practitioner=vault.practitioner,
            on=vault.clock.moment(),
            values=sum(1 for _ in decisions.values_of(writing.raw, found)),
        )
        writing.put(done, "carried-out")
        for record in also:
            writing.put(record, "raised")
        _take_out(writing, removal)
    sweep(vault)
    return done.values


def _take_out(writing: Writing, removal: str) -> int:
    """Delete the values of a removal that is done, and everything made of them. Inside the caller's transaction."""
    raw = writing.raw
    decided = decisions.read(raw)
    found = decided.all[removal]
    _forget_drafts(raw, found)
    gone = list(decisions.values_of(raw, found))
    raw.executemany(
        "INSERT OR IGNORE INTO permit(seq, field, removal) VALUES (?, ?, ?)",
        [(seq, name, removal) for seq, name, *_ in gone],
    )
    raw.executemany(
        "DELETE FROM revision_value WHERE seq = ? AND field = ?", [(seq, name) for seq, name, *_ in gone]
    )
    sealed = {record for _, _, kind, record, _ in gone if kind in (SealedEntry.KIND, Compartment.KIND)}
    raw.executemany('DELETE FROM wrapped_key WHERE "of" = ?', [(record,) for record in sorted(sealed)])
    _play(writing, decisions.read(raw), found)
    # The index keeps the first words of its pages beside them; only when put together anew it forgets those too.
    raw.execute("INSERT INTO search(search) VALUES ('optimize')")
    raw.execute(f"PRAGMA application_id = {UNSWEPT}")
    return len(gone)


def reapply(vault: "OpenVault", newer: Reading | None = None) -> int:
    """Take out again what was decided and came back; how many removals did anything.

    ``newer`` reads a later state of the same vault: what was decided there, stopped there or held there holds here.
    """
    done = 0
    with vault.write() as writing:
        if newer is not None:
            for removal in list(_later(writing, newer)):
                ask(writing, removal)
        for found in decisions.read(writing.raw).standing():
            if found.done_rightly and next(decisions.values_of(writing.raw, found), None) is not None:
                _take_out(writing, found.id)
                done += 1
    sweep(vault)
    return done


def _later(writing: Writing, newer: Reading) -> Iterator[Removal]:
    """What a newer state decided, to be entered here; holds and stops are entered on the way."""
    here, there = decisions.read(writing.raw), decisions.read(newer.raw)
    for hold in newer.find(Hold):
        if writing.get(Hold, hold.id) is None and _has_case(writing, hold.case):
            writing.put(hold, "carried-over")
    keys = [item.id for kind in proofs.WHO_COUNTS for item in newer.find(kind, removed=True)]
    for removal in newer.find(Removal):
        found, known = there.all.get(removal.id), here.all.get(removal.id)
        if found is None or not _has_case(writing, removal.case):
            continue
        if found.stopped:
            if known is not None and not known.stopped:
                stop(writing, _stopped(writing, newer, removal))
        elif found.done_rightly:
            carried = same_id("carried-over", removal.id, removal.case)
            if (known is None or not known.done_rightly) and carried not in here.all:
                signs = [
                    item
                    for (item,) in newer.raw.execute(
                        "SELECT id FROM removal_signed WHERE removal = ? UNION ALL "
                        "SELECT id FROM removal_done WHERE removal = ?",
                        (removal.id, removal.id),
                    )
                ]
                yield _copy(removal, carried, proofs.packed(newer.raw, [*keys, removal.id, *signs]))
        elif known is None and not found.carried:
            yield removal


def _copy(removal: Removal, record: str, proof: list[Any]) -> Removal:
    return Removal(
        id=record,
        case=removal.case,
        how=removal.how,
        record=removal.record,
        record_kind=removal.record_kind,
        whole_case=removal.whole_case,
        revisions=removal.revisions,
        fields=removal.fields,
        asked_by=removal.asked_by,
        asked=removal.asked,
        proof=removal.proof or proof,
    )


def _stopped(writing: Writing, newer: Reading, removal: Removal) -> RemovalStopped:
    told = newer.find(RemovalStopped, removal=removal.id)
    if told and writing.get(RemovalStopped, told[0].id) is None:
        return told[0]
    return RemovalStopped(id=new_id(), case=removal.case, removal=removal.id)


def _has_case(writing: Writing, case: str) -> bool:
    return writing.raw.execute('SELECT 1 FROM "case" WHERE id = ?', (case,)).fetchone() is not None


def sweep(vault: "OpenVault") -> bool:
    """Write the database anew where values were deleted since it last was; False where the disk did not take it.

    Then it waits for the next time: nothing of the vault is lost, and what was deleted is deleted.
    """
    with vault.gate.writing():
        # Only now: a change of keys that waited at the gate has put another connection in the place of the one before.
        connection = vault._connection  # noqa: SLF001 - the vault's own writing connection, outside a transaction
        connection.rollback()
        raw = connection.connection.dbapi_connection
        if raw is None or raw.execute("PRAGMA application_id").fetchone()[0] != UNSWEPT:
            return True
        try:
            with plain_words():
                raw.execute("VACUUM")
                raw.execute("PRAGMA application_id = 0")
        except (VaultError, sqlite3.Error):
            return False
    return True


# --- half-typed words ----------------------------------------------------------------------------------------------


def _marks(raw: Any, found: Decision) -> tuple[str, frozenset[str]]:
    """Beginning of the keys of every draft it covers; and, where that is not all of them, what is in the key."""
    if found.whole_case:
        return f"{found.case}/", frozenset()
    where, given = found.rows
    records = raw.execute(f"SELECT DISTINCT record, kind FROM revision WHERE {where}", given).fetchall()  # noqa: S608
    marks = {record for record, _ in records}
    for record, kind in records:
        if kind == Answer.KIND:
            said = dict(
                raw.execute(
                    "SELECT field, value FROM revision_value JOIN revision USING (seq) "
                    "WHERE record = ? AND field IN ('subject', 'question')",
                    (record,),
                ).fetchall()
            )
            if len(said) == 2:
                marks.add(
                    "/".join(["answer", *(str(read_json(said[name])) for name in ("subject", "question"))])
                )
    return f"{found.case}/", frozenset(marks)


def _covers_draft(found: Decision, marks: tuple[str, frozenset[str]], key: str, time: str) -> bool:
    start, inside = marks
    if not key.startswith(start) or (found.how == RemovalKind.STRIKE and time > found.asked):
        return False
    return not inside or any(f"{mark}/" in f"{key}/" for mark in inside)


def _forget_drafts(raw: Any, found: Decision) -> None:
    marks = _marks(raw, found)
    for key, who, time in raw.execute("SELECT key, practitioner, time FROM draft").fetchall():
        if _covers_draft(found, marks, key, time):
            raw.execute("DELETE FROM draft WHERE key = ? AND practitioner = ?", (key, who))


def without_hidden(connection: sa.Connection, found: dict[str, Draft]) -> dict[str, Draft]:
    """Drafts but those of what waits to be taken out."""
    raw: Any = connection.connection.dbapi_connection
    if not found or not decisions.anything_waits(raw):
        return found
    waiting = [(item, _marks(raw, item)) for item in decisions.read(raw).waiting()]
    return {
        key: draft
        for key, draft in found.items()
        if not any(_covers_draft(item, marks, key, draft.time) for item, marks in waiting)
    }
