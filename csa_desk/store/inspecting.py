"""What protects an open vault, read from the vault itself: for whoever holds SECURITY.md against it.

Every value is asked of the running connection, the header or a key in hand, not repeated from a document.
"""

import json
import platform
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from csa_desk.store import keys, manifest, revisions, schema, shares, sheet
from csa_desk.store.header import BACKUP_NAME, NAME
from csa_desk.store.keys import KdfParameters
from csa_desk.store.vault import DATABASE, LOCK, OpenVault

LIBRARIES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "sqlcipher3",
    "cryptography",
    "pyrage",
    "shamir-mnemonic",
    "reportlab",
)
_OTHERS = 0o077  # rights of anybody but the owner

_SETTINGS = (
    "cipher", "cipher_page_size", "cipher_use_hmac", "cipher_hmac_algorithm", "journal_mode", "synchronous",
    "foreign_keys", "recursive_triggers", "secure_delete", "temp_store", "trusted_schema", "cell_size_check",
    "mmap_size", "cipher_memory_security",
)  # fmt: skip


def kdf_words(cost: KdfParameters) -> str:
    """``Argon2id, 256 MiB, 3 passes, 4 lanes``."""
    size = f"{cost.memory_kib // 1024} MiB" if cost.memory_kib >= 1024 else f"{cost.memory_kib} KiB"
    passes = "1 pass" if cost.time == 1 else f"{cost.time} passes"
    return f"Argon2id, {size}, {passes}, {'1 lane' if cost.lanes == 1 else f'{cost.lanes} lanes'}"


def protection(vault: OpenVault) -> dict[str, str]:
    """What is protected → by what, as it is in force in this vault now."""
    said = connection_settings(vault)
    own = vault.opened.own
    signature = bytes(own.signer.loaded().sign(b""))
    slot = vault.header.slots[vault.opened.letter]
    return {
        "Passphrase to root key": kdf_words(vault.header.cost),
        "Root key to slot key": f"HKDF-SHA256, {8 * len(keys.expand(bytes(keys.KEY_BYTES), 'look'))} bits",
        "Private key of a slot": f"AES-256-GCM, {8 * keys.NONCE_BYTES}-bit nonce, bound to vault and slot",
        "Data key and own keys in a slot": _sealed_with(slot.recipient),
        "Data key": f"{8 * len(vault.opened.data_keys[0])} random bits",
        "Seal of the header": f"HMAC-SHA256, {4 * len(vault.header.seal)} bits",
        "Database": f"SQLCipher, {said['cipher']}, pages of {said['cipher_page_size']} bytes",
        "Seal of each page": said["cipher_hmac_algorithm"].replace("_", "-"),
        "Signature of each change": f"Ed25519, {8 * len(signature)} bits",
        "Fingerprint of each change and value": f"SHA-256, {8 * revisions.SALT_BYTES}-bit salt for each value",
        "Sealed notes": f"AES-256-GCM, a {8 * keys.KEY_BYTES}-bit key for each, sealed with age to each holder",
        "Recovery sheet": f"{sheet.WORDS_ON_SHEET} words, {sheet.SECRET_BITS} random bits",
        "Service recovery": f"SLIP-39, {shares.NEEDED} of {shares.MADE} shares of {shares.WORDS_ON_SHARE} words",
        "Archive": "age, passphrase (scrypt)",
    }


def _sealed_with(recipient: str) -> str:
    """How something is sealed to a recipient, by how it begins."""
    return "age, X25519" if recipient.startswith("age1") else "not known"


def connection_settings(vault: OpenVault) -> dict[str, str]:
    """The settings of the connection that reads and writes, as it answers them itself."""
    raw = vault.writing_connection()
    return {name: str(_answer(raw, name)) for name in _SETTINGS}


def _answer(raw: Any, name: str) -> Any:
    row = raw.execute(f"PRAGMA {name}").fetchone()
    return row[0] if row is not None else "not told"


