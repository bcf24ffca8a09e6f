"""What stands round every page: service, practitioner, dates, copy number, head characters."""

import hashlib

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.records.dates import spoken
from csa_desk.records.disclosure import Imprint
from csa_desk.records.ids import CROCKFORD
from csa_desk.records.register import Release

HEAD_CHARACTERS = 8


def head_characters(heads: list[bytes]) -> str:
    """Eight characters that stand for the whole history of a scope at this moment (design §5)."""
    number = int.from_bytes(hashlib.sha256(b"".join(sorted(heads))).digest()[:5], "big")
    return "".join(CROCKFORD[(number >> (35 - 5 * place)) & 31] for place in range(HEAD_CHARACTERS))


@needs(Right.LOOK_UP)
def next_copy_number(desk: Desk) -> str:
    """The number the next copy will carry: the replica's short code and a number that runs through the vault."""
    return f"{desk.vault.replica_code}-{desk.vault.whole.count(Release, removed=True) + 1}"


@needs(Right.LOOK_UP)
def guidance_as_at(desk: Desk) -> str:
    """The oldest ISO day on which a pack a print rests on was held against its sources."""
    packs = (
        desk.packs.print.pack,
        desk.packs.pretrial_therapy.pack,
        desk.packs.needs.pack,
        desk.packs.stages.pack,
    )
    return min(pack.as_at for pack in packs).isoformat()


@needs(Right.LOOK_UP)
def imprint_of(desk: Desk, file: CaseFile | None, copy: str = "", *, neutral: bool = False) -> Imprint:
    """The imprint of a copy of a case, or, without a file, of reference material."""
    service = desk.own_service()
    ways = (("Phone", service.phone), ("Email", service.email), ("Out of hours", service.out_of_hours))
    lines = tuple(f"{word}: {line}" for word, line in ways if line.strip())
    return Imprint(
        service="" if neutral else service.name,
        practitioner=desk.practitioner().name,
        made_on=spoken(desk.today),
        guidance_as_at=spoken(guidance_as_at(desk)),
        training=desk.training,
        copy_number=copy,
        head=head_characters(desk.vault.read.scope_heads(file.scope)) if file is not None else "",
        case_code=file.code if file is not None else "",
        contact_lines=() if neutral else lines,
    )
