"""The way back in: service recovery by two of three shares, rehearsals, and who is told (design §4).

The shares open the data key and the service's recovery key, and no practitioner's. With them one can only add a
practitioner or give one new keys; the new key signs its own entry and the service's key vouches for it (the rule
stands in :mod:`store.vouching`). It is logged and every practitioner is told at their next unlock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from csa_desk.errors import RefusedError, VaultError, WrongPassphraseError
from csa_desk.records import vault as own
from csa_desk.records.dates import spoken
from csa_desk.records.ids import new_id
from csa_desk.store import handing_on, header, slots, wrapping
from csa_desk.store.header import Header, Opened
from csa_desk.store.keys import PrivateKeys
from csa_desk.store.reading import Reading
from csa_desk.store.shares import NewShares, read_shares
from csa_desk.store.sheet import WORDS_ON_SHEET, read_sheet, words_in
from csa_desk.store.vault import Notice, OpenVault
from csa_desk.store.vouching import vouch

SHEET, SHARES = slots.SHEET, slots.SHARES

_OTHER_SHEET = (
    "The words are right, but this recovery sheet belongs to another vault, or a newer sheet was made since."
)
_NOT_YOURS = (
    "These words are right, but they are not your own recovery sheet. Give the sheet to whom it belongs."
)
_OTHER_SHARES = (
    "The words are right, but these shares belong to another vault, or newer shares were made since."
)


# --- making the service's shares ------------------------------------------------------------------------------


def make_shares(vault: OpenVault, made: NewShares, root: bytes) -> None:
    """Give the service a new recovery key whose private half two of these shares open.

    ``root`` is what was derived from their secret. Older shares open nothing any more.
    """
    service = PrivateKeys.new("")
    before = service_slot(vault.header)
    letter = before or header.free_letter(vault.header)
    entry = own.ServiceKey(
        id=new_id(),
        recipient=service.identity.recipient,
        sign_key=service.signer.public_hex,
        letter=letter,
        since=vault.clock.moment(),
    )
    slot = slots.new_slot(vault, letter, SHARES, root, service)
    slots.change_header(vault, {**vault.header.slots, letter: slot}, "service shares made")
    with vault.write() as writing:
        for known in writing.find(own.ServiceKey):
            writing.remove(known, "changed")
        slots.enter_slot(vault, writing, letter, SHARES, "")
        writing.put(entry, "created")


def service_slot(made: Header) -> str:
    """The letter of the service's slot; empty where no shares were made."""
    return next((letter for letter, slot in made.slots.items() if slot.opened_by == SHARES), "")


# --- opening --------------------------------------------------------------------------------------------------


def read_one_sheet(typed: str) -> str:
    """The secret of a sheet as typed or from its file. Raises :class:`WrongPassphraseError`, naming a mistyped word."""
    found = read_sheet(typed)
    if found.secret:
        return found.secret
    if found.wrong_place:
        raise WrongPassphraseError(
            f"Word {found.wrong_place} on the recovery sheet was mistyped: it should be “{found.meant}”."
        )
    number = len(words_in(typed))
    if number != WORDS_ON_SHEET:
        raise WrongPassphraseError(
            f"A recovery sheet has {WORDS_ON_SHEET} words; there are {number} here. Look for one left out or twice."
        )
    raise WrongPassphraseError(
        "More than one word of the recovery sheet is wrong. Compare each word with the paper."
    )


def open_with_sheet(made: Header, typed: str) -> Opened:
    """What a sheet opens (slow). Raises :class:`WrongPassphraseError`."""
    opened = header.open_slot(made, read_one_sheet(typed))
    if opened is None or not opened.own.practitioner:
        raise WrongPassphraseError(_OTHER_SHEET)
    return opened


def open_with_shares(made: Header, typed: list[str]) -> Opened:
    """What two shares open (slow). Raises :class:`InputError`, :class:`WrongPassphraseError`."""
    secret = read_shares(typed)
    if not service_slot(made):
        raise WrongPassphraseError(
            "No service shares were made for this vault, so these belong to another one."
        )
    opened = header.open_slot(made, secret)
    if opened is None or opened.own.practitioner:
        raise WrongPassphraseError(_OTHER_SHARES)
    return opened


# --- rehearsing -----------------------------------------------------------------------------------------------


def rehearse_sheet(made: Header, practitioner: str, typed: str) -> str:
    """The letter of one's own slot that a sheet opens (slow); nothing is changed. Raises where it does not."""
    opened = open_with_sheet(made, typed)
    if opened.own.practitioner != practitioner:
        raise WrongPassphraseError(_NOT_YOURS)
    return opened.letter


def rehearse_shares(made: Header, typed: list[str]) -> str:
    """The letter of the service's slot that two shares open (slow); nothing is changed. Raises where they do not."""
    return open_with_shares(made, typed).letter


# --- coming back by shares ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be given new keys."""

    id: str
    name: str
    profession: str
    administrator: bool


