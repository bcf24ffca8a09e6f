"""A list at the left of a page; what is chosen in it is shown at the right.

    Pick(key, title, about="", mark=None)    mark: (icon, words, token), at the foot of the row, to the right
                                             a key of "" makes a heading, which cannot be chosen
    PickList(name)  .set_picks(picks)  .choose(key)  .key  .first_key
                    .chosen(str key)   the chosen row changed, by arrow, click or Enter
                    .entered_key(str)   Enter or a click: go on to what is shown
It scrolls itself, so it is for long lists on their own; the title wraps to two lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from csa_desk.ui import icons
from csa_desk.ui.look import color, look, px, type_font, type_metrics
from csa_desk.ui.widgets.text import breakable

Index = QModelIndex | QPersistentModelIndex
_PICK = Qt.ItemDataRole.UserRole + 1
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_WRAP = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
_SIDE = 20


@dataclass(frozen=True)
class Pick:
    """One row, or a heading where the key is empty."""

    key: str
    title: str
    about: str = ""
    mark: tuple[str, str, str] | None = None

    def __post_init__(self) -> None:
        """A mark's icon is there."""
        if self.mark is not None:
            icons.known(self.mark[0])

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        said = [self.title, self.about, self.mark[1] if self.mark else ""]
        return ", ".join(part for part in said if part)


class _Picks(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.picks: list[Pick] = []

    def set_picks(self, picks: Sequence[Pick]) -> None:
        self.beginResetModel()
        self.picks = list(picks)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.picks)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and not self.picks[index.row()].key:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        pick = self.picks[index.row()]
        if role == _PICK:
            return pick
        if role == Qt.ItemDataRole.DisplayRole:
            return pick.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return pick.spoken
        return None


