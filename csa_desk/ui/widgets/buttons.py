"""Buttons. All paint themselves, take Space and Enter, and are named by their words.

    Button(words, kind="secondary", icon="", small=False)    kinds: primary secondary quiet danger; .clicked
    LinkButton(words, role="small", tone="link", icon="")    underlined, wraps; .clicked
    FilterButton(words, count=None, opens=False)             checkable; chosen is filled, with × or a caret
    IconButton(icon, name, keys="")                          Back, paging, zoom, row menu only; name is its tooltip
All: .words, .set_words(str), .set_icon(str). The primary button of a page is one only.
"""

from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from csa_desk.ui import icons
from csa_desk.ui.look import color, look, px, type_font, type_metrics
from csa_desk.ui.widgets.paint import box
from csa_desk.ui.widgets.text import breakable, set_tip

Kind = Literal["primary", "secondary", "quiet", "danger"]
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class PaintedButton(QPushButton):
    """A push button that a subclass paints: plain words, pointer state, Enter as well as Space."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self._icon = ""
        self.hovered = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_words(words)

    @property
    def words(self) -> str:
        """The words as shown."""
        return self._words

    def set_words(self, words: str) -> None:
        """Change the words, and with them the accessible name."""
        self._words = words
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def set_icon(self, name: str) -> None:
        """Change the icon; empty for none."""
        self._icon = icons.known(name)
        self.updateGeometry()
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is over it."""
        self.hovered = True
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer has gone."""
        self.hovered = False
        super().leaveEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as Space does; with Ctrl it is left to the page."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()


def box_tokens(button: PaintedButton, kind: str) -> tuple[str, str, str]:
    """Fill, edge and ink for the state a button of this kind is in."""
    hover, press = button.hovered and button.isEnabled(), button.isDown()
    if not button.isEnabled():
        return (
            "sunken" if kind == "primary" else "",
            "" if kind == "quiet" else "disabled" if look().scheme == "contrast" else "line",
            "disabled",
        )
    if kind == "primary":
        fill = "primary_press" if press else "primary_hover" if hover else "primary"
        return fill, "", "on_primary"
    if kind == "danger":
        return ("danger_bg" if hover or press else "surface"), "danger", "danger"
    resting = "" if kind == "quiet" else "surface"
    fill = "tint" if press else "sunken" if hover else resting
    return fill, "" if kind == "quiet" else "line_strong", "link"


class Button(PaintedButton):
    """Primary (filled, one per page), secondary (outlined), quiet (words only) or danger (red outline)."""

    def __init__(
        self,
        words: str,
        kind: Kind = "secondary",
        icon: str = "",
        *,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.kind = kind
        self.small = small
        super().__init__(words, parent)
        self._icon = icons.known(icon)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def _role(self) -> str:
        return "small-strong" if self.small else "strong"

    def _inset(self) -> int:
        if self.kind == "quiet":
            return px(8)
        return px(13 if self.small else 19)

    def _icon_room(self) -> int:
        return px(20) + px(8) if self._icon else 0

    def sizeHint(self) -> QSize:
        """Room for icon and words; 44 high, small ones 36."""
        metrics = type_metrics(self._role())
        wide = metrics.horizontalAdvance(self.words) + 2 + self._icon_room() + 2 * self._inset()
        return QSize(max(wide, px(44)), max(px(36 if self.small else 44), metrics.height() + px(8)))

    def minimumSizeHint(self) -> QSize:
        """Long labels may be cut, with the whole in a tooltip; short ones never."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), px(220)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, icon and words."""
        painter = QPainter(self)
        fill, edge, ink = box_tokens(self, self.kind)
        box(painter, self.rect(), px(6), fill, edge, look().hairline)
        font = type_font(self._role())
        metrics = QFontMetrics(font)
        room = self.width() - 2 * self._inset() - self._icon_room()
        line = metrics.elidedText(self.words, Qt.TextElideMode.ElideRight, room + 2)
        wide = metrics.horizontalAdvance(line) + self._icon_room()
        left = (self.width() - wide) // 2
        if self._icon:
            side = px(20)
            icons.draw(painter, self._icon, ink, QRect(left, (self.height() - side) // 2, side, side))
            left += self._icon_room()
        painter.setFont(font)
        painter.setPen(color(ink))
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), _LEFT, line)
        painter.end()
        cut = self.words if line != self.words else ""
        if cut and not self.toolTip():
            set_tip(self, cut)


