"""Boxes that hold other things.

Card(title="", link="", level="h2", count=None, note="", flush=False)
    .body (QVBoxLayout)  .add(widget)  .add_row(widget) hairline between rows  .link .note (or None)
    flush=True: a list; rows go from edge to edge under a ruled title
TintCard(title="", icon="")          the child's words or "carry on"; .body .add
QuietBox()                           sunken box for a chosen silence or an older rule; .body .add
Banner(tone, first, rest="", icon="", link="", outlined=False)   .followed  .set(first, rest)  .add(widget)
FoldedText(what, about, text)        opens by choice, folds again on leaving; .opened(bool)  .fold()
Rule()                               a hairline
Strip() / Foot()                     the ruled header strip and footer of a page; .row (QHBoxLayout)
"""

from typing import Literal

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.ui.look import color, look, px
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.flow import FlowLayout, PairLayout
from csa_desk.ui.widgets.marks import TONES, Count, IconMark
from csa_desk.ui.widgets.paint import box, corners
from csa_desk.ui.widgets.text import Words

# As the body of a page: narrow under 1000 of window, less the collapsed rail.
_NARROW = 932
# Letters of a first sentence that can stand beside the rest.
_SHORT = 24

BannerTone = Literal["warn", "ok", "info", "danger", "tint", "sealed"]


def frame(kind: str, parent: QWidget | None = None) -> QFrame:
    """A frame in one of the style sheet's boxes: card tint sunken dashed error strip foot rule."""
    made = QFrame(parent)
    made.setProperty("box", kind)
    return made


class Rule(QFrame):
    """A hairline across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "rule")
        self.setMinimumHeight(look().hairline)
        self.setMaximumHeight(look().hairline)


class Card(QFrame):
    """A white box with a title row; ``flush`` for lists whose rows reach the edges."""

    def __init__(
        self,
        title: str = "",
        *,
        link: str = "",
        level: Literal["h2", "h3"] = "h2",
        count: int | None = None,
        note: str = "",
        flush: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._rows = 0
        self.link: LinkButton | None = None
        self.note: Words | None = None
        outer = QVBoxLayout(self)
        edge = look().hairline
        side = 0 if flush else px(20)
        outer.setContentsMargins(edge + side, edge + (0 if flush else px(20)), edge + side, edge + side)
        outer.setSpacing(0)
        if title:
            outer.addLayout(self._head(title, link, level, count, note, flush=flush))
            if flush:
                outer.addWidget(Rule())
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0 if flush or not title else px(8), 0, 0)
        self.body.setSpacing(0 if flush else px(8))
        outer.addLayout(self.body)
        if title:
            self.setAccessibleName(title)

    def _head(
        self, title: str, link: str, level: str, count: int | None, note: str, *, flush: bool
    ) -> PairLayout:
        row = PairLayout(gap=12, row_gap=2, least=120, middle=True)
        row.setContentsMargins(*((px(20), px(12), px(20), px(12)) if flush else (0, 0, 0, 0)))
        self.title = Words(title, level)
        if count is None:
            row.addWidget(self.title)
        else:
            named = QHBoxLayout()
            named.setSpacing(px(12))
            named.addWidget(self.title)
            named.addWidget(Count(count))
            named.addStretch(1)
            row.addLayout(named)
        right = FlowLayout(gap=12, row_gap=2)
        if note:
            self.note = Words(note, "small", "muted", wrap=False)
            right.addWidget(self.note)
        if link:
            self.link = LinkButton(link)
            right.addWidget(self.link)
        row.addLayout(right)
        return row

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end of the body."""
        self.body.addWidget(widget)

    def add_row(self, widget: QWidget) -> None:
        """Put a row at the end, with a hairline above it unless it is the first."""
        if self._rows:
            self.body.addWidget(Rule())
        self._rows += 1
        self.body.addWidget(widget)


