"""What happened to sealed notes, as history tells it: who may read them since when, and each new lock."""

from collections.abc import Mapping
from typing import Any

from csa_desk.casework.compartments import TITLES

LOCKS = {
    "profession": "Who may read what is sealed here follows from what they are in the service",
    "author": "Nobody’s work in the service lets them read here, so whoever sealed this note may",
    "holder-ended": "Somebody may no longer read here. What is sealed was locked anew, without them",
    "removal": "Somebody who could read here has left. What is sealed was locked anew, without them",
    "new-keys": "Somebody who may read here got new keys. What is sealed was locked anew, and their old keys open it "
    "no more",
}
"""Why a lock was made → what that means for who reads. Codes of ``store/compartment_keys``."""
READERS = {
    "profession": "It follows from what they are in the service",
    "author": "They sealed the first note here, and nobody else was there to read it",
}
"""Why somebody may read, where it is a code; a reason somebody typed is told as it stands."""


def lock_title(now: Mapping[str, Any]) -> str:
    """One version of a compartment's key."""
    where = TITLES.get(str(now.get("name")), "Sealed notes")
    return f"{where}: {'a new lock' if int(now.get('version') or 1) > 1 else 'locked for the first time'}"


def reader_title(now: Mapping[str, Any], who: str) -> str:
    """That somebody may read from now on, or no longer may."""
    where = TITLES.get(str(now.get("name")), "Sealed notes")
    return f"{where}: {who} {'may no longer read them' if now.get('ends') else 'may read them from now on'}"
