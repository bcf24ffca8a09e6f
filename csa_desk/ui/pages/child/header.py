"""The head of a child's pages: who it is, the safe-contact rule always in sight, the tabs, when it was saved.

TallHeader   on the overview: name, banner, tabs
ShortHeader  on the other tabs: one line and the tabs
StripHeader  on a page inside a tab: back link, name, rule, saved mark
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework.answers import value_in_words
from csa_desk.casework.assessing import question_named
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.rights import Right
from csa_desk.casework.stages import stage_named
from csa_desk.casework.tasks import rule_in_words
from csa_desk.casework.wording import Speech
from csa_desk.content.models import say
from csa_desk.records.sealed import CompartmentName
from csa_desk.ui.look import px
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Strip
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.flow import FlowLayout, PairLayout
from csa_desk.ui.widgets.marks import Chip, LongChip
from csa_desk.ui.widgets.messages import Saved
from csa_desk.ui.widgets.tabs import Tabs
from csa_desk.ui.widgets.text import Elided, Words, set_tip

TABS = (
    ("overview", "Overview"),
    ("assessment", "Assessment"),
    ("team", "Team"),
    ("therapy", "Pre-trial therapy"),
    ("plan", "Plan"),
    ("consent", "Consent"),
    ("notes", "Notes"),
    ("history", "History"),
)
TOLD_KEYS = "Ctrl+T"
SIDE, SIDE_NARROW = 36, 24
NARROW_BELOW = 932
WIDEST = 1120
TAB_PADDING = 12
GIVES_WAY_BELOW = 760


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
    """The child's name: cut only where it is longer than a whole line."""
    return Elided(file.child.name or file.called, role)


def rule_chip(session: Session, file: CaseFile) -> LongChip:
    """The safe-contact rule, never cut: what does not fit beside the name goes under it."""
    return LongChip(f"Safe contact: {rule_words(session, file)}", "warn", "shield-warning")


def saved_mark(session: Session) -> Saved:
    """When it was saved, in a place kept for it: what stands beside it does not move when it appears."""
    made = Saved()
    made.keep_place()
    session.saved.connect(made.set_saved)
    session.draft_kept.connect(made.set_draft)
    return made


def told_place(file: CaseFile) -> Place:
    """Where what a child told is written down and sealed: at most one press from any page of the child."""
    return Place("notes", file.code, CompartmentName.DISCLOSURE)


