"""Consent: what each recipient may have today, decisions and withdrawals, paper at home, sharing without consent."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework import consenting, tasks, team
from csa_desk.casework.consent_words import history
from csa_desk.casework.rights import Right
from csa_desk.records.assessment import CHILD_SUBJECT
from csa_desk.records.consent import Purpose
from csa_desk.records.dates import spoken
from csa_desk.records.safety import AtHome
from csa_desk.ui.look import px
from csa_desk.ui.pages.child.header import ShortHeader
from csa_desk.ui.pages.consent.forms import DECISION, WITHOUT, DecisionForm, WithoutConsentForm
from csa_desk.ui.pages.consent.past import PastCard
from csa_desk.ui.pages.consent.recipient import RecipientCard
from csa_desk.ui.pages.half_typed import half_typed
from csa_desk.ui.pages.revealing import Revealing
from csa_desk.ui.pages.rights.told import role_banner
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Card
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import Empty, announce
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.text import Words

_HOME = (
    Option(AtHome.YES, "Yes"),
    Option(AtHome.NO, "No"),
    Option(AtHome.IN_PERSON, "Only in person"),
)


class ConsentPage(Page):
    """The consent tab."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self.header = ShortHeader(session, self.file, "consent")
        self.column.addWidget(self.header)
        self.body = PageBody(side_width=288)
        self.column.addWidget(self.body, 1)
        self.open_form: DecisionForm | WithoutConsentForm | None = None
        self._banner: Banner | None = None
        self._tell = ""
        self._holder: QWidget | None = None
        title = PageTitle(
            "Consent", f"What others may have about {self.file.called} today, and who decided it."
        )
        self.record_button = Button("Record a decision", "primary", "plus")
        self.record_button.clicked.connect(self.add_thing)
        self._may = session.offer(self.record_button, Right.CONSENT)
        title.trailing.addWidget(self.record_button)
        banner = role_banner(session, Right.CONSENT)
        if banner is not None:
            self.body.add_top(banner)
        self.body.add(title)
        self._show()
        self._side()
        self.body.finish()
        self._escape = QShortcut(
            QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self._escape.activated.connect(self._close_key)
        again = half_typed(session, f"{self.file.case.id}/consent")
        if not self._may:
            return
        if again == DECISION:
            self._open(DecisionForm(session, self.file))
        elif again == WITHOUT:
            self._open(WithoutConsentForm(session, self.file))
        half = half_typed(session, f"{self.file.case.id}/withdraw")
        for card in self.cards:
            if card.key == half:
                card.ask_withdraw()

    def focus_first(self) -> None:
        """The tabs."""
        self.header.tabs.setFocus()

    def primary(self) -> QWidget | None:
        """What records the open form, else what begins one."""
        if not self._may:
            return None
        return self.open_form.save_button if self.open_form is not None else self.record_button

    def add_thing(self) -> None:
        """Begin a decision."""
        if self._may:
            self._open(DecisionForm(self.session, self.file))

    # --- today ----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Build what everybody may have today, and the history."""
        if self._holder is not None:
            self._holder.hide()
            self.body.main.removeWidget(self._holder)
            self._holder.deleteLater()
        self._holder = QWidget()
        self._holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        found = consenting.shared_with(self.session.desk, self.file)
        self.cards: list[RecipientCard] = []
        for today in found:
            card = RecipientCard(self.session, self.file, today)
            card.withdrawn.connect(self._withdrawn)
            card.change_asked.connect(self._change)
            card.opened.connect(self._reveal)
            self.cards.append(card)
            column.addWidget(card)
        waiting = self._undecided() if self._may else None
        if waiting:
            column.addWidget(waiting)
        if not found:
            column.insertWidget(0, self._empty())
        column.addWidget(PastCard(history(self.file)))
        self.body.main.insertWidget(self.body.main.count() if self._is_new() else 1, self._holder)

    def _is_new(self) -> bool:
        return self.body.main.count() <= 1

    def _empty(self) -> Empty:
        return Empty(
            "Nothing may be shared yet",
            "This page keeps who agreed to what. Without a decision nobody outside your service is told anything.",
            "shield-check",
        )

    def _undecided(self) -> Card | None:
        """Agencies in the team about which nobody has decided anything."""
        decided = {item.name.casefold() for item in consenting.recipients(self.file)}
        own = self.session.desk.own_service().name.casefold()
        names = [item.agency_name for item in team.present(self.session.desk, self.file) if item.agency_name]
        open_ones = [name for name in dict.fromkeys(names) if name.casefold() not in decided | {own}]
        if not open_ones:
            return None
        card = Card("In the team, nothing decided", level="h3")
        for name in open_ones:
            link = LinkButton(f"Record a decision about {name}", "body")
            link.setProperty("agency", name)
            link.clicked.connect(self._decide_about)
            card.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _decide_about(self) -> None:
        link = self.sender()
        if link is not None:
            self._change(str(link.property("agency")), Purpose.SUPPORT, CHILD_SUBJECT)

    def _change(self, name: str, purpose: str, subject: str) -> None:
        self._open(DecisionForm(self.session, self.file, name, purpose, subject))

    # --- forms ----------------------------------------------------------------------------------------------

    def _open(self, form: DecisionForm | WithoutConsentForm) -> None:
        self._close()
        self._say(None)
        form.saved.connect(self._saved)
        form.closed.connect(self._closed)
        self.open_form = form
        self.record_button.hide()
        self.body.main.insertWidget(1, form)
        form.show()
        form.focus()
        Revealing(self.body, form)

    def _close(self) -> None:
        if self.open_form is not None:
            form, self.open_form = self.open_form, None
            form.hide()
            self.body.main.removeWidget(form)
            form.deleteLater()
        self.record_button.setVisible(self._may)

    def _closed(self) -> None:
        self._close()
        self.record_button.setFocus()

    def _close_key(self) -> None:
        if self.open_form is not None:
            self.open_form.put_away()
            return
        for card in self.cards:
            card.put_away()

    def _refresh(self) -> None:
        self.file = self.session.file(self.file.code, fresh=True)
        self._show()

    def _saved(self, name: str) -> None:
        self._closed()
        self._refresh()
        self._say(Banner("ok", "Recorded.", f"What {name} may have is up to date.", icon="check-circle"))

    def _withdrawn(self, name: str) -> None:
        self._refresh()
        self._tell = name
        link = "Put it on Today" if self.session.may(Right.TASKS) else ""
        banner = Banner("ok", "Withdrawn.", f"Tell {name} about it.", icon="check-circle", link=link)
        banner.followed.connect(self._add_task)
        self._say(banner)
        if banner.link is not None:
            banner.link.setFocus()

    def _add_task(self) -> None:
        what = f"Tell {self._tell} that consent was withdrawn"
        today = self.session.desk.today
        made = self.session.attempt(tasks.add_task, self.session.desk, self.file.case.id, what, due=today)
        if made is not None:
            self._say(Banner("ok", "It is on Today.", what, icon="check-circle"))
            self.session.changed.emit()
            self.record_button.setFocus()

    def _reveal(self, card: RecipientCard) -> None:
        Revealing(self.body, card)

    def _say(self, banner: Banner | None) -> None:
        if self._banner is not None:
            self._banner.hide()
            self.body.main.removeWidget(self._banner)
            self._banner.deleteLater()
        self._banner = banner
        if banner is not None:
            self.body.main.insertWidget(1, banner)
            announce(banner, banner.accessibleName())
            Revealing(self.body, banner)

    # --- the side -------------------------------------------------------------------------------------------

    def _side(self) -> None:
        home = Card("Paper at home", level="h3")
        home.body.setSpacing(px(10))
        self._home_words = Words("", "body", "muted")
        home.add(self._home_words)
        self.home_form = Form()
        question = f"Is it safe for paper to be where {self.file.called} lives?"
        self.home_form.add(FieldSpec("home", question, "row", options=_HOME))
        self.home_form.set_read_only(not self.session.may(Right.PRINT))
        self.home_form.set_value("home", self.file.at_home(self.session.desk.today))
        self.home_form.answered.connect(self._home_answered)
        home.add(self.home_form)
        self._say_home()
        self.body.add_side(home)
        if not self._may:
            return
        without = Card("Sharing without consent", level="h3")
        without.add(
            Words("Only on a lawful basis and with a reason, such as to protect a child.", "small", "muted")
        )
        button = Button("Share without consent", small=True)
        button.clicked.connect(self._share_without)
        without.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.add_side(without)

    def _say_home(self) -> None:
        answer = self.file.at_home(self.session.desk.today)
        if not answer:
            self._home_words.set_words("Not answered yet. Until then a child’s copy holds topics only.")
        else:
            self._home_words.set_words(f"Answered on {spoken(self.file.home_safety[-1].on)}.")

    def _home_answered(self, _key: str, value: object) -> None:
        verb = consenting.set_home_safety
        if self.session.attempt(verb, self.session.desk, self.file, str(value)) is not None:
            self._refresh()
            self._say_home()

    def _share_without(self) -> None:
        self._open(WithoutConsentForm(self.session, self.file))
