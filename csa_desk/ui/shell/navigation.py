"""The rail at the left: where one can go, and the two keys that are always at hand."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSpacerItem, QVBoxLayout, QWidget

from csa_desk.ui.look import color, look, px
from csa_desk.ui.widgets.rail_item import Brand, Plate, RailItem, RailRule

WIDE, NARROW = 216, 68
LOW = 470

# page key, words, icon, keys
PLACES = (
    ("today", "Today", "sun-horizon", "Ctrl+1"),
    ("children", "Children", "users", "Ctrl+2"),
    ("directory", "Directory", "address-book", "Ctrl+3"),
    ("guidance", "Guidance", "book-open-text", "Ctrl+4"),
)


class Rail(QWidget):
    """Brand, kind plate, places, settings, hide and lock."""

    chosen = Signal(str)
    hide_asked = Signal()
    lock_asked = Signal()

    def __init__(self, service: str, *, training: bool) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName("Places")
        column = QVBoxLayout(self)
        self._column, self._low = column, False
        self._above, self._below = QSpacerItem(0, 0), QSpacerItem(0, 0)
        self._fit_air()
        self._brand = Brand("Desk", service)
        self._plate = Plate(training)
        column.addWidget(self._brand)
        column.addItem(self._above)
        column.addWidget(self._plate)
        column.addItem(self._below)
        self._items: dict[str, RailItem] = {}
        for key, words, icon, keys in PLACES:
            column.addWidget(self._item(key, words, icon, keys))
        column.addStretch(1)
        column.addWidget(self._item("settings", "Settings", "gear-six", "Ctrl+,"))
        column.addWidget(RailRule())
        self._hide = RailItem("Hide", "eye-slash", "F12")
        self._hide.set_side_words("F12")
        self._hide.clicked.connect(self.hide_asked)
        self._lock = RailItem("Lock", "lock-simple", "Ctrl+L")
        self._lock.set_side_words("Ctrl+L")
        self._lock.clicked.connect(self.lock_asked)
        for item in (self._hide, self._lock):
            # A click here leaves the keyboard in its field: that is where one comes back to.
            item.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            column.addWidget(item)
        self._narrow = False

    def _item(self, key: str, words: str, icon: str, keys: str) -> RailItem:
        item = RailItem(words, icon, keys)
        item.setProperty("place", key)
        item.clicked.connect(self._clicked)
        self._items[key] = item
        return item

    def _clicked(self) -> None:
        item = self.sender()
        if item is not None:
            self.chosen.emit(str(item.property("place")))

    def set_current(self, key: str) -> None:
        """Show where one is."""
        for name, item in self._items.items():
            item.set_current(name == key)

    def set_count(self, key: str, count: int) -> None:
        """A number beside a place."""
        self._items[key].set_count(count)

    def set_service(self, name: str) -> None:
        """Whose vault it is."""
        self._brand.set_vault(name)

    def set_lock_words(self, seconds: int) -> None:
        """Count down the last minute; 0 takes the numbers away."""
        self._lock.set_side_words(f"in {seconds} s" if seconds else "Ctrl+L")
        # A rail of icons has no room for words: the seconds stand in a badge.
        self._lock.set_count(seconds if self._narrow else 0)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only."""
        if narrow != self._narrow:
            self._narrow = narrow
            for item in (*self._items.values(), self._hide, self._lock):
                item.set_narrow(narrow)
            self._brand.set_narrow(narrow)
            self._plate.set_narrow(narrow)
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low rail keeps its places and the plate, and goes without the mark and the air round it."""
        super().resizeEvent(event)
        low = self.height() < px(LOW)
        if low != self._low:
            self._low = low
            self._brand.setVisible(not low)
            self._fit_air()

    def _fit_air(self) -> None:
        self._column.setContentsMargins(
            px(12), px(6 if self._low else 20), px(12), px(4 if self._low else 12)
        )
        self._column.setSpacing(px(0 if self._low else 4))
        self._above.changeSize(0, 0 if self._low else px(8))
        self._below.changeSize(0, px(4 if self._low else 12))
        self._column.invalidate()

    def first(self) -> QWidget:
        """Where F6 enters the rail."""
        return self._items["today"]

    def sizeHint(self) -> QSize:
        """Fixed width, any height."""
        return QSize(px(NARROW if self._narrow else WIDE), px(400))

    def minimumSizeHint(self) -> QSize:
        """As wide as it is."""
        return QSize(px(NARROW if self._narrow else WIDE), px(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rail's own ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("rail"))
        if look().scheme == "contrast":
            edge = look().hairline
            painter.fillRect(self.width() - edge, 0, edge, self.height(), color("line"))
        painter.end()
