"""The unlock page: which vault, what kind it is, plain words where it does not open."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from csa_desk.settings import Settings
from csa_desk.store.header import VaultKind
from csa_desk.ui.look import apply_look
from csa_desk.ui.shell.unlock import UnlockPage, vault_name
from csa_desk.ui.widgets.buttons import Button


def is_training(folder: Path) -> bool:
    return "practice" in folder.name


@pytest.fixture
def show(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, make_vault: Callable[..., Path]
) -> Callable[..., UnlockPage]:
    apply_look(qapp, "light")
    folders = (
        make_vault("eastmere"),
        make_vault("practice set", kind=VaultKind.TRAINING),
        tmp_path / "gone.csadesk",
    )

    def made(**arguments: object) -> UnlockPage:
        page = UnlockPage(Settings(vaults=tuple(map(str, folders))), is_training, **arguments)  # type: ignore[arg-type]
        qtbot.addWidget(page)
        page.resize(1280, 800)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.start()
        return page

    return made


def words(page: UnlockPage) -> str:
    labels = [
        label.accessibleName() or label.text() for label in page.findChildren(QLabel) if label.isVisible()
    ]
    buttons = [
        f"{button.accessibleName()}. {button.accessibleDescription()}"
        for button in page.findChildren(QAbstractButton)
        if button.isVisible()
    ]
    return "\n".join(labels + buttons).replace("\u200b", "")


def press(page: UnlockPage, name: str) -> None:
    found = [button for button in page.findChildren(QAbstractButton) if button.accessibleName() == name]
    found[0].click()


def test_each_vault_says_its_name_kind_and_place(show: Callable[..., UnlockPage]) -> None:
    said = words(show())
    assert "Eastmere. " in said
    assert "Live vault · " in said
    assert "/ eastmere.csadesk" in said
    assert "Practice set. " in said
    assert "Training vault · " in said
    assert "Not found just now · " in said
    assert "Support, not evidence." in said


def test_the_passphrase_has_the_focus_and_enter_unlocks(
    show: Callable[..., UnlockPage], qtbot: QtBot
) -> None:
    page = show()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.accessibleName() == "Passphrase"
    QTest.keyClicks(field, "seven quiet otters paddle")
    with qtbot.waitSignal(page.unlock_asked) as asked:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert asked.args[0].name == "eastmere.csadesk"
    assert asked.args[1] == "seven quiet otters paddle"


def test_an_empty_passphrase_is_asked_for(show: Callable[..., UnlockPage], qtbot: QtBot) -> None:
    page = show()
    with qtbot.assertNotEmitted(page.unlock_asked):
        press(page, "Unlock")
    assert "Type the passphrase of this vault" in words(page)


def test_a_training_vault_says_so_before_anything_is_typed(
    show: Callable[..., UnlockPage], qtbot: QtBot
) -> None:
    page = show()
    with qtbot.waitSignal(page.vault_chosen) as chosen:
        press(page, "Practice set")
    assert chosen.args == [True]
    assert "Every child in this vault is invented." in words(page)
    with qtbot.waitSignal(page.vault_chosen) as chosen:
        press(page, "Eastmere")
    assert chosen.args == [False]
    assert "Support, not evidence." in words(page)


def test_a_refusal_stands_beside_the_field(show: Callable[..., UnlockPage]) -> None:
    page = show()
    page.refuse("That passphrase does not open this vault.")
    assert "That passphrase does not open this vault." in words(page)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.accessibleName() == "Passphrase"
    assert field.text() == ""


def test_locked_says_since_when_why_and_that_nothing_is_lost(
    show: Callable[..., UnlockPage], tmp_path: Path
) -> None:
    page = show(chosen=tmp_path / "eastmere.csadesk", locked_since="10:42", why="idle")
    said = words(page)
    assert "Since 10:42, after a while with nobody at the keyboard." in said
    assert "Nothing you typed is lost" in said
    assert "You will come back to the same place." in said
    assert "Practice set" not in said
    press(page, "Open another vault")
    assert "Practice set" in words(page)


def test_a_vault_just_made_that_did_not_open_is_said_to_be_made(show: Callable[..., UnlockPage]) -> None:
    assert "Your vault is made" not in words(show())
    page = show(made=True)
    page.refuse("That is not the passphrase of this vault.")
    assert "Your vault is made" in words(page)
    assert "That is not the passphrase of this vault." in words(page)


def test_forgotten_leads_to_the_recovery_sheet_and_shares(
    show: Callable[..., UnlockPage], qtbot: QtBot
) -> None:
    page = show()
    with qtbot.waitSignal(page.recover_asked) as asked:
        press(page, "Forgotten it? Use your recovery sheet or shares")
    assert [folder.name for folder in asked.args] == ["eastmere.csadesk"]


@pytest.mark.parametrize(
    ("folder", "name"),
    [("eastmere.csadesk", "Eastmere"), ("my_own.csadesk", "My own"), ("ŵyn.csadesk", "Ŵyn")],
)
def test_a_vault_is_called_by_its_folder(folder: str, name: str) -> None:
    assert vault_name(Path("Documents") / folder) == name


def test_with_no_vault_known_making_one_is_the_loud_button(qapp: QApplication, qtbot: QtBot) -> None:
    apply_look(qapp, "light")
    page = UnlockPage(Settings(), is_training)
    qtbot.addWidget(page)
    page.show()
    page.start()
    loud = [made for made in page.findChildren(Button) if made.kind == "primary" and made.isVisible()]
    assert [made.words for made in loud] == ["Make a new vault"]
    with qtbot.waitSignal(page.create_asked):
        loud[0].click()
    page.form.set_value("folder", "/nowhere/eastmere.csadesk")
    page.form.set_value("passphrase", "any passphrase at all")
    with qtbot.waitSignal(page.unlock_asked):
        page.button.click()


def test_with_a_vault_known_unlocking_is_the_loud_button(show: Callable[..., UnlockPage]) -> None:
    page = show()
    assert [made.words for made in page.findChildren(Button) if made.kind == "primary"] == ["Unlock"]
