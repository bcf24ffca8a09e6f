"""Coming back in from the unlock page: by the sheet, by two shares, and what is said where the words are wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csa_desk.records import vault as own
from csa_desk.records.ids import new_id
from csa_desk.store import recovering, slots
from csa_desk.store.opening import Opener
from csa_desk.store.shares import NewShares, new_shares
from csa_desk.store.sheet import new_sheet
from csa_desk.ui.look import apply_look
from csa_desk.ui.shell.recover import RecoverPage
from csa_desk.ui.shell.window import DeskWindow
from csa_desk.ui.widgets.boxes import Banner

NEW = "nine patient herons wade at dusk"


@pytest.fixture
def papers(folder: Path, opener: Opener, passphrase: str) -> tuple[str, NewShares, str]:
    """The words of the sheet, the shares, and the id of a colleague."""
    words, made = new_sheet(), new_shares()
    with opener.open(folder, passphrase) as vault:
        slots.set_way(vault, slots.SHEET, slots.derive_new(vault.header, words))
        recovering.make_shares(vault, made, slots.derive_new(vault.header, made.secret))
        jo = own.Practitioner(id=new_id(), name="Jo Adeyemi", profession="therapist")
        slots.add(vault, jo, {"passphrase": slots.derive_new(vault.header, "copper lantern over moors")})
    return words, made, jo.id


@pytest.fixture
def start(
    qapp: QApplication, qtbot: QtBot, folder: Path, opener: Opener
) -> Callable[[], tuple[DeskWindow, RecoverPage]]:
    def shown() -> tuple[DeskWindow, RecoverPage]:
        apply_look(qapp, "light")
        window = DeskWindow(opener.local_data, lambda: opener, lambda *_: None, chosen=folder)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.entrance._forgotten.click()  # type: ignore[attr-defined]
        assert isinstance(window.entrance, RecoverPage)
        return window, window.entrance

    return shown


def notices(window: DeskWindow) -> str:
    """What stands above the page."""
    assert window.inside is not None
    return " ".join(
        banner.accessibleName() for banner in window.inside.findChildren(Banner) if banner.property("tone")
    )


def choose_passphrase(page: RecoverPage) -> None:
    page.phrase.form.set_value("passphrase", NEW)
    page.phrase.form.set_value("again", NEW)


def test_the_sheet_opens_the_vault_with_a_new_passphrase(
    start: Callable, papers: tuple[str, NewShares, str], qtbot: QtBot, folder: Path, opener: Opener
) -> None:
    window, page = start()
    page.go_on()
    assert page.step is page.have
    page.have.form.set_value("have", "sheet")
    page.go_on()
    words = papers[0].split()
    page.sheet.form.set_value("words", " ".join([words[0] + "x", *words[1:]]))
    page.go_on()
    assert f"should be “{words[0]}”" in page.sheet.form.field("words").error
    page.sheet.form.set_value("words", " ".join(words))
    page.go_on()
    choose_passphrase(page)
    with qtbot.waitSignal(window.unlocked, timeout=10_000):
        page.go_on()
    assert window.inside is not None
    said = notices(window)
    assert "your new passphrase holds from now on" in said
    assert "Your recovery sheet still works" in said
    window.inside.lock("key")
    opener.unlock(folder, NEW)


def test_a_sheet_of_another_vault_goes_back_to_its_words(
    start: Callable, papers: tuple[str, NewShares, str], qtbot: QtBot
) -> None:
    _window, page = start()
    page.have.form.set_value("have", "sheet")
    page.go_on()
    page.sheet.form.set_value("words", new_sheet())
    page.go_on()
    choose_passphrase(page)
    page.go_on()
    qtbot.waitUntil(lambda: page.step is page.sheet, timeout=10_000)
    assert "belongs to another vault" in page.sheet.form.field("words").error


def test_two_shares_bring_a_colleague_back_and_she_is_told(
    start: Callable, papers: tuple[str, NewShares, str], qtbot: QtBot
) -> None:
    window, page = start()
    _, made, jo = papers
    page.have.form.set_value("have", "shares")
    page.go_on()
    page.shares.form.set_value("first", made.papers[1])
    page.shares.form.set_value("second", made.papers[1])
    page.go_on()
    assert "same share twice" in page.shares.form.field("second").error
    page.shares.form.set_value("second", made.papers[2])
    page.go_on()
    qtbot.waitUntil(lambda: page.step is page.who, timeout=10_000)
    page.go_on()
    assert page.step is page.who
    page.who.form.set_value("who", jo)
    page.go_on()
    choose_passphrase(page)
    with qtbot.waitSignal(window.unlocked, timeout=10_000):
        page.go_on()
    vault = window.inside.session.desk.vault
    assert vault.practitioner == jo
    assert [notice.code for notice in vault.notices] == ["service-recovery"]
    said = notices(window)
    assert "a recovery sheet too, opens nothing any more" in said
    assert "The shares still work" in said
    window.inside.lock("key")


def test_somebody_new_needs_a_name_and_back_leads_out(
    start: Callable, papers: tuple[str, NewShares, str], qtbot: QtBot
) -> None:
    window, page = start()
    page.have.form.set_value("have", "shares")
    page.go_on()
    page.shares.form.set_value("first", papers[1].papers[0])
    page.shares.form.set_value("second", papers[1].papers[1])
    page.go_on()
    qtbot.waitUntil(lambda: page.step is page.who, timeout=10_000)
    page.who.form.set_value("who", "new")
    page.who._answered("who", "new")
    page.go_on()
    assert page.who.form.field("name").error == "Give their name"
    for _ in range(3):
        page.go_back()
    assert window.entrance is not page
