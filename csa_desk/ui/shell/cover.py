"""Hidden: a neutral sheet over the whole window that names nobody and nothing."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csa_desk.ui.look import color
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.text import Words


class Cover(QWidget):
    """Takes every key but F12, and locks by itself after a while."""

    back = Signal()
    too_long = Signal()

    def __init__(self, minutes: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Hidden")
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(IconMark("hand-heart", "muted", 32), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(Words("Press F12 to come back", "small", "muted"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(minutes * 60_000)
        self._timer.timeout.connect(self.too_long)
        self.hide()

    def cover(self) -> None:
        """Lie over everything."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self.setFocus()
        self._timer.start()

    def uncover(self) -> None:
        """Go away."""
        self._timer.stop()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F12 comes back; nothing else reaches what is under it."""
        if event.key() == Qt.Key.Key_F12:
            self.back.emit()
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab does not leave the cover."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """A plain canvas."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("canvas"))
        painter.end()
