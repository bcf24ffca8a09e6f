"""Stages of a journey: done, now, ahead.

Stage(key, words, when="", state="ahead")    state: done now ahead
Timeline(stages, name, choosing=False)       a row of stages; a list where it is narrow
    choosing=True: stages can be chosen (one Tab stop, arrows); .chosen(str key)  .choose(key)  .key
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QRadioButton, QSizePolicy, QWidget

from csa_desk.ui import icons
from csa_desk.ui.look import color, look, px, type_font, type_metrics
from csa_desk.ui.widgets.paint import box
from csa_desk.ui.widgets.text import breakable

_SAID = {"done": "done", "now": "now", "ahead": "still ahead"}
_CENTRE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True)
class Stage:
    """One stage, and where the journey is with it."""

    key: str
    words: str
    when: str = ""
    state: Literal["done", "now", "ahead"] = "ahead"


class _Drawing:
    """How one stage looks, in the row or in the list."""

    def __init__(self, stage: Stage, before: Stage | None, after: Stage | None) -> None:
        self.stage = stage
        self._before, self._after = before, after
        self.upright = False

    @property
    def spoken(self) -> str:
        """The stage as a sentence for readers."""
        when = self.stage.when if self.stage.when != "now" else ""
        return ", ".join(part for part in (self.stage.words, _SAID[self.stage.state], when) if part)

    def _role(self) -> str:
        return "small-strong" if self.stage.state == "now" else "small"

    def _words_high(self, width: int) -> int:
        room = QRect(0, 0, max(1, width), 10_000)
        metrics = type_metrics(self._role())
        return metrics.boundingRect(room, _CENTRE, breakable(self.stage.words, 14)).height()

    def high(self, width: int) -> int:
        """The height of mark, words and date."""
        if self.upright:
            words = self._words_high(width - px(36))
            return max(px(36), words + px(12) + (self._when_high() if self.stage.when else 0))
        when = self._when_high() if self.stage.when else 0
        return px(30) + self._words_high(width - px(6)) + when + px(6)

    def least(self) -> int:
        """The width under which its longest word would be cut, bold as it is when it is *now*."""
        metrics = type_metrics("small-strong")
        words = breakable(self.stage.words, 14).replace("\u200b", " ").split()
        return max((metrics.horizontalAdvance(word) for word in words), default=0) + px(12)

    @staticmethod
    def _when_high() -> int:
        return type_metrics("small").height()

    def paint(self, painter: QPainter, rect: QRect, *, chosen: bool) -> None:
        """Draw line, mark, words and date."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            box(painter, rect, px(6), "tint", "primary", 2)
        if self.upright:
            middle = QPointF(px(14), px(16))
            self._lines(painter, middle, rect)
            words = QRect(px(36), px(5), rect.width() - px(36), rect.height())
            flags = _LEFT
        else:
            middle = QPointF(rect.width() / 2, px(14))
            self._lines(painter, middle, rect)
            words = QRect(px(3), px(30), rect.width() - px(6), rect.height())
            flags = _CENTRE
        self._mark(painter, middle)
        painter.setFont(type_font(self._role()))
        painter.setPen(color("muted" if self.stage.state == "ahead" else "text"))
        painter.drawText(words, flags, breakable(self.stage.words, 14))
        if self.stage.when:
            painter.setFont(type_font("small"))
            painter.setPen(color("muted"))
            painter.drawText(words.adjusted(0, self._words_high(words.width()), 0, 0), flags, self.stage.when)

    def _lines(self, painter: QPainter, middle: QPointF, rect: QRect) -> None:
        for other, earlier in ((self._before, True), (self._after, False)):
            if other is None:
                continue
            behind = self.stage.state != "ahead" if earlier else other.state != "ahead"
            painter.setPen(QPen(color("primary" if behind else "line_strong"), px(3) if behind else 1.5))
            if self.upright:
                end = QPointF(middle.x(), 0 if earlier else rect.height())
            else:
                end = QPointF(0 if earlier else rect.width(), middle.y())
            painter.drawLine(middle, end)

    def _mark(self, painter: QPainter, middle: QPointF) -> None:
        state, reach = self.stage.state, px(9)
        if state == "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("primary"))
            painter.drawEllipse(middle, reach, reach)
            side = px(12)
            place = QRect(round(middle.x() - side / 2), round(middle.y() - side / 2), side, side)
            icons.draw(painter, "check", "on_primary", place, "bold")
            return
        now = state == "now"
        painter.setBrush(color("surface"))
        painter.setPen(
            QPen(color("primary" if now else "line_strong"), px(3) if now else 1.5 * look().hairline)
        )
        painter.drawEllipse(middle, reach if now else reach - 1, reach if now else reach - 1)
        if now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("primary"))
            painter.drawEllipse(middle, px(4), px(4))


