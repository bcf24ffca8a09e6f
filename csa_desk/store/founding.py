"""Making a new vault: keys, slots, tables, and the first records."""

import contextlib
import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from csa_desk.errors import VaultError
from csa_desk.records import vault as own
from csa_desk.records.fields import Record
from csa_desk.records.ids import new_id
from csa_desk.store import files, header, keys, schema
from csa_desk.store.engine import FULL_OR_LOCKED, DatabaseKey, connect, plain_words
from csa_desk.store.header import Header, Opened, VaultKind
from csa_desk.store.keys import KdfParameters, PrivateKeys
from csa_desk.store.sheet import new_sheet
from csa_desk.store.vault import DATABASE, LOCK


@dataclass(frozen=True, slots=True)
class Founder:
    """Who creates a vault, and for which service."""

    name: str = ""
    profession: str = own.Profession.CH_ISVA
    service: own.OwnService | None = None


@dataclass(frozen=True, slots=True)
class Founded:
    """What was made: the header, still to be written, what its first slot opens, the sheet's words, and for whom."""

    header: Header
    opened: Opened
    sheet: str
    founder: Founder


@contextlib.contextmanager
def fresh_folder(folder: Path) -> Iterator[None]:
    """A new or empty folder to fill; on any failure what was put into it is taken out again."""
    try:
        with plain_words():
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                raise VaultError("There is already something at that place. Choose a new, empty folder.")
            missing = [place for place in (folder, *folder.parents) if not place.exists()]
            try:
                folder.mkdir(mode=files.OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
                yield
            except BaseException:
                _empty_again(folder, missing)
                raise
    except OSError as fault:
        raise VaultError(TOO_LONG if fault.errno == errno.ENAMETOOLONG else FULL_OR_LOCKED) from None


TOO_LONG = (
    "The name of that place is too long for this computer. Choose a shorter one. Nothing was made there."
)


def _empty_again(folder: Path, missing: list[Path]) -> None:
    with contextlib.suppress(OSError):
        for made in list(folder.iterdir()):
            made.unlink()
    for place in missing:
        with contextlib.suppress(OSError):
            place.rmdir()


def make_files(
    folder: Path, passphrase: str, cost: KdfParameters, kind: VaultKind, founder: Founder, *, sheet: bool
) -> Founded:
    """Keys, slots and an empty database. The header is written last of all: until it stands there is no vault."""
    secret = DatabaseKey(keys.new_data_key(), os.urandom(keys.SALT_BYTES))
    private = PrivateKeys.new(new_id())
    made = header.new_header(kind, cost, secret.salt)
    made = header.with_slot(made, "passphrase", passphrase, (secret.key,), private)
    words = new_sheet() if sheet else ""
    if words:
        made = header.with_slot(made, "sheet", words, (secret.key,), private)
    _make_database(folder / DATABASE, secret, made)
    files.write_whole(folder / LOCK, b"")
    return Founded(made, Opened("A", (secret.key,), private), words, founder)


def _make_database(path: Path, secret: DatabaseKey, made: Header) -> None:
    raw = connect(path, secret)
    try:
        path.chmod(files.OWNER_ONLY_FILE)
        raw.execute("BEGIN IMMEDIATE")
        schema.create(raw)
        raw.executemany(
            "INSERT INTO about(name, value) VALUES (?, ?)",
            [("vault_id", made.vault_id), ("generation", str(made.generation)), ("kind", str(made.kind))],
        )
        raw.execute("COMMIT")
    finally:
        raw.close()


def first_records(moment: str, made: Founded) -> list[Record]:
    """Who the founder is, their public keys, the slots, and the service the vault belongs to."""
    private, founder = made.opened.own, made.founder
    return [
        own.Practitioner(
            id=private.practitioner, name=founder.name, profession=founder.profession, administrator=True
        ),
        own.PractitionerKey(
            id=new_id(),
            practitioner=private.practitioner,
            sign_key=private.signer.public_hex,
            recipient=private.identity.recipient,
            since=moment,
        ),
        founder.service or own.OwnService(id=new_id()),
        *(
            own.Slot(
                id=new_id(),
                letter=letter,
                practitioner=private.practitioner,
                opened_by=slot.opened_by,
                recipient=slot.recipient,
            )
            for letter, slot in made.header.slots.items()
        ),
    ]
