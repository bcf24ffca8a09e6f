"""``vault.json``: what stands outside the encrypted database (design §4). Nothing in it is personal.

Format 1. ``databases`` lists the salt (first 16 bytes) of each ``case.db`` this header can open and ``data_keys`` of
a slot holds one sealed key for each, in the same order: one normally, two while a rotation runs. The seal (``mac``)
is made with the newest data key over everything but itself and the checksum; the checksum (SHA-256) covers
everything but itself and tells damage from a wrong passphrase.
"""

import base64
import hashlib
import json
import os
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from csa_desk.errors import (
    DamagedVaultError,
    ForeignHeaderError,
    NewerVersionError,
    NotAVaultError,
    VaultError,
)
from csa_desk.store import keys
from csa_desk.store.files import write_whole
from csa_desk.store.keys import Identity, KdfLimits, KdfParameters, PrivateKeys

NAME = "vault.json"
BACKUP_NAME = "vault.json.bak"
FORMAT = "csa-desk vault"
VERSION = 1
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LARGEST_HEADER = 1_000_000
NOT_ALLOWED = (
    "You are not allowed to read this vault's files. Ask whoever looks after this computer for access."
)


class VaultKind(StrEnum):
    """Live and training vaults never mix."""

    LIVE = "live"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in: an identity locked by a secret, and what is sealed to it."""

    opened_by: str
    identity: bytes
    recipient: str
    data_keys: tuple[bytes, ...]
    private_keys: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """The parsed file."""

    vault_id: str
    generation: int
    kind: VaultKind
    cost: KdfParameters
    salt: bytes
    databases: tuple[bytes, ...]
    slots: dict[str, Slot]
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a secret opened: the slot's letter, the data keys in the header's order, the practitioner's keys."""

    letter: str
    data_keys: tuple[bytes, ...] = field(repr=False)
    own: PrivateKeys


def new_header(kind: VaultKind, cost: KdfParameters, database_salt: bytes) -> Header:
    """A header with no slot yet, generation 1."""
    return Header(
        vault_id=str(uuid.uuid4()),
        generation=1,
        kind=kind,
        cost=cost,
        salt=os.urandom(keys.SALT_BYTES),
        databases=(database_salt,),
        slots={},
    )


def with_slot(
    header: Header, opened_by: str, secret: str, data_keys: tuple[bytes, ...], own: PrivateKeys
) -> Header:
    """The header with one more slot that ``secret`` opens."""
    letter = free_letter(header.slots)
    root = keys.derive_root(secret, header.salt, header.cost)
    slot = make_slot(header, letter, opened_by, root, data_keys, own)
    return replace(header, slots={**header.slots, letter: slot})


def free_letter(taken: Collection[str]) -> str:
    """The first letter that is not taken. Raises :class:`VaultError` where all are."""
    found = next((letter for letter in LETTERS if letter not in taken), None)
    if found is None:
        raise VaultError(
            "This vault has no room for another way in. Remove a practitioner who has left, or begin a second vault."
        )
    return found


def make_slot(
    header: Header, letter: str, opened_by: str, root: bytes, data_keys: tuple[bytes, ...], own: PrivateKeys
) -> Slot:
    """A slot with a new identity, locked by what was derived from its secret."""
    identity = Identity.new()
    return Slot(
        opened_by=opened_by,
        identity=keys.lock(
            keys.slot_key(root, letter), identity.private.encode(), _binding(header.vault_id, letter)
        ),
        recipient=identity.recipient,
        data_keys=tuple(keys.seal_to(identity.recipient, key) for key in data_keys),
        private_keys=keys.seal_to(identity.recipient, own.packed()),
    )


def resealed(slots: dict[str, Slot], data_keys: tuple[bytes, ...]) -> dict[str, Slot]:
    """The slots with these data keys sealed to each public half: nobody's secret is needed."""
    return {
        letter: replace(slot, data_keys=tuple(keys.seal_to(slot.recipient, key) for key in data_keys))
        for letter, slot in slots.items()
    }


def opened_by_root(header: Header, root: bytes) -> str:
    """The letter of the slot that what was derived from a secret opens; empty where none."""
    for letter, slot in header.slots.items():
        if keys.unlock(keys.slot_key(root, letter), slot.identity, _binding(header.vault_id, letter)):
            return letter
    return ""


