"""How much is known: three patterns, not three colours.

ProgressBar(legend=False)   .set_parts(known, check, open_)   solid, hatched, plain; reads as one sentence
WorkBar()                   long work: .set_work(what, done, whole)  .cancelled
paint_parts(painter, rect, known, check, whole)
"""

from PySide6.QtCore import QLineF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.ui.look import color, look, px
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.paint import box
from csa_desk.ui.widgets.text import Words


def paint_parts(painter: QPainter, rect: QRect, known: int, check: int, whole: int) -> None:
    """Draw a bar: solid for what is known, hatched for what is to check, plain for what is open."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(rect), px(4), px(4))
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    # Where lines are as bright as what is filled, what is open is empty inside its line.
    outlined = look().scheme == "contrast"
    painter.fillRect(rect, color("surface" if outlined else "line"))
    if whole > 0:
        solid = round(rect.width() * known / whole)
        hatched = round(rect.width() * check / whole)
        painter.fillRect(rect.left(), rect.top(), solid, rect.height(), color("primary"))
        if hatched:
            area = QRect(rect.left() + solid, rect.top(), hatched, rect.height())
            painter.fillRect(area, color("surface"))
            hatch(painter, area.adjusted(2, 0, -2, 0))
        elif 0 < solid < rect.width():
            painter.fillRect(rect.left() + solid, rect.top(), 2, rect.height(), color("surface"))
    if outlined:
        edge = 2 if rect.height() >= px(10) else 1
        painter.setPen(QPen(color("line"), edge))
        half = edge / 2
        painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), px(3), px(3))
    painter.restore()


def hatch(painter: QPainter, rect: QRect) -> None:
    """Fill a box with slanting amber lines."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, color("warn_bg"))
    step = px(6)
    painter.setPen(QPen(color("warn_bar"), max(2.0, step * 0.45)))
    for left in range(rect.left() - rect.height() - step, rect.right() + rect.height() + step, step):
        painter.drawLine(QLineF(left, rect.bottom() + 2, left + rect.height() + 3, rect.top() - 1))
    painter.restore()


class _Bar(QLabel):
    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.parts = (0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(12))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(60), px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        known, check, whole = self.parts
        paint_parts(painter, self.rect(), known, check, whole)
        painter.end()


class _Sample(QLabel):
    """A small square with one of the patterns, for the legend."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        self._pattern = pattern
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(16), px(16))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._pattern == "check":
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(self.rect()), px(4), px(4))
            painter.setClipPath(shape)
            hatch(painter, self.rect())
        else:
            solid = self._pattern == "known"
            box(
                painter,
                self.rect(),
                px(4),
                "primary" if solid else "surface" if look().scheme == "contrast" else "line",
                "" if solid else "line_strong",
                look().hairline,
            )
        painter.end()


class ProgressBar(QWidget):
    """The bar, with a legend that gives the counts in words if asked for."""

    def __init__(self, *, legend: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self._bar = _Bar()
        column.addWidget(self._bar)
        self._words: list[tuple[Words, str]] = []
        if legend:
            holder = QWidget()
            flow = FlowLayout(holder, 20, 4)
            for pattern, said in (("known", "known"), ("check", "to check"), ("open", "open")):
                pair = QWidget()
                row = QHBoxLayout(pair)
                row.setContentsMargins(0, 0, 0, 0)
                row.setSpacing(px(8))
                row.addWidget(_Sample(pattern))
                words = Words("", "body", wrap=False)
                row.addWidget(words)
                flow.addWidget(pair)
                self._words.append((words, said))
            column.addWidget(holder)

    def set_parts(self, known: int, check: int, open_: int) -> None:
        """Show counts; they are read as one sentence."""
        whole = known + check + open_
        self._bar.parts = (known, check, whole)
        sentence = f"{known} of {whole} known, {check} to check, {open_} open"
        self._bar.setText(sentence)
        self._bar.setAccessibleName(sentence)
        for (words, said), count in zip(self._words, (known, check, open_), strict=False):
            words.set_words(f"{count} {said}")
        self._bar.update()


class WorkBar(QWidget):
    """Long work in the page: what is being done, how far it is, and Cancel."""

    cancelled = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        row = QHBoxLayout()
        self._what = Words("", "strong")
        row.addWidget(self._what, 1)
        self._count = Words("", "small", "muted", wrap=False)
        row.addWidget(self._count)
        self._cancel = Button("Cancel", "quiet", small=True)
        self._cancel.clicked.connect(self.cancelled)
        row.addWidget(self._cancel)
        column.addLayout(row)
        self._bar = _Bar()
        column.addWidget(self._bar)

    def set_work(self, what: str, done: int, whole: int) -> None:
        """Say what is being done and how far it is; a ``whole`` of 0 is not known yet."""
        self._what.set_words(what)
        self._count.set_words(f"{done} of {whole}" if whole else "")
        self._bar.parts = (done, 0, whole)
        self._bar.setAccessibleName(f"{what}, {done} of {whole}" if whole else what)
        self._bar.update()