class LinkButton(PaintedButton):
    """A link beside text: underlined words that wrap, with six pixels more to hit above and below."""

    def __init__(
        self,
        words: str,
        role: str = "small",
        tone: str = "link",
        icon: str = "",
        *,
        underline: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        self._role = role
        self._tone = tone
        self._underline = underline
        self._heights: dict[tuple[str, float, int], int] = {}
        super().__init__(words, parent)
        self._icon = icons.known(icon)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _icon_room(self) -> int:
        return px(20) + px(8) if self._icon else 0

    def _shown(self) -> str:
        return breakable(self.words)

    def _area(self, width: int) -> QRect:
        inside = QRect(0, 0, max(1, width - self._icon_room()), 1_000_000)
        return type_metrics(self._role).boundingRect(inside, int(Qt.TextFlag.TextWordWrap), self._shown())

    def sizeHint(self) -> QSize:
        """The words on one line."""
        size = type_metrics(self._role)
        wide = size.horizontalAdvance(self.words) + 2 + self._icon_room()
        return QSize(wide, size.height() + px(12))

    def minimumSizeHint(self) -> QSize:
        """The words may wrap."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), px(140)), hint.height())

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped words with their hit area; kept, since a page asks many times."""
        asked = (self.words, look().scale, width)
        if asked not in self._heights:
            self._heights[asked] = max(self._area(width).height() + px(12), self.sizeHint().height())
        return self._heights[asked]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and words, underlined at rest or only under the pointer and the focus."""
        painter = QPainter(self)
        font = type_font(self._role)
        ink = self._tone if self.isEnabled() else "disabled"
        font.setUnderline(self._underline or self.hovered or self.hasFocus())
        painter.setFont(font)
        painter.setPen(color(ink))
        if self._icon:
            side = px(20)
            top = px(6) + (QFontMetrics(font).height() - side) // 2
            icons.draw(painter, self._icon, ink, QRect(0, top, side, side))
        rect = self.rect().adjusted(self._icon_room(), px(6), 0, -px(6))
        painter.drawText(rect, int(_LEFT | Qt.TextFlag.TextWordWrap), self._shown())
        painter.end()


class FilterButton(PaintedButton):
    """A filter with its choice in the label: outlined, or filled when chosen. Never a chip."""

    def __init__(
        self, words: str, count: int | None = None, *, opens: bool = False, parent: QWidget | None = None
    ) -> None:
        self._count = count
        self._opens = opens
        super().__init__(words, parent)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Show how many it would leave, or nothing."""
        self._count = count
        self.setAccessibleName(self.words if count is None else f"{self.words}, {count}")
        self.updateGeometry()
        self.update()

    def _tail(self) -> str:
        return "" if self._count is None else f"  {self._count}"

    def _mark(self) -> str:
        if self._opens:
            return "x" if self.isChecked() else "caret-down"
        return ""

    def sizeHint(self) -> QSize:
        """Words, count and mark; 36 high."""
        metrics = type_metrics("small-strong")
        mark = px(16 + 6) if self._opens else 0
        wide = metrics.horizontalAdvance(self.words + self._tail()) + 4 + mark + 2 * px(13)
        return QSize(wide, max(px(36), metrics.height() + px(8)))

    def minimumSizeHint(self) -> QSize:
        """A long choice may be cut."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), px(160)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it chosen or open."""
        painter = QPainter(self)
        on = self.isChecked()
        fill = (
            ("primary_hover" if self.hovered else "primary")
            if on
            else "sunken"
            if self.hovered
            else "surface"
        )
        box(painter, self.rect(), px(6), fill, "" if on else "line_strong", look().hairline)
        font = type_font("small-strong" if on else "small")
        metrics = QFontMetrics(font)
        ink = "on_primary" if on else "text"
        mark = px(16 + 6) if self._mark() else 0
        room = self.width() - 2 * px(13) - mark + 4
        line = metrics.elidedText(self.words + self._tail(), Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(color(ink))
        painter.drawText(self.rect().adjusted(px(13), 0, 0, 0), _LEFT, line)
        if self._mark():
            side = px(16)
            left = px(13) + metrics.horizontalAdvance(line) + px(6)
            icons.draw(painter, self._mark(), ink, QRect(left, (self.height() - side) // 2, side, side))
        painter.end()


class IconButton(PaintedButton):
    """An icon alone, for Back, paging, zoom and row menus; its name is also its tooltip."""

    def __init__(self, icon: str, name: str, keys: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._icon = icons.known(icon)
        set_tip(self, f"{name} ({keys})" if keys else name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square of 36."""
        return QSize(px(36), px(36))

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon, on a quiet box under the pointer."""
        painter = QPainter(self)
        if (self.hovered or self.isDown()) and self.isEnabled():
            box(painter, self.rect(), px(6), "tint" if self.isDown() else "sunken")
        side = px(20)
        place = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        icons.draw(painter, self._icon, "link" if self.isEnabled() else "disabled", place)
        painter.end()
