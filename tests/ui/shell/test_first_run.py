"""Making a vault, step by step, by keys and by name; the vault that comes of it opens."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from csa_desk.casework import founding, recovery
from csa_desk.casework.desk import Desk
from csa_desk.content.reading import Packs
from csa_desk.errors import InputError
from csa_desk.paths import resource
from csa_desk.store.opening import Opener
from csa_desk.store.sheet import WORDS_ON_SHEET, read_sheet
from csa_desk.ui.look import apply_look
from csa_desk.ui.pages.settings.page import SettingsPage
from csa_desk.ui.shell.first_run import FirstRunPage
from csa_desk.ui.shell.runner import Runner
from csa_desk.ui.shell.unlock import UnlockPage
from csa_desk.ui.shell.window import DeskWindow

PHRASE = "seven quiet otters paddle"


class Steps:
    """The page, worked like a person would."""

    def __init__(self, page: FirstRunPage, qtbot: QtBot) -> None:
        self.page = page
        self.qtbot = qtbot

    def choose(self, key: str, value: str) -> None:
        """Choose an option of the step by clicking it."""
        for stop in self.page.step.form.field(key).control.stops():
            if stop.option.key == value:  # type: ignore[attr-defined]
                stop.click()  # type: ignore[attr-defined]

    def write(self, key: str, text: str) -> None:
        """Type over what stands in a field."""
        field = self.page.step.form.field(key)
        line = field.control.stops()[0]
        assert isinstance(line, QLineEdit)
        line.setFocus()
        line.selectAll()
        if text.isascii() and len(text) < 100:
            QTest.keyClicks(line, text)
        else:
            line.insert(text)

    def go_on(self) -> None:
        """Press Enter where the keyboard is, if that is a field, else the button."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit):
            QTest.keyClick(focus, Qt.Key.Key_Return)
        else:
            self.page.button.click()

    def to_service(self, kind: str = "live", name: str = "Priya Nair") -> None:
        """As far as the own service."""
        self.choose("kind", kind)
        self.go_on()
        self.write("name", name)
        self.choose("profession", "navigator")
        self.go_on()

    def to_place(self, kind: str = "live") -> None:
        """As far as the folder."""
        self.to_service(kind)
        self.write("name", "Eastmere")
        self.choose("nation", "wales")
        self.write("out_of_hours", "01632 960 999")
        self.go_on()

    def to_words(self, folder: Path, kind: str = "live") -> None:
        """As far as the recovery words."""
        self.to_place(kind)
        self.write("folder", str(folder))
        self.go_on()
        self.write("passphrase", PHRASE)
        self.write("again", PHRASE)
        self.go_on()
        self.qtbot.waitUntil(self.there, timeout=10_000)

    def there(self) -> bool:
        """Whether the recovery words are shown."""
        return self.page.step is self.page.words

    def errors(self) -> list[str]:
        """What is wrong beside the fields of this step."""
        return [field.error for field in self.page.step.form.fields if field.error]


