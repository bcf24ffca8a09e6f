"""A practitioner at work on a child, in a real window over a real vault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csa_desk.casework.desk import Desk
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.store.opening import Opener
from csa_desk.ui.look import apply_look
from tests.conftest import PASSPHRASE
from tests.ui.pages.sitting import add_rowan
from tests.ui.shell.locks import Sitting


@pytest.fixture
def sitting(opener: Opener, folder: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Sitting]:
    with opener.open(folder, PASSPHRASE) as vault:
        code = add_rowan(Desk(vault, Packs(resource("content")))).code
    found = Sitting(opener, folder, qtbot, code)
    found.unlock()
    yield found
    found.end()
    apply_look(qapp)
