"""Bringing into sight what has just opened in a page, once the layout has settled."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from csa_desk.ui.look import px
from csa_desk.ui.widgets.page import PageBody

_FOLLOWS = 150


class Revealing(QObject):
    """Scrolls ``widget`` into sight after the layout pass that follows: the whole of it, else its top.

    ``at_top``: its top goes to the top of the page, as after following an index.
    """

    def __init__(self, body: PageBody, widget: QWidget, *, at_top: bool = False) -> None:
        super().__init__(widget)
        self._body = body
        self._at_top = at_top
        self._widget = widget
        # What opens gets its height in several passes: follow them for a moment, then let the user scroll.
        body.verticalScrollBar().rangeChanged.connect(self._scroll)
        QTimer.singleShot(0, self, self._scroll)
        QTimer.singleShot(_FOLLOWS, self, self.deleteLater)

    def _scroll(self) -> None:
        page = self._body.widget()
        if page is None or not page.isAncestorOf(self._widget):
            return
        bar = self._body.verticalScrollBar()
        top = self._widget.mapTo(page, self._widget.rect().topLeft()).y() - px(24)
        bottom = top + self._widget.height() + 2 * px(24)
        shown = self._body.viewport().height()
        if self._at_top:
            bar.setValue(top)
            self._body.let_go()
            return
        if bottom > bar.value() + shown:
            bar.setValue(min(top, bottom - shown) if bottom - top > shown else bottom - shown)
        if top < bar.value():
            bar.setValue(top)
        here = QApplication.focusWidget()
        if here is not None and self._widget.isAncestorOf(here):
            self._body.see_focus()
        else:
            self._body.let_go()
