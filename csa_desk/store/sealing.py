"""What is sealed into compartments (design §4).

Formats fixed here. An entry has a content key of its own, 256 bits from the system's random source, sealed to its
compartment and, until the entry closes, to its author; these stand in ``wrapped_key``, outside history. Each field is
AES-256-GCM with a fresh nonce in front, bound to record, field and the version it was sealed under, and stands as
base64 in ``SealedEntry.content``.
"""

import base64
import binascii
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace

from csa_desk.errors import SealedError
from csa_desk.records.fields import Value
from csa_desk.records.sealed import SEALED_FIELDS, Compartment, SealedEntry
from csa_desk.store import keys, sealed_drafts, wrapping
from csa_desk.store.check import Finding
from csa_desk.store.compartment_keys import NOT_YOURS, Reader, first_key
from csa_desk.store.reading import Reading
from csa_desk.store.trust import Standing, Trust
from csa_desk.store.vault import OpenVault
from csa_desk.store.writing import Writing

SPOILT = (
    "This cannot be opened: what was sealed was changed or put in another place outside CSA Desk. "
    "Run vault check, and tell whoever looks after your data protection."
)


TAKEN_OUT = "These words were taken out of the record. That they were there, by whom and when, stays."


def seal(
    writing: Writing,
    trust: Trust,
    standing: Standing,
    entry: SealedEntry,
    words: Mapping[str, str],
    moment: str,
) -> SealedEntry:
    """Seal an entry into its compartment and record it. ``words``: every field of the compartment, as text.

    To its author too, unless it is closed to them by now.

    Raises ``ValueError`` for fields the compartment does not have.
    """
    version = standing.current
    if version is None:
        raise ValueError("a compartment is founded before anything is sealed into it")
    if set(words) != set(SEALED_FIELDS[standing.name]):
        raise ValueError("these are not the fields of the compartment")
    key = os.urandom(keys.KEY_BYTES)
    content: dict[str, Value] = {
        name: base64.b64encode(keys.lock(key, _bytes(text), _binding(entry.id, name, version.id))).decode()
        for name, text in words.items()
    }
    made = replace(entry, case=standing.case, name=standing.name, compartment=version.id, content=content)
    writing.put(made, "sealed")
    wrapping.put(writing, made.id, version.recipient, key.hex())
    if made.author in trust.people and not is_closed(made, moment):
        wrapping.put(writing, made.id, trust.people[made.author], key.hex())
    return made


def _bytes(text: str) -> bytes:
    """As every text of the vault: lone halves of a character become the replacement character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _binding(entry: str, name: str, version: str) -> str:
    return f"csa-desk sealed {entry} {name} {version}"


def open_entry(
    reading: Reading, reader: Reader, standing: Standing, entry: SealedEntry, moment: str
) -> dict[str, str]:
    """The words of an entry, by field.

    Raises :class:`SealedError`: it is not this reader's to open, or it was tampered with.
    """
    key = key_of(reading, reader, standing, entry, moment)
    if key is None:
        raise SealedError(NOT_YOURS)
    return unsealed(entry, key)


def key_of(
    reading: Reading, reader: Reader, standing: Standing, entry: SealedEntry, moment: str
) -> str | None:
    """The content key, by the compartment or, until the entry closes, as its author."""
    found = first_key(reading, entry.id, reader.halves(reading, standing))
    if found is None and entry.author == reader.practitioner and not is_closed(entry, moment):
        found = first_key(reading, entry.id, reader.identities)
    return found


def is_closed(entry: SealedEntry, moment: str) -> bool:
    """Whether the author can no longer open it as its author."""
    return bool(entry.closes) and entry.closes <= moment


def unsealed(entry: SealedEntry, key: str) -> dict[str, str]:
    """Every field of an entry, opened with its content key. Raises :class:`SealedError`."""
    content = entry.content if isinstance(entry.content, dict) else {}
    if not content:
        raise SealedError(TAKEN_OUT)
    if set(content) != set(SEALED_FIELDS.get(entry.name, ())):
        raise SealedError(SPOILT)
    words: dict[str, str] = {}
    for name, sealed in content.items():
        try:
            plain = keys.unlock(
                bytes.fromhex(key),
                base64.b64decode(str(sealed), validate=True),
                _binding(entry.id, name, entry.compartment),
            )
            words[name] = plain.decode() if plain is not None else ""
        except (ValueError, binascii.Error):
            plain = None
        if plain is None:
            raise SealedError(SPOILT)
    return words


def close_due(writing: Writing, moment: str) -> int:
    """Entries that closed: their content keys go from their authors. How many."""
    due = wrapping.closed(writing, moment)
    for entry, recipient in due:
        wrapping.drop(writing, entry, recipient)
    return len(due)


def reader_of(vault: OpenVault) -> Reader:
    """The practitioner at work, as one who opens; with the keys they had before, for what is still sealed to those."""
    own = vault.opened.own
    return Reader(own.practitioner, (own.identity, *(known.identity for known in own.earlier)))


def verify_held(vault: OpenVault) -> Iterator[Finding]:
    """Try every sealed value the practitioner at work holds or wrote, for ``vault check --deep``. Reads only."""
    reading, reader, moment = vault.whole, reader_of(vault), vault.clock.moment()
    trust = Trust(reading)
    entries: dict[tuple[str, str], list[SealedEntry]] = {}
    known: dict[tuple[str, str], list[str]] = {}
    for entry in reading.find(SealedEntry, removed=True):
        entries.setdefault((entry.case, entry.name), []).append(entry)
    for version in reading.find(Compartment, removed=True):
        known.setdefault((version.case, version.name), []).append(version.id)
    for case, name in sorted(entries.keys() | known.keys()):
        standing = trust.standing(case, name)
        for number in set(known.get((case, name), [])) - {version.id for version in standing.versions}:
            yield Finding(
                "sealed-key",
                f"A key of a sealed compartment ({number[:8]}) was put in by somebody who does not hold it. "
                "Nothing is sealed to it. Tell whoever looks after your data protection.",
            )
        halves = reader.halves(reading, standing)
        current = standing.current
        held = reader.practitioner in standing.holders
        if held and (current is None or reader.private_half(reading, current) is None):
            yield Finding(
                "sealed-holder",
                f"You hold a sealed compartment of the case {case[:8]}, but its key was taken away or changed. "
                "Ask another holder to unlock the vault, or use the service’s recovery shares.",
            )
        for entry in entries.get((case, name), []):
            mine = entry.author == reader.practitioner and not is_closed(entry, moment)
            if (halves or mine) and not _opens(reading, reader, standing, entry, moment):
                yield Finding(
                    "sealed",
                    f"A sealed entry ({entry.id[:8]}) cannot be opened: it or its key was changed, swapped or taken "
                    "out outside CSA Desk. Restore a backup beside this vault and look there.",
                )
    for kept in sealed_drafts.kept(reading):
        own = kept.author == reader.practitioner
        if own and sealed_drafts.opened(kept.sealed, reader.identities) is None:
            yield Finding(
                "sealed-draft", "Something sealed that you had half written cannot be opened any more."
            )


def _opens(reading: Reading, reader: Reader, standing: Standing, entry: SealedEntry, moment: str) -> bool:
    if not entry.content:
        return True  # struck or erased: nothing is left to open
    key = key_of(reading, reader, standing, entry, moment)
    try:
        return key is not None and bool(unsealed(entry, key))
    except SealedError:
        return False
