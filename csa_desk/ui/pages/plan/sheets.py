"""The pages of a copy as they will be printed: paging, fitting, zoom. Paper stays white in every scheme.

Sheets()      .show_copy(prepared)   .pages   .page   .turn(steps)   .zoom(steps)   .fit()
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from csa_desk.casework import copies
from csa_desk.casework.copies import Prepared
from csa_desk.ui.look import color, px
from csa_desk.ui.widgets.boxes import Strip
from csa_desk.ui.widgets.buttons import Button, IconButton
from csa_desk.ui.widgets.text import Words

_STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_LATER_MS = 80


class _Sheet(QWidget):
    """One page of paper."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()

    def show_image(self, image: QImage, size: QSize) -> None:
        """Show this page at this size."""
        self._image = image
        self.resize(size)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paper and its edge."""
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
        painter.setPen(color("line_strong"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class Sheets(QWidget):
    """A strip with paging and zoom over the page."""

    def __init__(self) -> None:
        super().__init__()
        self._copy: Prepared | None = None
        self._images: list[QImage] = []
        self._scale = 0.0
        self.page = 0
        self._zoom = 0.0  # 0 fits the page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        strip = Strip()
        strip.row.setContentsMargins(px(20), px(4), px(20), px(4))
        self.back = IconButton("caret-left", "Previous page", "Page Up")
        self.forth = IconButton("caret-right", "Next page", "Page Down")
        self._where = Words("", "small", wrap=False)
        smaller = IconButton("minus", "Smaller", "Ctrl+-")
        larger = IconButton("plus", "Larger", "Ctrl++")
        self._fit_button = Button("Fit page", "quiet", small=True)
        strip.row.addWidget(self.back)
        strip.row.addWidget(self._where)
        strip.row.addWidget(self.forth)
        strip.row.addStretch(1)
        for widget in (smaller, self._fit_button, larger):
            strip.row.addWidget(widget)
        self.back.clicked.connect(self._back)
        self.forth.clicked.connect(self._forth)
        smaller.clicked.connect(self._smaller)
        larger.clicked.connect(self._larger)
        self._fit_button.clicked.connect(self.fit)
        column.addWidget(strip)
        self.area = QScrollArea()
        self.area.setObjectName("pageScroll")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setAccessibleName("The page as it will be printed")
        self._sheet = _Sheet()
        self.area.setWidget(self._sheet)
        self.area.viewport().installEventFilter(self)
        column.addWidget(self.area, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._draw)
        self._shortcuts = []
        for keys, slot in (
            ("PgUp", self._back),
            ("PgDown", self._forth),
            ("Ctrl++", self._larger),
            ("Ctrl+=", self._larger),
            ("Ctrl+-", self._smaller),
            ("Ctrl+0", self.fit),
        ):
            key = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(slot)
            self._shortcuts.append(key)

    @property
    def pages(self) -> int:
        """How many pages the copy has."""
        return len(self._images)

    def show_copy(self, prepared: Prepared) -> None:
        """Show another copy, on the page one was on."""
        self._copy = prepared
        self._scale = 0.0
        self._draw()

    def turn(self, steps: int) -> None:
        """Go to another page."""
        self.page = max(0, min(self.pages - 1, self.page + steps))
        self._place()

    def zoom(self, steps: int) -> None:
        """Make it larger or smaller by a step, from what is shown."""
        now = self._zoom or self._shown_zoom()
        larger = [step for step in _STEPS if step > now + 0.01]
        smaller = [step for step in _STEPS if step < now - 0.01]
        self._zoom = (larger[0] if larger else _STEPS[-1]) if steps > 0 else (smaller or [_STEPS[0]])[-1]
        self._draw()

    def fit(self) -> None:
        """The whole page in sight."""
        self._zoom = 0.0
        self._draw()

    def _back(self) -> None:
        self.turn(-1)

    def _forth(self) -> None:
        self.turn(1)

    def _smaller(self) -> None:
        self.zoom(-1)

    def _larger(self) -> None:
        self.zoom(1)

    # --- drawing --------------------------------------------------------------------------------------------

    def _points(self) -> tuple[float, float]:
        """The paper's size in points, as far as it is known: A4 until a page was drawn."""
        if self._images and self._scale:
            first = self._images[min(self.page, self.pages - 1)]
            return first.width() / self._scale, first.height() / self._scale
        return 595.0, 842.0

    def _shown_zoom(self) -> float:
        """Pixels on the screen per pixel at 100 %, where 72 points are 96 pixels."""
        wide, high = self._points()
        room = self.area.viewport().size()
        fit = min((room.width() - px(32)) / wide, (room.height() - px(32)) / high)
        return max(0.2, fit * 72 / 96)

    def _pixels_per_point(self) -> float:
        return (self._zoom or self._shown_zoom()) * 96 / 72

    def _draw(self) -> None:
        """Make the pictures for the size they are shown at."""
        if self._copy is None:
            return
        wanted = self._pixels_per_point() * self.devicePixelRatioF()
        if abs(wanted - self._scale) > 0.01:
            self._images = []
            for image in copies.pages(self._copy, wanted):
                made = QImage(
                    image.pixels, image.width, image.height, image.width * 4, QImage.Format.Format_RGBA8888
                )
                self._images.append(made.copy())
            self._scale = wanted
        self.page = max(0, min(self.pages - 1, self.page))
        self._place()

    def _place(self) -> None:
        if not self._images:
            return
        wide, high = self._points()
        scale = self._pixels_per_point()
        self._sheet.show_image(self._images[self.page], QSize(round(wide * scale), round(high * scale)))
        where = f"Page {self.page + 1} of {self.pages}"
        self._where.set_words(where)
        self._sheet.setAccessibleName(where)
        self.back.setEnabled(self.page > 0)
        self.forth.setEnabled(self.page < self.pages - 1)
        self._fit_button.set_words(f"{round(self._zoom * 100)} %" if self._zoom else "Fit page")
        self._fit_button.setAccessibleName("Fit the page")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit at once with the picture there is; draw it sharp when the window has come to rest."""
        if event.type() == QEvent.Type.Resize and watched is self.area.viewport():
            self._place()
            self._later.start()
        return super().eventFilter(watched, event)
