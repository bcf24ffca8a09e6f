"""What of the window can be seen by others, and what stays where it is when settings change."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from csa_desk import settings
from csa_desk.settings import Settings
from csa_desk.store.header import VaultKind
from csa_desk.store.opening import Opener
from csa_desk.ui.look import apply_look
from csa_desk.ui.shell.capture import CaptureGuard
from csa_desk.ui.shell.place import Place
from csa_desk.ui.widgets.boxes import Banner
from csa_desk.ui.widgets.buttons import LinkButton
from tests.conftest import PASSPHRASE
from tests.ui.pages.sitting import focused
from tests.ui.shell.locks import Sitting
from tests.ui.shell.told import ToldComputer


def test_a_live_vault_is_kept_out_of_pictures_and_its_lists_too(sitting: Sitting) -> None:
    assert sitting.computer.hidden == {"DeskWindow": True}
    popup = QComboBox()
    sitting.qtbot.addWidget(popup)
    popup.show()
    sitting.qtbot.waitUntil(lambda: sitting.computer.hidden.get("QComboBox") is True)


def test_the_setting_lets_it_be_seen(sitting: Sitting) -> None:
    sitting.inside.session.settings = Settings(hide_from_capture=False)
    sitting.inside.session.changed.emit()
    assert sitting.computer.hidden == {"DeskWindow": False}
    assert not settings.read(sitting.opener.local_data).hide_from_capture


def test_a_page_stays_where_a_setting_changes_that_it_does_not_show_in_its_look(sitting: Sitting) -> None:
    sitting.inside.go(Place("settings"))
    page, session = sitting.inside.page, sitting.inside.session
    session.settings = session.settings.with_further_vault(sitting.folder.with_name("restored.csadesk"))
    session.changed.emit()
    assert sitting.inside.page is page
    assert len(settings.read(sitting.opener.local_data).vaults) == 2
    session.settings = replace(session.settings, text_size=130)
    session.changed.emit()
    assert sitting.inside.page is not page


def test_what_was_noticed_can_be_set_aside_once_read(sitting: Sitting) -> None:
    sitting.inside.notice("Something was noticed. Look at it.")
    sitting.inside.notice("It can only be read.", stays=True)
    told = {made.accessibleName(): made for made in sitting.inside.findChildren(Banner)}
    gone, stays = told["Something was noticed. Look at it."], told["It can only be read."]
    sitting.qtbot.waitUntil(stays.isVisible)
    links = [
        made
        for made in sitting.inside.findChildren(LinkButton)
        if made.accessibleName() == "I have read this"
    ]
    assert [gone.isAncestorOf(link) for link in links] == [True]
    links[0].click()
    assert not gone.isVisible()
    assert stays.isVisible()
    assert sitting.inside.page is not None
    assert sitting.inside.page.isAncestorOf(focused())


def test_training_can_be_shown(opener: Opener, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    folder = tmp_path / "practice.csadesk"
    opener.create(folder, PASSPHRASE, kind=VaultKind.TRAINING)
    found = Sitting(opener, folder, qtbot, "")
    found.unlock()
    assert found.computer.hidden == {}
    found.end()
    apply_look(qapp)


def test_where_windows_cannot_be_hidden_nothing_is_claimed(qtbot: QtBot) -> None:
    computer = ToldComputer()
    computer.can_hide_windows = False
    guard = CaptureGuard(computer)
    guard.set_on(True)
    assert not guard.on
    assert computer.hidden == {}