def slot_counts(vault: OpenVault) -> dict[str, int]:
    """How many slots the header has, by what opens them."""
    found: dict[str, int] = {}
    for slot in vault.header.slots.values():
        found[slot.opened_by] = found.get(slot.opened_by, 0) + 1
    return dict(sorted(found.items()))


def versions(vault: OpenVault | None = None) -> dict[str, str]:
    """Python, libraries, SQLite and SQLCipher, and the schema this program writes."""
    raw = vault.writing_connection() if vault is not None else dbapi2.connect(":memory:")
    try:
        found = {"Python": platform.python_version()}
        for name in LIBRARIES:
            found[name] = _version(name)
        found["SQLite"] = str(raw.execute("SELECT sqlite_version()").fetchone()[0])
        found["SQLCipher"] = str(_answer(raw, "cipher_version"))
        found["Encryption provider"] = str(_answer(raw, "cipher_provider_version"))
        found["Schema of the vault"] = str(schema.VERSION)
        return found
    finally:
        if vault is None:
            raw.close()


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


@dataclass(frozen=True, slots=True)
class Written:
    """A file or folder the program wrote: what for, bytes in it, and whether others of this computer may read it."""

    path: Path
    what: str
    size: int
    others_read: bool


def files_of_vault(folder: Path) -> list[Written]:
    """Everything in the vault's folder, each thing once; what is not of this program is named so."""
    known = {
        NAME: "header: sealed keys, nothing personal",
        BACKUP_NAME: "copy of the header",
        DATABASE: "the database, encrypted",
        f"{DATABASE}-journal": "what a change can be undone from, encrypted",
        f"{DATABASE}.new": "the database under a new key, encrypted",
        LOCK: "says that the vault is open, empty",
        manifest.BACKUPS: "backups, encrypted",
    }
    return [_written(path, known.get(path.name, "not written by CSA Desk")) for path in _inside(folder)]


def files_of_computer(local_data: Path) -> list[Written]:
    """Everything the program keeps on this computer outside vaults."""
    found = []
    for path in _inside(local_data):
        if path.is_dir():
            found += [_written(inner, _kept_what(inner)) for inner in _inside(path)]
        else:
            found.append(_written(path, _kept_what(path)))
    return found


def _kept_what(path: Path) -> str:
    if path.name == "settings.json":
        return "look, minutes until it locks, folders of vaults"
    if path.name.startswith("faults."):
        return "faults of the program: times and places in its code, nothing typed"
    ends = {
        ".stash": "words a full disk could not take, sealed to who typed them",
        ".lock": "says that a vault is open here, empty",
        ".json": "which copies of a vault are written here, and where its second folder is",
    }
    return ends.get(path.suffix, "not known")


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _written(path: Path, what: str) -> Written:
    try:
        state = path.stat()
    except OSError:
        return Written(path, what, 0, others_read=False)
    size = (
        sum(item.stat().st_size for item in path.rglob("*") if item.is_file())
        if path.is_dir()
        else state.st_size
    )
    return Written(path, what, size, bool(state.st_mode & _OTHERS))


@dataclass(frozen=True, slots=True)
class KnownVault:
    """A vault that was opened on this computer: its id, the folders it was last written in, changes written here."""

    vault_id: str
    folders: tuple[str, ...]
    changes: int


def known_vaults(local_data: Path) -> list[KnownVault]:
    """Every vault this computer's marker knows."""
    found = []
    for path in _inside(local_data / "vaults"):
        if path.suffix != ".json" or "." in path.stem:
            continue
        try:
            heads = json.loads(path.read_bytes())["replicas"].values()
            folders = tuple(dict.fromkeys(str(head["folder"]) for head in heads))
            found.append(KnownVault(path.stem, folders, sum(int(head["count"]) for head in heads)))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            found.append(KnownVault(path.stem, (), 0))
    return found
