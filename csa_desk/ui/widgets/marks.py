"""Small marks that are read, never clicked.

IconMark(name, tone="text", size=20, weight="regular", alt="")   .set_icon(name, tone)
Chip(words, tone="plain", icon="")   tones: ok warn danger tint info plain outline sealed; .set(words, tone, icon)
LongChip(words, tone="plain", icon="")   a chip that is never cut: long words go on in further lines
SourceChip(who, when, by, kind="child")   kind: child carer file worker view; who · when · by
Count(number)                        the small badge after a title
Disc(icon, tone="tint")              a round icon before a row
"""

from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from csa_desk.ui import icons
from csa_desk.ui.look import color, look, px, type_font, type_metrics
from csa_desk.ui.widgets.paint import box
from csa_desk.ui.widgets.text import breakable, set_tip

Tone = Literal["ok", "warn", "danger", "tint", "info", "plain", "outline", "sealed"]
SourceKind = Literal["child", "carer", "file", "worker", "view"]

# tone: fill, ink
TONES: dict[str, tuple[str, str]] = {
    "ok": ("ok_bg", "ok"),
    "warn": ("warn_bg", "warn"),
    "danger": ("danger_bg", "danger"),
    "tint": ("tint", "on_tint"),
    "info": ("info_bg", "info"),
    "plain": ("sunken", "muted"),
    "outline": ("surface", "muted"),
    "sealed": ("sealed_bg", "sealed"),
}

_LINES = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)

SOURCE_ICONS: dict[str, str] = {
    "child": "chat-teardrop",
    "carer": "house-line",
    "file": "file-text",
    "worker": "users",
    "view": "eye",
}


class _Mark(QLabel):
    """A painted label: readers get its words as text."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


class IconMark(_Mark):
    """An icon beside words; ``alt`` only where the words do not say what it means."""

    def __init__(
        self,
        name: str,
        tone: str = "text",
        size: int = 20,
        weight: icons.Weight = "regular",
        *,
        alt: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._token, self._size, self._weight = icons.known(name), tone, size, weight
        self.setAccessibleName(alt)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, tone: str) -> None:
        """Show another icon or colour."""
        self._name, self._token = icons.known(name), tone
        self.update()

    def sizeHint(self) -> QSize:
        """A square; beside body text as high as its line."""
        side = px(self._size)
        return QSize(side, max(side, type_metrics("body").height()) if self._size >= 20 else side)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the middle."""
        side = px(self._size)
        place = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        icons.draw(painter, self._name, self._token, place, self._weight)
        painter.end()


class Chip(_Mark):
    """A state in words on a tinted ground, with an icon if it helps; it cannot be clicked."""

    def __init__(
        self, words: str, tone: Tone = "plain", icon: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set(words, tone, icon)

    def set(self, words: str, tone: Tone, icon: str = "") -> None:
        """Change words, tone and icon together, so that they never disagree."""
        self._tone, self._icon = tone, icons.known(icon)
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def _icon_room(self) -> int:
        return px(16) + px(6) if self._icon else 0

    def sizeHint(self) -> QSize:
        """Room for all its words."""
        metrics = type_metrics("micro")
        wide = metrics.horizontalAdvance(self.text()) + 2 + self._icon_room() + 2 * px(8)
        return QSize(wide, max(px(24), metrics.height() + px(4)))

    def minimumSizeHint(self) -> QSize:
        """A long chip may be cut, with the whole in its tooltip."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), px(120)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon and words."""
        painter = QPainter(self)
        fill, ink = TONES[self._tone]
        edged = self._tone == "outline" or look().scheme == "contrast"
        edge = ("line_strong" if self._tone == "outline" else ink) if edged else ""
        box(painter, self.rect(), px(5), fill, edge, 1)
        left = px(8)
        if self._icon:
            side = px(16)
            icons.draw(painter, self._icon, ink, QRect(left, (self.height() - side) // 2, side, side), "bold")
            left += self._icon_room()
        font = type_font("micro")
        room = self.width() - left - px(8) + 2
        line = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(color(ink))
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, line)
        painter.end()
        if (line != self.text()) != bool(self.toolTip()):
            set_tip(self, self.text() if line != self.text() else "")


class LongChip(Chip):
    """A chip whose words are never cut: where there is no room for one line it has more."""

    def __init__(
        self, words: str, tone: Tone = "plain", icon: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, tone, icon, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)

    def hasHeightForWidth(self) -> bool:
        """It wraps; a label says so of its policy only while its own drawing wraps."""
        return True

    def minimumSizeHint(self) -> QSize:
        """As narrow as a long word."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), px(160)), hint.height())

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        metrics = type_metrics("micro")
        room = QRect(0, 0, max(1, width - 2 * px(8) - self._icon_room()), 100_000)
        high = metrics.boundingRect(room, _LINES, breakable(self.text())).height()
        return max(px(24), high + px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon and all words."""
        painter = QPainter(self)
        fill, ink = TONES[self._tone]
        box(painter, self.rect(), px(5), fill, ink if look().scheme == "contrast" else "", 1)
        font = type_font("micro")
        line = max(px(24), QFontMetrics(font).height() + px(4))
        if self._icon:
            side = px(16)
            icons.draw(painter, self._icon, ink, QRect(px(8), (line - side) // 2, side, side), "bold")
        painter.setFont(font)
        painter.setPen(color(ink))
        words = self.rect().adjusted(px(8) + self._icon_room(), 0, -px(8) + 2, 0)
        painter.drawText(words, _LINES | Qt.AlignmentFlag.AlignVCenter, breakable(self.text()))
        painter.end()


class SourceChip(Chip):
    """Where an answer comes from: who, when, written by."""

    def __init__(
        self,
        who: str,
        when: str = "",
        by: str = "",
        kind: SourceKind = "child",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(" · ".join(part for part in (who, when, by) if part), "plain", SOURCE_ICONS[kind])
        if parent is not None:
            self.setParent(parent)


class Count(Chip):
    """A number after a title."""

    def __init__(self, number: int | str, *, parent: QWidget | None = None) -> None:
        super().__init__(str(number), "tint", parent=parent)


class Disc(_Mark):
    """A round icon before a row of tasks."""

    def __init__(self, icon: str, tone: Tone = "tint", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone = icons.known(icon), tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Forty across."""
        return QSize(px(40), px(40))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and icon."""
        fill, ink = TONES[self._tone]
        painter = QPainter(self)
        box(painter, self.rect(), px(20), fill, ink if look().scheme == "contrast" else "", 1)
        side = px(20)
        icons.draw(painter, self._icon, ink, QRect(px(10), px(10), side, side))
        painter.end()
