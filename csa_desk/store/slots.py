"""Ways into a vault after it was founded: added, sealed anew, taken away (design §4).

What is slow (one derivation) stands in functions that touch the header alone and may run on any thread; what changes
the vault is quick. Sealing to a slot needs its public half only, and the header's seal was checked at unlocking.

Order, so that a kill leaves a vault that opens: the header rises by one generation first, then the database remembers
it; a header that is newer than its database is accepted, an older one is refused.
"""

from collections.abc import Mapping
from dataclasses import replace

from csa_desk.errors import ForeignHeaderError, RefusedError, VaultError
from csa_desk.records import vault as own
from csa_desk.records.ids import new_id
from csa_desk.store import header, keys, signed, wrapping
from csa_desk.store.engine import FULL_OR_LOCKED, plain_words
from csa_desk.store.header import Header, Slot
from csa_desk.store.keys import PrivateKeys
from csa_desk.store.vault import OpenVault
from csa_desk.store.writing import Writing

PASSPHRASE, SHEET, SHARES = "passphrase", "sheet", "shares"
ROTATION_DUE = "rotation_due"
"""A name in ``about``: a practitioner was taken away and the data key is still to be changed."""

_TAKEN = "This passphrase cannot be used in this vault. Choose another one, best five words drawn by chance."
_SAME = "This is the passphrase you have now. Choose another one."
_CHANGED_OUTSIDE = (
    "The vault's header (vault.json) was changed outside CSA Desk while the vault was open. Nothing was done. "
    "Lock the vault, put back vault.json from a backup, and tell whoever looks after your data protection."
)


def derive_new(made: Header, secret: str, own_letters: frozenset[str] = frozenset()) -> bytes:
    """What a new secret gives (slow). Raises :class:`RefusedError` where it opens a slot already; says not whose."""
    root = keys.derive_root(secret, made.salt, made.cost)
    letter = header.opened_by_root(made, root)
    if letter:
        raise RefusedError(_SAME if letter in own_letters else _TAKEN)
    return root


def opens(made: Header, secret: str) -> str:
    """The letter of the slot a secret opens (slow); empty where none."""
    return header.opened_by_root(made, keys.derive_root(secret, made.salt, made.cost))


def letters_of(vault: OpenVault, practitioner: str) -> dict[str, str]:
    """A practitioner's ways in: what opens it → letter."""
    return {
        slot.opened_by: slot.letter
        for slot in vault.whole.find(own.Slot, practitioner=practitioner)
        if slot.letter in vault.header.slots
    }


def rightful(vault: OpenVault) -> dict[str, Slot]:
    """The header's slots that history knows: entered by whose they are, or by somebody who looks after the vault.

    Whoever holds the data key can write a slot of their own into the header; it is not among them. The one that was
    come in by is, whatever became of history: nobody locks themself out.
    """
    raw = vault.whole.raw
    with plain_words():
        who = signed.known(raw)
        held: dict[str, tuple[str, str]] = {}
        for row in signed.signed_revisions(raw, who.keys, "scope = 'vault' AND kind = ?", own.Slot.KIND):
            said = (str(row.values.get("letter", "")), str(row.values.get("practitioner", "")))
            letter, whose = held.get(row.record, said)
            if row.practitioner != whose and row.practitioner not in who.administered:
                continue
            if row.values.get("removed") is True:
                held.pop(row.record, None)
            else:
                held[row.record] = (letter, whose)
    letters = {vault.opened.letter, *(letter for letter, _ in held.values())}
    return {letter: slot for letter, slot in vault.header.slots.items() if letter in letters}


def without_a_way(vault: OpenVault) -> list[str]:
    """Names of practitioners who have keys and have not left, and whom no slot of the header lets in."""
    raw = vault.whole.raw
    with plain_words():
        present = signed.known(raw).people()
    found = (vault.whole.get(own.Practitioner, who) for who in present if not letters_of(vault, who))
    return [one.name or "a practitioner" for one in found if one is not None and one.id != vault.practitioner]


def enter_own_way(vault: OpenVault) -> bool:
    """Enter the slot one came in by where history does not know it; True if it was needed.

    A kill between the header and this leaves it to the next unlocking.
    """
    letter = vault.opened.letter
    if letter in letters_of(vault, vault.practitioner).values() or letter not in vault.header.slots:
        return False
    person = vault.whole.get(own.Practitioner, vault.practitioner)
    if person is None or person.left_on:
        return False
    with vault.write() as writing:
        enter_slot(vault, writing, letter, vault.header.slots[letter].opened_by, vault.practitioner)
    return True


def new_slot(vault: OpenVault, letter: str, opened_by: str, root: bytes, private: PrivateKeys) -> Slot:
    """A slot for these keys and this secret."""
    return header.make_slot(vault.header, letter, opened_by, root, vault.opened.data_keys, private)


def set_way(vault: OpenVault, opened_by: str, root: bytes) -> None:
    """Seal one's own keys under another secret: a new passphrase, a new sheet. The old one opens nothing any more."""
    letter = letters_of(vault, vault.practitioner).get(opened_by, "")
    fresh = letter or header.free_letter(vault.header)
    slot = new_slot(vault, fresh, opened_by, root, vault.opened.own)
    change_header(vault, {**vault.header.slots, fresh: slot}, f"{opened_by} changed")
    with vault.write() as writing:
        enter_slot(vault, writing, fresh, opened_by, vault.practitioner)


def enter_slot(vault: OpenVault, writing: Writing, letter: str, opened_by: str, practitioner: str) -> None:
    """Record whose the slot of a letter is now. What was recorded and proved of it before no longer holds."""
    for known in writing.find(own.Slot, letter=letter):
        writing.remove(known, "changed")
    for proof in writing.find(own.RecoveryProof, letter=letter):
        writing.remove(proof, "changed")
    writing.put(
        own.Slot(id=new_id(), letter=letter, practitioner=practitioner, opened_by=opened_by), "created"
    )


def key_entry(vault: OpenVault, private: PrivateKeys) -> own.PractitionerKey:
    """The entry of a practitioner's public keys, from now on."""
    return own.PractitionerKey(
        id=new_id(),
        practitioner=private.practitioner,
        sign_key=private.signer.public_hex,
        recipient=private.identity.recipient,
        since=vault.clock.moment(),
    )


def add(vault: OpenVault, who: own.Practitioner, roots: Mapping[str, bytes]) -> None:
    """A further practitioner with keys of their own; whoever is at work signs the entry.

    ``roots``: what opens a way in → what was derived from its secret.
    """
    private = PrivateKeys.new(who.id)
    slots, made = dict(vault.header.slots), {}
    for opened_by, root in roots.items():
        letter = header.free_letter(replace(vault.header, slots=slots))
        slots[letter] = new_slot(vault, letter, opened_by, root, private)
        made[opened_by] = letter
    entry = key_entry(vault, private)
    with vault.write() as writing:
        writing.put(who, "created")
        writing.put(entry, "created")
        for opened_by, letter in made.items():
            enter_slot(vault, writing, letter, opened_by, who.id)
    try:
        change_header(vault, slots, "practitioner added")
    except VaultError:
        with vault.write() as writing:
            writing.remove(replace(entry, until=vault.clock.moment()), "taken-back")
            writing.remove(replace(who, left_on=vault.clock.today().isoformat()), "taken-back")
            for slot in writing.find(own.Slot, practitioner=who.id):
                writing.remove(slot, "taken-back")
        raise


def take_away(vault: OpenVault, practitioner: str) -> None:
    """A practitioner's ways in go at once, and their keys end. The data key is still to be changed: see rotating."""
    mine = set(letters_of(vault, practitioner).values())
    change_header(
        vault,
        {letter: slot for letter, slot in rightful(vault).items() if letter not in mine},
        "practitioner removed",
    )
    with vault.write() as writing:
        who = writing.get(own.Practitioner, practitioner)
        if who is not None:
            writing.put(replace(who, left_on=vault.clock.today().isoformat()), "left")
        for entry in writing.find(own.PractitionerKey, practitioner=practitioner):
            if not entry.until:
                writing.put(replace(entry, until=vault.clock.moment()), "left")
        for slot in writing.find(own.Slot, practitioner=practitioner):
            writing.remove(slot, "left")
        writing.raw.execute("INSERT OR REPLACE INTO about(name, value) VALUES (?, ?)", (ROTATION_DUE, "yes"))


def renewed(vault: OpenVault, roots: Mapping[str, bytes]) -> tuple[PrivateKeys, dict[str, Slot]]:
    """Own keys made anew, and the vault's slots with one's own in new identities, for the rotation that follows."""
    private = vault.opened.own.renewed()
    letters = letters_of(vault, vault.practitioner)
    slots = {letter: slot for letter, slot in rightful(vault).items() if letter not in letters.values()}
    for opened_by, root in roots.items():
        letter = letters.get(opened_by) or header.free_letter(
            replace(vault.header, slots={**vault.header.slots, **slots})
        )
        slots[letter] = new_slot(vault, letter, opened_by, root, private)
    return private, slots


def enter_own_keys(vault: OpenVault) -> bool:
    """Enter keys that the slot holds and history does not know yet, signed by the ones before; True if it was needed.

    A kill between a renewal's header and this leaves it to the next unlocking.
    """
    private = vault.opened.own
    entries = vault.whole.find(own.PractitionerKey, practitioner=private.practitioner)
    known = {entry.sign_key for entry in entries}
    before = next((one for one in private.earlier if one.signer.public_hex in known), None)
    if private.signer.public_hex in known or before is None:
        return False
    vault.sign_with(before)
    try:
        with vault.write() as writing:
            for entry in entries:
                if not entry.until:
                    writing.put(replace(entry, until=vault.clock.moment()), "renewed")
            writing.put(key_entry(vault, private), "renewed")
            wrapping.pass_on(writing, before.identity, before.identity.recipient, private.identity.recipient)
            for way in writing.find(own.Slot, practitioner=private.practitioner):
                if way.letter in vault.header.slots:
                    enter_slot(vault, writing, way.letter, way.opened_by, private.practitioner)
                else:
                    writing.remove(way, "renewed")
            writing.log_access("keys-renewed", "vault")
    finally:
        vault.sign_with(private)
    return True


def rotation_due(vault: OpenVault) -> bool:
    """Whether somebody was taken away and the data key was not changed since."""
    found = vault.whole.raw.execute("SELECT 1 FROM about WHERE name = ?", (ROTATION_DUE,)).fetchone()
    return found is not None


def change_header(vault: OpenVault, slots: dict[str, Slot], detail: str) -> None:
    """Write the header with these slots, one generation up, and let the database remember it.

    Raises :class:`VaultError` where it cannot be written, :class:`ForeignHeaderError` where somebody changed it
    meanwhile; then the vault goes on as before.
    """
    if vault.read_only:
        raise VaultError("This vault is open for reading only, so nothing of it can be changed here.")
    hold_to_disk(vault)
    wanted = replace(vault.header, slots=slots, generation=vault.header.generation + 1)
    try:
        vault.header = header.write_header(vault.folder, wanted, vault.opened.data_keys[-1])
    except OSError:
        raise VaultError(FULL_OR_LOCKED) from None
    with vault.write() as writing:
        writing.accept_generation(vault.header.generation, detail)


def hold_to_disk(vault: OpenVault) -> None:
    """Raise :class:`ForeignHeaderError` unless the header on disk is the one whose seal was checked at unlocking."""
    if not header.is_on_disk(vault.folder, vault.header):
        raise ForeignHeaderError(_CHANGED_OUTSIDE)
