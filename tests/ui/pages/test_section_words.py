"""Words on a page of the assessment that are not saved yet: kept, brought back, shown as they are."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.store.opening import Opener
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.window import DeskWindow
from tests.conftest import PASSPHRASE
from tests.ui.pages.screen import ODD_NAMES, Screen
from tests.ui.pages.sitting import (
    CTRL,
    add_rowan,
    focused,
    hit,
    letters,
    open_section,
    say,
    value_of,
)

LONG = "ten thousand " * 800


def test_half_a_word_survives_the_lock_in_the_same_field_at_the_same_letter(
    opener: Opener, folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    with opener.open(folder, PASSPHRASE) as vault:
        code = add_rowan(Desk(vault, Packs(resource("content")))).code
    locked: list[str] = []

    def relaunch(_folder: Path | None, why: str) -> None:
        locked.append(why)

    def unlocked() -> DeskWindow:
        window = DeskWindow(opener.local_data, opener_of, relaunch, chosen=folder)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        with qtbot.waitSignal(window.unlocked, timeout=20_000):
            letters(PASSPHRASE)
            hit(Qt.Key.Key_Return)
        return window

    def opener_of() -> Opener:
        return opener

    window = unlocked()
    assert window.inside is not None
    window.inside.go(Place("section", code, "strengths", "child/good-at"))
    letters("She draws fo")
    hit(Qt.Key.Key_Left)
    hit(Qt.Key.Key_Left)
    letters("x")
    hit(Qt.Key.Key_L, CTRL)
    assert locked == ["key"]
    window.hide()
    with opener.open(folder, PASSPHRASE) as vault:
        assert value_of(Desk(vault, Packs(resource("content"))), code, "child/good-at") is None, (
            "not saved, kept"
        )
    window = unlocked()
    assert window.inside is not None
    field = focused()
    assert isinstance(field, QPlainTextEdit)
    assert field.accessibleName() == "What is Rowan good at or proud of?"
    assert field.toPlainText() == "She draws xfo"
    assert field.textCursor().position() == len("She draws x")
    hit(Qt.Key.Key_Tab)
    desk = window.inside.session.desk
    assert value_of(desk, code, "child/good-at") == "She draws xfo"
    assert not desk.vault.drafts(f"{open_file(desk, code).case.id}/answer/child/good-at")
    window.inside.lock("key")


def test_half_a_word_is_kept_within_a_second_and_says_so(screen: Screen, desk: Desk, qtbot: QtBot) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "strengths", "child/good-at")
    letters("Draw")
    prefix = f"{file.case.id}/answer/child/good-at"
    qtbot.waitUntil(lambda: prefix in desk.vault.drafts(prefix))
    screen.settle()
    assert screen.words().count("Draft kept") >= 1
    assert "What you are writing is kept as a draft." in screen.words()
    hit(Qt.Key.Key_Tab)
    assert prefix not in desk.vault.drafts(prefix)
    assert "Draft kept" not in screen.words()
    assert "Everything above is saved." in screen.words()


def test_half_a_word_in_a_known_answer_and_in_a_reason_opens_them_again(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    say(desk, file, "good-at", "Swimming")
    prefix = f"{file.case.id}/answer"
    desk.vault.keep_draft(f"{prefix}/child/good-at", "Swimming fa", 11)
    desk.vault.keep_draft(f"{prefix}/child/bad-night/reason", "Too ti", 6)
    open_section(screen, file.code, "strengths", "child/good-at")
    field = focused()
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == "Swimming fa"
    reason = screen.named("Why was it not asked?", QLineEdit)
    assert isinstance(reason, QLineEdit)
    assert reason.text() == "Too ti"
    assert "Draft kept" in screen.words()


def test_any_text_is_kept_and_shown_as_it_is(screen: Screen, desk: Desk) -> None:
    for text in (*ODD_NAMES, "<b>x</b> & {{ y }} {name}", LONG):
        file = add_rowan(desk, text[:60])
        open_section(screen, file.code, "strengths", "child/good-at")
        field = focused()
        assert isinstance(field, QPlainTextEdit)
        field.insertPlainText(text)
        hit(Qt.Key.Key_Tab)
        assert value_of(desk, file.code, "child/good-at") == text.strip()
        open_section(screen, file.code, "strengths")
        assert text.strip() in screen.words()


def test_a_vault_that_cannot_be_written_says_so_and_keeps_the_words_in_the_field(
    screen: Screen, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "strengths", "child/good-at")
    field = focused()
    assert isinstance(field, QPlainTextEdit)
    monkeypatch.setattr(desk.vault, "read_only", True)
    letters("Drawing")
    hit(Qt.Key.Key_Tab)
    assert "The last answer is not saved." in screen.words()
    assert field.toPlainText() == "Drawing"
    monkeypatch.setattr(desk.vault, "read_only", False)
    field.setFocus()
    hit(Qt.Key.Key_Tab)
    assert value_of(desk, file.code, "child/good-at") == "Drawing"
    assert "Everything above is saved." in screen.words()
