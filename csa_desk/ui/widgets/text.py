"""Words on the screen. Everything is plain text: no markup, no ``&`` letters, long words break.

    Words(words="", role="body", tone="text", wrap=True)   .words  .set_words(str)  .set_tone(token)
    Elided(words="", role="body", tone="text")             one line, cut with … and the whole in its tooltip
    breakable(words, every=20) -> str                       the words with places where a long run may break
    set_tip(widget, words)                                  a tooltip that never reads markup

Roles are those of csa_desk.ui.fonts.ROLES; tones are palette tokens (text, muted, link, on_tint, ok, warn …).
"""

from PySide6.QtCore import QSize, Qt, QTextBoundaryFinder
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from csa_desk.ui.fonts import ROLES
from csa_desk.ui.stylesheet import polish_again

_BREAK = "\u200b"


def breakable(words: str, every: int = 20) -> str:
    """The words with an invisible break point in every unbroken run longer than ``every`` letters."""
    if all(len(run) <= every for run in words.split()):
        return words
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, words)
    pieces: list[str] = []
    start = run = 0
    # Qt counts in UTF-16 units; words outside that plane are cut by encoding, not by index.
    units = words.encode("utf-16-le", "surrogatepass")
    while (end := finder.toNextBoundary()) != -1:
        letter = units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
        run = 0 if letter.isspace() else run + 1
        if run > every:
            pieces.append(_BREAK)
            run = 1
        pieces.append(letter)
        start = end
    return "".join(pieces)


def set_tip(widget: QWidget, words: str) -> None:
    """Give the widget a tooltip that shows the words as they are, whatever they hold."""
    from html import escape

    widget.setToolTip(f"<qt>{escape(words)}</qt>" if words else "")


class Words(QLabel):
    """A label of plain words in a type role and a tone."""

    def __init__(
        self,
        words: str = "",
        role: str = "body",
        tone: str = "text",
        *,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = ""
        self._every = 12 if ROLES[role][0] > 18 else 20
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.set_words(words)

    @property
    def words(self) -> str:
        """What the label says, without break points."""
        return self._words

    def set_words(self, words: str) -> None:
        """Say something else."""
        self._words = words
        shown = breakable(words, self._every) if self.wordWrap() else words
        # Only a label with a buddy reads & as a letter to press.
        self.setText(shown.replace("&", "&&") if self.buddy() else shown)
        self.setAccessibleName(words)

    def set_tone(self, tone: str) -> None:
        """Change the colour of the words to another palette token."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            polish_again(self)

    def setBuddy(self, buddy: QWidget) -> None:
        """Join the label to its field; the words still show every ``&``."""
        super().setBuddy(buddy)
        self.set_words(self._words)


class Elided(Words):
    """One line that is cut with … where there is no room; the tooltip and the reader get it whole."""

    def __init__(
        self, words: str = "", role: str = "body", tone: str = "text", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, role, tone, wrap=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for all of it."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._line()) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        metrics = self.fontMetrics()
        full = self.sizeHint()
        return QSize(min(full.width(), metrics.averageCharWidth() * 8), full.height())

    def _line(self) -> str:
        return " ".join(self.words.split())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole line as a tooltip only where it is cut."""
        super().resizeEvent(event)
        cut = self.fontMetrics().horizontalAdvance(self._line()) > self.width()
        set_tip(self, self.words if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the line as fits."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        line = self.fontMetrics().elidedText(self._line(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)
        painter.end()