def _policy() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


class _Stop(QLabel):
    """A stage that is only read."""

    def __init__(self, drawing: _Drawing) -> None:
        super().__init__()
        self.drawing = drawing
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(drawing.spoken)
        self.setAccessibleName(drawing.spoken)
        self.setSizePolicy(_policy())

    def sizeHint(self) -> QSize:
        return QSize(px(100), self.drawing.high(px(100)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.drawing.least(), self.drawing.high(px(100)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.drawing.high(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.drawing.paint(painter, self.rect(), chosen=False)
        painter.end()


class _Choice(QRadioButton):
    """A stage that can be chosen."""

    stepped = Signal(int)

    def __init__(self, drawing: _Drawing) -> None:
        super().__init__()
        self.drawing = drawing
        self.setAccessibleName(drawing.spoken)
        self.setSizePolicy(_policy())
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(px(100), self.drawing.high(px(100)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.drawing.least(), self.drawing.high(px(100)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.drawing.high(width)

    def hitButton(self, pos: object) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.stepped.emit(1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.stepped.emit(-1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.drawing.paint(painter, self.rect(), chosen=self.isChecked())
        painter.end()


class Timeline(QWidget):
    """Stages beside each other, or one under another where there is no room."""

    chosen = Signal(str)

    def __init__(
        self, stages: Sequence[Stage], name: str, *, choosing: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._choices: list[_Choice] = []
        self._drawings: list[_Drawing] = []
        sides = [None, *stages, None]
        for place, stage in enumerate(stages):
            drawing = _Drawing(stage, sides[place], sides[place + 2])
            self._drawings.append(drawing)
            if choosing:
                button = _Choice(drawing)
                button.clicked.connect(self._say)
                button.stepped.connect(self._step)
                self._choices.append(button)
                self._row.addWidget(button, 1)
            else:
                self._row.addWidget(_Stop(drawing), 1)
        if choosing and stages:
            self.choose(next((stage.key for stage in stages if stage.state == "now"), stages[0].key))

    @property
    def key(self) -> str:
        """The chosen stage; empty if stages cannot be chosen."""
        return next((button.drawing.stage.key for button in self._choices if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose a stage by key without saying so."""
        for button in self._choices:
            on = button.drawing.stage.key == key
            button.setChecked(on)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)

    def _say(self) -> None:
        self.choose(self.key)
        self.chosen.emit(self.key)

    def _step(self, by: int) -> None:
        here = next((place for place, button in enumerate(self._choices) if button.isChecked()), 0)
        button = self._choices[(here + by) % len(self._choices)]
        self.choose(button.drawing.stage.key)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(self.key)

    def minimumSizeHint(self) -> QSize:
        """As a list it is never too wide."""
        return QSize(px(160), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go over to the list, or back."""
        super().resizeEvent(event)
        upright = self.width() < sum(drawing.least() for drawing in self._drawings)
        if self._drawings and upright != self._drawings[0].upright:
            for drawing in self._drawings:
                drawing.upright = upright
            way = QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
            self._row.setDirection(way)
            for place in range(self._row.count()):
                item = self._row.itemAt(place)
                if item is not None and (stop := item.widget()) is not None:
                    stop.updateGeometry()
                    stop.update()
