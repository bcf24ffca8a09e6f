"""One page of the assessment: what is known folded to rows, open questions as cards, help beside them.

Whatever is answered is saved at once, and only the cards that change are touched: a question that now applies
comes in at its place, one that no longer applies goes out of sight with its answer kept.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from csa_desk.casework.answers import SectionView, Standing, view
from csa_desk.casework.asking import Asking, not_known_yet
from csa_desk.casework.shapes import CarerShape, SiblingShape
from csa_desk.errors import InputError
from csa_desk.records.assessment import AnswerState
from csa_desk.ui.look import px
from csa_desk.ui.pages.assessment import known, question
from csa_desk.ui.pages.assessment.aside import DRAFT, REFUSED, SAVED, HelpCard, HelpPlace, Onward, ThisPage
from csa_desk.ui.pages.assessment.keys import SectionKeys
from csa_desk.ui.pages.assessment.layout import Questions
from csa_desk.ui.pages.assessment.origin import OriginPanel, TellingRow
from csa_desk.ui.pages.assessment.people import AddPerson
from csa_desk.ui.pages.assessment.places import (
    came_from_check,
    next_page,
    section_of,
    tell,
    telling,
    which_page,
)
from csa_desk.ui.pages.assessment.recording import Recorder
from csa_desk.ui.pages.assessment.slots import Slot, in_sight
from csa_desk.ui.pages.child.header import StripHeader, rule_words
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.text import Words


class SectionPage(Page):
    """One section; ``place.item`` is its id, followed by ``places.CHECK`` where somebody came to change one answer."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self.asking = Asking(session.desk, self.file)
        self._from_check = came_from_check(place)
        self._header = self._new_header()
        self._rule = rule_words(session, self.file)
        self.column.addWidget(self._header)
        self.body = PageBody(side_width=304, side_when_narrow="hidden")
        self.column.addWidget(self.body, 1)
        self._current: Slot | None = None
        self._asked_for: Slot | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._bring)
        section = self._section()
        self._title(section)
        self._telling = TellingRow(self.asking.tellers(), telling(session, self.file))
        self._telling.changed.connect(self._teller_changed)
        self.body.add(self._telling)
        self.questions = Questions(self.asking, self._telling.source, self._wanted_open())
        self.questions.begins_after = self._telling.last
        self.form = self.questions.form
        self.questions.pressed.connect(self._pressed)
        self.questions.adder_made.connect(self._adder_made)
        self.questions.adder_given_up.connect(self._adder_given_up)
        self.questions.person_asked.connect(self._add_person)
        self.body.add(self.form)
        self._recorder = Recorder(session, self.file.case.id, self.form, self)
        self._recorder.recorded.connect(self._recorded)
        self._recorder.refused.connect(self._not_saved)
        self._foot()
        self._side()
        self.body.finish()
        self._show(section)
        self.form.answered.connect(self._answered)
        self.form.typed.connect(self._typed)
        session.draft_kept.connect(self._draft_kept)
        self._typing = self._kept & {field.key for field in self.form.fields}
        session.watch_form(self.form, f"{self.file.case.id}/answer")
        self._said_before()
        for adder in self.questions.adders():
            if session.desk.vault.drafts(f"{self.file.case.id}/{adder.prefix}/"):
                adder.open()
        if session.desk.vault.read_only:
            self.form.set_read_only(True)
        self._shortcuts()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    # --- building -------------------------------------------------------------------------------------------

    def _section(self) -> SectionView:
        self._view = view(self.session.desk, self.file)
        found = self._view.section(section_of(self.place))
        if found is None:
            raise InputError("That page of the assessment is not in this version.")
        return found

    def _new_header(self) -> StripHeader:
        code = self.file.code
        if self._from_check:
            back = Place("check-answers", code, self.place.field)
            return StripHeader(self.session, self.file, "Check your answers", back)
        return StripHeader(self.session, self.file, "Assessment", Place("assessment", code))

    def _wanted_open(self) -> set[str]:
        """Fields that must be there from the start: where words were half written, and the one that was asked for."""
        prefix = f"{self.file.case.id}/answer/"
        self._kept = {key.removeprefix(prefix) for key in self.session.desk.vault.drafts(prefix)}
        return self._kept | ({self.place.field} if self.place.field else set())

    def _title(self, section: SectionView) -> None:
        self.title = PageTitle(section.title, section.intro)
        self.body.add(Words(which_page(self._view, section, self.file), "small", "muted"))
        self.body.main.addSpacing(-px(12))
        self.body.add(self.title)

    def _foot(self) -> None:
        self._onward = Onward()
        self._next = self._onward.next
        self._next.clicked.connect(self._go_next)
        self._onward.stop.clicked.connect(self._go_back)
        self.body.main.addSpacing(px(8))
        self.body.add(self._onward)

    def _side(self) -> None:
        self._this_page = ThisPage()
        self.body.add_side(self._this_page)
        self.help = HelpCard(self.file.called)
        self._help_place = HelpPlace(self.body, self.title, self.help)
        self._help_place.left.connect(self._back_to_question)

    def _shortcuts(self) -> None:
        keys = SectionKeys(self)
        keys.stepped.connect(self._step)
        keys.teller.connect(self._tell)
        keys.other.connect(self._other)
        keys.still_right.connect(self._right)
        keys.help_asked.connect(self._help_place.turn)

    # --- showing --------------------------------------------------------------------------------------------

    def _show(self, section: SectionView) -> None:
        """Show the page as it stands; cards that do not change are left alone."""
        held = self._current
        before = held.mapTo(self.form, held.rect().topLeft()).y() if held is not None else 0
        self.questions.show_groups(self.asking, self.asking.groups(section), self._telling.source)
        self._this_page.show_section(section)
        if self.title.title.words != section.title:
            self.title.title.set_words(section.title)
            self.title.set_about(section.intro)
        words, self._next_place = next_page(self._view, section, self.file, self.place)
        self._next.set_words(words)
        if held is not None and self.isVisible():
            layout = self.form.layout()
            if layout is not None:
                layout.activate()
            moved = held.mapTo(self.form, held.rect().topLeft()).y() - before
            if moved:
                bar = self.body.verticalScrollBar()
                bar.setValue(bar.value() + moved)
        helped = self._current if self._current is not None and in_sight(self._current) else None
        helped = helped or self.questions.first_open() or next(iter(self.questions.in_sight()), None)
        self.help.show_help(self.asking, helped.item if helped is not None else None)

    def _look_again(self) -> None:
        self.file = self.session.file(self.place.case, fresh=True)
        self.asking = Asking(self.session.desk, self.file)
        self._show(self._section())
        rule = rule_words(self.session, self.file)
        if rule != self._rule:
            self._rule = rule
            old, self._header = self._header, self._new_header()
            self._header.saved.set_saved(self.session.desk.clock.now().astimezone().strftime("%H:%M"))
            self.column.replaceWidget(old, self._header)
            old.hide()
            old.deleteLater()

    # --- answers --------------------------------------------------------------------------------------------

    def _answered(self, key: str, value: object) -> None:
        slot, part = self.questions.find(key)
        if slot is None:
            return
        self._typing.discard(key)
        if part == "reason":
            if value:
                self.session.drop_draft(self.form, key)
                self.form.set_value(key, "")
                self._recorder.state(slot, AnswerState.NOT_ASKED, self._telling.source, str(value))
        elif part:
            self._recorder.origin(slot, part, value, self._telling.source)
        else:
            self._recorder.value(slot, value, self._telling.source)

    def _said_before(self) -> None:
        """Who said it and how, chosen before there was an answer, goes with the answer that is to come."""
        for key in self._kept & {field.key for field in self.form.fields}:
            slot, part = self.questions.find(key)
            if slot is not None and part in OriginPanel.PARTS and slot.item.answer is None:
                self._recorder.origin(slot, part, self.form.value(key), self._telling.source)

    def _recorded(self, key: str) -> None:
        slot, _ = self.questions.find(key)
        focus = QApplication.focusWidget()
        inside = slot is not None and focus is not None and slot.isAncestorOf(focus)
        self._onward.say(DRAFT if self._typing else SAVED)
        self._look_again()
        if slot is None or slot.panel is None:
            return
        slot.panel.show_draft(False)
        if slot.panel.silent:
            slot.panel.close_panels()
            if inside:
                slot.panel.focus()
        self.help.show_help(self.asking, slot.item if slot is self._current else None)

    def _not_saved(self, key: str) -> None:
        self._onward.say(REFUSED)

    def _typed(self, key: str, text: str, cursor: int) -> None:
        slot, part = self.questions.find(key)
        self._typing.add(key)
        if slot is not None and slot.panel is not None and not part:
            slot.panel.offer()

    def _draft_kept(self) -> None:
        for key in self._typing:
            slot, part = self.questions.find(key)
            if slot is not None and slot.panel is not None and not part:
                slot.panel.show_draft(True)
        if self._typing:
            self._onward.say(DRAFT)

    def _pressed(self, key: str, what: str) -> None:
        slot, _ = self.questions.find(key)
        if slot is None:
            return
        match what:
            case known.CHANGE:
                self._open(slot)
            case known.STILL_RIGHT:
                self._recorder.still_right(slot)
            case question.UNDO:
                self._recorder.undo(slot)
                if slot.panel is not None:
                    slot.panel.show_value()
                    slot.panel.focus()
            case question.ANEW:
                slot.anew = True
                slot.show_item(self.asking, slot.item, self._telling.source)
                slot.focus()
            case question.ORIGIN:
                self._turn_origin(slot)
            case question.CANCEL:
                self.session.drop_draft(self.form, f"{key}/reason")
            case AnswerState.NOT_ASKED:
                self._open(slot).ask_reason()
                self.questions.set_tab_order()
                self._go_to(slot)
            case _:
                self._open(slot)
                self._recorder.state(slot, what, self._telling.source)
                slot.focus()

    def _open(self, slot: Slot) -> question.QuestionPanel:
        """Turn a known row into an open question, in its place."""
        if slot.panel is None:
            answer = slot.item.answer
            slot.anew = answer is not None and answer.state != AnswerState.ANSWERED
            slot.open_panel(self.asking, self._telling.source)
            self.questions.set_tab_order()
            self._go_to(slot)
        return slot.open_panel(self.asking, self._telling.source)

    def _turn_origin(self, slot: Slot) -> None:
        panel = slot.panel
        if panel is None:
            return
        if panel.origin_open:
            panel.close_panels()
            return
        self.questions.open_origin(slot)
        self.questions.set_tab_order()
        if panel.origin_panel is not None:
            panel.origin_panel.focus()
        self._asked_for = slot
        self._later.start()

    # --- people ---------------------------------------------------------------------------------------------

    def _adder_made(self, adder: AddPerson) -> None:
        if adder.form is not None:
            self.session.watch_form(adder.form, f"{self.file.case.id}/{adder.prefix}", whole=True)

    def _adder_given_up(self, adder: AddPerson) -> None:
        if adder.form is not None:
            for field in adder.form.fields:
                self.session.drop_draft(adder.form, field.key)

    def _add_person(self, adder: AddPerson, shape: CarerShape | SiblingShape) -> None:
        subject = self._recorder.person(self.file, adder, shape)
        if not subject:
            return
        self._look_again()
        self.questions.set_tab_order()
        first = self.questions.first_of(subject)
        if first is not None:
            self._go_to(first)

    # --- going about ----------------------------------------------------------------------------------------

    def _go_to(self, slot: Slot) -> None:
        slot.focus()
        self._set_current(slot)
        self._asked_for = slot
        self._later.start()

    def _bring(self) -> None:
        slot, self._asked_for = self._asked_for, None
        focus = QApplication.focusWidget()
        if slot is None or focus is None or not slot.isAncestorOf(focus):
            # The keyboard has gone on meanwhile.
            return
        self.body.ensureWidgetVisible(slot, 0, px(24))
        self.body.ensureWidgetVisible(focus, 0, px(96))

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None:
            return
        slot = self.questions.holding(new)
        if slot is not None:
            self._set_current(slot)

    def _set_current(self, slot: Slot) -> None:
        if slot is self._current:
            return
        if self._current is not None:
            self._current.set_current(False)
        self._current = slot
        slot.set_current(True)
        self.help.show_help(self.asking, slot.item)

    def _step(self, way: int) -> None:
        slot = self.questions.next_open(self._current, way)
        if slot is not None:
            self._go_to(slot)
            return
        announce(self, "No more open questions on this page")
        if way > 0:
            self._next.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tell(self, number: int) -> None:
        self._telling.choose(number)
        announce(self, f"{self.asking.tellers()[number][1]} is telling")

    def _teller_changed(self) -> None:
        tell(self.session, self.file, self._telling.source)
        self.questions.show_teller(self.asking, self._telling.source)

    def _other(self, state: str) -> None:
        if self._current is not None:
            self._pressed(self._current.key, state)

    def _right(self) -> None:
        current = self._current
        if (
            current is not None
            and current.item.standing == Standing.TO_CHECK
            and not not_known_yet(current.item)
        ):
            self._pressed(current.key, known.STILL_RIGHT)

    def _back_to_question(self) -> None:
        if self._current is not None:
            self._go_to(self._current)

    def _go_next(self) -> None:
        self.session.go(self._next_place)

    def _go_back(self) -> None:
        self.session.go(Place("assessment", self.file.code))

    def focus_first(self) -> None:
        """The first question that is open or to check; where all is known, the button onwards."""
        first = self.questions.first_open()
        if first is not None:
            self._go_to(first)
        else:
            self._next.setFocus()

    def primary(self) -> QWidget | None:
        """The next page."""
        return self._next

    def add_thing(self) -> None:
        """A carer, a brother or a sister, where the page asks about them."""
        self.questions.add_person()
