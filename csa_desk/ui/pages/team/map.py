"""The team as a map: the child and carer in the middle, everybody else in boxes round them.

Spot(key, name, about, part, share, spoken)     part: leads helps informed nobody or ""; share: a key of SHARES
TeamMap(middle, below, spots)                   .opened(str key)   .set_spots(spots)   .box(key)
Legend()                                        what lines and marks mean
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from csa_desk.ui import icons
from csa_desk.ui.look import color, look, px, type_font
from csa_desk.ui.widgets.buttons import PaintedButton
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.paint import box
from csa_desk.ui.widgets.text import Words

# share: icon, token, words
SHARES: dict[str, tuple[str, str, str]] = {
    "own": ("check-circle", "ok", "Our own service"),
    "some": ("circle-half", "info", "Some things"),
    "nothing": ("minus-circle", "muted", "Nothing agreed"),
    "undecided": ("question", "warn", "Not decided"),
}
# part: width at 100 %, token, pen style, words
LINES: dict[str, tuple[float, str, Qt.PenStyle, str]] = {
    "leads": (4, "primary", Qt.PenStyle.SolidLine, "Leads"),
    "helps": (2, "primary", Qt.PenStyle.SolidLine, "Helps"),
    "informed": (2, "primary", Qt.PenStyle.DashLine, "Is kept informed"),
    "nobody": (3, "warn_bar", Qt.PenStyle.DotLine, "Nobody yet"),
    "": (1.5, "line_strong", Qt.PenStyle.SolidLine, ""),
}
_GAP = 28
_ARCH = 22


def line_pen(part: str) -> QPen:
    """The line that stands for a part."""
    wide, token, style, _ = LINES.get(part, LINES[""])
    return QPen(color(token), max(1.0, px(wide)), style, Qt.PenCapStyle.FlatCap)


@dataclass(frozen=True)
class Spot:
    """One box of the map."""

    key: str
    name: str
    about: str
    part: str = ""
    share: str = ""
    spoken: str = ""


class MapBox(PaintedButton):
    """Somebody in the team: name, role and agency, and whether we may share."""

    def __init__(self, spot: Spot, parent: QWidget) -> None:
        super().__init__(spot.name, parent)
        self.spot = spot
        self.setAccessibleName(spot.spoken or spot.name)

    @staticmethod
    def size_wanted() -> QSize:
        """Two lines with room round them."""
        name = QFontMetrics(type_font("small-strong")).height()
        about = QFontMetrics(type_font("small")).height()
        return QSize(px(190), name + about + px(20))

    def sizeHint(self) -> QSize:
        """As the map lays it out."""
        return self.size_wanted()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, words and mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        nobody = self.spot.part == "nobody"
        fill = "warn_bg" if nobody else "sunken" if self.hovered else "surface"
        if nobody:
            box(painter, self.rect(), px(8), fill)
            pen = QPen(color("warn_bar"), px(2))
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(8), px(8))
        else:
            leads = self.spot.part == "leads"
            edge = 2 if leads else look().hairline
            box(painter, self.rect(), px(8), fill, "primary" if leads else "line_strong", edge)
        icon, token = ("warning", "warn") if nobody else SHARES.get(self.spot.share, ("", "", ""))[:2]
        room = self.width() - 2 * px(14) - (px(26) if icon else 0)
        top = px(10)
        for words, role, ink, wide in (
            (self.spot.name, "small-strong", "warn" if nobody else "text", room),
            (self.spot.about, "small", "muted", self.width() - 2 * px(14)),
        ):
            font = type_font(role)
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(color(ink))
            line = metrics.elidedText(" ".join(words.split()), Qt.TextElideMode.ElideRight, wide)
            painter.drawText(QRect(px(14), top, wide + 2, metrics.height()), Qt.AlignmentFlag.AlignLeft, line)
            top += metrics.height()
        if icon:
            side = px(18)
            icons.draw(painter, icon, token, QRect(self.width() - px(12) - side, px(10), side, side), "bold")
        painter.end()


class TeamMap(QWidget):
    """Boxes above and below the middle, in the order of the table."""

    opened = Signal(str)

    def __init__(self, middle: str, below: str, spots: Sequence[Spot], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._middle, self._below = middle, below
        self._boxes: list[MapBox] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_spots(spots)

    def set_spots(self, spots: Sequence[Spot]) -> None:
        """Show these people; the box that had the focus keeps it."""
        focused = next((made.spot.key for made in self._boxes if made.hasFocus()), "")
        for made in self._boxes:
            made.hide()
            made.deleteLater()
        self._boxes = [MapBox(spot, self) for spot in spots]
        before: QWidget | None = None
        for made in self._boxes:
            made.clicked.connect(self._open)
            made.show()
            if before is not None:
                QWidget.setTabOrder(before, made)
            before = made
            if made.spot.key == focused:
                made.setFocus()
        self.setAccessibleName(f"Map: {len(spots)} round {self._middle}")
        self._arrange()
        self.updateGeometry()
        self.update()

    def box(self, key: str) -> MapBox | None:
        """The box of one person."""
        return next((made for made in self._boxes if made.spot.key == key), None)

    def _open(self) -> None:
        made = self.sender()
        if isinstance(made, MapBox):
            self.opened.emit(made.spot.key)

    # --- layout ---------------------------------------------------------------------------------------------

    def _columns(self, width: int) -> int:
        wide = MapBox.size_wanted().width() + px(16)
        return max(1, min(3, (width + px(16)) // wide))

    def _rows(self, width: int) -> tuple[list[list[MapBox]], list[MapBox], list[list[MapBox]]]:
        """The rows above the middle, the boxes beside it, and the rows below it."""
        columns = self._columns(width)
        count = len(self._boxes)
        beside = 2 if columns == 3 and count > 2 * columns else 0
        half = math.ceil((count - beside) / 2)
        parts = []
        for part in (self._boxes[:half], self._boxes[half + beside :]):
            rows = math.ceil(len(part) / columns)
            each = math.ceil(len(part) / rows) if rows else 1
            parts.append([part[start : start + each] for start in range(0, len(part), each)])
        return parts[0], self._boxes[half : half + beside], parts[1]

    @staticmethod
    def _radius() -> int:
        return px(52)

    def _height_of(self, rows: int) -> int:
        return rows * (MapBox.size_wanted().height() + px(16)) - px(16) + px(_ARCH) if rows else 0

    def heightForWidth(self, width: int) -> int:
        """The height of all rows and the middle."""
        above, _, below = self._rows(width)
        return self._height_of(len(above)) + self._height_of(len(below)) + 2 * self._radius() + 2 * px(_GAP)

    def hasHeightForWidth(self) -> bool:
        """A narrow map has more rows."""
        return True

    def sizeHint(self) -> QSize:
        """Three boxes wide."""
        wide = 3 * MapBox.size_wanted().width() + 2 * px(16)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """One box wide."""
        return QSize(MapBox.size_wanted().width(), 2 * self._radius())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the boxes again."""
        super().resizeEvent(event)
        self._arrange()

    def _centre(self) -> QPointF:
        above, _, _ = self._rows(self.width())
        return QPointF(self.width() / 2, self._height_of(len(above)) + px(_GAP) + self._radius())

    def _arrange(self) -> None:
        size = MapBox.size_wanted()
        wide = min(size.width(), self.width())
        above, beside, below = self._rows(self.width())
        top = 0
        for number, row in enumerate(above):
            self._place(row, top, wide, size.height(), arch=px(_ARCH) if number == len(above) - 1 else 0)
            top += size.height() + px(16)
        for number, made in enumerate(beside):
            left = self.width() - wide if number else 0
            made.setGeometry(left, round(self._centre().y()) - size.height() // 2, wide, size.height())
        top = round(self._centre().y()) + self._radius() + px(_GAP)
        for number, row in enumerate(below):
            self._place(row, top, wide, size.height(), arch=-px(_ARCH) if number == 0 else 0, low=px(_ARCH))
            top += size.height() + px(16)

    def _place(self, row: list[MapBox], top: int, wide: int, high: int, *, arch: int, low: int = 0) -> None:
        """Outer boxes stand nearer to the middle than the one between them, by ``arch``."""
        middle = self.width() / 2
        step = min((self.width() - wide) / max(1, len(row) - 1), px(300)) if len(row) > 1 else 0.0
        for number, made in enumerate(row):
            off = number - (len(row) - 1) / 2
            nearer = arch if len(row) > 1 and abs(off) >= 0.5 else 0
            left = round(middle + off * step - wide / 2)
            made.setGeometry(left, top + low + nearer, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines and the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre, reach = self._centre(), self._radius()
        for made in self._boxes:
            end = QPointF(made.geometry().center())
            way = end - centre
            long = math.hypot(way.x(), way.y()) or 1.0
            painter.setPen(line_pen(made.spot.part))
            painter.drawLine(centre + way * ((reach + px(6)) / long), end)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("primary"))
        painter.drawEllipse(centre, reach, reach)
        painter.setPen(color("on_primary"))
        lines = [(self._middle, "strong"), (self._below, "small")]
        heights = [QFontMetrics(type_font(role)).height() for words, role in lines if words]
        top = centre.y() - sum(heights) / 2
        for words, role in lines:
            if not words:
                continue
            font = type_font(role)
            metrics = QFontMetrics(font)
            painter.setFont(font)
            line = metrics.elidedText(words, Qt.TextElideMode.ElideRight, 2 * reach - px(16))
            area = QRectF(centre.x() - reach, top, 2 * reach, metrics.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, line)
            top += metrics.height()
        painter.end()


class _LineSample(QWidget):
    """A short piece of line for the legend."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Thirty wide."""
        return QSize(px(30), px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        painter = QPainter(self)
        painter.setPen(line_pen(self._part))
        painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)
        painter.end()


class Legend(QWidget):
    """What lines and marks mean, in words."""

    def __init__(self, parts: set[str], shares: set[str]) -> None:
        super().__init__()
        flow = FlowLayout(self, 20, 4)
        for part, (*_, words) in LINES.items():
            if part in parts and words:
                flow.addWidget(self._pair(_LineSample(part), words))
        for share, (icon, token, words) in SHARES.items():
            if share in shares:
                flow.addWidget(self._pair(IconMark(icon, token, 18, "bold"), words))

    @staticmethod
    def _pair(mark: QWidget, words: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(mark)
        row.addWidget(Words(words, "small", wrap=False))
        return holder