class TintCard(QFrame):
    """A quiet tint for the child's own words, or for the one next thing. One per column."""

    def __init__(self, title: str = "", icon: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "tint")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(20), px(16), px(20), px(18))
        self.body.setSpacing(px(8))
        if title:
            self.setAccessibleName(title)
            row = QHBoxLayout()
            row.setSpacing(px(8))
            if icon:
                row.addWidget(IconMark(icon, "on_tint"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Words(title, "strong", "on_tint"), 1)
            self.body.addLayout(row)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end of the body."""
        self.body.addWidget(widget)


class QuietBox(QFrame):
    """A sunken box: an answer that is a silence, an older rule, why something fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "sunken")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(16), px(12), px(16), px(12))
        self.body.setSpacing(px(4))

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end of the body."""
        self.body.addWidget(widget)


class Banner(QFrame):
    """A message in the page: a bold first sentence, at most one more, at most one link."""

    followed = Signal()

    def __init__(
        self,
        tone: BannerTone,
        first: str,
        rest: str = "",
        *,
        icon: str = "",
        link: str = "",
        outlined: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone, self._outlined = tone, outlined
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = PairLayout(self, gap=12, row_gap=0, least=360)
        tall = px(8 if outlined else 12)
        row.setContentsMargins(px(16 if outlined else 18), tall, px(16), tall)
        ink = TONES[tone][1]
        said = QHBoxLayout()
        # A link beside the words is as tall as its hit area: the words stand in the middle of that.
        said.setContentsMargins(0, px(4 if link else 0), 0, px(4 if link else 0))
        said.setSpacing(px(12))
        row.addLayout(said)
        if icon:
            said.addWidget(IconMark(icon, ink, weight="bold"), 0, Qt.AlignmentFlag.AlignTop)
        self._first = Words(first, "strong")
        self._rest = Words(rest)
        self._column: QVBoxLayout | None = None
        # Beside each other for the safe-contact rule, one under the other otherwise.
        if outlined and len(first) <= _SHORT:
            self._first.setWordWrap(False)
            said.setSpacing(px(8))
            said.addWidget(self._first, 0, Qt.AlignmentFlag.AlignTop)
            said.addWidget(self._rest, 1)
        else:
            column = QVBoxLayout()
            column.setSpacing(px(2))
            column.addWidget(self._first)
            column.addWidget(self._rest)
            said.addLayout(column, 1)
            self._column = column
        self._rest.setVisible(bool(rest))
        self.link: LinkButton | None = None
        if link:
            self.link = LinkButton(link, tone=ink)
            self.link.clicked.connect(self._follow)
            row.addWidget(self.link)
        self.setAccessibleName(f"{first} {rest}".strip())

    def set(self, first: str, rest: str = "") -> None:
        """Say something else in the same tone."""
        self._first.set_words(first)
        self._rest.set_words(rest)
        self._rest.setVisible(bool(rest))
        self.setAccessibleName(f"{first} {rest}".strip())

    def add(self, widget: QWidget) -> None:
        """Put a small line under the words, such as where they come from; not in an outlined banner."""
        if self._column is not None:
            self._column.addWidget(widget)

    def _follow(self) -> None:
        self.followed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and the straight bar or the outline."""
        painter = QPainter(self)
        fill, ink = TONES[self._tone]
        bar = "warn_bar" if self._tone == "warn" else ink
        edge = bar if self._outlined or look().scheme == "contrast" else ""
        box(painter, self.rect(), px(8), fill, edge, look().hairline)
        if not self._outlined:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(QRect(0, 0, px(4), self.height()))
            painter.fillPath(corners(self.rect(), px(6), top=True, bottom=True), color(bar))
        painter.end()


class FoldedText(QFrame):
    """Hard text behind a neutral line; opening is a choice, and leaving the page folds it again."""

    opened = Signal(bool)

    def __init__(self, what: str, about: str, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(what)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(16), px(12), px(16), px(12))
        outer.setSpacing(px(12))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(IconMark("eye-slash", "muted"), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(Words(what, "strong"))
        words.addWidget(Words(about, "small", "muted"))
        row.addLayout(words, 1)
        self._button = Button("Open it", icon="caret-down", small=True)
        self._button.setAccessibleDescription(f"{what}. {about}")
        self._button.clicked.connect(self._turn)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addLayout(row)
        self._held = text
        self._text = Words("")
        self._text.hide()
        outer.addWidget(self._text)

    @property
    def is_open(self) -> bool:
        """Whether the text shows."""
        return not self._text.isHidden()

    def fold(self) -> None:
        """Hide the text again."""
        if self.is_open:
            self._turn()

    def _turn(self) -> None:
        opening = not self.is_open
        # Folded text is not in the label, so that nothing reads it by chance.
        self._text.set_words(self._held if opening else "")
        self._text.setVisible(opening)
        self._button.set_words("Fold it away" if opening else "Open it")
        self._button.set_icon("caret-up" if opening else "caret-down")
        self.opened.emit(opening)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dashed edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(color("line_strong"), look().hairline)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(10), px(10))
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:
        """Fold when the page is left; a minimised window is not left."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.fold()


class _Bar(QFrame):
    def __init__(self, kind: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setProperty("box", kind)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(
            px(36), px(6 if kind == "strip" else 12), px(36), px(6 if kind == "strip" else 12)
        )
        self.row.setSpacing(px(8))
        self.setMinimumHeight(px(48))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The same side margins as the page between strip and foot."""
        super().resizeEvent(event)
        side = px(24 if self.width() < px(_NARROW) else 36)
        edge = self.row.contentsMargins()
        self.row.setContentsMargins(side, edge.top(), side, edge.bottom())


class Strip(_Bar):
    """The header strip of a page inside a tab: back link, name, code, safe contact, saved mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("strip", parent)


class Foot(_Bar):
    """A footer that stays put, with the primary button at its left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("foot", parent)
