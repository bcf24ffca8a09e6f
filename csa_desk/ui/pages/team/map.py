"""The team as a map: the child and carer in the middle, everybody else in boxes round them.

Spot(key, name, about, part, share, spoken)     part: leads helps informed nobody or ""; share: a key of SHARES
TeamMap(middle, below, spots)                   .opened(str key)   .set_spots(spots)   .box(key)
Legend()                                        what lines and marks mean
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from csa_desk.ui import icons
from csa_desk.ui.look import color, look, px, type_font, type_metrics
from csa_desk.ui.widgets.buttons import PaintedButton
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.paint import box
from csa_desk.ui.widgets.text import Words, breakable

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
_BOX = 190
# Words of a box beyond this many lines are cut; the editor has them all.
_MOST_LINES = 4
_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
_RADII = (52, 60, 68, 76, 84)


def wrapped(words: str, role: str, width: int) -> tuple[str, int]:
    """The words as they are shown in lines this wide, and how high that is; nothing for no words."""
    if not words:
        return "", 0
    metrics = type_metrics(role)
    most = _MOST_LINES * metrics.lineSpacing()
    shown = breakable(words)
    high = metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAP, shown).height()
    if high > most:
        room = (_MOST_LINES - 1) * width
        shown = breakable(metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))
        high = metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAP, shown).height()
    return shown, high


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

    def _lines(self, width: int) -> list[tuple[str, str, int]]:
        """Name and what about it: words, type role, width there is for them."""
        room = width - 2 * px(14)
        mark = px(26) if self._mark()[0] else 0
        lines = [(self.spot.name, "small-strong", room - mark), (self.spot.about, "small", room)]
        return [(" ".join(words.split()), role, wide) for words, role, wide in lines]

    def _mark(self) -> tuple[str, str]:
        if self.spot.part == "nobody":
            return "warning", "warn"
        return SHARES.get(self.spot.share, ("", "", ""))[:2]

    def height_wanted(self, width: int) -> int:
        """Room for all words, at least for two lines."""
        least = [type_metrics(role).height() for role in ("small-strong", "small")]
        needed = [wrapped(words, role, wide)[1] for words, role, wide in self._lines(width)]
        return max(sum(least), sum(needed)) + px(20)

    def sizeHint(self) -> QSize:
        """As the map lays it out."""
        return QSize(px(_BOX), self.height_wanted(px(_BOX)))

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
        icon, token = self._mark()
        top = px(10)
        inks = ("warn" if nobody else "text", "muted")
        for (words, role, wide), ink in zip(self._lines(self.width()), inks, strict=True):
            shown, high = wrapped(words, role, wide)
            painter.setFont(type_font(role))
            painter.setPen(color(ink))
            painter.drawText(QRect(px(14), top, wide, high), _WRAP, shown)
            top += high
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
        wide = px(_BOX) + px(16)
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

    def _middle_lines(self, reach: int) -> list[tuple[str, str, int]]:
        """What stands in the middle, wrapped for a circle of this radius: words, type role, height."""
        pairs = ((self._middle, "strong"), (self._below, "small"))
        found = []
        for words, role in pairs:
            shown, high = wrapped(words, role, round(1.6 * reach))
            if shown:
                found.append((shown, role, high))
        return found

    def _radius(self) -> int:
        """Large enough for the names of the child and the carers."""
        for reach in (px(radius) for radius in _RADII):
            lines = self._middle_lines(reach)
            if sum(high for _, _, high in lines) <= 1.25 * reach:
                return reach
        return px(_RADII[-1])

    def _box_height(self, width: int) -> int:
        """All boxes are as high as the one with the most words."""
        wide = min(px(_BOX), width)
        return max((made.height_wanted(wide) for made in self._boxes), default=px(60))

    def _height_of(self, rows: int, width: int) -> int:
        return rows * (self._box_height(width) + px(16)) - px(16) + px(_ARCH) if rows else 0

    def heightForWidth(self, width: int) -> int:
        """The height of all rows and the middle."""
        above, _, below = self._rows(width)
        rows = self._height_of(len(above), width) + self._height_of(len(below), width)
        return rows + 2 * self._radius() + 2 * px(_GAP)

    def hasHeightForWidth(self) -> bool:
        """A narrow map has more rows."""
        return True

    def sizeHint(self) -> QSize:
        """Three boxes wide."""
        wide = 3 * px(_BOX) + 2 * px(16)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """One box wide."""
        return QSize(px(_BOX), 2 * self._radius())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the boxes again."""
        super().resizeEvent(event)
        self._arrange()

    def _centre(self) -> QPointF:
        above, _, _ = self._rows(self.width())
        high = self._height_of(len(above), self.width())
        return QPointF(self.width() / 2, high + px(_GAP) + self._radius())

    def _arrange(self) -> None:
        size = QSize(px(_BOX), self._box_height(self.width()))
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
        lines = self._middle_lines(reach)
        top = centre.y() - sum(high for _, _, high in lines) / 2
        for words, role, high in lines:
            painter.setFont(type_font(role))
            area = QRectF(centre.x() - 0.8 * reach, top, 1.6 * reach, high)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap), words)
            top += high
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
