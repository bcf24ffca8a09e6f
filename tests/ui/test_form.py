"""Fields: names for readers, drafts, saving on leaving, errors, and text that stays text."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csa_desk.ui.look import apply_look
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.dates import NOT_KNOWN, DateFields
from csa_desk.ui.widgets.form import FieldSpec, Form, Kind
from csa_desk.ui.widgets.text_fields import GrowingText, LineText, PersonChoice, PersonText

OPTIONS = [Option("a", "First"), Option("b", "Second & last")]
KINDS: list[Kind] = [
    "line",
    "lines",
    "secret",
    "number",
    "date",
    "one_of",
    "many_of",
    "yes_no",
    "row",
    "scale",
    "person",
    "pick",
]
ODD = "<b>x</b> & {{ y }} 😀 שלום " + "w" * 10_000


class Sheet(QWidget):
    """A form with a button after it, and what it said."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.form = Form()
        self.after = QPushButton("After")
        column.addWidget(self.form)
        column.addWidget(self.after)
        self.answers: list[tuple[str, object]] = []
        self.drafts: list[tuple[str, str, int]] = []
        self.form.answered.connect(self.on_answer)
        self.form.typed.connect(self.on_typed)

    def on_answer(self, key: str, value: object) -> None:
        self.answers.append((key, value))

    def on_typed(self, key: str, text: str, cursor: int) -> None:
        self.drafts.append((key, text, cursor))


@pytest.fixture
def sheet(qapp: QApplication, qtbot: QtBot) -> Sheet:
    apply_look(qapp, "light")
    made = Sheet()
    qtbot.addWidget(made)
    return made


def show(sheet: Sheet, qtbot: QtBot) -> None:
    with qtbot.waitExposed(sheet):
        sheet.show()
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)


@pytest.mark.parametrize("kind", KINDS)
def test_every_stop_of_every_kind_has_a_name(sheet: Sheet, qtbot: QtBot, kind: Kind) -> None:
    field = sheet.form.add(FieldSpec("k", "Where & when?", kind, "A hint", OPTIONS))
    for stop in field.control.stops():
        assert stop.accessibleName()
        assert "Where & when?" in stop.accessibleName() + stop.accessibleDescription()
    assert field.label.buddy() is not None
    assert field.label.text().replace("&&", "&") == "Where & when?"


@pytest.mark.parametrize("kind", ["line", "lines", "person"])
def test_text_is_never_markup(sheet: Sheet, qtbot: QtBot, kind: Kind) -> None:
    field = sheet.form.add(FieldSpec("k", ODD, kind, ODD))
    field.set_value(ODD)
    field.set_error(ODD)
    show(sheet, qtbot)
    found = field.value()
    assert (found.name if isinstance(found, PersonChoice) else found) == ODD
    assert field.label.textFormat() == Qt.TextFormat.PlainText
    assert field.label.words == ODD
    assert field.label.minimumSizeHint().width() < 400


def test_leaving_saves_and_keystrokes_are_drafts(sheet: Sheet, qtbot: QtBot) -> None:
    field = sheet.form.add(FieldSpec("name", "Name"))
    show(sheet, qtbot)
    field.focus()
    QTest.keyClicks(field.control.stops()[0], "Ann")
    assert sheet.drafts == [("name", "A", 1), ("name", "An", 2), ("name", "Ann", 3)]
    assert sheet.answers == []
    sheet.after.setFocus()
    assert sheet.answers == [("name", "Ann")]
    field.focus()
    sheet.after.setFocus()
    assert len(sheet.answers) == 1


def test_flush_says_the_last_of_the_typing_and_drops_undo(sheet: Sheet, qtbot: QtBot) -> None:
    field = sheet.form.add(FieldSpec("note", "Note", "lines"))
    show(sheet, qtbot)
    field.focus()
    edit = field.control.stops()[0]
    assert isinstance(edit, QPlainTextEdit)
    QTest.keyClicks(edit, "half a")
    assert edit.document().isUndoAvailable()
    sheet.form.flush()
    assert sheet.drafts[-1] == ("note", "half a", 6)
    assert sheet.answers == [("note", "half a")]
    assert not edit.document().isUndoAvailable()


def test_a_draft_comes_back_with_its_cursor_and_counts_as_unsaved(sheet: Sheet, qtbot: QtBot) -> None:
    field = sheet.form.add(FieldSpec("note", "Note", "lines"))
    show(sheet, qtbot)
    sheet.form.restore_draft("note", "half written", 4)
    assert field.control.draft() == ("half written", 4)
    sheet.form.flush()
    assert sheet.answers == [("note", "half written")]


def test_hiding_the_page_saves(sheet: Sheet, qtbot: QtBot) -> None:
    field = sheet.form.add(FieldSpec("name", "Name"))
    show(sheet, qtbot)
    field.focus()
    QTest.keyClicks(field.control.stops()[0], "Ann")
    sheet.hide()
    assert sheet.answers == [("name", "Ann")]


def test_a_wrong_date_is_told_beside_the_field_and_not_answered(sheet: Sheet, qtbot: QtBot) -> None:
    field = sheet.form.add(FieldSpec("birth", "Birth date", "date"))
    show(sheet, qtbot)
    day, month, year, _ = field.control.stops()
    for stop, words in ((day, "14"), (month, "13"), (year, "2017")):
        QTest.keyClicks(stop, words)
    day.setFocus()
    sheet.after.setFocus()
    assert field.error == "Month must be between 1 and 12"
    assert month.property("wrong") is True
    assert not day.property("wrong")
    assert "Month must be" in month.accessibleDescription()
    assert sheet.answers == []
    month.setFocus()
    QTest.keyClick(month, Qt.Key.Key_Backspace)
    sheet.after.setFocus()
    assert field.error == ""
    assert sheet.answers == [("birth", "2017-01-14")]