def is_on_disk(folder: Path, made: Header) -> bool:
    """Whether exactly this header stands in the folder; its copy counts where the header itself is not whole."""
    try:
        found = _whole_json(folder / NAME) or _whole_json(folder / BACKUP_NAME)
    except OSError:
        return False
    return found == {**_body(made), "mac": made.seal}


def open_slot(header: Header, secret: str) -> Opened | None:
    """Try every slot with one derivation; ``None`` where the secret opens none.

    Raises :class:`ForeignHeaderError` where a slot opens but what is sealed in it, or the header's own seal, was
    made by somebody without this vault's key.
    """
    root = keys.derive_root(secret, header.salt, header.cost)
    for letter, slot in header.slots.items():
        private = keys.unlock(keys.slot_key(root, letter), slot.identity, _binding(header.vault_id, letter))
        if private is None:
            continue
        identity = Identity.of(private.decode())
        data_keys = tuple(identity.open(sealed) for sealed in slot.data_keys)
        own = identity.open(slot.private_keys)
        whole = tuple(key for key in data_keys if key is not None)
        swapped = (
            identity.recipient != slot.recipient
        )  # the next key of the vault would be sealed to somebody else
        if swapped or own is None or not whole or len(whole) != len(header.databases):
            raise ForeignHeaderError(_SWAPPED)
        if not keys.same(keys.mac(whole[-1], _sealed_part(header)), header.seal):
            raise ForeignHeaderError(_SWAPPED)
        return Opened(letter, whole, PrivateKeys.unpacked(own))
    return None


_SWAPPED = (
    "The vault's header was changed outside CSA Desk, so nothing was opened. "
    "Put back vault.json from a backup of this vault, and tell whoever looks after your data protection."
)


def write_header(folder: Path, header: Header, data_key: bytes) -> Header:
    """Seal and write the header and then its copy. Returns the header as sealed."""
    made = sealed(header, data_key)
    content = _as_bytes(made)
    write_whole(folder / NAME, content)
    write_whole(folder / BACKUP_NAME, content)
    return made


def finish_writing(folder: Path, made: Header) -> None:
    """At opening, with the vault's lock held: what a kill between header and copy left undone is done.

    Only a whole copy that is behind is brought up to date; one that is damaged or missing is for ``vault check`` to
    name. Where the disk does not take it, everything stays as it is.
    """
    try:
        for name in (NAME, BACKUP_NAME):
            (folder / f"{name}.new").unlink(missing_ok=True)
        behind = _whole_json(folder / BACKUP_NAME)
        if behind is None or _whole_json(folder / NAME) != {**_body(made), "mac": made.seal}:
            return
        older = isinstance(behind.get("generation"), int) and behind["generation"] < made.generation
        if older and behind.get("vault_id") == made.vault_id:
            write_whole(folder / BACKUP_NAME, _as_bytes(made))
    except OSError:
        return


def sealed(header: Header, data_key: bytes) -> Header:
    """The header with its seal."""
    return replace(header, seal=keys.mac(data_key, _sealed_part(header)))


def as_file(header: Header) -> bytes:
    """The bytes of the file of a header that has its seal: for a backup."""
    return _as_bytes(header)


def read_header(folder: Path, limits: KdfLimits) -> tuple[Header, bool]:
    """The header, and whether it had to be taken from its copy.

    Raises :class:`NotAVaultError`, :class:`DamagedVaultError`, :class:`NewerVersionError`,
    :class:`ForeignHeaderError` (weakened or absurd cost), :class:`VaultError` where it may not be read.
    """
    try:
        return _read(folder, limits)
    except PermissionError:
        raise VaultError(NOT_ALLOWED) from None


def stands_in(folder: Path, vault_id: str) -> bool:
    """Whether a header of this vault, or its copy, is in the folder."""
    try:
        found = [_whole_json(folder / name) for name in (NAME, BACKUP_NAME)]
    except OSError:
        return False
    return any(content is not None and content.get("vault_id") == vault_id for content in found)


def copy_agrees(folder: Path) -> bool:
    """Whether header and copy are both whole and say the same."""
    first, second = (_whole_json(folder / name) for name in (NAME, BACKUP_NAME))
    return first is not None and first == second


