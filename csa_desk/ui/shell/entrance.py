"""The half-teal page that unlock, lock and first run share: panel at the left, a form at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk import __version__
from csa_desk.ui.look import color, look, px
from csa_desk.ui.palette import mix
from csa_desk.ui.widgets.boxes import Rule
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.page import PageBody
from csa_desk.ui.widgets.rail_item import paint_mark
from csa_desk.ui.widgets.text import Words

PANEL_FROM = 900
PANEL_WIDE = 440
FORM_WIDE = 560
FOOT_FROM = 640

Points = Sequence[tuple[str, str]]
LIVE: Points = (
    ("hand-heart", "Support, not evidence."),
    ("wifi-slash", "Works with no network. Nothing leaves this computer unless you send it."),
    ("chat-teardrop", "Ask once. What a child has told is not asked again."),
)
TRAINING: Points = (
    ("student", "Every child in this vault is invented."),
    ("prohibit", "Nothing from it can be put into a live vault, and nothing live can be put into it."),
    ("printer", "Every page it prints says “Training”."),
)


class Panel(QWidget):
    """The full teal (or plum) panel: the mark, a few quiet lines, arcs rising from its foot."""

    def __init__(self, title: str, lines: str) -> None:
        super().__init__()
        self.setMaximumWidth(px(PANEL_WIDE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._title_live = title
        column = QVBoxLayout(self)
        column.setContentsMargins(px(56), px(56), px(48), px(48))
        column.setSpacing(px(16))
        head = QHBoxLayout()
        head.addSpacing(px(58))
        name = Words("CSA Desk", "h2", "rail_text")
        name.setMinimumHeight(px(44))
        head.addWidget(name, 1)
        column.addLayout(head)
        column.addSpacing(px(36))
        self._title = Words(title, "display", "rail_text")
        column.addWidget(self._title)
        if lines:
            column.addWidget(Words(lines, "lead", "rail_muted"))
        self._icons: list[IconMark] = []
        self._points: list[Words] = []
        for icon, words in LIVE:
            row = QHBoxLayout()
            row.setSpacing(px(14))
            mark = IconMark(icon, "rail_muted")
            said = Words(words, "body", "rail_text")
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(said, 1)
            column.addLayout(row)
            self._icons.append(mark)
            self._points.append(said)
        column.addStretch(1)

    def set_training(self, training: bool) -> None:
        """Say what a training vault is, before anything is typed."""
        self._title.set_words("Training" if training else self._title_live)
        points = TRAINING if training else LIVE
        for mark, said, (icon, words) in zip(self._icons, self._points, points, strict=True):
            mark.set_icon(icon, "rail_muted")
            said.set_words(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, arcs and mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), color("rail"))
        if look().scheme != "contrast":
            self._arcs(painter)
        paint_mark(painter, QRect(px(56), px(56), px(44), px(44)))
        painter.end()

    def _arcs(self, painter: QPainter) -> None:
        tokens = look().tokens
        middle = QPointF(self.width() / 2, self.height() + px(24))
        painter.setPen(Qt.PenStyle.NoPen)
        for step, share in ((4, 0.35), (3, 0.6), (2, 1.0), (1, 0.0)):
            painter.setBrush(QColor(mix(tokens["rail"], tokens["rail_active"], share)))
            reach = px(80 * step)
            painter.drawEllipse(middle, reach, reach)


class Entrance(QWidget):
    """Panel and a scrolling column of comfortable width; the panel drops away in a narrow window."""

    def __init__(self, title: str, lines: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._panel = Panel(title, lines)
        row.addWidget(self._panel, 11)
        right = QWidget()
        self._right = QVBoxLayout(right)
        self._right.setSpacing(0)
        self.body = PageBody(widest=FORM_WIDE)
        self._right.addWidget(self.body, 1)
        self._foot = self._make_foot()
        self._right.addWidget(self._foot)
        row.addWidget(right, 21)

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(px(24), 0, px(36), px(24))
        column.setSpacing(px(12))
        column.addWidget(Rule())
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(IconMark("plugs", "muted"))
        row.addWidget(Words("This program opens no connection to the internet.", "small", "muted"), 1)
        row.addWidget(Words(f"Version {__version__}", "small", "muted", wrap=False))
        column.addLayout(row)
        return foot

    def set_training(self, training: bool) -> None:
        """The panel's words for a training vault, or for a live one."""
        self._panel.set_training(training)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for the form first."""
        super().resizeEvent(event)
        wide = self.width() >= px(PANEL_FROM)
        self._panel.setVisible(wide)
        # In a low window the form has the room.
        self._foot.setVisible(self.height() >= px(FOOT_FROM))
        self._right.setContentsMargins(px(56) if wide else 0, px(24), px(44) if wide else 0, 0)
