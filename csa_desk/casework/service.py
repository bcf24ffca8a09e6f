"""The own service and the practitioner's profile: what stands in prints and decides wording and rights."""

from dataclasses import replace
from typing import Any

from csa_desk.casework.dates import partial_or_empty
from csa_desk.casework.desk import Desk
from csa_desk.errors import InputError
from csa_desk.records.vault import OwnService, Practitioner, Profession

PROFESSIONS: tuple[tuple[str, str], ...] = (
    (Profession.CH_ISVA, "CH-ISVA"),
    (Profession.THERAPIST, "Therapist"),
    (Profession.NAVIGATOR, "Navigator"),
    (Profession.TRAINER, "Trainer"),
    (Profession.MANAGER, "Manager"),
    (Profession.OTHER, "Something else"),
)
"""Every profession with the words a person reads."""

_DATES = {"register_expiry": "registered until", "dbs_date": "DBS certificate"}


def change_service(desk: Desk, **changed: Any) -> OwnService:
    """Change fields of the own service; the others stay. Raises :class:`InputError` where it would lose its name."""
    if "name" in changed and not str(changed["name"]).strip():
        raise InputError("Give the name of your service. It stands in prints.")
    service = replace(desk.own_service(), **changed)
    with desk.vault.write() as writing:
        writing.put(service, "changed")
    return service


def change_profile(desk: Desk, **changed: Any) -> Practitioner:
    """Change fields of the practitioner's own profile; the others stay.

    Dates are ISO text, partial ones too. Raises :class:`InputError` for a date that is none, or an empty name.
    """
    if "name" in changed and not str(changed["name"]).strip():
        raise InputError("Give your name. It stands beside what you write.")
    for key, what in _DATES.items():
        if key in changed:
            partial_or_empty(changed[key], what)
    profile = replace(desk.practitioner(), **changed)
    with desk.vault.write() as writing:
        writing.put(profile, "changed")
    return profile
