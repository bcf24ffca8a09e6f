"""The role card itself: what I do beside what I do not, in the same size, to be read aloud in a mixed room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.guidance import RoleCard, SaidLine
from csa_desk.ui.look import px
from csa_desk.ui.widgets.boxes import Card, Rule, TintCard
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.paint import box
from csa_desk.ui.widgets.text import Words

_STACKED_UNDER = 560


class CardHead(QWidget):
    """The band at the top: the role, one line about it, which card of how many."""

    def __init__(self, card: RoleCard, number: int, of: int) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(24), px(18), px(24), px(18))
        row.setSpacing(px(18))
        row.addWidget(IconMark("hand-heart", "on_primary", 32), 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(px(2))
        self.title = Words(card.title, "h2", "on_primary")
        column.addWidget(self.title)
        about = card.summary
        if card.also_called:
            about += f" Also called {_and(card.also_called)}."
        column.addWidget(Words(about, "body", "on_primary"))
        row.addLayout(column, 1)
        self.number = Words(f"Card {number} of {of}", "small", "on_primary", wrap=False)
        row.addWidget(self.number, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = QPainter(self)
        box(painter, self.rect(), px(8), "primary")
        painter.end()


class _Half(QWidget):
    """One half: a heading with its sign, and lines with theirs."""

    def __init__(self, title: str, icon: str, ink: str, line_icon: str, lines: tuple[SaidLine, ...]) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(IconMark(icon, ink, 24))
        head.addWidget(Words(title, "h2"), 1)
        column.addLayout(head)
        for line in lines:
            column.addLayout(_said(line, line_icon, ink))
        if not lines:
            column.addWidget(Words("Nothing is said here.", "body", "muted"))
        column.addStretch(1)


def _said(line: SaidLine, icon: str, ink: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(px(10))
    row.addWidget(IconMark(icon, ink, 20), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(px(3))
    words.addWidget(Words(line.text))
    if line.ground.note:
        words.addLayout(_note(line.ground.note))
    row.addLayout(words, 1)
    return row


class _Halves(QWidget):
    """The two halves, side by side in the same width, or one under the other where it is narrow."""

    def __init__(self, card: RoleCard) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(px(24))
        self.does = _Half("I do", "check-circle", "ok", "check", card.does)
        self.does_not = _Half("I do not", "minus-circle", "muted", "minus", card.does_not)
        self._line = QFrame()
        self._line.setProperty("box", "rule")
        self._line.setMaximumWidth(1)
        self.box.addWidget(self.does, 1)
        self.box.addWidget(self._line)
        self.box.addWidget(self.does_not, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        beside = self.width() >= px(_STACKED_UNDER)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self.box.direction() != way:
            self.box.setDirection(way)
            self._line.setVisible(beside)


class RoleCardView(Card):
    """The whole card, without anything that is pressed."""

    def __init__(self, card: RoleCard, number: int, of: int, near: QWidget | None) -> None:
        super().__init__()
        self.setAccessibleName(f"Role card: {card.title}")
        self.body.setSpacing(px(18))
        self.head = CardHead(card, number, of)
        self.add(self.head)
        self.halves = _Halves(card)
        self.add(self.halves)
        if card.reach:
            tint = TintCard("How to reach me", "phone")
            for line in card.reach:
                tint.body.addLayout(_plain(line))
            self.add(tint)
        if near is not None:
            self.add(near)
        for line in card.notes:
            self.body.addLayout(_said(line, "info", "info"))
        names = [("Used to be called", card.formerly), ("Commissioned by", card.commissioned_by)]
        for title, words in names:
            if words:
                self.add(Words(f"{title}: {_and(words)}.", "body", "muted"))
        self._ground(card)

    def _ground(self, card: RoleCard) -> None:
        self.add(Rule())
        lines = (*card.does, *card.does_not, *card.reach, *card.notes)
        grounds = dict.fromkeys([card.ground.line, *(line.ground.line for line in lines)])
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(IconMark("book-open-text", "muted"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(2))
        for ground in grounds:
            column.addWidget(Words(ground, "small", "muted"))
        row.addLayout(column, 1)
        self.body.addLayout(row)


def _note(words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(px(6))
    row.addWidget(IconMark("warning", "warn", 16, "bold"))
    row.addWidget(Words(words, "small", "warn"), 1)
    return row


def _plain(line: SaidLine) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(px(3))
    column.addWidget(Words(line.text, "body", "on_tint"))
    if line.ground.note:
        column.addLayout(_note(line.ground.note))
    return column


def _and(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
