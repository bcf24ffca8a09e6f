"""The rows of a table: what they hold, how they read aloud, how they are painted. Used by table.py."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from csa_desk.ui import icons
from csa_desk.ui.look import color, look, px, type_font
from csa_desk.ui.widgets.marks import TONES
from csa_desk.ui.widgets.paint import box, corners
from csa_desk.ui.widgets.progress import paint_parts

Index = QModelIndex | QPersistentModelIndex
_CELL = Qt.ItemDataRole.UserRole + 1
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True)
class Column:
    """A column: title, width at 100 % (0 takes what is left), and its place in the order of dropping."""

    title: str
    width: int = 0
    drop: int = 0


@dataclass(frozen=True)
class Cell:
    """What stands in one cell."""

    text: str = ""
    sub: str = ""
    chip: tuple[str, str, str] | None = None
    bold: bool = False
    tone: str = "text"
    marks: Sequence[tuple[int, int]] = ()
    progress: tuple[int, int, int] | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        said = [self.text, self.chip[0] if self.chip else "", self.sub]
        return ", ".join(part for part in said if part) or "none"


@dataclass(frozen=True)
class Row:
    """One record: its key and a cell for each column."""

    key: str
    cells: Sequence[Cell]


class RowsModel(QAbstractTableModel):
    """Rows in memory."""

    def __init__(self, columns: Sequence[Column], parent: QObject) -> None:
        super().__init__(parent)
        self._columns = columns
        self._rows: list[Row] = []

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def key_at(self, row: int) -> str:
        """The key of a row; empty if there is no such row."""
        return self._rows[row].key if 0 <= row < len(self._rows) else ""

    def row_of(self, key: str) -> int:
        """Where a key stands; -1 if nowhere."""
        return next((place for place, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The titles."""
        if orientation == Qt.Orientation.Horizontal and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self._columns[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell, its words, or what is read aloud."""
        cell = self._rows[index.row()].cells[index.column()]
        if role == _CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._columns[index.column()].title}: {cell.spoken}"
        return None


class RowPainter(QStyledItemDelegate):
    """Paints a cell: words in one or two lines, or a chip; hairlines across; tint and bar on the chosen row."""

    def __init__(self, view: QAbstractItemView, *, chevron: bool) -> None:
        super().__init__(view)
        self._view = view
        self._chevron = chevron
        self.last_column = 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        cell = index.data(_CELL)
        if not isinstance(cell, Cell):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        state = option.state
        last_row = index.row() == index.model().rowCount() - 1
        first = index.column() == 0
        self._ground(
            painter, rect, chosen=bool(state & QStyle.StateFlag.State_Selected), last=last_row, first=first
        )
        chevron = self._chevron and index.column() == self.last_column
        inside = rect.adjusted(px(20 if first else 10), 0, -px(40 if chevron else 6), 0)
        if cell.chip is not None:
            self._chip(painter, inside, cell.chip)
        else:
            self._words(painter, inside, cell)
        if chevron:
            side = px(18)
            place = QRect(rect.right() - px(17) - side, rect.center().y() - side // 2, side, side)
            icons.draw(painter, "caret-right", "muted", place)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, *, chosen: bool, last: bool, first: bool) -> None:
        if chosen:
            if last:
                whole = QRect(0, rect.top(), self._view.viewport().width(), rect.height())
                painter.setClipRect(rect)
                painter.fillPath(corners(whole, px(9), bottom=True), color("tint"))
                painter.setClipping(False)
            else:
                painter.fillRect(rect, color("tint"))
            if look().scheme == "contrast":
                painter.fillRect(rect.left(), rect.top() + 1, rect.width(), 2, color("on_tint"))
            if first:
                painter.fillRect(
                    rect.left(), rect.top(), px(4), rect.height() - (px(6) if last else 0), color("primary")
                )
        if not last:
            edge = look().hairline
            painter.fillRect(rect.left(), rect.bottom() + 1 - edge, rect.width(), edge, color("line"))

    def _chip(self, painter: QPainter, inside: QRect, chip: tuple[str, str, str]) -> None:
        words, tone, icon = chip
        fill, ink = TONES[tone]
        font = type_font("micro")
        metrics = QFontMetrics(font)
        icon_room = px(16 + 6) if icon else 0
        room = inside.width() - 2 * px(8) - icon_room
        line = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        wide = metrics.horizontalAdvance(line) + icon_room + 2 * px(8)
        high = max(px(24), metrics.height() + px(4))
        place = QRect(inside.left(), inside.center().y() - high // 2, wide, high)
        edged = tone == "outline" or look().scheme == "contrast"
        box(painter, place, px(5), fill, ("line_strong" if tone == "outline" else ink) if edged else "", 1)
        left = place.left() + px(8)
        if icon:
            side = px(16)
            icons.draw(painter, icon, ink, QRect(left, place.center().y() - side // 2, side, side), "bold")
            left += icon_room
        painter.setFont(font)
        painter.setPen(color(ink))
        painter.drawText(QRect(left, place.top(), place.right() - left, place.height()), _MIDDLE, line)

    def _words(self, painter: QPainter, inside: QRect, cell: Cell) -> None:
        main = type_font("strong" if cell.bold else "small" if cell.progress else "body")
        high = QFontMetrics(main).height()
        sub = type_font("small")
        low = QFontMetrics(sub).height() if cell.sub else px(12) if cell.progress else 0
        top = inside.top() + (inside.height() - high - low) // 2
        line = QRect(inside.left(), top, inside.width(), high)
        self._line(painter, line, " ".join(cell.text.split()) or "–", main, cell.tone, cell.marks)
        below = QRect(inside.left(), top + high, inside.width(), low)
        if cell.sub:
            self._line(painter, below, " ".join(cell.sub.split()), sub, "muted", ())
        elif cell.progress:
            known, check, whole = cell.progress
            bar = QRect(below.left(), below.top() + px(4), below.width() - px(16), px(6))
            paint_parts(painter, bar, known, check, whole)

    def _line(
        self,
        painter: QPainter,
        rect: QRect,
        words: str,
        font: QFont,
        tone: str,
        marks: Sequence[tuple[int, int]],
    ) -> None:
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        for start, length in marks:
            if start + length <= len(shown):
                left = metrics.horizontalAdvance(shown[:start])
                wide = metrics.horizontalAdvance(shown[: start + length]) - left
                mark = QRect(rect.left() + left - 1, rect.top() + 1, wide + 2, rect.height() - 2)
                box(painter, mark, px(3), "warn_bg", "warn_bar" if look().scheme == "contrast" else "", 1)
        painter.setFont(font)
        painter.setPen(color(tone))
        painter.drawText(rect, _MIDDLE, shown)
