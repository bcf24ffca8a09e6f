"""The demo from the first key to the last picture. Headless."""

import os
import time
from pathlib import Path
from typing import Any

from csa_desk.casework import notes
from csa_desk.casework.children import case_list
from csa_desk.casework.desk import Desk
from csa_desk.casework.founding import offered_passphrase, save_sheet
from csa_desk.content.reading import Packs
from csa_desk.demo import children, handing_out, trust
from csa_desk.demo.made import Made, invented
from csa_desk.errors import InputError
from csa_desk.paths import resource
from csa_desk.records.ids import new_id
from csa_desk.records.vault import OwnService, Practitioner
from csa_desk.store.founding import Founder
from csa_desk.store.header import VaultKind
from csa_desk.store.opening import Opener


def run_demo(out: Path, opener: Opener, *, pictures: bool = True) -> Made:
    """Everything a service does with its vault, told in order. Raises :class:`InputError` for a folder in use."""
    begun = time.perf_counter()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError("There is already something in that folder. Give a new one.")
    out.mkdir(parents=True, exist_ok=True)
    made = Made()
    folder, packs = out / "demo.csadesk", Packs(resource("content"))
    said = invented("service.json")
    practitioner = said.pop("practitioner")
    passphrase, sheet = _create(opener, folder, said, practitioner, out, made)
    with opener.open(folder, passphrase) as vault:
        desk = Desk(vault, packs)
        _profile(desk, practitioner)
        children.load_directory(desk, made)
        codes = {name: children.add(desk, name, out, made) for name in children.names()}
        children.match_all(desk, codes, made)
        children.ring(desk, made)
        children.draw_maps(desk, out, made)
        children.print_cards(desk, out, made)
        colleague = trust.add_colleague(desk, out, made)
        trust.seal(desk, codes, made)
        trust.misfile(desk, codes, made)
        trust.prove_recovery(desk, sheet, out, made)
        trust.back_up(desk, out, made)
    with opener.open(folder, colleague) as vault:
        desk = Desk(vault, packs)
        notes.at_unlock(desk)
        trust.fill_profile(desk)
        trust.seal(desk, codes, made)
        trust.agree_to_first(desk, made)
    trust.restore(opener, folder, passphrase, out, made)
    with opener.open(folder, passphrase) as vault:
        desk = Desk(vault, packs)
        notes.at_unlock(desk)
        handing_out.answer_request(desk, codes["enfys-ty-gwyn"], out, made)
        handing_out.record_request(desk, codes, made)
        handing_out.archive(desk, codes["enfys-ty-gwyn"], out, made)
        trust.back_up(desk, out, made)
        trust.look_through(desk, opener, passphrase, out, made)
        made.tell("Children: " + ", ".join(f"{row['name']} ({row['code']})" for row in case_list(desk)))
    if pictures:
        _pictures(folder, passphrase, opener, out, made)
    made.seconds = round(time.perf_counter() - begun, 1)
    made.tell(f"Made in {made.seconds} s. Open it: csa-desk run --vault {folder}")
    return made


def _create(
    opener: Opener, folder: Path, service: dict[str, Any], practitioner: dict[str, Any], out: Path, made: Made
) -> tuple[str, str]:
    """Make the vault; returns passphrase and words of the recovery sheet."""
    passphrase = offered_passphrase()
    kept = made.written(out / "passphrase.txt", passphrase + "\n")
    founder = Founder(practitioner["name"], practitioner["profession"], OwnService(id=new_id(), **service))
    sheet = opener.create(folder, passphrase, kind=VaultKind.TRAINING, founder=founder)
    paper = out / "recovery-sheet.txt"
    save_sheet(sheet, folder, paper)
    made.files[:0] = [folder]
    made.files.append(paper)
    made.tell(f"A training vault: {folder} (passphrase in {kept})")
    return passphrase, sheet


def _profile(desk: Desk, said: dict[str, Any]) -> None:
    known = desk.practitioner()
    profile: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in said.items()
    }
    with desk.vault.write() as writing:
        writing.put(Practitioner(id=known.id, administrator=known.administrator, **profile), "changed")


def _pictures(folder: Path, passphrase: str, opener: Opener, out: Path, made: Made) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from csa_desk.ui.pictures import take_all

    taken = take_all(opener, folder, passphrase, out / "screens")
    made.files += taken
    made.tell(f"Pictures of every page, light and dark: {out / 'screens'} ({len(taken)})")
