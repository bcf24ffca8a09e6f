"""Rows that are one target: the task list of an assessment, the tasks of a day, search results.

TaskRow(title, about="", warning="", icon="", tone="tint", when="", when_note="", when_tone="text", chips=(),
        chevron=True)
    chips: [(words, tone, icon)] ; a tone of "words" is plain muted words ("3 known")
    .clicked   .title_words   .set_chips(chips)   .set_chevron("caret-down")
KnownRow(question, answer, source)     question, answer, source chip; .add_right(*widgets) for chip and buttons
FactRow(name, words, trailing=None)    key, value and something at the right; .value (Words)
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.ui import icons
from csa_desk.ui.look import px
from csa_desk.ui.widgets.buttons import PaintedButton
from csa_desk.ui.widgets.flow import FlowLayout, PairLayout
from csa_desk.ui.widgets.marks import Chip, Disc, IconMark, SourceChip, Tone
from csa_desk.ui.widgets.paint import box
from csa_desk.ui.widgets.text import Words

# Narrower than this a fact stands under its name.
_FACT_BESIDE = 420

ChipSpec = tuple[str, str, str]


class TaskRow(PaintedButton):
    """A row whose whole width is the target: title in the link colour, chips right, a chevron."""

    def __init__(
        self,
        title: str,
        about: str = "",
        *,
        warning: str = "",
        icon: str = "",
        tone: Tone = "tint",
        when: str = "",
        when_note: str = "",
        when_tone: str = "text",
        chips: Sequence[ChipSpec] = (),
        chevron: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._chevron = chevron
        self._mark = "caret-right"
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(10), px(20 + 24 if chevron else 20), px(10))
        row.setSpacing(px(14))
        if icon:
            row.addWidget(Disc(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        self._middle = QVBoxLayout()
        self._middle.setSpacing(px(1))
        self._title = Words(title, "strong", "link")
        self._middle.addWidget(self._title)
        if about:
            self._middle.addWidget(Words(about, "small", "muted"))
        if warning:
            line = QHBoxLayout()
            line.setSpacing(px(6))
            line.addWidget(IconMark("shield-warning", "warn", 16, "bold"), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words(warning, "small-strong", "warn"), 1)
            self._middle.addLayout(line)
        pair = PairLayout(gap=14, row_gap=4, least=200)
        pair.addLayout(self._middle)
        row.addLayout(pair, 1)
        right = QHBoxLayout()
        right.setSpacing(px(14))
        self._chips = FlowLayout(gap=6, row_gap=4)
        right.addLayout(self._chips)
        pair.addLayout(right)
        if when or when_note:
            # In a widget of its own: a stretch here would make the whole row grow.
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(1))
            for words, role, ink in ((when, "small-strong", when_tone), (when_note, "small", "muted")):
                if words:
                    label = Words(words, role, ink, wrap=False)
                    column.addWidget(label, 0, Qt.AlignmentFlag.AlignRight)
            right.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)
        self._said = [part for part in (about, warning, when, when_note) if part]
        self.set_chips(chips)

    @property
    def title_words(self) -> str:
        """The title."""
        return self._title.words

    def set_chevron(self, icon: str) -> None:
        """Another mark at the right: ``caret-down`` for a row that opens in place."""
        self._mark = icons.known(icon)
        self.update()

    def set_chips(self, chips: Sequence[ChipSpec]) -> None:
        """Replace what stands at the right."""
        while (item := self._chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for words, tone, icon in chips:
            if tone == "words":
                self._chips.addWidget(Words(words, "small", "muted", wrap=False))
            else:
                self._chips.addWidget(Chip(words, tone, icon))  # type: ignore[arg-type]
        said = [self._title.words, *self._said, *(words for words, _, _ in chips)]
        self.setAccessibleName(". ".join(part.rstrip(".") for part in said))

    def sizeHint(self) -> QSize:
        """What the layout asks for, at least a row."""
        layout = self.layout()
        hint = layout.sizeHint() if layout is not None else QSize()
        return hint.expandedTo(QSize(px(200), px(44)))

    def minimumSizeHint(self) -> QSize:
        """What the layout can do with, at least a row."""
        layout = self.layout()
        hint = layout.minimumSize() if layout is not None else QSize()
        # The height follows from the width; a label's own guess at it would only add empty lines.
        return QSize(hint.width(), px(44))

    def hasHeightForWidth(self) -> bool:
        """The words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at this width, at least a row."""
        layout = self.layout()
        return max(px(44), layout.heightForWidth(width) if layout is not None else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the quiet ground under the pointer and the chevron."""
        painter = QPainter(self)
        if self.hovered or self.isDown():
            box(painter, self.rect().adjusted(px(4), px(3), -px(4), -px(3)), px(6), "sunken")
        if self._chevron:
            side = px(18)
            place = QRect(self.width() - px(17) - side, (self.height() - side) // 2, side, side)
            icons.draw(painter, self._mark, "muted", place)
        painter.end()


class KnownRow(QWidget):
    """An answer that is known: question, answer, source; what can be done with it stands at the right."""

    def __init__(
        self, question: str, answer: str, source: SourceChip | None = None, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = PairLayout(self)
        row.setContentsMargins(px(24), px(12), px(20), px(12))
        column = QVBoxLayout()
        column.setSpacing(px(2))
        column.addWidget(Words(question, "small", "muted"))
        self.answer = Words(answer, "strong")
        column.addWidget(self.answer)
        if source is not None:
            column.addSpacing(px(4))
            column.addWidget(source, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        row.addLayout(column)
        self.trailing = QVBoxLayout()
        self.trailing.setSpacing(px(8))
        row.addLayout(self.trailing)

    def add_right(self, *widgets: QWidget) -> None:
        """Put widgets on one more line at the right: first the state chip, then the buttons."""
        line = QHBoxLayout()
        line.setSpacing(px(4))
        line.addStretch(1)
        for widget in widgets:
            line.addWidget(widget)
        self.trailing.addLayout(line)


class FactRow(QWidget):
    """A fact: its name, its words, and something at the right such as source and *Change*."""

    def __init__(
        self, name: str, words: str, *trailing: QWidget, strong: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(px(20), px(10), px(20), px(10))
        row.setSpacing(px(16))
        label = Words(name, "strong" if strong else "small", "text" if strong else "muted")
        row.addWidget(label, 3, Qt.AlignmentFlag.AlignTop)
        self.value = Words(words)
        row.addWidget(self.value, 5, Qt.AlignmentFlag.AlignTop)
        for widget in trailing:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(px(44))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One under the other where it is narrow."""
        super().resizeEvent(event)
        beside = self.width() >= px(_FACT_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if way != self._row.direction():
            self._row.setDirection(way)
            self._row.setSpacing(px(16 if beside else 4))
