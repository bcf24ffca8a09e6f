"""The rail at the left: where one can go, and the two keys that are always at hand."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csa_desk.ui.look import color, px
from csa_desk.ui.widgets.rail_item import Brand, Plate, RailItem, RailRule

WIDE, NARROW = 216, 68

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
        column.setContentsMargins(px(12), px(20), px(12), px(12))
        column.setSpacing(px(4))
        self._brand = Brand("Desk", service)
        self._plate = Plate(training)
        column.addWidget(self._brand)
        column.addSpacing(px(8))
        column.addWidget(self._plate)
        column.addSpacing(px(12))
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
        column.addWidget(self._hide)
        column.addWidget(self._lock)
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

    def set_lock_words(self, seconds: int) -> None:
        """Count down the last minute; 0 takes the numbers away."""
        self._lock.set_side_words(f"in {seconds} s" if seconds else "Ctrl+L")

    def set_narrow(self, narrow: bool) -> None:
        """Icons only."""
        if narrow != self._narrow:
            self._narrow = narrow
            for item in (*self._items.values(), self._hide, self._lock):
                item.set_narrow(narrow)
            self._brand.set_narrow(narrow)
            self._plate.set_narrow(narrow)
            self.updateGeometry()

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
        painter.end()
