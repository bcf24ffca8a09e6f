"""A practitioner has new keys: what they held and wrote goes on to these (design §4)."""

from collections.abc import Sequence

from csa_desk.records.sealed import Holder, SealedEntry
from csa_desk.store import compartment_keys, sealed_drafts, wrapping
from csa_desk.store.compartment_keys import Reader, first_key
from csa_desk.store.keys import Identity
from csa_desk.store.sealing import is_closed
from csa_desk.store.trust import Trust
from csa_desk.store.writing import Writing


def hand_on(writing: Writing, practitioner: str, openers: Sequence[Identity], moment: str) -> int:
    """A practitioner has new keys: what they held and wrote is sealed to these, and to the old ones no more.

    ``openers``: the old identity, where the practitioner still has it, or the service's, brought together from its
    shares. The new PractitionerKey is in history already, entered in this transaction. Returns how many compartments
    got a new version.
    """
    trust = Trust(writing)
    reader = Reader(practitioner, tuple(openers))
    renewed = 0
    places = {
        (item.case, item.name) for item in writing.find(Holder, practitioner=practitioner) if not item.ends
    }
    written = writing.find(SealedEntry, removed=True, author=practitioner)
    places |= {(item.case, item.name) for item in written}
    places |= sealed_drafts.places_of(writing, practitioner)
    fresh = trust.people.get(practitioner, "")
    for case, name in sorted(places):
        standing = trust.standing(case, name)
        halves = reader.halves(writing, standing)
        for entry in written if fresh else ():
            if (entry.case, entry.name) == (case, name) and not is_closed(entry, moment):
                key = first_key(writing, entry.id, (*reader.identities, *halves))
                if key is not None:
                    wrapping.put(writing, entry.id, fresh, key)
        if fresh:
            sealed_drafts.seal_anew(
                writing,
                case,
                name,
                (*reader.identities, *halves),
                standing.current.recipient if standing.current else "",
                trust.people,
                only=practitioner,
            )
        if practitioner in standing.holders and halves:
            compartment_keys.renew(writing, trust, reader, standing, why="new-keys", moment=moment)
            renewed += 1
    for identity in openers:
        if identity.recipient != trust.service:
            writing.raw.execute("DELETE FROM wrapped_key WHERE recipient = ?", (identity.recipient,))
    return renewed
