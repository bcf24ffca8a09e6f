"""Round the questions: how far this page is, help with the question that is being asked, and the way on."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.answers import QuestionView, SectionView, Standing
from csa_desk.casework.asking import Asking, Help
from csa_desk.ui.look import px
from csa_desk.ui.pages.assessment.question import Apart
from csa_desk.ui.widgets.boxes import Card, Rule
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.progress import ProgressBar
from csa_desk.ui.widgets.text import Words, set_tip

_MOST_WAYS = 3
SAVED = "Everything above is saved."
DRAFT = "What you are writing is kept as a draft."
REFUSED = "The last answer is not saved."


class Onward(Apart):
    """The foot of a page: the next one, stopping, and whether everything is saved."""

    def __init__(self) -> None:
        buttons = QWidget()
        row = FlowLayout(buttons, 16)
        self.next = Button("", "primary")
        self.stop = Button("Stop here for now")
        row.addWidget(self.next)
        row.addWidget(self.stop)
        self._saved = Words(SAVED, "small", "muted", wrap=False)
        super().__init__(buttons, self._saved)

    def say(self, words: str) -> None:
        """Say how it stands with saving."""
        self._saved.set_words(words)
        self.fit(alone=False)


class ThisPage(Card):
    """How many of the page's questions are known, to check and open."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.addWidget(Words("This page", "h3"), 1)
        self._count = Words("", "small", "muted", wrap=False)
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self._bar = ProgressBar()
        self.add(self._bar)

    def show_section(self, section: SectionView) -> None:
        """Count again."""
        known = section.count(Standing.KNOWN)
        check, open_ = section.count(Standing.TO_CHECK), section.count(Standing.OPEN)
        self._count.set_words(f"{known} of {known + check + open_} done")
        self._bar.set_parts(known, check, open_)


class HelpCard(Card):
    """Why we ask, ways to ask this child, what to do if it is hard; it follows the current question."""

    left = Signal()  # Escape

    def __init__(self, called: str) -> None:
        super().__init__()
        self.setAccessibleName("Help with this question")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._shown: Help | None = None
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(IconMark("lifebuoy", "primary"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words("Help with this question", "h3"), 1)
        self.body.addLayout(row)
        self._parts: dict[str, tuple[Words, Words]] = {}
        for title in ("Why we ask", "Ways to ask", "If it is hard"):
            column = QVBoxLayout()
            column.setSpacing(px(2))
            head, words = Words(title, "strong"), Words("")
            column.addWidget(head)
            column.addWidget(words)
            self.body.addLayout(column)
            self._parts[title] = (head, words)
        self.add(Rule())
        self._ground = Words("", "small", "muted")
        self.add(self._ground)
        self.add(
            Words(
                f"If {called} tells you something new about harm, you do not need to ask more. "
                "Listen, and do what your service has agreed for this.",
                "small",
                "muted",
            )
        )

    def show_help(self, asking: Asking, item: QuestionView | None) -> None:
        """Show the help of this question; nothing moves while it stays the same."""
        if item is None:
            return
        found = asking.help(item)
        if found == self._shown:
            return
        self._shown = found
        self._say("Why we ask", found.why)
        self._say("Ways to ask", "\n".join(found.ways[:_MOST_WAYS]))
        self._say("If it is hard", found.hard)
        note = f"{found.ground.note}. " if found.ground.note else ""
        # A child may sit beside this page: a source whose title has that word is named on the Guidance page only.
        told = replace(found.ground, source="") if "victim" in found.ground.source.lower() else found.ground
        self._ground.set_words(f"{note}{told.line[:1].upper()}{told.line[1:]}")
        said = [words.words for _, words in self._parts.values() if words.words]
        self.setAccessibleDescription(" ".join([item.text, *said]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the question."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _say(self, title: str, text: str) -> None:
        head, words = self._parts[title]
        words.set_words(text)
        head.setVisible(bool(text))
        words.setVisible(bool(text))


class Following(QWidget):
    """Keeps one widget of the side column in sight while the page is scrolled.

    It fills the rest of the column; the widget inside goes down with the page, never past the column's end. One
    that is taller than the window shows its foot once the page is scrolled.
    """

    def __init__(self, area: QScrollArea) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._area = area
        self._held: QWidget | None = None
        area.verticalScrollBar().valueChanged.connect(self._place)

    def hold(self, widget: QWidget) -> None:
        """Take a widget in."""
        self._held = widget
        widget.setParent(self)
        widget.installEventFilter(self)
        self.updateGeometry()
        self._place()

    def let_go(self) -> None:
        """The widget goes elsewhere."""
        if self._held is not None:
            self._held.removeEventFilter(self)
            self._held = None

    def hasHeightForWidth(self) -> bool:
        """As high as what it holds."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as what it holds, at this width."""
        return max(0, self._held.heightForWidth(width)) if self._held is not None else 0

    def sizeHint(self) -> QSize:
        """What it holds."""
        return self._held.sizeHint() if self._held is not None else QSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit what it holds."""
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other words need another height."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._held:
            self.updateGeometry()
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        page = self._area.widget()
        if self._held is None or page is None or not page.isAncestorOf(self):
            return
        high = self._held.heightForWidth(self.width())
        shown = self._area.verticalScrollBar().value() - self.mapTo(page, self.rect().topLeft()).y()
        gap, window = px(20), self._area.viewport().height()
        wanted = shown + min(gap, window - gap - high)
        top = max(0, min(wanted, self.height() - high))
        self._held.setGeometry(0, top, self.width(), high)


class HelpPlace(QObject):
    """Where the help stands: beside the questions, or behind a button under the title where it is narrow."""

    left = Signal()  # back to the question

    def __init__(self, body: PageBody, title: PageTitle, help_card: HelpCard) -> None:
        super().__init__(body)
        self._body, self._title, self._card = body, title, help_card
        self._button = Button("Help with this question", icon="lifebuoy", small=True)
        set_tip(self._button, "Help with this question (F1)")
        self._button.clicked.connect(self.turn)
        title.trailing.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        self._following = Following(body)
        if body.side is not None:
            body.side.addWidget(self._following, 1000)
        help_card.left.connect(self._leave)
        body.narrowed.connect(self._narrowed)
        self._narrowed(body.narrow)

    def _narrowed(self, narrow: bool) -> None:
        self._button.setVisible(narrow)
        if narrow:
            self._following.let_go()
            self._body.main.insertWidget(self._body.main.indexOf(self._title) + 1, self._card)
        else:
            self._body.main.removeWidget(self._card)
            self._following.hold(self._card)
        self._card.setVisible(not narrow)

    def turn(self) -> None:
        """Go to the help; where it is narrow, open it, or close it again."""
        if self._body.narrow:
            self._card.setVisible(self._card.isHidden())
        if self._card.isHidden():
            self.left.emit()
            return
        self._card.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._body.ensureWidgetVisible(self._card)

    def _leave(self) -> None:
        self._card.setVisible(not self._body.narrow)
        self.left.emit()
