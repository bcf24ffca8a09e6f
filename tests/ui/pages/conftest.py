"""Pages are tested inside the real window content, over a real encrypted vault, by keys and accessible names."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csa_desk.casework.desk import Desk
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.settings import Settings
from csa_desk.store.opening import Opener
from csa_desk.store.vault import OpenVault
from csa_desk.ui.look import apply_look
from csa_desk.ui.shell.inside import Inside
from csa_desk.ui.shell.session import Session
from tests.ui.pages.screen import Screen

PACKS = Packs(resource("content"))


@pytest.fixture
def desk(vault: OpenVault) -> Desk:
    """A desk over a new vault."""
    return Desk(vault, PACKS)


@pytest.fixture
def screen(desk: Desk, opener: Opener, qapp: QApplication, qtbot: QtBot) -> Iterator[Screen]:
    """The window's inside over that desk, shown and in front; on no page yet."""
    apply_look(qapp, "light")
    session = Session(desk, Settings(), opener.local_data)
    session.opener = opener
    inside = Inside(session)
    qtbot.addWidget(inside)
    inside.resize(1280, 800)
    with qtbot.waitExposed(inside):
        inside.show()
    inside.activateWindow()
    qtbot.waitUntil(inside.isActiveWindow)
    yield Screen(inside, qtbot)
    session.leave_forms()
    session.drafts.rest()
    session.runner.close()
