"""Role cards with what this directory knows of the role: who has it here, how to reach them, how sure that is.

Role mailboxes first, no person's name, no place whose address is withheld.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from csa_desk.casework.atlas import Covers, atlas
from csa_desk.casework.desk import Desk
from csa_desk.casework.directory_freshness import print_words, wait_words
from csa_desk.casework.directory_words import title_of
from csa_desk.casework.guidance import RoleCard, role_reference
from csa_desk.casework.reference_files import checked_target, write_reference
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.role_map import holds
from csa_desk.errors import InputError
from csa_desk.records.directory import Agency, AgencyRole, Contact, Service, ServiceStatus
from csa_desk.records.directory_facts import ReferralRoute
from csa_desk.records.disclosure import LineCopy, LineGroup, Reference
from csa_desk.store.revisions import canonical

MOST = 3


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a role here: the entry it stands in, and its lines, the first of which is the name."""

    entry: str
    lines: tuple[str, ...]


@needs(Right.LOOK_UP)
def holders(desk: Desk, role: str, area: str = "") -> list[Holder]:
    """Who has a role in an area (code or name; everywhere here where none is given), by name."""
    reading, known = desk.vault.read, atlas(desk)
    found: dict[str, Holder] = {}
    for part in reading.find(AgencyRole, role=role):
        if (part.since and part.since > desk.today) or (part.until and part.until < desk.today):
            continue
        if (
            area
            and part.area
            and not (part.area == area or known.covers(part.area, area) in (Covers.YES, Covers.PART))
        ):
            continue
        service = reading.get(Service, part.service) if part.service else None
        agency = reading.get(Agency, part.agency)
        record = service if service is not None and not service.removed else agency
        if record is None or record.removed or record.id in found:
            continue
        if isinstance(record, Service):
            if record.status in (ServiceStatus.DEFUNCT, ServiceStatus.INACTIVE):
                continue
            if area and not part.area and not holds(known, canonical(record.areas), area):
                continue
        found[record.id] = Holder(record.id, tuple(_lines(desk, record, agency)))
    return sorted(found.values(), key=lambda item: item.lines[0].casefold())


def _lines(desk: Desk, record: Service | Agency, agency: Agency | None) -> list[str]:
    named = record.name or "No name"
    if isinstance(record, Service) and agency is not None and agency.name and agency.name != record.name:
        named = f"{named}, {agency.name}"
    reading = desk.vault.read
    mine = "service" if isinstance(record, Service) else "agency"
    shared = [item for item in reading.any_of(Contact, mine, [record.id]) if item.role_mailbox]
    phone = next((item.phone for item in shared if item.phone), record.phone)
    email = next((item.email for item in shared if item.email), record.email)
    reach = "  ·  ".join(part for part in (phone, email) if part)
    lines = [named, reach or "No number and no mailbox is known"]
    lines += [
        f"To refer: {title_of(desk, item)}" for item in reading.any_of(ReferralRoute, mine, [record.id])[:1]
    ]
    if isinstance(record, Service) and (wait := wait_words(desk, record)):
        lines.append(f"Waiting time: {wait}")
    sure = print_words(desk, record)
    return [*lines, f"{sure[:1].upper()}{sure[1:]}"]


@needs(Right.LOOK_UP)
def local_reference(desk: Desk, card: RoleCard, area: str = "") -> Reference:
    """A role card ready for print, with who has the role here."""
    made = role_reference(desk, card)
    here = holders(desk, card.role.id, area)
    if not here:
        return made
    where = f" in {atlas(desk).title(area)}" if area else " here"
    lines = [LineCopy("  ·  ".join(item.lines)) for item in here[:MOST]]
    if len(here) > MOST:
        lines.append(LineCopy(f"and {len(here) - MOST} more in the directory"))
    return replace(made, groups=(*made.groups, LineGroup(f"Who it is{where}", tuple(lines))))


@needs(Right.LOOK_UP)
def save_cards(_desk: Desk, cards: tuple[Reference, ...], out: Path) -> None:
    """Write a deck as one PDF. It holds no case data. Raises :class:`InputError`."""
    from csa_desk.printing.role_card import role_card_pdf

    if not cards:
        raise InputError("Choose at least one role.")
    write_reference(checked_target(out), role_card_pdf(cards))
