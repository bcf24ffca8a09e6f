"""Where Tab goes when something opens in the middle of a page: through it, and on to what stands below."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stops_in(holder: QWidget) -> Iterator[QWidget]:
    """What takes the focus in a widget, in the order it was made; lists that drop down are windows of their own.

    Never by ``nextInFocusChain``: PySide ties what that returns to the widget it was asked of, and frees both.
    """
    window = holder.window()
    for widget in holder.findChildren(QWidget):
        if _takes_focus(widget) and widget.focusProxy() is None and widget.window() is window:
            yield widget


def tab_through(before: QWidget, opened: QWidget) -> None:
    """Put all of ``opened`` right behind ``before``: what is made later would else be reached last of all.

    ``before`` may be hidden, such as the button that opened it, or be ``opened`` itself, when it is filled anew.
    Nothing is done unless both stand in one window.
    """
    if before.window() is not opened.window():
        return
    stood = before.focusPolicy()
    if not _takes_focus(before):
        # Qt leaves the order as it is unless both take the focus.
        before.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    last = before
    for widget in stops_in(opened):
        QWidget.setTabOrder(last, widget)
        last = widget
    before.setFocusPolicy(stood)


def _takes_focus(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus
