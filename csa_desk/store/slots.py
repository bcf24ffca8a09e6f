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
from csa_desk.store.vouching import Way
from csa_desk.store.writing import Writing

PASSPHRASE, SHEET, SHARES = "passphrase", "sheet", "shares"
WAYS = {PASSPHRASE: "passphrase", SHEET: "recovery sheet", SHARES: "service recovery shares"}
"""What opens a slot, in words."""
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


def rightful(vault: OpenVault, without: str = "") -> dict[str, Slot]:
    """The header's slots that history knows: entered by whose they are, or by somebody who looks after the vault.

    Whoever holds the data key can write a slot of their own into the header, or put their own public half into that of
    somebody else: neither is among them. The one that was come in by is, whatever became of history: nobody locks
    themself out. ``without``: a practitioner who is being taken away; whoever has left is left out too.
    """
    with plain_words():
        who = signed.known(vault.whole.raw)
    gone = {without, *who.left} - {""}
    return {
        letter: slot
        for letter, slot in vault.header.slots.items()
        if letter == vault.opened.letter
        or ((way := who.ways.get(letter)) is not None and way.practitioner not in gone and fits(way, slot))
    }


def fits(way: Way, slot: Slot) -> bool:
    """Whether what stands in the header is what was entered."""
    return way.opened_by == slot.opened_by and way.recipient in ("", slot.recipient)


def unknown_ways(vault: OpenVault) -> list[Way]:
    """Ways in that were entered and of which the header holds nothing, or something else, by people still here."""
    with plain_words():
        who = signed.known(vault.whole.raw)
    return [
        way
        for letter, way in who.ways.items()
        if way.practitioner not in who.left
        and ((slot := vault.header.slots.get(letter)) is None or not fits(way, slot))
    ]


def without_a_way(vault: OpenVault) -> list[str]:
    """Names of practitioners who have keys and have not left, and whom no slot of the header lets in."""
    raw = vault.whole.raw
    with plain_words():
        present = signed.known(raw).people()
    found = (vault.whole.get(own.Practitioner, who) for who in present if not letters_of(vault, who))
    return [one.name or "a practitioner" for one in found if one is not None and one.id != vault.practitioner]


def enter_own_way(vault: OpenVault) -> bool:
    """Enter the slot one came in by where history does not know it so; True if it was needed.

    A kill between the header and this leaves it to the next unlocking.
    """
    person = vault.whole.get(own.Practitioner, vault.practitioner)
    if person is None or person.left_on or is_entered(vault, vault.opened.letter, vault.practitioner):
        return False
    with vault.write() as writing:
        enter_slot(writing, vault.opened.letter, vault.header.slots[vault.opened.letter], vault.practitioner)
    return True


def is_entered(vault: OpenVault, letter: str, practitioner: str) -> bool:
    """Whether history holds the slot of this letter as it stands in the header, and as theirs."""
    slot = vault.header.slots.get(letter)
    with plain_words():
        way = signed.known(vault.whole.raw).ways.get(letter)
    return slot is None or (way is not None and way.practitioner == practitioner and fits(way, slot))


def enter_public_halves(vault: OpenVault) -> bool:
    """Entries of schema 2 get the public half that stands in the header: one's own, and everybody's by who administers.

    It is trusted as found, once, when a vault is first opened with a version that records it. True if any was due.
    """
    if not any(slot.letter in vault.header.slots for slot in vault.whole.find(own.Slot, recipient="")):
        return False
    with plain_words():
        who = signed.known(vault.whole.raw)
    me = vault.practitioner
    with vault.write() as writing:
        for known in writing.find(own.Slot, recipient=""):
            way, slot = who.ways.get(known.letter), vault.header.slots.get(known.letter)
            mine = known.practitioner == me or me in who.administrators
            if mine and slot is not None and way is not None and way.record == known.id and fits(way, slot):
                writing.remove(known, "changed")
                writing.put(replace(known, id=new_id(), recipient=slot.recipient), "changed")
    return True


def free_letter(vault: OpenVault, slots: Mapping[str, Slot]) -> str:
    """A letter that neither these slots nor an entry of history has. Raises :class:`VaultError` where all are taken."""
    return header.free_letter(
        {*slots, *vault.header.slots, *(slot.letter for slot in vault.whole.find(own.Slot))}
    )


def new_slot(vault: OpenVault, letter: str, opened_by: str, root: bytes, private: PrivateKeys) -> Slot:
    """A slot for these keys and this secret."""
    return header.make_slot(vault.header, letter, opened_by, root, vault.opened.data_keys, private)


def set_way(vault: OpenVault, opened_by: str, root: bytes) -> None:
    """Seal one's own keys under another secret: a new passphrase, a new sheet. The old one opens nothing any more."""
    letter = letters_of(vault, vault.practitioner).get(opened_by, "")
    fresh = letter or free_letter(vault, {})
    slot = new_slot(vault, fresh, opened_by, root, vault.opened.own)
    change_header(vault, {**vault.header.slots, fresh: slot}, f"{opened_by} changed")
    with vault.write() as writing:
        enter_slot(writing, fresh, slot, vault.practitioner)


def enter_slot(writing: Writing, letter: str, slot: Slot, practitioner: str) -> None:
    """Record whose the slot of a letter is now. What was recorded and proved of it before no longer holds.

    Nobody has two ways in of one kind: an earlier one of theirs is taken back, too.
    """
    earlier = writing.find(own.Slot, practitioner=practitioner, opened_by=slot.opened_by)
    for known in {item.id: item for item in (*writing.find(own.Slot, letter=letter), *earlier)}.values():
        writing.remove(known, "changed")
    for proof in writing.find(own.RecoveryProof, letter=letter):
        writing.remove(proof, "changed")
    writing.put(
        own.Slot(
            id=new_id(),
            letter=letter,
            practitioner=practitioner,
            opened_by=slot.opened_by,
            recipient=slot.recipient,
        ),
        "created",
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
    made: dict[str, Slot] = {}
    for opened_by, root in roots.items():
        letter = free_letter(vault, made)
        made[letter] = new_slot(vault, letter, opened_by, root, private)
    entry = key_entry(vault, private)
    with vault.write() as writing:
        writing.put(who, "created")
        writing.put(entry, "created")
        for letter, slot in made.items():
            enter_slot(writing, letter, slot, who.id)
    try:
        change_header(vault, {**vault.header.slots, **made}, "practitioner added")
    except VaultError:
        with vault.write() as writing:
            writing.remove(replace(entry, until=vault.clock.moment()), "taken-back")
            writing.remove(replace(who, left_on=vault.clock.today().isoformat()), "taken-back")
            for entered in writing.find(own.Slot, practitioner=who.id):
                writing.remove(entered, "taken-back")
        raise


def take_away(vault: OpenVault, practitioner: str) -> None:
    """A practitioner's ways in go at once, and their keys end. The data key is still to be changed: see rotating."""
    mine = set(letters_of(vault, practitioner).values())
    kept = rightful(vault, without=practitioner)
    change_header(
        vault, {letter: slot for letter, slot in kept.items() if letter not in mine}, "practitioner removed"
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
        letter = letters.get(opened_by) or free_letter(vault, slots)
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
                slot = vault.header.slots.get(way.letter)
                if slot is not None:
                    enter_slot(writing, way.letter, slot, private.practitioner)
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
