"""A table of records.

    Column(title, width=0, drop=0)   width at 100 %, 0 takes the rest; drop: highest goes first when it is narrow
    Cell(text, sub="", chip=None, bold=False, tone="text", marks=(), progress=None)
        chip: (words, tone, icon) instead of text · marks: [(start, length)] letters that matched
        progress: (known, to check, of) drawn under the text
    Row(key, cells)
    Table(name, columns, two_lines=False, chevron=False, grow=True)
        .set_rows(rows)  .choose(key)  .key  .view  .hidden_columns  .set_sorted(column, ascending)
        .opened(str key)  click, Enter    .moved(str key)  the chosen row changed    .sort_asked(int column)
        grow=True: as high as its rows, the page scrolls; False: scrolls itself, for long lists on their own
An empty cell shows an en dash and reads as *none*.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from csa_desk.ui import icons
from csa_desk.ui.look import color, look, px, type_font
from csa_desk.ui.widgets.paint import corners
from csa_desk.ui.widgets.table_rows import Cell, Column, Row, RowPainter, RowsModel

__all__ = ["Cell", "Column", "Row", "Table"]


class _Head(QHeaderView):
    """The head: sunken, 34 high, a sort mark only on the sorted column."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._columns = columns
        self.sorted_by: tuple[int, bool] | None = None
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumSectionSize(px(40))

    def sizeHint(self) -> QSize:
        """Thirty-four high."""
        return QSize(super().sizeHint().width(), px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground with its round corners, then the titles."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.viewport().rect()
        painter.fillPath(corners(area, px(9), top=True), color("sunken"))
        if look().scheme == "contrast":
            painter.fillRect(area.left(), area.bottom() - 1, area.width(), 2, color("line"))
        painter.setFont(type_font("small-strong"))
        painter.setPen(color("muted"))
        for place, column in enumerate(self._columns):
            if self.isSectionHidden(place):
                continue
            left = self.sectionViewportPosition(place) + px(20 if place == 0 else 10)
            room = self.sectionSize(place) - px(12)
            mark = self.sorted_by is not None and self.sorted_by[0] == place
            metrics = painter.fontMetrics()
            line = metrics.elidedText(
                column.title, Qt.TextElideMode.ElideRight, room - (px(18) if mark else px(4))
            )
            painter.drawText(left, 0, room, area.height(), Qt.AlignmentFlag.AlignVCenter, line)
            if mark and self.sorted_by is not None:
                side = px(14)
                spot = area.adjusted(0, 0, 0, 0)
                spot.setRect(
                    left + metrics.horizontalAdvance(line) + px(4), (area.height() - side) // 2, side, side
                )
                icons.draw(painter, "caret-up" if self.sorted_by[1] else "caret-down", "muted", spot, "bold")
        painter.end()


class _View(QTableView):
    """The view: Enter opens, Tab leaves, the focus ring goes round the chosen row."""

    pressed_enter = Signal()
    resized = Signal()
    ring_radius = 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the table, which gives out the width."""
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.pressed_enter.emit()
            return
        super().keyPressEvent(event)

    def ring_rect(self) -> object:
        """Round the chosen row; round everything if there is none."""
        row = self.currentIndex().row()
        if row < 0:
            return self.rect()
        first = self.visualRect(self.model().index(row, 0))
        shown = self.viewport().rect()
        rect = first.adjusted(0, 0, 0, 0)
        rect.setLeft(0)
        rect.setWidth(shown.width())
        return rect.translated(self.viewport().pos()).adjusted(px(4), px(4), -px(4), -px(4))


class Table(QFrame):
    """A card that is a table; rows of 44, or 64 with two lines."""

    opened = Signal(str)
    moved = Signal(str)
    sort_asked = Signal(int)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        two_lines: bool = False,
        chevron: bool = False,
        grow: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        self._columns = list(columns)
        self._two_lines = two_lines
        self._grow = grow
        self.hidden_columns: list[str] = []
        box = QVBoxLayout(self)
        edge = look().hairline
        box.setContentsMargins(edge, edge, edge, edge)
        self._model = RowsModel(self._columns, self)
        self.view = _View()
        self.view.setModel(self._model)
        self._painter = RowPainter(self.view, chevron=chevron)
        self.view.setItemDelegate(self._painter)
        self.view.setAccessibleName(name)
        self._head = _Head(self._columns)
        self.view.setHorizontalHeader(self._head)
        self._head.sectionClicked.connect(self.sort_asked)
        self._settle(self.view)
        box.addWidget(self.view)
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed if grow else QSizePolicy.Policy.Expanding
        )
        self.view.resized.connect(self._give_widths)
        self.view.clicked.connect(self._clicked)
        self.view.pressed_enter.connect(self._open)
        self.view.selectionModel().currentRowChanged.connect(self._row_changed)
        self._measure()

    def _settle(self, view: QTableView) -> None:
        view.verticalHeader().hide()
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setMouseTracking(True)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if self._grow:
            view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def key(self) -> str:
        """The key of the chosen row; empty if there is none."""
        return self._model.key_at(self.view.currentIndex().row())

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the chosen one stays chosen if it is still there."""
        before = self.key
        self._model.set_rows(rows)
        self._measure()
        self._give_heights()
        if before:
            self.choose(before)

    def choose(self, key: str) -> None:
        """Choose a row by key; nothing if it is not there."""
        row = self._model.row_of(key)
        if row >= 0:
            self.view.setCurrentIndex(self._model.index(row, 0))

    def set_sorted(self, column: int, *, ascending: bool = True) -> None:
        """Show by which column the rows are in order."""
        self._head.sorted_by = (column, ascending)
        self._head.viewport().update()

    def _measure(self) -> None:
        self.view.verticalHeader().setDefaultSectionSize(px(64 if self._two_lines else 44))
        self.view.verticalHeader().setMinimumSectionSize(px(32))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as head and rows if it grows."""
        rows = self._model.rowCount() if self._grow else min(6, self._model.rowCount())
        high = sum(self.view.rowHeight(row) for row in range(rows))
        return QSize(px(480), px(34) + high + 2 * look().hairline)

    def minimumSizeHint(self) -> QSize:
        """As high as that; narrow where it must be."""
        return QSize(px(200), self.sizeHint().height() if self._grow else px(34 + 88))

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_model"):
            self._measure()

    def _give_widths(self) -> None:
        """Give out the width; drop columns in their order where it is not enough."""
        room = self.view.viewport().width()
        shown = set(range(len(self._columns)))
        for place in sorted(shown, key=self._drop_order):
            if self._needed(shown) <= room or self._columns[place].drop == 0:
                break
            shown.discard(place)
        self._painter.last_column = max(shown, default=0)
        # Where even the columns that stay are too wide, all give way alike and their words wrap.
        share = min(1.0, room / max(1, self._needed(shown)))
        rest = room - sum(int(px(self._columns[place].width) * share) for place in shown)
        open_ones = [place for place in shown if self._columns[place].width == 0]
        for place, column in enumerate(self._columns):
            self.view.setColumnHidden(place, place not in shown)
            wide = int(px(column.width) * share) if column.width else rest // max(1, len(open_ones))
            self.view.setColumnWidth(place, wide)
        if not open_ones and shown:
            last = max(shown)
            self.view.setColumnWidth(last, self.view.columnWidth(last) + max(0, rest))
        self._give_heights()
        self.hidden_columns = [c.title for place, c in enumerate(self._columns) if place not in shown]

    def _give_heights(self) -> None:
        """Rows whose words wrap are higher than the others."""
        least = px(64 if self._two_lines else 44)
        shown = [place for place in range(len(self._columns)) if not self.view.isColumnHidden(place)]
        wide = {place: self.view.columnWidth(place) for place in shown}
        changed = False
        for number, row in enumerate(self._model.rows):
            needed = max(
                self._painter.height_wanted(
                    row.cells[place], wide[place], first=place == 0, last=place == self._painter.last_column
                )
                for place in shown
            )
            if self.view.rowHeight(number) != max(least, needed):
                self.view.setRowHeight(number, max(least, needed))
                changed = True
        if changed:
            self.updateGeometry()

    def _drop_order(self, place: int) -> int:
        return -self._columns[place].drop

    def _needed(self, shown: set[int]) -> int:
        return sum(px(self._columns[place].width or 170) for place in shown)

    def _clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.key_at(index.row()))

    def _open(self) -> None:
        if self.key:
            self.opened.emit(self.key)

    def _row_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid():
            self.moved.emit(self._model.key_at(now.row()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the style sheet draw the card; in high contrast its line is heavier."""
        super().paintEvent(event)
        if look().scheme == "contrast":
            painter = QPainter(self)
            painter.setPen(QPen(color("line"), 2))
            painter.end()
