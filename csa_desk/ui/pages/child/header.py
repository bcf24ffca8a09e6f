"""The head of a child's pages: who it is, the safe-contact rule always in sight, the tabs, when it was saved.

TallHeader   on the overview: name, banner, tabs
ShortHeader  on the other tabs: one line and the tabs
StripHeader  on a page inside a tab: back link, name, rule, saved mark
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework.answers import value_in_words
from csa_desk.casework.assessing import question_named
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.stages import stage_named
from csa_desk.casework.tasks import rule_in_words
from csa_desk.casework.wording import Speech
from csa_desk.content.models import say
from csa_desk.ui.look import px, type_font
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Strip
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.marks import Chip
from csa_desk.ui.widgets.messages import Saved
from csa_desk.ui.widgets.tabs import Tabs
from csa_desk.ui.widgets.text import Elided, Words

TABS = (
    ("overview", "Overview"),
    ("assessment", "Assessment"),
    ("team", "Team"),
    ("therapy", "Pre-trial therapy"),
    ("plan", "Plan"),
    ("consent", "Consent"),
    ("history", "History"),
)
SIDE, SIDE_NARROW = 36, 24
NARROW_BELOW = 932
WIDEST = 1120
TAB_PADDING = 12
NAME_ROOM = 280
GIVES_WAY_BELOW = 760
UNDER_BELOW = 800


def age_words(session: Session, file: CaseFile) -> str:
    """``9 years``, or that it is not known."""
    age = file.age(session.desk.clock.today())
    return f"{age} years" if age is not None else "Age not known"


def pronoun_words(session: Session, file: CaseFile) -> str:
    """*she, her*; what was written where it is none of the words offered."""
    said = file.child.pronoun
    words = value_in_words(question_named(session.desk, "pronoun"), said, Speech.of(file))
    return f"{words[:1].lower()}{words[1:]}"


def stage_chip(session: Session, file: CaseFile) -> Chip:
    """The stage the case is at."""
    now = file.stage_now()
    words = say(stage_named(session.desk, now.stage).short) if now is not None else "not recorded"
    return Chip(f"Stage: {words[:1].lower()}{words[1:]}", "info", "scales")


def rule_words(session: Session, file: CaseFile) -> str:
    """The safe-contact rule in one line."""
    return rule_in_words(file.safe_contact(session.desk.today))


def name_words(file: CaseFile, role: str) -> Elided:
    """The child's name, which gives way last: cut only where there is no room for a name of usual length."""
    name = file.child.name or file.called
    made = Elided(name, role)
    needed = QFontMetrics(type_font(role)).horizontalAdvance(" ".join(name.split())) + px(4)
    made.setMinimumWidth(min(needed, px(NAME_ROOM)))
    return made


def _whole(chip: Chip) -> Chip:
    """A chip that is never cut."""
    chip.setMinimumWidth(chip.sizeHint().width())
    return chip