class ServiceEntry:
    """A vault opened by two shares. It can say who works in it, and bring one practitioner back; nothing else."""

    def __init__(self, vault: OpenVault) -> None:
        if vault.practitioner:
            raise RefusedError("This vault was not opened with the service's shares.")
        self._vault = vault

    @property
    def made(self) -> Header:
        """The header, for deriving a new secret."""
        return self._vault.header

    def people(self) -> list[Person]:
        """Everybody who has not left."""
        found = self._vault.whole.find(own.Practitioner)
        return [
            Person(item.id, item.name, item.profession, item.administrator)
            for item in found
            if not item.left_on
        ]

    def known_names(self) -> list[str]:
        """Names that make a weak passphrase."""
        services = [item.name for item in self._vault.whole.find(own.OwnService)]
        return [*(item.name for item in self.people()), *services, self._vault.folder.stem]

    def bring_back(
        self, who: str, roots: Mapping[str, bytes], *, new: own.Practitioner | None = None
    ) -> None:
        """Give a practitioner new keys and new ways in; ``new`` is somebody who is not in the vault yet.

        Their older ways in open nothing any more. What was sealed to them in compartments is passed on to the new key
        through the service's. Afterwards the vault can only be closed.
        """
        vault, service = self._vault, self._vault.opened.own
        if vault.read_only:
            raise VaultError("This vault is open for reading only, so nobody can be brought back here.")
        person = new if new is not None else vault.whole.get(own.Practitioner, who)
        if person is None or (new is None and person.left_on):
            raise RefusedError("This practitioner is not in the vault any more. Add them anew.")
        entries = vault.whole.find(own.ServiceKey)
        known = next((one for one in entries if one.sign_key == service.signer.public_hex), None)
        if known is None:
            raise VaultError(
                "The service's recovery key is not the one this vault names. Run vault check with a practitioner's "
                "passphrase, and tell whoever looks after your data protection."
            )
        private = PrivateKeys.new(person.id)
        former = slots.letters_of(vault, person.id)
        kept = {letter: slot for letter, slot in vault.header.slots.items() if letter not in former.values()}
        made = dict(kept)
        given: dict[str, str] = {}
        for opened_by, root in roots.items():
            letter = former.get(opened_by) or header.free_letter(
                replace(vault.header, slots={**vault.header.slots, **made})
            )
            made[letter] = slots.new_slot(vault, letter, opened_by, root, private)
            given[opened_by] = letter
        vault.speak_as(private)
        entry = slots.key_entry(vault, private)
        before = [
            one for one in vault.whole.find(own.PractitionerKey, practitioner=person.id) if not one.until
        ]
        with vault.write() as writing:
            if new is not None:
                writing.put(new, "service-recovery")
            writing.put(entry, "service-recovery")
            writing.put(
                own.KeyVoucher(
                    id=new_id(),
                    key=entry.id,
                    service_key=known.id,
                    signature=vouch(service.signer, known.id, entry),
                ),
                "service-recovery",
            )
            for one in before:
                writing.put(replace(one, until=vault.clock.moment()), "service-recovery")
                wrapping.pass_on(writing, service.identity, one.recipient, private.identity.recipient)
            writing.log_access("service-recovery", "vault")
        try:
            slots.change_header(vault, made, "service recovery")
        except VaultError:
            with vault.write() as writing:
                writing.remove(replace(entry, until=vault.clock.moment()), "taken-back")
                for one in before:
                    writing.put(replace(one, until=""), "taken-back")
                if new is not None:
                    writing.remove(replace(new, left_on=vault.clock.today().isoformat()), "taken-back")
            raise
        with vault.write() as writing:
            for slot in writing.find(own.Slot, practitioner=person.id):
                writing.remove(slot, "service-recovery")
            for opened_by, letter in given.items():
                slots.enter_slot(vault, writing, letter, opened_by, person.id)
            handing_on.hand_on(writing, person.id, [service.identity], vault.clock.moment())

    def close(self) -> None:
        """Let go of the vault."""
        self._vault.close()

    def __enter__(self) -> "ServiceEntry":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


# --- telling --------------------------------------------------------------------------------------------------

_TOLD = "told-recovery:"


def untold(reading: Reading, practitioner: str) -> list[own.PractitionerKey]:
    """Keys that came in by the service's shares, while this practitioner was here, that they were not told of yet."""
    found = []
    for voucher in reading.find(own.KeyVoucher):
        entry = reading.get(own.PractitionerKey, voucher.key)
        if (
            entry is not None
            and not entry.removed
            and not reading.was_logged(practitioner, f"{_TOLD}{entry.id}")
        ):
            found.append(entry)
    if not found:
        return []
    mine = reading.find(own.PractitionerKey, practitioner=practitioner)
    came = min((_number(reading, item) for item in mine), default=0)
    return [entry for entry in found if _number(reading, entry) >= came]


def _number(reading: Reading, entry: own.PractitionerKey) -> int:
    """Where a key came into history: not by its date, for whoever sets a clock back would hide from everybody."""
    return min(int(row["seq"]) for row in reading.changes("vault", record=entry.id))


def tell(vault: OpenVault) -> None:
    """Add a notice for each service recovery since this practitioner's last unlock, and log that they were told."""
    news = untold(vault.whole, vault.practitioner)
    for entry in news:
        person = vault.whole.get(own.Practitioner, entry.practitioner)
        name = person.name if person is not None and person.name else "a practitioner"
        whom = "you" if entry.practitioner == vault.practitioner else name
        vault.notices.append(
            Notice(
                "service-recovery",
                f"On {spoken(entry.since[:10])} two of the service’s recovery shares were used to give {whom} "
                "a new way into this vault. If you know nothing of it, tell whoever looks after your data protection.",
            )
        )
    if news and not vault.read_only:
        with vault.write() as writing:
            for entry in news:
                writing.log_access(f"{_TOLD}{entry.id}", "vault")
