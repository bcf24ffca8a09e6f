"""An archive of a child's file: everything that is held, in open formats, under a passphrase of its own.

It is the service's own copy: nothing about other people is taken out of it. What is sealed is in it readable only as
far as whoever makes it holds it; the rest is there as it is sealed, and the description says how much that is.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from csa_desk import __version__
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.copies import Prepared, save
from csa_desk.casework.desk import Desk
from csa_desk.casework.disclosing import SEALED, access_copy, case_archive, professional_plan
from csa_desk.casework.held_items import Item, Sealed, held_items
from csa_desk.casework.imprint import next_copy_number
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.sieve import OWN_FILE
from csa_desk.errors import RefusedError, VaultError
from csa_desk.records.consent import Purpose
from csa_desk.records.disclosure import CaseArchive, What
from csa_desk.records.ids import new_id
from csa_desk.records.kinds import KINDS
from csa_desk.records.register import Release
from csa_desk.records.sealed import SealOpened
from csa_desk.records.vault import Practitioner
from csa_desk.store import strength
from csa_desk.store.whole_history import history_of, key_history, signing_keys

OPENED_FOR = "To put it into an archive"
ENDING = ".zip.age"


@needs(Right.ARCHIVE)
def archive_name(desk: Desk, file: CaseFile) -> str:
    """A file name that tells no more than case code and copy number."""
    return f"{file.code}-{next_copy_number(desk)}{ENDING}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that goes into an archive, not locked yet; how many sealed entries can be read in it or not."""

    archive: CaseArchive
    copy_number: str
    opened: int
    shut: int


@needs(Right.ARCHIVE)
def passphrase_fault(desk: Desk, file: CaseFile, passphrase: str) -> str:
    """What is wrong with an archive's passphrase, as a sentence; empty if it will do."""
    try:
        _refuse_weak(desk, file, passphrase)
    except VaultError as fault:
        return str(fault)
    return ""


def _refuse_weak(desk: Desk, file: CaseFile, passphrase: str) -> None:
    strength.refuse_weak(passphrase, (file.child.name, desk.practitioner().name, desk.own_service().name))


@needs(Right.ARCHIVE)
def gather(desk: Desk, file: CaseFile, *, with_sealed: bool = True) -> Gathered:
    """Everything that is held. ``with_sealed`` puts in the words of sealed entries that the practitioner holds.

    Each of those is logged as opened.
    """
    items = held_items(desk, file)
    opened = [item for item in items if item.sealed == Sealed.YOURS] if with_sealed else []
    if opened and desk.vault.read_only:
        raise RefusedError(
            "This vault is open for reading only, so it cannot be recorded that sealed notes were opened. "
            "Make the archive without them."
        )
    shut = [item for item in items if item.sealed and item not in opened]
    _log_openings(desk, file, opened)
    copy = next_copy_number(desk)
    about = {
        "case": file.code,
        "case_id": file.case.id,
        "vault_id": desk.vault.vault_id,
        "vault_kind": desk.vault.kind.value,
        "service": desk.own_service().name,
        "made_on": desk.clock.moment(),
        "made_by": desk.practitioner().name,
        "copy_number": copy,
        "program": f"CSA Desk {__version__}",
        "sealed_entries_readable": len(opened),
        "sealed_entries_not_readable": len(shut),
    }
    archive = case_archive(desk, file, about, _files(desk, file, items, shut, opened, copy))
    return Gathered(archive, copy, len(opened), len(shut))


def lock(gathered: Gathered, passphrase: str) -> Prepared:
    """The archive's bytes: nothing has left yet. Takes a second on purpose, and may run on any thread."""
    from csa_desk.exchange.archive import packed

    return Prepared(
        pdf=packed(gathered.archive, passphrase),
        what=What.ARCHIVE,
        edition="whole case",
        recipient=OWN_FILE,
        purpose=Purpose.SUPPORT,
        copy_number=gathered.copy_number,
        head="",
        held_back={SEALED: gathered.shut} if gathered.shut else {},
    )


@needs(Right.ARCHIVE)
def prepare_archive(desk: Desk, file: CaseFile, passphrase: str, *, with_sealed: bool = True) -> Prepared:
    """All of it at once. Raises :class:`VaultError` for a passphrase too easy to guess."""
    _refuse_weak(desk, file, passphrase)
    return lock(gather(desk, file, with_sealed=with_sealed), passphrase)


def _files(
    desk: Desk, file: CaseFile, items: list[Item], shut: list[Item], opened: list[Item], copy: str
) -> dict[str, bytes]:
    from csa_desk.printing.held import held_pdf

    history = history_of(desk.vault, file.case.id)
    out = frozenset(item.key for item in shut)
    held = access_copy(desk, file, items, out, recipient=OWN_FILE, asked_by="", copy=copy)
    files = {
        "everything-held.pdf": held_pdf(held.disclosure),
        "records.json": _json(_records(desk, history)),
        "history.json": _json(history),
        "keys.json": _json(
            {
                "practitioners": _names(desk),
                "signing_keys": signing_keys(desk.vault),
                "key_history": key_history(desk.vault),
            }
        ),
        "sealed.json": _json([_sealed(item) for item in opened]),
        "access-log.json": _json([dict(row) for row in desk.vault.read.accesses(file.scope)][::-1]),
    }
    if file.goals:
        from csa_desk.printing.plan import plan_pdf

        files["plan.pdf"] = plan_pdf(professional_plan(desk, file, OWN_FILE, copy=copy).disclosure)
    return files


def _json(content: Any) -> bytes:
    return json.dumps(content, indent=1, ensure_ascii=False).encode()


def _records(desk: Desk, history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each record as it stands, in the order in which they were made."""
    reading = desk.vault.read
    known = dict.fromkeys((one["kind"], one["record"]) for one in history if one["kind"] in KINDS)
    found = []
    for kind, number in known:
        record = reading.get(KINDS[kind], number)
        if record is not None:
            found.append({"kind": kind, **asdict(record)})
    return found


def _names(desk: Desk) -> dict[str, str]:
    return {item.id: item.name for item in desk.vault.read.find(Practitioner)}


def _sealed(item: Item) -> dict[str, Any]:
    entry = item.entry
    words = {held.label: held.value for held in item.fields if not held.trail}
    return {
        "record": item.key,
        "compartment": entry.name if entry is not None else "",
        "author": entry.author if entry is not None else "",
        "written": entry.written if entry is not None else "",
        "words": words,
    }


def _log_openings(desk: Desk, file: CaseFile, opened: list[Item]) -> None:
    if not opened:
        return
    with desk.vault.write() as writing:
        for item in opened:
            writing.log_access("opened-sealed", file.scope)
            writing.put(
                SealOpened(
                    id=new_id(),
                    case=file.case.id,
                    entry=item.key,
                    practitioner=desk.vault.practitioner,
                    on=desk.clock.moment(),
                    reason=OPENED_FOR,
                )
            )


@needs(Right.ARCHIVE)
def save_archive(desk: Desk, file: CaseFile, prepared: Prepared, out: Path) -> Release:
    """Write the file and enter it in the register; where either cannot be done, neither is."""
    return save(desk, file, prepared, out)
