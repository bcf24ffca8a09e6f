"""The register of what left the vault: recipient, edition, content hash, copy number, what was held back."""

from dataclasses import dataclass
from typing import ClassVar

from csa_desk.records.cases import InCase
from csa_desk.records.categories import Category as C
from csa_desk.records.fields import Merge, Value, data, fixed


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(InCase):
    """One thing that left. ``held_back`` maps a reason to how many items; it stays inside the vault."""

    KIND: ClassVar[str] = "release"

    what: str = fixed(C.NEEDS)
    edition: str = fixed(C.NEEDS)
    purpose: str = fixed(C.NEEDS)
    recipient: str = fixed(C.NEEDS)
    recipient_name: str = fixed(C.NEEDS)
    copy_number: str = fixed(C.NEEDS)
    content_hash: str = fixed(C.NEEDS)
    guidance_as_at: str = fixed(C.NEEDS)
    on: str = fixed(C.NEEDS)
    by: str = fixed(C.NEEDS)
    reason: str = fixed(C.NEEDS)
    held_back: dict[str, Value] | None = data(C.NEEDS, merge=Merge.FIXED)
