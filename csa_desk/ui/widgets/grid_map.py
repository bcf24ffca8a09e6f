"""A map drawn as a grid: titles that stay in sight, cells in words and shape, larger and smaller, walked by arrows.

It is a table to a screen reader: each cell says its row, its column and what it means.

    GridCell(words, look, spoken)   look: "full", "outline", "quiet", "missing", "plain"; never colour alone
    GridMap(name)  .set_map(rows, columns, cells)  .zoom_in() .zoom_out() .zoom_reset()  .zoom (per cent)
        .opened(str row, str column)  click, Enter
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from csa_desk.ui import fonts
from csa_desk.ui.look import color, look, px

Index = QModelIndex | QPersistentModelIndex
Shape = Literal["full", "outline", "quiet", "missing", "plain"]

WIDE, HIGH, FIRST, HEAD = 112, 46, 236, 64
STEPS = (50, 65, 80, 100, 125, 150, 200)
# shape → ground, ink, edge; the shapes differ in weight, edge and words as well
_INKS: dict[Shape, tuple[str, str, str]] = {
    "full": ("primary", "on_primary", "primary"),
    "outline": ("tint", "text", "primary"),
    "quiet": ("surface", "muted", "line"),
    "missing": ("warn_bg", "warn", "warn"),
    "plain": ("surface", "text", "line"),
}
_WRAP = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class GridCell:
    """What stands in a cell, how it is drawn, and what a screen reader says of it."""

    words: str
    look: Shape = "plain"
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class GridTitle:
    """The title of a row or a column: ``about`` stands small under it, ``missing`` marks a row nobody leads."""

    key: str
    title: str
    about: str = ""
    missing: bool = False


class _Grid(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[GridTitle] = ()
        self.columns: Sequence[GridTitle] = ()
        self.cells: Mapping[tuple[str, str], GridCell] = {}

    def show(
        self,
        rows: Sequence[GridTitle],
        columns: Sequence[GridTitle],
        cells: Mapping[tuple[str, str], GridCell],
    ) -> None:
        self.beginResetModel()
        self.rows, self.columns, self.cells = rows, columns, cells
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, index: Index) -> GridCell:
        return self.cells.get((self.rows[index.row()].key, self.columns[index.column()].key), GridCell(""))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row, column = self.rows[index.row()], self.columns[index.column()]
            return cell.spoken or f"{row.title}, {column.title}: {cell.words or 'nothing'}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        titles = self.columns if orientation == Qt.Orientation.Horizontal else self.rows
        if not 0 <= section < len(titles):
            return None
        title = titles[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ". ".join(part for part in (title.title, title.about) if part)
        return None


class _Titles(QHeaderView):
    """Titles drawn in the type of the rest, at the zoom of the grid."""

    def __init__(self, orientation: Qt.Orientation, grid: "GridMap") -> None:
        super().__init__(orientation)
        self._grid = grid
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the titles."""
        hint = super().sizeHint()
        if self.orientation() == Qt.Orientation.Horizontal:
            return QSize(hint.width(), self._grid.scaled(HEAD))
        return QSize(self._grid.scaled(FIRST), hint.height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One title."""
        across = self.orientation() == Qt.Orientation.Horizontal
        titles = self._grid.columns if across else self._grid.rows
        if not 0 <= section < len(titles):
            return
        title = titles[section]
        painter.save()
        painter.fillRect(rect, color("sunken"))
        painter.setPen(QPen(color("line")))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        inside = rect.adjusted(self._grid.scaled(8), 2, -self._grid.scaled(6), -2)
        painter.setFont(self._grid.type("small-strong"))
        painter.setPen(color("warn" if title.missing else "text"))
        words = f"{title.title}\n{title.about}" if title.about else title.title
        painter.drawText(inside, _LEFT, words)
        painter.restore()


class _Cells(QStyledItemDelegate):
    def __init__(self, grid: "GridMap") -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = self._grid.cell(index)
        rect: QRect = option.rect
        ground, ink, edge = _INKS[cell.look]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, color("surface"))
        inside = rect.adjusted(2, 2, -2, -2)
        if cell.words:
            painter.setBrush(color(ground))
            style = Qt.PenStyle.DashLine if cell.look == "missing" else Qt.PenStyle.SolidLine
            painter.setPen(QPen(color(edge), 1.5 if cell.look != "plain" else 1, style))
            painter.drawRoundedRect(inside, 4, 4)
            painter.setPen(color(ink))
            painter.setFont(self._grid.type("small-strong" if cell.look in ("full", "missing") else "small"))
            painter.drawText(inside.adjusted(3, 0, -3, 0), _WRAP, cell.words)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("text"), 3))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()


class GridMap(QTableView):
    """The grid."""

    opened = Signal(str, str)
    zoomed = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.zoom = 100
        self._model = _Grid(self)
        self.setHorizontalHeader(_Titles(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_Titles(Qt.Orientation.Vertical, self))
        self.setModel(self._model)
        self.setItemDelegate(_Cells(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget())
        self.clicked.connect(self._open)
        self._fit()

    @property
    def rows(self) -> Sequence[GridTitle]:
        """The titles of the rows."""
        return self._model.rows

    @property
    def columns(self) -> Sequence[GridTitle]:
        """The titles of the columns."""
        return self._model.columns

    def cell(self, index: Index) -> GridCell:
        """What stands in a cell."""
        return self._model.cell(index)

    def set_map(
        self,
        rows: Sequence[GridTitle],
        columns: Sequence[GridTitle],
        cells: Mapping[tuple[str, str], GridCell],
    ) -> None:
        """Show this map; the first cell is where the keyboard begins."""
        self._model.show(rows, columns, cells)
        self._fit()
        if rows and columns:
            self.setCurrentIndex(self._model.index(0, 0))

    def scaled(self, length: float) -> int:
        """A length at the text size and the zoom."""
        return round(px(length) * self.zoom / 100)

    def type(self, role: str) -> QFont:
        """The type of a role at the zoom."""
        return fonts.font(role, look().scale * self.zoom / 100)

    def zoom_in(self) -> None:
        """Larger."""
        self._zoom_to(next((step for step in STEPS if step > self.zoom), STEPS[-1]))

    def zoom_out(self) -> None:
        """Smaller."""
        self._zoom_to(next((step for step in reversed(STEPS) if step < self.zoom), STEPS[0]))

    def zoom_reset(self) -> None:
        """As it was."""
        self._zoom_to(100)

    def _zoom_to(self, per_cent: int) -> None:
        if per_cent != self.zoom:
            self.zoom = per_cent
            self._fit()
            self.zoomed.emit(per_cent)

    def _fit(self) -> None:
        self.horizontalHeader().setDefaultSectionSize(self.scaled(WIDE))
        self.verticalHeader().setDefaultSectionSize(self.scaled(HIGH))
        self.updateGeometries()
        self.viewport().update()

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(self.rows[index.row()].key, self.columns[index.column()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Ctrl with + − 0 makes it larger, smaller, as it was."""
        key, held = event.key(), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held & Qt.KeyboardModifier.ControlModifier:
            self._open(self.currentIndex())
        elif held & Qt.KeyboardModifier.ControlModifier and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif held & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif held & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_0:
            self.zoom_reset()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel makes it larger and smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Room for a title and a cell; the rest scrolls."""
        return QSize(px(200), px(60))
