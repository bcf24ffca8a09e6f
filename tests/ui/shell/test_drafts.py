"""A lock in the middle of a form loses nothing: every kind of field comes back with the value it had."""

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csa_desk.casework.desk import Desk
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.settings import Settings
from csa_desk.store.opening import Opener
from csa_desk.store.vault import OpenVault
from csa_desk.ui.look import apply_look
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.dates import NOT_KNOWN
from csa_desk.ui.widgets.form import Field, FieldSpec, Form, Kind
from csa_desk.ui.widgets.text_fields import PersonChoice, PersonText

PREFIX = "case/new"
OPTIONS = [Option(key, f"The option {key}") for key in ("a", "b b", "c/c", "d", "e")]
KINDS: tuple[Kind, ...] = (
    "line", "lines", "number", "date", "one_of", "many_of", "yes_no", "row", "scale", "person", "pick",
)  # fmt: skip


@pytest.fixture
def session(vault: OpenVault, opener: Opener, qapp: QApplication) -> Iterator[Session]:
    apply_look(qapp, "light")
    made = Session(Desk(vault, Packs(resource("content"))), Settings(), opener.local_data)
    yield made
    made.runner.close()


def come_back(session: Session) -> Session:
    """Lock in mid-work, and unlock: another session over the same vault."""
    session.flush_for_lock()
    return Session(session.desk, session.settings, session.local_data, session)


class Sheet(QWidget):
    """A form with one field of each kind, sent as a whole, and a button after it."""

    def __init__(self, session: Session, qtbot: QtBot, **defaults: object) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.form = Form()
        for kind in KINDS:
            self.form.add(FieldSpec(kind, f"The {kind}", kind, options=() if kind == "yes_no" else OPTIONS))
        for key, value in defaults.items():
            self.form.set_value(key, value)
        self.after = QPushButton("After")
        column.addWidget(self.form)
        column.addWidget(self.after)
        session.watch_form(self.form, PREFIX, whole=True)
        qtbot.addWidget(self)
        with qtbot.waitExposed(self):
            self.show()
        self.activateWindow()
        qtbot.waitUntil(self.isActiveWindow)


def words(dice: random.Random) -> str:
    """A few letters, some of them no plain ones."""
    return "".join(dice.choice("ab Cé😀&<x>שŵ/|") for _ in range(dice.randint(1, 9))).strip() or "x"


def use(field: Field, dice: random.Random) -> None:
    """Give the field another value, as a person does."""
    field.focus()
    stops = field.control.stops()
    match field.spec.kind:
        case "line" | "lines":
            QApplication.clipboard().setText(words(dice))
            QTest.keyClick(stops[0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
            QApplication.clipboard().clear()
        case "number":
            QTest.keyClicks(stops[0], str(dice.randint(0, 999)))
        case "date":
            if dice.random() < 0.3:
                QTest.keyClick(stops[-1], Qt.Key.Key_Space)
            else:
                parts = ("", dice.choice(["", "3", "march"]), str(dice.randint(1990, 2026)))
                for stop, part in zip(stops[:3], parts, strict=True):
                    stop.setFocus()
                    QTest.keyClicks(stop, part)
        case "person":
            control = field.control
            assert isinstance(control, PersonText)
            # Offered only while it is typed, as the directory's names are.
            control.offer([Option("key-of-it", "Linden House"), *OPTIONS])
            QTest.keyClicks(stops[0], dice.choice(["Linden House", "Somebody", "The option d"]))
        case "pick":
            drop = stops[0]
            assert isinstance(drop, QComboBox)
            for _ in range(dice.randint(1, len(OPTIONS))):
                QTest.keyClick(drop, Qt.Key.Key_Down)
        case "many_of":
            for stop in dice.sample(stops, dice.randint(1, len(stops))):
                QTest.keyClick(stop, Qt.Key.Key_Space)
        case _:
            for _ in range(dice.randint(1, 4)):
                QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
            if dice.random() < 0.5:
                chosen = QApplication.focusWidget()
                assert isinstance(chosen, QAbstractButton)
                QTest.keyClick(chosen, Qt.Key.Key_Space)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("left", [True, False], ids=["left", "in the field"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_field_comes_back_after_a_lock_as_it_was(
    session: Session, qtbot: QtBot, kind: Kind, left: bool, seed: int
) -> None:
    sheet = Sheet(session, qtbot)
    empty = sheet.form.values()
    use(sheet.form.field(kind), random.Random(seed))
    if left:
        sheet.after.setFocus()
    before = sheet.form.values()
    assert before[kind] != empty[kind]
    again = Sheet(come_back(session), qtbot)
    assert again.form.values() == before


def test_a_whole_form_comes_back_with_what_stood_in_it_from_the_start(session: Session, qtbot: QtBot) -> None:
    starts = {"row": "d", "many_of": ("a", "c/c"), "date": "2026-11-24", "pick": "b b", "scale": 3}
    sheet = Sheet(session, qtbot, **starts)
    use(sheet.form.field("line"), random.Random(1))
    before = sheet.form.values()
    assert Sheet(come_back(session), qtbot).form.values() == before
    assert before["many_of"] == ("a", "c/c")


def test_what_nobody_touched_leaves_no_draft(session: Session, qtbot: QtBot) -> None:
    sheet = Sheet(session, qtbot, row="d", date=NOT_KNOWN)
    sheet.form.focus_on("line")
    session.flush_for_lock()
    assert session.desk.vault.drafts(f"{PREFIX}/") == {}


def test_a_choice_taken_back_stays_taken_back(session: Session, qtbot: QtBot) -> None:
    sheet = Sheet(session, qtbot, many_of=("a",))
    box = sheet.form.field("many_of").control.stops()[0]
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert sheet.form.value("many_of") == ()
    assert Sheet(come_back(session), qtbot, many_of=("a",)).form.value("many_of") == ()


def test_the_keyboard_comes_back_to_the_same_part_of_a_date_and_the_same_box(
    session: Session, qtbot: QtBot
) -> None:
    sheet = Sheet(session, qtbot)
    year = sheet.form.field("date").control.stops()[2]
    year.setFocus()
    QTest.keyClicks(year, "2016")
    key, cursor = session.focused()
    session = come_back(session)
    again = Sheet(session, qtbot)
    assert session.focus_field(key, cursor)
    assert QApplication.focusWidget() is again.form.field("date").control.stops()[2]
    third = again.form.field("many_of").control.stops()[2]
    QTest.keyClick(third, Qt.Key.Key_Space)
    third.setFocus()
    key, cursor = session.focused()
    session = come_back(session)
    last = Sheet(session, qtbot)
    assert session.focus_field(key, cursor)
    assert QApplication.focusWidget() is last.form.field("many_of").control.stops()[2]


def test_a_directory_name_keeps_its_entry(session: Session, qtbot: QtBot) -> None:
    sheet = Sheet(session, qtbot)
    field = sheet.form.field("person")
    control = field.control
    assert isinstance(control, PersonText)
    control.offer([Option("key-of-it", "Linden House")])
    field.focus()
    QTest.keyClicks(control.line, "Linden House")
    again = Sheet(come_back(session), qtbot)
    assert again.form.value("person") == PersonChoice("key-of-it", "Linden House")
    line = again.form.field("person").control.stops()[0]
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert again.form.value("person") == PersonChoice("", "Linden Hous")
