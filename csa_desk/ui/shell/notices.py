"""What was noticed about the vault, above the page. In a low window it folds to one line: the page needs the height.

Notices(page)        ``page`` is what stands below; it goes while notices are read in a low window
    .add(sentence, tone="info", stays=False)    danger opens at once; ``stays``: cannot be set aside
    .clear("danger")
    .set_low(bool)                              from the window, when its height changes
    .put_aside                                  the last one was read: the keyboard belongs to the page again
"""

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.ui.look import px
from csa_desk.ui.widgets.boxes import Banner
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.page import Scrolled, Sheet
from csa_desk.ui.widgets.text import Words

NoticeTone = Literal["info", "danger"]


class Notices(QWidget):
    """See the module."""

    put_aside = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self._low = self._reading = False
        self._banners: list[Banner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._fold = self._folded_line()
        self._column.addWidget(self._fold)
        self._open = QWidget()
        self._open.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._list = QVBoxLayout(self._open)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._column.addWidget(self._open)
        self._whole = self._whole_window()
        self._column.addWidget(self._whole, 1)
        self._fit()

    def _folded_line(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(px(18), px(2), px(16), px(2))
        row.setSpacing(px(12))
        row.addWidget(IconMark("warning-circle", "info", weight="bold"))
        self._count = Words("", "small-strong", "info", wrap=False)
        row.addWidget(self._count)
        row.addStretch(1)
        self._read = LinkButton("Read it")
        self._read.clicked.connect(self._start_reading)
        row.addWidget(self._read)
        return line

    def _whole_window(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, px(8))
        column.setSpacing(px(8))
        scrolled = Scrolled()
        self._sheet = Sheet()
        self._sheet_column = QVBoxLayout(self._sheet)
        self._sheet_column.setContentsMargins(0, 0, 0, 0)
        self._sheet_column.setSpacing(0)
        self._sheet_column.addStretch(1)
        scrolled.setWidget(self._sheet)
        column.addWidget(scrolled, 1)
        self._back = Button("Back to the page", icon="arrow-left")
        self._back.clicked.connect(self._stop_reading)
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, px(16), 0)
        row.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(row)
        return whole

    # --- what is told ---------------------------------------------------------------------------------------

    def add(self, sentence: str, tone: NoticeTone = "info", *, stays: bool = False) -> None:
        """Tell one more thing, in a bold first sentence and the rest."""
        first, _, rest = sentence.partition(". ")
        banner = Banner(
            tone,
            f"{first}." if rest else first,
            rest,
            icon="warning-circle",
            link="I have read this" if tone == "info" and not stays else "",
        )
        banner.setProperty("tone", tone)
        banner.followed.connect(self._set_aside)
        self._banners.append(banner)
        self._place(banner)
        if tone == "danger" and self._low:
            # What could not be done is read before going on.
            self._reading = True
        self._fit()
        if self._reading:
            self._back.setFocus()

    def clear(self, tone: NoticeTone) -> None:
        """Take away those of one tone."""
        for banner in [item for item in self._banners if item.property("tone") == tone]:
            self._drop(banner)
        self._fit()

    def _set_aside(self) -> None:
        banner = self.sender()
        if isinstance(banner, Banner):
            self._drop(banner)
            self._fit()
            if not self._reading:
                self.put_aside.emit()
            else:
                self._back.setFocus()

    def _drop(self, banner: Banner) -> None:
        self._banners.remove(banner)
        banner.hide()
        banner.deleteLater()

    # --- high and low windows -------------------------------------------------------------------------------

    def set_low(self, low: bool) -> None:
        """Fold in a low window, and stand open in any other."""
        if low != self._low:
            self._low, self._reading = low, False
            for banner in self._banners:
                self._place(banner)
            self._fit()

    def _place(self, banner: Banner) -> None:
        if self._low:
            self._sheet_column.insertWidget(self._sheet_column.count() - 1, banner)
        else:
            self._list.addWidget(banner)

    def _start_reading(self) -> None:
        self._reading = True
        self._fit()
        self._back.setFocus()

    def _stop_reading(self) -> None:
        self._reading = False
        self._fit()
        self.put_aside.emit()

    def _fit(self) -> None:
        count = len(self._banners)
        self._reading = self._reading and bool(count)
        said = "1 thing to read" if count == 1 else f"{count} things to read"
        self._count.set_words(said)
        self._read.set_words("Read it" if count == 1 else "Read them")
        self._fold.setVisible(self._low and bool(count) and not self._reading)
        self._open.setVisible(not self._low and bool(count))
        self._whole.setVisible(self._reading)
        if self._page.parentWidget() is not None:
            # Before it has its place it would open a window of its own and take the focus.
            self._page.setVisible(not self._reading)
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred,
            QSizePolicy.Policy.Expanding if self._reading else QSizePolicy.Policy.Minimum,
        )
