"""The three compartments of a case: who holds them, granting and ending it, and what a holder's unlock puts in order.

A compartment is *sealed* by keys: who holds none cannot read it, whatever rights they have (design §4).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, held_by_default, needs
from csa_desk.errors import InputError, RefusedError
from csa_desk.records.cases import Case
from csa_desk.records.keeping import KeptOut
from csa_desk.records.sealed import Compartment, CompartmentName, Holder
from csa_desk.records.vault import Practitioner, PractitionerKey, ServiceKey
from csa_desk.store import compartment_keys, sealed_drafts, sealing, wrapping
from csa_desk.store.drafts import Draft
from csa_desk.store.reading import Reading
from csa_desk.store.sealing import reader_of
from csa_desk.store.sight import kept_out
from csa_desk.store.trust import Standing, Trust
from csa_desk.store.writing import Writing

TITLES: dict[str, str] = {
    CompartmentName.THERAPY: "Therapy notes",
    CompartmentName.DISCLOSURE: "What a child told",
    CompartmentName.SAFEGUARDING: "Restricted safeguarding",
}
SOMEBODY = "Somebody no longer here"


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Who holds a compartment: the practitioner's id and name, since when, and who decided it.

    ``odd``: they hold it because they were named when the first entry was sealed, and not by their role.
    """

    practitioner: str
    name: str
    since: str
    by: str
    why: str
    odd: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A compartment as it stands: who holds it (nobody before anything is sealed), and whether you do."""

    name: str
    title: str
    holders: tuple[HolderRow, ...]
    yours: bool
    would_hold: tuple[str, ...]


def name_of(reading: Reading, practitioner: str) -> str:
    """A practitioner's name."""
    found = reading.get(Practitioner, practitioner)
    return (found.name if found is not None else "") or SOMEBODY


@needs(Right.OPEN_FILES)
def place(desk: Desk, file: CaseFile, name: str) -> Place:
    """One compartment of a case, and who holds it."""
    reading = desk.vault.whole
    trust = Trust(reading)
    standing = trust.standing(file.case.id, name)
    records = reading.by_ids(Holder, list(standing.holders.values()))
    odd = {
        who
        for who in standing.by_founding
        if name not in held_by_default(desk.packs.rights, trust.professions.get(who, ""))
    }
    rows = [
        HolderRow(who, name_of(reading, who), item.since, name_of(reading, item.by), item.why, who in odd)
        for who, key in standing.holders.items()
        if (item := records.get(key)) is not None
    ]
    mine = desk.vault.practitioner in standing.holders
    version = standing.current
    yours = mine and version is not None and reader_of(desk.vault).private_half(reading, version) is not None
    would = (
        ()
        if rows
        else tuple(name_of(reading, who) for who in _first_holders(desk, reading, trust, file.case.id, name))
    )
    return Place(name, TITLES[name], tuple(rows), yours, would)


def _first_holders(desk: Desk, reading: Reading, trust: Trust, case: str, name: str) -> list[str]:
    """Who is to hold a compartment that is founded now: by the rights of their profession, else whoever writes.

    A profession counts as an administrator entered it: nobody makes themself a holder by naming another one.
    """
    people = [
        who
        for who in reading.find(Practitioner)
        if not who.left_on and name in held_by_default(desk.packs.rights, trust.professions.get(who.id, ""))
    ]
    found = [who.id for who in people if case not in kept_out(reading.find(KeptOut, practitioner=who.id))]
    return found or [desk.vault.practitioner]


@needs(Right.SEAL)
def founded(desk: Desk, writing: Writing, case: str, name: str) -> tuple[Trust, Standing]:
    """The compartment as it is sealed to, inside a transaction: founded where it was not, or where nobody holds it."""
    trust = Trust(writing)
    standing = trust.standing(case, name)
    if standing.current is None or not standing.holders:
        holders = _first_holders(desk, writing, trust, case, name)
        own = desk.vault.practitioner
        if not any(who in trust.people for who in holders):
            holders = [own]
        why = "author" if holders == [own] else "profession"
        moment = desk.clock.moment()
        standing = compartment_keys.found(writing, trust, standing, holders, by=own, why=why, moment=moment)
    return trust, standing


# --- holding ------------------------------------------------------------------------------------------------------


@needs(Right.GRANT_SEALED)
def can_be_granted(desk: Desk, file: CaseFile, name: str) -> list[Practitioner]:
    """Who could hold the compartment too: practitioners with keys who are not kept out of the case."""
    reading = desk.vault.whole
    trust = Trust(reading)
    held = trust.standing(file.case.id, name).holders
    return [
        who
        for who in reading.find(Practitioner)
        if who.id in trust.people
        and who.id not in held
        and file.case.id not in kept_out(reading.find(KeptOut, practitioner=who.id))
    ]


