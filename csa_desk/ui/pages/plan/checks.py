"""What to look at before a copy leaves, and what is left out of it: counted by kind, never shown."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework import consenting
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.category_words import category_words
from csa_desk.casework.copies import Prepared
from csa_desk.records.dates import short
from csa_desk.records.disclosure import Edition
from csa_desk.records.plan import Action
from csa_desk.records.safety import AtHome
from csa_desk.ui.look import px
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.marks import Count, IconMark
from csa_desk.ui.widgets.text import Words

_HOME = (
    Option(AtHome.YES, "Yes"),
    Option(AtHome.NO, "No"),
    Option(AtHome.IN_PERSON, "Only shown in person"),
)
_ANSWERED = {
    AtHome.YES: ("ok", "check-circle", "The paper is safe where {name} lives", ""),
    AtHome.NO: (
        "warn",
        "warning-circle",
        "Not safe where {name} lives",
        "This copy holds the topics only and stays at the service.",
    ),
    AtHome.IN_PERSON: (
        "info",
        "info",
        "Only shown in person",
        "Read it together. The paper stays at the service.",
    ),
}


class LeftOut(QWidget):
    """How much of what kind is not in this copy. ``words_asked``: the id of an action to find words for."""

    words_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(4))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(Words("Left out of this copy", "h3"))
        self._count = Count("")
        head.addWidget(self._count)
        head.addStretch(1)
        self._column.addLayout(head)
        self._holder: QWidget | None = None

    def show_counts(self, held_back: Mapping[str, int], *, own_file: bool) -> None:
        """Show the counts by kind."""
        self._begin(sum(held_back.values()))
        for kind, count in held_back.items():
            home = kind == "home-safety"
            words = "Goals in full, for safety at home" if home else category_words(kind)
            self._line("house-line" if home else "lock-simple", f"{words} ({count})")
        if not held_back:
            words = "Nothing. This is the whole copy for your own file." if own_file else "Nothing."
            self._held.addWidget(Words(words, "body", "muted"))

    def show_unworded(self, name: str, actions: Sequence[Action]) -> None:
        """Show which actions are left out because nobody has said them in words for the child, and the way there."""
        self._begin(len(actions))
        self._line("chat-circle-text", f"No words for {name} yet ({len(actions)})")
        for action in actions:
            row = QHBoxLayout()
            row.setSpacing(px(10))
            row.addSpacing(px(28))
            row.addWidget(Words(action.what, "body", "muted"), 1)
            link = LinkButton("Write them")
            link.setAccessibleDescription(action.what)
            link.setProperty("action", action.id)
            link.clicked.connect(self._ask_words)
            row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
            self._held.addLayout(row)

    def _ask_words(self) -> None:
        link = self.sender()
        if link is not None:
            self.words_asked.emit(str(link.property("action")))

    def _line(self, icon: str, words: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(IconMark(icon, "sealed"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words(words), 1)
        self._held.addLayout(row)

    def _begin(self, whole: int) -> None:
        """Empty it, and say how many items it is about."""
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget()
        self._held = QVBoxLayout(self._holder)
        self._held.setContentsMargins(0, 0, 0, 0)
        self._held.setSpacing(px(4))
        self._count.set("1 item" if whole == 1 else f"{whole} items", "plain")
        self._count.setVisible(bool(whole))
        self._column.addWidget(self._holder)


class _Check(QWidget):
    """One thing to look at."""

    pressed = Signal()

    def __init__(self, tone: str, icon: str, words: str, about: str = "", link: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(IconMark(icon, tone, 20, "fill"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Words(words, "strong" if tone == "warn" else "body"))
        if about:
            column.addWidget(Words(about, "small", "muted"))
        row.addLayout(column, 1)
        self.link: LinkButton | None = None
        if link:
            self.link = LinkButton(link)
            self.link.setAccessibleDescription(words)
            self.link.clicked.connect(self.pressed)
            row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)


class BeforeYouPrint(QWidget):
    """``changed``: the home-safety question was answered, so the copy is another one. ``consent_asked``."""

    changed = Signal()
    consent_asked = Signal()

    def __init__(self, session: Session, file: CaseFile) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.session = session
        self.file = file
        self._seen: set[str] = set()
        self._asking_home = False
        self._prepared: Prepared | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(6))
        self._column.addWidget(Words("Before you print", "h3"))
        self._holder: QWidget | None = None
        self._waiting: dict[str, tuple[str, QWidget]] = {}

    def unseen(self) -> tuple[str, QWidget] | None:
        """What must be looked at first: its words, and where to go; ``None`` if all was seen."""
        return next(iter(self._waiting.values()), None)

    def show_refused(self, words: str, about: str, *, consent: bool) -> None:
        """Show why there is no copy; with the way to Consent where that would help."""
        self._prepared = None
        column = self._begin()
        check = _Check("warn", "warning-circle", words, about, "See consent" if consent else "")
        check.pressed.connect(self.consent_asked)
        column.addWidget(check)

    def _begin(self) -> QVBoxLayout:
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self._waiting = {}
        self._holder = QWidget()
        self._column.addWidget(self._holder)
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        return column

    def show_for(self, prepared: Prepared) -> None:
        """Show the checks for this copy."""
        self._prepared = prepared
        column = self._begin()
        own = prepared.recipient.id == "own-file"
        if prepared.edition.startswith(Edition.CHILD):
            self._home(column)
        if not own:
            self._post(column)
        if not own and not prepared.edition.startswith(Edition.CHILD):
            self._agreed(column, prepared)
        if own:
            column.addWidget(_Check("ok", "check-circle", "For your own file: it stays at the service"))

    def _home(self, column: QVBoxLayout) -> None:
        answer = self.file.at_home(self.session.desk.today)
        if answer and not self._asking_home:
            tone, icon, words, about = _ANSWERED[AtHome(answer)]
            said = self.file.home_safety[-1]
            about = f"{about} Said {short(said.on)}." if about else f"Said {short(said.on)}."
            check = _Check(tone, icon, words.format(name=self.file.called), about, "Change")
            check.pressed.connect(self._ask_home)
            column.addWidget(check)
            return
        form = Form()
        hint = "" if answer else "Until this is answered, the copy holds the topics only and stays here."
        question = f"Is it safe for this paper to be where {self.file.called} lives?"
        form.add(FieldSpec("home", question, "row", hint, _HOME))
        form.set_value("home", answer)
        form.answered.connect(self._home_answered)
        column.addWidget(form)
        if not answer:
            self._waiting["home"] = (
                "Answer whether the paper is safe at home",
                form.field("home").control.stops()[0],
            )

    def _ask_home(self) -> None:
        self._asking_home = True
        if self._prepared is not None:
            self.show_for(self._prepared)

    def _home_answered(self, _key: str, value: object) -> None:
        self._asking_home = False
        made = self.session.attempt(consenting.set_home_safety, self.session.desk, self.file, str(value))
        if made is not None:
            self.changed.emit()

    def _post(self, column: QVBoxLayout) -> None:
        rule = self.file.safe_contact(self.session.desk.today)
        if rule is None:
            self._must_see(column, "no-rule", "No safe contact set", "Ask before you post or send it.")
        elif rule.letter == "no":
            self._must_see(column, "letter", "No letters home", "Hand it over; do not post it.")
        elif rule.letter != "yes":
            self._must_see(column, "letter-ask", "Letters home: not known", "Ask before you post it.")

    def _must_see(self, column: QVBoxLayout, key: str, words: str, about: str) -> None:
        if key in self._seen:
            column.addWidget(_Check("ok", "check-circle", words, f"{about} Seen."))
            return
        check = _Check("warn", "warning-circle", words, about, "Mark as seen")
        check.setProperty("check", key)
        check.pressed.connect(self._mark_seen)
        column.addWidget(check)
        self._waiting[key] = (f"Look at “{words}” first", check.link or check)

    def _mark_seen(self) -> None:
        check = self.sender()
        if check is not None:
            self._seen.add(str(check.property("check")))
        if self._prepared is not None:
            self.show_for(self._prepared)

    def _agreed(self, column: QVBoxLayout, prepared: Prepared) -> None:
        desk, who = self.session.desk, prepared.recipient
        agreed = consenting.allowed(desk, self.file, who, prepared.purpose, "child").categories
        if agreed:
            kinds = "1 kind" if len(agreed) == 1 else f"{len(agreed)} kinds"
            words = f"Holds what {who.name} may have: {kinds} of information"
            check = _Check("ok", "check-circle", words, "", "See consent")
        else:
            words = f"Nothing about {self.file.called} is agreed with {who.name}"
            about = "This copy holds what is agreed about others in the family."
            check = _Check("warn", "warning-circle", words, about, "See consent")
        check.pressed.connect(self.consent_asked)
        column.addWidget(check)
