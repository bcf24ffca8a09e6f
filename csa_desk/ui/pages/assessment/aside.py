"""Beside the questions: how far this page is, and help with the question that is being asked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from csa_desk.casework.answers import QuestionView, SectionView, Standing
from csa_desk.casework.asking import Asking
from csa_desk.ui.look import px
from csa_desk.ui.widgets.boxes import Card, Rule
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.progress import ProgressBar
from csa_desk.ui.widgets.text import Words

_MOST_WAYS = 3


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

    def __init__(self, called: str) -> None:
        super().__init__()
        self.setAccessibleName("Help with this question")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._key = ""
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
        """Show the help of this question; nothing changes while the question stays the same."""
        if item is None or item.key == self._key:
            return
        self._key = item.key
        found = asking.help(item)
        self._say("Why we ask", found.why)
        self._say("Ways to ask", "\n".join(found.ways[:_MOST_WAYS]))
        self._say("If it is hard", found.hard)
        note = f"{found.ground.note}. " if found.ground.note else ""
        self._ground.set_words(f"{note}{found.ground.line}")
        said = [words.words for _, words in self._parts.values() if words.words]
        self.setAccessibleDescription(" ".join([item.text, *said]))

    def forget(self) -> None:
        """What helps may have changed: show it anew the next time."""
        self._key = ""

    def _say(self, title: str, text: str) -> None:
        head, words = self._parts[title]
        words.set_words(text)
        head.setVisible(bool(text))
        words.setVisible(bool(text))
