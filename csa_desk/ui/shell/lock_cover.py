"""What stands over the window while a lock cannot be finished yet: it names nobody, and nothing under it is reached."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.ui.look import color, px
from csa_desk.ui.widgets.boxes import Banner
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.page import Scrolled, Sheet
from csa_desk.ui.widgets.text import Words

WIDE = 560
HELD_TITLE = "Nothing takes your last words"
HELD = (
    "Neither the vault nor this computer’s own disk can be written, so they are still in this window and nowhere "
    "else. Put the stick back, or free some space: they are then kept at once and the lock is finished. "
    "Do not switch the computer off before."
)


class LockCover(QWidget):
    """Waiting for long work, or holding words that nothing takes. Hidden while neither is so."""

    stop_asked = Signal()
    passphrase_given = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Locked")
        self._ends = "locks"
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        # In a low window, or with large text, it scrolls: what stands here is needed to save somebody's words.
        scrolled, sheet = Scrolled(), Sheet()
        outer.addWidget(scrolled)
        scrolled.setWidget(sheet)
        row = QHBoxLayout(sheet)
        row.addStretch(1)
        inner = QWidget()
        inner.setMaximumWidth(px(WIDE))
        row.addWidget(inner, 8)
        row.addStretch(1)
        column = QVBoxLayout(inner)
        column.setSpacing(px(16))
        column.addStretch(2)
        column.addWidget(IconMark("lock-simple", "muted", 32))
        self._title = Words("Locked", "h1")
        column.addWidget(self._title)
        self._about = Words("", "body", "muted")
        column.addWidget(self._about)
        self._stop = Button("Stop it and finish locking")
        self._stop.clicked.connect(self.stop_asked)
        column.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignLeft)
        self._held = QWidget()
        held = QVBoxLayout(self._held)
        held.setContentsMargins(0, 0, 0, 0)
        held.setSpacing(px(16))
        held.addWidget(Banner("warn", HELD_TITLE, HELD, icon="warning-circle"))
        self.form = Form()
        self.form.add(
            FieldSpec(
                "passphrase", "Passphrase", "secret", hint="To go back to your words and copy them elsewhere."
            )
        )
        for stop in self.form.field("passphrase").control.stops():
            stop.installEventFilter(self)
        held.addWidget(self.form)
        self._unlock = Button("Unlock", "primary", "lock-simple-open")
        self._unlock.clicked.connect(self._give)
        held.addWidget(self._unlock, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._held)
        column.addStretch(3)
        self.hide()

    # --- what it shows --------------------------------------------------------------------------------------

    def wait(self, work: str, *, stopping: bool, leaving: bool = False) -> None:
        """Over work that must not be cut off. ``stopping``: it was told to stop at its next safe point.

        ``leaving``: the program ends afterwards.
        """
        self._ends = "closes" if leaving else "locks"
        self._title.set_words("Closing" if leaving else "Locked")
        self._stop.set_words("Close now, without it" if leaving else "Stop it and finish locking")
        if stopping:
            self._about.set_words(
                f"{work}. It is being stopped at a safe point; then the program {self._ends} by itself."
            )
        else:
            self.tell(work)
        self._about.show()
        self._stop.setVisible(not stopping)
        self._held.hide()
        self._cover(self if stopping else self._stop)

    def tell(self, work: str) -> None:
        """How far it is."""
        self._about.set_words(
            f"{work}. When it is at its end, the program {self._ends} by itself. What you typed is kept."
        )

    def hold(self) -> None:
        """Over words that nothing takes."""
        if not self.holds:
            self._title.set_words("Locked")
            self._about.hide()
            self._stop.hide()
            self._held.show()
            self.form.set_value("passphrase", "")
            self.set_busy(False)
            self._cover(None)
            self.form.focus_on("passphrase")
            announce(self, f"{HELD_TITLE}. {HELD}")

    @property
    def holds(self) -> bool:
        """Whether words are held under it."""
        return self.isVisible() and self._held.isVisible()

    def uncover(self) -> None:
        """Go away."""
        self.form.set_value("passphrase", "")
        self.hide()

    def fit(self) -> None:
        """Lie over all of the parent."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    def _cover(self, focus: QWidget | None) -> None:
        self.fit()
        self.show()
        self.raise_()
        if focus is not None:
            focus.setFocus()
        # Now, not when there is time: the computer may be about to sleep.
        self.repaint()

    # --- the passphrase -------------------------------------------------------------------------------------

    def set_busy(self, busy: bool) -> None:
        """While the passphrase is tried."""
        self._unlock.set_words("Trying …" if busy else "Unlock")
        self._unlock.setEnabled(not busy)

    def refuse(self, sentence: str) -> None:
        """It is not the passphrase."""
        self.set_busy(False)
        self.form.set_value("passphrase", "")
        self.form.set_error("passphrase", sentence)
        self.form.focus_on("passphrase")
        announce(self, sentence)

    def _give(self) -> None:
        typed = str(self.form.value("passphrase"))
        if not self._unlock.isEnabled():
            return
        if typed:
            self.set_busy(True)
            self.passphrase_given.emit(typed)
        else:
            self.refuse("Type the passphrase of this vault")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the passphrase unlocks."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self._give()
            return True
        return super().eventFilter(watched, event)

    # --- nothing gets past ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key reaches what is under it."""
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab stays on the cover."""
        here = QApplication.focusWidget()
        stops = [
            widget
            for widget in self.findChildren(QWidget)
            if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if stops:
            step = 1 if next else -1
            place = stops.index(here) + step if here in stops else 0
            stops[place % len(stops)].setFocus(
                Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
            )
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """A plain canvas."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("canvas"))
        painter.end()
