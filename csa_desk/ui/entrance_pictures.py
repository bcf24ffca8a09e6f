"""The pages in front of a vault as pictures want them: unlock, coming back in, and making a new vault."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QWidget

from csa_desk.casework.recovery import SHARES, SHEET
from csa_desk.records.cases import Nation
from csa_desk.records.vault import Profession
from csa_desk.settings import Settings
from csa_desk.store.opening import Opener
from csa_desk.ui.shell.first_run import FirstRunPage
from csa_desk.ui.shell.first_steps import TRAINING
from csa_desk.ui.shell.recover import RecoverPage
from csa_desk.ui.shell.runner import Runner
from csa_desk.ui.shell.unlock import UnlockPage

_ANSWERS: tuple[dict[str, str], ...] = (
    {"kind": TRAINING},
    {"name": "Priya Nair", "profession": Profession.CH_ISVA},
    {"name": "Eastmere Harbour", "nation": Nation.ENGLAND},
    {},
)
"""What is answered on the way to the passphrase, step by step."""


def entrances(opener: Opener, folder: Path) -> Iterator[tuple[str, QWidget]]:
    """A name and a page for each picture. Nothing is opened or made by them."""
    yield "unlock", UnlockPage(Settings(vaults=(str(folder),)), _training)
    runner = Runner()

    def make_opener() -> Opener:
        return opener

    for name, way in (("recover", ""), ("recover-sheet", SHEET), ("recover-shares", SHARES)):
        page = RecoverPage(make_opener, runner, folder)
        page.start()
        if way:
            page.have.form.set_value("have", way)
            page.go_on()
        yield name, page
    for name, steps in (("first-run", 0), ("first-run-passphrase", len(_ANSWERS))):
        first = FirstRunPage(make_opener, runner, opener.local_data)
        first.start()
        for said in _ANSWERS[:steps]:
            for key, value in said.items():
                first.step.form.set_value(key, value)
            first.go_on()
        first.set_training(True)
        yield name, first
    runner.close()


def _training(_folder: Path) -> bool:
    return True
