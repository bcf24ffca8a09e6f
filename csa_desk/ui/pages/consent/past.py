"""Every decision that was made, the newest first; nothing is overwritten."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.consent_words import Event
from csa_desk.records.dates import spoken
from csa_desk.ui.look import px
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.text import Words

# kind: icon, token, weight
_MARKS = {
    "given": ("check-circle", "ok", "fill"),
    "refused": ("prohibit", "muted", "regular"),
    "withdrawn": ("minus-circle", "warn", "regular"),
    "shared": ("scales", "info", "regular"),
    "not-shared": ("hand-palm", "muted", "regular"),
    "home": ("house-line", "info", "regular"),
}
_FIRST = 8


class PastCard(Card):
    """A list; the older ones open on a press."""

    def __init__(self, events: Sequence[Event]) -> None:
        super().__init__("Decisions so far", count=len(events), flush=True)
        self._events = list(events)
        for event in self._events[:_FIRST]:
            self.add_row(_EventRow(event))
        if not events:
            nothing = Words("No decision is recorded yet.", "body", "muted")
            nothing.setContentsMargins(px(20), px(14), px(20), px(14))
            self.add_row(nothing)
        self._more: QWidget | None = None
        if len(events) > _FIRST:
            self._more = QWidget()
            row = QHBoxLayout(self._more)
            row.setContentsMargins(px(20), px(6), px(20), px(6))
            link = LinkButton(f"Show all {len(events)}")
            link.clicked.connect(self._show_all)
            row.addWidget(link)
            row.addStretch(1)
            self.add_row(self._more)

    def _show_all(self) -> None:
        if self._more is not None:
            self._more.hide()
        first: QWidget | None = None
        for event in self._events[_FIRST:]:
            row = _EventRow(event)
            first = first or row
            self.add_row(row)
        if first is not None:
            first.setFocus()


class _EventRow(QWidget):
    def __init__(self, event: Event) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(10), px(20), px(12))
        row.setSpacing(px(14))
        icon, token, weight = _MARKS.get(event.kind, ("circle", "muted", "regular"))
        row.addWidget(IconMark(icon, token, 20, weight), 0, Qt.AlignmentFlag.AlignTop)  # type: ignore[arg-type]
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(Words(event.title, "strong"))
        if event.what:
            words.addWidget(Words(event.what))
        if event.detail:
            words.addWidget(Words(event.detail, "small", "muted"))
        row.addLayout(words, 1)
        row.addWidget(Words(spoken(event.on), "small", "muted", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
