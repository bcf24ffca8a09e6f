"""A vault with one damaged page, worked with as the window does: a plain sentence or an answer, never a crash."""

import contextlib
from pathlib import Path

from csa_desk.casework import backups, mending, noticing, removals, removals_waiting
from csa_desk.casework.casefile import open_file
from csa_desk.casework.caseload import caseload
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import CaseShape, ChildShape
from csa_desk.content.reading import Packs
from csa_desk.errors import VaultError
from csa_desk.paths import resource
from csa_desk.store import backing_up
from csa_desk.store.opening import Opener
from tests.faults.share import share

PAGE = 4096
WORK = (
    backups.standing,
    backups.is_due,
    backups.overdue,
    removals.carry_out_due,
    removals_waiting.waiting,
    noticing.needs_a_look,
    caseload,
    backups.back_up,
)


def test_every_page_in_turn(folder: Path, opener: Opener, passphrase: str) -> None:
    packs = Packs(resource("content"))
    with opener.open(folder, passphrase) as vault:
        desk = Desk(vault, packs)
        code = add_child(desk, CaseShape(child=ChildShape(name="Rowan Bramley"))).code
        backing_up.make(vault)
    whole = (folder / "case.db").read_bytes()
    pages = share(list(range(1, len(whole) // PAGE)))
    refused = []
    for page in pages:
        content = bytearray(whole)
        content[page * PAGE + 100] ^= 0x20
        (folder / "case.db").write_bytes(content)
        try:
            with opener.open(folder, passphrase) as vault:
                desk = Desk(vault, packs)
                for work in WORK:
                    with contextlib.suppress(VaultError):
                        work(desk)
                with contextlib.suppress(VaultError):
                    open_file(desk, code, log="")
                assert "page" in {found.code for found in mending.check_vault(vault).findings}
        except VaultError as fault:
            refused.append(str(fault))
    assert all("damaged" in told for told in refused)
    assert len(refused) < len(pages)
