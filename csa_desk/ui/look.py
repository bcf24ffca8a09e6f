"""How the window looks now: scheme, training overlay and text size, for everything that paints or measures.

    apply_look(app, scheme="system", training=False, text_size=100) -> Look
        scheme: "system" (follows the system, also into high contrast) | "light" | "dark" | "contrast"
        text_size: 100, 115, 130, 150 or 200 (per cent); multiplies type and spacing
    look() -> Look               .scheme .training .text_size .scale .hairline .motion
    color(token) -> QColor       look().color(token)
    px(n) -> int                 n pixels at 100 %, at the text size now
    type_font(role) -> QFont     a font of csa_desk.ui.fonts.ROLES, at the text size now
    type_metrics(role) -> QFontMetrics    its measures, made once
    watch().changed              signal, after every change of look

Colours follow a change at once in every widget. Type follows at once too; margins that a page set with
``px`` follow when the page is built again, so the shell rebuilds the page after a change of text size.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QToolTip

from csa_desk.ui import fonts, palette
from csa_desk.ui.stylesheet import style_sheet

Choice = Literal["system", "light", "dark", "contrast"]
TEXT_SIZES = (100, 115, 130, 150, 200)


@dataclass(frozen=True)
class Look:
    """What is in force: the resolved scheme, the vault kind's overlay and the text size in per cent."""

    scheme: palette.Scheme = "light"
    training: bool = False
    text_size: int = 100
    tokens: Mapping[str, str] = field(default_factory=lambda: palette.tokens("light"))

    @property
    def scale(self) -> float:
        """The factor for type and spacing."""
        return self.text_size / 100

    @property
    def hairline(self) -> int:
        """The width of a border: 1, or 2 in high contrast."""
        return 2 if self.scheme == "contrast" else 1

    def color(self, token: str) -> QColor:
        """The colour of a token; ``KeyError`` if there is no such token."""
        return QColor(self.tokens[token])


class LookWatch(QObject):
    """Keeps the look of the application and follows the system's scheme where asked to."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.now = Look()
        self._asked: tuple[Choice, bool, int] = ("light", False, 100)
        self._app: QApplication | None = None

    def apply(self, app: QApplication, scheme: Choice, *, training: bool, text_size: int) -> Look:
        """Set style, font, palette and style sheet of the whole application."""
        first = self._app is None
        self._app = app
        self._asked = (scheme, training, text_size)
        fonts.load()
        _metrics.cache_clear()  # of another font, where something was measured before the first look
        if first:
            app.setStyle(QStyleFactory.create("Fusion"))
            app.styleHints().colorSchemeChanged.connect(self._system_changed)
            app.styleHints().accessibility().contrastPreferenceChanged.connect(self._system_changed)
        resolved = _resolve(app, scheme)
        self.now = Look(resolved, training, text_size, palette.tokens(resolved, training=training))
        QToolTip.setFont(fonts.font("small", self.now.scale))
        app.setFont(fonts.font("body", self.now.scale))
        app.setPalette(_qt_palette(self.now))
        app.setStyleSheet(style_sheet(self.now.tokens, self.now.scale, self.now.hairline))
        self.changed.emit()
        return self.now

    def _system_changed(self) -> None:
        scheme, training, text_size = self._asked
        if scheme == "system" and self._app is not None:
            self.apply(self._app, scheme, training=training, text_size=text_size)


def _resolve(app: QApplication, scheme: Choice) -> palette.Scheme:
    if scheme != "system":
        return scheme
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def _qt_palette(now: Look) -> QPalette:
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: "canvas",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "sunken",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "text",
        QPalette.ColorRole.Highlight: "primary",
        QPalette.ColorRole.HighlightedText: "on_primary",
        QPalette.ColorRole.Link: "link",
        QPalette.ColorRole.LinkVisited: "link",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.ToolTipBase: "toast",
        QPalette.ColorRole.ToolTipText: "on_toast",
        QPalette.ColorRole.Light: "surface",
        QPalette.ColorRole.Midlight: "sunken",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "line_strong",
        QPalette.ColorRole.Shadow: "line_strong",
        QPalette.ColorRole.Accent: "primary",
    }
    for role, token in roles.items():
        made.setColor(role, now.color(token))
    return made


_watch: list[LookWatch] = []


def watch() -> LookWatch:
    """The one keeper of the look; made on first use."""
    if not _watch:
        _watch.append(LookWatch())
    return _watch[0]


def look() -> Look:
    """What is in force now."""
    return watch().now


def color(token: str) -> QColor:
    """The colour of a token now."""
    return watch().now.color(token)


def px(length: float) -> int:
    """A length given in pixels at 100 %, at the text size now."""
    return round(length * watch().now.scale)


def type_font(role: str) -> QFont:
    """The font of a role at the text size now."""
    return fonts.font(role, watch().now.scale)


@cache
def _metrics(role: str, scale: float) -> QFontMetrics:
    return QFontMetrics(fonts.font(role, scale))


def type_metrics(role: str) -> QFontMetrics:
    """How large words of a role are at the text size now: asked for many times while a page is laid out."""
    return _metrics(role, watch().now.scale)


def apply_look(
    app: QApplication, scheme: Choice = "system", training: bool = False, text_size: int = 100
) -> Look:
    """Give the whole application its look; call again to change it. Raises ``ValueError`` for a wrong size."""
    if text_size not in TEXT_SIZES:
        raise ValueError(f"Text size must be one of {TEXT_SIZES}")
    return watch().apply(app, scheme, training=training, text_size=text_size)
