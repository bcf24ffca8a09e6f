"""What an import leaves out of foreign properties: who did the checking, and where a secret place is."""

import re

from csa_desk.exchange import repairs
from csa_desk.exchange.documents import Json

ORIGIN = "oruk"
"""``origin`` of every record that came from an Open Referral feed."""

PLACE = re.compile(
    r"addr|locat|post_?code|postal|latitude|longitude|\blat\b|\blng\b|geo|uprn|map|place|external_identifier",
    re.IGNORECASE,
)
"""Names of properties that could tell where a place is."""


def without_people(value: Json, named: str) -> Json:
    """A foreign value without who wrote or checked it, and without the e-mail address ``named``."""
    if isinstance(value, list):
        return [without_people(part, named) for part in value]
    if isinstance(value, dict):
        return {
            key: without_people(part, named) for key, part in value.items() if not is_person(key, part, named)
        }
    return value


def is_person(name: str, value: Json, address: str) -> bool:
    """Whether a property names the person who wrote or checked an entry, or holds their e-mail address."""
    if not isinstance(value, str):
        return False
    if name in ("updated_by", "assurer_name") or (address and value.strip().lower() == address.lower()):
        return True
    return (
        name in ("assured_by", "assurer", "checked_by")
        and "@" in value
        and not repairs.is_role_mailbox(value)
    )
