"""A child to ask about, and ways to look at a page of the assessment from a test."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from csa_desk.casework.answers import QuestionView, Standing, view
from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import CarerShape, CaseShape, ChildShape
from csa_desk.ui.pages.assessment.section import SectionPage
from csa_desk.ui.pages.assessment.slots import Slot
from csa_desk.ui.shell.inside import Inside
from csa_desk.ui.shell.place import Place
from tests.ui.pages.screen import Screen

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def add_rowan(desk: Desk, name: str = "Rowan Bramley", *, carer: bool = False) -> CaseFile:
    """A child of nine, with or without a carer."""
    carers = [CarerShape(name="Holly Bramley", relation="mum")] if carer else []
    child = ChildShape(name=name, birth_date="2017-03-04", pronoun="she")
    return open_file(desk, add_child(desk, CaseShape(child=child, carers=carers)).code)


def say(desk: Desk, file: CaseFile, question: str, value: object = None, **more: str) -> None:
    """An answer that is known before the page is opened; ``subject`` is the child unless told."""
    subject = more.pop("subject", "child")
    answer(desk, file.case.id, subject, question, Said(value, **more))  # type: ignore[arg-type]


def item_of(desk: Desk, code: str, key: str) -> QuestionView:
    """A question as casework sees it now, read anew."""
    shown = view(desk, open_file(desk, code))
    return next(item for section in shown.sections for item in section.asked if item.key == key)


def value_of(desk: Desk, code: str, key: str) -> object:
    """What is recorded as the answer; ``None`` where there is none."""
    found = item_of(desk, code, key).answer
    return found.value if found is not None else None


def standing_of(desk: Desk, code: str, key: str) -> Standing:
    """How a question stands."""
    return item_of(desk, code, key).standing


def page_of(inside: Inside) -> SectionPage:
    """The section that is shown."""
    assert isinstance(inside.page, SectionPage)
    return inside.page


def slot_of(inside: Inside, key: str) -> Slot:
    """The place of a question on the page that is shown."""
    slot, part = page_of(inside).questions.find(key)
    assert slot is not None, f"no place for {key}"
    assert part == ""
    return slot


def focused() -> QWidget:
    """What has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def focused_slot(inside: Inside) -> Slot | None:
    """The question the focus is in."""
    widget = QApplication.focusWidget()
    return page_of(inside).questions.holding(widget) if widget is not None else None


def hit(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key at the focus."""
    QTest.keyClick(focused(), key, modifier)
    QApplication.sendPostedEvents()


def letters(text: str) -> None:
    """Type at the focus."""
    QTest.keyClicks(focused(), text)


def open_section(screen: Screen, code: str, section: str, field: str = "") -> None:
    """Go to a page of the assessment, and there to a question."""
    screen.inside.go(Place("section", code, section, field))
    screen.settle()
