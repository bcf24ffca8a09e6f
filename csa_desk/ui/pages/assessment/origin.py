"""Who told it: the row at the top of a page, and the chip of one answer with what changes it.

TellingRow(tellers)     .source  .choose(number)  .changed
OriginButton(origin)    the chip of an answer as a button; .show_origin(origin)
OriginPanel(...)        who, by name, how it was given, when: fields ``KEY/PART`` for each of its ``PARTS``
"""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.asking import GIVEN_WORDS, Asking, Origin
from csa_desk.content.models import Kind
from csa_desk.records.assessment import Source
from csa_desk.ui import icons
from csa_desk.ui.look import color, look, px, type_font, type_metrics
from csa_desk.ui.pages.assessment.inputs import names_of
from csa_desk.ui.widgets.boxes import QuietBox
from csa_desk.ui.widgets.buttons import PaintedButton
from csa_desk.ui.widgets.choices import ButtonRow, Option
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.marks import SOURCE_ICONS, SourceChip, SourceKind
from csa_desk.ui.widgets.paint import box
from csa_desk.ui.widgets.text import Words, set_tip

ALT = "Meta" if sys.platform == "darwin" else "Alt"
"""The key that makes the shortcuts of this page: Control on a Mac, where Alt writes letters."""

KINDS: dict[str, SourceKind] = {
    Source.CHILD: "child",
    Source.CARER: "carer",
    Source.WORKER: "worker",
    Source.FILE: "file",
    Source.MY_VIEW: "view",
}


def source_chip(origin: Origin) -> SourceChip:
    """Where an answer comes from, to read."""
    return SourceChip(origin.who, origin.when, origin.by, KINDS.get(origin.source, "file"))


class TellingRow(QWidget):
    """Who is telling you? It goes with each new answer until it is changed."""

    changed = Signal()

    def __init__(self, tellers: Sequence[tuple[str, str]], source: str) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        holder = QWidget()
        flow = FlowLayout(holder, 12, 4)
        question = "Who is telling you?"
        flow.addWidget(Words(question, "strong", wrap=False))
        self._keys = [key for key, _ in tellers]
        self.row = ButtonRow([Option(key, words) for key, words in tellers])
        note = "Goes with each answer below until you change it."
        self.row.name_stops(question, note)
        flow.addWidget(self.row)
        column.addWidget(holder)
        column.addWidget(Words(note, "small", "muted"))
        self.row.set_value(source)
        by_key = {stop.accessibleName(): stop for stop in self.row.stops()}
        for number, (_, words) in enumerate(tellers, start=1):
            stop = by_key.get(words)
            if isinstance(stop, QAbstractButton):
                self.last: QWidget = stop
                set_tip(stop, f"{words} ({ALT}+{number})")
                stop.toggled.connect(self._turned)

    @property
    def source(self) -> str:
        """Who is telling now."""
        return str(self.row.value())

    def choose(self, number: int) -> None:
        """The one with this number, from 0."""
        self.row.set_value(self._keys[number])

    def _turned(self, on: bool) -> None:
        if on:
            self.changed.emit()


class OriginButton(PaintedButton):
    """The source of one answer; pressing it opens what changes it."""

    def __init__(self, origin: Origin) -> None:
        super().__init__("")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_origin(origin)

    def show_origin(self, origin: Origin) -> None:
        """Show where the answer comes from, or would come from."""
        self.set_words(origin.line)
        self.set_icon(SOURCE_ICONS[KINDS.get(origin.source, "file")])
        self.setAccessibleDescription("Change who said it, how it was given and when")
        set_tip(self, f"{origin.line}. Change who said it, how it was given and when")

    def sizeHint(self) -> QSize:
        """Icon, words and caret; as high as a chip, with room to hit."""
        wide = type_metrics("micro").horizontalAdvance(self.words) + 2
        return QSize(wide + 2 * px(8) + 2 * (px(16) + px(6)), px(32))

    def minimumSizeHint(self) -> QSize:
        """A long one may be cut; the tooltip has it whole."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), px(140)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it as a chip with a caret."""
        painter = QPainter(self)
        high = px(26)
        rect = QRect(0, (self.height() - high) // 2, self.width(), high)
        edge = "line_strong" if self.hovered or look().scheme == "contrast" else ""
        box(painter, rect, px(5), "sunken", edge, 1)
        side = px(16)
        top = (self.height() - side) // 2
        icons.draw(painter, self._icon, "muted", QRect(px(8), top, side, side), "bold")
        icons.draw(
            painter, "caret-down", "muted", QRect(self.width() - px(6) - side, top, side, side), "bold"
        )
        left = px(8) + side + px(6)
        room = self.width() - left - side - px(10)
        font = type_font("micro")
        line = QFontMetrics(font).elidedText(self.words, Qt.TextElideMode.ElideRight, room + 2)
        painter.setFont(font)
        painter.setPen(color("muted"))
        painter.drawText(rect.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, line)
        painter.end()


class OriginPanel(QuietBox):
    """What changes the source of one answer. Its fields belong to the page's form."""

    PARTS = ("source", "source-name", "given", "told-on")

    def __init__(self, form: Form, key: str, asking: Asking) -> None:
        super().__init__()
        self.key = key
        self._form = form
        self.body.setSpacing(px(14))
        tellers = [Option(source, words) for source, words in asking.tellers()]
        given = [Option(way, words) for way, words in GIVEN_WORDS.items()]
        form.add(FieldSpec(f"{key}/source", "Who said it?", "row", options=tellers), self.body)
        form.add(
            FieldSpec(
                f"{key}/source-name",
                "Who is that, by name?",
                "person",
                hint="A name, or what the paper in the file is called.",
                options=names_of(asking, Kind.PERSON),
                optional=True,
            ),
            self.body,
        )
        form.add(FieldSpec(f"{key}/given", "How was it given?", "row", options=given), self.body)
        form.add(
            FieldSpec(f"{key}/told-on", "When was it said?", "date", partial=False, not_known=False),
            self.body,
        )

    def show_parts(self, source: str, name: str, given: str, told_on: str) -> None:
        """Show what is recorded."""
        for part, value in zip(self.PARTS, (source, name, given, told_on), strict=True):
            self._form.set_value(f"{self.key}/{part}", value)

    def focus(self) -> None:
        """Go to the first of its fields."""
        self._form.focus_on(f"{self.key}/source")
