"""The keys of compartments: founding, holding, and a new version after a removal or after new keys (design §4).

Each version has an age key pair. The public half stands in history; the private half is sealed to every holder and to
the service's recovery key, in ``wrapped_key``, outside history.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csa_desk.errors import SealedError
from csa_desk.records.ids import new_id
from csa_desk.records.sealed import Compartment, Holder, SealedEntry
from csa_desk.store import sealed_drafts, wrapping
from csa_desk.store.keys import Identity
from csa_desk.store.reading import Reading
from csa_desk.store.trust import Standing, Trust, Version
from csa_desk.store.writing import Writing

NOT_YOURS = "This is sealed, and you do not hold it. Ask somebody who does if you need to know."
NOBODY = (
    "Nobody can open what is sealed here any more. Use the service’s recovery shares. Nothing was changed."
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who opens: a practitioner's own keys, and those of the service where its shares were brought together."""

    practitioner: str
    identities: tuple[Identity, ...]

    def private_half(self, reading: Reading, version: Version) -> Identity | None:
        """The private half of a compartment's version; ``None`` where it is not sealed to this reader."""
        for identity in self.identities:
            private = wrapping.get(reading, version.id, identity)
            if private is None:
                continue
            try:
                half = Identity.of(private)
            except ValueError:
                continue
            # A private half of another pair was put there: what is sealed to the public half stays closed to it.
            if half.recipient == version.recipient:
                return half
        return None

    def halves(self, reading: Reading, standing: Standing) -> tuple[Identity, ...]:
        """The private halves of every version that this reader holds, the latest first."""
        found = (self.private_half(reading, version) for version in reversed(standing.versions))
        return tuple(half for half in found if half is not None)


def found(
    writing: Writing,
    trust: Trust,
    standing: Standing,
    holders: Sequence[str],
    *,
    by: str,
    why: str,
    moment: str,
) -> Standing:
    """Make the first version of a compartment, or a new one where nobody holds it any more.

    ``holders`` are practitioners; who has no keys is left out. Raises :class:`SealedError` where nobody is left.
    """
    named = [item for item in dict.fromkeys(holders) if item in trust.people]
    if not named:
        raise SealedError(NOBODY)
    made = replace(standing, versions=list(standing.versions), holders={})
    for practitioner in named:
        holder = Holder(
            id=new_id(),
            case=standing.case,
            name=standing.name,
            practitioner=practitioner,
            since=moment,
            why=why,
            by=by,
        )
        writing.put(holder, "sealed")
        made.holders[practitioner] = holder.id
    _add_version(writing, trust, made, why, moment)
    return made


def _add_version(
    writing: Writing, trust: Trust, standing: Standing, why: str, moment: str
) -> tuple[Version, Identity]:
    pair = Identity.new()
    number = standing.versions[-1].number + 1 if standing.versions else 1
    version = Version(new_id(), number, pair.recipient, frozenset(standing.holders))
    writing.put(
        Compartment(
            id=version.id,
            case=standing.case,
            name=standing.name,
            version=number,
            recipient=pair.recipient,
            since=moment,
            why=why,
        ),
        "sealed",
    )
    for recipient in sorted(trust.wanted(standing)):
        wrapping.put(writing, version.id, recipient, pair.private)
    standing.versions.append(version)
    return version, pair


def grant(
    writing: Writing,
    trust: Trust,
    reader: Reader,
    standing: Standing,
    practitioner: str,
    *,
    why: str,
    moment: str,
) -> None:
    """From now on another practitioner holds the compartment too, absent or not."""
    half, version = _half_of_current(writing, reader, standing)
    holder = Holder(
        id=new_id(),
        case=standing.case,
        name=standing.name,
        practitioner=practitioner,
        since=moment,
        why=why,
        by=reader.practitioner,
    )
    writing.put(holder, "sealed")
    wrapping.put(writing, version.id, trust.people[practitioner], half.private)
    standing.holders[practitioner] = holder.id


def end(
    writing: Writing,
    trust: Trust,
    reader: Reader,
    standing: Standing,
    practitioner: str,
    *,
    why: str,
    moment: str,
) -> None:
    """A practitioner no longer holds the compartment: what is sealed in it gets a new version at once."""
    _half_of_current(writing, reader, standing)
    ended = standing.holders[practitioner]
    writing.put(
        Holder(
            id=new_id(),
            case=standing.case,
            name=standing.name,
            practitioner=practitioner,
            since=moment,
            why=why,
            by=reader.practitioner,
            ends=ended,
        ),
        "sealed",
    )
    # Whoever ends their own holding can no longer speak for it: the next holder makes the version.
    del standing.holders[practitioner]
    if practitioner != reader.practitioner:
        renew(writing, trust, reader, standing, why="holder-ended", moment=moment)


def _half_of_current(reading: Reading, reader: Reader, standing: Standing) -> tuple[Identity, Version]:
    version = standing.current
    half = reader.private_half(reading, version) if version is not None else None
    if version is None or half is None or reader.practitioner not in standing.holders:
        raise SealedError(NOT_YOURS)
    return half, version


def renew(
    writing: Writing, trust: Trust, reader: Reader, standing: Standing, *, why: str, moment: str
) -> None:
    """A new key pair; every content key and draft sealed anew to it; the keys of older versions go.

    What cannot be opened keeps its old keys: it is damaged, and ``vault check --deep`` names it.
    """
    if reader.practitioner not in standing.holders:
        raise SealedError(NOT_YOURS)
    halves = reader.halves(writing, standing)
    if not halves:
        raise SealedError(NOT_YOURS)
    older = list(standing.versions)
    version, _ = _add_version(writing, trust, standing, why, moment)
    whole = True
    for entry in writing.find(SealedEntry, removed=True, case=standing.case, name=standing.name):
        key = first_key(writing, entry.id, halves)
        if key is None:
            whole = False
            continue
        wrapping.put(writing, entry.id, version.recipient, key)
        for known in older:
            wrapping.drop(writing, entry.id, known.recipient)
    sealed_drafts.seal_anew(writing, standing.case, standing.name, halves, version.recipient, trust.people)
    for known in older if whole else ():
        wrapping.drop(writing, known.id)


def first_key(reading: Reading, of: str, halves: Sequence[Identity]) -> str | None:
    """A content key, opened by the first of these that can."""
    return next((key for half in halves if (key := wrapping.get(reading, of, half)) is not None), None)


def is_due(reading: Reading, trust: Trust, standing: Standing) -> str:
    """Why a compartment needs a new version (``removal``, ``new-keys``), or only its key sealed again (``lacking``)."""
    version = standing.current
    if version is None or not standing.holders:
        return ""
    wanted, now = trust.wanted(standing), wrapping.recipients(reading, version.id)
    if version.made_for - standing.holders.keys():
        return "removal"
    if now - wanted:
        return "new-keys"
    return "lacking" if wanted - now else ""


def mend(writing: Writing, trust: Trust, reader: Reader, standing: Standing, moment: str) -> bool:
    """What a holder does for a compartment after a removal, new keys or a new service key; False if nothing was due."""
    why = is_due(writing, trust, standing)
    version = standing.current
    if not why or version is None or reader.practitioner not in standing.holders:
        return False
    half = reader.private_half(writing, version)
    if half is None:
        return False
    if why == "lacking":
        for recipient in trust.wanted(standing) - wrapping.recipients(writing, version.id):
            wrapping.put(writing, version.id, recipient, half.private)
    else:
        renew(writing, trust, reader, standing, why=why, moment=moment)
    return True
