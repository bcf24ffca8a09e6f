"""Copied words: free to copy, marked as secret to clipboard histories, gone after a while and at lock (design §8)."""

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

STAYS_MS = 30_000
# What clipboard managers of KDE and Windows look for to leave something out of their history.
_SECRET_MARKS = {
    "x-kde-passwordManagerHint": b"secret",
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "CanIncludeInClipboardHistory": b"\x00\x00\x00\x00",
    "CanUploadToCloudClipboard": b"\x00\x00\x00\x00",
}


class ClipboardGuard(QObject):
    """Watches what this program copies."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board: QClipboard = QGuiApplication.clipboard()
        self._marking = False
        self._ours = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self.clear)
        self._board.dataChanged.connect(self._changed)

    def _changed(self) -> None:
        words = self._board.text()
        if self._marking or not words or not (self._board.ownsClipboard() or words == _selected()):
            return
        self._ours = words
        marked = QMimeData()
        marked.setText(words)
        for name, value in _SECRET_MARKS.items():
            marked.setData(name, value)
        self._marking = True
        self._board.setMimeData(marked)
        self._marking = False
        self._timer.start()

    def clear(self) -> None:
        """Take our words off the clipboard, if they still are what is on it."""
        self._timer.stop()
        if self._ours and self._board.text() == self._ours:
            self._marking = True
            self._board.clear()
            self._marking = False
        self._ours = ""


def _selected() -> str:
    """What is selected where the focus is: not every system says who owns the clipboard."""
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit):
        return focus.selectedText()
    if isinstance(focus, QPlainTextEdit):
        return focus.textCursor().selectedText().replace("\u2029", "\n")
    return ""