class _PickPainter(QStyledItemDelegate):
    """Paints a row: title, a line about it, a mark; tint and bar on the chosen one."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def _title_high(self, pick: Pick) -> int:
        metrics = type_metrics("strong" if pick.about else "body")
        room = QRect(0, 0, max(40, self._view.viewport().width() - 2 * px(_SIDE)), 10_000)
        wrapped = metrics.boundingRect(room, _WRAP, breakable(pick.title)).height()
        return min(wrapped, 2 * metrics.lineSpacing())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        pick: Pick = index.data(_PICK)
        wide = self._view.viewport().width()
        small = type_metrics("small").height()
        if not pick.key:
            return QSize(wide, max(px(38), small + px(18)))
        high = (
            self._title_high(pick)
            + (small + px(2) if pick.about else 0)
            + (small + px(4) if pick.mark else 0)
        )
        return QSize(wide, max(px(44), high + px(20)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        pick: Pick = index.data(_PICK)
        rect: QRect = option.rect
        painter.save()
        if not pick.key:
            painter.setFont(type_font("small-strong"))
            painter.setPen(color("muted"))
            area = rect.adjusted(px(_SIDE), px(10), -px(8), 0)
            metrics = painter.fontMetrics()
            painter.drawText(
                area, _MIDDLE, metrics.elidedText(pick.title, Qt.TextElideMode.ElideRight, area.width())
            )
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, color("tint"))
            if look().scheme == "contrast":
                painter.setPen(QPen(color("primary"), 2))
                painter.drawRect(rect.adjusted(1, 1, -1, -1))
            painter.fillRect(rect.left(), rect.top(), px(4), rect.height(), color("primary"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, color("sunken"))
        if (pick.about or pick.mark) and not (chosen and look().scheme == "contrast"):
            edge = look().hairline
            painter.fillRect(rect.left(), rect.bottom() + 1 - edge, rect.width(), edge, color("line"))
        self._words(painter, rect, pick, chosen=chosen)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, pick: Pick, *, chosen: bool) -> None:
        small = type_font("small")
        low = QFontMetrics(small).height()
        inside = rect.adjusted(px(_SIDE), px(10), -px(_SIDE), -px(10))
        high = self._title_high(pick)
        rich = bool(pick.about or pick.mark)
        painter.setFont(type_font("strong" if rich or chosen else "body"))
        ink = "link" if rich else "on_tint" if chosen else "text"
        painter.setPen(color(ink))
        metrics = painter.fontMetrics()
        words = breakable(
            metrics.elidedText(pick.title, Qt.TextElideMode.ElideRight, 2 * inside.width() - px(24))
        )
        title = QRect(inside.left(), inside.top(), inside.width(), high)
        if not rich:
            title.moveTop(rect.top() + (rect.height() - high) // 2)
        painter.drawText(title, _WRAP, words)
        painter.setFont(small)
        painter.setPen(color("muted"))
        if pick.about:
            about = QRect(inside.left(), title.bottom() + 1 + px(2), inside.width(), low)
            line = QFontMetrics(small).elidedText(
                " ".join(pick.about.split()), Qt.TextElideMode.ElideRight, about.width()
            )
            painter.drawText(about, _MIDDLE, line)
        if pick.mark:
            icon, said, token = pick.mark
            wide = QFontMetrics(small).horizontalAdvance(said)
            side = px(16)
            top = inside.bottom() + 1 - low
            left = inside.right() + 1 - wide
            painter.setPen(color(token))
            painter.drawText(QRect(left, top, wide + 2, low), _MIDDLE, said)
            spot = QRect(left - px(6) - side, top + (low - side) // 2, side, side)
            icons.draw(painter, icon, token, spot, "regular" if icon == "circle-dashed" else "fill")


class PickList(QListView):
    """The list. Arrows pass over headings; Enter goes on to what is shown."""

    chosen = Signal(str)
    entered_key = Signal(str)
    ring_radius = 4

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pickList")
        self.setAccessibleName(name)
        self._model = _Picks(self)
        self.setModel(self._model)
        self.setItemDelegate(_PickPainter(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._clicked)
        self._quiet = False

    @property
    def key(self) -> str:
        """The key of the chosen row; empty if there is none."""
        row = self.currentIndex().row()
        return self._model.picks[row].key if row >= 0 else ""

    @property
    def first_key(self) -> str:
        """The key of the first row that can be chosen; empty if there is none."""
        return next((pick.key for pick in self._model.picks if pick.key), "")

    def set_picks(self, picks: Sequence[Pick]) -> None:
        """Show these rows; the chosen one stays chosen, without a word, if it is still there."""
        before = self.key
        self._quiet = True
        self._model.set_picks(picks)
        self.choose(before)
        self._quiet = False

    def choose(self, key: str) -> None:
        """Choose a row by key; nothing if it is not there."""
        row = next((place for place, pick in enumerate(self._model.picks) if key and pick.key == key), -1)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row))

    def replace_pick(self, pick: Pick) -> None:
        """Show one row anew."""
        for row, known in enumerate(self._model.picks):
            if known.key == pick.key:
                self._model.picks[row] = pick
                self._model.dataChanged.emit(self._model.index(row), self._model.index(row))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is chosen now; a heading is passed over."""
        super().currentChanged(current, previous)
        if current.isValid() and self.key and not self._quiet:
            self.chosen.emit(self.key)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Arrows, Home and End, passing over headings."""
        found = super().moveCursor(action, modifiers)
        row, before = found.row(), self.currentIndex().row()
        if row < 0 or self._model.picks[row].key:
            return found
        step = 1 if row > before else -1
        while 0 <= row < len(self._model.picks) and not self._model.picks[row].key:
            row += step
        return self._model.index(row) if 0 <= row < len(self._model.picks) else self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to what is shown."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.key:
                self.entered_key.emit(self.key)
            return
        super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if self._model.picks[index.row()].key:
            self.entered_key.emit(self.key)

    def ring_rect(self) -> QRect:
        """Round the chosen row; round everything if there is none."""
        shown = self.viewport().rect()
        row = self.visualRect(self.currentIndex()) & shown
        return (row if not row.isEmpty() else shown).adjusted(px(4), px(4), -px(4), -px(4))

    def minimumSizeHint(self) -> QSize:
        """Room for two rows."""
        return QSize(px(160), px(96))