def told_link(session: Session, file: CaseFile) -> LinkButton | None:
    """The way there; none for who may not seal. Neutral words: the child may be sitting beside."""
    if not session.may(Right.SEAL):
        return None
    made = LinkButton("Told something new", icon="chat-teardrop")
    made.setAccessibleName("A child told you something")
    set_tip(made, f"Write down and seal what {file.called} told you ({TOLD_KEYS})")
    return made


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
        self.saved = saved_mark(session)
        self._top = QHBoxLayout()
        self.back = LinkButton("Children", icon="arrow-left")
        self.back.clicked.connect(self._to_children)
        self._top.addWidget(self.back)
        self._top.addStretch(1)
        self.told = told_link(session, file)
        if self.told is not None:
            self.told.clicked.connect(self._to_told)
            self._told_key = QShortcut(QKeySequence(TOLD_KEYS), self)
            self._told_key.activated.connect(self._to_told)
            self._top.addWidget(self.told)
            self._top.addSpacing(px(12))
        self._top.addWidget(self.saved)
        self.column.addLayout(self._top)
        self.gives_way: list[QWidget] = [item for item in (self.back, self.told) if item is not None]
        self._narrow = False
        self.rule = rule_chip(session, file)
        self.line = FlowLayout(gap=12, row_gap=6)
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
        narrow = self.width() < px(GIVES_WAY_BELOW)
        if narrow != self._narrow:
            self._fit(narrow)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it goes; its height follows from its width and never makes the window taller."""
        return QSize(super().minimumSizeHint().width(), px(48))

    def _fit(self, narrow: bool) -> None:
        """In a narrow window the first line goes: the rail leads to the children, the mark stands by the name."""
        self._narrow = narrow
        for widget in self.gives_way:
            widget.setVisible(not narrow)
        before, after = (self._top, self.line) if narrow else (self.line, self._top)
        before.removeWidget(self.saved)
        after.insertWidget(2, self.saved)

    def _to_children(self) -> None:
        self.session.go(Place("children"))

    def _to_told(self) -> None:
        self.session.go(told_place(self.file))

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
        self.line.addWidget(Chip(file.code, "plain"))
        facts = [age_words(session, file)]
        if file.child.pronoun:
            facts.append(pronoun_words(session, file))
        facts.append(file.nation(session.desk.today).capitalize())
        known = Words("  ·  ".join(facts), "body", "muted", wrap=False)
        stage = stage_chip(session, file)
        for widget in (known, stage):
            self.line.addWidget(widget)
        printed = Button("Print", "secondary", "printer", small=True)
        printed.clicked.connect(self._to_print)
        session.offer(printed, Right.PRINT)
        pair = PairLayout(gap=12)
        pair.addLayout(self.line)
        pair.addWidget(printed)
        self.column.addLayout(pair)
        self.column.addWidget(self.rule)
        self.rule.hide()
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
        self.gives_way += [known, stage, self.banner]

    def _fit(self, narrow: bool) -> None:
        """The rule as a chip leaves more of a narrow window to the page."""
        super()._fit(narrow)
        self.rule.setVisible(narrow)

    def _to_print(self) -> None:
        self.session.go(Place("print", self.file.code))

    def _to_rule(self) -> None:
        self.session.go(Place("section", self.file.code, "contact"))


class ShortHeader(_Header):
    """On the other tabs."""

    def __init__(self, session: Session, file: CaseFile, tab: str) -> None:
        super().__init__(session, file, tab)
        self.column.addLayout(self.line)
        self.line.addWidget(name_words(file, "h2"))
        self.line.addWidget(Chip(file.code, "plain"))
        age = Words(age_words(session, file), "small", "muted", wrap=False)
        stage = stage_chip(session, file)
        self.gives_way += [age, stage]
        for widget in (age, stage, self.rule):
            self.line.addWidget(widget)


class StripHeader(Strip):
    """On a page inside a tab: 48 px, always in place."""

    def __init__(self, session: Session, file: CaseFile, back: str, place: Place) -> None:
        super().__init__()
        self.session = session
        self.file = file
        self._place = place
        self.saved = saved_mark(session)
        link = LinkButton(back, icon="arrow-left")
        link.clicked.connect(self._go_back)
        self._age = Words(age_words(session, file), "small", "muted", wrap=False)
        self._code = Chip(file.code, "plain")
        self._rule = rule_chip(session, file)
        self._said = FlowLayout(gap=12, row_gap=4)
        for widget in (link, name_words(file, "strong"), self._code, self._age, self._rule):
            self._said.addWidget(widget)
        self._top = top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addLayout(self._said, 1)
        self.told = told_link(session, file)
        if self.told is not None:
            self.told.clicked.connect(self._to_told)
            self._told_key = QShortcut(QKeySequence(TOLD_KEYS), self)
            self._told_key.activated.connect(self._to_told)
            top.addWidget(self.told, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.saved, 0, Qt.AlignmentFlag.AlignTop)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(4))
        self._lines.addLayout(top)
        self.row.addLayout(self._lines, 1)
        # Narrow at first: a page that begins wide would widen the window itself.
        if self.told is not None:
            self.told.hide()
        self._under = False
        self._put_rule(under=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow strip goes without code and age; the rule has a line of its own where not all fits on one."""
        super().resizeEvent(event)
        narrow = self.width() < px(GIVES_WAY_BELOW)
        for widget in (self._code, self._age, self.told):
            if widget is not None:
                widget.setVisible(not narrow)
        edge = self.row.contentsMargins()
        room = self.width() - edge.left() - edge.right()
        needed = self._top.sizeHint().width()
        if self._under:
            needed += px(12) + self._rule.sizeHint().width()
        self._put_rule(under=narrow or needed > room)

    def _put_rule(self, *, under: bool) -> None:
        if under != self._under:
            self._under = under
            before, after = (self._said, self._lines) if under else (self._lines, self._said)
            before.removeWidget(self._rule)
            after.addWidget(self._rule)

    def _to_told(self) -> None:
        self.session.go(told_place(self.file))

    def _go_back(self) -> None:
        self.session.go(self._place)
