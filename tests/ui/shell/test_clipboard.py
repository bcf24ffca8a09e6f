"""Copied words are marked secret and do not stay."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from csa_desk.ui.shell.clipboard import ClipboardGuard


def test_copied_words_are_marked_secret_and_taken_off_at_lock(qtbot: QtBot, qapp: QApplication) -> None:
    guard = ClipboardGuard()
    field = QLineEdit("kestrel")
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    field.copy()
    board = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: board.mimeData().hasFormat("x-kde-passwordManagerHint"))
    assert board.text() == "kestrel"
    guard.clear()
    assert board.text() == ""


def test_words_another_program_put_there_are_left_alone(qtbot: QtBot, qapp: QApplication) -> None:
    guard = ClipboardGuard()
    field = QLineEdit("kestrel")
    qtbot.addWidget(field)
    field.selectAll()
    field.copy()
    QGuiApplication.clipboard().setText("somebody else's words")
    guard.clear()
    assert QGuiApplication.clipboard().text() == "somebody else's words"
    QGuiApplication.clipboard().clear()