@needs(Right.GRANT_SEALED)
def grant(desk: Desk, file: CaseFile, name: str, practitioner: str, reason: str) -> Place:
    """From now on somebody else holds the compartment too, whether they are here or not.

    ``reason`` stands in history for everybody: it holds nothing of what is sealed.
    """
    if not reason.strip():
        raise InputError("Say why they are to hold it. Nothing was changed.")
    if practitioner not in {who.id for who in can_be_granted(desk, file, name)}:
        raise RefusedError("They hold it already, or cannot: they left, or are kept out of this file.")
    moment = desk.clock.moment()
    with desk.vault.write() as writing:
        trust = Trust(writing)
        standing = trust.standing(file.case.id, name)
        _put_in_order(desk, writing, trust, standing)
        compartment_keys.grant(
            writing, trust, reader_of(desk.vault), standing, practitioner, why=reason.strip(), moment=moment
        )
        writing.log_access("granted-sealed", file.scope)
    return place(desk, file, name)


@needs(Right.GRANT_SEALED)
def end_holding(desk: Desk, file: CaseFile, name: str, practitioner: str, reason: str) -> Place:
    """Somebody no longer holds the compartment. There is always a holder: the last one stays.

    What they read before cannot be taken back; what is sealed gets a new key.
    """
    if not reason.strip():
        raise InputError("Say why they are no longer to hold it. Nothing was changed.")
    moment = desk.clock.moment()
    with desk.vault.write() as writing:
        trust = Trust(writing)
        standing = trust.standing(file.case.id, name)
        if practitioner not in standing.holders:
            raise InputError("They do not hold it. Nothing was changed.")
        if len(standing.holders) == 1:
            raise RefusedError(
                "Nobody else holds this, and somebody must. Let another practitioner hold it first."
            )
        compartment_keys.end(
            writing, trust, reader_of(desk.vault), standing, practitioner, why=reason.strip(), moment=moment
        )
        writing.log_access("ended-sealed", file.scope)
    return place(desk, file, name)


@needs(Right.OPEN_FILES)
def held_alone(desk: Desk, practitioner: str) -> int:
    """How many compartments nobody but this practitioner holds: to be granted to somebody before they leave."""
    reading = desk.vault.whole
    trust = Trust(reading)
    places = {(item.case, item.name) for item in reading.find(Holder, practitioner=practitioner)}
    return sum(set(trust.standing(*where).holders) == {practitioner} for where in places)


# --- putting in order ---------------------------------------------------------------------------------------------


def _put_in_order(desk: Desk, writing: Writing, trust: Trust, standing: Standing) -> bool:
    return compartment_keys.mend(writing, trust, reader_of(desk.vault), standing, desk.clock.moment())


@needs(Right.OWN_KEYS)
def put_in_order(desk: Desk) -> int:
    """What a holder's unlock does: entries close, and compartments get a new version after a removal or new keys.

    Returns how many compartments were changed. Quick where nothing is due.
    """
    vault = desk.vault
    if vault.read_only:
        return 0
    reading, moment = vault.whole, desk.clock.moment()
    places = _due(desk, reading)
    own, *earlier = (item.recipient for item in reader_of(desk.vault).identities)
    outlived = wrapping.outlived(reading, earlier, own) if earlier else []
    if not places and not outlived and not wrapping.closed(reading, moment):
        return 0
    changed = 0
    with vault.write() as writing:
        sealing.close_due(writing, moment)
        for entry, recipient in outlived:
            wrapping.drop(writing, entry, recipient)
        trust = Trust(writing)
        for case, name in sorted(places):
            changed += _put_in_order(desk, writing, trust, trust.standing(case, name))
    return changed


def _due(desk: Desk, reading: Reading) -> set[tuple[str, str]]:
    """Compartments I was named a holder of that seem to need something: a cheap look, history decides later."""
    mine = {(item.case, item.name) for item in reading.find(Holder, practitioner=desk.vault.practitioner)}
    if not mine:
        return set()
    people = {who.id: who for who in reading.find(Practitioner)}
    now = {
        item.recipient
        for item in reading.find(PractitionerKey)
        if not item.until and (who := people.get(item.practitioner)) is not None and not who.left_on
    }
    service = reading.find(ServiceKey)
    latest = service[-1].recipient if service else ""
    ids = list(wrapping.stale(reading, now | {latest}))
    ids += list(wrapping.lacking(reading, latest)) if latest else []
    found = {(item.case, item.name) for item in reading.by_ids(Compartment, ids).values()}
    return (found | _ended(reading)) & mine


