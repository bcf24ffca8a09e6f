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
from csa_desk.ui.widgets.text import breakable

Index = QModelIndex | QPersistentModelIndex
_CELL = Qt.ItemDataRole.UserRole + 1
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_WRAP = int(_MIDDLE | Qt.TextFlag.TextWordWrap)
_MOST_LINES = 5


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

    def __post_init__(self) -> None:
        """A chip's icon is there."""
        if self.chip is not None:
            icons.known(self.chip[2])

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

    @property
    def rows(self) -> Sequence[Row]:
        """All rows."""
        return self._rows

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
                painter.fillRect(rect.left(), rect.bottom() - 3, rect.width(), 2, color("on_tint"))
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
        wide = min(metrics.horizontalAdvance(words) + 2, room) + icon_room + 2 * px(8)
        high = _chip_high(chip, inside.width())
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
        area = QRect(left, place.top(), place.right() + 1 - px(8) - left, place.height())
        painter.drawText(area, _WRAP, _shown(words, font, area.width()))

    def height_wanted(self, cell: Cell, width: int, *, first: bool, last: bool) -> int:
        """The height of a cell's words in a column this wide, with room above and below."""
        inside = width - px(20 if first else 10) - px(40 if self._chevron and last else 6)
        if cell.chip is not None:
            return _chip_high(cell.chip, inside) + px(16)
        return sum(_heights(cell, inside)) + px(16)

    def _words(self, painter: QPainter, inside: QRect, cell: Cell) -> None:
        main, sub = _fonts(cell)
        high, low = _heights(cell, inside.width())
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
        if metrics.horizontalAdvance(words) > rect.width():
            self._lines(painter, rect, words, font, tone)
            return
        shown = words
        for start, length in marks:
            if start + length <= len(shown):
                left = metrics.horizontalAdvance(shown[:start])
                wide = metrics.horizontalAdvance(shown[: start + length]) - left
                mark = QRect(rect.left() + left - 1, rect.top() + 1, wide + 2, rect.height() - 2)
                box(painter, mark, px(3), "warn_bg", "warn_bar" if look().scheme == "contrast" else "", 1)
        painter.setFont(font)
        painter.setPen(color(tone))
        painter.drawText(rect, _MIDDLE, shown)

    @staticmethod
    def _lines(painter: QPainter, rect: QRect, words: str, font: QFont, tone: str) -> None:
        """Words that need more than one line; the matched letters are not marked in these."""
        painter.setFont(font)
        painter.setPen(color(tone))
        painter.drawText(rect, _WRAP, _shown(words, font, rect.width()))


def _fonts(cell: Cell) -> tuple[QFont, QFont]:
    return type_font("strong" if cell.bold else "small" if cell.progress else "body"), type_font("small")


def _heights(cell: Cell, width: int) -> tuple[int, int]:
    """The heights of the words of a cell and of what stands under them."""
    main, sub = _fonts(cell)
    low = _high(cell.sub, sub, width) if cell.sub else px(12) if cell.progress else 0
    return _high(cell.text, main, width), low


def _chip_high(chip: tuple[str, str, str], width: int) -> int:
    """The height of a chip, more than one line where its words need it."""
    room = width - 2 * px(8) - (px(16 + 6) if chip[2] else 0)
    return max(px(24), _high(chip[0], type_font("micro"), room) + px(4))


def _high(words: str, font: QFont, width: int) -> int:
    metrics = QFontMetrics(font)
    line = " ".join(words.split())
    if metrics.horizontalAdvance(line) <= width:
        return metrics.height()
    room = QRect(0, 0, max(1, width), 10_000)
    return metrics.boundingRect(room, _WRAP, _shown(line, font, width)).height()


def _shown(words: str, font: QFont, width: int) -> str:
    """The words with places to break; cut only where they need more than five lines."""
    metrics = QFontMetrics(font)
    broken = breakable(words)
    room = QRect(0, 0, max(1, width), 100_000)
    if metrics.boundingRect(room, _WRAP, broken).height() <= _MOST_LINES * metrics.lineSpacing() + 1:
        return broken
    return breakable(metrics.elidedText(words, Qt.TextElideMode.ElideRight, (_MOST_LINES - 1) * width))
