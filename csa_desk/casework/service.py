"""The own service and the practitioner's profile: what stands in prints and decides wording and rights."""

from dataclasses import replace
from typing import Any

from csa_desk.casework.dates import partial_or_empty, past_partial_or_empty
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import InputError, RefusedError
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

_GIVES_RIGHTS = {"profession", "administrator", "left_on"}
"""Fields of a profile that decide what somebody may do: not theirs to change, unless they look after the vault."""
_DATES = {"register_expiry": "registered until", "dbs_date": "DBS certificate"}


@needs(Right.SERVICE)
def change_service(desk: Desk, **changed: Any) -> OwnService:
    """Change fields of the own service; the others stay. Raises :class:`InputError` where it would lose its name."""
    if "name" in changed and not str(changed["name"]).strip():
        raise InputError("Give the name of your service. It stands in prints.")
    service = replace(desk.own_service(), **changed)
    with desk.vault.write() as writing:
        writing.put(service, "changed")
    return service


@needs(Right.OWN_PROFILE)
def change_profile(desk: Desk, **changed: Any) -> Practitioner:
    """Change fields of the practitioner's own profile; the others stay.

    Dates are ISO text, partial ones too. Raises :class:`InputError` for a date that is none, or an empty name.
    """
    if "name" in changed and not str(changed["name"]).strip():
        raise InputError("Give your name. It stands beside what you write.")
    mine = desk.practitioner()
    if any(getattr(mine, key) != value for key, value in changed.items() if key in _GIVES_RIGHTS):
        if not desk.may(Right.PRACTITIONERS):
            desk.refuse(Right.PRACTITIONERS)
        _refuse_no_administrator(desk, mine, changed)
    for key, what in _DATES.items():
        if key in changed:
            partial_or_empty(changed[key], what)
    past_partial_or_empty(changed.get("dbs_date", ""), desk.today, _DATES["dbs_date"])
    profile = replace(mine, **changed)
    with desk.vault.write() as writing:
        writing.put(profile, "changed")
    return profile


def _refuse_no_administrator(desk: Desk, mine: Practitioner, changed: dict[str, Any]) -> None:
    """Somebody must look after the vault."""
    stays = changed.get("administrator", mine.administrator) and not changed.get("left_on", mine.left_on)
    others = [
        item
        for item in desk.vault.read.find(Practitioner)
        if item.administrator and not item.left_on and item.id != mine.id
    ]
    if not stays and not others:
        raise RefusedError(
            "You are the only administrator. Make a colleague administrator first; nothing was changed."
        )