def _ended(reading: Reading) -> set[tuple[str, str]]:
    """Compartments where somebody's holding ended after the latest version was made, or who held it has left."""
    gone = {who.id for who in reading.find(Practitioner) if who.left_on}
    holders = reading.find(Holder)
    made: dict[tuple[str, str], str] = {}
    ends = [item for item in holders if item.ends or item.practitioner in gone]
    for version in reading.find(Compartment) if ends else ():
        where = (version.case, version.name)
        made[where] = max(version.since, made.get(where, ""))
    found = set()
    for item in ends:
        where = (item.case, item.name)
        if item.ends and item.since >= made.get(where, ""):
            found.add(where)
    return found


_TOLD = "told-holder:"
"""What an action in the access log begins with where a holder was looked at; their Holder record follows."""
_MOST_NAMED = 5


@needs(Right.OWN_KEYS)
def odd_holders(desk: Desk) -> str:
    """Holders of what one's own role opens who hold it neither by their role nor by another holder's word.

    They sealed the first entry when nobody of that role was here, or named themself first. One sentence, empty where
    there is nobody new; each is told once.
    """
    vault, reading = desk.vault, desk.vault.whole
    trust, pack = Trust(reading), desk.packs.rights
    mine = held_by_default(pack, trust.professions.get(vault.practitioner, ""))
    others = {
        who: set(mine) - set(held_by_default(pack, trust.professions.get(who, "")))
        for who in trust.people
        if who != vault.practitioner
    }
    known = reading.logged(vault.practitioner, _TOLD) if any(others.values()) else set()
    fresh = [
        item
        for who, names in others.items()
        if names
        for item in reading.find(Holder, practitioner=who)
        if item.name in names and not item.ends and f"{_TOLD}{item.id}" not in known
        if item.case not in vault.hidden
    ]
    if not fresh:
        return ""
    with vault.write() as writing:
        for item in fresh:
            writing.log_access(f"{_TOLD}{item.id}", "vault")
    odd = [item for item in fresh if item.practitioner in trust.standing(item.case, item.name).by_founding]
    said = [
        f"{name_of(reading, item.practitioner)} ({TITLES[item.name].lower()} of {code_of(reading, item.case)})"
        for item in odd[:_MOST_NAMED]
    ]
    more = f"; and {len(odd) - _MOST_NAMED} more" if len(odd) > _MOST_NAMED else ""
    return f"{_ODD} {'; '.join(said)}{more}. {_ODD_STEP}" if odd else ""


_ODD = (
    "These can open what is usually open to your role and not to theirs, because they sealed the first entry:"
)
_ODD_STEP = (
    "If that should not be, ask them to let you open it too and to end it for themselves, on the page Notes."
)


def code_of(reading: Reading, case: str) -> str:
    """The code of a case."""
    found = reading.get(Case, case)
    return found.code if found is not None else "a child"


# --- half-typed words ---------------------------------------------------------------------------------------------


class SealedDrafts:
    """Keeps half-typed words of sealed fields; remembers whom a compartment is sealed to, so typing is quick."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._as_of: tuple[int, ...] = ()
        self._recipients: dict[tuple[str, str], str] = {}

    def keep(self, key: str, text: str, cursor: int) -> None:
        """Keep a draft: sealed where its field is."""
        vault = self._desk.vault
        where = sealed_drafts.place_of(key)
        if where is not None:
            own = vault.opened.own.identity.recipient
            text = sealed_drafts.sealed(text, [self._recipient(*where), own])
        vault.keep_draft(key, text, cursor)

    def _recipient(self, case: str, name: str) -> str:
        vault = self._desk.vault
        as_of = tuple(vault.written(kind) for kind in (Compartment, Holder, Practitioner, PractitionerKey))
        if as_of != self._as_of:
            self._recipients.clear()
            self._as_of = as_of
        if (case, name) not in self._recipients:
            standing = Trust(vault.whole).standing(case, name)
            if standing.current is None or not standing.holders:
                with vault.write() as writing:
                    _, standing = founded(self._desk, writing, case, name)
            if standing.current is not None:
                self._recipients[case, name] = standing.current.recipient
        return self._recipients[case, name]

    def found(self, prefix: str) -> dict[str, Draft]:
        """This practitioner's drafts whose key starts so, as they read them."""
        vault = self._desk.vault
        return sealed_drafts.own(vault.drafts(prefix), reader_of(vault).identities)


def missing_fields(words: dict[str, str], names: Iterable[str]) -> dict[str, str]:
    """Every field of a compartment, empty where nothing was said."""
    return {name: str(words.get(name, "")) for name in names}