class _Header(QFrame):
    """What the two headers with tabs share."""

    def __init__(self, session: Session, file: CaseFile, tab: str) -> None:
        super().__init__()
        self.setProperty("box", "strip")
        self.session = session
        self.file = file
        # The tabs' own padding stands left of what is above them, so that their words begin where the name does.
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(px(6))
        self.column = QVBoxLayout()
        self.column.setContentsMargins(px(TAB_PADDING), 0, 0, 0)
        self.column.setSpacing(px(6))
        self._outer.addLayout(self.column)
        self.saved = Saved()
        session.saved.connect(self.saved.set_saved)
        session.draft_kept.connect(self.saved.set_draft)
        top = QHBoxLayout()
        back = LinkButton("Children", icon="arrow-left")
        back.clicked.connect(self._to_children)
        top.addWidget(back)
        top.addStretch(1)
        top.addWidget(self.saved)
        self.column.addLayout(top)
        self.gives_way: list[QWidget] = []
        self.line = QHBoxLayout()
        self.line.setSpacing(px(12))
        self.column.addLayout(self.line)
        self.tabs = Tabs(TABS)
        self.tabs.setAccessibleName("Pages about this child")
        self.tabs.choose(tab)
        self.tabs.chosen.connect(self._to_tab)
        self._next = QShortcut(QKeySequence("Ctrl+PgDown"), self)
        self._next.activated.connect(self._to_next)
        self._previous = QShortcut(QKeySequence("Ctrl+PgUp"), self)
        self._previous.activated.connect(self._to_previous)
        self._outer.addWidget(self.tabs)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As wide as the page below it, never wider."""
        super().resizeEvent(event)
        side = px(SIDE_NARROW if self.width() < px(NARROW_BELOW) else SIDE)
        right = max(side, self.width() - side - px(WIDEST))
        self._outer.setContentsMargins(side - px(TAB_PADDING), px(12), right, 0)
        for widget in self.gives_way:
            widget.setVisible(self.width() >= px(GIVES_WAY_BELOW))

    def _to_children(self) -> None:
        self.session.go(Place("children"))

    def _to_next(self) -> None:
        self._step(1)

    def _to_previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        keys = [key for key, _ in TABS]
        self._to_tab(keys[(keys.index(self.tabs.key) + by) % len(keys)])

    def _to_tab(self, tab: str) -> None:
        self.session.go(Place(tab, self.file.code))


class TallHeader(_Header):
    """On the overview."""

    rule_asked = Signal()

    def __init__(self, session: Session, file: CaseFile) -> None:
        super().__init__(session, file, "overview")
        self.line.addWidget(name_words(file, "h1"))
        self.line.addWidget(_whole(Chip(file.code, "plain")))
        facts = [age_words(session, file)]
        if file.child.pronoun:
            facts.append(pronoun_words(session, file))
        facts.append(file.nation(session.desk.today).capitalize())
        self._facts = QWidget()
        row = QHBoxLayout(self._facts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(Elided("  ·  ".join(facts), "body", "muted"))
        row.addWidget(_whole(stage_chip(session, file)))
        row.addStretch(1)
        # Narrow at first: a page that begins wide would widen the window itself.
        self.line.addStretch(0)
        self._under = QHBoxLayout()
        self._under.addWidget(self._facts, 1)
        self.column.addLayout(self._under)
        printed = Button("Print", "secondary", "printer", small=True)
        printed.clicked.connect(self._to_print)
        self.line.addWidget(printed)
        self.banner = Banner(
            "warn",
            "Safe contact.",
            rule_words(session, file) + ".",
            icon="shield-warning",
            link="See the whole rule",
            outlined=True,
        )
        self.banner.followed.connect(self._to_rule)
        self.column.addWidget(self.banner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window what is known of the child stands under the name."""
        super().resizeEvent(event)
        under = self.width() < px(UNDER_BELOW)
        if under != (self._under.count() > 0):
            before, after = (self.line, self._under) if under else (self._under, self.line)
            before.removeWidget(self._facts)
            after.insertWidget(0 if under else 2, self._facts, 1)

    def _to_print(self) -> None:
        self.session.go(Place("print", self.file.code))

    def _to_rule(self) -> None:
        self.session.go(Place("section", self.file.code, "contact"))


class ShortHeader(_Header):
    """On the other tabs."""

    def __init__(self, session: Session, file: CaseFile, tab: str) -> None:
        super().__init__(session, file, tab)
        self.line.addWidget(name_words(file, "h2"))
        self.line.addWidget(_whole(Chip(file.code, "plain")))
        self.gives_way = [
            Words(age_words(session, file), "small", "muted", wrap=False),
            stage_chip(session, file),
        ]
        for widget in self.gives_way:
            self.line.addWidget(widget)
            if isinstance(widget, Chip):
                _whole(widget)
            widget.hide()
        self.line.addStretch(1)
        self.line.addWidget(Chip(f"Safe contact: {rule_words(session, file)}", "warn", "shield-warning"))


class StripHeader(Strip):
    """On a page inside a tab: 48 px, always in place."""

    def __init__(self, session: Session, file: CaseFile, back: str, place: Place) -> None:
        super().__init__()
        self.session = session
        self._place = place
        self.saved = Saved()
        session.saved.connect(self.saved.set_saved)
        session.draft_kept.connect(self.saved.set_draft)
        link = LinkButton(back, icon="arrow-left")
        link.clicked.connect(self._go_back)
        self.row.addWidget(link)
        self.row.addSpacing(px(12))
        self.row.addWidget(name_words(file, "strong"))
        self.row.addWidget(_whole(Chip(file.code, "plain")))
        self.row.addWidget(Elided(age_words(session, file), "small", "muted"))
        self.row.addWidget(Chip(f"Safe contact: {rule_words(session, file)}", "warn", "shield-warning"))
        self.row.addStretch(1)
        self.row.addWidget(self.saved)

    def _go_back(self) -> None:
        self.session.go(self._place)