@pytest.mark.parametrize(
    ("draft", "value", "fault"),
    [
        ("//", "", ""),
        ("//2016", "2016", ""),
        ("/3/2016", "2016-03", ""),
        ("27/march/2016", "2016-03-27", ""),
        ("30/2/2016", "", "February 2016 has 29 days"),
        ("3//2016", "", "Write the month, or leave the day empty"),
        ("1/1/16", "", "Year must have four figures, such as 2016"),
        ("x/1/2016", "", "Day must be between 1 and 31"),
        ("1/1/", "", "Write the year, or choose Not known"),
    ],
)
def test_dates_may_be_partial(qapp: QApplication, qtbot: QtBot, draft: str, value: str, fault: str) -> None:
    fields = DateFields()
    qtbot.addWidget(fields)
    fields.restore(draft, 0)
    assert (fields.value(), fields.fault()) == (value, fault)


def test_not_known_is_an_answer(sheet: Sheet, qtbot: QtBot) -> None:
    field = sheet.form.add(FieldSpec("birth", "Birth date", "date"))
    show(sheet, qtbot)
    QTest.keyClick(field.control.stops()[-1], Qt.Key.Key_Space)
    assert sheet.answers == [("birth", NOT_KNOWN)]
    QTest.keyClicks(field.control.stops()[2], "2016")
    assert field.value() == "2016"


def test_choices_are_answered_at_once_and_a_group_is_one_stop(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.form.add(FieldSpec("one", "One", "one_of", options=OPTIONS))
    sheet.form.add(FieldSpec("many", "Many", "many_of", options=OPTIONS))
    show(sheet, qtbot)
    first, second = sheet.form.field("one").control.stops()
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert sheet.answers == [("one", "b")]
    stops = [s for s in (first, second) if s.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [second]
    for box in sheet.form.field("many").control.stops():
        QTest.keyClick(box, Qt.Key.Key_Space)
    assert sheet.answers[1:] == [("many", ("a",)), ("many", ("a", "b"))]


def test_arrows_move_the_choice_which_counts_on_leaving(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.form.add(FieldSpec("one", "One", "one_of", options=OPTIONS))
    show(sheet, qtbot)
    sheet.form.set_value("one", "a")
    first = sheet.form.field("one").control.stops()[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert sheet.form.value("one") == "b"
    assert sheet.answers == []
    sheet.after.setFocus()
    assert sheet.answers == [("one", "b")]


def test_the_scale_takes_digits(sheet: Sheet, qtbot: QtBot) -> None:
    field = sheet.form.add(FieldSpec("safe", "How safe?", "scale"))
    show(sheet, qtbot)
    field.focus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_6)
    assert sheet.answers == [("safe", 6)]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_0)
    assert field.value() == 10
    assert sheet.answers[-1] == ("safe", 10)


def test_a_person_is_from_the_list_or_free_text(qapp: QApplication, qtbot: QtBot) -> None:
    field = PersonText([Option("1", "Jo Adeyemi")])
    qtbot.addWidget(field)
    field.set_value("Jo Adeyemi")
    assert field.value() == PersonChoice("1", "Jo Adeyemi")
    field.set_value("Somebody else")
    assert field.value() == PersonChoice("", "Somebody else")


def test_typing_is_kept_from_input_methods_and_paste_is_plain(qapp: QApplication, qtbot: QtBot) -> None:
    text, line = GrowingText(), LineText()
    qtbot.addWidget(text)
    qtbot.addWidget(line)
    for stop in (text.edit, line.line):
        assert stop.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("plain\x00 words")
    text.edit.insertFromMimeData(data)
    assert text.value() == "plain words"


def test_several_lines_grow_and_tab_leaves(sheet: Sheet, qtbot: QtBot) -> None:
    field = sheet.form.add(FieldSpec("note", "Note", "lines"))
    show(sheet, qtbot)
    edit = field.control.stops()[0]
    before = edit.sizeHint().height()
    field.set_value("line\n" * 20)
    assert edit.sizeHint().height() > before * 3
    field.focus()
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert not edit.hasFocus()


def test_a_secret_is_never_a_draft(sheet: Sheet, qtbot: QtBot) -> None:
    field = sheet.form.add(FieldSpec("pass", "Passphrase", "secret"))
    show(sheet, qtbot)
    line = field.control.stops()[0]
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, " open ")
    assert sheet.drafts == []
    assert field.value() == " open "
    assert field.control.draft() == ("", 0)


def test_read_only_cannot_be_typed_in(sheet: Sheet, qtbot: QtBot) -> None:
    field = sheet.form.add(FieldSpec("name", "Name", read_only=True))
    show(sheet, qtbot)
    QTest.keyClicks(field.control.stops()[0], "x")
    assert field.value() == ""


def test_check_lists_every_fault_in_order(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.form.add(FieldSpec("name", "Name", check=needed))
    sheet.form.add(FieldSpec("days", "Days", "number"))
    sheet.form.restore_draft("days", "three", 0)
    assert sheet.form.check() == [("name", "Write a name"), ("days", "Use figures only, such as 12")]
    with pytest.raises(ValueError, match="already"):
        sheet.form.add(FieldSpec("name", "Again"))


def needed(value: object) -> str:
    """The check of a field that must be filled."""
    return "" if value else "Write a name"