@pytest.fixture
def steps(
    opener: Opener, qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Steps]:
    """The first step, with an own home."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    apply_look(qapp, "light")
    runner = Runner()
    page = FirstRunPage(_opener(opener), runner, tmp_path / "local")
    qtbot.addWidget(page)
    page.resize(1280, 800)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.start()
    yield Steps(page, qtbot)
    runner.close()


def _opener(opener: Opener) -> Callable[[], Opener]:
    def make() -> Opener:
        return opener

    return make


def test_the_whole_way_ends_in_a_vault_that_opens(steps: Steps, opener: Opener, tmp_path: Path) -> None:
    folder = tmp_path / "new.csadesk"
    steps.to_words(folder)
    page = steps.page
    words = list(page.words.words)
    assert len(words) == WORDS_ON_SHEET
    assert read_sheet(" ".join(words)).secret
    steps.go_on()
    assert page.step is page.prove
    asked = [int(field.key.removeprefix("word-")) for field in page.prove.form.fields]
    assert len(asked) == 2
    for number in asked:
        steps.write(f"word-{number}", words[number - 1].upper())
    steps.go_on()
    assert page.step is page.shares
    page.button.click()
    assert steps.errors() == ["Choose whether to make them now"]
    steps.choose("when", "now")
    page.button.click()
    steps.qtbot.waitUntil(page.shares.grid.isVisible, timeout=10_000)
    papers = []
    for number in range(3):
        papers.append(page.shares.grid.accessibleDescription())
        if number < 2:
            page.button.click()
    assert len(set(papers)) == 3
    page.shares.file.set_value("file", str(tmp_path / "share-3.txt"))
    page.shares.save()
    assert "Share 3 of 3" in (tmp_path / "share-3.txt").read_text("utf-8")
    page.button.click()
    assert page.step is page.rehearse
    page.button.click()
    assert steps.errors() == ["Choose now or later"]
    steps.choose("rehearse", "later")
    with steps.qtbot.waitSignal(page.made) as made:
        page.button.click()
    assert made.args == [folder, PHRASE, False]
    plain = [" ".join(word for word in paper.replace(",", "").split() if word.isalpha()) for paper in papers]
    assert opener.unlock_by_shares(folder, plain[:2]).opened.own.practitioner == ""
    with opener.open(folder, PHRASE) as vault:
        desk = Desk(vault, Packs(resource("content")))
        service, who = desk.own_service(), desk.practitioner()
        assert (service.name, service.nation, service.out_of_hours) == ("Eastmere", "wales", "01632 960 999")
        assert (who.name, who.profession, desk.training) == ("Priya Nair", "navigator", False)
    with opener.open(folder, " ".join(words)):
        pass


def test_training_turns_the_window_plum_at_once_and_makes_a_training_vault(
    steps: Steps, opener: Opener, tmp_path: Path
) -> None:
    with steps.qtbot.waitSignal(steps.page.kind_chosen) as chosen:
        steps.choose("kind", "training")
    assert chosen.args == [True]
    folder = tmp_path / "practice.csadesk"
    steps.to_words(folder, "training")
    with opener.open(folder, PHRASE) as vault:
        assert vault.kind == "training"
    steps.go_on()
    for field in steps.page.prove.form.fields:
        steps.write(field.key, steps.page.words.words[int(field.key.removeprefix("word-")) - 1])
    steps.go_on()
    assert steps.page.step is steps.page.rehearse
    assert steps.page._number.words == "Step 8 of 8"
    steps.choose("rehearse", "now")
    with steps.qtbot.waitSignal(steps.page.made) as made:
        steps.page.button.click()
    assert made.args == [folder, PHRASE, True]


def test_what_is_missing_is_said_above_and_beside_and_leads_to_its_field(steps: Steps) -> None:
    page = steps.page
    page.button.click()
    assert page.summary.isVisible()
    assert page.summary.accessibleName() == "There is a problem. Choose real work or training"
    steps.to_service(name="")
    assert page.step is page.you
    assert steps.errors() == ["Give your name"]
    page.summary.asked.emit("name")
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_back_keeps_what_was_typed(steps: Steps) -> None:
    page = steps.page
    steps.to_place()
    page.back_button.click()
    assert page.step is page.service
    assert page.service.text("name") == "Eastmere"


def test_somebody_with_a_vault_goes_back_to_unlocking(steps: Steps) -> None:
    with steps.qtbot.waitSignal(steps.page.given_up):
        steps.page.back_button.click()


def test_a_folder_named_after_the_service_is_offered_and_another_kept(steps: Steps, tmp_path: Path) -> None:
    page = steps.page
    steps.to_place()
    assert page.where.text("folder") == str(tmp_path / "home" / "eastmere.csadesk")
    steps.write("folder", str(tmp_path / "elsewhere"))
    page.back_button.click()
    page.button.click()
    assert page.where.folder() == tmp_path / "elsewhere.csadesk"


def test_a_synced_folder_is_warned_about_but_not_forbidden(steps: Steps, tmp_path: Path) -> None:
    page = steps.page
    steps.to_place()
    assert not page.where.risk.isVisible()
    steps.write("folder", str(tmp_path / "OneDrive - Eastmere" / "new.csadesk"))
    assert page.where.risk.isVisible()
    assert "cloud" in page.where.risk.accessibleName()
    steps.go_on()
    assert page.step is page.phrase


def test_a_folder_with_something_in_it_is_refused(steps: Steps, tmp_path: Path) -> None:
    (tmp_path / "full.csadesk").mkdir()
    (tmp_path / "full.csadesk" / "letter.txt").write_text("x", "utf-8")
    steps.to_place()
    steps.write("folder", str(tmp_path / "full"))
    steps.go_on()
    assert steps.errors() == ["There is already something at that place. Choose a new, empty folder"]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("short", "short", "too short"), (PHRASE, "Seven quiet otters paddle", "not the same")],
)
def test_a_passphrase_must_be_long_enough_and_twice_the_same(
    steps: Steps, first: str, second: str, said: str
) -> None:
    steps.to_place()
    steps.go_on()
    steps.write("passphrase", first)
    steps.write("again", second)
    steps.go_on()
    assert steps.page.step is steps.page.phrase
    assert said in "".join(steps.errors())


def test_offered_words_go_into_the_first_field_and_the_second_is_typed_by_hand(steps: Steps) -> None:
    steps.to_place()
    steps.go_on()
    phrase = steps.page.phrase
    offered = phrase.offered.words
    assert len(offered.split()) == founding.WORDS_OFFERED
    phrase.others_button.click()
    assert phrase.offered.words != offered
    phrase.take_button.click()
    assert phrase.passphrase == phrase.offered.words
    assert phrase.form.value("again") == ""
    assert QApplication.focusWidget() in phrase.form.field("again").control.stops()


def test_a_wrong_word_is_not_let_through_and_the_list_can_be_seen_again(steps: Steps, tmp_path: Path) -> None:
    steps.to_words(tmp_path / "new.csadesk")
    page = steps.page
    steps.go_on()
    for field in page.prove.form.fields:
        steps.write(field.key, "wrong")
    steps.go_on()
    assert page.prove.isVisible()
    assert len(steps.errors()) == 2
    page.back_button.click()
    assert page.words.isVisible()
    assert not page.back_button.isVisible()


def test_the_words_can_be_saved_as_a_file_but_not_into_the_vault_nor_over_another(
    steps: Steps, tmp_path: Path
) -> None:
    folder = tmp_path / "new.csadesk"
    steps.to_words(folder)
    page = steps.page
    page.words.save_button.click()
    steps.write("file", str(folder / "words.txt"))
    steps.go_on()
    assert steps.errors() == ["Keep the words apart from the vault, not inside its folder"]
    out = tmp_path / "words.txt"
    steps.write("file", str(out))
    steps.go_on()
    assert page.step is page.words
    text = out.read_text("utf-8")
    assert all(f"{number:2}. {word}" in text for number, word in enumerate(page.words.words, start=1))
    assert page.words.said.isVisible()
    with pytest.raises(InputError, match="already something of that name"):
        founding.save_sheet(" ".join(page.words.words), folder, out)


def test_a_vault_that_cannot_be_made_leads_back_to_the_place(
    steps: Steps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "new.csadesk"
    steps.to_place()
    steps.write("folder", str(folder))
    steps.go_on()
    # Somebody puts something there while the passphrase is chosen.
    folder.mkdir()
    (folder / "letter.txt").write_text("x", "utf-8")
    steps.write("passphrase", PHRASE)
    steps.write("again", PHRASE)
    steps.go_on()
    steps.qtbot.waitUntil(lambda: steps.page.step is steps.page.where, timeout=10_000)
    assert "already something" in steps.errors()[0]
    assert (folder / "letter.txt").exists()


@pytest.mark.parametrize("name", ["<b>Bold</b> & {{ x }}", "😀 Emoji", "אורי כהן", "long " * 2000])
def test_odd_names_are_kept_as_they_are(steps: Steps, name: str) -> None:
    steps.to_service(name=name)
    assert steps.page.wanted().name == name.strip()
    assert founding.offered_folder(name).name.endswith(founding.ENDING)


def test_a_new_vault_that_does_not_open_is_said_to_be_made_and_why_it_stays_shut(
    opener: Opener, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    apply_look(qapp, "light")
    folder = tmp_path / "new.csadesk"
    opener.create(folder, PHRASE)
    window = DeskWindow(opener.local_data, _opener(opener), _stay)
    qtbot.addWidget(window)
    window.show()
    window.show_first_run()
    page = window.entrance
    assert isinstance(page, FirstRunPage)
    with qtbot.waitSignal(window.refused, timeout=10_000) as refused:
        page.made.emit(folder, "another passphrase than that", False)
    unlock = window.entrance
    assert isinstance(unlock, UnlockPage)
    assert unlock.folder() == folder
    assert unlock.form.field("passphrase").error == refused.args[0]
    said = [
        label.accessibleName() or label.text() for label in unlock.findChildren(QLabel) if label.isVisible()
    ]
    assert any("Your vault is made" in words for words in said)
    window.close()


def test_trying_the_whole_sheet_out_at_once_opens_its_rehearsal(
    opener: Opener, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    apply_look(qapp, "light")
    folder = tmp_path / "new.csadesk"
    sheet = opener.create(folder, PHRASE)
    window = DeskWindow(opener.local_data, _opener(opener), _stay)
    qtbot.addWidget(window)
    window.show()
    window.show_first_run()
    with qtbot.waitSignal(window.unlocked, timeout=10_000):
        window.entrance.made.emit(folder, PHRASE, True)  # type: ignore[attr-defined]
    page = window.inside.page  # type: ignore[union-attr]
    assert isinstance(page, SettingsPage)
    form = page.recovery._form
    assert form is not None
    assert form.isVisible()
    form.form.set_value("first", sheet)
    form.send.click()
    qtbot.waitUntil(lambda: page.recovery.panel is None, timeout=10_000)
    assert recovery.ways_back(page.session.desk)[0].proved_on == page.session.desk.today
    window.inside.lock("key")  # type: ignore[union-attr]


def _stay(_folder: Path | None, _why: str) -> None:
    """Locking replaces nothing here."""