def _read(folder: Path, limits: KdfLimits) -> tuple[Header, bool]:
    if not folder.is_dir() or not any((folder / name).is_file() for name in (NAME, BACKUP_NAME, "case.db")):
        raise NotAVaultError(
            "There is no CSA Desk vault in this folder. Choose the folder that ends in .csadesk."
        )
    found = _whole_json(folder / NAME)
    from_copy = found is None
    if found is None:
        found = _whole_json(folder / BACKUP_NAME)
    if found is None:
        raise DamagedVaultError(
            "The vault's header (vault.json) is missing or damaged, and so is its copy. "
            "Your records are not lost: put back vault.json from a backup of this vault."
        )
    if found.get("format") != FORMAT:
        raise NotAVaultError("The vault.json in this folder does not belong to a CSA Desk vault.")
    version = found.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version > VERSION:
        raise NewerVersionError(
            "A newer version of CSA Desk made this vault. Install that version on this computer to open it."
        )
    header = _parse(found)
    if not limits.allow(header.cost):
        raise ForeignHeaderError(
            "The vault's header asks for a passphrase check that is weaker or heavier than CSA Desk allows, "
            "so nothing was opened. Put back vault.json from a backup of this vault."
        )
    return header, from_copy


def _binding(vault_id: str, letter: str) -> str:
    return f"csa-desk slot {vault_id} {letter}"


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _body(header: Header) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "vault_id": header.vault_id,
        "generation": header.generation,
        "kind": str(header.kind),
        "kdf": {
            "name": "argon2id",
            "salt": _text(header.salt),
            "time": header.cost.time,
            "memory_kib": header.cost.memory_kib,
            "lanes": header.cost.lanes,
        },
        "databases": [salt.hex() for salt in header.databases],
        "slots": {
            letter: {
                "opened_by": slot.opened_by,
                "identity": _text(slot.identity),
                "recipient": slot.recipient,
                "data_keys": [_text(key) for key in slot.data_keys],
                "private_keys": _text(slot.private_keys),
            }
            for letter, slot in header.slots.items()
        },
    }


def _sealed_part(header: Header) -> bytes:
    return _canonical(_body(header))


def _as_bytes(header: Header) -> bytes:
    content = {**_body(header), "mac": header.seal}
    content["checksum"] = hashlib.sha256(_canonical(content)).hexdigest()
    return json.dumps(content, indent=1, sort_keys=True).encode() + b"\n"


def _whole_json(path: Path) -> dict[str, Any] | None:
    """The file's content if it is whole (readable and its checksum right), else ``None``."""
    try:
        if path.stat().st_size > LARGEST_HEADER:
            return None
        found = json.loads(path.read_bytes())
    except PermissionError:
        raise
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    checksum = found.pop("checksum", None)
    return found if checksum == hashlib.sha256(_canonical(found)).hexdigest() else None


def _parse(found: dict[str, Any]) -> Header:
    try:
        kdf = found["kdf"]
        header = Header(
            vault_id=str(uuid.UUID(found["vault_id"])),
            generation=int(found["generation"]),
            kind=VaultKind(found["kind"]),
            cost=KdfParameters(
                time=int(kdf["time"]), memory_kib=int(kdf["memory_kib"]), lanes=int(kdf["lanes"])
            ),
            salt=base64.b64decode(kdf["salt"], validate=True),
            databases=tuple(bytes.fromhex(salt) for salt in found["databases"]),
            slots={
                str(letter): Slot(
                    opened_by=str(slot["opened_by"]),
                    identity=base64.b64decode(slot["identity"], validate=True),
                    recipient=str(slot["recipient"]),
                    data_keys=tuple(base64.b64decode(key, validate=True) for key in slot["data_keys"]),
                    private_keys=base64.b64decode(slot["private_keys"], validate=True),
                )
                for letter, slot in found["slots"].items()
            },
            seal=str(found["mac"]),
        )
        whole = (
            found["version"] == VERSION and kdf["name"] == "argon2id" and len(header.salt) == keys.SALT_BYTES
        )
        if not whole or not set(header.slots) <= set(LETTERS):
            raise ForeignHeaderError(_SWAPPED)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as fault:
        raise ForeignHeaderError(_SWAPPED) from fault
    return header
